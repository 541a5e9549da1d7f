"""How the plan goes on, in the coachee's own words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coaching.i18n import say, say_day
from coaching.pages.sections.promises import happened
from coaching.pages.sections.session_parts import reviewed
from coaching.pages.source import COACHEE, PageSource, Record
from coaching.pages.words import Words


@dataclass(frozen=True)
class Entry:
    """What the coachee said: `about` a promise or a dream and what became of it, or of the conversation itself."""

    text: Words
    about: Words | None
    outcome: str
    private: bool


@dataclass(frozen=True)
class Day:
    """What was said on one day."""

    day: str
    session: str | None
    entries: tuple[Entry, ...]


def progress(contents: PageSource) -> tuple[Day, ...]:
    """Return what the coachee told of promises, dreams and conversations, day by day, newest first.

    What was told twice of one promise, in a review and where its history is kept, is there once.
    """
    by_day: dict[date, dict[tuple[str, str], tuple[Record, Entry]]] = {}
    for subject, record, entry in _told(contents):
        by_day.setdefault(record["held_on"], {}).setdefault((subject, entry.text), (record, entry))
    return tuple(_day(contents, day, list(by_day[day].values())) for day in sorted(by_day, reverse=True))


def _told(contents: PageSource) -> Iterator[tuple[str, Record, Entry]]:
    """Yield what the coachee told on some day, with the id of what it is about."""
    for kind in ("review", "item_event"):
        for record in _of_coachee(contents, kind):
            outcome = reviewed(record["outcome"]) if kind == "review" else happened(contents, record)
            about = contents.words(contents.one("item", record["item"]), "what")
            yield from _entry(contents, record, record["item"], about, outcome)
    for record in _of_coachee(contents, "progress"):
        dream = contents.one("dream", record["about"])
        if dream:
            yield from _entry(contents, record, dream["id"], contents.dream_name(dream), say("the dream"))
    for record in _of_coachee(contents, "note"):
        if record["topic"] == "takeaway":
            yield from _entry(contents, record, "", None, say("taken along from the conversation"))


def _of_coachee(contents: PageSource, kind: str) -> Iterator[Record]:
    return (record for record in contents[kind] if record["author"] == COACHEE and "held_on" in record)


def _entry(
    contents: PageSource, record: Record, subject: str, about: Words | None, outcome: str
) -> Iterator[tuple[str, Record, Entry]]:
    if text := contents.words(record, "text"):
        yield subject, record, Entry(text, about, outcome, contents.is_private(record))


def _day(contents: PageSource, day: date, entries: list[tuple[Record, Entry]]) -> Day:
    session = next((record["session"] for record, _ in entries if "session" in record), None)
    return Day(say_day(day, "short"), contents.session_name(session), tuple(entry for _, entry in entries))
