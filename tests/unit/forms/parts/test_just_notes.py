"""Just notes: one text, whose lines become dreams, goals and promises afterwards."""

from datetime import date

import pytest

from coaching.model.entries import Dream, Item, Note
from coaching.model.vocabulary import Topic
from tests.unit.forms.pages import Kernel, said

LINES = "a bakery by the river\n\nsleep eight hours\nAsk for the oven – Bo – in two weeks\nread – slowly – a lot"


@pytest.fixture
def opening(first_home):
    view = Kernel(first_home).view("opening")
    view.type(notes=LINES)
    return view


def notes(home):
    return [note.text for note in said(home, Note) if note.topic is Topic.NOTES]


def test_the_notes_are_one_text_that_is_kept_as_it_is_typed(first_home, opening):
    assert notes(first_home) == [LINES]
    assert Kernel(first_home).view("opening").values["notes"] == LINES


def test_a_line_becomes_a_dream_a_goal_or_a_promise_and_leaves_the_notes(first_home, opening):
    opening.type(act="sort:dream:0")
    opening.type(act="sort:goal:1")
    opening.type(act="sort:promise:1")
    assert [dream.title for dream in said(first_home, Dream)] == ["a bakery by the river"]
    assert [note.text for note in said(first_home, Note) if note.topic is Topic.GOAL] == ["sleep eight hours"]
    (item,) = said(first_home, Item)
    assert (item.what, item.owner, item.by) == ("Ask for the oven", "coach", date(2026, 1, 26))
    assert notes(first_home) == ["\nread – slowly – a lot"]
    assert opening.values["notes"] == "\nread – slowly – a lot"
    assert opening.told == "It stands in “Who does what by when” now."


def test_what_cannot_be_read_as_who_and_when_stays_with_the_words_of_a_promise(first_home, opening):
    opening.type(act="sort:promise:4")
    (item,) = said(first_home, Item)
    assert (item.what, item.owner, item.by) == ("read – slowly – a lot", None, None)


def test_a_second_goal_stands_below_the_first(first_home, opening):
    opening.type(act="sort:goal:0")
    opening.type(act="sort:goal:1")
    (goal,) = (note.text for note in said(first_home, Note) if note.topic is Topic.GOAL)
    assert goal == "a bakery by the river\nsleep eight hours"


@pytest.mark.parametrize("act", ["sort:dream:1", "sort:dream:9", "sort:dream:", "sort:nothing:0", "sort:"])
def test_what_is_no_line_becomes_nothing(first_home, opening, act):
    opening.type(act=act)
    assert notes(first_home) == [LINES]
    assert said(first_home, Dream) == []
