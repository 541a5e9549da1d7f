"""The days of one side's action items as a calendar file that can be imported again and again.

Whole-day events and not to-dos: Google's and Outlook's calendars pass over a ``VTODO`` in an imported file, and every
calendar knows a ``VEVENT``, with the sequence number and the status by which a later file updates or cancels it.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from icalendar import Calendar, Event

from coaching.i18n import say
from coaching.metrics.promises.experiments import experiments
from coaching.metrics.promises.items import item_rows
from coaching.model.sharing import Shared
from coaching.text import is_blank, visible

_PRODUCT: Final = "-//coaching workbook//plan//EN"
#: The largest SEQUENCE of RFC 5545 (3.3.8), and where the seconds that it counts begin.
_HIGHEST: Final = 2**31 - 1
_BEGINNING: Final = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
_MICROSECONDS: Final = 1_000_000
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class _Day:
    """The day of an item, whose it is, and whether it is still to come of it; what is only tried says so."""

    item: str
    owner: str | None
    day: date
    is_on: bool
    to_try: bool = False


def write(shared: Shared, side: str, asof: date) -> bytes:
    """Return the days of one side, and when the two meet again, as a calendar file (RFC 5545) of a day.

    They are the days by which something was promised, or is to be tried. What is open and has a day is confirmed; what
    is done, tried, let go, or no longer has all that makes a promise is cancelled. What the audience may not read is
    not there at all, not even as cancelled. The same data and the same day give the same bytes.

    Parameters
    ----------
    shared
        What the audience may read, each entry in its current state.
    side
        Whose promises: ``"coach"`` or ``"coachee"``.
    asof
        The day of which the calendar speaks; it is the time stamp too.
    """
    known_on = min(asof, date.max - _A_DAY) + _A_DAY  # further east it is tomorrow already
    entries = shared.known_on(known_on)
    newest = _newest(entries)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("method", "PUBLISH")
    states = [
        _Day(state["id"], state["owner"], state["due"], state["state"] == "open")
        for state in item_rows(shared.frames, known_on)
        if state["due"]
    ]
    states += [
        _Day(one.id, one.owner, one.by, not one.is_over, to_try=True)
        for one in experiments(shared.frames, known_on)
        if one.by
    ]
    theirs = [one for one in states if one.owner == side and one.item in entries]
    shared.count_items({one.item for one in theirs}, known_on)
    for one in theirs:
        calendar.add_component(_event(one, shared, newest[one.item], asof))
    for meeting in _meetings(shared, entries, asof):
        calendar.add_component(meeting)
    return bytes(calendar.to_ical())


def _newest(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """Return the newest revision of each item, and of what happened to it."""
    newest: dict[str, int] = {}
    for record in entries.values():
        about = record.get("item", record["id"])
        newest[about] = max(record["rev"], newest.get(about, record["rev"]))
    return newest


def _event(one: _Day, shared: Shared, rev: int, asof: date) -> Event:
    item = shared.by_id[one.item]
    event = _whole_day(one.item, one.day, rev, asof, is_on=one.is_on)
    what = _line(shared.show(item, "what"))
    summary = say("To try: {what}", what=what) if what and one.to_try else what
    event.add("summary", summary or say("A promise without words yet"))
    if description := "\n".join(_told(shared, item)):
        event.add("description", description)
    return event


def _meetings(shared: Shared, entries: Mapping[str, Mapping[str, Any]], asof: date) -> Iterator[Event]:
    """Yield the days on which the two said they would meet; cancelled where they have met on another one since."""
    sessions = [record for record in entries.values() if record["kind"] == "session"]
    cancellations = [record for record in entries.values() if record["kind"] == "cancellation"]
    if any("next_on" in session for session in sessions):
        for record in (*sessions, *cancellations):  # which of the days still stands, both tell
            shared.count(record)
    held_on = {session["held_on"] for session in sessions if "held_on" in session}
    off = {one["held_on"] for one in cancellations if "held_on" in one}
    for session in sessions:
        if day := session.get("next_on"):
            has_come_otherwise = any(held > session.get("held_on", asof) for held in held_on) and day not in held_on
            is_on = not has_come_otherwise and day not in off
            # Its name is not that of an item's day: the two would take each other's place.
            event = _whole_day(f"{session['id']}/next", day, session["rev"], asof, is_on=is_on)
            event.add("summary", say("One-on-one"))
            yield event


def _whole_day(identity: str, day: date, rev: int, asof: date, *, is_on: bool) -> Event:
    event = Event()
    event.add("uid", _uid(identity))
    event.add("dtstamp", _midnight(asof))
    event.add("sequence", _sequence(rev, asof))
    event.add("dtstart", day)
    if day < date.max:  # without its end a whole-day event lasts one day all the same
        event.add("dtend", day + timedelta(days=1))
    event.add("status", "CONFIRMED" if is_on else "CANCELLED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _sequence(rev: int, asof: date) -> int:
    """Return a number that is higher in a later file: also where what happened to an item was taken back since."""
    seconds = max(rev // _MICROSECONDS, int(_midnight(asof).timestamp()))
    return min(max(seconds - _BEGINNING, 0), _HIGHEST)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _uid(item: str) -> str:
    """Return the same name for an item in every file and in both copies; neither a word nor a day is in it."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"coaching-workbook/{item}"))


def _told(shared: Shared, item: Mapping[str, Any]) -> Iterator[str]:
    if plan := _line(shared.show(item, "if_then")):
        yield say("If – then: {plan}", plan=plan)
    if obstacle := _line(shared.show(item, "obstacle")):
        yield say("In the way: {obstacle}", obstacle=obstacle)


def _line(text: str | None) -> str:
    return "" if is_blank(text) else " ".join(visible(text or "").split())
