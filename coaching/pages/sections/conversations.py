"""The conversations as a reader sees them: session by session, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from coaching.i18n import say
from coaching.l10n import say_day
from coaching.pages.sections.session_parts import Part, Session, Statement
from coaching.pages.sections.statements import anchor
from coaching.pages.source import COACH, PageSource, Record
from coaching.pages.words import Words


@dataclass(frozen=True)
class Conversation:
    """One session, or what was written outside of one."""

    name: str
    day: str
    coach: str | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Cancelled:
    """A session that was planned and did not take place."""

    day: str
    text: Words | None


def conversations(contents: PageSource) -> tuple[Conversation, ...]:
    """Return the sessions of the period, newest first, and then what was written outside of any session, day by day."""
    several = len(contents.coaches) > 1
    sessions = (_conversation(contents, session, several=several) for session in contents.held_in_period)
    loose = {
        record["held_on"]
        for kind in ("note", "review", "check")
        for record in contents[kind]
        if "session" not in record and record.get("held_on") and record["held_on"] in contents.period
    }
    outside = (_outside(contents, day) for day in sorted(loose, reverse=True))
    return (*sessions, *(conversation for conversation in outside if conversation.parts))


def timeline(contents: PageSource) -> tuple[Conversation, ...]:
    """Return the same, each to be read by itself: a mission statement stands there in full."""
    written = {(record.get("held_on"), record.get("text")): record for record in contents["mission"]}
    in_full = {
        anchor(version): contents.words(written[version.held_on, version.text], "text")
        for version in contents.versions
        if (version.held_on, version.text) in written
    }
    return tuple(
        replace(talk, parts=tuple(replace(part, statements=_in_full(part, in_full)) for part in talk.parts))
        for talk in conversations(contents)
    )


def _in_full(part: Part, texts: Mapping[str, Words | None]) -> tuple[Statement, ...]:
    return tuple(replace(one, text=texts.get(one.anchor)) if one.anchor else one for one in part.statements)


def cancelled(contents: PageSource) -> tuple[Cancelled, ...]:
    """Return the sessions of the period that did not take place; those without a calendar day when it has no ends."""
    period = contents.period
    whole = period.start is None and period.end is None
    records = (r for r in contents["cancellation"] if (r["held_on"] in period if "held_on" in r else whole))
    return tuple(_cancelled(contents, record) for record in records)


def _cancelled(contents: PageSource, record: Record) -> Cancelled:
    day = say_day(record["held_on"], "short") if "held_on" in record else _as_typed(contents, record)
    return Cancelled(day, contents.words(record, "text"))


def _as_typed(contents: PageSource, record: Record) -> str:
    typed = contents.words(record, "as_typed")
    return say("no day") if typed is None else say("{day} (as typed)", day=typed)


def _conversation(contents: PageSource, session: Record, *, several: bool) -> Conversation:
    return Conversation(
        name=say("Session {number}", number=session["number"]) if "number" in session else say("A session"),
        day=say_day(session["held_on"]),
        coach=contents.name(COACH, session) if several else None,
        parts=Session(contents, session, _of(contents, session["id"], session["held_on"])).parts(),
    )


def _outside(contents: PageSource, day: date) -> Conversation:
    return Conversation(say("Written"), say_day(day), None, Session(contents, {}, _of(contents, None, day)).parts())


def _of(contents: PageSource, session: str | None, day: date) -> dict[str, list[Record]]:
    """Return the entries of a session by kind, or those of a day that belong to none: all of them are shown."""
    entries = {
        kind: [
            record
            for record in contents[kind]
            if record.get("session") == session and (session is not None or record.get("held_on") == day)
        ]
        for kind in ("segment", "note", "review", "mission", "check", "item")
    }
    for record in chain.from_iterable(entries.values()):
        contents.shared.count(record)
    return entries
