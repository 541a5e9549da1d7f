"""One workbook's entries on disk."""

import re
import secrets
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc
from ulid import ULID

from coaching.entry import Entry
from coaching.exceptions import StoreError
from coaching.store import compaction
from coaching.store.durable import sync_folder, write_durably, write_new
from coaching.store.failures import plainly
from coaching.store.folder import IDENTITY, Card, Layout, make_folder, read_card
from coaching.store.parquet import EPOCH, Codec, Content, table_of
from coaching.store.reading import SUFFIX, file_names, read_files
from coaching.store.rows import one_per_revision
from coaching.store.snapshot import Snapshot
from coaching.vocabulary import Side

_CIPHER = "AES_GCM_V1"
_WRITER = re.compile(r"[A-Za-z0-9_-]{1,64}")
_DRAFT = re.compile(rf"({IDENTITY.pattern})\.(.+)\.parquet", re.DOTALL)


class Store:
    """The entries of one workbook; safe to use from several threads, and beside other programs that use the folder.

    Made by `create` and `Store.open`.

    Attributes
    ----------
    workbook
        ULID of the workbook.
    holder
        Whose copy this is, ``coach`` or ``coachee``.
    folder
        Where it is.
    """

    def __init__(self, folder: Path, card: Card, key: bytes | None) -> None:
        self.folder = folder
        self.workbook = card.workbook
        self.holder = card.holder
        self._layout = Layout(folder)
        self._codec = Codec(key)
        self._lock = threading.RLock()
        self._known: dict[str, Content] = {}
        self._highest_rev = 0
        self._was_read = False

    @classmethod
    def open(cls, folder: Path, key: bytes | None = None) -> Self:
        """Open the workbook in `folder`; one of many small files is compacted.

        Parameters
        ----------
        folder
            ``<home>/<workbook ULID>``; one that can only be read will do.
        key
            The key it was made with.

        Raises
        ------
        StoreError
            If the folder is not there, is not a workbook's, or needs a key and none was given, or the reverse.
        """
        card = read_card(folder)
        if card.key is not None and key is None:
            raise StoreError(f"{folder.name} is encrypted; open it with its key.")
        if card.key is None and key is not None:
            raise StoreError(f"{folder.name} is not encrypted; open it without a key.")
        store = cls(folder, card, key)
        with plainly(folder.name, "it was not opened"):
            store._layout.make_missing()
        store.compact_if_needed()
        return store

    def __repr__(self) -> str:
        """Name the workbook by its id."""
        return f"<Store {self.workbook}>"

    def save(self, entries: Sequence[Entry]) -> None:
        """Keep what one act says, all of it or nothing; durable when it returns.

        Raises
        ------
        StoreError
            If the disk refuses, or an entry holds what no file can hold; nothing was changed.
        """
        if not entries:
            return
        table = table_of(entries)
        with self._lock, plainly(self.folder.name, "nothing was changed"):
            self._see(table)
            write_new(self._new_file(), self._codec.encode(table), tmp=self._layout.tmp)

    def draft(self, session: str, writer: str, entries: Sequence[Entry]) -> None:
        """Keep what one writer has typed so far in a session, in place of their draft before; durable when it returns.

        Parameters
        ----------
        session
            Id of the session.
        writer
            Letters, digits, ``-`` and ``_`` that tell windows apart which write at the same time.
        entries
            Everything the draft says now.

        Raises
        ------
        StoreError
            If the disk refuses; the entries are unchanged, and a draft is there if there was one.
        """
        if not IDENTITY.fullmatch(session) or not _WRITER.fullmatch(writer):
            raise ValueError("a draft is named by a session's id and by a writer of letters, digits, - and _")
        file = self._layout.drafts / f"{session}.{writer}{SUFFIX}"
        table = table_of(entries)
        outcome = "nothing that was kept is changed, and the draft is this one or the one before"
        with self._lock, plainly(self.folder.name, outcome):
            self._see(table)
            write_durably(file, self._codec.encode(table), tmp=self._layout.tmp)

    def drafts(self) -> list[tuple[str, str]]:
        """Return (session, writer) of each draft, in order.

        Raises
        ------
        StoreError
            If the folder is gone or cannot be read.
        """
        return sorted(self._draft_names())

    def discard(self, session: str, writer: str) -> None:
        """Remove a draft; without one nothing happens.

        Raises
        ------
        StoreError
            If the disk refuses; the draft may still be there.
        """
        with self._lock, plainly(self.folder.name, "the draft may still be there"):
            name = self._draft_names().get((session, writer))
            if name is not None:
                (self._layout.drafts / name).unlink(missing_ok=True)
            sync_folder(self._layout.drafts)

    def commit(self, session: str) -> None:
        """Make all drafts of a session, of every writer, part of the entries; durable when it returns.

        Raises
        ------
        StoreError
            If the disk refuses; every word is there, as a draft or as an entry, and committing again goes on.
        """
        with self._lock, plainly(self.folder.name, "every word is there, as a draft or as an entry"):
            names = [name for (drafted, _), name in self._draft_names().items() if drafted == session]
            for name in names:
                (self._layout.drafts / name).rename(self._new_file())
            # The new names before the loss of the old ones: a power cut between shows rows twice, never not at all.
            # Also when no draft is left, as an earlier commit may have been refused between the two.
            sync_folder(self._layout.entries)
            sync_folder(self._layout.drafts)

    def read(self) -> Snapshot:
        """Return what the workbook holds now.

        Raises
        ------
        StoreError
            If the folder is gone or cannot be read.
        """
        with self._lock, plainly(self.folder.name, "nothing was read"):
            # Drafts first: one that is committed meanwhile is then found among the entries, or twice.
            drafts = read_files(self._layout.drafts, self._codec, {})
            entries = read_files(self._layout.entries, self._codec, self._known)
            self._known = dict(entries.contents)
            tables = [content.table for files in (entries, drafts) for content in files.contents.values()]
            history = one_per_revision(tables)
            self._see(history)
            self._was_read = True
        names = [*drafts.contents, *drafts.unread]
        drafted = frozenset(found[1] for found in map(_DRAFT.fullmatch, names) if found)
        return Snapshot(history, entries.problems("entries") + drafts.problems("drafts"), drafted)

    def next_rev(self, now: datetime) -> int:
        """Return the `rev` of a change made `now` (aware): its microseconds, but above every `rev` seen or given out.

        Raises
        ------
        StoreError
            If the folder, which is read on the first call, is gone or cannot be read.
        """
        with self._lock:
            if not self._was_read:
                self.read()
            self._highest_rev = max((now - EPOCH) // timedelta(microseconds=1), self._highest_rev + 1)
            return self._highest_rev

    def compact(self) -> None:
        """Make one file of many; every revision stays.

        Raises
        ------
        StoreError
            If the disk refuses; no row was lost.
        """
        with self._lock, plainly(self.folder.name, "no entry was lost"):
            compaction.compact(self._layout, self._codec, self._new_name)

    def compact_if_needed(self) -> None:
        """Tidy up if there are many files, and what killed programs left behind.

        What the disk refuses is put off until the workbook is opened again: nothing depends on it.
        """
        compaction.remove_leftovers(self._layout)
        with plainly(self.folder.name, "it was not opened"):
            many = len(file_names(self._layout.entries)) > compaction.MANY
        if many:
            try:
                self.compact()
            except StoreError:
                return

    def _draft_names(self) -> dict[tuple[str, str], str]:
        with plainly(self.folder.name, "no draft was listed"):
            found = [_DRAFT.fullmatch(name) for name in file_names(self._layout.drafts)]
        return {(match[1], match[2]): match[0] for match in found if match}

    def _new_file(self) -> Path:
        return self._layout.entries / f"{self._new_name()}{SUFFIX}"

    def _new_name(self) -> str:
        """Return a ULID for a file; its time is the highest `rev` seen, as the clock is not read here.

        The rest is fresh from the system: a generator that counts on would give two forked programs one name, and the
        one would overwrite what the other saved.
        """
        milliseconds = self._highest_rev // 1000
        return str(ULID.from_bytes(milliseconds.to_bytes(6, "big") + secrets.token_bytes(10)))

    def _see(self, table: pa.Table) -> None:
        if table.num_rows:
            self._highest_rev = max(self._highest_rev, pc.max(table.column("rev")).as_py())


def create(folder: Path, *, workbook: str, holder: str, key: bytes | None = None) -> Store:
    """Make the folder of a new workbook, whole or not at all, and open it.

    Parameters
    ----------
    folder
        ``<home>/<workbook ULID>``; must not be there yet.
    workbook
        ULID of the workbook.
    holder
        Whose copy this is, ``coach`` or ``coachee``.
    key
        16, 24 or 32 bytes to encrypt the files with.

    Raises
    ------
    StoreError
        If the folder is there already, or the disk refuses; nothing was changed.
    """
    if not IDENTITY.fullmatch(workbook):
        raise ValueError("a workbook is named by a ULID")
    card = Card(workbook, Side(holder).value, None if key is None else {"cipher": _CIPHER})
    Codec(key)  # refuses a key of a wrong length before anything is made
    make_folder(folder, card)
    return Store.open(folder, key)
