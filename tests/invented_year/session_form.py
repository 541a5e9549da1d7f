"""The nested form of a session: what may stand where, one model per object of the file."""

from typing import Annotated, Literal

from pydantic import Field

from tests.invented_year.values import (
    BecomingRef,
    ByCoach,
    ByPerson,
    Count,
    Day,
    Days,
    DreamRef,
    First,
    ItemRef,
    Label,
    Labels,
    Names,
    Part,
    PersonRef,
    Score,
)


class CoachFirst(Part):
    """How the coach's side of the first two parts was given."""

    part1: First | None = None
    part2: First | None = None


class Review(Part):
    """What the owner told of an action item."""

    item_id: ItemRef
    outcome: Literal["done", "partly", "not_yet", "changed", "let_go"]
    note: str | None = None
    told_by: PersonRef | None = None


class Opening(Part):
    """How they arrived, and the promises told."""

    arrival: str | None = None
    reviews: list[Review] = Field(default_factory=list)


class Said(Part):
    """One side's plan, goal and failure."""

    plan: str | None = None
    goal: str | None = None
    failure: str | None = None
    passed: bool | None = None


class CoachSaid(Said):
    """The coach's side."""

    visibility: ByCoach | None = None


class CoacheeSaid(Said):
    """The coachee's side."""

    visibility: ByPerson | None = None


class Yourself(Part):
    """The part about yourself."""

    coach: CoachSaid | None = None
    person: CoacheeSaid | None = None


class Dreams(Part):
    """The part about your dreams, and the mission decision at its end."""

    coach: str | None = None
    person: str | None = None
    person_joy: str | None = None
    dreams_touched: list[DreamRef] = Field(default_factory=list)
    statement_decision: Literal["new", "keep", "not_yet", "passed"] | None = None
    statement_version: Annotated[int, Names("mission")] | None = None


class WhoWhatWhen(Part):
    """The part that ends in action items."""

    becoming_id: BecomingRef | None = None
    obstacle: str | None = None
    items_new: list[ItemRef] = Field(default_factory=list)


class Parked(Part):
    """What belongs to another meeting."""

    text: str | None = None
    goes_to: str | None = None
    raised_by: PersonRef | None = None


class Check(Part):
    """The coachee's three answers about the conversation."""

    heard: Score | None = None
    mine: Score | None = None
    useful: Score | None = None
    words: str | None = None
    visibility: ByPerson | None = None


class Closing(Part):
    """What both take along, and when they meet again."""

    next_on: Day | None = None
    person_takeaway: str | None = None
    coach_takeaway: str | None = None
    person_check: Check | None = None


class CoachPrivate(Part):
    """The coach's private note."""

    note: str | None = None
    who_spoke_more: str | None = None
    longest_pause: str | None = None
    expires_after_days: Days | None = None


class PersonPrivate(Part):
    """The coachee's private note."""

    note: str | None = None


class Session(Part):
    """One one-on-one; a part that is absent did not take place."""

    id: Annotated[Label, Labels("session")]
    number: Count | None = None
    date: Day
    held_by: PersonRef | None = None
    minutes: Count | None = None
    language: str | None = None
    coach_first: CoachFirst = CoachFirst()
    opening: Opening = Opening()
    talk_about_yourself: Yourself | None = None
    talk_about_your_dreams: Dreams | None = None
    who_does_what_by_when: WhoWhatWhen | None = None
    parked: list[Parked] = Field(default_factory=list)
    closing: Closing | None = None
    coach_private: CoachPrivate | None = None
    person_private: PersonPrivate | None = None
