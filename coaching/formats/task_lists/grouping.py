"""Which lines are one action item.

======================================================  =====================================================
two lines                                               are
======================================================  =====================================================
with the same words (`words.words_key`)                 one item, in whatever lists they stand
with the same words in one list, but another owner,     two, in all lists: what tells them apart in one list
day or parent                                           tells them apart in each
with the same words in one list, and all of these agree  one, and that is said
that repeat (🔁, a repeater of org), for another day    two: each day is a promise of its own
with the mark that this program gave the line           the item of that mark, whatever its words are
======================================================  =====================================================

A line also is the item of an earlier list, or of a session, that has its words.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from coaching.formats.task_lists.item import Existing
from coaching.formats.task_lists.sighting import Apart, Sighting
from coaching.formats.task_lists.story import ENDS, story
from coaching.formats.task_lists.task import Place, Remark, Task
from coaching.formats.task_lists.words import words_key
from coaching.i18n import to_say
from coaching.model.ids import derived_id, mark_of

_OWNER, _DUE, _PARENT = "o", "d", "p"
_ONE = to_say("stands more than once in its list, with the same owner, day and parent; taken as one")
Same = tuple[tuple[str, Any], ...]
Content = tuple[Any, ...]


@dataclass
class Group:
    """Lines that are one action item.

    Attributes
    ----------
    id
        Of the action item.
    sightings
        All lines that ever spoke of it; none if it is of a session and nothing new is said.
    places
        Where it stands in the lists that are read now.
    item
        What of it is there already.
    superfluous
        What earlier imports took for other items.
    is_seen_anew
        Whether one of its lines was never read before.
    """

    id: str
    sightings: list[Sighting] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    item: Existing | None = None
    superfluous: list[Existing] = field(default_factory=list)
    is_seen_anew: bool = False


def grouped(
    tasks: Iterable[Task], existing: Sequence[Existing], workbook: str, today: date
) -> tuple[list[Group], list[Remark]]:
    """Return the groups of lines that are one item, and what is to be said of lines.

    Parameters
    ----------
    tasks
        The lines, in any order.
    existing
        The action items that there are.
    workbook
        The workbook's ULID.
    today
        The day of the import.
    """
    return _Grouping(existing, workbook, today).groups(tasks)


class _Grouping:
    def __init__(self, existing: Sequence[Existing], workbook: str, today: date) -> None:
        self._workbook, self._today = workbook, today
        self._by_words: dict[str, list[Existing]] = defaultdict(list)
        for item in sorted(existing, key=lambda item: (item.since, item.id)):
            for key in {words_key(item.what), *(one.key for one in item.sightings)}:
                self._by_words[key].append(item)
        self._existing = existing
        self._by_mark: dict[str, Existing] = {}
        self._remarks: list[Remark] = []

    def groups(self, tasks: Iterable[Task]) -> tuple[list[Group], list[Remark]]:
        """Return the groups, those of earlier lists too, and the remarks."""
        lists: dict[tuple[str, str, date | None], list[Task]] = defaultdict(list)
        groups: list[Group] = []
        lines_read = sorted(tasks, key=lambda task: task.place)
        if any(task.mark for task in lines_read):
            self._by_mark = {mark_of(item.id): item for item in self._existing}
        for task in lines_read:
            if item := self._by_mark.get(task.mark):
                groups.append(self._marked(task, item))
            else:
                lists[words_key(task.what), task.place.file, task.seen_on].append(task)
        lines: dict[str, list[tuple[Sighting, Place]]] = defaultdict(list)
        for (key, _, _), same_list in lists.items():
            lines[key] += self._sightings(same_list)
        earlier = {key for key, items in self._by_words.items() if any(item.sightings for item in items)}
        for key in {**lines, **dict.fromkeys(sorted(earlier))}:
            groups += self._of_words(key, lines.get(key, []))
        return _without_doubles(groups), self._remarks

    def _marked(self, task: Task, item: Existing) -> Group:
        """Return the group of a line that a file of this program marked; it is a line only if something was changed."""
        group = Group(item.id, list(item.sightings), [task.place], item)
        state, due = item.state_on(self._today), item.due_on(self._today)
        then = task.seen_on or self._today
        as_written = {(state, due), (item.state_on(then), item.due_on(then))}
        is_same = any(
            (task.state in ENDS) == (was in ENDS) and (task.state not in ENDS or task.state == was)
            and (task.by is None or task.by == by)
            for was, by in as_written
        )  # fmt: skip
        if not is_same:
            closed_on = max(task.closed_on, item.since) if task.closed_on else None
            by = task.by if task.by != due else None
            changed = task._replace(seen_on=self._today, by=by, agreed=None, closed_on=closed_on)
            one = Sighting.of(changed, self._today, frozenset(), is_both=False)
            group.is_seen_anew = one.content not in {earlier.content for earlier in item.sightings}
            group.sightings += [one] if group.is_seen_anew else []
        return group

    def _sightings(self, lines: Sequence[Task]) -> Iterator[tuple[Sighting, Place]]:
        """Yield the lines of one list that have the same words, with what tells them apart."""
        plain = [Sighting.of(task, self._today, frozenset(), is_both=False) for task in lines]
        if len(plain) == 1:
            yield plain[0], lines[0].place
            return
        apart = frozenset(
            name
            for name, values in (
                (_OWNER, {one.owner for one in plain}),
                (_PARENT, {one.parent for one in plain}),
                (_DUE, {one.by for one in plain if not one.repeats and one.by}),
            )
            if len(values) > 1
        )
        states: dict[Same, set[bool]] = defaultdict(set)
        heard: set[Same] = set()
        for task, one in zip(lines, plain, strict=True):
            same = tuple(_told_apart(one, apart))
            states[same].add(one.ended)
            if same in heard:
                self._remarks.append(Remark(task.place, _ONE, task.what))
            heard.add(same)
        words: dict[Content, str] = {}  # as they are typed first
        for task, one in zip(lines, plain, strict=True):
            what = words.setdefault(one.content, one.what)
            is_both = len(states[tuple(_told_apart(one, apart))]) > 1
            yield replace(one, what=what, apart=apart, is_both=is_both), task.place

    def _of_words(self, key: str, lines: Sequence[tuple[Sighting, Place]]) -> Iterator[Group]:
        """Yield the items that the lines with these words are, all lines of earlier lists among them."""
        items = self._by_words.get(key, [])
        if len(lines) == 1 and not items:
            [(one, place)] = lines
            yield Group(self._id(key, tuple(_told_apart(one, one.apart))), [one], [place], is_seen_anew=True)
            return
        sightings: dict[Content, Sighting] = {one.content: one for item in items for one in item.sightings}
        earlier = dict(sightings)
        places: dict[Content, list[Place]] = defaultdict(list)
        for one, place in lines:
            sightings[one.content] = one.joined(sightings.get(one.content))
            places[one.content].append(place)
        apart = _apart(sightings.values())
        parts: dict[Same, Group] = {}
        for content, one in sorted(sightings.items(), key=lambda named: named[1].order):
            same = tuple(_told_apart(one, apart))
            group = parts.setdefault(same, Group(self._id(key, same)))
            group.sightings.append(one)
            group.places += places.get(content, ())
            group.is_seen_anew = group.is_seen_anew or one.tells_more_than(earlier.get(content))
        self._give_items(parts, items, apart)
        yield from parts.values()

    def _give_items(self, parts: Mapping[Same, Group], items: Sequence[Existing], apart: Apart) -> None:
        """Give each group what is there of it: what its lines made, or else an item of a session."""
        for item in (item for item in items if item.sightings):
            content = {one.content for one in item.sightings}
            of_it = [group for group in parts.values() if any(one.content in content for one in group.sightings)]
            by_id = [group for group in of_it if group.id == item.id]
            for group in (by_id or of_it)[:1]:
                _give(group, item)
        free = [item for item in items if not item.sightings]
        for same, group in parts.items():
            if group.item is None and (fitting := [item for item in free if self._fits(item, group, same, apart)]):
                group.item = fitting[-1]
                free.remove(fitting[-1])
        for group in parts.values():
            if group.item:
                group.id = group.item.id
                _leave_out_what_says_nothing(group, group.item)

    def _fits(self, item: Existing, group: Group, same: Same, apart: Apart) -> bool:
        """Tell whether an item that no list spoke of yet is the one of a group."""
        if item.id == group.id:
            return True
        values = dict(same)
        if _OWNER in apart and item.owner != values[_OWNER]:
            return False
        if _DUE in values and values[_DUE] not in item.dues:
            return False
        return _DUE in values or not self._is_one_of_many(item)

    def _is_one_of_many(self, item: Existing) -> bool:
        """Tell whether an earlier version brought it in as one of those that repeat: one line is all that it is."""
        key = words_key(item.what)
        return any(due and self._id(key, ((_DUE, due),)) == item.id for due in item.dues)

    def _id(self, key: str, same: Same) -> str:
        values = dict(same)
        due = values.pop(_DUE, None)
        more = [f"{name}={value or ''}" for name, value in values.items()]
        return derived_id(None, self._workbook, "item", "list", key, due.isoformat() if due else "", *more)


def _told_apart(one: Sighting, apart: Apart) -> Iterator[tuple[str, Any]]:
    """Yield what tells a line from others with its words."""
    if _OWNER in apart:
        yield _OWNER, one.owner
    if _PARENT in apart:
        yield _PARENT, one.parent
    due = one.by or (one.closed_on if one.repeats and one.ended else None)
    if due and (one.repeats or _DUE in apart):
        yield _DUE, due


def _give(group: Group, item: Existing) -> None:
    """Give a group an item that its lines made; of two, what nobody has touched since is one too many."""
    if group.item is None:
        group.item = item
    elif item.is_of_lists and not item.is_touched:
        group.superfluous.append(item)


def _leave_out_what_says_nothing(group: Group, item: Existing) -> None:
    """Leave lines without a day out that only say that what is known elsewhere is open."""
    if not item.sightings:
        known = {*item.dues, None}
        group.sightings = [one for one in group.sightings if one.seen_on or one.state != "open" or one.by not in known]
        group.is_seen_anew = bool(group.sightings)


def _apart(sightings: Iterable[Sighting]) -> Apart:
    """Return what tells lines with the same words apart: what did so in any list, or the days of a habit."""
    lines = list(sightings)
    apart: Apart = frozenset().union(*(one.apart for one in lines))
    plain = [one for one in lines if not one.repeats]
    if _DUE not in apart and plain and all(one.by for one in plain) and len({one.by for one in plain}) > 1:
        return apart | {_DUE} if story(plain).is_habit else apart
    return apart


def _without_doubles(groups: Iterable[Group]) -> list[Group]:
    """Return the groups, those of one item together: a file of this program and a list may both speak of it."""
    by_id: dict[str, Group] = {}
    for group in groups:
        if (first := by_id.setdefault(group.id, group)) is not group:
            contents = {one.content for one in first.sightings}
            first.sightings += [one for one in group.sightings if one.content not in contents]
            first.places += group.places
            first.is_seen_anew = first.is_seen_anew or group.is_seen_anew
            first.superfluous += group.superfluous
    return list(by_id.values())
