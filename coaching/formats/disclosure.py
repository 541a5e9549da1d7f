"""Which entries the table and the calendar hold, and which of their words: known before they are written."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from coaching.metrics.promises.items import item_rows
from coaching.model.sharing import DisclosedFields, Place, Shared, together

Record = Mapping[str, Any]
_Places = Iterator[Place]
_CALENDAR: Final = ("what", "if_then", "obstacle")
_MEETINGS: Final = frozenset({"session", "cancellation"})


def in_table(shared: Shared, asof: date) -> DisclosedFields:
    """Return what `coaching.formats.items_csv` writes of what its audience may read."""
    return together(_table(shared, asof))


def in_calendar(shared: Shared, side: str, asof: date) -> DisclosedFields:
    """Return what `coaching.formats.calendar` writes of what its audience may read."""
    return together(_calendar(shared, side, asof))


def _table(shared: Shared, asof: date) -> _Places:
    entries, states = shared.known_on(asof), item_rows(shared.frames, asof)
    for item in _items(entries, states):
        yield item, ("label", *_CALENDAR)
        if becoming := entries.get(item.get("becoming", "")):
            yield becoming, ("text",)
        if dream := entries.get(item.get("dream", "")):
            yield dream, ("title",) if dream.get("title") else ("text",)
    owners = {state["person"] for state in states if state["id"] in entries}
    yield from ((entries[person], ("name",)) for person in sorted(owners & entries.keys()))
    yield from _events(entries, states)


def _calendar(shared: Shared, side: str, asof: date) -> _Places:
    entries = shared.known_on(asof)
    theirs = [state for state in item_rows(shared.frames, asof) if state["owner"] == side and state["due"] is not None]
    for item in _items(entries, theirs):
        yield item, _CALENDAR
    yield from _events(entries, theirs)
    if any("next_on" in record for record in entries.values()):  # which of the days still stands, both tell
        yield from ((record, ()) for record in entries.values() if record["kind"] in _MEETINGS)


def _items(entries: Mapping[str, Record], states: Iterable[Record]) -> Iterator[Record]:
    return (entries[state["id"]] for state in states if state["id"] in entries)


def _events(entries: Mapping[str, Record], states: Iterable[Record]) -> _Places:
    """Yield what happened to the items: it says how they stand, without its words."""
    ids = {state["id"] for state in states} & entries.keys()
    yield from ((record, ()) for record in entries.values() if record["kind"] == "item_event" and record["item"] in ids)
