"""The folder of a workbook: how it is laid out, made and found."""

import contextlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from coaching.exceptions import StoreError
from coaching.store.durable import sync_folder, write_durably
from coaching.store.failures import UnreadableFileError, plainly, reason_of
from coaching.vocabulary import Side

IDENTITY = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
FORMAT = 1
SUFFIX = ".parquet"

#: The file without rows that has every column: the first by its name, as some readers go by the first.
ALL_COLUMNS = f"{'0' * 26}{SUFFIX}"
_CARD = "workbook.json"


@dataclass(frozen=True)
class Problem:
    """A file or folder that was skipped.

    Parameters
    ----------
    file
        Its name, relative to what was read: the workbook's folder, or the home.
    reason
        Why, in words that follow the name.
    """

    file: str
    reason: str


@dataclass(frozen=True)
class Card:
    """What ``workbook.json`` says. No names: who the two are stands in the entries.

    Parameters
    ----------
    workbook
        ULID of the workbook.
    holder
        Whose copy this is, ``coach`` or ``coachee``.
    key
        How the files are encrypted, and what locks their keys up; none if they are plain.
    """

    workbook: str
    holder: str
    key: Mapping[str, Any] | None = None

    @property
    def place(self) -> str:
        """What the locks of its keys belong to: no other workbook, and no other holder's copy."""
        return f"coaching workbook {FORMAT}/{self.workbook}/{self.holder}"

    @property
    def key_name(self) -> str | None:
        """Which of its keys files are written with; none if they are plain. It says nothing of the key."""
        return str(self.key.get("name")) if self.key else None

    def with_key(self, **changes: Any) -> Self:
        """Return the same card with other words about its keys."""
        return replace(self, key={**(self.key or {}), **changes})


@dataclass(frozen=True)
class Layout:
    """Where things are in the folder of a workbook."""

    folder: Path

    @property
    def entries(self) -> Path:
        """Files of kept entries, never changed."""
        return self.folder / "entries"

    @property
    def drafts(self) -> Path:
        """One file per session and writer, replaced while they type."""
        return self.folder / "drafts"

    @property
    def tmp(self) -> Path:
        """Unfinished files: on the same file system, and never read."""
        return self.folder / "tmp"

    @property
    def all_columns(self) -> Path:
        """The file without rows that has every column."""
        return self.entries / ALL_COLUMNS

    @property
    def rewriting(self) -> Path:
        """A file that is there while all entries are to be written anew, so that what a kill cuts short is done."""
        return self.folder / "rewriting"

    def mark_rewriting(self) -> None:
        """Leave word that all entries are to be written anew."""
        write_durably(self.rewriting, b"", tmp=self.tmp)

    def make_missing(self) -> None:
        """Make the parts that are not there; tools that copy folders leave empty ones out."""
        for part in (self.entries, self.drafts, self.tmp):
            part.mkdir(mode=0o700, exist_ok=True)


def make_folder(folder: Path, card: Card, all_columns: bytes) -> None:
    """Make the folder of a new workbook, whole or not at all, for its owner's eyes only.

    Parameters
    ----------
    folder
        Where; must not be there yet.
    card
        What its ``workbook.json`` says.
    all_columns
        The file without rows that has every column.

    Raises
    ------
    StoreError
        If there is such a folder already, or the disk refuses; there is no new workbook then.
    """

    def fill(unfinished: Path) -> None:
        layout = Layout(unfinished)
        layout.make_missing()
        write_durably(layout.all_columns, all_columns, tmp=layout.tmp)
        write_card(unfinished, card)

    with plainly(printable(f"{folder.parent.name}/{folder.name}"), "no workbook was made"):
        make_whole(folder, fill)


def make_whole(folder: Path, fill: Callable[[Path], None]) -> None:
    """Make a folder in a home, whole or not at all, for its owner's eyes only.

    Parameters
    ----------
    folder
        Where; must not be there yet.
    fill
        Puts into the unfinished folder what belongs there.

    Raises
    ------
    StoreError
        If there is such a folder already.
    OSError
        If the disk refuses.
    """
    if folder.exists():
        raise StoreError(f"{folder.name} is there already; open it, or choose another name.")
    make_home(folder.parent)
    unfinished = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        fill(unfinished)
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    try:
        sync_folder(folder.parent)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def write_card(folder: Path, card: Card) -> None:
    """Write the folder's ``workbook.json`` in place of the one before, whole or not at all.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    said = {"format": FORMAT, "workbook": card.workbook, "holder": card.holder, "key": card.key}
    write_durably(folder / _CARD, (json.dumps(said, indent=2) + "\n").encode(), tmp=Layout(folder).tmp)


def unmake_folder(folder: Path) -> None:
    """Remove the folder of a workbook that holds nothing; one that somebody else has filled meanwhile stays."""
    layout = Layout(folder)
    with contextlib.suppress(OSError):
        layout.all_columns.unlink(missing_ok=True)
        layout.entries.rmdir()  # first, as it refuses if there is an entry
        layout.drafts.rmdir()
        shutil.rmtree(folder)


def make_home(home: Path) -> None:
    """Make the home, and what leads to it, so that a power cut does not undo it."""
    for missing in reversed([part for part in (home, *home.parents) if not part.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
        sync_folder(missing.parent)


def read_card(folder: Path) -> Card:
    """Return what the folder's ``workbook.json`` says.

    Raises
    ------
    StoreError
        If there is no such folder, or it is not one of a workbook that this version can open.
    """
    try:
        return _card(folder)
    except UnreadableFileError as error:
        raise StoreError(f"{printable(folder.name)} {error}.") from error


def _card(folder: Path) -> Card:
    try:
        if folder.is_dir() and not (folder / _CARD).exists():
            raise UnreadableFileError(f"is not a workbook's folder, as it has no {_CARD}; choose another folder")
        said = json.loads((folder / _CARD).read_bytes())
        if int(said["format"]) > FORMAT:
            raise UnreadableFileError("was made by a newer version of the workbook; update this one to open it")
        return Card(_checked(said["workbook"], str), Side(said["holder"]).value, _checked(said["key"], dict | None))
    except OSError as error:
        raise UnreadableFileError(f"cannot be opened: {reason_of(error)}") from error
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
        raise UnreadableFileError(
            f"cannot be opened: its {_CARD} is damaged; put that file back from a backup"
        ) from None


def _checked(value: Any, expected: Any) -> Any:
    if not isinstance(value, expected) or (isinstance(value, str) and not IDENTITY.fullmatch(value)):
        raise TypeError(expected)
    return value


def card_version(folder: Path) -> tuple[int, int]:
    """Return what changes whenever ``workbook.json`` is written anew; cheap enough to ask before each save.

    Raises
    ------
    OSError
        If it is not there.
    """
    found = (folder / _CARD).stat()
    return found.st_ino, found.st_mtime_ns


def workbooks(home: Path) -> tuple[list[Path], list[Problem]]:
    """Return the folders of the workbooks in a home, by name, and what looks like one but cannot be opened.

    A home that does not exist has none. Other files and folders are passed over.

    Raises
    ------
    StoreError
        If the home cannot be listed.
    """
    found: list[Path] = []
    problems: list[Problem] = []
    for folder in filter(_looks_like_workbook, _folders(home)):
        reason = _reason_to_skip(folder)
        if reason is None:
            found.append(folder)
        else:
            problems.append(Problem(printable(folder.name), reason))
    return found, problems


def _folders(home: Path) -> list[Path]:
    with plainly(printable(home.name or str(home)), "no workbook was listed"):
        return sorted(home.iterdir()) if home.exists() else []


def _reason_to_skip(folder: Path) -> str | None:
    try:
        workbook = _card(folder).workbook
    except UnreadableFileError as error:
        return str(error)
    return None if workbook == folder.name else f"is a copy of {workbook}; remove it, or give it its own name back"


def _looks_like_workbook(folder: Path) -> bool:
    if IDENTITY.fullmatch(folder.name):
        return True
    try:
        return not folder.name.startswith(".") and (folder / _CARD).is_file()
    except OSError:
        return False


def printable(name: str) -> str:
    """Return a file's name as text that any page can hold, though its bytes may be none."""
    return os.fsencode(name).decode("utf-8", "replace")
