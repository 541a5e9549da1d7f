"""What a home remembers of its workbooks outside their folders: so that an exchanged folder is noticed. No words.

It is written without waiting for the disk, as it must cost a save next to nothing: what a power cut takes of it makes
less be noticed, and nothing be named that is not so. Whoever exchanges it together with the workbook is not noticed.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from coaching.store import disk
from coaching.store.disk.durable import remove_quietly, sync_folder
from coaching.store.files.provenance import Version, highest

#: The folder of a home in which it remembers; the names of its files are ids.
FOLDER = ".coaching"
_LONG = 1 << 14


class Memory:
    """What a home remembers of one workbook.

    Parameters
    ----------
    home
        The home folder.
    workbook
        ULID of the workbook, whatever its folder is called.
    """

    def __init__(self, home: Path, workbook: str) -> None:
        self._seen = home / FOLDER / f"{workbook}.seen"
        self._encrypted = home / FOLDER / f"{workbook}.encrypted"
        self._cards = home / FOLDER / f"{workbook}.card"
        self._erased = home / FOLDER / f"{workbook}.erased"
        self._lines, self._places = disk.Appended(self._seen), disk.Appended(self._erased)
        self._read: dict[Path, tuple[tuple[int, int], Mapping[str, int]]] = {}

    def note(self, versions: Iterable[Version]) -> None:
        """Take note of files that are there; nothing happens if that cannot be written."""
        with suppress(OSError):
            self._lines.add("".join(f"{version}\n" for version in versions).encode("ascii"))

    def note_erased(self, places: Iterable[tuple[str, int]]) -> None:
        """Take note of empty places, by id and `rev`: an older folder put in place of this one lacks them."""
        with suppress(OSError):
            self._places.add("".join(f"{Version(*place)}\n" for place in places).encode("ascii"))

    def erased(self) -> Mapping[str, int]:
        """Return the id and highest `rev` of the empty places of all that was erased here."""
        return self._numbers(self._erased)

    def seen(self) -> Mapping[str, int]:
        """Return the highest number of each file that was there; what a kill cut off is passed over."""
        return self._numbers(self._seen)

    def start_again(self, versions: Iterable[Version]) -> None:
        """Remember these files alone: they name all others, or the loss of others was accepted."""
        remove_quietly(self._seen)
        self.note(versions)

    @property
    def is_long(self) -> bool:
        """Whether more is remembered than is worth reading again and again."""
        with suppress(OSError):
            return self._seen.stat().st_size > _LONG
        return False

    def note_card(self, number: int) -> None:
        """Take note of how often ``workbook.json`` was changed."""
        self._put(self._cards, f"{number:020}")  # as long as the one that it is written over

    def card(self) -> int:
        """Return how often ``workbook.json`` had been changed."""
        with suppress(OSError, ValueError):
            return int(self._cards.read_text("ascii"))
        return 0

    @property
    def was_encrypted(self) -> bool:
        """Whether the workbook was encrypted when it was last opened here."""
        return self._encrypted.exists()

    def note_encrypted(self) -> None:
        """Take note that the workbook is encrypted; it never becomes plain again."""
        if not self._encrypted.exists():
            self._put(self._encrypted, "")

    def forget(self) -> None:
        """Forget the workbook: it is erased, or what is put in its place is meant."""
        for file in (self._seen, self._encrypted, self._cards, self._erased):
            remove_quietly(file)

    def _numbers(self, file: Path) -> Mapping[str, int]:
        """Return the highest number of each id that a file has a line of; one that is as it was is not read again."""
        with suppress(OSError):
            there = file.stat()
            now = there.st_ino, there.st_size
            if file not in self._read or self._read[file][0] != now:
                lines = disk.read(file).decode("ascii", "replace").splitlines()
                self._read[file] = now, highest(_versions(lines))
            return self._read[file][1]
        return {}

    def _put(self, file: Path, text: str) -> None:
        """Write a few signs over those that are there: a kill leaves no unfinished file for ever."""
        with suppress(OSError):
            descriptor = disk.open_in_own_folder(file, os.O_WRONLY | os.O_CREAT)
            try:
                os.write(descriptor, text.encode("ascii"))
                disk.flush(descriptor)
            finally:
                os.close(descriptor)
            sync_folder(file.parent)


def _versions(lines: Iterable[str]) -> Iterator[Version]:
    for line in lines:
        with suppress(ValueError):
            yield Version.read(line)
