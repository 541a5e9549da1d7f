"""Who may work on a workbook at the same time: savers side by side, and whoever writes all files anew by themselves.

Savers and drafts hold a shared lock, erasing and rotating the exclusive one: what was written between the two would
bring erased words back, or be lost when the file it stands in is written anew. Compactions keep each other out alone.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

from coaching.store.disk import Lock, LockedAgain, locked
from coaching.store.disk.layout import Layout


class Admission:
    """Lets into a workbook who may work on it now; for one thread at a time, others have one of their own.

    Parameters
    ----------
    layout
        The workbook's folder.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._workbook, self._gate = LockedAgain(layout.folder), LockedAgain(layout.tmp)

    def shared(self) -> AbstractContextManager[bool]:
        """Wait until nobody is in an exclusive block for this workbook, and keep those out; others share it.

        Gives whether that holds: some network file systems know no locks.

        Raises
        ------
        OSError
            If the folder is gone or cannot be opened.
        """
        return self._held(exclusive=False)

    def exclusive(self) -> AbstractContextManager[bool]:
        """Wait until nobody is in a shared or an exclusive block for this workbook, and keep all others out.

        Gives whether that holds: some network file systems know no locks.

        Raises
        ------
        OSError
            If the folder is gone or cannot be opened.
        """
        return self._held(exclusive=True)

    @contextmanager
    def compacting(self) -> Iterator[bool]:
        """Share the workbook with savers, but not with another compaction: give whether there is none.

        Another compaction is not waited for. Where a file system knows no locks, there is to be nobody who writes
        everything anew either.

        Raises
        ------
        OSError
            If the folder is gone or cannot be opened.
        """
        with self.shared() as is_held, locked(self._layout.entries, exclusive=True, wait=False) as lock:
            yield lock is not Lock.BUSY and (is_held or not self._layout.rewriting.exists())

    @contextmanager
    def _held(self, *, exclusive: bool) -> Iterator[bool]:
        """Lock a workbook, once through a gate: who waits there for all others to leave keeps new ones out."""
        try:
            try:
                with suppress(FileNotFoundError):  # tools that copy folders leave empty ones out
                    self._gate.lock(exclusive=exclusive)
                lock = self._workbook.lock(exclusive=exclusive)
            finally:
                self._gate.unlock()
            yield lock is Lock.HELD
        finally:
            self._workbook.unlock()


@contextmanager
def exclusive(layout: Layout) -> Iterator[None]:
    """Keep all others out of a workbook, as `Admission.exclusive` does.

    Raises
    ------
    OSError
        If the folder is gone or cannot be opened.
    """
    with Admission(layout).exclusive():
        yield
