"""Burn-up: change days only, each item as known on that day."""

from datetime import date

import pandas as pd

from coaching.metrics.promises.burnup import burnup_steps
from coaching.metrics.promises.items import item_states

ASOF = date(2025, 6, 30)


def _rows(written, asof=ASOF):
    steps = burnup_steps(written.frames(), asof)
    return [(f"{row.day:%m-%d}", row.on_time, row.late, row.let_go, row.open) for row in steps.itertuples()]


def test_one_row_for_every_day_on_which_a_count_changed(written):
    written.item("I01", "01-16", "03-06").item("I02", "01-16", "03-06").item("I03", "02-01", "03-06")
    written.event("I01", "02-20", "partly").event("I01", "03-06", "done")
    written.event("I02", "03-07", "done").event("I03", "03-08", "let_go")
    assert _rows(written) == [
        ("01-16", 0, 0, 0, 2),
        ("02-01", 0, 0, 0, 3),
        ("03-06", 1, 0, 0, 2),
        ("03-07", 1, 1, 0, 1),
        ("03-08", 1, 1, 1, 0),
    ]


def test_reopening_takes_the_done_back(written):
    written.item("I01", "01-16", "03-06").event("I01", "02-01", "done").event("I01", "02-05", "reopened")
    assert _rows(written.event("I01", "04-01", "done")) == [
        ("01-16", 0, 0, 0, 1),
        ("02-01", 1, 0, 0, 0),
        ("02-05", 0, 0, 0, 1),
        ("04-01", 0, 1, 0, 0),
    ]


def test_done_on_the_day_it_was_agreed_is_one_step(written):
    assert _rows(written.item("I01", "01-16", "03-06").event("I01", "01-16", "done")) == [("01-16", 1, 0, 0, 0)]


def test_a_draft_enters_when_it_gets_its_date(written):
    written.item("I01", "01-16", None).event("I01", "02-16", "due_moved", to="03-06")
    assert _rows(written) == [("02-16", 0, 0, 0, 1)]


def test_nothing_after_asof(written):
    written.item("I01", "01-16", "03-06").event("I01", "03-01", "done")
    assert _rows(written, date(2025, 2, 28)) == [("01-16", 0, 0, 0, 1)]


def test_the_last_step_is_how_the_items_stand(written):
    written.item("I01", "01-16", "03-06").item("I02", "01-20", "03-06").event("I02", "03-01", "due_moved", to="05-01")
    written.event("I02", "04-20", "done").item("I03", "02-01", None)
    last = burnup_steps(written.frames(), ASOF).iloc[-1]
    outcomes = item_states(written.frames(), ASOF)["outcome"].replace("overdue", "open").value_counts()
    assert all(last[name] == outcomes.get(name, 0) for name in ("on_time", "late", "let_go", "open"))


def test_without_items_there_are_columns_and_no_rows(written):
    steps = burnup_steps(written.frames(), ASOF)
    assert steps.empty
    assert {name: str(kind) for name, kind in steps.dtypes.items()} == {
        "day": "datetime64[ms]",
        **dict.fromkeys(["on_time", "late", "done", "let_go", "open"], "int64"),
    }
    assert burnup_steps(written.item("I01", "01-16", "03-06").frames(), ASOF)["day"].tolist() == [
        pd.Timestamp("2025-01-16")
    ]
