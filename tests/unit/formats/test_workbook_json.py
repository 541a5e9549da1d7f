"""The workbook's own form loses nothing, and is the same text for the same data."""

import json
import unicodedata
from importlib import resources

import pytest
from hypothesis import given

from coaching.errors import InterchangeError
from coaching.formats import workbook_json as form
from coaching.formats import write
from coaching.model.entry import Entry
from coaching.model.frames import frames
from coaching.model.schema import to_table
from coaching.model.sharing import Audience, Shared, share
from coaching.model.validation import parse
from coaching.model.vocabulary import Kind, Visibility
from tests.strategies import entries

WORKBOOK = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
OTHER_ID = "01ARZ3NDEKTSV4RRFFQ69G5FAW"
ID = "01ARZ3NDEKTSV4RRFFQ69G5FAX"
ENTRY = {"kind": "note", "id": ID, "rev": 1, "author": "coach", "segment": "opening", "topic": "arrival"}
WHOLE = {"format": "coaching-workbook/1", "workbook": WORKBOOK, "holder": "coach", "audience": "holder", "entries": []}


def shared_by(found: list[Entry], audience: Audience = Audience.HOLDER) -> Shared:
    return share(frames(to_table(found)), audience)


def keyed(found: list[Entry]) -> dict[tuple[str, int], Entry]:
    return {(entry.id, entry.rev): entry for entry in found}


@given(entries())
def test_whatever_is_written_for_the_holder_is_read_again(originals):
    text = write(shared_by(originals), WORKBOOK, "coach")
    incoming = form.read("copy.json", json.loads(text), "coach")
    again = [parse(record) for record in incoming.records]
    assert (incoming.workbook, incoming.holder, incoming.warnings) == (WORKBOOK, "coach", ())
    assert len(again) == len(originals)
    assert keyed(again) == keyed(originals)


@given(entries())
def test_the_same_entries_in_any_order_give_the_same_text(originals):
    forwards = write(shared_by(originals), WORKBOOK, "coach")
    assert write(shared_by(originals[::-1]), WORKBOOK, "coach") == forwards


@given(entries(Kind.NOTE, Kind.DREAM, Kind.MISSION))
def test_no_character_of_the_text_turns_it_around_or_breaks_its_lines(originals):
    text = write(shared_by(originals), WORKBOOK, "coach")
    unseen = {"RLE", "LRE", "RLO", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"}
    assert not [letter for letter in text if letter != "\n" and unicodedata.category(letter) in {"Cc", "Zl", "Zp"}]
    assert not [letter for letter in text if unicodedata.bidirectional(letter) in unseen]
    assert text.splitlines() == text.removesuffix("\n").split("\n")


def test_what_others_read_holds_no_private_entry_and_no_time_of_saving():
    private = parse({**ENTRY, "saved_at": "2025-01-31T12:00:00Z", "text": "CANARY"})
    pair = private.model_copy(update={"id": OTHER_ID, "visibility": Visibility.PAIR, "text": "for both", "base": 0})
    found = json.loads(write(shared_by([private, pair], Audience.PAIR), WORKBOOK, "coach"))
    assert found["audience"] == "pair"
    assert [entry["text"] for entry in found["entries"]] == ["for both"]
    assert not {"saved_at", "base"} & found["entries"][0].keys()


def test_the_example_of_the_documentation_is_such_a_file():
    documentation = (resources.files("coaching.formats") / "FORMATS.md").read_text(encoding="utf-8")
    example = documentation.split("```json\n")[1].split("```")[0]
    incoming = form.read("example.json", json.loads(example), "coach")
    assert [record["text"] for record in incoming.records] == ["Fine."]
    assert incoming.warnings == ()


def test_a_copy_of_the_other_holder_is_a_workbook_of_its_own_and_always_the_same():
    own = form.read("copy.json", WHOLE, "coach").workbook
    theirs = form.read("copy.json", WHOLE, "coachee").workbook
    assert own == WORKBOOK
    assert theirs != own
    assert theirs == form.read("copy.json", WHOLE, "coachee").workbook


def test_keys_that_nobody_knows_are_named_without_their_values():
    found = {**WHOLE, "mood": "CANARY", "entries": [{**ENTRY, "colour": "CANARY"}]}
    incoming = form.read("copy.json", found, "coach")
    assert incoming.warnings == (
        "'mood' is not known and was left out",
        "entries[].colour is not known and was left out",
    )
    assert "CANARY" not in str(incoming.records)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"entries": {}}, "entries must be a list"),
        ({"entries": [7]}, "entries[0] must be an object"),
        ({"workbook": "x"}, "workbook must be an id of 26 letters and digits"),
        ({"workbook": 7}, "workbook must be an id of 26 letters and digits"),
        ({"holder": "boss"}, "holder must be one of 'coach', 'coachee'"),
        ({"holder": []}, "holder must be one of 'coach', 'coachee'"),
        ({"audience": "world"}, "audience must be one of 'holder', 'pair', 'open'"),
    ],
)
def test_a_wrong_head_is_named(changed, sentence):
    with pytest.raises(InterchangeError) as error:
        form.read("copy.json", WHOLE | changed, "coach")
    assert str(error.value) == (f"copy.json cannot be read: {sentence}. Mend it in the file, or export the file again.")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("text", 7, "must be text"),
        ("text", ["a"], "must be text"),
        ("rev", "1", "must be a whole number of 64 bits"),
        ("rev", True, "must be a whole number of 64 bits"),
        ("rev", 1.0, "must be a whole number of 64 bits"),
        ("rev", 2**63, "must be a whole number of 64 bits"),
        ("confirmed", 1, "must be true or false"),
        ("held_on", "2024-02-30", "must be a day of the calendar, like 2025-01-31"),
        ("held_on", 7, "must be text"),
        ("saved_at", "noon", "must be a time with its zone, like 2025-01-31T12:00:00+00:00"),
        ("saved_at", "2025-01-31T12:00:00", "must be a time with its zone, like 2025-01-31T12:00:00+00:00"),
        ("levels", "five", "must be a list of texts"),
        ("levels", [1], "must be a list of texts"),
    ],
)
def test_a_wrong_value_is_named_by_its_place(name, value, sentence):
    with pytest.raises(InterchangeError) as error:
        form.read("copy.json", {**WHOLE, "entries": [ENTRY, {**ENTRY, name: value}]}, "coach")
    assert f"entries[1].{name} {sentence}." in str(error.value)


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(InterchangeError) as error:
        form.read("copy.json", {**WHOLE, "holder": 1, "entries": [{"rev": "x", "text": 1}]}, "coach")
    assert all(place in str(error.value) for place in ("holder ", "entries[0].rev ", "entries[0].text "))
