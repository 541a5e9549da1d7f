"""Tables of action items: which column is what, and what a row says; in English or German, of whatever tool."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from re import compile as pattern
from types import MappingProxyType
from typing import Literal

from coaching.formats.items_csv import EXPERIMENT, neutral
from coaching.formats.problems import shown
from coaching.formats.task_lists.boxes import beginning
from coaching.formats.task_lists.dates import Order, day_in, order_of, serial_day
from coaching.formats.task_lists.marks import marks
from coaching.formats.task_lists.parties import Parties
from coaching.formats.task_lists.task import LONGEST_LINE, NAMED, TOO_LONG, Listed, Place, Remark, State, Task
from coaching.formats.task_lists.words import even, folded, words_key
from coaching.i18n import say, to_say
from coaching.model.ids import mark_of

#: Rows of a table, each with the line in which it begins, the headings first.
Rows = list[tuple[int, list[str]]]
Taken = Literal["what", "who", "by", "agreed", "done", "state", "parent", "type", "indent", "mark"]
#: What columns are called; of several that say what, the one whose name stands first here.
_CALLED: Mapping[Taken, str] = {
    "what": "what, action item, action items, action, task, task name, to do, to-do, todo, item, title, summary, "
    "subject, issue, promise, was, aufgabe, aufgabenname, maßnahme, massnahme, vorgang, titel, betreff, "
    "card name, card title, name, task title, content, description, beschreibung, task description",
    "who": "who, owner, assignee, assignees, assigned to, assigned, assign, responsible, person, members, "
    "wer, verantwortlich, verantwortliche, verantwortlicher, zuständig, zugewiesen an, zugewiesen, bearbeiter",
    "by": "by, by when, due, due date, due by, due on, due at, duedate, deadline, until, target date, end date, when, "
    "bis, bis wann, fällig, fällig am, fälligkeit, fälligkeitsdatum, termin, frist",
    "agreed": "agreed, agreed on, created, created at, created on, created time, created date, creation date, added, "
    "added on, date, date created, vereinbart, vereinbart am, erstellt, erstellt am, angelegt, angelegt am, datum",
    "done": "done, done on, completed, completed at, completed on, completed time, completed date, date completed, "
    "completion date, due complete, closed, closed on, closed at, resolved, resolved at, finished, finished on, "
    "is completed, "
    "erledigt, erledigt am, abgeschlossen, abgeschlossen am, fertig",
    "state": "state, status, progress, zustand, stand, fortschritt",
    "parent": "parent, parent task, parent item, übergeordnete aufgabe",
    "type": "type",
    "indent": "indent, outline level, einzug, gliederungsebene",
    "mark": "",
}
_SAID: Mapping[State, str] = {
    "open": "open, to do, todo, to-do, not started, new, draft, no, false, 0, n, waiting, blocked, on hold, hold, "
    "deferred, postponed, scheduled, planned, backlog, selected for development, ready, next, later, needs action, "
    "incomplete, paused, stuck, active, unchecked, reopened, pending, ☐, "
    "offen, neu, nein, nicht gestartet, nicht begonnen, pausiert, wartet, wartend, blockiert, zurückgestellt, "
    "verschoben, geplant",
    "partly": "partly, partially done, in progress, inprogress, in-progress, started, begun, doing, wip, "
    "work in progress, in review, in testing, review, qa, ongoing, underway, on track, at risk, in arbeit, "
    "in bearbeitung, in prüfung, begonnen, teilweise, teilweise erledigt, läuft",
    "done": "done, completed, complete, closed, resolved, finished, fixed, yes, true, x, y, 1, 2, ✓, ✔, ✅, ☑, "
    "checked, archived, delivered, erledigt, erl, fertig, fertiggestellt, abgeschlossen, getan, ja, j, wahr",
    "let_go": "let go, cancelled, canceled, abandoned, dropped, won't do, wont do, won’t do, won't fix, wontfix, "
    "rejected, obsolete, skipped, discarded, deleted, not needed, declined, "
    "abgebrochen, abgesagt, losgelassen, entfällt, verworfen, gestrichen, gelöscht, storniert, abgelehnt, hinfällig",
}
_TAKEN_FOR = MappingProxyType({name: taken for taken, names in _CALLED.items() for name in names.split(", ") if name})
_RANK = MappingProxyType({name: rank for rank, name in enumerate(_CALLED["what"].split(", "))})
_STATE_OF = MappingProxyType({word: state for state, words in _SAID.items() for word in words.split(", ")})
#: What only a table that this program has written calls its columns.
_OWN = ("id", "first agreed by", "times moved")
_PERCENT = pattern(r"([0-9]{1,3})(?:[.,][0-9]+)? ?%")
_FROM_TO = pattern(r" ?(?:→|–| to | bis ) ?")
_DAYS: tuple[Taken, ...] = ("by", "agreed", "done")
_NO_DAY = to_say("'{column}' holds no day that can be told for sure; write it like 2026-03-11")
_NOBODY = to_say("'who' is neither of the two: a draft until somebody takes it")
_BOTH = to_say("'who' names both of you: a draft until one takes it")
_UNKNOWN_STATE = to_say("'state' is a word that is not known; taken as open")
_OF_THE_TOOL = to_say("a section or a comment of the tool, not read")
#: Why a row of a type is no action item.
_PASSED_OVER: Mapping[str, str] = {
    **dict.fromkeys(("section", "note", "comment", "abschnitt", "notiz"), _OF_THE_TOOL),
    EXPERIMENT: to_say("an experiment, which is told of in the sessions, not read"),
}
_WHOLE = 100


@dataclass(frozen=True)
class Columns:
    """Which column is what, by its numbers, and the headings of those that are not read."""

    places: Mapping[Taken, tuple[int, ...]]
    others: tuple[str, ...]
    headings: tuple[str, ...]
    order: Order | None = None

    @classmethod
    def of(cls, headings: Sequence[str]) -> "Columns":
        """Return what the columns with these headings are; of two with one name, the second fills empty cells."""
        names = [folded(heading).rstrip(":?").strip("*_ ") for heading in headings]
        taken = [_TAKEN_FOR.get(name) for name in names]
        if set(_OWN) <= set(names):
            taken = ["mark" if name == "id" else one for name, one in zip(names, taken, strict=True)]
        if "content" in names and "type" in names and "by" not in taken:  # Todoist's
            taken = ["by" if name == "date" else one for name, one in zip(names, taken, strict=True)]
        if "card name" in names and "state" not in taken:  # Trello's
            taken = ["state" if name == "list name" else one for name, one in zip(names, taken, strict=True)]
        places: dict[Taken, tuple[int, ...]] = {}
        for one in _CALLED:
            numbers = [number for number, other in enumerate(taken) if other == one]
            if numbers:
                first = min(numbers, key=lambda number: (_RANK.get(names[number], 0) if one == "what" else 0, number))
                same = [number for number in numbers if names[number] == names[first]]
                places[one] = tuple(same if one in _DAYS else [first])
        read = {number for numbers in places.values() for number in numbers}
        others = tuple(heading for number, heading in enumerate(headings) if heading.strip() and number not in read)
        return cls(places, others, tuple(headings))

    @cached_property
    def is_of_items(self) -> bool:
        """Whether it can be nothing else than a table of action items: it says what, and who or when."""
        return "what" in self.places and not {"who", "by"}.isdisjoint(self.places)

    def cells(self, row: Sequence[str], taken: Taken) -> list[str]:
        """Return what a row says in columns, as it was typed before a spreadsheet was kept from computing it."""
        values = [even(row[place]) for place in self.places.get(taken, ()) if place < len(row)]
        values = [value[1:] if value[:1] == "'" and neutral(value[1:]) == value else value for value in values]
        return [value for value in values if value]

    def cell(self, row: Sequence[str], taken: Taken) -> str:
        """Return what a row says in the first of the columns that says anything."""
        return next(iter(self.cells(row, taken)), "")

    def read_with(self, rows: Iterable[Sequence[str]]) -> "Columns":
        """Return the columns with the order of days that all their cells tell."""
        cells = (cell for row in rows for taken in _DAYS for cell in self.cells(row, taken))
        return Columns(self.places, self.others, self.headings, order_of(cells))

    def remark(self, place: Place) -> Remark:
        """Return how the columns are understood."""
        named = sorted((numbers[0], taken) for taken, numbers in self.places.items())
        candidate = ", ".join(
            say("'{heading}' is {what}", heading=shown(self.headings[number]), what=taken) for number, taken in named
        )
        others = "".join("; " + say("'{heading}' is not read", heading=shown(other)) for other in self.others)
        return Remark(place, f"{candidate}{others}")


def read_row(
    row: Sequence[str],
    columns: Columns,
    place: Place,
    parties: Parties,
    seen_on: date | None,
    *,
    whose: str = "coachee",
    box: State | None = None,
) -> tuple[Task | None, list[Remark]]:
    """Return what a row is, and what is to be said of it.

    Parameters
    ----------
    row
        Its cells.
    columns
        Which is what.
    place
        Where it begins.
    parties
        The two whose names may stand in it.
    seen_on
        The day of the list.
    whose
        Whose it is where nothing says so.
    box
        How the task stands by a box in the row.
    """
    what = columns.cell(row, "what")
    if why := _PASSED_OVER.get(folded(columns.cell(row, "type"))):
        return None, [Remark(place, why, what[:LONGEST_LINE], is_unread=True)]
    if not what:
        words = even(" ".join(row))[:LONGEST_LINE]
        return None, [Remark(place, to_say("says no what, not read"), words, is_unread=True)]
    if len(what) > LONGEST_LINE:
        return None, [Remark(place, TOO_LONG, is_unread=True)]
    remarks: list[Remark] = []

    def remark(words: str, cell: str) -> None:
        remarks.append(Remark(place, words, f"{what}: {cell}" if cell else what))

    days: dict[Taken, date | None] = {}
    for taken in _DAYS:
        value = columns.cell(row, taken)
        days[taken] = _day(value, columns.order, is_first=taken == "agreed")
        if value and days[taken] is None and not (taken == "done" and _state(value)):
            remark(say(_NO_DAY, column=taken), value)
        if len(set(columns.cells(row, taken))) > 1:
            remark(
                say("two columns hold a day for '{what}'; the first is taken", what=taken),
                columns.cells(row, taken)[-1],
            )
    who = columns.cell(row, "who")
    named, what = (parties.side(who), what) if who else parties.mentioned(what)
    if why := _why_nobody(who, named, what, parties):
        remark(why, who)
    owner = named if who else named or whose
    said_state = columns.cell(row, "state")
    state = _state(said_state)
    if said_state and state is None:
        remark(_UNKNOWN_STATE, said_state)
    ended: State = "done" if days["done"] else _state(columns.cell(row, "done")) or "open"
    of_columns: State = ended if state in {None, "open", "partly"} and ended != "open" else state or "open"
    task = Task(
        place=place,
        what=what,
        owner=owner,
        state=of_columns if box is None or (box == "open" and of_columns != "open") else box,
        seen_on=seen_on,
        agreed=days["agreed"],
        by=days["by"],
        closed_on=days["done"],
        parent=columns.cell(row, "parent"),
        mark=mark_of(identity) if (identity := columns.cell(row, "mark")) else "",
    )
    return task, remarks


def _why_nobody(who: str, side: str | None, what: str, parties: Parties) -> str:
    """Return what is to be said of a row of which it is not clear whose it is; nothing else."""
    if side:
        return ""
    if who:
        return _BOTH if parties.are_both(who) else _NOBODY
    return NAMED if parties.names_somebody(what) else ""


def read_rows(rows: Rows, file: str, seen_on: date | None, parties: Parties, *, whose: str) -> Listed | None:
    """Return the tasks of a table in a text: rows with a box, and all of one whose headings say that it is of tasks."""
    (line, headings), *below = rows
    columns = Columns.of(headings).read_with(cells for _, cells in below)
    tasks, remarks = [], []
    for begin, cells in below:
        boxes = ((number, started) for number, cell in enumerate(cells) if (started := beginning(cell, is_item=False)))
        number, box = next(boxes, (0, None))
        if box is None and not columns.is_of_items:
            continue
        row = list(cells)
        fitting = columns
        if box:
            row[number] = box.words
            if "what" not in columns.places or (box.words and number not in columns.places["what"]):
                words = (at for at, cell in enumerate(row) if cell.strip())
                place = number if box.words else next(words, number)
                fitting = Columns(dict(columns.places) | {"what": (place,)}, (), columns.headings, columns.order)
        place_of_what = fitting.places["what"][0]
        said = marks(row[place_of_what] if place_of_what < len(row) else "")
        row[place_of_what : place_of_what + 1] = [said.words]
        task, about = read_row(
            row, fitting, Place(file, begin), parties, seen_on, whose=whose, box=box.state if box else None
        )
        if task:
            by, closed_on = task.by or said.days.get("due"), task.closed_on or said.days.get("done")
            tasks.append(
                Task(
                    task.place, task.what, task.owner, task.state, task.seen_on, task.agreed, by, closed_on,
                    parent=task.parent,
                )
            )  # fmt: skip
        remarks += about
    if tasks and len(columns.places) > 1:
        remarks.insert(0, columns.remark(Place(file, line)))
    return Listed(tuple(tasks), tuple(remarks))


def _state(cell: str) -> State | None:
    """Return the state that a word means."""
    if match := _PERCENT.fullmatch(cell.strip()):
        share = int(match[1])
        return "done" if share >= _WHOLE else "partly" if share else "open"
    plain = folded(cell)
    box = beginning(cell, is_item=False)
    return _STATE_OF.get(plain) or _STATE_OF.get(words_key(cell)) or (box.state if box and not box.words else None)


def _day(cell: str, order: Order | None, *, is_first: bool) -> date | None:
    """Return the day in a cell; of a span of days the first or the last."""
    if not cell:
        return None
    span = _FROM_TO.split(cell)
    return day_in(cell, order) or serial_day(cell) or (day_in(span[0 if is_first else -1], order) if span[1:] else None)
