"""One workbook: the object behind notebooks and commands, and the one place where the edges meet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from coaching import interchange
from coaching.entries import Person, Session
from coaching.entry import Entry
from coaching.exceptions import InterchangeError, InvalidEntryError
from coaching.forms import Context, Party, Records
from coaching.frames import Frames, current, frames, records
from coaching.identity import derived_id, new_id
from coaching.metrics.report import figures
from coaching.parsing import parse
from coaching.revisions import revise
from coaching.schema import readable, to_table
from coaching.sharing import Audience, Shared, holdings, share
from coaching.store import Snapshot, Store, write_file
from coaching.vocabulary import Side

Clock = Callable[[], datetime]
_PROBLEMS_SHOWN = 5


@dataclass(frozen=True)
class Added:
    """What an import changed: how many entries came in, were known already, or were left out as private."""

    new: int
    known: int
    left_out: int


class Workbook:
    """The entries of one pair, and what can be done with them.

    Parameters
    ----------
    store
        Where they are.
    clock
        Gives the local time, with its zone.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._writer = new_id(clock())
        self._known: dict[str, Entry] = {}
        self._own: dict[str, Entry] = {}

    def __repr__(self) -> str:
        """Name the workbook by its id."""
        return f"<Workbook {self.id}>"

    @property
    def id(self) -> str:
        """The workbook's ULID."""
        return self._store.workbook

    @property
    def holder(self) -> Side:
        """Whose copy this is."""
        return Side(self._store.holder)

    @property
    def name(self) -> str:
        """The coachee's name."""
        entries, _ = readable(current(self._store.read().history))
        return _party(_people(entries), Side.COACHEE, self._today()).name

    def problems(self) -> list[str]:
        """Return what of the workbook's files could not be read, one sentence each, naming the workbook by its id."""
        snapshot = self._store.read()
        found = [f"{problem.file} {problem.reason}." for problem in snapshot.problems]
        found += [f"entries: {problem}" for problem in readable(current(snapshot.history))[1]]
        if not found and not snapshot.history.num_rows:
            found = ["entries holds nothing; put its files back from a backup, or remove the workbook's folder."]
        return [f"{self.id}/{problem}" for problem in found]

    def frames(self) -> Frames:
        """Return the current entries as frames."""
        return frames(current(self._store.read().history))

    def shared(self, audience: Audience = Audience.HOLDER) -> Shared:
        """Return what an audience may read of the current entries."""
        return share(self.frames(), audience)

    def figures(self, asof: date | None = None) -> dict[str, Any]:
        """Return every figure of the workbook as of a day, today by default."""
        return dict(figures(self.frames(), asof or self._today()))

    def page(self, audience: Audience, period: str = "all", asof: date | None = None) -> str:
        """Return the summary page for an audience, as HTML; of a past period, as it was known on its last day.

        Raises
        ------
        CoachingError
            If the period is none that can be asked for.
        """
        from coaching import summary  # noqa: PLC0415 - brings in matplotlib, which only pages and charts need
        from coaching.metrics.periods import last_day, parse_period  # noqa: PLC0415

        chosen = parse_period(period)
        known_on = asof or last_day(chosen, self._today())
        return summary.page(self.shared(audience), asof=known_on, period=chosen)

    def write_page(self, file: Path, audience: Audience, period: str = "all", asof: date | None = None) -> None:
        """Write the summary page as a file, whole or not at all, readable for its owner alone.

        Raises
        ------
        CoachingError
            If the file cannot be written, its ending is not .html, or the period is none that can be asked for.
        """
        _check_ending(file, ".html")
        write_file(file, self.page(audience, period, asof))

    def write_export(self, file: Path, audience: Audience = Audience.HOLDER) -> None:
        """Write what an audience may read as JSON, as a file, whole or not at all, readable for its owner alone.

        Raises
        ------
        CoachingError
            If the file cannot be written, or its ending is of no known form.
        """
        _check_ending(file, ".json")
        write_file(file, self.exported(audience))

    def exported(self, audience: Audience = Audience.HOLDER) -> str:
        """Return what an audience may read as JSON; for the holder, with every revision."""
        history = self._store.read().history
        shown = frames(history if audience is Audience.HOLDER else current(history))
        return interchange.write(share(shown, audience), self.id, self.holder.value)

    def add(self, incoming: Sequence[Mapping[str, Any]]) -> Added:
        """Bring in records: all of them in one durable act, or none.

        A record without revision is new unless its entry has said the same before. What is private to the other side
        is left out.

        Raises
        ------
        InterchangeError
            If a record breaks the rules of its kind; nothing was changed.
        """
        allowed = self._allowed(self._parsed(incoming))
        history, _ = readable(self._store.read().history)
        known_revs = {(entry.id, entry.rev) for entry in history}
        latest = {entry.id: entry for entry in sorted(history, key=lambda entry: entry.rev)}
        contents: dict[str, list[dict[str, Any]]] = {}
        for entry in history:
            contents.setdefault(entry.id, []).append(entry.content())
        revised = [entry for entry in allowed if entry.rev and (entry.id, entry.rev) not in known_revs]
        said = {
            entry.id: entry.content()
            for entry in allowed
            if not entry.rev and entry.content() not in contents.get(entry.id, [])
        }
        fresh = revise(said, latest, {}, next_rev=self._next_rev, saved_at=self._now())
        new = [*revised, *fresh.values()]
        self._store.save(new)
        return Added(new=len(new), known=len(allowed) - len(new), left_out=len(incoming) - len(allowed))

    def sit_down(self, session: str | None = None) -> Context:
        """Return what the forms of a session need: this session, or the one not closed yet, or the next.

        From here on `keep` and `close` belong to this session.
        """
        snapshot = self._store.read()
        entries = self._entries(snapshot)
        found = entries.get(session or self._unclosed(snapshot, entries) or "")
        (identity, label), number, held_on = self._next(entries), self._next_number(entries), self._today()
        if isinstance(found, Session) and not found.withdrawn:
            identity, number, held_on = found.id, found.number or number, found.held_on or held_on
            label = found.label or _label(number)
        before = {e.id: e for e in entries.values() if identity not in {e.session, e.id} and not e.withdrawn}
        own = (e for e in entries.values() if identity in {e.session, e.id} and not e.withdrawn)
        people = _people(entry for entry in entries.values() if not entry.withdrawn)
        context = Context(
            workbook=self.id,
            holder=self.holder,
            coach=_party(people, Side.COACH, held_on),
            coachee=_party(people, Side.COACHEE, held_on),
            session=identity,
            label=label,
            number=number,
            held_on=held_on,
            before=frames(to_table(before.values())),
            earlier=before,
            own=tuple(sorted(own, key=lambda entry: entry.id)),
        )
        # A writer of its own each time: a draft replaces the writer's draft before, and what that held is known now.
        self._known, self._own, self._writer = entries, {}, new_id(self._clock())
        return context

    def sessions(self) -> list[Session]:
        """Return the sessions, newest first."""
        found = _sessions(self._entries(self._store.read()))
        return sorted(found, key=lambda session: (session.held_on or date.min, session.number or 0), reverse=True)

    def next_session(self) -> tuple[str, str]:
        """Return id and short name of the session that comes after all others."""
        return self._next(self._entries(self._store.read()))

    def keep(self, session: str, said: Records) -> None:
        """Keep what a session says as a draft; it is on disk when this returns."""
        own = revise(said, self._known, self._own, next_rev=self._next_rev, saved_at=self._now())
        if own != self._own:
            self._store.draft(session, self._writer, list(own.values()))
            self._own = own

    def close(self, session: str) -> None:
        """Make the session's drafts part of the workbook for good."""
        self._store.commit(session)
        self._known |= self._own
        self._own = {}

    def _parsed(self, incoming: Sequence[Mapping[str, Any]]) -> list[Entry]:
        entries, problems = [], []
        for record in incoming:
            try:
                entries.append(parse({"rev": 0, "saved_at": self._now()} | dict(record)))
            except InvalidEntryError as problem:
                problems.append(str(problem))
        if problems:
            more = len(problems) - _PROBLEMS_SHOWN
            shown = " ".join(problems[:_PROBLEMS_SHOWN]) + (f" And {more} more." if more > 0 else "")
            raise InterchangeError(f"Nothing was brought in. {shown}")
        return entries

    def _allowed(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return the entries that this holder's copy may hold."""
        return [parse(record) for record in records(holdings(frames(to_table(entries)), self.holder))]

    def _entries(self, snapshot: Snapshot) -> dict[str, Entry]:
        """Return the newest revision of every entry, withdrawn ones too."""
        entries, _ = readable(snapshot.history)
        return {entry.id: entry for entry in sorted(entries, key=lambda entry: entry.rev)}

    def _unclosed(self, snapshot: Snapshot, entries: Mapping[str, Entry]) -> str | None:
        drafted = [session for session in _sessions(entries) if session.id in snapshot.drafted]
        return max(drafted, key=lambda session: session.rev).id if drafted else None

    def _next(self, entries: Mapping[str, Entry]) -> tuple[str, str]:
        number = self._next_number(entries)
        return derived_id(self._today(), self.id, "session", str(number)), _label(number)

    def _next_number(self, entries: Mapping[str, Entry]) -> int:
        return max((session.number or 0 for session in _sessions(entries)), default=0) + 1

    def _next_rev(self) -> int:
        return self._store.next_rev(self._now())

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC)

    def _today(self) -> date:
        return self._clock().date()


def _check_ending(file: Path, ending: str) -> None:
    """Refuse a file of another kind: it would be replaced by what its name does not say."""
    if file.suffix.lower() != ending:
        raise InterchangeError(f"'{file}' cannot be written: its name must end in {ending}.")


def _sessions(entries: Mapping[str, Entry]) -> list[Session]:
    return [entry for entry in entries.values() if isinstance(entry, Session) and not entry.withdrawn]


def _people(entries: Iterable[Entry]) -> list[Person]:
    people = [entry for entry in entries if isinstance(entry, Person)]
    return sorted(people, key=lambda person: (person.held_on or date.min, person.label or "", person.id))


def _party(people: Sequence[Person], side: Side, day: date) -> Party:
    """Return who stands on one side on a day: of several coaches the one whose time it is."""
    known = [person for person in people if person.side is side]
    then = [p for p in known if (p.since_on or date.min) <= day <= (p.until_on or date.max)]
    found = max(then or known, key=lambda person: person.since_on or date.min, default=None)
    return Party(found.id if found else None, (found.name if found else None) or f"the {side}")


def _label(number: int) -> str:
    return f"S{number:02d}"
