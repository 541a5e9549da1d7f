"""Days as people write them, in a line, a cell of a table or the name of a file."""

from datetime import date
from pathlib import PurePath
from re import compile as pattern

_YEAR_FIRST = pattern(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[T ][0-9:.,+Z -]{1,30})?")
_DAY_FIRST = pattern(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4}|[0-9]{2})")
_IN_A_NAME = pattern(
    r"(?<![0-9])(?:((?:19|20)[0-9]{2})([-_.]?)([0-9]{2})\2([0-9]{2})|([0-9]{2})\.([0-9]{2})\.([0-9]{4}))(?![0-9])"
)


def day_in(words: str) -> date | None:
    """Return the day that words are; None if they are none, or could be two.

    Examples
    --------
    >>> day_in("2026-03-04") == day_in("4.3.2026") == day_in("2026/03/04 10:00")
    True
    >>> day_in("03/04/2026"), day_in("2026-02-30")
    (None, None)
    """
    typed = words.strip()
    if match := _YEAR_FIRST.fullmatch(typed):
        return _day(match[1], match[3], match[4])
    if match := _DAY_FIRST.fullmatch(typed):
        return _day(match[3], match[2], match[1])
    return None


def day_of_name(file: str) -> date | None:
    """Return the day in the name of a file, or else of the nearest of its folders that has one.

    Examples
    --------
    >>> day_of_name("2026-03-04 One-on-one.md") == day_of_name("20260304/notes.md")
    True
    """
    path = PurePath(file)
    for name in (path.stem, *(folder.name for folder in path.parents)):
        for match in _IN_A_NAME.finditer(name):
            year, _, month, day, german_day, german_month, german_year = match.groups()
            if date_in_name := _day(year or german_year, month or german_month, day or german_day):
                return date_in_name
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year if len(year) > len("26") else f"20{year}"), int(month), int(day))
    except ValueError:
        return None
