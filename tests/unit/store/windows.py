"""A Windows to try the store on: not the system itself, but its rules, as far as they differ for a program like this.

Folders cannot be opened. Bytes written to a file that was not opened as one of bytes get other line ends. What somebody
has open can be neither renamed over, renamed nor removed. Names have no case, and some belong to devices. Only a file
that is open for writing can be flushed, and only files can be locked.
"""

import builtins
import ctypes
import errno
import fcntl
import io
import os
import re
import shutil
import stat
import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from coaching.store.disk import files, locks, names

BINARY = 0x8000
ACCESS_DENIED, SHARING_VIOLATION, ALREADY_EXISTS, INVALID_NAME, DIR_NOT_EMPTY = 5, 32, 183, 123, 145
LOCK_VIOLATION, NOT_SUPPORTED = 33, 50
_NUMBERS = {errno.ENOENT: 2, errno.EACCES: ACCESS_DENIED, errno.EEXIST: ALREADY_EXISTS, errno.ENOTEMPTY: DIR_NOT_EMPTY}
#: What Python does not have on Windows.
_MISSING = ("fchmod", "fchown", "geteuid", "getuid", "posix_fadvise")
#: Files that are locked by Windows' own call, and how: the rules of LockFileEx, kept by flock.
_FAIL_IMMEDIATELY, _EXCLUSIVE = 1, 2
_STRANGE = re.compile(r'[<>:"|?*\x00-\x1f]|[. ]$|^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?$', re.IGNORECASE)


def refused(winerror: int, path) -> OSError:
    """Return the error that Python raises for a number of Windows."""
    known = {ALREADY_EXISTS: errno.EEXIST, INVALID_NAME: errno.EINVAL, DIR_NOT_EMPTY: errno.ENOTEMPTY}
    error = OSError(known.get(winerror, errno.EACCES), f"[WinError {winerror}]", str(path))
    error.winerror = winerror
    return error


class Windows:
    """The calls of a program to a disk below one folder, as Windows answers them.

    Parameters
    ----------
    folder
        All below it is on the disk of Windows.
    has_others
        Whether other programs of the same session may have files open.

    Attributes
    ----------
    locks_are_missing
        Whether the file system has no locks, as some on the net.
    """

    def __init__(self, folder: Path, *, has_others: bool = False) -> None:
        self._has_others = has_others
        self.locks_are_missing = False
        self._root = str(folder)
        self._text: set[int] = set()
        self._error = 0
        self._real = {name: getattr(os, name) for name in _CALLS}
        self._open_as_file = io.open

    def existing(self, path):
        """Return a path as it is on the disk, whatever the case of its letters."""
        if not isinstance(path, str | os.PathLike) or not os.fspath(path).startswith(self._root + os.sep):
            return path
        found = Path(self._root)
        for part in Path(path).relative_to(found).parts:
            if _STRANGE.search(part):
                raise refused(INVALID_NAME, path)
            found = found / part
            if not asked(self._real["lstat"], found):
                with suppress(OSError):
                    same = [n for n in self._real["listdir"](found.parent) if n.casefold() == part.casefold()]
                    found = found.parent / (same[0] if same else part)
        return str(found)

    def is_open(self, path) -> bool:
        """Tell whether a program has a file open, or one below a folder."""
        there = asked(self._real["lstat"], path)
        return there is not None and any(self._has_open(program, path, there) for program in self._programs())

    def _programs(self):
        if not self._has_others:
            return ["self"]
        numbers = [int(name) for name in self._real["listdir"]("/proc") if name.isdecimal()]
        return [number for number in numbers if asked(os.getsid, number) == os.getsid(0)]

    def _has_open(self, program, path, there):
        for descriptor in asked(self._real["listdir"], f"/proc/{program}/fd") or ():
            with suppress(OSError):
                opened = self._real["stat"](f"/proc/{program}/fd/{descriptor}")
                if (opened.st_dev, opened.st_ino) == (there.st_dev, there.st_ino):
                    return True
                if Path(f"/proc/{program}/fd/{descriptor}").readlink().is_relative_to(path):
                    return True
        return False

    # The calls of `os`

    def open(self, path, flags, mode=0o777, *, dir_fd=None):
        path = self.existing(path)
        if dir_fd is not None:
            raise NotImplementedError("dir_fd unavailable on this platform")
        there = asked(self._real["stat"], path)
        if there and stat.S_ISDIR(there.st_mode):
            raise refused(ACCESS_DENIED, path)
        descriptor = self._real["open"](path, flags & ~BINARY, mode)
        self._text.discard(descriptor)
        if not flags & BINARY:
            self._text.add(descriptor)
        return descriptor

    def write(self, descriptor, data):
        if descriptor in self._text:
            self._real["write"](descriptor, bytes(data).replace(b"\n", b"\r\n"))
            return len(data)
        return self._real["write"](descriptor, data)

    def read(self, descriptor, size):
        data = self._real["read"](descriptor, size)
        return data.replace(b"\r\n", b"\n").partition(b"\x1a")[0] if descriptor in self._text else data

    def close(self, descriptor):
        self._text.discard(descriptor)
        self._real["close"](descriptor)

    def fsync(self, descriptor):
        if fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        self._real["fsync"](descriptor)

    def replace(self, source, target):
        source, target = self.existing(source), self._new(target)
        if self.is_open(source):
            raise refused(ACCESS_DENIED if os.path.isdir(source) else SHARING_VIOLATION, source)  # noqa: PTH112
        there = asked(self._real["stat"], target)  # not whatever the case: a name may get letters of another case
        if self.is_open(target) or (there and stat.S_ISDIR(there.st_mode)):
            raise refused(ACCESS_DENIED, target)
        self._real["replace"](source, target)

    def rename(self, source, target):
        there, target = asked(self._real["lstat"], self.existing(target)), self._new(target)
        source = self.existing(source)
        if there and not os.path.samestat(there, self._real["lstat"](source)):
            raise refused(ALREADY_EXISTS, target)
        self.replace(source, target)

    def unlink(self, path):
        path = self.existing(path)
        if self.is_open(path):
            raise refused(SHARING_VIOLATION, path)
        if os.path.isdir(path):  # noqa: PTH112
            raise refused(ACCESS_DENIED, path)
        self._real["unlink"](path)

    def mkdir(self, path, mode=0o777):  # the mode means something to newer versions of Python alone
        self._real["mkdir"](self.existing(path), mode)

    def _new(self, path):
        """Return where a name is to be: as it is written now, in the folder that is there."""
        parent, name = os.path.split(self.existing(path))
        return os.path.join(parent, Path(path).name if asked(self._real["lstat"], path) is None else name)  # noqa: PTH118

    def open_as_file(self, file, *arguments, **options):
        file = self.existing(file)
        if isinstance(file, str | os.PathLike) and os.path.isdir(file):  # noqa: PTH112
            raise refused(ACCESS_DENIED, file)
        return self._open_as_file(file, *arguments, **options)

    # The calls of Windows itself

    def LockFileEx(self, handle, flags, reserved, low, high, overlapped):  # noqa: N802
        *_, place, _, event = struct.unpack("PPIIP", overlapped.raw)
        assert (reserved, low, high, event) == (0, 1, 0, 0)
        assert place >= 1 << 30, "whoever copies the file could not read it"
        if self.locks_are_missing:
            self._error = NOT_SUPPORTED
            return 0
        try:
            operation = fcntl.LOCK_EX if flags & _EXCLUSIVE else fcntl.LOCK_SH
            fcntl.flock(handle.value, operation | (fcntl.LOCK_NB if flags & _FAIL_IMMEDIATELY else 0))
        except BlockingIOError:
            self._error = LOCK_VIOLATION
            return 0
        return 1

    def UnlockFileEx(self, handle, _reserved, low, high, overlapped):  # noqa: N802
        assert (low, high, len(overlapped.raw)) == (1, 0, struct.calcsize("PPIIP"))
        fcntl.flock(handle.value, fcntl.LOCK_UN)
        return 1

    def last_error(self) -> int:
        return self._error

    @contextmanager
    def running(self) -> Iterator["Windows"]:
        """Let this program, for as long as the block runs, be one on Windows."""
        platform = SimpleNamespace(platform="win32")
        with ExitStack() as patches:
            for module in (files, locks, names):
                patches.enter_context(patch.object(module, "sys", platform))
            for module in (files, locks):
                patches.enter_context(without(module, "fcntl"))
            for name in () if self._has_others else ("_PAUSES", "_PAUSES_TO_READ"):  # nobody else lets go of anything
                patches.enter_context(patch.object(files, name, [0.001] * 3))
            for name in _MISSING:
                patches.enter_context(without(os, name))
            msvcrt = SimpleNamespace(get_osfhandle=lambda descriptor: descriptor)
            patches.enter_context(patch.object(locks, "msvcrt", msvcrt, create=True))
            patches.enter_context(patch.object(ctypes, "WinDLL", lambda *_, **__: self, create=True))
            patches.enter_context(patch.object(ctypes, "get_last_error", self.last_error, create=True))
            patches.enter_context(patch.object(ctypes, "WinError", lambda code: refused(code, ""), create=True))
            patches.enter_context(patch.object(os, "O_BINARY", BINARY, create=True))
            patches.enter_context(patch.object(shutil, "_use_fd_functions", new=False))
            for name in _CALLS:
                ours = getattr(self, name, None) or self._anywhere(name)
                patches.enter_context(patch.object(os, name, numbered(ours)))
            patches.enter_context(patch.object(os, "remove", os.unlink))
            for module in (io, builtins):
                patches.enter_context(patch.object(module, "open", numbered(self.open_as_file)))
            yield self

    def _anywhere(self, name):
        real = self._real[name]
        return lambda path=".", *arguments, **options: real(self.existing(path), *arguments, **options)


_OURS = ("open", "write", "read", "close", "fsync", "replace", "rename", "unlink", "mkdir")
_CALLS = (*_OURS, "stat", "lstat", "listdir", "scandir", "rmdir", "chmod", "utime")


def asked(call, argument):
    """Return what a call says; None if it refuses."""
    try:
        return call(argument)
    except (OSError, ValueError):
        return None


def numbered(call):
    """Give every error that a call raises its number of Windows."""

    def numbering(*arguments, **options):
        try:
            return call(*arguments, **options)
        except OSError as error:
            if not hasattr(error, "winerror"):
                error.winerror = _NUMBERS.get(error.errno)
            raise

    return numbering


@contextmanager
def without(owner, name):
    """Take a name away, if it is there, for as long as the block runs."""
    kept = vars(owner).pop(name, None)
    try:
        yield
    finally:
        if kept is not None:
            setattr(owner, name, kept)
