"""The files of one folder → what they say, while others may write and remove files there."""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coaching.i18n import to_say
from coaching.store import disk
from coaching.store.disk.layout import ALL_COLUMNS, SUFFIX, Layout
from coaching.store.disk.os_errors import UnreadableFileError
from coaching.store.disk.system_files import (
    NOT_DOWNLOADED,
    is_elsewhere,
    is_passed_over,
    may_hold_words,
    name_elsewhere,
)
from coaching.store.files.folder import Problem
from coaching.store.files.parquet import Codec, Content
from coaching.text import visible

_NO_FILE = to_say("is not a file of a workbook; it was left alone")
_COPY = to_say("is a copy that the system or a sync program has left; let it finish, or remove it")
_CANNOT_OPEN = to_say("cannot be opened; check its permissions and the disk; it was left alone")


@dataclass(frozen=True, repr=False)
class Files:
    """What the files of one folder say.

    Parameters
    ----------
    contents
        By file name, those that could be read.
    unread
        By file name, why each of the others could not.
    """

    contents: Mapping[str, Content]
    unread: Mapping[str, str]

    def problems(self, folder: str) -> tuple[Problem, ...]:
        """Return what was skipped, in whole or in part, in the order of the names."""
        remarks = {name: content.remark for name, content in self.contents.items() if content.remark}
        reasons = {**self.unread, **remarks}
        return tuple(Problem(f"{folder}/{visible(name)}", reasons[name]) for name in sorted(reasons))


def file_names(folder: Path) -> list[str]:
    """Return the names in a folder, without the file that holds no rows and what systems and sync programs leave.

    While a compaction runs, one listing may miss both the new file and the old ones; two that agree do not.
    """
    before: list[str] | None = None
    while (now := sorted(os.listdir(folder))) != before:  # noqa: PTH208 - names alone
        before = now
    return [name for name in now if name != ALL_COLUMNS and not is_passed_over(name)]


def read_files(folder: Path, codec: Codec, cached: Mapping[str, Content]) -> Files:
    """Read the files of a folder.

    A file that vanished meanwhile was compacted or committed: the folder is listed again, so that its rows are found
    in the file that took its place.

    Parameters
    ----------
    folder
        Where they are.
    codec
        How they are read.
    cached
        Contents of files that need not be read again.
    """
    contents: dict[str, Content] = dict(cached)
    vanished: set[str] = set()
    while True:
        unread: dict[str, str] = {}
        names = file_names(folder)
        gone: set[str] = set()
        for name in names:
            if name in contents:
                continue
            try:
                contents[name] = _read(folder / name, codec)
            except UnreadableFileError as error:
                unread[name] = NOT_DOWNLOADED if is_elsewhere(folder / name) else str(error)
            except FileNotFoundError:
                gone.add(name)
            except OSError:
                unread[name] = NOT_DOWNLOADED if is_elsewhere(folder / name) else _CANNOT_OPEN
        if gone <= vanished:  # twice listed and twice not there: no compaction does that
            unread.update(dict.fromkeys(gone, _CANNOT_OPEN))
            return Files({name: contents[name] for name in names if name in contents}, unread)
        vanished |= gone


def copies_left(layout: Layout) -> tuple[Problem, ...]:
    """Return what systems and sync programs have left that may hold words of a workbook.

    Looked at are its folder with the parts, and the home, where such programs keep versions of before.
    """
    folder = layout.folder
    places = {"entries/": layout.entries, "drafts/": layout.drafts, "": folder, "../": folder.parent}
    return tuple(
        Problem(f"{shown}{visible(name)}", _COPY)
        for shown, place in places.items()
        if place.is_dir()
        for name in sorted(file.name for file in place.iterdir())
        if may_hold_words(name)
    )


def _read(file: Path, codec: Codec) -> Content:
    if name_elsewhere(file.name):
        raise UnreadableFileError(NOT_DOWNLOADED)
    if not stat.S_ISREG(file.lstat().st_mode) or file.suffix != SUFFIX:
        raise UnreadableFileError(_NO_FILE)
    return codec.decode(disk.read(file))
