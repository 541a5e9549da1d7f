"""What is said now, against what was said before: which new revisions that makes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from coaching.entries import MODELS
from coaching.entry import Entry
from coaching.parsing import parse


def revise(
    records: Mapping[str, Mapping[str, Any] | None],
    known: Mapping[str, Entry],
    own: Mapping[str, Entry],
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
    for identity, record in records.items():
        base = known.get(identity)
        before = own.get(identity) or base
        if record is None and base is None:
            result.pop(identity, None)
            continue
        said = _withdrawn(base) if record is None and base else dict(record or {})
        entry = parse(said | {"rev": 0, "saved_at": saved_at})
        if before is None or entry.content() != before.content():
            result[identity] = entry.revised(rev=rev, base=base.rev if base else None, saved_at=saved_at)
    return result


def _withdrawn(entry: Entry) -> dict[str, Any]:
    """Return the record of an entry that is no longer said: what its kind requires, and no words."""
    required = {name for name, field in MODELS[entry.kind].model_fields.items() if field.is_required()}
    kept = entry.model_dump(include=required | {"kind", "session", "held_on", "visibility"})
    return {name: value for name, value in kept.items() if name not in {"rev", "saved_at"}} | {"withdrawn": True}
