r"""People's words: cut into characters, blank or not, and safe to show.

What these are is said by Unicode, whose properties and segmentation (UAX 29) the `regex` package knows.
"""

from itertools import accumulate, takewhile
from typing import Final

import regex

#: A class of what leaves no trace on paper: white space, what is ignored or formats, the Braille pattern without a dot.
BLANK: Final = r"[[\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]--\p{Prepended_Concatenation_Mark}]"
#: What neither HTML nor a table, a calendar or a drawing can carry.
UNSHOWABLE: Final = regex.compile(r"[[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]--[\t\n]]", regex.V1)

_CLUSTER: Final = regex.compile(r"\X")
_BLANK: Final = regex.compile(f"{BLANK}*", regex.V1)
_TURNING: Final = regex.compile(r"\p{Bidi_Control}")
_PICTURES: Final = {chr(code): chr(0x2400 + code) for code in range(0x20)} | {"\x7f": "\N{SYMBOL FOR DELETE}"}
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


def clusters(text: str) -> list[str]:
    """Return what readers take for the characters of a text: a letter with its marks, a flag, a joined emoji.

    Examples
    --------
    >>> clusters("né🇳🇵")
    ['n', 'é', '🇳🇵']
    """
    return _CLUSTER.findall(text)


def beginning(text: str, length: int) -> str:
    """Return as many whole words from the beginning of a text as `length` code points hold.

    Where the last word is a long one, or no space stands between words, it is cut between two characters.

    Examples
    --------
    >>> beginning("flag 🇳🇵", 6), beginning("the whole plan", 12), beginning("Donaudampfschiff", 5)
    ('flag', 'the whole', 'Donau')
    """
    ends = takewhile(lambda end: end <= length, accumulate(map(len, clusters(text))))
    end = max(ends, default=0)
    space = text.rfind(" ", 0, end)
    is_inside = end < len(text) and not text[end].isspace()
    return text[: space if is_inside and space * 2 >= end else end].rstrip()


def is_blank(text: str | None) -> bool:
    r"""Say whether nobody sees anything of a text: it is missing, or has only spaces and what is as wide as nothing.

    Examples
    --------
    >>> is_blank(None), is_blank(" \u200b\u2800"), is_blank("\u200bAna")
    (True, True, False)
    """
    return text is None or _BLANK.fullmatch(text) is not None


def filled(text: str | None) -> str | None:
    r"""Return a text as it is, and nothing where nobody sees anything of it (see `is_blank`).

    Examples
    --------
    >>> filled("\u200bAna") is not None, filled(" "), filled(None)
    (True, None, None)
    """
    return None if is_blank(text) else text


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
    return UNSHOWABLE.sub(lambda found: _PICTURES.get(found[0], _REPLACEMENT), lines)


def one_line(text: str) -> str:
    r"""Return `text` visible on one line, where it can command no terminal and turn nothing that stands around it.

    Examples
    --------
    >>> one_line("Maha\x1b[31m\u202e\n(she)")
    'Maha␛[31m\ufffd (she)'
    """
    return _TURNING.sub(_REPLACEMENT, visible(" ".join(text.split())))
