"""What was told before stands as a quiet line in the part in which it was told, and can be told of."""

import pytest

from coaching.forms.parts.closing import CLOSE_ANYWAY
from coaching.metrics.threads import threads
from coaching.model.entries import ItemEvent, Note, Progress, Review, SegmentState, Session
from coaching.model.prompts import thread_prompt
from coaching.model.vocabulary import CoachFirst
from tests.unit.forms.pages import Kernel, said

ITEM = "01KF0000000000000000000000"


@pytest.fixture
def ana(first_home):
    """The first session of Ana and Bo, in which each has told a goal, and she a failure."""
    kernel = Kernel(first_home)
    kernel.view("yourself").type(coach_goal="To play chess", coachee_goal="To sleep", coachee_failure="I was late")
    return kernel


def close(kernel):
    kernel.view("closing").type({}, act=CLOSE_ANYWAY)


def later(home, kernel, sessions=1):
    """Hold sessions in which nothing of it is told, and sit down to the one after."""
    close(kernel)
    for _ in range(sessions - 1):
        home.clock.forward(days=7)
        again = Kernel(home)
        again.view("opening").type(arrival="Well")
        close(again)
    home.clock.forward(days=7)
    return Kernel(home)


def lines(view):
    """Return the titles of the lines in sight, and of those that are folded."""
    return titles(view, is_folded=False), titles(view, is_folded=True)


def titles(view, *, is_folded):
    found = [block for block in view.blocks() if block.get("type") == "outcomes" and block["name"] == "thread"]
    folded = [one for fold in view.blocks() if fold.get("type") == "fold" for one in fold["blocks"]]
    return [line["title"] for block in found if (block in folded) is is_folded for line in block["fixed"]]


def test_nothing_is_asked_in_the_session_in_which_it_was_told(ana):
    assert lines(ana.view("yourself")) == ([], [])


def test_in_the_next_session_each_is_a_line_the_coachs_own_first(first_home, ana):
    assert lines(later(first_home, ana).view("yourself")) == (["To play chess", "To sleep", "I was late"], [])


def test_a_line_asks_what_its_kind_of_thread_is_asked(first_home, ana):
    blocks = later(first_home, ana).view("yourself").blocks()
    asked = [block["blocks"][-1]["label"] for block in blocks if block.get("name") == "thread"]
    assert asked == [thread_prompt("goal", 2).text, thread_prompt("goal", 2).text, "What did it teach?"]


def test_a_line_says_how_it_is_now(first_home, ana):
    view = later(first_home, ana).view("yourself")
    (goal,) = said(first_home, Note, text="To sleep")
    view.type({f"thread.{goal.id}.status": "changed", f"thread.{goal.id}.text": "Five hours will do"})
    (line,) = said(first_home, Progress)
    assert (line.about, line.status, line.text, line.author) == (goal.id, "changed", "Five hours will do", "coachee")
    view.type({f"thread.{goal.id}.status": "", f"thread.{goal.id}.text": ""})
    assert said(first_home, Progress) == []


def test_the_last_words_stand_beside_it_and_what_has_ended_is_asked_no_more(first_home, ana):
    kernel = later(first_home, ana)
    goals = {note.text: note.id for note in said(first_home, Note)}
    kernel.view("yourself").type(
        {f"thread.{goals['To sleep']}.text": "Five hours", f"thread.{goals['To play chess']}.status": "reached"}
    )
    assert lines(later(first_home, kernel).view("yourself"))[0] == ["To sleep · Five hours", "I was late"]


def test_a_failure_is_asked_until_it_is_told_what_it_taught(first_home, ana):
    kernel = later(first_home, ana)
    (failure,) = said(first_home, Note, topic="failure")
    kernel.view("yourself").type({f"thread.{failure.id}.status": "told", f"thread.{failure.id}.text": "To leave early"})
    assert "I was late" not in " ".join(lines(later(first_home, kernel).view("yourself"))[0])


def test_what_nobody_touched_in_three_sessions_rests_under_a_fold(first_home, ana):
    assert lines(later(first_home, ana, 4).view("yourself")) == ([], ["To play chess", "To sleep", "I was late"])


def test_a_line_of_the_coach_opens_the_other_side(first_home, ana):
    view = later(first_home, ana).view("yourself")
    (goal,) = said(first_home, Note, text="To play chess")
    side = next(block for block in view.blocks() if block.get("title") == "Ana’s turn")
    assert {"name": f"thread.{goal.id}.text"} in side["when"]
    view.type({f"thread.{goal.id}.text": "Two games of five"})
    (state,) = said(first_home, SegmentState, session=view.key.split("/")[1])
    assert state.coach_first == CoachFirst.WRITTEN


def test_what_the_coach_told_for_nobody_else_is_in_no_line_that_both_see(first_home):
    kernel = Kernel(first_home)
    kernel.view("yourself").type({"coach_goal": "To leave", "coach_goal:seen": "private", "coachee_goal": "To sleep"})
    kernel = later(first_home, kernel)
    fold = next(block for block in kernel.view("yourself").blocks() if block.get("title") == "For you alone")
    assert [line["title"] for line in fold["blocks"][0]["fixed"]] == ["To leave"]
    assert not fold["open"]
    assert "To leave" not in str(kernel.view("opening").form)


def test_the_opening_reads_what_goes_on_before_the_promises(first_home, ana):
    kernel = later(first_home, ana)
    (fold,) = (block for block in kernel.view("opening").blocks() if block.get("name") == "going_on")
    assert [(line["about"], line["words"]) for line in fold["blocks"][0]["lines"]] == [
        ("Bo, a goal", ["To play chess"]),
        ("Ana, a goal", ["To sleep"]),
        ("Ana, a failure", ["I was late"]),
    ]


def test_done_asks_what_it_moved_and_that_is_a_line_of_what_it_serves(first_home, ana):
    close(ana)
    first_home.clock.forward(days=7)
    kernel = Kernel(first_home)
    (goal,) = said(first_home, Note, text="To sleep")
    agreed(kernel, ITEM, serves=goal.id)
    opening = later(first_home, kernel).view("opening")
    assert opening.values[f"review.{ITEM}.serves"] == "true"
    opening.type({f"review.{ITEM}.outcome": "done", f"review.{ITEM}.moved": "I slept"})
    assert [(line.about, line.text) for line in said(first_home, Progress)] == [(goal.id, "I slept")]
    (thread,) = (
        one for one in threads(first_home.workbooks()[0].frames(), first_home.clock().date()) if one.id == goal.id
    )
    assert thread.promises == (ITEM,)


def agreed(kernel, item, **fields):
    kernel.view("dreams").type(decision="not_yet")
    fields = {"what": "Sit at the back", "owner": "coachee", "by": "2026-01-22"} | fields
    kernel.view("who_what_when").type({f"item.{ITEM}.{name}": value for name, value in fields.items()})


def test_the_opening_begins_with_the_statement_in_force_large(first_home, ana):
    ana.view("dreams").type(decision="new", mission="I wake to listen.", confirmed="true")
    (first, *_) = later(first_home, ana).view("opening").form["blocks"]
    assert (first["text"], first["tone"]) == ("I wake to listen.", "statement")


def test_an_experiment_is_asked_what_it_showed_and_then_no_more(first_home, ana):
    agreed(ana, ITEM, experiment="true")
    kernel = later(first_home, ana)
    opening = kernel.view("opening")
    (tried,) = (block for block in opening.blocks() if block.get("title") == "What is being tried")
    assert [value for value, _ in tried["blocks"][0]["blocks"][0]["options"]] == ["showed", "not_yet", "let_go"]
    opening.type({f"review.{ITEM}.outcome": "showed", f"review.{ITEM}.text": "Nobody turned round"})
    (event,) = said(first_home, ItemEvent, event="showed")
    assert (event.item, event.text) == (ITEM, "Nobody turned round")
    titles = [block.get("title") for block in later(first_home, kernel).view("opening").blocks()]
    assert "What is being tried" not in titles


def test_what_a_promise_came_to_is_told_in_the_words_that_were_chosen_for_it(first_home, ana):
    agreed(ana, ITEM, level_0="Not at all", level_4="Every day")
    opening = later(first_home, ana).view("opening")
    assert [value for value, _ in opening.field(f"review.{ITEM}.level")["options"]] == ["", "Not at all", "Every day"]
    opening.type({f"review.{ITEM}.outcome": "done", f"review.{ITEM}.level": "Every day"})
    assert [review.level for review in said(first_home, Review)] == ["Every day"]


def steps(home, thread):
    """Return the lines of a thread as figures and pages have them."""
    found = threads(home.workbooks()[0].frames(), home.clock().date())
    return [step.text for one in found if one.id == thread for step in one.steps]


def test_a_line_of_a_session_that_is_closed_days_later_stays_and_is_of_the_day_of_the_session(first_home, ana):
    view = later(first_home, ana).view("yourself")
    (goal,) = said(first_home, Note, text="To sleep")
    view.type({f"thread.{goal.id}.status": "changed", f"thread.{goal.id}.text": "Five hours will do"})
    first_home.clock.forward(days=5)
    kernel = Kernel(first_home)
    assert kernel.view("yourself").values[f"thread.{goal.id}.text"] == "Five hours will do"
    kernel.view("yourself").type({f"thread.{goal.id}.text": "Six hours will do"})
    close(kernel)
    assert steps(first_home, goal.id) == ["Six hours will do"]
    (line,) = said(first_home, Progress)
    assert (line.status, line.held_on) == ("changed", said(first_home, Session, number=2)[0].held_on)


def test_a_line_is_undone_looked_up_and_erased_as_what_happened_to_a_promise_is(first_home, ana):
    kernel = later(first_home, ana)
    (goal,) = said(first_home, Note, text="To sleep")
    view = kernel.view("yourself")
    view.type(coach_plan="To walk")
    close(kernel)
    view.type({f"thread.{goal.id}.text": "Five hours will do"})
    upkeep = first_home.workbooks()[0].upkeep
    assert [entry.text for entry in upkeep.history(goal.id)] == ["Five hours will do", "To sleep"]
    for there in ([], ["Five hours will do"]):  # once more undoes that
        upkeep.undo()
        assert steps(first_home, goal.id) == there
    upkeep.erase(goal.id)
    files = [path.read_bytes() for path in first_home.folder.rglob("*") if path.is_file()]
    assert not any(words in content for content in files for words in (b"Five hours", b"To sleep"))
    assert goal.id not in {one.id for one in threads(first_home.workbooks()[0].frames(), first_home.clock().date())}


@pytest.mark.parametrize(("how", "stands"), [("stay", "Five hours"), ("take", "Six hours")])
def test_a_line_that_was_written_in_two_places_is_chosen(first_home, ana, how, stands):
    kernels = [later(first_home, ana), Kernel(first_home)]
    (goal,) = said(first_home, Note, text="To sleep")
    for kernel, words in zip(kernels, ("Six hours", "Five hours"), strict=True):
        kernel.view("yourself").type({f"thread.{goal.id}.text": words})
    view = Kernel(first_home).view("yourself")
    (asked,) = (block for block in view.blocks() if block.get("title") == "Written in two places")
    assert any("Six hours" in block.get("text", "") for block in asked["blocks"])
    view.type(act=next(block["name"] for block in asked["blocks"] if block.get("name", "").startswith(how)))
    assert [line.text for line in said(first_home, Progress)] == [stands]
    assert not first_home.workbooks()[0].upkeep.conflicts()
