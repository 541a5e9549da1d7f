"""Room that is kept on the disk: erasing is possible though it is full."""

import errno
import os

import pytest

from coaching.errors import StoreError
from coaching.store import Store
from coaching.store.files.memory import FOLDER
from tests.unit.store.disks import interrupted
from tests.unit.store.samples import contents, erased, keys, note, revisions

TO_ERASE = "words that somebody asked to be erased"


@pytest.fixture
def reserve(store):
    store.save([note("a", text=TO_ERASE), note("b")])
    Store.open(store.folder)
    return store.folder.parent / FOLDER / "reserve"


def full_while(is_so):
    """Let the disk have no room as long as something holds."""

    def refuse():
        if is_so():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return interrupted(1, refuse, ("write",), lasting=True)


def test_on_a_full_disk_the_room_that_was_kept_is_taken_for_erasing_and_kept_again(store, reserve):
    size = reserve.stat().st_size
    with full_while(reserve.exists):
        assert store.erase([erased("a", 2)]) == ()
    assert TO_ERASE.encode() not in b"".join(contents(store.folder).values())
    assert revisions(Store.open(store.folder).read()) == keys(note("b"), erased("a", 2))
    assert reserve.stat().st_size == size


def test_a_disk_that_is_full_all_the_same_says_that_not_everything_is_erased(store, reserve):
    with full_while(lambda: True), pytest.raises(StoreError, match="not everything is erased yet"):
        store.erase([erased("a", 2)])
    assert store.erase([erased("a", 2)]) == ()
    assert TO_ERASE.encode() not in b"".join(contents(store.folder).values())
