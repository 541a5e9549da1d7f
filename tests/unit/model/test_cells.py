"""Cells of frames as plain values."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from coaching.model.cells import cells, rows_of


@pytest.mark.parametrize(
    ("column", "plain"),
    [
        (pd.Series(["a", None], dtype="str"), ["a", None]),
        (pd.Series([2**60, None], dtype="Int64"), [2**60, None]),
        (pd.Series([True, None], dtype="boolean"), [True, None]),
        (pd.Series([("a", "b"), None], dtype=object), [("a", "b"), None]),
        (pd.Series([date(2025, 1, 16), None], dtype="datetime64[ms]"), [date(2025, 1, 16), None]),
        (
            pd.Series([datetime(2025, 1, 16, 9, 30, tzinfo=UTC), None], dtype="datetime64[us, UTC]"),
            [datetime(2025, 1, 16, 9, 30, tzinfo=UTC), None],
        ),
    ],
)
def test_a_cell_is_a_plain_value_or_none(column, plain):
    found = cells(column)
    assert found == plain
    assert list(map(type, found)) == list(map(type, plain))
    assert cells(column[:0]) == []


def test_rows_have_the_columns_that_are_asked_for():
    frame = pd.DataFrame({"id": ["a", "b"], "number": pd.Series([1, None], dtype="Int64")})
    assert rows_of(frame) == [{"id": "a", "number": 1}, {"id": "b", "number": None}]
    assert rows_of(frame, ["number"]) == [{"number": 1}, {"number": None}]
    assert rows_of(frame[:0]) == []
