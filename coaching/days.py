"""Days as people write them at the terminal, read as the forms read them.

`coaching/forms/web/days.js` reads the same words by the same table; `tests/vectors/days.json` holds the two together.
"""

import calendar
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

Lies = Literal["ahead", "back"]

_FIRST_YEAR, _LAST_YEAR = 2000, 2099
#: Within so many years there is a 29th of February.
_LEAP_YEARS = 8
#: So many letters of a weekday or a month say which one it is, in every language of the table.
_ENOUGH_LETTERS = 3
_UNKNOWN = "?"
_NUMBER = re.compile(r"[+-]?[0-9]{1,4}")
_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9])[-/.](?=[0-9])")
_BEHIND_A_NUMBER = re.compile(r"(?<=[0-9])(?=[^\W\d_])")
_BETWEEN_WORDS = re.compile(r"[\s.,]+")

# Days, weeks, months, quarters and years have one letter each.
_DAYS: Final = {"d": 1, "w": 7}
_MONTHS: Final = {"m": 1, "q": 3, "y": 12}
_STEPS: Final = {"this": 0, "next": 1, "coming": 1, "last": -1}

Parts = Mapping[str, Any]
Rule = Callable[[Parts, date, Lies], date | None]


def read_day(typed: str, today: date, lies: Lies = "ahead") -> date | None:
    """Return the day that is meant; None while it is none, or none between 2000 and 2099.

    Parameters
    ----------
    typed
        What somebody wrote, in English or German.
    today
        The day it is.
    lies
        On which side of today it is where the words leave that open: "Friday" is the coming one, or the last.

    Examples
    --------
    >>> today = date(2026, 11, 30)
    >>> read_day("in two weeks", today), read_day("Freitag", today, "back"), read_day("soon", today)
    (datetime.date(2026, 12, 14), datetime.date(2026, 11, 27), None)
    """
    words = _in_words_of_rules(typed)
    for pattern, rule in _RULES:
        if fits := re.fullmatch(pattern, words):
            try:
                day = rule(fits.groupdict(), today, lies)
            except (ValueError, OverflowError):  # a date that no calendar has
                return None
            return day if day and _FIRST_YEAR <= day.year <= _LAST_YEAR else None
    return None


def _later(start: date, count: int, unit: str) -> date:
    """Return the day so many units later; where a month is too short for the day, its last one."""
    if unit in _DAYS:
        return start + timedelta(days=count * _DAYS[unit])
    first = _month(start.year, start.month + count * _MONTHS[unit])
    return first.replace(day=min(start.day, _length(first)))


def _end(within: date, unit: str) -> date:
    """Return the last day of the week, month, quarter or year of a day."""
    if unit == "w":
        return within + timedelta(days=7 - within.isoweekday())
    length = _MONTHS[unit]
    last = _month(within.year, -(-within.month // length) * length)
    return last.replace(day=_length(last))


def _month(year: int, month: int) -> date:
    """Return the first day of a month of a calendar that goes on: the 13th month is January of the next year."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _length(month: date) -> int:
    return calendar.monthrange(month.year, month.month)[1]


def _real(first: date, day: int) -> date | None:
    """Return a day of a month, if the month is long enough."""
    return first.replace(day=day) if 1 <= day <= _length(first) else None


def _meant(nth: Callable[[int], date | None], today: date, lies: Lies) -> date | None:
    """Return the one of these days that is meant: the first that does not lie on the other side of today."""
    step = 1 if lies == "ahead" else -1
    days = (nth(at * step) for at in range(_LEAP_YEARS + 1))
    return next((day for day in days if day and (day - today).days * step >= 0), None)


def _day_of_month(parts: Parts, today: date, lies: Lies) -> date | None:
    """Return a day of a month; without a year the coming one or the last one, but a weekday may say: this year's."""
    month, day, year, weekday = int(parts["month"]), int(parts["day"]), parts.get("year"), parts.get("weekday")

    def in_year(of: int) -> date | None:
        return _real(date(of, month, 1), day)

    if year:
        candidates = [in_year(int(year) + (2000 if len(year) == len("26") else 0))]
    else:
        candidates = [_meant(lambda at: in_year(today.year + at), today, lies), in_year(today.year)]
    return next((one for one in candidates if one and (not weekday or one.isoweekday() == int(weekday))), None)


def _weekday(parts: Parts, today: date, lies: Lies) -> date:
    """Return the coming one, which is not today: whoever means today says so; or the last one, which may be."""
    return today + timedelta(days=(7 if lies == "ahead" else 0) - _since(parts, today))


def _since(parts: Parts, today: date) -> int:
    """Return how many days ago it was last this weekday."""
    return (today.isoweekday() - int(parts["weekday"])) % 7


def _shift(parts: Parts, today: date, _: Lies) -> date:
    return _later(today, int(parts["count"]), parts.get("unit") or "d")


def _shift_back(parts: Parts, today: date, _: Lies) -> date:
    return _later(today, -int(parts["count"]), parts["unit"])


_ON = r"(?:weekday(?P<weekday>\d) )?"
_YEAR = r"(?: (?P<year>\d{4}|\d{2}))?"

#: What is read, in the words of the table: the first rule that fits says which day it is.
_RULES: Final[list[tuple[str, Rule]]] = [
    (r"day(?P<count>[+-]\d+)", _shift),
    (r"(?P<count>[+-]\d+)(?: (?P<unit>[dwmqy]))?", _shift),
    (r"(?:day\+0 )?in (?P<count>\d+) (?P<unit>[dwmqy])", _shift),
    (
        r"(?P<count>\d+) (?P<unit>[dwmqy])(?: day\+0)?",
        lambda parts, today, lies: (_shift if lies == "ahead" else _shift_back)(parts, today, lies),
    ),
    (r"ago (?P<count>\d+) (?P<unit>[dwmqy])", _shift_back),
    (r"(?P<count>\d+) (?P<unit>[dwmqy]) ago", _shift_back),
    (
        r"(?:in )?(?P<which>next|coming|last) (?P<unit>[dwmqy])",
        lambda parts, today, _: _later(today, _STEPS[parts["which"]], parts["unit"]),
    ),
    (
        r"end (?:(?P<which>this|next|coming|last) )?(?P<unit>[wmqy])",
        lambda parts, today, _: _end(_later(today, _STEPS[parts["which"] or "this"], parts["unit"]), parts["unit"]),
    ),
    (
        r"end month(?P<month>\d+)",
        lambda parts, today, lies: _meant(
            lambda at: _end(date(today.year + at, int(parts["month"]), 1), "m"), today, lies
        ),
    ),
    (r"(?:(?:this|coming) )?weekday(?P<weekday>\d)", _weekday),
    (
        r"next weekday(?P<weekday>\d)",
        lambda parts, today, _: today + timedelta(days=7 - today.isoweekday() + int(parts["weekday"])),
    ),
    (
        r"last weekday(?P<weekday>\d)",
        lambda parts, today, _: today - timedelta(days=_since(parts, today) or 7),
    ),
    (
        r"(?P<day>\d{1,2}) th",
        lambda parts, today, lies: _meant(
            lambda at: _real(_month(today.year, today.month + at), int(parts["day"])), today, lies
        ),
    ),
    (rf"{_ON}(?P<day>\d{{1,2}})(?: th)? month(?P<month>\d+){_YEAR}", _day_of_month),
    (rf"{_ON}month(?P<month>\d+) (?P<day>\d{{1,2}})(?: th)?(?: (?P<year>\d{{4}}))?", _day_of_month),
    (rf"{_ON}(?P<day>\d{{1,2}}) (?P<month>\d{{1,2}}){_YEAR}", _day_of_month),
    (r"(?P<year>\d{4}) (?P<month>\d{1,2}) (?P<day>\d{1,2})", _day_of_month),
]


def _in_words_of_rules(typed: str) -> str:
    """Return what was typed in the words of the rules."""
    words = _split(_BEHIND_A_NUMBER.sub(" ", _BETWEEN_NUMBERS.sub(" ", _plain(typed))))
    meanings, _ = _table()
    sentence = meanings.get(" ".join(words))
    return " ".join(filter(None, map(_meaning, words))) if sentence is None else sentence


def _meaning(word: str) -> str:
    """Return what a word stands for."""
    meanings, names = _table()
    if word in meanings:
        return meanings[word]
    if _NUMBER.fullmatch(word):
        return word
    begun = {meaning for name, meaning in names if len(word) >= _ENOUGH_LETTERS and name.startswith(word)}
    return begun.pop() if len(begun) == 1 else _UNKNOWN


@cache
def _table() -> tuple[Mapping[str, str], list[tuple[str, str]]]:
    """Return what words stand for, and the names of which a beginning is enough."""
    languages = json.loads(files("coaching.data").joinpath("days.json").read_text(encoding="utf-8"))
    meanings: dict[str, str] = {}
    names: list[tuple[str, str]] = []
    for table in languages.values():
        names += _named(table["weekdays"], "weekday")
        names += _named(table["months"], "month")
        for meaning, words in (table["words"] | table["sentences"]).items():
            meanings |= {" ".join(_split(_plain(word))): meaning for word in words}
    return meanings, names


def _named(names: list[str], kind: str) -> Iterator[tuple[str, str]]:
    return ((_plain(name), f"{kind}{number}") for number, name in enumerate(names, 1))


def _plain(words: str) -> str:
    """Return words without what is typed in one way or another: capitals, the dots of an umlaut."""
    parts = unicodedata.normalize("NFKD", words)
    return "".join(sign for sign in parts if not unicodedata.category(sign).startswith("M")).lower()


def _split(words: str) -> list[str]:
    return [word for word in _BETWEEN_WORDS.split(words) if word]
