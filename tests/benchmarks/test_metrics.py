"""What counting 10,000 action items costs, against one query of DuckDB that counts the same."""

from datetime import date

import pandas as pd
import pytest

from coaching.metrics.promises.items import item_states
from coaching.metrics.promises.kept import done_within, kept, reopened, throughput_by_quarter
from coaching.metrics.promises.time_to_done import time_to_done
from coaching.model.frames import Frames
from tests.benchmarks.invented_items import action_items
from tests.benchmarks.items_in_sql import connected, counted

ITEMS = 10_000
ROUNDS = 15
ASOF = date(2025, 12, 9)


@pytest.fixture(scope="module", name="frames")
def _frames():
    made = action_items(ITEMS)
    for kind in ("item", "item_event", "session", "person"):
        made[kind]  # a frame is made when it is first asked for
    return made


@pytest.fixture(name="query")
def _query(frames):
    with connected(frames) as connection:
        yield lambda: counted(connection, ASOF)


def all_metrics(frames):
    states = item_states(frames, ASOF)
    headline, within, again = kept(states, ASOF), done_within(states, ASOF), reopened(states)
    return {
        "states": states,
        "counts": (
            *(headline.kept, headline.of, headline.let_go_before),
            *(within.count, within.of, again.count, again.of),
        ),
        "throughput": throughput_by_quarter(states, ASOF),
        "incidence": time_to_done(states, ASOF).curve,
    }


def test_the_query_counts_the_same(frames, query):
    ours, theirs = all_metrics(frames), query()
    assert ours["counts"] == theirs["counts"]
    assert ours["throughput"] == theirs["throughput"]
    columns = ["days", "at_risk", "done", "let_go"]
    pd.testing.assert_frame_equal(ours["incidence"][columns], theirs["incidence"][columns], check_dtype=False)
    states = ours["states"]
    pd.testing.assert_frame_equal(states, theirs["states"][list(states)].astype(states.dtypes.to_dict()))


def test_the_items_have_met_with_everything(frames):
    """Else the query might leave out a rule and still count the same."""
    states = item_states(frames, ASOF)
    assert set(states["outcome"]) == {"draft", "open", "overdue", "on_time", "late", "done", "let_go"}
    assert (states["times_reopened"] > 0).any()
    assert (states["due_moves"] > 1).any()
    assert (states["due"] != states["due_in_force"]).any()
    assert (states["carried_over"] > 1).any()


def test_counting_takes_at_most_two_and_a_half_times_as_long_as_the_query(turns, frames, query):
    turns.run(all_metrics, {"duckdb": query}, ROUNDS, lambda: (Frames(frames.by_kind),))  # which knows no rows yet
    turns.show_time(f"DuckDB's query of {ITEMS:,} items", "duckdb")
    turns.show_time(f"metrics of {ITEMS:,} items")
    turns.check("metrics : DuckDB's query", "duckdb", 2.5)
