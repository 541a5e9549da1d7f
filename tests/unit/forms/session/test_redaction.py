"""What should not be in writing: chosen from what was said today, and erased at once."""

import pytest

from coaching.model.entries import ItemEvent, Note, Review, Session
from tests.unit.forms.pages import Kernel, entries, said

WORDS = "my manager before you never listened"


@pytest.fixture
def closing(kernel):
    return kernel.view("closing")


def listed(closing):
    """Ask for the list of what was written, and return it by its words."""
    closing.type(act="list_words")
    found = [block for block in closing.blocks() if block.get("name") == "erase_words"]
    return {words: identity for identity, words in found[0]["options"] if identity} if found else {}


def erase(closing, identity):
    closing.type(erase_words=identity)
    closing.type(act="erase")


def in_any_file(home, words):
    """Tell whether a workbook that is not encrypted holds words in any file."""
    return any(words.encode() in path.read_bytes() for path in home.folder.rglob("*") if path.is_file())


def test_before_anything_is_written_it_says_so(closing):
    assert listed(closing) == {}
    assert "Nothing was written today." in [block.get("text") for block in closing.blocks()]


def test_what_was_said_today_is_listed_in_short_and_nothing_from_before(kernel, closing):
    kernel.view("yourself").type(coach_plan="a plan", coachee_failure=f"{WORDS}, and " + "on " * 40)
    found = list(listed(closing))
    assert found[0] == "a plan"
    assert found[1].startswith(WORDS)
    assert found[1].endswith(" …")
    assert len(found) == 2


def test_what_is_private_is_not_listed_as_the_other_side_looks_on(kernel, closing):
    kernel.view("preparation").type(mind="ask about the oven")
    kernel.view("yourself").type({"coach_plan": "a plan", "coach_plan:seen": "private"})
    closing.type({"reflection": "she seemed tired", "parked.01JHP6HR004H7MWGQV1VHJSN13.text": "the budget"})
    assert listed(closing) == {}


def test_it_is_in_no_file_and_in_no_form_and_the_session_goes_on(home, kernel, closing):
    yourself = kernel.view("yourself")
    yourself.type(coach_plan="a plan", coachee_failure=WORDS)
    assert in_any_file(home, WORDS)
    erase(closing, listed(closing)[WORDS])
    assert not in_any_file(home, WORDS)
    assert (yourself.values.get("coachee_failure", ""), yourself.values["coach_plan"]) == ("", "a plan")
    yourself.type(coachee_failure="something else")
    closing.type(act="close_anyway")
    (session,) = said(home, Session, number=13)
    assert {note.text for note in said(home, Note, session=session.id)} == {"a plan", "something else"}


def test_what_was_told_of_a_promise_goes_with_its_event(home, kernel, closing):
    opening = kernel.view("opening")
    title = next(block for block in opening.blocks() if block.get("title") == "Your promises")
    item = title["blocks"][0]["fixed"][0]["key"]
    opening.type({f"review.{item}.outcome": "partly", f"review.{item}.text": WORDS})
    assert [found.text for model in (Review, ItemEvent) for found in said(home, model, text=WORDS)] == [WORDS] * 2
    erase(closing, listed(closing)[WORDS])
    assert not in_any_file(home, WORDS)


def test_without_a_choice_nothing_is_erased(home, kernel, closing):
    kernel.view("yourself").type(coach_plan="a plan")
    listed(closing)
    before = entries(home)
    closing.type(act="erase")
    assert entries(home) == before


def test_another_window_that_still_shows_the_words_brings_them_not_back(home, kernel, closing):
    kernel.view("yourself").type(coach_plan=WORDS)
    other = Kernel(home).view("yourself")
    erase(closing, listed(closing)[WORDS])
    other.type(coach_plan=f"{WORDS}!")
    assert "was erased meanwhile" in other.refusals[-1]
    assert not in_any_file(home, WORDS)


@pytest.mark.parametrize("field", ["takeaway", "said_back"])
@pytest.mark.parametrize("order", ["press, press", "press, older, press"])
def test_a_message_that_a_page_sends_again_or_late_brings_them_not_back(home, closing, field, order):
    closing.type({field: f"{WORDS} once"})
    identity = listed(closing)[f"{WORDS} once"]
    older = closing.message({field: "she sighed"})
    press = closing.message({field: WORDS, "erase_words": identity}, act="erase")
    for message in order.split(", "):
        closing.deliver({"older": older, "press": press}[message])
    assert not in_any_file(home, WORDS)
    assert closing.refusals == []
