from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.charts.canvas.layout import Days, Head, as_day, date_axis, session_axis, spread
from coaching.charts.canvas.sheet import WIDTH, Sheet
from tests.unit.charts.charting import Seen

LABELS = st.lists(st.tuples(st.floats(0, 500), st.floats(1, 40)), max_size=12)


@given(LABELS)
def test_spread_labels_keep_their_order_and_never_overlap(labels):
    centres, heights = [list(column) for column in zip(*labels, strict=True)] if labels else ([], [])
    found = spread(centres, heights, 0, 500)
    order = sorted(range(len(labels)), key=lambda place: centres[place])
    for above, below in pairwise(order):
        assert found[below] - found[above] >= (heights[above] + heights[below]) / 2 - 1e-6
    if sum(heights) <= 500:
        assert all(y - high / 2 >= -1e-6 and y + high / 2 <= 500 + 1e-6 for y, high in zip(found, heights, strict=True))


@pytest.mark.parametrize(
    ("centres", "heights", "found"),
    [
        ([], [], []),
        ([50], [10], [50]),
        ([30, 60], [10, 10], [30, 60]),
        ([50, 50], [10, 10], [45, 55]),
        ([60, 50, 50], [10, 10, 10], [65 - 5 / 3, 45 - 5 / 3, 55 - 5 / 3]),
        ([0, 100], [10, 10], [5, 95]),
        ([98, 99], [10, 30], [65, 85]),
    ],
)
def test_a_label_moves_only_as_far_as_it_must(centres, heights, found):
    assert spread(centres, heights, 0, 100) == pytest.approx(found)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2025, 1, 1), date(2025, 1, 1), 1),
        (date(2025, 1, 1), date(2025, 1, 15), 8),
        (date(2025, 1, 1), date(2025, 12, 31), 12),
        (date(2025, 1, 1), date(2027, 12, 31), 12),
        (date(2000, 1, 1), date(2060, 1, 1), 13),
    ],
)
def test_ticks_leave_each_other_room(first, last, count):
    assert len(Days(first, last, 0, 600).ticks()) == count


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 15_000), st.floats(80, 560))
def test_the_labels_of_a_date_axis_never_overlap(first, span, wide):
    sheet = Sheet(WIDTH)
    y = date_axis(sheet, Days(first, first + timedelta(days=span), WIDTH - 40 - wide, WIDTH - 40), 20)
    seen = Seen(sheet.close(y))
    assert (seen.overlapping(), seen.outside()) == ([], [])


@pytest.mark.parametrize("count", [1, 2, 7, 26, 60, 300])
def test_as_many_sessions_are_named_as_fit_always_the_first_and_the_last(count):
    sheet = Sheet(WIDTH)
    heads = [
        Head(30 + place * 700 / count, f"S{place + 1}", date(2025, 1, 1) + timedelta(days=14 * place))
        for place in range(count)
    ]
    seen = Seen(sheet.close(session_axis(sheet, heads, 20)))
    assert {"S1", f"S{count}"} <= set(seen.texts("tick"))
    assert (seen.overlapping(), seen.outside()) == ([], [])


@pytest.mark.parametrize(("value", "day"), [(None, None), (float("nan"), None), (date(2025, 3, 1), date(2025, 3, 1))])
def test_a_missing_day_is_none(value, day):
    assert as_day(value) == day
