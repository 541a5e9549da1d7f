"""Periods that a figure can be asked for: a quarter, a year, or all time; half-open, in local calendar days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from coaching.errors import CoachingError
from coaching.i18n import say

_QUARTER_MONTHS = 3
_NAME = re.compile(r"(?P<year>[0-9]{4})(?:Q(?P<quarter>[1-4]))?")


@dataclass(frozen=True)
class Period:
    """A stretch of days.

    Attributes
    ----------
    start
        First day; None means from the beginning.
    end
        First day after it; None means without end.
    name
        ``2025Q4``, ``2025`` or ``all``.
    """

    start: date | None
    end: date | None
    name: str

    def __contains__(self, day: date) -> bool:
        """Say whether `day` lies in the half-open window [start, end).

        Examples
        --------
        >>> date(2025, 12, 31) in parse_period("2025Q4"), date(2026, 1, 1) in parse_period("2025Q4")
        (True, False)
        """
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


ALL_TIME = Period(None, None, "all")


def parse_period(name: str) -> Period:
    """Return the period that a name stands for.

    Parameters
    ----------
    name
        ``2025Q4``, ``2025`` or ``all``; capitals and outer white space do not matter.

    Raises
    ------
    CoachingError
        If the name is none of these.

    Examples
    --------
    >>> parse_period("2025q4")
    Period(start=datetime.date(2025, 10, 1), end=datetime.date(2026, 1, 1), name='2025Q4')
    """
    cleaned = name.strip().upper()
    if cleaned == "ALL":
        return ALL_TIME
    match = _NAME.fullmatch(cleaned)
    if match is None or int(match["year"]) < date.min.year:
        raise CoachingError("period: write a quarter such as 2025Q4, a year such as 2025, or all.")
    if match["quarter"] is None:
        year = int(match["year"])
        return Period(date(year, 1, 1), _first_of(year + 1, 1), cleaned)
    return _quarter(int(match["year"]), int(match["quarter"]))


def check_begun(period: Period, day: date) -> None:
    """Refuse a period that has not begun on a day.

    Raises
    ------
    CoachingError
        If so.
    """
    if period.start and day < period.start:
        raise CoachingError(
            "period: {period} begins on {day}; nothing can be said of it yet.", period=period.name, day=period.start
        )


def quarter_of(day: date) -> Period:
    """Return the quarter that a day lies in.

    Examples
    --------
    >>> quarter_of(date(2024, 2, 29)).name
    '2024Q1'
    """
    return _quarter(day.year, (day.month - 1) // _QUARTER_MONTHS + 1)


def quarters(first: date, last: date) -> tuple[Period, ...]:
    """Return the quarters from that of `first` to that of `last`, both included; none if that is an earlier one.

    Examples
    --------
    >>> [quarter.name for quarter in quarters(date(2024, 11, 5), date(2025, 1, 1))]
    ['2024Q4', '2025Q1']
    """
    periods = []
    day: date | None = first
    while day is not None and (day <= last or last in quarter_of(day)):
        quarter = quarter_of(day)
        periods.append(quarter)
        day = quarter.end
    return tuple(periods)


def last_day(period: Period, asof: date) -> date:
    """Return the day up to which `period` is known at `asof`: its own last day, or `asof` if that comes earlier."""
    return min(asof, ends_on(period))


def ends_on(period: Period) -> date:
    """Return the last day of a period; of one without end, the last day that there is.

    Examples
    --------
    >>> ends_on(parse_period("2025Q4"))
    datetime.date(2025, 12, 31)
    """
    return date.max if period.end is None else period.end - timedelta(days=1)


def _quarter(year: int, quarter: int) -> Period:
    month = _QUARTER_MONTHS * (quarter - 1) + 1
    end = _first_of(year, month + _QUARTER_MONTHS) if quarter < 4 else _first_of(year + 1, 1)  # noqa: PLR2004
    return Period(date(year, month, 1), end, f"{year:04}Q{quarter}")


def _first_of(year: int, month: int) -> date | None:
    """Return the first of a month; None past the last year that a date can have, as no day comes after it."""
    return date(year, month, 1) if year <= date.max.year else None


def quarter_in_words(name: str) -> str:
    """Return the name of a quarter as one says it.

    Examples
    --------
    >>> quarter_in_words("2025Q4")
    'quarter 4 of 2025'
    """
    year, _, number = name.partition("Q")
    return say("quarter {number} of {year}", number=number, year=year)
