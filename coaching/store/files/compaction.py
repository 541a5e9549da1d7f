"""Many small files → one, without a lock: rows are a set, and files only how the set is cut."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa

from coaching.store import disk
from coaching.store.disk.durable import remove_quietly, sync_folder, write_new
from coaching.store.disk.layout import SUFFIX, Layout
from coaching.store.files.inventory import Expected, Inventory, Part
from coaching.store.files.marks import marks, put_mark, remove_marks
from coaching.store.files.parquet import Codec
from coaching.store.files.provenance import Provenance, Version, highest
from coaching.store.files.read import Files, read_files
from coaching.store.files.row_set import distinct

#: With more files than this a workbook is compacted when it is opened: a compacted one, and 64 that came after.
MANY = 65

#: Seconds after which an unfinished file has no writer any more.
DAY = 24 * 60 * 60
MINUTE = 60


def compact(
    layout: Layout,
    codec: Codec,
    version: Version,
    card: int,
    check: Callable[[], None],
    *,
    more: Sequence[pa.Table] = (),
    given_up: Mapping[str, int] = MappingProxyType({}),
    anew: bool = False,
) -> Files:
    """Write the rows of all files as one file, then remove exactly the files they were read from.

    A kill in between leaves rows twice, which is the same set. Files that could not be read, or not wholly, are left
    alone; so is what others save meanwhile. What another file has replaced, and is there all the same, goes.

    Parameters
    ----------
    layout
        The workbook's folder.
    codec
        How its files are read and written.
    version
        The file to write, of an id never used before.
    card
        How often ``workbook.json`` was changed.
    check
        Called before files are removed; if it raises, what was written goes again, and all others stay.
    more
        Rows to write with them.
    given_up
        Files whose loss was accepted, with the highest number of each.
    anew
        Whether to write a single file anew too.

    Returns
    -------
    Files
        What was read.

    Raises
    ------
    OSError
        If the disk refuses; no row was lost.
    """
    files = read_files(layout.entries, codec, {})
    whole = {name: content for name, content in files.contents.items() if content.remark is None}
    part = Part.of(whole)
    inventory = Inventory(part, Part.of({}), Expected(given_up=given_up))
    standing = [content.table for name, content in whole.items() if name not in inventory.replaced_entries]
    if len(whole) + len(more) <= (0 if anew else 1):
        return files
    others = Part.of({name: content for name, content in files.contents.items() if name not in whole})
    replaced = [*part.versions.values(), *(Version(*one) for one in (*part.replaced.items(), *given_up.items()))]
    provenance = Provenance(version, inventory.missing | set(others.versions.values()), highest(replaced), card)
    rows = distinct([*standing, *more])
    write_new(layout.entries / f"{version.file}{SUFFIX}", codec.encode(rows, provenance), tmp=layout.tmp, check=check)
    put_mark(layout.entries, version)
    for name in whole:
        disk.remove(layout.entries / name, missing_ok=True)
    named = provenance.replaces
    remove_marks(mark for marked, mark in marks(layout.entries).items() if marked.number <= named.get(marked.file, -1))
    sync_folder(layout.entries)
    return files


def remove_leftovers(layout: Layout, age: int = DAY) -> None:
    """Remove unfinished files that are older by `age` seconds than the last save: their writers were killed.

    Both times are the file system's own, so that no clock has to agree with another.
    """
    with contextlib.suppress(OSError):
        last_save = layout.entries.stat().st_mtime
        for file in _unfinished(layout):
            if _is_older(file, last_save - age):
                remove_quietly(file)


def remove_unfinished(layout: Layout) -> None:
    """Remove every unfinished file: in an exclusive block nobody is writing one."""
    with contextlib.suppress(OSError):
        for file in _unfinished(layout):
            remove_quietly(file)


def _unfinished(layout: Layout) -> list[Path]:
    return [file for file in layout.tmp.iterdir() if file.name != disk.LOCK_FILE]


def _is_older(file: Path, moment: float) -> bool:
    return file.lstat().st_mtime < moment
