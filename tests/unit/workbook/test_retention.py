"""The life of what is kept: its history, taken back, renewed, erased, and what waits for a choice."""

import errno
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given

from coaching.errors import CoachingError, StoreError
from coaching.model.entries import Dream, Note, Reflection
from coaching.model.erasure import together_with
from coaching.model.ids import derived_id
from coaching.model.revisions import latest
from coaching.store import create
from coaching.workbook.home import Home
from tests.examples import COSTLY
from tests.strategies import TRACES, entries, plantable, planted
from tests.unit.forms.pages import Clock
from tests.unit.store.disks import refusing

SECRET = "nobody but me"  # noqa: S105 - words that must not be left anywhere
NOTE, DREAM, EVENT, PRIVATE, OTHER = (derived_id(None, name) for name in ("n", "d", "e", "r", "o"))
TODAY = date(2026, 1, 12)


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home", Clock())


@pytest.fixture
def workbook(home):
    """The workbook of Ana, coached by Bo, in which only the two of them are named so far."""
    return home.create("Ana", "Bo").workbook


def note(text, identity=NOTE, **fields):
    common = {"kind": "note", "id": identity, "author": "coachee", "visibility": "pair", "segment": "dreams"}
    return common | {"topic": "dream", "text": text, "label": "N01"} | fields


def dream(title, **fields):
    common = {"kind": "dream", "id": DREAM, "author": "coachee", "visibility": "pair", "label": "D01"}
    return common | {"title": title} | fields


def event(text):
    common = {"kind": "progress", "id": EVENT, "author": "coachee", "visibility": "pair", "about": DREAM}
    return common | {"text": text}


def private(expires_on, identity=PRIVATE, text=SECRET, **fields):
    common = {"kind": "reflection", "id": identity, "author": "coach", "visibility": "private"}
    return common | {"text": text, "expires_on": expires_on} | fields


def again(home):
    """Return the workbook as another program reads it."""
    return Home(home.folder, home.clock).workbooks()[0]


def current(home):
    return again(home)._ledger.latest()


def texts(home, reference=NOTE):
    return [entry.text for entry in again(home).upkeep.history(reference)]


def on_disk(home):
    """Return the words of all revisions on disk."""
    return str([entry.model_dump() for entry in again(home)._ledger.history()])


def draft(workbook, record):
    """Keep a record as a draft of the session at hand, and return the session."""
    here = workbook.open_session().session
    workbook.keep(here, {record["id"]: record | {"session": here}})
    return here


class TestHistory:
    @pytest.mark.parametrize("reference", ["N01", "n01", " N01\n", NOTE, NOTE.lower()])
    def test_an_entry_is_found_by_its_short_name_and_by_its_id(self, home, workbook, reference):
        for text in ("walk", "run", "rest"):
            workbook.add([note(text)])
        assert texts(home, reference) == ["rest", "run", "walk"]

    def test_people_are_called_by_their_names_and_others_by_their_short_names(self, workbook):
        workbook.add([note("walk"), note("run", OTHER, label=None)])
        names = workbook.upkeep.names()
        assert (names[NOTE], OTHER in names) == ("N01", False)
        assert workbook.name in names.values()

    @pytest.mark.parametrize("reference", ["N02", "", "  ", "walk"])
    def test_what_is_no_name_of_an_entry_is_said_to_be_none(self, workbook, reference):
        workbook.add([note("walk"), note("run", OTHER, label=None)])
        with pytest.raises(
            CoachingError, match=r"^No entry is called '.*'; give its short name, such as I07 or M4, or"
        ):
            workbook.upkeep.history(reference)

    def test_of_two_entries_with_one_name_the_ids_are_named_and_no_words(self, workbook):
        workbook.add([note(SECRET), note(SECRET, OTHER)])
        with pytest.raises(CoachingError, match=r"^More than one entry is called 'N01': ") as error:
            workbook.upkeep.history("N01")
        assert NOTE in str(error.value)
        assert OTHER in str(error.value)
        assert SECRET not in str(error.value)

    def test_a_draft_is_a_revision_too(self, home, workbook):
        workbook.add([note("walk")])
        draft(workbook, note("run"))
        assert texts(home) == ["run", "walk"]


class TestErase:
    def test_an_entry_goes_with_all_its_revisions(self, home, workbook):
        workbook.add([note(SECRET), note("stays", OTHER, label="N02")])
        workbook.add([note(f"{SECRET} and you")])
        erased = workbook.upkeep.erase("N01")
        assert (erased.entries, erased.problems) == (1, ())
        assert SECRET not in on_disk(home)
        assert not any(SECRET.encode() in file.read_bytes() for file in home.folder.rglob("*") if file.is_file())
        assert current(home)[OTHER].text == "stays"

    def test_a_dream_goes_with_what_was_told_of_it_and_stays_as_an_empty_place(self, home, workbook):
        workbook.add([dream(SECRET), event(SECRET), note("stays")])
        assert workbook.upkeep.erase("d01").entries == 2
        assert SECRET not in on_disk(home)
        found = current(home)[DREAM]
        assert isinstance(found, Dream)
        assert (found.erased, found.withdrawn, found.dream_status, found.label) == (True, None, "erased", "D01")
        assert current(home)[EVENT].withdrawn

    def test_of_an_erased_entry_the_history_is_its_empty_place(self, home, workbook):
        workbook.add([note("walk")])
        workbook.upkeep.erase("N01")
        (place,) = again(home).upkeep.history("N01")
        assert (place.erased, place.text) == (True, None)

    def test_an_erased_entry_can_be_erased_again_and_nothing_comes_back(self, home, workbook):
        workbook.add([note(SECRET)])
        workbook.upkeep.erase("N01")
        workbook.upkeep.erase("N01")
        assert texts(home) == [None]

    def test_what_is_said_in_a_session_that_is_not_closed_is_erased_too(self, home, workbook):
        here = draft(workbook, note(SECRET))
        workbook.upkeep.erase("N01")
        assert texts(home) == [None]
        workbook.close(here)
        assert texts(home) == [None]

    def test_a_file_that_cannot_be_read_is_named_as_one_that_may_still_hold_the_words(self, workbook):
        workbook.add([note(SECRET)])
        (workbook.folder / "entries" / "cut.parquet").write_bytes(b"PAR1")
        erased = workbook.upkeep.erase("N01")
        assert [problem.split(" ")[0] for problem in erased.problems] == ["entries/cut.parquet"]

    @given(entries(max_size=8).filter(bool))
    @COSTLY
    def test_no_word_of_an_erased_entry_is_read_again_and_everything_else_stays(self, history):
        """Whatever the entries, and however many revisions they have."""
        victim = history[0].id
        gone = together_with(victim, history)
        history = [
            (
                planted(entry, set(plantable(entry.kind)) - {"label", "held_on", "number"})
                if entry.id in gone
                else entry
            ).model_copy(update={"rev": rev, "base": None, "erased": None})
            for rev, entry in enumerate(history, start=1)
        ]
        with TemporaryDirectory() as folder:
            home = Home(Path(folder), Clock())
            create(home.folder / OTHER, workbook=OTHER, holder="coach", passphrase=None).store.save(history)
            again(home).upkeep.erase(victim)
            left = again(home)._ledger.history()
        assert [entry for entry in left if entry.id not in gone] == sorted(
            (entry for entry in history if entry.id not in gone), key=lambda entry: entry.rev
        )
        places = [entry for entry in left if entry.id in gone]
        assert {entry.id: entry.erased for entry in places} == dict.fromkeys(gone, True)
        assert len(places) == len(gone)
        said = str([entry.model_dump(exclude={"rev", "saved_at"}) for entry in places])
        assert not [trace for trace in TRACES if trace in said]


class TestPrivateNotes:
    @pytest.mark.parametrize(
        ("days", "within", "is_over"),
        [(-1, 0, True), (0, 0, False), (1, 0, False), (13, 14, True), (14, 14, False), (None, 9999, False)],
    )
    def test_a_note_is_over_after_its_last_day_and_soon_before_it(self, workbook, days, within, is_over):
        workbook.add([private(None if days is None else TODAY + timedelta(days=days))])
        assert [n.id for n in workbook.upkeep.expired(timedelta(days=within))] == [PRIVATE] * is_over

    def test_the_note_that_is_over_longest_comes_first(self, workbook):
        workbook.add([private(date(2025, 12, 1)), private(date(2025, 11, 1), OTHER)])
        assert [found.id for found in workbook.upkeep.expired()] == [OTHER, PRIVATE]

    def test_those_that_are_over_are_erased_in_every_revision_and_the_others_stay(self, home, workbook):
        workbook.add([private(date(2025, 12, 1)), private(TODAY, OTHER, "stays")])
        workbook.add([private(date(2025, 12, 2), text=f"{SECRET}, and more")])
        assert workbook.upkeep.erase_expired().entries == 1
        assert SECRET not in on_disk(home)
        assert current(home)[OTHER].text == "stays"
        assert workbook.upkeep.erase_expired().entries == 0

    def test_without_any_that_is_over_nothing_is_written(self, workbook):
        workbook.add([private(TODAY)])
        before = {file.name for file in (workbook.folder / "entries").iterdir()}
        assert workbook.upkeep.erase_expired().entries == 0
        assert {file.name for file in (workbook.folder / "entries").iterdir()} == before

    def test_of_a_note_that_was_taken_back_the_words_go_from_the_history_when_its_time_is_over(self, home, workbook):
        here = draft(workbook, private(TODAY + timedelta(days=90)))
        workbook.close(here)
        workbook.open_session(here)
        workbook.keep(here, {PRIVATE: None})
        workbook.close(here)
        assert workbook.upkeep.erase_expired().entries == 0
        assert SECRET in on_disk(home)
        home.clock.forward(days=91)
        assert workbook.upkeep.expired() == []
        assert workbook.upkeep.erase_expired().entries == 1
        assert SECRET not in on_disk(home)
        assert workbook.upkeep.erase_expired().entries == 0

    def test_those_of_a_session_that_is_not_closed_stay_until_it_is(self, home, workbook):
        here = draft(workbook, private(date(2025, 12, 1)))
        assert workbook.upkeep.erase_expired().entries == 0
        assert current(home)[PRIVATE].text == SECRET
        workbook.close(here)
        assert workbook.upkeep.erase_expired().entries == 1

    def test_renewing_keeps_all_that_have_an_end_for_90_days_from_today(self, home, workbook):
        workbook.add([private(date(2025, 12, 1)), private(None, OTHER, "without an end")])
        assert [found.expires_on for found in workbook.upkeep.renew()] == [date(2025, 12, 1)]
        found = current(home)
        assert (found[PRIVATE].expires_on, found[OTHER].expires_on) == (TODAY + timedelta(days=90), None)
        assert found[PRIVATE].text == SECRET
        assert workbook.upkeep.expired() == []
        assert workbook.upkeep.conflicts() == {}

    def test_renewing_twice_on_one_day_writes_once(self, home, workbook):
        workbook.add([private(date(2025, 12, 1))])
        workbook.upkeep.renew()
        workbook.upkeep.renew()
        assert len(again(home).upkeep.history(PRIVATE)) == 2

    def test_nothing_that_was_taken_back_or_erased_is_renewed(self, workbook):
        workbook.add([private(date(2025, 12, 1))])
        workbook.upkeep.erase_expired()
        assert workbook.upkeep.renew() == []

    def test_when_the_disk_refuses_nothing_is_renewed(self, home, workbook):
        workbook.add([private(date(2025, 12, 1))])
        with refusing(1, errno.ENOSPC), pytest.raises(StoreError, match="nothing was changed") as error:
            workbook.upkeep.renew()
        assert SECRET not in str(error.value)
        assert current(home)[PRIVATE].expires_on == date(2025, 12, 1)


class TestUndo:
    def test_the_last_act_is_taken_back_and_told(self, home, workbook):
        workbook.add([note("walk")])
        workbook.add([note("run"), note("rest", OTHER)])
        undone = workbook.upkeep.undo()
        assert {entry.text for entry in undone if isinstance(entry, Note)} == {"run", "rest"}
        assert current(home)[NOTE].text == "walk"
        assert current(home)[OTHER].withdrawn

    def test_once_more_brings_it_back(self, home, workbook):
        workbook.add([note("walk")])
        workbook.add([note("run"), note("rest", OTHER)])
        workbook.upkeep.undo()
        workbook.upkeep.undo()
        found = current(home)
        assert (found[NOTE].text, found[OTHER].text, found[OTHER].withdrawn) == ("run", "rest", None)
        assert workbook.upkeep.conflicts() == {}

    def test_of_a_new_workbook_there_is_nothing_to_take_back(self, workbook):
        with pytest.raises(CoachingError, match=r"^There is nothing to undo: all that is kept came in one act"):
            workbook.upkeep.undo()

    def test_while_a_session_is_not_closed_nothing_is_taken_back(self, home, workbook):
        workbook.add([note("walk")])
        draft(workbook, note("run", OTHER))
        with pytest.raises(CoachingError, match=r"^A session is not closed yet; change it in its forms, or close it"):
            workbook.upkeep.undo()
        assert current(home)[NOTE].text == "walk"

    def test_what_was_erased_stays_erased(self, home, workbook):
        workbook.add([note(SECRET)])
        workbook.upkeep.erase("N01")
        with pytest.raises(CoachingError, match=r"^The last act erased something; that cannot be undone\.$"):
            workbook.upkeep.undo()
        assert texts(home) == [None]

    def test_when_the_disk_refuses_nothing_is_taken_back(self, home, workbook):
        workbook.add([note("walk")])
        with refusing(1, errno.ENOSPC), pytest.raises(StoreError, match="nothing was changed"):
            workbook.upkeep.undo()
        assert texts(home) == ["walk"]

    def test_a_renewal_is_taken_back_like_any_other_act(self, home, workbook):
        workbook.add([private(date(2025, 12, 1))])
        workbook.upkeep.renew()
        workbook.upkeep.undo()
        found = current(home)[PRIVATE]
        assert isinstance(found, Reflection)
        assert found.expires_on == date(2025, 12, 1)


class TestConflicts:
    def test_what_two_programs_wrote_from_the_same_words_is_a_conflict(self, home, workbook):
        workbook.add([note("walk")])
        other = again(home)
        here, _ = workbook.open_session().session, other.open_session()
        workbook.keep(here, {NOTE: note("run")})
        other.keep(here, {NOTE: note("rest")})
        (others,) = again(home).upkeep.conflicts().values()
        assert [entry.text for entry in others] == ["run"]
        workbook.close(here)
        assert list(again(home).upkeep.conflicts()) == [NOTE]

    def test_what_was_written_after_another_is_none(self, workbook):
        for text in ("walk", "run", "rest"):
            workbook.add([note(text)])
        assert workbook.upkeep.conflicts() == {}
        assert latest(workbook._ledger.history())[NOTE].text == "rest"


def test_nothing_that_was_said_is_in_a_repr(workbook):
    workbook.add([note(SECRET), private(date(2025, 12, 1))])
    things = (workbook.upkeep, workbook._ledger, workbook.upkeep.history("N01"), workbook.upkeep.expired())
    things += (workbook.upkeep.renew(), workbook.upkeep.undo(), workbook.upkeep.erase("N01"))
    assert repr(workbook._ledger) == f"<Ledger {workbook.id}>"
    assert not [thing for thing in things if SECRET in repr(thing)]
