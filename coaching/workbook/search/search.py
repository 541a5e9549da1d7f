"""Looks for words in one workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from coaching.model.schema import LISTS, several
from coaching.model.vocabulary import Kind, Segment, Side
from coaching.workbook.search.findings import Findings, Hit, InSession, Passage, passages
from coaching.workbook.search.index import Ranks, TextIndex, fields_told
from coaching.workbook.search.query import Finder, Query
from coaching.workbook.search.reading import NOWHERE, UNDATED, Numbers, Reading, Record
from coaching.workbook.search.wish import KIND_NAMES, PARTS, Wish
from coaching.workbook.sessions import party

#: What is read of an entry to tell of it: what it is, and all that it says.
_COLUMNS: Final = (
    *("kind", "id", "label", "number", "topic", "segment", "owner", "author", "held_on"),
    *sorted({name for sides in fields_told().values() for names in sides for name in names}),
)


def look(
    index: TextIndex,
    query: Query,
    wish: Wish,
    *,
    private: bool,
    best: bool,
    limit: int | None,
) -> Findings:
    """Return what is there.

    Only what is returned is read; all else is counted.

    Parameters
    ----------
    index
        Has followed the rows in which to look.
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
    reading = index.reading
    rows, ranks = index.rows(query, own=private, ranked=best)
    stands = reading.fits(rows, wish)
    if private:
        shared = np.zeros(reading.history.num_rows, bool)
        shared[index.rows(query)[0]] = True
        stands &= reading.private[rows] | ~shared[rows]
    else:
        stands &= ~reading.private[rows]
    rows, ranks = rows[stands], ranks[stands]
    first = _first(reading, rows, ranks, limit)
    telling = _Telling(reading, query.finder(index.vocabulary.forms), private)
    return Findings(telling.sessions(first), _number_of(reading.hits, rows), _number_of(reading.groups, rows))


def _first(reading: Reading, rows: Numbers, ranks: Ranks, limit: int | None) -> list[Numbers]:
    """Return the rows session by session, or day by day outside of any; so many of these.

    The best of them come first, and of these the newest; within each what fits best, and then what was said first.
    """
    group, days = reading.groups[rows], reading.days[rows]
    size = len(reading.sessions)
    best, newest = np.full(size, np.inf), np.full(size, UNDATED)
    np.minimum.at(best, group, ranks)
    np.maximum.at(newest, group, days)
    there = np.flatnonzero(best < np.inf)
    chosen = there[np.lexsort([-there, -newest[there], best[there]])][:limit]
    place = np.full(size, NOWHERE)
    place[chosen] = np.arange(len(chosen))
    inside = np.flatnonzero(place[group] != NOWHERE)
    order = inside[np.lexsort([rows[inside], ranks[inside], place[group[inside]]])]
    ends = np.flatnonzero(np.diff(group[order])) + 1
    return np.split(rows[order], ends) if len(order) else []


def _number_of(numbers: npt.NDArray[np.int32], rows: Numbers) -> int:
    return int(np.count_nonzero(np.bincount(numbers[rows]))) if len(rows) else 0


@dataclass(frozen=True, repr=False)
class _Telling:
    """Makes hits of rows."""

    reading: Reading
    finder: Finder
    private: bool

    def sessions(self, groups: Sequence[Numbers]) -> tuple[InSession, ...]:
        """Return these rows, session by session, with their hits."""
        reading = self.reading
        sessions = [int(reading.sessions[reading.groups[group[0]]]) for group in groups]
        rows = np.concatenate([*groups, np.array(sessions, np.int64)]) if groups else np.empty(0, np.int64)
        rows = np.unique(np.append(rows, reading.about[rows]))
        rows = rows[rows != NOWHERE]
        records = dict(zip(rows.tolist(), reading.records(rows, _COLUMNS), strict=True))
        return tuple(
            self._session(records.get(session, {}), group.tolist(), records)
            for session, group in zip(sessions, groups, strict=True)
        )

    def _session(self, session: Record, rows: Sequence[int], records: Mapping[int, Record]) -> InSession:
        held_on = session.get("held_on") or records[rows[0]]["held_on"]
        about: dict[tuple[int, Side], list[Record]] = {}
        for row in rows:
            above = int(self.reading.about[row])
            about.setdefault((row if above == NOWHERE else above, _side_of(records[row])), []).append(records[row])
        who = {side: party(self.reading.people, side, held_on or date.max).name for side in Side}
        hits = tuple(self._hit(records[subject], side, who[side], of) for (subject, side), of in about.items())
        return InSession(session.get("id"), session.get("label"), held_on, hits)

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
                    told += passages(name, text, self.finder)
        return told


def _side_of(record: Record) -> Side:
    return Side(record["owner"] or record["author"])


def _short_name(record: Record) -> str | None:
    numbered = f"M{record['number']}" if record["kind"] == Kind.MISSION and record["number"] is not None else None
    return str(record["label"]) if record["label"] else numbered
