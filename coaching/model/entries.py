"""The kinds of entry: one frozen pydantic model each; each field says whether it may leave."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from coaching.i18n import to_say
from coaching.model.calling import known_as
from coaching.model.entry import Day, Entry, Flag, Id, Ids, Leaves, Number, Refers, Score, Text, Texts, Words
from coaching.model.vocabulary import (
    AgreementEvent,
    BecomingStatus,
    CoachFirst,
    DreamStatus,
    ItemEventKind,
    Kind,
    MissionDecision,
    Origin,
    Ownership,
    ReviewOutcome,
    Segment,
    Side,
    ThreadStatus,
    Topic,
    Visibility,
)

#: How many outcomes in words an action item may have: from -2, much less than agreed, to +2, much more.
LEVELS = 5

#: How long a coach's private note is kept unless it is renewed.
PRIVATE_FOR = timedelta(days=90)


class Person(Entry):
    """One of the people of the workbook: the coachee, or a coach and the time of their coaching.

    `called` is what they are called by where that is not the beginning of their name (see
    `coaching.model.calling.known_as`). `old_words` is false where what was said once is not to return on their screen.
    """

    kind: Annotated[Literal[Kind.PERSON], Leaves()] = Kind.PERSON
    side: Annotated[Side, Leaves()]
    name: Text = None
    called: Text = None
    pronouns: Text = None
    text: Text = None
    language: Text = None
    time_zone: Text = None
    is_line_manager: Flag = None
    since_on: Day = None
    until_on: Day = None
    old_words: bool | None = None

    @property
    def known_as(self) -> str | None:
        """What they are called by; None without a name."""
        return known_as(self.name, self.called)


class Agreement(Entry):
    """What may be written and used, and what became of it."""

    kind: Annotated[Literal[Kind.AGREEMENT], Leaves()] = Kind.AGREEMENT
    agreement_event: Annotated[AgreementEvent, Leaves()] = AgreementEvent.AGREED
    text: Text = None


class Session(Entry):
    """One one-on-one; `next_on` is the day on which the two said they would meet again.

    `seen` holds the names of the files of meeting notes from which it came in, and never leaves.
    """

    kind: Annotated[Literal[Kind.SESSION], Leaves()] = Kind.SESSION
    number: Number = None
    person: Id = None
    minutes: Annotated[int | None, Field(ge=0), Leaves()] = None
    language: Text = None
    closed: Flag = None
    next_on: Day = None
    seen: tuple[Words | None, ...] | None = None


class Cancellation(Entry):
    """A planned session that did not take place; `as_typed` keeps a date that no calendar has."""

    kind: Annotated[Literal[Kind.CANCELLATION], Leaves()] = Kind.CANCELLATION
    person: Id = None
    as_typed: Text = None
    text: Text = None


class SegmentState(Entry):
    """That a part of a session took place, and how it was begun and decided; `asked` is the question it began with."""

    kind: Annotated[Literal[Kind.SEGMENT], Leaves()] = Kind.SEGMENT
    segment: Annotated[Segment, Leaves()]
    coach_first: Annotated[CoachFirst | None, Leaves()] = None
    coach_passed: Flag = None
    coachee_passed: Flag = None
    decision: Annotated[MissionDecision | None, Leaves()] = None
    dreams: Ids = None
    becoming: Id = None
    asked: Words | None = None


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

    @property
    def short_name(self) -> str | None:
        """``M4`` for the fourth statement."""
        return self.label or (f"M{self.number}" if self.number is not None else None)


class Dream(Entry):
    """What somebody loves, or longs for."""

    kind: Annotated[Literal[Kind.DREAM], Leaves()] = Kind.DREAM
    title: Text = None
    text: Text = None
    dream_status: Annotated[DreamStatus, Leaves()] = DreamStatus.ACTIVE
    wants_plan: Flag = None


class Becoming(Entry):
    """Who the coachee wants to become; `until` is the session in which it was reached or let go."""

    kind: Annotated[Literal[Kind.BECOMING], Leaves()] = Kind.BECOMING
    text: Text = None
    becoming_status: Annotated[BecomingStatus, Leaves()] = BecomingStatus.ACTIVE
    until: Id = None


class Progress(Entry):
    """One dated line of a thread: how a goal, a plan, a dream, a becoming or a failure stands now, in words or not.

    `status` is one of those in `coaching.model.vocabulary.LIVES`; without one the thread stands as it stood.
    `visibility_from` and `visibility_to` say that its owner let others read it from then on, or no longer.
    """

    covered_by: ClassVar[str | None] = "about"
    covering: ClassVar[frozenset[Kind]] = frozenset({Kind.NOTE, Kind.DREAM, Kind.BECOMING})
    kind: Annotated[Literal[Kind.PROGRESS], Leaves()] = Kind.PROGRESS
    about: Annotated[str, Leaves(), Refers()]
    status: Annotated[ThreadStatus | None, Leaves()] = None
    text: Text = None
    visibility_from: Annotated[Visibility | None, Leaves()] = None
    visibility_to: Annotated[Visibility | None, Leaves()] = None

    @classmethod
    def says_its_readers(cls, session: str | None) -> bool:
        """Tell so of what was written between two sessions: it is for the one who gets it, whoever reads the thread."""
        return session is None


class Theme(Entry):
    """A theme of the mission statement, named by the coachee: the words that speak of it, and the dream behind it."""

    kind: Annotated[Literal[Kind.THEME], Leaves()] = Kind.THEME
    title: Text = None
    words: Texts = None
    dream: Id = None


class Strength(Entry):
    """What the coachee can lean on; words that the coach added count once the coachee has `confirmed` them."""

    kind: Annotated[Literal[Kind.STRENGTH], Leaves()] = Kind.STRENGTH
    text: Text = None
    confirmed: Flag = None


class Supporter(Entry):
    """Somebody other than the coach on whom the coachee can count, by the name they give them; `text` says for what."""

    kind: Annotated[Literal[Kind.SUPPORTER], Leaves()] = Kind.SUPPORTER
    name: Text = None
    text: Text = None


class Item(Entry):
    """An action item: who does what by when. Without a what, an owner or a date it is a draft.

    It serves a `becoming`, and may serve a `dream` or a `goal`, which is the note of a goal or a plan. `wish`,
    `best_outcome`, `obstacle` and `if_then` are asked for in this order. An `experiment` is tried to see what it
    shows: it is never done or late. `levels` holds five outcomes in words, from much less (-2) to much more (+2) than
    agreed; any may be missing.
    `seen` holds the lines of lists that spoke of it (see `coaching.formats.task_lists.sighting`), and never leaves.
    """

    kind: Annotated[Literal[Kind.ITEM], Leaves()] = Kind.ITEM
    what: Text = None
    owner: Annotated[Side | None, Leaves()] = None
    person: Id = None
    by: Day = None
    becoming: Id = None
    dream: Id = None
    goal: Id = None
    wish: Text = None
    best_outcome: Text = None
    if_then: Text = None
    obstacle: Text = None
    experiment: Flag = None
    origin: Annotated[Origin | None, Leaves()] = None
    ownership: Annotated[Ownership | None, Leaves()] = None
    levels: Texts = None
    seen: tuple[Words | None, ...] | None = None

    @model_validator(mode="after")
    def _not_mine_is_not_the_coachees(self) -> Self:
        if self.ownership is Ownership.NOT_MINE and self.owner is Side.COACHEE:
            raise ValueError(to_say("what the coachee calls not mine cannot be kept under their name"))
        return self

    @model_validator(mode="after")
    def _five_levels(self) -> Self:
        if self.levels is not None and len(self.levels) != LEVELS:
            raise ValueError(to_say("levels needs five places, from -2 to +2"))
        return self


class ItemEvent(Entry):
    """One thing that happened to an action item, on `held_on`.

    `by_then` of one that was done says whether its owner told that it was done by the agreed day, or later; without it
    nothing was said (see `coaching.metrics.promises.history`).
    """

    covered_by: ClassVar[str | None] = "item"
    covering: ClassVar[frozenset[Kind]] = frozenset({Kind.ITEM})
    kind: Annotated[Literal[Kind.ITEM_EVENT], Leaves()] = Kind.ITEM_EVENT
    item: Annotated[str, Leaves(), Refers()]
    event: Annotated[ItemEventKind, Leaves()]
    by_then: Flag = None
    due_from: Day = None
    due_to: Day = None
    person_from: Id = None
    person_to: Id = None
    text: Text = None


class Review(Entry):
    """What the owner told of an action item in the opening of a session; `level` is that of its `levels` it came to."""

    covered_by: ClassVar[str | None] = "item"
    covering: ClassVar[frozenset[Kind]] = frozenset({Kind.ITEM})
    kind: Annotated[Literal[Kind.REVIEW], Leaves()] = Kind.REVIEW
    item: Annotated[str, Leaves(), Refers()]
    outcome: Annotated[ReviewOutcome, Leaves()]
    person: Id = None
    text: Text = None
    level: Text = None


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


class Preparation(Entry):
    """What one side has prepared for a session, privately. Nothing of it ever leaves.

    `prompts` are the questions chosen for its parts; `question` is one of the holder's own, `pushing` how it first came
    to mind, and `segment` the part that it is for.
    """

    kind: Literal[Kind.PREPARATION] = Kind.PREPARATION
    visibility: Literal[Visibility.PRIVATE] = Visibility.PRIVATE
    text: Words | None = None
    prompts: tuple[Words | None, ...] | None = None
    pushing: Words | None = None
    question: Words | None = None
    segment: Segment | None = None
    expires_on: date | None = None


class Reminder(Entry):
    """What one side wants to come back to in the next session, privately: a note, or what to ask in its `segment`.

    Without a session it was kept between two of them. Nothing of it ever leaves.
    """

    kind: Literal[Kind.REMINDER] = Kind.REMINDER
    visibility: Literal[Visibility.PRIVATE] = Visibility.PRIVATE
    text: Words | None = None
    segment: Segment | None = None
    expires_on: date | None = None


class Question(Entry):
    """A question of one's own, kept to be chosen for its `segment` like those of the catalogue. Nothing ever leaves."""

    kind: Literal[Kind.QUESTION] = Kind.QUESTION
    visibility: Literal[Visibility.PRIVATE] = Visibility.PRIVATE
    text: Words | None = None
    segment: Segment | None = None


class Handover(Entry):
    """That the plan moved on: why, who decided, what went along, and when the coach's copy is to be gone."""

    kind: Annotated[Literal[Kind.HANDOVER], Leaves()] = Kind.HANDOVER
    person: Id = None
    reason: Text = None
    bundle: Texts = None
    items_open: Ids = None
    items_transferred: Ids = None
    delete_by: Day = None


class Handout(Entry):
    """That a copy was handed out: for which readers, as what kind of file; `text`, for whom, stays with its holder."""

    kind: Annotated[Literal[Kind.HANDOUT], Leaves()] = Kind.HANDOUT
    audience: Annotated[Visibility, Leaves()]
    form: Text = None
    text: Words | None = None


class Release(Entry):
    """That numbers of a quarter went out as two shares, and which. Nothing of it ever leaves with a copy.

    Attributes
    ----------
    quarter
        Its name.
    submission
        The random id under which the shares of the home went out.
    members
        The ids of all workbooks of the home that took part, this one among them.
    epsilon, homes
        How much noise is in them: what is spent of privacy in one number, and of how many homes the noise is made.
    shares
        What this workbook adds to each number, with its noise: all first shares, then all second ones, modulo 2⁶⁴.
    """

    kind: Literal[Kind.RELEASE] = Kind.RELEASE
    visibility: Literal[Visibility.PRIVATE] = Visibility.PRIVATE
    quarter: Words | None = None
    submission: Words | None = None
    members: tuple[Words | None, ...] | None = None
    epsilon: Words | None = None
    homes: int | None = None
    shares: tuple[int, ...] | None = None


#: Kept for `PRIVATE_FOR`: what one side wrote for nobody else.
PRIVATE_NOTES = (Reflection, Preparation, Reminder)
PrivateNote = Reflection | Preparation | Reminder

MODELS: Mapping[Kind, type[Entry]] = {model.model_fields["kind"].default: model for model in Entry.__subclasses__()}
