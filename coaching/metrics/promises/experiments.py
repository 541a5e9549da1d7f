"""Experiments: action items that are tried to see what they show, and that are never done or late."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

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
    id, label, what, owner
        Of its action item; `owner` is None where nobody is named.
    by
        The day by which it was to be tried; None where none was named.
    begun_on
        The day on which it was agreed; None where not known.
    showed
        What it showed, in words, oldest first.
    is_over
        Whether it was told what it showed, or it was let go.
    """

    id: str
    label: str | None
    what: str | None
    owner: str | None
    by: date | None
    begun_on: date | None
    showed: tuple[str, ...]
    is_over: bool


def experiments(entries: Rows, asof: date) -> tuple[Experiment, ...]:
    """Return every experiment, as known at the end of a day, in the order in which they were agreed."""
    numbers = session_numbers(entries)
    happened = defaultdict(list)
    for row in entries.rows(Kind.ITEM_EVENT, ["item", "event", "held_on", "session", "text", "rev"]):
        if row["held_on"] is None or row["held_on"] <= asof:
            happened[row["item"]].append((moment_of(row, numbers) or Moment(date.min), row["rev"], row))
    items = [
        row
        for row in entries.rows(Kind.ITEM, ["id", "label", "what", "owner", "by", "held_on", "experiment"])
        if row["experiment"] and (row["held_on"] is None or row["held_on"] <= asof)
    ]
    return tuple(
        Experiment(
            item["id"],
            item["label"],
            item["what"],
            item["owner"],
            item["by"],
            item["held_on"],
            tuple(row["text"] for row in events if row["event"] == ItemEventKind.SHOWED and not is_blank(row["text"])),
            any(row["event"] in _ENDS for row in events),
        )
        for item in items
        for events in [[row for *_, row in sorted(happened[item["id"]], key=lambda event: event[:2])]]
    )
