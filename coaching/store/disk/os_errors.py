"""What the disk refused, said in plain words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from coaching.errors import StoreError
from coaching.i18n import say, to_say
from coaching.store.disk import BusyError, InUseError, is_too_long

_FULL = (to_say("the disk is full"), to_say("make room on it and try again"))
_FORBIDDEN = (to_say("this account may not use the folder"), to_say("check whose folder it is and its permissions"))
_NO_FOLDER = (to_say("a file stands where a folder should be"), to_say("choose another folder"))
_GONE = (to_say("the folder, or a part of it, is gone"), to_say("put it back, or open the workbook where it is now"))
#: What is said of a name that a file cannot have here.
NOT_ALLOWED = to_say("this system does not allow that name; choose another")
_REASONS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: (to_say("the folder can only be read"), to_say("make it writable, or copy it to where it is")),
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _NO_FOLDER,
}
_IN_USE = (to_say("another program has the file open"), to_say("close it and try again"))
_BUSY = (
    to_say("another window or program is at work on it, and does not end"),
    to_say("wait a while and try again, or end that program if it has stopped"),
)
_TOO_LONG = (
    to_say("the path of a file is too long for this system"),
    to_say("choose a folder nearer to the top of the disk"),
)
_OTHER = (to_say("the disk reported an error"), to_say("check the disk and try again"))


class UnreadableFileError(Exception):
    """A file or folder that is to be skipped; the text says why, in words that follow its name."""


def reason_of(error: OSError) -> str:
    """Return what the operating system reports, and what to do next."""
    if isinstance(error, InUseError):
        return "; ".join(map(say, _IN_USE))
    if isinstance(error, BusyError):
        return "; ".join(map(say, _BUSY))
    if is_too_long(error):
        return "; ".join(map(say, _TOO_LONG))
    return "; ".join(map(say, _REASONS.get(error.errno or 0, _OTHER)))


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
        raise StoreError(
            "{where}: {reason}; {outcome}.", where=where, reason=reason_of(error), outcome=say(outcome)
        ) from error
