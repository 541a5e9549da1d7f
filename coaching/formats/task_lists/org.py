"""Org files: headings with a TODO keyword, and boxes → tasks, each with its line.

orgparse reads each heading with its planning line by itself: a day that no calendar has, which it cannot take, then
costs that heading alone. It takes cubic time for some lines, so that only tame ones get that far.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from re import IGNORECASE
from re import compile as pattern

import orgparse
from orgparse.date import OrgDate
from orgparse.node import OrgEnv, OrgNode

from coaching.formats.task_lists.boxes import beginning
from coaching.formats.task_lists.dates import day_in
from coaching.formats.task_lists.markdown import NO_WORDS, NOT_UNDERSTOOD, indent_of, lines_of, marks_remarks, task_of
from coaching.formats.task_lists.marks import marks
from coaching.formats.task_lists.name_days import day_within, is_a_day
from coaching.formats.task_lists.parties import Parties
from coaching.formats.task_lists.passages import Heading, Text, passages
from coaching.formats.task_lists.task import NAMED, DayFrom, Listed, ListRead, Passage, Place, Remark, State, Task
from coaching.formats.task_lists.words import even
from coaching.i18n import say, to_say

_TODO = ("TODO", "NEXT", "STARTED", "DOING", "INPROGRESS", "IN-PROGRESS", "WAIT", "WAITING", "HOLD")
_DONE = ("DONE", "CANCELLED", "CANCELED", "KILL")
_BEGUN = frozenset({"STARTED", "DOING", "INPROGRESS", "IN-PROGRESS", "STRT"})
_LET_GO = pattern("CANCEL|KILL|DROP|REJECT|ABGEBROCHEN|ABGESAGT|VERWORFEN|GESTRICHEN|ENTFÄLLT", IGNORECASE)
_HEADING = pattern(r"\*+\s")
_PLANNING = pattern(r"\s*(?:SCHEDULED|DEADLINE|CLOSED):")
_KEYWORDS = pattern(r"#\+(?:SEQ_|TYP_)?TODO:", IGNORECASE)
_BOX = pattern(r"\s*(?:[-+*]|[0-9]{1,9}[.)])\s+(\[[ xX-]\].*)")
_COMMENT_LINE = pattern(r"\s*#(?:\s|$)")
_NO_PROSE = pattern(r"\s*(?:[-+*] |[0-9]{1,9}[.)] |#|:[A-Za-z_-]+:|\||(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):)")
#: In org, this sign says that some of what stands below is done.
_SOME_OF_IT = "-"
_BLOCK = pattern(r"\s*#\+(begin|end)_(\S+)", IGNORECASE)
_COMMENT_END = pattern(r"\s*#\+end_comment", IGNORECASE)
_INLINE_COMMENT = pattern(r"@@comment:.*?@@")
_DRAWER = pattern(r"\s*:(?!END:)[A-Za-z_-]+:\s*", IGNORECASE)
_DRAWER_END = pattern(r"\s*:END:\s*", IGNORECASE)
_KEYWORD = pattern(r"\s*#\+")
_DATE = pattern(r"#\+DATE:\s*[<\[]?([0-9-]{8,10})", IGNORECASE)
_CHANGED = pattern(r'\s*- State "(\S+)"\s+from\s+"?(\S*?)"?\s+\[([0-9]{4}-[0-9]{2}-[0-9]{2})[^\]]*\]')
_REPEATER = pattern(r"<[^<>]*[ .+]\+[0-9]+[hdwmy][^<>]*>")
_ARCHIVED = "ARCHIVE"
_OTHER_KEYWORDS = to_say("begins with a keyword that is none of those which the file names, not read")
_HIDDEN = to_say("in an archived or commented part of the file, not read")
_HIDDEN_BLOCK = "comment"
_FILE = "<string>"
_LONGEST, _MOST_SIGNS = 1_000, 20


@dataclass
class _Reader:
    """Where the reading of a file is: its keywords, under whose heading it stands, and under what is hidden."""

    file: str
    seen_on: date | None
    parties: Parties
    env: OrgEnv
    lines: Sequence[str]
    tasks: list[Task] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    headings: list[tuple[int, str | None, str]] = field(default_factory=list)
    hidden_from: int = 0
    hidden_to: int = 0
    block: str = ""
    repeating: Task | None = None
    day_from: DayFrom | None = None
    taken: set[int] = field(default_factory=set)
    put_away: set[int] = field(default_factory=set)
    titles: dict[int, Heading] = field(default_factory=dict)

    def say(self, number: int, remark: str, *, is_unread: bool = False) -> None:
        """Remark on a line, counted from 1."""
        words = even(self.lines[number - 1])[:_LONGEST]
        self.remarks.append(Remark(Place(self.file, number), remark, words, is_unread))

    def hide(self, number: int) -> None:
        """Remark on a line that its writer has put away; its words are not shown."""
        self.remarks.append(Remark(Place(self.file, number), _HIDDEN, is_unread=True))

    def read(self) -> None:
        drawer = False
        for number, line in enumerate(self.lines, 1):
            drawer = (drawer or bool(_DRAWER.fullmatch(line))) and not _HEADING.match(line)
            if drawer or _KEYWORD.match(line) or _PLANNING.match(line) or _COMMENT_LINE.match(line):
                self.put_away.add(number - 1)
            drawer = drawer and not _DRAWER_END.fullmatch(line)
            if self.block == _HIDDEN_BLOCK and number < self.hidden_to:
                self._hide_if_task(number, line)
            elif block := _BLOCK.match(line):
                self.block = block[2].casefold() if block[1].casefold() == "begin" else ""
                self.hidden_to = self._end_of_comment(number) if self.block == _HIDDEN_BLOCK else 0
            elif _HEADING.match(line):  # ends every block
                self.block = ""
                below = self.lines[number] if number < len(self.lines) else ""
                self._heading(number, even(line), even(below) if _PLANNING.match(below) else "")
            elif changed := _CHANGED.match(line):
                self._changed(number, changed[1], changed[3])
            elif box := _BOX.match(line):
                self._box(number, box[1])
            elif _COMMENT_LINE.match(line) and _BOX.match(line.lstrip(" \t#")):
                self.hide(number)
            if self.hidden_from or self.block == _HIDDEN_BLOCK:
                self.put_away.add(number - 1)

    def _end_of_comment(self, number: int) -> int:
        """Return the line that ends a block of comments; what is in it is hidden, headings too."""
        ends = (at for at in range(number + 1, len(self.lines) + 1) if _COMMENT_END.match(self.lines[at - 1]))
        return next(ends, 0)

    def _hide_if_task(self, number: int, line: str) -> None:
        if _BOX.match(line) or (_HEADING.match(line) and _is_task(line, self.env)):
            self.hide(number)

    def _box(self, number: int, words: str) -> None:
        if self.hidden_from or self.block == _HIDDEN_BLOCK:
            self.hide(number)
            return
        started = beginning(words, is_item=True)
        if self.block or started is None:
            self.say(number, to_say("a box in a block, not read"), is_unread=True)
            return
        further = list(self._further(number))
        self.taken.update(range(number - 1, number + len(further)))
        said = marks(" ".join([started.words, *further]))
        state: State = "partly" if words[1] == _SOME_OF_IT else started.state
        owner, said.words = self.parties.mentioned(said.words)
        if owner is None and self.parties.names_somebody(said.words):
            self.say(number, NAMED)
        for remark in marks_remarks(said, state):
            self.say(number, remark)
        if not said.words:
            self.say(number, NO_WORDS, is_unread=True)
            return
        _, above, parent = self.headings[-1] if self.headings else (0, None, "")
        place = Place(self.file, number)
        whose = owner or above or "coachee"
        self.tasks.append(task_of(place, said, state, owner=whose, seen_on=self.seen_on, parent=parent))

    def _further(self, number: int) -> Iterator[str]:
        """Yield the lines with which a box goes on: further in than it, and none of a list, a block or a comment."""
        indent = indent_of(self.lines[number - 1])
        for line in self.lines[number:]:
            if not line.strip() or indent_of(line) <= indent or _NO_PROSE.match(line):
                return
            yield line.strip()

    def _heading(self, number: int, heading: str, planning: str) -> None:
        self.repeating = None
        level = len(heading) - len(heading.lstrip("*"))
        if self.hidden_from and level > self.hidden_from:
            if _is_task(heading, self.env):
                self.hide(number)
            return
        self.hidden_from = 0
        if not (_is_tame(heading) and _is_tame(planning)):
            self.say(number, to_say("too long, or too full of signs, not read"), is_unread=True)
            return
        node = _node(heading, planning, self.env)
        if node is None and planning:
            self.say(number + 1, "a day that no calendar has; the days of this heading are left out")
            planning = ""
            node = _node(heading, planning, self.env)
        if node is None:
            self.say(number, to_say("holds a day that no calendar has, not read"), is_unread=True)
        elif _ARCHIVED in node.tags or _is_comment(node):
            self.hidden_from = level
            self.hide(number)
        else:
            self._node(number, node, planning)

    def _node(self, number: int, node: OrgNode, planning: str) -> None:
        self.titles[number - 1] = Heading(number - 1, number, node.level, even(node.heading))
        owner, what = self.parties.mentioned(even(node.heading))
        owner = owner or next(filter(None, map(self.parties.side, sorted(node.tags))), None)
        above = self.parties.above(what) if node.todo is None else None
        inherited, parent = self._stand_under(node.level, owner or above, what if node.todo else "")
        if node.todo is None:
            if planning:
                self.say(number, to_say("has a day, but no keyword such as TODO, not read"), is_unread=True)
            elif beginning(what, is_item=False):
                self.say(number, NOT_UNDERSTOOD, is_unread=True)
            elif what.split(" ")[0] in {*_TODO, *_DONE}:
                self.say(number, _OTHER_KEYWORDS, is_unread=True)
            elif not self.seen_on and is_a_day(what) and (named := day_within(what)):
                self.seen_on, self.day_from = named.day, "first heading"
        elif not what:
            self.say(number, to_say("a heading without words, not read"), is_unread=True)
        else:
            if owner is None and self.parties.names_somebody(what):
                self.say(number, NAMED)
            self._task(number, node, planning, inherited, parent)

    def _task(self, number: int, node: OrgNode, planning: str, owner: str | None, parent: str) -> None:
        days = {name: _day(getattr(node, name)) for name in ("deadline", "scheduled", "closed")}
        for remark in _remarks(days, planning):
            self.say(number + 1, remark)
        task = Task(
            place=Place(self.file, number),
            what=self.parties.mentioned(even(node.heading))[1],
            owner=owner or "coachee",
            state=_state(node.todo or "", self.env.done_keys),
            seen_on=self.seen_on,
            by=days["deadline"] or days["scheduled"],
            closed_on=days["closed"],
            repeats=bool(_REPEATER.search(planning)),
            parent=parent,
        )
        self.tasks.append(task)
        self.taken.add(number - 1)
        self.repeating = task if task.repeats else None

    def _changed(self, number: int, keyword: str, day: str) -> None:
        """Take in that a heading that repeats was done once: a promise of its own."""
        if self.repeating is None or keyword not in self.env.done_keys:
            return
        once = self.repeating._replace(
            place=Place(self.file, number),
            state=_state(keyword, self.env.done_keys),
            by=None,
            closed_on=day_in(day),
        )
        if once.closed_on:
            self.tasks.append(once)

    def _stand_under(self, level: int, owner: str | None, words: str) -> tuple[str | None, str]:
        """Go to a heading; return whose it is by itself or by those above it, and the words of the task above it."""
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        above, parent = self.headings[-1][1:] if self.headings else (None, "")
        self.headings.append((level, owner or above, words))
        return owner or above, parent

    def passages(self) -> Iterator[Passage]:
        """Yield what is said besides tasks, once these are read."""
        shown = ["" if number in self.put_away else line for number, line in enumerate(self.lines)]
        return passages(Text(shown, self.titles, self.taken), self.file, lambda _: self.seen_on, self.parties)


def read_org(text: str, file: str, seen_on: date | None, parties: Parties, *, with_notes: bool = False) -> Listed:
    """Return the tasks of an org file; a box in a block, or a heading with a day, that is no task is remarked on.

    DEADLINE is the day it is due, else SCHEDULED; CLOSED the day it was done or let go. With a repeater, each state
    DONE of its log book is a promise of its own. A tag that is a name says whose it is (``:coach:``), as do an @ in
    the words and a heading above that is a name; else it is the coachee's. A box stands below its heading, and ``[-]``
    says that some of it is done. What is archived or commented is not read.

    Parameters
    ----------
    text
        Any text.
    file
        What it is called.
    seen_on
        The day it is of, if it has one; else ``#+DATE:`` or the first heading that is a day says it.
    parties
        The two whose names may stand in it.
    with_notes
        Whether what it says besides tasks is wanted too.
    """
    lines = [_INLINE_COMMENT.sub("", line) for line in lines_of(text)]
    env = OrgEnv(todos=_TODO, dones=_DONE, filename=_FILE)
    # They hold for the whole file, wherever they stand.
    orgparse.loads("\n".join(line for line in lines if _KEYWORDS.match(line) and _is_tame(line)), _FILE, env)
    reader = _Reader(file, seen_on, parties, env, lines, day_from="name of the file" if seen_on else None)
    if not seen_on:
        dates = (day_in(match[1]) for line in lines if (match := _DATE.match(line)))
        reader.seen_on = next(filter(None, dates), None)
        reader.day_from = "its properties" if reader.seen_on else None
    reader.read()
    days = (reader.seen_on,) if reader.seen_on else ()
    read = ListRead(file, len(reader.tasks), days, reader.day_from)
    notes = tuple(reader.passages()) if with_notes else ()
    return Listed(tuple(reader.tasks), tuple(reader.remarks), (read,), notes)


def _is_tame(line: str) -> bool:
    return len(line) <= _LONGEST and sum(map(line.count, ":<[")) <= _MOST_SIGNS


def _is_task(heading: str, env: OrgEnv) -> bool:
    keyword, *_ = heading.lstrip("*").split() or [""]
    return keyword in {*env.all_todo_keys, *_TODO, *_DONE}


def _is_comment(node: OrgNode) -> bool:
    return node.heading.split(" ")[0] == "COMMENT"


def _node(heading: str, planning: str, env: OrgEnv) -> OrgNode | None:
    """Return the one heading as orgparse understands it; None if it cannot take one of its days."""
    try:
        node = orgparse.loads(f"{heading}\n{planning}", _FILE, env)[1]
    except (ValueError, OverflowError):
        return None
    return node if isinstance(node, OrgNode) else None


def _day(timestamp: OrgDate) -> date | None:
    start = timestamp.start
    return start.date() if isinstance(start, datetime) else start


def _state(keyword: str, ended: Sequence[str]) -> State:
    if keyword in ended:
        return "let_go" if _LET_GO.search(keyword) else "done"
    return "partly" if keyword in _BEGUN else "open"


def _remarks(days: dict[str, date | None], planning: str) -> Iterator[str]:
    for name, day in days.items():
        if f"{name.upper()}:" in planning and day is None:
            yield say("{mark} is not followed by a day as org writes it", mark=name.upper())
    if days["scheduled"] and not days["deadline"]:
        yield to_say("without a deadline: the day it is scheduled is taken")
