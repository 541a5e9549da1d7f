"""A zip that may come from anybody → the bytes of its members; nothing hostile in it does harm, or costs memory."""

import os
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from coaching.i18n import say, to_say

_CHUNK: Final = 1 << 20
_ENCRYPTED: Final = 0x1
_COMPRESSIONS: Final = frozenset({ZIP_STORED, ZIP_DEFLATED})
#: All that `zipfile` and what unpacks for it raise over bytes that are no zip; a disk that fails raises an `OSError`.
_NO_ZIP: Final = (
    BadZipFile,
    LargeZipFile,
    ArithmeticError,
    EOFError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class ArchiveError(Exception):
    """A zip that is not read; the text says why, in words that follow "it is"."""


class DamagedArchiveError(ArchiveError):
    """A file that is no zip, or not a whole and sound one."""


class TooLargeError(ArchiveError):
    """A member of a zip has more bytes than it may have."""


class ArchiveReader:
    """The members of a zip. None is unpacked onto the disk, and only those that are asked for are looked into.

    Parameters
    ----------
    file
        Open for reading as long as this is used.
    most_members
        How many members there may be.

    Attributes
    ----------
    members
        What the zip says of its members, in its order.

    Raises
    ------
    ArchiveError
        If it is no zip, or is damaged; if its members share their bytes, are too many, or one of them names a place
        outside of the zip.
    OSError
        If the disk refuses.
    """

    def __init__(self, file: IO[bytes], most_members: int | None = None) -> None:
        with _zip_errors_as_damage():
            size = file.seek(0, os.SEEK_END)
            self._zip = ZipFile(file)
            self.members = tuple(self._zip.infolist())
            # Members that share their bytes make a small zip that unpacks to an endless one.
            if sum(member.compress_size for member in self.members) > size:
                raise BadZipFile
        self._counts = Counter(member.filename for member in self.members)
        if most_members is not None and len(self.members) > most_members:
            raise ArchiveError(say("a zip of more than {count} files", count=most_members))
        if any(_leads_outside(member.orig_filename) for member in self.members):
            raise ArchiveError(to_say("a zip that names a place outside of itself"))

    def read(self, name: str, largest: int) -> bytes:
        """Return the bytes of a member; raise what `chunks` raises."""
        return b"".join(self.chunks(name, largest))

    def chunks(self, name: str, largest: int) -> Iterator[bytes]:
        """Give the bytes of a member in pieces.

        Parameters
        ----------
        name
            Its name.
        largest
            How many bytes it may have, unpacked.

        Raises
        ------
        ArchiveError
            If none or several have this name, it is encrypted, packed in an uncommon way, too large, or damaged.
        OSError
            If the disk refuses.
        """
        member = self._member(name, largest)
        # `zipfile` gives no more bytes than a member says that it has: one that lies about them is cut, and damaged.
        with _zip_errors_as_damage(), self._zip.open(member) as opened:
            while chunk := opened.read(_CHUNK):
                yield chunk

    def _member(self, name: str, largest: int) -> ZipInfo:
        """Return the one member of a name, if it may be looked into."""
        if self._counts[name] != 1:
            raise ArchiveError(
                say("a zip that holds several {file}", file=name)
                if self._counts[name]
                else say("a zip that holds no {file}", file=name)
            )
        member = self._zip.getinfo(name)
        if member.flag_bits & _ENCRYPTED:
            raise ArchiveError(to_say("a zip that is locked by a password"))
        if member.compress_type not in _COMPRESSIONS:
            raise ArchiveError(to_say("a zip of a kind that this program does not read"))
        if member.file_size > largest:
            raise TooLargeError(say("a zip whose {file} is larger than {size} bytes", file=name, size=largest))
        return member


def _leads_outside(name: str) -> bool:
    steps = name.replace("\\", "/").split("/")
    return steps[0] == "" or ".." in steps or ":" in steps[0]


@contextmanager
def _zip_errors_as_damage() -> Iterator[None]:
    """Turn whatever reading bytes that are no zip may raise into the one error for it."""
    try:
        yield
    except _NO_ZIP:
        raise DamagedArchiveError(to_say("a zip that is damaged")) from None
