"""When something happened, as far as the workbook knows: the day, and on one day the order of the sessions."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from coaching.model.rows import Rows

_LAST_NUMBER = 2**63


class Moment(NamedTuple):
    """A place in the order of things; what happened outside a session counts as before the sessions of its day."""

    day: date
    session_number: int = 0


class Held(NamedTuple):
    """One session that took place."""

    id: str
    label: str
    moment: Moment


def end_of(day: date) -> Moment:
    """Return the last moment of a day."""
    return Moment(day, _LAST_NUMBER)


def sessions_held(entries: Rows, asof: date) -> tuple[Held, ...]:
    """Return the sessions held on or before `asof`, in their order; a session without a day is none."""
    sessions = [
        Held(row["id"], row["label"] or row["id"], Moment(row["held_on"], row["number"] or 0))
        for row in entries.rows("session", ["id", "label", "number", "held_on"])
        if row["held_on"] is not None and row["held_on"] <= asof
    ]
    return tuple(sorted(sessions, key=lambda held: (held.moment, held.id)))


def session_numbers(entries: Rows) -> dict[str, int]:
    """Return the number of each session that has one, by id."""
    return {row["id"]: row["number"] for row in entries.rows("session", ["id", "number"]) if row["number"] is not None}


def moment_of(row: Mapping[Any, Any], numbers: Mapping[str, int]) -> Moment | None:
    """Return when an entry of `Rows` happened, by its day and its session; None without a day."""
    day = row["held_on"]
    return None if day is None else Moment(day, numbers.get(row["session"], 0))
