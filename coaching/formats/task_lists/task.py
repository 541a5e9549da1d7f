"""What lists of other tools say of action items, line by line, and what of it could not be understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from re import compile as pattern
from typing import Literal

from coaching.formats.problems import shown

State = Literal["open", "partly", "done", "let_go"]

#: A line that is longer is no line that somebody wrote, and reading it may take for ever.
LONGEST_LINE = 10_000
_MENTION = pattern(r"(?<!\S)@(?=\w)")
_WORD = pattern(r"\S+")
_AFTER_A_NAME = ",.;:!?)"


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: the file as it was given, below its folder, and the line; 0 is the whole file."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        """Return it as editors write it."""
        return f"{shown(self.file)}:{self.line}" if self.line else shown(self.file)


@dataclass(frozen=True, order=True)
class Remark:
    """What somebody should know before a line is brought in; it repeats none of the line's words."""

    place: Place
    said: str


@dataclass(frozen=True, repr=False)
class Task:
    """One line that is understood as an action item.

    Attributes
    ----------
    place
        Where it stands.
    what
        Its words, white space made even.
    owner
        ``"coach"`` or ``"coachee"``; None if it names somebody else.
    state
        How it stands there: ``"open"``, ``"partly"``, ``"done"`` or ``"let_go"``.
    seen_on
        The day that its file is of; None if nothing says one.
    agreed
        The day that it says it was written down.
    by
        The day that it is due.
    closed_on
        The day that it says it was done or let go.
    repeats
        Whether it comes again and again: then each due date is a promise of its own.
    """

    place: Place
    what: str
    owner: str | None
    state: State = "open"
    seen_on: date | None = None
    agreed: date | None = None
    by: date | None = None
    closed_on: date | None = None
    repeats: bool = False

    def __repr__(self) -> str:
        """Name its place, not its words."""
        return f"<Task {self.place}>"


@dataclass(frozen=True, repr=False)
class Listed:
    """What a file, or a folder of files, holds: the lines that are understood, and remarks on these and on others."""

    tasks: tuple[Task, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def __repr__(self) -> str:
        """Count lines and remarks, show none."""
        return f"<Listed: {len(self.tasks)} tasks, {len(self.remarks)} remarks>"

    def __add__(self, other: "Listed") -> "Listed":
        """Return what both hold."""
        return Listed(self.tasks + other.tasks, self.remarks + other.remarks)


class Parties:
    """The two of a workbook, as a list may call them: coach, coachee, me, their names and each part of these.

    Parameters
    ----------
    names
        The name of each side, where there is one.
    holder
        Whose list it is: the side that calls itself *me*.
    """

    def __init__(self, names: Mapping[str, str | None], holder: str) -> None:
        self._sides: dict[str, str | None] = {}
        for side, name in names.items():
            words = (name or "").split()
            for called in {" ".join(words), *words} - {""}:
                key = folded(called)
                self._sides[key] = side if self._sides.get(key, side) == side else None
        self._sides |= {"coach": "coach", "coachee": "coachee", "me": holder}
        self._longest = max(len(called.split()) for called in self._sides)

    def side(self, name: str) -> str | None:
        """Return the side that a name means; None if neither, or both."""
        return self._sides.get(folded(name.strip().removeprefix("@")))

    def mentioned(self, words: str) -> tuple[str | None, str]:
        """Return the side that words mention first with an @, and the words, without it where it stands at an end.

        Examples
        --------
        >>> Parties({"coach": "Tom Brandt"}, "coach").mentioned("Book the room @Tom Brandt")
        ('coach', 'Book the room')
        """
        for match in _MENTION.finditer(words):
            ends = [match.end() + word.end() for word in islice(_WORD.finditer(words[match.end() :]), self._longest)]
            for end in reversed(ends):
                name = words[match.end() : end]
                side = self.side(name) or self.side(name.rstrip(_AFTER_A_NAME))
                if side:
                    before, after = words[: match.start()].strip(), words[end:].strip()
                    return side, words if before and after else before or after
        return None, words


def even(words: str) -> str:
    """Return words with one space wherever there is white space, none at the ends."""
    return " ".join(words.split())


def folded(words: str) -> str:
    """Return words as they are compared: white space and capitals make no difference.

    Examples
    --------
    >>> folded(" Book  a ROOM ") == folded("book a room")
    True
    """
    return even(words).casefold()
