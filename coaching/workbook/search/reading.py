"""The rows of a workbook as a search asks about them: whose they are, who may read them, when they were said."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from coaching.errors import CoachingError
from coaching.i18n import to_say
from coaching.metrics.periods import Period
from coaching.model.entries import MODELS, Person
from coaching.model.entry import Leaves, Refers, fields_marked
from coaching.model.schema import LISTS, readable
from coaching.model.vocabulary import Kind, Side, Visibility
from coaching.workbook.search.wish import PARTS, Wish, kind_called, part_called, side_of

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Record = Mapping[str, Any]

#: By kind, the field that holds the id of the entry above: the promise of an event, the dream of what was told later.
_ABOVE: Final[Mapping[Kind, str]] = {kind: model.covered_by for kind, model in MODELS.items() if model.covered_by}
_NEVER_LEAVE: Final = [kind for kind, model in MODELS.items() if "kind" not in fields_marked(model, Leaves)]
#: References that lead along no thread: to a session or a person.
_NO_THREAD: Final = frozenset({"session", "person", "person_from", "person_to", "until"})
_THREAD: Final = sorted(
    {name for model in MODELS.values() for name in fields_marked(model, Refers)} - _NO_THREAD - LISTS.keys()
)
_DAY_ZERO: Final = date(1970, 1, 1).toordinal()
#: Stands for the day of what has none: before all others.
UNDATED: Final = -(2**31)
#: Stands for the row of what is not there.
NOWHERE: Final = -1


class Reading:
    """The rows of a workbook in one state of it.

    What a search asks of every row that has the words is worked out once, as a number for each row: there may be
    hundreds of thousands, and a common word is in most of them.

    Parameters
    ----------
    history
        All revisions of all entries.
    current
        The rows of `history` with what holds now.
    """

    def __init__(self, history: pa.Table, current: Numbers) -> None:
        self.history, self.current = history, current

    @cached_property
    def people(self) -> list[Person]:
        """The people."""
        entries, _ = readable(self.history.take(pa.array(self._current_of(Kind.PERSON))))
        return [entry for entry in entries if isinstance(entry, Person)]

    @cached_property
    def private(self) -> Mask:
        """Which rows only the holder may read: as they say, as their kind says, or as the entry above says."""
        readers = [Visibility.PAIR.value, Visibility.OPEN.value]
        closed = ~self._is_any("visibility", readers) | self._is_any("kind", _NEVER_LEAVE)
        private: Mask = closed | (self.about == NOWHERE) | closed[self.about]
        return private

    @cached_property
    def about(self) -> npt.NDArray[np.int32]:
        """The row of what each row is about: of the entry above, as far as there is one, or else itself."""
        about = np.arange(self.history.num_rows, dtype=np.int32)
        for kind, name in _ABOVE.items():
            below = np.flatnonzero(self._is_any("kind", [kind]))
            above = self._current_of(*MODELS[kind].covering)
            found = pc.index_in(self._taken(name, below), value_set=self._ids(above))
            about[below] = np.append(above, NOWHERE)[np.asarray(pc.fill_null(found, len(above)))]
        return about

    @cached_property
    def is_by_coach(self) -> Mask:
        """Whose words each row holds, or whose promise."""
        whose = pc.coalesce(self.history.column("owner"), self.history.column("author"))
        return mask(pc.equal(whose, Side.COACH.value))

    @cached_property
    def days(self) -> npt.NDArray[np.int32]:
        """The day of each row, counted from 1970; `UNDATED` where it says none."""
        return np.asarray(pc.fill_null(pc.cast(self.history.column("held_on"), pa.int32()), UNDATED))

    @cached_property
    def groups(self) -> npt.NDArray[np.int32]:
        """A number for the session of each row, or else for its day."""
        sessions = self._sessions
        groups = np.asarray(pc.fill_null(sessions.indices, NOWHERE)).astype(np.int32)
        outside = np.flatnonzero(groups == NOWHERE)
        groups[outside] = len(sessions.dictionary) + np.unique(self.days[outside], return_inverse=True)[1]
        return groups

    @cached_property
    def sessions(self) -> Numbers:
        """The row of the session of each group; `NOWHERE` outside of any."""
        rows = self._current_of(Kind.SESSION)
        found = pc.index_in(self._sessions.dictionary, value_set=self._ids(rows))
        of_sessions = np.append(rows, NOWHERE)[np.asarray(pc.fill_null(found, len(rows)))]
        outside = int(self.groups.max(initial=NOWHERE)) + 1 - len(of_sessions)
        return np.append(of_sessions, np.full(outside, NOWHERE))

    @cached_property
    def hits(self) -> npt.NDArray[np.int32]:
        """A number for what each row that holds now is about, by whom and in which session: rows of one are one hit."""
        rows = self.current
        about = np.where(self.about[rows] == NOWHERE, rows, self.about[rows])
        parts = (self.groups[rows] * self.history.num_rows + about) * 2 + self.is_by_coach[rows]
        hits = np.full(self.history.num_rows, NOWHERE, np.int32)
        hits[rows] = np.unique(parts, return_inverse=True)[1]
        return hits

    def fits(self, rows: Numbers, wish: Wish) -> Mask:
        """Tell which rows are where somebody wants to look.

        Raises
        ------
        CoachingError
            If the wish names nobody, no part, no kind or no entry that there is.
        """
        stands = np.ones(len(rows), bool)
        if wish.by:
            stands &= self.is_by_coach[rows] == (side_of(wish.by, self.people) is Side.COACH)
        if wish.part:
            stands &= self._in_part(part_called(wish.part))[rows]
        if wish.kind:
            stands &= self._of_kind(wish.kind)[rows]
        if wish.thread:
            stands &= mask(pc.is_in(self._taken("id", rows), self._thread(wish.thread)))
        return stands & self._in_time(rows, wish.when)

    def records(self, rows: Numbers, names: Sequence[str]) -> list[Record]:
        """Return some columns of rows as plain records."""
        records: list[Record] = self.history.select(list(names)).take(pa.array(rows)).to_pylist()
        return records

    @cached_property
    def _sessions(self) -> pa.DictionaryArray:
        return self.history.column("session").combine_chunks().dictionary_encode()

    def _is_any(self, name: str, values: Sequence[str]) -> Mask:
        return mask(pc.is_in(self.history.column(name), pa.array([str(one) for one in values], pa.string())))

    def _current_of(self, *kinds: Kind) -> Numbers:
        return self.current[self._is_any("kind", kinds)[self.current]]

    def _taken(self, name: str, rows: Numbers) -> pa.ChunkedArray:
        return self.history.column(name).take(pa.array(rows))

    def _ids(self, rows: Numbers) -> pa.Array:
        return self._taken("id", rows).combine_chunks()

    def _belongs(self, own: Mask) -> Mask:
        """Return which rows are told of an entry that is one of these: of a promise in a part of a session, for one."""
        belongs: Mask = self._is_any("kind", list(_ABOVE)) & (self.about != NOWHERE) & own[self.about]
        return belongs

    def _in_time(self, rows: Numbers, when: Period) -> Mask:
        days = self.days[rows]
        first = _number(when.start) if when.start else UNDATED + bool(when.end)  # what has no day is in no stretch
        return (days >= first) & (days < _number(when.end) if when.end else True)

    def _in_part(self, part: str) -> Mask:
        of_part = [kind for kind, belongs in PARTS.items() if belongs == part]
        own = self._is_any("segment", [part]) | self._is_any("kind", of_part)
        return own | (~self._is_any("kind", list(PARTS)) & self._belongs(own))

    def _of_kind(self, name: str) -> Mask:
        kind, topic = kind_called(name)
        own = self._is_any("kind", [kind] if kind else []) | self._is_any("topic", [topic] if topic else [])
        return own | self._belongs(own)

    def _thread(self, reference: str) -> pa.Array:
        """Return the ids of an entry and of all that belongs to it: what was told of it, what serves it."""
        wanted, ids = reference.strip().upper(), self._taken("id", self.current)
        labels = pc.utf8_upper(self._taken("label", self.current))
        root = pc.filter(ids, pc.or_(pc.equal(ids, wanted), pc.fill_null(pc.equal(labels, wanted), fill_value=False)))
        if len(root) != 1:
            several = to_say(
                "thread: More than one entry is called '{reference}'; give a short name, such as D03, or an id."
            )
            none = to_say("thread: No entry is called '{reference}'; give a short name, such as D03, or an id.")
            raise CoachingError(several if len(root) else none, reference=reference)
        thread = root.combine_chunks()
        columns = [self._taken(name, self.current) for name in _THREAD]
        while True:
            belongs = np.any([mask(pc.is_in(column, thread)) for column in columns], axis=0)
            more = pc.unique(pa.concat_arrays([thread, pc.filter(ids, pa.array(belongs)).combine_chunks()]))
            if len(more) == len(thread):
                return thread
            thread = more


def mask(flags: Any) -> Mask:
    """Return Arrow's answer to a question as NumPy's; where it has none, no."""
    return np.asarray(pc.fill_null(flags, fill_value=False), bool)


def _number(day: date) -> int:
    return day.toordinal() - _DAY_ZERO
