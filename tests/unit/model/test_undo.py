"""The last act, taken back: what it said goes, and comes back when the same is done once more."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.model.ids import derived_id
from coaching.model.revisions import latest, revise
from coaching.model.undo import brought, came_from_elsewhere, last_act, taken_back
from coaching.model.validation import parse

NOW = datetime(2026, 1, 12, 10, 42, tzinfo=UTC)
IDS = [derived_id(None, "a note", str(number)) for number in range(3)]


def record(identity, text):
    common = {"kind": "note", "id": identity, "author": "coach", "segment": "yourself", "topic": "plan"}
    return common | {"visibility": "pair", "text": text}


def revision(identity, text, rev, base=None):
    return parse(record(identity, text) | {"rev": rev, "base": base, "saved_at": NOW})


def undone(history):
    """Return a history in which the last act is taken back."""
    highest = max(entry.rev for entry in history)
    return [*history, *taken_back(last_act(history), history, rev=highest + 1, saved_at=NOW)]


def contents(history):
    """Return what is said now, by id; what was withdrawn says nothing."""
    return {identity: entry.content() for identity, entry in latest(history).items() if not entry.withdrawn}


@st.composite
def histories(draw):
    """Histories as acts of one writer make them: entries that come, change, go and come again."""
    count, history = itertools.count(1), []
    texts = st.none() | st.sampled_from(["walk", "run", "rest", ""])
    for _ in range(draw(st.integers(1, 5))):
        said = draw(st.dictionaries(st.sampled_from(IDS), texts, min_size=1))
        records = {identity: None if text is None else record(identity, text) for identity, text in said.items()}
        history += revise(records, latest(history), {}, next_rev=count.__next__, saved_at=NOW).values()
    return history


@given(histories().filter(bool))
def test_undoing_says_again_what_was_said_before_the_act(history):
    act = last_act(history)
    before = [entry for entry in history if entry not in act]
    assert contents(undone(history)) == contents(before)


@given(histories().filter(bool))
def test_undoing_twice_brings_everything_back(history):
    assert contents(undone(undone(history))) == contents(history)


@given(histories().filter(bool))
def test_undoing_adds_revisions_and_changes_none(history):
    assert undone(history)[: len(history)] == history


def test_the_last_act_is_everything_with_the_highest_revision_in_the_order_of_the_ids():
    first, second, third = sorted(IDS)
    history = [revision(third, "run", 20), revision(second, "walk", 10), revision(first, "rest", 20)]
    assert [entry.id for entry in last_act(history)] == [first, third]


def test_without_entries_there_is_no_last_act():
    assert last_act([]) == []


@pytest.mark.parametrize("base", [None, 7])
def test_what_the_act_said_first_or_edited_from_what_is_gone_is_withdrawn_without_words(base):
    act = [revision(IDS[0], "walk", 20, base)]
    (found,) = taken_back(act, act, rev=30, saved_at=NOW)
    assert (found.withdrawn, found.text, found.rev, found.base) == (True, None, 30, 20)


def test_what_is_taken_back_was_edited_from_the_act_so_that_it_is_no_conflict():
    history = [revision(IDS[0], "walk", 10), revision(IDS[0], "run", 20, 10)]
    (found,) = taken_back(last_act(history), history, rev=30, saved_at=NOW)
    assert (found.text, found.rev, found.base) == ("walk", 30, 20)


def test_closing_a_session_taken_back_leaves_it_open():
    session = {"kind": "session", "id": IDS[0], "author": "coach", "visibility": "pair", "number": 1, "closed": True}
    closed = parse(session | {"next_on": date(2026, 2, 2), "rev": 5, "saved_at": NOW})
    (opened,) = taken_back([closed], [revision(IDS[1], "said", 3), closed], rev=6, saved_at=NOW)
    assert (opened.closed, opened.withdrawn, opened.number, opened.base) == (False, None, 1, 5)
    assert opened.next_on is None


def test_that_a_private_note_was_erased_when_its_time_was_over_is_nobodys_act():
    over = {"kind": "reflection", "id": IDS[0], "author": "coach", "withdrawn": True, "erased": True}
    said = revision(IDS[1], "said", 3)
    assert last_act([said, parse(over | {"rev": 9, "saved_at": NOW})]) == [said]


def micros(moment):
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


@pytest.mark.parametrize("ahead", [-timedelta(days=1), timedelta(0), timedelta(days=1), timedelta(days=365 * 7900)])
def test_what_came_last_came_from_elsewhere_until_there_is_an_act_of_ones_own(ahead):
    here = revision(IDS[0], "walk", micros(NOW))
    came = brought([revision(identity, "run", micros(NOW + ahead)) for identity in IDS[1:]], NOW + timedelta(seconds=1))
    assert came_from_elsewhere([here, *came])
    own = revision(IDS[0], "rest", micros(NOW + max(ahead, timedelta(0)) + timedelta(seconds=1)))
    assert not came_from_elsewhere([here, *came, own])


def test_acts_of_ones_own_alone_came_from_nowhere_else():
    assert not came_from_elsewhere([])
    assert not came_from_elsewhere([revision(IDS[0], "walk", micros(NOW)), revision(IDS[1], "run", micros(NOW) + 1)])


def test_what_comes_in_keeps_its_words_revisions_and_order():
    came = [revision(IDS[0], "walk", 9), revision(IDS[1], "run", 5)]
    assert [(one.content(), one.rev) for one in brought(came, NOW)] == [(one.content(), one.rev) for one in came]
