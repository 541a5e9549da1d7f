"""The folder of a workbook: made, removed and found."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coaching.errors import StoreError
from coaching.i18n import say, to_say
from coaching.store import disk
from coaching.store.disk.durable import remove_quietly, sync_folder, write_durably
from coaching.store.disk.layout import IDENTITY, Layout
from coaching.store.disk.os_errors import UnreadableFileError, as_store_error
from coaching.store.files.memory import Memory
from coaching.store.keys.card import Card, card_of, write_card
from coaching.store.keys.keys import PLAIN, Keys
from coaching.store.keys.open_key import put_open_key
from coaching.text import visible

_ERASED, _NEW, _WHOLE = ".erased-", ".new-", ".whole-"
_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Problem:
    """A file or folder that was skipped.

    Parameters
    ----------
    file
        Its name, relative to what was read: the workbook's folder, or the home.
    reason
        Why, in words that follow the name; as the catalogue has them, or said already.
    """

    file: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file} {say(self.reason)}."


@dataclass(frozen=True)
class Listing:
    """What is in a home.

    Parameters
    ----------
    workbooks
        The folder of each workbook, and its id.
    duplicates
        Each other folder of one of them, and that one's folder.
    problems
        What looks like a workbook and cannot be opened.
    """

    workbooks: Mapping[Path, str]
    duplicates: Mapping[Path, Path]
    problems: tuple[Problem, ...]

    def folder_of(self, identity: str) -> Path | None:
        """Return the folder of the workbook with this id."""
        return next((folder for folder, own in self.workbooks.items() if own == identity), None)


def make_folder(folder: Path, card: Card, entries: Mapping[str, bytes], *, open_keys: Keys = PLAIN) -> None:
    """Make the folder of a new workbook, whole or not at all, for its owner's eyes only.

    Parameters
    ----------
    folder
        Where; must not be there yet.
    card
        What its ``workbook.json`` says.
    entries
        Its first files of entries, by their names.
    open_keys
        The keys that are to lie beside them, if nobody has chosen a passphrase.

    Raises
    ------
    StoreError
        If there is such a folder already, or the disk refuses; there is no new workbook then.
    """

    def fill(unfinished: Path) -> None:
        layout = Layout(unfinished)
        layout.make_missing()
        for name, data in entries.items():
            write_durably(layout.entries / name, data, tmp=layout.tmp)
        if open_keys.data:
            put_open_key(unfinished, open_keys)
        write_card(unfinished, card)

    with as_store_error(visible(f"{folder.parent.name}/{folder.name}"), to_say("no workbook was made")):
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
        raise StoreError("{folder} is there already; open it, or choose another name.", folder=folder.name)
    make_home(folder.parent)
    Memory(folder.parent, folder.name).forget()  # whatever was there before, this is what is meant now
    unfinished = Path(tempfile.mkdtemp(prefix=_NEW, dir=folder.parent))
    try:
        fill(unfinished)
        disk.rename(unfinished, folder)
    except BaseException:
        disk.remove_tree(unfinished, ignore_errors=True)
        raise
    try:
        sync_folder(folder.parent)
    except BaseException:
        disk.remove_tree(folder, ignore_errors=True)
        raise


def put_whole(home: Path, fill: Callable[[Path], None]) -> None:
    """Put several folders into a home, all of them or none: what a kill cuts short is done when it is next looked at.

    Parameters
    ----------
    home
        The home, made if need be; it must have none of the workbooks. Of other folders the files that it has stay.
    fill
        Puts the folders into one that is out of sight.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    make_home(home)
    unfinished = Path(tempfile.mkdtemp(prefix=_NEW, dir=home))
    whole = home / f"{_WHOLE}{unfinished.name.removeprefix(_NEW)}"
    moved: list[tuple[Path, Path]] = []
    try:
        fill(unfinished)
        for folder in unfinished.iterdir():
            Memory(home, folder.name).forget()  # whatever was there before, this is what is meant now
        disk.rename(unfinished, whole)  # from here on it is all of it
        sync_folder(home)
        _put_in_place(whole, moved)
    except BaseException:
        _take_back(whole, unfinished, moved)
        raise


def _put_in_place(whole: Path, moved: list[tuple[Path, Path]]) -> None:
    """Move what is there whole to where it belongs, unless another program does; add to `moved` what was moved."""
    home = whole.parent
    with contextlib.suppress(FileNotFoundError):  # another program has looked at the home meanwhile
        for source in _parts(whole):
            target = home / source.relative_to(whole)
            if not os.path.lexists(target):
                if source.is_dir():
                    Memory(home, source.name).forget()  # whatever was there before, this is what is meant now
                disk.rename(source, target)
                moved.append((source, target))
    for folder in {home, *(target.parent for _, target in moved)}:
        sync_folder(folder)
    with contextlib.suppress(FileNotFoundError):  # as above; what stands in its place may be in use by now
        if not any(IDENTITY.fullmatch(path.name) for path in whole.iterdir()):
            disk.remove_tree(whole, ignore_errors=True)


def _parts(whole: Path) -> Iterator[Path]:
    """Give what is moved at once: a folder, or each file of one that the home has and that is no workbook's."""
    for part in sorted(whole.iterdir()):
        if (whole.parent / part.name).is_dir() and not IDENTITY.fullmatch(part.name):
            yield from sorted(part.iterdir())
        else:
            yield part


def _take_back(whole: Path, unfinished: Path, moved: Sequence[tuple[Path, Path]]) -> None:
    for source, target in reversed(moved):
        with contextlib.suppress(OSError):
            disk.rename(target, source)
    with contextlib.suppress(OSError):
        disk.rename(whole, unfinished)
    for path in (unfinished, whole, *(target for _, target in moved)):
        disk.remove_tree(path, ignore_errors=True) if path.is_dir() else remove_quietly(path)


def remove_folder(folder: Path) -> int:
    """Remove a workbook with everything in it; return how many files it had.

    It is out of sight first, so that what a kill cuts short is done when the home is next looked at.

    Raises
    ------
    StoreError
        If the disk refuses.
    """
    workbook = folder.name
    with contextlib.suppress(UnreadableFileError):
        workbook = card_of(folder).workbook
    with as_store_error(folder.name, to_say("not everything is erased yet")):
        files = sum(1 for path in folder.rglob("*") if path.is_file())
        hidden = folder.with_name(f"{_ERASED}{folder.name}")
        disk.rename(folder, hidden)
        sync_folder(folder.parent)
        disk.remove_tree(hidden)
        sync_folder(folder.parent)
    Memory(folder.parent, workbook).forget()
    return files


def _sweep(folders: Sequence[Path]) -> None:
    """Go on with what a kill has cut short: erasing, putting folders in place; remove what nobody goes on making."""
    for folder in folders:
        with contextlib.suppress(OSError):
            if folder.name.startswith(_WHOLE):
                _put_in_place(folder, [])
                continue
            is_old = folder.stat().st_mtime < folder.parent.stat().st_mtime - _DAY
            if folder.name.startswith(_ERASED) or (folder.name.startswith(_NEW) and is_old):
                disk.remove_tree(folder)


def make_home(home: Path) -> None:
    """Make the home, and what leads to it, so that a power cut does not undo it."""
    for missing in reversed([part for part in (home, *home.parents) if not part.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
        sync_folder(missing.parent)


def look_through(home: Path) -> Listing:
    """Return what is in a home: which workbook a folder holds its card says, whatever it is called.

    Sync tools and file managers rename folders, and make copies of them. Of several folders of one workbook the one
    with its own name is the workbook's, or else the first by name: always the same, so that nobody writes now into the
    one and now into the other.

    Raises
    ------
    StoreError
        If the home cannot be listed.
    """
    same: dict[str, list[Path]] = {}
    problems: list[Problem] = []
    _sweep([folder for folder in _folders(home) if folder.name.startswith(".")])
    for folder in filter(looks_like_workbook, _folders(home)):
        try:
            same.setdefault(card_of(folder).workbook, []).append(folder)
        except UnreadableFileError as error:
            problems.append(Problem(visible(folder.name), str(error)))
    workbooks: dict[Path, str] = {}
    duplicates: dict[Path, Path] = {}
    for identity, several in same.items():
        first, *others = sorted(several, key=lambda folder: _order(folder, identity))
        workbooks[first] = identity
        duplicates |= dict.fromkeys(others, first)
    return Listing(dict(sorted(workbooks.items())), dict(sorted(duplicates.items())), tuple(problems))


def workbooks(home: Path) -> tuple[list[Path], list[Problem]]:
    """Return the folders of the workbooks in a home, by name, and what else looks like one.

    A home that does not exist has none. Other files and folders are passed over.

    Raises
    ------
    StoreError
        If the home cannot be listed.
    """
    listing = look_through(home)
    duplicates = [
        Problem(visible(folder.name), say("is a second folder of {workbook}", workbook=listing.workbooks[first]))
        for folder, first in listing.duplicates.items()
    ]
    return list(listing.workbooks), sorted([*duplicates, *listing.problems], key=lambda problem: problem.file)


def _order(folder: Path, identity: str) -> tuple[bool, bool, str]:
    return folder.name != identity, folder.name.casefold() != identity.casefold(), folder.name


def _folders(home: Path) -> list[Path]:
    with as_store_error(visible(home.name or str(home)), to_say("no workbook was listed")):
        return sorted(home.iterdir()) if home.exists() else []


def looks_like_workbook(folder: Path) -> bool:
    """Tell whether a folder has a workbook's name or a workbook's card."""
    if IDENTITY.fullmatch(folder.name):
        return True
    try:
        return not folder.name.startswith(".") and Layout(folder).card.is_file()
    except OSError:
        return False
