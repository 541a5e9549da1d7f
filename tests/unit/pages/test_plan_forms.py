"""The plan holds all that the two of them follow, and says the same as a page and as text."""

from datetime import date

import pytest
from markdown_it import MarkdownIt

from coaching.model.sharing import Audience
from coaching.pages import markdown, plan_page
from tests.unit.pages.conftest import ASOF, Document, identity, record, shared_of, shared_year

DAY = date(2025, 3, 3)
LATER = date(2025, 4, 7)


def told(kind, place, **fields):
    return record(kind, place, held_on=DAY, **fields)


def moved(about, name, text, status=None):
    return record("progress", name, held_on=LATER, about=about, text=text, status=status)


GOAL = told("note", "goal", segment="yourself", topic="goal", text="Swim a mile")
PLAN = told("note", "plan", segment="yourself", topic="plan", text="Move by May")
FAILURE = told("note", "failure", segment="yourself", topic="failure", text="Sank the canoe")
WHOLE = [
    record("person", "ada", side="coachee", name="Ada"),
    GOAL,
    PLAN,
    FAILURE,
    moved(GOAL["id"], "1", "Half of it, in the cold", "reached"),
    moved(FAILURE["id"], "2", "Tie it twice"),
    told("strength", "1", text="Patience with knots"),
    told("strength", "2", author="coach", text="Reads the wind", confirmed=True),
    told("supporter", "1", name="Aunt Ilse", text="For the boat"),
    told("becoming", "1", text="A quiet skipper"),
    moved(identity("becoming", "1"), "3", "Steered without shouting"),
    told(
        "item",
        "1",
        what="Mend the sail",
        owner="coachee",
        by=LATER,
        goal=PLAN["id"],
        wish="A dry boat",
        best_outcome="Sailing on Sunday",
        obstacle="Rain",
        if_then="If it rains, then indoors",
    ),
    told("item", "2", what="Row at dawn", owner="coachee", by=LATER, experiment=True),
    record("item_event", "2", held_on=LATER, item=identity("item", "2"), event="showed", text="Mornings suit me"),
]
WORDS = [
    "Swim a mile", "Move by May", "Sank the canoe", "Half of it, in the cold", "Tie it twice", "Patience with knots",
    "Reads the wind", "Aunt Ilse", "For the boat", "A quiet skipper", "Steered without shouting", "Mend the sail",
    "A dry boat", "Sailing on Sunday", "Rain", "If it rains, then indoors", "Row at dawn", "Mornings suit me",
]  # fmt: skip
FORMS = {
    "page": lambda shared, asof: Document(plan_page(shared, asof=asof)).text,
    "text": lambda shared, asof: Document(MarkdownIt("commonmark").render(markdown.plan(shared, asof=asof))).text,
}


@pytest.mark.parametrize("form", FORMS)
def test_the_plan_holds_every_thread_and_what_it_rests_on(form):
    text = FORMS[form](shared_of(WHOLE), LATER)
    assert [words for words in WORDS if text.count(words) == 0] == []


@pytest.mark.parametrize("form", FORMS)
def test_what_moved_is_told_once(form):
    text = FORMS[form](shared_of(WHOLE), LATER)
    assert {words: text.count(words) for words in ("Half of it, in the cold", "Mornings suit me")} == {
        "Half of it, in the cold": 1,
        "Mornings suit me": 1,
    }


@pytest.mark.parametrize("form", FORMS)
def test_strengths_that_the_coach_named_wait_for_the_coachees_yes(form):
    named = told("strength", "1", author="coach", text="Reads the wind")
    assert "Reads the wind" not in FORMS[form](shared_of([named]), LATER)


@pytest.mark.parametrize("form", FORMS)
def test_others_read_of_threads_only_what_was_opened(form):
    opened = [GOAL | {"visibility": "open"}, FAILURE]
    text = FORMS[form](shared_of(opened, Audience.OPEN), LATER)
    assert ("Swim a mile" in text, "Sank the canoe" in text) == (True, False)


@pytest.mark.parametrize("form", FORMS)
def test_all_goals_plans_and_failures_of_the_demo_year_are_on_its_plan(form):
    shared = shared_year("demo_year")
    text = FORMS[form](shared, ASOF["demo_year"])
    notes = [row for row in shared.frames.rows("note") if row["topic"] in {"goal", "plan", "failure"}]
    mine = [row["text"] for row in notes if row["author"] == "coachee" and row["text"]]
    assert len(mine) == 27
    assert [words for words in mine if words not in text] == []
