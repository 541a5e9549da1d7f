"""Many small files → one, without a lock: rows are a set, and files only how the set is cut."""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa

from coaching.store import disk
from coaching.store.durable import remove_quietly, sync_folder, write_new
from coaching.store.layout import Layout
from coaching.store.parquet import Codec
from coaching.store.reading import Files, read_files
from coaching.store.rows import distinct

#: With more files than this a workbook is compacted when it is opened: a compacted one, and 64 that came after.
MANY = 65

#: Seconds after which an unfinished file has no writer any more.
DAY = 24 * 60 * 60
MINUTE = 60


def compact(
    layout: Layout,
    codec: Codec,
    new_file: Callable[[], Path],
    check: Callable[[], None],
    *,
    more: Sequence[pa.Table] = (),
    anew: bool = False,
) -> Files:
    """Write the rows of all files as one file, then remove exactly the files they were read from.

    A kill in between leaves rows twice, which is the same set. Files that could not be read, or not wholly, are left
    alone; so is what others save meanwhile.

    Parameters
    ----------
    layout
        The workbook's folder.
    codec
        How its files are read and written.
    new_file
        Gives a file of a name never used before.
    check
        Called before files are removed; if it raises, what was written goes again, and all others stay.
    more
        Rows to write with them.
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
    whole = {name: content.table for name, content in files.contents.items() if content.remark is None}
    if len(whole) + len(more) <= (0 if anew else 1):
        return files
    rows = distinct([*whole.values(), *more])
    write_new(new_file(), codec.encode(rows), tmp=layout.tmp, check=check)
    for name in whole:
        disk.remove(layout.entries / name, missing_ok=True)
    sync_folder(layout.entries)
    return files


def remove_leftovers(layout: Layout, age: int = DAY) -> None:
    """Remove unfinished files that are older by `age` seconds than the last save: their writers were killed.

    Both times are the file system's own, so that no clock has to agree with another.
    """
    with contextlib.suppress(OSError):
        last_save = layout.entries.stat().st_mtime
        for file in layout.tmp.iterdir():
            if _is_older(file, last_save - age):
                remove_quietly(file)


def _is_older(file: Path, moment: float) -> bool:
    return file.lstat().st_mtime < moment
