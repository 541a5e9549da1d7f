"""What has happened to one action item: worked out from all its sightings in lists, and from what was told elsewhere.

=====================================================  ======================================================
what was seen                                          what it means
=====================================================  ======================================================
the first line                                         agreed on the first day that any line says
another date in the list of a later day                moved then
ticked, or let go                                      ended, on the day that it says, else on that of its list
open in the list of a later day than it ended          opened again
open, but ticked with an earlier day in a later list   it was ticked late: nothing
open and ticked in lists of one day                    ended
without a day                                          only what was never said; opens nothing again
ticked and open again and again                        a habit: counted once, as it stands last, never moved
=====================================================  ======================================================

The order in which the lines came in makes no difference, and a line that is read again says nothing new.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from coaching.formats.task_lists.sighting import Sighting

ENDS = frozenset({"done", "let_go"})
_GIVES_A_DATE = frozenset({"agreed", "due_moved"})
#: Opened again so often, it is a habit.
_HABIT = 2


class Happened(NamedTuple):
    """What has happened to an action item; `due` is the date that it was then given, if one was.

    Without `is_dated` nothing says when, and `day` is that of the import.
    """

    day: date
    kind: str
    due: date | None = None
    is_dated: bool = True


class Story(NamedTuple):
    """What lists tell of an action item.

    Attributes
    ----------
    since
        The day from which it is known; None if no line says one.
    events
        What happened, in its order, without what was told elsewhere.
    is_habit
        Whether it was ticked and written anew again and again; `times` says how often it ended.
    """

    since: date | None
    events: tuple[Happened, ...]
    is_habit: bool = False
    times: int = 0

    @property
    def is_ended(self) -> bool:
        """Whether it is done or let go at the end."""
        kinds = [event.kind for event in in_order(self.events) if event.kind in {*ENDS, "reopened"}]
        return bool(kinds) and kinds[-1] in ENDS


@dataclass(frozen=True, order=True)
class _Point:
    """One thing that was said of a day; on one day in this order: open, a date, partly, ended."""

    day: date
    rank: int
    kind: str
    due: date = date.min
    is_said: bool = True
    is_told: bool = False


_RANKS = {
    "reopened": 0,
    "open": 0,
    "agreed": 1,
    "due_moved": 1,
    "due": 1,
    "not_yet": 2,
    "partly": 2,
    "done": 3,
    "let_go": 3,
}


def story(sightings: Iterable[Sighting], told: Sequence[Happened] = (), since: date | None = None) -> Story:
    """Return what the lines of lists tell of an action item.

    Parameters
    ----------
    sightings
        Every line that speaks of it.
    told
        What was told of it elsewhere, in a session.
    since
        The day on which it was agreed elsewhere, if it was: older lines say nothing.
    """
    seen = list(sightings)
    if len(seen) == 1 and not told and since is None and (seen[0].seen_on or (seen[0].ended and seen[0].closed_on)):
        return _of_one(seen[0])
    seen.sort(key=lambda one: one.order)
    if since:
        seen = [one for one in seen if one.day >= since and not (one.closed_on and one.closed_on < since)]
    begins = since or min((day for one in seen if (day := one.since)), default=None)
    dated = [one for one in seen if one.seen_on or (one.ended and one.closed_on)]
    without = [one for one in seen if not one.seen_on and not (one.ended and one.closed_on)]
    last_line = max((one.seen_on for one in dated if one.seen_on and not one.is_gone), default=date.min)
    dated = [one for one in dated if not one.is_gone or last_line < one.day]
    heard = max((event.day for event in told if event.due), default=date.min)
    points = sorted({*(p for p in _points(dated) if p.kind != "due" or p.day > heard), *_told(told)})
    points = _without_what_is_late(points, dated)
    events = list(_walk(points, None if since else begins))
    times = sum(event.kind in ENDS for event in events)
    both = {one.day for one in seen if one.is_both}
    if not told and (sum(event.kind == "reopened" for event in events) >= _HABIT or len(both) >= _HABIT):
        return Story(begins, tuple(_as_it_stands_last(dated, begins)), is_habit=True, times=max(times, len(both)))
    told_too = sorted([*events, *told], key=lambda event: (event.day, _RANKS.get(event.kind, 2)))
    return Story(begins, (*events, *_undated(without, told_too, None if since else begins)))


def _of_one(one: Sighting) -> Story:
    """Return what a single line with a day tells, as most are: nothing else has to be weighed against it."""
    begins = one.since or one.day
    events = [Happened(begins, "agreed", one.by)] if one.by else []
    if one.ended:
        events.append(Happened(one.closed_on or one.day, one.state))
    elif one.state == "partly":
        events.append(Happened(one.day, "partly"))
    return Story(begins, tuple(events), times=int(one.ended))


def _points(seen: Sequence[Sighting]) -> Iterator[_Point]:
    for one in seen:
        closed = one.closed_on or one.day
        if one.by:
            yield _Point(min(one.day, closed) if one.ended else one.day, 1, "due", one.by)
        if one.ended:
            yield _Point(closed, 3, one.state, is_said=one.closed_on is not None)
        else:
            yield _Point(one.day, 0, "open")
            if one.state == "partly":
                yield _Point(one.day, 2, "partly")


def _told(told: Sequence[Happened]) -> Iterator[_Point]:
    for event in told:
        yield _Point(event.day, _RANKS.get(event.kind, 2), event.kind, event.due or date.min, is_told=True)


def _without_what_is_late(points: Sequence[_Point], seen: Sequence[Sighting]) -> list[_Point]:
    """Leave out that it was open on a day by which it was done already, as a list of that day or a later one says."""
    closed = [(one.closed_on or one.day, one.seen_on) for one in seen if one.ended]
    ended = [(day, max(day, list_day or day)) for day, list_day in closed]
    told = [(point.day, point.day) for point in points if point.is_told and point.kind in ENDS]
    spans = [*ended, *told]

    def is_late(point: _Point) -> bool:
        return any(begin <= point.day <= end for begin, end in spans)

    return [point for point in points if point.is_told or point.kind not in {"open", "partly"} or not is_late(point)]


def _walk(points: Sequence[_Point], begins: date | None) -> Iterator[Happened]:
    """Yield what happened, going through what was said from day to day."""
    due: date | None = None
    ended, is_partly, at = False, False, 0
    while at < len(points):
        point = points[at]
        at += 1
        if point.is_told:
            due = point.due if point.kind in _GIVES_A_DATE and point.due > date.min else due
            ended = point.kind in ENDS or (ended and point.kind != "reopened")
            continue
        match point.kind:
            case "open" if ended:
                ended, is_partly = False, False
                yield Happened(point.day, "reopened")
            case "due" if not ended and point.due != due:
                day = begins if due is None and begins and _is_first(points, point) else point.day
                yield Happened(day or point.day, "agreed" if due is None else "due_moved", point.due)
                due = point.due
            case "partly" if not ended and not is_partly:
                is_partly = True
                yield Happened(point.day, "partly")
            case "done" | "let_go" if not ended:
                ended = True
                end = _end(points[at - 1 :])
                if end:
                    yield Happened(end.day, end.kind)


def _is_first(points: Sequence[_Point], point: _Point) -> bool:
    """Tell whether a date was given with the first word of all."""
    return not any(other.day < point.day and not other.is_told for other in points)


def _end(points: Sequence[_Point]) -> _Point | None:
    """Return how it ended, of all that is said before it was opened again: a day that is said wins.

    Where it was told elsewhere that it ended, that stands, and lists add nothing.
    """
    run: list[_Point] = []
    for point in points:
        if point.kind in {"open", "reopened"}:
            break
        if point.kind in ENDS:
            run.append(point)
    if any(point.is_told for point in run):
        return None
    return next((point for point in run if point.is_said), run[0])


def _undated(seen: Sequence[Sighting], before: Sequence[Happened], begins: date | None) -> Iterator[Happened]:
    """Yield what lines without a day add: what was never said of the item."""
    dues = [event.due for event in before if event.due]
    was_ended = any(event.kind in ENDS for event in before)
    was_partly = any(event.kind == "partly" for event in before)
    is_first = not before
    for one in seen:
        day = one.day
        if one.by and one.by not in dues:
            is_first_of_all = is_first and not dues and begins is not None
            yield Happened(
                begins if begins and is_first_of_all else day,
                "due_moved" if dues else "agreed",
                one.by,
                is_dated=is_first_of_all,
            )
            dues.append(one.by)
        if one.state == "partly" and not was_ended and not was_partly:
            was_partly = True
            yield Happened(day, "partly", is_dated=False)
        if one.ended and not was_ended:
            was_ended = True
            yield Happened(day, one.state, is_dated=False)


def _as_it_stands_last(seen: Sequence[Sighting], begins: date | None) -> Iterator[Happened]:
    """Yield what there is to say of a habit: the last date that it was given, and how it stands."""
    last_day = max(one.day for one in seen)
    last = [one for one in seen if one.day == last_day]
    first = begins or last_day
    if due := max((one.by for one in last if one.by), default=None):
        yield Happened(first, "agreed", due)
    if all(one.ended for one in last):
        closed = max(one.closed_on or one.day for one in last)
        yield Happened(closed, last[0].state)


def in_order(events: Iterable[Happened]) -> list[Happened]:
    """Return events as they followed one another."""
    result = list(events)
    if len(result) > 1:
        result.sort(key=lambda event: (event.day, _RANKS.get(event.kind, 2)))
    return result
