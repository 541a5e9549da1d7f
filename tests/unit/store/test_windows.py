"""What Windows alone does: the other tests of the store are tried on it too, see `conftest`."""

import os
import shutil
import threading
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath

import pytest

from coaching.errors import StoreError
from coaching.store import Store, disk, remove_folder, write_file
from coaching.store.backup.archive import Source, write_archive
from coaching.store.backup.backup import backup, restore
from coaching.store.disk import LOCK_FILE, Lock, files, locked
from coaching.store.disk.os_errors import reason_of
from tests.unit.store.conftest import ON_WINDOWS
from tests.unit.store.programs import PROGRAMS, compact_until, on_windows, read_plainly_until, save_many, start, told
from tests.unit.store.samples import KEY, SESSION, WORKBOOK, erased, keys, made, note, revisions
from tests.unit.store.samples import files as entries_files
from tests.unit.store.windows import Windows, refused

IN_USE = "another program has the file open; close it and try again"


@pytest.fixture(autouse=True)
def windows(tmp_path):
    with Windows(tmp_path).running() as system:
        yield system


@contextmanager
def open_elsewhere(file):
    descriptor = disk.open_file(file, os.O_RDONLY)
    try:
        yield lambda: os.close(descriptor)
    finally:
        with suppress(OSError):
            os.close(descriptor)


@pytest.fixture
def drafted(store):
    store.save([note("a")])
    store.draft(SESSION, "tab-1", [note("b")])
    return store


def the_draft(store):
    return store.folder / "drafts" / f"{SESSION}.tab-1.parquet"


def an_entries_file(store):
    return entries_files(store)[0]


def draft(store):
    store.draft(SESSION, "tab-1", [note("b", text="more")])


def commit(store):
    store.commit(SESSION)


def erase(store):
    store.erase([erased("a", 3)])


def remove(store):
    remove_folder(store.folder)


#: What is done, and the file that somebody has open meanwhile.
ACTS = [(draft, the_draft), (commit, the_draft), (erase, an_entries_file), (remove, an_entries_file)]


def test_every_module_that_is_tried_on_windows_is_there():
    assert {file.stem for file in Path(__file__).parent.rglob("test_*.py")} >= ON_WINDOWS


@pytest.mark.parametrize(("act", "file"), ACTS)
def test_who_has_a_file_open_is_waited_for_and_then_named(drafted, act, file):
    with open_elsewhere(file(drafted)), pytest.raises(StoreError, match=IN_USE):
        act(drafted)
    reopened = Store.open(drafted.folder).read()
    assert {note("b").id} <= {identity for identity, _ in revisions(reopened)}
    act(drafted)


@pytest.mark.parametrize(("act", "file"), ACTS)
def test_what_is_let_go_of_in_time_is_not_spoken_of(drafted, act, file, monkeypatch):
    monkeypatch.setattr(files, "_PAUSES", [0.001 * 2**turn for turn in range(11)])
    with open_elsewhere(file(drafted)) as let_go:
        threading.Timer(0.02, let_go).start()
        act(drafted)


def test_a_file_that_the_account_may_not_remove_is_not_said_to_be_open(tmp_path, monkeypatch):
    file = tmp_path / "file"
    file.write_bytes(b"")

    def refuse(*_, **__):
        raise refused(5, file)

    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(PermissionError) as caught:
        disk.remove(file)
    assert "this account may not use the folder" in reason_of(caught.value)


def test_a_card_is_read_while_another_program_puts_a_new_one_there(store, monkeypatch):
    """Windows refuses to open a file in the moment in which it is renamed over."""
    read, refusals = type(store.folder).read_bytes, iter([refused(5, ""), refused(32, "")])

    def reading(file):
        for refusal in refusals:
            raise refusal
        return read(file)

    monkeypatch.setattr(type(store.folder), "read_bytes", reading)
    assert Store.open(store.folder).workbook == WORKBOOK


@pytest.mark.parametrize(
    ("theirs", "ours", "lock"),
    [
        ("shared", "shared", "HELD"),
        ("shared", "exclusive", "BUSY"),
        ("exclusive", "shared", "BUSY"),
        ("exclusive", "exclusive", "BUSY"),
    ],
)
def test_locks_are_shared_and_exclusive_as_elsewhere(tmp_path, theirs, ours, lock):
    with locked(tmp_path, exclusive=theirs == "exclusive", wait=True) as held:
        assert held is Lock.HELD
        with locked(tmp_path, exclusive=ours == "exclusive", wait=False) as ours_is:
            assert ours_is is Lock[lock]
    with locked(tmp_path, exclusive=True, wait=False) as ours_is:
        assert ours_is is Lock.HELD


def test_a_share_without_locks_is_told_from_one_that_is_busy(tmp_path, windows):
    windows.locks_are_missing = True
    with locked(tmp_path, exclusive=True, wait=True) as lock:
        assert lock is Lock.MISSING


def test_a_folder_that_is_gone_cannot_be_locked(tmp_path):
    with pytest.raises(FileNotFoundError), locked(tmp_path / "gone", exclusive=True, wait=True):
        pytest.fail("there is nothing to lock")


def test_the_file_that_is_locked_is_no_part_of_a_workbook(store, tmp_path):
    erased_before = [note("a")]
    store.save(erased_before)
    erase(store)
    assert (store.folder / LOCK_FILE).stat().st_size == 0
    assert Store.open(store.folder).read().problems == ()
    found = backup(store.folder.parent, tmp_path / "backup.zip")
    assert found.left_out == ()
    restore(tmp_path / "backup.zip", tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere" / WORKBOOK / LOCK_FILE).exists()


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("page.html", "page.html"),
        ("Ärger (2).ipynb", "Ärger (2).ipynb"),
        ("1:1.html", "1%3A1.html"),
        ("why?.html", "why%3F.html"),
        ("con.html", "%63on.html"),
        ("COM1", "%43OM1"),
        ("console.html", "console.html"),
        ("dots...", "dots..%2E"),
        ("tab\t.html", "tab%09.html"),
    ],
)
def test_a_name_that_windows_does_not_allow_is_written_otherwise(name, allowed):
    assert disk.allowed_name(name) == allowed


@pytest.mark.parametrize("name", ["1:1.html", "nul.html", "why?.html", "ends. "])
def test_a_file_is_not_written_under_a_name_that_windows_keeps_for_itself(tmp_path, name):
    with pytest.raises(StoreError, match=r"this system does not allow that name; choose another\.$"):
        write_file(tmp_path / name, "words")
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_is_too_long_is_not_said_to_be_gone(tmp_path):
    error = FileNotFoundError(2, "", str(tmp_path / ("x" * 250)))
    error.winerror = 3
    assert reason_of(error).startswith("the path of a file is too long for this system")


def test_nothing_of_a_home_is_kept_open(store):
    store.save([note("a")])
    store.draft(SESSION, "tab-1", [note("b")])
    remove_folder(store.folder)
    shutil.rmtree(store.folder.parent)
    assert not store.folder.parent.exists()


def test_an_encrypted_workbook_is_bytes_and_no_text(home):
    store = made(home, KEY)
    said = [note("a", text="line\nline\r\n\x1a end")]
    store.save(said)
    assert revisions(Store.open(store.folder, KEY).read()) == keys(*said)


def test_names_have_no_case(store):
    store.save([note("a")])
    opened = Store.open(store.folder.with_name(WORKBOOK.lower()))
    assert revisions(opened.read()) == keys(note("a"))


@pytest.mark.soak
def test_programs_that_have_files_open_at_the_same_time_lose_nothing(home, windows):
    """Each compaction removes, and each draft renames over, what another program may be reading."""
    store = made(home, KEY)
    done = PROGRAMS.Event()
    savers = [start(on_windows, home.parent, save_many, store.folder, f"saver {number}", 150) for number in range(3)]
    receiving, sending = PROGRAMS.Pipe(duplex=False)
    others = [
        start(on_windows, home.parent, compact_until, store.folder, done),
        start(on_windows, home.parent, read_plainly_until, store.folder, done, sending),
    ]
    sending.close()
    for saver in savers:
        saver.join()
    done.set()
    assert sum(told(receiving)) > 0
    for other in others:
        other.join()
    assert [program.exitcode for program in savers + others] == [0] * 5
    said = [note(f"saver {number} {turn}") for number in range(3) for turn in range(150)]
    assert revisions(Store.open(store.folder, KEY).read()) == keys(*said)


def test_of_two_names_that_are_one_here_both_are_restored(tmp_path, windows):
    names = ["01JHP6HR004H7MWGQV1VHJSN14.parquet", "01jhp6hr004h7mwgqv1vhjsn14.parquet"]
    path = PurePath(WORKBOOK, "entries")
    with (tmp_path / "backup.zip").open("w+b") as file:
        write_archive(file, [Source(path / name, 1, [name[3:4].encode()]) for name in names])
    restore(tmp_path / "backup.zip", tmp_path / "elsewhere")
    entries = tmp_path / "elsewhere" / WORKBOOK / "entries"
    assert sorted(file.read_bytes() for file in entries.iterdir()) == [b"H", b"h"]


@pytest.mark.parametrize("name", ["1:1.ipynb", "con.ipynb", "why?.ipynb"])
def test_a_notebook_of_another_system_is_restored_under_a_name_that_windows_allows(tmp_path, name):
    with (tmp_path / "backup.zip").open("w+b") as file:
        write_archive(
            file,
            [Source(PurePath(WORKBOOK, "workbook.json"), 2, [b"{}"]), Source(PurePath("notebooks", name), 1, [b"{}"])],
        )
    restore(tmp_path / "backup.zip", tmp_path / "elsewhere")
    assert [file.name for file in (tmp_path / "elsewhere" / "notebooks").iterdir()] == [disk.allowed_name(name)]
