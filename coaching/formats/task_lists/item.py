"""One action item while lines of lists are taken in: what is known of it, and what the lines add to that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from coaching.formats.task_lists.sighting import Sighting
from coaching.formats.task_lists.story import ENDS, Happened, in_order
from coaching.formats.task_lists.task import Place


@dataclass(repr=False)
class Existing:
    """An action item as a workbook has it.

    Attributes
    ----------
    id, what, owner, label, by
        As in its entry.
    since
        The day from which it is known.
    events
        What has happened to it, by the id of the entry that says so.
    sightings
        The lines of lists that speak of it.
    is_of_lists
        Whether lists made it.
    is_touched
        Whether anything was said of it elsewhere since.
    record
        All that its entry says.
    """

    id: str
    what: str
    owner: str | None
    since: date
    label: str = ""
    by: date | None = None
    events: Mapping[str, Happened] = field(default_factory=dict)
    sightings: Sequence[Sighting] = ()
    is_of_lists: bool = False
    is_touched: bool = False
    record: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Name it without its words."""
        return f"<Existing {self.id}>"

    @cached_property
    def dues(self) -> frozenset[date | None]:
        """Every date that it was ever given."""
        return frozenset({self.by, *(event.due for event in self.events.values())})

    def due_on(self, day: date) -> date | None:
        """Return the date that it has on a day."""
        return _due([event for event in self.events.values() if event.day <= day]) or self.by

    def state_on(self, day: date) -> str:
        """Return how it stands on a day."""
        return _ended([event for event in self.events.values() if event.day <= day]) or "open"


@dataclass(repr=False)
class Carried:
    """An action item that lines speak of.

    Attributes
    ----------
    id, what, owner, label
        As in its entry.
    since
        The day from which it is known.
    known
        What has happened to it, with what the lines add.
    added
        What the lines add to that.
    is_new
        Whether the workbook does not have it yet.
    is_dated
        Whether something says since when it is known; else `since` is the day of the import.
    is_seen_anew
        Whether a line of it was never read before; that may be all there is to say.
    places
        Where it stands in the lists.
    """

    id: str
    what: str
    owner: str | None
    since: date
    label: str = ""
    known: list[Happened] = field(default_factory=list)
    added: list[Happened] = field(default_factory=list)
    is_new: bool = False
    is_dated: bool = True
    is_seen_anew: bool = False
    places: list[Place] = field(default_factory=list)

    def __repr__(self) -> str:
        """Name it without its words."""
        return f"<Carried {self.id}>"

    @property
    def due(self) -> date | None:
        """The last date it was given."""
        return _due(self.known)

    @property
    def ended(self) -> str | None:
        """How it ended; None while it is open."""
        return _ended(self.known)

    @property
    def state(self) -> str:
        """How it stands: ``done`` or ``let_go`` however little else is known; else ``open``, or ``draft``.

        What is open and lacks an owner or a date is a draft.
        """
        return self.ended or ("open" if self.owner and self.due else "draft")


def _due(events: Sequence[Happened]) -> date | None:
    return next((event.due for event in reversed(in_order(events)) if event.due), None)


def _ended(events: Sequence[Happened]) -> str | None:
    last = next((event.kind for event in reversed(in_order(events)) if event.kind in {*ENDS, "reopened"}), None)
    return last if last in ENDS else None
