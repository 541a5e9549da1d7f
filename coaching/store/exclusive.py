"""Who may work on a workbook at the same time: savers side by side, and whoever writes all files anew by themselves.

Savers and drafts hold a shared lock, erasing and rotating the exclusive one: what was written between the two would
bring erased words back, or be lost when the file it stands in is written anew. Compactions keep each other out alone.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from coaching.store.disk import Lock, locked
from coaching.store.layout import Layout


@contextmanager
def shared(layout: Layout) -> Iterator[bool]:
    """Wait until nobody is in an exclusive block for this workbook, and keep those out; others share it.

    Gives whether that holds: some network file systems know no locks.

    Raises
    ------
    OSError
        If the folder is gone or cannot be opened.
    """
    with _held(layout, exclusive=False) as is_held:
        yield is_held


@contextmanager
def exclusive(layout: Layout) -> Iterator[bool]:
    """Wait until nobody is in a shared or an exclusive block for this workbook, and keep all others out.

    Gives whether that holds: some network file systems know no locks.

    Raises
    ------
    OSError
        If the folder is gone or cannot be opened.
    """
    with _held(layout, exclusive=True) as is_held:
        yield is_held


@contextmanager
def compacting(layout: Layout) -> Iterator[bool]:
    """Share the workbook with savers, but not with another compaction: give whether there is none; never wait for it.

    Raises
    ------
    OSError
        If the folder is gone or cannot be opened.
    """
    with shared(layout), locked(layout.entries, exclusive=True, wait=False) as lock:
        yield lock is not Lock.BUSY


@contextmanager
def _held(layout: Layout, *, exclusive: bool) -> Iterator[bool]:
    """Lock a workbook, once through a gate: who waits there for all others to leave keeps new ones out."""
    with ExitStack() as held:
        with ExitStack() as passing:
            with suppress(FileNotFoundError):  # tools that copy folders leave empty ones out
                passing.enter_context(locked(layout.tmp, exclusive=exclusive, wait=True))
            lock = held.enter_context(locked(layout.folder, exclusive=exclusive, wait=True))
        yield lock is Lock.HELD
