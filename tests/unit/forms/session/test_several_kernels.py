"""Kernels that die, and kernels that work beside each other: what each of them kept is there for the next."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from coaching.model.entries import Session
from tests.examples import COSTLY
from tests.unit.forms.pages import Kernel, drafts, notes, said, texts

FIELDS = ("coach_plan", "coach_goal", "coachee_plan")


def test_words_of_a_killed_kernel_are_found_by_the_next_and_stay_one_entry(home):
    Kernel(home).view("yourself").type(coach_plan="kept before the kernel died")
    again = Kernel(home).view("yourself")
    assert again.values["coach_plan"] == "kept before the kernel died"
    again.type(coach_plan="and after")
    assert texts(home) == {"and after"}


def test_what_a_killed_kernel_kept_is_closed_with_the_session(home):
    Kernel(home).view("yourself").type(coach_plan="kept before the kernel died")
    kernel = Kernel(home)
    kernel.view("yourself").type(coach_goal="and after")
    kernel.view("closing").type(act="close_anyway")
    assert drafts(home) == []
    assert texts(home) == {"kept before the kernel died", "and after"}


def test_a_draft_is_found_on_a_later_day_and_keeps_its_own(home):
    yourself = Kernel(home).view("yourself")
    yourself.type(coach_plan="on Monday")
    home.clock.forward(days=3)
    again = Kernel(home).view("yourself")
    assert again.values["coach_plan"] == "on Monday"
    again.type(coach_goal="on Thursday")
    assert {note.held_on.isoformat() for note in notes(home)} == {"2026-01-12"}


def test_a_draft_whose_words_were_all_cleared_does_not_hold_the_next_session_on_its_day(home):
    Kernel(home).view("yourself").type(coach_plan="a slip")
    Kernel(home).view("yourself").type(coach_plan="")
    home.clock.forward(days=21)
    beginning = Kernel(home).view("beginning")
    assert beginning.values["day"] == "2026-02-02"
    assert [label for _, label in beginning.field("session")["options"]][:2] == [
        "S13, this one",
        "S12, Thursday, 11 December 2025",
    ]


def test_two_kernels_at_one_session_keep_the_words_of_both_and_the_newest_of_one_field(home):
    one, other = Kernel(home), Kernel(home)
    one.view("yourself").type(coach_plan="of one", coachee_plan="one was first")
    other.view("yourself").type(coach_goal="of the other", coachee_plan="the other was last")
    assert texts(home) == {"of one", "of the other", "the other was last"}
    assert len(drafts(home)) == 2
    one.view("closing").type(act="close_anyway")
    assert drafts(home) == []
    assert texts(home) == {"of one", "of the other", "the other was last"}
    assert len(said(home, Session, label="S13")) == 1


@given(turns=st.lists(st.tuples(st.booleans(), st.sampled_from(FIELDS), st.sampled_from(["", "x", "y"])), max_size=6))
@COSTLY
def test_two_kernels_in_any_turn_never_lose_the_words_typed_last(home, turns):
    first = Kernel(home).view("yourself")
    first.type(dict.fromkeys(FIELDS, ""))
    Kernel(home).view("yourself").type(dict.fromkeys(FIELDS, ""))
    kernels = [Kernel(home).view("yourself"), Kernel(home).view("yourself")]
    numbers = itertools.count()
    last = {}
    for at_first, field, word in turns:
        text = word and f"{word} {next(numbers)}"
        kernels[at_first].type({field: text})
        if text:
            last[field] = text
        else:
            last.pop(field, None)
    missing = set(last.values()) - texts(home)
    assert not missing
