"""What is erased with an entry, and the empty place that it leaves."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from coaching.model.entries import MODELS, Dream, Mission
from coaching.model.entry import Entry
from coaching.model.validation import parse
from coaching.model.vocabulary import DreamStatus

#: What an empty place still says: that something was there, when, and between whom.
_STAYS = frozenset({"kind", "id", "session", "held_on", "author", "visibility", "label", "number"})


def together_with(identity: str, history: Iterable[Entry]) -> frozenset[str]:
    """Return the ids of an entry and of everything that was told of it later: the events of a dream, for one."""
    above = {(entry.id, getattr(entry, entry.covered_by)) for entry in history if entry.covered_by}
    return frozenset({identity}.union(below for below, covering in above if covering == identity))


def empty_places(ids: Iterable[str], latest: Mapping[str, Entry], *, rev: int, saved_at: datetime) -> list[Entry]:
    """Return what is to stand where entries were.

    A dream and a mission statement stay to be seen as empty places; of anything else nothing is seen any more.

    Parameters
    ----------
    ids
        The entries.
    latest
        The newest revision of each, by id.
    rev, saved_at
        Revision and time of the erasing.
    """
    return [_empty(latest[identity], rev, saved_at) for identity in sorted(ids)]


def _empty(entry: Entry, rev: int, saved_at: datetime) -> Entry:
    required = {name for name, field in MODELS[entry.kind].model_fields.items() if field.is_required()}
    fields: dict[str, Any] = entry.model_dump(include={*_STAYS, *required})
    fields |= {"rev": rev, "base": entry.rev, "saved_at": saved_at, "erased": True}
    if isinstance(entry, Dream):
        return parse(fields | {"dream_status": DreamStatus.ERASED})
    if isinstance(entry, Mission):
        return parse(fields | {"confirmed": entry.confirmed})
    return parse(fields | {"withdrawn": True})
