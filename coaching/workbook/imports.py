"""Lists of other tools, brought into a workbook: first a proposal, then, if it is agreed to, one act."""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from coaching.formats import task_lists
from coaching.formats.task_lists.item import Existing
from coaching.formats.task_lists.match import Proposal, carry
from coaching.formats.task_lists.parties import Parties
from coaching.formats.task_lists.sessions import HeldSession, Sessions, Statement, sessions_of
from coaching.formats.task_lists.sighting import Sighting
from coaching.formats.task_lists.story import Happened
from coaching.formats.task_lists.target import ImportTarget
from coaching.model.entries import Item, ItemEvent, Mission, Review, Session
from coaching.model.entry import Entry
from coaching.model.revisions import revise
from coaching.model.undo import last_act
from coaching.model.vocabulary import ItemEventKind, Side, Visibility
from coaching.workbook import sessions
from coaching.workbook.ledger import Ledger

Progress = Callable[[int, int], None]


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no garbage until the block ends: of a hundred thousand lines all are needed to its end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Bringing:
    """What lists bring into a workbook.

    Parameters
    ----------
    ledger
        Where its entries are.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._came_in: frozenset[tuple[str, int]] = frozenset()

    @_without_collecting()
    def proposed(
        self,
        path: Path,
        visibility: Visibility = Visibility.PRIVATE,
        *,
        let_go: bool = False,
        as_sessions: bool = False,
        progress: Progress = lambda _read, _all: None,
    ) -> Proposal:
        """Return what a list, or a folder of lists, would bring in; nothing is written.

        Parameters
        ----------
        path
            The list or the folder.
        visibility
            Who may read what comes in.
        let_go
            Whether what stands in no later list was let go; else it is still open.
        as_sessions
            Whether the files are meeting notes: then what they say besides action items comes in as sessions.
        progress
            Is called with how many files are read, of how many.

        Raises
        ------
        InterchangeError
            If the file cannot be read.
        """
        store, today, latest = self._ledger.store, self._ledger.today(), self._ledger.latest()
        entries = [entry for entry in latest.values() if not entry.withdrawn]
        people = {side: sessions.party(sessions.people_of(entries), side, today) for side in Side}
        named = {side.value: party.full_name for side, party in people.items() if party.id}
        listed = task_lists.read_lists(path, Parties(named, store.holder), progress, with_notes=as_sessions)
        ground = ImportTarget(
            workbook=store.workbook,
            holder=store.holder,
            visibility=visibility.value,
            people={side.value: party.id for side, party in people.items()},
            today=today,
            erased=frozenset(entry.id for entry in latest.values() if entry.erased),
        )
        days = [day for file in listed.files for day in file.days]
        matched = carry(listed.tasks, _items(entries, today), ground, let_go=let_go, days=days)
        remarks = [*listed.remarks, *matched.remarks]
        based_on = {entry.id: entry.rev for entry in entries}
        proposal = replace(matched, files=listed.files, based_on=based_on)
        if as_sessions:
            met = {(task.seen_on, task.place.file) for task in listed.tasks if task_lists.is_notes(task.place.file)}
            held, records, said = sessions_of(listed.passages, met, _sessions(entries), ground)
            remarks += said
            proposal = replace(proposal, sessions=held, records=(*proposal.records, *records))
        return replace(proposal, remarks=tuple(sorted(remarks)))

    @_without_collecting()
    def bring(self, proposal: Proposal) -> int:
        """Bring in what was proposed, all of it in one durable act; return how many entries came in or changed.

        What was changed meanwhile stays as it is; what came in once and was taken back comes again.

        Raises
        ------
        CoachingError
            If the disk refuses; nothing was changed.
        """
        latest = self._ledger.latest()
        changes: dict[str, Mapping[str, Any] | None] = {
            record["id"]: record
            for record in proposal.records
            if _is_as_it_was(latest.get(record["id"]), proposal.based_on.get(record["id"]))
        }
        superfluous = (latest.get(identity) for identity in proposal.withdrawn)
        changes |= {
            entry.id: None
            for entry in superfluous
            if entry and not (entry.withdrawn or entry.erased) and entry.rev == proposal.based_on.get(entry.id)
        }
        new = revise(changes, latest, {}, next_rev=self._ledger.next_rev, saved_at=self._ledger.now())
        if new:
            self._ledger.save(list(new.values()))
            self._came_in = frozenset((entry.id, entry.rev) for entry in new.values())
        return len(new)

    def is_last_act(self) -> bool:
        """Tell whether what was brought in last, since the workbook was opened, is what an undo would take back."""
        last = frozenset((entry.id, entry.rev) for entry in last_act(self._ledger.history()))
        return bool(last) and last == self._came_in


def _is_as_it_was(entry: Entry | None, rev: int | None) -> bool:
    """Tell whether an entry says what it said when the proposal was made: nothing, or its revision of then."""
    if entry is None or entry.erased:
        return entry is None
    return bool(entry.withdrawn) or entry.rev == rev


def _sessions(entries: Sequence[Entry]) -> Sessions:
    """Return the sessions and mission statements of a workbook."""
    people = sessions.people_of(entries)
    return Sessions(
        held=[
            HeldSession(entry.id, entry.held_on, entry.label or "", entry.number)
            for entry in entries
            if isinstance(entry, Session) and entry.held_on
        ],
        statements=[
            Statement(entry.held_on, entry.number, entry.text)
            for entry in entries
            if isinstance(entry, Mission) and entry.confirmed and entry.held_on and entry.text
        ],
        ids={entry.id for entry in entries},
        coach_on=lambda day: sessions.party(people, Side.COACH, day).id,
    )


def _items(entries: Iterable[Entry], today: date) -> list[Existing]:
    """Return the action items of a workbook with what has happened to each."""
    events: dict[str, list[ItemEvent]] = {}
    reviewed = {entry.item for entry in entries if isinstance(entry, Review)}
    for entry in entries:
        if isinstance(entry, ItemEvent):
            events.setdefault(entry.item, []).append(entry)
    return [
        _item(entry, events.get(entry.id, []), today, is_told=entry.id in reviewed)
        for entry in entries
        if isinstance(entry, Item)
    ]


def _item(item: Item, events: Collection[ItemEvent], today: date, *, is_told: bool) -> Existing:
    since = item.held_on or today
    happened = {
        event.id: Happened(event.held_on or since, event.event.value, event.due_to)
        for event in _in_order(events, since)
    }
    if item.by and not any(one.due for one in happened.values()):
        happened = {"": Happened(since, "agreed", item.by), **happened}
    seen = [one for text in item.seen or () if text and (one := Sighting.read(text))]
    return Existing(
        id=item.id,
        what=item.what or "",
        owner=item.owner and item.owner.value,
        since=since,
        label=item.label or "",
        by=item.by,
        events=happened,
        sightings=sorted(seen, key=lambda one: one.order),
        is_of_lists=bool(seen) and item.session is None,
        is_touched=is_told or any(event.session for event in events),
        record={name: value for name, value in item.content().items() if value is not None},
    )


def _in_order(events: Iterable[ItemEvent], since: date) -> Iterator[ItemEvent]:
    """Return the events of an item as they followed one another; of one day, a move comes after what it moved from."""
    waiting = sorted(
        events, key=lambda event: (event.held_on or since, event.event is not ItemEventKind.AGREED, event.rev)
    )
    due: date | None = None
    while waiting:
        together = [event for event in waiting if event.held_on == waiting[0].held_on]
        fitting = (event for event in together if event.due_from in {None, due})
        event = next(fitting, waiting[0])
        waiting.remove(event)
        due = event.due_to or due
        yield event
