"""Action items as a reader sees them: what is open, and what became of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from coaching.metrics.items import item_states
from coaching.metrics.periods import Period
from coaching.summary.contents import COACH, Contents, Record, said
from coaching.summary.text import counted, short_day

#: How an outcome is called.
OUTCOMES = {
    "on_time": "done on time",
    "late": "done late",
    "let_go": "let go",
    "open": "open",
    "overdue": "open, past the agreed day",
    "draft": "draft",
}
_EVENTS = {
    "agreed": "agreed",
    "due_moved": "moved",
    "partly": "partly done",
    "not_yet": "not yet",
    "done": "done",
    "reopened": "opened again",
    "let_go": "let go",
    "handed_over": "handed over",
}
_OWNERSHIP = {"mine": "mine", "can_live_with_it": "can live with it", "not_mine": "not mine"}
_LEVELS = ("much less", "less", "as agreed", "more", "much more")


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
    text: str | None


@dataclass(frozen=True)
class Promise:
    """Who does what by when, how it stands, and how it came there."""

    who: str
    what: str | None
    by: str
    outcome: str
    state: str
    private: bool
    facts: tuple[Fact, ...]
    whose: tuple[Fact, ...]
    events: tuple[Event, ...]


def states(contents: Contents) -> pd.DataFrame:
    """Return how every action item stands on the day of the contents (see `coaching.metrics.items.item_states`).

    One that was written down later is not among them, whatever day its events are told for.
    """
    found = item_states(contents.shared.frames, contents.asof)
    return found.loc[found["id"].isin([item["id"] for item in contents["item"]])].reset_index(drop=True)


def open_ones(contents: Contents, found: pd.DataFrame) -> tuple[Promise, ...]:
    """Return what is open, the coach's own promises first, the nearest day first; drafts last."""
    waiting = found.loc[found["state"].isin(["open", "draft"])]
    return tuple(_promise(contents, row) for row in _coach_first(waiting, "due"))


def of_period(contents: Contents, found: pd.DataFrame, period: Period) -> tuple[Promise, ...]:
    """Return what was alive in a period, the coach's own promises first, in the order in which they were agreed."""
    return tuple(_promise(contents, row) for row in _coach_first(alive_in(found, period), "agreed"))


def alive_in(found: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the rows of the items that were agreed before the end of a period and not closed before its start."""
    alive = pd.Series(data=True, index=found.index)
    if period.end is not None:
        alive &= found["agreed"] < pd.Timestamp(period.end)
    if period.start is not None:
        alive &= ~(found["closed_on"] < pd.Timestamp(period.start))
    return found.loc[alive]


def in_words(found: pd.DataFrame) -> str:
    """Return how many were agreed and what became of them, as counts."""
    agreed = found.loc[found["outcome"] != "draft", "outcome"]
    named = [(name, int((agreed == outcome).sum())) for outcome, name in OUTCOMES.items()]
    parts = ", ".join(f"{count} {name}" for name, count in named if count)
    return f"{counted(len(agreed), 'promise')}: {parts}." if len(agreed) else "No promises yet."


def _coach_first(found: pd.DataFrame, then: str) -> list[dict[str, Any]]:
    keyed = found.assign(_draft=found["state"] == "draft", _side=found["owner"] != COACH)
    rows = keyed.sort_values(["_draft", "_side", then, "agreed"], kind="stable").to_dict("records")
    return [{str(name): None if pd.isna(value) else value for name, value in row.items()} for row in rows]


def _promise(contents: Contents, row: dict[str, Any]) -> Promise:
    item = contents.one("item", row["id"])
    return Promise(
        who=row["owner_name"] if row["person"] else _owner(contents, row["owner"]),
        what=said(item, "what"),
        by="no day yet" if row["due"] is None else f"by {short_day(row['due'])}",
        outcome=row["outcome"],
        state=OUTCOMES[row["outcome"]],
        private=contents.is_private(item),
        facts=tuple(_facts(contents, item)),
        whose=tuple(_whose(contents, item)),
        events=tuple(_event(contents, event) for event in contents["item_event"] if event["item"] == item["id"]),
    )


def _owner(contents: Contents, side: str | None) -> str:
    return "Nobody yet" if side is None else contents.name(side)


def _facts(contents: Contents, item: Record) -> Iterator[Fact]:
    """Yield what is known of an item, in the order of the method: becoming, dream, obstacle, plan, outcomes."""
    dream = contents.one("dream", item.get("dream"))
    found = (
        ("becoming", said(contents.one("becoming", item.get("becoming")), "text")),
        ("for the dream", said(dream, "title") or said(dream, "text")),
        ("in the way", said(item, "obstacle")),
        ("if – then", said(item, "if_then")),
        *zip(_LEVELS, item.get("levels") or (), strict=False),
    )
    return (Fact(about, text) for about, text in found if text is not None and text.strip())


def _whose(contents: Contents, item: Record) -> Iterator[Fact]:
    """Yield whose idea an item was, and what its owner says of it."""
    if origin := item.get("origin"):
        idea = "found together" if origin == "together" else f"{contents.name(origin, contents.session_of(item))}’s"
        yield Fact("whose idea", idea)
    if ownership := item.get("ownership"):
        yield Fact("the owner says", _OWNERSHIP[ownership])


def _event(contents: Contents, event: Record) -> Event:
    what = _EVENTS[event["event"]] + _detail(contents, event)
    return Event(_day(event.get("held_on")), what, said(event, "text"))


def _detail(contents: Contents, event: Record) -> str:
    due: date | None = event.get("due_to")
    if event["event"] == "handed_over":
        return f" to {contents.person_name(event.get('person_to'), 'somebody else')}"
    if due is None:
        return ""
    was: date | None = event.get("due_from")
    return f" from {short_day(was)} to {short_day(due)}" if was else f", by {short_day(due)}"


def _day(day: date | None) -> str:
    return "no day" if day is None else short_day(day)
