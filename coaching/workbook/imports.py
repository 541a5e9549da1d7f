"""Lists of other tools, brought into a workbook: first a proposal, then, if it is agreed to, one act."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from coaching.formats import task_lists
from coaching.formats.task_lists.item import Carried, Happened
from coaching.formats.task_lists.match import ImportTarget, Proposal, carry
from coaching.formats.task_lists.task import Parties
from coaching.model.entries import Item, ItemEvent
from coaching.model.entry import Entry
from coaching.model.revisions import revise
from coaching.model.validation import parse
from coaching.model.vocabulary import ItemEventKind, Side, Visibility
from coaching.workbook import sessions
from coaching.workbook.ledger import Ledger


class Bringing:
    """What lists bring into a workbook.

    Parameters
    ----------
    ledger
        Where its entries are.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def proposed(self, path: Path, visibility: Visibility = Visibility.PRIVATE) -> Proposal:
        """Return what a list, or a folder of lists, would bring in; nothing is written.

        Raises
        ------
        InterchangeError
            If the file cannot be read.
        """
        store, today, latest = self._ledger.store, self._ledger.today(), self._ledger.latest()
        entries = [entry for entry in latest.values() if not entry.withdrawn]
        people = {side: sessions.party(sessions.people_of(entries), side, today) for side in Side}
        named = {side.value: party.full_name for side, party in people.items() if party.id}
        listed = task_lists.read_lists(path, Parties(named, store.holder))
        ground = ImportTarget(
            workbook=store.workbook,
            holder=store.holder,
            visibility=visibility.value,
            people={side.value: party.id for side, party in people.items()},
            today=today,
            erased=frozenset(entry.id for entry in latest.values() if entry.erased),
        )
        matched = carry(listed.tasks, _items(entries, today), ground)
        return Proposal(matched.items, tuple(sorted((*listed.remarks, *matched.remarks))), matched.records)

    def bring(self, proposal: Proposal) -> int:
        """Bring in what was proposed, all of it in one durable act; return how many entries came in.

        What has come in meanwhile stays as it is; what came in once and was taken back comes again.

        Raises
        ------
        CoachingError
            If the disk refuses; nothing was changed.
        """
        latest = self._ledger.latest()
        records = {record["id"]: record for record in proposal.records if _is_missing(latest.get(record["id"]))}
        now = {"rev": 0, "saved_at": self._ledger.now()}
        changes = {identity: parse(record | now).content() for identity, record in records.items()}
        new = revise(changes, latest, {}, next_rev=self._ledger.next_rev, saved_at=self._ledger.now())
        if new:
            self._ledger.save(list(new.values()))
        return len(new)


def _is_missing(entry: Entry | None) -> bool:
    return entry is None or bool(entry.withdrawn and not entry.erased)


def _items(entries: Iterable[Entry], today: date) -> list[Carried]:
    """Return the action items of a workbook with what has happened to each."""
    events: dict[str, list[ItemEvent]] = {}
    for entry in entries:
        if isinstance(entry, ItemEvent):
            events.setdefault(entry.item, []).append(entry)
    return [_item(entry, events.get(entry.id, []), today) for entry in entries if isinstance(entry, Item)]


def _item(item: Item, events: Iterable[ItemEvent], today: date) -> Carried:
    since = item.held_on or today
    events_so_far = [
        Happened(event.held_on or since, event.event.value, event.due_to) for event in _in_order(events, since)
    ]
    if item.by and not any(happened.due for happened in events_so_far):
        events_so_far.insert(0, Happened(since, "agreed", item.by))
    return Carried(item.id, item.what or "", item.owner and item.owner.value, since, item.label or "", events_so_far)


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
