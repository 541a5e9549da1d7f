"""The language that is spoken: the program's own sentences; the words of people are never touched.

Whoever is at the screen or the terminal is spoken to in the language of the process (see `speak`): that of the system,
unless they say otherwise. A page, or a session of one workbook, can speak another one (see `speaking`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

#: The languages a page can be written in; English is that of the source.
LANGUAGES: Final = ("en", "de")
_NAMES: Final = {"en": "English", "de": "Deutsch"}
_CATALOGUES: Final = Path(__file__).parent / "data/locale"
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
    return [(one, _NAMES[one]) for one in LANGUAGES]


def to_say(message: str) -> str:
    """Mark a sentence for the catalogue that `say` is given later, and return it as it is."""
    return message


@contextmanager
def speaking(wanted: str | None) -> Iterator[None]:
    """Write everything in one of `LANGUAGES` until the block ends; None is the one that is spoken already.

    Raises
    ------
    ValueError
        If it is none of them.
    """
    token = _current.set(_checked(wanted or language()))
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
        What goes into its ``{places}``. They are put in after the look-up and are never read as a message. Without
        them a sentence stays as it is, braces and all.

    Examples
    --------
    >>> say("since {day}", day="6 January 2026")
    'since 6 January 2026'
    """
    said = catalogue(language()).gettext(message)
    return said.format(**values) if values else said


def say_counted(one: str, many: str, count: int, /, **values: object) -> str:
    """Return a sentence in its singular or plural; ``{count}`` in it is the number.

    Examples
    --------
    >>> say_counted("{count} session", "{count} sessions", 3)
    '3 sessions'
    """
    return catalogue(language()).ngettext(one, many, count).format(count=count, **values)


def either(words: Sequence[str]) -> str:
    """Return words as a choice is said.

    Examples
    --------
    >>> either(["coach"]), either(["holder", "pair", "open"])
    ('coach', 'holder, pair or open')
    """
    *most, last = words
    return say("{words} or {last}", words=", ".join(most), last=last) if most else last


def say_prompt(question: str) -> str:
    """Return a question of the catalogue `coaching.model.prompts` in the language of the page.

    Examples
    --------
    >>> with speaking("de"):
    ...     say_prompt("What did the quiet do?")
    'Was hat die Stille getan?'
    """
    return catalogue(language()).gettext(question)


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the sentences of one of `LANGUAGES`; those of English are the source's own."""
    if language == LANGUAGES[0]:
        return NullTranslations()
    with (_CATALOGUES / language / "LC_MESSAGES/coaching.mo").open("rb") as file:
        return GNUTranslations(file)


def _checked(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"The program speaks {' or '.join(LANGUAGES)}.")
    return language


def _is_plain(locale: str) -> bool:
    """Tell whether this is the locale without a language, in which gettext asks for no other."""
    return locale.split(".", maxsplit=1)[0] in {"C", "POSIX"}
