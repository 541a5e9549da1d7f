"""What an entry said, one version after the other, and what was told of it later: the words, without all else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from coaching.i18n import to_say
from coaching.model.entries import MODELS, Person
from coaching.model.entry import Entry
from coaching.model.schema import readable
from coaching.model.vocabulary import Side
from coaching.workbook.search.index import fields_told
from coaching.workbook.search.reading import Mask, Numbers, Reading, mask
from coaching.workbook.search.wish import KIND_NAMES
from coaching.workbook.sessions import party

#: The fields that say what became of something, and what they say while nothing has.
_STANDINGS: Final = ("event", "outcome", "status", "dream_status", "becoming_status")
_BEGINNINGS: Final = frozenset({None, "active", "agreed"})


@dataclass(frozen=True, repr=False)
class Version:
    """What was said of something on one day.

    Parameters
    ----------
    said_on
        The day.
    who
        What the one is called by whose words they are.
    kind
        What it is: ``promise``; of what was told later, ``event of a promise``.
    standing
        What became of it then, where that was said: ``done``, ``came true``.
    words
        What was said anew.
    """

    said_on: date
    who: str
    kind: str
    standing: str | None
    words: tuple[str, ...]


def versions(reading: Reading, identity: str, *, private: bool) -> list[Version]:
    """Return what an entry said, and what was told of it later, newest first.

    Parameters
    ----------
    reading
        The rows of the workbook.
    identity
        The entry's id.
    private
        Whether to tell also what only the holder may read.
    """
    history = reading.history
    references = {model.covered_by for model in MODELS.values() if model.covered_by}
    rows = np.flatnonzero(
        np.any([mask(pc.equal(history.column(name), identity)) for name in ("id", *references)], axis=0)
    )
    if not private:
        rows = _open(rows, history.column("id").take(pa.array(rows)).to_pylist(), reading.private[rows])
    entries, _ = readable(history.take(pa.array(rows)))
    people = reading.people
    told = [one for entry in entries if (one := _version(entry, entries, people, private=private))]
    return told[::-1]


def _open(rows: Numbers, ids: Sequence[str], private: Mask) -> Numbers:
    """Return the rows that both may read; of an entry none once the newest one is private."""
    newest = dict(zip(ids, private.tolist(), strict=True))
    return rows[[not (is_private or newest[one]) for one, is_private in zip(ids, private.tolist(), strict=True)]]


def _version(entry: Entry, entries: Sequence[Entry], people: Sequence[Person], *, private: bool) -> Version | None:
    before = max((one for one in entries if one.id == entry.id and one.rev < entry.rev), key=_rev, default=None)
    leaving, own = fields_told()[entry.kind]
    fields = (*leaving, *own) if private else leaving
    words = tuple(
        text
        for name in fields
        if getattr(entry, name) != getattr(before, name, None)
        for text in _texts(getattr(entry, name))
    )
    # Where an entry stands now its first words did not say: only a change, or what was told later, does.
    is_news = bool(MODELS[entry.kind].covered_by) if before is None else _standing(before) != _standing(entry)
    standing = _standing(entry) if is_news else None
    if not words and standing is None:
        return None
    said_on = entry.held_on or entry.saved_at.date()
    return Version(said_on, party(people, _side(entry), said_on).name, _kind(entry), standing, words)


def _rev(entry: Entry) -> int:
    return entry.rev


def _texts(value: str | Sequence[str | None] | None) -> list[str]:
    return [text for text in ((value,) if isinstance(value, str) else value or ()) if text]


def _kind(entry: Entry) -> str:
    if MODELS[entry.kind].covered_by:
        return to_say("told later")
    return str(getattr(entry, "topic", None) or KIND_NAMES.get(entry.kind, entry.kind)).replace("_", " ")


def _standing(entry: Entry) -> str | None:
    said = next((value for name in _STANDINGS if (value := getattr(entry, name, None))), None)
    return None if said in _BEGINNINGS else str(said).replace("_", " ")


def _side(entry: Entry) -> Side:
    return getattr(entry, "owner", None) or entry.author
