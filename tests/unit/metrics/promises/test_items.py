"""How an action item stands on a day."""

from datetime import date
from itertools import permutations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.metrics.promises.items import handed_away, item_states, owed_by_coach, still_yours


def _one(written, asof):
    (row,) = item_states(written.frames(), asof).to_dict("records")
    return row


@pytest.mark.parametrize(
    ("events", "asof", "state", "outcome"),
    [
        pytest.param([], "02-01", "open", "open", id="open"),
        pytest.param([], "03-06", "open", "open", id="on the due day it is not overdue"),
        pytest.param([], "03-07", "open", "overdue", id="the day after it is"),
        pytest.param([("03-06", "done")], "03-06", "done", "on_time", id="done on the due day"),
        pytest.param([("03-07", "done")], "03-07", "done", "late", id="done the day after"),
        pytest.param([("03-07", "done")], "03-06", "open", "open", id="not done yet as of the day before"),
        pytest.param([("03-01", "let_go")], "04-01", "let_go", "let_go", id="let go is neither done nor late"),
        pytest.param([("03-08", "let_go")], "04-01", "let_go", "let_go", id="let go after its day"),
        pytest.param([("02-01", "partly"), ("02-02", "not_yet")], "02-03", "open", "open", id="told, not ended"),
        pytest.param([("02-01", "done"), ("02-05", "reopened")], "02-09", "open", "open", id="re-opened"),
        pytest.param(
            [("02-01", "done"), ("02-05", "reopened"), ("03-09", "done")],
            "04-01",
            "done",
            "late",
            id="final done counts",
        ),
        pytest.param([("02-01", "done"), ("03-09", "done")], "04-01", "done", "on_time", id="done once is done"),
        pytest.param([("02-01", "done"), ("03-09", "let_go")], "04-01", "done", "on_time", id="an end stands"),
        pytest.param([("02-01", "reopened")], "02-02", "open", "open", id="re-opening what is open says nothing"),
    ],
)
def test_state_and_outcome(written, events, asof, state, outcome):
    written.item("I01", "01-16", "03-06")
    for on, kind in events:
        written.event("I01", on, kind)
    row = _one(written, date.fromisoformat(f"2025-{asof}"))
    assert (row["state"], row["outcome"]) == (state, outcome)


def test_a_move_in_time_makes_on_time_and_one_too_late_does_not(written):
    written.item("I01", "01-16", "03-06").event("I01", "03-06", "due_moved", was="03-06", to="04-06")
    written.item("I02", "01-16", "03-06").event("I02", "03-07", "due_moved", was="03-06", to="04-06")
    written.event("I01", "04-01", "done").event("I02", "04-01", "done")
    states = item_states(written.frames(), date(2025, 5, 1)).set_index("label")
    assert states["outcome"].to_dict() == {"I01": "on_time", "I02": "late"}
    assert states["due"].tolist() == [pd.Timestamp("2025-04-06")] * 2
    assert states["due_in_force"].tolist() == [pd.Timestamp("2025-04-06"), pd.Timestamp("2025-03-06")]


def test_an_open_item_is_overdue_by_its_last_date_even_where_that_rescues_nothing(written):
    written.item("I01", "01-16", "03-06").event("I01", "03-07", "due_moved", was="03-06", to="04-06")
    assert _one(written, date(2025, 4, 6))["outcome"] == "open"
    assert _one(written, date(2025, 4, 7))["outcome"] == "overdue"


MISSING = [{"what": None}, {"what": " \u200b"}, {"owner": None}, {"by": None}]


@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize(("event", "ended"), [("done", "done"), ("let_go", "let_go")])
def test_an_end_wins_over_whatever_is_missing(written, missing, event, ended):
    fields = {"on": "01-16", "by": "03-06"} | missing
    row = _one(written.item("I01", **fields).event("I01", "02-01", event), date(2025, 5, 1))
    assert (row["state"], row["outcome"], row["closed_on"].date()) == (ended, ended, date(2025, 2, 1))


def test_what_was_never_promised_is_a_draft_again_once_it_is_opened_again(written):
    written.item("I01", "01-16", None).event("I01", "02-01", "done").event("I01", "02-05", "reopened")
    assert _one(written, date(2025, 5, 1))["state"] == "draft"


@pytest.mark.parametrize(
    ("told", "done_on"),
    [
        pytest.param({"on": "02-10", "session": "S02"}, "02-10", id="told before its day"),
        pytest.param({"on": "03-10", "session": "S03"}, "03-06", id="told in the first session from its day on"),
        pytest.param({"on": "04-10", "session": "S04"}, "04-10", id="told in a session after that"),
        pytest.param({"on": "03-10"}, "03-10", id="told outside of any session"),
        pytest.param({"on": "03-09", "session": "S03"}, "03-09", id="a day of its own was said"),
        pytest.param({"on": "03-02", "session": "S03"}, "03-02", id="a day of its own that lies before its day"),
        pytest.param({"on": "04-10", "session": "S04", "by_then": True}, "03-06", id="by then"),
        pytest.param({"on": "02-10", "session": "S02", "by_then": True}, "02-10", id="by then, before it came"),
        pytest.param({"on": "03-10", "session": "S03", "by_then": False}, "03-10", id="later"),
        pytest.param({"on": "03-08", "session": "S03", "by_then": False}, "03-08", id="later, on a day that was said"),
    ],
)
def test_the_day_on_which_it_was_done(written, told, done_on):
    for label, on in (("S01", "01-10"), ("S02", "02-10"), ("S03", "03-10"), ("S04", "04-10")):
        written.session(label, on)
    written.item("I01", "01-10", "03-06", session="S01").event("I01", kind="done", **told)
    row = _one(written, date(2025, 5, 1))
    assert f"{row['closed_on']:%m-%d}" == done_on
    assert row["outcome"] == ("on_time" if done_on <= "03-06" else "late")


def test_a_move_that_came_too_late_puts_the_first_session_no_later(written):
    for label, on in (("S01", "01-10"), ("S02", "03-10"), ("S03", "04-10")):
        written.session(label, on)
    written.item("I01", "01-10", "03-06", session="S01")
    written.event("I01", "03-10", "due_moved", was="03-06", to="04-01", session="S02")
    written.event("I01", "04-10", "done", session="S03")
    assert _one(written, date(2025, 5, 1))["outcome"] == "late"


@pytest.mark.parametrize("missing", MISSING)
def test_without_a_what_an_owner_or_a_date_an_item_is_a_draft(written, missing):
    fields = {"on": "01-16", "by": "03-06"} | missing
    written.session("S01", "01-16").session("S02", "04-01").item("I01", **fields)
    row = _one(written, date(2025, 5, 1))
    assert (row["state"], row["outcome"], row["carried_over"]) == ("draft", "draft", 0)
    assert pd.isna(row["age_days"])


def test_a_draft_becomes_an_item_on_the_day_it_gets_its_date(written):
    written.item("I01", "01-16", None).event("I01", "02-16", "due_moved", to="03-06")
    assert _one(written, date(2025, 2, 15))["state"] == "draft"
    row = _one(written, date(2025, 2, 16))
    assert (row["state"], row["due_moves"], row["due_first"]) == ("open", 0, pd.Timestamp("2025-03-06"))


def test_an_item_without_an_agreed_event_was_agreed_on_its_own_day(written):
    row = _one(written.bare_item("I01", "01-16", "03-06"), date(2025, 1, 26))
    assert (row["state"], row["agreed"], row["age_days"]) == ("open", pd.Timestamp("2025-01-16"), 10)


def test_an_item_is_a_draft_until_the_day_of_its_agreement(written):
    written.bare_item("I01", "01-16", "03-06").event("I01", "02-01", "agreed", to="03-06")
    assert _one(written, date(2025, 1, 31))["state"] == "draft"
    row = _one(written, date(2025, 2, 3))
    assert (row["state"], row["agreed"], row["age_days"]) == ("open", pd.Timestamp("2025-02-01"), 2)


def test_an_item_agreed_later_is_not_there_yet(written):
    assert item_states(written.item("I01", "01-16", "03-06").frames(), date(2025, 1, 15)).empty


def test_reopened_twice(written):
    written.item("I01", "01-16", "03-06")
    for on, kind in (("02-01", "done"), ("02-02", "reopened"), ("02-03", "done"), ("02-04", "reopened")):
        written.event("I01", on, kind)
    row = _one(written.event("I01", "02-20", "done"), date(2025, 3, 1))
    assert (row["state"], row["times_reopened"]) == ("done", 2)
    assert (row["done_first_on"], row["closed_on"]) == (pd.Timestamp("2025-02-01"), pd.Timestamp("2025-02-20"))


def test_taking_up_again_what_was_let_go_is_no_reopening_of_a_done(written):
    written.item("I01", "01-16", "03-06").event("I01", "02-01", "let_go").event("I01", "02-02", "reopened")
    row = _one(written, date(2025, 2, 3))
    assert (row["state"], row["times_reopened"]) == ("open", 0)


def test_a_new_date_at_reopening_is_recorded_and_is_no_move(written):
    written.item("I01", "01-16", "03-06").event("I01", "02-01", "done").event("I01", "02-05", "reopened", to="04-01")
    row = _one(written, date(2025, 3, 1))
    assert (row["due"], row["due_in_force"], row["due_moves"]) == (*[pd.Timestamp("2025-04-01")] * 2, 0)


def test_handed_over(written):
    written.person("C2", "coach", "高橋　真理").item("I01", "01-16", "03-06", owner="coach")
    written.event("I01", "02-01", "handed_over", people=("C1", "C2"))
    before, after = (_one(written, date(2025, month, 31)) for month in (1, 3))
    assert (before["person"], before["owner_name"]) == (written.id("person", "C1"), "coach")
    assert (after["person"], after["owner_name"], after["owner"]) == (written.id("person", "C2"), "高橋　真理", "coach")


def test_an_owner_nobody_may_know_is_called_by_their_side(written):
    written.item("I01", "01-16", "03-06", owner="coach")
    written.event("I01", "02-01", "handed_over", people=("C1", None))
    row = _one(written, date(2025, 3, 1))
    assert pd.isna(row["person"])
    assert (row["owner"], row["owner_name"]) == ("coach", "coach")


@pytest.mark.parametrize(
    ("asof", "held_on", "is_away"),
    [("02-01", None, True), ("02-10", "01-20", True), ("02-10", "03-01", False), ("01-31", None, False)],
    ids=["who took it over was never here", "was here before", "goes on here", "it was not handed over yet"],
)
def test_a_promise_is_away_unless_its_new_owner_goes_on_here(written, asof, held_on, is_away):
    written.person("C2", "coach").item("I01", "01-16", "03-06", owner="coach")
    written.event("I01", "02-01", "handed_over", people=("C1", "C2"))
    if held_on:
        written.session("S01", held_on, person=written.id("person", "C2"))
    found, day = written.frames(), date.fromisoformat(f"2025-{asof}")
    assert handed_away(found, day) == ({written.id("item", "I01")} if is_away else set())
    assert owed_by_coach(item_states(found, day), found, day).empty is is_away


def test_handed_over_to_the_other_side(written):
    written.item("I01", "01-16", "03-06", owner="coach").event("I01", "02-01", "handed_over", people=("C1", "P1"))
    assert _one(written, date(2025, 3, 1))["owner"] == "coachee"


SAME_DAY = (("done", None), ("reopened", "03-20"), ("due_moved", "03-30"))


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_events_of_one_day_stand_in_the_order_in_which_they_fit(written, order):
    written.item("I01", "01-16", "03-06")
    for kind, to in (SAME_DAY[place] for place in order):
        written.event("I01", "02-01", kind, to=to, was="03-20" if kind == "due_moved" else None)
    row = _one(written, date(2025, 2, 1))
    assert (row["state"], row["due"], row["times_reopened"]) == ("open", pd.Timestamp("2025-03-30"), 1)


def test_on_one_day_the_sessions_order_the_events(written):
    written.session("S01", "01-16").session("S02", "02-01").session("S03", "02-01").item("I01", "01-16", "02-01")
    written.event("I01", "02-01", "reopened", session="S03").event("I01", "02-01", "done", session="S02")
    row = _one(written, date(2025, 2, 1))
    assert (row["state"], row["times_reopened"], row["carried_over"]) == ("open", 1, 1)


@pytest.mark.parametrize(
    ("events", "asof", "carried"),
    [
        pytest.param([], "03-09", 0, id="not yet due is not carried"),
        pytest.param([], "03-10", 1, id="a session on the due day counts"),
        pytest.param([], "05-01", 3, id="three sessions later"),
        pytest.param([("04-10", "done", "S03")], "05-01", 1, id="done in the session is not open at its end"),
        pytest.param([("04-11", "done", None)], "05-01", 2, id="done after the session was open at its end"),
        pytest.param([("03-10", "let_go", "S02")], "05-01", 0, id="let go on its day"),
        pytest.param([("03-01", "done", None), ("04-01", "reopened", None)], "05-01", 2, id="while done not carried"),
    ],
)
def test_carried_over(written, events, asof, carried):
    written.session("S01", "02-10").session("S02", "03-10").session("S03", "04-10").session("S04", "04-20")
    written.item("I01", "02-10", "03-10", session="S01")
    for on, kind, session in events:
        written.event("I01", on, kind, session=session)
    assert _one(written, date.fromisoformat(f"2025-{asof}"))["carried_over"] == carried


def test_nothing_is_carried_over_before_it_was_agreed(written):
    written.session("S01", "01-10").session("S02", "02-10").item("I01", "02-10", "01-05", session="S02")
    assert _one(written, date(2025, 2, 10))["carried_over"] == 1


def test_still_yours_is_asked_after_two_moves(written):
    for label, moves in (("I01", 1), ("I02", 2), ("I03", 3)):
        written.item(label, "01-16", "03-01")
        for move in range(moves):
            written.event(label, f"02-0{move + 1}", "due_moved", was=f"03-0{move + 1}", to=f"03-0{move + 2}")
    assert still_yours(item_states(written.frames(), date(2025, 2, 9)))["label"].tolist() == ["I02", "I03"]


def test_order_and_columns(written):
    written.session("S07", "02-01").item("I10", "02-01", "03-01", session="S07").item("I9", "02-01", "03-01")
    written.item("I11", "01-01", "03-01")
    states = item_states(written.frames(), date(2025, 2, 1))
    assert states["label"].tolist() == ["I11", "I9", "I10"]
    assert states["session_number"].tolist() == [pd.NA, pd.NA, 7]
    assert {
        name: str(kind) for name, kind in states.dtypes.items() if str(kind) not in {"str", "Int64", "bool"}
    } == dict.fromkeys(["agreed", "due_first", "due", "due_in_force", "closed_on", "done_first_on"], "datetime64[ms]")


def test_without_items_the_frame_has_its_columns(written):
    written.item("I01", "01-16", "03-06")
    full, empty = (item_states(written.frames(), date(year, 6, 1)) for year in (2025, 2024))
    assert empty.empty
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


EVENT = st.tuples(
    st.integers(1, 60),
    st.sampled_from(["due_moved", "partly", "done", "reopened", "let_go", "handed_over"]),
    st.integers(1, 90),
)


def _plan(workbook, told):
    """Write two items of the first of January and what was told of them; days are counted from then."""
    ordinal = date(2025, 1, 1).toordinal()
    for label in ("I01", "I02"):
        workbook.item(label, "01-01", "02-01")
    for place, (after, kind, due) in told:
        on = date.fromordinal(ordinal + after).isoformat()
        to = date.fromordinal(ordinal + due).isoformat() if kind == "due_moved" else None
        label = "I01" if place % 2 else "I02"
        workbook.event(label, on, kind, to=to, was="02-01" if to else None, people=("P1", "C1"), name=f"{place}")
    return workbook.frames()


@given(st.lists(EVENT, max_size=12), st.integers(0, 60))
def test_what_came_later_changes_no_past_day(new_workbook, told, after):
    asof = date.fromordinal(date(2025, 1, 1).toordinal() + after)
    whole = list(enumerate(told))
    known = [(place, event) for place, event in whole if event[0] <= after]
    then, now = (item_states(_plan(new_workbook(), part), asof) for part in (known, whole))
    pd.testing.assert_frame_equal(then, now)


@given(st.lists(EVENT, max_size=12), st.randoms(use_true_random=False))
def test_the_order_in_which_entries_were_kept_does_not_matter_between_days(new_workbook, told, random):
    one_a_day = list(enumerate({event[0]: event for event in told}.values()))
    shuffled = random.sample(one_a_day, len(one_a_day))
    kept, mixed = (item_states(_plan(new_workbook(), part), date(2025, 6, 1)) for part in (one_a_day, shuffled))
    pd.testing.assert_frame_equal(kept, mixed)


@given(st.lists(EVENT, max_size=12))
def test_what_every_item_holds_to(new_workbook, told):
    for row in item_states(_plan(new_workbook(), list(enumerate(told))), date(2025, 6, 1)).to_dict("records"):
        assert (row["state"] == "open") == pd.isna(row["closed_on"]) == pd.notna(row["age_days"])
        assert row["due_moves"] or row["due_in_force"] == row["due"] == row["due_first"]
        assert row["times_reopened"] == 0 or pd.notna(row["done_first_on"])
        assert row["outcome"] in {"done": {"on_time", "late"}, "open": {"open", "overdue"}}.get(
            row["state"], {row["state"]}
        )
