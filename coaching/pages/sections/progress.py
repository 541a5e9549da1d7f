"""How the plan goes on, in the coachee's own words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coaching.i18n import say
from coaching.l10n import say_day
from coaching.pages.sections.promises import happened
from coaching.pages.sections.session_parts import reviewed
from coaching.pages.source import COACHEE, PageSource, Record
from coaching.pages.words import Words


@dataclass(frozen=True)
class Entry:
    """What the coachee said: `about` a promise and what became of it, or of the conversation itself."""

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
    """Return what the coachee told of promises and conversations, day by day, newest first.

    How a goal or a dream moved stands with it.

    What was told twice of one promise, in a review and where its history is kept, is there once, on the day of the
    telling.
    """
    by_day: dict[date, dict[tuple[str, str], tuple[Record, Entry]]] = {}
    seen: set[tuple[str, str, str | None]] = set()
    for subject, record, entry in _told(contents):
        key = subject, entry.text, record.get("session")
        if record["kind"] != "item_event" or key not in seen:
            by_day.setdefault(_told_on(contents, record), {}).setdefault((subject, entry.text), (record, entry))
        seen.add(key)
    return tuple(_day(contents, day, list(by_day[day].values())) for day in sorted(by_day, reverse=True))


def _told(contents: PageSource) -> Iterator[tuple[str, Record, Entry]]:
    """Yield what the coachee told on some day, with the id of what it is about."""
    for kind in ("review", "item_event"):
        for record in _of_coachee(contents, kind):
            if "showed" in {record.get("event"), record.get("outcome")}:
                continue  # it stands with the experiment
            outcome = _outcome(contents, record)
            about = contents.words(contents.one("item", record["item"]), "what")
            yield from _entry(contents, record, record["item"], about, outcome)
    topics = {
        "showed": say("what it showed"),
        "dream": say("talking of dreams"),
        "obstacle": say("in the way"),
        "takeaway": say("taken along from the conversation"),
    }
    for record in _of_coachee(contents, "note"):
        if record["topic"] in topics:
            yield from _entry(contents, record, "", None, topics[record["topic"]])


def _told_on(contents: PageSource, record: Record) -> date:
    """Return the day on which something was told: that of its session, else its own."""
    day: date = contents.session_of(record).get("held_on", record["held_on"])
    return day


def _outcome(contents: PageSource, record: Record) -> str:
    """Say what was told of a promise, with the day on which it was done where that is another one."""
    told = record["kind"], record.get("outcome"), record.get("event")
    if told in {("review", "done", None), ("item_event", None, "done")}:
        place = "done", record["item"], record.get("session")
        events = (e for e in contents["item_event"] if (e["event"], e["item"], e.get("session")) == place)
        done = next((event.get("held_on") for event in events), None)
        if done not in {None, _told_on(contents, record)}:
            return say("done on {day}", day=say_day(done, "short"))
    return reviewed(record["outcome"]) if record["kind"] == "review" else happened(contents, record)


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
