from datetime import timedelta
from itertools import accumulate, combinations
from statistics import median

import pandas as pd
import pytest

from coaching.charts import conversation as chart
from coaching.charts.canvas.style import PAPER
from coaching.metrics.sessions.conversation import ConversationRow
from tests.unit.charts.canvas.test_style import SIGHTS, contrast
from tests.unit.charts.charting import FIRST_DAY, HOSTILE, Seen

HOWS = [*chart._FIRST, "not_recorded"]


def row(gaps=(), yourself=("written",), dreams=("written",), ideas=()):
    """One session more than gaps; who shared first is repeated over them, `ideas` are (session or None, origin)."""
    days = [FIRST_DAY + timedelta(days=passed) for passed in accumulate(gaps, initial=0)]
    count = len(days)
    sessions = pd.DataFrame(
        {
            "session": [f"session-{place}" for place in range(count)],
            "label": [f"S{place + 1:02}" for place in range(count)],
            "number": pd.array(range(1, count + 1), "Int64"),
            "held_on": pd.to_datetime(pd.Series(days, dtype=object)),
            "gap_days": pd.array([None, *gaps], "Int64"),
            "yourself": [yourself[place % len(yourself)] for place in range(count)],
            "dreams": [dreams[place % len(dreams)] for place in range(count)],
        }
    )
    named = [(None if place is None else f"session-{place}", origin) for place, origin in ideas]
    origins = pd.DataFrame(named, columns=["session", "origin"], dtype="str")
    return ConversationRow(sessions, origins, median(gaps) if gaps else None)


def drawn(*args, coach="Anselm", coachee="Marisol", **kwargs):
    return Seen(chart.conversation(row(*args, **kwargs), coach, coachee))


def none_held():
    found = row()
    return Seen(chart.conversation(ConversationRow(found.sessions.iloc[:0], found.origins, None), "Anselm", "Marisol"))


def test_before_the_first_session_it_is_said_in_words():
    seen = none_held()
    assert seen.finding() == "No session yet"
    assert (len(seen.axes.patches), len(seen.axes.lines)) == (0, 0)


@pytest.mark.parametrize(
    ("gaps", "yourself", "dreams", "finding"),
    [
        ((), ["written"], ["spoken_not_recorded"], "So far 1 session; Anselm shared first in 2 of 2 parts"),
        ((), ["segment_absent"], ["not_recorded"], "So far 1 session"),
        ((28,), ["written"], ["coach_did_not"], "So far 2 sessions; Anselm shared first in 2 of 4 parts"),
        (
            (28, 35, 28),
            ["written", "coachee_chose_to_start"],
            ["claimed_but_empty", "segment_absent"],
            "So far 4 sessions, usually 28 days apart; Anselm shared first in 2 of 6 parts",
        ),
    ],
)
def test_the_title_is_the_finding(gaps, yourself, dreams, finding):
    assert drawn(gaps, yourself, dreams).finding() == finding


@pytest.mark.parametrize("how", chart._FIRST)
def test_every_part_has_a_mark_for_who_shared_first_and_the_key_counts_them(how):
    seen = drawn((28, 28), [how], ["written" if how != "written" else "segment_absent"])
    (marks,) = seen.lines(f"dot yourself {how}")
    assert len(marks.get_xdata()) == 3
    assert len(seen.lines(f"key {how}")) == 1
    assert sum(text.startswith("3 ") for text in seen.texts("key")) == 2


def test_where_nothing_was_recorded_the_place_is_empty_and_is_not_counted():
    seen = drawn((28, 28), ["not_recorded"], ["not_recorded"])
    assert not [line for line in seen.axes.lines if (line.get_gid() or "").startswith(("dot", "key"))]
    assert seen.texts("key") == []


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(("one", "other"), [*combinations(chart._FIRST.values(), 2)])
def test_two_ways_to_begin_differ_in_shape_or_in_lightness_for_every_eye(one, other, sight):
    assert one[0] != other[0] or contrast(one[1], other[1], sight) >= 1.5


@pytest.mark.parametrize("marker", chart._FIRST.values(), ids=chart._FIRST)
def test_the_outline_of_every_mark_stands_out_from_paper(marker):
    assert contrast(marker[2], PAPER) >= 3


def test_every_gap_is_a_bar_as_high_as_its_days():
    bars = drawn((14, 28, 0)).shapes("gap")
    heights = [bar.get_height() for bar in bars]
    assert heights[1] == pytest.approx(2 * heights[0])
    assert 0 < heights[2] <= 1


def test_the_days_stand_over_their_bars_and_the_usual_beside_them():
    seen = drawn((14, 28, 0))
    assert sorted(seen.texts("days")) == ["0", "14", "28"]
    assert seen.texts("usual") == ["usually 14"]


@pytest.mark.parametrize(("gaps", "bars"), [((), 0), ((28,), 1)])
def test_one_or_two_sessions_have_no_usual(gaps, bars):
    seen = drawn(gaps)
    assert (len(seen.shapes("gap")), seen.texts("usual")) == (bars, [])
    assert ("From the second session on" in seen.said()) == (bars == 0)


def test_ideas_stand_in_the_lane_of_whose_they_were_with_their_number():
    seen = drawn((28,), ideas=[(0, "coachee")] * 3 + [(1, "coachee"), (1, "coach")])
    assert seen.texts("lane")[-3:] == ["Marisol", "found together", "Anselm"]
    assert seen.texts("lane count") == ["4", "0", "1"]
    assert seen.texts("ideas") == ["3"]
    assert len(seen.lines("idea")) == 3


def test_an_idea_of_no_session_has_a_column_of_its_own():
    seen = drawn((28,), ideas=[(None, "together")])
    assert "no session" in seen.texts("tick")
    (idea,) = seen.lines("idea")
    assert idea.get_xdata()[0] < seen.lines("dot yourself written")[0].get_xdata()[0]
    assert "no session" not in drawn((28,), ideas=[(0, "together")]).texts("tick")


def test_without_any_idea_it_is_said_in_words():
    assert drawn().texts("empty") == ["Nothing is noted yet of where a promise came from."]


def test_a_session_without_number_or_day_is_named_by_its_label():
    found = row((28,))
    found.sessions["number"] = pd.array([1, None], "Int64")
    found.sessions["label"] = ["S01", "the walk"]
    assert "the walk" in Seen(chart.conversation(found, "Anselm", "Marisol")).texts("tick")


@pytest.mark.parametrize("sessions", [1, 2, 12, 60, 200])
@pytest.mark.parametrize("ideas", [0, 1, 200, 3000])
def test_any_number_of_sessions_and_ideas_fits(sessions, ideas):
    origins = ["coachee", "together", "coach"]
    places = [*range(sessions), None]
    seen = drawn(
        [(28, 14, 0, 400)[place % 4] for place in range(sessions - 1)],
        HOWS,
        HOWS[::-1],
        [(places[number % len(places)], origins[number % 3]) for number in range(ideas)],
    )
    assert (seen.overlapping(), seen.outside()) == ([], [])
    assert len(seen.shapes("gap")) == sessions - 1


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_fits(name):
    seen = drawn((28, 28, 28), HOWS, HOWS, [(0, "coach"), (1, "coachee")], coach=name, coachee=name)
    assert (seen.overlapping(), seen.outside()) == ([], [])
    assert not any(text.get_parse_math() for text in seen.axes.texts)


def test_all_sessions_on_one_day_have_no_days_in_between():
    seen = drawn((0, 0, 0))
    assert seen.texts("days") == ["0", "0", "0"]
    assert seen.finding().startswith("So far 4 sessions, usually 0 days apart")
