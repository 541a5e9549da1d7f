"""Old words in the preparation: those of a year ago, those with which threads began, and those of the statement."""

from datetime import date, timedelta

import pytest

from coaching.forms.parts.old_words import said_once
from coaching.forms.session.desk import Desk
from coaching.model.entries import Note
from coaching.workbook.search.wish import Wish
from tests.unit.forms.pages import Clock, Kernel, demo_home, said


@pytest.fixture
def folded(kernel):
    return returned(kernel)


def returned(kernel):
    """What returns, by the headings under the fold: about what, and the words."""
    folds = [block for block in kernel.view("preparation").blocks() if block.get("name") == "old_words"]
    return {
        part["title"]: [(line["about"], *line["words"]) for line in part["blocks"][0]["lines"]]
        for fold in folds
        for part in fold["blocks"]
        if part["type"] == "section"
    }


def test_what_was_told_near_this_day_of_last_year_returns(folded):
    told = folded["A year ago"]
    assert told[0][0] == "Marisol · Thursday, 16 January 2025"
    assert "My grandmother's oven" in [words for _, words in told]
    assert len(told) <= 7


def test_what_goes_on_returns_with_its_first_words(folded):
    assert ("Marisol · dream · Thursday, 16 January 2025", "My grandmother's oven") in folded["How what goes on began"]


def test_a_word_that_is_in_the_statement_again_returns_with_the_statement_that_had_it(folded):
    ((about, words),) = folded["In the statement again"]
    assert about == "“people” · as on Thursday, 10 April 2025"
    assert words.startswith("I get up to make bread that people trust")


def test_nothing_of_a_failure_or_a_promise_returns(kernel, folded):
    kinds = {"failure", "promise"}
    told = {words for lines in folded.values() for _, words in lines}
    workbook = kernel.desk.books().popitem()[1]
    for kind in kinds:
        found = workbook.search("", Wish(kind=kind))
        assert not told & {one.text for session in found.sessions for hit in session.hits for one in hit.passages}


def test_one_click_turns_it_off_until_another_turns_it_on(kernel, home):
    kernel.view("preparation").type(act="no_old_words")
    assert (returned(kernel), returned(Kernel(home))) == ({}, {})
    kernel.view("preparation").type(act="old_words_again")
    assert "A year ago" in returned(Kernel(home))


def test_where_nothing_was_said_a_year_ago_nothing_is_said_of_it(home):
    home.clock.now += timedelta(days=365)
    assert "A year ago" not in returned(Kernel(home))


def test_before_the_first_session_nothing_returns(first_home):
    assert returned(Kernel(first_home)) == {}


def test_private_words_do_not_return(tmp_path):
    home = demo_home(tmp_path / "home", Clock())
    kernel = Kernel(home)
    kernel.view("yourself").type({"coach_goal": "A canary.", "coach_goal:seen": "private"})
    kernel.view("closing").type(act="close")
    home.clock.now += timedelta(days=364)
    assert not [line for lines in returned(Kernel(home)).values() for line in lines if "canary" in line[1]]


def on_the_card(kernel):
    """Close the session, and return what returns on the card."""
    kernel.view("closing").type(takeaway="Mondays")
    kernel.view("closing").type(act="close_anyway")
    return [block["text"] for block in kernel.view("closing").blocks() if block.get("tone") == "once"]


OVEN = "Marisol said on Thursday, 16 January 2025: “My grandmother's oven”"


@pytest.fixture
def context(demo_year):
    return Desk(demo_year).open_session()


def told(thread, status=None, text=None, visibility="pair"):
    return {"kind": "progress", "visibility": visibility, "about": thread, "status": status, "text": text}


def promise(**serves):
    fields = {"owner": "coachee", "by": date(2026, 2, 9), "becoming": None, "dream": None, "goal": None}
    return {"kind": "item", "visibility": "pair"} | fields | serves


@pytest.mark.parametrize(
    ("said_today", "returns"),
    [
        (lambda _, __: [], False),
        (lambda oven, _: [told(oven, text="It is hot")], True),
        (lambda oven, _: [told(oven, status="came_true")], True),
        (lambda oven, _: [told(oven, status="resting", text="Not this year")], False),
        (lambda oven, _: [promise(dream=oven), told(oven, status="let_go")], False),
        (lambda oven, _: [told(oven, text="A canary", visibility="private")], False),
        (lambda oven, _: [promise(dream=oven)], True),
        (lambda oven, _: [promise(dream=oven, by=None)], False),
        (lambda _, other: [promise(becoming=one.id) for one in other if one.kind == "becoming"], False),
        (lambda _, other: [told(one.id, text="It taught") for one in other if one.kind == "failure"], False),
        (lambda oven, other: [promise(dream=one.id) for one in other] + [told(oven, text="It is hot")], True),
    ],
)
def test_the_card_has_the_first_words_of_what_moved_and_of_no_failure(context, said_today, returns):
    (oven,) = [one for one in context.threads if one.words == "My grandmother's oven"]
    others = [one for one in context.threads if one is not oven]
    blocks = said_once(context, dict(enumerate(said_today(oven.id, others))))
    assert [block["text"] for block in blocks if block["type"] == "prose"] == ([OVEN] if returns else [])


def test_what_moved_in_words_returns_before_what_a_promise_serves_and_the_coachees_before_the_coachs(context):
    own, hers = ([one for one in context.threads if one.owner == side] for side in ("coach", "coachee"))
    records = [told(one.id, text="It moves") for one in (*own, *hers)]
    text = said_once(context, dict(enumerate(records)))[0]["text"]
    assert text.startswith("Marisol said on")
    records = [told(one.id, text="It moves") for one in own] + [promise(dream=one.id) for one in hers]
    text = said_once(context, dict(enumerate(records)))[0]["text"]
    assert text.startswith("You said on")


def test_nothing_returns_on_a_card_once_one_click_has_said_so(first_home):
    kernel = Kernel(first_home)
    for goal in ({"coachee_goal": "To sleep"}, {}, {}):
        kernel.view("yourself").type(goal, coach_plan="To listen")
        assert on_the_card(kernel) == []
        first_home.clock.forward(days=7)
        kernel = Kernel(first_home)
    (goal,) = said(first_home, Note, text="To sleep")
    kernel.view("yourself").type({f"thread.{goal.id}.text": "Five hours will do"})
    assert on_the_card(kernel) == ["Ana said on Monday, 12 January: “To sleep”"]
    kernel.view("closing").type(act="no_old_words")
    assert on_the_card(kernel) == []
    assert "done" in {block.get("name") for block in kernel.view("closing").blocks()}
    first_home.clock.forward(days=7)
    later = Kernel(first_home)
    later.view("yourself").type({f"thread.{goal.id}.text": "Six"})
    assert on_the_card(later) == []
