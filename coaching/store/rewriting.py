"""All files written anew: with another key, or without what was erased."""

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa

from coaching.store import all_columns, compaction, disk
from coaching.store.drafts import draft_file, draft_names
from coaching.store.durable import sync_folder, write_new
from coaching.store.failures import UnreadableFileError
from coaching.store.folder import Problem
from coaching.store.layout import Layout
from coaching.store.parquet import Codec
from coaching.store.reading import read_files
from coaching.store.rows import union, without_erased


def write_anew(
    layout: Layout,
    codec: Codec,
    new_file: Callable[[], Path],
    check: Callable[[], None],
    more: Sequence[pa.Table] = (),
    leftovers: int = compaction.MINUTE,
) -> tuple[Problem, ...]:
    """Write everything anew, and take the mark away that asked for it; only in an exclusive block.

    The mark stays while plain files that could not be read now may still be encrypted later.

    Parameters
    ----------
    layout
        The workbook's folder.
    codec
        How its files are read, plain ones too if there is leave for that, and written.
    new_file
        Gives a file of a name never used before.
    check
        Raises if the workbook was changed since it was opened.
    more
        Rows to write with the others.
    leftovers
        How many seconds older than the last save unfinished files are that go too.

    Returns
    -------
    tuple of Problem
        The files that could not be read, and are as they were.

    Raises
    ------
    OSError
        If the disk refuses; no row was lost, and the mark is still there.
    """
    has_leave = bool(disk.read(layout.rewriting))
    all_columns.write(layout, codec)
    # Drafts first: one that is committed meanwhile is then among the entries, in the one state or the other.
    _write_drafts_anew(layout, codec, union(more))
    files = compaction.compact(layout, codec, new_file, check, more=more, anew=True)
    compaction.remove_leftovers(layout, leftovers)
    if not (has_leave and files.unread):
        disk.remove(layout.rewriting, missing_ok=True)
    return files.problems("entries") + read_files(layout.drafts, codec, {}).problems("drafts")


def _write_drafts_anew(layout: Layout, codec: Codec, places: pa.Table) -> None:
    """Write drafts with the key of now and without what is erased; who wrote them can no longer write there."""
    for (session, _), name in draft_names(layout).items():
        try:
            data = disk.read(layout.drafts / name)
            content = codec.decode(data)
        except (FileNotFoundError, UnreadableFileError):
            continue
        rows = without_erased(content.table, places)
        is_as_it_should_be = codec.is_current(data) and rows.num_rows == content.table.num_rows
        if content.remark is None and not is_as_it_should_be:
            write_new(draft_file(layout, session, secrets.token_hex(8)), codec.encode(rows), tmp=layout.tmp)
            disk.remove(layout.drafts / name, missing_ok=True)
            sync_folder(layout.drafts)
