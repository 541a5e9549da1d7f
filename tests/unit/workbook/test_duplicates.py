"""Folders that sync tools and file managers rename or double: opened as what they hold, and what only one has named."""

import shutil
import sys
from datetime import UTC, datetime, timedelta

import pytest

from coaching import store
from coaching.__main__ import main
from coaching.errors import CoachingError, UnknownWorkbookError, WrongKeyError
from coaching.formats import bundle
from coaching.model.ids import derived_id
from coaching.model.vocabulary import Side
from coaching.store.backup import backup as backups
from coaching.workbook import passphrases
from coaching.workbook.home import Home
from tests.unit.locks import MAYA, NEW, OTHER, PASSPHRASE, everything
from tests.unit.store.samples import cheap_locks

NOW = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
BEFORE, HERE, THERE = "said before the folder was doubled", "said here alone", "said in the other folder alone"


class Ticking:
    """A clock that never gives the same moment twice."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


CLOCK = Ticking()


def says(workbook, name, text, **fields):
    note = {"kind": "note", "id": derived_id(None, name), "author": "coach", "visibility": "pair", "text": text}
    workbook.add([note | {"segment": "dreams", "topic": "dream"} | fields])


def texts(workbook):
    return {entry.text for entry in workbook._ledger.latest().values() if entry.kind == "note" and entry.text}


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home", CLOCK)


@pytest.fixture
def workbook(home):
    made = home.create("Maya", "Ana").workbook
    says(made, "before", BEFORE)
    return made


def doubled(home, workbook, name="{} (1)"):
    """Double a workbook's folder, and say something in each of the two that the other lacks."""
    second = home.folder / name.format(workbook.id)
    shutil.copytree(workbook.folder, second)
    elsewhere = home.folder.with_name("elsewhere")
    elsewhere.mkdir(exist_ok=True)
    second.rename(elsewhere / workbook.id)
    says(Home(elsewhere, CLOCK).workbooks()[0], "there", THERE)
    (elsewhere / workbook.id).rename(second)
    says(workbook, "here", HERE)
    return second


@pytest.fixture(params=["{} (1)", "{} (Ana's conflicted copy 2025-03-04)", "{}~", "lower", "Maya"])
def renamed(request, home, workbook):
    """Return the only folder of a workbook, under another name."""
    name = workbook.id.lower() if request.param == "lower" else request.param.format(workbook.id)
    return workbook.folder.rename(home.folder / name)


def test_an_only_folder_is_opened_whatever_it_is_called(home, renamed):
    (opened,) = home.workbooks()
    assert (opened.name, opened.folder, home.problems()) == ("Maya", renamed, [])
    assert home.find("Maya").id == home.find(opened.id).id == opened.id
    assert home.folder_of(opened.id) == renamed
    says(opened, "here", HERE)
    assert texts(Home(home.folder, CLOCK).find("Maya")) == {BEFORE, HERE}


def test_it_is_erased(home, renamed):
    assert home.erase(renamed) > 0
    assert (home.workbooks(), home.problems()) == ([], [])
    assert [path for path in home.folder.iterdir() if not path.name.startswith(".coaching")] == []


def test_one_entry_of_it_is_erased(home, renamed):
    home.find("Maya").upkeep.erase(derived_id(None, "before"))
    assert BEFORE.encode() not in b"".join(file.read_bytes() for file in renamed.rglob("*") if file.is_file())


def test_its_backup_gives_it_its_own_name_back(home, renamed, tmp_path):
    done = backups.backup(home.folder, tmp_path / "backup")
    (opened,) = home.workbooks()
    assert (done.workbooks, done.left_out) == ((opened.id,), ())
    backups.restore(tmp_path / "backup", tmp_path / "restored")
    (restored,) = Home(tmp_path / "restored", CLOCK).workbooks()
    assert (restored.folder.name, texts(restored)) == (opened.id, {BEFORE})


def test_nothing_is_restored_beside_it(home, workbook, tmp_path):
    backups.backup(home.folder, tmp_path / "backup")
    workbook.folder.rename(home.folder / "renamed")
    before = everything(home.folder)
    with pytest.raises(CoachingError, match=f"{workbook.id} is in the home folder already"):
        backups.restore(tmp_path / "backup", home.folder)
    assert everything(home.folder) == before


def test_a_file_is_brought_into_it(home, renamed, tmp_path):
    (opened,) = home.workbooks()
    opened.write_export(tmp_path / "maya.json")
    done = home.import_file(tmp_path / "maya.json")
    assert (done.workbook.folder, done.added.new) == (renamed, 0)
    assert len(home.workbooks()) == 1


def test_the_other_sides_bundle_goes_back_into_it(home, renamed, tmp_path):
    (opened,) = home.workbooks()
    opened.write_export(tmp_path / "maya.zip")
    theirs = Home(tmp_path / "theirs", CLOCK).import_file(tmp_path / "maya.zip").workbook
    says(theirs, "there", THERE, author="coachee")
    theirs.write_export(tmp_path / "back.zip")
    assert bundle.load("back.zip", (tmp_path / "back.zip").read_bytes())["holder"] == Side.COACHEE
    assert home.import_file(tmp_path / "back.zip").workbook.folder == renamed
    assert texts(home.find("Maya")) == {BEFORE, THERE}


@pytest.fixture
def locked(shelf):
    """Return the folder of a locked workbook under another name, and its id."""
    folder = shelf.folder(MAYA)
    return folder.rename(shelf.home / f"{folder.name} (1)"), folder.name


def test_a_locked_one_is_unlocked_and_gets_another_passphrase_and_another_key(shelf, locked):
    folder, identity = locked
    home = Home(shelf.home, CLOCK)
    assert folder in home.locked()
    assert home.folder_of(identity) == home.folder_of(folder.name) == folder
    home.unlock(PASSPHRASE)
    passphrases.change(home, MAYA, NEW)
    passphrases.rotate(home, MAYA, NEW, lambda _recovery_key: None)
    assert store.unlock(folder, NEW) == home.unlocking.keys(folder)
    assert home.find(MAYA).problems() == []


def test_a_locked_one_is_recovered_by_its_id(shelf, locked):
    folder, identity = locked
    passphrases.recover(Home(shelf.home, CLOCK), identity, shelf.recovery_keys[MAYA], lambda: NEW)
    assert store.unlock(folder, NEW).data


def test_a_keyring_knows_it_by_its_id(shelf, locked, vault):
    folder, identity = locked
    home = Home(shelf.home, CLOCK)
    home.unlock(PASSPHRASE)
    passphrases.remember(home, MAYA, PASSPHRASE)
    assert [name for _, name in vault.kept] == [identity]
    assert folder not in Home(shelf.home, CLOCK).locked()


def test_nothing_is_made_beside_one_that_is_locked(shelf, locked, tmp_path):
    home = Home(shelf.home, CLOCK)
    home.unlock(PASSPHRASE)
    home.find(MAYA).write_export(tmp_path / "maya.json")
    before = everything(shelf.home)
    with pytest.raises(CoachingError, match=f"{locked[1]} is locked; give its passphrase first"):
        Home(shelf.home, CLOCK).import_file(tmp_path / "maya.json")
    assert everything(shelf.home) == before


# Two folders of one workbook


def test_what_only_a_second_folder_has_is_named_and_brought_in(home, workbook):
    second = doubled(home, workbook)
    (problem,) = home.problems()
    named = f"{second.name} is a second folder of the workbook in {workbook.id} and has 1 entry that it lacks: "
    assert problem == f"{named}\"coaching import '{second}'\" brings it in."
    assert "remove" not in problem
    before = everything(second)
    done = home.import_folder(second, lambda: None)
    assert (done.workbook.id, done.added.new, done.warnings) == (workbook.id, 1, ())
    assert texts(home.find("Maya")) == {BEFORE, HERE, THERE}
    assert everything(second) == before


def test_only_a_second_folder_that_says_nothing_more_may_be_removed(home, workbook):
    second = doubled(home, workbook)
    home.import_folder(second, lambda: None)
    is_second = f"{second.name} is a second folder of the workbook in {workbook.id}"
    assert home.problems() == [f"{is_second} and says nothing that is not there too: it may be removed."]
    assert home.import_folder(second, lambda: None).added.new == 0
    shutil.rmtree(second)
    assert home.problems() == []
    assert texts(Home(home.folder, CLOCK).find("Maya")) == {BEFORE, HERE, THERE}


def test_two_renamed_folders_without_the_original_become_one(home, workbook):
    second = doubled(home, workbook, "{} (2)")
    workbook.folder.rename(home.folder / f"{workbook.id} (1)")
    (opened,) = home.workbooks()
    assert (opened.folder.name, texts(opened)) == (f"{workbook.id} (1)", {BEFORE, HERE})
    (problem,) = home.problems()
    assert problem.startswith(f"{second.name} is a second folder of the workbook in {workbook.id} (1) and has 1 entry")
    home.import_folder(second, lambda: None)
    assert texts(home.find("Maya")) == {BEFORE, HERE, THERE}


def test_a_second_folder_elsewhere_is_brought_in_too(home, workbook, tmp_path):
    second = doubled(home, workbook).rename(tmp_path / "from the old computer")
    assert home.problems() == []
    home.import_folder(second, lambda: None)
    assert texts(home.find("Maya")) == {BEFORE, HERE, THERE}


def test_words_that_wait_in_a_draft_come_in_as_well(home, workbook):
    second = doubled(home, workbook)
    session = derived_id(None, "session")
    draft = workbook._ledger.store
    draft.draft(session, "tab", [next(e for e in workbook._ledger.history() if e.kind == "note")])
    shutil.copytree(workbook.folder / "drafts", second / "drafts", dirs_exist_ok=True)
    for file in (workbook.folder / "drafts").iterdir():
        file.unlink()
    for file in (second / "entries").iterdir():
        if file.name != f"{'0' * 26}.parquet":
            file.unlink()
    home.import_folder(second, lambda: None)
    assert "it may be removed" in home.problems()[0]


def test_what_was_written_in_both_is_a_conflict_and_nobodys_words_are_lost(home, workbook):
    second = doubled(home, workbook)
    says(workbook, "before", "edited here")
    elsewhere = home.folder.with_name("again")
    elsewhere.mkdir()
    second.rename(elsewhere / workbook.id)
    says(Home(elsewhere, CLOCK).workbooks()[0], "before", "edited there")
    (elsewhere / workbook.id).rename(second)
    home.import_folder(second, lambda: None)
    (others,) = home.find("Maya").upkeep.conflicts().values()
    assert {entry.text for entry in others} | texts(home.find("Maya")) == {HERE, THERE, "edited here", "edited there"}


def test_what_was_erased_in_one_folder_comes_back_from_none(home, workbook):
    second = doubled(home, workbook)
    workbook.upkeep.erase(derived_id(None, "before"))
    home.import_folder(second, lambda: None)
    assert texts(home.find("Maya")) == {HERE, THERE}
    assert BEFORE.encode() not in b"".join(f.read_bytes() for f in workbook.folder.rglob("*") if f.is_file())
    assert "it may be removed" in home.problems()[0]


def test_what_was_erased_in_the_second_folder_is_erased_in_the_workbook(home, workbook):
    second = doubled(home, workbook)
    kept, first = second.rename(home.folder.with_name("kept")), workbook.folder.rename(home.folder.with_name("first"))
    kept.rename(home.folder / workbook.id)
    Home(home.folder, CLOCK).find("Maya").upkeep.erase(derived_id(None, "before"))
    (home.folder / workbook.id).rename(second)
    first.rename(home.folder / workbook.id)
    home.import_folder(second, lambda: None)
    assert texts(home.find("Maya")) == {HERE, THERE}
    assert BEFORE.encode() not in b"".join(f.read_bytes() for f in workbook.folder.rglob("*") if f.is_file())


def test_a_second_folder_that_cannot_be_read_whole_is_kept(home, workbook):
    second = doubled(home, workbook)
    home.import_folder(second, lambda: None)
    (second / "entries" / "00000000000000000000000001.parquet").write_bytes(b"torn")
    (problem,) = home.problems()
    assert "keep it, as not all of it can be read: entries/00000000000000000000000001.parquet" in problem
    assert "removed" not in problem


def test_erasing_a_workbook_erases_its_second_folders(home, workbook):
    doubled(home, workbook)
    home.erase(workbook.folder)
    assert (home.workbooks(), home.problems()) == ([], [])
    assert THERE.encode() not in b"".join(f.read_bytes() for f in home.folder.rglob("*") if f.is_file())


def test_a_second_folder_is_left_out_of_a_backup_and_named(home, workbook, tmp_path):
    second = doubled(home, workbook)
    done = backups.backup(home.folder, tmp_path / "backup")
    assert (done.workbooks, done.left_out) == ((workbook.id,), (second.name,))


@pytest.mark.parametrize("case", ["its own", "unknown"])
def test_what_is_no_second_folder_is_refused(home, workbook, tmp_path, case):
    if case == "its own":
        with pytest.raises(CoachingError, match="is the workbook's own folder"):
            home.import_folder(workbook.folder, lambda: None)
        return
    other = Home(tmp_path / "other", CLOCK).create("Zoë").workbook
    with pytest.raises(UnknownWorkbookError, match=f"{other.id} is not here; move the folder {other.id} into"):
        home.import_folder(other.folder, lambda: None)


def test_one_that_has_another_passphrase_asks_for_it(shelf):
    folder = shelf.folder(MAYA)
    second = shelf.home / f"{folder.name} (1)"
    shutil.copytree(folder, second)
    with cheap_locks():
        keys, _ = store.unlock(second, PASSPHRASE), None
        store.rotate(second, keys, OTHER, lambda _recovery_key: None)
    home = Home(shelf.home, CLOCK)
    home.unlock(PASSPHRASE)
    (problem,) = [problem for problem in home.problems() if problem.startswith(second.name)]
    assert f"{second.name} is a second folder of the workbook in {folder.name} and is locked; keep both" in problem
    with pytest.raises(WrongKeyError, match="This passphrase does not open"):
        home.import_folder(second, lambda: NEW)
    assert home.import_folder(second, lambda: OTHER).added.new == 0


def test_the_other_sides_copy_is_never_brought_in(home, workbook):
    second = doubled(home, workbook)
    card = second / "workbook.json"
    card.write_text(card.read_text().replace('"coach"', '"coachee"'))
    (problem,) = home.problems()
    before = everything(home.folder)
    assert "is not a folder of" in problem
    assert "keep both" in problem
    with pytest.raises(CoachingError, match=f"is not a folder of {workbook.id} as the coach holds it"):
        home.import_folder(second, lambda: None)
    assert everything(home.folder) == before


def test_the_command_line_names_what_to_say_and_does_it(home, workbook, monkeypatch, capsys):
    second = doubled(home, workbook)
    monkeypatch.setenv("COACHING_HOME", str(home.folder))

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["coaching", *map(str, arguments)])
        return main(), capsys.readouterr()

    code, said = run("check")
    assert (code, f"\"coaching import '{second}'\" brings it in." in said.out) == (1, True)
    code, said = run("import", second)
    assert (code, said.err) == (0, "")
    assert said.out.startswith("Maya: 1 entry came in, 0 known already.\n")
    code, said = run("check")
    assert (code, "it may be removed" in said.out) == (1, True)
