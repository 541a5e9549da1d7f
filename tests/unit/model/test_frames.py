"""The one table → one tidy frame per kind: the newest state, fixed types, a fixed order."""

from datetime import UTC, date, datetime

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.model.entries import MODELS, Item, Note, Session
from coaching.model.frames import Frames, current, frames, records
from coaching.model.ids import derived_id
from coaching.model.schema import LISTS, SCHEMA, from_table, to_table
from coaching.model.vocabulary import Kind
from tests.examples import COSTLY
from tests.strategies import entries

SAVED = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
DTYPES = {
    "string": "str",
    "int64": "Int64",
    "bool": "boolean",
    "date32[day]": "datetime64[ms]",
    "timestamp[us, tz=UTC]": "datetime64[us, UTC]",
}


def note(name, rev=1, **fields):
    common = {"author": "coach", "segment": "dreams", "topic": "dream", "saved_at": SAVED}
    return Note(id=derived_id(None, name), rev=rev, **common | fields)


def session(name, **fields):
    return Session(id=derived_id(None, name), rev=1, author="coach", saved_at=SAVED, **fields)


def item(label, **fields):
    return Item(id=derived_id(None, label), rev=1, author="coach", saved_at=SAVED, label=label, **fields)


@COSTLY
@given(entries())
def test_every_frame_has_the_columns_of_its_kind_in_one_type_each(said):
    found = frames(to_table(said))
    for kind, model in MODELS.items():
        assert list(found[kind].columns) == list(model.model_fields)
        assert {name: str(dtype) for name, dtype in found[kind].dtypes.items()} == {
            name: "object" if name in LISTS else DTYPES[str(SCHEMA.field(name).type)] for name in model.model_fields
        }


@COSTLY
@given(entries())
def test_every_entry_is_one_row_of_its_kind(said):
    found = frames(to_table(said))
    for kind in Kind:
        rows = sorted((entry.id, entry.rev) for entry in said if entry.kind == kind)
        assert sorted(zip(found[kind]["id"], found[kind]["rev"], strict=True)) == rows
        assert list(found[kind].index) == list(range(len(rows)))


@COSTLY
@given(entries())
def test_records_say_what_the_entries_say(said):
    def plain(entry):
        return {name: value for name, value in entry.model_dump().items() if value is not None}

    key = lambda record: (record["kind"], record["id"], record["rev"])  # noqa: E731
    assert sorted(records(frames(to_table(said))), key=key) == sorted(map(plain, said), key=key)


@given(entries(max_size=20))
def test_current_is_the_newest_of_each_that_is_not_withdrawn(said):
    newest = {}
    for entry in said:
        if entry.id not in newest or entry.rev > newest[entry.id].rev:
            newest[entry.id] = entry
    expected = {entry.id: entry for entry in newest.values() if not entry.withdrawn}
    found = from_table(current(to_table(said)))
    assert {entry.id: entry for entry in found} == expected
    assert len(found) == len(expected)


@given(entries(max_size=20))
def test_current_of_what_is_current_is_the_same(said):
    table = to_table(said)
    assert current(current(table)).equals(current(table))


@given(
    st.permutations([note("a", 1, text="old"), note("a", 2, text="new"), note("b", 1), note("b", 2, withdrawn=True)])
)
def test_the_order_of_rows_does_not_matter(said):
    assert [(entry.id, entry.text) for entry in from_table(current(to_table(said)))] == [(derived_id(None, "a"), "new")]


def test_what_was_withdrawn_and_is_said_again_is_there():
    said = [note("a", 1, text="first"), note("a", 2, withdrawn=True), note("a", 3, text="again")]
    assert [entry.text for entry in from_table(current(to_table(said)))] == ["again"]


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ([item("I10"), item("I2"), item("I9")], ["I2", "I9", "I10"]),
        ([item("I1", held_on=date(2025, 2, 1)), item("I2", held_on=date(2025, 1, 1))], ["I2", "I1"]),
        ([item("I1", held_on=date(2025, 2, 1)), item("I2")], ["I2", "I1"]),
        ([item("I1"), item("mine"), item("I٣")], None),
        ([item("I99999999999999999999"), item("I3")], None),
    ],
)
def test_items_stand_in_the_order_of_day_and_label(said, order):
    found = list(frames(to_table(said))["item"]["label"])
    if order is None:  # labels without a number that counts: any order, as long as it is always the same
        assert found == list(frames(to_table(said[::-1]))["item"]["label"])
        assert sorted(found) == sorted(entry.label for entry in said)
    else:
        assert found == order


def test_what_has_a_number_stands_in_its_order():
    said = [session("a", number=10), session("b", number=9), session("c", number=11)]
    assert list(frames(to_table(said))["session"]["number"]) == [9, 10, 11]


def test_a_frame_of_days_can_be_computed_with():
    found = frames(to_table([item("I1", by=date(2025, 2, 1), levels=("a", None, "b", None, "c"))]))["item"]
    assert (found["by"] - pd.Timestamp("2025-01-30")).dt.days.tolist() == [2]
    assert found["levels"].tolist() == [("a", None, "b", None, "c")]
    assert found["held_on"].isna().all()


def test_rows_are_plain_and_have_the_columns_that_are_asked_for():
    found = frames(to_table([item("I1", by=date(2025, 2, 1)), item("I2")]))
    assert found.rows("item", ["label", "by"]) == [{"label": "I1", "by": date(2025, 2, 1)}, {"label": "I2", "by": None}]
    assert [list(row) for row in found.rows("item")] == [list(MODELS[Kind.ITEM].model_fields)] * 2
    assert found.rows("note", ["text"]) == []


def test_nobodys_changes_to_a_row_reach_another_who_asks():
    found = frames(to_table([item("I1")]))
    found.rows("item", ["label"])[0]["label"] = "another"
    assert found.rows("item", ["label"]) == [{"label": "I1"}]


def test_columns_that_are_missing_are_empty_and_those_of_a_newer_version_are_passed_over():
    table = to_table([note("a", text="words")]).append_column("mood", pa.array(["bright"])).drop_columns(["label"])
    found = frames(table)["note"]
    assert found["text"].tolist() == ["words"]
    assert found["label"].isna().all()
    assert "mood" not in found.columns


def test_frames_show_no_words():
    found = frames(to_table([note("a", text="CANARY"), item("I1")]))
    assert repr(found) == "<Frames: 2 rows>"


def test_a_kind_that_does_not_exist_is_an_error():
    with pytest.raises(ValueError, match="dance"):
        Frames({})["dance"]
