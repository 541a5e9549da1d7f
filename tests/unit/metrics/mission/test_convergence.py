"""What each version has in common with earlier texts."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.metrics.mission.convergence import convergence
from coaching.metrics.mission.similarity import share_with_earlier, share_with_first
from coaching.metrics.mission.statements import Version

DAY = date(2025, 1, 1)


def _known(*said):
    return tuple(
        Version(place, None, DAY + timedelta(days=after), text) for place, (after, text) in enumerate(said, start=1)
    )


def _shares(*said):
    found = convergence(_known(*said))
    columns = ["with_first", "with_earlier", "with_previous"]
    return [tuple(None if pd.isna(share) else share for share in row) for row in found[columns].itertuples(index=False)]


@pytest.mark.parametrize(
    ("said", "shares"),
    [
        pytest.param([], [], id="none"),
        pytest.param([(0, "bake bread")], [(1, None, None)], id="one is all in common with itself"),
        pytest.param([(0, "..."), (5, "—")], [(None, None, None)] * 2, id="no words to compare"),
        pytest.param(
            [(0, "bake bread"), (90, "bake cake")], [(1, None, None), (0.5, None, 0.5)], id="90 days: nothing then"
        ),
        pytest.param([(0, "bake bread"), (91, "bake cake")], [(1, None, None), (0.5, 0.5, 0.5)], id="91 days"),
        pytest.param(
            [(0, "bake bread"), (10, "bake cake"), (101, "eat cake")],
            [(1, None, None), (0.5, None, 0.5), (0, 0.5, 0.5)],
            id="the one of 91 days earlier is the one then in force",
        ),
        pytest.param(
            [(0, "bake bread"), (0, "bake cake"), (91, "bake cake")],
            [(1, None, None), (0.5, None, 0.5), (0.5, 1, 1)],
            id="of two of one day the second is in force, and each is compared",
        ),
    ],
)
def test_shares(said, shares):
    assert _shares(*said) == shares


def test_a_version_is_named_by_its_number_its_session_and_its_day():
    (row,) = convergence((Version(4, 9, DAY, "bread"),)).to_dict("records")
    assert (row["number"], row["session_number"], row["held_on"]) == (4, 9, pd.Timestamp(DAY))


@pytest.mark.parametrize("said", [[], [(0, "bread")], [(0, "bread"), (9, "cake")]])
def test_the_columns_are_of_one_kind_for_any_number(said):
    assert {name: str(kind) for name, kind in convergence(_known(*said)).dtypes.items()} == {
        "number": "int64",
        "session_number": "Int64",
        "held_on": "datetime64[ms]",
        **dict.fromkeys(["with_first", "with_earlier", "with_previous"], "float64"),
    }


def test_at_the_beginning_of_the_calendar_there_is_nothing_earlier():
    assert convergence((Version(1, 1, date.min, "bread"),))["with_earlier"].isna().all()


@given(st.lists(st.tuples(st.integers(1, 99), st.text("ab de地", min_size=1)), min_size=1, max_size=8))
def test_it_agrees_with_the_shares_of_each_day(said):
    days = pd.Series([gap for gap, _ in said]).cumsum()
    known = _known(*zip(map(int, days), (text for _, text in said), strict=True))
    for place, row in enumerate(convergence(known).to_dict("records")):
        asof = known[place].held_on
        for name, share in (("with_first", share_with_first), ("with_earlier", share_with_earlier)):
            expected = share(known, asof)
            if place or name == "with_earlier":
                assert pd.isna(row[name]) if expected is None else row[name] == expected


def test_a_later_version_changes_no_earlier_row():
    said = [(0, "bake bread"), (50, "bake cake"), (120, "eat cake")]
    pd.testing.assert_frame_equal(convergence(_known(*said)), convergence(_known(*said, (200, "sing"))).iloc[:3])
