"""What meeting notes say besides action items: lines → passages, each of one day and one part of the session.

========================================================  =============================================
a line                                                    is
========================================================  =============================================
a heading that names a part (`parts.part_named`)          the head of what stands below, to the next heading of its rank
bold words alone, or ``Dreams:``, that name a part        as well; as a bullet, of what stands below it further in
``Mission: I …``                                          the head of its paragraph
any other heading                                         ends a part of its rank; below a part it belongs to that
an action item, or a heading of action items alone        no part of a passage: it comes in as an action item
a day, a title that says only who met                     none either
in a mission block with a quotation: what is not quoted   of the dreams, where the statement is made
any other                                                 words of the part under whose head it stands, or of none
========================================================  =============================================
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from re import DOTALL
from re import compile as pattern
from textwrap import dedent

from coaching.formats.task_lists.name_days import day_within, is_a_day
from coaching.formats.task_lists.parties import Parties
from coaching.formats.task_lists.parts import is_title, is_topic, part_named
from coaching.formats.task_lists.task import Part, Passage, Place
from coaching.formats.task_lists.words import folded

_BULLET = pattern(r"(\s*)(?:[-*+•–]|[0-9]{1,9}[.)])\s+(.*)")
_BOLD = pattern(r"(\*\*|__)(?P<name>[^*_]{2,80}?)(?P<in>:?)\1\s*(?P<out>:?)\s*(?P<rest>.*)")
_LABEL = pattern(r"[*_]?(?P<name>[^:*_\[\]()|]{2,60}?)[*_]?:[*_]?(?:\s+(?P<rest>.*)|$)")
_CALLOUT = pattern(r"\s*>\s*\[![a-zA-Z-]+\][+-]?\s*(?P<name>.*)")
_QUOTED = pattern(r"\s*>\s?(.*)")
_RULE = pattern(r"\s*(?:[-*_]\s*){3,}")
_QUOTES = pattern('["“„«»‟]([^"“”„«»]+)["”“»«]')
_EMPHASIS = pattern(r"([*_]{1,3})(.+?)\1", DOTALL)
#: What stands where a statement would, and is none.
_NO_STATEMENT = frozenset(
    {
        "none", "none yet", "not yet", "no change", "no changes", "unchanged", "same", "same as last time", "as before",
        "kept", "keep", "keep it", "tbd", "todo", "n/a", "later", "pass", "open",
        "noch keiner", "noch keine", "noch nicht", "keiner", "keine", "unverändert", "gleich", "wie bisher",
        "wie gehabt", "wie letztes mal", "bleibt", "bleibt so", "behalten", "später", "offen", "s.o",
    }
)  # fmt: skip
#: Before a colon, these say who speaks.
_WHO_SPEAKS = frozenset({"me", "you", "us", "sie", "uns", "self", "ich", "du"})
_OF_A_BOLD_LINE, _OF_A_LABEL, _OF_A_NAME, _OF_A_BULLET = 7, 8, 9, 10


@dataclass(frozen=True)
class Heading:
    """A heading of a text: its lines from `begin` to before `end`, counted from 0, and how far down it stands."""

    begin: int
    end: int
    rank: int
    words: str


@dataclass(eq=False)
class _Head:
    """A head under which lines stand, and what stands under it."""

    rank: int
    part: Part | None
    line: int
    words: str = ""
    indent: int | None = None
    is_of_paragraph: bool = False
    has_tasks: bool = False
    has_words: bool = False


@dataclass
class _Block:
    """Lines of one day, one part and, for a mission statement, one head."""

    day: date | None
    part: Part | None
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def begin(self) -> int:
        """The first line that says anything."""
        return next(number for number, line in self.lines if line.strip())


@dataclass
class Text:
    """A text that is read as meeting notes.

    Attributes
    ----------
    lines
        What of its lines is to be seen.
    headings
        Its headings, by the line in which they begin.
    tasks
        The lines that are action items.
    literal
        The lines of blocks of code: no heads are looked for in them.
    """

    lines: Sequence[str]
    headings: Mapping[int, Heading]
    tasks: Collection[int]
    literal: Collection[int] = ()


def passages(text: Text, file: str, day_at: Callable[[int], date | None], parties: Parties) -> Iterator[Passage]:
    """Yield what a text says besides action items, by day and part.

    Parameters
    ----------
    text
        The text.
    file
        What it is called.
    day_at
        Gives the day that a line is of.
    parties
        The two whose names may stand in headings.
    """
    return _Reader(text, file, day_at, parties).passages()


class _Reader:
    def __init__(self, text: Text, file: str, day_at: Callable[[int], date | None], parties: Parties) -> None:
        self._text, self._file, self._day_at, self._parties = text, file, day_at, parties
        self._names = parties.words
        self._stack: list[_Head] = []
        self._blocks: dict[tuple[date | None, Part | None, int], _Block] = {}
        #: Lines that are heads which say nothing where action items alone stand below.
        self._pending: dict[int, _Head] = {}

    def passages(self) -> Iterator[Passage]:
        """Yield the passages, in the order in which they begin."""
        number = 0
        while number < len(self._text.lines):
            heading = self._text.headings.get(number)
            if heading is None:
                self._line(number, self._text.lines[number])
                number += 1
                continue
            if number in self._text.tasks:
                self._have_tasks()
                self._stand_under(_Head(heading.rank, None, number))
            else:
                self._heading(heading)
            number = heading.end
        idle = {line for line, head in self._pending.items() if head.has_tasks and not head.has_words}
        statements, others = self._of_parts(idle)
        for block in sorted([*others, *statements], key=lambda block: block.begin):
            yield Passage(Place(self._file, block.begin + 1), block.day, block.part, _words(block.lines))

    def _of_parts(self, idle: Collection[int]) -> tuple[list[_Block], list[_Block]]:
        """Return the mission statements, the last one of each day, and all other words by day and part."""
        statements: dict[date | None, _Block] = {}
        others: dict[tuple[date | None, Part | None], _Block] = {}

        def add(day: date | None, part: Part | None, lines: Sequence[tuple[int, str]]) -> None:
            if any(line.strip() for _, line in lines):
                block = others.setdefault((day, part), _Block(day, part))
                block.lines += [(-1, "")] * bool(block.lines) + list(lines)

        for block in self._blocks.values():
            block.lines = [(number, line) for number, line in block.lines if number not in idle]
            if block.part != "mission":
                add(block.day, block.part, block.lines)
                continue
            quoted = [(number, match[1]) for number, line in block.lines if (match := _QUOTED.fullmatch(line))]
            said = [(number, line) for number, line in block.lines if line.strip()]
            if quoted:
                add(block.day, "dreams", [(number, line) for number, line in said if not _QUOTED.fullmatch(line)])
                said = [(number, line) for number, line in quoted if line.strip()]
            statement = _statement([line for _, line in said])
            if not statement:
                add(block.day, "dreams", said)
                continue
            if before := statements.get(block.day):
                add(block.day, "dreams", before.lines)
            lines = [(said[0][0], line) for line in statement.split("\n")]
            statements[block.day] = _Block(block.day, "mission", lines)
        return list(statements.values()), list(others.values())

    def _heading(self, heading: Heading) -> None:
        words = heading.words.strip()
        part = part_named(words, self._names)
        is_day = is_a_day(words) or (day_within(words) is not None and is_title(words, self._names))
        head = _Head(heading.rank, part, heading.begin, words)
        self._stand_under(head)
        if is_day or is_title(words, self._names):
            return
        if part is None or is_topic(words):
            lines = self._text.lines[heading.begin : heading.end]
            lines = lines[:-1] if len(lines) > 1 else lines  # what underlines it
            self._keep_head(head, *lines)

    def _keep_head(self, head: _Head, *lines: str) -> None:
        for number, line in enumerate(lines, head.line):
            self._add(number, line, is_head=True)
            self._pending[number] = head

    def _have_tasks(self) -> None:
        for head in self._stack:
            head.has_tasks = True

    def _stand_under(self, head: _Head) -> None:
        self._end_paragraph()
        while self._stack and self._stack[-1].rank >= head.rank and not head.is_of_paragraph:
            self._stack.pop()
        self._stack.append(head)

    def _end_paragraph(self) -> None:
        while self._stack and self._stack[-1].is_of_paragraph:
            self._stack.pop()

    def _line(self, number: int, line: str) -> None:
        if not line.strip():
            self._end_paragraph()
            self._add(number, "")
            return
        indent = _indent(line)
        while self._stack and (further := self._stack[-1].indent) is not None and indent <= further:
            self._stack.pop()
        if number in self._text.tasks:
            self._have_tasks()
            return
        if _RULE.fullmatch(line) and number not in self._text.literal:
            return
        if number in self._text.literal or not self._label(number, line, indent):
            self._add(number, line)

    def _label(self, number: int, line: str, indent: int) -> bool:
        """Take in a line that is a head without being a heading; tell whether it was one, and says nothing more."""
        bullet = _BULLET.fullmatch(line)
        body = (bullet[2] if bullet else line).strip()
        if callout := _CALLOUT.fullmatch(line):
            return self._named(_Head(_OF_A_LABEL, None, number, is_of_paragraph=True), callout["name"])
        bold, label = _BOLD.fullmatch(body), _LABEL.fullmatch(body)
        rank = _OF_A_BULLET + indent if bullet else _OF_A_BOLD_LINE if bold else _OF_A_LABEL
        head = _Head(rank, None, number, indent=indent if bullet else None)
        name, rest = "", ""
        if bold and (bold["in"] or bold["out"] or not bold["rest"]):
            name, rest = bold["name"], bold["rest"]
        elif label and not bold:
            name, rest = label["name"], label["rest"] or ""
        elif bullet and self._is_further_in(number + 1, indent):
            name = body
        if name and self._named(head, name, rest):
            return True
        is_name = self._parties.is_only_a_name(body)
        if is_name or (bold and not bullet and not bold["rest"]):
            head.rank = max(rank, _OF_A_NAME) if is_name else rank
            self._stand_under(head)
            self._keep_head(head, line)
            return True
        return False

    def _named(self, head: _Head, name: str, rest: str = "") -> bool:
        """Stand under a head if it names a part; what stands behind its name begins the part."""
        part = part_named(name, self._names)
        if part is None or is_topic(name) or folded(name) in _WHO_SPEAKS:
            return False
        head.part, head.is_of_paragraph = part, head.is_of_paragraph or (bool(rest) and head.indent is None)
        self._stand_under(head)
        if rest:
            self._add(head.line, rest)
        return True

    def _is_further_in(self, number: int, indent: int) -> bool:
        """Tell whether something stands below a bullet, further in."""
        return (
            number < len(self._text.lines)
            and bool(self._text.lines[number].strip())
            and (_indent(self._text.lines[number]) > indent)
        )

    def _current(self) -> _Head | None:
        return next((head for head in reversed(self._stack) if head.part), None)

    def _add(self, number: int, line: str, *, is_head: bool = False) -> None:
        head = self._current()
        part = head.part if head else None
        place = head.line if head and part == "mission" else -1
        day = self._day_at(number)
        block = self._blocks.setdefault((day, part, place), _Block(day, part))
        block.lines.append((number, line))
        if line and not is_head:
            for above in self._stack:
                above.has_words = True


def _words(lines: Sequence[tuple[int, str]]) -> str:
    """Return lines as one text: no empty lines around it, one where there are several, no further in than need be."""
    result: list[str] = []
    for _, line in lines:
        if line.strip() or (result and result[-1]):
            result.append(line.rstrip())
    return dedent("\n".join(result)).strip("\n").rstrip()


def _statement(lines: Sequence[str]) -> str:
    """Return the words of a mission statement without the signs of the text around them; nothing if there are none."""
    bullets = [_BULLET.fullmatch(line) for line in lines]
    if len(lines) == 1 and bullets[0]:
        lines = [bullets[0][2]]
    words = "\n".join(line.strip() for line in lines)
    for _ in range(3):  # *"words"*
        if (match := _EMPHASIS.fullmatch(words)) and match[1] not in match[2]:
            words = match[2].strip()
        if match := _QUOTES.fullmatch(words):
            words = match[1].strip()
    return "" if folded(words).strip("_*(). ") in _NO_STATEMENT or not any(map(str.isalnum, words)) else words


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
