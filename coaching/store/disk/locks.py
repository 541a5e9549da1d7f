"""Locks among programs and threads: of a folder, or of a file in it on Windows, which cannot lock folders."""

import ctypes
import errno
import os
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto
from pathlib import Path
from typing import Any
from weakref import finalize

from coaching.store.disk.files import open_file

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: What a file system without locks answers; some answer as if the descriptor were none, or none to be written with.
_NO_LOCKS = {errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.EBADF}
#: The same on Windows: ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED, ERROR_CALL_NOT_IMPLEMENTED.
_NO_LOCKS_WINDOWS = {1, 50, 120}
_LOCK_VIOLATION = 33
_FAIL_IMMEDIATELY, _EXCLUSIVE = 1, 2
#: Where a file is locked on Windows: far behind its end, so that whoever copies the folder can read the file.
_PLACE = struct.pack("PPIIP", 0, 0, 1 << 30, 0, 0)

#: Seconds for which somebody who has a lock is waited for, and between two looks whether they still have it. The system
#: could wait itself, but not tell anybody that whoever has the lock was stopped and will never let go of it.
_PATIENCE, _PAUSE = 20.0, 0.005

#: The file that Windows locks in place of the folder that it is in.
LOCK_FILE = ".lock"


class Lock(Enum):
    """How asking for a lock went."""

    HELD = auto()
    #: Somebody else has it, and was not waited for.
    BUSY = auto()
    #: This file system has none: nobody is kept out.
    MISSING = auto()


class BusyError(TimeoutError):
    """Somebody else has a lock, and did not let go of it for as long as they were waited for."""


class LockedAgain:
    """A folder that is locked again and again by one thread at a time: opened once, as opening takes its time.

    On Windows it is opened each time: nobody could rename or remove a folder while something in it is open.

    Parameters
    ----------
    folder
        What is locked.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: tuple[int, os.stat_result, finalize[Any, Any]] | None = None

    def lock(self, *, exclusive: bool) -> Lock:
        """Lock it as `locked` does, and wait for those who have it; `unlock` is to be called in any case.

        Raises
        ------
        BusyError
            If somebody else has it for too long.
        OSError
            If the folder is gone or cannot be opened.
        """
        return _lock(self._descriptor(), exclusive=exclusive, wait=True)

    def unlock(self) -> None:
        """Let go of it; nothing happens if it is not locked."""
        if self._opened is not None:
            descriptor, _, close = self._opened
            with suppress(OSError):  # what was done meanwhile is done
                _unlock(descriptor)
            if sys.platform == "win32":
                close()
                self._opened = None

    def _descriptor(self) -> int:
        """Return the open folder; anew if another one has been put in its place."""
        if self._opened is not None:
            descriptor, status, close = self._opened
            with suppress(OSError):
                if os.path.samestat(status, os.stat(self._folder)):  # noqa: PTH116 - fast
                    return descriptor
            close()
            self._opened = None  # another file may get the number of this one
        descriptor = _open_for_lock(self._folder)
        self._opened = descriptor, os.fstat(descriptor), finalize(self, os.close, descriptor)
        return descriptor


@contextmanager
def locked(folder: Path, *, exclusive: bool, wait: bool) -> Iterator[Lock]:
    """Lock a folder for as long as the block runs, among all programs and all threads that lock it here.

    A program that is killed holds nothing any more. On Windows it is the file `LOCK_FILE` that is locked, as folders
    cannot be; elsewhere the folder itself, so that no file tells of it.

    Parameters
    ----------
    folder
        What is locked.
    exclusive
        Whether nobody else may have it; otherwise all others may who ask for it so too.
    wait
        Whether to wait for those who have it.

    Raises
    ------
    BusyError
        If they were waited for, for too long.
    OSError
        If the folder is gone or cannot be opened.
    """
    descriptor = _open_for_lock(folder)
    lock = Lock.MISSING
    try:
        lock = _lock(descriptor, exclusive=exclusive, wait=wait)
        yield lock
    finally:
        with suppress(OSError):  # what was done in the block is done
            if lock is Lock.HELD:
                _unlock(descriptor)
            os.close(descriptor)


def _open_for_lock(folder: Path) -> int:
    if sys.platform == "win32":
        return open_file(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT)
    return os.open(folder, os.O_RDONLY)


def _lock(descriptor: int, *, exclusive: bool, wait: bool) -> Lock:
    lock, end = _lock_now(descriptor, exclusive=exclusive), time.monotonic() + _PATIENCE
    while wait and lock is Lock.BUSY:
        if time.monotonic() > end:
            raise BusyError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
        time.sleep(_PAUSE)
        lock = _lock_now(descriptor, exclusive=exclusive)
    return lock


def _lock_now(descriptor: int, *, exclusive: bool) -> Lock:
    if sys.platform == "win32":
        return _lock_file(descriptor, _FAIL_IMMEDIATELY | (_EXCLUSIVE if exclusive else 0))
    else:  # noqa: RET505 - mypy reads what follows a return, but not another system's branch
        try:
            fcntl.flock(descriptor, fcntl.LOCK_NB | (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH))
        except BlockingIOError:
            return Lock.BUSY
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return Lock.MISSING
            raise
        return Lock.HELD


def _lock_file(descriptor: int, flags: int) -> Lock:
    """Lock by ``LockFileEx``: Python's own way to lock on Windows cannot share, and a package that can brings more."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(descriptor))
        if kernel.LockFileEx(handle, flags, 0, 1, 0, ctypes.create_string_buffer(_PLACE, len(_PLACE))):
            return Lock.HELD
        number = ctypes.get_last_error()
        if number == _LOCK_VIOLATION:
            return Lock.BUSY
        if number not in _NO_LOCKS_WINDOWS:
            raise ctypes.WinError(number)
    return Lock.MISSING


def _unlock(descriptor: int) -> None:
    """Unlock at once: closing the file does so too, but Windows takes its time, and a forked program keeps it open."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(descriptor))
        kernel.UnlockFileEx(handle, 0, 1, 0, ctypes.create_string_buffer(_PLACE, len(_PLACE)))
    else:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
