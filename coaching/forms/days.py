"""Dates in forms: read with care, shown in words."""

from datetime import date

_FIRST_YEAR, _LAST_YEAR = 2000, 2099


def day_or_none(typed: str | None) -> date | None:
    """Return the date that was typed, or None while it is not (yet) one that can be meant.

    A browser reports the year 0002 while somebody types 2026; such a date is not taken.

    Examples
    --------
    >>> day_or_none("2026-03-01"), day_or_none("0002-03-01"), day_or_none("")
    (datetime.date(2026, 3, 1), None, None)
    """
    try:
        day = date.fromisoformat(typed or "")
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def in_words(day: date) -> str:
    """Return a date as people say it.

    Examples
    --------
    >>> in_words(date(2026, 3, 1))
    '1 March 2026'
    """
    return f"{day.day} {day:%B %Y}"
