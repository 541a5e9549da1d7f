"""The entries of a workbook as they are on disk, with the clock that tells when each was kept."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Final

import pyarrow as pa

from coaching.errors import LockedError
from coaching.model.entries import Person
from coaching.model.entry import Entry
from coaching.model.frames import Frames, current, frames
from coaching.model.revisions import latest
from coaching.model.schema import has_known_values, of_kinds, readable
from coaching.model.vocabulary import Kind
from coaching.store import Snapshot, Store
from coaching.workbook.search.index import TextIndex

Clock = Callable[[], datetime]
#: The kinds of the few entries that tell of a whole workbook whose it is, when it was used, and when it ends.
OF_THE_WHOLE: Final = frozenset({Kind.PERSON, Kind.SESSION, Kind.AGREEMENT, Kind.HANDOVER})


class Ledger:
    """What is kept, and when; several threads may ask at once.

    Parameters
    ----------
    store
        Where the entries are.
    clock
        Gives the local time, with its zone.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store: Store | None = store
        self.clock = clock
        self._read: tuple[pa.Table, Sequence[Entry], Mapping[str, Entry]] | None = None
        self._few: tuple[pa.Table, dict[str, Entry]] | None = None
        self._framed: tuple[pa.Table, Frames] | None = None
        self._framed_closed: tuple[pa.Table, Frames] | None = None
        self._index: TextIndex | None = None
        self._searching = threading.Lock()
        self.workbook, self.is_encrypted = store.workbook, store.key is not None
        self.has_passphrase = store.has_passphrase

    def __repr__(self) -> str:
        """Name the workbook by its id."""
        return f"<Ledger {self.workbook}>"

    @property
    def store(self) -> Store:
        """Where the entries are.

        Raises
        ------
        LockedError
            If it was locked meanwhile.
        """
        if self._store is None:
            raise LockedError("{workbook} is locked; open it again with its passphrase.", workbook=self.workbook)
        return self._store

    def lock(self) -> None:
        """Let go of the store with its key, and of all that was read: whoever holds this can do nothing with it."""
        self._store = self._read = self._few = self._framed = self._framed_closed = None
        with self._searching:
            if self._index is not None:
                self._index.close()
            self._index = None

    def history(self) -> list[Entry]:
        """Return all revisions of all entries that this version understands."""
        return self.understood(self.store.read())

    def understood(self, snapshot: Snapshot) -> list[Entry]:
        """Return what this version understands of all revisions in `snapshot`; the same rows are not read twice."""
        return list(self._entries(snapshot)[1])

    def _entries(self, snapshot: Snapshot) -> tuple[pa.Table, Sequence[Entry], Mapping[str, Entry]]:
        """Return the rows that were read last, what this version understands of them, and the newest of each id."""
        read = self._read
        if read is None or not snapshot.history.equals(read[0]):
            entries = readable(snapshot.history)[0]
            self._read = read = snapshot.history, entries, latest(entries)
        return read

    def rows(self) -> pa.Table:
        """Return all revisions of all entries as rows, in the order of (`rev`, `id`)."""
        return self.store.read().history

    def frames(self) -> Frames:
        """Return the current entries as frames; of the same rows they are not made twice."""
        history = self.store.read().history
        framed = self._framed
        if framed is None or not history.equals(framed[0]):
            self._framed = framed = history, frames(current(history))
        return framed[1]

    def closed_frames(self) -> Frames:
        """Return the current entries as frames, as if the sessions that are not closed yet had not begun.

        Figures are made of these: while a session goes on nobody knows what it comes to, and words of it may still be
        erased.
        """
        snapshot = self.store.read()
        if not snapshot.drafts.num_rows:
            return self.frames()
        framed = self._framed_closed
        if framed is None or not snapshot.closed.equals(framed[0]):
            self._framed_closed = framed = snapshot.closed, frames(current(snapshot.closed))
        return framed[1]

    @contextmanager
    def index(self) -> Iterator[TextIndex]:
        """Give the index of the words, which has followed all revisions of all entries; to one at a time."""
        history = self.store.read().history
        with self._searching:
            self.store  # noqa: B018 - refuses once it is locked: no index is made of what was read before
            if self._index is None:
                self._index = TextIndex()
            self._index.follow(history)
            yield self._index

    def latest(self) -> dict[str, Entry]:
        """Return the newest revision of every entry by id, withdrawn ones too; the same rows are not sorted twice."""
        return dict(self._entries(self.store.read())[2])

    def latest_of(self, *kinds: Kind) -> dict[str, Entry]:
        """Return the newest revision of every entry of some of the kinds `OF_THE_WHOLE` by id, withdrawn ones too.

        No entries are made of the other rows: of two hundred workbooks that would take a minute.
        """
        history = self.rows()
        few = self._few
        if few is None or few[0] is not history:
            self._few = few = history, latest(readable(of_kinds(history, OF_THE_WHOLE))[0])
        return {identity: entry for identity, entry in few[1].items() if entry.kind in kinds}

    def is_understood(self, snapshot: Snapshot) -> bool:
        """Tell whether this version understands all revisions in `snapshot`.

        Of a workbook that nobody has read yet, whether it knows all values of closed lists: what a newer version adds
        shows there. All else is told once it is read.
        """
        read = self._read
        if read is not None and read[0] is snapshot.history:
            return bool(len(read[1]) == snapshot.history.num_rows)
        return has_known_values(snapshot.history)

    def names(self) -> list[str]:
        """Return every name that stands in it for one of its people, newest and earlier ones."""
        people = [entry for entry in self.history() if isinstance(entry, Person)]
        return sorted({name for person in people for name in (person.name, person.called) if name})

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
