from datetime import date

import pytest

from coaching.charts.canvas.style import LOOKS
from coaching.charts.promises.lifelines import MOST, lifelines
from tests.unit.charts.charting import HOSTILE, Seen, items, promise, sessions

ASOF = date(2025, 3, 20)
QUARTER = (date(2025, 1, 1), date(2025, 4, 1))
ALWAYS = (None, None)


def drawn(*promises, period=QUARTER, asof=ASOF):
    return Seen(lifelines(items(*promises), sessions(5), asof, *period, "This quarter"))


@pytest.mark.parametrize(
    ("outcomes", "finding"),
    [
        ([], "This quarter: no promises"),
        (["draft"], "This quarter: no promises"),
        (["open"], "This quarter: 0 of 1 promise done, 1 still open"),
        (["on_time", "late", "overdue", "open"], "This quarter: 2 of 4 promises done, 2 still open"),
        (["on_time", "let_go"], "This quarter: 1 of 2 promises done, 1 let go"),
    ],
)
def test_the_title_is_the_finding(outcomes, finding):
    assert drawn(*(promise(number, outcome) for number, outcome in enumerate(outcomes, 1))).finding() == finding


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"agreed": date(2024, 12, 1), "closed_on": None}, True),
        ({"agreed": date(2024, 12, 1), "closed_on": date(2025, 1, 1)}, True),
        ({"agreed": date(2024, 12, 1), "closed_on": date(2024, 12, 31)}, False),
        ({"agreed": date(2025, 3, 31), "closed_on": None}, True),
        ({"agreed": date(2025, 4, 1), "closed_on": None}, False),
    ],
)
def test_a_promise_is_shown_that_was_alive_in_the_period(changes, shown):
    seen = drawn(promise(1, "on_time", **changes), asof=date(2025, 4, 30))
    assert ("Promise number 1" in seen.texts("what")) == shown


def test_who_what_and_by_when_stand_beside_each_line_the_coachs_first():
    seen = drawn(
        promise(1, "open"),
        promise(2, "open", owner="coach", owner_name="Anselm"),
        promise(3, "open", owner="coach", owner_name="Anselm", due=date(2026, 1, 2)),
    )
    assert seen.texts("who") == ["Anselm", "Marisol"]
    assert seen.texts("what") == ["Promise number 2", "Promise number 3", "Promise number 1"]
    assert seen.texts("when") == ["by 11 Feb", "by 2 Jan 2026", "by 28 Jan"]


@pytest.mark.parametrize("outcome", LOOKS)
def test_a_line_ends_in_the_mark_of_its_outcome(outcome):
    seen = drawn(promise(1, outcome))
    assert [line.get_marker() for line in seen.lines(f"end {outcome}")] == [LOOKS[outcome].marker]


def test_only_the_days_after_the_agreed_one_change_colour():
    seen = drawn(promise(1, "late"), promise(2, "on_time"))
    (beyond,), (within,) = seen.lines("beyond late"), seen.lines("life late")
    assert beyond.get_xdata()[0] == within.get_xdata()[1] == seen.lines("due")[0].get_xdata()[0]
    assert not seen.lines("beyond on_time")


def test_an_open_promise_is_measured_by_its_last_day_and_a_done_one_by_the_day_in_force():
    moved = {"due": date(2025, 3, 30), "due_in_force": date(2025, 3, 1)}
    assert drawn(promise(1, "open", **moved)).texts("when") == ["by 30 Mar"]
    assert drawn(promise(1, "on_time", **moved)).texts("when") == ["by 1 Mar"]


def test_what_reaches_beyond_the_period_is_marked_at_its_edges():
    seen = drawn(promise(1, "on_time", agreed=date(2024, 12, 1), closed_on=date(2025, 4, 9)), asof=date(2025, 4, 30))
    assert (seen.texts("earlier"), seen.texts("later"), seen.lines("end on_time")) == (["◂"], ["▸"], [])


def test_a_far_day_does_not_squeeze_the_period():
    seen = drawn(promise(1, "open", due=date(2099, 12, 31)))
    assert not seen.lines("due")
    assert seen.texts("when") == ["by 31 Dec 2099"]


def test_what_does_not_fit_is_in_the_table_and_what_needs_somebody_fits():
    done = [promise(number, "on_time", session_number=1) for number in range(40)]
    seen = drawn(*done, promise(77, "overdue", session_number=1), promise(78, "open", session_number=1))
    assert len(seen.texts("what")) == MOST
    assert {"Promise number 77", "Promise number 78"} <= set(seen.texts("what"))
    assert seen.texts("more") == [f"and {42 - MOST} more in the table"]


def test_a_promise_without_words_day_or_owner_has_a_line():
    bare = promise(1, "open", what=None, due=None, due_in_force=None, owner=None, owner_name=None)
    assert (drawn(bare).texts("who"), drawn(bare).texts("when")) == (["nobody yet"], [])


@pytest.mark.parametrize("period", [QUARTER, ALWAYS])
@pytest.mark.parametrize("count", [1, 2, 3, 24, 200])
def test_any_number_of_lines_fits(count, period):
    outcomes = list(LOOKS)
    seen = drawn(*(promise(n, outcomes[n % 5], session_number=n % 5 + 1) for n in range(count)), period=period)
    assert (seen.overlapping(), seen.outside()) == ([], [])


@pytest.mark.parametrize("words", HOSTILE)
def test_any_words_fit_beside_their_neighbours(words):
    seen = drawn(promise(1, "open", what=words, owner_name=words), promise(2, "open"), promise(3, "late", what=words))
    assert (seen.overlapping(), seen.outside()) == ([], [])


def test_peoples_words_are_never_mathematics():
    seen = drawn(promise(1, "open", what="$5 to $6"))
    assert "$5 to $6" in seen.texts("what")
    assert not any(text.get_parse_math() for text in seen.axes.texts)
