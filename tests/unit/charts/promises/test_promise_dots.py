from datetime import date, timedelta

import pytest

from coaching.charts.canvas.style import LATE, LOOKS, ON_TIME
from coaching.charts.promises.promise_dots import promise_dots
from tests.unit.charts.charting import FIRST_DAY, HOSTILE, Seen, items, promise, sessions

ASOF = date(2025, 12, 11)


def drawn(*promises, held=4, asof=ASOF):
    return Seen(promise_dots(items(*promises), sessions(held), asof))


@pytest.mark.parametrize("outcome", LOOKS)
def test_every_promise_is_one_dot_of_its_outcome(outcome):
    seen = drawn(*(promise(number, outcome) for number in (1, 2, 3)))
    assert {name: seen.dots(name) for name in LOOKS} == dict.fromkeys(LOOKS, 0) | {outcome: 3}


def test_a_draft_is_no_promise_but_it_is_mentioned():
    seen = drawn(promise(1, "open"), promise(2, "draft"))
    assert sum(map(seen.dots, LOOKS)) == 1
    assert "Not counted: 1 draft." in seen.said()


@pytest.mark.parametrize(
    ("outcomes", "finding"),
    [
        ([], "No promises yet"),
        (["draft"], "No promises yet"),
        (["open"], "1 promise agreed, none done yet"),
        (["on_time"], "So far 1 of 1 promise done, by the agreed day"),
        (["late"], "So far 1 of 1 promise done"),
        (["on_time", "on_time", "open"], "So far 2 of 3 promises done, all by the agreed day"),
        (["late", "late", "let_go"], "So far 2 of 3 promises done"),
        (
            ["on_time"] * 9 + ["late"] * 5 + ["let_go"] * 3 + ["open"] * 2,
            "So far 14 of 19 promises done, 9 of them by the agreed day",
        ),
    ],
)
def test_the_title_is_the_finding(outcomes, finding):
    promises = [promise(place, outcome, session_number=1) for place, outcome in enumerate(outcomes, 1)]
    assert drawn(*promises).finding() == finding


def test_letting_go_is_never_called_dropping():
    said = drawn(promise(1, "let_go"), promise(2, "open")).said()
    assert "1 let go" in said
    assert "drop" not in said


def test_the_coachs_promises_stand_above_the_coachees():
    seen = drawn(promise(1, "open"), promise(2, "on_time", owner="coach", owner_name="Anselm"))
    assert seen.texts("lane") == ["Anselm’s promises", "1 of 1 done", "Marisol’s promises", "0 of 1 done"]
    (coach,), (coachee,) = seen.lines("dot on_time"), seen.lines("dot open")
    assert coach.get_ydata()[0] < coachee.get_ydata()[0]


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ([{"owner": "coach", "owner_name": "Zoë"}, {"owner": "coach", "owner_name": "高橋"}], "The coaches’ promises"),
        ([{"owner_name": None}], "The coachee’s promises"),
        ([{"owner": None, "owner_name": None}], "Nobody’s yet"),
        ([{"owner_name": "مها (Maha)"}], "Promises of مها (Maha)"),
    ],
)
def test_a_lane_is_named_after_whose_it_is(changes, title):
    seen = drawn(*(promise(number, "open", **change) for number, change in enumerate(changes, 1)))
    assert seen.texts("lane")[0] == title


def test_what_was_done_stands_at_the_bottom_of_its_session():
    seen = drawn(
        *(promise(place, outcome, session_number=1) for place, outcome in enumerate(["overdue", "late", "on_time"]))
    )
    heights = {name: seen.lines(f"dot {name}")[0].get_ydata()[0] for name in ("on_time", "late", "overdue")}
    assert heights["on_time"] > heights["late"] > heights["overdue"]


def test_a_pale_dot_has_a_dark_outline():
    (late,) = drawn(promise(1, "late")).lines("dot late")
    assert (late.get_markerfacecolor(), late.get_markeredgecolor()) == (LATE, ON_TIME)


def test_a_promise_outside_any_session_is_not_lost():
    seen = drawn(promise(1, "open", session_number=None, agreed=date(2025, 1, 20)), held=0)
    assert seen.dots("open") == 1
    assert "Jan 2025" in seen.texts("tick")


def test_a_promise_of_no_session_stands_in_the_session_of_its_day_else_in_its_month():
    days = [FIRST_DAY, FIRST_DAY + timedelta(days=40)]
    seen = drawn(*(promise(n, "open", session_number=None, agreed=day) for n, day in enumerate(days, 1)), held=2)
    assert [text for text in seen.texts("tick") if text[0].isalpha()] == ["S1", "S2", "Feb 2025"]


def test_from_two_hundred_on_each_column_is_a_bar_with_its_count():
    days = [FIRST_DAY + timedelta(days=number) for number in range(900)]
    seen = drawn(*(promise(n, "on_time", session_number=None, agreed=day) for n, day in enumerate(days, 1)), held=0)
    assert sum(map(seen.dots, LOOKS)) == 0
    assert sum(map(int, seen.texts("count"))) == 900
    assert (seen.overlapping(), seen.outside()) == ([], [])
    assert seen.figure.get_figheight() * 72 < 400


def test_a_session_after_the_day_asked_for_is_not_shown():
    seen = drawn(promise(1, "open"), held=9, asof=date(2025, 1, 30))
    assert [text for text in seen.texts("tick") if text.startswith("S")] == ["S1", "S2"]


@pytest.mark.parametrize(
    ("count", "held"), [(1, 1), (2, 2), (19, 12), (70, 26), (200, 26), (200, 3), (200, 1), (130, 60)]
)
def test_any_number_of_dots_fits(count, held):
    outcomes = list(LOOKS)
    promises = [
        promise(
            place,
            outcomes[place % 5],
            session_number=place * held // count + 1,
            **([{}, {"owner": "coach"}][place % 2]),
        )
        for place in range(count)
    ]
    seen = drawn(*promises, held=held, asof=date(2028, 1, 1))
    assert sum(map(seen.dots, LOOKS)) == count
    assert (seen.overlapping(), seen.outside()) == ([], [])
    assert seen.figure.get_figheight() * 72 < 700


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_fits(name):
    seen = drawn(promise(1, "open", owner_name=name))
    assert (seen.overlapping(), seen.outside()) == ([], [])
