"""What the forms of a session know of it: which session it is, and what was written in another place."""

from datetime import UTC, date, datetime

import pytest

from coaching.model.ids import derived_id
from coaching.model.validation import parse
from coaching.model.vocabulary import Side
from coaching.workbook.sessions import context

NOW = datetime(2026, 1, 12, 10, 42, tzinfo=UTC)
TODAY = NOW.date()
WORKBOOK = derived_id(None, "workbook")
S01, S02 = (derived_id(None, "session", str(number)) for number in (1, 2))
NOTE, PRIVATE_WORD = derived_id(None, "note"), "nobody is to see this in a repr"


def session(identity, number, **fields):
    common = {"kind": "session", "id": identity, "author": "coach", "visibility": "pair", "rev": number}
    return parse(common | {"number": number, "label": f"S0{number}", "saved_at": NOW} | fields)


def note(text, rev, base=None, **fields):
    common = {"kind": "note", "id": NOTE, "author": "coach", "segment": "yourself", "topic": "plan", "session": S01}
    return parse(common | {"text": text, "rev": rev, "base": base, "saved_at": NOW} | fields)


def found(history, drafted=(), wanted=None, today=TODAY):
    return context(WORKBOOK, Side.COACH, history, frozenset(drafted), wanted, today)


BOTH = (session(S01, 1), session(S02, 2))


@pytest.mark.parametrize(
    ("history", "drafted", "wanted", "label"),
    [
        ([], [], None, "S01"),
        (BOTH, [], None, "S03"),
        (BOTH, [S01], None, "S01"),
        (BOTH, [S01, S02], None, "S02"),
        (BOTH, [S02], S01, "S01"),
        (BOTH, [], derived_id(None, "no session"), "S03"),
        ([BOTH[0], session(S02, 2, withdrawn=True)], [], S02, "S02"),
    ],
    ids=[
        "the first",
        "the next",
        "the one that is not closed",
        "of two that are not closed the one written last",
        "the one that is wanted, though another is not closed",
        "the next, if the wanted one is none",
        "the next, if the wanted one was withdrawn",
    ],
)
def test_the_session_is_the_one_wanted_or_the_one_not_closed_or_the_next(history, drafted, wanted, label):
    assert found(history, drafted, wanted).label == label


def test_a_session_keeps_its_own_day_and_a_new_one_is_held_today():
    older = [session(S01, 1, held_on=date(2025, 12, 1))]
    assert found(older, wanted=S01).held_on == date(2025, 12, 1)
    assert found(older).held_on == TODAY


def test_what_was_written_elsewhere_at_the_same_time_is_known_beside_what_stands_here():
    here = found([session(S01, 1), note("here", 20), note("there", 10)], wanted=S01)
    assert [entry.text for entry in here.own if entry.id == NOTE] == ["here"]
    assert [entry.text for entry in here.elsewhere[NOTE]] == ["there"]


def test_a_conflict_of_another_session_is_not_this_ones():
    assert found([*BOTH, note("here", 20), note("there", 10)], wanted=S02).elsewhere == {}


def test_what_was_withdrawn_here_and_written_on_elsewhere_is_known_too():
    gone = note(None, 20, withdrawn=True)
    here = found([session(S01, 1), gone, note("there", 10)], wanted=S01)
    assert NOTE not in {entry.id for entry in here.own}
    assert [entry.text for entry in here.elsewhere[NOTE]] == ["there"]


def test_a_conflict_that_was_settled_is_known_no_more():
    settled = note("here", 30, 20, settles=(10,))
    assert found([session(S01, 1), note("there", 10), note("here", 20), settled], wanted=S01).elsewhere == {}


def test_no_word_of_either_place_is_in_a_repr():
    here = found([session(S01, 1), note(PRIVATE_WORD, 20), note(PRIVATE_WORD * 2, 10)], wanted=S01)
    assert PRIVATE_WORD not in repr(here) + repr(here.elsewhere)
