"""The same words are the same action item: what later lines say of it becomes what happened to it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.formats.task_lists.item import Carried, Happened
from coaching.formats.task_lists.match import ImportTarget, carry
from coaching.formats.task_lists.task import Place, Task
from tests.unit.formats.task_lists.listing import day

TODAY = date(2026, 6, 1)
WORKBOOK = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
GROUND = ImportTarget(WORKBOOK, "coach", "private", {"coach": "C", "coachee": "P"}, TODAY)


def line(what="Book", on=None, by=None, **said):
    """Return a line of the list of a day."""
    seen_on, due = on and day(f"2026-{on}"), by and day(f"2026-{by}")
    said = {name: day(f"2026-{value}") if name in {"agreed", "closed_on"} else value for name, value in said.items()}
    return Task(Place(f"{on}.md", 1), what, said.pop("owner", "coachee"), seen_on=seen_on, by=due, **said)


def happened(proposal):
    """Return the events of a proposal: what, on which day, from which date to which."""
    return [
        tuple(
            str(value)[5:] if isinstance(value, date) else value
            for value in (record["event"], record["held_on"], record.get("due_from"), record.get("due_to"))
        )
        for record in proposal.records
        if record["kind"] == "item_event"
    ]


def known_again(proposal, before=()):
    """Return the action items as the workbook has them once a proposal came in."""
    found = {item.id: item for item in before}
    for item in proposal.items:
        known = [Happened(each.day, each.kind, each.due) for each in item.known]
        found[item.id] = Carried(item.id, item.what, item.owner, item.since, item.label, known)
    return list(found.values())


def test_a_new_item_is_agreed_on_the_day_of_its_list():
    proposal = carry([line(on="03-04", by="03-11")], [], GROUND)
    item, _ = proposal.records
    assert {name: item[name] for name in ("what", "owner", "person", "by", "held_on", "label")} == {
        "what": "Book", "owner": "coachee", "person": "P", "by": day("2026-03-11"), "held_on": day("2026-03-04"),
        "label": "II01",
    }  # fmt: skip
    assert (item["author"], item["visibility"]) == ("coach", "private")
    assert happened(proposal) == [("agreed", "03-04", None, "03-11")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line(on="03-04", by="03-11"), line(" book ", on="03-11", by="03-11")], []),
        ([line(on="03-04", by="03-11"), line("BOOK", on="03-11", by="03-18")],
         [("due_moved", "03-11", "03-11", "03-18")]),
        ([line(on="03-11", by="03-18"), line(on="03-04", by="03-11")], [("due_moved", "03-11", "03-11", "03-18")]),
        ([line(on="03-04", by="03-11"), line(on="03-11", state="done")], [("done", "03-11", None, None)]),
        ([line(on="03-04", by="03-11"), line(on="03-11", state="done", closed_on="03-09")],
         [("done", "03-09", None, None)]),
        ([line(on="03-04", by="03-11"), line(on="03-11", state="let_go")], [("let_go", "03-11", None, None)]),
        ([line(on="03-04", by="03-11"), line(on="03-11", state="partly")], [("partly", "03-11", None, None)]),
        ([line(on="03-04", by="03-11", state="done"), line(on="03-11", by="03-18")],
         [("done", "03-04", None, None), ("reopened", "03-11", None, None),
          ("due_moved", "03-11", "03-11", "03-18")]),
        ([line(on="03-04", by="03-11", state="done"), line(on="03-11", by="03-11", state="done")],
         [("done", "03-04", None, None)]),
        ([line(on="03-04", by="03-11", state="done"), line(on="03-04", by="03-11")], [("done", "03-04", None, None)]),
        ([line(on="03-04", by="03-11", state="done", closed_on="03-09"), line(on="03-05", by="03-11", state="done"),
          line(on="03-05", by="03-11")], [("done", "03-09", None, None)]),
        ([line(on="03-04", by="03-11"), line(by="03-18", state="done")],
         [("due_moved", "06-01", "03-11", "03-18"), ("done", "06-01", None, None)]),
    ],
)  # fmt: skip
def test_a_line_that_comes_again_is_carried_over_and_what_it_adds_becomes_an_event(lines, expected):
    proposal = carry(lines, [], GROUND)
    assert len(proposal.items) == 1
    assert happened(proposal) == [("agreed", "03-04", None, "03-11"), *expected]


def test_what_repeats_is_a_promise_for_each_date():
    lines = [line(on="03-04", by="03-11", repeats=True), line(on="03-11", by="03-18", repeats=True)]
    done = line(on="03-11", by="03-11", repeats=True, state="done", closed_on="03-10")
    proposal = carry([*lines, done], [], GROUND)
    assert [(item.due, item.state) for item in proposal.items] == [
        (day("2026-03-11"), "done"), (day("2026-03-18"), "open"),
    ]  # fmt: skip


@pytest.mark.parametrize(("by", "owner"), [(None, "coachee"), ("03-11", None), (None, None)])
@pytest.mark.parametrize("state", ["open", "done"])
def test_without_a_date_or_an_owner_it_is_a_draft(by, owner, state):
    proposal = carry([line(on="03-04", by=by, owner=owner, state=state)], [], GROUND)
    assert [item.state for item in proposal.items] == ["draft"]


def test_a_draft_that_a_later_line_gives_a_date_is_agreed_then():
    proposal = carry([line(on="03-04"), line(on="03-11", by="03-18")], [], GROUND)
    assert happened(proposal) == [("agreed", "03-11", None, "03-18")]
    assert proposal.items[0].since == day("2026-03-04")


@pytest.mark.parametrize(
    ("task", "since"),
    [
        (line(by="07-01"), TODAY),
        (line(by="07-01", agreed="03-01"), day("2026-03-01")),
        (line(on="03-04", agreed="03-01", by="07-01"), day("2026-03-01")),
        (line(on="03-04", closed_on="03-02", by="07-01", state="done"), day("2026-03-02")),
    ],
)
def test_an_item_is_known_since_the_first_day_that_a_line_says_or_else_from_today(task, since):
    proposal = carry([task], [], GROUND)
    assert proposal.items[0].since == since
    assert any("counts from today" in remark.said for remark in proposal.remarks) == (since == TODAY)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([line(on="03-04", by="03-01")], "is due before the day it was written down"),
        ([line(on="07-01", by="07-11")], "the day in the name of its file is still to come"),
        ([line(on="03-04", by="03-11"), line(on="03-11", by="03-11", owner="coach")],
         "names the coach; it is the coachee's already, and stays so"),
    ],
)  # fmt: skip
def test_what_looks_odd_is_remarked_on(lines, said):
    assert [remark.said for remark in carry(lines, [], GROUND).remarks] == [said]


SESSION = Carried(
    "X", "Book", "coach", day("2026-03-04"), "I07", [Happened(day("2026-03-04"), "agreed", day("2026-03-11"))]
)
MOVED = Happened(day("2026-03-11"), "due_moved", day("2026-04-01"))
DONE = Happened(day("2026-03-11"), "done")


@pytest.mark.parametrize(
    ("since_then", "task", "expected"),
    [
        ([], line(on="03-11", by="03-18"), [("due_moved", "03-11", "03-11", "03-18")]),
        ([], line(by="03-11", state="done"), [("done", "06-01", None, None)]),
        ([MOVED], line(on="03-04", by="03-11"), []),
        ([MOVED], line(by="03-11"), []),
        ([MOVED], line(on="03-10", by="03-25"), []),
        ([DONE], line(), []),
        ([DONE], line(on="03-10"), []),
        ([DONE, Happened(day("2026-03-12"), "reopened")], line(state="done"), []),
        ([DONE], line(on="03-12"), [("reopened", "03-12", None, None)]),
    ],
)
def test_an_item_that_the_workbook_has_takes_what_is_later_and_nothing_stale(since_then, task, expected):
    item = Carried(SESSION.id, SESSION.what, SESSION.owner, SESSION.since, SESSION.label, [*SESSION.known, *since_then])
    proposal = carry([task], [item], GROUND)
    assert [found.label for found in proposal.items] == ["I07"]
    assert happened(proposal) == expected
    assert all(record["kind"] == "item_event" for record in proposal.records)


@pytest.mark.parametrize(("visibility", "label"), [("pair", "I08"), ("private", "II01")])
def test_a_new_item_gets_the_next_short_name_of_those_who_may_read_it(visibility, label):
    ground = replace(GROUND, visibility=visibility)
    assert carry([line("Read", on="03-04")], [SESSION], ground).items[0].label == label


def test_what_came_in_for_nobody_else_leaves_no_gap_among_the_short_names_of_the_others():
    private = known_again(carry([line("Secret", on="03-04")], [], GROUND))
    shared = carry([line("Read", on="03-04")], private, replace(GROUND, visibility="pair"))
    assert [item.label for item in shared.items] == ["I01"]


def test_what_was_erased_stays_erased():
    erased = carry([line(on="03-04")], [], GROUND).items[0].id
    ground = ImportTarget(WORKBOOK, "coach", "private", {}, TODAY, frozenset({erased}))
    proposal = carry([line(on="03-04")], [], ground)
    assert (proposal.items, proposal.records) == ((), ())
    assert [remark.said for remark in proposal.remarks] == ["was erased in this workbook, and stays erased"]


DAYS = st.none() | st.dates(date(2026, 3, 1), date(2026, 3, 5))
TASKS = st.builds(
    Task,
    st.builds(Place, st.sampled_from(["a.md", "b.md"]), st.integers(1, 3)),
    st.sampled_from(["Book", "book ", "Read"]),
    st.sampled_from(["coach", "coachee", None]),
    st.sampled_from(["open", "partly", "done", "let_go"]),
    seen_on=DAYS,
    agreed=DAYS,
    by=DAYS,
    closed_on=DAYS,
    repeats=st.booleans(),
)


@given(st.lists(TASKS, max_size=8), st.lists(TASKS, max_size=8), st.integers(0, 9))
def test_what_came_in_once_says_nothing_new_however_much_later(earlier, tasks, days):
    before = known_again(carry(earlier, [], GROUND))
    first = carry(tasks, before, GROUND)
    later = ImportTarget(WORKBOOK, "coach", "private", {}, TODAY + timedelta(days))
    again = carry(tasks, known_again(first, before), later)
    assert again.records == ()
    assert len({record["id"] for record in first.records}) == len(first.records)
