"""Org files: headings with a TODO keyword → tasks, each with its line.

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

from coaching.formats.task_lists.markdown import lines_of
from coaching.formats.task_lists.task import Listed, Parties, Place, Remark, State, Task, even

_TODO = ("TODO", "NEXT", "STARTED", "DOING", "INPROGRESS", "IN-PROGRESS", "WAIT", "WAITING", "HOLD")
_DONE = ("DONE", "CANCELLED", "CANCELED", "KILL")
_BEGUN = frozenset({"STARTED", "DOING", "INPROGRESS", "IN-PROGRESS", "STRT"})
_LET_GO = pattern("CANCEL|KILL|DROP|REJECT|ABGEBROCHEN|VERWORFEN", IGNORECASE)
_HEADING = pattern(r"\*+\s")
_PLANNING = pattern(r"\s*(?:SCHEDULED|DEADLINE|CLOSED):")
_KEYWORDS = pattern(r"#\+(?:SEQ_|TYP_)?TODO:", IGNORECASE)
_BOX = pattern(r"\s*(?:[-+*]|[0-9]{1,9}[.)])\s+\[[ xX-]\]")
_FILE = "<string>"
_LONGEST, _MOST_SIGNS = 1_000, 20


@dataclass
class _Reader:
    """Where the reading of a file is: its keywords, and under whose heading it stands."""

    file: str
    seen_on: date | None
    parties: Parties
    env: OrgEnv
    tasks: list[Task] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    headings: list[tuple[int, str | None]] = field(default_factory=list)

    def say(self, line: int, remark: str) -> None:
        self.remarks.append(Remark(Place(self.file, line), remark))

    def read(self, lines: Sequence[str]) -> None:
        for number, line in enumerate(lines, 1):
            if _HEADING.match(line):
                below = lines[number] if number < len(lines) else ""
                self._heading(number, even(line), even(below) if _PLANNING.match(below) else "")
            elif _BOX.match(line):
                self.say(number, "a box below a heading; of an org file only headings are read")

    def _heading(self, number: int, heading: str, planning: str) -> None:
        if not (_is_tame(heading) and _is_tame(planning)):
            self.say(number, "too long, or too full of signs, not read")
            return
        node = _node(heading, planning, self.env)
        if node is None:
            self.say(number + 1, "a day that no calendar has; the days of this heading are left out")
            planning = ""
            node = _node(heading, planning, self.env)
        if node is None:
            self.say(number, "holds a day that no calendar has, not read")
        else:
            self._node(number, node, planning)

    def _node(self, number: int, node: OrgNode, planning: str) -> None:
        owner, what = self.parties.mentioned(even(node.heading))
        owner = owner or next(filter(None, map(self.parties.side, sorted(node.tags))), None)
        inherited = self._stand_under(node.level, owner or self.parties.side(what.rstrip(":")))
        if node.todo is None:
            if planning:
                self.say(number, "has a day, but no keyword such as TODO, not read")
        elif not what:
            self.say(number, "a heading without words, not read")
        else:
            days = {name: _day(getattr(node, name)) for name in ("deadline", "scheduled", "closed")}
            for remark in _remarks(days, planning):
                self.say(number + 1, remark)
            task = Task(
                place=Place(self.file, number),
                what=what,
                owner=inherited or "coachee",
                state=_state(node.todo, self.env.done_keys),
                seen_on=self.seen_on,
                by=days["deadline"] or days["scheduled"],
                closed_on=days["closed"],
            )
            self.tasks.append(task)

    def _stand_under(self, level: int, owner: str | None) -> str | None:
        """Go to a heading; return whose it is by itself or by those above it."""
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        above = self.headings[-1][1] if self.headings else None
        self.headings.append((level, owner or above))
        return owner or above


def read_org(text: str, file: str, seen_on: date | None, parties: Parties) -> Listed:
    """Return the tasks of an org file; a box, or a heading with a day, that is no task is remarked on.

    DEADLINE is the day it is due, else SCHEDULED; CLOSED the day it was done or let go. A tag that is a name says
    whose it is (``:coach:``), as do an @ in the words and a heading above that is a name; else it is the coachee's.

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
    lines = lines_of(text)
    env = OrgEnv(todos=_TODO, dones=_DONE, filename=_FILE)
    # They hold for the whole file, wherever they stand.
    orgparse.loads("\n".join(line for line in lines if _KEYWORDS.match(line) and _is_tame(line)), _FILE, env)
    reader = _Reader(file, seen_on, parties, env)
    reader.read(lines)
    return Listed(tuple(reader.tasks), tuple(reader.remarks))


def _is_tame(line: str) -> bool:
    return len(line) <= _LONGEST and sum(map(line.count, ":<[")) <= _MOST_SIGNS


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
            yield f"{name.upper()} is not followed by a day as org writes it"
    if days["scheduled"] and not days["deadline"]:
        yield "without a deadline: the day it is scheduled is taken"
