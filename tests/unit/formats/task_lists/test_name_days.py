"""The name of a file, or of its folders, says the day that its list is of; so do headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.formats.task_lists.name_days import day_of_name, day_within, is_a_day
from tests.unit.formats.task_lists.listing import day


@pytest.mark.parametrize(
    "file",
    [
        "2026-03-04.md",
        "2026-03-04 One-on-one Maha.md",
        "One-on-one 20260304.md",
        "Gespräch 04.03.2026.md",
        "2026_03_04.org",
        "2026-03-04/notes.md",
        "2025-01-01/2026-03-04.md",
        "2026-02-30 2026-03-04.md",
        "March 4, 2026.md",
        "4. März 2026.md",
        "Mar-04-2026.md",
        "2026/03/04.md",
        "2026/03-04.md",
        "2026/03-March/04.md",
        "2026/March/4.md",
        "Week of March 4, 2026.md",
        "2026-W10-3.md",
        "2026-03-04 to 2026-03-10.md",
    ],
)
def test_the_name_of_a_file_or_else_its_folder_says_its_day(file):
    assert day_of_name(file).day == day("2026-03-04")


@pytest.mark.parametrize("file", ["todo.md", "2026-02-30.md", "call 12026-03-04.md", "1234567890.md", "2026-0304.md"])
def test_a_name_without_a_day_says_none(file):
    assert day_of_name(file) is None


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("2026-W10.md", "2026-03-02"),
        ("2026W10.md", "2026-03-02"),
        ("2026/week 10.md", "2026-03-02"),
        ("2026/Weekly/W10.md", "2026-03-02"),
        ("KW 10 2026.md", "2026-03-02"),
        ("2026-03-week2.md", "2026-03-08"),
        ("2026/03-March/Week 2.md", "2026-03-08"),
        ("Week 2 - March 2026.md", "2026-03-08"),
        ("March 2026 week 1.md", "2026-03-01"),
    ],
)
def test_a_week_is_the_day_on_which_it_begins(file, expected):
    named = day_of_name(file)
    assert (named.day, named.span) == (day(expected), "week")


@pytest.mark.parametrize("file", ["2026-03.md", "2026/March.md", "March 2026.md"])
def test_a_month_is_its_first_day_and_said_less_closely(file):
    named = day_of_name(file)
    assert (named.day, named.span) == (day("2026-03-01"), "month")


@pytest.mark.parametrize(("order", "expected"), [(None, None), ("day", "2026-04-03"), ("month", "2026-03-04")])
def test_of_two_numbers_the_other_names_say_which_is_the_month(order, expected):
    named = day_of_name("03-04-2026.md", order)
    assert (named and named.day) == (expected and day(expected))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("[[2026-03-04]]", True), ("Wednesday, March 4, 2026", True), ("One-on-one 4.3.2026", True),
        ("Goals by 2026-06-30", False), ("Plan", False), ("A review of what we said on 2026-03-04 at last", False),
    ],
)  # fmt: skip
def test_a_heading_is_a_day_if_little_else_stands_in_it(words, expected):
    assert is_a_day(words) is expected


@given(st.text())
def test_no_name_and_no_words_break_the_reading(words):
    day_of_name(f"{words}.md")
    day_within(words)
