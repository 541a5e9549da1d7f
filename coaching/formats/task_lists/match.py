"""Tasks of lists → what becomes of the workbook's action items: which are new, and what the others have come to.

The same words are the same action item, whatever list they stand in.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coaching.formats.incoming import Record
from coaching.formats.task_lists.item import Carried
from coaching.formats.task_lists.task import Remark, Task, folded
from coaching.model.ids import derived_id, free_labels


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


@dataclass(frozen=True, repr=False)
class Proposal:
    """What would come in: the action items that the lines speak of, remarks on lines, and the records of all that.

    `items` holds also those of which nothing new is said; their `added` is empty.
    """

    items: tuple[Carried, ...]
    remarks: tuple[Remark, ...]
    records: tuple[Record, ...]

    def __repr__(self) -> str:
        """Count, show nothing."""
        return f"<Proposal: {len(self.items)} action items, {len(self.records)} records>"


def carry(tasks: Iterable[Task], existing: Iterable[Carried], ground: ImportTarget) -> Proposal:
    """Return what lines bring into a workbook.

    Parameters
    ----------
    tasks
        The lines, in any order; the day of its file says when a line was written, and one without is as of today.
    existing
        The action items that the workbook has.
    ground
        The workbook.
    """
    shelf = _ItemIndex(ground, existing)
    remarks: list[Remark] = []
    lines: dict[str, list[Task]] = {}
    for task in sorted(tasks, key=lambda task: (task.seen_on or ground.today, task.place)):
        item = shelf.item_of(task)
        if item.id in ground.erased:
            remarks.append(Remark(task.place, "was erased in this workbook, and stays erased"))
        else:
            lines.setdefault(item.id, []).append(task)
            if task.seen_on and task.seen_on > ground.today:
                remarks.append(Remark(task.place, "the day in the name of its file is still to come"))
    for identity, said in lines.items():
        item = shelf.items[identity]
        if item.is_new:
            days = [day for task in said for day in (task.agreed, task.seen_on, task.closed_on) if day]
            item.since, item.is_dated = min(days, default=ground.today), bool(days)
            item.owner = next((task.owner for task in said if task.owner), None)
            item.label = next(shelf.free_labels)
        remarks += _taken(item, said, ground.today)
    items = tuple(shelf.items[identity] for identity in lines)
    records = tuple(record for item in items for record in _records(item, ground))
    return Proposal(items, tuple(sorted(remarks)), records)


def _taken(item: Carried, lines: Sequence[Task], today: date) -> Iterator[Remark]:
    """Take in the lines that speak of an item; return what is to be said of them.

    They are gone through until none says anything new: one may be ticked on a later day than the next was written.
    """
    for task in lines:
        item.places.append(task.place)
        before = len(item.added)
        item.take(task, today)
        is_first = item.is_new and len(item.places) == 1
        if not all(each.is_dated for each in item.added[before:]) or (is_first and not item.is_dated):
            yield Remark(task.place, "neither it nor the name of its file says a day: what is new counts from today")
        if is_first and item.is_dated and item.due and item.due < item.since:
            yield Remark(task.place, "is due before the day it was written down")
        if item.owner == "coachee" and task.owner == "coach":
            yield Remark(task.place, "names the coach; it is the coachee's already, and stays so")
    before = -1
    while len(item.added) > before:
        before = len(item.added)
        for task in lines:
            item.take(task, today)
    heard = {each.due for each in item.known}
    for task in lines:
        if task.by and task.by not in heard:
            yield Remark(task.place, "is due on another day than was said later; the later word is kept")


class _ItemIndex:
    """The action items, found by what a line says."""

    def __init__(self, ground: ImportTarget, existing: Iterable[Carried]) -> None:
        self._ground = ground
        self.items = {item.id: item for item in sorted(existing, key=lambda item: (item.since, item.id))}
        self._by_words = {folded(item.what): item for item in self.items.values() if not self._is_one_of_many(item)}
        labels = [item.label for item in self.items.values()]
        self.free_labels = free_labels("I", labels, is_private=ground.visibility == "private")

    def item_of(self, task: Task) -> Carried:
        """Return the action item that a line speaks of, a new one if there is none."""
        words = folded(task.what)
        due = task.by if task.repeats else None
        identity = self._identity(words, due)
        same = self._by_words.get(words)
        if identity not in self.items and same and (due is None or due in [each.due for each in same.known]):
            return same
        if identity not in self.items:
            new = Carried(identity, task.what, task.owner, self._ground.today, is_new=True)
            self.items[identity] = new
            if due is None:
                self._by_words[words] = new
        return self.items[identity]

    def _is_one_of_many(self, item: Carried) -> bool:
        """Tell whether it came in as one of those that repeat: that one line is all that it is."""
        dues = {each.due for each in item.known if each.due}
        return any(self._identity(folded(item.what), due) == item.id for due in dues)

    def _identity(self, words: str, due: date | None) -> str:
        return derived_id(None, self._ground.workbook, "item", "list", words, due.isoformat() if due else "")


def _records(item: Carried, ground: ImportTarget) -> Iterator[Record]:
    common = {"author": ground.holder, "visibility": ground.visibility}
    if item.is_new:
        fields = {"what": item.what, "owner": item.owner, "person": ground.people.get(item.owner or ""), "by": item.due}
        record = {"kind": "item", "id": item.id, "held_on": item.since, "label": item.label, **common, **fields}
        yield {name: value for name, value in record.items() if value is not None}
    due = next((each.due for each in reversed(item.known[: -len(item.added) or None]) if each.due), None)
    for happened in item.added:
        day = happened.day.isoformat() if happened.is_dated and happened.kind != "agreed" else ""
        names = (item.id, happened.kind, day, happened.due.isoformat() if happened.due else "")
        event = {"item": item.id, "event": happened.kind, "due_to": happened.due}
        event["due_from"] = due if happened.kind == "due_moved" else None
        due = happened.due or due
        identity = derived_id(happened.day if day else None, ground.workbook, "item_event", *names)
        record = {"kind": "item_event", "id": identity, "held_on": happened.day, **common, **event}
        yield {name: value for name, value in record.items() if value is not None}
