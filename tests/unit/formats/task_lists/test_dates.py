"""Days are understood where they can mean one day alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.formats.task_lists.dates import day_in, day_of_name
from tests.unit.formats.task_lists.listing import day


@pytest.mark.parametrize(
    "words", ["2026-03-04", "2026/3/4", "2026.03.04", "4.3.2026", "04. 03. 2026", "4.3.26", " 2026-03-04T10:00:00Z "]
)
def test_a_day_may_be_written_in_many_ways(words):
    assert day_in(words) == day("2026-03-04")


@pytest.mark.parametrize(
    "words",
    ["", "soon", "03/04/2026", "2026-02-30", "2026-13-01", "2026-03/04", "0000-01-01", "20260304", "٢٠٢٦-٠٣-٠٤"],
)
def test_what_is_no_day_or_may_be_two_is_none(words):
    assert day_in(words) is None


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
    ],
)
def test_the_name_of_a_file_or_else_its_folder_says_its_day(file):
    assert day_of_name(file) == day("2026-03-04")


@pytest.mark.parametrize("file", ["todo.md", "2026-02-30.md", "call 12026-03-04.md", "1234567890.md", "2026-0304.md"])
def test_a_name_without_a_day_says_none(file):
    assert day_of_name(file) is None


@given(st.text())
def test_no_words_break_the_reading_of_a_day(words):
    assert day_in(words) is None or day_in(words) == day_in(words.strip())
    day_of_name(words)
