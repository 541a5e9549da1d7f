"""Long texts, so that they can be read: their beginnings and ends, and what lies between in a fold."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from coaching.i18n import say, say_counted
from coaching.metrics.mission.tokens import is_sign, tokens

#: A run of more words than this is folded.
LONG = 90
_BEGINNING = 32
_END = 14


@dataclass(frozen=True)
class Piece:
    """A run of words: white space before, words, white space after, so that only the words are marked.

    Attributes
    ----------
    kind
        ``stayed``, ``let_go``, ``new`` or ``back`` in a diff.
    tint, source
        Age of the words, and the session that brought them; without a source they are not marked.
    """

    before: str
    text: str
    after: str
    kind: str = "stayed"
    tint: int = 0
    source: str = ""


@dataclass(frozen=True)
class Fold:
    """Runs of words behind a line that says what they are."""

    line: str
    pieces: tuple[Piece, ...]


Part = Piece | Fold


def piece(text: str, *, kind: str = "stayed", tint: int = 0, source: str = "") -> Piece:
    """Return a run of words with its outer white space apart."""
    start = len(text) - len(text.lstrip())
    end = max(start, len(text.rstrip()))
    return Piece(text[:start], text[start:end], text[end:], kind, tint, source)


def readable(text: str) -> tuple[Part, ...]:
    """Return a text, its rest in a fold if it is long."""
    return beginning([piece(text)])


def beginning(pieces: Sequence[Piece]) -> tuple[Part, ...]:
    """Return runs of words, those after the first `LONG` words in a fold."""
    shown: list[Piece] = []
    room = LONG
    for place, run in enumerate(pieces):
        words = _words(run)
        if words > room:
            first, rest = _cut(run, max(1, min(room, _BEGINNING if not place else room)))
            hidden = (rest, *pieces[place + 1 :])
            line = say_counted("{count} more word", "{count} more words", sum(map(_words, hidden)))
            return (*shown, first, Fold(line, hidden))
        shown.append(run)
        room -= words
    return tuple(shown)


def whole(parts: Iterable[Part]) -> str:
    """Return the text of runs and folds without its marks.

    Examples
    --------
    >>> whole(readable("I bake  bread."))
    'I bake  bread.'
    """
    return "".join(
        whole(part.pieces) if isinstance(part, Fold) else part.before + part.text + part.after for part in parts
    )


def passages(pieces: Iterable[Piece]) -> tuple[Part, ...]:
    """Return the runs of a diff, each of them that is long with its middle in a fold."""
    return tuple(part for run in pieces for part in _passage(run))


def _passage(run: Piece) -> Iterator[Part]:
    words = _words(run)
    if words <= LONG:
        yield run
        return
    first, rest = _cut(run, _BEGINNING)
    middle, last = _cut(rest, _words(rest) - _END)
    yield from (first, Fold(_line(run.kind, _words(middle)), (middle,)), last)


def _line(kind: str, count: int) -> str:
    return {
        "stayed": say("{count} words that stayed", count=count),
        "let_go": say("{count} more words that were let go", count=count),
        "new": say("{count} more new words", count=count),
        "back": say("{count} more words that came back", count=count),
    }[kind]


def _words(run: Piece) -> int:
    return sum(not is_sign(token.text) for token in tokens(run.text)[0])


def _cut(run: Piece, count: int) -> tuple[Piece, Piece]:
    """Return the first `count` words of a run, and the rest."""
    words, _ = tokens(run.text)
    left = 0
    for place, token in enumerate(words):
        left += not is_sign(token.text)
        if left > count:
            head = "".join(t.before + t.text for t in words[:place])
            break
    else:
        head = run.text
    one, other = piece(head), piece(run.text[len(head) :] + run.after)
    return (
        replace(run, before=run.before + one.before, text=one.text, after=one.after),
        replace(run, before=other.before, text=other.text, after=other.after),
    )
