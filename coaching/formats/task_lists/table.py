"""Tables of action items, in CSV: text → tasks, each with its line, and how the columns are understood."""

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO
from itertools import islice

from coaching.formats.task_lists.columns import Columns, read_row
from coaching.formats.task_lists.parties import Parties
from coaching.formats.task_lists.task import TOO_LONG, Listed, ListRead, Place, Remark, Task, UnreadError
from coaching.formats.task_lists.words import even
from coaching.i18n import say, to_say

_DELIMITERS = ",;\t|"
#: The headings stand in one of the first so many lines; above them, tools write of themselves.
_ROWS_SEARCHED = 20
_BEGINNING = 100_000
_NAMELESS = to_say("no column is called 'what', 'task' or 'action item'; name the columns in the first line")


def read_table(text: str, file: str, seen_on: date | None, parties: Parties) -> Listed:
    """Return the tasks of a table of which one line names the columns, in English or German.

    The delimiter is the one that a line ``sep=`` says, or else the one by which most headings are known. The first
    remark says how the columns are understood.

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

    Raises
    ------
    UnreadError
        If a quotation mark opens that nothing closes.
    """
    delimiter, headed = _headings(text)
    if headed is None:
        return Listed(remarks=(Remark(Place(file), _NAMELESS, is_unread=True),), files=(ListRead(file, 0),))
    line, headings = headed
    _check_quotes(text, delimiter)
    rows = [(begins, row) for begins, row in _rows(text, delimiter) if begins > line]
    columns = Columns.of(headings).read_with(row for _, row in rows)
    tasks: list[Task] = []
    remarks = [columns.remark(Place(file, line))]
    above: list[tuple[int, str]] = []
    for begins, row in rows:
        place = Place(file, begins)
        task, said = read_row(row, columns, place, parties, seen_on) if row else (None, [_too_long(place)])
        if task and (level := columns.cell(row, "indent")).isdecimal():
            while above and above[-1][0] >= int(level):
                above.pop()
            task = task._replace(parent=task.parent or (above[-1][1] if above else ""))
            above.append((int(level), task.what))
        if task and any(cell.strip() for cell in row[len(headings) :]):
            said.append(Remark(place, to_say("has more cells than there are headings; those are not read"), task.what))
        tasks += [task] if task else []
        remarks += said
    days = (seen_on,) if seen_on else ()
    read = ListRead(file, len(tasks), days, "name of the file" if seen_on else None)
    return Listed(tuple(tasks), tuple(remarks), (read,))


def _too_long(place: Place) -> Remark:
    return Remark(place, TOO_LONG, is_unread=True)


def _headings(text: str) -> tuple[str, tuple[int, list[str]] | None]:
    """Return the delimiter, and the row that names the columns with its line; None where no row names a what."""
    first, _, _ = text.partition("\n")
    said = even(first).casefold().removeprefix("sep=")
    delimiters = said if len(said) == 1 and said != even(first).casefold() else _DELIMITERS
    best: tuple[int, str, tuple[int, list[str]]] | None = None
    for delimiter in delimiters:
        for begins, row in islice(_rows(text[:_BEGINNING], delimiter), _ROWS_SEARCHED):
            columns = Columns.of(row)
            if "what" in columns.places and (best is None or len(columns.places) > best[0]):
                best = len(columns.places), delimiter, (begins, row)
    return (best[1], best[2]) if best else (delimiters[0], None)


def _check_quotes(text: str, delimiter: str) -> None:
    """Refuse a table with a quotation mark that nothing closes: all rows below it would be one cell."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    while True:
        try:
            if next(reader, None) is None:
                return
        except csv.Error as problem:
            if "unexpected end of data" in str(problem):
                raise UnreadError(say("line {line} opens a quotation mark that nothing closes", line=begins)) from None
        begins = reader.line_num + 1


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Return the rows that say anything, each with the line in which it begins.

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
        if not is_whole or any(cell.strip() for cell in row):
            yield begins, row
        begins = reader.line_num + 1
