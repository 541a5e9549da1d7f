"""The file of a backup: a zip of files as they are, a manifest of their hashes, and a seal over all of it."""

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO, Any
from urllib.parse import quote, unquote_to_bytes
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from coaching.archive import ArchiveError, ArchiveReader
from coaching.i18n import say, to_say
from coaching.store.disk import decoded_name
from coaching.store.disk.layout import IDENTITY
from coaching.store.disk.os_errors import UnreadableFileError, reason_of

FORMAT = 1
NOTEBOOKS = "notebooks"
_MANIFEST = "manifest.json"
#: The comment that ends the zip: this, and the SHA-256 of every byte before it. No flipped byte goes unnoticed.
_SEAL = b"coaching backup; SHA-256 of all before: "
_DIGITS = 64
_CHUNK = 1 << 20

#: All that may be in a backup. Names are written as in addresses of the web, so that any file's name can be in it.
_MEMBER = re.compile(
    rf"{IDENTITY.pattern}/(?:workbook\.json|key|rewriting|(?:entries|drafts)/[^/]+)|{NOTEBOOKS}/[^/]+\.ipynb"
)
#: Room for one member in the manifest: the longest name there can be, and its hash.
_LINE = 1024

#: The same for every member, so that the same home gives the same file.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_ATTRIBUTES = (stat.S_IFREG | 0o600) << 16
_UNIX = 3

_NOT_OURS = to_say("is not a backup of a home, or only a part of one; choose another file")
_CHANGED = to_say("is damaged or was changed after it was written; choose another backup")
_SURPRISE = to_say("holds what no backup of a home holds, and may come from anybody; choose another backup")
_NEWER = to_say("was made by a newer version of the workbook; update this one to read it")


@dataclass(frozen=True)
class Source:
    """A file to be put into a backup.

    Parameters
    ----------
    path
        Relative to the home.
    size
        How many bytes there are at most.
    chunks
        Its bytes, in pieces.
    """

    path: PurePath
    size: int
    chunks: Iterable[bytes]


def write_archive(file: IO[bytes], sources: Iterable[Source]) -> dict[str, str]:
    """Write the file of a backup.

    Parameters
    ----------
    file
        Empty, open for reading and writing.
    sources
        What goes into it, in this order; each is used up before the next is asked for.

    Returns
    -------
    dict
        The SHA-256 of each member, by its name.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    hashes: dict[str, str] = {}
    with ZipFile(file, "w", ZIP_STORED) as archive:
        archive.comment = _SEAL + b"0" * _DIGITS
        for source in sources:
            name = _member_name(source.path)
            hashes[name] = _add(archive, name, source.size, source.chunks)
        manifest = json.dumps({"format": FORMAT, "files": hashes}, indent=0).encode()
        _add(archive, _MANIFEST, len(manifest), [manifest])
    end = file.seek(-_DIGITS, os.SEEK_END)
    digest = _digest(file, end)
    file.seek(end)
    file.write(digest)
    return hashes


def is_backup(file: IO[bytes]) -> bool:
    """Tell whether a file ends as the backups of this program do; it may be damaged all the same."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - len(_SEAL) - _DIGITS))
    return file.read(len(_SEAL)) == _SEAL


class Archive:
    """The file of a backup whose every byte was checked when this was made.

    Parameters
    ----------
    file
        Open for reading as long as this is used.

    Attributes
    ----------
    hashes
        The SHA-256 of each member, by its name.
    paths
        Where each member belongs, relative to the home.
    beginnings
        The first bytes of each member.

    Raises
    ------
    UnreadableFileError
        If it is not a backup, not a whole one, was changed, or is of a newer format.
    """

    def __init__(self, file: IO[bytes]) -> None:
        with _understood():
            self._size = _check_seal(file)
            self._zip = ArchiveReader(file)
            *members, manifest = self._zip.members
            content = self._manifest(manifest, _LINE * (len(members) + 1))
            self.hashes: Mapping[str, str] = content["files"]
            if [member.filename for member in members] != list(self.hashes):  # missing, twice, or not in the manifest
                raise UnreadableFileError(_SURPRISE)
            if not all(map(_is_plain_file, members)):
                raise UnreadableFileError(_SURPRISE)
            self.paths = {name: _path_of(name) for name in self.hashes}
        self.beginnings = {name: self._check(name) for name in self.hashes}

    def chunks(self, name: str) -> Iterator[bytes]:
        """Give the bytes of a member in pieces.

        Raises
        ------
        UnreadableFileError
            At the end at the latest, if they are not what the manifest says.
        """
        digest = hashlib.sha256()
        with _understood():
            for chunk in self._zip.chunks(name, self._size):
                digest.update(chunk)
                yield chunk
        if digest.hexdigest() != self.hashes[name]:
            raise UnreadableFileError(_CHANGED)

    def _check(self, name: str) -> bytes:
        """Read a member to its end; return how it begins."""
        chunks = self.chunks(name)
        beginning = next(chunks, b"")[:4]
        for _ in chunks:
            pass
        return beginning

    def _manifest(self, member: ZipInfo, longest: int) -> dict[str, Any]:
        if member.filename != _MANIFEST or not _is_plain_file(member):
            raise UnreadableFileError(_SURPRISE)
        content = json.loads(self._zip.read(_MANIFEST, longest))
        if content["format"] > FORMAT:
            raise UnreadableFileError(_NEWER)
        if content["format"] != FORMAT or not isinstance(content["files"], dict):
            raise UnreadableFileError(_SURPRISE)
        return dict(content)


def _add(archive: ZipFile, name: str, size: int, chunks: Iterable[bytes]) -> str:
    """Add a member; return its hash."""
    member = ZipInfo(name, _MOMENT)
    member.create_system, member.external_attr, member.file_size = _UNIX, _ATTRIBUTES, size
    digest = hashlib.sha256()
    with archive.open(member, "w") as target:
        for chunk in chunks:
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def _member_name(path: PurePath) -> str:
    return "/".join(quote(os.fsencode(part)) for part in path.parts)


def _path_of(name: str) -> Path:
    """Return where a member belongs; one that would land anywhere else than a file of a home does is refused."""
    parts = [unquote_to_bytes(part) for part in name.split("/")]
    is_strange = any(part in {b".", b".."} or b"\0" in part for part in parts)
    if not _MEMBER.fullmatch(name) or is_strange or "/".join(map(quote, parts)) != name:
        raise UnreadableFileError(_SURPRISE)
    return Path(*map(decoded_name, parts))


def _is_plain_file(member: ZipInfo) -> bool:
    """Tell whether a member is a file as this program writes it: no link, no folder, not packed, not encrypted."""
    is_as_written = member.compress_type == ZIP_STORED and member.compress_size == member.file_size
    return is_as_written and member.flag_bits == 0 and member.external_attr == _ATTRIBUTES


def _check_seal(file: IO[bytes]) -> int:
    """Check every byte of a file against its seal; return how many there are."""
    if not is_backup(file):
        raise UnreadableFileError(_NOT_OURS)
    end = file.seek(-_DIGITS, os.SEEK_END)
    if _digest(file, end) != file.read(_DIGITS):
        raise UnreadableFileError(_CHANGED)
    return end + _DIGITS


def _digest(file: IO[bytes], end: int) -> bytes:
    """Return the SHA-256, in digits, of the bytes of a file up to `end`, where it is read on from."""
    digest = hashlib.sha256()
    for start in range(file.seek(0), end, _CHUNK):
        digest.update(file.read(min(_CHUNK, end - start)))
    return digest.hexdigest().encode()


@contextmanager
def _understood() -> Iterator[None]:
    """Turn what a strange zip or manifest, or a failing disk, may raise into the one error for it."""
    try:
        yield
    except OSError as error:
        raise UnreadableFileError(say("cannot be read: {reason}", reason=reason_of(error))) from error
    except (ArchiveError, LookupError, RecursionError, TypeError, ValueError):
        raise UnreadableFileError(_SURPRISE) from None
