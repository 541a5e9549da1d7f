"""A table whose first line names its columns: every row becomes a task, or is remarked on."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.formats.task_lists.table import read_table
from coaching.formats.task_lists.task import UnreadError
from tests.strategies import words
from tests.unit.formats.task_lists.listing import PARTIES, SEEN_ON, day, remarks


def read(text):
    return read_table(text, "a.csv", SEEN_ON, PARTIES)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "headings",
    [
        "What,Who,By,Agreed on,Done on,Status",
        "Task,Owner,Due date,Created,Completed,State",
        "Aufgabe,Wer,Fällig am,Vereinbart am,Erledigt am,Stand",
        "WAS,Verantwortlich,bis wann,Datum,erledigt,Zustand",
    ],
)
def test_columns_are_known_by_their_headings_in_any_order_and_delimiter(delimiter, end, headings):
    rows = [headings.split(","), ["Book a room", "Tom", "2026-03-11", "04.03.2026", "2026-03-10", "done"]]
    for order in ([0, 1, 2, 3, 4, 5], [5, 3, 1, 0, 2, 4]):
        found = read(end.join(delimiter.join(row[place] for place in order) for row in rows))
        (task,) = found.tasks
        assert (task.what, task.owner, task.state) == ("Book a room", "coach", "done")
        assert (task.by, task.agreed, task.closed_on) == (day("2026-03-11"), day("2026-03-04"), day("2026-03-10"))


def test_how_the_columns_are_understood_is_said_first():
    said = "'Was' is what, 'Bis' is by; 'Notiz' is not read; 'Was' is not read"
    assert remarks(read("Was;Bis;Notiz;Was\na;;CANARY;"))[0] == (1, said)


@pytest.mark.parametrize(
    ("state", "done", "expected"),
    [
        ("", "", "open"), ("open", "", "open"), ("offen", "", "open"), ("In progress", "", "partly"),
        ("erledigt", "", "done"), ("let go", "2026-03-10", "let_go"), ("Cancelled", "", "let_go"),
        ("", "x", "done"), ("", "Ja", "done"), ("", "no", "open"), ("open", "2026-03-10", "done"),
    ],
)  # fmt: skip
def test_a_state_or_a_done_column_says_how_it_stands(state, done, expected):
    (task,) = read(f"what,state,done\na,{state},{done}").tasks
    assert task.state == expected


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,,3/4/2026,", "'by' holds no day that can be told for sure; write it like 2026-03-11"),
        ("a,,,soon", "'done' holds no day that can be told for sure; write it like 2026-03-11"),
        ("a,Otto CANARY,,", "'who' is neither of the two: a draft until somebody takes it"),
        ("a,,,,CANARY", "has more cells than there are headings; those are not read"),
    ],
)
def test_a_cell_that_is_not_understood_is_remarked_on_without_its_words(row, said):
    found = read(f"what,who,by,done\n{row}")
    assert [task.what for task in found.tasks] == ["a"]
    assert remarks(found)[1:] == [(2, said)]


def test_who_is_nobody_known_owns_nothing_and_an_empty_cell_is_the_coachees():
    assert [task.owner for task in read("what,who\na,Otto\nb,\nc,coach").tasks] == [None, "coachee", "coach"]


def test_a_row_is_named_by_the_line_in_which_it_begins():
    found = read('what,by\n"a\nb",\n\n,2026-03-11\nc,')
    assert [(task.what, task.place.line) for task in found.tasks] == [("a b", 2), ("c", 6)]
    assert remarks(found)[1:] == [(5, "says no what, not read")]


@pytest.mark.parametrize("text", ["", "\n", "CANARY,b\n1,2", "by,who\n,", "\x00", '"'])
def test_a_table_without_a_what_is_not_read(text):
    found = read(text)
    assert found.tasks == ()
    (remark,) = found.remarks
    assert (remark.place.line, remark.said[:19]) == (0, "no column is called")


@pytest.mark.parametrize(("cell", "what"), [("'=1+1", "=1+1"), ("''=1+1", "'=1+1"), ("'twas so", "'twas so")])
def test_the_apostrophe_that_keeps_a_spreadsheet_from_computing_is_taken_away(cell, what):
    assert [task.what for task in read(f"what\n{cell}").tasks] == [what]


def test_a_cell_too_long_for_the_reader_is_named():
    assert remarks(read('what\n"' + "a" * 200_000 + '"\nb'))[1:][0][1].startswith("longer than 10000 characters")


ROWS = st.lists(st.lists(words() | st.sampled_from(["2026-03-11", "x", "Tom", "done"]), min_size=6, max_size=7))


@given(ROWS)
def test_every_row_is_understood_or_named(rows):
    text = io.StringIO()
    table = csv.writer(text)
    table.writerows([["what", "who", "by", "agreed", "done", "state"], *rows])
    found = read(text.getvalue())
    said = {remark.place for remark in found.remarks[1:]} | {task.place for task in found.tasks}
    assert len(said) == sum(any(cell.strip() for cell in row) for row in rows)


@given(st.text() | st.text().map("what;by\n{}".format))
def test_any_text_can_be_read_or_has_a_quotation_mark_that_nothing_closes(text):
    with suppress(UnreadError):
        read(text)


def test_rows_further_in_stand_below_the_one_before():
    rows = ("a,1", "b,2", "c,3", "d,2", "e,1", "f,")
    listed = read_table("CONTENT,INDENT\n" + "\n".join(rows), "a.csv", None, PARTIES)
    assert [(task.what, task.parent) for task in listed.tasks] == [("a", ""), ("b", "a"), ("c", "b"), ("d", "a"),
                                                                   ("e", ""), ("f", "")]  # fmt: skip
