"""What was looked for and is there: entries, session by session, with the words in their sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import regex

from coaching.model.vocabulary import Segment, Side
from coaching.workbook.search.query import Finder, Span

#: A sentence that is longer is cut round the words.
_LONGEST: Final = 200
_ELLIPSIS: Final = "…"
_END: Final = regex.compile(r"[\n。！？؟।]|[.!?…][\"'”»’)\]]*(?=\s|$)")


@dataclass(frozen=True, repr=False)
class Passage:
    """A sentence with what was looked for in it.

    Parameters
    ----------
    field
        The field of the entry in which it stands.
    text
        The sentence, or a part of a long one.
    spans
        Where in it the words begin and end.
    """

    field: str
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, repr=False)
class Hit:
    """What was said by one side of one thing in one session: a promise and what was told of it, for one.

    Parameters
    ----------
    identity
        The id of the entry whose history tells it.
    label
        Its short name, if it has one.
    kind
        What it is: ``dream``, ``promise``; of a note, what it is about.
    by, who
        Whose words, or whose promise; and what they are called by.
    part
        In which part of a session, if in one.
    is_private
        Whether it may be read by the holder alone.
    passages
        The sentences.
    """

    identity: str
    label: str | None
    kind: str
    by: Side
    who: str
    part: Segment | None
    is_private: bool
    passages: tuple[Passage, ...]


@dataclass(frozen=True, repr=False)
class InSession:
    """What was said in one session, or outside of any: its id, its short name, and the day if there is one."""

    session: str | None
    label: str | None
    held_on: date | None
    hits: tuple[Hit, ...]


@dataclass(frozen=True, repr=False)
class Findings:
    """What is there.

    Parameters
    ----------
    sessions
        The first ones.
    hits, number
        How many hits, in how many sessions, there are in all.
    """

    sessions: tuple[InSession, ...] = ()
    hits: int = 0
    number: int = 0

    def __repr__(self) -> str:
        """Count, show no words."""
        return f"<Findings: {self.hits} hits in {self.number} sessions>"


def passages(field: str, text: str, finder: Finder) -> list[Passage]:
    """Return the sentences of a text that have any of the words; without words, its first one.

    Examples
    --------
    >>> said = passages("text", "It rained. The quiet did it! We went.", Finder(frozenset({("quiet",)})))
    >>> [(one.text, one.spans) for one in said]
    [('The quiet did it!', ((4, 9),))]
    """
    sentences = _sentences(text)
    if not finder.spellings:
        first = next(((start, end) for start, end in sentences if text[start:end].strip()), (0, 0))
        return [_passage(field, text, first, [])]
    spans = finder(text)
    inside = [(sentence, [one for one in spans if sentence[0] <= one[0] < sentence[1]]) for sentence in sentences]
    return [_passage(field, text, sentence, own) for sentence, own in inside if own]


def _sentences(text: str) -> list[Span]:
    ends = [end.end() for end in _END.finditer(text)]
    bounds = [0, *ends, len(text)]
    return [(start, end) for start, end in pairwise(bounds) if start < end]


def _passage(field: str, text: str, sentence: Span, spans: Sequence[Span]) -> Passage:
    start, end = sentence
    end = max([end, *(one[1] for one in spans)])  # a phrase may go on past the end of its sentence
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    before = after = ""
    if end - start > _LONGEST:
        middle = spans[0] if spans else (start, start)
        from_here = max(start, middle[0] - _LONGEST // 3)
        to_here = min(end, max(middle[1], from_here + _LONGEST))
        if from_here > start:
            from_here = text.find(" ", from_here, middle[0]) + 1 or from_here
            before = f"{_ELLIPSIS} "
        if to_here < end:
            space = text.rfind(" ", middle[1], to_here)
            to_here = space if space > 0 else to_here
            after = f" {_ELLIPSIS}"
        start, end = from_here, to_here
    shift = len(before) - start
    inside = tuple((one[0] + shift, one[1] + shift) for one in spans if one[0] >= start and one[1] <= end)
    return Passage(field, f"{before}{text[start:end]}{after}", inside)
