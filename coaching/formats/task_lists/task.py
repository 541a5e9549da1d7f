"""What lists of other tools say of action items, line by line, and what of it could not be understood."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from coaching.formats.problems import shown
from coaching.i18n import to_say

State = Literal["open", "partly", "done", "let_go"]
#: A part of a session that notes are about, or the mission statement, which is a block of its own.
Part = Literal["yourself", "dreams", "who_what_when", "mission"]
#: Where the day of a list was read.
DayFrom = Literal["name of the file", "name of its folder", "its properties", "first heading", "headings inside"]

#: A line that is longer is no line that somebody wrote, and reading it may take for ever.
LONGEST_LINE = 10_000
TOO_LONG = to_say("longer than 10000 characters, not read")
#: What is said of a line with a name.
NAMED = to_say("names one of you, and does not say whose it is; taken as the heading says, else as the coachee's")
#: What is said of a line that its writer has hidden; its words are not shown.
HIDDEN = to_say("hidden in a comment, not read")


class UnreadError(ValueError):
    """A file that cannot be read, and why."""


class Place(NamedTuple):
    """Where something stands: the file as it was given, below its folder, and the line; 0 is the whole file."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        """Return it as editors write it."""
        return f"{shown(self.file)}:{self.line}" if self.line else shown(self.file)


@dataclass(frozen=True, order=True)
class Remark:
    """What somebody should know before a line is brought in.

    Attributes
    ----------
    place
        Where it stands.
    said
        What there is to know: the same for all lines of a kind; as the catalogue has it, or said already.
    words
        The line; nothing if it is hidden, or if the remark is about a whole file.
    is_unread
        Whether nothing of the line comes in.
    """

    place: Place
    said: str
    words: str = field(default="", repr=False)
    is_unread: bool = False


class Task(NamedTuple):
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
        The day that its list is of; None if nothing says one.
    agreed
        The day that it says it was written down.
    by
        The day that it is due.
    closed_on
        The day that it says it was done or let go.
    repeats
        Whether it comes again and again: then each due date is a promise of its own.
    parent
        The words of the line that it stands below, further in.
    mark
        The id that a file written by this program gives it.
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
    parent: str = ""
    mark: str = ""

    def __repr__(self) -> str:
        """Name its place, not its words."""
        return f"<Task {self.place}>"


@dataclass(frozen=True, repr=False)
class Passage:
    """What meeting notes say besides action items, of one day and one part of the session.

    Attributes
    ----------
    place
        Where it begins.
    day
        The day that it is of; None if nothing says one.
    part
        The part, or the mission statement; None for all that stands under no heading of these.
    words
        Its lines as they stand there.
    """

    place: Place
    day: date | None
    part: Part | None
    words: str

    def __repr__(self) -> str:
        """Name its place, not its words."""
        return f"<Passage {self.place}>"


@dataclass(frozen=True)
class ListRead:
    """One file that was read: its name, how many tasks it holds, and its days with where they were read."""

    file: str
    tasks: int
    days: tuple[date, ...] = ()
    day_from: DayFrom | None = None


@dataclass(frozen=True, repr=False)
class Listed:
    """What a file, or a folder of files, holds: the lines that are understood, and remarks on these and on others.

    `passages` is what meeting notes say besides, if it was asked for.
    """

    tasks: tuple[Task, ...] = ()
    remarks: tuple[Remark, ...] = ()
    files: tuple[ListRead, ...] = ()
    passages: tuple[Passage, ...] = ()

    def __repr__(self) -> str:
        """Count lines and remarks, show none."""
        return f"<Listed: {len(self.tasks)} tasks, {len(self.remarks)} remarks>"
