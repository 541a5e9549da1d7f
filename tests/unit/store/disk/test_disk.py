import errno
import os
import threading
from pathlib import Path
from unittest.mock import patch

import pytest

from coaching.store.disk import BusyError, Lock, locked, locks
from tests.unit.store.programs import PROGRAMS, start


def lock_until(folder: Path, held, done, *, exclusive: bool) -> None:
    with locked(folder, exclusive=exclusive, wait=True):
        held.set()
        done.wait()


def count_up(file: Path, times: int) -> None:
    for _ in range(times):
        with locked(file.parent, exclusive=True, wait=True):
            file.write_text(str(int(file.read_text()) + 1))


def lock_once(folder: Path) -> None:
    with locked(folder, exclusive=True, wait=True):
        pass


@pytest.fixture(params=["program", "thread"])
def holder(request, tmp_path):
    """Return a function that lets somebody else hold the lock; they let go of it when the test is over."""
    ended, others = [], []

    def hold(*, exclusive):
        event = PROGRAMS.Event if request.param == "program" else threading.Event
        held, done = event(), event()
        options = {"target": lock_until, "args": (tmp_path, held, done), "kwargs": {"exclusive": exclusive}}
        other = PROGRAMS.Process(**options) if request.param == "program" else threading.Thread(**options)
        other.start()
        assert held.wait(30)
        ended.append(done)
        others.append(other)
        return other, done

    yield hold
    for done in ended:
        done.set()
    for other in others:
        other.join()


@pytest.mark.parametrize(
    ("theirs", "ours", "lock"),
    [
        ("shared", "shared", "HELD"),
        ("shared", "exclusive", "BUSY"),
        ("exclusive", "shared", "BUSY"),
        ("exclusive", "exclusive", "BUSY"),
    ],
)
def test_shared_locks_go_together_and_an_exclusive_one_with_no_other(holder, tmp_path, theirs, ours, lock):
    holder(exclusive=theirs == "exclusive")
    with locked(tmp_path, exclusive=ours == "exclusive", wait=False) as ours_is:
        assert ours_is is Lock[lock]


def test_who_waits_gets_the_lock_when_the_other_lets_go(holder, tmp_path):
    other, done = holder(exclusive=True)
    threading.Timer(0.05, done.set).start()
    with locked(tmp_path, exclusive=True, wait=True) as lock:
        assert lock is Lock.HELD
        other.join()


def test_who_does_not_let_go_is_not_waited_for_for_ever(holder, tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "_PATIENCE", 0)
    _, done = holder(exclusive=True)
    with pytest.raises(BusyError), locked(tmp_path, exclusive=False, wait=True):
        pytest.fail("somebody else has the lock")
    assert not done.is_set()


def test_a_lock_is_let_go_when_the_block_fails(tmp_path):
    with pytest.raises(KeyboardInterrupt), locked(tmp_path, exclusive=True, wait=True):
        raise KeyboardInterrupt
    with locked(tmp_path, exclusive=True, wait=False) as lock:
        assert lock is Lock.HELD


def test_a_killed_program_holds_nothing(tmp_path):
    held, done = PROGRAMS.Event(), PROGRAMS.Event()
    other = PROGRAMS.Process(target=lock_until, args=(tmp_path, held, done), kwargs={"exclusive": True})
    other.start()
    assert held.wait(30)
    other.kill()
    other.join()
    with locked(tmp_path, exclusive=True, wait=False) as lock:
        assert lock is Lock.HELD


def test_programs_that_lock_exclusively_do_not_lose_what_the_others_did(tmp_path):
    file = tmp_path / "number"
    file.write_text("0")
    others = [start(count_up, file, 200) for _ in range(3)]
    for other in others:
        other.join()
    assert file.read_text() == "600"


def test_a_lock_leaves_no_file_and_no_open_descriptor(tmp_path):
    before = len(os.listdir("/dev/fd"))  # noqa: PTH208 - Path.iterdir would open it longer
    for wait in (True, False):
        with locked(tmp_path, exclusive=True, wait=wait):
            pass
    assert len(os.listdir("/dev/fd")) == before  # noqa: PTH208
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOTSUP, errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.EBADF])
@pytest.mark.parametrize("wait", [True, False])
def test_a_file_system_without_locks_is_told_from_one_that_is_busy(tmp_path, number, wait):
    with patch("fcntl.flock", side_effect=OSError(number, "")), locked(tmp_path, exclusive=True, wait=wait) as lock:
        assert lock is Lock.MISSING


def test_another_error_of_the_disk_is_none_of_these(tmp_path):
    with patch("fcntl.flock", side_effect=OSError(errno.EIO, "")), pytest.raises(OSError, match="Errno 5"):
        lock_once(tmp_path)


def test_a_folder_that_is_gone_cannot_be_locked(tmp_path):
    with pytest.raises(FileNotFoundError), locked(tmp_path / "gone", exclusive=True, wait=True):
        pytest.fail("there is nothing to lock")
