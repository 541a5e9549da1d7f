"""Which entries a page shows, and which of their words: what its readers will see, known before it is written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

import pandas as pd

from coaching.metrics.mission.statements import Version
from coaching.metrics.periods import ALL_TIME, Period
from coaching.model.sharing import DisclosedFields, Place, Shared, together
from coaching.model.vocabulary import AgreementEvent, BecomingStatus, DreamStatus, Topic
from coaching.pages.source import COACH, COACHEE, PageSource, Record
from coaching.text import is_blank

_Places = Iterator[Place]
_ITEM: Final = ("what", "if_then", "obstacle", "levels")
_STATEMENT: Final = ("text", "why_changed")
#: The words of the kinds of which a session is told.
_TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    "segment": (),
    "note": ("text",),
    "review": ("text",),
    "mission": _STATEMENT,
    "check": ("text",),
    "item": ("what",),
}
_QUOTED: Final = 3


def on_quarter_page(shared: Shared, asof: date, period: Period) -> DisclosedFields:
    """Return what `coaching.pages.summary_page` shows of what its audience may read."""
    return together(_quarter(PageSource.of(shared, asof, period)))


def on_plan_page(shared: Shared, asof: date) -> DisclosedFields:
    """Return what `coaching.pages.plan_page` shows of what its audience may read."""
    return together(_plan(PageSource.of(shared, asof)))


def in_markdown(shared: Shared, asof: date) -> DisclosedFields:
    """Return what `coaching.pages.markdown.plan` shows of what its audience may read."""
    return together(_markdown(PageSource.of(shared, asof)))


def _quarter(contents: PageSource) -> _Places:
    states, versions, period = contents.states, contents.versions, contents.period
    alive = set(contents.alive["id"])
    yield from _people(contents)
    for kind in ("session", "item", "item_event"):  # the figures count them all
        yield from ((record, ()) for record in contents[kind])
    yield from _items(contents, alive | _open(states))
    yield from ((event, ("text",)) for event in contents["item_event"] if event["item"] in alive)
    yield from _versions(contents, versions)
    for session in contents.held_in_period:
        yield from _conversation(contents, session["id"], None)
    for day in _days_outside(contents, period):
        yield from _conversation(contents, None, day)
    for planned in contents["cancellation"]:
        if "held_on" in planned and planned["held_on"] in period:
            yield planned, ("text",)
        elif "held_on" not in planned and period == ALL_TIME:
            yield planned, ("text", "as_typed")
    yield from _came_true(contents)
    if versions:
        yield from _themes(contents)


def _plan(contents: PageSource) -> _Places:
    states = contents.states
    theirs = set(states.loc[states["owner"] == COACH, "id"])
    moved = {item for item, count in Counter(event["item"] for event in contents["item_event"]).items() if count > 1}
    with_events = (theirs - _open(states)) | (moved & _open(states))
    versions = contents.versions
    yield from _people(contents)
    yield from _versions(contents, versions[:-1])
    yield from _versions(contents, versions[-1:], ("text",))
    yield from _ground(contents)
    yield from _items(contents, set(states["id"]))
    yield from ((session, ()) for session in contents["session"])
    for event in contents["item_event"]:
        yield event, ("text",) if event["item"] in with_events or _is_progress(event) else ()
    for review in filter(_is_progress, contents["review"]):
        yield review, ("text",)
    for note in contents["note"]:
        if note["author"] == COACHEE and (note["topic"] == Topic.DREAM or _is_takeaway(note)):
            yield note, ("text",)
    for handover in contents["handover"]:
        yield handover, ("reason", "bundle")
        for item in (*handover.get("items_open", ()), *handover.get("items_transferred", ())):
            yield contents.one("item", item), ("what",)
    if not contents.for_others:
        yield from ((handout, ("text",)) for handout in contents["handout"])


def _markdown(contents: PageSource) -> _Places:
    states = contents.states
    named = {*states["owner_name"].dropna(), *(contents.name(dream["author"]) for dream in contents["dream"])}
    yield contents.coachee, ("name",)
    yield from ((coach, ("name",)) for coach in contents.coaches if coach.get("name") in named)
    yield from _versions(contents, contents.versions[-1:], ("text",))
    yield from _ground(contents)
    yield from _items(contents, set(states["id"]))
    for kind in ("session", "item_event"):
        yield from ((record, ()) for record in contents[kind])


def _people(contents: PageSource) -> _Places:
    yield contents.coachee, ("name", "pronouns", "text")
    yield from ((coach, ("name", "text")) for coach in contents.coaches)


def _ground(contents: PageSource) -> _Places:
    """Yield what a plan stands on: the agreement, dreams, and who they want to become."""
    for agreement in contents["agreement"]:
        if "held_on" in agreement and agreement["agreement_event"] != AgreementEvent.PROPOSED:
            yield agreement, ("text",)
    yield from ((dream, ("title", "text")) for dream in contents["dream"])
    yield from ((event, ("text",)) for event in contents["dream_event"])
    yield from ((becoming, ("text",)) for becoming in contents["becoming"])


def _versions(contents: PageSource, known: Iterable[Version], fields: tuple[str, ...] = _STATEMENT) -> _Places:
    versions = {(version.held_on, version.text) for version in known}
    for mission in contents["mission"]:
        if (mission.get("held_on"), mission.get("text")) in versions:
            yield mission, fields


def _items(contents: PageSource, ids: set[str]) -> _Places:
    for item in contents["item"]:
        if item["id"] in ids:
            yield item, _ITEM
            yield contents.one("becoming", item.get("becoming")), ("text",)
            yield from _named(contents.one("dream", item.get("dream")))


def _conversation(contents: PageSource, session: str | None, day: date | None) -> _Places:
    """Yield what was said in a session, or on a day outside of any."""
    for kind, fields in _TOLD.items():
        for record in contents[kind]:
            if record.get("session") != session or (session is None and record.get("held_on") != day):
                continue
            yield record, fields
            yield contents.one("item", record.get("item")), ("what",)
            yield contents.one("becoming", record.get("becoming") if kind == "segment" else None), ("text",)
            for dream in record.get("dreams") or ():
                yield from _named(contents.one("dream", dream))


def _days_outside(contents: PageSource, period: Period) -> set[date]:
    records = (record for kind in ("note", "review", "check") for record in contents[kind] if "session" not in record)
    return {record["held_on"] for record in records if "held_on" in record and record["held_on"] in period}


def _came_true(contents: PageSource) -> _Places:
    dreams = (
        place
        for dream in contents["dream"]
        if dream["dream_status"] == DreamStatus.CAME_TRUE and dream["author"] == COACHEE
        for place in _named(dream)
    )
    reached = (
        (becoming, ("text",))
        for becoming in contents["becoming"]
        if becoming["becoming_status"] == BecomingStatus.REACHED
    )
    yield from [*dreams, *reached][:_QUOTED]


def _themes(contents: PageSource) -> _Places:
    """Yield the themes and the dreams behind them, of whichever day: they read the statements of all days."""
    records = {record["id"]: record for record in contents.shared.records() if record["kind"] in {"theme", "dream"}}
    for theme in records.values():
        if theme["kind"] == "theme":
            yield theme, ("words",) if is_blank(theme.get("title")) else ("title",)
            yield from _named(records.get(theme.get("dream", ""), {}))


def _named(dream: Record) -> _Places:
    """Yield a dream with what it is called: its title, or else its words."""
    if dream:
        yield dream, ("text",) if is_blank(dream.get("title")) else ("title",)


def _open(states: pd.DataFrame) -> set[str]:
    return set(states.loc[states["state"].isin(["open", "draft"]), "id"])


def _is_progress(record: Record) -> bool:
    return bool(record["author"] == COACHEE and "held_on" in record)


def _is_takeaway(note: Record) -> bool:
    return note["topic"] == Topic.TAKEAWAY and _is_progress(note)
