"""Looks for words in one workbook."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from coaching.errors import CoachingError
from coaching.metrics.periods import Period
from coaching.model.entries import MODELS, Person
from coaching.model.entry import Leaves, Refers, fields_marked
from coaching.model.schema import LISTS, readable, several
from coaching.model.vocabulary import Kind, Segment, Side, Visibility
from coaching.workbook.search.findings import Findings, Hit, InSession, Passage, passages
from coaching.workbook.search.index import Numbers, Ranks, TextIndex, fields_told
from coaching.workbook.search.query import Forms, Query
from coaching.workbook.search.wish import KIND_NAMES, PARTS, Wish, kind_called, part_called, side_of
from coaching.workbook.sessions import party

Mask = npt.NDArray[np.bool_]
Record = Mapping[str, Any]

#: By kind, the field that holds the id of the entry above: the promise of an event, the dream of what was told later.
_ABOVE: Final[Mapping[Kind, str]] = {kind: model.covered_by for kind, model in MODELS.items() if model.covered_by}
_NEVER_LEAVE: Final = [kind.value for kind, model in MODELS.items() if "kind" not in fields_marked(model, Leaves)]
#: References that lead along no thread: to a session or a person.
_NO_THREAD: Final = frozenset({"session", "person", "person_from", "person_to", "until"})
_THREAD: Final = sorted(
    {name for model in MODELS.values() for name in fields_marked(model, Refers)} - _NO_THREAD - LISTS.keys()
)
_DAY_ZERO: Final = date(1970, 1, 1).toordinal()
#: Stands for the day of what has none: before all others.
_UNDATED: Final = -(2**31)


class Reading:
    """The rows of a workbook as a search sees them: which may be read by both, whose they are, when they were said.

    Parameters
    ----------
    history
        All revisions of all entries.
    current
        The rows of `history` with what holds now.
    """

    def __init__(self, history: pa.Table, current: Numbers) -> None:
        self._history, self._current = history, current
        self._holds_now = np.zeros(history.num_rows, bool)
        self._holds_now[current] = True

    def column(self, name: str, rows: Numbers) -> pa.ChunkedArray:
        """Return a column of some rows."""
        return self._history.column(name).take(pa.array(rows))

    def people(self) -> list[Person]:
        """Return the people."""
        rows = self._current[_mask(pc.equal(self._of_all("kind"), Kind.PERSON.value))]
        entries, _ = readable(self._history.take(pa.array(rows)))
        return [entry for entry in entries if isinstance(entry, Person)]

    def private(self, rows: Numbers) -> Mask:
        """Tell which rows only the holder may read: as they say, as their kind says, or as the entry above says."""
        never_leaves = pc.is_in(self.column("kind", rows), pa.array(_NEVER_LEAVE, pa.string()))
        closed = _mask(pc.or_(self._says_private(rows), never_leaves))
        is_below = _mask(pc.is_in(self.column("kind", rows), pa.array([kind.value for kind in _ABOVE])))
        return closed | (is_below & ~self._belonging(rows, lambda above: ~_mask(self._says_private(above))))

    def days(self, rows: Numbers) -> Numbers:
        """Return the day of each row, counted from 1970; `_UNDATED` where it says none."""
        days = pc.fill_null(pc.cast(self.column("held_on", rows), pa.int32()), _UNDATED)
        return np.asarray(days).astype(np.int64)

    def fits(self, rows: Numbers, wish: Wish) -> Mask:
        """Tell which rows are where somebody wants to look.

        Raises
        ------
        CoachingError
            If the wish names nobody, no part, no kind or no entry that there is.
        """
        stands = np.ones(len(rows), bool)
        if wish.by:
            stands &= self._by(rows, side_of(wish.by, self.people()))
        if wish.part:
            stands &= self._in_part(rows, part_called(wish.part).value)
        if wish.kind:
            stands &= self._of_kind(rows, wish.kind)
        if wish.thread:
            stands &= _mask(pc.is_in(self.column("id", rows), self._thread(wish.thread)))
        return stands & self._in_time(rows, wish.when)

    def subjects(self, rows: Numbers) -> Numbers:
        """Return what each row is about and whose words they are, as one number."""
        above = [self.column(name, rows) for name in sorted(set(_ABOVE.values()))]
        subjects = pc.coalesce(*above, self.column("id", rows)).combine_chunks().dictionary_encode()
        return np.asarray(subjects.indices) * 2 + self._by(rows, Side.COACH)

    def records(self, rows: Numbers) -> list[Record]:
        """Return rows as plain records."""
        records: list[Record] = self._history.take(pa.array(rows)).to_pylist()
        return records

    def named(self, ids: Iterable[str]) -> dict[str, Record]:
        """Return what holds now of some entries, by id."""
        rows = self._rows_of(pa.array(sorted(set(ids)), pa.string()))
        return {record["id"]: record for record in self.records(rows)}

    def _rows_of(self, ids: pa.Array) -> Numbers:
        return np.flatnonzero(_mask(pc.is_in(self._history.column("id"), ids)) & self._holds_now)

    def _in_time(self, rows: Numbers, when: Period) -> Mask:
        days = self.days(rows)
        first = _number(when.start) if when.start else _UNDATED + bool(when.end)  # what has no day is in no stretch
        return (days >= first) & (days < _number(when.end) if when.end else True)

    def _by(self, rows: Numbers, side: Side) -> Mask:
        return _mask(pc.equal(pc.coalesce(self.column("owner", rows), self.column("author", rows)), side.value))

    def _of_all(self, name: str) -> pa.ChunkedArray:
        return self.column(name, self._current)

    def _says_private(self, rows: Numbers) -> Any:
        return pc.equal(self.column("visibility", rows), Visibility.PRIVATE.value)

    def _belonging(self, rows: Numbers, which: Callable[[Numbers], Mask]) -> Mask:
        """Tell which rows are told of an entry that is one of these: of a promise that may be read, for one."""
        belongs, kinds = np.zeros(len(rows), bool), self.column("kind", rows)
        for kind, name in _ABOVE.items():
            below = np.flatnonzero(_mask(pc.equal(kinds, kind.value)))
            if len(below):
                ids = self.column(name, rows[below])
                above = self._rows_of(pc.unique(ids))
                covering = pa.array([one.value for one in MODELS[kind].covering])
                above = above[_mask(pc.is_in(self.column("kind", above), covering)) & which(above)]
                belongs[below] = _mask(pc.is_in(ids, self.column("id", above).combine_chunks()))
        return belongs

    def _in_part(self, rows: Numbers, part: str) -> Mask:
        of_part = pa.array([Kind(kind).value for kind, belongs in PARTS.items() if belongs == part], pa.string())

        def own(some: Numbers) -> Mask:
            says = pc.equal(self.column("segment", some), part)
            return _mask(says) | _mask(pc.is_in(self.column("kind", some), of_part))

        has_own = _mask(pc.is_in(self.column("kind", rows), pa.array([Kind(kind).value for kind in PARTS])))
        return own(rows) | (~has_own & self._belonging(rows, own))

    def _of_kind(self, rows: Numbers, name: str) -> Mask:
        kind, topic = kind_called(name)

        def own(some: Numbers) -> Mask:
            is_kind = pc.equal(self.column("kind", some), kind and kind.value)
            return _mask(is_kind) | _mask(pc.equal(self.column("topic", some), topic and topic.value))

        return own(rows) | self._belonging(rows, own)

    def _thread(self, reference: str) -> pa.Array:
        """Return the ids of an entry and of all that belongs to it: what was told of it, what serves it."""
        wanted, ids = reference.strip().upper(), self._of_all("id")
        labels = pc.utf8_upper(self._of_all("label"))
        root = pc.filter(ids, pc.or_(pc.equal(ids, wanted), pc.fill_null(pc.equal(labels, wanted), fill_value=False)))
        if len(root) != 1:
            many = "More than one entry is" if len(root) else "No entry is"
            raise CoachingError(f"thread: {many} called '{reference}'; give a short name, such as D03, or an id.")
        thread = root.combine_chunks()
        while True:
            belongs = [_mask(pc.is_in(self._of_all(name), thread)) for name in _THREAD if name not in LISTS]
            more = pc.unique(
                pa.concat_arrays([thread, pc.filter(ids, pa.array(np.any(belongs, axis=0))).combine_chunks()])
            )
            if len(more) == len(thread):
                return thread
            thread = more


def look(
    index: TextIndex,
    history: pa.Table,
    query: Query,
    wish: Wish,
    *,
    private: bool,
    best: bool,
    limit: int | None,
) -> Findings:
    """Return what is there.

    Parameters
    ----------
    index
        Has followed `history`.
    history
        All revisions of all entries.
    query, wish
        What to look for, and where.
    private
        Whether to look in what only the holder may read, and there alone; else in what both may read.
    best
        Whether what fits best comes first; else what is newest.
    limit
        How many sessions to return at most; all if none is said.

    Raises
    ------
    CoachingError
        If the wish names nobody, no part, no kind or no entry that there is.
    """
    reading = Reading(history, index.current)
    rows, ranks = index.rows(query, own=private, ranked=best)
    stands = reading.fits(rows, wish)
    rows, ranks = rows[stands], ranks[stands]
    if private:
        shared = index.rows(query)[0]
        stands = reading.private(rows) | ~np.isin(rows, shared)
    else:
        stands = ~reading.private(rows)
    rows, ranks = rows[stands], ranks[stands]
    groups = _groups(reading, rows, ranks)
    first = groups.first(limit)
    chosen = np.array([at for group in first for at in group], np.int64)
    places = iter(range(len(chosen)))
    telling = _Telling(reading, reading.people(), query, index.vocabulary.forms, private)
    told = telling.sessions(rows[chosen], [[next(places) for _ in group] for group in first])
    return Findings(told, groups.hits, len(groups.ends))


@dataclass(frozen=True, repr=False)
class _Groups:
    """Which rows belong together, the first group in front: their order, where each group ends, and how many hits."""

    order: Numbers
    ends: Numbers
    hits: int

    def first(self, limit: int | None) -> list[Numbers]:
        """Return so many groups, as places among the rows."""
        ends = self.ends[:limit]
        return np.split(self.order[: ends[-1]], ends[:-1]) if len(ends) else []


def _groups(reading: Reading, rows: Numbers, ranks: Ranks) -> _Groups:
    """Return which rows belong to one session, or to one day, or none, outside of any.

    The best groups come first, and of these the newest; within a group what fits best, and then what was said first.
    """
    if not len(rows):
        return _Groups(rows, rows, 0)
    days = reading.days(rows)
    sessions = reading.column("session", rows).combine_chunks().dictionary_encode()
    outside = -1 - days  # a number for each day, none of which is that of a session
    keys = np.where(_mask(pc.is_valid(sessions)), np.asarray(pc.fill_null(sessions.indices, -1)), outside)
    _, group = np.unique(keys, return_inverse=True)
    best, newest = np.full(group.max() + 1, np.inf), np.full(group.max() + 1, _UNDATED)
    np.minimum.at(best, group, ranks)
    np.maximum.at(newest, group, days)
    order = np.lexsort([rows, ranks, group, -newest[group], best[group]])
    ends = np.flatnonzero(np.diff(group[order], append=-1)) + 1
    return _Groups(order, ends, len(np.unique(group * 2 * len(rows) + reading.subjects(rows))))


@dataclass(frozen=True, repr=False)
class _Telling:
    """Makes hits of rows."""

    reading: Reading
    people: Sequence[Person]
    query: Query
    forms: Forms
    private: bool

    def sessions(self, rows: Numbers, groups: Sequence[Sequence[int]]) -> tuple[InSession, ...]:
        """Return these groups of rows as sessions with their hits."""
        records = self.reading.records(rows)
        others = self.reading.named([one for record in records for one in (_subject_of(record), _session_of(record))])
        told = []
        for group in groups:
            own = [records[at] for at in group]
            session = others.get(_session_of(own[0]), {})
            held_on = session.get("held_on") or own[0]["held_on"]
            about: dict[tuple[str, Side], list[Record]] = {}
            for record in own:
                about.setdefault((_subject_of(record), _side_of(record)), []).append(record)
            who = {side: party(self.people, side, held_on or date.max).name for side in Side}
            hits = tuple(self._hit(others.get(one, of[0]), side, who[side], of) for (one, side), of in about.items())
            told.append(InSession(session.get("id"), session.get("label"), held_on, hits))
        return tuple(told)

    def _hit(self, subject: Record, side: Side, who: str, records: Sequence[Record]) -> Hit:
        first = records[0]
        kind = subject["topic"] or KIND_NAMES.get(subject["kind"], subject["kind"])
        part = first["segment"] or PARTS.get(first["kind"]) or subject["segment"] or PARTS.get(subject["kind"])
        told = [one for record in records for one in self._passages(record)]
        different = {(one.text, one.spans): one for one in reversed(told)}  # a promise may be told of twice in one act
        return Hit(
            subject["id"],
            _short_name(subject),
            kind.replace("_", " "),
            side,
            who,
            Segment(part) if part else None,
            self.private,
            tuple(reversed(different.values())),
        )

    def _passages(self, record: Record) -> list[Passage]:
        told: list[Passage] = []
        leaving, own = fields_told()[Kind(record["kind"])]
        for name in (*leaving, *own) if self.private else leaving:
            value = several(record[name]) if name in LISTS else record[name]
            for text in (value,) if isinstance(value, str) else value or ():
                if text:
                    told += passages(name, text, self.query, self.forms)
        return told


def _subject_of(record: Record) -> str:
    above = _ABOVE.get(record["kind"])
    return str((above and record[above]) or record["id"])


def _side_of(record: Record) -> Side:
    return Side(record["owner"] or record["author"])


def _session_of(record: Record) -> str:
    return str(record["id"] if record["kind"] == Kind.SESSION else record["session"] or "")


def _short_name(record: Record) -> str | None:
    numbered = f"M{record['number']}" if record["kind"] == Kind.MISSION and record["number"] is not None else None
    return str(record["label"]) if record["label"] else numbered


def _mask(flags: Any) -> Mask:
    return np.asarray(pc.fill_null(flags, fill_value=False), bool)


def _number(day: date) -> int:
    return day.toordinal() - _DAY_ZERO
