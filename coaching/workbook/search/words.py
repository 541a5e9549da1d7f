"""Text → words as they are looked for: without case and accents, each with what other forms of it have in common."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
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
#: What stands for each sign of a text that has ASCII alone, as most English texts have: its words are what is left.
_PLAIN: Final = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(0x80)} | {0x1F: "\x1f"}
#: Stands between texts that are looked at together; hardly anybody writes it.
_BETWEEN: Final = "\x1f"
#: What is left out when words are compared: accents, points and signs that stand for vowels, stretched letters, colours
#: of pictures. The vowels of Indian scripts and the marks of kana are none of these: they make another word.
_LEFT_OUT: Final = regex.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    rf"\ufe0e\ufe0f\U0001f3fb-\U0001f3ff{_INVISIBLE}]"
)
_ARABIC: Final = regex.compile(r"\p{Arabic}")
#: Words of which a sentence has one at least in most cases, and the other language none.
_TELLING: Final = {
    "english": r"(?:^| )(?:the|and|of|to|is|it|i|my|we|you|that|this|with|not)(?: |$)",
    "german": r"(?:^| )(?:und|der|das|ich|ist|nicht|ein|eine|zu|wir|sie|mit|auf)(?: |$)",
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

    def take_in(self, texts: Sequence[str]) -> list[str]:
        """Return the words of texts as they are looked for, a space between them; and remember them by their language.

        A text whose language nothing tells may be in either.
        """
        taken = self._taken(texts)
        whole = pa.array(taken, pa.string())
        telling = {language: pc.match_substring_regex(whole, words) for language, words in _TELLING.items()}
        is_open = pc.invert(pc.or_(*telling.values()))
        for language, tells in telling.items():
            words = pc.split_pattern(whole.filter(pc.or_(tells, is_open)), " ")
            self._new[language].update(pc.unique(pc.list_flatten(words)).to_pylist())
        return taken

    def _taken(self, texts: Sequence[str]) -> list[str]:
        """Return the words of texts; all plain ones are looked at in one go, which takes a third of the time."""
        plain = [text for text in texts if text.isascii()]
        parts = _BETWEEN.join(plain).translate(_PLAIN).split(_BETWEEN)
        if len(parts) > max(len(plain), 1):  # somebody has written what stands between them
            parts = [text.translate(_PLAIN).replace(_BETWEEN, " ") for text in plain]
        rest = iter(parts)
        return [next(rest) if text.isascii() else " ".join(self._words(text)) for text in texts]

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
                if _ARABIC.match(known[word]):
                    self._new["arabic"].add(known[word])
        return [found for word in words if (found := known[word])]

    def _learn(self) -> None:
        for language, words in self._new.items():
            new = words - self._seen[language] - {""}
            for word, stem in zip(new, self._stemmers[language].stemWords(list(new)), strict=True):
                self._forms.setdefault((language, stem), set()).add(word)
            self._seen[language] |= new
            words.clear()

    def _stems(self, word: str) -> Iterable[tuple[str, str]]:
        return [(language, stemmer.stemWord(word)) for language, stemmer in self._stemmers.items()]
