import errno
import os
from unittest.mock import patch

import pytest

from coaching.errors import StoreError
from coaching.store import Store
from tests.unit.store.disks import no_file_larger_than, refusing
from tests.unit.store.samples import SESSION, files, keys, note, revisions

KEPT = [note("a"), note("b")]
DRAFTED = note("d", text="I")


@pytest.fixture
def filled(store):
    for entry in KEPT:
        store.save([entry])
    store.draft(SESSION, "tab-1", [DRAFTED])
    store.draft(SESSION, "tab-2", [note("e")])
    return store


def save(store):
    store.save([note("c")])


def draft(store):
    store.draft(SESSION, "tab-1", [note("d", text="I would")])


def commit(store):
    store.commit(SESSION)


def compact(store):
    store.compact()


SAVED = [*KEPT, DRAFTED, note("e")]
#: act → what it must leave when the disk refuses at any step, and what when it does not.
ACTS = {
    save: ("nothing was changed", [SAVED], [*SAVED, note("c")]),
    draft: ("the draft is this one or the one before", [SAVED], SAVED),
    commit: ("every word is there, as a draft or as an entry", [SAVED], SAVED),
    compact: ("no entry was lost", [SAVED], SAVED),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_refuses_at_any_step_loses_nothing_and_leaves_no_junk(filled, act, number):
    outcome, left, done = ACTS[act]
    at = 0
    while True:
        at += 1
        with refusing(at, number) as calls:
            try:
                act(filled)
            except StoreError as error:
                message = str(error)
            else:
                break
        assert len(calls) == at
        assert outcome in message
        assert message.startswith(f"{filled.folder.name}: the disk ")
        snapshot = Store.open(filled.folder).read()
        assert revisions(snapshot) in [keys(*entries) for entries in left]
        assert snapshot.problems == ()
        assert files(filled, "tmp") == []
    assert at > 2  # each act flushes at least one folder
    assert revisions(Store.open(filled.folder).read()) == keys(*done)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full; make room on it and try again"),
        (errno.EDQUOT, "the disk is full; make room on it and try again"),
        (errno.EROFS, "the folder can only be read; make it writable, or copy it to where it is"),
        (errno.EACCES, "this account may not use the folder; check whose folder it is and its permissions"),
        (errno.EPERM, "this account may not use the folder; check whose folder it is and its permissions"),
        (errno.EIO, "the disk reported an error; check the disk and try again"),
    ],
)
def test_the_reason_and_what_to_do_are_said_in_plain_words(filled, number, said):
    with refusing(1, number), pytest.raises(StoreError) as caught:
        save(filled)
    assert str(caught.value) == f"{filled.folder.name}: {said}; nothing was changed."


@pytest.mark.parametrize("size", [0, 1, 1024])
def test_when_the_operating_system_refuses_nothing_is_changed(filled, size):
    before = files(filled)
    with no_file_larger_than(size), pytest.raises(StoreError, match=r"the disk is full.*nothing was changed"):
        save(filled)
    assert files(filled) == before
    assert files(filled, "tmp") == []
    save(filled)
    assert revisions(filled.read()) == keys(*SAVED, note("c"))


def test_a_full_disk_does_not_keep_a_workbook_from_being_opened(store):
    for rev in range(70):
        store.save([note("a", rev)])
    with no_file_larger_than(0):
        assert Store.open(store.folder).read().history.num_rows == 70
    assert len(files(store)) == 70


def test_a_folder_that_can_only_be_read_is_read(filled):
    refused = OSError(errno.EROFS, os.strerror(errno.EROFS))
    changing = dict.fromkeys(("open", "replace", "rename", "unlink"), lambda *_, **__: (_ for _ in ()).throw(refused))
    with patch.multiple(os, **changing):
        opened = Store.open(filled.folder)
        assert revisions(opened.read()) == keys(*SAVED)
        with pytest.raises(StoreError, match=r"can only be read.*nothing was changed"):
            opened.save([note("c")])
