"""Which entries the table and the calendar hold, and which of their words: known before they are written."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from coaching.metrics.items import item_states
from coaching.sharing import Place, Shared, Shown, together

Record = Mapping[str, Any]
_Places = Iterator[Place]
_CALENDAR: Final = ("what", "if_then", "obstacle")


def in_table(shared: Shared, asof: date) -> Shown:
    """Return what `coaching.interchange.items_csv` writes of what its audience may read."""
    return together(_table(shared, asof))


def in_calendar(shared: Shared, side: str, asof: date) -> Shown:
    """Return what `coaching.interchange.calendar` writes of what its audience may read."""
    return together(_calendar(shared, side, asof))


def _table(shared: Shared, asof: date) -> _Places:
    known, states = _known(shared, asof), item_states(shared.frames, asof)
    for item in _items(known, states):
        yield item, ("label", *_CALENDAR)
        if becoming := known.get(item.get("becoming", "")):
            yield becoming, ("text",)
        if dream := known.get(item.get("dream", "")):
            yield dream, ("title",) if dream.get("title") else ("text",)
    owners = set(states.loc[states["id"].isin(known), "person"].dropna())
    yield from ((known[person], ("name",)) for person in sorted(owners & known.keys()))
    yield from _events(known, states)


def _calendar(shared: Shared, side: str, asof: date) -> _Places:
    known, states = _known(shared, asof), item_states(shared.frames, asof)
    theirs = states.loc[(states["owner"] == side) & states["due"].notna()]
    for item in _items(known, theirs):
        yield item, _CALENDAR
    yield from _events(known, theirs)


def _known(shared: Shared, asof: date) -> dict[str, Record]:
    return {record["id"]: record for record in shared.records() if record.get("held_on", asof) <= asof}


def _items(known: Mapping[str, Record], states: pd.DataFrame) -> Iterator[Record]:
    return (known[identity] for identity in states["id"] if identity in known)


def _events(known: Mapping[str, Record], states: pd.DataFrame) -> _Places:
    """Yield what happened to the items: it says how they stand, without its words."""
    ids = set(states["id"]) & known.keys()
    yield from ((record, ()) for record in known.values() if record["kind"] == "item_event" and record["item"] in ids)
