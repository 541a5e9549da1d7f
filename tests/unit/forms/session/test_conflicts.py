"""What was written in two places at once: both are shown, the holder chooses, and it stays chosen."""

from dataclasses import replace
from datetime import date

import pytest

from coaching.model.entries import Item, Note, Session
from tests.unit.forms.pages import Kernel, entries, new_row, said

TITLE = "Written in two places"


@pytest.fixture
def home(first_home):
    """A home folder with the workbook of Ana alone, so that all that is said is of this session."""
    return first_home


def both(home, form="yourself", here=None, there=None):
    """Let two kernels type in one session without knowing of each other; what is `here` is newer."""
    kernels = [Kernel(home), Kernel(home)]
    for kernel, values in zip(kernels, (there or {}, here or {}), strict=True):
        kernel.view(form).type(values)
    return kernels


def asked(view):
    """Return what a form asks about conflicts: the lines of each, and its buttons' names."""
    found = [block for block in view.blocks() if block.get("title") == TITLE]
    return [[block.get("text") or block["name"] for block in section["blocks"]] for section in found]


def choose(view, how, number=0):
    """Press a button of one of the conflicts that a form asks about."""
    (button,) = (name for name in asked(view)[number] if name.startswith(f"{how}:"))
    view.type(act=button)


def waiting(home):
    return home.workbooks()[0].upkeep.conflicts()


def test_both_texts_are_shown_in_the_form_on_the_next_sit_down(home):
    both(home, here={"coach_plan": "run"}, there={"coach_plan": "walk"})
    kernel = Kernel(home)
    yourself = kernel.view("yourself")
    ((here, there, stay, take),) = asked(yourself)
    assert here == "A plan, here: “run”"
    assert there.startswith("A plan, there on Monday, 12 January, ")
    assert there.endswith(": “walk”")
    assert (stay.split(":")[0], take.split(":")[0]) == ("stay", "take")
    assert [asked(kernel.view(name)) for name in ("opening", "dreams", "closing")] == [[], [], []]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ({"coach_plan": "run"}, {"coach_plan": "run"}),
        ({"coach_plan": "run"}, {"coach_goal": "walk"}),
        ({"coach_plan": "run"}, {}),
    ],
    ids=["the same words", "other fields", "one place alone"],
)
def test_where_nothing_differs_nothing_is_asked(home, here, there):
    both(home, here=here, there=there)
    assert asked(Kernel(home).view("yourself")) == []


@pytest.mark.parametrize(("how", "words"), [("stay", "run"), ("take", "walk")])
def test_what_is_chosen_stands_and_is_never_asked_again(home, how, words):
    both(home, here={"coach_plan": "run"}, there={"coach_plan": "walk"})
    kernel = Kernel(home)
    yourself = kernel.view("yourself")
    choose(yourself, how)
    assert (asked(yourself), yourself.values["coach_plan"], yourself.refusals) == ([], words, [])
    assert [note.text for note in said(home, Note)] == [words]
    again = Kernel(home).view("yourself")
    assert (asked(again), again.values["coach_plan"]) == ([], words)
    kernel.view("closing").type(act="close_anyway")
    assert waiting(home) == {}
    reopened = Kernel(home)
    (session,) = said(home, Session)
    reopened.view("beginning").type(session=session.id)
    assert (asked(reopened.view("yourself")), reopened.view("yourself").values["coach_plan"]) == ([], words)


def test_what_is_typed_after_a_choice_keeps_it(home):
    both(home, here={"coach_plan": "run"}, there={"coach_plan": "walk"})
    yourself = Kernel(home).view("yourself")
    choose(yourself, "take")
    yourself.type(coach_plan="walk far")
    yourself.type(coach_goal="arrive")
    assert waiting(home) == {}
    assert {note.text for note in said(home, Note)} == {"walk far", "arrive"}


def test_what_was_not_chosen_stays_in_the_history(home):
    both(home, here={"coach_plan": "run"}, there={"coach_plan": "walk"})
    kernel = Kernel(home)
    choose(kernel.view("yourself"), "stay")
    kernel.view("closing").type(act="close_anyway")
    (note,) = said(home, Note)
    assert {entry.text for entry in home.workbooks()[0].upkeep.history(note.id)} == {"run", "walk"}


def test_until_somebody_chooses_it_is_asked_though_the_session_is_closed(home):
    both(home, here={"coach_plan": "run"}, there={"coach_plan": "walk"})
    kernel = Kernel(home)
    kernel.view("yourself").type(coach_goal="arrive")
    kernel.view("closing").type(act="close_anyway")
    (session,) = said(home, Session)
    reopened = Kernel(home)
    reopened.view("beginning").type(session=session.id)
    assert len(asked(reopened.view("yourself"))) == 1


@pytest.mark.parametrize(
    ("here", "there", "shown"),
    [("", "walk", ("nothing", "“walk”")), ("run", "", ("“run”", "nothing"))],
    ids=["removed here", "removed there"],
)
@pytest.mark.parametrize("how", ["stay", "take"])
def test_words_that_one_place_removed_can_be_kept_or_left_out(home, here, there, shown, how):
    Kernel(home).view("yourself").type(coach_plan="plan")
    both(home, here={"coach_plan": here}, there={"coach_plan": there})
    yourself = Kernel(home).view("yourself")
    ((first, second, *_),) = [[line for line in lines if line.startswith("A plan")] for lines in asked(yourself)]
    assert (first.split(": ")[-1], second.split(": ")[-1]) == shown
    choose(yourself, how)
    expected = here if how == "stay" else there
    assert yourself.values.get("coach_plan", "") == expected
    assert [note.text for note in said(home, Note)] == [expected] * bool(expected)
    assert waiting(home) == {}


def test_choosing_in_one_form_leaves_the_buttons_of_another_to_their_own_conflict(home):
    kernels = [Kernel(home), Kernel(home)]
    for kernel, words in zip(kernels, ("walk", "run"), strict=True):
        kernel.view("yourself").type(coach_plan=f"{words} plan", coach_goal=f"{words} goal")
        kernel.view("closing").type(takeaway=f"{words} takeaway")
    kernel = Kernel(home)
    yourself, closing = kernel.view("yourself"), kernel.view("closing")
    assert (len(asked(yourself)), len(asked(closing))) == (2, 1)
    choose(yourself, "stay")
    choose(closing, "take")
    assert closing.values["takeaway"] == "walk takeaway"
    assert len(asked(yourself)) == 1
    choose(yourself, "take")
    assert {note.text.split()[1]: note.text.split()[0] for note in said(home, Note)}["takeaway"] == "walk"
    assert sorted(note.text.split()[0] for note in said(home, Note)) == ["run", "walk", "walk"]
    assert waiting(home) == {}


def test_pressing_a_button_twice_chooses_once(home):
    both(home, here={"coach_plan": "run"}, there={"coach_plan": "walk"})
    yourself = Kernel(home).view("yourself")
    message = yourself.message(act=next(name for name in asked(yourself)[0] if name.startswith("take:")))
    yourself.deliver(message)
    yourself.type(coach_plan="rest")
    yourself.deliver(message)
    assert yourself.values["coach_plan"] == "rest"
    assert [note.text for note in said(home, Note)] == ["rest"]


def test_three_places_are_all_shown_and_one_choice_ends_it(home):
    kernels = [Kernel(home) for _ in range(3)]
    for kernel, words in zip(kernels, ("walk", "run", "rest"), strict=True):
        kernel.view("yourself").type(coach_plan=words)
    yourself = Kernel(home).view("yourself")
    assert [lines[1].split(": ")[-1] for lines in asked(yourself)] == ["“run”", "“walk”"]
    choose(yourself, "take", 1)
    assert (yourself.values["coach_plan"], asked(yourself), waiting(home)) == ("walk", [], {})


def test_taking_a_decision_opens_what_waits_for_it(home):
    decided, undecided = Kernel(home), Kernel(home)
    decided.view("dreams").type(coach_dream="sail", decision="not_yet")
    undecided.view("dreams").type(coach_dream="sail", coach_passed="")
    undecided.view("dreams").type(coachee_dream="fly")
    kernel = Kernel(home)
    dreams, who_what_when = kernel.view("dreams"), kernel.view("who_what_when")
    assert who_what_when.gate is not None
    choose(dreams, "take")
    assert (dreams.values["decision"], who_what_when.gate) == ("not_yet", None)


def test_a_row_is_called_by_the_labels_of_its_fields(home):
    key = new_row()
    start = f"item.{key}"
    kernels = [Kernel(home), Kernel(home)]
    for kernel, what in zip(kernels, ("walk", "run"), strict=True):
        kernel.view("dreams").type(decision="not_yet")
        kernel.view("who_what_when").type({f"{start}.what": what, f"{start}.owner": "coach"})
    view = Kernel(home).view("who_what_when")
    label = view.field("what")["label"]
    assert asked(view)[0][0] == f"{label}, here: “run”"
    choose(view, "take")
    assert [item.what for item in said(home, Item)] == ["walk"]


def test_a_conflict_that_no_form_shows_is_settled_with_the_next_words_and_asks_nothing(home):
    here, there = Kernel(home), Kernel(home)
    there.view("yourself").type(coach_plan="walk")
    here.view("yourself").type(coach_plan="walk")
    here.view("beginning").type(day="2026-01-10")
    assert waiting(home)
    kernel = Kernel(home)
    yourself = kernel.view("yourself")
    assert asked(yourself) == []
    yourself.type(coach_goal="arrive")
    assert waiting(home) == {}
    assert {entry.held_on for entry in entries(home).values() if entry.held_on} == {date(2026, 1, 10)}
    kernel.view("closing").type(act="close_anyway")
    assert waiting(home) == {}


def test_no_word_of_either_place_is_in_a_repr(home):
    both(home, here={"coach_plan": "zq7 here"}, there={"coach_plan": "zq7 there"})
    kernel = Kernel(home)
    (conflict,) = kernel.forms._sitting.conflicts
    things = (kernel.forms, kernel.forms._sitting.place, conflict, replace(conflict, form=None))
    assert not [thing for thing in things if "zq7" in repr(thing)]
