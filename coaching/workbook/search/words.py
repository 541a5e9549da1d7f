"""Text → words as they are looked for: without case and accents, each with what other forms of it have in common."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import regex
import Stemmer

#: Scripts that put no space between words, or put endings behind them without one: each character is a word there, and
#: what is looked for is a run of them.
_SPACELESS: Final = r"[\p{Thai}\p{Lao}\p{Myanmar}\p{Khmer}\p{Hangul}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]"
#: Invisible characters that may stand inside a word: soft hyphen, zero-width (non-)joiner, word joiner.
_INVISIBLE: Final = r"\u00ad\u200c\u200d\u2060"
_WORDS: Final = regex.compile(
    rf"(?=[[\p{{L}}\p{{N}}]&&{_SPACELESS}])\X"
    rf"|(?=[\p{{L}}\p{{N}}])[[\p{{L}}\p{{N}}\p{{M}}{_INVISIBLE}]--{_SPACELESS}]+"
    r"|(?=\p{Extended_Pictographic})\X",
    regex.V1,
)
_PLAIN_WORDS: Final = re.compile(r"[a-z0-9]+")
#: What is left out when words are compared: accents, points and signs that stand for vowels, stretched letters, colours
#: of pictures. The vowels of Indian scripts and the marks of kana are none of these: they make another word.
_LEFT_OUT: Final = regex.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    rf"\ufe0e\ufe0f\U0001f3fb-\U0001f3ff{_INVISIBLE}]"
)
_ARABIC: Final = regex.compile(r"\p{Arabic}")
#: Words of which a sentence has one at least in most cases, and the other language none.
_TELLING: Final = {
    "english": frozenset(("the", "and", "of", "to", "is", "it", "i", "my", "we", "you", "that", "this", "with", "not")),
    "german": frozenset(("und", "der", "das", "ich", "ist", "nicht", "ein", "eine", "zu", "wir", "sie", "mit", "auf")),
}


class Word(NamedTuple):
    """A word of a text: where it stands, and how it is looked for."""

    start: int
    end: int
    folded: str


def folded(word: str) -> str:
    r"""Return what spellings of one word have in common: no case, no accents, no signs that nobody sees.

    Examples
    --------
    >>> folded("Füße"), folded("E\N{COMBINING ACUTE ACCENT}TE\N{COMBINING ACUTE ACCENT}"), folded("ＡＢＣ")
    ('fusse', 'ete', 'abc')
    """
    if word.isascii():
        return word.lower()
    parts = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", word))
    return unicodedata.normalize("NFC", _LEFT_OUT.sub("", unicodedata.normalize("NFKD", parts.casefold())))


def words_of(text: str) -> Iterator[Word]:
    """Give the words of a text; in scripts without spaces each character is one.

    Examples
    --------
    >>> [word.folded for word in words_of("Die Übung, 地図 — don't 🌱!")]
    ['die', 'ubung', '地', '図', 'don', 't', '🌱']
    """
    for match in _WORDS.finditer(text):
        if word := folded(match[0]):
            yield Word(match.start(), match.end(), word)


class Vocabulary:
    """The words of many texts, with the forms of each that the texts have.

    It holds words of people: it goes with the index that it belongs to, and nothing outside it remembers any.
    """

    def __init__(self) -> None:
        # The library would keep thousands of words to itself otherwise, past the end of this.
        self._stemmers = {language: Stemmer.Stemmer(language, 0) for language in (*_TELLING, "arabic")}
        self._folded: dict[str, str] = {}
        self._seen: dict[str, set[str]] = {language: set() for language in self._stemmers}
        self._new: dict[str, set[str]] = {language: set() for language in self._stemmers}
        self._forms: dict[tuple[str, str], set[str]] = {}

    def __repr__(self) -> str:
        """Count, show no words."""
        return f"<Vocabulary of {sum(map(len, self._seen.values()))} words>"

    def take_in(self, text: str) -> list[str]:
        """Return the words of a text as they are looked for, and remember them by the language that it seems to be in.

        A text whose language nothing tells may be in either.
        """
        words = _PLAIN_WORDS.findall(text.lower()) if text.isascii() else self._words(text)
        speaks = [language for language, telling in _TELLING.items() if not telling.isdisjoint(words)]
        for language in speaks or _TELLING:
            self._new[language].update(words)
        if not text.isascii():
            self._new["arabic"].update(word for word in words if _ARABIC.match(word))
        return words

    def forms(self, word: str) -> frozenset[str]:
        """Return the forms of a word that texts have, dream for dreams, Bücher for Buch; and the word itself."""
        self._learn()
        return frozenset({word}).union(*(self._forms.get(stem, ()) for stem in self._stems(word)))

    def _words(self, text: str) -> list[str]:
        known = self._folded
        words = _WORDS.findall(text)
        for word in words:
            if word not in known:
                known[word] = folded(word)
        return [found for word in words if (found := known[word])]

    def _learn(self) -> None:
        for language, words in self._new.items():
            new = words - self._seen[language]
            for word, stem in zip(new, self._stemmers[language].stemWords(list(new)), strict=True):
                self._forms.setdefault((language, stem), set()).add(word)
            self._seen[language] |= new
            words.clear()

    def _stems(self, word: str) -> Iterable[tuple[str, str]]:
        return [(language, stemmer.stemWord(word)) for language, stemmer in self._stemmers.items()]
