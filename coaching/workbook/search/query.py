"""What somebody looks for: words, all of which an entry must have, and phrases in quotes, word for word."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from coaching.errors import CoachingError
from coaching.text import is_blank
from coaching.workbook.search.words import words_of

#: More words at once than anybody means; each takes its time.
MOST_WORDS = 32
#: A phrase between quotes of one kind; one that nobody has closed goes on to the end.
_PHRASES: Final = re.compile(r'"([^"]*)(?:"|$)|[“„”]([^“”„"]*)(?:[“”"]|$)|«([^«»]*)(?:»|$)|»([^«»]*)(?:«|$)')
Forms = Callable[[str], frozenset[str]]
Span = tuple[int, int]


@dataclass(frozen=True, repr=False)
class Term:
    """Words that follow each other.

    Parameters
    ----------
    words
        As they are looked for (see `coaching.workbook.search.words.folded`).
    is_exact
        Whether no other forms of the words will do.
    """

    words: tuple[str, ...]
    is_exact: bool


@dataclass(frozen=True, repr=False)
class Query:
    """What is looked for: all of these terms, in any order."""

    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        """Tell whether anything is."""
        return bool(self.terms)

    def in_index(self, forms: Forms) -> str:
        """Return the query in the language of SQLite's full-text index."""
        return " AND ".join(f"({' OR '.join(map(_quoted, _spellings(term, forms)))})" for term in self.terms)

    def finder(self, forms: Forms) -> "Finder":
        """Return what finds in a text what is looked for."""
        return Finder(frozenset(spelling for term in self.terms for spelling in _spellings(term, forms)))


@dataclass(frozen=True, repr=False)
class Finder:
    """Finds in texts what is looked for.

    Parameters
    ----------
    spellings
        Words in a row, as they are looked for; nothing is looked for if there are none.
    """

    spellings: frozenset[tuple[str, ...]]

    def __call__(self, text: str) -> list[Span]:
        """Return where a text has what is looked for, in order, none in another."""
        words = list(words_of(text))
        folded = [word.folded for word in words]
        ends = {length - 1 for length in map(len, self.spellings)}
        spans = [
            (words[at].start, words[at + end].end)
            for at in range(len(words))
            for end in ends
            if tuple(folded[at : at + end + 1]) in self.spellings
        ]
        return _apart(sorted(spans))


def parse_query(typed: str) -> Query:
    """Return what somebody looks for.

    Raises
    ------
    CoachingError
        If there is something, but no word in it, or too many.
    """
    terms: list[Term] = []
    end = 0
    for phrase in _PHRASES.finditer(typed):
        terms += _single(typed[end : phrase.start()])
        terms += _phrase(next((words for words in phrase.groups() if words), ""))
        end = phrase.end()
    terms += _single(typed[end:])
    if not terms and not is_blank(typed):
        raise CoachingError("There is no word in what you look for; write a word, or words in quotes.")
    if sum(len(term.words) for term in terms) > MOST_WORDS:
        raise CoachingError("Look for at most {most} words at once.", most=MOST_WORDS)
    return Query(tuple(dict.fromkeys(terms)))


def _single(typed: str) -> list[Term]:
    """Return words without quotes; what a sign holds together, or a script without spaces, is looked for together."""
    parts = [tuple(word.folded for word in words_of(part)) for part in typed.split()]
    return [Term(words, is_exact=len(words) > 1) for words in parts if words]


def _phrase(typed: str) -> list[Term]:
    words = tuple(word.folded for word in words_of(typed))
    return [Term(words, is_exact=True)] if words else []


def _spellings(term: Term, forms: Forms) -> list[tuple[str, ...]]:
    return [term.words] if term.is_exact else [(form,) for form in sorted(forms(term.words[0]))]


def _quoted(words: Sequence[str]) -> str:
    inner = " ".join(words).replace('"', '""')
    return f'"{inner}"'


def _apart(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
