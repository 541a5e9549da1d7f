"""Days in names and headings: what day, week or month a list is of."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from re import Pattern
from re import compile as pattern
from typing import Literal
from unicodedata import normalize

from coaching.formats.task_lists.dates import Order, day_in, months, valid_day, weekdays

_LONGEST_NAME = 300
#: So many folders above a file may say a part of its day: 2026/03/week 2/notes.md.
_FOLDERS = 4
_WORDS_BESIDE = 4
_NO_LIST = frozenset({"by", "until", "due", "till", "before", "bis", "vor", "fällig"})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_LETTERS = pattern(r"[^\W\d_]+")


@dataclass(frozen=True)
class NamedDay:
    """The day that a name says, and how closely: a day, or the first of a week or a month."""

    day: date
    span: Literal["day", "week", "month"] = "day"


Parts = Mapping[str, str]
Maker = Callable[[Parts, Order | None], NamedDay | None]


def day_of_name(file: str, order: Order | None = None) -> NamedDay | None:
    """Return the day in the name of a file, with what its folders add to it, or else of the nearest folder with one.

    A week is its Monday, the second week of a month begins on its eighth day, a month is its first day.

    Parameters
    ----------
    file
        The name, below the folder that is read.
    order
        What comes first where both numbers could be the month.

    Examples
    --------
    >>> [day_of_name(file).day.isoformat() for file in ("2026-03-04 One-on-one.md", "2026/W10.md", "2026-03-week2.md")]
    ['2026-03-04', '2026-03-02', '2026-03-08']
    """
    *folders, name = file.split("/")
    names = [_plain(one) for one in (*folders, name.rpartition(".")[0] or name) if len(one) <= _LONGEST_NAME]
    return next((day for end in range(len(names), 0, -1) if (day := _of_last(names[:end], order))), None)


def _of_last(names: Sequence[str], order: Order | None) -> NamedDay | None:
    """Return the day of the last of some names, one in the other, with what those above add to it."""
    whole = ["/".join(names[-depth:]) for depth in range(1, min(len(names), _FOLDERS) + 1)]
    days = (_first(text, order, after=len(text) - len(names[-1]), across="/" in text) for text in whole)
    return next((day for day in days if day), None)


def day_within(words: str, order: Order | None = None) -> NamedDay | None:
    """Return the first day, or week, that stands in words, such as those of a heading.

    Examples
    --------
    >>> day_within("One-on-one, March 4, 2026").day.isoformat()
    '2026-03-04'
    """
    found = _first(_plain(words), order)
    return found if found and found.span != "month" else None


def is_a_day(words: str) -> bool:
    """Tell whether words are a day and little else: the weekday, a word or two such as *One-on-one*."""
    plain = _plain(words)
    if day_within(plain) is None:
        return False
    rest = [word for word in _LETTERS.findall(plain) if word not in weekdays() and word not in months()]
    return len(rest) <= _WORDS_BESIDE and not says_until(plain)


def says_until(words: str) -> bool:
    """Tell whether a day in words is one by which something is due."""
    return not _NO_LIST.isdisjoint(_LETTERS.findall(_plain(words)))


def _plain(words: str) -> str:
    return normalize("NFC", words).casefold()[:_LONGEST_NAME].translate(_DASHES)


def _first(words: str, order: Order | None, after: int = -1, *, across: bool = False) -> NamedDay | None:
    """Return the first day in words that ends behind a place, by the closest form that is there."""
    for form, make, is_across in _forms():
        if is_across and not across:
            continue
        for match in form.finditer(words):
            parts = {name.rstrip("_"): value for name, value in match.groupdict().items() if value is not None}
            if match.end() > after and (found := make(parts, order)):
                return found
    return None


def _numbers(parts: Parts, _: Order | None) -> NamedDay | None:
    return _named(valid_day(parts["year"], int(parts["month"]), int(parts["day"])))


def _either(parts: Parts, order: Order | None) -> NamedDay | None:
    return _named(day_in(f"{parts['one']}/{parts['two']}/{parts['year']}", order))


def _in_words(parts: Parts, _: Order | None) -> NamedDay | None:
    return _named(valid_day(parts["year"], months()[parts["name"]], int(parts["day"])))


def _week(parts: Parts, _: Order | None) -> NamedDay | None:
    weekday = parts.get("weekday")
    try:
        day = date.fromisocalendar(int(parts["year"]), int(parts["week"]), int(weekday or 1))
    except ValueError:
        return None
    return NamedDay(day, "day" if weekday else "week")


def _week_of_month(parts: Parts, _: Order | None) -> NamedDay | None:
    first = valid_day(parts["year"], _month_of(parts), 1)
    day = first and first + timedelta(weeks=int(parts["week"]) - 1)
    return NamedDay(day, "week") if first and day and day.month == first.month else None


def _month(parts: Parts, _: Order | None) -> NamedDay | None:
    day = valid_day(parts["year"], _month_of(parts), 1)
    return NamedDay(day, "month") if day else None


def _month_of(parts: Parts) -> int:
    return months()[parts["name"]] if "name" in parts else int(parts["month"])


def _named(day: date | None) -> NamedDay | None:
    return NamedDay(day) if day else None


@cache
def _forms() -> list[tuple[Pattern[str], Maker, bool]]:
    """Return the forms of a day in a name, the closest first; the last says whether it needs a folder and a name."""
    return [(pattern(form), make, is_across) for form, make, is_across in _written_forms()]


def _written_forms() -> Iterator[tuple[str, Maker, bool]]:
    names = "|".join(sorted(months(), key=len, reverse=True))
    year, month = r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?![0-9])", rf"(?<![^\W\d_])(?P<name>{names})(?![^\W\d_])\.?"
    day = r"(?<![0-9])(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9])"
    gap, number = r"[-_./, ]{1,3}", r"(?:[0-9]{1,2}[-_. ]{1,3})?"
    week = r"(?<![^\W\d_])(?:w|kw|wk|week|woche|cw)[-_. #]{0,2}(?P<week>[0-9]{1,2})(?![0-9])"
    week_of_month = week.replace("[0-9]{1,2}", "[1-5]")
    apart = r"(?P<year>(?:19|20)[0-9]{2})(?P<sign>[-_./ ])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})"
    together = r"(?P<year_>(?:19|20)[0-9]{2})(?P<month_>[0-9]{2})(?P<day_>[0-9]{2})"
    yield rf"(?<![0-9])(?:{apart}|{together})(?![0-9])", _numbers, False
    yield rf"{year}[-_./ ]{{1,3}}(?P<month>[0-9]{{1,2}})[-_./ ]{{1,3}}{day}", _numbers, True
    yield rf"(?<![0-9])(?P<day>[0-9]{{1,2}})\. ?(?P<month>[0-9]{{1,2}})\. ?{year}", _numbers, False
    yield r"(?<![0-9.])(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{2})(?![0-9.])", _numbers, False
    yield rf"(?<![0-9])(?P<one>[0-9]{{1,2}})(?P<sign>[-_/ ])(?P<two>[0-9]{{1,2}})(?P=sign){year}", _either, False
    yield rf"{year}{gap}(?P<month>[0-9]{{1,2}}){gap}{week_of_month}", _week_of_month, False
    yield rf"{year}{gap}{number}{month}{gap}{week_of_month}", _week_of_month, False
    yield rf"{month}{gap}{year}{gap}{week_of_month}", _week_of_month, False
    yield rf"{week_of_month}{gap}(?:of )?{month}{gap}{year}", _week_of_month, False
    yield rf"{month}[-_./ ]{{0,2}}{day}{gap}{year}", _in_words, False
    yield rf"{day}{gap}(?:of )?{month}{gap}{year}", _in_words, False
    yield rf"{day}(?P<name>{names}){year}", _in_words, False
    yield rf"{year}{gap}{number}{month}{gap}{day}", _in_words, False
    yield (
        rf"{year}[-_./ ]{{0,3}}{week}(?:-?(?P<weekday>[1-7])(?![0-9]))?".replace("(?![0-9])[-_", "[-_", 1),
        _week,
        False,
    )
    yield rf"{week}{gap}(?:of |im? )?{year}", _week, False
    yield rf"{year}/(?:[^/0-9]{{1,40}}/)?{week}", _week, True
    yield (
        rf"{year}{gap}{number}{month}|{month.replace('name', 'name_')}{gap}{year.replace('year', 'year_')}",
        _month,
        False,
    )
    yield r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})[-_./ ]?(?P<month>[0-9]{2})(?![-_./ ]?[0-9])", _month, False
