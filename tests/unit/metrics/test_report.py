"""All figures as one object."""

import json
from datetime import date

import pytest

from coaching.metrics.report import figures

ASOF = date(2025, 12, 31)

#: The keys of the files' own figures, but for the warnings, which are the importer's.
EXPECTED = {
    "sessions_in_order",
    "sessions_held",
    "gaps_days",
    "median_gap_days",
    "coach_first",
    "review_coverage",
    "items_at_end",
    "items_by_owner_and_state",
    "statements_counted",
    "current_statement",
    "statement_decisions",
    "person_open_items_linked_to_becoming",
    "origin_of_person_items",
    "parked_by",
    "ask_still_yours",
}


@pytest.fixture(name="year")
def _year(written):
    written.person("C2", "coach", "Lê").session("S01", "01-16").session("S02", "02-13").session("S03", "06-12")
    written.segment("S01", "yourself", coach_first="coachee_chose_to_start").segment("S01", "dreams", decision="new")
    written.mission("01-16", "I bake bread", 1, session="S01").mission(
        "06-12", "I bake with children", 2, session="S03"
    )
    written.item("I01", "01-16", "02-13", session="S01", origin="coachee").review("S02", "I01")
    written.event("I01", "02-13", "due_moved", was="02-13", to="03-06", session="S02")
    written.event("I01", "03-01", "due_moved", was="03-06", to="03-13").event("I01", "03-10", "done")
    written.item("I02", "01-16", "03-06", owner="coach").event("I02", "02-01", "handed_over", people=("C1", "C2"))
    return written.item("I03", "06-12", None, session="S03", origin="together").parked("S02", "C1")


def test_the_figures_of_a_year(year):
    assert figures(year.frames(), ASOF) == {
        "asof": "2025-12-31",
        "sessions_in_order": ["S01", "S02", "S03"],
        "sessions_held": 3,
        "gaps_days": [28, 119],
        "median_gap_days": 73.5,
        "coach_first": {
            "part1": {"person_chose_to_start": 1, "segment_absent": 2},
            "part2": {"not_recorded": 1, "segment_absent": 2},
        },
        "review_coverage": {"S02": [1, 1], "S03": [0, 2]},
        "statement_decisions": {"new": 1, "segment_absent": 2},
        "origin_of_person_items": {"person": 1, "together": 1},
        "person_open_items_linked_to_becoming": [0, 0],
        "parked_by": {"C1": 1},
        "statements_counted": [1, 2],
        "current_statement": 2,
        "share_in_common": {"with_first": 0.5, "with_91_days_earlier": 1.0},
        "items_at_end": {
            "I01": {"state": "done", "due": "2025-03-13", "due_moves": 2, "owner": "P1"},
            "I02": {"state": "open", "due": "2025-03-06", "due_moves": 0, "owner": "C2"},
            "I03": {"state": "draft", "due": None, "due_moves": 0, "owner": "P1"},
        },
        "items_by_owner_and_state": {"person": {"done": 1, "draft": 1}, "coach": {"open": 1}},
        "ask_still_yours": ["I01"],
        "outcomes": {"on_time": 1, "overdue": 1, "draft": 1},
        "slip_days": {"I01": 28},
        "carried_over": {"I02": 1},
        "age_days": {"I02": 349},
        "kept": {"kept": 1, "of": 2, "let_go_before": 0},
        "kept_as_first_agreed": {"kept": 0, "of": 2, "let_go_before": 0},
        "done_within_28_days": {"count": 0, "of": 2},
        "reopened": {"count": 0, "of": 1},
        "throughput_by_quarter": {"2025Q1": 1, "2025Q2": 0, "2025Q3": 0, "2025Q4": 0},
        "time_to_done": {"median_days": 53, "done": 1, "let_go": 0, "open": 1, "is_shown": False},
    }


def test_figures_are_plain_json(year):
    found = figures(year.frames(), ASOF)
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_an_empty_workbook_has_every_figure(new_workbook):
    found = figures(new_workbook().frames(), ASOF)
    assert set(found) >= EXPECTED
    assert found["median_gap_days"] is found["current_statement"] is None
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_a_past_day_knows_nothing_of_what_came_later(year):
    past = figures(year.frames(), date(2025, 2, 10))
    assert past["sessions_in_order"] == ["S01"]
    assert past["items_at_end"]["I01"] == {"state": "open", "due": "2025-02-13", "due_moves": 0, "owner": "P1"}
    assert set(past["items_at_end"]) == {"I01", "I02"}
    assert past["statements_counted"] == [1]
    assert past["parked_by"] == {}
