"""One workbook's entries on disk."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc

from coaching.errors import StoreError
from coaching.i18n import to_say
from coaching.model.entry import Entry
from coaching.model.revisions import revision_at
from coaching.store import disk
from coaching.store.disk.admission import Admission
from coaching.store.disk.durable import sync_folder, write_durably, write_new
from coaching.store.disk.layout import SUFFIX, Layout, new_name
from coaching.store.disk.os_errors import UnreadableFileError, as_store_error
from coaching.store.files import compaction
from coaching.store.files import schema_file as all_columns
from coaching.store.files.drafts import draft_file, draft_names, sessions
from coaching.store.files.erasures import Erasures
from coaching.store.files.folder import Problem
from coaching.store.files.marks import draft_of, marks, put_mark, remove_marks
from coaching.store.files.memory import Memory
from coaching.store.files.parquet import Codec, table_of
from coaching.store.files.provenance import Provenance, Version, highest
from coaching.store.files.read import copies_left, file_names
from coaching.store.files.reserve import keep_reserve, spend_reserve
from coaching.store.files.rewrite import Rewriting
from coaching.store.files.row_set import one_per_revision, union, without_erased_at
from coaching.store.files.snapshot import Snapshot
from coaching.store.files.stock import StockTaking
from coaching.store.keys.card import CardWatch, version_of
from coaching.store.keys.identities import keep_identity
from coaching.store.keys.keys import PLAIN, DataKey, Keys
from coaching.store.keys.open_key import remove_open_key

#: Seconds for which a save waits until somebody else has erased, where a file system knows no locks.
_PATIENCE = 10

#: How things stand after a failure.
_NOTHING, _NOT_LOST = to_say("nothing was changed"), to_say("no entry was lost")


@dataclass(frozen=True)
class _Draft:
    """What this program has written of a draft last: which version, what that replaces, and its mark."""

    version: Version
    replaces: dict[str, int] = field(default_factory=dict)
    mark: Path | None = None


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
    has_passphrase
        Whether a passphrase locks that key up; else it may lie beside the files.
    """

    def __init__(self, folder: Path, watch: CardWatch, keys: Keys) -> None:
        self.folder = folder
        self.workbook = watch.card.workbook
        self.holder = watch.card.holder
        self._layout = Layout(folder)
        self._admission = Admission(self._layout)
        self._memory = Memory(folder.parent, self.workbook)
        self._watch = watch
        self._erasures = Erasures(watch.card.erasures)
        self.key = DataKey(keys.data[0]) if keys.data else None
        self.has_passphrase = watch.card.has_passphrase
        self._codec = Codec(self.workbook, keys)
        self._keys = keys
        self._lock = threading.RLock()
        self._stock = StockTaking(self._layout, self._memory, watch, self._reading_codec)
        self._settled: pa.Table | None = None  # the rows of the entries, while there are no drafts
        self._heads: frozenset[Version] = frozenset()
        self._last: tuple[Version, Path | None] | None = None
        self._drafted: dict[Path, _Draft] = {}
        self._taken_out: tuple[Problem, ...] = ()
        self._waited_for: tuple[int, int] | None = None
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
        with as_store_error(folder.name, to_say("it was not opened")):
            watch = CardWatch(folder)
            watch.card.check(keys)
            store = cls(folder, watch, keys)
            store._layout.make_missing()
            all_columns.check_that_plain_is_meant(store._layout, watch.card, store._memory)
            if watch.card.has_passphrase:  # a kill may have come between the passphrase and this
                remove_open_key(folder)
        store._tidy()
        return store

    def keep_identity(self, new: Callable[[], str]) -> str:
        """Return the identity that is kept under the key (see `coaching.store.keys.identities.keep_identity`)."""
        return keep_identity(self.folder, self._keys, new)

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
        with (
            self._lock,
            as_store_error(self.folder.name, _NOTHING),
            self._admission.shared() as is_held,
        ):
            self._check(entries, is_held=is_held)
            self._see(_highest(entries))
            version = self._new_version()
            data = self._codec.encode(table, self._provenance(version))
            target = self._layout.entries / f"{version.file}{SUFFIX}"
            try:
                write_new(target, data, tmp=self._layout.tmp, check=lambda: self._check_again(entries, is_held=is_held))
            except BaseException:
                self._stock.given_up[version.file] = version.number  # somebody may have seen it meanwhile
                raise
            self._stock.given_up.clear()
            mark = put_mark(self._layout.entries, version, instead_of=self._last[1] if self._last else None)
            self._last, self._heads = (version, mark), frozenset([version])
            self._memory.note([version])

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
        outcome = to_say("nothing that was kept is changed, and the draft is this one or the one before")
        with self._lock, as_store_error(self.folder.name, outcome), self._admission.shared() as is_held:
            self._check(entries, is_held=is_held)
            self._see(_highest(entries))
            is_there = False
            while not is_there:
                self._write_draft(file, table)
                try:
                    self._check_again(entries, is_held=is_held)
                except StoreError:  # the eraser, whom nothing kept out, has not seen what was just written
                    self._write_draft(file, without_erased_at(union([table]), self._erasures.erased_at))
                    raise
                is_there = is_held or file.exists()  # else somebody who wrote it anew has taken it away

    def _write_draft(self, file: Path, table: pa.Table) -> None:
        # One that is gone was closed, or written anew without what was erased: it goes on without this one.
        before = self._drafted.get(file) if file.exists() else None
        version = Version(before.version.file, before.version.number + 1) if before else self._new_version()
        replaces = before.replaces if before else self._replaced_by(file)
        write_durably(file, self._codec.encode(table, self._provenance(version, replaces)), tmp=self._layout.tmp)
        mark = put_mark(self._layout.drafts, version, draft=file.name, instead_of=before.mark if before else None)
        self._drafted[file] = _Draft(version, replaces, mark)
        if not version.number:  # the mark counts on; a line for each key would be much to read
            self._memory.note([version])

    def _replaced_by(self, file: Path) -> dict[str, int]:
        """Return what the first draft of this program replaces: one that another program wrote under the same name."""
        with contextlib.suppress(FileNotFoundError, UnreadableFileError):
            before = self._codec.decode(disk.read(file)).provenance
            return {**before.replaces, before.version.file: before.version.number} if before else {}
        return {}

    def drafts(self) -> list[tuple[str, str]]:
        """Return (session, writer) of each draft, in order.

        Raises
        ------
        StoreError
            If the folder is gone or cannot be read.
        """
        with as_store_error(self.folder.name, to_say("no draft was listed")):
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
        outcome = to_say("every word is there, as a draft or as an entry")
        with self._lock, as_store_error(self.folder.name, outcome), self._admission.shared():
            before = {draft_of(mark): (version, mark) for version, mark in marks(self._layout.drafts).items()}
            names = [name for (drafted, _), name in draft_names(self._layout).items() if drafted == session]
            kept = []
            for name in names:
                version, mark = before.get(name) or (self._version_of(self._layout.drafts / name), None)
                with contextlib.suppress(FileNotFoundError):  # somebody else has closed the session meanwhile
                    file = self._free(version or self._new_version())
                    disk.rename(self._layout.drafts / name, file)
                    version = version if mark else self._version_of(file)  # it may have been written anew meanwhile
                    kept += [(version, mark)] if version else []
            # The new names before the loss of the old ones: a power cut between shows rows twice, never not at all.
            # Also when no draft is left, as an earlier commit may have been refused between the two.
            sync_folder(self._layout.entries)
            sync_folder(self._layout.drafts)
            for version, mark in kept:
                put_mark(self._layout.entries, version, instead_of=mark)
            self._memory.note(version for version, _ in kept)

    def _version_of(self, draft: Path) -> Version | None:
        """Return what a draft without a mark says of itself, as one that a sync tool or a backup has brought."""
        with contextlib.suppress(FileNotFoundError, UnreadableFileError):
            provenance = self._codec.decode(disk.read(draft)).provenance
            return provenance.version if provenance else None
        return None

    def _free(self, version: Version) -> Path:
        """Return where to keep a file: called as it calls itself, unless an earlier draft of it was kept there."""
        file = self._layout.entries / f"{version.file}{SUFFIX}"
        return file if not file.exists() else file.with_stem(str(version))

    def read(self) -> Snapshot:
        """Return what the workbook holds now.

        Raises
        ------
        StoreError
            If the folder is gone or cannot be read.
        """
        with self._lock, as_store_error(self.folder.name, to_say("nothing was read")):
            stock = self._stock.take()
            if stock.drafts.contents or self._settled is None or stock.is_new:
                history = one_per_revision(content.table for content in stock.standing)
                self._see(pc.max(history["rev"]).as_py() or 0)
                history = without_erased_at(history, self._memory.erased())
                if stock.is_new or not self._was_read:  # opening has taken stock already
                    self._erasures.learn(history)
            else:
                history = self._settled
            self._settled = None if stock.drafts.contents else history
            self._heads, self._was_read = stock.inventory.heads, True
            problems = (*self._taken_out, *self._stock.problems(stock))
        drafted = sessions({*stock.drafts.contents, *stock.drafts.unread} - stock.inventory.replaced_drafts)
        return Snapshot(history, problems, drafted, union(content.table for content in stock.standing_drafts))

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
        with (
            self._lock,
            as_store_error(self.folder.name, _NOT_LOST),
            self._admission.compacting() as can,
        ):
            self._watch.check()
            if can:
                version, card = self._new_version(), self._watch.card
                check = self._check_that_not_erased_since(card.erasures)
                compaction.compact(self._layout, self._codec, version, card.changes, check)
                self._memory.note(marks(self._layout.entries))

    def _check_that_not_erased_since(self, number: int) -> Callable[[], None]:
        """Return what refuses to go on with rows that were read before somebody erased, where nothing kept them out."""

        def check() -> None:
            self._watch.check()
            if self._watch.card.erasures != number:
                raise StoreError("Something was erased meanwhile; compact again; no entry was lost.")

        return check

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
        with (
            self._lock,
            as_store_error(self.folder.name, to_say("not everything is erased yet")),
            self._admission.exclusive() as is_held,
        ):
            self._watch.check()
            self._see(_highest(places))
            return spend_reserve(self.folder.parent, lambda: self._erase(table, is_held=is_held))

    def _erase(self, places: pa.Table, *, is_held: bool) -> tuple[Problem, ...]:
        self._layout.mark_rewriting()
        self._watch.count_erasure(self._heads)
        problems = self._write_anew([places], leftovers=None if is_held else 0)
        self._memory.note_erased(zip(places["id"].to_pylist(), places["rev"].to_pylist(), strict=True))
        return (*problems, *copies_left(self._layout))

    def go_on_without_missing(self) -> int:
        """Take the workbook as it is: what is missing, or older than what was kept last, is named no more.

        Returns
        -------
        int
            How much that was.

        Raises
        ------
        StoreError
            If the disk refuses; what is there stays.
        """
        with self._lock, as_store_error(self.folder.name, to_say("what is there stays")), self._admission.exclusive():
            self._watch.check()
            inventory = self._stock.take().inventory
            missing = highest(inventory.missing)
            is_older = inventory.is_of_newer_card(self._watch.card.changes)
            if not missing and not is_older:
                return 0
            self._watch.outdo(inventory.card, inventory.heads)
            self._layout.mark_rewriting()
            self._write_anew(given_up=missing)
            remove_marks(mark for part in (self._layout.entries, self._layout.drafts) for mark in marks(part).values())
            self._memory.start_again(())
        self._take_out()
        return len(missing) + is_older

    def _write_anew(
        self,
        places: Sequence[pa.Table] = (),
        given_up: Mapping[str, int] = MappingProxyType({}),
        leftovers: int | None = compaction.MINUTE,
    ) -> tuple[Problem, ...]:
        rewriting = Rewriting(
            self._layout,
            self._reading_codec(),
            self._new_version,
            self._watch.check,
            self._watch.card.changes,
            places,
            given_up,
        )
        problems = rewriting.run(leftovers)
        self._memory.note([*marks(self._layout.entries), *marks(self._layout.drafts)])
        return problems

    def _reading_codec(self) -> Codec:
        """Return what reads files of older keys, or plain ones, too while there is leave for that."""
        if not self._layout.rewriting.exists():
            return self._codec
        leave = b""
        with contextlib.suppress(FileNotFoundError):  # somebody else has just done it
            leave = disk.read(self._layout.rewriting)
        return Codec(
            self.workbook,
            self._keys,
            reads_plain=any(one in leave for one in self._keys.leaves_for_plain),
            reads_older=bool(self._keys.data) and self._keys.leave_for_older in leave,
        )

    def _tidy(self) -> None:
        """Do what a kill cut short, compact many files, and remove what killed programs left behind.

        What the disk refuses is put off until the workbook is opened again: nothing depends on it.
        """
        compaction.remove_leftovers(self._layout)
        if self.has_passphrase:
            self._memory.note_encrypted()
        with contextlib.suppress(StoreError), self._lock, as_store_error(self.folder.name, _NOT_LOST):
            if self._layout.rewriting.exists():
                self._go_on_rewriting()
            self._stock.card_beside = all_columns.see_to(self._layout, self._codec, self._watch.card.changes)
            self._take_out()
            names = file_names(self._layout.entries)
            if len(names) > compaction.MANY:
                self.compact()
            self._waited_for = version_of(self._layout.rewriting)
            keep_reserve(self.folder.parent, sum((self._layout.entries / name).stat().st_size for name in names))

    def _take_out(self) -> None:
        """Take out what another file has replaced; mark and remember what nothing else names."""
        stock = self._stock.take()
        layout = self._layout
        if stock.replaced:
            with self._admission.exclusive():  # else one of the same name may have been written since
                stock = self._stock.take()
                sync_folder(layout.entries)  # what has replaced them is there first
                for file in stock.replaced:
                    disk.remove(layout.folder / file, missing_ok=True)
                self._taken_out = stock.put_back(is_taken_out=True)
        inventory = stock.inventory
        named = marks(layout.entries)
        remove_marks(mark for version, mark in named.items() if inventory.is_named(version))
        remove_marks(mark for version, mark in marks(layout.drafts).items() if inventory.is_done_with(version))
        for version in inventory.heads - named.keys():
            put_mark(layout.entries, version)
        if self._memory.is_long:
            self._memory.start_again(inventory.heads | inventory.missing)
        seen = self._memory.seen()
        new = [version for version in inventory.heads | inventory.drafts if version.number > seen.get(version.file, -1)]
        self._memory.note(new)

    def _go_on_rewriting(self) -> None:
        with self._admission.exclusive():
            self._watch.check()
            if self._layout.rewriting.exists():
                self._write_anew()

    def _check(self, entries: Sequence[Entry], *, is_held: bool) -> None:
        """Refuse what was written without knowing what somebody else has done to the workbook."""
        if not is_held:  # somebody may write everything anew, and is not kept out
            self._wait_for_rewriting()
        self._watch.check()
        self._erasures.check(entries, self._watch.card.erasures, self.read)

    def _wait_for_rewriting(self) -> None:
        """Wait until everything is written anew, once for each time: what a kill has left is done at opening."""
        for _ in range(_PATIENCE * 20):
            mark = version_of(self._layout.rewriting)
            if mark is None or mark == self._waited_for:
                return
            time.sleep(0.05)
        self._waited_for = mark

    def _check_again(self, entries: Sequence[Entry], *, is_held: bool) -> None:
        """Check once more what is written by now, where nobody could be kept out meanwhile."""
        if not is_held:
            self._check(entries, is_held=False)

    def _provenance(self, version: Version, replaces: Mapping[str, int] = MappingProxyType({})) -> Provenance:
        last = {self._last[0]} if self._last else set()
        given_up = self._stock.given_up
        return Provenance(version, self._heads | last, {**given_up, **replaces}, self._watch.card.changes)

    def _new_version(self) -> Version:
        return Version(new_name(self._highest_rev))

    def _see(self, rev: int) -> None:
        self._highest_rev = max(self._highest_rev, rev)


def _highest(entries: Iterable[Entry]) -> int:
    return max((entry.rev for entry in entries), default=0)
