"""Text → words as people see them, in any script, with the white space between them kept."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_ZERO_WIDTH_JOINER = "\u200d"
#: Invisible characters inside a word: soft hyphen, zero-width (non-)joiner, word joiner.
_INVISIBLE = frozenset("\u00ad\u200c\u200d\u2060")
#: Signs that hold a word together when they stand between two letters: don't, one-on-one, אח״כ.
_INNER = frozenset("'’ʼ-‐‑·׳״")
#: First and last characters of the scripts that put no space between words, one character is one word there:
#: Thai and Lao, Myanmar, Khmer, 々 and its neighbours, kana, ideographs.
_SPACELESS = (
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u3005", "\u3007"),
    ("\u3040", "\u30ff"),
    ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\uff66", "\uff9f"),
    ("\U00020000", "\U0003ffff"),
)
_SPACELESS_STARTS = tuple(first for first, _ in _SPACELESS)
# fmt: off
_STOP_WORDS = frozenset((
    "a", "am", "an", "and", "are", "as", "at", "be", "by", "do", "for", "from", "he", "her", "his", "i", "in", "is",
    "it", "its", "me", "my", "not", "of", "on", "or", "our", "she", "so", "that", "the", "their", "them", "they",
    "this", "to", "was", "we", "were", "what", "when", "who", "will", "with", "you", "your",
))
# fmt: on
_SHORTEST_WITH_ENDING = 5


@dataclass(frozen=True)
class Token:
    """One word, emoji or punctuation mark; `before` is the white space (and what is invisible) in front of it."""

    text: str
    before: str


def tokens(text: str) -> tuple[tuple[Token, ...], str]:
    """Return the words of a text, and the white space after the last one.

    A word is a run of letters and digits with their combining marks, apostrophes and hyphens inside it included; in
    scripts without spaces every letter is a word; an emoji sequence is one word; so is every other visible sign.
    Nothing is lost: ``"".join(t.before + t.text for t in words) + rest == text``.

    Examples
    --------
    >>> [token.text for token in tokens("Don't fear 地図, 👩🏽‍🚀!")[0]]
    ["Don't", 'fear', '地', '図', ',', '👩🏽\u200d🚀', '!']
    """
    words: list[Token] = []
    before = word = ""
    clusters = list(_clusters(text))
    for index, cluster in enumerate(clusters):
        if _is_blank(cluster):
            before += cluster
            continue
        word += cluster
        following = clusters[index + 1] if index + 1 < len(clusters) else ""
        if not _goes_on(cluster, following, clusters[index + 2 : index + 3], started=len(word) > len(cluster)):
            words.append(Token(word, before))
            before = word = ""
    return tuple(words), before


def is_blank(text: str | None) -> bool:
    r"""Say whether a text shows nothing: missing, empty, white space or invisible characters only.

    Examples
    --------
    >>> is_blank(None), is_blank(" \u200b\n"), is_blank(".")
    (True, True, False)
    """
    return text is None or _is_blank(text)


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
    return any(sign.isalnum() for sign in word) and key(word) not in _STOP_WORDS


def is_punctuation(word: str) -> bool:
    """Say whether a token has neither letter nor digit nor picture."""
    return not any(sign.isalnum() or _is_picture(sign) for sign in word)


def _clusters(text: str) -> Iterator[str]:
    """Cut a text into what people take for one character: a base with its marks, or a whole emoji sequence."""
    cluster = ""
    for sign in text:
        if cluster and not _stays_with(cluster, sign):
            yield cluster
            cluster = ""
        cluster += sign
    if cluster:
        yield cluster


def _stays_with(cluster: str, sign: str) -> bool:
    base = cluster[0]
    if sign.isascii() or _is_blank(base):
        return False
    if _is_regional(sign):
        return len(cluster) == 1 and _is_regional(base)
    after_joiner = cluster[-1] == _ZERO_WIDTH_JOINER and _is_picture(base) and _is_picture(sign)
    return after_joiner or _extends(sign)


def _extends(sign: str) -> bool:
    tone_or_tag = "\U0001f3fb" <= sign <= "\U0001f3ff" or "\U000e0020" <= sign <= "\U000e007f"
    return sign in _INVISIBLE or tone_or_tag or unicodedata.category(sign).startswith("M")


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) == "So"


def _is_regional(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _is_blank(text: str) -> bool:
    return not text.isalnum() and all(unicodedata.category(sign) in {"Zs", "Zl", "Zp", "Cc", "Cf"} for sign in text)


def _is_letter(cluster: str) -> bool:
    return cluster[:1].isalnum() and not _is_spaceless(cluster[0])


def _is_spaceless(sign: str) -> bool:
    place = bisect_right(_SPACELESS_STARTS, sign) - 1
    return place >= 0 and sign <= _SPACELESS[place][1]


def _goes_on(cluster: str, following: str, second: list[str], *, started: bool) -> bool:
    """Say whether the word that ends with `cluster` so far goes on with `following`."""
    if _is_letter(cluster):
        inner = following in _INNER and bool(second) and _is_letter(second[0])
        return _is_letter(following) or inner
    return started and cluster in _INNER
