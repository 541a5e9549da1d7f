"""What the plan stands on: dreams, who they want to become, the agreement, and the hand-over."""

from dataclasses import dataclass

from coaching.summary.contents import COACH, Contents, Record, said
from coaching.summary.text import day_in_words, short_day
from coaching.vocabulary import AgreementEvent

_DREAMS = {"active": "Active", "resting": "Resting", "came_true": "Came true", "let_go": "Let go", "erased": "Erased"}
_BECOMING = {"active": None, "reached": "reached", "let_go": "let go"}
_AGREEMENT = {"agreed": "Agreed", "renewed": "Renewed", "paused": "Paused", "resumed": "Resumed", "ended": "Ended"}
_IN_FORCE = {
    "paused": "The conversations are paused since {day}.",
    "ended": "The agreement ended on {day}.",
}
_REASONS = {
    "leaving_employer": "leaving the employer",
    "new_manager": "a new manager",
}
_BUNDLE = {
    "plan_readable": "the plan to read",
    "plan_json": "the plan as a file for other tools (JSON)",
    "items_csv": "the action items as a table (CSV)",
}


@dataclass(frozen=True)
class Told:
    """Words of a later day."""

    day: str
    text: str


@dataclass(frozen=True)
class Dream:
    """A dream in its owner's words."""

    title: str | None
    text: str | None
    whose: str | None
    no_plan_wanted: bool
    private: bool
    later: tuple[Told, ...]


@dataclass(frozen=True)
class DreamGroup:
    """The dreams that stand alike."""

    status: str
    dreams: tuple[Dream, ...]


@dataclass(frozen=True)
class Becoming:
    """Who they want to become, since when, and how it stands."""

    text: str
    since: str
    state: str | None
    private: bool


@dataclass(frozen=True)
class Agreed:
    """One event of the agreement."""

    what: str
    day: str
    text: str | None


@dataclass(frozen=True)
class Agreement:
    """How the agreement stands, in a sentence, and its events, newest first."""

    stands: str
    events: tuple[Agreed, ...]


@dataclass(frozen=True)
class Handover:
    """That the plan moved on."""

    day: str
    reason: str | None
    bundle: tuple[str, ...]
    still_open: tuple[str, ...]
    transferred: tuple[str, ...]
    delete_by: str | None


def dreams(contents: Contents) -> tuple[DreamGroup, ...]:
    """Return the dreams by where they stand; an erased one is the empty place that it left."""
    groups = ((name, [d for d in contents["dream"] if d["dream_status"] == status]) for status, name in _DREAMS.items())
    return tuple(DreamGroup(name, tuple(_dream(contents, found) for found in group)) for name, group in groups if group)


def becoming(contents: Contents) -> tuple[Becoming, ...]:
    """Return who the coachee wants to become; without words there is nothing to show."""
    return tuple(
        Becoming(text, _since(contents, record), _end(contents, record), contents.is_private(record))
        for record in contents["becoming"]
        if (text := said(record, "text"))
    )


def agreement(contents: Contents) -> Agreement | None:
    """Return the agreement; None if there is none to read."""
    found = [
        record
        for record in contents["agreement"]
        if "held_on" in record and record["agreement_event"] != AgreementEvent.PROPOSED
    ]
    if not found:
        return None
    last = found[-1]
    stands = _IN_FORCE.get(last["agreement_event"], "In force since {day}.").format(day=day_in_words(last["held_on"]))
    events = (
        Agreed(_AGREEMENT[record["agreement_event"]], short_day(record["held_on"]), said(record, "text"))
        for record in reversed(found)
    )
    return Agreement(stands, tuple(events))


def handovers(contents: Contents) -> tuple[Handover, ...]:
    """Return the hand-overs, newest first."""
    return tuple(_handover(contents, record) for record in reversed(contents["handover"]))


def _dream(contents: Contents, record: Record) -> Dream:
    later = (
        Told(_day(event), text)
        for event in contents["dream_event"]
        if event["dream"] == record["id"] and (text := said(event, "text"))
    )
    return Dream(
        title=said(record, "title"),
        text=said(record, "text"),
        whose=contents.name(COACH) if record["author"] == COACH else None,
        no_plan_wanted=record.get("wants_plan") is False and record["dream_status"] != "erased",
        private=contents.is_private(record),
        later=tuple(later),
    )


def _since(contents: Contents, record: Record) -> str:
    session = contents.session_name(record.get("session"))
    day = _day(record)
    return f"{session}, {day}" if session else day


def _end(contents: Contents, record: Record) -> str | None:
    state = _BECOMING[record["becoming_status"]]
    until = contents.session_name(record.get("until"))
    return f"{state} by {until}" if state and until else state


def _handover(contents: Contents, record: Record) -> Handover:
    reason = said(record, "reason")
    delete_by = record.get("delete_by")
    return Handover(
        day=_day(record),
        reason=_REASONS.get(reason or "", reason),
        bundle=tuple(_BUNDLE.get(part, part) for part in record.get("bundle") or () if part),
        still_open=_whats(contents, record.get("items_open")),
        transferred=_whats(contents, record.get("items_transferred")),
        delete_by=day_in_words(delete_by) if delete_by else None,
    )


def _whats(contents: Contents, ids: tuple[str, ...] | None) -> tuple[str, ...]:
    items = (contents.one("item", identity) for identity in ids or ())
    return tuple(said(item, "what") or "a draft without words" for item in items if item)


def _day(record: Record) -> str:
    day = record.get("held_on")
    return short_day(day) if day else "no day"
