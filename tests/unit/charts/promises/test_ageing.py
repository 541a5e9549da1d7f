from datetime import date, timedelta

import pytest

from coaching.charts.canvas.style import MUTED, OVERDUE
from coaching.charts.promises.ageing import MOST, ageing
from tests.unit.charts.charting import HOSTILE, Seen, items, promise

ASOF = date(2025, 4, 1)


def waiting(number, days, left, **changes):
    """Return a promise agreed `days` ago and due in `left` days."""
    agreed, due = ASOF - timedelta(days=days), ASOF + timedelta(days=left)
    outcome = "overdue" if left < 0 else "open"
    fields = {"agreed": agreed, "due": due, "due_first": due, "age_days": days, "carried_over": 0}
    return promise(number, outcome, **fields | changes)


def drawn(*promises, asof=ASOF):
    frame = items(*({"age_days": None, "carried_over": 0} | one for one in promises))
    for name in ("age_days", "carried_over"):
        frame[name] = [one.get(name) for one in promises]
    return Seen(ageing(frame.astype({"age_days": "Int64", "carried_over": "Int64"}), asof))


@pytest.mark.parametrize(
    ("promises", "finding"),
    [
        ([], "No promises yet"),
        ([promise(1, "draft")], "No promises yet"),
        ([promise(1, "on_time"), promise(2, "let_go")], "Nothing is open"),
        ([waiting(1, 5, 3)], "1 promise is open, and its day has not passed"),
        ([waiting(1, 5, -3)], "1 promise is open, past its day"),
        ([waiting(1, 5, 3), waiting(2, 5, 0)], "2 promises are open, none past its day"),
        ([waiting(1, 5, -1), waiting(2, 5, -2)], "2 promises are open, all past their day"),
        (
            [waiting(1, 5, 3), waiting(2, 9, -3), waiting(3, 1, 3)],
            "3 promises are open, 1 of them past the agreed day",
        ),
    ],
)
def test_the_title_is_the_finding(promises, finding):
    assert drawn(*promises).finding() == finding


def test_where_nothing_is_open_the_settled_ones_are_counted():
    seen = drawn(promise(1, "on_time"), promise(2, "let_go"), promise(3, "draft"))
    assert seen.texts("reading") == ["All 2 promises so far were done or let go."]


@pytest.mark.parametrize(
    ("left", "carried", "said"),
    [
        (0, 0, ["due today"]),
        (1, 0, ["due in 1 day"]),
        (20, 1, ["due in 20 days", "carried over once"]),
        (-1, 0, ["1 day past its day"]),
        (-70, 6, ["70 days past its day", "carried over 6 times"]),
        (400, 0, ["due on 6 May 2026"]),
    ],
)
def test_the_day_and_how_often_it_was_carried_over_are_said(left, carried, said):
    assert drawn(waiting(1, 90, left, carried_over=carried)).texts("when") == said


def test_the_coachs_stand_above_the_coachees_and_in_each_the_oldest_first():
    seen = drawn(
        waiting(1, 5, 3),
        waiting(2, 40, 3),
        waiting(3, 9, 3, owner="coach", owner_name="Anselm"),
        waiting(4, 1, 3, owner=None, owner_name=None),
    )
    assert seen.texts("lane") == [
        "Anselm’s promises",
        "1 open",
        "Marisol’s promises",
        "2 open",
        "Nobody’s yet",
        "1 open",
    ]
    assert seen.texts("what") == [f"Promise number {number}" for number in (3, 2, 1, 4)]


def test_a_bar_changes_on_the_agreed_day():
    seen = drawn(waiting(1, 30, -10), waiting(2, 30, 10))
    assert (len(seen.shapes("bar open")), len(seen.shapes("bar overdue"))) == (2, 1)
    first, _ = seen.lines("due")
    assert max(seen.shapes("bar open")[0].get_path().vertices[:, 0]) == first.get_xdata()[0]
    assert min(seen.shapes("bar overdue")[0].get_path().vertices[:, 0]) == first.get_xdata()[0]


def test_the_length_of_a_bar_is_its_age():
    long, short = drawn(waiting(1, 60, 5), waiting(2, 20, 5)).shapes("bar open")
    assert long.get_path().get_extents().width == pytest.approx(3 * short.get_path().get_extents().width)


def test_a_promise_of_today_is_a_tick_without_a_bar():
    seen = drawn(waiting(1, 0, 7))
    assert (seen.shapes("bar open"), len(seen.lines("due"))) == ([], 1)


def test_a_day_before_the_agreement_makes_the_whole_bar_overdue():
    seen = drawn(waiting(1, 10, -30))
    assert (seen.shapes("bar open"), len(seen.shapes("bar overdue"))) == ([], 1)


def test_only_what_is_past_its_day_is_said_in_its_colour():
    seen = drawn(waiting(1, 30, -10), waiting(2, 30, 10))
    colours = {text.get_text(): text.get_color() for text in seen.axes.texts if text.get_gid() == "when"}
    assert colours == {"10 days past its day": OVERDUE, "due in 10 days": MUTED}


@pytest.mark.parametrize(("first", "ticks"), [(ASOF + timedelta(days=3), 0), (ASOF - timedelta(days=9), 1)])
def test_a_day_that_was_moved_keeps_the_first_one(first, ticks):
    assert len(drawn(waiting(1, 30, 3, due_first=first)).lines("first due")) == ticks


def test_a_far_day_does_not_squeeze_what_is_open():
    seen = drawn(waiting(1, 30, 3), waiting(2, 30, 27_000))
    assert len(seen.lines("due")) == 1
    assert "due on 4 Mar 2099" in seen.texts("when")


@pytest.mark.parametrize(("drafts", "said"), [(0, False), (2, True)])
def test_drafts_are_counted_apart(drafts, said):
    seen = drawn(waiting(1, 5, 3), *(promise(number, "draft") for number in range(2, 2 + drafts)))
    assert ("Not shown: 2 drafts." in " ".join(seen.texts("reading"))) == said


def test_what_does_not_fit_is_in_the_table_and_what_is_past_its_day_fits():
    fresh = [waiting(number, 50, 3) for number in range(40)]
    seen = drawn(*fresh, waiting(77, 9, -2))
    assert len(seen.texts("what")) == MOST
    assert "Promise number 77" in seen.texts("what")
    assert seen.texts("more") == [f"and {41 - MOST} more in the table"]


@pytest.mark.parametrize("count", [1, 2, 3, 24, 200])
def test_any_number_fits(count):
    sides = [{"owner": "coach", "owner_name": "Anselm"}, {}]
    seen = drawn(*(waiting(n, 3 * n, 40 - 2 * n, carried_over=n // 9, **sides[n % 2]) for n in range(count)))
    assert (seen.overlapping(), seen.outside()) == ([], [])


@pytest.mark.parametrize("days", [0, 1, 9, 100, 5_000, 40_000])
def test_any_age_fits(days):
    seen = drawn(waiting(1, days, -days // 2, carried_over=999), waiting(2, days // 3, days), waiting(3, 0, 0))
    assert (seen.overlapping(), seen.outside()) == ([], [])


@pytest.mark.parametrize("words", HOSTILE)
def test_any_words_fit_beside_their_neighbours(words):
    seen = drawn(
        waiting(1, 30, -3, what=words, owner_name=words),
        waiting(2, 20, 3),
        waiting(3, 10, 3, what=words, owner="coach", owner_name=words),
    )
    assert (seen.overlapping(), seen.outside()) == ([], [])
    assert not any(text.get_parse_math() for text in seen.axes.texts)
