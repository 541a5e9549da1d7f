"""What the coachee brought between two sessions: it waits in the opening of the next one."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from ulid import ULID

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
#: An id says when it was made to the millisecond.
_OF_AN_ID: Final = timedelta(milliseconds=1)


def waiting(context: Context) -> tuple[Line, ...]:
    """Return what came in from the coachee since the latest session began, line by line."""
    since = max((_begun(entry) for entry in context.earlier.values() if isinstance(entry, Session)), default=_EVER)
    return preview.brought(context.earlier, [one.id for one in context.earlier.values() if _waits(one, since)])


def _begun(session: Session) -> datetime:
    """Return when a session was first kept; one that was brought in, on its day."""
    day = datetime.combine(session.held_on, time.min, UTC) if session.held_on else _EVER
    return min(session.saved_at, max(ULID.from_str(session.id).datetime + _OF_AN_ID, day))


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
