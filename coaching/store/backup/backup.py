"""A home → one file, and back: every file as it is, so that what is encrypted stays encrypted without a passphrase."""

import contextlib
import os
import secrets
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count, groupby
from pathlib import Path
from typing import IO

from coaching.errors import StoreError
from coaching.i18n import say, say_counted, to_say
from coaching.l10n import listed
from coaching.store import disk
from coaching.store.backup.archive import NOTEBOOKS, Archive, is_backup, write_archive
from coaching.store.backup.collect import NO_BACKUP, ChangedMeanwhileError, Gathered
from coaching.store.disk.durable import remove_quietly, sync_folder, write_flushed
from coaching.store.disk.layout import Layout
from coaching.store.disk.os_errors import NOT_ALLOWED, UnreadableFileError, as_store_error, reason_of
from coaching.store.files.compaction import DAY
from coaching.store.files.folder import look_through, put_whole
from coaching.store.files.parquet import is_encrypted
from coaching.text import visible

_UNFINISHED = ".coaching-backup-"
_NOTHING = to_say("nothing was restored")


@dataclass(frozen=True)
class Backup:
    """What is in a backup.

    Parameters
    ----------
    workbooks
        Their ids.
    files
        How many files there are.
    plain
        Ids of the workbooks that have a file which is not encrypted.
    unlocked
        Ids of the workbooks that are encrypted with a key that lies beside their files, and so in the backup.
    left_out
        What was in the home and could not be taken along: links, folders among the files, copies of workbooks.
    """

    workbooks: tuple[str, ...]
    files: int
    plain: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    unlocked: tuple[str, ...] = ()


def backup(home: Path, file: Path) -> Backup:
    """Write everything in a home as one file, while other programs may use it; whole and checked, or not at all.

    Parameters
    ----------
    home
        The home folder.
    file
        Where; a backup that stands there is replaced, anything else is not.

    Raises
    ------
    StoreError
        If there is no workbook, something cannot be read, or the file cannot be written there; what stood there is
        unchanged, or the new backup whole.
    """
    shown = f"'{visible(str(file))}'"
    left = NO_BACKUP
    try:
        was_there = _check_target(file, home, shown)
        unfinished = file.parent / f"{_UNFINISHED}{secrets.token_hex(16)}"
        is_written = False
        try:
            written = _written(unfinished, home)
            _check_target(file, home, shown)
            is_written = True
            disk.replace(unfinished, file)
            sync_folder(file.parent)
        except BaseException:
            if not is_written or os.path.lexists(unfinished):
                remove_quietly(unfinished)
            elif was_there:  # it has its name, which could not be flushed
                left = to_say("the backup there is this one or the one before")
            else:
                remove_quietly(file)
            raise
    except UnreadableFileError:
        raise StoreError(
            "{file} was not read back as it was written; check the disk; {outcome}.",
            file=shown,
            outcome=say(NO_BACKUP),
        ) from None
    except OSError as error:
        raise StoreError(
            "{file} cannot be written: {reason}; {left}.", file=shown, reason=reason_of(error), left=say(left)
        ) from error
    return written


def restore(file: Path, home: Path) -> Backup:
    """Bring everything in a backup into a home: all of it or nothing.

    Parameters
    ----------
    file
        What `backup` wrote; every byte is checked before anything is made.
    home
        The home folder, made if need be; it must not have any of the workbooks. Notebooks that it has stay.

    Raises
    ------
    StoreError
        If the file is not a whole and unchanged backup, a workbook is there already, or the disk refuses.
    """
    shown = f"'{visible(str(file))}'"
    try:
        if not file.is_file():
            if file.is_dir():
                raise StoreError("{file} is a folder; name a file; {outcome}.", file=shown, outcome=say(_NOTHING))
            raise StoreError("{file} is not there; {outcome}.", file=shown, outcome=say(_NOTHING))
        with file.open("rb") as opened:
            archive = Archive(opened)
            manifest = _contents(archive)
            with as_store_error(visible(home.name or str(home)), _NOTHING):
                _check_absent(home, manifest.workbooks)
                _put(archive, home)
            return manifest
    except UnreadableFileError as error:
        raise StoreError(
            "{file} {reason}; {outcome}.", file=shown, reason=say(str(error)), outcome=say(_NOTHING)
        ) from None
    except OSError as error:
        raise StoreError(
            "{file} cannot be read: {reason}; {outcome}.", file=shown, reason=reason_of(error), outcome=say(_NOTHING)
        ) from error


def _contents(archive: Archive, left_out: tuple[str, ...] = ()) -> Backup:
    """Return what is in a backup; whether it is encrypted is read off the files, as the card says what it likes."""
    inside = [(path.parts[0], name) for name, path in archive.paths.items() if path.parts[0] != NOTEBOOKS]
    plain = {
        workbook
        for workbook, name in inside
        if len(archive.paths[name].parts) > 2  # noqa: PLR2004 - in a folder of the workbook
        and archive.beginnings[name]
        and not is_encrypted(archive.beginnings[name])
    }
    ids = sorted({workbook for workbook, _ in inside})
    unlocked = {workbook for workbook, name in inside if archive.paths[name] == Layout(Path(workbook)).open_key}
    return Backup(tuple(ids), len(archive.paths), tuple(sorted(plain)), left_out, tuple(sorted(unlocked)))


def _check_target(file: Path, home: Path, shown: str) -> bool:
    """Refuse a place where no backup belongs; tell whether one stands there that is to be replaced."""
    if file.is_dir():
        raise StoreError("{file} is a folder; name a file in it.", file=shown)
    if disk.allowed_name(file.name) != file.name:
        raise StoreError("{file} cannot be written: {reason}.", file=shown, reason=say(NOT_ALLOWED))
    if not file.parent.is_dir():
        raise StoreError("{file} cannot be written: its folder is not there; make it, or choose another.", file=shown)
    if file.parent.resolve().is_relative_to(home.resolve()):
        raise StoreError(
            "{file} is in the home folder itself, and would be lost with it; choose another folder.", file=shown
        )
    if not os.path.lexists(file):
        return False
    if stat.S_ISREG(file.lstat().st_mode):
        with file.open("rb") as opened:
            if is_backup(opened):
                return True
    raise StoreError("{file} is there already and is not a backup; choose another name.", file=shown)


def _written(unfinished: Path, home: Path) -> Backup:
    """Write the unfinished file of a backup; return what is in it, as it was read again from the disk."""
    descriptor = disk.open_file(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL)
    with os.fdopen(descriptor, "w+b") as opened:
        _remove_leftovers(unfinished)
        hashes, left_out = _fill(opened, home)
        opened.flush()
        disk.flush(descriptor)
        disk.forget(descriptor)
        archive = Archive(opened)
    if archive.hashes != hashes:
        raise UnreadableFileError
    return _contents(archive, left_out)


def _fill(opened: IO[bytes], home: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """Write the files of a home, anew until they fit together; return their hashes, and what was left out."""
    while True:
        gathered = Gathered(home)
        opened.seek(0)
        opened.truncate()
        with contextlib.suppress(ChangedMeanwhileError), contextlib.closing(gathered.sources()) as sources:
            return write_archive(opened, sources), tuple(gathered.left_out)


def _remove_leftovers(unfinished: Path) -> None:
    """Remove unfinished files beside this one that are older by a day: their writers were killed."""
    with contextlib.suppress(OSError):
        now = unfinished.lstat().st_mtime
        for file in unfinished.parent.glob(f"{_UNFINISHED}{'[0-9a-f]' * 32}"):
            if file.lstat().st_mtime < now - DAY:
                remove_quietly(file)


# Bringing one back


def _check_absent(home: Path, ids: Sequence[str]) -> None:
    existing = set(look_through(home).workbooks.values())
    there = [workbook for workbook in ids if workbook in existing or os.path.lexists(home / workbook)]
    if there:
        raise StoreError(
            say_counted(
                "{workbooks} is in the home folder already; move it away, or restore into another home with --home; "
                "{outcome}.",
                "{workbooks} are in the home folder already; move them away, or restore into another home with --home; "
                "{outcome}.",
                len(there),
                workbooks=listed(there),
                outcome=say(_NOTHING),
            )
        )


def _put(archive: Archive, home: Path) -> None:
    """Make every folder of a backup in a home; after any failure none of them is there."""

    def fill(unfinished: Path) -> None:
        for top, members in groupby(sorted(archive.paths), key=lambda name: archive.paths[name].parts[0]):
            _fill_folder(archive, list(members), unfinished / top)
        sync_folder(unfinished)

    put_whole(home, fill)


def _fill_folder(archive: Archive, names: Sequence[str], folder: Path) -> None:
    folder.mkdir(mode=0o700)
    if folder.name != NOTEBOOKS:
        Layout(folder).make_missing()
    for name in names:
        write_flushed(_free(folder.joinpath(*archive.paths[name].parts[1:])), archive.chunks(name))
    for part in (*(path for path in folder.iterdir() if path.is_dir()), folder):
        sync_folder(part)


def _free(file: Path) -> Path:
    """Return a name that no file has: on a disk whose names have no case two of another system's may be one."""
    names = (file.with_stem(f"{file.stem} ({number})") for number in count(2))
    return next(name for name in chain([file], names) if not os.path.lexists(name))
