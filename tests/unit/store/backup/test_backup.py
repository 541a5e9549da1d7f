import errno
import gc
import os
import shutil
import signal
from itertools import islice
from pathlib import Path

import pytest

from coaching.errors import StoreError
from coaching.model.ids import derived_id
from coaching.store import Store, change_passphrase, create, open_keys, unlock, workbooks
from coaching.store.backup.backup import Backup, backup, restore
from coaching.store.disk.layout import ALL_COLUMNS
from coaching.store.keys.keys import PLAIN
from tests.unit.store.disks import killed, no_file_larger_than, refusing
from tests.unit.store.programs import PROGRAMS, start, told, work
from tests.unit.store.samples import (
    KEY,
    OTHER_SESSION,
    OTHER_WORKBOOK,
    PASSPHRASE,
    SESSION,
    WORDS,
    WORKBOOK,
    act,
    contents,
    files,
    keys,
    made,
    note,
    revisions,
    rotate,
    unmarked,
)

NOTEBOOK = b'{"cells": []}'


@pytest.fixture
def target(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick" / "home.zip"


@pytest.fixture
def elsewhere(tmp_path):
    return tmp_path / "elsewhere"


def fill(store):
    """Give a workbook kept entries and drafts."""
    store.save([note("a"), note("b")])
    store.save([note("a", 2)])
    store.draft(SESSION, "tab-1", [note("c")])
    store.draft(OTHER_SESSION, "tab-2", [note("d", session=OTHER_SESSION)])
    return store


SAID = keys(note("a"), note("b"), note("a", 2), note("c"), note("d"))


@pytest.fixture
def filled(store):
    return fill(store)


@pytest.fixture
def filled_and_locked(locked):
    return fill(locked)


@pytest.fixture
def two(home, filled):
    """Return a home of two workbooks and a notebook."""
    create(home / OTHER_WORKBOOK, workbook=OTHER_WORKBOOK, holder="coachee").store.save([note("e")])
    (home / "notebooks").mkdir()
    (home / "notebooks" / "session.ipynb").write_bytes(NOTEBOOK)
    return home


def modes(folder):
    return {(path.is_dir(), path.stat().st_mode & 0o777) for path in [folder, *folder.rglob("*")]}


def beside(target):
    return sorted(file.name for file in target.parent.iterdir())


# There and back


@pytest.mark.parametrize("used", [PLAIN, KEY], ids=["plain", "encrypted"])
def test_what_is_restored_is_what_was_backed_up_to_the_byte(home, target, elsewhere, used):
    store = fill(made(home, used))
    done = backup(home, target)
    assert done == Backup((WORKBOOK,), files=6, plain=() if used.data else (WORKBOOK,))
    assert restore(target, elsewhere) == done
    assert contents(elsewhere) == contents(home)
    restored = Store.open(elsewhere / WORKBOOK, used)
    assert restored.holder == store.holder
    assert restored.drafts() == store.drafts()
    assert revisions(restored.read()) == SAID
    assert restored.read().history.equals(store.read().history)


def test_a_restored_workbook_is_written_in_as_before(filled, home, target, elsewhere):
    backup(home, target)
    restore(target, elsewhere)
    restored = Store.open(elsewhere / WORKBOOK)
    restored.save([note("new", 9)])
    restored.commit(SESSION)
    assert restored.read().history.num_rows == len(SAID) + 1


def test_a_backup_opens_with_its_passphrase_only(home, target, elsewhere, cheap):
    created = create(home / WORKBOOK, workbook=WORKBOOK, holder="coach", passphrase=PASSPHRASE)
    created.store.save([note("a")])
    backup(home, target)
    shutil.rmtree(home)
    restore(target, elsewhere)
    with pytest.raises(StoreError, match="locked"):
        Store.open(elsewhere / WORKBOOK)
    opened = Store.open(elsewhere / WORKBOOK, unlock(elsewhere / WORKBOOK, PASSPHRASE))
    assert revisions(opened.read()) == keys(note("a"))


def test_a_backup_holds_every_workbook_and_the_notebooks(two, target, elsewhere):
    (two / "notebooks" / ".ipynb_checkpoints").mkdir()
    (two / "notebooks" / ".ipynb_checkpoints" / "session-checkpoint.ipynb").write_bytes(NOTEBOOK)
    (two / "notebooks" / "session.unfinished").write_bytes(NOTEBOOK)
    (two / WORKBOOK / "tmp" / "unfinished").write_bytes(b"PAR1")
    done = backup(two, target)
    assert done == Backup(
        tuple(sorted([WORKBOOK, OTHER_WORKBOOK])), files=10, plain=tuple(sorted([WORKBOOK, OTHER_WORKBOOK]))
    )
    restore(target, elsewhere)
    assert {folder.name for folder in workbooks(elsewhere)[0]} == {WORKBOOK, OTHER_WORKBOOK}
    assert contents(elsewhere / "notebooks") == {"session.ipynb": NOTEBOOK}
    assert contents(elsewhere / OTHER_WORKBOOK) == contents(two / OTHER_WORKBOOK)
    assert list((elsewhere / WORKBOOK / "tmp").iterdir()) == []


def test_only_the_owner_may_read_a_backup_and_what_is_restored(two, target, elsewhere):
    backup(two, target)
    assert target.stat().st_mode & 0o777 == 0o600
    restore(target, elsewhere)
    assert modes(elsewhere) == {(True, 0o700), (False, 0o600)}


def test_the_same_home_gives_the_same_file_whenever_it_was_written(two, target):
    backup(two, target)
    first = target.read_bytes()
    for file in two.rglob("*"):
        os.utime(file, (1, 1))
    backup(two, target)
    assert target.read_bytes() == first


def test_any_zip_program_opens_a_backup(filled, home, target, tmp_path):
    backup(home, target)
    shutil.unpack_archive(target, tmp_path / "unpacked", "zip")
    unpacked = contents(tmp_path / "unpacked")
    assert set(unpacked) - set(contents(home)) == {"manifest.json"}
    assert contents(home).items() <= unpacked.items()


@pytest.mark.parametrize(
    "name",
    [
        "damaged.parquet",
        "a (conflicted copy).parquet",
        "100%.parquet",
        pytest.param("ä\n\\.parquet", marks=pytest.mark.posix),
        "\udcff.parquet",
        "x.txt",
    ],
)
def test_files_that_nobody_understands_are_carried_along(filled, home, target, elsewhere, name):
    (filled.folder / "entries" / name).write_bytes(b"PAR1 and no more")
    backup(home, target)
    restore(target, elsewhere)
    assert (elsewhere / WORKBOOK / "entries" / name).read_bytes() == b"PAR1 and no more"


@pytest.mark.parametrize("card", [None, b"", b'{"format": 999}'])
def test_a_workbook_whose_card_cannot_be_read_is_carried_along(filled, home, target, elsewhere, card):
    (filled.folder / "workbook.json").unlink() if card is None else (filled.folder / "workbook.json").write_bytes(card)
    assert backup(home, target).workbooks == (WORKBOOK,)
    restore(target, elsewhere)
    assert contents(elsewhere) == contents(home)


def test_a_workbook_without_the_folders_that_copying_leaves_out_is_backed_up(home, store, target, elsewhere):
    (store.folder / "drafts").rmdir()
    backup(home, target)
    restore(target, elsewhere)
    assert revisions(Store.open(elsewhere / WORKBOOK).read()) == []


def test_what_is_no_file_is_left_out_and_named(filled, home, target, tmp_path):
    (tmp_path / "secret").write_bytes(b"not of this home")
    (filled.folder / "entries" / "link.parquet").symlink_to(tmp_path / "secret")
    (filled.folder / "entries" / "folder.parquet").mkdir()
    os.mkfifo(filled.folder / "drafts" / "pipe.parquet")
    shutil.copytree(filled.folder / "entries", home / f"{WORKBOOK} (copy)" / "entries", symlinks=True)
    shutil.copy(filled.folder / "workbook.json", home / f"{WORKBOOK} (copy)")
    done = backup(home, target)
    assert sorted(done.left_out) == [
        f"{WORKBOOK} (copy)",
        f"{WORKBOOK}/drafts/pipe.parquet",
        f"{WORKBOOK}/entries/folder.parquet",
        f"{WORKBOOK}/entries/link.parquet",
    ]
    assert done.files == 6
    assert b"not of this home" not in target.read_bytes()


# Privacy


def test_a_backup_of_an_encrypted_home_says_nothing(home, target, cheap):
    created = create(home / WORKBOOK, workbook=WORKBOOK, holder="coach", passphrase=PASSPHRASE)
    created.store.save([note("a")])
    created.store.draft(SESSION, "tab-1", [note("b", text="Ada Lovelace")])
    assert backup(home, target).plain == ()
    written = target.read_bytes()
    for words in (WORDS, "Ada", "Lovelace", "dream", "correct", created.recovery_key, str(home), str(target)):
        assert words.encode() not in written
    assert created.keys.data[0] not in written


def test_a_backup_of_a_workbook_without_a_passphrase_is_said_to_hold_its_key_and_can_be_opened(home, target, tmp_path):
    created = create(home / WORKBOOK, workbook=WORKBOOK, holder="coach", is_locked_later=True)
    created.store.save([note("a")])
    assert backup(home, target).unlocked == (WORKBOOK,)
    restore(target, tmp_path / "other")
    folder = tmp_path / "other" / WORKBOOK
    assert revisions(Store.open(folder, open_keys(folder)).read()) == keys(note("a"))


def test_a_backup_of_a_plain_home_is_said_to_be_plain_and_is_no_disguise(filled, home, target):
    assert backup(home, target).plain == (WORKBOOK,)
    assert WORDS.encode() in target.read_bytes()


def test_one_plain_file_in_an_encrypted_workbook_is_enough_to_be_told(filled_and_locked, home, target):
    (filled_and_locked.folder / "entries" / "empty.parquet").touch()
    assert backup(home, target).plain == ()
    (filled_and_locked.folder / "entries" / "foreign.parquet").write_bytes(b"PAR1")
    assert backup(home, target).plain == (WORKBOOK,)


# Where a backup may be written


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("stick", "is a folder; name a file in it."),
        ("nowhere/home.zip", "cannot be written: its folder is not there; make it, or choose another."),
        ("home/home.zip", "is in the home folder itself, and would be lost with it; choose another folder."),
        (f"home/{WORKBOOK}/b.zip", "is in the home folder itself, and would be lost with it; choose another folder."),
        ("way/home.zip", "is in the home folder itself, and would be lost with it; choose another folder."),
        ("diary.txt", "is there already and is not a backup; choose another name."),
        ("empty", "is there already and is not a backup; choose another name."),
        ("link.zip", "is there already and is not a backup; choose another name."),
        ("pipe", "is there already and is not a backup; choose another name."),
        ("loop", "is there already and is not a backup; choose another name."),
        ("diary.txt/home.zip", "cannot be written: its folder is not there; make it, or choose another."),
    ],
)
def test_a_place_where_no_backup_belongs_is_refused(filled, home, target, tmp_path, place, said):
    (tmp_path / "diary.txt").write_text("Dear diary, " * 100)
    (tmp_path / "empty").touch()
    (tmp_path / "link.zip").symlink_to(tmp_path / "diary.txt")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "way").symlink_to(home)
    os.mkfifo(tmp_path / "pipe")
    before = contents(tmp_path)
    with pytest.raises(StoreError) as caught:
        backup(home, tmp_path / place)
    assert str(caught.value) == f"'{tmp_path / place}' {said}"
    assert contents(tmp_path) == before


def test_an_older_backup_is_replaced_even_a_damaged_one(filled, home, target, elsewhere):
    backup(home, target)
    damaged = bytearray(target.read_bytes())
    damaged[100] ^= 1
    target.write_bytes(damaged)
    filled.save([note("new", 9)])
    backup(home, target)
    restore(target, elsewhere)
    assert Store.open(elsewhere / WORKBOOK).read().history.num_rows == len(SAID) + 1
    assert beside(target) == ["home.zip"]


@pytest.mark.parametrize("prepare", [lambda _: None, Path.mkdir, Path.touch])
def test_a_home_without_workbooks_gives_no_backup(home, target, prepare):
    prepare(home)
    with pytest.raises(StoreError, match=r"There is no workbook in '.*home'|a file stands where a folder should be"):
        backup(home, target)
    assert beside(target) == []


def test_what_a_killed_backup_left_goes_after_a_day(filled, home, target):
    old, young, foreign = (
        target.parent / name
        for name in (f".coaching-backup-{'a' * 32}", f".coaching-backup-{'b' * 32}", ".coaching-backup-notes")
    )
    for file in (old, young, foreign):
        file.touch()
    for file in (old, foreign):
        os.utime(file, (1, 1))
    an_hour_ago = young.stat().st_mtime - 3600
    os.utime(young, (an_hour_ago, an_hour_ago))
    backup(home, target)
    assert beside(target) == sorted([young.name, foreign.name, "home.zip"])


# Disks that refuse, and kills


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("is_there", [False, True])
def test_a_disk_that_refuses_at_any_step_of_a_backup_leaves_nothing_half_written(two, target, number, is_there):
    if is_there:
        backup(two, target)
        Store.open(two / WORKBOOK).save([note("new", 9)])
    before, home = contents(target.parent), contents(two)
    at = 0
    while True:
        at += 1
        with refusing(at, number) as calls:
            try:
                backup(two, target)
            except StoreError as error:
                message = str(error)
            else:
                break
        assert "the disk " in message
        assert len(calls) == at
        if "the one before" not in message:
            assert message.endswith("no backup was made.")
            assert contents(target.parent) == before
        assert beside(target) == (["home.zip"] if is_there else [])
        assert contents(two) == home
    assert at > 10
    assert beside(target) == ["home.zip"]


def test_a_file_that_cannot_be_read_is_named_and_no_backup_lacks_it(filled, home, target, monkeypatch):
    refused, real = files(filled)[1], os.open

    def opening(file, *arguments, **options):
        if file == refused:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(file, *arguments, **options)

    monkeypatch.setattr(os, "open", opening)
    said = "the disk reported an error; check the disk and try again; no backup was made."
    with pytest.raises(StoreError) as caught:
        backup(home, target)
    assert str(caught.value) == f"{refused.relative_to(home)}: {said}"
    assert beside(target) == []


def test_a_disk_that_is_full_after_any_number_of_bytes_leaves_no_backup(two, target):
    backup(two, target)
    size = target.stat().st_size
    target.unlink()
    for limit in [*range(0, size, 97), size - 1]:
        with no_file_larger_than(limit), pytest.raises(StoreError) as caught:
            backup(two, target)
        reason = "the disk is full; make room on it and try again"
        assert str(caught.value) == f"'{target}' cannot be written: {reason}; no backup was made."
        assert beside(target) == []


def one_other_byte(descriptor, _):
    os.pwrite(descriptor, b"?", 200)


def another_backup(descriptor, other):
    os.ftruncate(descriptor, os.pwrite(descriptor, other, 0))


@pytest.mark.parametrize("given", [one_other_byte, another_backup])
def test_a_disk_that_gives_back_something_else_is_noticed(filled, home, target, monkeypatch, given):
    other, real = target.parent / "other.zip", os.fsync
    backup(home, other)
    filled.save([note("new", 9)])

    def flush(descriptor):
        real(descriptor)
        given(descriptor, other.read_bytes())

    monkeypatch.setattr(os, "fsync", flush)
    with pytest.raises(StoreError, match=r"was not read back as it was written; check the disk; no backup was made\.$"):
        backup(home, target)
    assert beside(target) == ["other.zip"]


@pytest.mark.posix
def test_bytes_then_name_are_flushed_before_a_backup_is_said_to_be_made(filled, home, target):
    with refusing(0, errno.EIO) as calls:
        backup(home, target)
    assert calls[-4:] == ["fsync", "replace", "open", "fsync"]


@pytest.mark.posix
@pytest.mark.parametrize("has_notebooks", [False, True])
def test_everything_that_is_restored_is_flushed(two, target, elsewhere, monkeypatch, has_notebooks):
    backup(two, target)
    elsewhere.mkdir()
    if has_notebooks:
        (elsewhere / "notebooks").mkdir()
    flushed, real = set(), os.fsync

    def flush(descriptor):
        flushed.add(os.fstat(descriptor).st_ino)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", flush)
    restore(target, elsewhere)
    assert [path for path in [elsewhere, *elsewhere.rglob("*")] if path.stat().st_ino not in flushed] == []


def test_a_file_that_appears_in_the_place_of_a_backup_meanwhile_stays(filled, home, target, monkeypatch):
    real = os.fsync

    def flush(descriptor):
        real(descriptor)
        target.write_text("Dear diary")

    monkeypatch.setattr(os, "fsync", flush)
    with pytest.raises(StoreError, match="is there already and is not a backup"):
        backup(home, target)
    assert beside(target) == ["home.zip"]
    assert target.read_text() == "Dear diary"


def test_no_descriptor_stays_open(two, target, elsewhere):
    gc.collect()  # a store that nobody has any more closes its files when it goes
    before = len(list(Path("/dev/fd").iterdir()))
    for at in range(1, 60):
        with refusing(at, errno.EIO):
            for act in (lambda: backup(two, target), lambda: restore(target, elsewhere)):
                try:
                    act()
                except StoreError:
                    continue
    assert len(list(Path("/dev/fd").iterdir())) == before


def backup_killed(home: Path, target: Path, at: int) -> None:
    with killed(at):
        backup(home, target)


def restore_killed(target: Path, home: Path, at: int) -> None:
    with killed(at):
        restore(target, home)


@pytest.mark.thorough
@pytest.mark.posix
def test_a_kill_at_any_step_leaves_the_backup_before_or_the_new_one(two, target):
    backup(two, target)
    old = target.read_bytes()
    Store.open(two / WORKBOOK).save([note("new", 9)])
    found = []
    for at in range(1, 60):
        program = start(backup_killed, two, target, at)
        program.join()
        found.append(target.read_bytes())
        if program.exitcode == 0:
            break
        assert program.exitcode == -signal.SIGKILL
    assert program.exitcode == 0
    new = found[-1]
    assert new != old
    assert found == [old] * found.count(old) + [new] * found.count(new)
    assert found.count(old) > 10


@pytest.mark.thorough
@pytest.mark.posix
def test_a_kill_at_any_step_of_restoring_leaves_all_workbooks_or_none(two, target, tmp_path):
    backup(two, target)
    counts = []
    for at in range(1, 100):
        home = tmp_path / f"home-{at}"
        program = start(restore_killed, target, home, at)
        program.join()
        found, problems = workbooks(home)
        assert problems == []
        assert all(contents(folder) == contents(two / folder.name) for folder in found)
        counts.append(len(found))
        if program.exitcode == 0:
            break
        assert program.exitcode == -signal.SIGKILL
    assert program.exitcode == 0
    assert counts == sorted(counts)
    assert set(counts) == {0, 2}


# While others write


def test_a_compaction_while_a_backup_is_made_hides_nothing(filled, home, target, elsewhere, monkeypatch):
    for name in "uvwxyz":
        filled.save([note(name)])
    entries, real = filled.folder / "entries", os.open

    def opening(file, *arguments, **options):
        if Path(file).parent == entries and Path(file).name != ALL_COLUMNS:
            monkeypatch.setattr(os, "open", real)
            filled.compact()  # before the first file is opened, after all were listed
        return real(file, *arguments, **options)

    before = revisions(filled.read())
    monkeypatch.setattr(os, "open", opening)
    backup(home, target)
    assert len(files(filled)) == 1
    restore(target, elsewhere)
    assert len(files(Store.open(elsewhere / WORKBOOK))) == 1
    assert revisions(Store.open(elsewhere / WORKBOOK).read()) == before


def test_a_draft_that_is_committed_while_a_backup_is_made_is_among_the_entries(
    filled, home, target, elsewhere, monkeypatch
):
    drafts, real = filled.folder / "drafts", os.open

    def opening(file, *arguments, **options):
        if Path(file).parent == drafts:
            monkeypatch.setattr(os, "open", real)
            filled.commit(SESSION)
            filled.commit(OTHER_SESSION)
        return real(file, *arguments, **options)

    monkeypatch.setattr(os, "open", opening)
    backup(home, target)
    restore(target, elsewhere)
    restored = Store.open(elsewhere / WORKBOOK)
    assert restored.drafts() == []
    assert revisions(restored.read()) == SAID


@pytest.mark.posix
def test_what_a_program_kept_before_a_backup_began_is_in_it(home, target, tmp_path, cheap):
    """The program drafts, commits, saves, compacts and takes new keys all the while."""
    folder = create(home / WORKBOOK, workbook=WORKBOOK, holder="coach", passphrase=PASSPHRASE).store.folder
    receiving, sending = PROGRAMS.Pipe(duplex=False)
    program = start(work, folder, "program", sending)
    sending.close()
    acknowledged: list[str] = []
    for turn in range(30):
        acknowledged += islice(told(receiving), 5)
        assert backup(home, target).plain == ()
        restored = tmp_path / f"restored-{turn}" / WORKBOOK
        restore(target, restored.parent)
        snapshot = Store.open(restored, unlock(restored, PASSPHRASE)).read()
        there = {identity for identity, _ in revisions(snapshot)}
        assert snapshot.problems == ()
        assert {note(name).id for name in acknowledged} <= there
        sessions = [name for name in acknowledged if name.endswith("session")]
        assert {entry.id for name in sessions for entry in act(name)} <= there
    program.kill()
    program.join()
    assert len(acknowledged) == 30 * 5


@pytest.mark.parametrize("is_rewritten", [pytest.param(True, marks=pytest.mark.posix), False])
@pytest.mark.parametrize("place", [0, 1, -1])
def test_a_workbook_that_is_encrypted_while_a_backup_is_made_can_be_read_from_it(
    store, target, cheap, monkeypatch, place, is_rewritten
):
    said = [note("a"), note("b"), note("c")]
    for entry in said:
        store.save([entry])
    meanwhile, real = sorted(unmarked(store.folder / "entries"))[place], os.open

    def opening(file, *arguments, **options):
        descriptor = real(file, *arguments, **options)
        if file == meanwhile:
            monkeypatch.setattr(os, "open", real)
            keys, _ = rotate(store.folder, PLAIN, PASSPHRASE)
            if is_rewritten:
                Store.open(store.folder, keys)
        return descriptor

    monkeypatch.setattr(os, "open", opening)
    assert backup(store.folder.parent, target).plain == (() if is_rewritten else (WORKBOOK,))
    assert (WORDS.encode() in target.read_bytes()) != is_rewritten
    folder = target.parent / "home" / WORKBOOK
    restore(target, folder.parent)
    restored = Store.open(folder, unlock(folder, PASSPHRASE))
    assert revisions(restored.read()) == keys(*said)
    assert restored.read().problems == ()
    assert all(file.read_bytes()[:4] == b"PARE" for file in unmarked(folder / "entries"))


def test_a_workbook_that_is_still_to_be_written_anew_is_when_it_was_restored(
    filled_and_locked, home, target, elsewhere
):
    filled_and_locked._layout.mark_rewriting()
    backup(home, target)
    restore(target, elsewhere)
    assert contents(elsewhere) == contents(home)
    assert len(files(filled_and_locked)) == 2
    assert len(files(Store.open(elsewhere / WORKBOOK, KEY))) == 1


@pytest.mark.posix
def test_a_workbook_that_is_removed_while_a_backup_is_made_is_missed(filled, home, target, monkeypatch):
    last, real = files(filled)[-1], os.open

    def opening(file, *arguments, **options):
        descriptor = real(file, *arguments, **options)
        if file == last:
            monkeypatch.setattr(os, "open", real)
            shutil.rmtree(filled.folder)
        return descriptor

    monkeypatch.setattr(os, "open", opening)
    with pytest.raises(StoreError, match=rf"^{WORKBOOK}/workbook.json: the folder, or a part of it, is gone; .*; no b"):
        backup(home, target)
    assert beside(target) == []


def test_a_file_that_is_listed_and_never_there_is_named(filled, home, target, monkeypatch):
    lost, real = files(filled)[0], os.open

    def opening(file, *arguments, **options):
        if file == lost:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return real(file, *arguments, **options)

    monkeypatch.setattr(os, "open", opening)
    with pytest.raises(StoreError, match=rf"^{lost.relative_to(home)}: the folder, or a part of it, is gone; .*; no b"):
        backup(home, target)


def test_a_file_that_grows_for_ever_is_taken_as_it_was_when_it_was_opened(filled, home, target, elsewhere, monkeypatch):
    growing, real = filled.folder / "entries" / "log.txt", os.fstat
    growing.write_bytes(b"one")

    def asking(descriptor):
        found = real(descriptor)
        with growing.open("ab") as opened:
            opened.write(b" more")
        return found

    monkeypatch.setattr(os, "fstat", asking)
    backup(home, target)
    restore(target, elsewhere)
    kept = (elsewhere / WORKBOOK / "entries" / "log.txt").read_bytes()
    assert growing.read_bytes().startswith(kept + b" more")


def test_a_passphrase_that_is_changed_later_does_not_open_an_older_backup(home, target, elsewhere, cheap):
    created = create(home / WORKBOOK, workbook=WORKBOOK, holder="coach", passphrase=PASSPHRASE)
    backup(home, target)
    change_passphrase(home / WORKBOOK, created.keys, "another old river")
    restore(target, elsewhere)
    with pytest.raises(StoreError, match="does not open it"):
        unlock(elsewhere / WORKBOOK, "another old river")
    assert unlock(elsewhere / WORKBOOK, PASSPHRASE) == created.keys


# Restoring into a home that has something


def test_a_workbook_that_is_there_already_is_never_touched(two, target):
    backup(two, target)
    shutil.rmtree(two / OTHER_WORKBOOK)
    before = contents(two)
    with pytest.raises(StoreError) as caught:
        restore(target, two)
    assert str(caught.value) == (
        f"{WORKBOOK} is in the home folder already; move it away, or restore into another home with --home; "
        "nothing was restored."
    )
    assert contents(two) == before


def test_all_workbooks_that_are_in_the_way_are_named(two, target):
    backup(two, target)
    with pytest.raises(
        StoreError, match=f"^{' and '.join(sorted([WORKBOOK, OTHER_WORKBOOK]))} are in the home folder already"
    ):
        restore(target, two)


@pytest.mark.parametrize("obstacle", [Path.touch, Path.mkdir, lambda path: path.symlink_to("nowhere")])
def test_whatever_stands_in_the_place_of_a_workbook_stays(filled, home, target, elsewhere, obstacle):
    backup(home, target)
    elsewhere.mkdir()
    obstacle(elsewhere / WORKBOOK)
    with pytest.raises(StoreError, match=f"{WORKBOOK} is in the home folder already"):
        restore(target, elsewhere)
    assert [path.name for path in elsewhere.iterdir()] == [WORKBOOK]


def test_other_workbooks_and_notebooks_of_the_home_stay(two, target, elsewhere):
    (two / "notebooks" / "mine.ipynb").write_bytes(b"restored")
    backup(two, target)
    third = derived_id(None, "a third workbook")
    create(elsewhere / third, workbook=third, holder="coach").store.save([note("z")])
    (elsewhere / "notebooks").mkdir()
    (elsewhere / "notebooks" / "session.ipynb").write_bytes(b"there already")
    before = contents(elsewhere / third)
    restore(target, elsewhere)
    assert contents(elsewhere / third) == before
    assert contents(elsewhere / "notebooks") == {"session.ipynb": b"there already", "mine.ipynb": b"restored"}
    assert {folder.name for folder in workbooks(elsewhere)[0]} == {third, WORKBOOK, OTHER_WORKBOOK}


@pytest.mark.parametrize("has_notebooks", [False, True])
def test_a_disk_that_refuses_at_any_step_of_restoring_leaves_nothing(two, target, elsewhere, has_notebooks):
    backup(two, target)
    elsewhere.mkdir(mode=0o700)
    if has_notebooks:
        (elsewhere / "notebooks").mkdir()
    before = sorted(elsewhere.rglob("*"))
    at = 0
    while True:
        at += 1
        with refusing(at, errno.ENOSPC) as calls:
            try:
                restore(target, elsewhere)
            except StoreError as error:
                message = str(error)
            else:
                break
        assert len(calls) >= at
        assert message == "elsewhere: the disk is full; make room on it and try again; nothing was restored."
        assert sorted(elsewhere.rglob("*")) == before
    assert at > 20
    assert contents(elsewhere) == contents(two)


def test_an_interrupt_leaves_nothing(two, target, elsewhere, monkeypatch):
    backup(two, target)
    real, folders = os.rename, []

    def renaming(source, place):
        folders.append(place)
        if len(folders) == 3:  # the notebooks and one workbook are there
            raise KeyboardInterrupt
        real(source, place)

    monkeypatch.setattr(os, "rename", renaming)
    with pytest.raises(KeyboardInterrupt):
        restore(target, elsewhere)
    assert list(elsewhere.iterdir()) == []


def test_what_another_program_has_tidied_up_meanwhile_stays_restored(home, tmp_path, monkeypatch):
    store = made(home)
    backup(home, tmp_path / "backup")
    real = Path.iterdir

    def tidied_up(folder):
        if folder.name.startswith(".whole-") and (tmp_path / "there" / store.workbook).exists():
            shutil.rmtree(folder, ignore_errors=True)
        return real(folder)

    monkeypatch.setattr(Path, "iterdir", tidied_up)
    restore(tmp_path / "backup", tmp_path / "there")
    assert Store.open(tmp_path / "there" / store.workbook).read().problems == ()
