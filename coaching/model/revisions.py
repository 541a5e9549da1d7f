"""What is said now, against what was said before: which new revisions that makes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from coaching.model.entries import MODELS
from coaching.model.entry import Entry
from coaching.model.validation import parse

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def revision_at(moment: datetime) -> int:
    """Return the revision of an act that happens at this moment (aware), unless a higher one is there already."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(revision: int) -> datetime:
    """Return the moment, UTC, of an act that has this revision."""
    return _EPOCH + timedelta(microseconds=revision)


def latest(history: Iterable[Entry]) -> dict[str, Entry]:
    """Return the newest revision of every entry by id, withdrawn ones too."""
    return {entry.id: entry for entry in sorted(history, key=lambda entry: entry.rev)}


def revise(
    records: Mapping[str, Mapping[str, Any] | None],
    known: Mapping[str, Entry],
    own: Mapping[str, Entry],
    settled: Mapping[str, tuple[int, ...]] = MappingProxyType({}),
    *,
    next_rev: Callable[[], int],
    saved_at: datetime,
) -> dict[str, Entry]:
    """Return the entries of one writer after it says `records`.

    Parameters
    ----------
    records
        What is said, by id: an entry's fields without revision, or None where nothing is said any more. What is not
        named stays as it is.
    known
        The entries that this writer found when it began; its revisions have theirs as `base`.
    own
        The writer's entries so far, none of which anybody else has been given for good.
    settled
        By id, the revisions of a conflict that is ended by what is said.
    next_rev
        Gives a revision that is higher than all before. What is said together has one and the same: a gap
        between two would count the private entries that lie there.
    saved_at
        Now, UTC.

    Returns
    -------
    dict of str to Entry
        `own` with a new revision for everything that changed. An entry that is no longer said is withdrawn if somebody
        else may know it, and dropped otherwise.

    Raises
    ------
    InvalidEntryError
        If a record breaks the rules of its kind.
    """
    result = dict(own)
    rev = next_rev()
    unsaved = {"rev": rev, "saved_at": saved_at}
    for identity, record in {**dict.fromkeys(settled), **records}.items():
        base = known.get(identity)
        before = own.get(identity) or base
        if before is None and record is not None and identity not in settled:
            result[identity] = parse({**record, **unsaved})
            continue
        if record is None and base is None:
            result.pop(identity, None)
            continue
        entry = withdrawn(base) if record is None and base else parse(dict(record or {}) | unsaved)
        if before is None or entry.content() != before.content() or identity in settled:
            # What was settled stays so: each revision says all of it, so that taking one back brings its conflict back.
            ended = {*settled.get(identity, ()), *((before.settles or ()) if before else ())}
            revision = entry.revised(rev=rev, base=base.rev if base else None, saved_at=saved_at)
            result[identity] = revision.model_copy(update={"settles": tuple(sorted(ended)) or None})
    return result


def conflicts(history: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Return what was written in two places at once and nobody has chosen between yet.

    Parameters
    ----------
    history
        All revisions of all entries.

    Returns
    -------
    dict of str to tuple of Entry
        By id, newest first, the revisions besides the current one that no later one was edited from, or settles, and
        that say something else; also than a revision from the same base that was edited on.
    """
    revisions: dict[str, list[Entry]] = {}
    for entry in history:
        revisions.setdefault(entry.id, []).append(entry)
    rivals = {identity: tuple(_others(entries)) for identity, entries in revisions.items() if len(entries) > 1}
    return {identity: others for identity, others in rivals.items() if others}


def _others(revisions: Sequence[Entry]) -> Iterator[Entry]:
    current, *others = sorted(revisions, key=lambda entry: entry.rev, reverse=True)
    replaced = {entry.base for entry in revisions}.union(current.settles or ())
    # Two that say the same from the same base are one: who edited the one has seen the words of the other.
    seen = [(entry.base, _words(entry)) for entry in revisions if entry.rev in replaced]
    for other in others:
        words = _words(other)
        if other.rev not in replaced and words != _words(current) and (other.base, words) not in seen:
            yield other


def _words(entry: Entry) -> dict[str, Any]:
    """Return what an entry says, without how long it is to be kept: nobody has to choose between two such days."""
    return {name: value for name, value in entry.content().items() if name != "expires_on"}


def withdrawn(entry: Entry) -> Entry:
    """Return an entry that is no longer said: what its kind requires, and no words."""
    required = {name for name, field in MODELS[entry.kind].model_fields.items() if field.is_required()}
    kept = entry.model_dump(include=required | {"kind", "session", "held_on", "visibility"})
    return parse(kept | {"withdrawn": True})
