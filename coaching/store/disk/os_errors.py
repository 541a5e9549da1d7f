"""What the disk refused, said in plain words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from coaching.errors import StoreError
from coaching.store.disk import BusyError, InUseError, is_too_long

_FULL = ("the disk is full", "make room on it and try again")
_FORBIDDEN = ("this account may not use the folder", "check whose folder it is and its permissions")
_NO_FOLDER = ("a file stands where a folder should be", "choose another folder")
_GONE = ("the folder, or a part of it, is gone", "put it back, or open the workbook where it is now")
#: What is said of a name that a file cannot have here.
NOT_ALLOWED = "this system does not allow that name; choose another"
_REASONS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: ("the folder can only be read", "make it writable, or copy it to where it is"),
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _NO_FOLDER,
}
_IN_USE = ("another program has the file open", "close it and try again")
_BUSY = (
    "another window or program is at work on it, and does not end",
    "wait a while and try again, or end that program if it has stopped",
)
_TOO_LONG = ("the path of a file is too long for this system", "choose a folder nearer to the top of the disk")
_OTHER = ("the disk reported an error", "check the disk and try again")


class UnreadableFileError(Exception):
    """A file or folder that is to be skipped; the text says why, in words that follow its name."""


def reason_of(error: OSError) -> str:
    """Return what the operating system reports, and what to do next."""
    if isinstance(error, InUseError):
        return "; ".join(_IN_USE)
    if isinstance(error, BusyError):
        return "; ".join(_BUSY)
    if is_too_long(error):
        return "; ".join(_TOO_LONG)
    return "; ".join(_REASONS.get(error.errno or 0, _OTHER))


@contextmanager
def as_store_error(where: str, outcome: str) -> Iterator[None]:
    """Turn what the operating system reports inside the block into a `StoreError`.

    Parameters
    ----------
    where
        The folder or file, relative to the home.
    outcome
        How things stand after the failure (``"nothing was changed"``).
    """
    try:
        yield
    except OSError as error:
        raise StoreError(f"{where}: {reason_of(error)}; {outcome}.") from error
