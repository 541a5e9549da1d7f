"""Sessions and people of a workbook: which session is at hand, which is next, and who sits at the table."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from coaching.i18n import say
from coaching.model.entries import Person, Session
from coaching.model.entry import Entry
from coaching.model.ids import derived_id
from coaching.model.revisions import conflicts, latest
from coaching.model.rows import EntryRows
from coaching.model.vocabulary import Kind, Side, Visibility
from coaching.text import filled
from coaching.workbook.context import Context, Party


def context(
    workbook: str, holder: Side, history: Sequence[Entry], drafted: frozenset[str], session: str | None, today: date
) -> Context:
    """Return what the forms of a session know: this session, or the one not closed yet, or the next.

    Parameters
    ----------
    workbook
        Id of the workbook.
    holder
        Whose copy it is.
    history
        All revisions of its entries.
    drafted
        Ids of the sessions that have drafts.
    session
        Id of the session that is wanted, if one is.
    today
        The day of a session that begins now.
    """
    entries = latest(history)
    chosen = entries.get(session or _unclosed(drafted, entries) or "")
    (identity, label), number, held_on = following(workbook, entries, today), _next_number(entries), today
    if isinstance(chosen, Session) and not chosen.withdrawn:
        identity, number, held_on = chosen.id, chosen.number or number, chosen.held_on or held_on
        label = chosen.label or _label(number)
    before = {e.id: e for e in entries.values() if identity not in {e.session, e.id} and not e.withdrawn}
    own = {e.id: e for e in entries.values() if identity in {e.session, e.id}}
    people = people_of(entries.values())
    return Context(
        workbook=workbook,
        holder=holder,
        coach=party(people, Side.COACH, held_on),
        coachee=party(people, Side.COACHEE, held_on),
        session=identity,
        label=label,
        number=number,
        held_on=held_on,
        before=EntryRows(before.values()),
        earlier=before,
        own=tuple(sorted((e for e in own.values() if not e.withdrawn), key=lambda entry: entry.id)),
        elsewhere={i: others for i, others in conflicts(history).items() if i in own},
    )


def following(workbook: str, entries: Mapping[str, Entry], today: date) -> tuple[str, str]:
    """Return id and short name of the session that comes after all others."""
    number = _next_number(entries)
    return derived_id(today, workbook, "session", str(number)), _label(number)


def newest_first(entries: Mapping[str, Entry]) -> list[Session]:
    """Return the sessions, newest first."""
    return sorted(
        _sessions(entries), key=lambda session: (session.held_on or date.min, session.number or 0), reverse=True
    )


def people_of(entries: Iterable[Entry]) -> list[Person]:
    """Return the people, in the order in which they came."""
    people = [entry for entry in entries if isinstance(entry, Person) and not entry.withdrawn]
    return sorted(people, key=lambda person: (person.held_on or date.min, person.label or "", person.id))


def new_person(workbook: str, side: Side, name: str | None) -> dict[str, Any]:
    """Return what a new workbook says of one of its two people."""
    label = {Side.COACH: "C1", Side.COACHEE: "P1"}[side]
    identity = derived_id(None, workbook, Kind.PERSON, label)
    common = {"kind": Kind.PERSON, "id": identity, "author": side, "visibility": Visibility.PAIR, "label": label}
    return common | {"side": side, "name": filled(name)}


def side_called(side: str) -> str:
    """Return what somebody is called whose name nobody has said."""
    return say("the coach") if side == Side.COACH else say("the coachee")


def party(people: Sequence[Person], side: Side, day: date) -> Party:
    """Return who stands on one side on a day: of several coaches the one whose time it is."""
    on_side = [person for person in people if person.side is side]
    then = [p for p in on_side if (p.since_on or date.min) <= day <= (p.until_on or date.max)]
    found = max(then or on_side, key=lambda person: person.since_on or date.min, default=None)
    full_name = (found.name if found else None) or side_called(side)
    return Party(found.id if found else None, (found and found.known_as) or full_name, full_name)


def _sessions(entries: Mapping[str, Entry]) -> list[Session]:
    return [entry for entry in entries.values() if isinstance(entry, Session) and not entry.withdrawn]


def _unclosed(drafted: frozenset[str], entries: Mapping[str, Entry]) -> str | None:
    unclosed = [session for session in _sessions(entries) if session.id in drafted]
    return max(unclosed, key=lambda session: session.rev).id if unclosed else None


def _next_number(entries: Mapping[str, Entry]) -> int:
    return max((session.number or 0 for session in _sessions(entries)), default=0) + 1


def _label(number: int) -> str:
    return f"S{number:02d}"
