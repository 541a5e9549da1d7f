"""The language that is spoken: the program's own sentences and days; the words of people are never touched.

Whoever is at the screen or the terminal is spoken to in the language of the process (see `speak`): that of the system,
unless they say otherwise. A page, or a session of one workbook, can speak another one (see `speaking`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import Final, Literal

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.lists import format_list

#: The languages a page can be written in; English is that of the source.
LANGUAGES: Final = ("en", "de")

#: The plural forms that there are, and so many numbers as have all of them.
_CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")
_ENOUGH_NUMBERS: Final = 200

DayForm = Literal["long", "no_year", "short", "day_month"]

_FORMS: Final = {
    "en": {"long": "d MMMM y", "no_year": "d MMMM", "short": "d MMM y", "day_month": "d MMM"},
    "de": {"long": "d. MMMM y", "no_year": "d. MMMM", "short": "d. MMM y", "day_month": "d. MMM"},
}
_IN_WORDS: Final = {"en": "EEEE, d MMMM", "de": "EEEE, d. MMMM"}
_current: ContextVar[str | None] = ContextVar("language", default=None)
_of_process = [LANGUAGES[0]]


def speak(language: str) -> None:
    """Speak one of `LANGUAGES` in this process, in all its threads, wherever `speaking` says nothing else."""
    _of_process[0] = _checked(language)


def of_system(environ: Mapping[str, str]) -> str:
    """Return the first of `LANGUAGES` that somebody has asked for, English if it is none of them.

    ``COACHING_LANGUAGE`` is asked before what the system says, in the order of gettext.

    Examples
    --------
    >>> of_system({"LANG": "de_AT.UTF-8"}), of_system({"LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8"}), of_system({})
    ('de', 'en', 'en')
    """
    for variable in ("COACHING_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if said := environ.get(variable):
            wanted = (
                [said]
                if variable == "COACHING_LANGUAGE" or _is_plain(said)
                else [*environ.get("LANGUAGE", "").split(":"), said]
            )
            return next((language for one in wanted if (language := nearest(one))), LANGUAGES[0])
    return LANGUAGES[0]


def nearest(name: str | None) -> str | None:
    """Return the one of `LANGUAGES` that is meant by a name such as ``de-CH`` or ``de_DE.UTF-8``; None if none is.

    Examples
    --------
    >>> nearest("de-CH"), nearest("EN_us.UTF-8"), nearest("ar"), nearest(None)
    ('de', 'en', None, None)
    """
    begins = re.split(r"[-_.@]", (name or "").strip().casefold(), maxsplit=1)[0]
    return begins if begins in LANGUAGES else None


def language_names() -> list[tuple[str, str]]:
    """Return code and name of each of `LANGUAGES`, the name as its speakers say it.

    Examples
    --------
    >>> language_names()
    [('en', 'English'), ('de', 'Deutsch')]
    """
    return [(one, str(Locale(one).get_display_name(one))) for one in LANGUAGES]


def to_say(message: str) -> str:
    """Mark a sentence for the catalogue that `say` is given later, and return it as it is."""
    return message


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write everything in one of `LANGUAGES` until the block ends.

    Raises
    ------
    ValueError
        If it is none of them.
    """
    token = _current.set(_checked(language))
    try:
        yield
    finally:
        _current.reset(token)


def language() -> str:
    """Return the language that is spoken now, as HTML's `lang` names it."""
    return _current.get() or _of_process[0]


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
    return _catalogue(language()).gettext(message).format(**values)


def say_counted(one: str, many: str, count: int, /, **values: object) -> str:
    """Return a sentence in its singular or plural; ``{count}`` in it is the number.

    Examples
    --------
    >>> say_counted("{count} session", "{count} sessions", 3)
    '3 sessions'
    """
    return _catalogue(language()).ngettext(one, many, count).format(count=count, **values)


def say_forms(one: str, many: str | None = None) -> list[str]:
    """Return all forms of a sentence, with its places, for somebody else to choose from.

    One that counts has a form for each category of CLDR that the language has, in the order zero, one, two, few, many,
    other; any other sentence has one.

    Examples
    --------
    >>> with speaking("de"):
    ...     say_forms("{count} hour", "{count} hours")
    ['{count} Stunde', '{count} Stunden']
    """
    catalogue = _catalogue(language())
    if many is None:
        return [catalogue.gettext(one)]
    category = Locale(language()).plural_form
    first = {category(number): number for number in reversed(range(_ENOUGH_NUMBERS))}
    return [catalogue.ngettext(one, many, first[name]) for name in _CATEGORIES if name in first]


def say_prompt(question: str) -> str:
    """Return a question of the catalogue `coaching.model.prompts` in the language of the page.

    Examples
    --------
    >>> with speaking("de"):
    ...     say_prompt("What did the quiet do?")
    'Was hat die Stille getan?'
    """
    return _catalogue(language()).gettext(question)


def say_day(day: date, form: DayForm = "long") -> str:
    """Return a day: ``"6 January 2026"``, or without its year, short ``"6 Jan 2026"``, or ``"6 Jan"`` as day and month.

    Examples
    --------
    >>> with speaking("de"):
    ...     say_day(date(2026, 1, 6))
    '6. Januar 2026'
    """
    return format_date(day, _FORMS[language()][form], locale=language())


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
    form = _IN_WORDS[language()]
    if today is None or today.year != day.year:
        form = f"{form} y"
    return format_date(day, form, locale=language())


def listed(words: Sequence[str]) -> str:
    """Return words as a list is said.

    Examples
    --------
    >>> listed(["Opening", "Closing"])
    'Opening and Closing'
    """
    return format_list(words, locale=language())


def say_month(month: int, *, short: bool = False) -> str:
    """Return the name of a month, 1 to 12.

    Examples
    --------
    >>> say_month(1), say_month(9, short=True)
    ('January', 'Sep')
    """
    names = get_month_names("abbreviated" if short else "wide", context="stand-alone", locale=language())
    return str(names[month])


def _checked(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"The program speaks {' or '.join(LANGUAGES)}.")
    return language


def _is_plain(locale: str) -> bool:
    """Tell whether this is the locale without a language, in which gettext asks for no other."""
    return locale.split(".", maxsplit=1)[0] in {"C", "POSIX"}


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == LANGUAGES[0]:
        return NullTranslations()
    with (files("coaching.data") / "locale" / language / "LC_MESSAGES" / "coaching.mo").open("rb") as file:
        return GNUTranslations(file)
