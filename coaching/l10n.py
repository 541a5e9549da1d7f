"""What is written as a place and its language do: days, months, lists and plurals; as Unicode's CLDR knows them.

It stands apart from `coaching.i18n`, as reading what CLDR knows takes longer than all that a short command does.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.lists import format_list

from coaching import i18n
from coaching.i18n import language

#: The plural forms that there are, and so many numbers as have all of them.
_CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")
_ENOUGH_NUMBERS: Final = 200

DayForm = Literal["long", "no_year", "short", "day_month"]

_FORMS: Final = {
    "en": {"long": "d MMMM y", "no_year": "d MMMM", "short": "d MMM y", "day_month": "d MMM"},
    "de": {"long": "d. MMMM y", "no_year": "d. MMMM", "short": "d. MMM y", "day_month": "d. MMM"},
}
_IN_WORDS: Final = {"en": "EEEE, d MMMM", "de": "EEEE, d. MMMM"}


def say_forms(one: str, many: str | None = None) -> list[str]:
    """Return all forms of a sentence, with its places, for somebody else to choose from.

    One that counts has a form for each category of CLDR that the language has, in the order zero, one, two, few, many,
    other; any other sentence has one.

    Examples
    --------
    >>> with i18n.speaking("de"):
    ...     say_forms("{count} hour", "{count} hours")
    ['{count} Stunde', '{count} Stunden']
    """
    catalogue = i18n.catalogue(language())
    if many is None:
        return [catalogue.gettext(one)]
    category = Locale(language()).plural_form
    first = {category(number): number for number in reversed(range(_ENOUGH_NUMBERS))}
    return [catalogue.ngettext(one, many, first[name]) for name in _CATEGORIES if name in first]


def say_day(day: date, form: DayForm = "long") -> str:
    """Return a day: ``"6 January 2026"``, or without its year, short ``"6 Jan 2026"``, or ``"6 Jan"`` as day and month.

    Examples
    --------
    >>> with i18n.speaking("de"):
    ...     say_day(date(2026, 1, 6))
    '6. Januar 2026'
    """
    return _formatted(day, form, language())


@lru_cache(maxsize=4096)
def _formatted(day: date, form: DayForm, spoken: str) -> str:
    return format_date(day, _FORMS[spoken][form], locale=spoken)


def in_words(day: date, today: date | None = None) -> str:
    """Return a day as people say it; the year only where it is not that of `today`.

    Examples
    --------
    >>> in_words(date(2026, 12, 11)), in_words(date(2026, 12, 11), today=date(2026, 11, 30))
    ('Friday, 11 December 2026', 'Friday, 11 December')
    >>> with i18n.speaking("de"):
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
