"""Periods by name."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.errors import CoachingError
from coaching.metrics.periods import ALL_TIME, Period, last_day, parse_period, quarter_of, quarters


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("2025Q1", date(2025, 1, 1), date(2025, 4, 1)),
        ("2025Q4", date(2025, 10, 1), date(2026, 1, 1)),
        ("2024", date(2024, 1, 1), date(2025, 1, 1)),
        ("9999Q4", date(9999, 10, 1), None),
        ("9999", date(9999, 1, 1), None),
        ("0001Q1", date(1, 1, 1), date(1, 4, 1)),
    ],
)
def test_quarters_and_years(name, start, end):
    assert parse_period(name) == Period(start, end, name)


@pytest.mark.parametrize("name", ["all", "ALL", " All "])
def test_all_time(name):
    assert parse_period(name) == ALL_TIME
    assert date.min in ALL_TIME
    assert date.max in ALL_TIME


@pytest.mark.parametrize("name", ["", "2025Q5", "2025Q0", "2025-Q1", "Q1", "25Q1", "0000", "٢٠٢٥", "2025Q1\x00", "<b>"])
def test_anything_else_is_refused_by_the_name_of_the_field(name):
    with pytest.raises(CoachingError, match=r"^period: ") as refused:
        parse_period(name)
    assert not name or name not in str(refused.value)


@given(st.dates())
def test_every_day_lies_in_its_quarter_and_in_no_other(day):
    quarter = quarter_of(day)
    assert day in quarter
    assert parse_period(quarter.name) == quarter
    assert quarter.end is None or day not in quarter_of(quarter.end)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_quarters_touch_each_other_and_hold_both_ends(first, last):
    found = quarters(first, last)
    assert all(one.end == other.start for one, other in pairwise(found))
    if quarter_of(first).start <= quarter_of(last).start:
        assert first in found[0]
        assert last in found[-1]
    else:
        assert found == ()


def test_quarters_at_the_end_of_the_calendar():
    assert [quarter.name for quarter in quarters(date(9999, 8, 1), date.max)] == ["9999Q3", "9999Q4"]


@pytest.mark.parametrize(
    ("name", "known_until"), [("2025Q1", date(2025, 3, 31)), ("2025Q2", date(2025, 5, 1)), ("all", date(2025, 5, 1))]
)
def test_last_day(name, known_until):
    assert last_day(parse_period(name), asof=date(2025, 5, 1)) == known_until
