"""Content words in common."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.metrics.mission.similarity import dice, said, share_with_earlier, share_with_first
from coaching.metrics.mission.statements import Version


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        pytest.param("bake bread", "bake bread", 1, id="the same"),
        pytest.param("bake bread", "Bread: bakes!", 1, id="order, case, plural and punctuation do not matter"),
        pytest.param("bake bread", "teach children", 0, id="nothing"),
        pytest.param("bake bread", "bake cake", 0.5, id="one of two"),
        pytest.param("bread bread", "bread", 2 / 3, id="words count as often as they occur"),
        pytest.param("the bread", "a bread", 1, id="stop words do not count"),
        pytest.param("", "bread", 0, id="one is empty"),
        pytest.param("the", "...", None, id="neither says anything"),
    ],
)
def test_dice(one, other, share):
    assert dice(one, other) == (None if share is None else pytest.approx(share))


@given(st.text("abc de地"), st.text("abc de地"))
def test_dice_is_symmetric_and_a_share(one, other):
    share = dice(one, other)
    assert share == dice(other, one)
    assert share is None or 0 <= share <= 1


KNOWN = (
    Version(1, 1, date(2025, 1, 1), "bake bread"),
    Version(2, 4, date(2025, 4, 1), "bake cake"),
    Version(3, 7, date(2025, 7, 1), "teach children"),
)


@pytest.mark.parametrize(
    ("asof", "with_first", "with_earlier"),
    [
        pytest.param(date(2024, 12, 31), None, None, id="before the first"),
        pytest.param(date(2025, 1, 1), None, None, id="the first itself is not compared"),
        pytest.param(date(2025, 4, 2), 0.5, 0.5, id="91 days after the first"),
        pytest.param(date(2025, 6, 30), 0.5, 0.5, id="one day before the second was in force for 91 days"),
        pytest.param(date(2025, 7, 1), 0, 0, id="91 days earlier the second was in force"),
        pytest.param(date(2025, 9, 29), 0, 0, id="the third is not 91 days old"),
        pytest.param(date(2025, 9, 30), 0, 1, id="nothing changed for 91 days"),
        pytest.param(date.min, None, None, id="there is no day 91 days earlier"),
    ],
)
def test_shares(asof, with_first, with_earlier):
    assert (share_with_first(KNOWN, asof), share_with_earlier(KNOWN, asof)) == (with_first, with_earlier)


def test_shares_without_versions():
    assert share_with_first((), date(2025, 1, 1)) is None
    assert share_with_earlier((), date(2025, 1, 1)) is None


@pytest.mark.parametrize(
    ("share", "words"),
    [(1.0, "all"), (0.99, "nearly all"), (0.6, "most"), (0.4, "about half"), (0.01, "some"), (0.0, "none")],
)
def test_said(share, words):
    assert said(share) == words
