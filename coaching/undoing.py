"""The last act, taken back."""

from collections.abc import Sequence
from datetime import datetime

from coaching.entry import Entry
from coaching.revisions import withdrawn


def last_act(history: Sequence[Entry]) -> list[Entry]:
    """Return what the last act said: everything with the highest `rev`, in the order of the ids."""
    highest = max((entry.rev for entry in history), default=0)
    return sorted((entry for entry in history if entry.rev == highest), key=lambda entry: entry.id)


def taken_back(act: Sequence[Entry], history: Sequence[Entry], *, rev: int, saved_at: datetime) -> list[Entry]:
    """Return the revisions that take back an act: each entry says again what it said before, or nothing.

    Parameters
    ----------
    act
        What the act said.
    history
        All revisions of all entries.
    rev, saved_at
        Revision and time of the taking back.
    """
    known = {(entry.id, entry.rev): entry for entry in history}
    before = {entry.id: known.get((entry.id, entry.base or 0)) for entry in act}
    return [(before[entry.id] or withdrawn(entry)).revised(rev=rev, base=entry.rev, saved_at=saved_at) for entry in act]
