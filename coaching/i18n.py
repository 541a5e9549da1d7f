"""The language that a page is written in: its own sentences and days; the words of people are never touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import Final, Literal

from babel.dates import format_date, get_month_names

#: The languages a page can be written in; English is that of the source.
LANGUAGES: Final = ("en", "de")

DayForm = Literal["long", "no_year", "short", "day_month"]

_FORMS: Final = {
    "en": {"long": "d MMMM y", "no_year": "d MMMM", "short": "d MMM y", "day_month": "d MMM"},
    "de": {"long": "d. MMMM y", "no_year": "d. MMMM", "short": "d. MMM y", "day_month": "d. MMM"},
}
_IN_WORDS: Final = {"en": "EEEE, d MMMM", "de": "EEEE, d. MMMM"}
_current: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write everything in one of `LANGUAGES` until the block ends.

    Raises
    ------
    ValueError
        If it is none of them.
    """
    if language not in LANGUAGES:
        raise ValueError(f"A page can be written in {' or '.join(LANGUAGES)}.")
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def language() -> str:
    """Return the language that is spoken now, as HTML's `lang` names it."""
    return _current.get()


def say(message: str, /, **values: object) -> str:
    """Return a sentence in the language of the page.

    Parameters
    ----------
    message
        The English sentence; it is looked up as it stands in the source.
    **values
        What goes into its ``{places}``. They are put in after the look-up and are never read as a message.

    Examples
    --------
    >>> say("since {day}", day="6 January 2026")
    'since 6 January 2026'
    """
    return _catalogue(_current.get()).gettext(message).format(**values)


def say_counted(one: str, many: str, count: int, /, **values: object) -> str:
    """Return a sentence in its singular or plural; ``{count}`` in it is the number.

    Examples
    --------
    >>> say_counted("{count} session", "{count} sessions", 3)
    '3 sessions'
    """
    return _catalogue(_current.get()).ngettext(one, many, count).format(count=count, **values)


def say_prompt(question: str) -> str:
    """Return a question of the catalogue `coaching.model.prompts` in the language of the page.

    Examples
    --------
    >>> with speaking("de"):
    ...     say_prompt("What did the quiet do?")
    'Was hat die Stille getan?'
    """
    return _catalogue(_current.get()).gettext(question)


def say_day(day: date, form: DayForm = "long") -> str:
    """Return a day: ``"6 January 2026"``, or without its year, short ``"6 Jan 2026"``, or ``"6 Jan"`` as day and month.

    Examples
    --------
    >>> with speaking("de"):
    ...     say_day(date(2026, 1, 6))
    '6. Januar 2026'
    """
    return format_date(day, _FORMS[_current.get()][form], locale=_current.get())


def in_words(day: date, today: date | None = None) -> str:
    """Return a day as people say it; the year only where it is not that of `today`.

    Examples
    --------
    >>> in_words(date(2026, 12, 11)), in_words(date(2026, 12, 11), today=date(2026, 11, 30))
    ('Friday, 11 December 2026', 'Friday, 11 December')
    >>> with speaking("de"):
    ...     in_words(date(2026, 12, 11))
    'Freitag, 11. Dezember 2026'
    """
    form = _IN_WORDS[_current.get()]
    if today is None or today.year != day.year:
        form = f"{form} y"
    return format_date(day, form, locale=_current.get())


def say_month(month: int, *, short: bool = False) -> str:
    """Return the name of a month, 1 to 12.

    Examples
    --------
    >>> say_month(1), say_month(9, short=True)
    ('January', 'Sep')
    """
    names = get_month_names("abbreviated" if short else "wide", context="stand-alone", locale=_current.get())
    return str(names[month])


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == LANGUAGES[0]:
        return NullTranslations()
    with (files("coaching.data") / "locale" / language / "LC_MESSAGES" / "coaching.mo").open("rb") as file:
        return GNUTranslations(file)
