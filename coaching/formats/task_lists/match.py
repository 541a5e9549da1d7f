"""Lines of lists → what becomes of the workbook's action items: which are new, and what the others have come to.

`grouping` says which lines are one item. All lines that ever spoke of it are kept with it (`sighting`), and what
happened to it is worked out from all of them together (`story`): neither the order of lists nor how they are divided
into imports makes a difference, and reading a list again changes nothing. An entry that lists made says what they say,
until somebody changes it: what nobody's list says differently now stays as it is.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from coaching.formats.incoming import Record
from coaching.formats.task_lists.grouping import Group, grouped
from coaching.formats.task_lists.item import Carried, Existing
from coaching.formats.task_lists.sessions import NotedSession
from coaching.formats.task_lists.sighting import Sighting
from coaching.formats.task_lists.story import Happened, Story, in_order, story
from coaching.formats.task_lists.target import ERASED, TO_COME, ImportTarget
from coaching.formats.task_lists.task import ListRead, Remark, Task
from coaching.i18n import say, to_say
from coaching.model.ids import derived_id, free_labels

_UNDATED = to_say("neither it nor its list says a day: what is new counts from today")
_DUE_BEFORE = to_say("is due before the day it was written down")
_HABIT = to_say("ticked and written anew again and again: counted once, as it stands last; it was ticked {times} times")
_WHOSE = to_say("names the coach; it is the coachee's already, and stays so")
#: In no list for so long, or in so many, a line is gone.
_WEEKS, _LISTS = timedelta(days=14), 2


@dataclass(frozen=True, repr=False)
class Proposal:
    """What would come in.

    Attributes
    ----------
    items
        The action items that the lines speak of, also those of which nothing new is said.
    remarks
        What there is to know of lines.
    records
        The entries that come in or change, each with all that it says then.
    withdrawn
        Ids of entries that earlier imports made, and that all lines together do not say any more.
    gone
        What was open when it stood last in a list, and stands in no later one of those that are read.
    files
        The files that were read.
    sessions
        The sessions of which meeting notes speak.
    based_on
        The revisions of the entries from which the proposal was made.
    """

    items: tuple[Carried, ...]
    remarks: tuple[Remark, ...]
    records: tuple[Record, ...]
    withdrawn: tuple[str, ...] = ()
    gone: tuple[Carried, ...] = ()
    files: tuple[ListRead, ...] = ()
    sessions: tuple[NotedSession, ...] = ()
    based_on: Mapping[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Count, show nothing."""
        return f"<Proposal: {len(self.items)} action items, {len(self.records)} records>"


def carry(
    tasks: Iterable[Task],
    existing: Iterable[Existing],
    ground: ImportTarget,
    *,
    let_go: bool = False,
    days: Iterable[date] = (),
) -> Proposal:
    """Return what lines bring into a workbook.

    Parameters
    ----------
    tasks
        The lines, in any order.
    existing
        The action items that the workbook has.
    ground
        The workbook.
    let_go
        Whether what stands in no later list was let go, on the day of the first list without it; else it is open.
    days
        The days of all lists that were read, also those without lines.
    """
    lines, items = list(tasks), list(existing)
    groups, remarks = grouped(lines, items, ground.workbook, ground.today)
    remarks += [Remark(t.place, TO_COME, t.what) for t in lines if t.seen_on and t.seen_on > ground.today]
    # Lists that came in earlier may be of another kind: what stands in none of these is not gone.
    list_days = sorted({*days, *(task.seen_on for task in lines if task.seen_on)})
    labels = free_labels("I", [item.label for item in items], is_private=ground.visibility == "private")
    carried: list[Carried] = []
    gone: list[Carried] = []
    records: dict[str, Record] = {}
    withdrawn: list[str] = []
    for group in sorted(groups, key=_begin):
        if group.id in ground.erased:
            remarks += [Remark(place, ERASED) for place in group.places]
            continue
        made = _Making(group, ground)
        absent_on = None if made.is_ended else _absent_on(group, list_days)
        if absent_on and let_go:
            group.sightings.append(_let_go(group.sightings, absent_on))
            made = _Making(group, ground)
        item = made.carried(labels)
        if group.places:
            carried.append(item)
            remarks += made.remarks(item)
        if absent_on:
            gone.append(item)
        changed, dropped = made.changes(item)
        records |= changed
        withdrawn += dropped
    unique = tuple(sorted(set(remarks)))
    return Proposal(tuple(carried), unique, tuple(records.values()), tuple(withdrawn), tuple(gone))


def _begin(group: Group) -> tuple[date, str, int, str]:
    """Return where a group stands among the others: by its first day, then by its first place."""
    days = [one.since or one.day for one in group.sightings]
    place = min(group.places, default=None)
    return min(days, default=date.max), place.file if place else "", place.line if place else 0, group.id


def _absent_on(group: Group, list_days: Sequence[date]) -> date | None:
    """Return the day of the first list without a line that was open in its last one; None if it is not gone."""
    if not group.places or (group.item and (group.item.is_touched or not group.item.is_of_lists)):
        return None
    lines = [one for one in group.sightings if one.seen_on]
    last = max((one.seen_on for one in lines if one.seen_on), default=None)
    if last is None or any(one.repeats for one in lines):
        return None
    later = len(list_days) - (first := bisect_right(list_days, last))
    return list_days[first] if later >= _LISTS or (later and list_days[-1] - last >= _WEEKS) else None


def _let_go(sightings: Sequence[Sighting], day: date) -> Sighting:
    """Return somebody's word that what stands in no later list was let go."""
    last = max(sightings, key=lambda one: one.day)
    return Sighting(last.what, last.owner, "let_go", day, parent=last.parent, apart=last.apart, is_gone=True)


class _Making:
    """What lists make of one action item: what they made of it before, and what with all lines together."""

    def __init__(self, group: Group, ground: ImportTarget) -> None:
        self._group, self._ground, self._item = group, ground, group.item
        events = dict(group.item.events) if group.item else {}
        is_known = bool(group.item and group.item.sightings)
        self._of_lists = {i: e for i, e in events.items() if is_known and self._is_of_lists(i, e)}
        self._told = [event for identity, event in events.items() if identity not in self._of_lists]
        since = group.item.since if group.item and not group.item.is_of_lists else None
        self._before = story(group.item.sightings, self._told, since) if is_known and group.item else None
        lines_before = len(group.item.sightings) if group.item else 0
        is_same = not group.is_seen_anew and len(group.sightings) == lines_before
        self._now = self._before if self._before and is_same else story(group.sightings, self._told, since)
        self.is_ended = self._now.is_ended

    def carried(self, labels: Iterator[str]) -> Carried:
        """Return the item with what the lines add to it."""
        item, now = self._item, self._now
        before = set(self._before.events) if self._before else set()
        added = [event for event in now.events if event not in before]
        first = next((one for one in self._group.sightings if one.owner), None)
        return Carried(
            id=self._group.id,
            what=item.what if item else self._group.sightings[0].what,
            owner=item.owner if item else first.owner if first else None,
            since=(item.since if item else None) or now.since or self._ground.today,
            label=item.label if item else next(labels),
            known=in_order([*self._told, *now.events]),
            added=added,
            is_new=item is None,
            is_dated=bool(item) or now.since is not None,
            is_seen_anew=self._group.is_seen_anew,
            places=sorted(self._group.places),
        )

    def remarks(self, item: Carried) -> Iterator[Remark]:
        """Return what is to be said of the lines."""
        place = item.places[0]
        if self._group.is_seen_anew and not (item.is_dated and all(each.is_dated for each in item.added)):
            yield Remark(place, _UNDATED, item.what)
        if item.is_new and item.is_dated and item.due and item.due < item.since:
            yield Remark(place, _DUE_BEFORE, item.what)
        if self._now.is_habit:
            yield Remark(place, say(_HABIT, times=self._now.times), item.what)
        if item.owner == "coachee" and any(one.owner == "coach" for one in self._group.sightings):
            yield Remark(place, _WHOSE, item.what)

    def changes(self, item: Carried) -> tuple[dict[str, Record], list[str]]:
        """Return the entries that come in or change, and those that are said no more."""
        if not self._group.sightings or (self._now is self._before and not self._group.superfluous):
            return {}, []
        records: dict[str, Record] = {}
        own = self._record(self._group.sightings, self._now, item)
        entry = dict(self._item.record) if self._item else {}
        if self._item is None:
            records[item.id] = own
        else:
            before = self._record(self._item.sightings, self._before, item) if self._before else {}
            is_theirs = self._item.is_of_lists
            changed = {
                name: own.get(name)
                for name in (*(("what", "owner", "person", "by", "held_on") if is_theirs else ()), "seen")
                if own.get(name) != before.get(name)
            }
            if changed:
                record = entry | changed
                records[item.id] = {name: value for name, value in record.items() if value is not None}
        then = {record["id"]: record for record in self._events(self._before)} if self._before else {}
        now = {record["id"]: record for record in self._events(self._now)}
        records |= {identity: record for identity, record in now.items() if record != then.get(identity)}
        dropped = [identity for identity in self._of_lists if identity in then and identity not in now]
        for other in self._group.superfluous:
            dropped += [other.id, *other.events]
        return records, dropped

    def _record(self, sightings: Sequence[Sighting], told: Story | None, item: Carried) -> Record:
        """Return what lists say of the item in its entry."""
        first = next((one for one in sightings if one.owner), None)
        owner = first.owner if first else None
        due = next((event.due for event in reversed(in_order(told.events if told else ())) if event.due), None)
        record = {
            "kind": "item",
            "id": item.id,
            "held_on": (told.since if told else None)
            or min((one.day for one in sightings), default=self._ground.today),
            "label": item.label,
            "author": self._ground.holder,
            "visibility": self._ground.visibility,
            "what": sightings[0].what if sightings else None,
            "owner": owner,
            "person": self._ground.people.get(owner or ""),
            "by": due,
            "seen": tuple(sorted(one.written() for one in sightings)),
        }
        return {name: value for name, value in record.items() if value is not None}

    def _events(self, told: Story) -> Iterator[Record]:
        """Yield the entries of what happened by the lists."""
        visibility = self._item.record.get("visibility", self._ground.visibility) if self._item else None
        due: date | None = self._item.by if self._item and not self._item.events else None
        for event in in_order([*self._told, *told.events]):
            if event in told.events:
                record = {
                    "kind": "item_event",
                    "id": self._event_id(event, is_dated=event.is_dated and event.kind != "agreed"),
                    "held_on": event.day,
                    "author": self._ground.holder,
                    "visibility": visibility or self._ground.visibility,
                    "item": self._group.id,
                    "event": event.kind,
                    "due_to": event.due,
                    "due_from": due if event.kind == "due_moved" else None,
                }
                yield {name: value for name, value in record.items() if value is not None}
            due = event.due or due

    def _event_id(self, event: Happened, *, is_dated: bool) -> str:
        """Return the id of an event that a list tells of: with its day, or where nothing says one."""
        due = event.due.isoformat() if event.due else ""
        names = (self._ground.workbook, "item_event", self._group.id, event.kind)
        day = event.day.isoformat() if is_dated else ""
        return derived_id(event.day if is_dated else None, *names, day, due)

    def _is_of_lists(self, identity: str, event: Happened) -> bool:
        """Tell whether an earlier import made an event, by its id."""
        return any(identity == self._event_id(event, is_dated=is_dated) for is_dated in (event.kind != "agreed", False))
