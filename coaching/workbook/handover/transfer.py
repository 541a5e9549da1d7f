"""A plan moves on: what was ticked goes along, promises are settled, and the coach's copy gets its last day."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from coaching.errors import CoachingError
from coaching.formats.sealing import Seal
from coaching.i18n import say
from coaching.metrics.sessions.agreement import last_made
from coaching.model.entries import Agreement, Handout, Handover, Person
from coaching.model.ids import derived_id, new_id
from coaching.model.revisions import revise
from coaching.model.sharing import Audience, Shared
from coaching.model.vocabulary import ItemEventKind, Kind, Side, Visibility
from coaching.store import disk, write_file
from coaching.text import is_blank
from coaching.workbook import sessions
from coaching.workbook.exports import check_ending, check_not_there
from coaching.workbook.handouts import Handouts, Recipient
from coaching.workbook.handover.offer import HandoverChoice, Line, Offered, PromiseFate, offered
from coaching.workbook.handover.plan import Plan, beginning
from coaching.workbook.ledger import Ledger

#: How long the coach's copy stays after a hand-over, unless another day is said.
STAYS_FOR: Final = timedelta(days=30)
#: What a bundle consists of, as the plan calls it.
_BUNDLED: Final = ("plan_readable", "plan_json", "items_csv", "items_ics")
#: What says when a line was planned, and not what it is.
_OF_THE_MOMENT: Final = frozenset({"rev", "saved_at"})

Record = dict[str, Any]


@dataclass(frozen=True)
class End:
    """By which day a copy is to be erased, since which hand-over, and whether that day has come."""

    by: date
    moved_on: date
    has_come: bool

    def __str__(self) -> str:
        """Say it in words that follow "to be erased"."""
        return say("by {day}, after the hand-over of {moved_on}", day=self.by, moved_on=self.moved_on)


class HandingOver:
    """The hand-over of a plan.

    Parameters
    ----------
    ledger
        Where the entries are.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._handouts = Handouts(ledger)

    def offered(self) -> Offered:
        """Return what can go along, and the promises that are to be settled."""
        frames = self._ledger.frames()
        return offered(frames, Side(self._ledger.store.holder), self._ledger.today())

    def planned(self, wish: HandoverChoice) -> Plan:
        """Return what would go to a new coach; nothing is written.

        Raises
        ------
        CoachingError
            If the name of the coach is missing, or something is wished that is not offered.
        """
        to = " ".join((wish.to or "").split())
        if is_blank(to):
            raise CoachingError("The name of the new coach is missing.")
        now, today = self._ledger.now(), self._ledger.today()
        workbook = derived_id(today, self._ledger.store.workbook, Kind.HANDOVER, to, now.isoformat())
        return Plan(self._beginning(workbook, to, wish), workbook, today, replace(wish, to=to))

    def hand_over(self, plan: Plan, file: Path, seal: Seal | None = None) -> None:
        """Write what was planned as a bundle, and keep that the plan moved on: in one act that can be taken back.

        Raises
        ------
        CoachingError
            If a session is not closed, what was planned would be another plan by now, the file is there already, its
            name does not end in .zip (and .age, if it is sealed) or it would lie in the home, or the disk refuses;
            nothing was changed then.
        """
        check_not_there(file)
        self._handouts.check_place(file)
        bundle, records, notes = self._moving(plan, file, seal)
        try:
            write_file(file, bundle)
            self._keep(records, notes)
        except BaseException:  # whatever went wrong, a plan that has not moved on leaves no file
            with suppress(OSError):  # where its folder is none, there is no file either
                disk.remove(file)
            raise

    def handed_over(self, plan: Plan, name: Path, seal: Seal | None = None) -> bytes:
        """Return what was planned as the bytes of a file that somebody takes along; the rest as `hand_over` does."""
        bundle, records, notes = self._moving(plan, name, seal)
        self._keep(records, notes)
        return bundle

    def leave(self, wish: HandoverChoice) -> None:
        """Keep that the coachee has the whole of it, and by which day the coach's copy is to be erased: in one act.

        Raises
        ------
        CoachingError
            If this is the coachee's copy, which stays, something is wished that is not offered, a session is not
            closed, or the disk refuses; nothing was changed then.
        """
        self.check_leaving()
        _check_wish(wish, self.offered())
        self._keep(self._said(wish))

    def check_leaving(self) -> None:
        """Refuse to let a copy go that is the coachee's own.

        Raises
        ------
        CoachingError
            If this is the coachee's copy, or a session is not closed.
        """
        if self._ledger.store.holder == Side.COACHEE:
            raise CoachingError("This copy is the coachee's own, and stays: leaving is said in the coach's copy.")
        self._check_closed()

    def ends(self) -> End | None:
        """Return by which day this copy is to be erased; None if no hand-over said so.

        A coachee's copy stays. So does one that is carried on: a new agreement was made in it since.
        """
        said = self._ledger.latest_of(Kind.AGREEMENT, Kind.HANDOVER)
        entries = [entry for entry in said.values() if not entry.withdrawn]
        made = last_made(entry for entry in entries if isinstance(entry, Agreement))
        begun_anew = (made and made.held_on) or date.min
        days = [
            (entry.held_on, entry.rev, entry.delete_by)
            for entry in entries
            if isinstance(entry, Handover) and entry.held_on and entry.delete_by and entry.held_on >= begun_anew
        ]
        if not days or self._ledger.store.holder == Side.COACHEE:
            return None
        moved_on, _, by = max(days)
        return End(by, moved_on, has_come=by <= self._ledger.today())

    def last_day(self, wish: HandoverChoice) -> date:
        """Return the day by which the coach's copy is to be erased.

        Raises
        ------
        CoachingError
            If it is a day that has passed.
        """
        today = self._ledger.today()
        if wish.delete_by and wish.delete_by < today:
            raise CoachingError(
                "The coach's copy cannot be erased by {delete_by}: that day has passed.", delete_by=wish.delete_by
            )
        return wish.delete_by or today + STAYS_FOR

    def _moving(
        self, plan: Plan, file: Path, seal: Seal | None
    ) -> tuple[bytes, Mapping[str, Record], Sequence[Handout]]:
        """Return the bytes of a bundle, what the act says, and what is noted of it; nothing is written or kept yet."""
        check_ending(file, ".zip")
        self._check_unchanged(plan)
        bundle, records = self._handouts.outgoing(file, plan.bundle(), seal), self._said(plan.wish)
        return bundle, records, self._handouts.notes(file, Recipient(Audience.OPEN, plan.wish.to, seal))

    def _beginning(self, workbook: str, to: str, wish: HandoverChoice) -> Shared:
        """Return what the workbook of the new coach begins with, as things stand now."""
        choice = self.offered()
        _check_wish(wish, choice)
        taken = [line for line in choice.promises if wish.promises.get(line.id) is PromiseFate.TAKEN_OVER]
        along = [*(line for line in choice.lines if line.id in wish.lines), *taken]
        coachee = self._party(Side.COACHEE).full_name
        return beginning(workbook, coachee, to, along, self._ledger.now(), self._ledger.today())

    def _check_unchanged(self, plan: Plan) -> None:
        """Refuse a plan that was looked at before something was edited, erased or made private."""
        now = replace(plan, shared=self._beginning(plan.workbook, plan.wish.to or "", plan.wish))
        if _seen(now) != _seen(plan):
            raise CoachingError("Something has changed since you looked; look again.")

    def _keep(self, records: Mapping[str, Record], notes: Sequence[Handout] = ()) -> None:
        """Keep what the act says; notes have a `rev` of their own, so that they stay when it is taken back."""
        ledger = self._ledger
        new = revise(records, ledger.latest(), {}, next_rev=ledger.next_rev, saved_at=ledger.now())
        ledger.save([*notes, *new.values()])

    def _check_closed(self) -> None:
        if self._ledger.store.read().drafted:
            raise CoachingError("A session is not closed yet; close it first, so that nothing of it is forgotten.")

    def _said(self, wish: HandoverChoice) -> dict[str, Record]:
        """Return what the act says here: the hand-over, and what becomes of the coach's promises."""
        self._check_closed()
        choice, today, now = self.offered(), self._ledger.today(), self._ledger.now()
        taken = [line.id for line in choice.promises if wish.promises.get(line.id) is PromiseFate.TAKEN_OVER]
        new_coach = self._coach_called(wish.to, today) if wish.to and taken else None
        events = [
            _settled(line, wish, (new_coach or {}).get("id"), today, now)
            for line in choice.promises
            if wish.promises.get(line.id, PromiseFate.KEPT) is not PromiseFate.KEPT
        ]
        gone = [identity for identity in choice.still_open if identity in wish.lines or identity in taken]
        moved = {
            "kind": Kind.HANDOVER,
            "id": new_id(now),
            "held_on": today,
            "author": wish.decided_by,
            "visibility": Visibility.PAIR,
            "person": self._party(wish.decided_by).id,
            "reason": wish.reason,
            "bundle": _BUNDLED,
            "items_open": choice.still_open,
            "items_transferred": tuple(gone) or None,
            "delete_by": self.last_day(wish),
        }
        return {record["id"]: record for record in (*([new_coach] if new_coach else []), *events, moved)}

    def _party(self, side: Side) -> Any:
        return sessions.party(self._people(), side, self._ledger.today())

    def _people(self) -> Sequence[Person]:
        return sessions.people_of(self._ledger.latest().values())

    def _coach_called(self, name: str, today: date) -> Record:
        """Return the coach of this name, or what is said of one who is new here."""
        coaches = [person for person in self._people() if person.side is Side.COACH]
        coach = next((person for person in coaches if " ".join((person.name or "").split()) == name), None)
        if coach:
            return coach.content()
        label = f"C{len(coaches) + 1}"
        identity = derived_id(today, self._ledger.store.workbook, Kind.PERSON, label, name)
        new = sessions.new_person(self._ledger.store.workbook, Side.COACH, name)
        return new | {"id": identity, "label": label, "held_on": today}


def _seen(plan: Plan) -> list[tuple[Record, str]]:
    preview = plan.preview()
    return [({n: v for n, v in record.items() if n not in _OF_THE_MOMENT}, words) for record, words in preview]


def _check_wish(wish: HandoverChoice, choice: Offered) -> None:
    """Refuse what is not offered: it might be private, or be gone by now."""
    if not wish.lines <= {line.id for line in choice.lines}:
        raise CoachingError("A line was chosen that is not offered any more; choose again.")
    if not wish.promises.keys() <= {line.id for line in choice.promises}:
        raise CoachingError("A promise was named that is not an open one of the coach any more; choose again.")
    if not wish.to and PromiseFate.TAKEN_OVER in wish.promises.values():
        raise CoachingError("Nobody is there to take a promise over: it is released or kept.")


def _settled(line: Line, wish: HandoverChoice, new_coach: str | None, today: date, now: datetime) -> Record:
    """Return what happened to a promise of the coach."""
    event = {
        "kind": Kind.ITEM_EVENT,
        "id": new_id(now),
        "held_on": today,
        "author": Side.COACH,
        "visibility": line.visibility,
        "item": line.id,
    }
    if wish.promises[line.id] is PromiseFate.RELEASED:
        return event | {"event": ItemEventKind.LET_GO, "text": wish.why.get(line.id) or wish.reason}
    return event | {"event": ItemEventKind.HANDED_OVER, "person_from": line.person, "person_to": new_coach}
