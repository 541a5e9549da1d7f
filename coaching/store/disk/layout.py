"""Where things are in the folder of a workbook, and what they are called."""

import re
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ulid import ULID

from coaching.store import disk
from coaching.store.disk.durable import sync_folder, write_durably

IDENTITY = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
SUFFIX = ".parquet"

#: The file without rows that has every column: the first by its name, as some readers go by the first.
ALL_COLUMNS = f"{'0' * 26}{SUFFIX}"


def new_name(highest_rev: int) -> str:
    """Return a ULID that names a file of entries; its time is the highest `rev` seen, as the clock is not read here.

    The rest is fresh from the system: a generator that counts on would give two forked programs one name, and the
    one would overwrite what the other saved.
    """
    milliseconds = max(0, highest_rev) // 1000
    return str(ULID.from_bytes(milliseconds.to_bytes(6, "big") + secrets.token_bytes(10)))


@dataclass(frozen=True)
class Layout:
    """Where things are in the folder of a workbook."""

    folder: Path

    @cached_property
    def card(self) -> Path:
        """What the workbook is, whose copy, and its keys, locked up."""
        return self.folder / "workbook.json"

    @cached_property
    def entries(self) -> Path:
        """Files of kept entries, never changed."""
        return self.folder / "entries"

    @cached_property
    def drafts(self) -> Path:
        """One file per session and writer, replaced while they type."""
        return self.folder / "drafts"

    @cached_property
    def tmp(self) -> Path:
        """Unfinished files: on the same file system, and never read."""
        return self.folder / "tmp"

    @cached_property
    def all_columns(self) -> Path:
        """The file without rows that has every column."""
        return self.entries / ALL_COLUMNS

    @cached_property
    def open_key(self) -> Path:
        """The key of the files, as it is, until a passphrase locks another one."""
        return self.folder / "key"

    @cached_property
    def rewriting(self) -> Path:
        """A file that is there while all entries are to be written anew, so that what a kill cuts short is done."""
        return self.folder / "rewriting"

    def mark_rewriting(self, leave: bytes = b"") -> None:
        """Leave word that all files are to be written anew; with what leave, if others than usual are read for it."""
        before = disk.read(self.rewriting) if self.rewriting.exists() else None
        if before is None or leave not in before:
            write_durably(self.rewriting, (before or b"") + leave, tmp=self.tmp)

    def make_missing(self) -> None:
        """Make the parts that are not there, durably; tools that copy folders leave empty ones out."""
        missing = [part for part in (self.entries, self.drafts, self.tmp) if not part.is_dir()]
        for part in missing:
            part.mkdir(mode=0o700, exist_ok=True)
        if missing:
            sync_folder(self.folder)
