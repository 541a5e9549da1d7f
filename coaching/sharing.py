"""The only way out: what an audience may read of a workbook, and what a holder's copy may hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from coaching.entries import MODELS
from coaching.entry import Entry, Leaves, Refers, fields_marked
from coaching.frames import Frames, records
from coaching.vocabulary import Kind, Side, Visibility

#: Author and visibility of each row.
Said = tuple[pd.Series, pd.Series]
Readable = Callable[[pd.Series, pd.Series], pd.Series]
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


@dataclass(frozen=True, repr=False)
class Shared:
    """Frames that hold nothing their audience may not read.

    Made by `share` alone; what renders or exports takes this type and no other.

    Attributes
    ----------
    frames
        What may be read.
    audience
        Who may read it.
    earlier
        By id, the numbers of those earlier revisions that the audience might have read when they were current; nothing
        of what they said. By them the other side's copy tells what was edited from what. None if nobody asked.
    """

    frames: Frames
    audience: Audience
    _key: object = None
    earlier: Mapping[str, tuple[int, ...]] | None = None

    def __post_init__(self) -> None:
        """Refuse to be made by anything but `share`."""
        if self._key is not _KEY:
            raise TypeError("Shared is made by share() alone")

    def __repr__(self) -> str:
        """Name the audience, show nothing."""
        return f"<Shared for {self.audience}>"

    def records(self) -> list[dict[str, Any]]:
        """Return the rows of all frames as plain records, without empty fields (see `coaching.frames.records`)."""
        return records(self.frames)


def share(frames: Frames, audience: Audience, history: Frames | None = None) -> Shared:
    """Return what `audience` may read of `frames`, the current entries; of the revisions in `history`, their numbers.

    The holder reads everything. Anyone else gets the entries whose visibility allows it, without the fields that never
    leave; an entry that is covered by another (an event by its item) is as visible as that one, unless it says itself
    that it is private; a reference to something left out is emptied. So what is left out leaves no trace in any number,
    date or name derived later.
    """
    if audience is Audience.HOLDER:
        return Shared(frames, audience, _KEY)
    shared = _leaving(frames, audience)
    return Shared(shared, audience, _KEY, _earlier(shared, _leaving(history, audience)) if history else None)


def holdings(frames: Frames, holder: Side) -> Frames:
    """Return what the copy of `holder` may hold of `frames`: everything but what is private to the other side.

    Of an entry in several revisions, none may be held that is private itself, and none once the newest one is.
    """
    private = Visibility.PRIVATE.value
    return _keep(frames, lambda author, visibility: (author == holder.value) | (visibility != private))


def _leaving(frames: Frames, audience: Audience) -> Frames:
    allowed = _READABLE[audience]
    leaving = Frames({kind: _only_leaving(frames[kind], model) for kind, model in MODELS.items()})
    return _keep(leaving, lambda _author, visibility: visibility.isin(allowed))


def _earlier(shared: Frames, history: Frames) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for kind in MODELS:
        now = dict(zip(shared[kind]["id"], shared[kind]["rev"], strict=True))
        known = history[kind].loc[history[kind]["id"].isin(list(now)), ["id", "rev"]]
        for identity, revs in known.groupby("id")["rev"]:
            before = tuple(sorted(int(rev) for rev in revs if rev < now[identity]))
            found |= {str(identity): before} if before else {}
    return found


def _keep(frames: Frames, readable: Readable) -> Frames:
    """Return the readable entries, references to the others emptied."""
    kept = {kind: _readable_rows(frames, kind, readable) for kind in MODELS}
    known = frozenset(identity for frame in kept.values() for identity in frame["id"])
    return Frames({kind: _unlinked(frame, MODELS[kind], known) for kind, frame in kept.items()})


def _readable_rows(frames: Frames, kind: Kind, readable: Readable) -> pd.DataFrame:
    """Return the rows that may be read by what they say, by what the newest revision says, and by what covers them."""
    frame, covered_by = frames[kind], MODELS[kind].covered_by
    if frame.empty:
        return frame
    said = [(frame["author"], frame["visibility"]), _newest(frame, frame["id"])]
    if covered_by is not None:
        above = _newest(frames[covered_by], frame[covered_by])
        said = [above, *(_covered(own, above) for own in said)]
    may = [author.notna() & readable(author, visibility) for author, visibility in said]
    return frame.loc[pd.concat(may, axis=1).all(axis=1)]


def _newest(frame: pd.DataFrame, identities: pd.Series) -> Said:
    """Return author and visibility of the newest revision of each of `identities`, missing where `frame` has none."""
    newest = frame.sort_values("rev", kind="stable").drop_duplicates("id", keep="last").set_index("id")
    return identities.map(newest["author"]), identities.map(newest["visibility"])


def _covered(own: Said, above: Said) -> Said:
    """Return author and visibility of covered entries: their own where that is private, else of what covers them."""
    is_private = own[1] == Visibility.PRIVATE.value
    return own[0].where(is_private, above[0]), own[1].where(is_private, above[1])


def _unlinked(frame: pd.DataFrame, model: type[Entry], known: frozenset[str]) -> pd.DataFrame:
    return frame.assign(**{name: _known_only(frame[name], known) for name in fields_marked(model, Refers)})


def _known_only(ids: pd.Series, known: frozenset[str]) -> pd.Series:
    if ids.dtype != object:
        return ids.where(ids.isin(known))
    return pd.Series([tuple(i for i in found or () if i in known) or None for found in ids], ids.index, dtype=object)


def _only_leaving(frame: pd.DataFrame, model: type[Entry]) -> pd.DataFrame:
    """Empty the fields that never leave; a kind that never leaves keeps no row."""
    leaving = fields_marked(model, Leaves)
    if "kind" not in leaving:
        return frame.iloc[:0]
    private = [name for name in frame.columns if name not in leaving]
    return frame.assign(**{name: pd.Series(None, frame.index, dtype=frame[name].dtype) for name in private})
