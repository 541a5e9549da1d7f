"""Marks: empty files that name what was kept last, as nothing else names it yet.

One is put beside the file it names once that is sure to survive a power cut, and gives way to the next one.
"""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from coaching.store import disk
from coaching.store.disk.durable import remove_quietly
from coaching.store.disk.layout import IDENTITY, SUFFIX
from coaching.store.files.provenance import Version

_MARK = re.compile(
    rf"\.(?P<draft>(?:{IDENTITY.pattern}\.[A-Za-z0-9_-]+\.)?)(?P<version>{IDENTITY.pattern}\.[0-9]+)\.kept"
)


def marks(folder: Path) -> dict[Version, Path]:
    """Return the marks of a folder by what they name; none if it cannot be listed."""
    with suppress(OSError):
        read = [(_MARK.fullmatch(name), name) for name in os.listdir(folder) if name.endswith(".kept")]  # noqa: PTH208 - names alone
        return {Version.read(match["version"]): folder / name for match, name in read if match}
    return {}


def draft_of(mark: Path) -> str | None:
    """Return the name of the draft that a mark is of; nothing if it is of a file of entries."""
    match = _MARK.fullmatch(mark.name)
    return f"{match['draft'][:-1]}{SUFFIX}" if match and match["draft"] else None


def put_mark(folder: Path, version: Version, *, draft: str = "", instead_of: Path | None = None) -> Path | None:
    """Mark what was kept, in place of another mark if it is there; return where, or nothing if the disk refuses.

    Parameters
    ----------
    folder
        Where the file is that is named.
    version
        Which one it is.
    draft
        The draft's file name, if it is one.
    instead_of
        The mark of what this file names.
    """
    mark = folder / f".{draft.removesuffix(SUFFIX)}{'.' if draft else ''}{version}.kept"
    with suppress(OSError):
        if instead_of is not None:
            with suppress(FileNotFoundError):
                disk.rename(instead_of, mark)
                return mark
        os.close(disk.open_file(mark, os.O_WRONLY | os.O_CREAT))
        return mark
    return None


def remove_marks(named: Iterable[Path]) -> None:
    """Remove marks of what something else names."""
    for mark in named:
        remove_quietly(mark)
