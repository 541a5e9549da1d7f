"""People's words and days as a page can carry them: nothing dropped, nothing able to disturb what stands around it."""

import unicodedata
from datetime import date
from typing import Final

_MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 -- reads better than twelve quoted names
)
_KEPT: Final = frozenset("\t\n")
_PICTURES: Final = 0x2400
_DELETE: Final = "\x7f"
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_TURNING: Final = frozenset(map(chr, [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]))


def visible(text: str) -> str:
    r"""Return `text` with every character that HTML cannot carry replaced by one that shows where it stood.

    Control characters become their pictures (NUL is shown as ``␀``), those without a picture, noncharacters and halves
    of surrogate pairs the replacement character. Line breaks of every system become line feeds.

    Examples
    --------
    >>> visible("a\x00b\r\nc\uffff")
    'a␀b\nc\ufffd'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign if sign.isprintable() else _shown(sign) for sign in lines)


def plain(text: str) -> str:
    r"""Return `text` for a place without elements, such as the page's title: one line, what would turn it made visible.

    Examples
    --------
    >>> plain("Maha\u202e\n(she)")
    'Maha\ufffd (she)'
    """
    return " ".join("".join(_REPLACEMENT if sign in _TURNING else sign for sign in visible(text)).split())


def is_blank(text: str | None) -> bool:
    """Say whether there is nothing to read."""
    return text is None or not text.strip()


def day_in_words(day: date) -> str:
    """Return ``"6 January 2026"``, in English on every machine."""
    return f"{day.day} {month_in_words(day)} {day.year}"


def short_day(day: date) -> str:
    """Return ``"6 Jan 2026"``."""
    return f"{day.day} {month_in_words(day)[:3]} {day.year}"


def month_in_words(day: date) -> str:
    """Return ``"January"``."""
    return _MONTHS[day.month - 1]


def counted(count: int, one: str) -> str:
    """Return ``"1 session"`` or ``"3 sessions"``."""
    return f"{count} {one if count == 1 else one + 's'}"


def _shown(sign: str) -> str:
    code = ord(sign)
    if sign in _KEPT:
        return sign
    if code < ord(" "):
        return chr(_PICTURES + code)
    if sign == _DELETE:
        return "\N{SYMBOL FOR DELETE}"
    # An unassigned character may be one of a newer Unicode and stays; a noncharacter never will be assigned.
    return _REPLACEMENT if unicodedata.category(sign) in {"Cc", "Cs"} or _is_noncharacter(code) else sign


def _is_noncharacter(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004 -- Unicode's own numbers
