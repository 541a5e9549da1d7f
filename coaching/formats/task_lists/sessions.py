"""Dated meeting notes → the sessions that they are of, with notes of each part and versions of the mission statement.

A day is one session: that of the workbook, where one was held on it. What stands under the heading of a part is a note
of that part, a mission statement is a version where its words are others than those in force, and all else is one note
of the day for its holder alone. Each has an id by its day and its words: what is read again is known already, and what
was changed in a file since comes in beside what stood there.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from unicodedata import normalize

from coaching.formats.incoming import Record
from coaching.formats.task_lists.target import ERASED, TO_COME, ImportTarget
from coaching.formats.task_lists.task import Part, Passage, Place, Remark
from coaching.i18n import say, to_say
from coaching.model.ids import derived_id, free_labels

_UNDATED = to_say("nothing says of which day it is; of such notes no session can be made")
_SEGMENTS: Mapping[Part | None, str] = {None: "opening", "mission": "dreams"}
_ORDER = ("yourself", "dreams", "mission", "who_what_when")


@dataclass(frozen=True)
class HeldSession:
    """A session that the workbook has."""

    id: str
    day: date
    label: str
    number: int | None


@dataclass(frozen=True, repr=False)
class Statement:
    """A mission statement that the workbook has."""

    day: date
    number: int | None
    text: str


@dataclass(frozen=True, repr=False)
class Sessions:
    """What the workbook has: its sessions, its mission statements, and the ids of all that is said in it."""

    held: Sequence[HeldSession] = ()
    statements: Sequence[Statement] = ()
    ids: Collection[str] = ()
    coach_on: Callable[[date], str | None] = lambda _day: None


@dataclass(frozen=True, repr=False)
class Noted:
    """A passage of meeting notes, and whether it is new: of a statement, also whether its words are others."""

    passage: Passage
    is_new: bool

    @property
    def is_statement(self) -> bool:
        """Whether it is a mission statement, and no note."""
        return self.passage.part == "mission"


@dataclass(frozen=True, repr=False)
class NotedSession:
    """A session of which notes speak, with what they say of it.

    Attributes
    ----------
    day, id, label
        As in its entry.
    is_new
        Whether the workbook does not have it yet.
    noted
        What the notes say.
    files
        In which files.
    """

    day: date
    id: str
    label: str
    is_new: bool
    noted: tuple[Noted, ...] = ()
    files: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Name it without words."""
        return f"<NotedSession {self.id}>"

    @property
    def has_news(self) -> bool:
        """Whether anything of it is new."""
        return self.is_new or any(one.is_new for one in self.noted)


@dataclass
class _Day:
    passages: list[Passage] = field(default_factory=list)
    files: set[str] = field(default_factory=set)


def sessions_of(
    passages: Iterable[Passage], tasks: Iterable[tuple[date | None, str]], existing: Sessions, target: ImportTarget
) -> tuple[tuple[NotedSession, ...], list[Record], list[Remark]]:
    """Return the sessions of which notes speak, the entries that come in, and what there is to say.

    Parameters
    ----------
    passages
        What the notes say besides action items.
    tasks
        The day and the file of each of their action items: on such a day the two met, whatever else was noted.
    existing
        What the workbook has.
    target
        The workbook.
    """
    remarks: list[Remark] = []
    days: dict[date, _Day] = {}
    for passage in sorted(passages, key=lambda passage: passage.place):
        if passage.day is None or passage.day > target.today:
            why = TO_COME if passage.day else _UNDATED
            remarks.append(Remark(passage.place, why, passage.words.split("\n")[0], is_unread=True))
            continue
        of_day = days.setdefault(passage.day, _Day())
        of_day.passages.append(passage)
        of_day.files.add(passage.place.file)
    for day, file in tasks:
        if day and day <= target.today:
            days.setdefault(day, _Day()).files.add(file)
    making = _Making(existing, target)
    sessions = tuple(making.session(day, days[day]) for day in sorted(days))
    return sessions, making.records, [*remarks, *making.remarks]


class _Making:
    """What comes in, session by session, from the first day on."""

    def __init__(self, existing: Sessions, target: ImportTarget) -> None:
        self.records: list[Record] = []
        self.remarks: list[Remark] = []
        self._made: set[str] = set()
        self._existing, self._target = existing, target
        self._is_private = target.visibility == "private"
        held = sorted(existing.held, key=lambda one: (one.number or 0, one.id), reverse=True)
        self._held = {one.day: one for one in held}
        self._labels = free_labels("S", [one.label for one in held], is_private=self._is_private)
        self._number = max((one.number or 0 for one in held), default=0)
        self._statements = sorted(existing.statements, key=lambda one: (one.day, one.number or 0))
        self._version = max((one.number or 0 for one in self._statements), default=0)

    def session(self, day: date, of_day: _Day) -> NotedSession:
        """Return the session of a day, and keep the records of what is new."""
        held = self._held.get(day)
        identity = held.id if held else derived_id(day, self._target.workbook, "session", "lists")
        if identity in self._target.erased:
            first = min(of_day.files)
            self.remarks.append(
                Remark(Place(first), say("the session of {day} was erased in this workbook, and stays erased", day=day))
            )
            return NotedSession(day, identity, "", is_new=False, files=tuple(sorted(of_day.files)))
        label = held.label if held else self._new_session(day, identity, of_day)
        noted = tuple(self._noted(passage, day, identity) for passage in of_day.passages)
        if not held:
            self._say_parts(day, identity, of_day)
        return NotedSession(day, identity, label, not held, noted, tuple(sorted(of_day.files)))

    def _new_session(self, day: date, identity: str, of_day: _Day) -> str:
        """Keep the record of a session; return its short name. A private one has no number: a gap would tell of it."""
        label, number = "", None
        if self._is_private:
            label = next(self._labels)
        else:
            self._number = number = self._number + 1
            label = f"S{number:02d}"
        self._record(
            "session", identity, day, label=label, number=number, person=self._existing.coach_on(day), closed=True,
            seen=tuple(sorted(of_day.files)),
        )  # fmt: skip
        return label

    def _say_parts(self, day: date, session: str, of_day: _Day) -> None:
        """Keep that the parts of which there are notes took place."""
        segments = {_segment(passage.part) for passage in of_day.passages if passage.part}
        for segment in sorted(segments):
            identity = derived_id(day, session, "segment", "lists", segment)
            if identity not in self._existing.ids and identity not in self._target.erased:
                self._record("segment", identity, day, session=session, segment=segment)

    def _noted(self, passage: Passage, day: date, session: str) -> Noted:
        kind = "mission" if passage.part == "mission" else "note"
        digest = sha256(_plain(passage.words).encode("utf-8", "surrogatepass")).hexdigest()
        identity = derived_id(day, self._target.workbook, kind, "lists", passage.part or "", digest)
        if identity in self._target.erased:
            self.remarks.append(Remark(passage.place, ERASED))
            return Noted(passage, is_new=False)
        if identity in self._existing.ids or identity in self._made:
            return Noted(passage, is_new=False)
        if kind == "note":
            own = {"segment": _segment(passage.part), "topic": "notes", "text": passage.words}
            visibility = "private" if passage.part is None else self._target.visibility
            self._record("note", identity, day, session=session, visibility=visibility, **own)
            return Noted(passage, is_new=True)
        return Noted(passage, is_new=self._statement(passage, day, identity, session))

    def _statement(self, passage: Passage, day: date, identity: str, session: str) -> bool:
        """Keep a mission statement if its words are others than those in force on its day; tell whether they are."""
        before = [one for one in self._statements if one.day <= day]
        if before and _plain(before[-1].text) == _plain(passage.words):
            return False
        number = None
        if not self._is_private:
            self._version = number = self._version + 1
        self._record(
            "mission",
            identity,
            day,
            session=session,
            author=self._target.holder if self._is_private else "coachee",
            number=number,
            text=passage.words,
            confirmed=True,
        )
        self._statements.append(Statement(day, number, passage.words))
        self._statements.sort(key=lambda one: (one.day, one.number or 0))
        return True

    def _record(self, kind: str, identity: str, day: date, **fields: object) -> None:
        self._made.add(identity)
        record = {
            "kind": kind, "id": identity, "held_on": day, "author": self._target.holder,
            "visibility": self._target.visibility, **fields,
        }  # fmt: skip
        self.records.append({name: value for name, value in record.items() if value is not None})


def _segment(part: Part | None) -> str:
    return _SEGMENTS.get(part) or part or ""


def _plain(words: str) -> str:
    return " ".join(normalize("NFC", words).split())


def in_order(noted: Iterable[Noted]) -> Iterator[Noted]:
    """Return what notes say in the order of the parts of a session, what is under no heading last."""
    return iter(sorted(noted, key=lambda one: _ORDER.index(one.passage.part) if one.passage.part else len(_ORDER)))
