"""Days are understood where they can mean one day alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.formats.task_lists.dates import day_at, day_in, order_of, serial_day
from tests.unit.formats.task_lists.listing import day


@pytest.mark.parametrize(
    "words", [
        "2026-03-04", "2026/3/4", "2026.03.04", "4.3.2026", "04. 03. 2026", "4.3.26", " 2026-03-04T10:00:00Z ",
        "4. März 2026", "4 March 2026", "March 4, 2026", "Mar 4th, 2026", "4-Mar-2026", "04/Mar/26 9:12 AM",
        "Wed, 4 Mar 2026", "Mittwoch, 4. Maerz 2026".replace("ae", "ä"), "2026-03-04 00:00:00",
        "2026-03-04T00:00:00.000Z", "2026-03-04T00:00:00+01:00", "2026 March 4",
    ],
)  # fmt: skip
def test_a_day_may_be_written_in_many_ways(words):
    assert day_in(words) == day("2026-03-04")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "03/04/2026",
        "2026-02-30",
        "2026-13-01",
        "2026-03/04",
        "0000-01-01",
        "20260304",
        "٢٠٢٦-٠٣-٠٤",
        "2026-W19",
        "5. Foo 2026",
        "1/2",
        "March 2026",
        "Marching 4, 2026",
    ],
)
def test_what_is_no_day_or_may_be_two_is_none(words):
    assert day_in(words) is None


@given(st.text())
def test_no_words_break_the_reading_of_a_day(words):
    assert day_in(words) is None or day_in(words) == day_in(words.strip())
    day_at(words)


@pytest.mark.parametrize(("words", "expected"), [("31/12/2026", "2026-12-31"), ("12/31/2026", "2026-12-31"),
                                                 ("04/04/2026", "2026-04-04")])  # fmt: skip
def test_a_day_of_two_numbers_is_taken_where_it_can_be_one_alone(words, expected):
    assert day_in(words) == day(expected)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["11/03/2026", "13/03/2026"], "day"),
        (["03/11/2026", "03/13/2026", "2026-01-01", "soon"], "month"),
        (["11/03/2026"], None),
        (["13/03/2026", "03/13/2026"], None),
    ],
)
def test_a_column_says_which_number_is_the_month(cells, order):
    assert order_of(cells) == order


def test_a_number_of_a_spreadsheet_is_a_day_of_this_century():
    assert [serial_day(cell) for cell in ("46092", "46092.5", "12", "x", "²")] == [day("2026-03-11")] * 2 + [None] * 3


@given(st.dates(day("1950-01-01"), day("2150-12-31")))
def test_every_day_is_read_as_it_was_written(date):
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%a, %d %b %Y", "%Y/%m/%d 10:00"):
        assert day_in(date.strftime(form)) == date
    assert day_in(date.strftime("%d/%m/%Y"), "day") == day_in(date.strftime("%m/%d/%Y"), "month") == date
