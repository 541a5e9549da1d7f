"""Which workbooks a name means."""

import unicodedata
from collections.abc import Iterable, Sequence

from coaching.workbook import Workbook


def by_name(workbooks: Iterable[Workbook]) -> list[Workbook]:
    """Return workbooks in the order of their names."""
    return sorted(workbooks, key=lambda workbook: (workbook.name.casefold(), workbook.id))


def answering(name: str, workbooks: Sequence[Workbook]) -> list[Workbook]:
    """Return the workbooks with exactly this name or id; without one, those of whose name it is a part."""
    wanted = folded(name)
    exactly = [workbook for workbook in workbooks if is_called(workbook, name)]
    return exactly or [workbook for workbook in workbooks if wanted and wanted in folded(workbook.name)]


def is_called(workbook: Workbook, name: str) -> bool:
    """Tell whether a workbook has exactly this name or id."""
    return folded(name) in {folded(workbook.name), workbook.id.casefold()}


def folded(name: str) -> str:
    """Return a name as it is looked for: however its accents, its capitals and its spaces were typed.

    Examples
    --------
    >>> folded(" Zoe\N{COMBINING DIAERESIS}  QUISPE ")
    'zoë quispe'
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
