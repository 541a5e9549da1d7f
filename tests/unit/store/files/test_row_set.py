import pytest

from coaching.model.schema import SCHEMA
from coaching.store.files.parquet import table_of
from coaching.store.files.row_set import distinct, one_per_revision, without_erased
from tests.unit.store.samples import erased, note


@pytest.mark.parametrize(
    ("entries", "rows"),
    [
        ([], 0),
        ([note("a")], 1),
        ([note("a"), note("a")], 1),
        ([note("a"), note("a", rev=2)], 2),
        ([note("a"), note("b")], 2),
        ([note("a", text="one window"), note("a", text="the other"), note("a", text="one window")], 2),
    ],
)
def test_each_row_once_but_no_words_lost(entries, rows):
    tables = [table_of([entry]) for entry in entries]
    union = distinct(tables)
    assert union.num_rows == rows
    assert union.equals(distinct(reversed(tables)))
    assert union.schema.equals(SCHEMA)
    assert one_per_revision(tables).num_rows == len({(entry.id, entry.rev) for entry in entries})


def test_rows_of_other_entries_are_not_touched_by_an_empty_place():
    rows = table_of([note("b")])
    assert without_erased(rows, table_of([erased("a", 2)])).equals(rows)
