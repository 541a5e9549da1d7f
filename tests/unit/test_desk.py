"""What the session's forms need of the home folder: who and which session can be chosen, and where words are kept."""

from datetime import date

import pytest

from coaching.desk import HomeDesk
from coaching.entries import Note, Session
from coaching.exceptions import CoachingError
from coaching.home import Home
from coaching.metrics.report import figures
from tests.unit.forms.pages import Clock, demo_home, entries, said


@pytest.fixture
def home(tmp_path):
    """A home folder with the demo year, on 12 January 2026."""
    return demo_home(tmp_path / "home")


@pytest.fixture
def desk(home):
    return HomeDesk(home)


def note(context, text="walk", topic="plan"):
    """Return what a form says of one field."""
    identity = context.identity(Note, topic, topic=topic)
    fields = {"segment": "yourself", "topic": topic, "text": text}
    session = context.record(Session, context.session, "coach", number=context.number, label=context.label)
    return {identity: context.record(Note, identity, "coach", **fields), context.session: session | {"session": None}}


def drafts(home):
    return sorted(file.name for file in home.folder.glob("*/drafts/*"))


def test_without_a_workbook_nobody_sits_down(tmp_path):
    assert HomeDesk(Home(tmp_path / "none", Clock())).sit_down() is None


def test_the_next_session_is_the_one_after_the_last(desk):
    context = desk.sit_down()
    assert (context.label, context.number, context.held_on, context.own) == ("S13", 13, date(2026, 1, 12), ())
    assert (context.coach.name, context.coachee.name) == ("Anselm Okonjo-Berg", "Marisol Quispe Huanca")


def test_the_same_desk_and_another_find_the_same_next_session(home, desk):
    assert desk.sit_down().session == desk.sit_down().session == HomeDesk(home).sit_down().session


def test_what_is_known_of_a_session_is_divided_into_before_and_its_own(home, desk):
    (s12,) = said(home, Session, label="S12")
    context = desk.sit_down(session=s12.id)
    assert (context.session, context.label, context.held_on) == (s12.id, "S12", date(2025, 12, 11))
    own = {entry.id for entry in context.own}
    assert own == {i for i, entry in entries(home).items() if s12.id in {entry.session, entry.id}}
    assert own.isdisjoint(context.earlier)
    assert own | set(context.earlier) == set(entries(home))
    assert sum(len(frame) for frame in context.before.by_kind.values()) == len(context.earlier)


@pytest.mark.parametrize("unknown", ["", "nonsense", "01KEQR1700AAAAAAAAAAAAAAAA"])
def test_a_session_that_is_not_there_is_the_next(desk, unknown):
    assert desk.sit_down(session=unknown).label == "S13"


def test_the_one_whose_session_was_last_is_the_one_to_begin_with(home):
    ana = home.create("Ana", "Bo").workbook
    desk = HomeDesk(home)
    assert desk.sit_down().coachee.name == "Marisol Quispe Huanca"
    context = desk.sit_down(ana.id)
    assert (context.coachee.name, context.label) == ("Ana", "S01")
    desk.keep(context, note(context))
    assert HomeDesk(home).sit_down().coachee.name == "Ana"


def test_the_people_and_the_last_sessions_are_offered(home, desk):
    ana = home.create("Ana", "Bo").workbook
    desk = HomeDesk(home)
    choice = desk.offered(desk.sit_down(home.find("Marisol").id))
    assert [name for _, name in choice.people] == ["Ana", "Marisol Quispe Huanca"]
    assert [label.split(",")[0] for _, label in choice.sessions] == ["S13", "S12", "S11", "S10", "S09", "S08"]
    assert desk.offered(desk.sit_down(ana.id)).sessions[0][1] == "S01, this one"


def test_a_session_that_is_not_closed_says_so(home, desk):
    context = desk.sit_down()
    desk.keep(context, note(context))
    (s12,) = said(home, Session, label="S12")
    labels = [label for _, label in desk.offered(desk.sit_down(session=s12.id)).sessions]
    assert labels[:3] == ["S12, this one", "S14, the next one", "S13, 12 January 2026, not closed yet"]


def test_what_is_kept_is_on_disk_as_a_draft_and_counts_at_once(home, desk):
    context = desk.sit_down()
    desk.keep(context, note(context))
    assert said(home, Note, text="walk")[0].session == context.session
    assert len(drafts(home)) == 1
    assert figures(home.workbooks()[0].frames(), date(2026, 1, 12))["sessions_in_order"][-1] == "S13"


def test_keeping_the_same_again_writes_nothing(home, desk):
    context = desk.sit_down()
    desk.keep(context, note(context))
    (file,) = home.folder.glob("*/drafts/*")
    before = file.stat().st_mtime_ns
    desk.keep(context, note(context))
    assert file.stat().st_mtime_ns == before


def test_closing_makes_the_draft_a_part_for_good_and_the_next_session_is_next(home, desk):
    context = desk.sit_down()
    desk.keep(context, note(context))
    desk.close(context)
    assert drafts(home) == []
    assert said(home, Note, text="walk")
    assert desk.sit_down().label == "S14"


def test_what_is_kept_after_closing_is_a_draft_again_and_nothing_is_lost(home, desk):
    context = desk.sit_down()
    desk.keep(context, note(context))
    desk.close(context)
    desk.keep(context, note(context, "write", "goal"))
    assert len(drafts(home)) == 1
    desk.close(context)
    assert {found.text for found in said(home, Note, session=context.session)} == {"walk", "write"}


def test_sitting_down_again_does_not_overwrite_what_was_drafted_before(home, desk):
    context = desk.sit_down()
    desk.keep(context, note(context))
    again = desk.sit_down()
    assert {entry.text for entry in again.own if isinstance(entry, Note)} == {"walk"}
    desk.keep(again, note(again, "write", "goal"))
    assert {found.text for found in said(home, Note, session=context.session)} == {"walk", "write"}


def test_words_go_to_the_workbook_they_were_said_in_whoever_was_looked_at_since(home):
    ana = home.create("Ana", "Bo").workbook
    desk = HomeDesk(home)
    context = desk.sit_down(home.find("Marisol").id)
    desk.sit_down(ana.id)
    desk.keep(context, note(context))
    assert said(home, Note, name="Marisol", text="walk")
    assert not said(home, Note, name="Ana")


def test_two_desks_at_one_session_keep_both_drafts_and_the_newest_words_of_one_field(home):
    one, other = HomeDesk(home), HomeDesk(home)
    first, second = one.sit_down(), other.sit_down()
    one.keep(first, note(first, "of one"))
    other.keep(second, note(second, "of the other"))
    other.keep(second, note(second, "the other's goal", "goal"))
    assert len(drafts(home)) == 2
    assert {found.text for found in said(home, Note, session=first.session)} == {"of the other", "the other's goal"}
    one.close(first)
    assert drafts(home) == []
    assert {found.text for found in said(home, Note, session=first.session)} == {"of the other", "the other's goal"}


def test_the_draft_of_a_desk_that_was_killed_is_found_by_the_next(home):
    killed = HomeDesk(home)
    context = killed.sit_down()
    killed.keep(context, note(context))
    home.clock.forward(days=2)
    found = HomeDesk(home).sit_down()
    assert (found.session, found.held_on) == (context.session, context.held_on)
    assert {entry.text for entry in found.own if isinstance(entry, Note)} == {"walk"}


def test_a_new_workbook_is_sat_down_to_at_once(desk, home):
    context, _ = desk.make("  Zoë   高橋 ", "", None)
    assert (context.coachee.name, context.coach.name, context.label) == ("Zoë 高橋", "the coach", "S01")
    desk.keep(context, note(context))
    assert said(home, Note, name="Zoë", text="walk")


@pytest.mark.parametrize("name", ["", " \t", "Marisol Quispe Huanca", "marisol  quispe HUANCA"])
def test_a_name_that_is_blank_or_taken_makes_nothing(desk, home, name):
    with pytest.raises(CoachingError):
        desk.make(name, "Bo", None)
    assert len(home.workbooks()) == 1
    assert desk.sit_down().label == "S13"


def test_nobody_is_named_by_a_repr(desk):
    context = desk.sit_down()
    choice = desk.offered(context)
    for thing in (desk, context, choice, context.coach, context.own, context.before):
        assert "Marisol" not in repr(thing)
        assert "Anselm" not in repr(thing)
