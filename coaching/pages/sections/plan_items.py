"""What the plan stands on: dreams, who they want to become, the agreement, and the hand-over."""

from dataclasses import dataclass

from coaching.i18n import say
from coaching.l10n import say_day
from coaching.model.vocabulary import AgreementEvent, BecomingStatus, DreamStatus
from coaching.pages.folding import Part, readable
from coaching.pages.sections.plan_threads import Moved, moved
from coaching.pages.source import COACH, COACHEE, PageSource, Record
from coaching.pages.words import Words


@dataclass(frozen=True)
class Quote:
    """Words of a day, which may be many."""

    day: str
    pieces: tuple[Part, ...]
    lang: str


@dataclass(frozen=True)
class Dream:
    """A dream in its owner's words."""

    title: Words | None
    text: Words | None
    whose: str | None
    no_plan_wanted: bool
    private: bool
    later: tuple[Moved, ...]


@dataclass(frozen=True)
class DreamGroup:
    """The dreams that stand alike: `status` as `DreamStatus` names it, `name` as a reader does."""

    status: str
    name: str
    dreams: tuple[Dream, ...]


@dataclass(frozen=True)
class Becoming:
    """Who they want to become, since when, and how it stands."""

    text: Words
    since: str
    state: str | None
    private: bool
    later: tuple[Moved, ...]


@dataclass(frozen=True)
class BecomingGroup:
    """Those who stand alike: `status` as `BecomingStatus` names it, `name` as a reader does."""

    status: str
    name: str
    becoming: tuple[Becoming, ...]


@dataclass(frozen=True)
class Agreed:
    """One event of the agreement."""

    what: str
    day: str
    text: Words | None


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


def joy(contents: PageSource) -> tuple[Quote, ...]:
    """Return what the coachee told as what they love doing, newest first."""
    notes = (note for note in contents["note"] if (note["author"], note["topic"]) == (COACHEE, "joy"))
    notes_with_text = [(note, text) for note in notes if (text := contents.words(note, "text"))]
    notes_with_text.sort(key=lambda pair: pair[0].get("held_on", contents.asof), reverse=True)
    return tuple(Quote(_day(note), readable(text), text.lang) for note, text in notes_with_text)


def dreams(contents: PageSource) -> tuple[DreamGroup, ...]:
    """Return the dreams by where they stand; an erased one is the empty place that it left."""
    names = {
        DreamStatus.ACTIVE: say("Active"),
        DreamStatus.RESTING: say("Resting"),
        DreamStatus.CAME_TRUE: say("Came true"),
        DreamStatus.LET_GO: say("Let go"),
        DreamStatus.ERASED: say("Erased"),
    }
    standing = [contents.standing(dream) for dream in contents["dream"]]
    groups = (
        (status, name, [dream for dream in standing if dream["dream_status"] == status])
        for status, name in names.items()
    )
    return tuple(
        DreamGroup(status, name, tuple(_dream(contents, one) for one in group))
        for status, name, group in groups
        if group
    )


def becoming(contents: PageSource) -> tuple[BecomingGroup, ...]:
    """Return who the coachee wants to become, by where that stands; without words there is nothing to show."""
    names = {
        BecomingStatus.ACTIVE: say("On the way"),
        BecomingStatus.REACHED: say("Reached"),
        BecomingStatus.LET_GO: say("Let go"),
    }
    standing = [contents.standing(record) for record in contents["becoming"]]
    groups = (
        (
            status,
            name,
            tuple(
                Becoming(
                    text,
                    _since(contents, record),
                    _end(contents, record),
                    contents.is_private(record),
                    moved(contents, record),
                )
                for record in standing
                if record["becoming_status"] == status and (text := contents.words(record, "text"))
            ),
        )
        for status, name in names.items()
    )
    return tuple(BecomingGroup(status, name, group) for status, name, group in groups if group)


def on_the_way(contents: PageSource) -> tuple[Becoming, ...]:
    """Return who the coachee is on the way to become."""
    groups = becoming(contents)
    return next((group.becoming for group in groups if group.status == BecomingStatus.ACTIVE), ())


def agreement(contents: PageSource) -> Agreement | None:
    """Return the agreement; None if there is none to read."""
    agreements = [
        record
        for record in contents["agreement"]
        if "held_on" in record and record["agreement_event"] != AgreementEvent.PROPOSED
    ]
    if not agreements:
        return None
    names = {
        AgreementEvent.AGREED: say("Agreed"),
        AgreementEvent.RENEWED: say("Renewed"),
        AgreementEvent.PAUSED: say("Paused"),
        AgreementEvent.RESUMED: say("Resumed"),
        AgreementEvent.ENDED: say("Ended"),
    }
    events = (
        Agreed(names[record["agreement_event"]], say_day(record["held_on"], "short"), contents.words(record, "text"))
        for record in reversed(agreements)
    )
    return Agreement(_stands(agreements[-1]), tuple(events))


def handovers(contents: PageSource) -> tuple[Handover, ...]:
    """Return the hand-overs, newest first."""
    return tuple(_handover(contents, record) for record in reversed(contents["handover"]))


def _stands(last: Record) -> str:
    day = say_day(last["held_on"])
    if last["agreement_event"] == AgreementEvent.PAUSED:
        return say("The conversations are paused since {day}.", day=day)
    if last["agreement_event"] == AgreementEvent.ENDED:
        return say("The agreement ended on {day}.", day=day)
    return say("The agreement is in force since {day}.", day=day)


def _dream(contents: PageSource, record: Record) -> Dream:
    return Dream(
        title=contents.words(record, "title"),
        text=contents.words(record, "text"),
        whose=contents.name(COACH) if record["author"] == COACH else None,
        no_plan_wanted=record.get("wants_plan") is False and record["dream_status"] != DreamStatus.ERASED,
        private=contents.is_private(record),
        later=moved(contents, record),
    )


def _since(contents: PageSource, record: Record) -> str:
    session = contents.session_name(record.get("session"))
    day = _day(record)
    return say("since {session}, {day}", session=session, day=day) if session else say("since {day}", day=day)


def _end(contents: PageSource, record: Record) -> str | None:
    until = contents.session_name(record.get("until"))
    if record["becoming_status"] == BecomingStatus.REACHED:
        return say("reached ({session})", session=until) if until else say("reached")
    if record["becoming_status"] == BecomingStatus.LET_GO:
        return say("let go ({session})", session=until) if until else say("let go")
    return None


def _handover(contents: PageSource, record: Record) -> Handover:
    reasons = {"leaving_employer": say("leaving the employer"), "new_manager": say("a new manager")}
    bundle = {
        "plan_readable": say("the plan to read"),
        "plan_json": say("the plan as a file for other tools (JSON)"),
        "items_csv": say("the action items as a table (CSV)"),
        "items_ics": say("the action items as a calendar (ICS)"),
    }
    reason = contents.words(record, "reason")
    delete_by = record.get("delete_by")
    return Handover(
        day=_day(record),
        reason=reasons.get(reason or "", reason),
        bundle=tuple(bundle.get(part, part) for part in contents.shared.show(record, "bundle") or () if part),
        still_open=_whats(contents, record.get("items_open")),
        transferred=_whats(contents, record.get("items_transferred")),
        delete_by=say_day(delete_by) if delete_by else None,
    )


def _whats(contents: PageSource, ids: tuple[str, ...] | None) -> tuple[str, ...]:
    items = (contents.one("item", identity) for identity in ids or ())
    return tuple(contents.words(item, "what") or say("a draft without words") for item in items if item)


def _day(record: Record) -> str:
    day = record.get("held_on")
    return say_day(day, "short") if day else say("no day")
