"""Entries that are at hand as plain rows: the same rows as those of their frames."""

from datetime import UTC, date, datetime

from hypothesis import given

from coaching.model.entries import Item, Session
from coaching.model.frames import frames
from coaching.model.ids import derived_id
from coaching.model.rows import EntryRows
from coaching.model.schema import to_table
from coaching.model.vocabulary import Kind
from tests.examples import COSTLY
from tests.strategies import entries

SAVED = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)


def item(label, **fields):
    return Item(id=derived_id(None, label), rev=1, author="coach", saved_at=SAVED, label=label, **fields)


def session(number):
    return Session(id=derived_id(None, str(number)), rev=1, author="coach", saved_at=SAVED, number=number)


@COSTLY
@given(entries())
def test_the_rows_are_those_of_the_frames_in_their_order(said):
    found, framed = EntryRows(said), frames(to_table(said))
    assert {kind: found.rows(kind) for kind in Kind} == {kind: framed.rows(kind) for kind in Kind}


def test_a_row_holds_plain_values_and_the_columns_that_are_asked_for():
    (row,) = EntryRows([item("I1", owner="coach", by=date(2025, 2, 1))]).rows("item", ["owner", "by", "person"])
    assert row == {"owner": "coach", "by": date(2025, 2, 1), "person": None}
    assert [type(value) for value in row.values()] == [str, date, type(None)]


def test_rows_stand_in_the_order_of_day_and_label():
    found = EntryRows([item("I10"), item("I9"), item("I2", held_on=date(2025, 2, 1)), item("none")])
    assert [row["label"] for row in found.rows("item")] == ["none", "I9", "I10", "I2"]


def test_what_has_no_day_or_no_number_stands_before_all_that_has_one():
    said = [item("I9", held_on=date.min), item("none", held_on=date.min), item("I0"), session(-1), session(None)]
    found = EntryRows(said)
    assert [row["label"] for row in found.rows("item")] == ["I0", "none", "I9"]
    assert [row["number"] for row in found.rows("session")] == [None, -1]


def test_a_repr_shows_no_words():
    assert repr(EntryRows([item("I1", what="CANARY")])) == "<EntryRows: 1 rows>"
