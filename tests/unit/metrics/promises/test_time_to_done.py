"""Aalen–Johansen by hand, against a published table and another way to compute it, and what holds for any items."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.metrics.promises.items import item_states
from coaching.metrics.promises.time_to_done import time_to_done, time_to_done_by_side

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


def test_the_published_example():
    """Table 2 of Satagopan and others, British Journal of Cancer 91 (2004), 1229: 305 patients, the first nine by name.

    The two events of interest and the competing one stand for done and let go, months for days; those of whom the
    table says nothing leave after its last row.
    """
    named = [(10, "done"), (16, "done"), (18, "let_go"), (23, "done"), (26, "let_go"), (27, "done")]
    censored = [(7, "open"), (14, "open"), (24, "open"), *[(28, "open")] * 296]
    curve = time_to_done(_states(*named, *censored), ASOF).curve
    done = curve.loc[curve["done"].diff().fillna(1) > 0]
    assert curve["at_risk"].tolist() == [304, 302, 301, 300, 298, 297]
    assert (100 * (1 - curve["done"] - curve["let_go"])).round(1).tolist() == [99.7, 99.3, 99.0, 98.7, 98.3, 98.0]
    assert (100 * done["done"]).round(1).tolist() == [0.3, 0.7, 1.0, 1.3]


def _product_integral(items):
    """Return P(0, t) = Π (I + dA(t)) for the states open, done and let go: the estimator as its authors wrote it."""
    at = Counter(items)
    row, found = [Fraction(1), Fraction(0), Fraction(0)], {}
    for day in sorted({lasted for lasted, state in items if state != "open"}):
        at_risk = sum(lasted >= day for lasted, _ in items)
        done, let_go = (Fraction(at[day, state], at_risk) for state in ("done", "let_go"))
        step = [[1 - done - let_go, done, let_go], [0, 1, 0], [0, 0, 1]]
        row = [sum(row[start] * step[start][end] for start in range(3)) for end in range(3)]
        found[day] = row
    return found


@given(ITEMS)
def test_it_agrees_with_the_product_of_transition_matrices(items):
    expected = _product_integral(items)
    curve = time_to_done(_states(*items), ASOF).curve
    assert curve["days"].tolist() == list(expected)
    for row in curve.itertuples():
        _, done, let_go = expected[row.days]
        assert (row.done, row.let_go) == (pytest.approx(float(done)), pytest.approx(float(let_go)))


@given(ITEMS, st.randoms(use_true_random=False))
def test_the_order_of_the_items_does_not_matter(items, chance):
    one, other = (time_to_done(_states(*some), ASOF) for some in (items, chance.sample(items, len(items))))
    pd.testing.assert_frame_equal(one.curve, other.curve)
    assert (one.median, one.open_for) == (other.median, other.open_for)


@given(ITEMS)
def test_the_band_lies_around_the_curve_and_between_nothing_and_all(items):
    curve = time_to_done(_states(*items), ASOF).curve
    assert ((curve["low"] >= 0) & (curve["low"] <= curve["done"])).all()
    assert ((curve["high"] <= 1) & (curve["high"] >= curve["done"])).all()


@pytest.mark.parametrize(
    ("done", "of", "low", "high"),
    [
        # With nothing open the variance is that of a binomial share: by hand, on the scale of log(-log).
        pytest.param(1, 5, 0.0376, 0.4540, id="1 of 5"),
        pytest.param(10, 20, 0.3506, 0.6323, id="10 of 20"),
        pytest.param(20, 20, 1, 1, id="all"),
    ],
)
def test_the_band_with_nothing_open(done, of, low, high):
    last = time_to_done(_states(*[(7, "done")] * done, *[(9, "let_go")] * (of - done)), ASOF).curve.iloc[-1]
    assert (last["low"], last["high"]) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@given(ITEMS, st.integers(0, AGE))
def test_how_many_lasted_so_long(items, days):
    assert time_to_done(_states(*items), ASOF).lasted(days) == sum(lasted >= days for lasted, _ in items)


def test_the_sides_are_told_apart():
    states = _states(*[(day, "done") for day in (1, 2, 3, 4)]).assign(owner=["coach", "coachee", "coachee", None])
    assert {side: time.count for side, time in time_to_done_by_side(states, ASOF).items()} == {"coach": 1, "coachee": 2}


@pytest.mark.parametrize(
    ("events", "median", "counts"),
    [
        pytest.param([("03-06", "done")], 49, (1, 0, 0), id="done"),
        pytest.param([("02-01", "done"), ("02-05", "reopened")], None, (0, 0, 1), id="re-opening removes the done"),
        pytest.param(
            [(f"02-0{n}", kind) for n, kind in enumerate(["done", "reopened"] * 2, 1)] + [("02-09", "done")],
            24,
            (1, 0, 0),
            id="re-opened twice: to the final done",
        ),
        pytest.param([("02-01", "let_go")], None, (0, 1, 0), id="let go before its day is neither"),
        pytest.param([("02-01", "handed_over"), ("03-06", "done")], 49, (1, 0, 0), id="handed over: still from agreed"),
        pytest.param([("03-06", "due_moved"), ("03-16", "done")], 59, (1, 0, 0), id="a moved day does not matter"),
        pytest.param([("01-16", "done")], 0, (1, 0, 0), id="done on the day of the agreement"),
        pytest.param([("07-01", "done")], None, (0, 0, 1), id="done after the day of the figure"),
    ],
)
def test_a_promise_through_its_events(written, events, median, counts):
    written.item("I01", "01-16", "03-06").item("I02", "01-16", None)
    for on, kind in events:
        written.event("I01", on, kind, to="04-06" if kind == "due_moved" else None, people=("P1", "C1"))
    asof = date(2025, 6, 30)
    found = time_to_done(item_states(written.frames(), asof), asof)
    assert (found.median, (found.count_done, found.count_let_go, found.count_open)) == (median, counts)
