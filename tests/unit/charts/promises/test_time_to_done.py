import random
from datetime import date, timedelta

import pandas as pd
import pytest

from coaching.charts.promises.time_to_done import time_to_done_chart
from coaching.metrics.promises.time_to_done import time_to_done, time_to_done_by_side
from tests.unit.charts.charting import Seen

ASOF = date(2025, 12, 31)


def ended(days, state, side="coachee"):
    """Return a promise that was done or let go after so many days, or has been open for them."""
    agreed = ASOF - timedelta(days=days) if state == "open" else date(2025, 1, 1)
    closed = None if state == "open" else agreed + timedelta(days=days)
    return pd.Timestamp(agreed), pd.NaT if closed is None else pd.Timestamp(closed), state, side


def drawn(*promises):
    states = pd.DataFrame(promises, columns=["agreed", "closed_on", "state", "owner"])
    states = states.astype({"agreed": "datetime64[ms]", "closed_on": "datetime64[ms]"})
    return Seen(time_to_done_chart(time_to_done(states, ASOF), time_to_done_by_side(states, ASOF)))


def done(*days, side="coachee"):
    return [ended(day, "done", side) for day in days]


@pytest.mark.parametrize(
    ("promises", "finding"),
    [
        ([], "No promises yet"),
        ([ended(9, "open")], "0 of 1 promise done"),
        (done(1, 2, 3, 4), "4 of 4 promises done"),
        (done(1, 2, 3, 4, 5), "So far half of what is agreed was done within 3 days"),
        (done(1, 1, 1, 4, 5), "So far half of what is agreed was done within 1 day"),
        (done(0, 0, 0, 4, 5), "So far half of what is agreed was done on the same day"),
        (
            [*done(1, 2, 3, 4, 5), *[ended(9, "open")] * 8],
            "So far 5 of 13 promises done; no day yet by which half are done",
        ),
    ],
)
def test_the_title_is_the_finding(promises, finding):
    assert drawn(*promises).finding() == finding


@pytest.mark.parametrize("promises", [[], [ended(9, "open")], done(1, 2, 3, 4)])
def test_fewer_than_five_done_are_words_and_no_picture(promises):
    seen = drawn(*promises)
    assert (len(seen.axes.patches), len(seen.axes.lines)) == (0, 0)


def test_each_side_has_a_curve_of_its_own_the_coachs_first():
    seen = drawn(*done(1, 2, 3, 4, 5), *done(5, 6, 7, 8, 9, side="coach"))
    assert [text for text in seen.texts("lane") if "promises" in text] == [
        "The coach’s promises",
        "The coachee’s promises",
    ]
    assert len(seen.lines("done")) == 2


def test_a_side_with_too_few_is_counted_and_not_drawn():
    coachs = [*done(5, 6, side="coach"), ended(3, "let_go", "coach"), ended(2, "open", "coach")]
    seen = drawn(*done(1, 2, 3, 4, 5), *coachs)
    assert seen.texts("lane")[:2] == ["The coach’s promises", "2 of 4 done · 1 let go · 1 open"]
    assert seen.texts("few") == ["Drawn from 5 done promises on."]
    assert len(seen.lines("done")) == 1


def test_a_side_without_promises_is_left_out():
    assert drawn(*done(1, 2, 3, 4, 5)).texts("lane") == ["The coachee’s promises", "5 of 5 done"]


def test_where_neither_side_has_enough_all_are_drawn_together():
    seen = drawn(*done(1, 2, 3), *done(5, 6, 7, side="coach"))
    assert seen.texts("lane") == ["All promises together", "6 of 6 done"]
    assert len(seen.lines("done")) == 1


def test_a_curve_rises_to_the_share_done():
    seen = drawn(*done(10, 20, 30, 40, 50), *[ended(60, "let_go")] * 5)
    (curve,) = seen.lines("done")
    ground, end = curve.get_ydata()[0], curve.get_ydata()[-1]
    top = min(line.get_ydata()[0] for line in seen.lines("rule"))
    assert (ground - end) / (ground - top) == pytest.approx(0.5)


def test_what_was_let_go_hangs_from_above_and_the_rest_has_a_band():
    seen = drawn(*done(10, 20, 30, 40, 50), ended(15, "let_go"))
    assert (len(seen.shapes("let go")), len(seen.shapes("band"))) == (1, 1)
    assert not drawn(*done(10, 20, 30, 40, 50)).shapes("let go")


def test_half_is_marked_where_it_is_reached():
    (mark,) = [line for line in drawn(*done(10, 20, 30, 40, 50)).lines("median") if line.get_marker() == "o"]
    seen = drawn(*done(10, 20, 30, 40, 50), *[ended(60, "let_go")] * 9)
    assert len(mark.get_xdata()) == 1
    assert (seen.lines("median"), seen.texts("half")) == ([], [])


def test_each_open_promise_is_a_tick_on_the_curve():
    assert len(drawn(*done(10, 20, 30, 40, 50), ended(15, "open"), ended(99, "open")).lines("still open")) == 2


@pytest.mark.parametrize(
    ("promises", "names"),
    [
        (done(1, 2, 3, 4, 5), ["5 done"]),
        ([*done(1, 2, 3, 4, 5), ended(9, "let_go")], ["5 done", "1 let go"]),
        ([*done(1, 2, 3, 4, 5, 6, 7, 8), ended(9, "let_go"), ended(9, "let_go")], ["8 done", "2 let go"]),
        ([*done(1, 2, 3, 4, 5, 6, 7, 9), *[ended(9, "let_go")] * 2], ["80 % done", "20 % let go"]),
    ],
)
def test_percentages_are_said_from_ten_promises_on_and_three_at_risk(promises, names):
    assert drawn(*promises).texts("name") == names


def test_under_the_days_stand_how_many_had_lasted_so_long():
    seen = drawn(*done(7, 7, 14, 21, 21), ended(20, "open"))
    counts = dict(zip(seen.texts("tick"), seen.texts("lasted")[1:], strict=True))
    assert (counts["0"], counts["14"], counts["21"]) == ("6", "4", "2")


@pytest.mark.parametrize("count", [5, 6, 12, 40, 200])
@pytest.mark.parametrize("longest", [0, 1, 40, 3_000])
def test_any_number_and_length_fits(count, longest):
    chance = random.Random(count)  # noqa: S311 -- the same invented promises every time
    kinds, sides = ["done", "done", "done", "let_go", "open"], ["coach", "coachee"]
    many = [ended(chance.randint(0, longest), chance.choice(kinds), chance.choice(sides)) for _ in range(count)]
    seen = drawn(*many, *done(*[longest] * 5))
    assert (seen.overlapping(), seen.outside()) == ([], [])
