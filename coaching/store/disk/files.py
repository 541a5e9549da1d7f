"""Files of bytes: opened, read, flushed, renamed and removed as each operating system needs it.

Linux is the plain case. macOS flushes to the disk itself only when asked in its own way. Windows cannot open folders,
translates line ends unless told that a file is bytes, and lets nobody rename over, or remove, what somebody has open.
"""

import errno
import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from weakref import finalize

if sys.platform != "win32":
    import fcntl

_T = TypeVar("_T")

#: How long is waited, in seconds, until others let go of a file on Windows: mostly something that looks for viruses, or
#: keeps folders the same, and has it open for some milliseconds. Two seconds in all; for one that is read, a tenth.
_PAUSES = [0.001 * 2**turn for turn in range(11)]
_PAUSES_TO_READ = _PAUSES[:6]
_APPENDING = os.O_WRONLY | os.O_APPEND | os.O_CREAT
_ACCESS_DENIED = 5
#: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, and ERROR_DIR_NOT_EMPTY: what is removed there is still open.
_IN_USE = {32, 33, 145}
#: What a file system answers to the flush of macOS if it knows the common one alone.
_NO_FULL_FLUSH = {errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOTTY, errno.ENOSYS}


class InUseError(PermissionError):
    """Another program has a file open, and this system lets nobody rename over it or remove it meanwhile."""


def open_file(file: Path, flags: int) -> int:
    """Open a file of bytes; a new one is for its owner alone, where the system knows owners.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    if sys.platform == "win32":
        flags |= os.O_BINARY
    return _patiently(lambda: os.open(file, flags, 0o600), _PAUSES_TO_READ)


def open_in_own_folder(file: Path, flags: int) -> int:
    """Open a file as `open_file` does; if its folder is not there it is made, for its owner alone.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    file.parent.mkdir(mode=0o700, exist_ok=True)
    return open_file(file, flags)


class Appended:
    """A file that something is added to again and again: opened once, as opening takes its time.

    On Windows it is opened each time: nobody could remove what is open, nor the folder that it is in.

    Parameters
    ----------
    file
        Made when something is first added; so is its folder, for its owner alone.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._opened: tuple[int, finalize[Any, Any]] | None = None

    def add(self, data: bytes) -> None:
        """Add to what is there; to a new file, if somebody has removed it meanwhile.

        Raises
        ------
        OSError
            If the disk refuses.
        """
        if sys.platform == "win32":
            descriptor = open_in_own_folder(self._file, _APPENDING)
            try:
                os.write(descriptor, data)
            finally:
                os.close(descriptor)
        else:
            os.write(self._descriptor(), data)

    def _descriptor(self) -> int:
        if self._opened is not None:
            descriptor, close = self._opened
            if os.fstat(descriptor).st_nlink:
                return descriptor
            close()
        descriptor = open_in_own_folder(self._file, _APPENDING)
        self._opened = descriptor, finalize(self, os.close, descriptor)
        return descriptor


def read(file: Path) -> bytes:
    """Return what a file holds.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    return _patiently(file.read_bytes, _PAUSES_TO_READ)


def flush(descriptor: int) -> None:
    """Let the disk itself keep what was written to a file: until then a power cut may take it.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    if sys.platform == "darwin":
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in _NO_FULL_FLUSH:
                raise
        else:
            return
    os.fsync(descriptor)


def flush_folder(folder: Path) -> None:
    """Let the disk itself keep which names a folder holds: until then a power cut may undo a rename.

    Windows cannot open a folder for that, so nothing is done there: NTFS keeps a journal of renames, and has after a
    power cut the one name or the other. What must be there then is put there by `replace`.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    if sys.platform == "win32":
        return
    else:  # noqa: RET505 - mypy reads what follows a return, but not another system's branch
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            flush(descriptor)
        finally:
            os.close(descriptor)


def _flush_name(file: Path) -> None:
    """Flush a file that was closed: Windows then flushes all that its journal says of it, the name too."""
    descriptor = open_file(file, os.O_RDWR)
    try:
        flush(descriptor)
    finally:
        os.close(descriptor)


def forget(descriptor: int) -> None:
    """Let what is read next from a file come from the disk, and not from memory, where the system can be asked to."""
    if sys.platform == "linux":
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    elif sys.platform == "darwin":
        fcntl.fcntl(descriptor, fcntl.F_NOCACHE, 1)


def replace(source: Path, target: Path) -> None:
    """Give a file another name, in place of what stood there; flush the name where that is done by the file.

    Raises
    ------
    InUseError
        If another program has the one or the other open, and does not let go of it in time.
    OSError
        If the disk refuses.
    """
    _patiently(lambda: os.replace(source, target), _PAUSES, denied_is_in_use=True)  # noqa: PTH105 - tests replace it
    if sys.platform == "win32":
        with suppress(FileNotFoundError):  # whoever has taken it away meanwhile keeps elsewhere what it says
            _flush_name(target)


def rename(source: Path, target: Path) -> None:
    """Give a file or a folder a name that nothing has.

    Raises
    ------
    InUseError
        If another program has it, or something in it, open, and does not let go of it in time.
    OSError
        If the disk refuses.
    """
    _patiently(lambda: os.rename(source, target), _PAUSES, denied_is_in_use=True)  # noqa: PTH104 - tests replace it


def remove(file: Path, *, missing_ok: bool = False) -> None:
    """Remove a file.

    Raises
    ------
    InUseError
        If another program has it open, and does not let go of it in time.
    OSError
        If the disk refuses, or there is none and there should be one.
    """
    _patiently(lambda: file.unlink(missing_ok=missing_ok), _PAUSES)


def remove_tree(folder: Path, *, ignore_errors: bool = False) -> None:
    """Remove a folder and everything in it, or, after an error that matters more, what the disk lets go of.

    Raises
    ------
    InUseError
        If another program has something in it open, and does not let go of it in time; some of it may be gone.
    OSError
        If the disk refuses; some of it may be gone.
    """
    _patiently(lambda: shutil.rmtree(folder, ignore_errors=ignore_errors), _PAUSES)


def _patiently(act: Callable[[], _T], pauses: list[float], *, denied_is_in_use: bool = False) -> _T:
    """Do something with a file; on Windows again for a while, as long as somebody else has it open.

    Windows says of a file that somebody has open, if it is to be renamed over, that access is denied, as it says of one
    that the account may not change. Whoever made the file that is to take its place may.
    """
    if sys.platform == "win32":
        for pause in pauses:
            try:
                return act()
            except OSError as error:
                if _number(error) not in {*_IN_USE, _ACCESS_DENIED}:
                    raise
                time.sleep(pause)
        try:
            return act()
        except OSError as error:
            if _number(error) in _IN_USE or (denied_is_in_use and _number(error) == _ACCESS_DENIED):
                raise InUseError(*error.args) from error
            raise
    return act()


def _number(error: OSError) -> int | None:
    """Return the number of Windows' own for an error; what Python itself raised may have none."""
    return getattr(error, "winerror", None)
