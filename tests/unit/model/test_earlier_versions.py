"""What earlier versions wrote is read as this version says it."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from coaching.errors import InvalidEntryError
from coaching.model.earlier_versions import renewed
from coaching.model.entries import Dream, Item, Progress
from coaching.model.frames import frames
from coaching.model.ids import derived_id
from coaching.model.schema import SCHEMA, fitted, from_table, to_narrow_table
from coaching.model.validation import parse

NOW = datetime(2025, 3, 4, tzinfo=UTC)
DREAM, EVENT = derived_id(None, "dream"), derived_id(None, "event")
COMMON = {"rev": 1, "author": "coachee", "saved_at": NOW, "visibility": "pair", "held_on": date(2025, 3, 4)}
EARLIER = {"kind": "dream_event", "id": EVENT, "dream": DREAM, "text": "The sea was calm.", **COMMON}
LINE = Progress(id=EVENT, about=DREAM, text="The sea was calm.", **COMMON)


def earlier_rows(*entries):
    """A table as an earlier version wrote it: of lines of progress, the kind and the name of the dream as they were."""
    rows = to_narrow_table(entries).to_pylist()
    for row in rows:
        if row["kind"] == "progress":
            row |= {"kind": "dream_event", "dream": row["about"]}
        row.pop("about", None)
    columns = [SCHEMA.field(name) for name in SCHEMA.names if name in rows[0] or name == "dream"]
    return pa.Table.from_pylist(rows, schema=pa.schema(columns, metadata={b"coaching.schema": b"2"}))


def test_what_was_told_of_a_dream_later_is_a_line_of_progress():
    assert parse(EARLIER) == LINE


def test_a_record_of_this_version_stays_as_it_is():
    record = {"kind": "item", "dream": DREAM}
    assert renewed(record) is record


@pytest.mark.parametrize("read", [from_table, lambda table: from_table(fitted(table))])
def test_rows_of_an_earlier_file_are_read_beside_those_that_still_name_a_dream(read):
    item = Item(id=derived_id(None, "item"), what="Call the harbour", dream=DREAM, **COMMON)
    dream = Dream(id=DREAM, title="The sea", **COMMON)
    assert read(earlier_rows(dream, LINE, item)) == [dream, LINE, item]


def test_frames_of_an_earlier_file_know_them_as_progress():
    (row,) = frames(earlier_rows(LINE)).rows("progress", ["about", "text"])
    assert row == {"about": DREAM, "text": "The sea was calm."}


def test_one_that_names_no_dream_is_refused_by_its_own_name():
    table = earlier_rows(LINE).drop_columns(["dream"])
    with pytest.raises(InvalidEntryError, match="about"):
        from_table(table)
