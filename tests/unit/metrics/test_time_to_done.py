"""Aalen–Johansen by hand, and what must hold for any items."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.metrics.time_to_done import time_to_done

AGREED, ASOF = date(2025, 1, 1), date(2025, 12, 31)
AGE = (ASOF - AGREED).days


def _states(*items):
    """One row for each pair of days since the agreement and state; open ones leave at their age."""
    rows = []
    for days, state in items:
        agreed = ASOF - timedelta(days=days) if state in {"open", "draft"} else AGREED
        closed = None if state in {"open", "draft"} else AGREED + timedelta(days=days)
        rows.append((pd.Timestamp(agreed), pd.Timestamp(closed) if closed else pd.NaT, state))
    kinds = {"agreed": "datetime64[ms]", "closed_on": "datetime64[ms]", "state": "str"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def test_two_ways_to_end_and_one_still_open():
    """Of 4: one done at 10; of 3 left one let go at 20; one open at 25 leaves; the last one done at 30.

    F(10) = 1/4; S = 3/4; S(20) = 3/4 · 2/3 = 1/2; F(30) = 1/4 + 1/2 · 1/1 = 3/4.
    """
    found = time_to_done(_states((10, "done"), (20, "let_go"), (25, "open"), (30, "done")), ASOF)
    assert found.curve["days"].tolist() == [10, 20, 30]
    assert found.curve["at_risk"].tolist() == [4, 3, 1]
    assert found.curve["done"].tolist() == pytest.approx([0.25, 0.25, 0.75])
    assert found.curve["let_go"].tolist() == pytest.approx([0, 0.25, 0.25])
    assert found.median == 30
    assert (found.count_done, found.count_let_go, found.count_open) == (2, 1, 1)


@pytest.mark.parametrize(
    ("items", "median"),
    [
        pytest.param([], None, id="no items"),
        pytest.param([(10, "open")], None, id="none ended"),
        pytest.param([(10, "done"), (20, "done")], 10, id="half is reached exactly"),
        pytest.param([(10, "let_go"), (20, "let_go"), (30, "done")], None, id="most were let go: not reached"),
        pytest.param([(10, "done"), (10, "open")], 10, id="open as long as the other took: still at risk that day"),
        pytest.param([(10, "done"), (5, "draft"), (5, "draft")], 10, id="drafts do not count"),
        pytest.param([(-3, "done")], 0, id="done before it was agreed"),
        pytest.param([(k, "done") for k in range(1, 7)], 3, id="no rounding keeps a half from being one"),
    ],
)
def test_median(items, median):
    assert time_to_done(_states(*items), ASOF).median == median


@pytest.mark.parametrize(("done", "shown"), [(4, False), (5, True)])
def test_shown_from_five_done_items_on(done, shown):
    assert time_to_done(_states(*[(7, "done")] * done, (9, "open")), ASOF).is_shown is shown


ITEMS = st.lists(st.tuples(st.integers(0, AGE), st.sampled_from(["done", "let_go", "open"])), max_size=30)


@given(ITEMS)
def test_shares_only_grow_and_never_exceed_one(items):
    curve = time_to_done(_states(*items), ASOF).curve
    assert curve["done"].is_monotonic_increasing
    assert curve["let_go"].is_monotonic_increasing
    assert (curve["done"] + curve["let_go"] <= 1 + 1e-9).all()


@given(ITEMS.map(lambda items: [item for item in items if item[1] != "open"]).filter(bool))
def test_with_nothing_open_it_is_plain_counting(items):
    last = time_to_done(_states(*items), ASOF).curve.iloc[-1]
    assert last["done"] == pytest.approx(sum(state == "done" for _, state in items) / len(items))
