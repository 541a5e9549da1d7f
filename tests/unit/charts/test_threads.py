"""Threads as lines through the sessions."""

from datetime import date

import pytest

from coaching.charts.threads import MOST, threads
from coaching.metrics.threads import Step, Thread
from coaching.model.vocabulary import LIVES, Side, ThreadKind
from tests.unit.charts.charting import HOSTILE, Seen, items

ASOF = date(2025, 3, 20)
HELD = {f"S{number}": date(2025, number, 10) for number in (1, 2, 3)}
NAMES = {"coachee": "Marisol", "coach": "Anselm"}


def step(number=1, on=date(2025, 2, 10), status=None, text=None):
    return Step(f"step {number}", on, "S2", status, text, "pair")


def thread(number=1, kind=ThreadKind.GOAL, *, owner="coachee", steps=(), words=None, **fields):
    ended = next((one for one in steps if one.status in ("reached", "let_go", "came_true")), None)
    status = ended.status if ended else LIVES[kind][0]
    told = {"label": None, "visibility": "pair", "title": None, "begun_on": HELD["S1"], "begun_in": "S1"}
    told |= {"text": words or f"Goal number {number}", "came_up": (), "promises": (), "sessions_since": 0}
    told |= {"ended_on": ended and ended.on, "ended_in": None} | fields
    return Thread(id=f"thread {number}", kind=kind, owner=Side(owner), status=status, steps=tuple(steps), **told)


def drawn(*told, start=date(2025, 1, 1), end=date(2025, 4, 1)):
    names = {"title_period": "This quarter", "names": NAMES}
    return Seen(threads(told, items(), HELD, ASOF, start=start, end=end, **names))


@pytest.mark.parametrize(
    ("steps", "finding"),
    [
        ([], "This quarter: nothing moved yet"),
        ([step(text="A little")], "This quarter: 1 moved"),
        ([step(status="reached")], "This quarter: 1 moved, 1 reached"),
        ([step(on=date(2024, 12, 1), text="A little")], "This quarter: nothing moved yet"),
    ],
)
def test_the_title_says_in_words_what_moved_and_what_came_to_its_end(steps, finding):
    assert drawn(thread(steps=steps)).finding() == finding


def test_without_threads_it_says_what_will_stand_there():
    assert drawn().finding() == "This quarter: nothing told that can move"


def test_the_coachees_stand_first_and_the_coachs_apart():
    seen = drawn(thread(1, owner="coach"), thread(2))
    assert seen.texts("who") == ["Marisol", "Anselm"]
    assert seen.texts("words") == ["Goal number 2", "Goal number 1"]


def test_what_moved_says_its_first_words_and_what_has_ended_its_end():
    seen = drawn(thread(steps=[step(text="Two games of five"), step(2, HELD["S3"], "let_go")]))
    assert seen.texts("moved-words") == ["Two games of five"]
    assert seen.texts("end-word") == ["let go"]


@pytest.mark.parametrize(
    ("begun", "ended", "shown"),
    [
        (date(2024, 12, 1), None, True),
        (date(2024, 12, 1), date(2024, 12, 31), False),
        (date(2025, 4, 1), None, False),
        (None, None, False),
    ],
)
def test_a_thread_is_shown_that_went_on_in_the_period(begun, ended, shown):
    steps = [step(on=ended, status="reached")] if ended else []
    assert bool(drawn(thread(begun_on=begun, steps=steps)).texts("words")) == shown


def test_of_sixty_the_quiet_ones_are_in_the_table_only():
    seen = drawn(*(thread(number) for number in range(1, 60)), thread(60, steps=[step(text="It moved")]))
    assert len(seen.texts("words")) == MOST
    assert "Goal number 60" in seen.texts("words")
    assert seen.texts("more") == [f"and {60 - MOST} more in the table"]


@pytest.mark.parametrize("words", HOSTILE)
def test_anybodys_words_can_be_drawn(words):
    drawn(thread(words=words, steps=[step(text=words)]))
