"""Words through the versions of a text: where each came from, what stayed, what was let go, what is new.

Alignment is difflib on casefolded words without its junk heuristic, and then dissolves matches that say nothing.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter
from typing import Literal, NamedTuple

from coaching.metrics.mission.tokens import Token, is_content, is_punctuation, key, stem, tokens

_LONGEST_EMPTY_MATCH = 3
_SHORTEST_THAT_RETURNS = 5

ChangeKind = Literal["stayed", "let_go", "new", "back"]


@dataclass(frozen=True)
class Word:
    """One word of one version.

    Attributes
    ----------
    text
        The word as written.
    born
        Index of the version in which it first entered.
    identity
        The same number through all versions, also when the word left and came back.
    previous, next
        Its index among the words of the version before and after; None if it is not there.
    again
        Whether it was away and came back.
    before, after
        White space around it as typed; `after` is filled at the last word alone.
    returned
        Index of the version in which it last came back; None if it never left.
    """

    text: str
    born: int
    identity: int
    previous: int | None
    next: int | None
    again: bool
    before: str = ""
    after: str = ""
    returned: int | None = None


@dataclass(frozen=True)
class Change:
    """A run of words of a word diff; `words` counts those that are not punctuation."""

    kind: ChangeKind
    text: str
    words: int = 0


@dataclass(frozen=True)
class Counts:
    """How many words of a diff stayed, were let go and are new, those that came back among them."""

    stayed: int
    let_go: int
    new: int


@dataclass(frozen=True)
class Origin:
    """Where the words of a version come from, punctuation left out.

    Attributes
    ----------
    total
        How many there are.
    stayed
        How many came with the first version and never left.
    back
        Those that left and came back, without stop words, which only come along.
    """

    total: int
    stayed: int
    back: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """Neighbouring words that entered together: `born` is the version, `returned` that of their return, if any."""

    text: str
    born: int
    returned: int | None = None


class _Left(NamedTuple):
    """A word that was let go, and the stop words that went from beside it."""

    word: Word
    before: Word | None
    after: Word | None


_Gone = defaultdict[str, deque[_Left]]


class Block(NamedTuple):
    """Words `old_start`:`old_end` of the old text stand against `new_start`:`new_end` of the new one."""

    same: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def lineage(texts: Sequence[str]) -> tuple[tuple[Word, ...], ...]:
    """Return the words of every version, each with where it came from.

    Notes
    -----
    A word is followed by its stem, so a change from "help" to "helps" keeps it. A content word of five letters or more
    that left and comes back keeps its first version in `born`; `returned` says when it came back. A stop word that
    stood beside it and stands there again comes back with it.
    """
    versions: list[list[Word]] = []
    gone: _Gone = defaultdict(deque)
    identity = 0
    for version, text in enumerate(texts):
        new_tokens, rest = tokens(text)
        before = versions[-1] if versions else []
        kept = _kept(before, new_tokens)
        _bury(before, set(kept.values()), gone)
        row: list[Word] = []
        back: dict[int, Word | None] = {}
        for index, token in enumerate(new_tokens):
            if index in kept:
                parent = before[kept[index]]
                row.append(replace(parent, text=token.text, previous=kept[index], before=token.before, after=""))
                before[kept[index]] = replace(parent, next=index)
                continue
            left = _comes_back(token, gone)
            if left is not None:
                back |= {index - 1: left.before, index: left.word, index + 1: left.after}
            row.append(Word(token.text, version, identity, None, None, again=False, before=token.before))
            identity += 1
        _take_back(row, back, version)
        if row:
            row[-1] = replace(row[-1], after=rest)
        versions.append(row)
    return tuple(tuple(row) for row in versions)


def provenance(row: Sequence[Word]) -> tuple[Run, ...]:
    """Return one version as runs of words of one age; their texts joined are the version's text.

    Punctuation takes the age of the word before it, as a comma on its own says nothing.
    """
    ages: list[tuple[int, int | None]] = []
    for word in row:
        follows = bool(ages) and is_punctuation(word.text)
        ages.append(ages[-1] if follows else (word.born, word.returned))
    runs = groupby(zip(row, ages, strict=True), key=lambda pair: pair[1])
    return tuple(Run("".join(w.before + w.text + w.after for w, _ in pairs), *age) for age, pairs in runs)


def since_first(row: Sequence[Word]) -> Origin:
    """Return where the words of a version come from; `row` is one of `lineage`."""
    words = [word for word in row if not is_punctuation(word.text)]
    stayed = sum(word.born == 0 and word.returned is None for word in words)
    return Origin(len(words), stayed, tuple(w.text for w in words if w.returned is not None and is_content(w.text)))


def came_back(row: Sequence[Word], version: int) -> tuple[str, ...]:
    """Return the words that came back in a version, without stop words; `row` is that version's of `lineage`."""
    return tuple(word.text for word in row if word.returned == version and is_content(word.text))


def changes(old: str, new: str, back: Collection[int] = ()) -> tuple[Change, ...]:
    """Return the word diff of two texts.

    The texts of what stayed, is new or came back, joined, are the new text, white space and all.

    Parameters
    ----------
    old, new
        The texts.
    back
        Places among the words of the new text of those that were in an earlier one.

    Examples
    --------
    >>> [(change.kind, change.text) for change in changes("I like good tea.", "I like strong tea.")]
    [('stayed', 'I like'), ('let_go', ' good'), ('new', ' strong'), ('stayed', ' tea.')]
    """
    (was, _), (now, rest) = tokens(old), tokens(new)
    result: list[Change] = []
    for block in _blocks([t.text for t in was], [t.text for t in now], key):
        if not block.same and block.old_start < block.old_end:
            result.append(_let_go(was, block))
        if block.new_start < block.new_end:
            part = now[block.new_start : block.new_end]
            last = rest if block.new_end == len(now) else ""
            if block.same:
                result.append(_change("stayed", part, "".join(map(_whole, part)) + last))
            else:
                result.extend(_new(part, block.new_start, back, last))
    if rest and not now:
        result.append(Change("new", rest))
    return tuple(result)


def counts(all_changes: Sequence[Change]) -> Counts:
    """Count the words of a diff, punctuation left out.

    Examples
    --------
    >>> counts(changes("I like good tea.", "I like strong tea."))
    Counts(stayed=3, let_go=1, new=1)
    """
    totals = Counter[ChangeKind]()
    for change in all_changes:
        totals[change.kind] += change.words
    return Counts(totals["stayed"], totals["let_go"], totals["new"] + totals["back"])


def _kept(before: Sequence[Word], new_tokens: Sequence[Token]) -> dict[int, int]:
    """Return the index in the version before, by index in this one, of every word that stayed."""
    blocks = _blocks([word.text for word in before], [token.text for token in new_tokens], stem)
    return {
        new: old
        for block in blocks
        if block.same
        for old, new in zip(range(block.old_start, block.old_end), range(block.new_start, block.new_end), strict=True)
    }


def _bury(before: Sequence[Word], staying: set[int], gone: _Gone) -> None:
    def beside(index: int) -> Word | None:
        left = 0 <= index < len(before) and index not in staying and not is_content(before[index].text)
        return before[index] if left and not is_punctuation(before[index].text) else None

    for index, word in enumerate(before):
        if index not in staying and is_content(word.text) and len(stem(word.text)) >= _SHORTEST_THAT_RETURNS:
            gone[stem(word.text)].append(_Left(word, beside(index - 1), beside(index + 1)))


def _comes_back(token: Token, gone: _Gone) -> _Left | None:
    """Return the word that a new one was before it left; None if it was never there."""
    waiting = gone.get(stem(token.text))
    return waiting.popleft() if waiting else None


def _take_back(row: list[Word], back: Mapping[int, Word | None], version: int) -> None:
    """Make those new words of a version come back that are the ones that left; each of them once."""
    present = {word.identity for word in row}
    for index, left in back.items():
        word = row[index] if 0 <= index < len(row) else None
        if left is None or word is None or word.born != version or left.identity in present:
            continue
        if stem(word.text) == stem(left.text):
            row[index] = replace(word, born=left.born, identity=left.identity, again=True, returned=version)
            present.add(left.identity)


def _blocks(old: Sequence[str], new: Sequence[str], same_as: Callable[[str], str]) -> list[Block]:
    matcher = SequenceMatcher(None, [same_as(word) for word in old], [same_as(word) for word in new], autojunk=False)
    blocks = [Block(tag == "equal", *span) for tag, *span in matcher.get_opcodes()]
    kept = [block.same and not _says_nothing(blocks, place, old) for place, block in enumerate(blocks)]
    merged: list[Block] = []
    for block, same in zip(blocks, kept, strict=True):
        if merged and merged[-1].same == same:
            merged[-1] = merged[-1]._replace(old_end=block.old_end, new_end=block.new_end)
        else:
            merged.append(block._replace(same=same))
    return merged


def _says_nothing(blocks: Sequence[Block], place: int, old: Sequence[str]) -> bool:
    """Say whether a match is a few stop words between two larger edits: read as kept, they would only be confetti."""
    block = blocks[place]
    length = block.old_end - block.old_start
    inside = 0 < place < len(blocks) - 1
    if not inside or length > _LONGEST_EMPTY_MATCH or any(map(is_content, old[block.old_start : block.old_end])):
        return False
    return _size(blocks[place - 1]) + _size(blocks[place + 1]) >= 2 * length + 1


def _size(block: Block) -> int:
    return max(block.old_end - block.old_start, block.new_end - block.new_start)


def _whole(token: Token) -> str:
    return token.before + token.text


def _change(kind: ChangeKind, part: Sequence[Token], text: str) -> Change:
    return Change(kind, text, sum(not is_punctuation(token.text) for token in part))


def _new(part: Sequence[Token], start: int, back: Collection[int], last: str) -> Iterator[Change]:
    """Yield what is new as runs, with what came back apart; a sign goes with the word before it."""
    kinds: list[ChangeKind] = []
    for place, token in enumerate(part, start):
        follows = kinds and is_punctuation(token.text)
        kinds.append(kinds[-1] if follows else "back" if place in back else "new")
    runs = [
        (kind, [token for token, _ in pairs]) for kind, pairs in groupby(zip(part, kinds, strict=True), itemgetter(1))
    ]
    for place, (kind, run) in enumerate(runs, 1):
        yield _change(kind, run, "".join(map(_whole, run)) + (last if place == len(runs) else ""))


def _let_go(was: Sequence[Token], block: Block) -> Change:
    """Return what was let go; at the start of the new text it keeps the space behind it, not the one before it."""
    part = was[block.old_start : block.old_end]
    if block.new_start > 0:
        return _change("let_go", part, "".join(map(_whole, part)))
    after = was[block.old_end].before if block.old_end < len(was) else ""
    return _change("let_go", part, part[0].text + "".join(map(_whole, part[1:])) + (after or " "))
