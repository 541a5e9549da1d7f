"""The kinds of entry: one frozen pydantic model each.

An entry is one row of one tall table. A change is a new entry with the same `id` and a higher `rev`; nothing is
overwritten. Every field says whether it may leave the workbook together with its entry: a field marked `Leaves` does
when the entry's `visibility` allows it, a field without the mark never does.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from coaching.exceptions import InvalidEntryError


class Side(StrEnum):
    """Who of the pair: whose words, whose promise, whose copy."""

    COACH = "coach"
    COACHEE = "coachee"


class Visibility(StrEnum):
    """Who may read an entry: its author alone, both of the pair, or others too."""

    PRIVATE = "private"
    PAIR = "pair"
    OPEN = "open"


class Segment(StrEnum):
    """The parts of a session, in their order."""

    OPENING = "opening"
    YOURSELF = "yourself"
    DREAMS = "dreams"
    WHO_WHAT_WHEN = "who_what_when"
    CLOSING = "closing"


class Kind(StrEnum):
    """The kinds of entry."""

    PERSON = "person"
    AGREEMENT = "agreement"
    SESSION = "session"
    CANCELLATION = "cancellation"
    SEGMENT = "segment"
    NOTE = "note"
    MISSION = "mission"
    DREAM = "dream"
    DREAM_EVENT = "dream_event"
    BECOMING = "becoming"
    ITEM = "item"
    ITEM_EVENT = "item_event"
    REVIEW = "review"
    CHECK = "check"
    PARKED = "parked"
    REFLECTION = "reflection"
    HANDOVER = "handover"


class AgreementEvent(StrEnum):
    """What happened to the agreement."""

    AGREED = "agreed"
    RENEWED = "renewed"
    PAUSED = "paused"
    RESUMED = "resumed"
    ENDED = "ended"


class CoachFirst(StrEnum):
    """How the coach's side of a part was given."""

    WRITTEN = "written"
    SPOKEN_NOT_RECORDED = "spoken_not_recorded"
    COACHEE_CHOSE_TO_START = "coachee_chose_to_start"
    COACH_DID_NOT = "coach_did_not"


class Topic(StrEnum):
    """What a note of a session is about."""

    ARRIVAL = "arrival"
    SHOWED = "showed"
    PLAN = "plan"
    GOAL = "goal"
    FAILURE = "failure"
    DREAM = "dream"
    OBSTACLE = "obstacle"
    TAKEAWAY = "takeaway"
    SAID_BACK = "said_back"


class MissionDecision(StrEnum):
    """How the Dreams part ended."""

    NEW = "new"
    KEEP = "keep"
    NOT_YET = "not_yet"
    PASSED = "passed"


class DreamStatus(StrEnum):
    """Where a dream stands; `erased` is the empty place that an erased dream leaves."""

    ACTIVE = "active"
    RESTING = "resting"
    CAME_TRUE = "came_true"
    LET_GO = "let_go"
    ERASED = "erased"


class BecomingStatus(StrEnum):
    """Where a becoming stands."""

    ACTIVE = "active"
    REACHED = "reached"
    LET_GO = "let_go"


class Origin(StrEnum):
    """Whose idea an action item was."""

    COACHEE = "coachee"
    TOGETHER = "together"
    COACH = "coach"


class Ownership(StrEnum):
    """What the owner says of an action item."""

    MINE = "mine"
    CAN_LIVE_WITH_IT = "can_live_with_it"
    NOT_MINE = "not_mine"


class ItemEventKind(StrEnum):
    """What happened to an action item."""

    AGREED = "agreed"
    DUE_MOVED = "due_moved"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    DONE = "done"
    REOPENED = "reopened"
    LET_GO = "let_go"
    HANDED_OVER = "handed_over"


class ReviewOutcome(StrEnum):
    """What the owner told of an action item in the opening."""

    DONE = "done"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    CHANGED = "changed"
    LET_GO = "let_go"


_SAYINGS = {
    "missing": "is missing",
    "extra_forbidden": "is no field of this kind",
    "string_type": "must be text",
    "string_pattern_mismatch": "must be an id of 26 letters and digits",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
}
_NAME = re.compile(r"[A-Z][0-9]{1,6}|[0-9A-HJKMNP-TV-Z]{26}")

#: How many outcomes in words an action item may have: from -2, much less than agreed, to +2, much more.
LEVELS = 5


@dataclass(frozen=True)
class Leaves:
    """Marks a field that leaves the workbook together with its entry; a field without it is private."""


@dataclass(frozen=True)
class Refers:
    """Marks a field that holds the id, or the ids, of other entries."""


def storable(text: str) -> str:
    """Replace halves of surrogate pairs, which no file can hold as UTF-8, by the replacement character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


Words = Annotated[str, AfterValidator(storable)]
Text = Annotated[Words | None, Leaves()]
Id = Annotated[str | None, Leaves(), Refers()]
Day = Annotated[date | None, Leaves()]
Number = Annotated[int | None, Leaves()]
Flag = Annotated[bool | None, Leaves()]
Ids = Annotated[tuple[str, ...] | None, Leaves(), Refers()]
Texts = Annotated[tuple[Words | None, ...] | None, Leaves()]
Score = Annotated[int | None, Field(ge=1, le=5), Leaves()]


class Entry(BaseModel):
    """What every entry has.

    Attributes
    ----------
    id
        ULID; the same through all changes of the entry.
    rev
        Integer time in microseconds; the highest `rev` of an `id` is its current state.
    base
        The `rev` that this one was edited from; none for the first.
    session
        Id of the session in which it was said, if there was one.
    held_on
        The day it belongs to: the session's date, or the day of the event.
    author
        Whose words these are. With `visibility` private it also says whose copy alone may hold them.
    visibility
        Private unless said otherwise.
    label
        Short name inside the workbook, for people: ``S01``, ``I07``.
    withdrawn
        True once it is no longer said; it then has no words left.
    saved_at
        When it was kept, UTC.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
    kind: Annotated[Kind, Leaves()]
    id: Annotated[str, Field(pattern=r"^[0-9A-HJKMNP-TV-Z]{26}$"), Leaves()]
    rev: Annotated[int, Leaves()]
    base: int | None = None
    session: Id = None
    held_on: Day = None
    author: Annotated[Side, Leaves()]
    visibility: Annotated[Visibility, Leaves()] = Visibility.PRIVATE
    label: Text = None
    withdrawn: Flag = None
    saved_at: datetime

    #: Name of the field that holds the id of the entry which decides the visibility of this one, if there is such.
    covered_by: ClassVar[str | None] = None

    def __repr__(self) -> str:
        """Name the entry without its words."""
        return f"<{type(self).__name__} {self.id}>"

    __str__ = __repr__

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """Keep the words out of every other way to print an entry too, rich's for one."""
        return [("id", self.id)]

    def content(self) -> dict[str, Any]:
        """Return all fields that say something, without `rev`, `base` and `saved_at`."""
        return self.model_dump(exclude={"rev", "base", "saved_at"})

    def revised(self, *, rev: int, base: int | None, saved_at: datetime) -> Self:
        """Return the same words as revision `rev`, edited from `base`."""
        return self.model_copy(update={"rev": rev, "base": base, "saved_at": saved_at})


class Person(Entry):
    """One of the people of the workbook: the coachee, or a coach and the time of their coaching."""

    kind: Annotated[Literal[Kind.PERSON], Leaves()] = Kind.PERSON
    side: Annotated[Side, Leaves()]
    name: Text = None
    pronouns: Text = None
    text: Text = None
    language: Text = None
    time_zone: Text = None
    is_line_manager: Flag = None
    since_on: Day = None
    until_on: Day = None


class Agreement(Entry):
    """What may be written and used, and what became of it."""

    kind: Annotated[Literal[Kind.AGREEMENT], Leaves()] = Kind.AGREEMENT
    agreement_event: Annotated[AgreementEvent, Leaves()] = AgreementEvent.AGREED
    text: Text = None


class Session(Entry):
    """One one-on-one."""

    kind: Annotated[Literal[Kind.SESSION], Leaves()] = Kind.SESSION
    number: Number = None
    person: Id = None
    minutes: Annotated[int | None, Field(ge=0), Leaves()] = None
    language: Text = None
    closed: Flag = None


class Cancellation(Entry):
    """A planned session that did not take place; `as_typed` keeps a date that no calendar has."""

    kind: Annotated[Literal[Kind.CANCELLATION], Leaves()] = Kind.CANCELLATION
    person: Id = None
    as_typed: Text = None
    text: Text = None


class SegmentState(Entry):
    """That a part of a session took place, and how it was begun and decided."""

    kind: Annotated[Literal[Kind.SEGMENT], Leaves()] = Kind.SEGMENT
    segment: Annotated[Segment, Leaves()]
    coach_first: Annotated[CoachFirst | None, Leaves()] = None
    coach_passed: Flag = None
    coachee_passed: Flag = None
    decision: Annotated[MissionDecision | None, Leaves()] = None
    dreams: Ids = None
    becoming: Id = None


class Note(Entry):
    """Words of one side about one topic of a session."""

    kind: Annotated[Literal[Kind.NOTE], Leaves()] = Kind.NOTE
    segment: Annotated[Segment, Leaves()]
    topic: Annotated[Topic, Leaves()]
    text: Text = None


class Mission(Entry):
    """A mission statement; it counts once the coachee confirmed it."""

    kind: Annotated[Literal[Kind.MISSION], Leaves()] = Kind.MISSION
    number: Number = None
    text: Text = None
    why_changed: Text = None
    confirmed: Flag = None


class Dream(Entry):
    """What somebody loves, or longs for."""

    kind: Annotated[Literal[Kind.DREAM], Leaves()] = Kind.DREAM
    title: Text = None
    text: Text = None
    dream_status: Annotated[DreamStatus, Leaves()] = DreamStatus.ACTIVE
    wants_plan: Flag = None


class DreamEvent(Entry):
    """What was told of a dream later, or who may read it from then on."""

    covered_by: ClassVar[str | None] = "dream"
    kind: Annotated[Literal[Kind.DREAM_EVENT], Leaves()] = Kind.DREAM_EVENT
    dream: Annotated[str, Leaves(), Refers()]
    text: Text = None
    visibility_from: Annotated[Visibility | None, Leaves()] = None
    visibility_to: Annotated[Visibility | None, Leaves()] = None


class Becoming(Entry):
    """Who the coachee wants to become; `until` is the session in which it was reached or let go."""

    kind: Annotated[Literal[Kind.BECOMING], Leaves()] = Kind.BECOMING
    text: Text = None
    becoming_status: Annotated[BecomingStatus, Leaves()] = BecomingStatus.ACTIVE
    until: Id = None


class Item(Entry):
    """An action item: who does what by when. Without a what, an owner or a date it is a draft.

    `levels` holds five outcomes in words, from much less (-2) to much more (+2) than agreed; any may be missing.
    """

    kind: Annotated[Literal[Kind.ITEM], Leaves()] = Kind.ITEM
    what: Text = None
    owner: Annotated[Side | None, Leaves()] = None
    person: Id = None
    by: Day = None
    becoming: Id = None
    dream: Id = None
    if_then: Text = None
    obstacle: Text = None
    origin: Annotated[Origin | None, Leaves()] = None
    ownership: Annotated[Ownership | None, Leaves()] = None
    levels: Texts = None

    @model_validator(mode="after")
    def _not_mine_is_not_the_coachees(self) -> Self:
        if self.ownership is Ownership.NOT_MINE and self.owner is Side.COACHEE:
            raise ValueError("what the coachee calls not mine cannot be kept under their name")
        return self

    @model_validator(mode="after")
    def _five_levels(self) -> Self:
        if self.levels is not None and len(self.levels) != LEVELS:
            raise ValueError("levels needs five places, from -2 to +2")
        return self


class ItemEvent(Entry):
    """One thing that happened to an action item, on `held_on`."""

    covered_by: ClassVar[str | None] = "item"
    kind: Annotated[Literal[Kind.ITEM_EVENT], Leaves()] = Kind.ITEM_EVENT
    item: Annotated[str, Leaves(), Refers()]
    event: Annotated[ItemEventKind, Leaves()]
    due_from: Day = None
    due_to: Day = None
    person_from: Id = None
    person_to: Id = None
    text: Text = None


class Review(Entry):
    """What the owner told of an action item in the opening of a session."""

    covered_by: ClassVar[str | None] = "item"
    kind: Annotated[Literal[Kind.REVIEW], Leaves()] = Kind.REVIEW
    item: Annotated[str, Leaves(), Refers()]
    outcome: Annotated[ReviewOutcome, Leaves()]
    person: Id = None
    text: Text = None


class Check(Entry):
    """The coachee's three answers about the conversation, 1 to 5."""

    kind: Annotated[Literal[Kind.CHECK], Leaves()] = Kind.CHECK
    heard: Score = None
    mine: Score = None
    useful: Score = None
    text: Text = None


class Parked(Entry):
    """What belongs to another meeting. Nothing of it ever leaves."""

    kind: Literal[Kind.PARKED] = Kind.PARKED
    person: Annotated[str | None, Refers()] = None
    text: Words | None = None
    goes_to: Words | None = None


class Reflection(Entry):
    """A private note of one side about a session. Nothing of it ever leaves."""

    kind: Literal[Kind.REFLECTION] = Kind.REFLECTION
    visibility: Literal[Visibility.PRIVATE] = Visibility.PRIVATE
    text: Words | None = None
    who_spoke_more: Words | None = None
    longest_pause: Words | None = None
    expires_on: date | None = None


class Handover(Entry):
    """That the plan moved on: why, who decided, what went along, and when the coach's copy is to be gone."""

    kind: Annotated[Literal[Kind.HANDOVER], Leaves()] = Kind.HANDOVER
    person: Id = None
    reason: Text = None
    bundle: Texts = None
    items_open: Ids = None
    items_transferred: Ids = None
    delete_by: Day = None


MODELS: Mapping[Kind, type[Entry]] = {
    Kind.PERSON: Person,
    Kind.AGREEMENT: Agreement,
    Kind.SESSION: Session,
    Kind.CANCELLATION: Cancellation,
    Kind.SEGMENT: SegmentState,
    Kind.NOTE: Note,
    Kind.MISSION: Mission,
    Kind.DREAM: Dream,
    Kind.DREAM_EVENT: DreamEvent,
    Kind.BECOMING: Becoming,
    Kind.ITEM: Item,
    Kind.ITEM_EVENT: ItemEvent,
    Kind.REVIEW: Review,
    Kind.CHECK: Check,
    Kind.PARKED: Parked,
    Kind.REFLECTION: Reflection,
    Kind.HANDOVER: Handover,
}


def fields_marked(model: type[Entry], mark: type) -> frozenset[str]:
    """Return the names of the fields of `model` that carry a mark.

    Examples
    --------
    >>> "text" in fields_marked(Note, Leaves), "text" in fields_marked(Reflection, Leaves)
    (True, False)
    """
    return frozenset(
        name for name, field in model.model_fields.items() if any(isinstance(found, mark) for found in field.metadata)
    )


def parse(record: Mapping[str, Any]) -> Entry:
    """Return the entry that a plain record stands for.

    Raises
    ------
    InvalidEntryError
        Naming the entry by kind and label, and every field that is wrong; never quoting a value.
    """
    kind = record.get("kind")
    if kind not in list(Kind):
        raise InvalidEntryError(_named("entry", record), {"kind": "is not one that this version knows"})
    try:
        return MODELS[Kind(kind)].model_validate(dict(record))
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        problems = {".".join(map(str, problem["loc"])) or "entry": _said(problem) for problem in found}
        raise InvalidEntryError(_named(kind, record), problems) from None


def _said(problem: ErrorDetails) -> str:
    """Return one error of pydantic in plain words that quote no value."""
    given = problem.get("ctx", {})
    match problem["type"]:
        case "enum" | "literal_error":
            values = re.findall("'[^']+'", given["expected"])
            return f"must be {'one of ' if len(values) > 1 else ''}{', '.join(values)}"
        case "value_error":
            return str(given["error"])
        case "greater_than_equal":
            return f"must be {given['ge']} or more"
        case "less_than_equal":
            return f"must be {given['le']} or less"
        case kind:
            return _SAYINGS.get(kind, "is of the wrong type")


def _named(kind: str, record: Mapping[str, Any]) -> str:
    """Return kind and label, or id, of a record; what looks like neither may be anybody's words and is not repeated."""
    names = (record.get("label"), record.get("id"))
    return " ".join([kind, *[str(name) for name in names if _NAME.fullmatch(str(name))][:1]])
