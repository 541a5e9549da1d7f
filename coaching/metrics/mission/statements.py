"""The versions of the mission statement that count."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from coaching.metrics.timeline import Moment, moment_of, session_numbers
from coaching.model.rows import Rows
from coaching.text import is_blank

_COLUMNS = ("number", "session", "held_on", "text", "confirmed")


@dataclass(frozen=True)
class Version:
    """One mission statement that was in force.

    Attributes
    ----------
    number
        Its number as kept; where there is none, one more than that of the version before.
    session_number
        Number of the session in which it was confirmed, if known.
    held_on
        The day from which it was in force.
    text
        The statement as written.
    """

    number: int
    session_number: int | None
    held_on: date
    text: str


def versions(entries: Rows, asof: date) -> tuple[Version, ...]:
    """Return the versions in force up to `asof`, oldest first.

    A version counts when the coachee confirmed it, it is not blank, and it differs from the one in force by more than
    white space. Words that come back are a version again: after others, and after a blank in between, which is no
    version and leaves the old one in force, but says that the words had been put away (or were erased).
    """
    numbers = session_numbers(entries)
    result: list[Version] = []
    put_away = False
    for moment, row in _written(entries, numbers, asof):
        text = row["text"]
        if text is None or is_blank(text):
            put_away = True
        elif row["confirmed"] is True and (put_away or not result or not _same(result[-1].text, text)):
            number = row["number"] or (result[-1].number + 1 if result else 1)
            result.append(Version(number, numbers.get(row["session"]), moment.day, text))
            put_away = False
    return tuple(result)


def in_force(versions: tuple[Version, ...], day: date) -> Version | None:
    """Return the version in force at the end of a day."""
    return next((version for version in reversed(versions) if version.held_on <= day), None)


def _written(entries: Rows, numbers: Mapping[str, int], asof: date) -> list[tuple[Moment, Mapping[Any, Any]]]:
    """Return the statements written up to `asof`, and when, oldest first."""
    rows = ((moment_of(row, numbers), row) for row in entries.rows("mission", _COLUMNS))
    dated = [(moment, row) for moment, row in rows if moment is not None and moment.day <= asof]
    return sorted(dated, key=lambda pair: (pair[0], pair[1]["number"] or 0))


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one).split() == unicodedata.normalize("NFC", other).split()
