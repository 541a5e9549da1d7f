"""Stretches of time as people say them."""

from datetime import date

import pytest

from coaching.errors import CoachingError
from coaching.workbook.search.times import read_time

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("2025Q3", "2025-07-01", "2025-10-01"),
        ("2025 q3", "2025-07-01", "2025-10-01"),
        ("2025", "2025-01-01", "2026-01-01"),
        ("2025-09", "2025-09-01", "2025-10-01"),
        ("September 2025", "2025-09-01", "2025-10-01"),
        ("last autumn", "2026-09-01", "2026-12-01"),
        ("in the autumn of 2024", "2024-09-01", "2024-12-01"),
        ("winter", "2026-12-01", "2027-03-01"),
        ("last winter", "2025-12-01", "2026-03-01"),
        ("letzten Herbst", "2026-09-01", "2026-12-01"),
        ("März", "2026-03-01", "2026-04-01"),
        ("last September", "2026-09-01", "2026-10-01"),
        ("last December", "2025-12-01", "2026-01-01"),
        ("this year", "2026-01-01", "2027-01-01"),
        ("letztes Jahr", "2025-01-01", "2026-01-01"),
        ("last quarter", "2026-07-01", "2026-10-01"),
        ("last month", "2026-11-01", "2026-12-01"),
        ("last week", "2026-11-23", "2026-11-30"),
        ("yesterday", "2026-11-30", "2026-12-01"),
        ("3 March 2025", "2025-03-03", "2025-03-04"),
        ("since March", "2026-03-01", None),
        ("before 2025", None, "2025-01-01"),
        ("from March to May", "2026-03-01", "2026-06-01"),
        ("2024..2025", "2024-01-01", "2026-01-01"),
        ("all", None, None),
        ("Q3 2025", "2025-07-01", "2025-10-01"),
        ("3. Quartal 2025", "2025-07-01", "2025-10-01"),
        ("q4", "2026-10-01", "2027-01-01"),
        ("2025Q1-2025Q2", "2025-01-01", "2025-07-01"),
        ("2024 – 2025", "2024-01-01", "2026-01-01"),
        ("März bis Mai 2025", "2025-03-01", "2025-06-01"),
        ("vor zwei Wochen", "2026-11-17", "2026-11-18"),
        ("vor März", None, "2026-03-01"),
        ("die letzten zwei Wochen", "2026-11-17", "2026-12-02"),
        ("past two months", "2026-10-01", "2026-12-02"),
    ],
)
def test_a_time_is_read_as_it_is_said(typed, start, end):
    stretch = read_time(typed, TODAY)
    assert (stretch.start, stretch.end) == (
        start and date.fromisoformat(start),
        end and date.fromisoformat(end),
    )


@pytest.mark.parametrize("today", [date(2026, 10, 3), date(2026, 3, 3)])
def test_last_autumn_is_one_that_is_over(today):
    assert read_time("last autumn", today).start == date(2025, 9, 1)


@pytest.mark.parametrize("typed", ["", "soon", "last foo", "13/2025", "0000", "2025 to 2024", "autumn 9999", "ma"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(CoachingError, match="write a quarter"):
        read_time(typed, TODAY)
