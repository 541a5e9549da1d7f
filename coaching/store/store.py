"""One workbook's entries on disk."""

import contextlib
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

import pyarrow as pa

from coaching.entry import Entry
from coaching.exceptions import StoreError
from coaching.revisions import revision_at
from coaching.store import all_columns, compaction, disk
from coaching.store.card import CardWatch
from coaching.store.drafts import draft_file, draft_names, sessions
from coaching.store.durable import sync_folder, write_durably, write_new
from coaching.store.erasures import Erasures
from coaching.store.exclusive import alone, exclusive
from coaching.store.failures import plainly
from coaching.store.folder import Problem
from coaching.store.keys import PLAIN, DataKey, Keys
from coaching.store.layout import Layout
from coaching.store.parquet import Codec, Content, table_of
from coaching.store.reading import copies_left, file_names, read_files
from coaching.store.rewriting import write_anew
from coaching.store.rows import one_per_revision
from coaching.store.snapshot import Snapshot


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
    key
        What its files are encrypted with; none if they are plain.
    """

    def __init__(self, folder: Path, watch: CardWatch, keys: Keys) -> None:
        self.folder = folder
        self.workbook = watch.card.workbook
        self.holder = watch.card.holder
        self._layout = Layout(folder)
        self._watch = watch
        self._erasures = Erasures(watch.card.erasures)
        self.key = DataKey(keys.data[0]) if keys.data else None
        self._codec = Codec(self.workbook, keys)
        self._keys = keys
        self._lock = threading.RLock()
        self._known: dict[str, Content] = {}
        self._settled: pa.Table | None = None  # the rows of what is known, while there are no drafts
        self._highest_rev = 0
        self._was_read = False

    @classmethod
    def open(cls, folder: Path, keys: Keys = PLAIN) -> Self:
        """Open the workbook in `folder`; one of many small files is compacted.

        Parameters
        ----------
        folder
            ``<home>/<workbook ULID>``; one that can only be read will do.
        keys
            The keys that unlocking it gave.

        Raises
        ------
        LockedError
            If it is encrypted and no keys were given.
        StoreError
            If the folder is not there or is not a workbook's.
        """
        with plainly(folder.name, "it was not opened"):
            watch = CardWatch(folder)
            watch.card.check(keys)
            store = cls(folder, watch, keys)
            store._layout.make_missing()
            all_columns.check_that_plain_is_meant(store._layout, watch.card)
        store._tidy()
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
            self._check(entries)
            self._see(table)
            # Checked once more when it is there: what was written while another program gave the workbook its first
            # key would never be read, and this one said that it was kept.
            write_new(
                self._new_file(), self._codec.encode(table), tmp=self._layout.tmp, check=lambda: self._check(entries)
            )

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
        file = draft_file(self._layout, session, writer)
        table = table_of(entries)
        outcome = "nothing that was kept is changed, and the draft is this one or the one before"
        with self._lock, plainly(self.folder.name, outcome):
            self._check(entries)
            self._see(table)
            write_durably(file, self._codec.encode(table), tmp=self._layout.tmp)
            self._check(entries)

    def drafts(self) -> list[tuple[str, str]]:
        """Return (session, writer) of each draft, in order.

        Raises
        ------
        StoreError
            If the folder is gone or cannot be read.
        """
        with plainly(self.folder.name, "no draft was listed"):
            return sorted(draft_names(self._layout))

    def has_draft(self, session: str, writer: str) -> bool:
        """Tell whether a writer's draft of a session is there: not once anybody has closed the session."""
        return draft_file(self._layout, session, writer).exists()

    def commit(self, session: str) -> None:
        """Make all drafts of a session, of every writer, part of the entries; durable when it returns.

        Raises
        ------
        StoreError
            If the disk refuses; every word is there, as a draft or as an entry, and committing again goes on.
        """
        with self._lock, plainly(self.folder.name, "every word is there, as a draft or as an entry"):
            names = [name for (drafted, _), name in draft_names(self._layout).items() if drafted == session]
            for name in names:
                disk.rename(self._layout.drafts / name, self._new_file())
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
            if entries.unread or drafts.unread:
                self._watch.check()  # with the key of before everything would look damaged
            if drafts.contents or self._settled is None or entries.contents.keys() != self._known.keys():
                tables = [content.table for files in (entries, drafts) for content in files.contents.values()]
                history = one_per_revision(tables)
                self._see(history)
            else:
                history = self._settled
            self._known, self._settled = dict(entries.contents), None if drafts.contents else history
            self._was_read = True
        drafted = sessions([*drafts.contents, *drafts.unread])
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
            self._highest_rev = max(revision_at(now), self._highest_rev + 1)
            return self._highest_rev

    def compact(self) -> None:
        """Make one file of many, unless another program is doing so; every revision stays.

        Raises
        ------
        StoreError
            If the disk refuses; no row was lost.
        """
        with self._lock, plainly(self.folder.name, "no entry was lost"), alone(self._layout) as can:
            self._watch.check()
            if can:
                compaction.compact(self._layout, self._codec, self._new_file, self._watch.check)

    def erase(self, places: Sequence[Entry]) -> tuple[Problem, ...]:
        """Put empty places where entries were: no file of the folder holds their words when this returns.

        Parameters
        ----------
        places
            What is to stand there: entries with the mark `erased`, each newer than what it takes the place of.

        Returns
        -------
        tuple of Problem
            Files that could not be read and may still hold the words.

        Raises
        ------
        StoreError
            If the disk refuses; erasing again goes on.
        """
        table = table_of(places)
        with self._lock, plainly(self.folder.name, "not everything is erased yet"), exclusive(self._layout):
            self._watch.check()
            self._layout.mark_rewriting()
            self._watch.count_erasure()
            self._see(table)
            return (*self._write_anew([table], leftovers=0), *copies_left(self._layout))

    def _write_anew(self, more: Sequence[pa.Table] = (), leftovers: int = compaction.MINUTE) -> tuple[Problem, ...]:
        has_leave = disk.read(self._layout.rewriting) in self._keys.leaves_for_plain
        codec = Codec(self.workbook, self._keys, reads_plain=has_leave)
        return write_anew(self._layout, codec, self._new_file, self._watch.check, more, leftovers)

    def _tidy(self) -> None:
        """Do what a kill cut short, compact many files, and remove what killed programs left behind.

        What the disk refuses is put off until the workbook is opened again: nothing depends on it.
        """
        compaction.remove_leftovers(self._layout)
        with contextlib.suppress(StoreError), self._lock, plainly(self.folder.name, "no entry was lost"):
            if self._layout.rewriting.exists():
                self._go_on_rewriting()
            all_columns.see_to(self._layout, self._codec)
            if len(file_names(self._layout.entries)) > compaction.MANY:
                self.compact()

    def _check(self, entries: Sequence[Entry]) -> None:
        self._watch.check()
        self._erasures.check(entries, self._watch.card.erasures, self.read)

    def _go_on_rewriting(self) -> None:
        with alone(self._layout) as can:
            self._watch.check()
            if can and self._layout.rewriting.exists():
                self._write_anew()

    def _new_file(self) -> Path:
        return self._layout.new_entries(self._highest_rev)

    def _see(self, table: pa.Table) -> None:
        if table.num_rows:
            self._highest_rev = max(self._highest_rev, int(table.column("rev").to_numpy().max()))
