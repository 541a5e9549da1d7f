"""The only way out: what an audience may read of a workbook, and what a holder's copy may hold."""

from __future__ import annotations  # they name types of pandas, which is imported when it is first used

from collections import defaultdict
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import lazy_loader

from coaching.model.cells import cells
from coaching.model.entries import MODELS
from coaching.model.entry import Entry, Leaves, Refers, fields_marked
from coaching.model.frames import Frames, records
from coaching.model.vocabulary import Kind, Side, Visibility

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = lazy_loader.load("pandas")  # which takes longer to import than most commands to run

#: Author and visibility of an entry.
Said = tuple[str, str]
Readable = Callable[[str, str], bool]
#: By id, the fields of an entry whose words a copy shows; none where it only counts in a figure or a sentence.
DisclosedFields = Mapping[str, frozenset[str]]
_SAID = ("author", "visibility")
_said: Callable[[Mapping[str, Any]], Said] = itemgetter(*_SAID)
_KEY = object()


class Audience(StrEnum):
    """Who will read: the holder of this copy, both of the pair, or others."""

    HOLDER = "holder"
    PAIR = "pair"
    OPEN = "open"


_READABLE = {
    Audience.PAIR: {Visibility.PAIR.value, Visibility.OPEN.value},
    Audience.OPEN: {Visibility.OPEN.value},
}


class Disclosure:
    """What a copy shows, noted by whatever makes the copy as it takes an entry's words, or counts the entry."""

    def __init__(self) -> None:
        self._fields: dict[str, set[str]] = {}

    def __repr__(self) -> str:
        """Count entries, name none."""
        return f"<Disclosure of {len(self._fields)} entries>"

    def note(self, identity: str, *fields: str) -> None:
        """Note that an entry is shown, with the words of these fields."""
        self._fields.setdefault(identity, set()).update(fields)

    def fields(self) -> DisclosedFields:
        """Return what was noted so far."""
        return {identity: frozenset(fields) for identity, fields in self._fields.items()}


@dataclass(frozen=True, repr=False)
class Shared:
    """Frames that hold nothing their audience may not read, and notes of what of it is shown.

    Made by `share` alone; what renders or exports takes this type and no other. It takes people's words by `show` and
    nothing that it does not show, so that `disclosed` says what is in the copy.

    Attributes
    ----------
    frames
        What may be read.
    audience
        Who may read it.
    earlier
        By id, the numbers of those earlier revisions that the audience might have read when they were current; nothing
        of what they said. By them the other side's copy tells what was edited from what. None if nobody asked.
    disclosed
        What was shown of it since it was made.
    """

    frames: Frames
    audience: Audience
    _key: object = None
    earlier: Mapping[str, tuple[int, ...]] | None = None
    disclosed: Disclosure = field(default_factory=Disclosure, init=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse to be made by anything but `share`."""
        if self._key is not _KEY:
            raise TypeError("Shared is made by share() alone")

    def __repr__(self) -> str:
        """Name the audience, show nothing."""
        return f"<Shared for {self.audience}>"

    def records(self) -> list[dict[str, Any]]:
        """Return the rows of all frames as plain records, without empty fields (see `frames.records`)."""
        return records(self.frames)

    def known_on(self, asof: date) -> dict[str, dict[str, Any]]:
        """Return the records by id, without those of later days; one without a day is known on every day."""
        return {one: record for one, record in self.by_id.items() if record.get("held_on", asof) <= asof}

    @cached_property
    def by_id(self) -> dict[str, dict[str, Any]]:
        """All records by id."""
        return {record["id"]: record for record in self.records()}

    def show(self, record: Mapping[str, Any], name: str) -> Any:
        """Return a field of a record, None where it says nothing, and note that the copy shows it."""
        if record:
            self.disclosed.note(record["id"], name)
        return record.get(name)

    def count(self, record: Mapping[str, Any]) -> None:
        """Note that the copy shows a record without its words: it counts, or its day and its choices are told."""
        self.disclosed.note(record["id"])

    def count_items(self, ids: Container[str], asof: date) -> None:
        """Note that the copy tells how items stand on a day: from these, and from what happened to them until then."""
        for record in self.known_on(asof).values():
            about = record["item"] if record["kind"] == Kind.ITEM_EVENT else record["id"]
            if about in ids:
                self.count(record)


def share(frames: Frames, audience: Audience, history: Frames | None = None) -> Shared:
    """Return what `audience` may read of `frames`, the current entries; of the revisions in `history`, their numbers.

    The holder reads everything. Anyone else gets the entries whose visibility allows it, without the fields that never
    leave; an entry that is covered by another (an event by its item) is at most as visible as that one, and narrower if
    it says its readers itself (see `Entry.says_its_readers`), or that it is private; a reference to something left out
    is emptied. So what is left out leaves no trace in any number, date or name derived later.
    """
    if audience is Audience.HOLDER:
        return Shared(frames, audience, _KEY)
    shared = frames.derived(audience, lambda: _leaving(frames, audience))
    return Shared(shared, audience, _KEY, _earlier(shared, history, audience) if history else None)


def holdings(frames: Frames, holder: Side) -> Frames:
    """Return what the copy of `holder` may hold of `frames`: everything but what is private to the other side.

    Of an entry in several revisions, none may be held that is private itself, and none once the newest one is.
    """
    private = Visibility.PRIVATE.value
    return _keep(frames, lambda author, visibility: author == holder.value or visibility != private)


def _leaving(frames: Frames, audience: Audience) -> Frames:
    allowed = _READABLE[audience]
    leaving = Frames({kind: _only_leaving(frames[kind], model) for kind, model in MODELS.items()})
    return _keep(leaving, lambda _author, visibility: visibility in allowed)


def _earlier(shared: Frames, history: Frames, audience: Audience) -> dict[str, tuple[int, ...]]:
    """Return the numbers of the earlier revisions by id.

    Those that are known by their numbers alone are among them: another copy said that it had seen them.
    """
    leaving = _leaving(history, audience)
    revisions: defaultdict[str, set[int]] = defaultdict(set)
    for kind in MODELS:
        now = dict(zip(shared[kind]["id"], shared[kind]["rev"], strict=True))
        rows = [row for row in history.rows(kind, ["id", "rev", "base", "settles"]) if row["id"] in now]
        here = {(row["id"], row["rev"]) for row in rows}
        readable = set(zip(leaving[kind]["id"], leaving[kind]["rev"], strict=True))
        for row in rows:
            identity = row["id"]
            if (identity, row["rev"]) in readable:
                behind = {row["base"], *(row["settles"] or ())} - {None}
                told = {row["rev"], *(rev for rev in behind if (identity, rev) not in here)}
                revisions[identity] |= {int(rev) for rev in told if rev < now[identity]}
    return {identity: tuple(sorted(revs)) for identity, revs in sorted(revisions.items()) if revs}


def _keep(frames: Frames, readable: Readable) -> Frames:
    """Return the readable entries, references to the others emptied."""
    newest = {kind: _newest(frames, kind) for kind in MODELS}
    kept = {kind: _readable_rows(frames, kind, newest, readable) for kind in MODELS}
    ids = frozenset(identity for frame in kept.values() for identity in cells(frame["id"]))
    return Frames({kind: _unlinked(frame, MODELS[kind], ids) for kind, frame in kept.items()})


def _newest(frames: Frames, kind: Kind) -> dict[str, Said]:
    """Return what the newest revision of each entry says, by id."""
    revisions = frames.rows(kind, ["id", "rev", *_SAID])
    return {row["id"]: _said(row) for row in sorted(revisions, key=itemgetter("rev"))}


def _readable_rows(
    frames: Frames, kind: Kind, newest: Mapping[Kind, Mapping[str, Said]], readable: Readable
) -> pd.DataFrame:
    """Return the rows that may be read by what they say, by what the newest revision says, and by what covers them."""
    covered_by = MODELS[kind].covered_by
    covering = {one: who for above in sorted(MODELS[kind].covering) for one, who in newest[above].items()}

    def may_be_read(row: Mapping[str, Any]) -> bool:
        standings = {_said(row), newest[kind][row["id"]]}
        if not MODELS[kind].says_its_readers(row["session"]):
            standings = {one for one in standings if one[1] == Visibility.PRIVATE}
        if covered_by is not None:
            above = covering.get(row[covered_by] or "")
            if above is None:
                return False
            standings.add(above)
        return all(readable(*one) for one in standings)

    may = [
        may_be_read(row) for row in frames.rows(kind, ["id", "session", *_SAID, *([covered_by] if covered_by else [])])
    ]
    return frames[kind] if all(may) else frames[kind].loc[may]


def _unlinked(frame: pd.DataFrame, model: type[Entry], known: frozenset[str]) -> pd.DataFrame:
    if frame.empty:
        return frame
    references = {name: cells(frame[name]) for name in fields_marked(model, Refers)}
    left = {name: [_known_only(ids, known) for ids in column] for name, column in references.items()}
    changed = {name: column for name, column in left.items() if column != references[name]}
    return frame.assign(
        **{name: pd.Series(column, frame.index, dtype=frame[name].dtype) for name, column in changed.items()}
    )


def _known_only(ids: str | tuple[str, ...] | None, kept_ids: frozenset[str]) -> str | tuple[str, ...] | None:
    if isinstance(ids, tuple):
        return tuple(identity for identity in ids if identity in kept_ids) or None
    return ids if ids in kept_ids else None


def _only_leaving(frame: pd.DataFrame, model: type[Entry]) -> pd.DataFrame:
    """Empty the fields that never leave; a kind that never leaves keeps no row."""
    if frame.empty:
        return frame
    leaving = fields_marked(model, Leaves)
    if "kind" not in leaving:
        return frame.iloc[:0]
    private = [name for name in frame.columns if name not in leaving and frame[name].notna().any()]
    return frame.assign(**{name: pd.Series(None, frame.index, dtype=frame[name].dtype) for name in private})
