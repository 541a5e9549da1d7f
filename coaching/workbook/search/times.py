"""Stretches of time as people say them: "last autumn", 2025Q3, "September 2024", "since March"."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from coaching.days import read_day
from coaching.errors import CoachingError
from coaching.i18n import say, to_say
from coaching.metrics.periods import Period, parse_period

#: What is said where a time was not understood.
NO_TIME: Final = to_say(
    "write a quarter such as 2025Q3, a year, a month such as 2025-09 or 'September 2025', a day, or say it in words, "
    "such as 'last autumn', 'this year' or 'since March'"
)
_SEASONS: Final = {
    3: "spring fruhling fruhjahr",
    6: "summer sommer",
    9: "autumn fall herbst",
    12: "winter",
}
_MONTHS: Final = (
    ("january", "januar", "janner"),
    ("february", "februar", "feber"),
    ("march", "marz", "maerz"),
    ("april",),
    ("may", "mai"),
    ("june", "juni"),
    ("july", "juli"),
    ("august",),
    ("september",),
    ("october", "oktober"),
    ("november",),
    ("december", "dezember"),
)
_UNITS: Final = {
    "week": "w", "woche": "w",
    "month": "m", "monat": "m", "monats": "m",
    "quarter": "q", "quartal": "q", "quartals": "q",
    "year": "y", "jahr": "y", "jahres": "y",
}  # fmt: skip
_LENGTHS: Final = {"m": 1, "q": 3, "y": 12}
_SINCE: Final = r"since|from|after|seit|ab|nach"
_UNTIL: Final = r"before|until|till|to|vor|bis"
_LAST: Final = r"last|past|previous|letzte[rnsm]?|vorige[rnsm]?|vergangene[rnsm]?"
_THIS: Final = r"this|diese[rnsm]?"
_BETWEEN: Final = re.compile(
    r"(?:from |between |von |zwischen )?(.+?)(?: to | until | till | and | bis | und | ?\.\. ?| - )(.+)"
)
#: A dash between two times; the one in 2025-09 and in 2025-Q3 is none.
_DASH: Final = re.compile(r" ?[–—] ?|(?<=q[1-4])-(?=\d)")
_YEAR: Final = re.compile(r"\b\d{4}\b")
_FILLING: Final = re.compile(r"\b(?:in|im|the|of|der|den|dem|das|die|des)\b")
_ENOUGH_LETTERS = 3
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def read_time(typed: str, today: date) -> Period:
    """Return the stretch of time that somebody means.

    Parameters
    ----------
    typed
        In English or German. A season or a month without a year is the one that began last; "last" means the last one
        that is over. Seasons are those of the northern half of the earth.
    today
        The day it is.

    Raises
    ------
    CoachingError
        If no time is meant.

    Examples
    --------
    >>> today = date(2026, 12, 1)
    >>> autumn = read_time("last autumn", today)
    >>> autumn.start, autumn.end
    (datetime.date(2026, 9, 1), datetime.date(2026, 12, 1))
    >>> read_time("since march", today).start
    datetime.date(2026, 3, 1)
    """
    words = " ".join(_DASH.sub(" - ", _plain(typed)).split())
    if between := _BETWEEN.fullmatch(words):
        year = "" if _YEAR.search(between[1]) else " ".join(_YEAR.findall(between[2]))  # "March to May 2025"
        first, last = _stretch(f"{between[1]} {year}", today), _stretch(between[2], today)
    elif since := re.fullmatch(rf"(?:{_SINCE}) (.+)", words):
        stretch = _stretch(since[1], today)
        first, last = stretch and Period(stretch.start, None, typed), Period(None, None, typed)
    elif (until := re.fullmatch(rf"(?:{_UNTIL}) (.+)", words)) and not read_day(words, today, "back"):
        stretch = _stretch(until[1], today)
        first, last = Period(None, None, typed), stretch and Period(None, stretch.start, typed)
    else:
        first = last = _stretch(words, today)
    if first is None or last is None or (first.start and last.end and first.start >= last.end):
        raise CoachingError("time: {problem}.", problem=say(NO_TIME))
    return Period(first.start, last.end, " ".join(typed.split()))


def _stretch(words: str, today: date) -> Period | None:
    words = " ".join(_FILLING.sub(" ", words).split())
    try:
        return parse_period(words.replace("-q", "q").replace(" q", "q"))
    except CoachingError:
        pass
    for pattern, read in _RULES:
        if said := re.fullmatch(pattern, words):
            try:
                stretch = read(said.groupdict(), today)
            except (ValueError, OverflowError):  # none that a calendar has
                return None
            if stretch:
                return stretch
    day = read_day(words, today, "back")
    return Period(day, day + timedelta(days=1), words) if day else None


def _numbered_month(said: Mapping[str, str], _: date) -> Period | None:
    return _months(int(said["year"]), int(said["month"]), 1) if 1 <= int(said["month"]) <= _LENGTHS["y"] else None


def _quarter(said: Mapping[str, str], today: date) -> Period | None:
    """Return a quarter of a year: of one that is said, or else the one that has begun last."""
    begins = int(said["number"] or said["th"]) * 3 - 2
    year = int(said["year"] or today.year - (begins > today.month))
    return _months(year, begins, 3)


def _last_few(said: Mapping[str, str], today: date) -> Period | None:
    """Return "the last two weeks": from that day until today."""
    amount = f"{said['number']} {said['what']}"
    since = read_day(f"{amount} ago", today, "back") or read_day(f"vor {amount}", today, "back")
    return Period(since, today + timedelta(days=1), "") if since else None


def _unit(said: Mapping[str, str], today: date) -> Period | None:
    unit = _UNITS.get(said["what"].removesuffix("s")) or _UNITS.get(said["what"])
    if unit is None:
        return None
    if unit == "w":
        monday = today - timedelta(days=today.weekday() + (7 if said["last"] else 0))
        return Period(monday, monday + timedelta(days=7), "")
    length = _LENGTHS[unit]
    begins = (today.month - 1) // length * length + 1
    return _months(today.year, begins - (length if said["last"] else 0), length)


def _season_or_month(said: Mapping[str, str], today: date) -> Period | None:
    """Return a season or a month: of a year, or else the last one that is over, or the last one that has begun."""
    if (one := _named(said["what"])) is None:
        return None
    month, length = one
    if said.get("year"):
        return _months(int(said["year"]), month, length)
    candidates = [_months(today.year - back, month, length) for back in range(3)]
    if said.get("last"):
        return next(one for one in candidates if one.end and one.end <= today)
    return next(one for one in candidates if one.start and one.start <= today)


def _named(name: str) -> tuple[int, int] | None:
    for month, names in _SEASONS.items():
        if name in names.split():
            return month, 3
    if len(name) < _ENOUGH_LETTERS:
        return None
    meant = [at for at, names in enumerate(_MONTHS, 1) if any(one.startswith(name) for one in names)]
    return (meant[0], 1) if len(meant) == 1 else None


def _months(year: int, month: int, length: int) -> Period:
    """Return months of a calendar that goes on: month 0 is December of the year before."""
    return Period(_first(year, month), _first(year, month + length), "")


def _first(year: int, month: int) -> date:
    day = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR + 1:
        raise ValueError(day)
    return day


def _plain(words: str) -> str:
    parts = unicodedata.normalize("NFKD", words)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


Rule = Callable[[Mapping[str, str], date], Period | None]
_RULES: Final[list[tuple[str, Rule]]] = [
    (r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})", _numbered_month),
    (r"(?P<month>\d{1,2})[/.](?P<year>\d{4})", _numbered_month),
    (r"(?:q(?P<number>[1-4])|(?P<th>[1-4])\.? quartal)(?: (?P<year>\d{4}))?", _quarter),
    (rf"(?:{_LAST}) (?P<number>\w+) (?P<what>\w+)", _last_few),
    (rf"(?:(?P<last>{_LAST})|{_THIS}) (?P<what>\w+)", _unit),
    (rf"(?:(?:(?P<last>{_LAST})|{_THIS}) )?(?P<what>[^\W\d]+)\.?", _season_or_month),
    (r"(?P<what>[^\W\d]+)\.?,? (?P<year>\d{4})", _season_or_month),
]
