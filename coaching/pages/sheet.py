"""Everything the sheet shows, as one frozen view: one A4 page for those who leave the laptop shut.

It lies on the table between two people and is written on by hand. What there is too much of is folded to a number, so
that it stays one page whatever the workbook holds.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from types import MappingProxyType
from typing import Final

import pandas as pd

from coaching.charts.canvas.labels import ELLIPSIS, clean, wrap
from coaching.i18n import say, say_prompt
from coaching.l10n import say_day
from coaching.metrics.promises.items import owed_by_coach
from coaching.metrics.threads import Thread
from coaching.model.cells import rows_of
from coaching.model.prompts import Prompt
from coaching.model.sharing import Shared
from coaching.model.vocabulary import BecomingStatus, DreamStatus, Segment, ThreadKind
from coaching.pages.sections import statements
from coaching.pages.sections.promises import by_day
from coaching.pages.sections.session_parts import part_name
from coaching.pages.source import COACH, COACHEE, PageSource, Record
from coaching.pages.words import Words
from coaching.text import beginning

#: About how long each part lasts; the room to write in is shared out by it.
MINUTES: Final[Mapping[Segment, int]] = MappingProxyType(
    {
        Segment.OPENING: 5,
        Segment.YOURSELF: 8,
        Segment.DREAMS: 14,
        Segment.WHO_WHAT_WHEN: 13,
        Segment.CLOSING: 5,
    }
)
#: The room beside the talk, in rows of text: all of it, what a heading with what is folded takes, the gap after a line.
_ROOM, _HEADING, _GAP = 50, 4, 0.3
#: Of each line so many rows are shown, as the style sheet has it, each so many points wide in letters of this size.
_ROWS, _WIDTH, _SIZE = 3, 130, 9
#: How large a statement is set: the size of its letters, and in how many rows it must fit; the last takes any.
_STATEMENTS: Final = (("large", 19, 2), ("middle", 14, 3))
_PAGE_WIDTH = 500
#: How many characters of a name, a line and a statement stand on the sheet at most.
_NAME, _LINE, _STATEMENT = 24, 200, 480


@dataclass(frozen=True)
class Line:
    """Something that is open: in whose words, by which day, and whose it is if that is not said by the heading."""

    text: Words
    by: str | None = None
    whose: Words | None = None

    @property
    def room(self) -> float:
        """How many rows it takes at most."""
        text = f"{self.text} {self.whose or ''}"
        return len(wrap(text, _SIZE, _WIDTH, lines=_ROWS)) + (self.by is not None) + _GAP


@dataclass(frozen=True)
class Group:
    """Some short lines under a heading, and how many more there are.

    Attributes
    ----------
    heading
        What they are.
    has_boxes
        Whether there is a box to tick beside each.
    """

    heading: str
    lines: tuple[Line, ...]
    more: int = 0
    has_boxes: bool = False


@dataclass(frozen=True)
class Statement:
    """The mission statement in force, and how large it is set: ``large``, ``middle`` or ``small``."""

    text: Words
    size: str


@dataclass(frozen=True)
class SheetPart:
    """One part of the session: what it is called, the question it begins with, and its minutes."""

    name: str
    question: str
    minutes: int
    has_columns: bool


@dataclass(frozen=True)
class Sheet:
    """The sheet, from its head to its foot; what is None or empty has nothing to show."""

    called: Words | None
    day: str
    statement: Statement | None
    groups: tuple[Group, ...]
    parts: tuple[SheetPart, ...]


def view(shared: Shared, day: date, questions: Mapping[Segment, Prompt]) -> Sheet:
    """Return what the sheet of a conversation on a day shows; `questions` has one for each part."""
    contents = PageSource.of(shared, day)
    return Sheet(
        called=_called(contents, contents.coachee),
        day=say_day(day),
        statement=_statement(contents),
        groups=_fitting([group for group in _groups(contents) if group.lines]),
        parts=tuple(
            SheetPart(
                name=part_name(segment),
                question=say_prompt(questions[segment].text),
                minutes=minutes,
                has_columns=segment is Segment.WHO_WHAT_WHEN,
            )
            for segment, minutes in MINUTES.items()
        ),
    )


def _statement(contents: PageSource) -> Statement | None:
    in_force = contents.versions
    if not in_force:
        return None
    text = _short(statements.words_of(contents, in_force[-1]), _STATEMENT)
    sizes = (name for name, size, most in _STATEMENTS if len(wrap(text, size, _PAGE_WIDTH, lines=most + 1)) <= most)
    return Statement(text, next(sizes, "small"))


def _fitting(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Return the groups with as many lines as there is room for, one of each in turn; the others are counted."""
    room = float(_ROOM - _HEADING * len(groups))
    shown = [0] * len(groups)
    for turn in range(max((len(group.lines) for group in groups), default=0)):
        for place, group in enumerate(groups):
            if shown[place] == turn < len(group.lines) and group.lines[turn].room <= room:
                shown[place] += 1
                room -= group.lines[turn].room
    return tuple(
        replace(group, lines=group.lines[:count], more=len(group.lines) - count)
        for group, count in zip(groups, shown, strict=True)
    )


def _groups(contents: PageSource) -> Iterator[Group]:
    """Yield what is open between the two: promises, the coach's own first, then goals and plans, dreams, becomings."""
    states, coach = contents.states, _coach_of_the_day(contents)
    owed = owed_by_coach(states, contents.shared.frames, contents.asof)
    theirs = states.loc[(states["owner"] == COACHEE) & (states["state"] == "open")]
    dreams = [
        dream for dream in map(contents.standing, contents["dream"]) if dream["dream_status"] == DreamStatus.ACTIVE
    ]
    becomings = map(contents.standing, contents["becoming"])
    becoming = [one for one in becomings if one["becoming_status"] == BecomingStatus.ACTIVE]
    yield _promises(contents, _promised_by(contents, coach, say("The coach’s promises")), owed, coach)
    yield _promises(
        contents, _promised_by(contents, contents.coachee, say("The coachee’s promises")), theirs, contents.coachee
    )
    yield _names(say("Goals and plans"), (_goal(contents, goal) for goal in _goals(contents)))
    yield _names(say("Dreams"), (_dream(contents, dream) for dream in sorted(dreams, key=_coach_last)))
    yield _names(say("Becoming"), (_line(contents.words(one, "text")) for one in becoming))


def _promised_by(contents: PageSource, person: Record, otherwise: str) -> str:
    name = _called(contents, person)
    return say("{name} promised", name=name) if name else otherwise


def _promises(contents: PageSource, heading: str, states: pd.DataFrame, owner: Record) -> Group:
    rows = sorted(rows_of(states, ["id", "due", "person"]), key=itemgetter("due"))
    lines = (_promise(contents, row, owner) for row in rows)
    return Group(heading, tuple(line for line in lines if line), has_boxes=True)


def _promise(contents: PageSource, row: Record, owner: Record) -> Line | None:
    """Return a promise; whose it is, where it is that of another coach than the one in the heading."""
    other = row["person"] not in {None, owner.get("id")}
    whose = _called(contents, contents.one("person", row["person"])) if other else None
    return _line(contents.words(contents.one("item", row["id"]), "what"), by_day(row["due"]), whose)


def _names(heading: str, lines: Iterable[Line | None]) -> Group:
    return Group(heading, tuple(line for line in lines if line))


def _goals(contents: PageSource) -> list[Thread]:
    """Return the goals and plans that go on and do not rest, those of the coach last."""
    kinds = ThreadKind.GOAL, ThreadKind.PLAN
    alive = [one for one in contents.threads.values() if one.kind in kinds and not (one.is_over or one.rests)]
    return sorted(alive, key=lambda goal: goal.owner == COACH)


def _goal(contents: PageSource, goal: Thread) -> Line | None:
    whose = _called(contents, _coach_of_the_day(contents)) if goal.owner == COACH else None
    return _line(contents.words(contents.one("note", goal.id), "text"), whose=whose)


def _dream(contents: PageSource, dream: Record) -> Line | None:
    """Return a dream by its name; whose it is, where it is the coach's."""
    whose = _called(contents, _coach_of_the_day(contents)) if dream["author"] == COACH else None
    return _line(contents.dream_name(dream), whose=whose)


def _line(text: Words | None, by: str | None = None, whose: Words | None = None) -> Line | None:
    return Line(_short(text, _LINE), by, whose) if text else None


def _coach_last(record: Record) -> bool:
    return bool(record["author"] == COACH)


def _coach_of_the_day(contents: PageSource) -> Record:
    """Return the coach who sits at the table: of several the one whose time it is."""

    def since(coach: Record) -> date:
        return coach.get("since_on") or date.min

    then = [one for one in contents.coaches if since(one) <= contents.asof <= (one.get("until_on") or date.max)]
    return max(then or contents.coaches, key=since, default={})


def _called(contents: PageSource, person: Record) -> Words | None:
    """Return what a person is called by; None where no name can be read."""
    called = contents.called(person)
    return _short(called, _NAME) if called else None


def _short(words: Words, most: int) -> Words:
    """Return people's words as one line, cut where they are long."""
    line = clean(words)
    return Words(line if len(line) <= most else beginning(line, most - 1) + ELLIPSIS, words.lang)
