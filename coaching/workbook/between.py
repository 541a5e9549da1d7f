"""What the holder of a copy keeps between two sessions, for nobody else: notes for the next one, and own questions."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from coaching.errors import CoachingError
from coaching.model.entries import PRIVATE_FOR, Question, Reminder, Session
from coaching.model.entry import Entry
from coaching.model.ids import free_labels, new_id
from coaching.model.revisions import revise
from coaching.model.vocabulary import Segment, Side, Visibility
from coaching.text import is_blank
from coaching.workbook.ledger import Ledger

N = TypeVar("N", Reminder, Question)

#: With what the short names of the two begin.
NOTE, QUESTION = "N", "Q"


class Between:
    """Notes for the next session, and questions of one's own, outside of a session.

    Parameters
    ----------
    ledger
        Where they are.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def notes(self) -> list[Reminder]:
        """Return the notes that wait for the next session, oldest first."""
        return waiting(self._there(), self._ledger.today())

    def note(self, words: str, segment: Segment | None = None) -> Reminder:
        """Keep a note for the next session, in one act; a coach's is erased after 90 days unless it is renewed.

        Parameters
        ----------
        words
            What to come back to.
        segment
            The part in which it is to be asked; None where it is a note.

        Raises
        ------
        CoachingError
            If it is blank, or the disk refuses; nothing was changed.
        """
        expires_on = expiry(Side(self._ledger.store.holder), self._ledger.today())
        return self._kept(Reminder, NOTE, text=words, segment=segment, expires_on=expires_on)

    def questions(self) -> list[Question]:
        """Return the own questions, in the order in which they were kept."""
        return own_questions(self._there())

    def ask(self, words: str, segment: Segment) -> Question:
        """Keep a question of one's own, to be chosen for a part until it is taken away; one act.

        Raises
        ------
        CoachingError
            If it is blank, there already, or the disk refuses; nothing was changed.
        """
        if any((one.segment, one.text) == (segment, words) for one in self.questions()):
            raise CoachingError("This question is among your own already.")
        return self._kept(Question, QUESTION, text=words, segment=segment)

    def take_away(self, reference: str) -> Reminder | Question:
        """Take a note or an own question away, by its short name or its id; one act, which `undo` takes back.

        Raises
        ------
        CoachingError
            If there is none, or the disk refuses; nothing was changed.
        """
        wanted = reference.strip().upper()
        mine = [one for one in self._there() if isinstance(one, Reminder | Question)]
        chosen = next((one for one in mine if wanted in {one.id, (one.label or "").upper()}), None)
        if chosen is None:
            raise CoachingError("No note and no question of your own is called '{reference}'.", reference=reference)
        self._save({chosen.id: None}, [chosen])
        return chosen

    def _there(self) -> list[Entry]:
        return [entry for entry in self._ledger.latest().values() if not (entry.withdrawn or entry.erased)]

    def _kept(self, model: type[N], letter: str, **fields: Any) -> N:
        if is_blank(fields["text"]):
            raise CoachingError("Nothing was kept: there are no words.")
        labels = [one.label for one in self._ledger.latest().values() if isinstance(one, model) and one.label]
        identity = new_id(self._ledger.now())
        record = fields | {
            "kind": model.model_fields["kind"].default,
            "id": identity,
            "held_on": self._ledger.today(),
            "author": self._ledger.store.holder,
            "visibility": Visibility.PRIVATE,
            "label": next(free_labels(letter, labels, is_private=True)),
        }
        self._save({identity: record}, [])
        return next(one for one in self._there() if isinstance(one, model) and one.id == identity)

    def _save(self, records: dict[str, dict[str, Any] | None], known: Iterable[Entry]) -> None:
        by_id = {entry.id: entry for entry in known}
        new = revise(records, by_id, {}, next_rev=self._ledger.next_rev, saved_at=self._ledger.now())
        self._ledger.save(list(new.values()))


def expiry(holder: Side, day: date) -> date | None:
    """Return when a private note of this day is erased; one in the coachee's own copy stays."""
    return day + PRIVATE_FOR if holder is Side.COACH else None


def waiting(entries: Iterable[Entry], day: date) -> list[Reminder]:
    """Return the notes that wait for the session of a day, oldest first: those kept since the session before.

    Parameters
    ----------
    entries
        What there was before that session.
    day
        Its day.
    """
    there = list(entries)
    held = (one.held_on for one in there if isinstance(one, Session) and one.held_on)
    since = max((on for on in held if on <= day), default=date.min)
    notes = (one for one in there if isinstance(one, Reminder) and one.session is None and one.text)
    return sorted((one for one in notes if since <= (one.held_on or day) <= day), key=lambda one: one.id)


def own_questions(entries: Iterable[Entry], segment: Segment | None = None) -> list[Question]:
    """Return the own questions among entries, of one part if it is named, in the order in which they were kept."""
    mine = (one for one in entries if isinstance(one, Question) and one.text)
    return sorted((one for one in mine if segment in {None, one.segment}), key=lambda one: one.id)
