"""What the session's forms need of the home folder: who and which session can be chosen, and where words are kept."""

import errno
import os
from datetime import date, timedelta

import pytest

from coaching.errors import CoachingError, WrongKeyError
from coaching.forms.session.desk import Desk
from coaching.metrics.report import figures
from coaching.model.entries import Note, Reflection, Session
from coaching.model.vocabulary import Kind, Side
from coaching.store import last_drafted
from coaching.workbook.home import Home
from coaching.workbook.retention import Upkeep
from tests.unit.forms.pages import Clock, demo_home, entries, said
from tests.unit.store.disks import refusing
from tests.unit.store.samples import PASSPHRASE, cheap_locks


@pytest.fixture
def home(tmp_path):
    """A home folder with the demo year, on 12 January 2026."""
    return demo_home(tmp_path / "home")


@pytest.fixture
def desk(home):
    return Desk(home)


def note(context, text="walk", topic="plan"):
    """Return what a form says of one field."""
    identity = context.identity(Note, topic, topic=topic)
    fields = {"segment": "yourself", "topic": topic, "text": text}
    session = context.record(Session, context.session, "coach", number=context.number, label=context.label)
    return {identity: context.record(Note, identity, "coach", **fields), context.session: session | {"session": None}}


def drafts(home):
    return sorted(file.name for file in home.folder.glob("*/drafts/*.parquet"))


def test_without_a_workbook_nobody_sits_down(tmp_path):
    assert Desk(Home(tmp_path / "none", Clock())).open_session() is None


def test_the_next_session_is_the_one_after_the_last(desk):
    context = desk.open_session()
    assert (context.label, context.number, context.held_on, context.own) == ("S13", 13, date(2026, 1, 12), ())
    assert (context.coach.name, context.coachee.name) == ("Anselm", "Marisol")


def test_the_same_desk_and_another_find_the_same_next_session(home, desk):
    assert desk.open_session().session == desk.open_session().session == Desk(home).open_session().session


def test_what_is_known_of_a_session_is_divided_into_before_and_its_own(home, desk):
    (s12,) = said(home, Session, label="S12")
    context = desk.open_session(session=s12.id)
    assert (context.session, context.label, context.held_on) == (s12.id, "S12", date(2025, 12, 11))
    own = {entry.id for entry in context.own}
    assert own == {i for i, entry in entries(home).items() if s12.id in {entry.session, entry.id}}
    assert own.isdisjoint(context.earlier)
    assert own | set(context.earlier) == set(entries(home))
    assert {row["id"] for kind in Kind for row in context.before.rows(kind)} == set(context.earlier)


@pytest.mark.parametrize("unknown", ["", "nonsense", "01KEQR1700AAAAAAAAAAAAAAAA"])
def test_a_session_that_is_not_there_is_the_next(desk, unknown):
    assert desk.open_session(session=unknown).label == "S13"


def test_the_one_whose_session_was_last_is_the_one_to_begin_with(home):
    ana = home.create("Ana", "Bo").workbook
    desk = Desk(home)
    assert desk.open_session().coachee.name == "Marisol"
    context = desk.open_session(ana.id)
    assert (context.coachee.name, context.label) == ("Ana", "S01")
    desk.keep(context, note(context))
    assert Desk(home).open_session().coachee.name == "Ana"


def test_the_people_and_the_last_sessions_are_offered(home, desk):
    ana = home.create("Ana", "Bo").workbook
    desk = Desk(home)
    choice = desk.offered(desk.open_session(home.find("Marisol").id))
    assert [name for _, name in choice.people] == ["Ana", "Marisol"]
    assert [label.split(",")[0] for _, label in choice.sessions] == ["S13", "S12", "S11", "S10", "S09", "S08"]
    assert desk.offered(desk.open_session(ana.id)).sessions[0][1] == "S01, this one"


def test_where_one_is_chosen_those_who_are_called_alike_have_their_full_names(home):
    home.create("Marisol Prado", "Bo")
    home.create("Ana Lopez", "Bo")
    home.find("Ana").rename(Side.COACHEE, "Anita")
    desk = Desk(home)
    assert {name for _, name in desk.offered(None).people} == {"Marisol Quispe Huanca", "Marisol Prado", "Anita"}


def test_a_session_that_is_not_closed_says_so(home, desk):
    context = desk.open_session()
    desk.keep(context, note(context))
    (s12,) = said(home, Session, label="S12")
    labels = [label for _, label in desk.offered(desk.open_session(session=s12.id)).sessions]
    assert labels[:3] == ["S12, this one", "S14, the next one", "S13, Monday, 12 January, not closed yet"]


def test_what_is_kept_is_on_disk_as_a_draft_and_counts_at_once(home, desk):
    context = desk.open_session()
    desk.keep(context, note(context))
    assert said(home, Note, text="walk")[0].session == context.session
    assert len(drafts(home)) == 1
    assert figures(home.workbooks()[0].frames(), date(2026, 1, 12))["sessions_in_order"][-1] == "S13"


def test_keeping_the_same_again_writes_nothing(home, desk):
    context = desk.open_session()
    desk.keep(context, note(context))
    (file,) = home.folder.glob("*/drafts/*.parquet")
    before = file.stat().st_mtime_ns
    desk.keep(context, note(context))
    assert file.stat().st_mtime_ns == before


def test_closing_makes_the_draft_a_part_for_good_and_the_next_session_is_next(home, desk):
    context = desk.open_session()
    desk.keep(context, note(context))
    desk.close(context)
    assert drafts(home) == []
    assert said(home, Note, text="walk")
    assert desk.open_session().label == "S14"


def test_what_is_kept_after_closing_is_a_draft_again_and_nothing_is_lost(home, desk):
    context = desk.open_session()
    desk.keep(context, note(context))
    desk.close(context)
    desk.keep(context, note(context, "write", "goal"))
    assert len(drafts(home)) == 1
    desk.close(context)
    assert {found.text for found in said(home, Note, session=context.session)} == {"walk", "write"}


def test_sitting_down_again_does_not_overwrite_what_was_drafted_before(home, desk):
    context = desk.open_session()
    desk.keep(context, note(context))
    again = desk.open_session()
    assert {entry.text for entry in again.own if isinstance(entry, Note)} == {"walk"}
    desk.keep(again, note(again, "write", "goal"))
    assert {found.text for found in said(home, Note, session=context.session)} == {"walk", "write"}


def test_words_go_to_the_workbook_they_were_said_in_whoever_was_looked_at_since(home):
    ana = home.create("Ana", "Bo").workbook
    desk = Desk(home)
    context = desk.open_session(home.find("Marisol").id)
    desk.open_session(ana.id)
    desk.keep(context, note(context))
    assert said(home, Note, name="Marisol", text="walk")
    assert not said(home, Note, name="Ana")


def test_two_desks_at_one_session_keep_both_drafts_and_the_newest_words_of_one_field(home):
    one, other = Desk(home), Desk(home)
    first, second = one.open_session(), other.open_session()
    one.keep(first, note(first, "of one"))
    other.keep(second, note(second, "of the other"))
    other.keep(second, note(second, "the other's goal", "goal"))
    assert len(drafts(home)) == 2
    assert {found.text for found in said(home, Note, session=first.session)} == {"of the other", "the other's goal"}
    one.close(first)
    assert drafts(home) == []
    assert {found.text for found in said(home, Note, session=first.session)} == {"of the other", "the other's goal"}


def test_the_draft_of_a_desk_that_was_killed_is_found_by_the_next(home):
    killed = Desk(home)
    context = killed.open_session()
    killed.keep(context, note(context))
    home.clock.forward(days=2)
    found = Desk(home).open_session()
    assert (found.session, found.held_on) == (context.session, context.held_on)
    assert {entry.text for entry in found.own if isinstance(entry, Note)} == {"walk"}


def test_a_new_workbook_is_sat_down_to_at_once(desk, home):
    context, _ = desk.make("  Zoë   高橋 ", "", None)
    assert (context.coachee.name, context.coach.name, context.label) == ("Zoë", "the coach", "S01")
    desk.keep(context, note(context))
    assert said(home, Note, name="Zoë", text="walk")


@pytest.mark.parametrize("name", ["", " \t", "Marisol Quispe Huanca", "marisol  quispe HUANCA"])
def test_a_name_that_is_blank_or_taken_makes_nothing(desk, home, name):
    with pytest.raises(CoachingError):
        desk.make(name, "Bo", None)
    assert len(home.workbooks()) == 1
    assert desk.open_session().label == "S13"


def test_nobody_is_named_by_a_repr(desk):
    context = desk.open_session()
    choice = desk.offered(context)
    for thing in (desk, context, choice, context.coach, context.own, context.before):
        assert "Marisol" not in repr(thing)
        assert "Anselm" not in repr(thing)


def overdue(home):
    """Return the private notes whose 90 days are over."""
    today = home.clock.now.date()
    return [found for found in said(home, Reflection) if found.expires_on and found.expires_on < today]


def refreshed(home):
    """Return the home folder as a program finds it that was just started: no passphrase was given."""
    return Home(home.folder, home.clock)


@pytest.fixture
def locked_home(tmp_path):
    """A home folder with the locked workbook of Ana, of which nobody has given the passphrase."""
    home = Home(tmp_path / "locked", Clock())
    with cheap_locks():
        home.create("Ana", "Bo", lambda: PASSPHRASE)
    return refreshed(home)


def test_a_locked_workbook_is_counted_and_its_words_wait_for_the_passphrase(locked_home):
    desk = Desk(locked_home)
    assert desk.open_session() is None
    choice = desk.offered(None)
    assert (choice.locked, choice.people, choice.sessions) == (1, [], ())
    desk.unlock(PASSPHRASE)
    context = desk.open_session()
    assert (context.coachee.name, desk.offered(context).locked) == ("Ana", 0)


def test_a_wrong_passphrase_opens_nothing_and_the_right_one_does_after_it(locked_home):
    desk = Desk(locked_home)
    with pytest.raises(WrongKeyError, match=r"^This passphrase does not open the locked workbook\.$"):
        desk.unlock("wrong horse battery staple")
    assert desk.open_session() is None
    desk.unlock(PASSPHRASE)
    assert desk.open_session()


def test_unlocking_keeps_what_the_forms_of_an_open_workbook_know(locked_home):
    locked_home.create("Zoë", "Bo")
    desk = Desk(locked_home)
    context = desk.open_session()
    desk.keep(context, note(context))
    desk.unlock(PASSPHRASE)
    desk.keep(context, note(context, "run"))
    assert len(drafts(locked_home)) == 1
    assert {name for _, name in desk.offered(context).people} == {"Ana", "Zoë"}


def test_a_workbook_that_is_begun_with_may_still_be_locked(locked_home):
    locked_home.create("Zoë", "Bo")
    desk = Desk(locked_home, "Ana")
    assert desk.begin() is None
    desk.unlock(PASSPHRASE)
    assert desk.begin().coachee.name == desk.open_session().coachee.name == "Ana"


def test_whose_name_only_begins_like_that_of_somebody_locked_does_not_come_up_instead(locked_home):
    locked_home.create("Anabel", "Bo")
    desk = Desk(locked_home, "Ana")
    assert desk.begin() is None
    assert [name for _, name in desk.offered(None).people] == ["Anabel"]
    assert Desk(locked_home, "anabel").begin().coachee.name == "Anabel"
    desk.unlock(PASSPHRASE)
    assert desk.begin().coachee.name == "Ana"


def typed_with(home, name, **ago):
    """Type into a session with somebody, so long ago."""
    desk = Desk(home, name)
    context = desk.begin()
    home.clock.forward(**{unit: -number for unit, number in ago.items()})
    desk.keep(context, note(context))
    for draft in home.find(name).folder.glob("drafts/*.parquet"):
        os.utime(draft, (home.clock.now.timestamp(),) * 2)
    home.clock.forward(**ago)


@pytest.mark.parametrize(
    ("ana", "zoe", "first"),
    [
        ({"minutes": 5}, {"minutes": 90}, None),
        ({"minutes": 90}, {"minutes": 5}, "Zoë"),
        ({"minutes": 5}, {"days": 7}, None),
        ({"days": 7}, {"minutes": 5}, "Zoë"),
        (None, {"days": 7}, "Zoë"),
        ({"days": 7}, None, None),
    ],
)
def test_nobody_elses_session_comes_up_instead_of_the_locked_one_that_was_typed_in_last(tmp_path, ana, zoe, first):
    home = Home(tmp_path / "two", Clock())
    with cheap_locks():
        home.create("Ana", "Bo", lambda: PASSPHRASE)
    home.create("Zoë", "Bo")
    home.clock.forward(days=30)
    for name, ago in (("Ana", ana), ("Zoë", zoe)):
        if ago:
            typed_with(home, name, **ago)
    desk = Desk(refreshed(home))
    context = desk.begin()
    assert (context and context.coachee.name) == first
    desk.unlock(PASSPHRASE)
    assert desk.open_session().coachee.name == (first or "Ana")


def test_a_locked_workbook_whose_folder_of_drafts_was_left_out_of_a_copy_holds_nothing_back(locked_home):
    locked_home.create("Zoë", "Bo")
    (folder,) = refreshed(locked_home).locked()
    (folder / "drafts").rmdir()
    assert Desk(refreshed(locked_home)).begin().coachee.name == "Zoë"


def test_an_old_session_that_is_edited_now_is_not_held_back_by_an_older_draft(tmp_path):
    home = Home(tmp_path / "two", Clock())
    with cheap_locks():
        home.create("Ana", "Bo", lambda: PASSPHRASE)
    home.create("Zoë", "Bo")
    typed_with(home, "Zoë", days=3)
    typed_with(home, "Ana", days=2)
    desk = Desk(home, "Zoë")
    desk.keep(context := desk.begin(), note(context, "edited now"))
    assert Desk(refreshed(home)).begin().coachee.name == "Zoë"


def test_of_two_sessions_on_one_day_the_one_typed_in_last_is_the_one_to_begin_with(tmp_path):
    home = Home(tmp_path / "two", Clock())
    for name in ("Ana", "Zoë"):
        home.create(name, "Bo")
    for name in ("Ana", "Zoë", "Ana"):
        context = Desk(home, name).begin()
        home.clock.forward(minutes=5)
        typed = Desk(home, name)
        typed.keep(typed.open_session(context.workbook, context.session), note(context, f"walk at {home.clock.now}"))
        assert Desk(refreshed(home)).begin().coachee.name == name


@pytest.mark.parametrize("is_locked", [False, True], ids=["open", "locked"])
def test_nobody_elses_session_comes_up_in_the_middle_of_one_of_an_older_day(tmp_path, is_locked):
    home = Home(tmp_path / "two", Clock())
    with cheap_locks():
        for name in ("Ana", "Zoë"):
            home.create(name, "Bo", lambda: PASSPHRASE if is_locked else None)
    typed_with(home, "Ana", days=7)
    typed_with(home, "Zoë", hours=1)
    home.clock.forward(days=1)
    desk = Desk(home, "Ana")
    context = desk.open_session(desk.begin().workbook, desk.begin().session)
    desk.keep(context, note(context, "put right the day after"))
    again = Desk(refreshed(home))
    if is_locked:
        assert again.begin() is None
        assert again.open_session(again.unlock(PASSPHRASE)).coachee.name == "Ana"
    else:
        assert again.begin().coachee.name == "Ana"


def test_making_a_workbook_is_no_session_yet(home):
    home.create("Ana", "Bo")
    assert home.find("Ana").last_kept() is None
    assert Desk(refreshed(home)).begin().coachee.name == "Marisol"


def test_when_a_draft_was_written_is_seen_without_a_passphrase(locked_home):
    (folder,) = locked_home.locked()
    assert last_drafted(folder) is None
    locked_home.unlock(PASSPHRASE)
    typed_with(locked_home, "Ana", minutes=5)
    written = last_drafted(folder)
    assert locked_home.clock.now - written == timedelta(minutes=5)


def test_a_workbook_made_with_a_passphrase_gives_its_recovery_key_and_is_locked_for_the_next_program(tmp_path):
    home = Home(tmp_path / "none", Clock())
    desk = Desk(home)
    with cheap_locks():
        context, recovery_key = desk.make("Ana", "Bo", PASSPHRASE)
    desk.keep(context, note(context))
    assert len(recovery_key.split("-")) == 7
    assert [folder.name for folder in refreshed(home).locked()] == [context.workbook]
    assert not any(recovery_key.encode() in file.read_bytes() for file in home.folder.rglob("*") if file.is_file())


def test_a_workbook_made_without_a_passphrase_has_no_recovery_key(tmp_path):
    home = Home(tmp_path / "none", Clock())
    _, recovery_key = Desk(home).make("Ana", "Bo", None)
    assert recovery_key is None
    assert refreshed(home).locked() == []


def test_a_passphrase_that_is_too_short_makes_nothing(tmp_path):
    home = Home(tmp_path / "none", Clock())
    with pytest.raises(CoachingError, match="it is short") as error:
        Desk(home).make("Ana", "Bo", "zq7")
    assert "zq7" not in str(error.value)
    assert home.workbooks() == home.locked() == []


def test_private_notes_past_their_90_days_are_counted_and_those_that_will_be_soon(home, desk):
    context = desk.open_session()
    before = desk.offered(context)
    assert (before.over, before.soon) == (0, 0), "the invented year has ended: its deadlines are nobody's"
    desk.keep(context, note(context))
    choice = desk.offered(context)
    assert (choice.over, choice.soon) == (len(overdue(home)), 1)
    assert choice.over == 9


def test_they_are_erased_when_a_session_is_closed_and_only_then(home, desk):
    over = {found.id for found in overdue(home)}
    others = {i: e.content() for i, e in entries(home).items() if i not in over}
    context = desk.open_session()
    desk.keep(context, note(context))
    desk.open_session()
    assert len(overdue(home)) == 9
    assert desk.close(context) == 9
    assert overdue(home) == []
    now = entries(home)
    assert over.isdisjoint(now)
    assert {i: now[i].content() for i in others} == others


def test_the_clock_is_asked_about_only_while_there_is_something_to_erase(home, monkeypatch):
    home.create("Ana", "Bo")
    desk, read = Desk(home), []
    context = desk.open_session(home.find("Marisol").id)
    saves = Upkeep.saves
    monkeypatch.setattr(Upkeep, "saves", lambda upkeep: read.append(1) or saves(upkeep))
    desk.keep(context, note(context))
    assert (desk.close(context), len(read)) == (9, 1)
    for text in ("walk on", "walk on and on"):
        desk.keep(context, note(context, text))
        assert (desk.close(context), len(read)) == (0, 1)


def test_what_was_renewed_beforehand_stays_when_a_session_is_closed(home, desk):
    context = desk.open_session()
    desk.renew(context)
    assert (desk.offered(context).over, desk.offered(context).soon) == (0, 0)
    desk.keep(context, note(context))
    desk.close(context)
    assert len(said(home, Reflection)) == 12
    assert {found.expires_on for found in said(home, Reflection)} == {date(2026, 1, 12) + timedelta(days=90)}


def test_a_disk_that_refuses_to_erase_does_not_keep_the_session_from_being_closed(home, desk):
    context = desk.open_session()
    desk.keep(context, note(context))
    with refusing(1, errno.EIO, ("write",), lasting=True) as calls:
        assert desk.close(context) == 0
    assert calls
    assert drafts(home) == []
    assert said(home, Note, text="walk")
    assert len(overdue(home)) == 9
    desk.close(context)
    assert overdue(home) == []


def test_one_desk_goes_on_after_another_has_closed_the_session(home):
    one, other = Desk(home), Desk(home)
    here, there = one.open_session(), other.open_session()
    one.keep(here, note(here, "of one"))
    other.keep(there, note(there, "goal of the other", "goal"))
    other.close(there)
    one.keep(here, note(here, "of one, and more"))
    assert {found.text for found in said(home, Note, session=here.session)} == {"of one, and more", "goal of the other"}
    assert one.open_session(session=here.session).elsewhere == {}


def test_no_secret_is_in_a_repr(locked_home):
    desk = Desk(locked_home)
    desk.unlock(PASSPHRASE)
    for thing in (desk, locked_home, locked_home.unlocking, desk.offered(None), desk.open_session()):
        assert PASSPHRASE not in repr(thing)
