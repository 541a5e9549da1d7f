"""The nested form ``coaching-workbook-data/0.1``: what may stand where, one model per object of the file."""

from typing import Annotated, Any, Literal

from pydantic import Field

from tests.invented_year.session_form import Session
from tests.invented_year.values import (
    BecomingRef,
    Count,
    Day,
    DreamRef,
    ItemRef,
    Label,
    Labels,
    Part,
    PersonRef,
    SessionRef,
    Visible,
)


class Coachee(Part):
    """The person whose plan it is."""

    id: Annotated[Label, Labels("person")]
    display_name: str | None = None
    pronouns: str | None = None
    in_her_words: str | None = None
    language: str | None = None
    timezone: str | None = None


class Coach(Part):
    """One coach and the time of their coaching."""

    id: Annotated[Label, Labels("person")]
    display_name: str | None = None
    is_line_manager: bool | None = None
    since: Day | None = Field(None, validation_alias="from")
    until: Day | None = Field(None, validation_alias="to")
    note: str | None = None


class Agreement(Part):
    """What was agreed, or what became of it."""

    date: Day
    event: Literal["agreed", "renewed", "paused", "resumed", "ended"]
    text: str | None = None


class Cancelled(Part):
    """A session that did not take place; `planned` is kept as typed."""

    planned: str
    by: PersonRef | None = None
    note: str | None = None


class Becoming(Part):
    """Who the coachee wants to become."""

    id: Annotated[Label, Labels("becoming")]
    since: SessionRef | None = None
    text: str | None = None
    status: Literal["active", "reached", "let_go"] = "active"
    until: SessionRef | None = None


class Told(Part):
    """What was told of a dream later, or who may read it from then on."""

    session: SessionRef
    note: str | None = None
    was: Visible | None = Field(None, validation_alias="from")
    became: Visible | None = Field(None, validation_alias="to")


class Dream(Part):
    """What somebody loves, or longs for."""

    id: Annotated[Label, Labels("dream")]
    since: SessionRef | None = None
    title: str | None = None
    text: str | None = None
    visibility: Visible | None = None
    status: Literal["active", "resting", "came_true", "let_go", "erased"] = "active"
    wants_plan: bool | None = None
    history: list[Told] = Field(default_factory=list)


class Theme(Part):
    """A theme of the mission statement, named by the coachee."""

    id: Annotated[Label, Labels("theme")]
    title: str | None = None
    words: list[str] = Field(default_factory=list)
    dream_id: DreamRef | None = None


class Statement(Part):
    """A version of the mission statement."""

    version: Annotated[Count, Labels("mission")]
    session: SessionRef | None = None
    date: Day
    text: str | None = None
    why_changed: str | None = None
    confirmed_by_person: bool | None = None


class Event(Part):
    """One thing that happened to an action item."""

    session: SessionRef | None = None
    date: Day
    event: Literal["created", "due_moved", "partly", "not_yet", "done", "reopened", "let_go", "handed_over"]
    due: Day | None = None
    due_from: Day | None = Field(None, validation_alias="from")
    due_to: Day | None = Field(None, validation_alias="to")
    from_owner: PersonRef | None = None
    to_owner: PersonRef | None = None
    reason: str | None = None
    note: str | None = None


class Levels(Part):
    """Outcomes in words, from much less to much more than agreed."""

    much_less: str | None = Field(None, validation_alias="-2")
    less: str | None = Field(None, validation_alias="-1")
    agreed: str | None = Field(None, validation_alias="0")
    more: str | None = Field(None, validation_alias="1")
    much_more: str | None = Field(None, validation_alias="2")


class Item(Part):
    """An action item."""

    id: Annotated[Label, Labels("item")]
    owner: PersonRef | None = None
    created_session: SessionRef
    what: str | None = None
    by: Day | None = None
    becoming_id: BecomingRef | None = None
    dream_id: DreamRef | None = None
    if_then: str | None = None
    origin: Literal["person", "together", "coach"] | None = None
    owner_says: Literal["mine", "can_live_with_it", "not_mine"] | None = None
    levels: Levels | None = None
    visibility: Visible | None = None
    events: list[Event] = Field(default_factory=list)
    note: str | None = None


class Line(Part):
    """What was told of a thread later: the words of that topic of its owner, if it names one, and where it stands."""

    session: SessionRef
    topic: Literal["plan", "goal", "failure"] | None = None
    status: Literal["alive", "changed", "reached", "let_go"] | None = None


class Thread(Part):
    """A plan, a goal or a failure that went on: where it was told, what was told of it later, and what serves it."""

    session: SessionRef
    owner: PersonRef
    topic: Literal["plan", "goal", "failure"]
    lines: list[Line] = Field(default_factory=list)
    items: list[ItemRef] = Field(default_factory=list)


class Handover(Part):
    """That the plan moved on."""

    reason: str | None = None
    decided_by: PersonRef | None = None
    last_session: SessionRef | None = None
    bundle: list[str] = Field(default_factory=list)
    open_items: list[ItemRef] = Field(default_factory=list)
    transferred_to_new_coach: list[ItemRef] = Field(default_factory=list)
    coach_copy_delete_by: Day | None = None


class Year(Part):
    """The whole file. What stands under the last five keys is about the file, not of the workbook."""

    schema_name: Literal["coaching-workbook-data/0.1"] = Field(validation_alias="schema")
    person: Coachee
    coaches: list[Coach] = Field(default_factory=list)
    agreement: list[Agreement] = Field(default_factory=list)
    cancelled: list[Cancelled] = Field(default_factory=list)
    becoming: list[Becoming] = Field(default_factory=list)
    dreams: list[Dream] = Field(default_factory=list)
    themes: list[Theme] = Field(default_factory=list)
    mission_statements: list[Statement] = Field(default_factory=list)
    items: list[Item] = Field(default_factory=list)
    threads: list[Thread] = Field(default_factory=list)
    sessions: list[Session] = Field(default_factory=list)
    handover: Handover | None = None
    about: Any = None
    expected: Any = None
    must_not_appear: Any = None
    hostile_strings: Any = None
    must_stay_literal_text: Any = None
