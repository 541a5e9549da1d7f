"""What is erased with an entry, and the empty place that it leaves."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.model.entries import MODELS, Mission
from coaching.model.erasure import empty_places, together_with
from coaching.model.ids import derived_id
from coaching.model.validation import parse
from coaching.model.vocabulary import Kind
from tests.strategies import TRACES, entry, plantable, planted

NOW = datetime(2026, 1, 12, 10, 42, tzinfo=UTC)
DREAM, ITEM, OTHER = (derived_id(None, name) for name in ("dream", "item", "other"))
#: What an empty place says by design, beside the names of other entries that its kind requires.
STAYS = {"kind", "id", "session", "held_on", "author", "visibility", "label", "number", "rev", "base", "saved_at"}


def made(kind, identity, **fields):
    common = {"kind": kind, "id": identity, "rev": 10, "author": "coachee", "saved_at": NOW}
    return parse(common | fields)


def emptied(found):
    (place,) = empty_places([found.id], {found.id: found}, rev=found.rev + 1, saved_at=NOW)
    return place


def told(number, kind, **covering):
    return made(kind, derived_id(None, "told", str(number)), **covering)


@pytest.mark.parametrize(
    ("covering", "identity"),
    [
        ({"kind": "progress", "about": DREAM}, DREAM),
        ({"kind": "item_event", "item": ITEM, "event": "done"}, ITEM),
        ({"kind": "review", "item": ITEM, "outcome": "done"}, ITEM),
    ],
)
def test_what_was_told_of_an_entry_later_goes_with_it(covering, identity):
    event = told(1, **covering)
    assert together_with(identity, [event]) == {identity, event.id}
    assert together_with(OTHER, [event]) == {OTHER}
    assert together_with(event.id, [event]) == {event.id}


def test_what_was_told_of_an_entry_once_goes_with_it_though_it_tells_of_another_now():
    before, now = told(1, "progress", about=DREAM), told(1, "progress", about=OTHER)
    assert together_with(DREAM, [before, now]) == {DREAM, now.id}


def test_what_only_names_an_entry_stays():
    serves = made("item", ITEM, what="teach", dream=DREAM)
    assert together_with(DREAM, [serves]) == {DREAM}


@given(st.sampled_from(Kind).flatmap(entry))
def test_an_empty_place_holds_nothing_that_was_said(found):
    full = planted(found, set(plantable(found.kind)) - STAYS)
    place = emptied(full)
    assert not [trace for trace in TRACES if trace in str(place.model_dump(exclude=STAYS))]
    fields = MODELS[found.kind].model_fields
    required = {name for name, field in fields.items() if field.is_required()}
    filled = {name for name, value in place.model_dump().items() if value != fields[name].default}
    assert filled <= STAYS | required | {"erased", "withdrawn", "dream_status", "confirmed"}


@given(st.sampled_from(Kind).flatmap(entry))
def test_an_empty_place_is_newer_than_what_it_takes_the_place_of_and_is_the_same_entry(found):
    place = emptied(found)
    assert (place.id, place.kind, place.author, place.visibility) == (
        found.id, found.kind, found.author, found.visibility,
    )  # fmt: skip
    assert (place.rev, place.base, place.saved_at, place.erased) == (found.rev + 1, found.rev, NOW, True)


@pytest.mark.parametrize(
    ("kind", "fields", "seen"),
    [
        ("dream", {"title": "teach"}, True),
        ("mission", {"text": "I teach", "number": 3, "confirmed": True}, True),
        ("item", {"what": "call Ana"}, False),
        ("note", {"segment": "dreams", "topic": "dream", "text": "teach"}, False),
        ("person", {"side": "coachee", "name": "Ana"}, False),
        ("reflection", {"text": "tired"}, False),
    ],
)
def test_of_a_dream_and_a_statement_the_place_is_seen_and_of_nothing_else(kind, fields, seen):
    place = emptied(made(kind, OTHER, label="X01", **fields))
    assert (place.withdrawn is None) is seen
    assert place.label == "X01"


def test_an_erased_dream_says_that_it_was_erased():
    assert emptied(made("dream", DREAM, title="teach")).dream_status == "erased"


@pytest.mark.parametrize("confirmed", [True, False, None])
def test_an_erased_statement_keeps_its_number_and_whether_it_counted(confirmed):
    place = emptied(made("mission", OTHER, text="I teach", why_changed="why", number=3, confirmed=confirmed))
    assert isinstance(place, Mission)
    assert (place.number, place.confirmed, place.text, place.why_changed) == (3, confirmed, None, None)
