"""What was told and can move: where it stands, and how it went on."""

from datetime import date

import pytest

from coaching.metrics.threads import threads
from coaching.model.vocabulary import LIVES, ThreadKind

END = date(2025, 12, 31)


@pytest.fixture
def told(written):
    """Four sessions, and one thing told in the first of them, called by its id."""
    for number, on in enumerate(("01-16", "02-13", "03-13", "04-10"), start=1):
        written.session(f"S0{number}", on)
    return written


def one(written, asof=END):
    (thread,) = threads(written.frames(), asof)
    return thread


@pytest.mark.parametrize("kind", list(ThreadKind))
def test_a_thread_begins_where_it_is_told_and_goes_on(told, kind):
    told.thread("S01", kind, "To sail")
    thread = one(told)
    assert (thread.kind, thread.words, thread.status) == (kind, "To sail", LIVES[kind][0])
    assert (thread.begun_in, thread.begun_on) == (told.id("session", "S01"), date(2025, 1, 16))
    assert not thread.is_over


@pytest.mark.parametrize(("kind", "status"), [(kind, status) for kind in ThreadKind for status in LIVES[kind]])
def test_a_thread_stands_where_its_newest_line_says(told, kind, status):
    told.thread("S01", kind, "To sail")
    told.progress("S02", "To sail", LIVES[kind][-1], "First words")
    told.progress("S03", "To sail", status, "Later words")
    thread = one(told)
    assert thread.status == status
    assert [step.text for step in thread.steps] == ["First words", "Later words"]
    assert thread.ended_in == (told.id("session", "S03") if status in ("came_true", "reached", "let_go") else None)


@pytest.mark.parametrize(
    ("kind", "fields", "status"),
    [
        ("dream", {"dream_status": "resting"}, "resting"),
        ("dream", {"dream_status": "came_true"}, "came_true"),
        ("becoming", {"becoming_status": "reached"}, "reached"),
        ("becoming", {"becoming_status": "let_go"}, "let_go"),
    ],
)
def test_what_an_entry_says_of_itself_counts_until_a_line_says_more(told, kind, fields, status):
    told.thread("S01", kind, "To sail", **fields)
    told.progress("S02", "To sail", text="Only words")
    assert one(told).status == status
    told.progress("S03", "To sail", LIVES[kind][0])
    assert one(told).status == LIVES[kind][0]


def test_a_status_that_a_thread_cannot_have_is_passed_over(told):
    told.thread("S01", "goal", "To sail").progress("S02", "To sail", "came_true", "Wonderful")
    assert (one(told).status, one(told).steps[0].text) == ("alive", "Wonderful")


def test_a_failure_is_over_once_it_is_told_what_it_taught(told):
    told.thread("S01", "failure", "To sail")
    assert not one(told).is_over
    told.progress("S02", "To sail", text="To ask first")
    assert one(told).is_over


def test_what_comes_later_is_not_known_yet(told):
    told.thread("S01", "goal", "To sail").progress("S03", "To sail", "reached")
    assert one(told, date(2025, 3, 12)).status == "alive"


def test_a_thread_rests_when_it_was_touched_in_none_of_three_sessions(told):
    told.thread("S01", "goal", "To sail")
    assert (one(told).sessions_since, one(told).rests) == (3, True)
    told.progress("S02", "To sail", text="A little")
    assert (one(told).sessions_since, one(told).rests) == (2, False)


def test_that_a_dream_came_up_touches_it(told):
    told.thread("S01", "dream", "To sail")
    told.segment("S03", "dreams", dreams=(told.id("thread", "To sail"),))
    assert (one(told).came_up, one(told).sessions_since) == ((told.id("session", "S03"),), 1)


def test_the_promises_that_serve_a_thread(told):
    told.thread("S01", "goal", "To sail")
    told.item("I01", "02-13", "03-06", goal=told.id("thread", "To sail")).item("I02", "02-13", "03-06")
    assert one(told).promises == (told.id("item", "I01"),)


@pytest.mark.parametrize("fields", [{"text": "  "}, {"text": None}, {"dream_status": "erased"}])
def test_what_says_nothing_is_no_thread(told, fields):
    told.thread("S01", "dream", **{"text": "To sail", "id": told.id("thread", "a dream")} | fields)
    assert threads(told.frames(), END) == ()
