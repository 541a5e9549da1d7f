"""Entries as plain rows, kind by kind: what the metrics are computed from."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final, Protocol

from coaching.model.entries import MODELS
from coaching.model.entry import Entry
from coaching.model.vocabulary import Kind

_NUMBER: Final = re.compile(r"([0-9]{1,18})$")


class Rows(Protocol):
    """What can be read row by row, one kind of entry at a time."""

    def rows(self, kind: str, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
        """Return the entries of one kind as plain rows, of some columns or of all.

        Values are those of `coaching.model.cells.cells`; rows stand in the order of `coaching.model.frames.Frames`.
        """


class EntryRows:
    """The rows of entries that are at hand already.

    Parameters
    ----------
    entries
        One revision of each.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_kind: defaultdict[Kind, list[Entry]] = defaultdict(list)
        for entry in sorted(entries, key=_place):
            self._by_kind[entry.kind].append(entry)

    def __repr__(self) -> str:
        """Count rows, show none."""
        return f"<EntryRows: {sum(map(len, self._by_kind.values()))} rows>"

    def rows(self, kind: str, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
        """Return the entries of one kind as plain rows (see `Rows`)."""
        names = tuple(MODELS[Kind(kind)].model_fields) if columns is None else columns
        return [{name: _plain(getattr(entry, name)) for name in names} for entry in self._by_kind[Kind(kind)]]


def _place(entry: Entry) -> tuple[bool, date, bool, int, str, int]:
    # A label may be typed by anybody: digits of other scripts, or more of them than a number holds, are no number here.
    named = _NUMBER.search(entry.label or "")
    number = getattr(entry, "number", int(named[1]) if named else None)
    return entry.held_on is not None, entry.held_on or date.min, number is not None, number or 0, entry.id, entry.rev


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, StrEnum) else value
