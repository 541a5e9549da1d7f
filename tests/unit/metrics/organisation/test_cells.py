"""Each cell of a quarter is what a reader would count from the frames by hand."""

from collections import Counter
from datetime import timedelta

import pandas as pd
import pytest

from coaching.metrics.organisation.cells import BIN_ENDS, CELLS, CLAMP, CONVERSATION, Cell, clamped, quarter_counts
from coaching.metrics.periods import parse_period, quarters
from coaching.model.entries import Progress
from tests.invented_year import frames_of

Q1 = parse_period("2025Q1")


@pytest.fixture(scope="module", name="year", params=["demo_year", "active_pair", "edge_year"])
def _year(request):
    return frames_of(request.param)


def quarters_of(frames):
    days = frames["session"]["held_on"].dropna()
    return quarters(days.min().date(), days.max().date())


def in_quarter(days, quarter):
    return (days >= pd.Timestamp(quarter.start)) & (days < pd.Timestamp(quarter.end))


def done_day(event, due, sessions):
    """Return the due date of what was told in the first session from then on, if no day was said; else the day told."""
    told, later = event["held_on"], sessions.loc[sessions["held_on"] >= due].sort_values(["held_on", "number"])
    is_first = not later.empty and later["id"].iloc[0] == event["session"] and later["held_on"].iloc[0] == told
    return due if due < told and is_first and pd.isna(event["by_then"]) else told


def promises(frames, asof):
    """Return how each promise stands, replayed from its events alone."""
    numbers = frames["session"].set_index("id")["number"]
    events = frames["item_event"].merge(frames["item"][["id", "what", "owner", "by"]], left_on="item", right_on="id")
    events = events.loc[events["held_on"] <= asof].assign(number=events["session"].map(numbers).fillna(0))
    rows = []
    for item, told in events.sort_values(["held_on", "number", "rev"], kind="stable").groupby("item"):
        row = {"item": item, "owner": told["owner"].iloc[0], "moves": 0, "ended": "open", "closed": pd.NaT}
        for event in told.to_dict("records"):
            if event["event"] == "agreed":
                due = event["due_to"]
                row |= {"agreed": event["held_on"], "due": due, "last": due}
            elif event["event"] == "due_moved":
                in_time = event["held_on"] <= row["due"]
                row |= {"moves": row["moves"] + 1, "last": event["due_to"]}
                row["due"] = event["due_to"] if in_time else row["due"]
            elif event["event"] == "done":
                row |= {"ended": "done", "closed": done_day(event, row["due"], frames["session"])}
            elif event["event"] == "let_go":
                row |= {"ended": "let_go", "closed": event["held_on"]}
            elif event["event"] == "reopened":
                row |= {"ended": "open", "closed": pd.NaT}
                if not pd.isna(event["due_to"]):
                    in_time = event["held_on"] <= row["due"]
                    row["due"] = event["due_to"] if in_time else row["due"]
        rows.append(row)
    columns = ["item", "owner", "agreed", "due", "moves", "ended", "closed"]
    return pd.DataFrame(rows, columns=columns).dropna(subset=["agreed", "due", "owner"])


def by_bins(days, name, last):
    labels = [*(f"{name}_{end}" for end in BIN_ENDS), last]
    cut = pd.cut(pd.Series(days, dtype="float64"), [-float("inf"), *BIN_ENDS, float("inf")], labels=labels)
    return cut.value_counts().to_dict()


def of_side(states, side, quarter):
    own = states.loc[states["owner"] == side]
    come = own.loc[in_quarter(own["due"], quarter)]
    done = own.loc[(own["ended"] == "done") & in_quarter(own["closed"], quarter)]
    in_time = come["closed"] <= come["due"]
    counts = {
        "agreed": in_quarter(own["agreed"], quarter).sum(),
        "done_by_day": ((come["ended"] == "done") & in_time).sum(),
        "done_later": ((come["ended"] == "done") & ~in_time).sum(),
        "let_go": (come["ended"] == "let_go").sum(),
        "open_past_day": (come["ended"] == "open").sum(),
        "moved": (come["moves"] > 0).sum(),
        **by_bins((done["closed"] - done["agreed"]).dt.days, "done_within", "done_after_more"),
    }
    return {Cell(side, name): count for name, count in counts.items()}


def of_both(frames, quarter):
    end = pd.Timestamp(quarter.end)
    sessions = frames["session"].dropna(subset=["held_on"]).sort_values("held_on", kind="stable")
    sessions = sessions.loc[sessions["held_on"] < end]
    inside = sessions.loc[in_quarter(sessions["held_on"], quarter)]
    gaps = sessions["held_on"].diff().dt.days.loc[inside.index].dropna()
    parts = frames["segment"]
    opened = parts.loc[parts["session"].isin(inside["id"]) & parts["segment"].isin(["yourself", "dreams"])]
    notes = frames["note"].loc[frames["note"]["author"] == "coach"]
    blank = notes.groupby(["session", "segment"])["text"].apply(lambda texts: texts.fillna("").str.strip().eq("").all())
    empty = [blank.get((row.session, row.segment), default=False) for row in opened.itertuples()]
    written = (opened["coach_first"] == "written") & ~pd.Series(empty, index=opened.index, dtype=bool)
    mission = frames["mission"]
    texts = mission["text"].fillna("").str.split().str.join(" ")
    counting = mission["confirmed"].fillna(value=False) | (texts == "")
    mission = mission.assign(text=texts).loc[counting & (mission["held_on"] < end)].sort_values(["held_on", "number"])
    mission = mission.loc[(mission["text"] != mission["text"].shift()) & (mission["text"] != "")]
    dreams = frames["dream"].loc[frames["dream"]["dream_status"] != "erased"]
    told = frames["progress"].loc[lambda rows: rows["about"].isin(dreams["id"])]
    moved = told["status"].notna() | (told["text"].fillna("").str.strip() != "")
    told = told.loc[in_quarter(told["held_on"], quarter) & moved]
    counts = {
        "sessions": len(inside),
        **by_bins(gaps, "gap_within", "gap_of_more"),
        "parts_opened": written.sum() + (opened["coach_first"] == "spoken_not_recorded").sum(),
        "with_statement": len(mission) > 0,
        "changed_statement": in_quarter(mission["held_on"].iloc[1:], quarter).any(),
        "moved_dream": len(told) > 0,
    }
    return {Cell(CONVERSATION, name): count for name, count in counts.items()}


def test_every_cell_of_every_quarter_is_what_the_frames_say(year):
    counted = Counter()
    for quarter in quarters_of(year):
        states = promises(year, pd.Timestamp(quarter.end - timedelta(days=1)))
        expected = of_side(states, "coach", quarter) | of_side(states, "coachee", quarter) | of_both(year, quarter)
        counts = quarter_counts(year, quarter)
        assert counts == {cell: int(expected[cell]) for cell in CELLS}, quarter.name
        counted += Counter(counts)
    assert counted.total() > 0


def test_what_happened_after_the_quarter_is_not_in_it(written):
    written.session("S01", "01-10").item("I01", "01-10", "03-20", session="S01")
    before = quarter_counts(written.frames(), Q1)
    written.event("I01", "04-02", "done").mission("04-02", "Bake for others")
    assert quarter_counts(written.frames(), Q1) == before
    assert before[Cell("coachee", "open_past_day")] == 1


@pytest.mark.parametrize(
    ("days", "measure"),
    [
        (0, "done_within_7"),
        (7, "done_within_7"),
        (8, "done_within_14"),
        (28, "done_within_28"),
        (56, "done_within_56"),
        (57, "done_within_112"),
    ],
)
def test_days_to_done_are_told_by_the_first_bin_that_holds_them(written, days, measure):
    done = (Q1.start + timedelta(days=days)).isoformat()
    written.item("I01", "01-01", "03-31").event("I01", done, "done")
    counts = quarter_counts(written.frames(), Q1)
    assert {cell.measure for cell, count in counts.items() if count} == {"agreed", "done_by_day", measure}


def test_drafts_and_what_nobody_owns_are_counted_nowhere(written):
    written.item("I01", "01-10", None).item("I02", "01-10", "02-10", owner=None)
    assert set(quarter_counts(written.frames(), Q1).values()) == {0}


def test_the_first_statement_is_one_and_has_changed_nothing(written):
    written.mission("01-10", "Bake for others")
    counts = quarter_counts(written.frames(), Q1)
    assert {cell.measure for cell, count in counts.items() if count} == {"with_statement"}


def test_that_a_dream_may_be_read_by_others_moves_it_not(written):
    written._add(Progress, ("D",), held_on=Q1.start, about=written.id("dream", "D"), visibility_to="open")
    assert set(quarter_counts(written.frames(), Q1).values()) == {0}


def test_one_workbook_adds_no_more_than_the_clamp_to_any_cell(written):
    for number in range(CLAMP + 5):
        written.item(f"I{number:02}", "01-10", "03-20")
    added = dict(zip(CELLS, clamped(quarter_counts(written.frames(), Q1)), strict=True))
    assert added[Cell("coachee", "agreed")] == CLAMP
    assert max(added.values()) == CLAMP
