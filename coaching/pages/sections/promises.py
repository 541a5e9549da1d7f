"""Action items as a reader sees them: what is open, and what became of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter

import pandas as pd

from coaching.i18n import say, say_counted
from coaching.l10n import say_day
from coaching.model.cells import rows_of
from coaching.model.ids import mark_of
from coaching.pages.source import COACH, PageSource, Record
from coaching.pages.words import Words
from coaching.text import is_blank

#: How many promises are shown before the others are folded.
MANY = 20
_WAITING = ("open", "draft")
_CLOSED = ("done", "let_go")
_ENDED = ("on_time", "late", "done", "let_go")


@dataclass(frozen=True)
class Fact:
    """Something about a promise, with a word before it that says what."""

    about: str
    text: str


@dataclass(frozen=True)
class Event:
    """One thing that happened to a promise."""

    day: str
    what: str
    text: Words | None


@dataclass(frozen=True)
class Promise:
    """Who does what by when, how it stands, and how it came there; `mark` is its name in files that come in again."""

    mark: str
    who: str
    what: Words | None
    by: str
    outcome: str
    state: str
    is_done: bool
    private: bool
    facts: tuple[Fact, ...]
    events: tuple[Event, ...]


def outcomes() -> dict[str, str]:
    """Return what every outcome is called."""
    return {
        "on_time": say("kept"),
        "late": say("done afterwards"),
        "done": say("done"),
        "let_go": say("let go"),
        "open": say("open"),
        "overdue": say("open, its day has passed"),
        "draft": say("draft"),
    }


def open_ones(contents: PageSource, states: pd.DataFrame, fewest_events: int | None = None) -> tuple[Promise, ...]:
    """Return what is open, the coach's own promises first, the nearest day first; drafts last.

    What happened to a promise is told if that is `fewest_events` or more; by default it is not.
    """
    waiting = (row for row in rows_of(states) if row["state"] in _WAITING)
    return tuple(_promise(contents, row, fewest_events) for row in _coach_first(waiting, "due"))


def settled(contents: PageSource, states: pd.DataFrame, fewest_events: int | None = None) -> tuple[Promise, ...]:
    """Return what was done or let go, the latest first (see `open_ones`)."""
    closed = (row for row in rows_of(states) if row["state"] in _CLOSED)
    latest_first = sorted(closed, key=itemgetter("closed_on", "agreed"), reverse=True)
    return tuple(_promise(contents, row, fewest_events) for row in latest_first)


def of_period(contents: PageSource) -> tuple[Promise, ...]:
    """Return what was alive in the period, the coach's own promises first, in the order in which they were agreed.

    Whose idea each was, and all that happened to it, is told too.
    """
    rows = _coach_first(rows_of(contents.alive), "agreed")
    shown = (_promise(contents, row, fewest_events=0) for row in rows)
    whose = (_whose(contents, contents.one("item", row["id"])) for row in rows)
    return tuple(replace(promise, facts=(*promise.facts, *more)) for promise, more in zip(shown, whose, strict=True))


def in_words(states: pd.DataFrame) -> str:
    """Return how many were agreed and what became of them, as counts."""
    agreed = states.loc[states["outcome"] != "draft"]
    if agreed.empty:
        return say("No promises yet.")
    return say_counted(
        "{count} promise: {outcomes}.", "{count} promises: {outcomes}.", len(agreed), outcomes=became(agreed)
    )


def became(agreed: pd.DataFrame) -> str:
    """Return what became of promises, as counts; those past their day are some of the open ones.

    Examples
    --------
    >>> became(pd.DataFrame({"outcome": ["on_time", "on_time", "open", "overdue"]}))
    '2 kept, 2 open (1 of them past its day)'
    """
    counts = agreed["outcome"].value_counts()
    parts = [f"{counts[outcome]} {outcomes()[outcome]}" for outcome in _ENDED if outcome in counts]
    past = int(counts.get("overdue", 0))
    waiting = int(counts.get("open", 0)) + past
    if past and waiting == 1:
        parts.append(say("1 open, past its day"))
    elif past:
        parts.append(
            say_counted(
                "{waiting} open ({count} of them past its day)",
                "{waiting} open ({count} of them past their day)",
                past,
                waiting=waiting,
            )
        )
    elif waiting:
        parts.append(say("{count} open", count=waiting))
    return ", ".join(parts)


def _coach_first(rows: Iterable[Record], then: str) -> list[Record]:
    def place(row: Record) -> tuple[bool, bool, date, date]:
        return row["state"] == "draft", row["owner"] != COACH, row[then] or date.max, row["agreed"]

    return sorted(rows, key=place)


def _promise(contents: PageSource, row: Record, fewest_events: int | None) -> Promise:
    item = contents.one("item", row["id"])
    events = contents.events_of_items.get(item["id"], [])
    is_told = fewest_events is not None and len(events) >= fewest_events
    return Promise(
        mark=mark_of(item["id"]),
        who=contents.owner_name(row) or say("Nobody yet"),
        what=contents.words(item, "what"),
        by=by_day(row["due"]),
        outcome=row["outcome"],
        state=outcomes()[row["outcome"]],
        is_done=row["state"] == "done",
        private=contents.is_private(item),
        facts=tuple(_facts(contents, item)),
        events=tuple(_event(contents, event) for event in events) if is_told else (),
    )


def by_day(day: date | None) -> str:
    """Say by when something was promised."""
    return say("no day yet") if day is None else say("by {day}", day=say_day(day, "short"))


def _facts(contents: PageSource, item: Record) -> Iterator[Fact]:
    """Yield what is known of an item, in the order of the method: what it serves, wish to plan, outcomes."""
    dream = contents.one("dream", item.get("dream"))
    lang = (contents.words(item, "what") or Words("")).lang
    levels = (Words(text or "", lang) for text in contents.shared.show(item, "levels") or ())
    facts = (
        (say("becoming"), contents.words(contents.one("becoming", item.get("becoming")), "text")),
        (say("for the dream"), contents.dream_name(dream)),
        (say("for the goal"), contents.words(contents.one("note", item.get("goal")), "text")),
        (say("wish"), contents.words(item, "wish")),
        (say("best outcome"), contents.words(item, "best_outcome")),
        (say("in the way"), contents.words(item, "obstacle")),
        (say("if – then"), contents.words(item, "if_then")),
        *zip(_levels(), levels, strict=False),
    )
    return (Fact(about, text) for about, text in facts if not is_blank(text) and text is not None)


def _levels() -> tuple[str, ...]:
    return (say("much less"), say("less"), say("as agreed"), say("more"), say("much more"))


def _whose(contents: PageSource, item: Record) -> Iterator[Fact]:
    """Yield whose idea an item was, and what its owner says of it."""
    if origin := item.get("origin"):
        name = contents.name(origin, contents.session_of(item)) if origin != "together" else ""
        yield Fact(say("whose idea"), say("{name}’s", name=name) if name else say("found together"))
    if ownership := item.get("ownership"):
        says = {"mine": say("mine"), "can_live_with_it": say("can live with it"), "not_mine": say("not mine")}
        yield Fact(say("the owner says"), says[ownership])


def _event(contents: PageSource, event: Record) -> Event:
    day = event.get("held_on")
    return Event(
        say_day(day, "short") if day else say("no day"), happened(contents, event), contents.words(event, "text")
    )


def happened(contents: PageSource, event: Record) -> str:
    """Say what happened to an item, with the day or the person that it went to."""
    if event["event"] == "handed_over":
        somebody = say("somebody else")
        return say("handed over to {name}", name=contents.person_name(event.get("person_to"), somebody))
    what = {
        "agreed": say("agreed"),
        "due_moved": say("moved"),
        "partly": say("partly done"),
        "not_yet": say("not yet"),
        "done": say("done"),
        "showed": say("what it showed"),
        "reopened": say("opened again"),
        "let_go": say("let go"),
    }[event["event"]]
    due: date | None = event.get("due_to")
    was: date | None = event.get("due_from")
    if due is None:
        return what
    if was is None:
        return say("{what}, by {day}", what=what, day=say_day(due, "short"))
    return say("{what} from {was} to {day}", what=what, was=say_day(was, "short"), day=say_day(due, "short"))
