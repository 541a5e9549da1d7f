"""The threads of a workbook: what somebody told that can move, and how it went on since."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from coaching.metrics.timeline import Held, Moment, moment_of, session_numbers, sessions_held
from coaching.model.rows import Rows
from coaching.model.vocabulary import (
    ENDS,
    LIVES,
    BecomingStatus,
    DreamStatus,
    Kind,
    Side,
    ThreadKind,
    ThreadStatus,
    Topic,
)
from coaching.text import filled

Row = Mapping[str, Any]

#: A thread that was touched in none of so many sessions rests.
RESTS_AFTER: Final = 3

_COMMON: Final = ("id", "label", "author", "visibility", "session", "held_on", "text")
_NOTES: Final = frozenset({ThreadKind.GOAL, ThreadKind.PLAN, ThreadKind.FAILURE})
#: What a dream or a becoming says of itself; what is told of it later counts for more.
_DREAM_STATUS: Final = {
    ThreadStatus.ALIVE: DreamStatus.ACTIVE,
    ThreadStatus.RESTING: DreamStatus.RESTING,
    ThreadStatus.CAME_TRUE: DreamStatus.CAME_TRUE,
    ThreadStatus.LET_GO: DreamStatus.LET_GO,
}
_BECOMING_STATUS: Final = {
    ThreadStatus.ON_THE_WAY: BecomingStatus.ACTIVE,
    ThreadStatus.REACHED: BecomingStatus.REACHED,
    ThreadStatus.LET_GO: BecomingStatus.LET_GO,
}
_OF_A_DREAM: Final[Mapping[str, ThreadStatus]] = {own: status for status, own in _DREAM_STATUS.items()}
_OF_A_BECOMING: Final[Mapping[str, ThreadStatus]] = {own: status for status, own in _BECOMING_STATUS.items()}


@dataclass(frozen=True, repr=False)
class Step:
    """One dated line of a thread.

    Attributes
    ----------
    id
        Of its entry.
    on
        Its day; None where it has none.
    session
        Id of the session in which it was told, if it was in one.
    status
        Where the thread stands since; None where the line says nothing of it.
    text
        Its words; None without any.
    visibility
        Who may read it.
    """

    id: str
    on: date | None
    session: str | None
    status: ThreadStatus | None
    text: str | None
    visibility: str


@dataclass(frozen=True, repr=False)
class Thread:
    """Something that was told and can move: a goal, a plan, a failure, a dream, or who somebody wants to become.

    Attributes
    ----------
    id, label
        Of the entry in which it was told.
    kind
        What it is.
    owner
        Whose it is.
    visibility
        Who may read it.
    title, text
        Its words; of a dream the title, and more words. At least one of them says something.
    begun_on
        The day on which it was told; None where that is not known.
    begun_in
        Id of the session in which it was told; None outside of one.
    status
        Where it stands.
    ended_on, ended_in
        The day, and the id of the session, with which it came to its end; None while it goes on, or where not known.
    steps
        Its dated lines, oldest first.
    came_up
        Ids of the sessions in which it is noted that it came up, in their order, without the one in which it began.
    promises
        Ids of the action items that serve it.
    sessions_since
        How many sessions were held since it was told, moved, or came up last.
    """

    id: str
    label: str | None
    kind: ThreadKind
    owner: Side
    visibility: str
    title: str | None
    text: str | None
    begun_on: date | None
    begun_in: str | None
    status: ThreadStatus
    ended_on: date | None
    ended_in: str | None
    steps: tuple[Step, ...]
    came_up: tuple[str, ...]
    promises: tuple[str, ...]
    sessions_since: int

    @property
    def words(self) -> str:
        """What it is called by: its title, else its words."""
        return self.title or self.text or ""

    @property
    def standing(self) -> dict[str, str | None]:
        """Where it stands, in the fields of its entry: of a dream and of a becoming, which have such fields."""
        if self.kind is ThreadKind.DREAM:
            return {"dream_status": _DREAM_STATUS[self.status]}
        if self.kind is ThreadKind.BECOMING:
            return {"becoming_status": _BECOMING_STATUS[self.status], "until": self.ended_in}
        return {}

    @property
    def is_over(self) -> bool:
        """Whether it has come to its end; a failure has once it is told what it taught."""
        if self.kind is ThreadKind.FAILURE:
            return any(step.text for step in self.steps)
        return self.status in ENDS

    @property
    def ended_without_line(self) -> date | None:
        """The day on which it came to its end, where its own entry alone says so, and none of its lines."""
        return None if any(step.status for step in self.steps) else self.ended_on

    @property
    def rests(self) -> bool:
        """Whether it goes on and lies quietly: its owner says so, or it was touched in none of the last sessions."""
        return not self.is_over and (self.status is ThreadStatus.RESTING or self.sessions_since >= RESTS_AFTER)


def threads(entries: Rows, asof: date) -> tuple[Thread, ...]:
    """Return every thread, as known at the end of a day, in the order in which they were begun.

    A thread without words, or erased, is none. One without a day is known on every day.

    Parameters
    ----------
    entries
        One revision of each entry; of an audience, what it may read (see `coaching.model.sharing.share`).
    asof
        What is of later days is left out.
    """
    numbers = session_numbers(entries)
    sessions = sessions_held(entries, asof)
    steps = steps_by_id(entries, asof)
    came_up = _came_up(entries)
    promises = _promises(entries, asof)
    origins = [origin for origin in _origins(entries) if _is_known(origin.row, asof) and (origin.title or origin.text)]
    begun = sorted(origins, key=lambda origin: (_place(origin.row, numbers), origin.row["id"]))
    return tuple(
        _thread(
            origin,
            steps.get(origin.row["id"], ()),
            [held for held in sessions if held.id in came_up.get(origin.row["id"], ())],
            tuple(promises.get(origin.row["id"], ())),
            numbers,
            sessions,
        )
        for origin in begun
    )


@dataclass(frozen=True)
class _Origin:
    """The entry in which a thread was told."""

    kind: ThreadKind
    row: Row
    title: str | None
    text: str | None
    status: ThreadStatus
    ended_in: str | None = None


def _origins(entries: Rows) -> Iterator[_Origin]:
    for row in entries.rows(Kind.NOTE, [*_COMMON, "topic"]):
        # A coach's dream stands in a note; the coachee's have entries of their own, beside what was noted of them.
        if row["topic"] in _NOTES or (row["topic"] == Topic.DREAM and row["author"] == Side.COACH):
            kind = ThreadKind(row["topic"])
            yield _Origin(kind, row, None, filled(row["text"]), LIVES[kind][0])
    for row in entries.rows(Kind.DREAM, [*_COMMON, "title", "dream_status"]):
        if row["dream_status"] in _OF_A_DREAM:
            status = _OF_A_DREAM[row["dream_status"]]
            yield _Origin(ThreadKind.DREAM, row, filled(row["title"]), filled(row["text"]), status)
    for row in entries.rows(Kind.BECOMING, [*_COMMON, "becoming_status", "until"]):
        status = _OF_A_BECOMING[row["becoming_status"]]
        yield _Origin(ThreadKind.BECOMING, row, None, filled(row["text"]), status, row["until"])


def _thread(
    origin: _Origin,
    steps: Iterable[Step],
    came_up: list[Held],
    promises: tuple[str, ...],
    numbers: Mapping[str, int],
    sessions: tuple[Held, ...],
) -> Thread:
    row = origin.row
    own = [_of_its_life(step, origin.kind) for step in steps]
    last = next((step for step in reversed(own) if step.status), None)
    status = last.status if last and last.status else origin.status
    ended = status in ENDS
    ended_in = (last.session if last else origin.ended_in) if ended else None
    held_on = {held.id: held.moment.day for held in sessions}
    touched = [_place(row, numbers), *(_moment(step, numbers) for step in own), *(held.moment for held in came_up)]
    return Thread(
        id=row["id"],
        label=row["label"],
        kind=origin.kind,
        owner=Side(row["author"]),
        visibility=row["visibility"],
        title=origin.title,
        text=origin.text,
        begun_on=row["held_on"],
        begun_in=row["session"],
        status=status,
        ended_on=(last.on if last else held_on.get(ended_in or "")) if ended else None,
        ended_in=ended_in,
        steps=tuple(own),
        came_up=tuple(held.id for held in came_up if held.id != row["session"]),
        promises=promises,
        sessions_since=sum(held.moment > max(touched) for held in sessions),
    )


def _of_its_life(step: Step, kind: ThreadKind) -> Step:
    """Return a line without a status that its thread cannot have: a file from elsewhere may say any."""
    if step.status in LIVES[kind] or step.status is None:
        return step
    return Step(step.id, step.on, step.session, None, step.text, step.visibility)


def steps_by_id(entries: Rows, asof: date) -> Mapping[str, list[Step]]:
    """Return the lines of each thread by its id, oldest first; those of one session as they were written.

    Those of what is no thread any more, such as an erased dream, are among them, with whatever status they say.
    """
    numbers = session_numbers(entries)
    columns = ["id", "rev", "about", "session", "held_on", "status", "text", "visibility"]
    rows = [row for row in entries.rows(Kind.PROGRESS, columns) if _is_known(row, asof)]
    steps: defaultdict[str, list[Step]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (_place(row, numbers), row["rev"], row["id"])):
        status = ThreadStatus(row["status"]) if row["status"] else None
        text = filled(row["text"])
        if status or text:
            step = Step(row["id"], row["held_on"], row["session"], status, text, row["visibility"])
            steps[row["about"]].append(step)
    return steps


def _came_up(entries: Rows) -> Mapping[str, set[str]]:
    """Return the ids of the sessions in which a dream or a becoming came up, by its id."""
    sessions: defaultdict[str, set[str]] = defaultdict(set)
    for row in entries.rows(Kind.SEGMENT, ["session", "dreams", "becoming"]):
        for identity in (*(row["dreams"] or ()), row["becoming"]):
            if identity and row["session"]:
                sessions[identity].add(row["session"])
    return sessions


def _promises(entries: Rows, asof: date) -> Mapping[str, list[str]]:
    promises: defaultdict[str, list[str]] = defaultdict(list)
    for row in entries.rows(Kind.ITEM, ["id", "held_on", "becoming", "dream", "goal"]):
        for identity in dict.fromkeys((row["becoming"], row["dream"], row["goal"])):
            if identity and _is_known(row, asof):
                promises[identity].append(row["id"])
    return promises


def _is_known(row: Row, asof: date) -> bool:
    return row["held_on"] is None or row["held_on"] <= asof


def _place(row: Row, numbers: Mapping[str, int]) -> Moment:
    """Return when an entry was told; one without a day comes before all others."""
    return moment_of(row, numbers) or Moment(date.min)


def _moment(step: Step, numbers: Mapping[str, int]) -> Moment:
    return Moment(step.on or date.min, numbers.get(step.session or "", 0))
