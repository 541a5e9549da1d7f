"""What stands in a `Shared`, looked up by kind, by id and by session: the ground that every view is built on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Self

import pandas as pd

from coaching.i18n import say
from coaching.metrics.mission.statements import Version, versions
from coaching.metrics.mission.themes import Theme, themes
from coaching.metrics.mission.words import Word, lineage
from coaching.metrics.periods import ALL_TIME, Period, last_day
from coaching.metrics.promises.items import item_states
from coaching.metrics.threads import Step, Thread, steps_by_id, threads
from coaching.model.calling import known_as
from coaching.model.cells import rows_of
from coaching.model.sharing import Audience, Shared
from coaching.pages.words import Words
from coaching.text import is_blank

Record = Mapping[str, Any]

COACH = "coach"
COACHEE = "coachee"
_LANG = "lang"


@dataclass(frozen=True, repr=False)
class PageSource:
    """The entries that were there on `asof`, as plain records without empty fields.

    A section takes people's words by `words`, and none that it does not show: what readers will see is told by that
    (see `coaching.model.sharing.Shared`).

    Attributes
    ----------
    shared
        Where they come from, for the metrics.
    asof
        Entries of later days are left out; those without a day are kept.
    period
        The period that is looked at.
    by_kind
        Records by kind, in the order of their frames; `words` reads what is said in them.
    """

    shared: Shared
    asof: date
    period: Period
    by_kind: Mapping[str, tuple[Record, ...]]

    @classmethod
    def of(cls, shared: Shared, asof: date, period: Period = ALL_TIME) -> Self:
        """Look up what `shared` holds up to `asof`."""
        entries = list(shared.known_on(asof).values())
        spoken = _Languages.of(entries)
        by_kind: defaultdict[str, list[Record]] = defaultdict(list)
        for record in entries:
            by_kind[record["kind"]].append({**record, _LANG: spoken.in_which(record)})
        return cls(shared, asof, period, {kind: tuple(records) for kind, records in by_kind.items()})

    def __getitem__(self, kind: str) -> tuple[Record, ...]:
        """Return the entries of one kind."""
        return self.by_kind.get(kind, ())

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing at all."""
        return not self.by_kind

    @property
    def for_others(self) -> bool:
        """Say whether people outside the pair will read it."""
        return self.shared.audience == Audience.OPEN

    @property
    def own_copy(self) -> bool:
        """Say whether it is the holder's own copy, which may hold private words."""
        return self.shared.audience == Audience.HOLDER

    @cached_property
    def states(self) -> pd.DataFrame:
        """How every action item stands on the day of the contents (see `coaching.metrics.promises.items.item_states`).

        One that was written down later is not among them, whatever day its events are told for. An owner without a name
        is called what their side is called on screen.
        """
        states = item_states(self.shared.frames, self.asof)
        own_states = states.loc[states["id"].isin([item["id"] for item in self["item"]])].reset_index(drop=True)
        self.shared.count_items(set(own_states["id"]), self.asof)
        for session in self["session"]:  # they tell how far an item is past its day
            self.shared.count(session)
        names = [self.owner_name(row) for row in rows_of(own_states, ["person", "owner"])]
        return own_states.assign(owner_name=pd.Series(names, own_states.index, dtype="str"))

    @cached_property
    def alive(self) -> pd.DataFrame:
        """The `states` of the items that were agreed before the end of the period and not closed before its start."""
        states, period = self.states, self.period
        alive = pd.Series(data=True, index=states.index)
        if period.end is not None:
            alive &= states["agreed"] < pd.Timestamp(period.end)
        if period.start is not None:
            alive &= ~(states["closed_on"] < pd.Timestamp(period.start))
        return states.loc[alive]

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """The versions of the mission statement in force up to the last day of the period, oldest first."""
        return versions(self.shared.frames, last_day(self.period, self.asof))

    @cached_property
    def lineage(self) -> tuple[tuple[Word, ...], ...]:
        """The words of each of the `versions`, with where each came from."""
        return lineage([version.text for version in self.versions])

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """The coachee's themes, of whichever day: they read the statements of all days."""
        return themes(self.shared.frames)

    @cached_property
    def threads(self) -> dict[str, Thread]:
        """What was told that can move, by id, as it stands on the day of the contents.

        A section that shows how one stands counts the lines that say so, by `Shared.count`.
        """
        return {thread.id: thread for thread in threads(self.shared.frames, self.asof)}

    @cached_property
    def steps(self) -> Mapping[str, Sequence[Step]]:
        """The dated lines of each of the `threads`, and of what is none any more, by its id."""
        return steps_by_id(self.shared.frames, self.asof)

    def standing(self, record: Record) -> Record:
        """Return a dream or a becoming as it stands, and note that the copy shows by which line it does."""
        thread = self.threads.get(record["id"])
        if thread is None:
            return record
        for step in thread.steps:
            if step.status:
                self.shared.count({"id": step.id})
        return {**record, **{name: value for name, value in thread.standing.items() if value is not None}}

    @cached_property
    def held_in_period(self) -> tuple[Record, ...]:
        """The sessions held in the period, newest first."""
        held = [session for session in self["session"] if "held_on" in session and session["held_on"] in self.period]
        return tuple(sorted(held, key=lambda session: (session["held_on"], session.get("number", 0)), reverse=True))

    @cached_property
    def sessions_held(self) -> pd.DataFrame:
        """`held_on` and `number` of the sessions up to the day of the contents."""
        held = self.shared.frames["session"][["held_on", "number"]]
        return held.loc[held["held_on"] <= pd.Timestamp(self.asof)]

    @property
    def coachee(self) -> Record:
        """Return the coachee, an empty record if nothing is known of them."""
        return next((person for person in self["person"] if person["side"] == COACHEE), {})

    @property
    def coaches(self) -> tuple[Record, ...]:
        """Return the coaches."""
        return tuple(person for person in self["person"] if person["side"] == COACH)

    def one(self, kind: str, identity: str | None) -> Record:
        """Return the entry of a kind with that id, an empty record if there is none."""
        return self._by_id.get((kind, identity), {})

    @cached_property
    def _by_id(self) -> dict[tuple[str, str | None], Record]:
        return {(kind, record["id"]): record for kind, records in self.by_kind.items() for record in reversed(records)}

    @cached_property
    def events_of_items(self) -> dict[str, list[Record]]:
        """What happened to each action item, by its id."""
        events: defaultdict[str, list[Record]] = defaultdict(list)
        for event in self["item_event"]:
            events[event["item"]].append(event)
        return dict(events)

    def words(self, record: Record, field: str) -> Words | None:
        """Return the words in a field with the language of who wrote them, None if there is nothing to read."""
        text = self.shared.show(record, field)
        return None if is_blank(text) else Words(str(text), record.get(_LANG))

    def dream_name(self, dream: Record) -> Words | None:
        """Return what a dream is called: its title, or else its words."""
        return self.words(dream, "title") or self.words(dream, "text")

    def name(self, side: str, session: Record | None = None, *, inside: bool = False) -> str:
        """Return what a side is called after the head of a page, the coach as the one who held `session`.

        A coach without a name, or one of several, is "The coach", and "the coach" inside of a sentence.
        """
        if side == COACHEE:
            return self.called(self.coachee) or say("The coachee")
        held_by = self.one("person", (session or {}).get("person"))
        only = self.coaches[0] if len(self.coaches) == 1 else {}
        return self.called(held_by) or self.called(only) or (say("the coach") if inside else say("The coach"))

    def called(self, person: Record) -> Words | None:
        """Return what a person is called by, their full name where somebody else is called the same; None without."""
        name = self.words(person, "name")
        called = known_as(name, self.words(person, "called"))
        others = (other for other in self["person"] if other["id"] != person.get("id"))
        if called is None or any(known_as(other.get("name"), other.get("called")) == called for other in others):
            return name
        return Words(called, name.lang if name else None)

    def person_name(self, identity: str | None, otherwise: str) -> str:
        """Return what the person with that id is called by, or what to call them without."""
        return self.called(self.one("person", identity)) or otherwise

    def owner_name(self, state: Record) -> str | None:
        """Return what the owner of an action item is called, of a row of `states`; None where nobody owns it."""
        return self.person_name(state["person"], self.name(state["owner"])) if state["owner"] else None

    def session_of(self, record: Record) -> Record:
        """Return the session in which something was said, an empty record outside of one."""
        return self.one("session", record.get("session"))

    def session_name(self, identity: str | None) -> str | None:
        """Return ``"S7"``, or None if the session or its number is not known."""
        number = self.one("session", identity).get("number")
        return None if number is None else say("S{number}", number=number)

    def is_private(self, record: Record) -> bool:
        """Say whether the words stand in the holder's own copy alone."""
        return bool(record.get("visibility") == "private")


@dataclass(frozen=True)
class _Languages:
    """Which language people write in, as far as the workbook says."""

    people: Mapping[str, Record]
    sessions: Mapping[str, Record]
    coachee: Record

    @classmethod
    def of(cls, records: Sequence[Record]) -> Self:
        people = {record["id"]: record for record in records if record["kind"] == "person"}
        sessions = {record["id"]: record for record in records if record["kind"] == "session"}
        return cls(people, sessions, next((person for person in people.values() if person["side"] == COACHEE), {}))

    def in_which(self, record: Record) -> str | None:
        """Return the language of whoever wrote a record; where theirs is not known, that of the session."""
        session = self.sessions.get(record.get("session", ""), {})
        coach = self.people.get(session.get("person", ""), {})
        writer = self.coachee if record["author"] == COACHEE else coach
        if record["kind"] == "person":
            writer = record
        language = writer.get("language") or session.get("language")
        return None if language is None else str(language)
