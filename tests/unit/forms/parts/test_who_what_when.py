"""Who does what by when: it starts from who the coachee wants to become."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.forms.parts.who_what_when import WhoWhatWhen
from coaching.metrics.promises.items import item_states
from coaching.model.entries import Becoming, Dream, Item, ItemEvent, Note, Progress, SegmentState, Supporter
from coaching.model.vocabulary import ItemEventKind, Side, Visibility
from tests.examples import COSTLY
from tests.unit.forms.pages import Kernel, new_row, said, shown_again
from tests.unit.forms.words import DAYS, SEEN_BY_EITHER, TICKED, day, shown, told, typed

ROWS = [new_row(1), new_row(2)]
WHOLE = {"what": "Close the shop on Mondays", "owner": "coachee", "by": "2026-01-31"}


@pytest.fixture
def plan(kernel):
    return kernel.view("who_what_when")


@pytest.fixture
def becoming(home):
    """Return the id of a becoming of the demo year by its label."""
    return {entry.label: entry.id for entry in said(home, Becoming)}.get


@pytest.fixture
def agree(plan):
    """Type an action item."""
    return lambda *, key=ROWS[0], **values: plan.type({f"item.{key}.{name}": value for name, value in values.items()})


def here(view):
    return view.key.split("/")[1]


def state_of(home, key=ROWS[0]):
    states = item_states(home.workbooks()[0].frames(), home.clock().date())
    return dict(zip(states["id"], states["state"], strict=True)).get(key)


@given(data=st.data())
@COSTLY
def test_what_was_typed_is_shown_again_to_the_next_who_sits_down(home, plan, becoming, data):
    dream, goal = said(home, Dream, label="D1")[0].id, said(home, Note, topic="goal", author="coachee")[-1].id
    chosen = data.draw(st.sampled_from(["", "new", "open", becoming("B1"), becoming("B4")]))
    values = {"becoming": chosen, "becoming_text": data.draw(typed()), "obstacle": data.draw(typed())}
    values["obstacle:seen"] = data.draw(SEEN_BY_EITHER)
    expected = {name: shown(values[name]) for name in ("becoming_text", "obstacle")}
    expected["obstacle:seen"] = expected["obstacle"] and values["obstacle:seen"]
    row = {
        "what": typed(),
        "what:seen": SEEN_BY_EITHER,
        "owner": st.sampled_from(["", "coach", "coachee"]),
        "by": DAYS,
        "if_then": typed(),
        "ownership": st.sampled_from(["", "mine", "can_live_with_it", "not_mine"]),
        "origin": st.sampled_from(["", "coachee", "together", "coach"]),
        "serves": st.sampled_from(["", dream, goal]),
        **{name: typed() for name in ("wish", "best_outcome", "obstacle", "level_1")},
        "experiment": TICKED,
        "removed": TICKED,
    }
    for key in ROWS:
        drawn = data.draw(st.fixed_dictionaries(row), key)
        values |= {f"item.{key}.{name}": value for name, value in drawn.items()}
        words = ("what", "wish", "best_outcome", "obstacle", "if_then", "level_1")
        kept = drawn | {name: shown(drawn[name]) for name in words} | {"by": day(drawn["by"])}
        if not kept.pop("removed") and (kept["by"] or any(kept[name] for name in words)):
            if (kept["ownership"], kept["owner"]) == ("not_mine", "coachee"):
                kept["owner"] = ""
            expected |= {f"item.{key}.{name}": value for name, value in kept.items()}
    without_words = chosen == "new" and not expected["becoming_text"]
    said_else = expected["obstacle"] or any(name.startswith("item.") for name in expected)
    expected["becoming"] = "open" if without_words or (not chosen and said_else) else chosen
    assert shown_again(home, plan, WhoWhatWhen(), values) == told(expected)


def test_the_part_is_reached_only_after_the_mission_decision(kernel, plan):
    assert plan.gate == "Opens after the decision about the mission statement, at the end of the dreams."
    kernel.view("dreams").type(decision="passed")
    assert plan.gate is None
    assert kernel.view("who_what_when").gate is None


def test_what_to_do_comes_after_who_to_become(plan, becoming):
    (then,) = (block for block in plan.blocks() if block.get("title") == "Then: who does what by when")
    assert then["when"] == [{"name": "becoming"}]
    offered = [value for value, _ in plan.field("becoming")["options"]]
    assert offered == ["", *(becoming(label) for label in ("B1", "B5", "B2", "B4")), "new", "open"]


def test_somebody_new_to_become_is_kept_and_items_lead_there(home, plan, agree):
    plan.type(becoming="new", becoming_text="Somebody who rests.")
    agree(**WHOLE)
    (new,) = said(home, Becoming, text="Somebody who rests.")
    assert (new.label, new.author, new.visibility) == ("B06", Side.COACHEE, Visibility.PAIR)
    assert said(home, Item, id=ROWS[0])[0].becoming == new.id
    assert said(home, SegmentState, segment="who_what_when", session=here(plan))[0].becoming == new.id


def test_leaving_it_open_is_remembered_even_beside_words_for_somebody_new(home, plan, becoming):
    plan.type(becoming="new", becoming_text="Somebody who rests.")
    plan.type(becoming="open")
    assert Kernel(home).view("who_what_when").values["becoming"] == "open"
    plan.type(becoming=becoming("B4"))
    again = Kernel(home).view("who_what_when")
    assert again.values["becoming"] == becoming("B4")
    assert again.values["becoming_text"] == "Somebody who rests."


def test_a_whole_item_is_agreed(home, plan, agree):
    agree(**WHOLE, if_then="If they ring, then I let it ring.", origin="together", ownership="mine")
    (item,) = said(home, Item, id=ROWS[0])
    assert (item.label, item.what, item.owner, item.by) == (
        "I20",
        "Close the shop on Mondays",
        Side.COACHEE,
        date(2026, 1, 31),
    )
    (event,) = said(home, ItemEvent, item=ROWS[0])
    assert (event.event, event.due_to, event.held_on) == (ItemEventKind.AGREED, date(2026, 1, 31), date(2026, 1, 12))
    assert state_of(home) == "open"


@pytest.mark.parametrize("missing", ["what", "owner", "by"])
def test_without_a_what_an_owner_or_a_day_it_is_a_draft(home, agree, missing):
    agree(**WHOLE | {missing: "", "if_then": "If they ring, then I let it ring."})
    assert not said(home, ItemEvent, item=ROWS[0])
    assert state_of(home) == "draft"
    agree(**WHOLE)
    assert state_of(home) == "open"
    agree(**{missing: ""})
    assert not said(home, ItemEvent, item=ROWS[0])
    assert state_of(home) == "draft"


def test_a_draft_is_named_before_the_session_closes_and_shown_in_the_next(home, kernel, plan, agree):
    agree(what="Cover her Thursday shift", owner="coach")
    closing = kernel.view("closing")
    closing.type(act="close")
    assert plan.problems == {f"item.{ROWS[0]}.by": "Without a day it stays a draft: nobody has promised it yet."}
    closing.type(act="close_anyway")
    next_opening = Kernel(home).view("opening")
    assert "Cover her Thursday shift" in [block.get("text") for block in next_opening.blocks()]


@pytest.mark.parametrize("answer", ["agreed", "let_go"])
def test_a_draft_is_promised_later_by_what_is_missing_alone_or_let_go(home, kernel, agree, answer):
    agree(what="Cover her Thursday shift", owner="coach", wish="To sleep")
    kernel.view("closing").type(act="close_anyway")
    home.clock.forward(days=7)
    plan = Kernel(home).view("who_what_when")
    start = f"draft.{ROWS[0]}"
    assert (plan.values[f"{start}.owner"], plan.values.get(f"{start}.by")) == ("coach", None)
    plan.type({f"{start}.answer": answer, f"{start}.by": "2026-02-01"})
    again = Kernel(home)
    again.view("closing").type(act="close_anyway")
    (item,) = said(home, Item, what="Cover her Thursday shift")
    (event,) = said(home, ItemEvent, item=item.id)
    assert (item.id, item.wish, event.event) == (ROWS[0], "To sleep", answer)
    if answer == "agreed":
        assert (state_of(home), item.by, event.held_on) == ("open", date(2026, 2, 1), date(2026, 1, 19))
        assert again.view("who_what_when").values[f"item.{ROWS[0]}.by"] == "2026-02-01"
    else:
        assert state_of(home) == "let_go"
    assert "1 draft: not promised yet" not in [
        block.get("title") for block in Kernel(home).view("who_what_when").blocks()
    ]


def test_a_half_typed_day_is_none(home, agree):
    agree(**WHOLE | {"by": "0202-01-31"})
    assert state_of(home) == "draft"


def test_what_is_not_theirs_is_not_kept_under_the_coachees_name_and_no_word_is_lost(home, kernel, plan, agree):
    agree(**WHOLE, ownership="not_mine")
    (item,) = said(home, Item, id=ROWS[0])
    assert (item.what, item.owner, item.by) == ("Close the shop on Mondays", None, date(2026, 1, 31))
    assert plan.unacknowledged == {}
    closing = kernel.view("closing")
    closing.type(act="close")
    assert set(plan.problems) == {f"item.{ROWS[0]}.owner"}
    agree(owner="coach")
    assert said(home, Item, id=ROWS[0])[0].owner is Side.COACH
    agree(owner="coachee", removed="true")
    assert (plan.told, plan.problems) == ("", {})
    closing.type(act="close")
    assert "Who does what by when" not in closing.told


def test_an_item_can_be_removed_and_put_back(home, agree):
    agree(**WHOLE)
    agree(removed="true")
    assert state_of(home) is None
    assert not said(home, ItemEvent, item=ROWS[0])
    agree(removed="")
    assert state_of(home) == "open"


def test_an_item_of_an_earlier_sitting_can_be_removed_and_put_back(home, agree):
    agree(**WHOLE)
    again = Kernel(home).view("who_what_when")
    again.type({f"item.{ROWS[0]}.removed": "true"})
    assert state_of(home) is None
    again.type({f"item.{ROWS[0]}.removed": ""})
    assert state_of(home) == "open"
    assert said(home, Item, id=ROWS[0])[0].what == "Close the shop on Mondays"


def test_who_may_read_an_item_covers_what_happened_to_it(home, agree):
    agree(**WHOLE, **{"what:seen": "open"})
    assert said(home, Item, id=ROWS[0])[0].visibility is Visibility.OPEN
    assert said(home, ItemEvent, item=ROWS[0])[0].visibility is Visibility.OPEN


def test_labels_are_given_in_order_and_stay(home, plan, agree):
    agree(key=ROWS[0], what="first")
    agree(key=ROWS[1], what="second")
    assert [said(home, Item, id=key)[0].label for key in ROWS] == ["I20", "I21"]
    again = Kernel(home).view("who_what_when")
    again.type({f"item.{ROWS[0]}.removed": "true", f"item.{new_row(3)}.what": "third"})
    assert said(home, Item, id=ROWS[1])[0].label == "I21"
    assert said(home, Item, id=new_row(3))[0].label == "I22"


def test_an_action_item_serves_a_dream_or_a_goal(home, agree):
    dream, goal = said(home, Dream, label="D1")[0].id, said(home, Note, topic="goal", author="coachee")[-1].id
    agree(**WHOLE, serves=dream)
    assert [(item.dream, item.goal) for item in said(home, Item, id=ROWS[0])] == [(dream, None)]
    agree(serves=goal)
    assert [(item.dream, item.goal) for item in said(home, Item, id=ROWS[0])] == [(None, goal)]


def test_an_experiment_is_no_promise(home, agree):
    agree(**WHOLE, experiment="true")
    assert said(home, Item, id=ROWS[0])[0].experiment
    assert state_of(home) is None


@pytest.mark.parametrize("status", ["on_the_way", "reached", "let_go"])
def test_a_becoming_is_reached_or_let_go_in_a_line(home, plan, becoming, status):
    plan.type({f"thread.{becoming('B4')}.status": status})
    assert [(line.about, line.status) for line in said(home, Progress, session=here(plan))] == [
        (becoming("B4"), status)
    ]


def test_somebody_to_count_on_has_a_name_and_what_for(home, plan):
    plan.type({f"supporter.{ROWS[0]}.name": "Ilse", f"supporter.{ROWS[0]}.text": "Her oven"})
    assert [(one.name, one.text, one.visibility) for one in said(home, Supporter)] == [("Ilse", "Her oven", "pair")]
    plan.type({f"supporter.{ROWS[0]}.removed": "true"})
    assert said(home, Supporter) == []
