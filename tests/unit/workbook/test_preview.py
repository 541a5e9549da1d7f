"""A copy told line by line: who said it, what it is, its words as they were typed, and who may read it."""

from datetime import UTC, date, datetime

import pytest

from coaching.i18n import speaking
from coaching.model.frames import frames
from coaching.model.ids import derived_id
from coaching.model.schema import to_table
from coaching.model.sharing import Audience, share
from coaching.model.validation import parse
from coaching.model.vocabulary import (
    AgreementEvent,
    BecomingStatus,
    CoachFirst,
    DreamStatus,
    ItemEventKind,
    ReviewOutcome,
    Segment,
    ThreadStatus,
    Topic,
)
from coaching.text import is_blank
from coaching.workbook import preview as previewing
from coaching.workbook.line_terms import terms
from tests.strategies import HOSTILE

NOW = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
DAY, ON = date(2025, 3, 3), "Monday, 3 March 2025"


def identity(kind, name="1"):
    return derived_id(None, kind, name)


def record(kind, name="1", /, **fields):
    common = {"kind": kind, "id": identity(kind, name), "author": "coachee", "visibility": "pair", "held_on": DAY}
    return {"rev": 1, "saved_at": NOW, **common, **fields}


def shared(*records, audience=Audience.PAIR):
    return share(frames(to_table([parse(one) for one in records])), audience)


def lines(*records, audience=Audience.PAIR):
    """The lines of everything that an audience may read, whatever group they stand in."""
    whole = shared(*records, audience=audience)
    return [line for group in previewing.told(whole, previewing.everything(whole)) for line in group.lines]


ADA = record("person", "ada", side="coachee", name="Ada")
BO = record("person", "bo", side="coach", author="coach", name="Bo")
SESSION = record("session", number=7, author="coach", minutes=50)
ITEM = record("item", what="Ask for help", owner="coachee", by=date(2025, 4, 1))
NOTE = {"segment": "yourself", "topic": "goal"}


@pytest.mark.parametrize(
    ("told", "about", "words"),
    [
        (ADA, "about the person coached", ("Ada",)),
        (record("agreement", text="Between us."), f"Ada · agreement, agreed · {ON}", ("Between us.",)),
        (SESSION, "that it took place · 50 minutes", ()),
        (SESSION | {"next_on": DAY}, f"that it took place · 50 minutes · you meet again on {ON}", ()),
        (record("cancellation", text="Ill"), f"session that did not take place · {ON}", ("Ill",)),
        (record("note", **NOTE, text="To rest"), "Ada · goal", ("To rest",)),
        (record("note", segment="closing", topic="takeaway", text="This"), "Ada · takes along", ("This",)),
        (record("mission", text="I build", confirmed=True), f"Ada · mission statement · {ON}", ("I build",)),
        (record("mission", text="I may"), f"Ada · proposed mission statement · {ON}", ("I may",)),
        (record("dream", title="Sail", text="Far"), "Ada · dream", ("Sail", "Far")),
        (record("dream", title="Sail", dream_status="came_true"), "Ada · dream, came true", ("Sail",)),
        (record("becoming", text="Calm", becoming_status="reached"), "Ada · who to become, reached", ("Calm",)),
        (record("theme", title="Fire", words=("oven", None)), "Ada · theme", ("Fire", "oven")),
        (ITEM, "promise of Ada · by Tuesday, 1 April 2025", ("Ask for help",)),
        (record("item", what="Later", if_then="If, then"), "draft of a promise", ("Later", "If, then")),
        (record("check", heard=5, useful=4), "Ada · the conversation: heard 5 of 5, useful 4 of 5", ()),
        (record("handover", reason="moves on"), f"Ada · hand-over · {ON}", ("moves on",)),
        (record("handout", audience="open", form=".zip", text="C"), f"a copy handed out · {ON}", (".zip",)),
    ],
)  # fmt: skip
def test_a_line_says_who_what_and_in_which_words(told, about, words):
    (line,) = (line for line in lines(ADA, told) if line.identity == told["id"])
    assert (line.about, line.words) == (about, words)


def test_in_german_it_is_told_in_german_and_peoples_words_stay():
    moved = record("item_event", item=ITEM["id"], event="due_moved", due_to=date(2025, 4, 8), text="Not yet")
    on = "Montag, 3. März 2025"
    with speaking("de"):
        told = {line.about: line.words for line in lines(ADA, ITEM, moved, record("note", **NOTE, text="To rest"))}
    assert told == {
        "zur begleiteten Person": ("Ada",),
        "Ada · Ziel": ("To rest",),
        "Zusage von Ada · bis Dienstag, 1. April 2025": ("Ask for help",),
        f"Ada · geworden aus „Ask for help“: verschoben auf Dienstag, 8. April 2025 · {on}": ("Not yet",),
    }


def test_every_choice_that_an_entry_can_hold_has_a_term():
    known = terms()
    states = [AgreementEvent, ThreadStatus, DreamStatus, BecomingStatus, ItemEventKind, ReviewOutcome]
    assert {value for kind in states for value in kind} - {DreamStatus.ACTIVE} <= known.states.keys()
    assert (set(known.topics), set(known.parts), set(known.first)) == (set(Topic), set(Segment), set(CoachFirst))


def test_how_a_part_began_is_told_without_anybodys_words():
    part = record("segment", segment="dreams", coach_first="spoken_not_recorded", decision="keep", author="coach")
    (line,) = lines(part)
    assert line.about == (
        "how “talk about your dreams” went · the coach went first, not recorded · the mission statement was kept"
    )


@pytest.mark.parametrize("kind", ["review", "item_event"])
def test_what_is_told_of_a_promise_names_it_and_is_as_open_as_it(kind):
    happened = {"review": {"outcome": "not_yet"}, "item_event": {"event": "not_yet"}}[kind]
    opened = ITEM | {"visibility": "open"}
    found = lines(opened, record(kind, item=ITEM["id"], text="February", **happened), audience=Audience.OPEN)
    assert [line.is_open for line in found] == [True, True]
    assert "“Ask for help”: not yet" in found[1].about


@pytest.mark.parametrize(
    ("session", "visibility", "is_open"),
    [({"session": SESSION["id"]}, "pair", True), ({}, "pair", False), ({}, "open", True)],
    ids=["in a session", "between two", "between two, for others too"],
)
def test_what_was_written_between_two_sessions_says_itself_who_may_read_it(session, visibility, is_open):
    goal = record("note", **NOTE, visibility="open")
    told = record("progress", about=goal["id"], visibility=visibility, **session)
    assert [line.is_open for line in lines(SESSION, goal, told) if line.identity == told["id"]] == [is_open]


def test_people_are_named_only_where_their_readers_will_know_them():
    open_note = record("note", **NOTE, text="To rest", visibility="open")
    (line,) = lines(ADA, open_note, audience=Audience.OPEN)
    assert line.about == "the person coached · goal"


def test_of_two_coaches_the_one_who_held_the_session_is_named():
    cy = record("person", "cy", side="coach", author="coach", name="Cy")
    held = SESSION | {"person": cy["id"]}
    note = record("note", **NOTE, text="Mine", author="coach", session=held["id"])
    assert [line.about for line in lines(ADA, BO, cy, held, note) if line.words == ("Mine",)] == ["Cy · goal"]


def test_sessions_come_newest_first_after_what_belongs_to_none():
    older = record("session", "older", number=6, author="coach", held_on=date(2025, 2, 3))
    whole = shared(ADA, older, SESSION, record("note", **NOTE, text="Then", session=older["id"]))
    groups = previewing.told(whole, previewing.everything(whole))
    assert [(group.title, len(group.lines)) for group in groups] == [
        ("General", 1),
        (f"Session 7 · {ON}", 1),
        ("Session 6 · Monday, 3 February 2025", 2),
    ]


def test_in_a_session_the_coachs_words_come_first_and_each_part_in_its_place():
    notes = [
        record("note", "1", segment="dreams", topic="dream", text="3"),
        record("note", "2", segment="yourself", topic="failure", text="2"),
        record("note", "3", segment="yourself", topic="plan", text="1"),
        record("note", "4", segment="yourself", topic="goal", text="0", author="coach"),
    ]
    assert [line.words for line in lines(*notes)] == [("0",), ("1",), ("2",), ("3",)]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_as_they_were_typed_and_blank_ones_are_none(words):
    (line,) = lines(record("note", **NOTE, text=words))
    assert line.words == (() if is_blank(words) else (words,))


def test_only_what_is_shown_is_told_and_only_in_the_fields_that_are():
    whole = shared(ADA, ITEM | {"if_then": "If I wait"}, record("note", **NOTE, text="To rest"))
    (group,) = previewing.told(whole, {ITEM["id"]: frozenset({"if_then"})})
    assert [line.words for line in group.lines] == [("If I wait",)]
    assert "Ada" not in group.lines[0].about


def test_what_both_may_read_and_is_left_out_is_counted_by_kind():
    seen = {ADA["id"]: frozenset()}
    assert previewing.left_out(shared(ADA, ITEM, BO), seen) == ("1 person", "1 promise", "What is private stays out.")


@pytest.mark.parametrize("secret", [record("reflection", text="Mine"), record("item", "2", what="Mine", owner="coach")])
def test_of_what_is_private_there_is_no_number_and_not_even_whether_it_is_there(secret):
    without, beside = shared(ADA), shared(ADA, secret | {"visibility": "private"})
    assert previewing.left_out(beside, {}) == previewing.left_out(without, {})


@pytest.mark.parametrize("audience", [Audience.HOLDER, Audience.OPEN])
def test_nothing_is_counted_but_of_what_both_may_read(audience):
    with pytest.raises(ValueError, match="both may read"):
        previewing.left_out(shared(ADA, audience=audience), {})
