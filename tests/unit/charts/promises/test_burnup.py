from datetime import date, timedelta

import pandas as pd
import pytest

from coaching.charts.canvas.style import LATE, LET_GO, ON_TIME, OPEN
from coaching.charts.promises.burnup import burnup
from tests.unit.charts.charting import FIRST_DAY, Seen, sessions

ASOF = date(2025, 12, 11)
LAYERS = ("on_time", "late", "let_go", "open")


def drawn(*counts, held=12, asof=ASOF, every=30):
    days = [FIRST_DAY + timedelta(days=every * place) for place in range(len(counts))]
    steps = pd.DataFrame(counts, columns=list(LAYERS))
    steps.insert(0, "day", pd.to_datetime(pd.Series(days, dtype=object)))
    return Seen(burnup(steps, sessions(held), asof))


@pytest.mark.parametrize(
    ("counts", "finding"),
    [
        ([], "No promises yet"),
        ([(0, 0, 0, 0)], "No promises yet"),
        ([(0, 0, 0, 1)], "1 promise agreed, none done yet"),
        ([(0, 0, 0, 1), (1, 0, 0, 1)], "So far 1 of 2 promises done, by the agreed day"),
        ([(0, 0, 0, 2), (9, 5, 3, 2)], "So far 14 of 19 promises done, 9 of them by the agreed day"),
    ],
)
def test_the_title_is_the_finding(counts, finding):
    assert drawn(*counts).finding() == finding


@pytest.mark.parametrize("counts", [[], [(0, 0, 0, 1)], [(1, 0, 0, 1)]])
def test_one_or_two_promises_are_words_and_no_picture(counts):
    seen = drawn(*counts)
    assert (len(seen.axes.patches), len(seen.axes.lines)) == (0, 0)


def test_every_layer_is_named_with_its_count_in_its_own_colour():
    seen = drawn((0, 0, 0, 3), (9, 5, 3, 2))
    assert seen.texts("layer name") == [
        "9",
        "kept",
        "5",
        "done afterwards",
        "3",
        "let go",
        "2",
        "open",
        "19",
        "agreed",
    ]
    colours = [seen.shapes(f"layer {name}")[0].get_facecolor() for name in LAYERS]
    assert colours == [pytest.approx(_rgba(colour)) for colour in (ON_TIME, LATE, LET_GO, OPEN)]


def test_an_empty_layer_is_neither_drawn_nor_named():
    seen = drawn((0, 0, 0, 3), (2, 0, 0, 2))
    assert not seen.shapes("layer late")
    assert "done afterwards" not in seen.said()


def test_the_last_step_can_be_seen():
    seen = drawn((0, 0, 0, 3), (2, 1, 0, 1), asof=FIRST_DAY + timedelta(days=30))
    (line,) = seen.lines("agreed")
    assert line.get_xdata()[-1] - line.get_xdata()[-2] > 5


def test_every_session_up_to_the_day_is_a_tick():
    assert len(drawn((0, 0, 0, 3), held=30, asof=FIRST_DAY + timedelta(days=30)).lines("session")) == 3


@pytest.mark.parametrize("total", [3, 7, 19, 70, 200, 5000])
@pytest.mark.parametrize("every", [1, 30, 400])
def test_any_height_and_length_fits(total, every):
    seen = drawn((0, 0, 0, 1), (total - 2, 0, 1, 1), (total - 3, 1, 1, 1), every=every, asof=date(2029, 1, 1))
    assert (seen.overlapping(), seen.outside()) == ([], [])
    assert 2 <= len(seen.texts("count")) <= 7


def _rgba(colour):
    return (*(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)), 1.0)
