"""The records of one nested file while they are being made: ids, sides, days, and who may read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from coaching.formats.incoming import Record
from coaching.model.earlier_versions import renewed
from coaching.model.ids import derived_id
from tests.invented_year import form

_OURS = {"person": "coachee", "person_chose_to_start": "coachee_chose_to_start", "created": "agreed"}


def ours(word: str | None) -> str | None:
    """Return the workbook's own word for one of the file's."""
    return None if word is None else _OURS.get(word, word)


@dataclass(frozen=True)
class Reading:
    """Whose words something is, and who may read it.

    Parameters
    ----------
    author
        ``"coach"`` or ``"coachee"``.
    visibility
        ``"private"`` or ``"pair"``.
    """

    author: str
    visibility: str

    def hidden_from(self, holder: str) -> bool:
        """Return whether a copy of `holder` may not even hint at it."""
        return self.visibility == "private" and self.author != holder


def readable(visible: str | None, author: str) -> Reading:
    """Return who may read what the file calls `visible`; what says nothing is its author's alone."""
    match visible:
        case "person_private":
            return Reading("coachee", "private")
        case "coach_private":
            return Reading("coach", "private")
        case "shared":
            return Reading(author, "pair")
        case _:
            return Reading(author, "private")


def _identities(year: form.Year, workbook: str) -> Iterator[tuple[tuple[str, str], str]]:
    days = {session.id: session.date for session in year.sessions}
    for session in year.sessions:
        yield ("session", session.id), derived_id(session.date, workbook, "session", session.id)
    for label in (year.person.id, *(coach.id for coach in year.coaches)):
        yield ("person", label), derived_id(None, workbook, "person", label)
    for dream in year.dreams:
        yield ("dream", dream.id), derived_id(days.get(dream.since or ""), workbook, "dream", dream.id)
    for becoming in year.becoming:
        yield ("becoming", becoming.id), derived_id(days.get(becoming.since or ""), workbook, "becoming", becoming.id)
    for item in year.items:
        yield ("item", item.id), derived_id(agreed_on(item, days), workbook, "item", item.id)


def agreed_on(item: form.Item, days: dict[str, date]) -> date:
    """Return the day of the created event, or of the session if the file has no such event."""
    created = (event.date for event in item.events if event.event == "created")
    return next(created, days[item.created_session])


@dataclass(repr=False)
class Book:
    """The records so far, and what is needed to make the next one.

    Parameters
    ----------
    year
        The file; every label in it names something in it.
    workbook
        ULID of the workbook.
    """

    year: form.Year
    workbook: str
    records: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._days = {session.id: session.date for session in self.year.sessions}
        self._ids = dict(_identities(self.year, self.workbook))
        self._used: Counter[tuple[str, ...]] = Counter()

    def __repr__(self) -> str:
        """Count records, show none."""
        return f"<Book: {len(self.records)} records>"

    def add(self, kind: str, names: tuple[str, ...], day: date | None, reading: Reading, **fields: Any) -> None:
        """Add an entry; fields without a value are left out.

        Parameters
        ----------
        kind
            The kind of entry.
        names
            What tells it from the others of its kind; the second with the same names is told by its number.
        day
            The day it belongs to, if there is one.
        reading
            Whose words it is and who may read it.
        **fields
            The kind's own fields.
        """
        self._used[kind, *names] += 1
        again = self._used[kind, *names]
        parts = (kind, *names, *([f"#{again}"] if again > 1 else []))
        record = {
            "kind": kind,
            "id": derived_id(day, self.workbook, *parts),
            "held_on": day,
            "author": reading.author,
            "visibility": reading.visibility,
            **fields,
        }
        self.records.append(renewed({name: value for name, value in record.items() if value is not None}))

    def id(self, kind: str, label: str | None) -> str | None:
        """Return the id of what a label names; none for no label."""
        return None if label is None else self._ids[kind, label]

    def ids(self, kind: str, labels: list[str]) -> tuple[str, ...] | None:
        """Return the ids of what labels name; none for no labels."""
        return tuple(self._ids[kind, label] for label in labels) or None

    def day(self, session: str | None) -> date | None:
        """Return the date of a session, by its label."""
        return None if session is None else self._days[session]

    def agreed_on(self, item: form.Item) -> date:
        """Return the day on which an action item was agreed."""
        return agreed_on(item, self._days)

    def told_of(self, session: str, side: str) -> Iterator[tuple[form.Line, str]]:
        """Yield the lines that one side told in a session of what it told before, and the id of the note of each."""
        for thread in self.year.threads:
            if self.side(thread.owner) == side:
                yield from ((line, self._note_of(thread)) for line in thread.lines if line.session == session)

    def served_by(self, item: form.Item) -> str | None:
        """Return the id of the note of a goal or a plan that an action item serves, if it serves one."""
        return next((self._note_of(thread) for thread in self.year.threads if item.id in thread.items), None)

    def _note_of(self, thread: form.Thread) -> str:
        names = (thread.session, "yourself", thread.topic, self.side(thread.owner))
        return derived_id(self.day(thread.session), self.workbook, "note", *names)

    def item_reading(self, item: form.Item) -> Reading:
        """Return who may read an action item, its events and its reviews."""
        return readable(item.visibility, self.side(item.owner))

    def side(self, person: str | None) -> str:
        """Return the side of a person, by label; the coachee's if nobody is named."""
        return "coachee" if person in (None, self.year.person.id) else "coach"
