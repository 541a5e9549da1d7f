"""Which workbooks a name means."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from coaching import store
from coaching.errors import LockedError, UnknownWorkbookError
from coaching.i18n import say
from coaching.workbook.sessions import side_called
from coaching.workbook.workbook import Workbook


def by_name(workbooks: Iterable[Workbook]) -> list[Workbook]:
    """Return workbooks in the order of their names."""
    return sorted(workbooks, key=lambda workbook: (workbook.name.casefold(), workbook.id))


def told_apart(workbooks: Iterable[Workbook]) -> dict[str, str]:
    """Return what each person is called by where one of them is chosen, by id; the full name of those called alike."""
    called = {workbook: workbook.called for workbook in workbooks}
    times = Counter(map(folded, called.values()))
    return {one.id: name if times[folded(name)] == 1 else one.name for one, name in called.items()}


def answering(name: str, workbooks: Sequence[Workbook]) -> list[Workbook]:
    """Return the workbooks with exactly this name or id; without one, those of whose name it is a part."""
    wanted = folded(name)
    exactly = [workbook for workbook in workbooks if is_called(workbook, name)]
    return exactly or [workbook for workbook in workbooks if wanted and wanted in folded(workbook.name)]


def the_one(name: str, workbooks: Sequence[Workbook], locked: Sequence[str], *, surely: bool) -> Workbook:
    """Return the workbook that a name means.

    Parameters
    ----------
    name
        The name, a part of it, or the id.
    workbooks
        The workbooks that are open.
    locked
        The folders of the others.
    surely
        Whether a part of a name is too little while others are locked, as one of them may have just that name.

    Raises
    ------
    LockedError
        If it may be one that is locked.
    UnknownWorkbookError
        If there is none, or more than one; it says what there is.
    """
    meant = answering(name, workbooks)
    if surely and locked:
        meant = [workbook for workbook in meant if is_called(workbook, name)]
    if len(meant) == 1:
        return meant[0]
    if locked and not meant:
        raise LockedError(
            "No open workbook is called '{name}'; locked: {workbooks}. Give the passphrase that opens it "
            "where you are asked for it, or in COACHING_PASSPHRASE.",
            name=name,
            workbooks=", ".join(locked),
        )
    listed = ", ".join(
        say("{name} ({id}, held by {holder})", name=one.name, id=one.id, holder=side_called(one.holder))
        for one in meant or workbooks
    )
    if meant:
        raise UnknownWorkbookError(
            "More than one workbook answers to '{name}'; there are: {workbooks}.", name=name, workbooks=listed
        )
    if workbooks:
        raise UnknownWorkbookError(
            "No workbook answers to '{name}'; there are: {workbooks}.", name=name, workbooks=listed
        )
    raise UnknownWorkbookError("No workbook answers to '{name}'.", name=name)


def is_called(workbook: Workbook, name: str) -> bool:
    """Tell whether a workbook has exactly this name or id."""
    return folded(name) in {folded(workbook.name), workbook.id.casefold()}


def is_folder_called(folder: Path, name: str) -> bool:
    """Tell whether a name is that of a workbook's folder, or the id of the workbook in it."""
    return name.strip().casefold() in {folder.name.casefold(), store.workbook_id(folder).casefold()}


def folded(name: str) -> str:
    """Return a name as it is looked for: however its accents, its capitals and its spaces were typed.

    Examples
    --------
    >>> folded(" Zoe\N{COMBINING DIAERESIS}  QUISPE ")
    'zoë quispe'
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
