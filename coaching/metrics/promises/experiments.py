"""Experiments: action items that are tried to see what they show, and that are never done or late."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coaching.metrics.timeline import Moment, moment_of, session_numbers
from coaching.model.rows import Rows
from coaching.model.vocabulary import ItemEventKind, Kind
from coaching.text import is_blank

_ENDS = (ItemEventKind.SHOWED, ItemEventKind.DONE, ItemEventKind.LET_GO)


@dataclass(frozen=True, repr=False)
class Experiment:
    """One experiment.

    Attributes
    ----------
    id, label, what, owner, person
        Of its action item; `owner` is None where nobody is named, and `person` is the id of who tries it.
    by
        The day by which it was to be tried; None where none was named.
    begun_on
        The day on which it was agreed; None where not known.
    showed
        What it showed, in words, oldest first.
    ended_on
        The day on which it was told what it showed, or it was let go; None while it goes on, or where not known.
    is_over
        Whether it was told what it showed, or it was let go.
    is_let_go
        Whether it ended by being let go.
    """

    id: str
    label: str | None
    what: str | None
    owner: str | None
    person: str | None
    by: date | None
    begun_on: date | None
    showed: tuple[str, ...]
    ended_on: date | None
    is_over: bool
    is_let_go: bool


def experiments(entries: Rows, asof: date) -> tuple[Experiment, ...]:
    """Return every experiment, as known at the end of a day, in the order in which they were agreed."""
    numbers = session_numbers(entries)
    happened = defaultdict(list)
    for row in entries.rows(Kind.ITEM_EVENT, ["item", "event", "held_on", "session", "text", "rev"]):
        if row["held_on"] is None or row["held_on"] <= asof:
            happened[row["item"]].append((moment_of(row, numbers) or Moment(date.min), row["rev"], row))
    items = [
        row
        for row in entries.rows(Kind.ITEM, ["id", "label", "what", "owner", "person", "by", "held_on", "experiment"])
        if row["experiment"] and (row["held_on"] is None or row["held_on"] <= asof)
    ]
    return tuple(
        _experiment(item, [row for *_, row in sorted(happened[item["id"]], key=lambda event: event[:2])])
        for item in items
    )


def _experiment(item: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Experiment:
    end = next((row for row in reversed(events) if row["event"] in _ENDS), None)
    return Experiment(
        item["id"],
        item["label"],
        item["what"],
        item["owner"],
        item["person"],
        item["by"],
        item["held_on"],
        tuple(row["text"] for row in events if row["event"] == ItemEventKind.SHOWED and not is_blank(row["text"])),
        ended_on=end["held_on"] if end else None,
        is_over=end is not None,
        is_let_go=end is not None and end["event"] == ItemEventKind.LET_GO,
    )
