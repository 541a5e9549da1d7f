"""Markdown check lists: text → tasks, each with its line.

The blocks come from markdown-it-py: lists in lists, fences, tables, headings. Its own plug-in for task lists knows two
signs; people write a dozen, so that the beginning of a line is read by `boxes`. Code by indentation is switched off,
as people indent lists by four and more; comments are blanked before (`hidden`), and what HTML remains is text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from re import IGNORECASE, split
from re import compile as pattern

from markdown_it import MarkdownIt
from markdown_it.token import Token

from coaching.formats.task_lists import columns, todo_txt
from coaching.formats.task_lists.boxes import Beginning, beginning, is_almost_a_box, may_hold_tasks
from coaching.formats.task_lists.dates import day_in
from coaching.formats.task_lists.hidden import Visible, visible_lines
from coaching.formats.task_lists.marks import Marks, marks
from coaching.formats.task_lists.name_days import NamedDay, day_within, is_a_day, says_until
from coaching.formats.task_lists.parties import Parties
from coaching.formats.task_lists.parts import part_named
from coaching.formats.task_lists.passages import Heading, Text, passages
from coaching.formats.task_lists.task import (
    HIDDEN,
    LONGEST_LINE,
    NAMED,
    TOO_LONG,
    DayFrom,
    Listed,
    ListRead,
    Passage,
    Place,
    Remark,
    State,
    Task,
)
from coaching.formats.task_lists.words import even, is_struck
from coaching.i18n import say, to_say

_UNKNOWN_SIGN = to_say("its box holds a sign that is not known; taken as open")
_ALMOST = to_say("looks like a check box, and is none: write '- [ ] ' or '- [x] ' before the words")
_IN_CODE = to_say("stands in a block of code, not read")
#: What is said of a box without words, and of one that is nowhere.
NO_WORDS = to_say("a box without words, not read")
NOT_UNDERSTOOD = to_say("has a box, and stands where no list was understood; not read")
_CLOSED_BY = {"done": "done", "let_go": "cancelled"}
_BOX_SOMEWHERE = pattern(r"[\s>]*(?:[-*+•–]|[0-9]{1,9}[.)])?\s*\[[ xX/-]\](?:\s|$)")
#: A box that does not begin its line, or one of a page.
_BOX_INSIDE = pattern(r"(?<![\w`\\\])])\[[ xX]\](?![\w(\[:`])|<input[^>]*checkbox", IGNORECASE)
_CODE = pattern(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_BULLET = pattern(r"[\s>]*(?:(?:[-*+]|[0-9]{1,9}[.)])\s+)*")
_LABEL = pattern(r"(?:date|datum|day|tag|when|wann)[*_]*:{1,2}[*_]*\s*", IGNORECASE)
_UNDERLINE = pattern(r"=+|-{2,}")
_BOLD = pattern(r"(\*\*|__)(.+?)\1\s*:?")
_OWN = pattern(r"(?<!\S)coaching (c[0-9a-z]{12})(?!\S)")
_DEEPEST = 100
#: What a text has to hold for a rule of the parser to apply anywhere.
_NEEDS = {
    "table": pattern(r"\|"),
    "fence": pattern("```|~~~"),
    "blockquote": pattern(">"),
    "hr": pattern(r"([-*_])[ \t]*\1[ \t]*\1"),
    "lheading": pattern(r"\n[ \t>]*(?:=+|-+)[ \t]*(?:\n|$)"),
}
_LISTS = ("bullet_list", "ordered_list", "list_item")
_OF_LISTS = frozenset(f"{kind}_{end}" for kind in _LISTS for end in ("open", "close"))
_LOWEST_RANK = 7
#: What is said of a mark that no day follows.
NOT_A_DAY = to_say(
    "'{mark}' is not followed by a day that can be told for sure, such as 2026-03-11; it stays in the words"
)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text as editors number them."""
    return split(r"\r\n|\n|\r", text)


@cache
def _parser(idle: frozenset[str]) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    return parser.disable(["code", "html_block", "reference", "inline", "text_join", *idle])


def _parsed(text: str) -> list[Token]:
    """Return the blocks of a text; rules of whose signs there are none are not tried on every line of it."""
    return _parser(frozenset(rule for rule, needs in _NEEDS.items() if not needs.search(text))).parse(text)


@dataclass
class _Item:
    """An item of a list: the line it begins in, how far in, and whose or what it is."""

    line: int
    owner: str | None = None
    words: str = ""
    is_begun: bool = False


@dataclass
class _Reader:
    """Where the reading of a list is: under which headings, in which items of lists."""

    file: str
    seen_on: date | None
    parties: Parties
    lines: Sequence[str]
    sections: dict[int, date] = field(default_factory=dict)
    own: dict[int, str] = field(default_factory=dict)
    tasks: list[Task] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    headings: list[tuple[int, str | None]] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)
    lists: list[str | None] = field(default_factory=list)
    heard: set[int] = field(default_factory=set)
    taken: set[int] = field(default_factory=set)

    def say(self, number: int, remark: str, *, is_unread: bool = False) -> None:
        """Remark on a line, counted from 0."""
        self.heard.add(number)
        words = even(self.lines[number])
        self.remarks.append(Remark(Place(self.file, number + 1), remark, words[:LONGEST_LINE], is_unread))

    def read(self, tokens: Sequence[Token]) -> None:
        table: columns.Rows = []
        for at, token in enumerate(tokens):
            begin, end = token.map or (0, 0)
            match token.type:
                case "heading_open":
                    self._heading(begin, int(token.tag[1]), tokens[at + 1].content)
                case of_list if of_list in _OF_LISTS:
                    self._list(token, tokens[at - 1])
                case "fence":
                    self._code(begin, end)
                case "inline" if tokens[at - 1].type == "paragraph_open":
                    self._paragraph(begin, token.content.split("\n"))
                case "tr_open":
                    table.append((begin + 1, []))
                case "inline" if tokens[at - 1].type in {"td_open", "th_open"}:
                    table[-1][1].append(token.content)
                case "table_close":
                    self._table(table)
                    table = []

    def _list(self, token: Token, before: Token) -> None:
        if token.type == "list_item_open":
            self.items.append(_Item(token.map[0] if token.map else 0))
        elif token.type == "list_item_close":
            item = self.items.pop()
            if item.owner and not item.words and before.type == "paragraph_close":
                self.lists[-1] = item.owner  # a name alone, and nothing further in: of those below it
        elif token.nesting > 0:
            self.lists.append(None)
        else:
            self.lists.pop()

    def _heading(self, number: int, level: int, words: str) -> None:
        if started := beginning(words, is_item=False):
            self._task(number, started, [])
            return
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        above = self.headings[-1][1] if self.headings else None
        owner = self.parties.above(words)
        self.headings.append((level, owner or above))

    def _code(self, begin: int, end: int) -> None:
        for number in range(begin, min(end, len(self.lines))):
            line = _BULLET.sub("", self.lines[number])
            if beginning(line, is_item=False) or is_almost_a_box(line):
                self.say(number, _IN_CODE, is_unread=True)

    def _paragraph(self, first: int, content: list[str]) -> None:
        item = self.items[-1] if self.items else None
        is_first_of_item = item is not None and not item.is_begun
        if item:
            item.is_begun = True
        at = 0
        while at < len(content):
            number = first + at
            is_item = is_first_of_item and at == 0
            words = content[at].strip()
            started = beginning(words, is_item=is_item)
            if started:
                further = self._further(first, content, at)
                self._task(number, started, further, item if is_item else None)
                at += 1 + len(further)
            else:
                at += self._prose(number, words, content[at + 1 :], item if is_item else None)

    def _further(self, first: int, content: list[str], at: int) -> list[str]:
        """Return the lines with which a task goes on: further in than it, and no task of their own."""
        indent = indent_of(self.lines[first + at])
        further = []
        for number in range(at + 1, len(content)):
            words = content[number].strip()
            if (
                beginning(words, is_item=False)
                or is_almost_a_box(words)
                or indent_of(self.lines[first + number]) <= indent
            ):
                break
            further.append(words)
        return further

    def _prose(self, number: int, words: str, below: Sequence[str], item: _Item | None) -> int:
        """Take in a line that is no task; return how many lines that took."""
        if is_almost_a_box(words):
            self.say(number, _ALMOST, is_unread=True)
            return 1
        bold = _BOLD.fullmatch(words)
        owner = self.parties.is_only_a_name(words)
        if owner is None and bold and not item:
            owner = self.parties.above(bold[2])
        if item:
            item.owner, item.words = owner, "" if owner or is_a_day(words) else words
        elif owner or bold:
            while self.headings and self.headings[-1][0] >= _LOWEST_RANK:
                self.headings.pop()
            above = self.headings[-1][1] if self.headings else None
            self.headings.append((_LOWEST_RANK, owner or above))
        return 2 if below and owner and _UNDERLINE.fullmatch(below[0].strip()) else 1

    def _task(self, number: int, started: Beginning, further: Sequence[str], item: _Item | None = None) -> None:
        self.heard.add(number)
        self.taken.update(range(number, number + 1 + len(further)))
        if not started.is_known:
            self.say(number, _UNKNOWN_SIGN)
        said = marks(" ".join([started.words, *further]))
        if number in self.own:  # a plan, whose days are words
            said.days.clear()
        state: State = "let_go" if started.state == "open" and is_struck(said.words) else started.state
        owner, said.words = self._owner(number, said)
        for remark in marks_remarks(said, state):
            self.say(number, remark)
        if not said.words:
            self.say(number, NO_WORDS, is_unread=True)
            return
        indent = indent_of(self.lines[number])
        parents = [above for above in self.items if above is not item and indent_of(self.lines[above.line]) < indent]
        mark = self.own.get(number) or said.own
        task = task_of(
            Place(self.file, number + 1),
            said,
            state,
            owner=owner or self._owner_above(parents),
            seen_on=self.day_at(number),
            parent=parents[-1].words if parents else "",
            mark=mark,
        )
        self.tasks.append(task)
        if item:
            item.words, item.owner = task.what, owner

    def _owner(self, number: int, said: Marks) -> tuple[str | None, str]:
        if side := said.owner and self.parties.side(said.owner):
            return side, said.words
        owner, words = self.parties.mentioned(said.words)
        if owner is None and not (said.own or number in self.own) and self.parties.names_somebody(words):
            self.say(number, NAMED)
        return owner, words

    def _owner_above(self, parents: Sequence[_Item]) -> str:
        of_items = next((above.owner for above in reversed(parents) if above.owner), None)
        of_items = of_items or next(filter(None, reversed(self.lists)), None)
        return of_items or (self.headings[-1][1] if self.headings else None) or "coachee"

    def _table(self, rows: columns.Rows) -> None:
        listed = columns.read_rows(rows, self.file, self.seen_on, self.parties, whose=self._owner_above([]))
        if listed is None:
            return
        self.tasks += listed.tasks
        self.remarks += listed.remarks
        items = {task.place.line - 1 for task in listed.tasks}
        self.heard |= items | {one.place.line - 1 for one in listed.remarks}
        if items:  # a table of them has headings, and a line below these
            self.taken |= {rows[0][0] - 1, rows[0][0], *items}

    def day_at(self, number: int) -> date | None:
        """Return the day that a line is of."""
        at = max((at for at in self.sections if at <= number), default=None)
        return self.seen_on if at is None else self.sections[at]

    def passages(self, tokens: Sequence[Token]) -> Iterator[Passage]:
        """Yield what is said besides tasks, once these are read."""
        headings = {
            token.map[0]: Heading(token.map[0], token.map[1], int(token.tag[1]), tokens[at + 1].content)
            for at, token in enumerate(tokens)
            if token.type == "heading_open" and token.map and self._is_heading(token, tokens[at + 1].content)
        }
        fences = (token.map for token in tokens if token.type == "fence" and token.map)
        literal = {number for begin, end in fences for number in range(begin, end)}
        text = Text(self.lines, headings, self.taken, literal=literal)
        return passages(text, self.file, self.day_at, self.parties)

    def _is_heading(self, token: Token, words: str) -> bool:
        """Tell whether a heading is meant as one: three hyphens below a paragraph are a line to its writer."""
        underline = self.lines[token.map[1] - 1].strip() if token.map else ""
        is_line = token.markup == "-" and len(underline) == len("---")
        return not is_line or part_named(words, self.parties.words) is not None


def read_check_list(
    text: str, file: str, seen_on: date | None, parties: Parties, *, with_notes: bool = False
) -> Listed:
    """Return the tasks of a Markdown text: every line with a box is one of them, or remarked on.

    A line that goes on below, further in, is taken whole. Under a heading, a bold line or a bullet that is the name of
    one of the two, what names nobody is theirs; else it is the coachee's.

    Parameters
    ----------
    text
        Any text.
    file
        What it is called.
    seen_on
        The day in its name, if there is one; else its properties say the day, its first heading, or the headings
        inside.
    parties
        The two whose names may stand in it.
    with_notes
        Whether what it says besides tasks is wanted too.
    """
    lines = lines_of(text)
    if todo_txt.is_todo_txt(lines, file):
        return todo_txt.read_todo_txt(lines, file, seen_on, parties)
    if not with_notes and not may_hold_tasks(text):
        return Listed(files=(ListRead(file, 0, *_days(seen_on)),))
    visible = visible_lines(lines)
    reader = _Reader(file, seen_on, parties, visible.lines, own=_marked(visible))
    _leave_out(reader, visible)
    tokens = _parsed("\n".join(visible.lines))
    day_from = _say_days(reader, visible, tokens)
    reader.read(tokens)
    for number, line in enumerate(visible.lines):
        if number not in reader.heard and ("[" in line or "<" in line) and _has_a_box(line):
            reader.say(number, NOT_UNDERSTOOD, is_unread=True)
    days = tuple(sorted({*reader.sections.values()})) or ((reader.seen_on,) if reader.seen_on else ())
    read = ListRead(file, len(reader.tasks), days, day_from if days else None)
    notes = tuple(reader.passages(tokens)) if with_notes else ()
    return Listed(tuple(reader.tasks), tuple(reader.remarks), (read,), notes)


def _has_a_box(line: str) -> bool:
    return bool(_BOX_SOMEWHERE.match(line) or _BOX_INSIDE.search(_CODE.sub("", line)))


def _days(seen_on: date | None) -> tuple[tuple[date, ...], DayFrom | None]:
    return ((seen_on,), "name of the file") if seen_on else ((), None)


def _marked(visible: Visible) -> dict[int, str]:
    """Return the marks of a plan of this program by the line of their task: a mark stands in a comment below it."""
    own = {}
    for number, comment in visible.hidden.items():
        if match := _OWN.search(comment):
            above = (at for at in range(number, -1, -1) if _BOX_SOMEWHERE.match(visible.lines[at]))
            own[next(above, number)] = match[1]
    return own


def _leave_out(reader: _Reader, visible: Visible) -> None:
    """Remark on what is hidden or too long, and let the parser see none of it."""
    for number, comment in visible.hidden.items():
        hidden = [_BULLET.sub("", line) for line in comment.split("\n")]
        if any(beginning(line.strip(), is_item=True) or is_almost_a_box(line.strip()) for line in hidden):
            reader.heard.add(number)
            reader.remarks.append(Remark(Place(reader.file, number + 1), HIDDEN, is_unread=True))
    for number, line in enumerate(visible.lines):
        if len(line) > LONGEST_LINE:
            reader.heard.add(number)
            reader.remarks.append(Remark(Place(reader.file, number + 1), TOO_LONG, is_unread=True))
            visible.lines[number] = ""


def _say_days(reader: _Reader, visible: Visible, tokens: Sequence[Token]) -> DayFrom | None:
    """Say of what day the list is, or its sections are; return where that stands."""
    if reader.seen_on:
        return "name of the file"
    said = visible.properties.get("date") or visible.properties.get("datum") or ""
    if day := day_in(said.strip("[]")):
        reader.seen_on = day
        return "its properties"
    headings = [
        (token.map[0], tokens[at + 1].content)
        for at, token in enumerate(tokens)
        if token.map and (token.type == "heading_open" or _is_like_a_heading(tokens[at : at + 2]))
    ]
    days = {number: named.day for number, words in headings if is_a_day(words) and (named := day_within(words))}
    if len(set(days.values())) <= 1:
        days |= _days_of_rank(tokens)
    if len(set(days.values())) > 1:
        reader.sections = days
        return "headings inside"
    first = next((day_within(words) for _, words in headings), None)
    found = first.day if first else next(iter(days.values()), None)
    reader.seen_on = found
    return "first heading" if found else None


def _days_of_rank(tokens: Sequence[Token]) -> dict[int, date]:
    """Return the days of the first rank of headings that all hold one, whatever else they say."""
    ranks: dict[str, list[tuple[int, NamedDay | None]]] = {}
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.map:
            words = tokens[at + 1].content
            ranks.setdefault(token.tag, []).append((token.map[0], None if says_until(words) else day_within(words)))
    for _, named in sorted(ranks.items()):
        days = {number: one.day for number, one in named if one}
        if len(days) == len(named) > 1:
            return days
    return {}


def _is_like_a_heading(tokens: Sequence[Token]) -> bool:
    """Tell whether a paragraph, or an item of a list, is a day and nothing else."""
    return tokens[0].type == "paragraph_open" and _day_alone(tokens[1].content) is not None


def _day_alone(words: str) -> date | None:
    """Return the day that words are, with what labels it: ``Date: 2026-03-04``."""
    return day_in(_LABEL.sub("", words.strip("*_[]: ")).strip("*_[]: "))


def task_of(
    place: Place,
    said: Marks,
    state: State,
    *,
    owner: str | None,
    seen_on: date | None,
    parent: str = "",
    mark: str = "",
) -> Task:
    """Return the task that words with marks are; without a due date it is meant for the day it is scheduled."""
    days = said.days
    return Task(
        place=place,
        what=said.words,
        owner=owner,
        state=state,
        seen_on=seen_on,
        agreed=days.get("created"),
        by=days.get("due") or days.get("scheduled"),
        closed_on=days.get(_CLOSED_BY.get(state, "")),
        repeats=said.repeats,
        parent=parent,
        mark=mark,
    )


def marks_remarks(said: Marks, state: State) -> Iterator[str]:
    """Return what is to be said of the marks of a task."""
    for name in said.unclear:
        yield say(NOT_A_DAY, mark=name)
    if "due" not in said.days and "scheduled" in said.days:
        yield to_say("without a due date: the day it is scheduled is taken")
    if "start" in said.days:
        yield to_say("the day it may start is not kept")
    for ended, name in _CLOSED_BY.items():
        if name in said.days and state != ended:
            yield say("has a day for '{mark}', but its box does not say so; the box is taken", mark=name)


def indent_of(line: str) -> int:
    """Return how far in a line begins."""
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
