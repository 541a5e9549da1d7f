"""When something happened, as far as the workbook knows: the day, and on one day the order of the sessions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from coaching.frames import Frames, cells

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


def sessions_held(frames: Frames, asof: date) -> tuple[Held, ...]:
    """Return the sessions held on or before `asof`, in their order; a session without a day is none."""
    found = [
        Held(row["id"], text_of(row["label"]) or row["id"], Moment(day, number_of(row["number"]) or 0))
        for row in frames["session"].to_dict("records")
        if (day := day_of(row["held_on"])) is not None and day <= asof
    ]
    return tuple(sorted(found, key=lambda held: (held.moment, held.id)))


def session_numbers(frames: Frames) -> dict[str, int]:
    """Return the number of each session that has one, by id."""
    numbered = frames["session"].dropna(subset=["number"])
    return {identity: int(number) for identity, number in zip(numbered["id"], numbered["number"], strict=True)}


def moment_of(row: Mapping[Any, Any], numbers: Mapping[str, int]) -> Moment | None:
    """Return when an entry, one of `rows_of`, happened, by its own day and its session's number; None without a day."""
    day = row["held_on"]
    return None if day is None else Moment(day, numbers.get(row["session"], 0))


def rows_of(frame: pd.DataFrame, columns: Sequence[str]) -> list[dict[str, Any]]:
    """Return some columns of a frame as plain rows (see `coaching.frames.cells`).

    Examples
    --------
    >>> rows_of(pd.DataFrame({"day": pd.to_datetime(["2025-01-16", None])}), ["day"])
    [{'day': datetime.date(2025, 1, 16)}, {'day': None}]
    """
    columns_of_cells = (cells(frame[name]) for name in columns)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns_of_cells, strict=True)]


def day_of(cell: Any) -> date | None:
    """Return the day in a cell of a frame, or of one of `rows_of`."""
    if cell is None or type(cell) is date:
        return cell
    return None if pd.isna(cell) else pd.Timestamp(cell).date()


def text_of(cell: Any) -> str | None:
    """Return the text in a cell of a frame, or of one of `rows_of`."""
    if cell is None or type(cell) is str:
        return cell
    return None if pd.isna(cell) else str(cell)


def number_of(cell: Any) -> int | None:
    """Return the number in a cell of a frame."""
    return None if pd.isna(cell) else int(cell)
