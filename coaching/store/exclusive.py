"""One program at a time, for the few things that cannot be done side by side: the card, and writing all files anew.

Saves need none of it. Where a file system has no locks, programs are not kept apart.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from coaching.store.disk import Lock, locked
from coaching.store.layout import Layout


@contextmanager
def exclusive(layout: Layout) -> Iterator[None]:
    """Wait until no other program is in such a block for this workbook, and keep the others out.

    Raises
    ------
    OSError
        If the folder is gone or cannot be opened.
    """
    with locked(layout.folder, exclusive=True, wait=True):
        yield


@contextmanager
def alone(layout: Layout) -> Iterator[bool]:
    """Give whether no other program is in an exclusive block, and keep the others out if so; never wait.

    Raises
    ------
    OSError
        If the folder is gone or cannot be opened.
    """
    with locked(layout.folder, exclusive=True, wait=False) as lock:
        yield lock is not Lock.BUSY
