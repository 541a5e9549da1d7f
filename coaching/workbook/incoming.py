"""Records that come in from elsewhere, as the entries that a workbook gains by them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coaching.errors import InterchangeError, InvalidEntryError
from coaching.i18n import say
from coaching.model.entry import Entry
from coaching.model.frames import frames, records
from coaching.model.merge import joined, kept_closed
from coaching.model.revisions import latest, revise
from coaching.model.schema import to_table
from coaching.model.sharing import holdings
from coaching.model.undo import brought
from coaching.model.validation import parse
from coaching.model.vocabulary import Side

_PROBLEMS_SHOWN = 5


@dataclass(frozen=True)
class Added:
    """What an import changed: how many entries came in, were known already, or were left out as private; and which."""

    new: int
    known: int
    left_out: int
    ids: frozenset[str] = frozenset()


def additions(
    incoming: Sequence[Mapping[str, Any]],
    history: Sequence[Entry],
    *,
    holder: Side,
    next_rev: Callable[[], int],
    now: datetime,
    earlier: Mapping[str, Sequence[int]] | None = None,
) -> tuple[list[Entry], Added]:
    """Return the entries that records add to a workbook, as one act, and what that changes.

    A record without revision is new unless its entry has said the same before. What is private to the other side is
    left out, what was erased stays erased, and what one copy closed to others stays closed.

    Parameters
    ----------
    incoming
        The records.
    history
        All revisions of all entries that the workbook has; none of a new one.
    holder
        Whose copy it is.
    next_rev
        Gives a revision that is higher than all in `history`.
    now
        When they come in, UTC.
    earlier
        What another copy knew of a record before (see `coaching.model.merge`).

    Raises
    ------
    InterchangeError
        If a record breaks the rules of its kind.
    """
    erased = {entry.id for entry in history if entry.erased}
    allowed = _allowed(_parsed(incoming, now), holder)
    known_revs = {(entry.id, entry.rev) for entry in history}
    contents: dict[str, list[dict[str, Any]]] = {}
    for entry in history:
        contents.setdefault(entry.id, []).append(entry.content())
    wanted = [entry for entry in allowed if entry.id not in erased]
    unknown = [entry for entry in wanted if entry.rev and (entry.id, entry.rev) not in known_revs]
    revised = joined(unknown, history, earlier)
    records = {
        entry.id: entry.content()
        for entry in wanted
        if not entry.rev and entry.content() not in contents.get(entry.id, [])
    }
    newest, came = latest([*history, *revised]), len(revised) + len(records)
    for identity, visibility in kept_closed(revised, history).items():
        records[identity] = records.get(identity, newest[identity].content()) | {"visibility": visibility}
    rev = max([next_rev(), *(entry.rev + 1 for entry in revised)])  # another copy's clock may be ahead
    new = [*revised, *revise(records, newest, {}, next_rev=lambda: rev, saved_at=now).values()]
    changed = Added(
        new=came,
        known=len(allowed) - came,
        left_out=len(incoming) - len(allowed),
        ids=frozenset(entry.id for entry in new),
    )
    return (brought(new, now) if revised and history else new), changed


def lacking(entries: Sequence[Entry], history: Sequence[Entry]) -> list[Entry]:
    """Return what another folder of the same copy says and a workbook with this history does not.

    What was erased there is lacking here as well; what was erased here is not.
    """
    existing = {(entry.id, entry.rev) for entry in history}
    erased = {entry.id for entry in history if entry.erased}
    contents: dict[str, list[dict[str, Any]]] = {}
    for entry in history:
        contents.setdefault(entry.id, []).append(entry.content())
    return [
        entry
        for entry in entries
        if entry.id not in erased
        and ((entry.id, entry.rev) not in existing or entry.content() not in contents[entry.id])
    ]


def _parsed(incoming: Sequence[Mapping[str, Any]], now: datetime) -> list[Entry]:
    entries, problems = [], []
    for record in incoming:
        try:
            entries.append(parse({"rev": 0, "saved_at": now} | dict(record)))
        except InvalidEntryError as problem:
            problems.append(str(problem))
    if problems:
        more = len(problems) - _PROBLEMS_SHOWN
        others = [say("And {more} more.", more=more)] if more > 0 else []
        raise InterchangeError(
            "Nothing was brought in. {problems}", problems=" ".join([*problems[:_PROBLEMS_SHOWN], *others])
        )
    return entries


def _allowed(entries: Sequence[Entry], holder: Side) -> list[Entry]:
    """Return the entries that this holder's copy may hold."""
    return [parse(record) for record in records(holdings(frames(to_table(entries)), holder))]
