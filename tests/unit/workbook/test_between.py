"""What is kept between two sessions, for nobody else: notes for the next one, and questions of one's own."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coaching.errors import CoachingError
from coaching.model.sharing import Audience
from coaching.workbook.home import Home
from tests.unit.forms.pages import Clock

WORDS = "zq ask about the bench"


@pytest.fixture
def clock():
    return Clock(datetime(2026, 1, 12, 9, 30, tzinfo=UTC))


@pytest.fixture
def workbook(tmp_path, clock):
    """A workbook with one session, which was held two weeks ago."""
    book = Home(tmp_path, clock).create("Ada", "Tom").workbook
    hold_session(book, date(2025, 12, 29), 1)
    return book


def hold_session(book, day, number):
    held = {"kind": "session", "id": f"01JHQF3800000000000000000{number}", "author": "coach", "visibility": "pair"}
    book.add([held | {"held_on": day, "number": number, "closed": True}])


def words(kept):
    return [one.text for one in kept]


def test_a_note_waits_for_the_next_session_and_no_longer(workbook, clock):
    workbook.between.note(WORDS)
    workbook.between.note("and the harbour", "dreams")
    assert words(workbook.between.notes()) == [WORDS, "and the harbour"]
    clock.forward(days=7)
    hold_session(workbook, clock.now.date(), 2)
    clock.forward(days=1)
    assert workbook.between.notes() == []


@pytest.mark.parametrize(("days", "is_over"), [(90, False), (91, True)])
def test_a_coachs_note_is_erased_after_ninety_days_like_every_other(workbook, clock, days, is_over):
    note = workbook.between.note(WORDS)
    clock.forward(days=days)
    assert workbook.upkeep.due() == ({note.id} if is_over else frozenset())
    workbook.upkeep.renew()
    assert workbook.upkeep.due() == frozenset()


def test_a_question_of_ones_own_stays_until_it_is_taken_away(workbook, clock):
    asked = workbook.between.ask(WORDS, "dreams")
    clock.forward(days=400)
    assert workbook.upkeep.due() == frozenset()
    assert words(workbook.between.questions()) == [WORDS]
    workbook.between.take_away(asked.label)
    assert workbook.between.questions() == []


@pytest.mark.everyday
@pytest.mark.parametrize("keep", [lambda kept: kept.note(WORDS), lambda kept: kept.ask(WORDS, "dreams")])
def test_both_are_undone_taken_away_and_erased(workbook, keep):
    kept = keep(workbook.between)
    there = lambda: words([*workbook.between.notes(), *workbook.between.questions()])  # noqa: E731
    workbook.upkeep.undo()
    assert there() == []
    workbook.upkeep.undo()
    assert there() == [WORDS]
    workbook.between.take_away(kept.id)
    assert there() == []
    workbook.upkeep.undo()
    assert there() == [WORDS]
    workbook.upkeep.erase(kept.label)
    assert there() == []
    assert WORDS not in workbook.exported()


@pytest.mark.everyday
@pytest.mark.parametrize("audience", [Audience.PAIR, Audience.OPEN])
def test_what_others_are_given_is_the_same_bytes_as_without_them(workbook, audience, without_figures):
    before = workbook.exported(audience), workbook.page(audience), workbook.sheets.page()
    workbook.between.note(WORDS)
    workbook.between.note(WORDS, "dreams")
    workbook.between.ask(WORDS, "dreams")
    assert (workbook.exported(audience), workbook.page(audience), workbook.sheets.page()) == before


@pytest.mark.everyday
@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda kept: kept.note("  \n"), "there are no words"),
        (lambda kept: [kept.ask(WORDS, "dreams") for _ in range(2)], "among your own already"),
        (lambda kept: kept.take_away("NN09"), "called 'NN09'"),
    ],
)
def test_what_cannot_be_kept_or_taken_away_is_refused(workbook, act, message):
    with pytest.raises(CoachingError, match=message):
        act(workbook.between)


def test_a_note_kept_in_the_persons_own_copy_stays(tmp_path, clock, workbook):
    workbook.write_export(tmp_path.with_name("plan.zip"))
    own = Home(tmp_path / "own", clock).import_file(tmp_path.with_name("plan.zip")).workbook
    assert own.between.note(WORDS).expires_on is None


def test_one_with_an_end_says_when(workbook, clock):
    assert workbook.between.note(WORDS).expires_on == clock.now.date() + timedelta(days=90)
