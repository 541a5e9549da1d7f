"""People's words as a file for readers can carry them: nothing dropped, every sign that no reader shows replaced."""

import unicodedata
from typing import Final

_KEPT: Final = frozenset("\t\n")
_PICTURES: Final = 0x2400
_DELETE: Final = "\x7f"
#: Letters and patterns of Unicode that are blank: fillers of Hangul, the Braille pattern without a dot.
_UNSEEN: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


def visible(text: str) -> str:
    r"""Return `text` with every character that HTML, a table or a calendar cannot carry replaced by one in its place.

    Control characters become their pictures (NUL is shown as ``␀``), those without a picture, noncharacters and halves
    of surrogate pairs the replacement character. Line breaks of every system become line feeds.

    Examples
    --------
    >>> visible("a\x00b\r\nc\uffff")
    'a␀b\nc\ufffd'
    """
    if text.isprintable():  # nearly all words are, and a page asks of thousands
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign if sign.isprintable() else _shown(sign) for sign in lines)


def is_blank(text: str) -> bool:
    r"""Say whether nobody sees anything of a text: it has only spaces, and signs that are no wider than nothing.

    Examples
    --------
    >>> is_blank(" \u200b\u2800"), is_blank("\u200bAna")
    (True, False)
    """
    return all(sign in _UNSEEN or unicodedata.category(sign)[0] in "ZC" for sign in text)


def _shown(sign: str) -> str:
    code = ord(sign)
    if sign in _KEPT:
        return sign
    if code < ord(" "):
        return chr(_PICTURES + code)
    if sign == _DELETE:
        return "\N{SYMBOL FOR DELETE}"
    # An unassigned character may be one of a newer Unicode and stays; a noncharacter never will be assigned.
    return _REPLACEMENT if unicodedata.category(sign) in {"Cc", "Cs"} or is_noncharacter(sign) else sign


def is_noncharacter(sign: str) -> bool:
    """Say whether a sign is one that Unicode will never assign."""
    code = ord(sign)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004 -- Unicode's own numbers
