"""A home → the files that go into its backup, while other programs may write and remove files there."""

import os
import stat
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from coaching.errors import StoreError
from coaching.i18n import say, to_say
from coaching.store import disk
from coaching.store.backup.archive import NOTEBOOKS, Source
from coaching.store.disk.layout import ALL_COLUMNS, IDENTITY, Layout
from coaching.store.disk.os_errors import as_store_error
from coaching.store.disk.system_files import name_elsewhere
from coaching.store.files.folder import look_through
from coaching.store.files.read import file_names
from coaching.text import visible

NO_BACKUP = to_say("no backup was made")
_CHUNK = 1 << 20


class ChangedMeanwhileError(Exception):
    """A workbook was given another key, or was written anew, while its files were read: they may not fit together."""


class Gathered:
    """What of a home goes into a backup: every file as it is, also one that cannot be understood.

    Parameters
    ----------
    home
        The home folder.

    Attributes
    ----------
    left_out
        What was found so far and does not go into it: links, folders among the files, copies of workbooks.

    Raises
    ------
    StoreError
        If there is no workbook, or the home cannot be listed.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        with as_store_error(visible(home.name or str(home)), NO_BACKUP):
            folders = sorted(home.iterdir()) if home.exists() else []
            named = [folder for folder in folders if IDENTITY.fullmatch(folder.name) and folder.is_dir()]
        listing = look_through(home)
        taken = {folder.name for folder in named}
        renamed = {folder: identity for folder, identity in listing.workbooks.items() if identity not in taken}
        # A workbook in a folder of another name gets its own name back where it is restored.
        self._workbooks = {folder: folder.name for folder in named if folder not in renamed} | renamed
        if not self._workbooks:
            raise StoreError(
                "There is no workbook in '{home}'; {outcome}.", home=visible(str(home)), outcome=say(NO_BACKUP)
            )
        others = [
            visible(folder.name)
            for folder in (*listing.workbooks, *listing.duplicates)
            if folder not in self._workbooks
        ]
        others += [problem.file for problem in listing.problems if problem.file not in taken]
        self.left_out = sorted(others)

    def sources(self) -> Generator[Source, None, None]:
        """Give the files, one after the other; each can be read until the next is asked for, even if it vanishes.

        Raises
        ------
        StoreError
            If a file is there and the disk does not let it be read: a backup is never known to lack one.
        ChangedMeanwhileError
            If all files must be gathered again, from the first.
        """
        for folder in self._workbooks:
            yield from self._workbook(Layout(folder))
        yield from self._files(self._home / NOTEBOOKS, ".ipynb")

    def _workbook(self, layout: Layout) -> Iterator[Source]:
        before = self._small_files(layout)
        # Drafts first: one that is committed meanwhile is then found among the entries, or twice.
        yield from self._files(layout.drafts)
        yield from self._files(layout.entries)
        if self._small_files(layout) != before:
            raise ChangedMeanwhileError
        for file, data in before.items():
            yield Source(self._member(file), len(data), [data])

    def _small_files(self, layout: Layout) -> dict[Path, bytes]:
        """Return what says how the others are to be read: the card, an open key, the mark of writing anew."""
        with as_store_error(self._shown(layout.card), NO_BACKUP):
            layout.folder.stat()  # a workbook that is removed meanwhile is not one without files
            files: dict[Path, bytes] = {}
            for file in (layout.rewriting, layout.open_key, layout.card):
                with suppress(FileNotFoundError):  # it goes as soon as it is not needed any more
                    files[file] = disk.read(file)
            return files

    def _files(self, folder: Path, suffix: str = "") -> Iterator[Source]:
        """Give the files of a folder, which is listed again until none has vanished, as `reading.read_files` does."""
        taken: set[str] = set()
        vanished: set[str] = set()
        while True:
            gone: set[str] = set()
            for name in self._names(folder, suffix):
                with as_store_error(self._shown(folder / name), NO_BACKUP):
                    if name in taken:
                        continue
                    try:
                        opened = _opened(folder / name)
                    except FileNotFoundError:
                        if name in vanished:  # twice listed and twice not there: no compaction does that
                            raise
                        gone.add(name)
                        continue
                    taken.add(name)
                    if opened is None:
                        self.left_out.append(self._shown(folder / name))
                        continue
                    if name_elsewhere(name):
                        opened.close()
                        self.left_out.append(
                            say("{file}, which is not downloaded yet,", file=self._shown(folder / name))
                        )
                        continue
                    with opened:
                        yield self._source(folder / name, opened)
            if not gone:
                return
            vanished |= gone

    def _names(self, folder: Path, suffix: str) -> list[str]:
        with as_store_error(self._shown(folder), NO_BACKUP):
            if not folder.exists():  # tools that copy folders leave empty ones out
                return []
            first = [ALL_COLUMNS] if (folder / ALL_COLUMNS).exists() else []
            return [name for name in first + file_names(folder) if name.endswith(suffix)]

    def _source(self, file: Path, opened: IO[bytes]) -> Source:
        size = os.fstat(opened.fileno()).st_size
        return Source(self._member(file), size, self._chunks(file, opened, size))

    def _chunks(self, file: Path, opened: IO[bytes], size: int) -> Iterator[bytes]:
        """Give what a file holds, but no more than it held when it was opened: it may grow for ever."""
        with as_store_error(self._shown(file), NO_BACKUP):
            while chunk := opened.read(min(_CHUNK, size)):
                size -= len(chunk)
                yield chunk

    def _member(self, file: Path) -> Path:
        """Return where a file belongs in a home in which every workbook has its own name."""
        folder, *rest = file.relative_to(self._home).parts
        return Path(self._workbooks.get(self._home / folder, folder), *rest)

    def _shown(self, path: Path) -> str:
        return visible(str(path.relative_to(self._home)))


def _opened(file: Path) -> IO[bytes] | None:
    """Open a file; none if it is something else: a link may lead anywhere, and a pipe does not end."""
    if not stat.S_ISREG(file.lstat().st_mode):
        return None
    return os.fdopen(disk.open_file(file, os.O_RDONLY), "rb", buffering=0)
