"""Opening: what became of the promises, the coach's own first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.forms.parts import agreement
from coaching.forms.parts.opening import Opening
from coaching.metrics.promises.items import item_states
from coaching.model.entries import Item, ItemEvent, Review, SegmentState
from coaching.model.ids import derived_id
from coaching.model.prompts import prompts
from coaching.model.vocabulary import ItemEventKind, ReviewOutcome, Side
from tests.examples import COSTLY
from tests.unit.forms.pages import MONDAY, Kernel, entries, new_row, said, shown_again
from tests.unit.forms.words import DAYS, SEEN_BY_EITHER, day, shown, told, typed

STAYS_OPEN = {"partly", "not_yet", "changed"}
AGREEMENT = "What may be written, and used"  # the demo year ends with a hand-over: a new agreement comes first
TODAY = MONDAY.date().isoformat()


@pytest.fixture
def opening(kernel):
    return kernel.view("opening")


@pytest.fixture
def item(home):
    """Return the id of an action item of the demo year by its label."""
    return {item.label: item.id for item in said(home, Item)}.get


@pytest.fixture
def tell(opening, item):
    """Tell of I19, the coach's promise that is due today."""
    return lambda **values: opening.type({f"review.{item('I19')}.{name}": value for name, value in values.items()})


def events(home, **fields):
    return {event.event: event for event in said(home, ItemEvent, **fields)}


def state(home, item):
    return item_states(home.workbooks()[0].frames(), home.clock().date()).set_index("id").loc[item]


@given(data=st.data())
@COSTLY
def test_what_was_typed_is_shown_again_to_the_next_who_sits_down(home, opening, item, data):
    agreed = {label: said(home, ItemEvent, item=item(label), event="agreed")[0].held_on for label in ("I18", "I19")}
    told_of = st.fixed_dictionaries(
        {
            "outcome": st.sampled_from(["", *ReviewOutcome]),
            "text": typed(),
            "done_on": DAYS,
            "due": DAYS,
        }
    )
    values, expected = {}, {}
    for note in ("arrival", "showed"):
        values |= {note: data.draw(typed()), f"{note}:seen": data.draw(SEEN_BY_EITHER)}
        expected |= {note: shown(values[note]), f"{note}:seen": shown(values[note]) and values[f"{note}:seen"]}
    for label, agreed_on in agreed.items():
        start = f"review.{item(label)}"
        drawn = data.draw(told_of, label)
        values |= {f"{start}.{name}": value for name, value in drawn.items()}
        outcome = drawn["outcome"]
        done_on = day(drawn["done_on"], earliest=agreed_on.isoformat(), latest=TODAY)
        expected |= {
            f"{start}.outcome": outcome,
            f"{start}.text": outcome and drawn["text"].encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
            f"{start}.done_on": done_on if outcome == "done" and done_on != TODAY else "",
            f"{start}.due": day(drawn["due"]) if outcome in STAYS_OPEN else "",
        }
    again = shown_again(home, opening, Opening(), values)
    asked = {name: value for name, value in again.items() if name != agreement.WORDS and not name.endswith(".serves")}
    assert asked == told(expected)


def test_the_coachs_promises_come_first_then_the_coachees_then_what_is_not_due(opening):
    titles = [block["title"] for block in opening.blocks() if block["type"] == "section" and block["title"]]
    assert titles == [AGREEMENT, "Your promises", "Not due yet"]
    (mine,) = (block for block in opening.blocks() if block.get("title") == "Your promises")
    assert [row["title"].split(" · ")[1] for row in mine["blocks"][0]["fixed"]] == ["by Monday, 12 January"]


def test_nothing_is_asked_of_promises_before_there_were_any(first_home, opening):
    first = Kernel(first_home).view("opening")
    assert first.form["lead"].startswith("How Ana arrives.")
    names = {view: {block.get("name") for block in view.blocks()} for view in (first, opening)}
    assert {"arrival"} == names[first] & {"arrival", "showed"}
    assert {"arrival", "showed"} <= names[opening]
    assert "Nothing that was promised is due today." not in [block.get("text") for block in first.blocks()]


def test_nobody_is_asked_of_a_promise_that_nobody_made(home, kernel):
    asked = {}
    for today in ("2026-01-10", "2026-01-12", "2026-03-15"):
        kernel.view("beginning").type(day=today)
        opening = kernel.view("opening")
        (asked[today],) = (block["text"] for block in opening.blocks() if block.get("tone") == "prompt")
        has_own = "Your promises" in [block.get("title") for block in opening.blocks()]
        assert ("Your own promises come first." in opening.form["lead"]) == has_own
    assert asked["2026-01-10"] in {prompt.text for prompt in prompts("opening") if not prompt.promise}


def test_both_sides_have_their_promises_when_the_day_has_come(home):
    home.clock.forward(days=60)
    opening = Kernel(home).view("opening")
    titles = [block["title"] for block in opening.blocks() if block["type"] == "section" and block["title"]]
    assert titles == [AGREEMENT, "Your promises", "Marisol’s promises"]


def test_another_day_asks_for_what_is_due_on_that_day(kernel, opening):
    kernel.view("beginning").type(day="2026-03-15")
    titles = [block["title"] for block in opening.blocks() if block["type"] == "section" and block["title"]]
    assert titles == [AGREEMENT, "Your promises", "Marisol’s promises"]


@pytest.mark.parametrize(
    ("values", "event", "closes"),
    [
        ({"outcome": "done"}, ItemEventKind.DONE, "done"),
        ({"outcome": "partly"}, ItemEventKind.PARTLY, "open"),
        ({"outcome": "not_yet"}, ItemEventKind.NOT_YET, "open"),
        ({"outcome": "let_go"}, ItemEventKind.LET_GO, "let_go"),
        ({"outcome": "changed"}, None, "open"),
    ],
)
def test_what_was_told_is_a_review_and_what_happened_to_the_item(home, item, tell, values, event, closes):
    tell(**values, text="It worked at her home.")
    (review,) = said(home, Review, item=item("I19"))
    assert (review.outcome, review.text, review.author) == (values["outcome"], "It worked at her home.", Side.COACH)
    happened = events(home, item=item("I19"))
    assert set(happened) == {ItemEventKind.AGREED} | ({event} if event else set())
    assert state(home, item("I19"))["state"] == closes


@pytest.mark.parametrize(
    ("typed_day", "happened_on"),
    [
        ("", MONDAY.date()),
        ("2026-01-05", date(2026, 1, 5)),
        ("2025-12-11", date(2025, 12, 11)),
        ("2025-12-10", MONDAY.date()),  # before it was agreed
        ("2026-01-13", MONDAY.date()),  # after the session
        ("2026-01", MONDAY.date()),
    ],
)
def test_done_has_a_day_of_its_own_if_that_can_be(home, item, tell, typed_day, happened_on):
    tell(outcome="done", done_on=typed_day)
    assert events(home, item=item("I19"))[ItemEventKind.DONE].held_on == happened_on


@pytest.mark.parametrize(
    ("answer", "typed_day", "happened_on", "shown_as"),
    [
        ("done", "", date(2026, 1, 12), ("done", "")),
        ("done", "2026-01-20", date(2026, 1, 12), ("done", "")),  # typed for "later" before, and not meant any more
        ("later", "", date(2026, 2, 11), ("later", "")),
        ("later", "2026-01-20", date(2026, 1, 20), ("later", "2026-01-20")),
    ],
    ids=["by then", "by then after all", "later", "later on a day"],
)
@pytest.mark.everyday
def test_done_by_then_or_later(home, item, answer, typed_day, happened_on, shown_as):
    home.clock.forward(days=30)
    opening = Kernel(home).view("opening")
    start = f"review.{item('I19')}"
    opening.type({f"{start}.done_on": typed_day, f"{start}.outcome": answer})
    assert state(home, item("I19"))["closed_on"].date() == happened_on
    assert events(home, item=item("I19"))[ItemEventKind.DONE].by_then is (answer == "done")
    (review,) = said(home, Review, item=item("I19"))
    assert review.outcome is ReviewOutcome.DONE
    again = Kernel(home).view("opening").values
    assert (again[f"{start}.outcome"], again.get(f"{start}.done_on", "")) == shown_as


def test_only_what_was_due_before_can_be_done_later(home, opening):
    asked = [block["blocks"][0] for block in opening.blocks() if block.get("name") == "review"]
    assert [[label for _, label in choice["options"]][:2] for choice in asked] == [
        ["done by then", "done later"],
        ["done", "partly"],
    ]


def test_of_hundreds_of_promises_the_latest_are_in_sight_and_one_press_lets_the_others_go(home):
    many = 440
    start = MONDAY.date() - timedelta(days=many + 30)
    records = []
    for number in range(many):
        agreed = {"author": "coachee", "visibility": "pair", "held_on": start}
        due = start + timedelta(days=number + 1)
        item = {"kind": "item", "id": new_row(number), "what": f"Order {number}", "owner": "coachee", "by": due}
        event = {"kind": "item_event", "id": new_row(number + many), "item": item["id"], "event": "agreed"}
        records += [item | agreed, event | agreed | {"due_to": due}]
    home.workbooks()[0].add(records)
    opening = Kernel(home).view("opening")
    _, theirs, _ = (block for block in opening.blocks() if block.get("name") == "review")
    assert [row["title"].split(" · ")[0] for row in theirs["fixed"]] == [f"Order {n}" for n in range(many - 20, many)]
    others = theirs["others"]
    assert others["title"] == "420 older ones"
    answer, _ = others["at_once"]
    opening.type({f"review.{row['key']}.outcome": answer for row in others["lines"]})
    assert opening.unacknowledged == {}
    still_open = item_states(home.workbooks()[0].frames(), home.clock().date()).query("state == 'open'")["what"]
    assert {what for what in still_open if what.startswith("Order")} == {f"Order {n}" for n in range(many - 20, many)}


@pytest.mark.parametrize("outcome", ["partly", "not_yet", "changed"])
def test_what_stays_open_may_get_a_new_day(home, item, tell, outcome):
    tell(outcome=outcome, due="2026-02-02")
    moved = events(home, item=item("I19"))[ItemEventKind.DUE_MOVED]
    assert (moved.due_from, moved.due_to) == (date(2026, 1, 12), date(2026, 2, 2))
    assert state(home, item("I19"))["due_moves"] == 1


@pytest.mark.parametrize("outcome", ["done", "let_go"])
def test_what_is_over_gets_no_new_day_even_if_one_was_typed_before(home, item, tell, outcome):
    tell(outcome="changed", due="2026-02-02")
    tell(outcome=outcome)
    assert ItemEventKind.DUE_MOVED not in events(home, item=item("I19"))
    assert state(home, item("I19"))["state"] == outcome


@pytest.mark.parametrize("told_before", ["done", "partly", "not_yet", "changed", "let_go"])
def test_what_was_told_by_mistake_can_be_told_otherwise(home, item, tell, told_before):
    tell(outcome=told_before, due="2026-02-02")
    tell(outcome="not_yet", due="")
    assert set(events(home, item=item("I19"))) == {ItemEventKind.AGREED, ItemEventKind.NOT_YET}
    assert state(home, item("I19"))["state"] == "open"
    tell(outcome="")
    assert set(events(home, item=item("I19"))) == {ItemEventKind.AGREED}
    assert not said(home, Review, item=item("I19"))


def test_what_another_program_kept_is_withdrawn_without_its_words_when_it_is_told_otherwise(home, item, tell):
    tell(outcome="done", text="It worked at her home.")
    again = Kernel(home).view("opening")
    again.type({f"review.{item('I19')}.outcome": ""})
    assert not said(home, Review, item=item("I19"))
    assert state(home, item("I19"))["state"] == "open"
    again.type({f"review.{item('I19')}.outcome": "done"})
    assert state(home, item("I19"))["state"] == "done"


def test_every_due_item_must_be_told_of_before_the_session_can_be_closed(kernel, opening, item, tell):
    closing = kernel.view("closing")
    closing.type(act="close")
    assert set(opening.problems) == {f"review.{item('I19')}.outcome"}
    tell(outcome="not_yet")
    closing.type(act="close")
    assert closing.told.startswith("closed and kept")


def test_after_two_moved_dates_the_form_asks_whether_it_is_still_yours(home, item):
    for _ in range(2):
        kernel = Kernel(home)
        due = (home.clock.now.date() + timedelta(days=7)).isoformat()
        kernel.view("opening").type({f"review.{item('I19')}.outcome": "changed", f"review.{item('I19')}.due": due})
        kernel.view("closing").type(act="close_anyway")
        home.clock.forward(days=7)
    titles = [r["title"] for b in Kernel(home).view("opening").blocks() for r in b.get("fixed", ()) if b["fixed"]]
    assert [title.endswith("moved twice already: is it still yours?") for title in titles] == [True, False]


def test_a_review_of_something_that_is_not_open_is_not_kept(home, opening, item):
    before = entries(home)
    opening.type({f"review.{item('I01')}.outcome": "done"})
    assert entries(home) == before


def test_the_part_took_place_once_something_was_told(home, tell, opening):
    here = {"segment": "opening", "session": opening.key.split("/")[1]}
    assert not said(home, SegmentState, **here)
    tell(outcome="not_yet")
    assert said(home, SegmentState, **here)
    tell(outcome="")
    assert not said(home, SegmentState, **here)


@pytest.mark.parametrize(("ended", "listed"), [(None, True), ("done", False), ("let_go", False)])
def test_a_draft_is_listed_until_it_has_ended(home, ended, listed):
    coachee = {"author": "coachee", "visibility": "pair", "held_on": MONDAY.date()}
    item = {"kind": "item", "id": new_row(1), "what": "Ask about the mill"} | coachee
    event = {"kind": "item_event", "id": new_row(2), "item": new_row(1), "event": ended} | coachee
    home.workbooks()[0].add([item, event] if ended else [item])
    drafts = [block for block in Kernel(home).view("opening").blocks() if block.get("title") == "Drafts"]
    assert ("Ask about the mill" in str(drafts)) is listed


def test_a_promise_that_ended_lately_can_be_opened_again(home, opening, item):
    (fold,) = (block for block in opening.blocks() if block.get("name") == "ended" and block["type"] == "fold")
    ended = fold["blocks"][0]["fixed"][0]["key"]
    opening.type({f"ended.{ended}.answer": "reopened", f"ended.{ended}.due": "2026-02-02"})
    (event,) = said(home, ItemEvent, item=ended, event="reopened", session=opening.key.split("/")[1])
    assert event.due_to == date(2026, 2, 2)
    states = item_states(home.workbooks()[0].frames(), home.clock().date()).set_index("id")
    assert states.loc[ended, "state"] == "open"
    opening.type({f"ended.{ended}.answer": ""})
    assert not said(home, ItemEvent, item=ended, event="reopened", session=opening.key.split("/")[1])


def test_what_the_coachee_brought_between_the_sessions_stands_before_everything_else(home):
    (workbook,) = [one for one in home.workbooks() if one.name.startswith("Marisol")]
    win = {"kind": "note", "segment": "opening", "topic": "win", "text": "The boys tasted the rye"}
    common = {"id": derived_id(None, "a win"), "author": "coachee", "visibility": "pair", "held_on": MONDAY.date()}
    workbook.add([win | common])
    sections = [block for block in Opening().blocks(workbook.open_session()) if block["type"] == "section"]
    first = sections[0]
    assert first["title"] == "What Marisol brought"
    assert [block["text"] for block in first["blocks"]] == ["Marisol · a win: The boys tasted the rye"]
