"""All files written anew: with another key, without what was erased, or without what is missing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import pyarrow as pa

from coaching.store import disk
from coaching.store.disk.durable import sync_folder, write_new
from coaching.store.disk.layout import Layout
from coaching.store.disk.os_errors import UnreadableFileError
from coaching.store.files import compaction
from coaching.store.files import schema_file as all_columns
from coaching.store.files.drafts import draft_file, draft_names
from coaching.store.files.folder import Problem
from coaching.store.files.marks import draft_of, marks, put_mark, remove_marks
from coaching.store.files.parquet import Codec, Content
from coaching.store.files.provenance import Provenance, Version
from coaching.store.files.read import read_files
from coaching.store.files.row_set import union, without_erased


@dataclass(frozen=True)
class Rewriting:
    """What is to be written anew, and how.

    Parameters
    ----------
    layout
        The workbook's folder.
    codec
        How its files are read, others than usual too if there is leave for that, and written.
    new_version
        Gives a file of an id never used before.
    check
        Raises if the workbook was changed since it was opened.
    card
        How often ``workbook.json`` was changed.
    places
        Rows to write with the others: where something was that is erased.
    given_up
        Files whose loss was accepted, with the highest number of each.
    """

    layout: Layout
    codec: Codec
    new_version: Callable[[], Version]
    check: Callable[[], None]
    card: int
    places: Sequence[pa.Table] = ()
    given_up: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def run(self, leftovers: int | None = compaction.MINUTE) -> tuple[Problem, ...]:
        """Write everything anew, and take the mark away that asked for it; only in an exclusive block.

        The mark stays while plain files, or those of an older key, that could not be read now may be read later.

        Parameters
        ----------
        leftovers
            How many seconds older than the last save unfinished files are that go too; None for all of them, where
            nobody else can be writing.

        Returns
        -------
        tuple of Problem
            The files that could not be read, and are as they were.

        Raises
        ------
        OSError
            If the disk refuses; no row was lost, and the mark is still there.
        """
        layout = self.layout
        has_leave = bool(disk.read(layout.rewriting))
        all_columns.write(layout, self.codec, self.card)
        # Drafts first: one that is committed meanwhile is then among the entries, in the one state or the other.
        self._write_drafts()
        files = compaction.compact(
            layout,
            self.codec,
            self.new_version(),
            self.card,
            self.check,
            more=self.places,
            given_up=self.given_up,
            anew=True,
        )
        if leftovers is None:
            compaction.remove_unfinished(layout)
        else:
            compaction.remove_leftovers(layout, leftovers)
        if not (has_leave and files.unread):
            disk.remove(layout.rewriting, missing_ok=True)
        return files.problems("entries") + read_files(layout.drafts, self.codec, {}).problems("drafts")

    def _write_drafts(self) -> None:
        """Write drafts with the key of now and without what is erased; who wrote them begins another one there."""
        places = union(self.places)
        for (session, _), name in draft_names(self.layout).items():
            try:
                data = disk.read(self.layout.drafts / name)
                content = self.codec.decode(data)
            except (FileNotFoundError, UnreadableFileError):
                continue
            rows = without_erased(content.table, places)
            is_given_up = content.provenance is not None and content.provenance.version.file in self.given_up
            is_as_it_should_be = (
                self.codec.is_current(data) and rows.num_rows == content.table.num_rows and not is_given_up
            )
            if content.remark is None and not is_as_it_should_be:
                self._write_draft(session, name, content, rows)

    def _write_draft(self, session: str, name: str, content: Content, rows: pa.Table) -> None:
        layout, before = self.layout, content.provenance
        version = self.new_version()
        file = draft_file(layout, session, version.file)
        replaces = {**before.replaces, before.version.file: before.version.number} if before else {}
        provenance = Provenance(version, before.after if before else frozenset(), replaces, self.card)
        write_new(file, self.codec.encode(rows, provenance), tmp=layout.tmp)
        put_mark(layout.drafts, version, draft=file.name)
        disk.remove(layout.drafts / name, missing_ok=True)
        remove_marks(mark for mark in marks(layout.drafts).values() if draft_of(mark) == name)
        sync_folder(layout.drafts)
