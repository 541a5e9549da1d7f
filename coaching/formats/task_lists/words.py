"""When two lines have the same words: what changes in them though the task does not, makes no difference.

========================================  =================================================
what changes                              how it is compared
========================================  =================================================
white space, capitals, NFC and NFD        as if there were none of it
``**bold**``, ``_italic_``, ``~~struck~~``  without the signs
``[words](address)``, ``[[page|words]]``, ``<b>``  by the words that are shown
``:emoji:`` codes and emoji               left out
``.`` ``!`` ``:`` at the end              left out
``[2/5]``, ``[40%]``, ``[^1]``, a day as a link  left out
signs that nobody sees                    left out
========================================  =================================================
"""

from functools import lru_cache
from re import Match
from re import compile as pattern
from typing import Final
from unicodedata import category, normalize

import regex

from coaching.formats.task_lists.dates import day_in

_EMOJI_CODE: Final = pattern(r"(?<![\w:]):[a-z0-9_+-]{2,40}:(?!\w)")
_EMOJI: Final = regex.compile(
    r"[\p{Extended_Pictographic}--[0-9#*©®™↔→←]]\ufe0f?|[\U0001F3FB-\U0001F3FF\u200d\ufe0f]", regex.V1
)
_LINK: Final = pattern(r"!?\[([^\[\]]*)\](?:\((?:[^()\s]|\([^()\s]*\))*(?: [^()]*)?\)|\[[^\[\]^]*\])")
_PAGE: Final = pattern(r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_DAY_LINK: Final = pattern(r"\(?\[\[([^\[\]|]*)(?:\|[^\[\]]*)?\]\]\)?|\(([0-9]{4}-[0-9]{2}-[0-9]{2})\)")
_PROGRESS: Final = pattern(r"[\[(](?:[0-9]{1,4}/[0-9]{1,4}|[0-9]{1,3} ?%)[\])]|\[\^[^\[\]]+\]")
_SIGNS: Final = pattern(
    r"</?(?:b|strong|i|em|u|s|del|ins|mark|small|sub|sup|span|font|code|kbd)(?: [^<>]*)?>"
    r"|\*{1,3}|~~|==|`+|(?<!\w)_{1,3}|_{1,3}(?!\w)|\\(?=[^\w\s])"
)
#: What holds a letter of Persian, or the parts of an emoji, to another.
_JOINER: Final = "\u200d"
_AT_THE_END: Final = " \t.,;:!?…-–—→>"
#: Without any of these, and all in ASCII, only what stands at the end can make a difference.
_SIGNS_OF_MORE: Final = frozenset("*_~=`\\:[(!%<")
_STRUCK: Final = pattern(r"(~~?)(?=\S)[^~]+(?<=\S)\1(?!~)|<(s|del|strike)>.*?</\2>")


def even(words: str) -> str:
    """Return words with one space wherever there is white space, none at the ends."""
    return " ".join(words.split())


def folded(words: str) -> str:
    """Return words as names and states are compared: white space, capitals and ways to write a letter are alike.

    Examples
    --------
    >>> folded(" Book  a ROOM ") == folded("book a room")
    True
    """
    return normalize("NFC", even(words)).casefold()


@lru_cache(maxsize=20_000)
def words_key(words: str) -> str:
    """Return what two lines share if they are the same task; never empty unless the words are.

    Examples
    --------
    >>> words_key("**Book** a [room](https://a.example) :tada: [2/5].") == words_key("~~book a room~~ 🎉")
    True
    """
    plain = folded(words)
    if plain.isascii() and _SIGNS_OF_MORE.isdisjoint(plain):
        return plain.strip(_AT_THE_END) or plain
    seen = "".join(sign for sign in plain if category(sign) != "Cf" or sign == _JOINER)
    shown = _EMOJI_CODE.sub(" ", _PROGRESS.sub(" ", _DAY_LINK.sub(_without_day, seen)))
    shown = _EMOJI.sub(" ", _PAGE.sub(r"\1", _LINK.sub(r"\1", shown)))
    return even(_SIGNS.sub("", shown)).strip(_AT_THE_END) or plain


def is_struck(words: str) -> bool:
    """Tell whether all of a line is struck through.

    Examples
    --------
    >>> is_struck("~~Buy a whiteboard~~"), is_struck("~~Buy~~ rent a whiteboard")
    (True, False)
    """
    rest, struck = _STRUCK.subn("", words)
    return bool(struck) and not any(map(str.isalnum, rest))


def _without_day(link: Match[str]) -> str:
    """Return nothing for a link to a day, any other link as it is."""
    return " " if day_in(link[1] or link[2]) else link[0]
