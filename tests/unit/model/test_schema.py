"""The columns on disk: a change of them is a conscious act, as files of years hold them."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest
from hypothesis import given

from coaching.errors import InvalidEntryError
from coaching.model.entries import MODELS, Item, Note, Parked
from coaching.model.entry import Entry
from coaching.model.ids import derived_id
from coaching.model.schema import (
    LISTS,
    SCHEMA,
    VERSION_KEY,
    fitted,
    from_table,
    readable,
    several,
    to_narrow_table,
    to_table,
)
from coaching.model.vocabulary import Kind
from tests.strategies import entries

REQUIRED = {"kind", "id", "rev", "author", "saved_at"}
TEXT = """
    kind id session author visibility label side name pronouns text language time_zone agreement_event person as_typed
    segment coach_first decision becoming topic why_changed title dream_status dream visibility_from visibility_to
    becoming_status until what owner if_then obstacle origin ownership item event person_from person_to outcome
    about status wish best_outcome goal level called goes_to who_spoke_more longest_pause reason dreams levels bundle
    items_open items_transferred settles asked prompts pushing question words audience form quarter submission
    members epsilon shares seen
"""
LISTS_HELD = {
    "dreams",
    "levels",
    "bundle",
    "items_open",
    "items_transferred",
    "settles",
    "prompts",
    "words",
    "members",
    "shares",
    "seen",
}
DAYS = ["held_on", "since_on", "until_on", "next_on", "by", "due_from", "due_to", "expires_on", "delete_by"]
NUMBERS = ["rev", "base", "number", "minutes", "heard", "mine", "useful", "homes"]
FLAGS = [
    "withdrawn",
    "erased",
    "is_line_manager",
    "closed",
    "coach_passed",
    "coachee_passed",
    "confirmed",
    "wants_plan",
    "by_then",
    "old_words",
    "experiment",
]
NOTE = Note(
    id=derived_id(None, "note"),
    rev=1,
    author="coach",
    segment="dreams",
    topic="dream",
    text="CANARY",
    saved_at=datetime(2025, 3, 4, tzinfo=UTC),
)


def test_every_column_and_its_type():
    assert {field.name: str(field.type) for field in SCHEMA} == {
        **dict.fromkeys(TEXT.split(), "string"),
        **dict.fromkeys(DAYS, "date32[day]"),
        **dict.fromkeys(NUMBERS, "int64"),
        **dict.fromkeys(FLAGS, "bool"),
        "saved_at": "timestamp[us, tz=UTC]",
    }
    assert SCHEMA.metadata == {VERSION_KEY: b"3"}


def test_what_holds_several_values_is_a_json_array_that_every_reader_understands():
    assert dict.fromkeys(LISTS_HELD, str) | {"settles": int, "shares": int} == LISTS
    item = Item(id=NOTE.id, rev=1, author="coach", saved_at=NOTE.saved_at, levels=("a", None, "b", "é", '"'))
    assert to_table([item])["levels"].to_pylist() == ['["a", null, "b", "é", "\\""]']


@pytest.mark.parametrize(
    ("text", "values"),
    [(None, None), ("", None), ("[", None), ("{}", None), ("[" * 100_000, None), ("[]", ()), ('["a", 1]', ("a", 1))],
)
def test_only_an_array_is_several_values(text, values):
    assert several(text) == values


def test_a_narrow_table_has_the_columns_that_say_something():
    assert set(to_narrow_table([]).column_names) == REQUIRED
    assert set(to_narrow_table([NOTE]).column_names) == REQUIRED | {"visibility", "segment", "topic", "text"}
    assert fitted(to_narrow_table([NOTE])).equals(to_table([NOTE]))


def test_only_what_every_entry_has_is_required():
    assert {field.name for field in SCHEMA if not field.nullable} == REQUIRED


def test_every_column_belongs_to_a_kind_and_every_field_has_a_column():
    assert set(SCHEMA.names) == {name for model in MODELS.values() for name in model.model_fields}


@given(entries())
def test_entries_of_every_kind_come_back_as_they_went(said):
    table = to_table(said)
    assert table.schema.equals(SCHEMA, check_metadata=True)
    assert from_table(table) == said
    assert readable(table) == (said, [])


def test_no_entries_are_a_table_all_the_same():
    assert to_table([]).schema == SCHEMA
    assert from_table(to_table([])) == []


def test_columns_that_are_missing_are_empty_and_those_of_a_newer_version_are_passed_over():
    table = to_table([NOTE]).append_column("mood", pa.array(["bright"])).drop_columns(["goes_to", "session"])
    assert from_table(table) == [NOTE]


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("kind", "dance", "entry {id} cannot be kept: kind: is not one that this version knows."),
        ("topic", "CANARY", "note {id} cannot be kept: topic: must be one of 'arrival', 'showed',"),
        ("author", "CANARY", "note {id} cannot be kept: author: must be one of 'coach', 'coachee'."),
        ("visibility", "CANARY", "note {id} cannot be kept: visibility: must be one of 'private', 'pair', 'open'."),
        ("segment", None, "note {id} cannot be kept: segment: is missing."),
    ],
)
def test_a_row_that_is_not_understood_is_named_and_the_others_are_read(column, value, problem):
    wrong = to_table([NOTE])
    at = wrong.column_names.index(column)
    wrong = wrong.set_column(at, wrong.field(at), pa.array([value], pa.string()))
    table = pa.concat_tables([to_table([NOTE]), wrong])
    with pytest.raises(InvalidEntryError) as error:
        from_table(table)
    assert str(error.value).startswith(problem.format(id=NOTE.id))
    assert "CANARY" not in str(error.value)
    understood, problems = readable(table)
    assert understood == [NOTE]
    assert [str(found) for found in problems] == [str(error.value)]


def test_a_kind_holds_only_its_own_columns():
    parked = Parked(id=NOTE.id, rev=1, author="coach", goes_to="the staff meeting", saved_at=NOTE.saved_at)
    (row,) = to_table([parked]).to_pylist()
    said = {name for name, value in row.items() if value is not None}
    assert said == REQUIRED | {"visibility", "goes_to"}
    assert set(MODELS) == set(Kind)
    assert all(issubclass(model, Entry) for model in MODELS.values())
