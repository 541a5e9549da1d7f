"""Bytes on disk that survive a kill and a power cut as soon as the call returns."""

import contextlib
import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from coaching.store import disk


def write_durably(target: Path, data: bytes, *, tmp: Path, prefix: str = "") -> None:
    """Write `data` as the file `target`, whole or not at all, replacing what stood there.

    Parameters
    ----------
    target
        The file; readable and writable by its owner alone.
    data
        Its bytes.
    tmp
        A folder on the same file system for the unfinished file; after a failure nothing of it stays there.
    prefix
        What the name of the unfinished file begins with, by which it is known if a kill leaves it there.

    Raises
    ------
    OSError
        If the disk refuses. Either `target` is as it was, or, when only the folder could not be flushed, it is the
        new file.
    """
    unfinished = tmp / f"{prefix}{secrets.token_hex(16)}"
    try:
        write_flushed(unfinished, [data])
        disk.replace(unfinished, target)
    except BaseException:
        remove_quietly(unfinished)
        raise
    sync_folder(target.parent)


def write_new(target: Path, data: bytes, *, tmp: Path, check: Callable[[], None] = lambda: None) -> None:
    """Write `data` as the file `target` of a name never used before; after any failure the file is not there.

    Parameters
    ----------
    target
        The file.
    data
        Its bytes.
    tmp
        A folder on the same file system for the unfinished file.
    check
        Called when the file is there; if it raises, the file goes again.

    Raises
    ------
    OSError
        If the disk refuses; nothing was changed.
    """
    try:
        write_durably(target, data, tmp=tmp)
        check()
    except BaseException:
        remove_quietly(target)
        raise


def sync_folder(folder: Path) -> None:
    """Flush which names a folder holds: without it a power cut may undo a rename."""
    disk.flush_folder(folder)


def remove_quietly(file: Path) -> None:
    """Remove a file if it is there and the disk lets go of it; for tidying up after an error that matters more."""
    with contextlib.suppress(OSError):
        disk.remove(file)


def write_flushed(file: Path, chunks: Iterable[bytes]) -> None:
    """Write a file of a name that is not there yet, for its owner alone to read; its bytes, not its name, are flushed.

    Raises
    ------
    OSError
        If there is such a file, or the disk refuses; a part of it may be there then.
    """
    descriptor = disk.open_file(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        for chunk in chunks:
            rest = memoryview(chunk)
            while rest:  # a nearly full disk takes less than it was given
                rest = rest[os.write(descriptor, rest) :]
        disk.flush(descriptor)
    finally:
        os.close(descriptor)
