"""One action item while lines of lists are taken in: what is known of it, and what each line adds to that.

A line says something new only if it is of a later day than all that is known, or says what was never known; so a list
that was brought in once says nothing new any more, and a stale one takes nothing back.
"""

from dataclasses import dataclass, field
from datetime import date

from coaching.formats.task_lists.task import Place, Task

_ENDS = ("done", "let_go")
_GIVES_A_DATE = ("agreed", "due_moved")


@dataclass(frozen=True)
class Happened:
    """What has happened to an action item; `due` is the date that it was then given, if one was.

    Without `is_dated` nothing says when, and `day` is that of the import.
    """

    day: date
    kind: str
    due: date | None = None
    is_dated: bool = True


@dataclass(repr=False)
class Carried:
    """An action item while lines are taken in.

    Attributes
    ----------
    id, what, owner, label
        As in its entry.
    since
        The day from which it is known.
    known
        What has happened to it, in its order.
    added
        What the lines add to that; the last of `known`.
    is_new
        Whether the workbook does not have it yet.
    is_dated
        Whether something says since when it is known; else `since` is the day of the import.
    places
        Where it stands in the lists.
    """

    id: str
    what: str
    owner: str | None
    since: date
    label: str = ""
    known: list[Happened] = field(default_factory=list)
    added: list[Happened] = field(default_factory=list)
    is_new: bool = False
    is_dated: bool = True
    places: list[Place] = field(default_factory=list)

    def __repr__(self) -> str:
        """Name it without its words."""
        return f"<Carried {self.id}>"

    @property
    def due(self) -> date | None:
        """The last date it was given."""
        return next((happened.due for happened in reversed(self.known) if happened.due), None)

    @property
    def ended(self) -> str | None:
        """How it ended; None while it is open."""
        ending = next((each.kind for each in reversed(self.known) if each.kind in (*_ENDS, "reopened")), None)
        return ending if ending in _ENDS else None

    @property
    def state(self) -> str:
        """How it stands: ``draft``, ``open``, ``done`` or ``let_go``; without an owner or a date it is a draft."""
        return (self.ended or "open") if self.owner and self.due else "draft"

    def take(self, task: Task, today: date) -> None:
        """Take in what a line says that is not known yet."""
        day, closed_on = task.seen_on, task.closed_on or task.seen_on
        ended = self._last(*_ENDS, "reopened")
        if self.ended and task.state not in _ENDS and day and day > ended:
            self._add("reopened", day, today)
        if task.by and self._is_given(task.by, day, today):
            self._add("due_moved" if self.due else "agreed", day, today, task.by)
        # What was told before it ended, or was opened again, is of no use any more.
        is_stale = self.ended or (ended > date.min and (day is None or day < ended))
        if task.state == "partly" and not is_stale and self._is_news(day, "partly"):
            self._add("partly", day, today)
        if task.state in _ENDS and not self.ended and self._is_news(closed_on, *_ENDS, "reopened"):
            self._add(task.state, closed_on, today)

    def _is_given(self, due: date, day: date | None, today: date) -> bool:
        """Tell whether a line of a day, or of none, gives it another date: a later word, or one never heard."""
        last = self._last(*_GIVES_A_DATE)
        is_heard_of = due in [each.due for each in self.known]
        return due != self.due and ((day is not None and day > last) or (not is_heard_of and (day or today) >= last))

    def _last(self, *kinds: str) -> date:
        return max((each.day for each in self.known if each.kind in kinds), default=date.min)

    def _is_news(self, day: date | None, *kinds: str) -> bool:
        """Tell whether something of a day, or of none, says more than is known of these kinds."""
        last = self._last(*kinds)
        return last == date.min or (day is not None and day > last)

    def _add(self, kind: str, day: date | None, today: date, due: date | None = None) -> None:
        if kind == "agreed" and self.is_new and len(self.places) == 1:
            happened = Happened(self.since, kind, due, is_dated=self.is_dated)
        else:
            happened = Happened(day or today, kind, due, is_dated=day is not None)
        self.known.append(happened)
        self.added.append(happened)
