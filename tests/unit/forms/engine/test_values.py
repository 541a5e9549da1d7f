"""Dates: taken only when they can be meant, shown as people say them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.forms.engine.values import day_or_none
from coaching.l10n import in_words


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_whole_date_is_taken(day):
    assert day_or_none(day.isoformat()) == day


@given(st.dates().filter(lambda day: not 2000 <= day.year <= 2099))
def test_a_year_that_is_being_typed_is_not_taken(day):
    assert day_or_none(day.isoformat()) is None


@given(st.none() | st.text())
def test_what_is_no_date_is_none_and_no_error(typed):
    found = day_or_none(typed)
    assert found is None or 2000 <= found.year <= 2099


@pytest.mark.parametrize("typed", ["", "2026-1", "2026-02-30", "12.01.2026", " 2026-01-12", "\x00", "\ud800", None])
def test_what_cannot_be_meant_is_none(typed):
    assert day_or_none(typed) is None


def test_a_date_is_shown_without_leading_zero():
    assert in_words(date(2026, 3, 1)) == "Sunday, 1 March 2026"
