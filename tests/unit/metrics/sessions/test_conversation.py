"""The conversation itself."""

from datetime import date

import pandas as pd
import pytest

from coaching.metrics.sessions import conversation

ASOF = date(2025, 12, 31)


def _first(written, asof=ASOF):
    found = conversation.coach_first(written.frames(), asof)
    return {(row["label"], row["segment"]): row["how"] for row in found.to_dict("records")}


@pytest.mark.parametrize(
    ("recorded", "text", "how"),
    [
        pytest.param("written", "I forgot.", "written", id="written"),
        pytest.param("written", None, "written", id="no note: private to the coach, or erased, is not empty"),
        pytest.param("written", " \n\u200b", "claimed_but_empty", id="claimed, and a blank note"),
        pytest.param("spoken_not_recorded", None, "spoken_not_recorded", id="said, not recorded"),
        pytest.param("coachee_chose_to_start", None, "coachee_chose_to_start", id="the coachee chose to start"),
        pytest.param("coach_did_not", None, "coach_did_not", id="did not"),
        pytest.param("coach_did_not", "I forgot.", "coach_did_not", id="what was recorded stands"),
        pytest.param(None, None, "not_recorded", id="nothing was recorded"),
    ],
)
@pytest.mark.parametrize("part", conversation.PARTS)
def test_who_shared_first(written, part, recorded, text, how):
    written.session("S01", "01-16").segment("S01", part, coach_first=recorded)
    if text is not None:
        written.note("S01", part, text)
    other = next(name for name in conversation.PARTS if name != part)
    assert _first(written) == {("S01", part): how, ("S01", other): "segment_absent"}


@pytest.mark.parametrize(
    "note",
    [("S01", "yourself", "Mine.", "coachee"), ("S01", "dreams", "Maps.", "coach"), ("S02", "yourself", "Hm.", "coach")],
)
def test_words_of_the_coachee_of_another_part_or_session_are_not_the_coachs_words(written, note):
    written.session("S01", "01-16").session("S02", "02-16").segment("S01", "yourself", coach_first="written")
    written.note("S01", "yourself", " ").note(*note)
    assert _first(written)["S01", "yourself"] == "claimed_but_empty"


def test_sessions_after_asof_are_left_out(written):
    written.session("S02", "02-13").session("S01", "01-16")
    assert set(_first(written, date(2025, 2, 12))) == {("S01", "yourself"), ("S01", "dreams")}


@pytest.mark.parametrize(
    ("days", "gaps", "median"),
    [
        ([], (), None),
        (["01-16"], (), None),
        (["01-16", "01-16"], (0,), 0),
        (["02-13", "01-16"], (28,), 28),
        (["01-16", "02-13", "03-20"], (28, 35), 31.5),
        (["2024-02-28", "2024-03-01"], (2,), 2),
    ],
)
def test_gaps(written, days, gaps, median):
    for number, on in enumerate(days, start=1):
        written.session(f"S{number:02}", on)
    frames = written.frames()
    assert (conversation.gaps(frames, ASOF), conversation.median_gap(frames, ASOF)) == (gaps, median)


def _coverage(written, asof=ASOF):
    found = conversation.review_coverage(written.frames(), asof)
    return {row["label"]: (row["reviewed"], row["due"]) for row in found.to_dict("records")}


@pytest.fixture(name="twice")
def _twice(written):
    """Two sessions; I01 was agreed in the first and is due on the day of the second."""
    return written.session("S01", "01-16").session("S02", "02-13").item("I01", "01-16", "02-13", session="S01")


def test_an_item_due_on_the_day_of_the_session_is_due_and_one_of_the_day_after_is_not(twice):
    twice.item("I02", "01-16", "02-14", session="S01")
    assert _coverage(twice) == {"S02": (0, 1)}
    assert _coverage(twice.review("S02", "I01")) == {"S02": (1, 1)}


def test_a_review_of_what_was_not_due_is_no_coverage(twice):
    twice.item("I02", "01-16", "05-01", session="S01").review("S02", "I02")
    assert _coverage(twice) == {"S02": (0, 1)}


def test_what_is_done_in_the_session_was_open_before_it(twice):
    assert _coverage(twice.review("S02", "I01").event("I01", "02-13", "done", session="S02")) == {"S02": (1, 1)}


@pytest.mark.parametrize("end", ["done", "let_go"])
@pytest.mark.parametrize("on", ["01-17", "02-12", "02-13"])
def test_what_ended_since_the_session_before_is_due_in_the_next_one_alone(twice, on, end):
    twice.event("I01", on, end).session("S03", "03-13")
    assert _coverage(twice) == {"S02": (0, 1)}
    assert _coverage(twice.review("S02", "I01")) == {"S02": (1, 1)}


def test_what_ended_in_the_session_before_is_not_due_in_the_next_one(twice):
    assert _coverage(twice.event("I01", "01-16", "done", session="S01")) == {}


def test_in_the_first_session_only_what_is_open_is_due(written):
    written.session("S01", "02-13").item("I01", "01-16", "02-13").item("I02", "01-16", "02-13")
    assert _coverage(written.event("I02", "02-01", "done")) == {"S01": (0, 1)}


def test_a_date_moved_in_the_session_does_not_spare_the_item_that_session(twice):
    twice.event("I01", "02-13", "due_moved", was="02-13", to="04-01", session="S02").session("S03", "03-13")
    assert _coverage(twice) == {"S02": (0, 1)}


def test_a_date_moved_too_late_counts_here_all_the_same(twice):
    twice.event("I01", "02-14", "due_moved", was="02-13", to="04-01").session("S03", "03-13").session("S04", "04-13")
    assert _coverage(twice) == {"S02": (0, 1), "S04": (0, 1)}


def test_drafts_are_never_due(written):
    written.session("S02", "02-13").item("I01", "01-16", None).item("I02", "01-16", "02-01", what="")
    assert _coverage(written) == {}


def test_of_two_sessions_on_one_day_the_second_knows_what_the_first_did(twice):
    twice.session("S03", "02-13").event("I01", "02-13", "done", session="S02").review("S02", "I01")
    assert _coverage(twice) == {"S02": (1, 1)}


def test_an_item_agreed_in_the_session_is_not_due_in_it(written):
    assert _coverage(written.session("S01", "01-16").item("I01", "01-16", "01-10", session="S01")) == {}


def test_mission_decisions(written):
    for number, decision in enumerate(["new", "keep", "keep", None], start=1):
        written.session(f"S0{number}", f"0{number}-16").segment(f"S0{number}", "dreams", decision=decision)
    written.session("S05", "05-16").segment("S05", "yourself")
    assert conversation.mission_decisions(written.frames(), ASOF) == {
        "new": 1,
        "keep": 2,
        "not_recorded": 1,
        "segment_absent": 1,
    }
    assert conversation.mission_decisions(written.frames(), date(2025, 1, 31)) == {"new": 1}


def test_origin_of_the_coachees_items(written):
    for label, owner, origin in (("I01", "coachee", "coachee"), ("I02", "coachee", "coach"), ("I03", "coach", "coach")):
        written.item(label, "01-16", "03-06", owner=owner, origin=origin)
    written.item("I04", "01-16", None, origin="coachee").item("I05", "01-16", "03-06")
    assert conversation.origin_of_coachees_items(written.frames(), ASOF) == {"coachee": 2, "coach": 1}


def test_a_row_for_every_session_held_says_its_day_the_days_before_it_and_who_shared_first(written):
    written.session("S02", "02-13").session("S01", "01-16").session("S03", "03-20")
    written.segment("S01", "yourself", coach_first="written").segment("S02", "dreams", coach_first="coach_did_not")
    found = conversation.conversation_row(written.frames(), date(2025, 3, 1)).sessions
    assert found.astype("object").where(found.notna(), None).drop(columns="session").to_numpy().tolist() == [
        ["S01", 1, pd.Timestamp("2025-01-16"), None, "written", "segment_absent"],
        ["S02", 2, pd.Timestamp("2025-02-13"), 28, "segment_absent", "coach_did_not"],
    ]


def test_a_pass_is_told_from_nothing_recorded_by_nobody(written):
    written.session("S01", "01-16").segment("S01", "yourself", coach_passed=True, coachee_passed=True)
    written.session("S02", "02-13").segment("S02", "yourself")
    first, second = conversation.conversation_row(written.frames(), ASOF).sessions["yourself"]
    assert first == second == "not_recorded"


def test_an_idea_belongs_to_its_session_and_one_of_none_or_of_a_later_one_to_no_session(written):
    written.session("S01", "01-16").session("S02", "02-13")
    written.item("I01", "01-16", "03-06", session="S01", origin="together")
    written.item("I02", "01-16", "03-06", session="S02", origin="coach").item("I03", "01-16", "03-06", origin="coachee")
    found = conversation.conversation_row(written.frames(), date(2025, 1, 31)).origins
    assert found.astype("object").where(found.notna(), None).to_numpy().tolist() == [
        [written.id("session", "S01"), "together"],
        [None, "coach"],
        [None, "coachee"],
    ]


def test_without_a_session_the_row_has_its_columns_and_no_rows(written):
    found = conversation.conversation_row(written.frames(), ASOF)
    assert (len(found.sessions), len(found.origins), found.median_gap) == (0, 0, None)
    assert [*found.sessions] == ["session", "label", "number", "held_on", "gap_days", "yourself", "dreams"]


def test_open_items_that_serve_a_becoming(written):
    somebody = written.id("becoming", "B1")
    written.item("I01", "01-16", "03-06", becoming=somebody).item("I02", "01-16", "03-06")
    written.item("I03", "01-16", "03-06", becoming=somebody).event("I03", "02-01", "done")
    written.item("I04", "01-16", "03-06", owner="coach", becoming=somebody).item(
        "I05", "01-16", None, becoming=somebody
    )
    assert conversation.open_items_linked_to_becoming(written.frames(), ASOF) == (1, 2)


def test_parked_by(written):
    written.session("S01", "01-16").session("S02", "02-16")
    written.parked("S01", "P1").parked("S01", "P1").parked("S01", "C1").parked("S02", "C1").parked("S02", None)
    coachee, coach = written.id("person", "P1"), written.id("person", "C1")
    assert conversation.parked_by(written.frames(), ASOF) == {coachee: 2, coach: 2}
    assert conversation.parked_by(written.frames(), date(2025, 1, 31)) == {coachee: 2, coach: 1}
