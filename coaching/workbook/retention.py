"""The life of what was kept: its history, taken back, renewed, erased."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coaching.errors import CoachingError
from coaching.model.entries import PRIVATE_FOR, PRIVATE_NOTES, PrivateNote
from coaching.model.entry import Entry
from coaching.model.erasure import empty_places, together_with
from coaching.model.revisions import conflicts, latest, revise
from coaching.model.schema import numbers
from coaching.model.undo import acts, came_from_elsewhere, last_act, taken_back
from coaching.workbook.clock import ClockJump, Moments, unconfirmed_jump
from coaching.workbook.ledger import Ledger


@dataclass(frozen=True)
class Erased:
    """What was erased: how many entries, and which files could not be read and may still hold their words."""

    entries: int = 0
    problems: tuple[str, ...] = ()


class Upkeep:
    """What can be done with entries that are kept.

    Parameters
    ----------
    ledger
        Where they are.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def history(self, reference: str) -> list[Entry]:
        """Return all revisions of an entry and of everything that was told of it later, newest first.

        Parameters
        ----------
        reference
            Its short name (``I07``, ``M4``) or its id.

        Raises
        ------
        CoachingError
            If there is no such entry, or more than one.
        """
        history = self._ledger.history()
        ids = together_with(_referred(reference, history), history)
        revisions = [entry for entry in history if entry.id in ids]
        return sorted(revisions, key=lambda entry: (entry.rev, entry.held_on or date.min), reverse=True)

    def entry(self, reference: str) -> Entry:
        """Return an entry as it stands now.

        Parameters
        ----------
        reference
            Its short name (``I07``, ``M4``) or its id.

        Raises
        ------
        CoachingError
            If there is no such entry, or more than one.
        """
        history = self._ledger.history()
        return latest(history)[_referred(reference, history)]

    def names(self) -> dict[str, str]:
        """Return what entries are called, by id: people by their names, others by their short names."""
        called = (
            (entry.id, getattr(entry, "name", None) or entry.short_name) for entry in self._ledger.latest().values()
        )
        return {identity: name for identity, name in called if name}

    def erase(self, *references: str) -> Erased:
        """Erase entries and what was told of them later: no file of the workbook holds their words when this returns.

        Parameters
        ----------
        references
            The short name (``D03``, ``M4``) or the id of each.

        Raises
        ------
        CoachingError
            If there is no such entry, more than one, or the disk refuses.
        """
        history = self._ledger.history()
        ids = [together_with(_referred(reference, history), history) for reference in references]
        return self._erase(frozenset().union(*ids), history)

    def go_on_without_missing(self) -> int:
        """Take the workbook as it is, though files are missing or older than what was kept last; return how many.

        Raises
        ------
        StoreError
            If the disk refuses; what is there stays.
        """
        return self._ledger.store.go_on_without_missing()

    def expired(self, within: timedelta = timedelta()) -> list[PrivateNote]:
        """Return the private notes whose time is over, or will be `within` so long, oldest first."""
        return _over(_notes_of(self._ledger.latest()), self._ledger.today() + within)

    def saves(self) -> Moments:
        """Return when something was kept here, one act after the other; not when it came in from another copy."""
        rows = self._ledger.rows()
        revisions, saved_at = numbers(rows["rev"]), numbers(rows["saved_at"])
        # An act of one's own is kept no later than its `rev` says (see `coaching.model.undo`).
        return saved_at[saved_at <= revisions]

    def clock_jump(self, elsewhere: Iterable[Moments] = ()) -> ClockJump | None:
        """Return a jump of this computer's clock that nothing confirms yet.

        Parameters
        ----------
        elsewhere
            When something was kept in other workbooks.
        """
        return unconfirmed_jump(self.saves(), self._ledger.clock(), elsewhere)

    def due(self) -> frozenset[str]:
        """Return the ids of the private notes that `erase_expired` would erase now."""
        snapshot = self._ledger.store.read()
        # Of a note that was taken back the words stand in its history still: its time counts on.
        notes = _notes_of(latest(entry for entry in self._ledger.understood(snapshot) if not entry.withdrawn))
        return frozenset(note.id for note in _over(notes, self._ledger.today()) if note.session not in snapshot.drafted)

    def erase_expired(self) -> Erased:
        """Erase the private notes whose time is over; those of a session that is not closed stay until it is.

        Whoever calls this has seen to it that the clock is right (see `clock_jump`).

        Raises
        ------
        StoreError
            If the disk refuses.
        """
        ids = self.due()
        return self._erase(ids, self._ledger.history()) if ids else Erased()

    def renew(self) -> list[PrivateNote]:
        """Keep the private notes that have an end for another 90 days from today; return them as they were.

        Raises
        ------
        StoreError
            If the disk refuses; nothing was changed.
        """
        notes = [note for note in _notes_of(self._ledger.latest()) if note.expires_on]
        until = self._ledger.today() + PRIVATE_FOR
        records = {note.id: note.content() | {"expires_on": until} for note in notes}
        notes_by_id: dict[str, Entry] = {note.id: note for note in notes}
        self._ledger.save(
            list(revise(records, notes_by_id, {}, next_rev=self._ledger.next_rev, saved_at=self._ledger.now()).values())
        )
        return notes

    def undo(self) -> list[Entry]:
        """Undo the last act that was kept for good; return what it had said. Once more undoes that.

        Raises
        ------
        CoachingError
            If there is nothing to take back, a session is not closed, the last act erased something, what came last
            came in from another copy, or the disk refuses; nothing was changed.
        """
        snapshot = self._ledger.store.read()
        if snapshot.drafted:
            raise CoachingError("A session is not closed yet; change it in its forms, or close it first.")
        history = self._ledger.understood(snapshot)
        act = last_act(history)
        if len(act) == len(acts(history)):
            raise CoachingError("There is nothing to undo: all that is kept came in one act, which made the workbook.")
        if any(entry.erased for entry in act):
            raise CoachingError("The last act erased something; that cannot be undone.")
        if came_from_elsewhere(history):
            raise CoachingError(
                "What came last came in with a file, and was not said here: it cannot be undone. Change what should "
                "not stay in the forms; what you do from here on can be undone again."
            )
        now = self._ledger.now()
        self._ledger.save(taken_back(act, history, rev=self._ledger.next_rev(), saved_at=now))
        return act

    def conflicts(self) -> dict[str, tuple[Entry, ...]]:
        """Return what was written in two places at once and nobody has chosen between yet, by id."""
        return conflicts(self._ledger.history())

    def _erase(self, ids: frozenset[str], history: Sequence[Entry]) -> Erased:
        now = self._ledger.now()
        places = empty_places(ids, latest(history), rev=self._ledger.next_rev(), saved_at=now)
        problems = self._ledger.store.erase(places)
        return Erased(len(places), tuple(str(problem) for problem in problems))


def _notes_of(entries: Mapping[str, Entry]) -> list[PrivateNote]:
    """Return the private notes among entries, the one whose time is over first in front."""
    notes = [entry for entry in entries.values() if isinstance(entry, PRIVATE_NOTES) and not entry.withdrawn]
    return sorted(notes, key=lambda note: (note.expires_on or date.max, note.id))


def _over(notes: Sequence[PrivateNote], day: date) -> list[PrivateNote]:
    return [note for note in notes if note.expires_on and note.expires_on < day]


def _referred(reference: str, history: Sequence[Entry]) -> str:
    """Return the id of the entry that somebody means."""
    wanted = reference.strip().upper()
    ids = {entry.id for entry in history if wanted and wanted in {entry.id, (entry.short_name or "").upper()}}
    if len(ids) == 1:
        return ids.pop()
    if ids:
        raise CoachingError(
            "More than one entry is called '{reference}': {ids}.", reference=reference, ids=", ".join(sorted(ids))
        )
    raise CoachingError(
        "No entry is called '{reference}'; give its short name, such as I07 or M4, or its id.", reference=reference
    )
