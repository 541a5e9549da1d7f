"""The card of a workbook, ``workbook.json``: what it is, whose copy, and its keys, locked up. No names."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from coaching.errors import LockedError, StoreError
from coaching.i18n import say, to_say
from coaching.model.vocabulary import Side
from coaching.store import disk
from coaching.store.disk.durable import write_durably
from coaching.store.disk.layout import IDENTITY, Layout
from coaching.store.disk.os_errors import UnreadableFileError, reason_of
from coaching.store.disk.system_files import NOT_DOWNLOADED, is_elsewhere
from coaching.store.files.memory import Memory
from coaching.store.files.provenance import Version
from coaching.store.keys.keys import Keys, excess
from coaching.text import visible

FORMAT = 1
#: In the card while the key lies beside the files.
OPEN = "open"


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
    erasures
        How often something was erased: whoever has the workbook in use must look what that was.
    changes
        How often the card was written: files say so of the one that they were written beside.
    files
        The newest files of entries that were there when somebody last looked while it was written.
    """

    workbook: str
    holder: str
    key: Mapping[str, Any] | None = None
    erasures: int = 0
    changes: int = 0
    files: tuple[Version, ...] = ()

    @property
    def place(self) -> str:
        """What the locks of its keys belong to: no other workbook, and no other holder's copy."""
        return f"coaching workbook {FORMAT}/{self.workbook}/{self.holder}"

    @property
    def key_name(self) -> str | None:
        """Which of its keys files are written with; none if they are plain. It says nothing of the key."""
        return str(self.key.get("name")) if self.key else None

    @property
    def has_open_key(self) -> bool:
        """Whether the key lies beside the files, as nobody has chosen a passphrase yet."""
        return bool(self.key and self.key.get(OPEN)) and "passphrase" not in (self.key or {})

    @property
    def has_passphrase(self) -> bool:
        """Whether a passphrase locks the keys up."""
        return self.key is not None and not self.has_open_key

    def check(self, keys: Keys) -> None:
        """Refuse keys that are not the ones its files are written with.

        Raises
        ------
        LockedError
            If it is encrypted and there are none, or older ones.
        StoreError
            If it is not encrypted.
        """
        if self.key and not keys.data:
            raise LockedError("{workbook} is locked; open it with its passphrase.", workbook=self.workbook)
        if not self.key and keys.data:
            raise StoreError("{workbook} is not encrypted; open it without a passphrase.", workbook=self.workbook)
        if keys.name != self.key_name:
            raise LockedError("{workbook} was given another key meanwhile; unlock it again.", workbook=self.workbook)

    def with_key(self, **changes: Any) -> Self:
        """Return the same card with other words about its keys; None takes a word away."""
        key = {**(self.key or {}), **changes}
        return replace(self, key={name: value for name, value in key.items() if value is not None})


def read_card(folder: Path) -> Card:
    """Return what the folder's ``workbook.json`` says.

    Raises
    ------
    StoreError
        If there is no such folder, or it is not one of a workbook that this version can open.
    """
    try:
        return card_of(folder)
    except UnreadableFileError as error:
        raise StoreError("{folder} {reason}.", folder=visible(folder.name), reason=say(str(error))) from error


def workbook_id(folder: Path) -> str:
    """Return the id of the workbook that a folder holds, whatever the folder is called.

    Raises
    ------
    StoreError
        If there is no such folder, or it is not one of a workbook that this version can open.
    """
    return read_card(folder).workbook


def card_of(folder: Path) -> Card:
    """Return the same.

    Raises
    ------
    UnreadableFileError
        Saying why not, in words that follow the folder's name.
    """
    file = Layout(folder).card
    try:
        content = json.loads(disk.read(file))
        if int(content["format"]) > FORMAT:
            raise UnreadableFileError(to_say("was made by a newer version of the workbook; update this one to open it"))
        workbook, holder = _checked(content["workbook"], str), Side(content["holder"]).value
        key = _checked(content["key"], dict | None)
        if too_much := excess((key or {}).get("passphrase")):
            raise UnreadableFileError(
                say(
                    "cannot be opened: its {file} asks for more than {too_much} to open; it may have been changed; put "
                    "it back from a backup",
                    file=file.name,
                    too_much=too_much,
                )
            )
        files = tuple(Version(_checked(file, str)) for file in content.get("files", ()))
        return Card(workbook, holder, key, int(content.get("erasures", 0)), int(content.get("changes", 0)), files)
    except OSError as error:
        if not file.exists() and is_elsewhere(file):
            raise UnreadableFileError(
                say("cannot be opened: its {file} {reason}", file=file.name, reason=say(NOT_DOWNLOADED))
            ) from None
        if folder.is_dir() and not file.exists():
            raise UnreadableFileError(
                say("is not a workbook's folder, as it has no {file}; choose another folder", file=file.name)
            ) from None
        raise UnreadableFileError(say("cannot be opened: {reason}", reason=reason_of(error))) from error
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
        raise UnreadableFileError(
            say("cannot be opened: its {file} is damaged; put that file back from a backup", file=file.name)
        ) from None


def _checked(value: Any, expected: Any) -> Any:
    if not isinstance(value, expected) or (isinstance(value, str) and not IDENTITY.fullmatch(value)):
        raise TypeError(expected)
    return value


def write_card(folder: Path, card: Card, *, is_counted: bool = True) -> None:
    """Write the folder's ``workbook.json`` in place of the one before, whole or not at all.

    Parameters
    ----------
    folder
        The workbook's folder.
    card
        What it is to say.
    is_counted
        Whether it matters that the one before is known to be older if somebody puts it back.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    layout, changes = Layout(folder), card.changes + is_counted
    content = {"format": FORMAT, "workbook": card.workbook, "holder": card.holder, "key": card.key}
    content |= {"erasures": card.erasures} if card.erasures else {}
    content |= {"changes": changes, "files": sorted({version.file for version in card.files})}
    is_new = not layout.card.exists()
    write_durably(layout.card, (json.dumps(content, indent=2) + "\n").encode(), tmp=layout.tmp)
    if not is_new:
        Memory(folder.parent, card.workbook).note_card(changes)


class CardWatch:
    """Notices when a workbook was given another key since it was opened.

    Parameters
    ----------
    folder
        The workbook's folder.

    Raises
    ------
    StoreError
        If its card cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._file = folder, Layout(folder).card
        self._seen: tuple[int, int] | None
        self.renew()

    def renew(self) -> None:
        """Take what the card says now as what it may say."""
        self._seen = None
        with suppress(OSError):  # reading it says why not
            self._seen = version_of(self._file)  # before it is read: what comes between is then noticed
        self.card = read_card(self._folder)

    def outdo(self, number: int, files: Iterable[Version]) -> None:
        """Count changes of the card on from `number`, as if the newer one were there; only in an exclusive block.

        Parameters
        ----------
        number
            How often the newer one had been changed.
        files
            The files of entries that are there.

        Raises
        ------
        OSError
            If the disk refuses.
        """
        write_card(self._folder, replace(self.card, changes=max(number, self.card.changes), files=tuple(files)))
        self.renew()

    def count_erasure(self, files: Iterable[Version]) -> None:
        """Tell all others that have the workbook in use that something is erased; only in an exclusive block.

        Parameters
        ----------
        files
            The files of entries that are there.

        Raises
        ------
        OSError
            If the disk refuses; the others may have been told.
        """
        try:
            write_card(self._folder, replace(self.card, erasures=self.card.erasures + 1, files=tuple(files)))
        finally:
            self.renew()

    def check(self) -> None:
        """Refuse to go on with a workbook that is no longer as it was opened; cheap enough to ask before each save.

        Raises
        ------
        LockedError
            If it was given another key.
        OSError
            If its card is not there.
        """
        now = version_of(self._file)
        if now is not None and now == self._seen:
            return
        card = read_card(self._folder)
        if card.key_name != self.card.key_name:
            raise LockedError(
                "{folder} was given another key meanwhile; open it again, in a notebook by running all cells "
                "and giving its passphrase; nothing was changed.",
                folder=self._folder.name,
            )
        self._seen, self.card = now, card


def version_of(file: Path) -> tuple[int, int] | None:
    """Return what changes whenever a file is written anew; nothing if there is none."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns
