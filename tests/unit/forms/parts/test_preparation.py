"""Preparation: what to have in mind before a session, and the questions of its parts."""

from datetime import timedelta

import pytest

from coaching.forms.parts.all_parts import is_only_prepared
from coaching.model.entries import Preparation, Question, Reminder, SegmentState, Session
from coaching.model.prompts import DEEPEST, prompts
from coaching.model.sharing import Audience
from tests.unit.forms.pages import Kernel, new_row, said

DREAMS = [prompt.text for prompt in prompts("dreams")]
OWN = "What would you do with a free week?"


@pytest.fixture
def preparation(kernel):
    return kernel.view("preparation")


def asked(view):
    """Return the question that a part begins with."""
    return next(block["text"] for block in view.blocks() if block.get("tone") == "prompt")


def shown(view):
    return [block["text"] for block in view.blocks() if block["type"] == "prose"]


def test_it_shows_promises_the_last_takeaway_and_the_mission_statement(preparation):
    titles = [block["title"] for block in preparation.blocks() if block["type"] == "section"]
    assert titles[:2] == ["You promised", "Due by today, Marisol"]
    assert {"What Marisol took along last time", "The mission statement in force"} <= set(titles)


def test_of_a_new_workbook_it_says_that_nothing_is_open(first_home):
    assert shown(Kernel(first_home).view("preparation")) == ["Nothing is open.", "Nothing is due."]


def test_it_says_for_which_day_the_last_session_was_agreed(home, kernel):
    closing = kernel.view("closing")
    closing.type(takeaway="Mondays", next_on="2026-01-26")
    closing.type(act="close")
    closing.type(act="close_anyway")
    assert "You said you would meet on Monday, 26 January." in shown(Kernel(home).view("preparation"))


def test_what_is_prepared_is_kept_privately_and_for_ninety_days(home, preparation):
    preparation.type(mind="Ask about the oven first")
    (kept,) = said(home, Preparation)
    assert (kept.text, kept.visibility) == ("Ask about the oven first", "private")
    assert kept.expires_on - kept.held_on == timedelta(days=90)
    for audience in Audience.PAIR, Audience.OPEN:
        assert "oven first" not in home.workbooks()[0].exported(audience)


def test_it_is_there_again_and_gone_when_it_is_cleared(home, preparation):
    values = {"mind": "Listen", "pushing": "Why not?", "question": OWN, "question_for": "dreams", "ask_closing": ""}
    preparation.type(values | {"ask_yourself": prompts("yourself")[2].text})
    again = Kernel(home).view("preparation").values
    assert {name: again[name] for name in values} == values
    assert again["ask_yourself"] == prompts("yourself")[2].text
    preparation.type({**dict.fromkeys(values, ""), "ask_yourself": ""})
    assert said(home, Preparation) == []


def test_a_chosen_question_stands_in_its_part_at_once(kernel, preparation):
    dreams, chosen = kernel.view("dreams"), DREAMS[4]
    preparation.type(ask_dreams=chosen)
    assert asked(dreams) == chosen


def test_a_question_of_ones_own_goes_before(kernel, preparation):
    dreams = kernel.view("dreams")
    preparation.type(ask_dreams=DREAMS[4], question=OWN, question_for="dreams")
    assert asked(dreams) == OWN
    preparation.type(question_for="closing")
    assert asked(dreams) == DREAMS[4]
    assert asked(kernel.view("closing")) == OWN


def test_no_question_comes_again_in_three_sessions_unless_it_is_chosen(first_home):
    had = []
    for number in range(6):
        kernel = Kernel(first_home)
        had.append(asked(kernel.view("dreams")))
        kernel.view("dreams").type(decision="passed", spoken="true")
        kernel.view("closing").type(act="close_anyway")
        first_home.clock.forward(days=14)
        assert len(set(had[-4:])) == min(number + 1, 4)
    kernel = Kernel(first_home)
    preparation = kernel.view("preparation")
    assert any(label.endswith("(asked lately)") for _, label in preparation.field("ask_dreams")["options"])
    preparation.type(ask_dreams=had[-1])
    assert asked(kernel.view("dreams")) == had[-1]


def test_the_question_that_was_asked_is_kept_with_its_part_and_leaves_nowhere(home, kernel):
    dreams = kernel.view("dreams")
    question = asked(dreams)
    dreams.type(spoken="true")
    session = said(home, Session, number=13)[0]
    (state,) = said(home, SegmentState, segment="dreams", session=session.id)
    assert state.asked == question
    assert question not in home.workbooks()[0].exported(Audience.PAIR)


@pytest.mark.parametrize("number", [1, 2])
def test_the_deepest_questions_are_not_offered_in_the_first_two_sessions(first_home, number):
    for _ in range(number - 1):
        kernel = Kernel(first_home)
        kernel.view("opening").type(arrival="well")
        kernel.view("closing").type(act="close_anyway")
    options = Kernel(first_home).view("preparation").field("ask_dreams")["options"]
    deepest = {prompt.text for prompt in prompts("dreams") if prompt.depth == DEEPEST}
    assert deepest.isdisjoint(label for _, label in options)


def test_a_session_prepared_the_day_before_is_held_on_the_day_it_begins(home, preparation):
    preparation.type(mind="Listen")
    home.clock.forward(days=1)
    kernel = Kernel(home)
    assert kernel.view("beginning").values["day"] == "2026-01-13"
    kernel.view("opening").type(arrival="well")
    (session,) = said(home, Session, number=13)
    assert session.held_on.isoformat() == "2026-01-13"


def options(view, part):
    return dict(view.field(f"ask_{part}")["options"])


def test_the_question_whose_turn_it_is_stands_first_and_once_and_another_is_a_press_away(kernel, preparation):
    field = preparation.field("ask_dreams")
    labels = [label for _, label in field["options"]]
    assert (field["options"][0], field["another"]) == (["", asked(kernel.view("dreams"))], "Another")
    assert len(labels) == len(set(labels)) > 5
    preparation.type(ask_dreams=field["options"][1][0])
    assert asked(kernel.view("dreams")) == labels[1]


def test_a_note_kept_since_the_last_session_waits_in_it_and_can_be_taken_away(home, kernel, preparation):
    book = home.workbooks()[0]
    assert "Kept for this time" not in [block.get("title") for block in preparation.blocks()]
    note = book.between.note("Ask about the oven", "dreams")
    waits = Kernel(home)
    preparation = waits.view("preparation")
    kept_on = "Kept on Monday, 12 January, to ask in “Talk about your dreams”."
    assert {"Ask about the oven", kept_on} <= set(shown(preparation))
    preparation.type(mind="Listen", ask_dreams="Ask about the oven")
    assert asked(waits.view("dreams")) == "Ask about the oven"
    preparation.type(act=f"away.{note.id}")
    assert "Ask about the oven" not in shown(preparation)
    assert (preparation.values["mind"], book.between.notes()) == ("Listen", [])


def test_notes_can_be_written_beside_it_and_begin_no_session(home, kernel, preparation):
    key, other = new_row(1), new_row(2)
    preparation.type({f"reminder.{key}.text": "The bench", f"reminder.{other}.text": "No", "mind": "Listen"})
    preparation.type({f"reminder.{other}.removed": "true", f"reminder.{key}.segment": "closing"})
    (note,) = said(home, Reminder)
    assert (note.text, note.segment, note.visibility) == ("The bench", "closing", "private")
    assert note.expires_on - note.held_on == timedelta(days=90)
    home.clock.forward(days=3)
    again = Kernel(home)
    assert again.view("preparation").values[f"reminder.{key}.text"] == "The bench"
    assert is_only_prepared(again.desk.open_session())


def test_a_question_of_ones_own_is_kept_and_chosen_like_the_others(home, kernel, preparation):
    preparation.type(question=OWN, question_for="dreams", question_kept="true")
    kernel.view("closing").type(act="close_anyway")
    home.clock.forward(days=28)
    later = Kernel(home)
    preparation = later.view("preparation")
    assert options(preparation, "dreams")[OWN] == f"{OWN} (your own)"
    assert OWN not in options(preparation, "closing")
    preparation.type(ask_dreams=OWN)
    assert asked(later.view("dreams")) == OWN
    assert Kernel(home).view("preparation").values["ask_dreams"] == OWN
    (kept,) = said(home, Question)
    preparation.type(act=f"away.{kept.id}")
    assert OWN not in options(preparation, "dreams")
    for audience in Audience.PAIR, Audience.OPEN:
        assert OWN not in home.workbooks()[0].exported(audience)


def test_it_is_not_kept_among_them_any_more_once_the_box_is_empty(home, preparation):
    preparation.type(question=OWN, question_for="dreams", question_kept="true")
    preparation.type(question_kept="")
    assert said(home, Question) == []
