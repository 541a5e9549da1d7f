"""The nested form: everything in the invented years comes in, under the right names and readers."""

import copy
from collections import Counter
from datetime import UTC, date, datetime
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.errors import InterchangeError
from coaching.formats import Incoming
from coaching.model.validation import parse
from tests.invented_year import load, read_year, reader
from tests.strategies import words

NAMES = ("demo_year", "edge_year", "active_pair")
ABOUT_THE_FILE = {"schema", "about", "expected", "must_not_appear", "hostile_strings", "must_stay_literal_text"}
SAVED = {"rev": 1, "saved_at": datetime(2025, 1, 1, tzinfo=UTC)}


def of_kind(name: str, kind: str) -> list[dict]:
    return [record for record in read_year(name).records if record["kind"] == kind]


def labelled(name: str, kind: str) -> dict[str, dict]:
    return {record["label"]: record for record in of_kind(name, kind)}


def small() -> dict:
    """A year of one session and one action item, to be changed."""
    return {
        "schema": "coaching-workbook-data/0.1",
        "person": {"id": "P1", "display_name": "Ada"},
        "coaches": [{"id": "C1", "display_name": "Bo"}],
        "sessions": [{"id": "S01", "number": 1, "date": "2025-01-31", "held_by": "C1"}],
        "items": [{"id": "I01", "owner": "P1", "created_session": "S01", "what": "walk", "by": "2025-02-28"}],
        "dreams": [{"id": "D1", "since": "S01", "title": "sea"}],
    }


def taken(found: dict, holder: str = "coach") -> Incoming:
    return reader.read("year.json", found, holder)


def only(found: dict, kind: str) -> dict:
    (record,) = [record for record in taken(found).records if record["kind"] == kind]
    return record


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return list(chain.from_iterable(map(strings, inner)))


@pytest.mark.parametrize("name", NAMES)
def test_every_record_is_a_valid_entry_with_an_id_of_its_own(name):
    records = read_year(name).records
    assert all(parse(record | SAVED) for record in records)
    assert len({record["id"] for record in records}) == len(records)
    assert not [record for record in records if record.keys() & {"rev", "base", "saved_at"}]


@pytest.mark.parametrize("name", NAMES)
def test_the_warnings_are_the_expected_ones(name):
    assert list(read_year(name).warnings) == load(name)["expected"]["warnings_an_importer_should_show"]


# Parts of which the file says that the coach wrote, with null for words: each comes in as one blank note.
CLAIMED_WITHOUT_A_FIELD = {"demo_year": 0, "edge_year": 2, "active_pair": 0}


@pytest.mark.parametrize("name", NAMES)
def test_every_element_of_the_file_is_counted_once(name):
    found = load(name)
    sessions, items, dreams = found["sessions"], found["items"], found["dreams"]
    parts = ("opening", "talk_about_yourself", "talk_about_your_dreams", "who_does_what_by_when", "closing")
    yourself = [side for s in sessions for side in (s["talk_about_yourself"] or {}).values()]
    texts = [
        *(s["opening"]["arrival"] for s in sessions),
        *(side[topic] for side in yourself for topic in ("plan", "goal", "failure")),
        *(
            (s["talk_about_your_dreams"] or {}).get(side)
            for s in sessions
            for side in ("coach", "person", "person_joy")
        ),
        *((s["who_does_what_by_when"] or {}).get("obstacle") for s in sessions),
        *((s["closing"] or {}).get(side) for s in sessions for side in ("person_takeaway", "coach_takeaway")),
    ]
    lines = [line for thread in found.get("threads", ()) for line in thread.get("lines", ())]
    noted = sum(text is not None for text in texts) - sum("topic" in line for line in lines)
    private = [
        *(
            (s.get("coach_private") or {}).get("note") or (s.get("coach_private") or {}).get("who_spoke_more")
            for s in sessions
        ),
        *((s.get("person_private") or {}).get("note") for s in sessions),
    ]
    assert Counter(record["kind"] for record in read_year(name).records) == Counter(
        {
            "person": 1 + len(found["coaches"]),
            "agreement": len(found["agreement"]),
            "cancellation": len(found["cancelled"]),
            "becoming": len(found["becoming"]),
            "dream": len(dreams),
            "progress": sum(len(dream["history"]) for dream in dreams) + len(lines),
            "theme": len(found["themes"]),
            "mission": len(found["mission_statements"]),
            "item": len(items),
            "item_event": sum(len(item["events"]) for item in items),
            "review": sum(len(s["opening"]["reviews"]) for s in sessions),
            "session": len(sessions),
            "segment": sum(s[part] is not None for s in sessions for part in parts),
            "note": noted + CLAIMED_WITHOUT_A_FIELD[name],
            "check": sum(bool((s["closing"] or {}).get("person_check")) for s in sessions),
            "parked": sum(len(s["parked"]) for s in sessions),
            "reflection": sum(text is not None for text in private),
            "handover": int("handover" in found),
        }
    )


# The words of the file for which an entry has words of its own.
TRANSLATED = {"shared", "person_private", "coach_private", "person", "person_chose_to_start", "created"}


@pytest.mark.parametrize("name", NAMES)
def test_no_words_of_the_file_are_lost(name):
    found = {key: value for key, value in load(name).items() if key not in ABOUT_THE_FILE}
    for session in found["sessions"]:
        # How the coach began a part that did not take place is said of nothing.
        for part, key in (("part1", "talk_about_yourself"), ("part2", "talk_about_your_dreams")):
            if session[key] is None:
                del session["coach_first"][part]
    kept = Counter(
        value.isoformat() if isinstance(value, date) else value
        for record in read_year(name).records
        for value in chain.from_iterable(part if isinstance(part, tuple) else [part] for part in record.values())
    )
    assert not set(strings(found)) - kept.keys() - TRANSLATED


@pytest.mark.parametrize("name", NAMES)
def test_reading_twice_gives_the_same_and_each_holder_has_a_workbook_of_their_own(name):
    own, again, theirs = read_year(name), read_year(name), read_year(name, "coachee")
    assert own == again
    assert own.workbook != theirs.workbook
    assert not {record["id"] for record in own.records} & {record["id"] for record in theirs.records}


def test_the_order_of_a_list_does_not_change_an_id():
    found = load("edge_year")
    turned = {key: value[::-1] if isinstance(value, list) else value for key, value in found.items()}
    turned["coaches"] = found["coaches"]
    assert {record["id"] for record in taken(turned).records} == {record["id"] for record in taken(found).records}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_words_is_in_the_repr(name):
    assert repr(read_year(name)).startswith("<Incoming for the coach: ")
    assert load(name)["person"]["display_name"] not in repr(read_year(name))


@pytest.mark.parametrize(
    ("kind", "label", "author", "visibility"),
    [
        ("dream", "D1", "coachee", "pair"),
        ("dream", "D5", "coachee", "private"),
        ("item", "I01", "coachee", "pair"),
        ("item", "I02", "coach", "pair"),
        ("becoming", "B1", "coachee", "pair"),
        ("session", "S01", "coach", "pair"),
        ("person", "P1", "coachee", "pair"),
        ("person", "C1", "coach", "pair"),
    ],
)
def test_who_wrote_it_and_who_may_read_it(kind, label, author, visibility):
    record = labelled("demo_year", kind)[label]
    assert (record["author"], record["visibility"]) == (author, visibility)


def test_events_and_reviews_of_a_private_item_are_as_private_as_the_item():
    item = labelled("edge_year", "item")["I05"]
    about = [record for record in read_year("edge_year").records if record.get("item") == item["id"]]
    assert Counter(record["kind"] for record in about) == {"item_event": 2, "review": 1}
    assert {(record["author"], record["visibility"]) for record in [item, *about]} == {("coachee", "private")}


def test_private_notes_belong_to_their_side_and_the_coachs_expires():
    first = {record["author"]: record for record in of_kind("demo_year", "reflection")[:2]}
    assert first["coach"]["text"] == "I filled every pause. Count to eight."
    assert first["coach"]["who_spoke_more"] == "mostly_coach"
    assert first["coach"]["expires_on"] == date(2025, 4, 16)
    assert first["coachee"]["text"] == "Wait and see if he is the same in a month."
    assert "expires_on" not in first["coachee"]
    assert {record["visibility"] for record in of_kind("demo_year", "reflection")} == {"private"}


def test_a_date_that_no_calendar_has_is_kept_as_typed():
    (cancelled,) = of_kind("edge_year", "cancellation")
    assert cancelled["as_typed"] == "2024-02-30"
    assert "held_on" not in cancelled


def test_a_date_that_a_calendar_has_is_a_date():
    (cancelled,) = of_kind("demo_year", "cancellation")
    assert cancelled["held_on"] == date(2025, 5, 8)
    assert "as_typed" not in cancelled


def test_an_item_refers_to_what_it_serves_and_keeps_its_levels():
    item = labelled("demo_year", "item")["I03"]
    assert item["levels"] == (None, "one bread", "three breads", "three breads and the stories that go with them", None)
    assert item["becoming"] == labelled("demo_year", "becoming")["B5"]["id"]
    assert item["dream"] == labelled("demo_year", "dream")["D1"]["id"]
    assert item["session"] == labelled("demo_year", "session")["S02"]["id"]
    assert item["person"] == labelled("demo_year", "person")["P1"]["id"]
    assert (item["owner"], item["origin"], item["ownership"]) == ("coachee", "coachee", "mine")
    assert (item["held_on"], item["by"]) == (date(2025, 2, 13), date(2025, 3, 9))


def test_the_life_of_an_item_is_told_by_its_events():
    item = labelled("edge_year", "item")["I03"]
    agreed, handed, done = [e for e in of_kind("edge_year", "item_event") if e["item"] == item["id"]]
    people = labelled("edge_year", "person")
    assert (agreed["event"], agreed["due_to"]) == ("agreed", date(2024, 3, 31))
    assert handed["event"] == "handed_over"
    assert (handed["person_from"], handed["person_to"]) == (people["C1"]["id"], people["C2"]["id"])
    assert (done["event"], done["text"], done["held_on"]) == ("done", "", date(2024, 9, 3))


def test_the_note_of_an_item_stands_with_its_agreed_event():
    item = labelled("edge_year", "item")["I10"]
    (agreed,) = [e for e in of_kind("edge_year", "item_event") if e["item"] == item["id"]]
    assert agreed["text"].startswith("Never mentioned again")


def test_an_item_without_a_created_event_was_agreed_in_its_session():
    agreed = only(small(), "item_event")
    assert (agreed["event"], agreed["held_on"], agreed["due_to"]) == ("agreed", date(2025, 1, 31), date(2025, 2, 28))


def test_two_notes_at_one_event_are_both_kept():
    found = small()
    found["items"][0] |= {
        "note": "of the item",
        "events": [{"date": "2025-01-31", "event": "created", "note": "first"}],
    }
    assert only(found, "item_event")["text"] == "first\n\nof the item"


def test_equal_events_of_one_day_stay_two():
    found = small()
    found["items"][0]["events"] = [{"date": "2025-01-31", "event": "created"}] + [
        {"date": "2025-02-01", "event": "due_moved", "to": f"2025-03-0{day}"} for day in (1, 2)
    ]
    ids = {record["id"] for record in taken(found).records if record["kind"] == "item_event"}
    assert len(ids) == 3


def test_a_theme_keeps_its_words_and_the_dream_behind_it():
    theme = labelled("demo_year", "theme")["T1"]
    assert (theme["title"], theme["words"]) == ("Bread and fire", ("bread", "flour", "fire"))
    assert theme["dream"] == labelled("demo_year", "dream")["D1"]["id"]
    assert (theme["author"], theme["visibility"]) == ("coachee", "pair")


def test_a_theme_may_have_no_words_and_words_may_be_blank():
    themes = labelled("edge_year", "theme")
    assert "words" not in themes["T2"]
    assert themes["T1"]["words"][-3:] == ("", ".", "the")


def test_a_year_without_themes_has_none():
    assert not [record for record in taken(small()).records if record["kind"] == "theme"]


def test_an_unconfirmed_blank_statement_comes_in_as_such():
    (blank,) = [record for record in of_kind("edge_year", "mission") if record["number"] == 4]
    assert (blank["text"], blank["confirmed"]) == ("   ", False)


def test_the_history_of_a_dream_says_who_could_read_it():
    dream = labelled("edge_year", "dream")["D2"]
    told = [event for event in of_kind("edge_year", "progress") if event["about"] == dream["id"]]
    assert [(e["visibility_from"], e["visibility_to"]) for e in told] == [("private", "pair"), ("pair", "private")]
    assert {(e["author"], e["visibility"]) for e in told} == {("coachee", "private")}


def test_the_hand_over_names_items_and_day():
    (handover,) = of_kind("edge_year", "handover")
    items = labelled("edge_year", "item")
    assert handover["items_open"] == tuple(items[label]["id"] for label in ("I02", "I03", "I06", "I10"))
    assert handover["items_transferred"] == (items["I02"]["id"], items["I03"]["id"])
    assert handover["delete_by"] == date(2024, 8, 14)


def test_a_part_of_nothing_is_a_part_and_an_absent_one_is_none():
    sessions = labelled("edge_year", "session")
    parts = {
        label: {s["segment"] for s in of_kind("edge_year", "segment") if s["session"] == sessions[label]["id"]}
        for label in ("S10", "S13")
    }
    assert parts == {
        "S10": {"opening", "yourself", "dreams", "who_what_when", "closing"},
        "S13": {"opening", "who_what_when"},
    }


def test_how_the_coach_began_is_in_the_words_of_the_workbook():
    fourth = labelled("demo_year", "session")["S04"]["id"]
    begun = {s["segment"]: s.get("coach_first") for s in of_kind("demo_year", "segment") if s["session"] == fourth}
    assert (begun["yourself"], begun["dreams"]) == ("coachee_chose_to_start", "written")


CHECKED = {"person_check": {"heard": 3}}


@pytest.mark.parametrize(
    ("kind", "change"),
    [("dream", {}), ("item", {}), ("check", {"closing": CHECKED})],
)
def test_what_does_not_say_who_may_read_it_is_private(kind, change):
    found = small()
    found["sessions"][0] |= change
    assert only(found, kind)["visibility"] == "private"


def test_sides_of_yourself_that_do_not_say_who_may_read_them_are_private_to_their_side():
    found = small()
    found["sessions"][0]["talk_about_yourself"] = {"coach": {"plan": "a"}, "person": {"plan": "b"}}
    notes = [record for record in taken(found).records if record["kind"] == "note"]
    assert [(n["text"], n["author"], n["visibility"]) for n in notes] == [
        ("a", "coach", "private"),
        ("b", "coachee", "private"),
    ]


def test_a_warning_does_not_hint_at_what_the_holder_may_not_hold():
    found = small()
    found["items"][0] |= {"by": "2025-01-01", "visibility": "person_private"}
    assert taken(found, "coach").warnings == ()
    assert taken(found, "coachee").warnings == ("I01: due before created",)


def test_words_typed_for_a_date_are_not_repeated():
    found = small() | {"cancelled": [{"planned": "when my father died"}]}
    assert taken(found).warnings == ("cancelled: impossible date (kept as typed)",)
    assert only(found, "cancellation")["as_typed"] == "when my father died"


def test_what_two_places_say_differently_is_said():
    found = small()
    found["sessions"].append({"id": "S02", "date": "2025-02-28", "who_does_what_by_when": {"items_new": ["I01"]}})
    found["mission_statements"] = [{"version": 1, "session": "S01", "date": "2025-01-31", "text": "x"}]
    found["sessions"][1]["talk_about_your_dreams"] = {"statement_version": 1}
    found["items"][0]["visibility"] = "shared"
    assert taken(found).warnings == (
        "S02: I01 belongs to another session, and stays there",
        "S02: statement_version 1 belongs to another session, and stays there",
    )


def test_keys_that_nobody_knows_are_named_without_their_values():
    found = small() | {"mood": "CANARY"}
    found["items"] = [found["items"][0] | {"id": label, "colour\n": "CANARY"} for label in ("I01", "I02")]
    incoming = taken(found)
    assert incoming.warnings == (
        "items[].colour� is not known and was left out (2 times)",
        "mood is not known and was left out",
    )
    assert "CANARY" not in str(incoming.records)


def replaced(found: dict, path: tuple, value: object) -> dict:
    found = copy.deepcopy(found)
    inner = found
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return found


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("person",), None, "person must be an object"),
        (("person", "id"), "", "person.id must not be empty"),
        (("coaches",), {}, "coaches must be a list"),
        (("coaches", 0, "is_line_manager"), "yes", "coaches[0].is_line_manager must be true or false"),
        (("coaches", 0, "from"), "soon", "coaches[0].from must be a day of the calendar, like 2025-01-31"),
        (("items", 0), "CANARY", "items[0] must be an object"),
        (("items", 0, "by"), "2025-02-30", "items[0].by must be a day of the calendar, like 2025-01-31"),
        (("items", 0, "by"), 20250228, "items[0].by must be a day of the calendar, like 2025-01-31"),
        (("items", 0, "what"), 7, "items[0].what must be text"),
        (("items", 0, "visibility"), "CANARY",
         "items[0].visibility must be one of 'shared', 'person_private', 'coach_private'"),
        (("items", 0, "created_session"), "S99",
         "items[0].created_session names a session that the file does not have"),
        (("items", 0, "dream_id"), "D9", "items[0].dream_id names a dream that the file does not have"),
        (("items", 0, "owner"), "C9", "items[0].owner names a person that the file does not have"),
        (("items", 0, "owner_says"), "not_mine",
         "items[0].owner_says is not_mine, which cannot stand under the coachee's own name"),
        (("dreams",), [{"id": "D1"}] * 2,
         "dreams[0].id is the label of another dream too; dreams[1].id is the label of another dream too"),
        (("themes",), [{"id": "T1", "dream_id": "D9"}], "themes[0].dream_id names a dream that the file does not have"),
        (("themes",), [{"id": "T1", "words": "bread"}], "themes[0].words must be a list"),
        (("themes",), [{"id": "T1", "words": [None]}], "themes[0].words[0] must be text"),
        (("coaches", 0, "id"), "C2", "sessions[0].held_by names a person that the file does not have"),
        (("sessions", 0, "minutes"), -1, "sessions[0].minutes must be 0 or more"),
        (("sessions", 0, "number"), True, "sessions[0].number must be a whole number"),
        (("sessions", 0, "date"), "2025-1-31", "sessions[0].date must be a day of the calendar, like 2025-01-31"),
        (("sessions", 0, "closing"), {"person_check": {"heard": 6}},
         "sessions[0].closing.person_check.heard must be 5 or less"),
        (("sessions", 0, "talk_about_your_dreams"), {"statement_version": 9},
         "sessions[0].talk_about_your_dreams.statement_version names a mission that the file does not have"),
        (("sessions", 0, "talk_about_your_dreams"), {"dreams_touched": ["D1", "D9"]},
         "sessions[0].talk_about_your_dreams.dreams_touched[1] names a dream that the file does not have"),
        (("sessions", 0, "talk_about_yourself"), {"coach": {"visibility": "person_private"}},
         "sessions[0].talk_about_yourself.coach.visibility must be one of 'shared', 'coach_private'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_place(path, value, sentence):
    with pytest.raises(InterchangeError) as error:
        taken(replaced(small(), path, value))
    assert str(error.value) == f"year.json cannot be read: {sentence}. Mend it in the file and bring it in again."


def test_what_is_missing_is_named():
    found = small()
    del found["sessions"][0]["date"], found["items"][0]["id"]
    with pytest.raises(InterchangeError) as error:
        taken(found)
    assert "items[0].id is missing; sessions[0].date is missing." in str(error.value)


def test_a_long_list_of_problems_is_counted():
    with pytest.raises(InterchangeError) as error:
        taken(small() | {"dreams": [1] * 50})
    assert str(error.value).count("must be an object") == 20
    assert "; and 30 more." in str(error.value)


@given(words(), st.booleans())
def test_hostile_words_come_in_as_they_are(text, confirmed):
    found = small()
    found["sessions"][0] |= {"opening": {"arrival": text}, "parked": [{"text": text}]}
    found["mission_statements"] = [{"version": 1, "date": "2025-01-31", "text": text, "confirmed_by_person": confirmed}]
    assert [only(found, kind)["text"] for kind in ("note", "parked", "mission")] == [text] * 3


@given(words().filter(bool))
def test_any_label_is_a_label(label):
    found = small()
    found["items"][0]["id"] = label
    assert only(found, "item")["label"] == label
