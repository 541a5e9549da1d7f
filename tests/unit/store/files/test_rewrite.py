"""Writing everything anew, cut short by a kill at any step: the next one who opens the workbook does it."""

import shutil
import signal

import pytest

from coaching.store import PLAIN, Keys, Store, create, key_name, unlock
from coaching.store.disk.layout import Layout
from coaching.store.disk.os_errors import UnreadableFileError
from coaching.store.files.parquet import Codec
from tests.unit.store.programs import erase_killed, open_killed, rotate_killed, start
from tests.unit.store.samples import (
    PASSPHRASE,
    WORDS,
    WORKBOOK,
    contents,
    erased,
    files,
    keys,
    made,
    note,
    put_back,
    revisions,
    rotate,
    unmarked,
)

TO_ERASE = "what is to be erased"

pytestmark = pytest.mark.usefixtures("cheap")


@pytest.fixture
def created(home):
    whole = create(home / WORKBOOK, workbook=WORKBOOK, holder="coach", passphrase=PASSPHRASE)
    whole.store.save([note("a", text=TO_ERASE)])
    whole.store.save([note("b")])
    return whole


def killed_at_each_step(folder, program, *arguments):
    """Let a program be killed at each step; give the folder as it left it, and begin again from the same one."""
    before = folder.with_name(".before")
    shutil.copytree(folder, before)
    for at in range(1, 100):
        running = start(program, folder, *arguments, at)
        running.join()
        assert running.exitcode in (0, -signal.SIGKILL)
        yield running.exitcode == 0
        if running.exitcode == 0:
            assert at > 10
            return
        put_back(before, folder)
    pytest.fail("it never came to an end")


def is_all_in(keys, folder):
    """Tell whether the newest key alone reads every file."""
    newest = Codec(WORKBOOK, Keys(keys.data[:1]))
    try:
        rows = [newest.decode(file.read_bytes()).table.num_rows for file in unmarked(folder / "entries")]
    except UnreadableFileError:
        return False
    return sum(rows) == 2 and newest.decode(Layout(folder).all_columns.read_bytes()).has_all_columns


def check(folder, found):
    snapshot = Store.open(folder, found).read()
    assert (revisions(snapshot), snapshot.problems) == (keys(note("a"), note("b")), ())
    assert not Layout(folder).rewriting.exists()
    assert is_all_in(found, folder)


@pytest.mark.thorough
@pytest.mark.posix
def test_of_a_rotation_killed_while_it_writes_anew_nothing_is_left_to_the_old_key(created):
    folder = created.store.folder
    rotated, _ = rotate(folder, created.keys, PASSPHRASE)
    assert not is_all_in(rotated, folder)
    for _ in killed_at_each_step(folder, open_killed, rotated):
        assert unlock(folder, PASSPHRASE) == rotated
        check(folder, rotated)


@pytest.mark.thorough
@pytest.mark.posix
def test_a_rotation_killed_anywhere_was_not_begun_or_is_ended(created):
    folder, seen = created.store.folder, []
    for _ in killed_at_each_step(folder, rotate_killed, created.keys):
        found = unlock(folder, PASSPHRASE)
        check(folder, found)
        seen.append(len(found.data))
    assert seen == sorted(seen)
    assert set(seen) == {1, 2}


@pytest.mark.thorough
@pytest.mark.posix
def test_a_plain_workbook_killed_while_it_is_encrypted_is_plain_or_encrypted_and_whole(store):
    store.save([note("a")])
    store.save([note("b")])
    for _ in killed_at_each_step(store.folder, rotate_killed, PLAIN):
        found = unlock(store.folder, PASSPHRASE) if key_name(store.folder) else PLAIN
        check(store.folder, found)
        left = {name: data for name, data in contents(store.folder).items() if not name.startswith("tmp/")}
        assert (WORDS.encode() in b"".join(left.values())) == (found == PLAIN)


@pytest.mark.thorough
@pytest.mark.posix
def test_what_is_erased_is_gone_when_a_kill_cut_it_short_and_it_is_done_again(home):
    folder = made(home).folder
    Store.open(folder).save([note("a", text=TO_ERASE), note("b")])
    Store.open(folder).save([note("a", 2, text=f"{TO_ERASE} still")])
    before, after = keys(note("a"), note("a", 2), note("b")), keys(erased("a", 3), note("b"))
    seen = []
    for was_done in killed_at_each_step(folder, erase_killed, PLAIN):
        store = Store.open(folder)
        assert revisions(store.read()) in (before, after)
        # What the program had said in full before it was killed holds without being said again.
        if revisions(store.read()) == after:
            assert TO_ERASE.encode() not in b"".join(file.read_bytes() for file in files(store))
        store.erase([erased("a", 3)])
        assert revisions(store.read()) == after
        assert TO_ERASE.encode() not in b"".join(file.read_bytes() for file in files(store))
        assert not Layout(folder).rewriting.exists()
        seen.append(was_done)
    assert seen[-1]
