"""The entries of a workbook as they are on disk, with the clock that tells when each was kept."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from coaching.entry import Entry
from coaching.frames import Frames, current, frames
from coaching.revisions import latest
from coaching.schema import readable, to_table
from coaching.store import Snapshot, Store

Clock = Callable[[], datetime]


class Ledger:
    """What is kept, and when.

    Parameters
    ----------
    store
        Where the entries are.
    clock
        Gives the local time, with its zone.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self._read = to_table([]), list[Entry]()
        self._framed = to_table([]), frames(to_table([]))

    def __repr__(self) -> str:
        """Name the workbook by its id."""
        return f"<Ledger {self.store.workbook}>"

    def history(self) -> list[Entry]:
        """Return all revisions of all entries that this version understands."""
        return self.understood(self.store.read())

    def understood(self, snapshot: Snapshot) -> list[Entry]:
        """Return what this version understands of all revisions in `snapshot`; the same rows are not read twice."""
        known, entries = self._read
        if not snapshot.history.equals(known):
            entries = readable(snapshot.history)[0]
            self._read = snapshot.history, entries
        return list(entries)

    def frames(self) -> Frames:
        """Return the current entries as frames; of the same rows they are not made twice."""
        history = self.store.read().history
        known, made = self._framed
        if not history.equals(known):
            made = frames(current(history))
            self._framed = history, made
        return made

    def latest(self) -> dict[str, Entry]:
        """Return the newest revision of every entry by id, withdrawn ones too."""
        return latest(self.history())

    def save(self, entries: Sequence[Entry]) -> None:
        """Keep what one act says, for good.

        Raises
        ------
        StoreError
            If the disk refuses; nothing was changed.
        """
        self.store.save(entries)

    def next_rev(self) -> int:
        """Return the revision of an act that happens now."""
        return self.store.next_rev(self.now())

    def now(self) -> datetime:
        """Return the time, UTC."""
        return self.clock().astimezone(UTC)

    def today(self) -> date:
        """Return the local day."""
        return self.clock().date()
