"""Markdown check lists: text → tasks, each with its line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from re import Match, split
from re import compile as pattern

from coaching.formats.task_lists.marks import Marks, marks
from coaching.formats.task_lists.task import LONGEST_LINE, Listed, Parties, Place, Remark, State, Task

_STATES: dict[str, State] = {" ": "open", ">": "open", "<": "open", "/": "partly", "-": "let_go"}
_STATES |= dict.fromkeys("xX✓✔", "done")
_TASK = pattern(r"([\s>]*)(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]*\[([^\[\]])\]|\[([ xX/-])\])(?:[ \t]+(.*))?")
_ALMOST = pattern(r"[\s>]*(?:[-*+]|[0-9]{1,9}[.)])?[ \t]*\[[ \txX]*\](?![(:])")
_HEADING = pattern(r"[ ]{0,3}(#{1,6})[ \t]+(.*)")
_FENCE = pattern(r"[\s>]*(`{3,}(?!.*`)|~{3,})")
_BEGINS_ANEW = pattern(r"\s*(?:[-*+>|#]|[0-9]{1,9}[.)][ \t])")
_CLOSED_BY = {"done": "done", "let_go": "cancelled"}


def lines_of(text: str) -> list[str]:
    """Return the lines of a text as editors number them."""
    return split(r"\r\n|\n|\r", text)


@dataclass
class _Reader:
    """Where the reading of a list is: whose heading it stands under, and in which code block."""

    file: str
    seen_on: date | None
    parties: Parties
    tasks: list[Task] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    headings: list[tuple[int, str | None]] = field(default_factory=list)
    fence: str = ""

    def say(self, line: int, remark: str) -> None:
        self.remarks.append(Remark(Place(self.file, line), remark))

    def read(self, lines: Sequence[str]) -> None:
        for number, line in enumerate(lines, 1):
            if len(line) > LONGEST_LINE:
                self.say(number, f"longer than {LONGEST_LINE} characters, not read")
            elif (fence := _FENCE.match(line)) and fence[1].startswith(self.fence):
                self.fence = "" if self.fence else fence[1]
            elif task := _TASK.fullmatch(line):
                self._task(number, task, lines)
            elif _ALMOST.match(line):
                self.say(number, "looks like a check box, and is none: write '- [ ] ' or '- [x] ' before the words")
            elif (heading := _HEADING.match(line)) and not self.fence:
                self._heading(len(heading[1]), heading[2])

    def _heading(self, level: int, words: str) -> None:
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        above = self.headings[-1][1] if self.headings else None
        self.headings.append((level, self.parties.side(words.strip("#*_: \t")) or above))

    def _task(self, number: int, match: Match[str], lines: Sequence[str]) -> None:
        indent, sign, words = len(match[1].expandtabs(4)), match[2] or match[3], match[4] or ""
        state = _STATES.get(sign)
        if self.fence:
            self.say(number, "stands in a block of code, not read")
        elif state is None:
            self.say(number, "its box holds a sign that is not known, not read")
        else:
            task_marks = marks(" ".join([words, *_going_on(lines, number, indent)]))
            heading = self.headings[-1][1] if self.headings else None
            owner, task_marks.words = self.parties.mentioned(task_marks.words)
            for remark in marks_remarks(task_marks, state):
                self.say(number, remark)
            if task_marks.words:
                place = Place(self.file, number)
                self.tasks.append(
                    task_of(place, task_marks, state, owner=owner or heading or "coachee", seen_on=self.seen_on)
                )
            else:
                self.say(number, "a box without words, not read")


def read_check_list(text: str, file: str, seen_on: date | None, parties: Parties) -> Listed:
    """Return the tasks of a Markdown text: every line with a box is one of them, or remarked on.

    A line that goes on below, further in, is taken whole. Under a heading that is the name of one of the two, what
    names nobody is theirs; else it is the coachee's.

    Parameters
    ----------
    text
        Any text.
    file
        What it is called.
    seen_on
        The day it is of, if it has one.
    parties
        The two whose names may stand in it.
    """
    reader = _Reader(file, seen_on, parties)
    reader.read(lines_of(text))
    return Listed(tuple(reader.tasks), tuple(reader.remarks))


def task_of(place: Place, task_marks: Marks, state: State, *, owner: str | None, seen_on: date | None) -> Task:
    """Return the task that words with marks are; without a due date it is meant for the day it is scheduled."""
    days = task_marks.days
    return Task(
        place=place,
        what=task_marks.words,
        owner=owner,
        state=state,
        seen_on=seen_on,
        agreed=days.get("created"),
        by=days.get("due") or days.get("scheduled"),
        closed_on=days.get(_CLOSED_BY.get(state, "")),
        repeats=task_marks.repeats,
    )


def marks_remarks(task_marks: Marks, state: State) -> Iterator[str]:
    """Return what is to be said of the marks of a task."""
    for name in task_marks.unclear:
        yield f"'{name}' is not followed by a day of the calendar, such as 2026-03-11"
    if "due" not in task_marks.days and "scheduled" in task_marks.days:
        yield "without a due date: the day it is scheduled is taken"
    if "start" in task_marks.days:
        yield "the day it may start is not kept"
    for ended, name in _CLOSED_BY.items():
        if name in task_marks.days and state != ended:
            yield f"has a day for '{name}', but its box does not say so; the box is taken"


def _going_on(lines: Sequence[str], place: int, indent: int) -> Iterator[str]:
    """Return the lines from a place on with which a task goes on: further in than it, and no part of a list."""
    for number in range(place, len(lines)):
        line = lines[number]
        inward = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        if not line.strip() or inward <= indent or len(line) > LONGEST_LINE:
            return
        if _BEGINS_ANEW.match(line) or _FENCE.match(line) or _TASK.fullmatch(line) or _ALMOST.match(line):
            return
        yield line
