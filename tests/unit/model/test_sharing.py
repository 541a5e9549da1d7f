"""The only way out: what is not for an audience leaves no trace in what it gets."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.model.entries import MODELS
from coaching.model.entry import Leaves, Refers, fields_marked
from coaching.model.frames import current, frames, records
from coaching.model.ids import derived_id
from coaching.model.schema import to_table
from coaching.model.sharing import Audience, Shared, holdings, share
from coaching.model.validation import parse
from coaching.model.vocabulary import Kind, Side, Visibility
from tests.examples import COSTLY
from tests.strategies import entries

OTHERS = [Audience.PAIR, Audience.OPEN]
ALLOWED = {Audience.PAIR: {"pair", "open"}, Audience.OPEN: {"open"}}
NEVER = {Kind.PARKED, Kind.REFLECTION}
CANARY = "I never told anybody"
SAVED = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)


def framed(said):
    return frames(current(to_table(said)))


def now(said):
    """Return the entries as they stand now, by id."""
    newest = {entry.id: entry for entry in sorted(said, key=lambda entry: entry.rev)}
    return {identity: entry for identity, entry in newest.items() if not entry.withdrawn}


def deciding(entry, known):
    """Return the entries that decide who may read one: itself, or the item or dream that it happened to.

    What happened to an item or a dream decides itself only where it is private. None if that is not there.
    """
    above = MODELS[entry.kind].covered_by
    if above is None:
        return [entry]
    found = known.get(getattr(entry, above))
    return found and [found, *([entry] if entry.visibility == Visibility.PRIVATE else [])]


def readable(entry, known, audience):
    above = deciding(entry, known)
    return bool(above) and entry.kind not in NEVER and all(e.visibility in ALLOWED[audience] for e in above)


def holdable(entry, known, holder):
    above = deciding(entry, known)
    return bool(above) and all(e.author == holder or e.visibility != Visibility.PRIVATE for e in above)


DAYS = {"never": None, "then": date(2025, 3, 4), "later": date(2025, 3, 5)}


def entry(kind, name, visibility="private", **fields):
    common = {"kind": kind, "id": derived_id(None, name), "rev": 1, "author": "coachee", "saved_at": SAVED}
    return parse(common | {"visibility": visibility, "held_on": date(2025, 3, 4)} | fields)


def cells(found):
    return [str(value) for kind in Kind for column in found[kind] for value in found[kind][column]]


@COSTLY
@given(entries(max_size=20), st.sampled_from(OTHERS))
def test_exactly_what_may_be_read_is_there_as_if_nothing_else_had_ever_been_written(said, audience):
    known = now(said)
    without = [found for found in known.values() if readable(found, known, audience)]
    found = share(framed(said), audience).records()
    assert found == share(framed(without), audience).records()
    assert {record["id"] for record in found} == {entry.id for entry in without}


@COSTLY
@given(entries(max_size=20), st.sampled_from(OTHERS))
def test_no_field_leaves_that_is_not_marked_and_no_reference_leads_nowhere(said, audience):
    shared = share(framed(said), audience)
    known = {record["id"] for record in shared.records()}
    for record in shared.records():
        model = MODELS[Kind(record["kind"])]
        assert set(record) <= fields_marked(model, Leaves)
        for name in fields_marked(model, Refers) & set(record):
            assert {record[name]} <= known if isinstance(record[name], str) else set(record[name]) <= known


@COSTLY
@given(entries(max_size=20))
def test_the_holder_gets_all_of_it(said):
    found = framed(said)
    assert share(found, Audience.HOLDER).records() == records(found)


def test_on_a_day_what_has_no_day_is_known_and_what_is_told_of_a_later_one_is_not():
    said = [entry("note", name, "pair", segment="dreams", topic="dream", held_on=day) for name, day in DAYS.items()]
    known = share(framed(said), Audience.PAIR).known_on(date(2025, 3, 4))
    assert known.keys() == {derived_id(None, name) for name in ("never", "then")}
    assert all(record["id"] == identity for identity, record in known.items())


@COSTLY
@given(entries(max_size=20), st.sampled_from(list(Audience)))
def test_shared_frames_keep_their_columns_and_types(said, audience):
    found = framed(said)
    shared = share(found, audience).frames
    for kind in Kind:
        pd.testing.assert_series_equal(shared[kind].dtypes, found[kind].dtypes)


@COSTLY
@given(entries(max_size=20), st.sampled_from(list(Side)))
def test_a_copy_holds_all_but_what_is_private_to_the_other_side(said, holder):
    known = now(said)
    kept = {identity for identity, found in known.items() if holdable(found, known, holder)}
    found = holdings(framed(said), holder)
    assert {record["id"] for record in records(found)} == kept
    assert records(holdings(found, holder)) == records(found)


@COSTLY
@given(entries(max_size=20), st.sampled_from(list(Side)), st.sampled_from(OTHERS))
def test_it_makes_no_difference_whose_copy_is_shared(said, holder, audience):
    mine = share(holdings(framed(said), holder), audience).records()
    assert mine == share(framed(said), audience).records()


@pytest.mark.parametrize("audience", OTHERS)
@pytest.mark.parametrize(
    "private",
    [
        entry("note", "x", segment="dreams", topic="dream", text=CANARY),
        entry("session", "x", label=CANARY, language=CANARY),
        entry("mission", "x", text=CANARY, why_changed=CANARY),
        entry("dream", "x", title=CANARY, text=CANARY),
        entry("item", "x", what=CANARY, if_then=CANARY, obstacle=CANARY, levels=(CANARY,) * 5),
        entry("handover", "x", reason=CANARY, bundle=(CANARY,)),
        entry("parked", "x", "open", text=CANARY, goes_to=CANARY),
        entry("reflection", "x", text=CANARY, who_spoke_more=CANARY, longest_pause=CANARY),
    ],
    ids=lambda found: found.kind,
)
def test_a_private_entry_leaves_nothing_in_any_cell(private, audience):
    item = entry("item", "open", "open", what="Call the school", dream=private.id, becoming=private.id)
    segment = entry("segment", "s", "open", segment="dreams", dreams=(private.id,), session=private.id)
    about = [
        entry("item_event", "e", "open", item=private.id, event="done", text=CANARY),
        entry("review", "r", "open", item=private.id, outcome="done", text=CANARY),
        entry("progress", "d", "open", about=private.id, text=CANARY),
    ]
    found = cells(share(framed([private, item, segment, *about]), audience).frames)
    assert "Call the school" in found
    assert not [cell for cell in found if CANARY in cell or private.id in cell]


@pytest.mark.parametrize(
    ("session", "audiences"),
    [("a session", {Audience.PAIR, Audience.OPEN}), (None, {Audience.PAIR})],
    ids=["told in a session", "written between two"],
)
def test_what_is_written_between_sessions_of_an_open_thread_is_for_the_two_alone(session, audiences):
    dream = entry("dream", "d", "open", title="A second oven", dream_status="active")
    line = entry("progress", "p", "pair", about=dream.id, session=session, text="told")
    readable = {
        one for one in (Audience.PAIR, Audience.OPEN) if "told" in cells(share(framed([dream, line]), one).frames)
    }
    assert readable == audiences


@pytest.mark.parametrize(
    ("was", "became", "audiences"),
    [
        ("open", "open", {Audience.PAIR, Audience.OPEN}),
        ("open", "pair", {Audience.PAIR}),
        ("open", "private", set()),
        ("private", "pair", {Audience.PAIR}),
        ("private", "open", {Audience.PAIR, Audience.OPEN}),
    ],
)
def test_what_happened_to_an_item_is_as_visible_as_the_item_is_now(was, became, audiences):
    item = entry("item", "i", was, what="Call")
    again = entry("item", "i", became, what="Call", rev=2)
    event = entry("item_event", "e", "pair", item=item.id, event="done", text="told")
    secret = entry("item_event", "f", "private", item=item.id, event="partly", text=CANARY)
    for audience in OTHERS:
        found = share(framed([item, again, event, secret]), audience).frames
        assert len(found["item"]) == (audience in audiences)
        assert found["item_event"]["text"].tolist() == ["told"] * (audience in audiences)


@pytest.mark.parametrize(
    ("visibilities", "held"),
    [
        (["private"], []),
        (["pair"], [1]),
        (["pair", "open"], [1, 2]),
        (["private", "pair"], [2]),
        (["pair", "private"], []),
        (["pair", "private", "pair"], [1, 3]),
    ],
)
def test_of_several_revisions_the_other_sides_copy_holds_none_that_is_or_became_private(visibilities, held):
    said = [
        entry("note", "n", visibility, rev=rev, segment="dreams", topic="dream", text=f"words {rev}")
        for rev, visibility in enumerate(visibilities, start=1)
    ]
    history = frames(to_table(said))
    assert [record["rev"] for record in records(holdings(history, Side.COACH))] == held
    assert records(holdings(history, Side.COACHEE)) == records(history)


def test_what_happened_to_an_item_that_is_not_there_is_nobodys():
    event = entry("item_event", "e", "open", item=derived_id(None, "gone"), event="done")
    for audience in OTHERS:
        assert share(framed([event]), audience).records() == []
    for side in Side:
        assert records(holdings(framed([event]), side)) == []


def test_when_it_was_saved_and_what_it_was_edited_from_stay_here():
    note = entry("note", "n", "open", segment="dreams", topic="dream", text="words", base=7)
    (record,) = share(framed([note]), Audience.OPEN).records()
    assert record["text"] == "words"
    assert not {"base", "saved_at"} & set(record)


def test_what_is_shown_or_counted_is_noted_and_nothing_else():
    item = entry("item", "i", "pair", what="Call", obstacle="Shy")
    event = entry("item_event", "e", "pair", item=item.id, event="agreed")
    later = entry("item_event", "l", "pair", item=item.id, event="done", held_on=DAYS["later"])
    unseen = entry("dream", "d", "pair", title="Sail")
    shared = share(framed([item, event, later, unseen]), Audience.PAIR)
    shared.count_items({item.id}, DAYS["then"])
    assert shared.show(shared.by_id[item.id], "what") == "Call"
    assert shared.show({}, "what") is None
    assert shared.disclosed.fields() == {item.id: {"what"}, event.id: set()}
    assert "Call" not in repr(shared.disclosed)


def test_shared_can_be_made_by_sharing_alone_and_shows_nothing():
    found = framed([entry("note", "n", "open", segment="dreams", topic="dream", text=CANARY)])
    with pytest.raises(TypeError, match="made by share"):
        Shared(found, Audience.OPEN)
    assert repr(share(found, Audience.OPEN)) == "<Shared for open>"
