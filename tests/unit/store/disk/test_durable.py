import errno
import gc
import os
from pathlib import Path
from unittest.mock import patch

import pytest

from coaching.store.disk.durable import sync_folder, write_durably, write_new
from tests.unit.store.disks import refusing


@pytest.fixture
def tmp(tmp_path):
    (tmp_path / "tmp").mkdir()
    return tmp_path / "tmp"


@pytest.fixture
def target(tmp_path):
    (tmp_path / "entries").mkdir()
    return tmp_path / "entries" / "file"


def test_only_the_owner_may_read_what_was_written(target, tmp):
    write_durably(target, b"words", tmp=tmp)
    assert target.read_bytes() == b"words"
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_disk_that_takes_one_byte_at_a_time_gets_them_all(target, tmp):
    write = os.write
    with patch("os.write", lambda descriptor, data: write(descriptor, data[:1])):
        write_durably(target, b"words", tmp=tmp)
    assert target.read_bytes() == b"words"


def test_bytes_then_name_are_flushed_before_it_returns(target, tmp):
    with refusing(0, errno.ENOSPC) as calls:
        write_durably(target, b"words", tmp=tmp)
    assert calls == ["open", "write", "fsync", "replace", "open", "fsync"]


@pytest.mark.parametrize("at", range(1, 7))
def test_of_a_new_file_a_failure_leaves_nothing(target, tmp, at):
    with refusing(at, errno.ENOSPC), pytest.raises(OSError, match="No space"):
        write_new(target, b"words", tmp=tmp)
    assert list(tmp.iterdir()) == list(target.parent.iterdir()) == []


@pytest.mark.parametrize(("at", "left"), [(1, b"old"), (2, b"old"), (3, b"old"), (4, b"old"), (5, b"new"), (6, b"new")])
def test_of_a_replaced_file_a_failure_leaves_the_old_or_the_new_whole(target, tmp, at, left):
    target.write_bytes(b"old")
    with refusing(at, errno.ENOSPC), pytest.raises(OSError, match="No space"):
        write_durably(target, b"new", tmp=tmp)
    assert target.read_bytes() == left
    assert list(tmp.iterdir()) == []


def test_an_interrupt_leaves_nothing_unfinished(target, tmp):
    with patch("os.fsync", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        write_durably(target, b"words", tmp=tmp)
    assert list(tmp.iterdir()) == list(target.parent.iterdir()) == []


def test_no_descriptor_stays_open(target, tmp):
    gc.collect()  # what tests before this one have left open is closed when it goes
    before = len(list(Path("/dev/fd").iterdir()))
    for at in range(7):
        with refusing(at, errno.EIO):
            try:
                write_durably(target, b"words", tmp=tmp)
            except OSError:
                continue
    sync_folder(tmp)
    assert len(list(Path("/dev/fd").iterdir())) == before
