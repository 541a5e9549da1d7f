"""Tables of action items, in CSV: text → tasks, each with its line, and how the columns are understood."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from types import MappingProxyType
from typing import Literal

from coaching.formats.items_csv import neutral
from coaching.formats.problems import shown
from coaching.formats.task_lists.dates import day_in
from coaching.formats.task_lists.task import LONGEST_LINE, Listed, Parties, Place, Remark, State, Task, even, folded

_DELIMITERS = ",;\t|"
Taken = Literal["what", "who", "by", "agreed", "done", "state"]
_CALLED: Mapping[Taken, str] = {
    "what": "what, action item, action, task, to do, todo, item, title, summary, description, "
    "was, aufgabe, maßnahme, massnahme, titel, beschreibung",
    "who": "who, owner, assignee, assigned to, responsible, wer, verantwortlich, verantwortliche, zuständig",
    "by": "by, by when, due, due date, due on, deadline, until, "
    "bis, bis wann, fällig, fällig am, fälligkeit, termin, frist",
    "agreed": "agreed, agreed on, created, created on, added, date, "
    "vereinbart, vereinbart am, erstellt, erstellt am, angelegt, datum",
    "done": "done, done on, completed, completed on, completion date, closed on, "
    "erledigt, erledigt am, abgeschlossen, abgeschlossen am",
    "state": "state, status, zustand, stand",
}
_SAID: Mapping[State, str] = {
    "open": "open, to do, todo, not started, new, draft, no, false, 0, offen, neu, nein",
    "partly": "partly, in progress, started, doing, in arbeit, begonnen, teilweise",
    "done": "done, completed, complete, closed, yes, true, x, 1, ✓, ✔, ✅, erledigt, fertig, ja",
    "let_go": "let go, cancelled, canceled, abgebrochen, losgelassen, entfällt",
}
_TAKEN_FOR = MappingProxyType({name: taken for taken, names in _CALLED.items() for name in names.split(", ")})
_STATE_OF = MappingProxyType({word: state for state, words in _SAID.items() for word in words.split(", ")})
_TOO_LONG = f"longer than {LONGEST_LINE} characters, not read"
_NO_DAY = "'{}' holds no day that can be told for sure; write it like 2026-03-11"


@dataclass(frozen=True)
class _Columns:
    """Which column is what, by its number, and the headings of those that are not read."""

    places: Mapping[Taken, int]
    others: tuple[str, ...]

    @classmethod
    def of(cls, headings: Sequence[str]) -> "_Columns":
        places: dict[Taken, int] = {}
        others = []
        for number, heading in enumerate(headings):
            taken = _TAKEN_FOR.get(folded(heading).rstrip(":"))
            if taken and taken not in places:
                places[taken] = number
            elif heading.strip():
                others.append(heading)
        return cls(places, tuple(others))

    def cell(self, row: Sequence[str], taken: Taken) -> str:
        """Return what a row says in a column, as it was typed before a spreadsheet was kept from computing it."""
        place = self.places.get(taken, len(row))
        value = even(row[place]) if place < len(row) else ""
        return value[1:] if value[:1] == "'" and neutral(value[1:]) == value else value


def read_table(text: str, file: str, seen_on: date | None, parties: Parties) -> Listed:
    """Return the tasks of a table whose first line names its columns, in English or German.

    The delimiter is the one by which most headings are known. The first remark says how the columns are understood.

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
    columns = max(
        (_Columns.of(_headings(text, sign)) for sign in _DELIMITERS), key=lambda candidate: len(candidate.places)
    )
    if "what" not in columns.places:
        names = "no column is called 'what', 'task' or 'action item'; name the columns in the first line"
        return Listed(remarks=(Remark(Place(file), names),))
    delimiter = next(sign for sign in _DELIMITERS if _Columns.of(_headings(text, sign)) == columns)
    headings = _headings(text, delimiter)
    candidate = ", ".join(f"'{shown(headings[place])}' is {taken}" for taken, place in columns.places.items())
    others = "".join(f"; '{shown(other)}' is not read" for other in columns.others)
    tasks, remarks = [], [Remark(Place(file, 1), f"{candidate}{others}")]
    for line, row in _rows(text, delimiter):
        place = Place(file, line)
        task, said = _task(row, columns, place, parties, seen_on)
        if task and any(map(len, row[len(headings) :])):
            said.append("has more cells than there are headings; those are not read")
        tasks += [task] if task else []
        remarks += [Remark(place, sentence) for sentence in said]
    return Listed(tuple(tasks), tuple(remarks))


def _headings(text: str, delimiter: str) -> list[str]:
    first = next(iter(StringIO(text[:LONGEST_LINE], newline=None)), "")
    try:
        return next(csv.reader([first], delimiter=delimiter), [])
    except csv.Error:
        return []


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Return the rows below the headings that say anything, each with the line in which it begins.

    A row with a cell that is longer than the reader takes has no cells.
    """
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    while True:
        try:
            row, is_whole = next(reader, None), True
        except csv.Error:
            row, is_whole = [], False
        if row is None:
            return
        if begins > 1 and (not is_whole or any(cell.strip() for cell in row)):
            yield begins, row
        begins = reader.line_num + 1


def _task(
    row: Sequence[str], columns: _Columns, place: Place, parties: Parties, seen_on: date | None
) -> tuple[Task | None, list[str]]:
    """Return what a row is, and what is to be said of it."""
    if not row:
        return None, [_TOO_LONG]
    what = columns.cell(row, "what")
    if not what or len(what) > LONGEST_LINE:
        return None, [_TOO_LONG if what else "says no what, not read"]
    remarks: list[str] = []
    days: dict[Taken, date | None] = {}
    for taken in ("by", "agreed", "done"):
        value = columns.cell(row, taken)
        days[taken] = day_in(value)
        if value and days[taken] is None and not (taken == "done" and folded(value) in _STATE_OF):
            remarks.append(_NO_DAY.format(taken))
    who = columns.cell(row, "who")
    owner = parties.side(who) if who else "coachee"
    if owner is None:
        remarks.append("'who' is neither of the two: a draft until somebody takes it")
    state = folded(columns.cell(row, "state"))
    if state and state not in _STATE_OF:
        remarks.append("'state' is a word that is not known; taken as open")
    ended = "done" if days["done"] else _STATE_OF.get(folded(columns.cell(row, "done")), "open")
    task = Task(
        place=place,
        what=what,
        owner=owner,
        state=ended if _STATE_OF.get(state, "open") == "open" else _STATE_OF[state],
        seen_on=seen_on,
        agreed=days["agreed"],
        by=days["by"],
        closed_on=days["done"],
    )
    return task, remarks
