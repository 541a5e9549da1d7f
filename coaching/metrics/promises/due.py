"""The due date of an action item, and which one is in force."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple


class Due(NamedTuple):
    """What is known of the due date of an action item.

    Attributes
    ----------
    first
        As first agreed.
    last
        The last one recorded.
    in_force
        The last one recorded on or before the one then in force.
    moves
        How often a date that was there was moved.
    """

    first: date | None = None
    last: date | None = None
    in_force: date | None = None
    moves: int = 0

    def recorded(self, due: date, on: date) -> "Due":
        """Return what is known once `due` was recorded `on` a day.

        A move recorded after the date in force had passed rescues nothing; one recorded on that very day counts.

        Examples
        --------
        >>> first = Due().recorded(date(2025, 3, 6), on=date(2025, 1, 16))
        >>> first.recorded(date(2025, 4, 6), on=date(2025, 3, 6)).in_force
        datetime.date(2025, 4, 6)
        >>> first.recorded(date(2025, 4, 6), on=date(2025, 3, 7)).in_force
        datetime.date(2025, 3, 6)
        """
        if self.first is None or self.in_force is None:
            return Due(due, due, due, self.moves)
        return Due(self.first, due, due if on <= self.in_force else self.in_force, self.moves)

    def moved(self, due: date, on: date) -> "Due":
        """Return what is known once the date was moved; a first date given to a draft is no move."""
        return self.recorded(due, on)._replace(moves=self.moves + (self.first is not None))


def first_due(item: Mapping[Any, Any], events: Sequence[Mapping[Any, Any]]) -> date | None:
    """Return the date an item was first agreed by.

    Parameters
    ----------
    item
        Row of the item.
    events
        Rows of its events in their order.

    Notes
    -----
    The agreement says it. Where it does not, the first move says what it moved from: the item's own row holds the
    newest date and would tell the past what came later. Only an item that never moved is read from its row.
    """
    agreed: date | None = next((event["due_to"] for event in events if event["event"] == "agreed"), None)
    if agreed is not None:
        return agreed
    moved = next((event for event in events if event["event"] == "due_moved"), None)
    first: date | None = item["by"] if moved is None else moved["due_from"]
    return first
