"""The same words are the same action item: what later lines say of it becomes what happened to it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.formats.task_lists.item import Existing
from coaching.formats.task_lists.match import carry
from coaching.formats.task_lists.sighting import Sighting
from coaching.formats.task_lists.story import Happened
from coaching.formats.task_lists.target import ImportTarget
from coaching.formats.task_lists.task import Place, Task
from coaching.model.ids import mark_of
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
    entries = {record["id"]: record for item in before for record in item.record["entries"]}
    entries |= {record["id"]: record for record in proposal.records}
    kept = [record for identity, record in entries.items() if identity not in proposal.withdrawn]
    return [existing(record, kept) for record in kept if record["kind"] == "item"]


def existing(record, entries):
    """Return an action item as a workbook has it; its record remembers the entries for `known_again`."""
    own = [one for one in entries if one.get("item") == record["id"]]
    events = {one["id"]: Happened(one["held_on"], one["event"], one.get("due_to")) for one in own}
    seen = [Sighting.read(text) for text in record.get("seen", ())]
    return Existing(
        record["id"], record["what"], record.get("owner"), record["held_on"], record["label"], record.get("by"),
        events, sorted(seen, key=lambda one: one.order), is_of_lists=bool(seen),
        record={name: value for name, value in record.items() if name != "entries"} | {"entries": [record, *own]},
    )  # fmt: skip


def said(proposal_or_items):
    """Return what a workbook says of its items, without the names that the order of imports gives them."""
    return sorted(
        (item.what, str(item.owner), str(item.since), str(item.by),
         sorted((str(each.day), each.kind, str(each.due)) for each in item.events.values()))
        for item in proposal_or_items
    )  # fmt: skip


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
@pytest.mark.parametrize(("state", "expected"), [("open", "draft"), ("done", "done"), ("let_go", "let_go")])
def test_without_a_date_or_an_owner_it_is_a_draft_unless_it_has_ended(by, owner, state, expected):
    proposal = carry([line(on="03-04", by=by, owner=owner, state=state)], [], GROUND)
    assert [item.state for item in proposal.items] == [expected]


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
        ([line(on="07-01", by="07-11")], "the day of its list is still to come"),
        ([line(on="03-04", by="03-11"), line(on="03-11", by="03-11", owner="coach")],
         "names the coach; it is the coachee's already, and stays so"),
    ],
)  # fmt: skip
def test_what_looks_odd_is_remarked_on(lines, said):
    assert [remark.said for remark in carry(lines, [], GROUND).remarks] == [said]


AGREED = Happened(day("2026-03-04"), "agreed", day("2026-03-11"))
SESSION = Existing("X", "Book", "coach", day("2026-03-04"), "I07", day("2026-03-11"), {"E": AGREED},
                   record={"kind": "item", "id": "X"})  # fmt: skip
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
    told = {"E": AGREED} | {f"E{number}": event for number, event in enumerate(since_then)}
    proposal = carry([task], [replace(SESSION, events=told)], GROUND)
    assert [found.label for found in proposal.items] == ["I07"]
    assert happened(proposal) == expected
    assert all(set(record) <= {"kind", "id", "seen"} for record in proposal.records if record["kind"] == "item")


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


@pytest.mark.parametrize(
    "lines",
    [
        [line("Send the notes", on="03-04", owner="coach"), line("Send the notes", on="03-04")],
        [line("Send the notes", on="03-04", by="03-11"), line("send the notes", on="03-04", by="03-18")],
        [line("Send the notes", on="03-04", parent="A"), line("Send the notes", on="03-04", parent="B")],
    ],
    ids=["owners", "days", "parents"],
)
def test_the_same_words_in_one_list_are_two_where_something_tells_them_apart(lines):
    proposal = carry([*lines, lines[1]._replace(seen_on=day("2026-03-11"), state="done")], [], GROUND)
    assert [item.state for item in proposal.items].count("done") == 1
    assert (len(proposal.items), proposal.remarks) == (2, ())


def test_where_owner_day_and_parent_agree_they_are_one_and_that_is_said():
    first = line("Send the notes", on="03-04")
    proposal = carry([first, first._replace(place=Place("03-04.md", 2), what="Send the *notes*.")], [], GROUND)
    assert [item.what for item in proposal.items] == ["Send the notes"]
    assert [(str(remark.place), remark.said) for remark in proposal.remarks] == [
        ("03-04.md:2", "stands more than once in its list, with the same owner, day and parent; taken as one")
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [line(on=f"03-{on:02}", state=state) for on in (4, 11, 18, 25) for state in ("done", "open")],
        [line(on=f"03-{on:02}", state="open" if on % 2 else "done") for on in range(4, 14)],
    ],
    ids=["both in one list", "by turns"],
)
def test_a_habit_is_counted_once_and_never_flips(lines):
    proposal = carry(lines, [], GROUND)
    (item,) = proposal.items
    assert [kind for kind, *_ in happened(proposal)] == []
    assert item.state == "draft"
    assert [remark.said.split(":")[0] for remark in proposal.remarks if "again" in remark.said] == [
        "ticked and written anew again and again"
    ]


def test_a_habit_with_days_is_a_promise_for_each():
    lines = [line(on=on, by=by, state=state) for on, by, state in (
        ("03-04", "03-06", "done"), ("03-04", "03-13", "open"), ("03-11", "03-13", "done"), ("03-11", "03-20", "open"),
    )]  # fmt: skip
    proposal = carry(lines, [], GROUND)
    assert [item.state for item in proposal.items] == ["done", "done", "open"]
    assert "due_moved" not in [kind for kind, *_ in happened(proposal)]


@pytest.mark.parametrize(("let_go", "states"), [(False, ["draft", "draft"]), (True, ["let_go", "draft"])])
def test_what_stands_in_no_later_list_is_named_and_let_go_if_that_is_said(let_go, states):
    lines = [line("Gone", on="03-04"), *(line("Stays", on=on) for on in ("03-04", "03-11", "03-18"))]
    proposal = carry(lines, [], GROUND, let_go=let_go)
    assert [item.what for item in proposal.gone] == ["Gone"]
    assert [item.state for item in proposal.items] == states
    expected = [("let_go", "03-11", None, None)] if let_go else []
    assert happened(proposal) == expected


def test_lists_of_another_kind_do_not_make_earlier_ones_gone():
    before = known_again(carry([line("Read", on="03-04")], [], GROUND))
    others = [line("Write", on=on) for on in ("03-11", "03-18", "03-25")]
    assert carry(others, before, GROUND, let_go=True).gone == ()


def test_what_was_let_go_as_gone_and_stands_in_a_list_after_all_is_open_again():
    lines = [line("Gone", on="03-04"), *(line("Stays", on=on) for on in ("03-04", "03-11", "03-18"))]
    before = known_again(carry(lines, [], GROUND, let_go=True))
    after = known_again(carry([line("Gone", on="03-25")], before, GROUND), before)
    assert said(after) == said(known_again(carry([*lines, line("Gone", on="03-25")], [], GROUND)))


def test_a_mark_of_this_program_says_which_item_a_line_is():
    told = replace(SESSION, events={"E": AGREED, "F": DONE})
    unchanged = line("Tom: Book – in other words", state="done", mark=mark_of("X"))
    assert carry([unchanged], [told], GROUND).records == ()
    changed = unchanged._replace(state="open")
    assert happened(carry([changed], [told], GROUND)) == [("reopened", "06-01", None, None)]


DAYS = st.none() | st.dates(date(2026, 3, 1), date(2026, 3, 5))
TASKS = st.builds(
    Task,
    st.builds(Place, st.sampled_from(["a.md", "b.md", "c.md"]), st.integers(1, 3)),
    st.sampled_from(["Book", "**book** ", "Read"]),
    st.sampled_from(["coach", "coachee", None]),
    st.sampled_from(["open", "partly", "done", "let_go"]),
    seen_on=DAYS,
    agreed=DAYS,
    by=DAYS,
    closed_on=DAYS,
    repeats=st.booleans(),
    parent=st.sampled_from(["", "A"]),
)


def brought(imports, ground=GROUND):
    """Return the items of a workbook into which lists came in, one import after the other."""
    items = []
    for tasks in imports:
        items = known_again(carry(tasks, items, ground), items)
    return items


@given(st.lists(TASKS, max_size=8), st.lists(TASKS, max_size=8), st.integers(0, 9))
def test_what_came_in_once_says_nothing_new_however_much_later(earlier, tasks, days):
    before = brought([earlier])
    first = carry(tasks, before, GROUND)
    later = replace(GROUND, today=TODAY + timedelta(days))
    again = carry(tasks, known_again(first, before), later)
    assert (again.records, again.withdrawn) == ((), ())
    assert len({record["id"] for record in first.records}) == len(first.records)


@given(st.lists(TASKS, max_size=9), st.randoms(use_true_random=False), st.integers(1, 4))
def test_any_split_and_order_of_the_same_lists_gives_the_same_items(tasks, random, count):
    files = {(task.place.file, task.seen_on): [] for task in tasks}
    for task in tasks:
        files[task.place.file, task.seen_on].append(task)
    imports = [[] for _ in range(count)]
    for lines in random.sample(list(files.values()), len(files)):
        imports[random.randrange(count)].extend(lines)
    assert said(brought(imports)) == said(brought([tasks]))


@given(st.lists(TASKS, max_size=9))
def test_nothing_ends_before_it_was_agreed(tasks):
    for item in carry(tasks, [], GROUND).items:
        assert all(each.day >= item.since for each in item.known)
