"""Preparation: what to have in mind before a session, and the questions of its parts."""

from datetime import timedelta

import pytest

from coaching.model.entries import Preparation, SegmentState, Session
from coaching.model.prompts import prompts
from coaching.model.sharing import Audience
from tests.unit.forms.pages import Kernel, said

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
    assert {"What went out of the door last time", "The mission statement in force"} <= set(titles)


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
    assert any(label.startswith("asked lately") for _, label in preparation.field("ask_dreams")["options"])
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
    assert not any("deepest" in label for _, label in options)


def test_a_session_prepared_the_day_before_is_held_on_the_day_it_begins(home, preparation):
    preparation.type(mind="Listen")
    home.clock.forward(days=1)
    kernel = Kernel(home)
    assert kernel.view("beginning").values["day"] == "2026-01-13"
    kernel.view("opening").type(arrival="well")
    (session,) = said(home, Session, number=13)
    assert session.held_on.isoformat() == "2026-01-13"
