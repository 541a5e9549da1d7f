"""The last act, taken back; what came in from another copy is none."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from coaching.model.entries import PRIVATE_NOTES, Handout, Release, Session
from coaching.model.entry import Entry
from coaching.model.revisions import revision_at, withdrawn

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def last_act(history: Sequence[Entry]) -> list[Entry]:
    """Return what the last act said: everything with the highest `rev`, in the order of the ids.

    What `acts` leaves out is none.
    """
    highest = max((entry.rev for entry in acts(history)), default=0)
    return sorted((entry for entry in history if entry.rev == highest), key=lambda entry: entry.id)


def acts(history: Sequence[Entry]) -> list[Entry]:
    """Return what can be taken back.

    That private notes were erased when their time was over is nobody's act; that a copy was handed out, or numbers went
    out, cannot be taken back.
    """
    return [entry for entry in history if not _is_over(entry) and not isinstance(entry, Handout | Release)]


def brought(entries: Sequence[Entry], now: datetime) -> list[Entry]:
    """Return entries that come in together with revisions of another copy, so that `came_from_elsewhere` knows them.

    An act of one's own is kept no later than its `rev` says. These are kept later, as one whole; of the newest that is
    so even if the clock of the other copy is ahead.

    Parameters
    ----------
    entries
        At least one, in any order.
    now
        When they come in, UTC.
    """
    newest = max(entries, key=lambda entry: entry.rev)
    after = _EPOCH + min(newest.rev + 1, (_LAST - _EPOCH) // _MICROSECOND) * _MICROSECOND
    marked = newest.model_copy(update={"saved_at": max(now, after)})
    return [marked if entry is newest else entry for entry in entries]


def came_from_elsewhere(history: Sequence[Entry]) -> bool:
    """Tell whether what came last came in from another copy, after all acts of this one's own."""
    done = acts(history)
    last_kept = max((entry.saved_at for entry in done), default=_EPOCH)
    return bool(done) and revision_at(last_kept) > max(entry.rev for entry in done)


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
    by_revision = {(entry.id, entry.rev): entry for entry in history}
    before = [by_revision.get((entry.id, entry.base or 0)) or _without(entry) for entry in act]
    return [
        before_act.revised(rev=rev, base=now.rev, saved_at=saved_at)
        for before_act, now in zip(before, act, strict=True)
    ]


def _without(entry: Entry) -> Entry:
    """Return an entry as if the act that said it first had not been.

    A session that was closed is open again, and nobody has said when the two meet again; one that came in from notes
    is gone.
    """
    if isinstance(entry, Session) and entry.closed and not entry.seen:
        return entry.model_copy(update={"closed": False, "next_on": None})
    return withdrawn(entry)


def _is_over(entry: Entry) -> bool:
    return isinstance(entry, PRIVATE_NOTES) and bool(entry.erased)
