"""Where lists are brought into."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from coaching.i18n import to_say

#: What is said of lines whose words were erased, and of those of later days.
ERASED = to_say("was erased in this workbook, and stays erased")
TO_COME = to_say("the day of its list is still to come")


@dataclass(frozen=True)
class ImportTarget:
    """The workbook that lines are brought into.

    Attributes
    ----------
    workbook
        Its ULID.
    holder
        Whose copy it is; the words of the lists are theirs.
    visibility
        Who may read what comes in: ``"private"`` or ``"pair"``.
    people
        The id of the person on each side, where there is one.
    today
        The day of the import.
    erased
        Ids of action items that were erased, and stay so.
    """

    workbook: str
    holder: str
    visibility: str
    people: Mapping[str, str | None]
    today: date
    erased: Collection[str] = ()
