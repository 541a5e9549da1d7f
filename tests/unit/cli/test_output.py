"""Nobody's words can disturb a terminal, and no column is cut."""

import io
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from coaching.cli.output import columns, figures_in_rows, let_nothing_stop_the_output, revisions_in_lines
from coaching.model.validation import parse
from coaching.model.vocabulary import Kind
from coaching.text import one_line
from tests.strategies import entry, words


def test_columns_stand_below_each_other_by_what_a_terminal_shows():
    lines = list(columns([["Name", "Id"], ["高橋", "1"], ["O'Brien", "2"]]))
    assert lines == ["Name     Id", "高橋     1", "O'Brien  2"]
    assert {cell_len(line[:-1]) for line in lines[1:]} == {9}


@given(st.lists(st.tuples(words().map(one_line), words().map(one_line)), min_size=1))
def test_no_cell_is_cut(rows):
    for row, line in zip(rows, columns(rows), strict=True):
        assert line.startswith(row[0].rstrip())
        assert line.endswith(row[1])


@pytest.mark.parametrize(
    ("figures", "rows"),
    [
        ({}, []),
        ({"sessions_held": 12}, [["sessions held", "12"]]),
        ({"current_statement": None, "outcomes": {}, "gaps_days": []},
         [["current statement", "none"], ["outcomes", "none"], ["gaps days", "none"]]),
        ({"gaps_days": [28, 35]}, [["gaps days", "28 35"]]),
        ({"review_coverage": {"S02": [1, 2], "S03": [3, 3]}},
         [["review coverage", "S02: 1 of 2"], ["", "S03: 3 of 3"]]),
        ({"person_open_items_linked_to_becoming": [1, 2]}, [["person open items linked to becoming", "1 of 2"]]),
        ({"time_to_done": {"median_days": None, "is_shown": False}},
         [["time to done", "median days none, is shown no"]]),
        ({"items_at_end": {"I01": {"state": "let_go", "due_moves": 0}}},
         [["items at end", "I01: state let go, due moves 0"]]),
        ({"median_gap_days": 31.5, "share_in_common": {"with_first": 0.5882352941176471}},
         [["median gap days", "31.5"], ["share in common", "with first 0.59"]]),
        ({"throughput_by_quarter": {"2020Q1": 0, "2020Q2": 3}}, [["throughput by quarter", "2020Q2 3"]]),
        ({"age_days": {f"I{number:02}": 1 for number in range(1, 24)}},
         [["age days", ", ".join([*(f"I{number:02} 1" for number in range(1, 21)), "and 3 more"])]]),
        ({"items_at_end": {f"I{number:02}": {"due_moves": 0} for number in range(1, 23)}},
         [["items at end", "I01: due moves 0"], *(["", f"I{number:02}: due moves 0"] for number in range(2, 21)),
          ["", "and 2 more"]]),
        ({"parked_by": {"\x1b[31m": 1}}, [["parked by", "␛[31m 1"]]),
    ],
)  # fmt: skip
def test_figures_are_rows_of_name_and_value(figures, rows):
    assert figures_in_rows(figures) == rows


def item(rev, **fields):
    common = {"kind": "item", "id": "01KEQR1700AAAAAAAAAAAAAAAA", "author": "coach", "visibility": "pair"}
    saved_at = datetime(2026, 1, rev, 10, 42, tzinfo=UTC)
    return parse(common | {"label": "I07", "rev": rev, "saved_at": saved_at} | fields)


def test_a_history_says_when_by_whom_and_what_each_revision_changed():
    levels = (None, None, "a_call", "two calls", None)
    revisions = [
        item(3, what="call snake_case", owner="coachee", ownership="can_live_with_it", levels=levels),
        item(2, what="call", by="2026-02-01"),
        item(1, what="call"),
    ]
    days = [f"{revision.saved_at.astimezone():%Y-%m-%d %H:%M}" for revision in revisions]
    assert list(revisions_in_lines(revisions, {})) == [
        f"{days[0]}  item I07, by the coach, pair",
        "    what: call snake_case",
        "    owner: coachee",
        "    by: -",
        "    ownership: can live with it",
        "    levels: a_call, two calls",
        f"{days[1]}  item I07, by the coach, pair",
        "    by: 2026-02-01",
        f"{days[2]}  item I07, by the coach, pair",
        "    what: call",
    ]


def test_what_was_told_later_changes_nothing_of_the_entry_itself():
    told = item(2, kind="review", id="01KEQR1700BBBBBBBBBBBBBBBB", item=item(1).id, outcome="done", label=None)
    lines = list(revisions_in_lines([item(3, what="write"), told, item(1, what="call")], {}))
    assert [line for line in lines if line.startswith(" ")] == [
        "    what: write",
        f"    item: {item(1).id}",
        "    outcome: done",
        "    what: call",
    ]


def test_an_entry_without_a_short_name_is_called_by_its_id():
    (line, _) = revisions_in_lines([item(1, what="call", label=None)], {})
    assert line.endswith("  item 01KEQR1700AAAAAAAAAAAAAAAA, by the coach, pair")


def test_what_an_entry_is_linked_to_is_called_by_its_name_where_it_has_one():
    person, becoming = "0000000000SFX7B57QBGJ7SKT6", "01JP6CT00063ZYW4C7JKHWHXB8"
    lines = revisions_in_lines([item(1, person=person, becoming=becoming)], {person: "Marisol"})
    assert [*lines][1:] == ["    person: Marisol", f"    becoming: {becoming}"]


@given(st.sampled_from(Kind).flatmap(lambda kind: st.lists(entry(kind), min_size=1, max_size=3)))
def test_no_words_of_a_history_disturb_a_terminal(revisions):
    for line in revisions_in_lines(revisions, {}):
        assert len(line.splitlines()) == 1
        assert one_line(line) == " ".join(line.split())


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_letter_that_the_output_lacks_becomes_a_code(monkeypatch, encoding):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding))
    let_nothing_stop_the_output()
    print("مها", flush=True)  # noqa: T201 - it is the output that is tried
    assert raw.getvalue().decode(encoding).strip() in {"مها", "\\u0645\\u0647\\u0627"}
