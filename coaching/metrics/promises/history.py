"""What is known of one action item, moment by moment: its events replayed in their order."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from coaching.metrics.promises.due import Due, first_due
from coaching.metrics.timeline import Moment, moment_of, session_numbers, sessions_held
from coaching.model.rows import Rows
from coaching.text import is_blank

State = Literal["draft", "open", "done", "let_go"]
Outcome = Literal["draft", "open", "overdue", "on_time", "late", "done", "let_go"]
Row = Mapping[Any, Any]

_ITEM = (
    *("id", "label", "what", "owner", "person", "session", "held_on", "by", "origin", "becoming", "dream"),
    "experiment",
)
_EVENT = (
    "item event held_on session by_then due_from due_to person_from person_to rev".split()  # noqa: SIM905 -- a list
)


class Known(NamedTuple):
    """What is known of an action item after one of its events.

    `agreed_on` is None while it is only drafted; `closed_on` is the day it ended, None while it is open. It is whole
    once it has a what, an owner, a date and an agreement.
    """

    complete: bool
    person: str | None
    agreed_on: date | None = None
    due: Due = Due()
    ended: Literal["done", "let_go"] | None = None
    closed_on: date | None = None
    done_first_on: date | None = None
    times_reopened: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing that makes a promise of it."""
        return self.complete and self.agreed_on is not None and self.due.last is not None

    @property
    def state(self) -> State:
        """How it ended, whatever is missing; what has not ended is a draft until it is whole."""
        return self.ended or ("open" if self.is_whole else "draft")

    def outcome(self, asof: date) -> Outcome:
        """Return how it came out as known on `asof`; on time and late are told by the due date in force.

        What was done without a what, an owner or a date is done, and neither of the two.
        """
        state = self.state
        if state == "done" and self.is_whole:
            return "on_time" if _not_after(self.closed_on, self.due.in_force) else "late"
        if state == "open":
            return "open" if _not_after(asof, self.due.last) else "overdue"
        return state


@dataclass(frozen=True)
class History:
    """An action item and what was known of it after each of its events, in their order.

    Attributes
    ----------
    item
        Its row.
    steps
        When something happened, and what was known from then on; never empty.
    """

    item: Row
    steps: tuple[tuple[Moment, Known], ...]

    @property
    def start(self) -> Moment:
        """When it was drafted or agreed."""
        return self.steps[0][0]

    def at(self, moment: Moment) -> Known | None:
        """Return what was known at the end of a moment; None before the item was there."""
        if self.steps[-1][0] <= moment:  # as it is for most
            return self.steps[-1][1]
        place = bisect_right(self.steps, moment, key=itemgetter(0))
        return self.steps[place - 1][1] if place else None

    def before(self, moment: Moment) -> Known | None:
        """Return what was known when a moment began."""
        place = bisect_left(self.steps, moment, key=itemgetter(0))
        return self.steps[place - 1][1] if place else None


class _Sessions:
    """The sessions that were held, in their order, and the numbers of those that have one."""

    def __init__(self, entries: Rows) -> None:
        self.held = sessions_held(entries, date.max)
        self.numbers = session_numbers(entries)
        self._days = {one.id: one.moment.day for one in self.held}

    def day_of(self, session: str | None) -> date | None:
        """Return the day of a session; None of one that is not known."""
        return self._days.get(session or "")

    def first_from(self, day: date) -> str | None:
        """Return the first session that was held on a day or later."""
        place = bisect_left(self.held, Moment(day), key=lambda one: one.moment)
        return self.held[place].id if place < len(self.held) else None


def _done_day(event: Row, due: date | None, sessions: _Sessions) -> date:
    """Return the day on which an item was done, as far as anybody said.

    Parameters
    ----------
    event
        Row of the event that says it was done.
    due
        The due date in force.
    sessions
        All that were held.

    Notes
    -----
    METRICS.md, done day. A day of its own was said. "By then" is the date in force, unless it had not come yet. Where
    nothing is said, what was told in the first session from that date on was done by then: nobody could tell it before.
    """
    told: date = event["held_on"]
    if due is None or due >= told or event["by_then"] is False:
        return told
    if event["by_then"]:
        return due
    is_said = told != sessions.day_of(event["session"])
    return told if is_said or event["session"] != sessions.first_from(due) else due


def histories(entries: Rows) -> Iterator[History]:
    """Yield the history of every action item, in the order of their rows; an item without a day has none.

    Experiments have none either: they are never done or late (see `coaching.metrics.promises.experiments`).

    Events of one session of one day stand in the order in which they fit together: done before re-opened if the item
    was open, a move after the date that it moves from.
    """
    sessions = _Sessions(entries)
    events: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(entries.rows("item_event", _EVENT), key=itemgetter("rev")):
        events[row["item"]].append(row)
    for item in entries.rows("item", _ITEM):
        history = None if item["experiment"] else _history(item, events[item["id"]], sessions)
        if history is not None:
            yield history


def _history(item: Row, events: Sequence[Row], sessions: _Sessions) -> History | None:
    placed = [(moment_of(event, sessions.numbers), event) for event in events]
    waiting = sorted([(moment, event) for moment, event in placed if moment is not None], key=itemgetter(0))
    told = [event for _, event in waiting]
    agreed = next((moment for moment, event in waiting if event["event"] == "agreed"), None)
    drafted = moment_of(item, sessions.numbers)
    starts = [moment for moment in (drafted, agreed) if moment is not None]
    if not starts:
        return None
    complete = not is_blank(item["what"]) and item["owner"] is not None
    state = Known(complete, _first_person(item, told))
    due = first_due(item, told)
    start = min(starts)
    if agreed is None:
        state = _agreed(state, due, start.day)
    steps = [(start, state)]
    while waiting:
        moment, event = waiting.pop(_next(state, waiting))
        state = _agreed(state, due, moment.day) if event["event"] == "agreed" else _after(state, event, sessions)
        steps.append((max(moment, start), state))
    return History(item, tuple(steps))


def _first_person(item: Row, events: Sequence[Row]) -> str | None:
    """Return whose the item was at first; after a hand-over its row may already name the new owner."""
    handed = next((event for event in events if event["event"] == "handed_over"), None)
    person: str | None = (handed and handed["person_from"]) or item["person"]
    return person


def _next(state: Known, waiting: Sequence[tuple[Moment, Row]]) -> int:
    """Return the place of the event to take next: of those of the earliest moment the first that fits."""
    if len(waiting) == 1 or waiting[0][0] != waiting[1][0]:
        return 0
    together = takewhile(lambda pair: pair[0] == waiting[0][0], waiting)
    return next((place for place, (_, event) in enumerate(together) if _fits(state, event)), 0)


def _fits(state: Known, event: Row) -> bool:
    kind = str(event["event"])
    if kind == "agreed" or state.agreed_on is None:
        return kind == "agreed"
    if kind in {"done", "let_go", "reopened"}:
        return (state.ended is not None) == (kind == "reopened")
    if kind == "due_moved":
        return event["due_from"] in {None, state.due.last}
    return kind != "handed_over" or event["person_from"] in {None, state.person}


def _agreed(state: Known, due: date | None, on: date) -> Known:
    """Return what is known once the item was agreed; agreeing to it again says nothing new."""
    if state.agreed_on is not None:
        return state
    return state._replace(agreed_on=on, due=state.due if due is None else state.due.recorded(due, on))


def _after(state: Known, event: Row, sessions: _Sessions) -> Known:
    """Return what is known after an event; an end stands until the item is re-opened."""
    on, to = event["held_on"], event["due_to"]
    match event["event"]:
        case "due_moved" if to is not None:
            return state._replace(due=state.due.moved(to, on))
        case "done" if state.ended is None:
            done_on = _done_day(event, state.due.in_force, sessions)
            return state._replace(ended="done", closed_on=done_on, done_first_on=state.done_first_on or done_on)
        case "let_go" if state.ended is None:
            return state._replace(ended="let_go", closed_on=on)
        case "reopened" if state.ended is not None:
            due = state.due if to is None else state.due.recorded(to, on)
            return state._replace(
                due=due,
                ended=None,
                closed_on=None,
                times_reopened=state.times_reopened + (state.ended == "done"),
            )
        case "handed_over":
            return state._replace(person=event["person_to"])
        case _:
            return state


def _not_after(day: date | None, limit: date | None) -> bool:
    return day is not None and limit is not None and day <= limit
