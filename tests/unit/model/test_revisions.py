"""What is said now, against what was said before: which new revisions that makes."""

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.errors import InvalidEntryError
from coaching.model.entries import Dream, Note
from coaching.model.ids import derived_id
from coaching.model.revisions import conflicts, latest, revise, withdrawn
from coaching.model.validation import parse
from coaching.model.vocabulary import DreamStatus, Kind
from tests.strategies import entries

NOW = datetime(2026, 1, 12, 10, 42, tzinfo=UTC)
LATER = datetime(2026, 1, 12, 10, 43, tzinfo=UTC)
ID = derived_id(None, "a note")


def record(text="walk", **fields):
    common = {"kind": Kind.NOTE, "id": ID, "author": "coach", "segment": "yourself", "topic": "plan"}
    return common | {"visibility": "pair", "text": text} | fields


def entry(text="walk", rev=1, **fields):
    return parse(record(text, **fields) | {"rev": rev, "saved_at": NOW})


def revised(records, known=(), own=(), start=100):
    by_id = [{found.id: found for found in side} for side in (known, own)]
    return revise(records, *by_id, next_rev=itertools.count(start).__next__, saved_at=LATER)


def test_what_is_said_first_is_a_new_entry_without_base():
    found = revised({ID: record()})[ID]
    assert (found.text, found.rev, found.base, found.saved_at) == ("walk", 100, None, LATER)


@pytest.mark.parametrize(
    ("known", "own", "said", "expected"),
    [
        (None, None, None, None),
        (None, None, "walk", ("walk", 100, None)),
        (None, ("walk", 50), "walk", ("walk", 50, None)),
        (None, ("walk", 50), "run", ("run", 100, None)),
        (None, ("walk", 50), None, None),
        (("walk", 10), None, "walk", None),
        (("walk", 10), None, "run", ("run", 100, 10)),
        (("walk", 10), None, None, ("withdrawn", 100, 10)),
        (("walk", 10), ("run", 50), "run", ("run", 50, None)),
        (("walk", 10), ("run", 50), "rest", ("rest", 100, 10)),
        (("walk", 10), ("run", 50), "walk", ("walk", 100, 10)),
        (("walk", 10), ("run", 50), None, ("withdrawn", 100, 10)),
    ],
    ids=[
        "nothing was and is said",
        "said for the first time",
        "said again",
        "said otherwise before anybody knew",
        "taken back before anybody knew",
        "known, and said again",
        "known, and said otherwise",
        "known, and taken back",
        "known, said otherwise, and again",
        "known, and said otherwise twice",
        "known, said otherwise, and as before",
        "known, said otherwise, and taken back",
    ],
)
def test_a_revision_is_made_when_something_changes_and_only_then(known, own, said, expected):
    found = revised(
        {ID: record(said) if said else None},
        known=[entry(*known)] if known else [],
        own=[entry(*own)] if own else [],
    ).get(ID)
    assert (found and ("withdrawn" if found.withdrawn else found.text, found.rev, found.base)) == expected


def test_what_is_withdrawn_keeps_no_word_and_says_of_what_it_was():
    known = entry("a private word", 10, label="a label", session=derived_id(None, "s"), visibility="private")
    found = revised({ID: None}, known=[known])[ID]
    assert found.withdrawn
    assert {"a private word", "a label"}.isdisjoint(map(str, found.content().values()))
    kept = ("kind", "id", "session", "held_on", "author", "visibility", "segment", "topic")
    assert all(getattr(found, name) == getattr(known, name) for name in kept)


def test_a_withdrawn_entry_can_be_said_again():
    withdrawn = revised({ID: None}, known=[entry("walk", 10)])[ID]
    assert revised({ID: None}, known=[withdrawn]) == {}
    again = revised({ID: record("walk")}, known=[withdrawn], start=200)[ID]
    assert (again.text, again.withdrawn, again.rev, again.base) == ("walk", None, 200, 100)


def test_what_is_not_named_stays_as_it_is():
    own = entry("walk", 50)
    assert revised({}, own=[own]) == {ID: own}
    assert revised({}, known=[own]) == {}


def test_what_is_said_is_not_changed_by_the_call():
    own, known = {ID: entry("walk", 50)}, {}
    revise({ID: record("run")}, known, own, next_rev=lambda: 100, saved_at=LATER)
    assert (own, known) == ({ID: entry("walk", 50)}, {})


def test_what_breaks_the_rules_is_named_and_nothing_is_revised():
    own = {ID: entry("walk", 50)}
    other = derived_id(None, "an item")
    bad = {"kind": Kind.ITEM, "id": other, "author": "coachee", "owner": "coachee", "ownership": "not_mine"}
    with pytest.raises(InvalidEntryError, match="item"):
        revise({ID: record("run"), other: bad}, {}, own, next_rev=lambda: 100, saved_at=LATER)
    assert own[ID].text == "walk"


def test_what_is_said_together_has_one_revision_and_what_is_said_later_a_higher_one():
    """A gap between two revisions would tell how many private entries lie there."""
    others = [derived_id(None, "another note", str(number)) for number in range(3)]
    count = itertools.count(100)
    said = {identity: record(id=identity) for identity in others} | {ID: record()}
    first = revise(said, {}, {}, next_rev=count.__next__, saved_at=NOW)
    assert {found.rev for found in first.values()} == {100}
    then = revise({ID: record("run")}, {}, first, next_rev=count.__next__, saved_at=LATER)
    assert {found.rev for identity, found in then.items() if identity != ID} == {100}
    assert then[ID].rev > 100


@given(entries(max_size=6), entries(max_size=6))
def test_saying_again_what_is_known_changes_nothing(known, own):
    latest = {found.id: found for found in sorted(known, key=lambda found: found.rev)}
    mine = {found.id: found for found in sorted(own, key=lambda found: found.rev)}
    said = {i: found.content() for i, found in (latest | mine).items()}
    assert revise(said, latest, mine, next_rev=itertools.count(2**62).__next__, saved_at=LATER) == mine


@given(entries(Kind.NOTE, Kind.DREAM, max_size=6), st.data())
def test_however_often_it_is_said_otherwise_the_base_is_what_was_known(known, data):
    latest = {found.id: found for found in sorted(known, key=lambda found: found.rev)}
    count = itertools.count(2**62)
    own = {}
    for turn in range(3):
        texts = {i: data.draw(st.none() | st.just(f"turn {turn}"), label=i) for i in latest}
        said = {i: text and latest[i].content() | {"text": text} for i, text in texts.items()}
        own = revise(said, latest, own, next_rev=count.__next__, saved_at=LATER)
        for identity, text in texts.items():
            found = own.get(identity, latest[identity])
            assert isinstance(found, Note | Dream)
            assert found.withdrawn if text is None else found.text == text
    assert all(found.base == latest[identity].rev for identity, found in own.items())
    assert all(found.dream_status in DreamStatus for found in own.values() if isinstance(found, Dream))


def others(history):
    return [found.text for found in conflicts(history).get(ID, ())]


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], []),
        ([("walk", 1, None)], []),
        ([("walk", 1, None), ("run", 2, 1)], []),
        ([("walk", 1, None), ("run", 2, None)], ["walk"]),
        ([("walk", 1, None), ("walk", 2, None)], []),
        ([("walk", 1, None), ("walk", 2, None), ("run", 3, 2)], []),
        ([("walk", 1, None), ("run", 2, 1), ("walk", 3, 2), ("rest", 4, 2)], ["walk"]),
        ([("walk", 1, None), ("run", 2, 1), ("rest", 3, 1)], ["run"]),
        ([("walk", 1, None), ("run", 2, 1), ("rest", 3, 1), ("sleep", 4, 3)], ["run"]),
        ([("walk", 1, None), ("run", 2, 1), ("rest", 3, 1), ("sleep", 4, 1)], ["rest", "run"]),
        ([("walk", 1, None), ("run", 2, 1), ("rest", 3, 1), ("run", 4, 3)], []),
        ([("walk", 1, None), ("run", 2, None), ("run", 3, 2, (1,))], []),
        ([("walk", 1, None), ("run", 2, None), ("rest", 3, None), ("rest", 4, 3, (1,))], ["run"]),
        ([("walk", 1, None), ("run", 2, None), ("run", 3, 2, (1,)), ("rest", 4, 3, (1,))], []),
        ([("walk", 1, None), ("run", 2, None), ("run", 3, 2, (1,)), ("run", 4, 3)], ["walk"]),
    ],
    ids=[
        "nothing",
        "one revision",
        "one edited from the other",
        "two first ones",
        "two first ones that say the same",
        "two first ones that say the same, and on from one of them",
        "one goes back to older words, and another goes on",
        "two edited from one",
        "two edited from one, and on from the newer",
        "three edited from one, newest first",
        "the older one says what is said now",
        "settled",
        "one of two settled",
        "settled, and edited since",
        "settled, and that taken back",
    ],
)
def test_what_no_later_revision_was_edited_from_or_settles_is_a_conflict(history, expected):
    made = [entry(text, rev, base=base, settles=(settles or [None])[0]) for text, rev, base, *settles in history]
    assert others(made) == expected
    assert others(reversed(made)) == expected


def test_words_that_were_taken_back_in_the_other_place_are_a_conflict_too():
    gone = withdrawn(entry("walk", 1)).revised(rev=2, base=1, saved_at=LATER)
    assert others([entry("walk", 1), gone, entry("run", 3, base=1)]) == [None]
    assert others([entry("walk", 1), entry("run", 2, base=1), gone.revised(rev=3, base=1, saved_at=LATER)]) == ["run"]


@given(
    st.lists(
        st.tuples(
            st.booleans(), st.booleans(), st.dictionaries(st.sampled_from("abc"), st.none() | st.sampled_from("xyz"))
        ),
        max_size=8,
    )
)
def test_whoever_writes_alone_never_has_a_conflict(turns):
    """However often they sit down anew, close, and go on."""
    count, kept, own, known = itertools.count(1), [], {}, {}
    for sits_down, closes, said in turns:
        if sits_down:
            # What an earlier sitting left is a draft of its own, and stays beside the next one.
            kept, own = [*kept, *own.values()], {}
            known = latest(kept)
        named = {derived_id(None, name): text for name, text in said.items()}
        records = {identity: text and record(text, id=identity) for identity, text in named.items()}
        own = revise(records, known, own, next_rev=count.__next__, saved_at=NOW)
        assert conflicts([*kept, *own.values()]) == {}
        if closes:
            kept, known, own = [*kept, *own.values()], known | own, {}
            assert conflicts(kept) == {}


@pytest.mark.parametrize("said", ["run", "walk", None], ids=["said here", "taken from there", "both taken back"])
def test_what_is_said_about_a_conflict_ends_it_though_it_may_change_nothing(said):
    history = [entry("walk", 1), entry("run", 2)]
    own = revise(
        {ID: record(said) if said else None}, latest(history), {}, {ID: (1,)}, next_rev=lambda: 3, saved_at=LATER
    )
    assert (own[ID].settles, own[ID].base) == ((1,), 2)
    assert conflicts([*history, *own.values()]) == {}


def test_what_an_earlier_draft_has_settled_stays_settled_when_the_next_replaces_it():
    history = [entry("walk", 1), entry("run", 2)]
    known, count = latest(history), itertools.count(3)
    own = revise({ID: record("run")}, known, {}, {ID: (1,)}, next_rev=count.__next__, saved_at=LATER)
    own = revise({ID: record("rest")}, known, own, next_rev=count.__next__, saved_at=LATER)
    assert (own[ID].text, own[ID].settles) == ("rest", (1,))
    own = revise({ID: None}, known, own, {ID: (0,)}, next_rev=count.__next__, saved_at=LATER)
    assert (own[ID].withdrawn, own[ID].settles) == (True, (0, 1))


@given(entries(max_size=8))
def test_the_newest_revision_is_the_current_one_in_whatever_order_they_come(history):
    found = latest(history)
    assert found == latest(reversed(history))
    assert all(found[entry.id].rev >= entry.rev for entry in history)
    assert set(found) == {entry.id for entry in history}
