"""The action items as a table: a spreadsheet reads what was typed, and never a formula."""

import csv
import io
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.formats import items_csv
from coaching.model.sharing import Audience
from coaching.text import visible
from tests.strategies import words
from tests.unit.pages.conftest import identity, record, shared_of

DAY = date(2025, 3, 3)
FORMULAS = [*"=+-@＝＋－＠", "=1+1", "\t=1", "\tx", "  =1", "\n=1", "\u200b=1", "'=1", "''＝1", "\ufeff@SUM(A1)"]


def item(**fields):
    common = {"held_on": DAY, "owner": "coachee", "by": date(2025, 4, 1), "what": "Call the school"}
    return record("item", "1", **(common | fields))


def table(*records, audience=Audience.PAIR, asof=DAY):
    text = items_csv.write(shared_of(records, audience), asof)
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def typed(cell):
    """What was typed, by the rule of FORMATS.md."""
    return cell[1:] if re.match(r"'+([^\S\n]*[\t\r]|[\W_]*[=+\-@＝＋－＠])", cell) else cell


def test_a_row_says_who_does_what_by_when_and_how_it_stands():
    (row,) = table(
        record("person", "she", side="coachee", name="Maya"),
        record("dream", "1", title="A small boat"),
        record("becoming", "1", text="Somebody who sails"),
        item(
            label="I07",
            person=identity("person", "she"),
            dream=identity("dream", "1"),
            becoming=identity("becoming", "1"),
            if_then="If it rains, then I sew.",
            obstacle="Rain",
        ),
        record(
            "item_event",
            "1",
            item=identity("item", "1"),
            event="due_moved",
            held_on=DAY,
            due_from=date(2025, 4, 1),
            due_to=date(2025, 5, 1),
        ),
    )
    assert row == {
        "id": identity("item", "1"),
        "label": "I07",
        "what": "Call the school",
        "who": "Maya",
        "side": "coachee",
        "by": "2025-05-01",
        "state": "open",
        "agreed on": "2025-03-03",
        "first agreed by": "2025-04-01",
        "times moved": "1",
        "closed on": "",
        "if-then": "If it rains, then I sew.",
        "obstacle": "Rain",
        "becoming": "Somebody who sails",
        "dream": "A small boat",
        "visibility": "pair",
        "type": "",
        "what it showed": "",
    }


@pytest.mark.parametrize(
    ("event", "state", "showed"), [(None, "open", ""), ("showed", "showed", "Rain is loud."), ("let_go", "let go", "")]
)
def test_an_experiment_says_what_it_showed_and_is_never_done_or_moved(event, state, showed):
    told = {"event": event, "held_on": DAY, "text": "Rain is loud."}
    ended = [record("item_event", "1", item=identity("item", "1"), **told)] if event else []
    (row,) = table(item(experiment=True), *ended)
    assert (row["type"], row["state"], row["by"], row["what it showed"]) == ("experiment", state, "2025-04-01", showed)
    assert (row["first agreed by"], row["times moved"], row["closed on"]) == ("", "", str(DAY) if event else "")


@pytest.mark.parametrize(("event", "state"), [("done", "done"), ("let_go", "let go"), ("partly", "open")])
def test_a_state_is_that_of_the_day(event, state):
    told = record("item_event", "1", item=identity("item", "1"), event=event, held_on=date(2025, 3, 20))
    (before,) = table(item(), told)
    (after,) = table(item(), told, asof=date(2025, 3, 20))
    assert (before["state"], after["state"]) == ("open", state)


def test_an_item_of_a_later_day_is_not_there_yet():
    assert table(item(held_on=date(2025, 3, 4))) == []


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_begins_as_a_formula_does(formula):
    (row,) = table(item(what=f"{formula} x", obstacle=f"{formula} x", if_then=f"{formula} x"))
    assert all(row[name].startswith("'") for name in ("what", "obstacle", "if-then"))
    assert {typed(row[name]) for name in ("what", "obstacle", "if-then")} == {visible(f"{formula} x")}


@pytest.mark.parametrize("harmless", ["'twas", "a = b", "1-2", "\u00a0x", "it's -1", "\u2212 minus", "#tag"])
def test_what_is_no_formula_stays_as_it_is(harmless):
    (row,) = table(item(what=harmless))
    assert row["what"] == harmless


@given(words(), words())
def test_what_was_typed_can_be_told_from_a_cell(first, second):
    assert first == second or items_csv.neutral(first) != items_csv.neutral(second)


@given(st.text(alphabet="=+-@＝'\t x", min_size=1, max_size=6))
def test_a_cell_that_a_spreadsheet_might_calculate_has_its_apostrophe(cell):
    assert items_csv.neutral(cell)[0] not in "=+-@＝\t"
    assert items_csv.neutral(cell) in {cell, f"'{cell}"}


def test_every_cell_is_quoted_so_that_no_other_separator_cuts_it():
    text = items_csv.write(shared_of([item(what="a;=1+1", obstacle='say "now"')]), DAY)
    lines = text.removeprefix("\ufeff").split("\r\n")
    assert all(line.startswith('"') and line.endswith('"') for line in lines[:2])
    assert '"a;=1+1"' in text
    assert '"say ""now"""' in text


def test_a_spreadsheet_knows_its_alphabet_by_its_first_bytes():
    text = items_csv.write(shared_of([item(what="高橋　真理 👨‍👩‍👧‍👦")]), DAY)
    assert text.encode().startswith(b"\xef\xbb\xbf")
    assert table(item(what="高橋　真理 👨‍👩‍👧‍👦"))[0]["what"] == "高橋　真理 👨‍👩‍👧‍👦"


@given(words())
def test_words_of_any_kind_stay_in_their_cell(said):
    one, other = table(item(label="I1", what=said, obstacle=said), record("item", "2", label="I2", held_on=DAY))
    assert one["what"] == one["obstacle"] == items_csv.neutral(visible(said))
    assert (one["label"], other["label"]) == ("I1", "I2")


def test_without_items_there_is_the_head_alone():
    assert items_csv.write(shared_of([]), DAY).count("\r\n") == 1
