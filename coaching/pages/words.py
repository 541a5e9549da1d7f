"""People's words as a page carries them: with the language that they are in."""

import re
from typing import Final, Self

import regex

_LANGUAGE: Final = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
#: The scripts of the languages that are not written in Latin letters.
_SCRIPTS: Final = {
    "Arabic": "ar fa ur ps ckb sd ug",
    "Armenian": "hy",
    "Bengali": "bn as",
    "Cyrillic": "ru uk be bg mk kk ky tg mn",
    "Devanagari": "hi ne mr sa",
    "Ethiopic": "am ti",
    "Georgian": "ka",
    "Greek": "el",
    "Gujarati": "gu",
    "Gurmukhi": "pa",
    "Han": "zh yue",
    "Hangul": "ko",
    "Hebrew": "he yi",
    "Kannada": "kn",
    "Khmer": "km",
    "Lao": "lo",
    "Malayalam": "ml",
    "Myanmar": "my",
    "Sinhala": "si",
    "Tamil": "ta",
    "Telugu": "te",
    "Thai": "th",
}
_SCRIPT_OF: Final = {language: script for script, languages in _SCRIPTS.items() for language in languages.split()}
#: Japanese is written in three scripts, Serbian in two.
_LETTERS: Final = {"ja": r"[\p{Han}\p{Hiragana}\p{Katakana}]", "sr": r"[\p{Cyrillic}\p{Latin}]"}


class Words(str):
    """Words of a person.

    Attributes
    ----------
    lang
        Their language as HTML's `lang` names it; empty where it is not known, or no letter of it stands in the words,
        which says just that: people write names and other languages too.

    Examples
    --------
    >>> Words("buenos días", "es").lang, Words("guten Tag", "German, mostly").lang, Words("good day", "ar").lang
    ('es', '', '')
    """

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, text: str, lang: str | None = None) -> Self:
        """Keep the words as they are, and the language if it is a name for one."""
        words = super().__new__(cls, text)
        words.lang = lang if lang and _LANGUAGE.fullmatch(lang) and _is_written_in(words, lang) else ""
        return words


def _is_written_in(text: str, language: str) -> bool:
    """Say whether a text has a letter of the script of a language."""
    name, *subtags = language.split("-")
    if "Latn" in subtags:
        letters = r"\p{Latin}"
    else:
        letters = _LETTERS.get(name.lower(), rf"\p{{{_SCRIPT_OF.get(name.lower(), 'Latin')}}}")
    return regex.search(letters, text) is not None
