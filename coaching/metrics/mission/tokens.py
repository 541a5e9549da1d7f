"""Text → words as people see them, in any script, with the white space between them kept."""

import unicodedata
from dataclasses import dataclass

import regex

from coaching.text import BLANK

#: Invisible characters inside a word: soft hyphen, zero-width (non-)joiner, word joiner.
_INVISIBLE = frozenset("\u00ad\u200c\u200d\u2060")
#: The scripts that put no space between words: one character is one word there.
_SPACELESS = r"[\p{Thai}\p{Lao}\p{Myanmar}\p{Khmer}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]"
_LETTER = rf"(?=[[\p{{L}}\p{{N}}]--{_SPACELESS}])\X[\u00ad\u2060]*"
#: Signs that hold a word together when they stand between two letters: don't, one-on-one, אח״כ.
_WORD = rf"{_LETTER}(?:['’ʼ\-‐‑·׳״]?{_LETTER})*"
#: What a list puts before its line: a bullet, a box to tick, a numeral. It counts lines and says nothing.
_LIST_MARK = r"(?<=(?:\A|[\n\r\u2028\u2029])[ \t]*)(?:[-*+•‣–—][ \t]+)?(?:\[[ xX]\]|\p{Nd}{1,3}[.)])(?=\s|\Z)"
_TOKENS = regex.compile(rf"((?:{BLANK}|{_LIST_MARK})*+)({_WORD}|\X|\Z)", regex.V1)
# fmt: off
_STOP_WORDS = frozenset((
    "a", "am", "an", "and", "are", "as", "at", "be", "by", "do", "for", "from", "he", "her", "his", "i", "in", "is",
    "it", "its", "me", "my", "not", "of", "on", "or", "our", "she", "so", "that", "the", "their", "them", "they",
    "this", "to", "was", "we", "were", "what", "when", "who", "will", "with", "you", "your",
))
# fmt: on
_SHORTEST_WITH_ENDING = 5
#: Makes a key of the digit before it, which is a picture then.
_KEYCAP = "\u20e3"


@dataclass(frozen=True)
class Token:
    """One word, emoji or punctuation mark; `before` is what says nothing in front of it.

    That is white space, what is invisible, and the numeral of a list at the beginning of its line.
    """

    text: str
    before: str


def tokens(text: str) -> tuple[tuple[Token, ...], str]:
    """Return the words of a text, and the white space after the last one.

    A word is a run of letters and digits with their combining marks, apostrophes and hyphens inside it included; in
    scripts without spaces every letter is a word; an emoji sequence is one word; so is every other visible sign. The
    numeral of a list is none. Nothing is lost: ``"".join(t.before + t.text for t in words) + rest == text``.

    Examples
    --------
    >>> [token.text for token in tokens("Don't fear 地図, 👩🏽‍🚀!")[0]]
    ["Don't", 'fear', '地', '図', ',', '👩🏽\u200d🚀', '!']
    """
    pairs = _TOKENS.findall(text)
    rest = "".join(before for before, word in pairs if not word)
    return tuple(Token(word, before) for before, word in pairs if word), rest


def key(word: str) -> str:
    """Return what two spellings of one word have in common: no case, one kind of apostrophe, nothing invisible."""
    visible = "".join(sign for sign in word if sign not in _INVISIBLE or _is_picture(word[0]))
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", visible).casefold()).replace("’", "'")


def stem(word: str) -> str:
    """Return the key without a plural or third-person -s, so that a word can be followed from help to helps.

    Examples
    --------
    >>> stem("Helps"), stem("glass"), stem("yes")
    ('help', 'glass', 'yes')
    """
    plain = key(word)
    ends = plain.isascii() and len(plain) >= _SHORTEST_WITH_ENDING and plain.endswith("s") and not plain.endswith("ss")
    return plain[:-1] if ends else plain


def is_content(word: str) -> bool:
    """Say whether a word carries content: it has a letter or digit and is no English stop word."""
    return not is_punctuation(word) and key(word) not in _STOP_WORDS


def is_sign(word: str) -> bool:
    """Say whether a token is a sign alone: it has neither letter nor digit nor picture."""
    return not any(sign.isalnum() or _is_picture(sign) for sign in word)


def is_punctuation(word: str) -> bool:
    """Say whether a token has neither letter nor digit; an emoji has none, whatever it shows."""
    return _KEYCAP in word or not any(sign.isalnum() for sign in word)


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) == "So"
