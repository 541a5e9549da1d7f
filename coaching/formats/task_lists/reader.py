"""A file or a folder of other tools' lists → what it holds; the ending of a name says the form."""

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from coaching.formats.problems import refusal
from coaching.formats.task_lists.dates import day_of_name
from coaching.formats.task_lists.markdown import read_check_list
from coaching.formats.task_lists.org import read_org
from coaching.formats.task_lists.table import read_table
from coaching.formats.task_lists.task import Listed, Parties, Place, Remark

_Reader = Callable[[str, str, date | None, Parties], Listed]
_READERS: Mapping[str, _Reader] = MappingProxyType(
    {
        **dict.fromkeys((".md", ".markdown", ".txt"), read_check_list),
        ".org": read_org,
        **dict.fromkeys((".csv", ".tsv"), read_table),
    }
)
_LARGEST = 2_000_000
_KNOWN = ", ".join(_READERS)
_SAVE_AS = "save it as UTF-8 (a spreadsheet calls that 'CSV UTF-8')"


class _UnreadError(ValueError):
    """A file that cannot be read, and why."""


def is_list(path: Path) -> bool:
    """Tell whether a path is a folder, or a file whose name says that it is a list."""
    return path.suffix.lower() in _READERS or path.is_dir()


def read_lists(path: Path, parties: Parties) -> Listed:
    """Return what a list, or a folder of lists, says of action items.

    Of a folder every list in it and below it is read; what is hidden, and files of other kinds, are passed over.

    Parameters
    ----------
    path
        A file, or a folder.
    parties
        The two whose names may stand in it.

    Raises
    ------
    InterchangeError
        If there is nothing at `path`, it is of no known kind, or, for a file, it cannot be read.
    """
    path = path.absolute()  # "." has no name
    if path.is_dir():
        return sum((_below(path, file, parties) for file in _files(path)), Listed())
    if path.suffix.lower() not in _READERS:
        raise refusal(path.name, [f"its name ends in none of {_KNOWN}"], "Rename it, or save it as one of these")
    try:
        return _read(path, path.name, parties)
    except _UnreadError as problem:
        raise refusal(path.name, [str(problem)], "Mend that, and bring it in again") from None


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in _READERS:
                yield Path(place, name)


def _below(folder: Path, path: Path, parties: Parties) -> Listed:
    file = path.relative_to(folder).as_posix()
    try:
        return _read(path, file, parties)
    except _UnreadError as problem:
        return Listed(remarks=(Remark(Place(file), f"not read: {problem}"),))


def _read(path: Path, file: str, parties: Parties) -> Listed:
    return _READERS[path.suffix.lower()](_text(path), file, day_of_name(file), parties)


def _text(path: Path) -> str:
    """Return the text of a file: UTF-8, or UTF-16 with its mark, as spreadsheets write it.

    Raises
    ------
    _UnreadError
        If it is neither, too large, or cannot be opened.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise _UnreadError(f"it is larger than {_LARGEST // 1_000_000} MB")
        content = path.read_bytes()
    except FileNotFoundError:
        raise _UnreadError("there is no such file") from None
    except OSError:
        raise _UnreadError("it cannot be opened") from None
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise _UnreadError(f"line {line} is not UTF-8 text; {_SAVE_AS}") from None
