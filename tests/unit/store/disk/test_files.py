import errno
import os
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from coaching.store import disk
from coaching.store.disk import files
from coaching.store.disk.durable import write_durably
from coaching.store.disk.os_errors import reason_of
from tests.unit.store.samples import SESSION, erased, made, note

FULL_FLUSH = 51


@contextmanager
def macos(answer=None):
    """Let the store believe that this is macOS; give what is flushed how, in order."""
    flushed = []

    def fcntl(descriptor, command, argument=0):
        assert os.fstat(descriptor)
        flushed.append(command)
        if answer is not None and command == FULL_FLUSH:
            raise OSError(answer, os.strerror(answer))
        return argument

    sync = os.fsync

    def fsync(descriptor):
        flushed.append("fsync")
        sync(descriptor)

    calls = SimpleNamespace(fcntl=fcntl, F_FULLFSYNC=FULL_FLUSH, F_NOCACHE=48)
    with ExitStack() as patches:
        patches.enter_context(patch.object(files, "sys", SimpleNamespace(platform="darwin")))
        patches.enter_context(patch.object(files, "fcntl", calls))
        patches.enter_context(patch("os.fsync", fsync))
        yield flushed


def test_macos_flushes_the_bytes_and_the_name_of_a_file_to_the_disk_itself(tmp_path):
    with macos() as flushed:
        write_durably(tmp_path / "file", b"words", tmp=tmp_path)
    assert flushed == [FULL_FLUSH, FULL_FLUSH]
    assert (tmp_path / "file").read_bytes() == b"words"


@pytest.mark.parametrize("number", [errno.ENOTSUP, errno.EINVAL, errno.ENOTTY])
def test_macos_flushes_as_others_do_where_the_disk_knows_no_better(tmp_path, number):
    with macos(number) as flushed:
        write_durably(tmp_path / "file", b"words", tmp=tmp_path)
    assert flushed == [FULL_FLUSH, "fsync"] * 2


def test_macos_reports_a_flush_that_failed(tmp_path):
    with macos(errno.EIO), pytest.raises(OSError, match="Input/output error"):
        write_durably(tmp_path / "file", b"words", tmp=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_macos_reads_a_backup_from_the_disk_and_not_from_memory(tmp_path):
    (tmp_path / "file").write_bytes(b"words")
    with macos() as asked, (tmp_path / "file").open("rb") as opened:
        disk.forget(opened.fileno())
    assert asked == [48]


def test_a_path_that_is_too_long_is_said_to_be(tmp_path):
    with pytest.raises(OSError, match="name too long") as caught:
        disk.open_file(tmp_path / ("x" * 300), os.O_WRONLY | os.O_CREAT)
    said = "the path of a file is too long for this system; choose a folder nearer to the top of the disk"
    assert reason_of(caught.value) == said


def test_every_act_of_the_store_is_flushed_to_the_disk_itself_on_macos(home):
    with macos() as flushed:
        store = made(home)
        for act in (
            lambda: store.save([note("a")]),
            lambda: store.draft(SESSION, "tab-1", [note("b")]),
            lambda: store.commit(SESSION),
            store.compact,
            lambda: store.erase([erased("a", 3)]),
        ):
            flushed.clear()
            act()
            assert len(flushed) > 1
            assert set(flushed) == {FULL_FLUSH}
