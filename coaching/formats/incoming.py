"""What a file holds, as plain records."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True, repr=False)
class Incoming:
    """What a file brings into a workbook.

    Nothing is left out for the sake of the holder yet: what a copy may hold is decided by
    `coaching.model.sharing.holdings`.

    Attributes
    ----------
    workbook
        ULID of the workbook; the same file read for the same holder always gives the same one.
    holder
        Whose copy it will be: ``"coach"`` or ``"coachee"``.
    records
        One plain record per entry. Keys are the field names of the models in `coaching.model.entries`; values are text,
        whole numbers, flags, dates, UTC times and tuples of text. Empty fields are absent.
    warnings
        What was kept although it looks wrong, and which keys were left out. No private words.
    earlier
        What a copy of the other side knows besides: by id, the numbers of earlier revisions. None where the file does
        not say, as it holds them all or comes from elsewhere.
    goes_back_to
        ULID of the coach's copy that what the coachee shares may go back to; None for any other file.
    """

    workbook: str
    holder: str
    records: tuple[Record, ...]
    warnings: tuple[str, ...]
    earlier: Mapping[str, tuple[int, ...]] | None = None
    goes_back_to: str | None = None

    def __repr__(self) -> str:
        """Count records and warnings, show none."""
        return f"<Incoming for the {self.holder}: {len(self.records)} records, {len(self.warnings)} warnings>"
