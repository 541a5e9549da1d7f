"""Days as people write them: in a line, in a cell of a table."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from re import Match, Pattern
from re import compile as pattern
from typing import Literal

#: Which of two numbers comes first where both could be the month: 03/04/2026.
Order = Literal["day", "month"]
_MONTHS_IN_A_YEAR = 12
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
#: Spreadsheets number the days from 1900 on; these are those of 2000 to 2099.
_SERIALS, _SERIAL_BEGIN = range(36526, 73051), date(1899, 12, 30)
_ABBREVIATED = 3
_MORE_NAMES = {"sept": 9, "jänner": 1, "mrz": 3}
_TIME = (
    r"(?:[t ,]{1,3}[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,9})? ?(?:[ap]m)?)?"
    r"(?: ?(?:z|utc|[+-][0-9]{2}:?[0-9]{2})(?![^\W_]))?"
)
_LONGEST_DAY = 60
_ISO = pattern(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?= [^0-9+zZuU,-]|$)")


@cache
def months() -> dict[str, int]:
    """Return the number of each month by its name and by its first letters, in English and German."""
    languages = json.loads(files("coaching.data").joinpath("days.json").read_text(encoding="utf-8"))
    numbers = dict(_MORE_NAMES)
    for language in languages.values():
        for number, name in enumerate(language["months"], 1):
            numbers |= {name.casefold(): number, name.casefold()[:_ABBREVIATED]: number}
    return numbers


@cache
def weekdays() -> frozenset[str]:
    """Return the names of the weekdays and their first letters, in English and German."""
    languages = json.loads(files("coaching.data").joinpath("days.json").read_text(encoding="utf-8"))
    names = [name.casefold() for language in languages.values() for name in language["weekdays"]]
    return frozenset({*names, *(name[:_ABBREVIATED] for name in names), *(name[:2] for name in names)})


@cache
def _rules() -> tuple[Pattern[str], ...]:
    """Return the forms of a day; each names its parts."""
    names = "|".join(sorted(months(), key=len, reverse=True))
    month = rf"(?P<name>{names})(?![^\W\d_])\.?"
    nth = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9])"
    year, short = r"(?P<year>[0-9]{4})", r"(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])"
    return tuple(
        pattern(form)
        for form in (
            rf"{year}(?P<sign>[-/._])(?P<month>[0-9]{{1,2}})(?P=sign)(?P<day>[0-9]{{1,2}})(?![0-9])",
            rf"(?P<day>[0-9]{{1,2}})\. ?(?P<month>[0-9]{{1,2}})\. ?{short}",
            rf"(?P<one>[0-9]{{1,2}})(?P<sign>[-/])(?P<two>[0-9]{{1,2}})(?P=sign){short}",
            rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[-/. ]{{0,2}}(?:of )?{month}[-/., ]{{0,2}}{short}",
            rf"{month}[-/. ]{{0,2}}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[-/., ]{{1,2}}{year}(?![0-9])",
            rf"{year}[-/. ]{{1,2}}(?:[0-9]{{1,2}}[-. ])?{month}[-/. ]{{0,2}}{nth}",
            rf"{year}-?w(?P<week>[0-9]{{2}})-?(?P<weekday>[1-7])(?![0-9])",
        )
    )


@cache
def _beginning() -> Pattern[str]:
    names = "|".join(sorted(weekdays(), key=len, reverse=True))
    return pattern(rf"(?:(?:{names})\.?,? )?")


def day_in(words: str, order: Order | None = None) -> date | None:
    """Return the day that words are; None if they are none, or could be two.

    Parameters
    ----------
    words
        A day alone, with a time of day or not.
    order
        What comes first where both numbers could be the month.

    Examples
    --------
    >>> day_in("2026-03-04") == day_in("4.3.2026") == day_in("March 4, 2026") == day_in("03/04/2026", "month")
    True
    >>> day_in("03/04/2026"), day_in("2026-02-30")
    (None, None)
    """
    read = _at_the_beginning(words.strip(), order)
    return read[0] if read and not read[1] else None


def day_at(words: str, order: Order | None = None) -> tuple[date, str] | None:
    """Return the day with which words begin, and the words behind it; None if they begin with none.

    Examples
    --------
    >>> day_at("5. Mai 2026 or so")
    (datetime.date(2026, 5, 5), 'or so')
    """
    return _at_the_beginning(words.lstrip(), order)


def _at_the_beginning(typed: str, order: Order | None) -> tuple[date, str] | None:
    if (match := _ISO.match(typed)) and (day := valid_day(match[1], int(match[2]), int(match[3]))):
        return day, typed[match.end() :].lstrip()  # most are written so, and nothing follows that could be a time
    if len(typed) > _LONGEST_DAY * 2:
        typed, behind = typed[:_LONGEST_DAY], typed[_LONGEST_DAY:]
    else:
        behind = ""
    folded = typed.casefold()
    if len(folded) != len(typed):  # a letter that casefolding makes two of
        folded = typed.lower()
    start = match.end() if (match := _beginning().match(folded)) else 0
    for rule in _rules():
        if (match := rule.match(folded, start)) and (day := _of(match, order)):
            end = match.end()
            time = pattern(_TIME).match(folded, end)
            end = time.end() if time else end
            if folded[end : end + 1].isalnum():
                continue
            return day, (typed[end:] + behind).lstrip()
    return None


def serial_day(cell: str) -> date | None:
    """Return the day that a spreadsheet means by a number.

    Examples
    --------
    >>> serial_day("46092")
    datetime.date(2026, 3, 11)
    """
    whole = cell.split(".", maxsplit=1)[0]
    if whole.isascii() and whole.isdigit() and int(whole) in _SERIALS:
        return _SERIAL_BEGIN + timedelta(days=int(whole))
    return None


def order_of(cells: Iterable[str]) -> Order | None:
    """Return what comes first in the days of a column, if one of them can be read in one way alone and none in another.

    Examples
    --------
    >>> order_of(["11/03/2026", "13/03/2026"]), order_of(["11/03/2026"])
    ('day', None)
    """
    orders: set[Order] = set()
    for cell in cells:
        match = _rules()[2].match(cell.strip())
        if match is None or day_in(cell) is None:
            continue
        if day_in(cell, "day") == day_in(cell, "month"):
            one, two = int(match["one"]), int(match["two"])
            if one != two:
                orders.add("day" if one > _MONTHS_IN_A_YEAR else "month")
    return orders.pop() if len(orders) == 1 else None


def _of(match: Match[str], order: Order | None) -> date | None:
    parts = match.groupdict()
    if parts.get("one"):
        one, two = int(parts["one"]), int(parts["two"])
        readings = {
            day
            for number, month, reading in ((one, two, "day"), (two, one, "month"))
            if (order is None or order == reading) and (day := valid_day(parts["year"], month, number))
        }
        if order and not readings:  # the other way is the only one
            return _of(match, None)
        return readings.pop() if len(readings) == 1 else None
    if parts.get("week"):
        return _day_of_week(int(parts["year"]), int(parts["week"]), int(parts["weekday"]))
    month = months()[parts["name"]] if parts.get("name") else int(parts["month"])
    return valid_day(parts["year"], month, int(parts["day"]))


def _day_of_week(year: int, week: int, weekday: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, weekday)
    except ValueError:
        return None


def valid_day(year: str | int, month: int, day: int) -> date | None:
    """Return a day; None if no calendar has it. Two figures are a year of this century."""
    number = int(year)
    if isinstance(year, str) and len(year) == len("26"):
        number += 2000
    try:
        return date(number, month, day) if _FIRST_YEAR <= number <= _LAST_YEAR else None
    except ValueError:
        return None
