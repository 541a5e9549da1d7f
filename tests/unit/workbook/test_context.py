"""What the forms of a session know: who, which entries are this session's, and which names are free."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from coaching.forms.engine.values import row, row_keys, said
from coaching.model.entries import Item, Note
from coaching.model.ids import derived_id, new_id
from coaching.model.rows import EntryRows
from coaching.model.vocabulary import Side, Visibility
from coaching.workbook.context import Context, Party

NOW = datetime(2026, 1, 12, 10, 42, tzinfo=UTC)
SESSION = new_id(NOW)


def note(number, text, **fields):
    common = {"rev": 1, "saved_at": NOW, "author": Side.COACH, "segment": "opening", "topic": "arrival"}
    return Note(id=derived_id(None, str(number)), session=SESSION, text=text, **common | fields)


def item(number, label, visibility="pair"):
    identity = derived_id(None, "item", str(number))
    return Item(id=identity, rev=1, saved_at=NOW, author=Side.COACH, label=label, visibility=visibility)


@pytest.fixture
def context():
    return Context(
        workbook=new_id(NOW),
        holder=Side.COACH,
        coach=Party("c", "Bo", "Bo"),
        coachee=Party("p", "Ana", "Ana"),
        session=SESSION,
        label="S01",
        number=1,
        held_on=date(2026, 1, 12),
        before=EntryRows([]),
        earlier={},
        own=(),
    )


def test_a_field_has_the_same_id_whenever_and_wherever_it_is_typed_in(context):
    fields = {"topic": "arrival"}
    elsewhere = replace(context, held_on=date(2026, 2, 1), coach=Party(None, "the coach", "the coach"))
    assert context.identity(Note, "arrival", **fields) == elsewhere.identity(Note, "arrival", **fields)
    assert context.identity(Note, "arrival", **fields) != context.identity(Note, "showed", **fields)
    assert context.identity(Note, "arrival", **fields) != replace(context, session=new_id(NOW)).identity(
        Note, "arrival"
    )


def test_what_the_session_holds_for_a_field_keeps_its_id(context):
    known = replace(context, own=(note(1, "curious"),))
    assert known.identity(Note, "arrival", topic="arrival") == note(1, "").id
    assert known.identity(Note, "arrival", topic="arrival", author=Side.COACHEE) != note(1, "").id


def test_a_record_says_what_is_typed_on_top_of_what_the_entry_holds(context):
    held = note(1, "curious", label="N1", visibility="open")
    record = replace(context, own=(held,)).record(Note, held.id, Side.COACH, "pair", text="tired")
    changed = {name for name, value in record.items() if value != held.content()[name]}
    assert changed == {"text", "visibility", "held_on"}
    assert record["label"] == "N1"


@pytest.mark.parametrize(
    ("known", "free"),
    [
        ([], "I01"),
        (["I01", "I07"], "I08"),
        (["I1"], "I02"),
        (["I99"], "I100"),
        (["no number", "", None], "I01"),
        (["I٣"], "I04"),
        (["I²"], "I01"),
        (["7I"], "I01"),
        (["I01", "II01", "II07"], "I02"),
        (["I" + "9" * 5000], "I1" + "0" * 18),
    ],
)
def test_the_next_label_is_one_higher_than_all(context, known, free):
    held = {str(n): item(n, label) for n, label in enumerate(known)}
    assert replace(context, earlier=held).labels(Item, "I")("new", Visibility.PAIR) == free


def test_an_entry_keeps_its_label_and_two_new_ones_get_two(context):
    held = item(1, "I05")
    label = replace(context, own=(held,)).labels(Item, "I")
    found = [label(held.id, Visibility.PAIR), label("one", Visibility.PAIR), label("other", Visibility.OPEN)]
    assert found == ["I05", "I06", "I07"]


def test_what_is_private_takes_no_number_that_the_others_would_miss(context):
    held = item(1, "I05")
    label = replace(context, own=(held,)).labels(Item, "I")
    found = [label(name, seen) for name, seen in (("a", "private"), ("b", "pair"), ("c", "private"), ("d", "open"))]
    assert found == ["II01", "I06", "II02", "I07"]


@pytest.mark.parametrize(
    ("before", "label", "after", "then"),
    [
        ("private", "II03", "pair", "I01"),
        ("pair", "I03", "private", "II01"),
        ("private", "II03", "private", "II03"),
        ("pair", "I03", "open", "I03"),
    ],
)
def test_an_entry_that_becomes_private_or_is_so_no_more_gets_another_label(context, before, label, after, then):
    held = item(1, label, before)
    assert replace(context, own=(held,)).labels(Item, "I")(held.id, after) == then


def test_rows_are_read_in_the_order_in_which_they_were_begun():
    values = {"item.b.what": "x", "item.a.what": "y", "item.b.what:seen": "pair", "items.c.what": "no", "item": "no"}
    assert row_keys(values, "item") == ["b", "a"]
    assert row(values, "item", "b") == {"what": "x", "what:seen": "pair"}
    assert row(values, "item", "none") == {}


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, None), ("", None), (" \n\t\u2003", None), ("\x00", "\x00"), (" x ", " x "), ("\ufeff", "\ufeff")],
)
def test_blank_words_are_none_and_others_are_as_typed(value, words):
    assert said({} if value is None else {"field": value}, "field") == words
