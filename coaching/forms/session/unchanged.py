"""What nobody has touched stays as it is: a form knows less of an entry than the entry may hold."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from coaching.workbook.context import Context, Record, Records


class Unchanged:
    """What a session held when its forms were filled, and what the forms would say of it untouched.

    An entry may hold what its form does not ask: it was imported, or comes from another version. So a form's words
    change the fields they touch and no other.

    Parameters
    ----------
    context
        What is known of the session.
    untouched
        Gives what the forms say as they were filled; asked for once, when the first word is typed.
    """

    def __init__(self, context: Context, untouched: Callable[[], Records]) -> None:
        self._context = context
        self._ask = untouched

    @cached_property
    def _untouched(self) -> Records:
        return self._ask()

    def with_changes(self, records: Records, held_on: date) -> Records:
        """Return what the session says now.

        Parameters
        ----------
        records
            What the forms say now.
        held_on
            The day of the session now; the session's entries of its day move with it.
        """
        before, earlier = self._context.held_on, self._context.earlier
        moved = {"held_on": held_on} if held_on != before else {}
        contents: dict[str, dict[str, Any]] = {
            entry.id: entry.content() | (moved if entry.held_on == before else {}) for entry in self._context.own
        }
        contents |= {identity: earlier[identity].content() for identity in self._untouched if identity in earlier}
        return contents | {identity: self._one(identity, record, contents) for identity, record in records.items()}

    def _one(self, identity: str, record: Record, contents: Mapping[str, dict[str, Any]]) -> Record:
        untouched, held = self._untouched.get(identity), contents.get(identity)
        if record == untouched:
            return held
        if record is None or untouched is None or held is None:
            return record
        return held | {name: value for name, value in record.items() if untouched.get(name) != value}
