"""The two invented pairs that come with the package: one that goes on, today as on any day, and one that has ended."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import as_file, files
from typing import Any, Final

from coaching import formats
from coaching.formats.incoming import Incoming
from coaching.model.entries import Session

#: The workbooks of the two, in their coaches' copies.
ACTIVE: Final = "0000000000Q8AGBXWEAM87FJGR"
ENDED: Final = "0000000000ED2XY1SCD54T8BPN"
#: How long before today's week the last session of the active pair is held: the next one is due in this week.
_LAST_SESSION: Final = timedelta(weeks=4)


def ended_year() -> Incoming:
    """Return what the year that has ended brings in, as it is."""
    return _shipped("demo.json")


def active_pair(today: date, known: Sequence[Session] = ()) -> Incoming:
    """Return what the active pair brings in, moved by whole weeks.

    Parameters
    ----------
    today
        The day on which it comes in: the last session then lies four weeks back.
    known
        The sessions of its workbook, if there is one already: it keeps the days that it came in with.
    """
    pair = _shipped("active_pair.json")
    held_on = {record["id"]: record["held_on"] for record in pair.records if record["kind"] == "session"}
    shifts = Counter(
        one.held_on - held_on[one.id] for one in known if one.held_on and one.id in held_on
    )  # somebody may have changed the day of one of them
    last = max(held_on.values())
    by = shifts.most_common(1)[0][0] if shifts else _monday(today) - _LAST_SESSION - _monday(last)
    return replace(pair, records=tuple(_moved(record, by) for record in pair.records))


def _shipped(name: str) -> Incoming:
    with as_file(files("coaching.data").joinpath(name)) as file:
        return formats.read(file)


def _moved(record: Mapping[str, Any], by: timedelta) -> dict[str, Any]:
    return {name: value + by if isinstance(value, date) else value for name, value in record.items()}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
