"""A file or a folder of other tools' lists → what it holds; the ending of a name says the form."""

import os
import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from re import compile as pattern
from types import MappingProxyType

from coaching.formats.problems import refusal
from coaching.formats.task_lists.dates import Order, order_of
from coaching.formats.task_lists.markdown import read_check_list
from coaching.formats.task_lists.name_days import day_of_name
from coaching.formats.task_lists.org import read_org
from coaching.formats.task_lists.parties import Parties
from coaching.formats.task_lists.table import read_table
from coaching.formats.task_lists.task import Listed, ListRead, Passage, Place, Remark, Task, UnreadError
from coaching.i18n import say, to_say
from coaching.places import is_folder, is_there

_Reader = Callable[[str, str, date | None, Parties], Listed]
_READERS: Mapping[str, _Reader] = MappingProxyType(
    {
        **dict.fromkeys((".md", ".markdown", ".txt"), read_check_list),
        ".org": read_org,
        **dict.fromkeys((".csv", ".tsv"), read_table),
    }
)
#: Those whose files may be notes, which say more than what the tasks are.
_NOTES: Mapping[str, _Reader] = MappingProxyType(
    {
        **dict.fromkeys((".md", ".markdown", ".txt"), partial(read_check_list, with_notes=True)),
        ".org": partial(read_org, with_notes=True),
    }
)
_TABLES = frozenset({".csv", ".tsv"})
_LARGEST = 2_000_000
#: A folder with more files is no folder of lists: it is passed over, so that nobody waits for it.
MOST_FILES = 10_000
_KNOWN = ", ".join(_READERS)
_SAVE_AS = to_say("save it as UTF-8 (a spreadsheet calls that 'CSV UTF-8')")
_NOTHING = to_say("nothing in it is understood as an action item")
#: What lists are kept in besides, and what to do about it.
_EXPORTED_AS = MappingProxyType(
    {
        ".json": to_say("JSON: if another tool wrote it, export the list there as CSV or Markdown and bring that in"),
        **dict.fromkeys((".html", ".htm"), to_say("a web page: export the list as Markdown or CSV, and bring that in")),
        **dict.fromkeys((".xlsx", ".xls", ".ods"), to_say("a spreadsheet: save it as CSV UTF-8, and bring that in")),
        **dict.fromkeys(
            (".docx", ".odt", ".rtf"), to_say("a text document: save it as Markdown or plain text, and bring that in")
        ),
        **dict.fromkeys(
            (".opml", ".enex"), to_say("another tool's form: export the list as Markdown or CSV, and bring that in")
        ),
    }
)
Progress = Callable[[int, int], None]
#: What the alphabets of other machines look like in that of Windows: letters that are rare, signs within words.
_OF_OTHER_MACHINES = pattern(r"[ŠšŽžŸ]|[^\W\d_][€‚„…‘“”•–—«»°§´¿¡][^\W\d_]|[€§][^\W\d_]")


def is_list(path: Path) -> bool:
    """Tell whether a path is a folder, or a file whose name says that it is a list."""
    return path.suffix.lower() in _READERS or is_folder(path)


def is_notes(file: str) -> bool:
    """Tell whether the name of a file is one that notes of a meeting may have: they are no table."""
    return Path(file).suffix.lower() in _NOTES


def read_lists(
    path: Path, parties: Parties, progress: Progress = lambda _done, _all: None, *, with_notes: bool = False
) -> Listed:
    """Return what a list, or a folder of lists, says of action items.

    Of a folder every list in it and below it is read; what is hidden is passed over, and what is no plain file, leads
    out of the folder or is of another form is named.

    Parameters
    ----------
    path
        A file, or a folder.
    parties
        The two whose names may stand in it.
    progress
        Is called with how many files are read, of how many.
    with_notes
        Whether what the files say besides tasks is wanted too.

    Raises
    ------
    InterchangeError
        If there is nothing at `path`, it is of no known kind, or, for a file, it cannot be read.
    """
    readers = {**_READERS, **_NOTES} if with_notes else _READERS
    path = path.absolute()  # "." has no name
    if is_folder(path):
        return _read_folder(path, parties, progress, readers)
    ending = path.suffix.lower()
    if ending not in _READERS:
        if ending in _EXPORTED_AS and is_there(path):
            raise refusal(
                path.name, [say("it is {what}", what=say(_EXPORTED_AS[ending]))], to_say("Nothing was changed")
            )
        raise refusal(
            path.name,
            [say("its name ends in none of {endings}", endings=_KNOWN)],
            to_say("Rename it, or save it as one of these"),
        )
    try:
        return _read(path, path.name, None, parties, readers)
    except UnreadError as problem:
        raise refusal(path.name, [str(problem)], to_say("Mend that, and bring it in again")) from None


def _read_folder(folder: Path, parties: Parties, progress: Progress, readers: Mapping[str, _Reader]) -> Listed:
    remarks: list[Remark] = []
    paths = list(_files(folder, remarks))
    names = [path.relative_to(folder).as_posix() for path in paths]
    order = order_of(_days_of_two_numbers(names))
    tasks: list[Task] = []
    read: list[ListRead] = []
    notes: list[Passage] = []
    for number, (path, file) in enumerate(zip(paths, names, strict=True)):
        progress(number, len(paths))
        try:
            listed = _read(path, file, order, parties, readers)
        except UnreadError as problem:
            remarks.append(Remark(Place(file), say("not read: {problem}", problem=say(str(problem))), is_unread=True))
            continue
        tasks += listed.tasks
        remarks += listed.remarks
        read += listed.files
        notes += listed.passages
        if not (listed.tasks or listed.passages) and not any(remark.is_unread for remark in listed.remarks):
            remarks.append(Remark(Place(file), _NOTHING, is_unread=True))
    progress(len(paths), len(paths))
    return Listed(tuple(tasks), tuple(remarks), tuple(read), tuple(notes))


def _days_of_two_numbers(names: Iterable[str]) -> Iterator[str]:
    """Return the days in names that could be two: those of all files together say which number is the month."""
    for name in names:
        stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        for word in stem.replace("_", "-").split():
            yield word.replace("-", "/")


def _files(folder: Path, remarks: list[Remark]) -> Iterator[Path]:
    """Yield the lists in and below a folder; remark on what is passed over, and could have been meant."""

    def pass_over(path: Path, reason: str) -> None:
        file = path.relative_to(folder).as_posix() if path != folder else folder.name
        remarks.append(Remark(Place(file), say("not read: {problem}", problem=say(reason)), is_unread=True))

    for place, folders, names in os.walk(folder):
        below = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in below if Path(place, name).is_symlink()]
        for name in links:
            pass_over(Path(place, name), to_say("a link to another folder"))
        folders[:] = [name for name in below if name not in links]
        if len(names) > MOST_FILES:
            pass_over(Path(place), say("it holds more than {count} files", count=MOST_FILES))
            continue
        for path in sorted(Path(place, name) for name in names if not name.startswith(".")):
            if reason := _passed_over(path, folder):
                pass_over(path, reason)
            elif path.suffix.lower() in _READERS:
                yield path


def _passed_over(path: Path, folder: Path) -> str | None:
    """Return why a file that may be meant is not read; None for those that are, and for all others."""
    if path.suffix.lower() not in _READERS:
        return _EXPORTED_AS.get(path.suffix.lower())
    is_out = path.is_symlink() and not path.resolve().is_relative_to(folder.resolve())
    return to_say("a link that leads out of the folder") if is_out else None


def _read(path: Path, file: str, order: Order | None, parties: Parties, readers: Mapping[str, _Reader]) -> Listed:
    ending = path.suffix.lower()
    text, read = _text(path, is_table=ending in _TABLES), readers[ending]
    named = day_of_name(file, order)
    exact = named.day if named and named.span != "month" else None
    listed = read(text, file, exact, parties)
    if named and not exact and not any(one.days for one in listed.files):
        listed = read(text, file, named.day, parties)  # a month is said where nothing closer is
    return listed


def _text(path: Path, *, is_table: bool) -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, or what spreadsheets in Windows write for a table.

    Raises
    ------
    UnreadError
        If it is none of these, too large, no plain file, or cannot be opened.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise UnreadError(to_say("it is no plain file"))
        if about.st_size > _LARGEST:
            raise UnreadError(say("it is larger than {size} MB", size=_LARGEST // 1_000_000))
        content = path.read_bytes()
    except FileNotFoundError:
        raise UnreadError(to_say("there is no such file")) from None
    except OSError:
        raise UnreadError(to_say("it cannot be opened")) from None
    encoding = "utf-16" if content[:2] in {BOM_UTF16_LE, BOM_UTF16_BE} else "utf-8"
    if b"\0" in content[:2]:  # UTF-16 without its mark: of the first letter, half is nothing
        encoding = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    try:
        return content.removeprefix(BOM_UTF8).decode(encoding)
    except UnicodeDecodeError as problem:
        if is_table and encoding == "utf-8" and (text := _of_windows(content)):
            return text
        line = content[: problem.start].count(b"\n") + 1
        raise UnreadError(say("line {line} is not UTF-8 text; {advice}", line=line, advice=say(_SAVE_AS))) from None


def _of_windows(content: bytes) -> str | None:
    """Return a text in the alphabet of Windows, where it can be nothing else: only letters stand beyond ASCII."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None
    beyond = {sign for sign in text if ord(sign) > 0x7F}  # noqa: PLR2004 - the last of ASCII
    if _OF_OTHER_MACHINES.search(text):
        return None
    return text if all(sign.isalpha() or sign in "€‚„…‘’“”•–—«»°§´·¿¡ß\xa0" for sign in beyond) else None
