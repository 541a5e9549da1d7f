"""What systems and sync programs leave in a workbook: passed over, named where it matters, never called damaged."""

import shutil

import pytest

from coaching.store import Store, workbooks
from coaching.store.backup.backup import backup as write_backup
from coaching.store.disk.system_files import is_passed_over, may_hold_words
from tests.unit.store.samples import SESSION, WORKBOOK, erased, files, keys, note, revisions

OURS = "01JHP6HR004H7MWGQV1VHJSN13.parquet"
NOT_DOWNLOADED = "is not downloaded yet; open the folder in your sync program and let it download"
LEFT = [
    "desktop.ini", "Desktop.ini", "Thumbs.db", "ehthumbs.db", "$RECYCLE.BIN", f"~${OURS}",
    ".DS_Store", f"._{OURS}", "Icon\r", ".localized", ".Spotlight-V100", ".Trashes", "__MACOSX",
    ".directory", ".Trash-1000", ".nfs000000000123abcd00000001", ".fuse_hidden0000000100000001", f".~lock.{OURS}#",
    ".stfolder", ".stignore", ".stversions", f".syncthing.{OURS}.tmp", f"~syncthing~{OURS}.tmp",
    ".sync_journal.db", "._sync_0123456789ab.db", "._sync_0123456789ab.db-wal", ".owncloudsync.log",
    f".{OURS}.~1a2b3c", f".{OURS}.Xy3Zq1", ".sync", f".sync_{OURS}", f"{OURS}.!sync",
    ".dropbox", ".dropbox.attr", ".dropbox.cache", "~a1b2c3.tmp", f"{OURS}.tmp", "3F2504E0.TMP",
    ".849C9593-D756-4E56-8D6E-42412F2A707B", ".tmp.driveupload", "@eaDir", f"{OURS}@SynoEAStream", ".@__thumb",
    f"{OURS}.part", f"{OURS}.partial", f"{OURS}.crdownload", f"{OURS}~", f".#{OURS}", ".git", ".ipynb_checkpoints",
]  # fmt: skip
HOLD_WORDS = [
    f".syncthing.{OURS}.tmp", f"~syncthing~{OURS}.tmp", f".{OURS}.~1a2b3c", f".{OURS}.Xy3Zq1", f"{OURS}.!sync",
    f"{OURS}.tmp", f"{OURS}.part", f"{OURS}~", ".nfs000000000123abcd00000001", ".fuse_hidden0000000100000001",
    ".stversions", "$RECYCLE.BIN",
]  # fmt: skip
#: Files of a workbook, and copies of them that a sync program has made beside them: rows that must be read.
READ = [
    OURS,
    f"{SESSION}.tab-1.parquet",
    "01JHP6HR004H7MWGQV1VHJSN13.sync-conflict-20250304-093000-ABCDEFG.parquet",
    "01JHP6HR004H7MWGQV1VHJSN13 (1).parquet",
    "01JHP6HR004H7MWGQV1VHJSN13 (Ana's conflicted copy 2025-03-04).parquet",
    "01JHP6HR004H7MWGQV1VHJSN13-LAPTOP.parquet",
    "Copy of 01JHP6HR004H7MWGQV1VHJSN13.parquet",
]
STAND_INS = [f".{OURS}.icloud", f"{OURS}.nextcloud", f"{OURS}.owncloud", f"{OURS}.cloud"]


@pytest.fixture
def filled(store):
    store.save([note("a")])
    store.draft(SESSION, "tab-1", [note("b")])
    return store


@pytest.mark.parametrize("name", LEFT, ids=ascii)
def test_what_a_system_leaves_is_passed_over_wherever_it_is(filled, name):
    for place in (filled.folder / "entries", filled.folder / "drafts", filled.folder, filled.folder.parent):
        (place / name).write_bytes(b"\0\5\26\7 of no use to anybody")
    snapshot = Store.open(filled.folder).read()
    assert (revisions(snapshot), snapshot.problems) == (keys(note("a"), note("b")), ())
    assert workbooks(filled.folder.parent) == ([filled.folder], [])


@pytest.mark.parametrize("name", [".stversions", "$RECYCLE.BIN", "@eaDir", ".AppleDouble", ".dropbox.cache"])
def test_so_are_whole_folders(filled, name):
    for place in (filled.folder / "entries", filled.folder / "drafts", filled.folder, filled.folder.parent):
        shutil.copytree(filled.folder / "entries", place / name)
    assert Store.open(filled.folder).read().problems == ()
    assert workbooks(filled.folder.parent) == ([filled.folder], [])


@pytest.mark.parametrize("name", READ)
def test_no_file_of_a_workbook_nor_a_copy_of_one_is_passed_over(name):
    assert not is_passed_over(name)
    assert not may_hold_words(name)


@pytest.mark.parametrize("name", ["notes.txt", "Ana.docx", "X.parquet.bak", "plan.parquet.zip", ".hidden.parquet"])
def test_what_nobody_knows_is_named(filled, name):
    (filled.folder / "entries" / name).write_text("somebody's own")
    (problem,) = filled.read().problems
    assert problem.file == f"entries/{name}"


@pytest.mark.parametrize("part", ["entries", "drafts"])
@pytest.mark.parametrize("name", STAND_INS)
def test_what_stands_for_a_file_that_is_elsewhere_says_what_to_do(filled, part, name):
    (filled.folder / part / name).write_bytes(b"bplist00")
    (problem,) = filled.read().problems
    assert (problem.file, problem.reason) == (f"{part}/{name}", NOT_DOWNLOADED)


def test_what_stands_for_a_file_that_would_be_passed_over_is_passed_over_too(filled):
    (filled.folder / "entries" / ".desktop.ini.icloud").write_bytes(b"bplist00")
    assert filled.read().problems == ()


@pytest.mark.parametrize("stand_in", [".workbook.json.icloud", "workbook.json.nextcloud"])
def test_a_card_that_is_elsewhere_says_what_to_do(filled, stand_in):
    (filled.folder / "workbook.json").rename(filled.folder / stand_in)
    found, (problem,) = workbooks(filled.folder.parent)
    assert found == []
    assert (problem.file, problem.reason) == (WORKBOOK, f"cannot be opened: its workbook.json {NOT_DOWNLOADED}")


def test_nothing_that_a_system_leaves_goes_into_a_backup_and_what_is_elsewhere_is_named(filled, tmp_path):
    clean = write_backup(filled.folder.parent, tmp_path / "clean.zip")
    for name in [*LEFT, STAND_INS[0]]:
        (filled.folder / "entries" / name).write_bytes(b"bplist00")
    done = write_backup(filled.folder.parent, tmp_path / "home.zip")
    shown = f"{WORKBOOK}/entries/{STAND_INS[0]}, which is not downloaded yet,"
    assert (done.files, done.left_out) == (clean.files, (shown,))


@pytest.mark.parametrize("name", HOLD_WORDS)
def test_a_copy_that_may_still_hold_erased_words_is_named_after_erasing(filled, name):
    places = {"entries/": filled.folder / "entries", "": filled.folder, "../": filled.folder.parent}
    for place in places.values():
        shutil.copy(files(filled)[0], place / name)
    problems = filled.erase([erased("a", 2)])
    assert [problem.file for problem in problems] == [f"{shown}{name}" for shown in places]
    assert {problem.reason for problem in problems} == {
        "is a copy that the system or a sync program has left; let it finish, or remove it"
    }


@pytest.mark.parametrize("name", ["desktop.ini", "Thumbs.db", f"._{OURS}", ".stfolder", ".dropbox", "@eaDir"])
def test_what_never_holds_words_is_not_named_after_erasing(filled, name):
    (filled.folder / "entries" / name).write_bytes(b"")
    assert filled.erase([erased("a", 2)]) == ()
