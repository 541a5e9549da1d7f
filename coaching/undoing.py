"""The last act, taken back."""

from collections.abc import Sequence
from datetime import datetime

from coaching.entries import PRIVATE_NOTES, Handout, Session
from coaching.entry import Entry
from coaching.revisions import withdrawn


def last_act(history: Sequence[Entry]) -> list[Entry]:
    """Return what the last act said: everything with the highest `rev`, in the order of the ids.

    What `acts` leaves out is none.
    """
    highest = max((entry.rev for entry in acts(history)), default=0)
    return sorted((entry for entry in history if entry.rev == highest), key=lambda entry: entry.id)


def acts(history: Sequence[Entry]) -> list[Entry]:
    """Return what can be taken back.

    That private notes were erased when their time was over is nobody's act; that a copy was handed out cannot be taken
    back.
    """
    return [entry for entry in history if not _is_over(entry) and not isinstance(entry, Handout)]


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
    before = [known.get((entry.id, entry.base or 0)) or _without(entry) for entry in act]
    return [said.revised(rev=rev, base=now.rev, saved_at=saved_at) for said, now in zip(before, act, strict=True)]


def _without(entry: Entry) -> Entry:
    """Return an entry as if the act that said it first had not been: a session that was closed is open again."""
    if isinstance(entry, Session) and entry.closed:
        return entry.model_copy(update={"closed": False})
    return withdrawn(entry)


def _is_over(entry: Entry) -> bool:
    return isinstance(entry, PRIVATE_NOTES) and bool(entry.erased)
