"""A disk that refuses at any step of what is rare and touches everything: keys, erasing, writing anew."""

import errno
import shutil
from contextlib import suppress

import pytest

from coaching.errors import StoreError
from coaching.store import PLAIN, Store, change_passphrase, create, key_name, recover, unlock, workbooks
from coaching.store.disk.layout import ALL_COLUMNS, Layout
from coaching.store.files.memory import FOLDER
from tests.unit.store.disks import CALLS, CHANGES, refusing
from tests.unit.store.samples import (
    PASSPHRASE,
    SESSION,
    WORDS,
    WORKBOOK,
    contents,
    erased,
    files,
    keys,
    note,
    put_back,
    revisions,
    rotate,
)

OTHER = "another passphrase altogether"
TO_ERASE = "what is to be erased"
SAID = keys(note("a"), note("b"), note("c"))

pytestmark = pytest.mark.usefixtures("cheap")

#: (number of the error, which calls, whether the disk goes on refusing)
REFUSALS = pytest.mark.parametrize(
    ("number", "calls", "lasting"),
    [(errno.ENOSPC, CALLS, False), (errno.ENOSPC, CALLS, True), (errno.EIO, CHANGES, False)],
    ids=["full", "full and stays full", "broken"],
)


@pytest.fixture
def created(home):
    made = create(home / WORKBOOK, workbook=WORKBOOK, holder="coach", passphrase=PASSPHRASE)
    made.store.save([note("a", text=TO_ERASE), note("b")])
    made.store.draft(SESSION, "tab-1", [note("c")])
    return made


def at_each_step(folder, number, calls, happens, *, lasting):
    """Let the disk refuse at each step; give what was said, and begin again from the same folder."""
    before = folder.with_name(".before")
    shutil.copytree(folder, before)
    for at in range(1, 100):
        with refusing(at, number, calls, lasting=lasting) as made:
            try:
                happens()
            except StoreError as error:
                said = str(error)
            else:
                said = None
        yield said
        if len(made) < at:
            assert at > 3
            return
        put_back(before, folder)
    pytest.fail("it never came to an end")


def is_tidy(folder):
    return list(Layout(folder).tmp.iterdir()) == []


@REFUSALS
def test_a_new_passphrase_is_there_or_the_one_before(created, number, calls, lasting):
    folder = created.store.folder
    before = contents(folder)
    outcomes = []
    for said in at_each_step(
        folder, number, calls, lambda: change_passphrase(folder, created.keys, OTHER), lasting=lasting
    ):
        now = contents(folder)
        assert {name for name in before | now if before.get(name) != now.get(name)} <= {
            "workbook.json",
            f"entries/{ALL_COLUMNS}",
        }
        opened = [typed for typed in (PASSPHRASE, OTHER) if opens(folder, typed)]
        assert recover(folder, created.recovery_key) == created.keys
        assert said is None or said.startswith(f"{WORKBOOK}: the disk ")
        outcomes.append((said is None, opened))
    assert outcomes[-1] == (True, [OTHER])
    assert {tuple(opened) for _, opened in outcomes} <= {(PASSPHRASE,), (OTHER,)}


def opens(folder, passphrase):
    try:
        return bool(unlock(folder, passphrase).data)
    except StoreError:
        return False


@REFUSALS
def test_a_new_key_is_there_or_the_one_before_and_all_is_read(created, number, calls, lasting):
    folder = created.store.folder
    for said in at_each_step(folder, number, calls, lambda: rotate(folder, created.keys, OTHER), lasting=lasting):
        assert said is None or said.startswith(f"{WORKBOOK}: the disk ")
        opened = [unlock(folder, typed) for typed in (PASSPHRASE, OTHER) if opens(folder, typed)]
        assert len(opened) == 1
        assert is_tidy(folder)
        snapshot = Store.open(folder, opened[0]).read()
        assert (revisions(snapshot), snapshot.problems) == (SAID, ())
        assert not Layout(folder).rewriting.exists()
    assert said is None
    assert opened[0].data[1:] == created.keys.data


@REFUSALS
def test_a_plain_workbook_is_encrypted_or_as_it_was(store, number, calls, lasting):
    store.save([note("a")])
    for said in at_each_step(store.folder, number, calls, lambda: rotate(store.folder, PLAIN, OTHER), lasting=lasting):
        assert said is None or said.startswith(f"{WORKBOOK}: the disk ")
        found = unlock(store.folder, OTHER) if key_name(store.folder) else PLAIN
        assert is_tidy(store.folder)
        snapshot = Store.open(store.folder, found).read()
        assert (revisions(snapshot), snapshot.problems) == (keys(note("a")), ())
    assert said is None
    assert WORDS.encode() not in b"".join(contents(store.folder).values())


@pytest.mark.thorough
@REFUSALS
def test_writing_anew_is_put_off_until_the_disk_takes_it(created, number, calls, lasting):
    folder = created.store.folder
    rotated, _ = rotate(folder, created.keys, OTHER)
    reread = []
    for said in at_each_step(
        folder, number, calls, lambda: reread.append(Store.open(folder, rotated)), lasting=lasting
    ):
        assert said is None
        assert revisions(reread[-1].read()) == SAID
        assert is_tidy(folder)
        snapshot = Store.open(folder, rotated).read()
        assert (revisions(snapshot), snapshot.problems) == (SAID, ())
        assert not Layout(folder).rewriting.exists()
        assert len(files(reread[-1])) == 1


@pytest.mark.thorough
@REFUSALS
def test_what_was_not_erased_wholly_is_said_and_erasing_again_does_it(store, number, calls, lasting):
    store.save([note("a", text=TO_ERASE), note("b")])
    store.save([note("c")])
    folder, after = store.folder, keys(erased("a", 2), note("b"), note("c"))
    opened: list[Store] = []

    def erase():
        opened.append(Store.open(folder))
        opened[-1].erase([erased("a", 2)])

    for said in at_each_step(folder, number, calls, erase, lasting=lasting):
        assert is_tidy(folder)
        if said is None:
            assert TO_ERASE.encode() not in b"".join(contents(folder).values())
        else:
            assert said.startswith(f"{WORKBOOK}: the disk ")
            assert said.endswith("; not everything is erased yet.")
        assert revisions(Store.open(folder).read()) in (SAID, after)
        assert opened[-1].erase([erased("a", 2)]) == ()
        assert revisions(opened[-1].read()) == after
        assert TO_ERASE.encode() not in b"".join(contents(folder).values())
    assert said is None


@REFUSALS
def test_an_encrypted_workbook_is_made_whole_or_not_at_all(home, number, calls, lasting):
    seen = []
    for at in range(1, 100):
        with refusing(at, number, calls, lasting=lasting) as made, suppress(StoreError):
            create(home / WORKBOOK, workbook=WORKBOOK, holder="coach", passphrase=PASSPHRASE)
        found, problems = workbooks(home)
        assert problems == []
        assert not home.exists() or [path for path in home.iterdir() if path.name != FOLDER] == found
        for folder in found:
            assert Store.open(folder, unlock(folder, PASSPHRASE)).read().problems == ()
        seen.append(len(found))
        shutil.rmtree(home, ignore_errors=True)
        if len(made) < at:
            break
    assert seen[-1] == 1
    assert seen.count(0) > 10  # the others are refusals of what is put off, or only remembered
