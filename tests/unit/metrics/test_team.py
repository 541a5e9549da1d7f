"""What waits for a coach over all their workbooks."""

from datetime import date

import pytest

from coaching.metrics.team import Owed, Rare, Renewal, team
from coaching.model.entries import Agreement, Handover

ASOF = date(2025, 6, 30)


def agreement(written, on, event="agreed"):
    return written._add(Agreement, ("agreement", on), held_on=date.fromisoformat(on), agreement_event=event)


def handover(written, on):
    return written._add(Handover, ("handover", on), held_on=date.fromisoformat(on))


def found(written, asof=ASOF):
    return team([("Ada", written.frames())], asof)


@pytest.fixture(name="monthly")
def _monthly(written):
    """A workbook with an agreement and a session every 28 days, the last one on 10 April."""
    for number, day in enumerate(["01-16", "02-13", "03-13", "04-10"], start=1):
        written.session(f"S0{number}", day)
    return agreement(written, "2025-01-16")


def test_the_coach_owes_what_is_open_and_theirs(written):
    written.item("I01", "01-16", "08-01", owner="coach", what="Ask").item("I02", "01-16", "08-01")
    written.item("I03", "01-16", "08-01", owner="coach").event("I03", "02-01", "done")
    written.item("I04", "01-16", "08-01", owner="coach").event("I04", "02-01", "let_go")
    written.item("I05", "01-16", None, owner="coach")
    assert found(written).owed == (Owed("Ada", "Ask", date(2025, 8, 1), is_overdue=False, coach=None),)


def test_a_promise_has_the_day_last_agreed_and_is_overdue_only_after_it(written):
    written.item("I01", "01-16", "02-01", owner="coach").event("I01", "03-01", "due_moved", was="02-01", to="06-30")
    (owed,) = found(written).owed
    assert (owed.by, owed.is_overdue) == (ASOF, False)
    (owed,) = found(written, date(2025, 7, 1)).owed
    assert owed.is_overdue


def test_what_is_overdue_comes_first_whoever_it_is_owed_to(new_workbook):
    books = []
    for name, by in (("Ada", "09-01"), ("Bea", "03-01"), ("Cem", "08-01")):
        books.append((name, new_workbook().item("I01", "01-16", by, owner="coach").frames()))
    assert [(owed.name, owed.is_overdue) for owed in team(books, ASOF).owed] == [
        ("Bea", True),
        ("Cem", False),
        ("Ada", False),
    ]


def test_of_several_coaches_it_is_said_whose_promise_it_is(written):
    written.person("C2", "coach", name="Zoë").item("I01", "01-16", "08-01", owner="coach", person="C2")
    assert [owed.coach for owed in found(written).owed] == ["Zoë"]


@pytest.mark.parametrize(
    ("sessions", "owed"),
    [
        pytest.param([], [], id="who never held a session here owes it elsewhere"),
        pytest.param([("C1", "02-01")], [], id="sessions of somebody else change nothing"),
        pytest.param([("C2", "02-01")], [], id="nor do those before it was handed over"),
        pytest.param([("C2", "03-01")], ["Zoë"], id="a session on that day does"),
        pytest.param([("C2", "07-31")], ["Zoë"], id="so does one that is still to come"),
    ],
)
def test_a_promise_that_was_taken_over_is_owed_here_by_a_coach_who_goes_on_here(written, sessions, owed):
    written.person("C2", "coach", name="Zoë").item("I01", "01-16", "08-01", owner="coach")
    for number, (coach, on) in enumerate(sessions, start=1):
        written.session(f"S0{number}", on, person=written.id("person", coach))
    assert len(found(written).owed) == 1
    written.event("I01", "03-01", "handed_over", people=("C1", "C2"))
    assert [each.coach for each in found(written).owed] == owed


def test_a_promise_is_owed_until_the_day_on_which_it_is_taken_over(written):
    written.person("C2", "coach").item("I01", "01-16", "08-01", owner="coach")
    written.event("I01", "03-01", "handed_over", people=("C1", "C2"))
    assert [len(found(written, date(2025, *day)).owed) for day in ((2, 28), (3, 1))] == [1, 0]


@pytest.mark.parametrize(
    ("days", "asof", "usual"),
    [
        pytest.param(["01-16", "02-13", "03-13"], "2025-05-08", None, id="twice the usual days is not rare"),
        pytest.param(["01-16", "02-13", "03-13"], "2025-05-09", 28, id="more than twice is"),
        pytest.param(["01-01", "01-03", "01-05"], "2025-01-19", None, id="a week at least is taken for usual"),
        pytest.param(["01-01", "01-03", "01-05"], "2025-01-20", 2, id="more than two weeks are rare even so"),
        pytest.param(["01-01", "01-01", "01-01"], "2025-01-15", None, id="several sessions on one day"),
        pytest.param(["01-01", "01-15", "03-01", "03-15"], "2025-04-12", None, id="one long gap changes nothing"),
        pytest.param(["01-01", "01-15", "03-01", "03-15"], "2025-04-13", 14, id="the median is usual"),
    ],
)
def test_sessions_are_rare_when_more_than_twice_the_usual_days_have_passed(written, days, asof, usual):
    for number, day in enumerate(days, start=1):
        written.session(f"S{number:02}", day)
    rare = found(written, date.fromisoformat(asof)).rare
    assert [row.usual_days for row in rare] == ([] if usual is None else [usual])


@pytest.mark.parametrize(("asof", "is_rare"), [("2025-03-13", False), ("2025-03-14", True)])
def test_before_there_are_two_gaps_four_weeks_are_taken_for_usual(written, asof, is_rare):
    written.session("S01", "01-01").session("S02", "01-16")
    expected = (Rare("Ada", date(2025, 1, 16), None),) if is_rare else ()
    assert found(written, date.fromisoformat(asof)).rare == expected


def test_a_session_after_asof_is_not_known(monthly):
    monthly.session("S05", "06-29")
    assert found(monthly, date(2025, 6, 28)).rare == (Rare("Ada", date(2025, 4, 10), 28),)
    assert found(monthly).rare == ()


def test_with_an_agreement_of_more_than_a_year_ago_it_is_to_be_renewed(monthly):
    assert found(monthly, date(2026, 1, 15)).renewals == ()
    assert found(monthly, date(2026, 1, 16)).renewals == (Renewal("Ada", date(2025, 1, 16), has_moved_on=False),)


def test_after_a_hand_over_and_a_session_it_is_to_be_made_anew(monthly):
    handover(monthly, "2025-03-20")
    assert found(monthly).renewals == (Renewal("Ada", date(2025, 1, 16), has_moved_on=True),)


def test_a_session_without_any_agreement_asks_for_one(written):
    assert found(written.session("S01", "06-16")).renewals == (Renewal("Ada", None, has_moved_on=False),)


@pytest.mark.parametrize("event", ["paused", "ended"])
def test_nobody_is_listed_who_paused_or_ended(monthly, event):
    agreement(monthly, "2025-04-12", event)
    later = found(monthly, date(2027, 1, 1))
    assert (later.rare, later.renewals) == ((), ())


def test_a_pause_that_comes_later_is_not_known_yet(monthly):
    agreement(monthly, "2025-07-12", "paused")
    assert found(monthly).rare != ()


def test_nobody_is_listed_whose_plan_has_moved_on_but_what_is_owed_stays(monthly):
    handover(monthly, "2025-04-10").item("I01", "01-16", "05-01", owner="coach")
    later = found(monthly, date(2027, 1, 1))
    assert (later.rare, later.renewals, len(later.owed)) == ((), (), 1)


def test_before_the_first_session_nothing_waits(written):
    assert found(written) == team([], ASOF)


def test_people_stand_by_name_where_it_is_not_by_day(new_workbook):
    books = [(name, new_workbook().session("S01", day).frames()) for name, day in (("bea", "01-01"), ("Ada", "02-01"))]
    waiting = team(books, ASOF)
    assert [row.name for row in waiting.rare] == ["Ada", "bea"]
    assert [row.name for row in waiting.renewals] == ["Ada", "bea"]
