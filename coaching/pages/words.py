"""People's words as a page carries them: with the language that they are in."""

import re
from typing import Final, Self

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
