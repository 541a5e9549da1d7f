"""What a copy holds, told line by line: every entry that its readers will see, grouped by session, in plain words."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from coaching.i18n import say, say_counted
from coaching.l10n import in_words
from coaching.model.calling import known_as
from coaching.model.entries import MODELS
from coaching.model.entry import Entry
from coaching.model.sharing import Audience, DisclosedFields, Shared
from coaching.model.vocabulary import ItemEventKind, Kind, MissionDecision, Segment, Side, Topic, Visibility
from coaching.text import beginning, is_blank
from coaching.workbook.line_terms import counted, terms

Record = Mapping[str, Any]

#: The fields in which people's words stand, in the order in which they are read.
WORDS: Final = (
    *("label", "name", "called", "pronouns", "title", "what", "as_typed", "text", "words", "wish", "best_outcome"),
    *("obstacle", "if_then", "levels", "level", "why_changed", "reason", "bundle", "form", "language", "time_zone"),
)
#: The kinds of which it says nothing to name who wrote them down, or that name people themselves.
_SAID_BY_NOBODY: Final = frozenset(
    {Kind.PERSON, Kind.SESSION, Kind.SEGMENT, Kind.CANCELLATION, Kind.ITEM, Kind.HANDOUT}
)
_KINDS: Final = tuple(Kind)
_PARTS: Final = tuple(Segment)
_TOPIC_ORDER: Final = tuple(Topic)
#: The field that names the entry which decides who may read this one.
_COVERED_BY: Final = {kind: model.covered_by for kind, model in MODELS.items() if model.covered_by}
#: So much of a promise is read where something is told of it.
_QUOTED: Final = 60


@dataclass(frozen=True, repr=False)
class Line:
    """One entry as its readers see it.

    Parameters
    ----------
    identity
        Its id.
    about
        Who said it, and what kind it is.
    words
        What it says; nothing where it only counts.
    is_open
        Whether others may read it, and not the two alone.
    """

    identity: str
    about: str
    words: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True, repr=False)
class Group:
    """The lines of one session, or of none."""

    key: str
    title: str
    lines: tuple[Line, ...]


def everything(shared: Shared) -> DisclosedFields:
    """Return that all words of all entries are seen."""
    return {record["id"]: frozenset(WORDS) for record in shared.records()}


def told(shared: Shared, shown: DisclosedFields, ids: frozenset[str] | None = None) -> tuple[Group, ...]:
    """Return the entries that are seen, what belongs to no session first, and then session by session, newest first.

    Parameters
    ----------
    shared
        What the audience may read.
    shown
        What of it is seen. People are named only where their names are.
    ids
        The entries to tell; by default all that are seen.
    """
    records = {record["id"]: record for record in shared.records()}
    return tuple(_Telling(records, shown).groups(frozenset(shown) if ids is None else ids.intersection(records)))


def brought(entries: Mapping[str, Entry], ids: Collection[str]) -> tuple[Line, ...]:
    """Return what some entries say that both may read, line by line.

    Parameters
    ----------
    entries
        The current entries of the workbook, by id.
    ids
        Those to tell. That a promise was agreed is told with the promise.
    """
    records = {
        one.id: {name: value for name, value in one.content().items() if value is not None}
        for one in entries.values()
        if one.visibility is not Visibility.PRIVATE and not one.withdrawn
    }
    wanted = [
        record
        for identity in ids
        if (record := records.get(identity))
        and record.get("event") != ItemEventKind.AGREED
        and record.get(_COVERED_BY.get(record["kind"], "id")) in records
    ]
    telling = _Telling(records, dict.fromkeys(records, frozenset(WORDS)))
    return tuple(map(telling.line, sorted(wanted, key=_order)))


def left_out(between: Shared, shown: DisclosedFields) -> tuple[str, ...]:
    """Return how many entries of each kind that both may read are not seen, and that what is private stays out.

    Both look at it together: of what is private there is no number, and the sentence is there whether any is or not.

    Raises
    ------
    ValueError
        If `between` is not what both of the pair may read.
    """
    if between.audience is not Audience.PAIR:
        raise ValueError("of what is left out only that is counted which both may read")
    counts = Counter(record["kind"] for record in between.records() if record["id"] not in shown)
    return (*(counted(kind, counts[kind]) for kind in _KINDS if counts[kind]), say("What is private stays out."))


@dataclass(frozen=True)
class _Telling:
    records: Mapping[str, Record]
    shown: DisclosedFields

    def groups(self, ids: frozenset[str]) -> Iterator[Group]:
        sessions = [record for record in self.records.values() if record["kind"] == Kind.SESSION]
        sessions.sort(key=lambda session: (session.get("held_on", date.min), session.get("number", 0)), reverse=True)
        for key, title in [("", say("General")), *((one["id"], _session(one)) for one in sessions)]:
            records = [one for one in self.records.values() if one["id"] in ids and self._place(one) == key]
            if records:
                yield Group(key, title, tuple(map(self.line, sorted(records, key=_order))))

    def _place(self, record: Record) -> str:
        own = record["id"] if record["kind"] == Kind.SESSION else record.get("session", "")
        return str(own) if own in self.records else ""

    def line(self, record: Record) -> Line:
        about = " · ".join(filter(None, (self._who(record), *self._about(record), self._label(record))))
        is_open = all(one["visibility"] == Visibility.OPEN for one in self._deciding(record))
        return Line(record["id"], about, tuple(self._words(record)), is_open)

    def _deciding(self, record: Record) -> Iterator[Record]:
        """Yield the entries that decide who may read this one: itself, the one that covers it, or both."""
        covering = _COVERED_BY.get(record["kind"])
        if covering:
            yield self.records[record[covering]]
        if MODELS[record["kind"]].says_its_readers(record.get("session")):
            yield record

    def _words(self, record: Record) -> Iterator[str]:
        for name in WORDS:
            value = record.get(name) if name in self.shown[record["id"]] and name != "label" else None
            for words in value if isinstance(value, tuple) else (value,):
                if not is_blank(words):
                    yield words

    def _label(self, record: Record) -> str:
        return str(record.get("label", "")) if "label" in self.shown[record["id"]] else ""

    def _who(self, record: Record) -> str:
        if record["kind"] in _SAID_BY_NOBODY:
            return ""
        return self._name(Side(record["author"]), self.records.get(record.get("session", ""), {}).get("person"))

    def _name(self, side: Side, person: str | None = None) -> str:
        """Return what a side is called if its readers will know the name."""
        people = [one for one in self.records.values() if one["kind"] == Kind.PERSON and one["side"] == side]
        namesakes = [one for one in people if one["id"] == person] or (people if len(people) == 1 else [])
        named = [
            known_as(one.get("name"), one.get("called")) for one in namesakes if "name" in self.shown.get(one["id"], ())
        ]
        nobody = {Side.COACH: say("the coach"), Side.COACHEE: say("the person coached")}
        return next(filter(None, named), None) or nobody[side]

    def _about(self, record: Record) -> Iterator[str]:
        """Yield what kind of line it is, and what else it tells that is not in words."""
        kind = Kind(record["kind"])
        tell = getattr(self, f"_about_{kind.value}", None)
        yield from tell(record) if tell else [terms().kinds[kind]]

    def _about_person(self, record: Record) -> Iterator[str]:
        yield say("about the coach") if record["side"] == Side.COACH else say("about the person coached")

    def _about_agreement(self, record: Record) -> Iterator[str]:
        yield say("agreement, {state}", state=terms().states[record["agreement_event"]])
        yield from _on(record)

    def _about_session(self, record: Record) -> Iterator[str]:
        yield say("that it took place")
        if "minutes" in record:
            yield say_counted("{count} minute", "{count} minutes", record["minutes"])
        if "next_on" in record:
            yield say("you meet again on {day}", day=in_words(record["next_on"]))

    def _about_cancellation(self, record: Record) -> Iterator[str]:
        yield terms().kinds[Kind.CANCELLATION]
        yield from _on(record)

    def _about_segment(self, record: Record) -> Iterator[str]:
        yield terms().parts[record["segment"]]
        if "coach_first" in record:
            yield terms().first[record["coach_first"]]
        if record.get("decision") == MissionDecision.KEEP:
            yield say("the mission statement was kept")

    def _about_note(self, record: Record) -> Iterator[str]:
        yield terms().topics[record["topic"]]

    def _about_mission(self, record: Record) -> Iterator[str]:
        yield say("mission statement") if record.get("confirmed") else say("proposed mission statement")
        yield from _on(record)

    def _about_dream(self, record: Record) -> Iterator[str]:
        state = record["dream_status"]
        yield say("dream") if state == "active" else say("dream, {state}", state=terms().states[state])

    def _about_becoming(self, record: Record) -> Iterator[str]:
        state = record["becoming_status"]
        yield say("who to become") if state == "active" else say("who to become, {state}", state=terms().states[state])

    def _about_progress(self, record: Record) -> Iterator[str]:
        about = self.records[record["about"]]
        yield terms().threads[about["topic"] if about["kind"] == Kind.NOTE else about["kind"]]
        if "status" in record:
            yield terms().states[record["status"]]
        yield from _on(record)

    def _about_item(self, record: Record) -> Iterator[str]:
        owner = record.get("owner")
        if owner:
            yield say("promise of {name}", name=self._name(Side(owner), record.get("person")))
        else:
            yield say("draft of a promise")
        if record.get("experiment"):
            yield say("an experiment")
        if "by" in record:
            yield say("by {day}", day=in_words(record["by"]))

    def _about_item_event(self, record: Record) -> Iterator[str]:
        state = terms().states[record["event"]]
        if record["event"] == ItemEventKind.DUE_MOVED and "due_to" in record:
            state = say("moved to {day}", day=in_words(record["due_to"]))
        yield say("what became of {promise}: {state}", promise=self._promise(record), state=state)
        yield from _on(record)

    def _about_review(self, record: Record) -> Iterator[str]:
        state = terms().states[record["outcome"]]
        yield say("told of {promise}: {state}", promise=self._promise(record), state=state)

    def _about_check(self, record: Record) -> Iterator[str]:
        answers = {
            "heard": say("heard {score} of 5", score=record.get("heard")),
            "mine": say("mine {score} of 5", score=record.get("mine")),
            "useful": say("useful {score} of 5", score=record.get("useful")),
        }
        given = ", ".join(words for name, words in answers.items() if name in record)
        yield say("the conversation: {answers}", answers=given) if given else say("the conversation")

    def _about_handover(self, record: Record) -> Iterator[str]:
        yield say("hand-over")
        yield from _on(record)

    def _about_handout(self, record: Record) -> Iterator[str]:
        yield say("a copy handed out")
        yield from _on(record)

    def _promise(self, record: Record) -> str:
        item = self.records[record["item"]]
        what = " ".join(item.get("what", "").split()) if "what" in self.shown.get(item["id"], ()) else ""
        quoted = what if len(what) <= _QUOTED else f"{beginning(what, _QUOTED)} …"
        return say("“{words}”", words=quoted) if what else say("a promise")


def _session(record: Record) -> str:
    number = say("Session {number}", number=record["number"]) if "number" in record else say("A session")
    return " · ".join((number, *_on(record)))


def _on(record: Record) -> Iterable[str]:
    return [in_words(record["held_on"])] if "held_on" in record else []


def _order(record: Record) -> tuple[int, ...]:
    """Return what lines are sorted by: kind, part of the session, the coach's words first, what they are about, day."""
    part = _PARTS.index(record["segment"]) if "segment" in record else 0
    topic = _TOPIC_ORDER.index(record["topic"]) if "topic" in record else 0
    is_after = int(record["author"] != Side.COACH)
    return _KINDS.index(record["kind"]), part, is_after, topic, record.get("held_on", date.min).toordinal()
