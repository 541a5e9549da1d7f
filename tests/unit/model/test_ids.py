"""Ids: new ones differ, derived ones stay the same, and each tells its day."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.model.ids import day_of, derived_id, new_id

ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
NOW = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
PARTS = st.lists(st.text(max_size=8), max_size=3)


@given(st.none() | st.dates(), PARTS)
def test_a_derived_id_is_a_ulid_and_the_same_every_time(on, parts):
    assert ULID.fullmatch(derived_id(on, *parts))
    assert derived_id(on, *parts) == derived_id(on, *parts)


def test_a_derived_id_never_changes_as_files_elsewhere_hold_it():
    assert derived_id(date(2025, 1, 16), "item", "I01") == "01JHP6HR00794K0937E729NT1T"
    assert derived_id(None) == "0000000000WERC8GMRZGE196QV"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((None, "a"), (None, "b")),
        ((None, "a", "b"), (None, "ab")),
        ((None, "a", "b"), (None, "b", "a")),
        ((None, "a"), (None, "a", "")),
        ((date(2025, 1, 1), "a"), (date(2025, 1, 2), "a")),
        ((None, "\ud800"), (None, "\ufffd")),
    ],
)
def test_other_parts_or_another_day_give_another_id(one, other):
    assert derived_id(*one) != derived_id(*other)


@given(st.dates(min_value=date(1970, 1, 1)))
def test_the_day_can_be_read_from_the_id(on):
    assert day_of(derived_id(on, "session")) == on


@given(st.dates(max_value=date(1969, 12, 31)))
def test_a_day_before_the_epoch_becomes_the_epoch(on):
    assert day_of(derived_id(on, "session")) == date(1970, 1, 1)


def test_new_ids_of_one_moment_differ_and_tell_it():
    made = {new_id(NOW) for _ in range(1000)}
    assert len(made) == 1000
    assert {day_of(identity) for identity in made} == {NOW.date()}
    assert all(ULID.fullmatch(identity) for identity in made)


def test_later_ids_sort_later():
    assert new_id(NOW) < new_id(NOW.replace(second=1))
