"""One program at a time, for the few things that cannot be done side by side: the card, and writing all files anew.

Saves need none of it. It is the folder itself that is locked, so that no file tells of it and a killed program holds
nothing. Where an operating system cannot lock a folder, programs are not kept apart.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from coaching.store.layout import Layout

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


@contextmanager
def exclusive(layout: Layout) -> Iterator[None]:
    """Wait until no other program is in such a block for this workbook, and keep the others out.

    Raises
    ------
    OSError
        If the folder is gone or cannot be opened.
    """
    with _locked(layout, wait=True):
        yield


@contextmanager
def alone(layout: Layout) -> Iterator[bool]:
    """Give whether no other program is in an exclusive block, and keep the others out if so; never wait.

    Raises
    ------
    OSError
        If the folder is gone or cannot be opened.
    """
    with _locked(layout, wait=False) as can:
        yield can


@contextmanager
def _locked(layout: Layout, *, wait: bool) -> Iterator[bool]:
    descriptor = os.open(layout.folder, os.O_RDONLY) if fcntl else None
    can = True
    try:
        if descriptor is not None:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                can = False
        yield can
    finally:
        with suppress(OSError):
            if descriptor is not None:
                os.close(descriptor)
