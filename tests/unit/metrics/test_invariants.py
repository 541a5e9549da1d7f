"""What holds for every figure, whatever happened: the past stays, order does not matter, bands add up."""

import random
from datetime import date, timedelta

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from coaching.metrics.periods import quarters
from coaching.metrics.promises.burnup import burnup_steps
from coaching.metrics.promises.items import item_states
from coaching.metrics.promises.kept import kept, throughput, throughput_by_quarter
from coaching.metrics.promises.time_to_done import time_to_done_by_side
from coaching.metrics.report import figures
from coaching.model.entries import ItemEvent
from coaching.model.frames import frames
from coaching.model.ids import derived_id
from coaching.model.schema import to_table
from tests.examples import COSTLY

FIRST = date(2025, 1, 1)
LAST = 200
OUTCOMES = ["on_time", "late", "done", "let_go", "open"]

DAYS = st.integers(0, LAST)
ITEMS = st.lists(st.tuples(DAYS, st.none() | DAYS, st.sampled_from(["coach", "coachee"])), min_size=1, max_size=5)
KINDS = ["due_moved", "partly", "done", "reopened", "let_go", "handed_over"]
EVENTS = st.lists(st.tuples(st.integers(0, 4), DAYS, st.sampled_from(KINDS), DAYS), max_size=14)
SESSIONS = st.lists(DAYS, max_size=6)
TEXTS = st.lists(st.tuples(DAYS, st.sampled_from(["bake bread", "bake cake", "teach", " "])), max_size=5)
YEARS = st.tuples(ITEMS, EVENTS, SESSIONS, TEXTS)


def _on(after):
    return (FIRST + timedelta(days=after)).isoformat()


def _written(workbook, year, until=LAST):
    """Write what of a year was known on a day; items, sessions, events and statements keep their names."""
    items, events, sessions, texts = year
    for number, after in sorted(enumerate(sessions, start=1), key=lambda pair: pair[1]):
        if after <= until:
            workbook.session(f"S{number:02}", _on(after))
    for number, (after, by, owner) in enumerate(items):
        if after <= until:
            workbook.item(f"I{number:02}", _on(after), None if by is None else _on(by), owner=owner)
    for place, (number, after, kind, to) in enumerate(events):
        known = number < len(items) and items[number][0] <= after
        if known and after <= until:
            due = _on(to) if kind == "due_moved" else None
            people = ("C1", "P1") if items[number][2] == "coach" else ("P1", "C1")
            workbook.event(f"I{number:02}", _on(after), kind, to=due, people=people, name=f"event {place}")
    for place, (after, text) in enumerate(texts):
        if after <= until:
            workbook.mission(_on(after), text, id=derived_id(None, f"statement {place}"))
    return workbook


def _asof(after):
    return FIRST + timedelta(days=after)


@COSTLY
@given(YEARS, DAYS)
def test_what_comes_later_changes_no_figure_of_a_past_day(new_workbook, year, after):
    then = _written(new_workbook(), year, until=after).frames()
    now = _written(new_workbook(), year).frames()
    assert figures(then, _asof(after)) == figures(now, _asof(after))
    pd.testing.assert_frame_equal(burnup_steps(then, _asof(after)), burnup_steps(now, _asof(after)))


@COSTLY
@given(YEARS, DAYS, st.integers())
def test_the_order_of_the_rows_does_not_matter(new_workbook, year, after, seed):
    entries = _written(new_workbook(), year).entries
    shuffled = random.Random(seed).sample(entries, len(entries))  # noqa: S311 -- an order, no key
    kept_order, other = frames(to_table(entries)), frames(to_table(shuffled))
    assert figures(kept_order, _asof(after)) == figures(other, _asof(after))
    pd.testing.assert_frame_equal(burnup_steps(kept_order, _asof(after)), burnup_steps(other, _asof(after)))


@given(YEARS, DAYS)
def test_the_bands_of_the_burn_up_add_up_to_the_promises(new_workbook, year, after):
    found = _written(new_workbook(), year).frames()
    for step in burnup_steps(found, _asof(after)).itertuples():
        agreed = item_states(found, step.day.date()).query("state != 'draft'")
        assert sum(getattr(step, name) for name in OUTCOMES) == len(agreed)
        assert min(getattr(step, name) for name in OUTCOMES) >= 0


@given(YEARS, DAYS)
def test_windows_that_touch_count_every_promise_once(new_workbook, year, after):
    asof = _asof(after)
    states = item_states(_written(new_workbook(), year).frames(), asof)
    windows = quarters(FIRST, _asof(LAST))
    whole, parts = kept(states, asof), [kept(states, asof, window) for window in windows]
    for name in ("kept", "of", "let_go_before"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
    done = int((states["state"] == "done").sum())
    assert sum(throughput(states, window) for window in windows) == done
    assert sum(throughput_by_quarter(states, asof).values()) == done


@COSTLY
@given(YEARS, DAYS)
def test_no_share_is_of_more_than_there_are(new_workbook, year, after):
    found = figures(_written(new_workbook(), year).frames(), _asof(after))
    assert found["kept"]["kept"] <= found["kept"]["of"]
    for name in ("done_within_28_days", "reopened"):
        assert found[name]["count"] <= found[name]["of"]
    assert all(reviewed <= due for reviewed, due in found["review_coverage"].values())


@given(YEARS, DAYS)
def test_the_sides_are_parts_of_the_whole(new_workbook, year, after):
    asof = _asof(after)
    states = item_states(_written(new_workbook(), year).frames(), asof)
    sides = time_to_done_by_side(states, asof)
    assert sum(side.count for side in sides.values()) == int((states["state"] != "draft").sum())


def test_two_events_that_say_the_same_are_as_one(written, new_workbook):
    for workbook, times in ((written, 1), (other := new_workbook(), 3)):
        workbook.item("I01", "2025-01-16", "2025-03-06")
        for time in range(times):
            workbook.event("I01", "2025-02-01", "done", name=f"done {time}")
    assert sum(isinstance(entry, ItemEvent) for entry in other.entries) == 4
    asof = date(2025, 3, 1)
    assert figures(written.frames(), asof) == figures(other.frames(), asof)
