"""What the coachee brought between two sessions: it waits in the opening of the next one."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from coaching.model.entries import Note, Session
from coaching.model.entry import Entry
from coaching.model.vocabulary import Kind, Side, Topic, Visibility
from coaching.workbook import preview
from coaching.workbook.context import Context
from coaching.workbook.preview import Line

_KINDS: Final = frozenset(
    {Kind.NOTE, Kind.MISSION, Kind.DREAM, Kind.PROGRESS, Kind.STRENGTH, Kind.SUPPORTER, Kind.ITEM, Kind.ITEM_EVENT}
)
_FOR_NEXT_TIME: Final = frozenset({Topic.QUESTION, Topic.WIN})
_EVER: Final = datetime.min.replace(tzinfo=UTC)


def waiting(context: Context) -> tuple[Line, ...]:
    """Return what came in from the coachee since the latest session began, line by line."""
    since = max(_beginnings(context.earlier.values()).values(), default=_EVER)
    return preview.brought(context.earlier, [one.id for one in context.earlier.values() if _waits(one, since)])


def _beginnings(entries: Iterable[Entry]) -> dict[str, datetime]:
    """Return by session when something of it was first kept: what it says of itself may have changed since."""
    beginnings: dict[str, datetime] = {}
    for entry in entries:
        session = entry.id if isinstance(entry, Session) else entry.session
        if session:
            beginnings[session] = min(entry.saved_at, beginnings.get(session, entry.saved_at))
    return beginnings


def _waits(entry: Entry, since: datetime) -> bool:
    return (
        entry.kind in _KINDS
        and entry.author is Side.COACHEE
        and entry.session is None
        and entry.visibility is not Visibility.PRIVATE
        and not entry.erased
        and (not isinstance(entry, Note) or entry.topic in _FOR_NEXT_TIME)
        and entry.saved_at > since
    )
