"""A statement's versions as stacks of words: which words stand together, where each went, and which were let go."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby

from coaching.metrics.mission.tokens import is_punctuation
from coaching.metrics.mission.words import Word


@dataclass(frozen=True)
class Unit:
    """One word with the punctuation that rides on it: one step of height.

    Parameters
    ----------
    word
        The word itself.
    text
        The word as it stands in the text, with white space and punctuation around it.
    below
        Its place in the next version, counted in units; None where it was let go.
    """

    word: Word
    text: str
    below: int | None


@dataclass(frozen=True)
class Piece:
    """Neighbouring units of one version: `start` up to, not including, `stop`.

    Parameters
    ----------
    start, stop
        Places in the version.
    born
        Index of the version that brought the words in.
    below
        Place of the first one in the next version; None where they were let go.
    units
        The units themselves.
    """

    start: int
    stop: int
    born: int
    below: int | None
    units: tuple[Unit, ...]

    @property
    def text(self) -> str:
        """The words as they stand in the text."""
        return "".join(unit.text for unit in self.units).strip()


def stacks(lineage: Sequence[Sequence[Word]]) -> list[list[Unit]]:
    """Return the units of every version.

    Parameters
    ----------
    lineage
        What `coaching.metrics.mission.words.lineage` returns.
    """
    bare = [_ridden(row) for row in lineage]
    places = [{index: place for place, (index, _) in enumerate(row)} for row in bare]
    units_by_version = []
    for version, row in enumerate(bare):
        following = places[version + 1] if version + 1 < len(bare) else {}
        words = lineage[version]
        units_by_version.append([Unit(words[index], text, _below(words[index], following)) for index, text in row])
    return units_by_version


def bands(stack: Sequence[Unit]) -> list[Piece]:
    """Return the pieces that go the same way: born together, and side by side in the next version or let go."""
    return _pieces(stack, lambda place, unit: (unit.word.born, None if unit.below is None else unit.below - place))


def ages(stack: Sequence[Unit]) -> list[Piece]:
    """Return the pieces that were born together."""
    return _pieces(stack, lambda _, unit: unit.word.born)


def fates(stack: Sequence[Unit], lasting: frozenset[int]) -> list[Piece]:
    """Return the pieces that share whether they are among the identities in `lasting`."""
    return _pieces(stack, lambda _, unit: unit.word.identity in lasting)


def identities(stack: Sequence[Unit]) -> frozenset[int]:
    """Return the identities of a version's words."""
    return frozenset(unit.word.identity for unit in stack)


def _pieces(stack: Sequence[Unit], sort: Callable[[int, Unit], Hashable]) -> list[Piece]:
    pieces = []
    for _, group in groupby(enumerate(stack), key=lambda pair: sort(*pair)):
        pairs = list(group)
        start, first = pairs[0]
        units = tuple(unit for _, unit in pairs)
        pieces.append(Piece(start, start + len(units), first.word.born, first.below, units))
    return pieces


def _below(word: Word, following: dict[int, int]) -> int | None:
    return None if word.next is None else following.get(word.next)


def _ridden(row: Sequence[Word]) -> list[tuple[int, str]]:
    """Return index and text of every word that is no punctuation; signs ride on the word they touch."""
    ridden: list[tuple[int, str]] = []
    waiting = ""
    for index, word in enumerate(row):
        text = word.before + word.text + word.after
        if not is_punctuation(word.text):
            ridden.append((index, waiting + text))
            waiting = ""
        elif ridden and not word.before and not waiting:
            ridden[-1] = (ridden[-1][0], ridden[-1][1] + text)
        else:
            waiting += text
    if waiting and ridden:
        ridden[-1] = (ridden[-1][0], ridden[-1][1] + waiting)
    elif waiting:
        ridden.append((0, waiting))
    return ridden
