"""Promises kept: counts over the items that came to their day."""

from datetime import date

import pytest

from coaching.metrics.periods import parse_period
from coaching.metrics.promises.items import item_states
from coaching.metrics.promises.kept import Kept, Share, done_within, kept, reopened, throughput, throughput_by_quarter

ASOF = date(2025, 6, 30)


def _states(written, asof=ASOF):
    return item_states(written.frames(), asof)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([], Kept(0, 1, 0), id="still open after its day"),
        pytest.param([("03-06", "done")], Kept(1, 1, 0), id="done on its day"),
        pytest.param([("03-07", "done")], Kept(0, 1, 0), id="done the day after"),
        pytest.param([("03-06", "let_go")], Kept(0, 0, 1), id="let go on its day is left out and counted apart"),
        pytest.param([("03-07", "let_go")], Kept(0, 1, 0), id="let go after its day stays in"),
        pytest.param([("02-01", "done"), ("03-07", "reopened")], Kept(0, 1, 0), id="re-opening removes the done"),
    ],
)
def test_headline(written, events, expected):
    written.item("I01", "01-16", "03-06")
    for on, kind in events:
        written.event("I01", on, kind)
    assert kept(_states(written), ASOF) == expected


def test_as_first_agreed_and_as_re_agreed_differ_where_a_date_moved_in_time(written):
    written.item("I01", "01-16", "03-06").event("I01", "03-01", "due_moved", was="03-06", to="04-06")
    states = _states(written.event("I01", "04-01", "done"))
    assert kept(states, ASOF) == Kept(1, 1, 0)
    assert kept(states, ASOF, by="due_first") == Kept(0, 1, 0)


def test_a_move_recorded_too_late_rescues_nothing(written):
    written.item("I01", "01-16", "03-06").event("I01", "03-07", "due_moved", was="03-06", to="04-06")
    assert kept(_states(written.event("I01", "04-01", "done")), ASOF) == Kept(0, 1, 0)


@pytest.mark.parametrize(
    ("asof", "of"),
    [pytest.param("03-05", 0, id="its day has not come"), pytest.param("03-06", 1, id="its day has come")],
)
def test_only_items_whose_day_has_come(written, asof, of):
    day = date.fromisoformat(f"2025-{asof}")
    assert kept(_states(written.item("I01", "01-16", "03-06"), day), day).of == of


@pytest.mark.parametrize(("name", "of"), [("2025Q1", 1), ("2025Q2", 2), ("2025", 3), ("2024", 0), ("all", 3)])
def test_the_window_is_half_open(written, name, of):
    for label, by in (("I01", "03-31"), ("I02", "04-01"), ("I03", "06-30")):
        written.item(label, "01-16", by)
    assert kept(_states(written), ASOF, parse_period(name)).of == of


def test_drafts_are_never_counted(written):
    states = _states(written.item("I01", "01-16", "03-06", what=None))
    assert kept(states, ASOF) == Kept(0, 0, 0)
    assert done_within(states, ASOF) == Share(0, 0)
    assert reopened(states) == Share(0, 0)


@pytest.mark.parametrize("missing", [{"owner": None}, {"by": None}])
def test_what_was_done_without_an_owner_or_a_day_is_done_and_came_to_no_day(written, missing):
    fields = {"on": "01-16", "by": "03-06"} | missing
    states = _states(written.item("I01", **fields).event("I01", "02-01", "done"))
    assert kept(states, ASOF) == Kept(0, 0, 0)
    assert done_within(states, ASOF) == Share(1, 1)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([("02-13", "done")], Share(1, 1), id="on the 28th day"),
        pytest.param([("02-14", "done")], Share(0, 1), id="on the 29th day"),
        pytest.param([("01-20", "let_go")], Share(0, 1), id="let go stays in the denominator"),
        pytest.param([("01-20", "done"), ("01-21", "reopened")], Share(0, 1), id="re-opened"),
        pytest.param([], Share(0, 1), id="open"),
    ],
)
def test_done_within_28_days(written, events, expected):
    written.item("I01", "01-16", "06-01")
    for on, kind in events:
        written.event("I01", on, kind)
    assert done_within(_states(written), ASOF) == expected


@pytest.mark.parametrize(("asof", "of"), [(date(2025, 2, 12), 0), (date(2025, 2, 13), 1)])
def test_an_item_younger_than_28_days_is_not_asked(written, asof, of):
    assert done_within(_states(written.item("I01", "01-16", "06-01"), asof), asof).of == of


def test_throughput_counts_the_final_done_in_its_quarter(written):
    written.item("I01", "01-16", "06-01").event("I01", "02-01", "done").event("I01", "02-02", "reopened")
    written.event("I01", "04-01", "done").item("I02", "01-16", "06-01").event("I02", "03-31", "done")
    states = _states(written.item("I03", "01-16", "06-01").event("I03", "02-01", "let_go"))
    assert throughput(states, parse_period("2025Q1")) == 1
    assert throughput_by_quarter(states, date(2025, 7, 1)) == {"2025Q1": 1, "2025Q2": 1, "2025Q3": 0}


def test_reopened_of_those_ever_done(written):
    written.item("I01", "01-16", "06-01").event("I01", "02-01", "done").event("I01", "02-02", "reopened")
    written.item("I02", "01-16", "06-01").event("I02", "02-01", "done").item("I03", "01-16", "06-01")
    assert reopened(_states(written)) == Share(1, 2)


def test_without_items_every_count_is_nought(written):
    states = _states(written)
    assert (kept(states, ASOF), done_within(states, ASOF), reopened(states)) == (
        Kept(0, 0, 0),
        Share(0, 0),
        Share(0, 0),
    )
    assert throughput_by_quarter(states, ASOF) == {}


def test_a_promise_handed_over_is_kept_by_whoever_owns_it_then(written):
    written.item("I01", "01-16", "03-06", owner="coach")
    written.event("I01", "02-01", "handed_over", people=("C1", "P1")).event("I01", "03-06", "done")
    states = _states(written)
    assert kept(states, ASOF) == Kept(1, 1, 0)
    assert kept(states.loc[states["owner"] == "coachee"], ASOF) == Kept(1, 1, 0)


def test_a_promise_re_opened_twice_counts_once(written):
    written.item("I01", "01-16", "03-06")
    for on, kind in (("02-01", "done"), ("02-02", "reopened"), ("02-03", "done"), ("02-04", "reopened")):
        written.event("I01", on, kind)
    assert reopened(_states(written)) == Share(1, 1)
    assert kept(_states(written), ASOF) == Kept(0, 1, 0)
    assert kept(_states(written.event("I01", "03-06", "done")), ASOF) == Kept(1, 1, 0)


@pytest.mark.parametrize(
    ("asof", "expected"),
    [
        pytest.param("01-15", Kept(0, 0, 0), id="before it was agreed"),
        pytest.param("03-05", Kept(0, 0, 0), id="its day has not come, though it is done"),
        pytest.param("03-06", Kept(1, 1, 0), id="on its day"),
        pytest.param("03-09", Kept(1, 1, 0), id="not yet re-opened"),
        pytest.param("03-10", Kept(0, 1, 0), id="re-opened since"),
    ],
)
def test_a_past_day_knows_nothing_of_what_came_later(written, asof, expected):
    written.item("I01", "01-16", "03-06").event("I01", "02-01", "done").event("I01", "03-10", "reopened")
    day = date.fromisoformat(f"2025-{asof}")
    assert kept(_states(written, day), day) == expected


def test_on_a_day_of_two_sessions_the_second_knows_what_the_first_moved(written):
    written.session("S01", "03-06").session("S02", "03-06").item("I01", "01-16", "03-06")
    written.event("I01", "03-06", "due_moved", was="03-06", to="04-06", session="S01")
    states = _states(written.event("I01", "03-06", "due_moved", was="04-06", to="05-06", session="S02"))
    assert states["due_in_force"].dt.strftime("%m-%d").tolist() == ["05-06"]
    assert kept(states, ASOF, parse_period("2025Q1")) == Kept(0, 0, 0)


@pytest.mark.parametrize(("on", "quarter"), [("03-31", "2025Q1"), ("04-01", "2025Q2")])
def test_of_windows_that_touch_one_alone_holds_a_day(written, on, quarter):
    states = _states(written.item("I01", "01-16", on).event("I01", on, "done"))
    for name in ("2025Q1", "2025Q2"):
        period = parse_period(name)
        assert (kept(states, ASOF, period).of, throughput(states, period)) == ((1, 1) if name == quarter else (0, 0))
