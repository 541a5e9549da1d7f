"""People's words as a page can carry them: with their language, and unable to disturb what stands around them."""

import re
from typing import Final, Self

from coaching.text import visible

_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_TURNING: Final = frozenset(map(chr, [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
_LANGUAGE: Final = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Words(str):
    """Words of a person.

    Attributes
    ----------
    lang
        Their language as HTML's `lang` names it; empty where it is not known, which says just that.

    Examples
    --------
    >>> Words("buenos días", "es").lang, Words("guten Tag", "German, mostly").lang
    ('es', '')
    """

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, text: str, lang: str | None = None) -> Self:
        """Keep the words as they are, and the language if it is a name for one."""
        words = super().__new__(cls, text)
        words.lang = lang if lang and _LANGUAGE.fullmatch(lang) else ""
        return words


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
