"""The parts of one session as a reader sees them: who shared first, each side's own words, what came of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from coaching.i18n import say
from coaching.model.topics import topic_name
from coaching.pages.sections.promises import by_day
from coaching.pages.sections.statements import anchor
from coaching.pages.source import COACH, COACHEE, PageSource, Record
from coaching.pages.words import Words
from coaching.text import is_blank

_PARTS = ("opening", "yourself", "dreams", "who_what_when", "closing")
# The order in which one side's words stand.
_TOPICS = (
    "arrival",
    "showed",
    "plan",
    "goal",
    "failure",
    "joy",
    "dream",
    "obstacle",
    "takeaway",
    "said_back",
    "grown",
    "notes",
    "question",
    "win",
)


@dataclass(frozen=True)
class Said:
    """Words about a topic."""

    about: str
    text: Words
    private: bool


@dataclass(frozen=True)
class Side:
    """What one side said in a part."""

    name: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class First:
    """Who shared first, and how, as `coaching.model.vocabulary.CoachFirst` names it, or ``without_words``."""

    name: str
    how: str


@dataclass(frozen=True)
class Review:
    """What the owner told of a promise."""

    who: str
    what: Words | None
    outcome: str
    text: Words | None


@dataclass(frozen=True)
class Statement:
    """A mission statement that came up: a version in force, to be read at its `anchor`, or other words in full."""

    anchor: str | None
    text: Words | None
    why: Words | None


@dataclass(frozen=True)
class Check:
    """What the coachee said about the conversation, each question from 1 to 5."""

    answers: str | None
    text: Words | None
    private: bool


@dataclass(frozen=True)
class Agreed:
    """A promise agreed in the session."""

    who: str
    what: str
    by: str


@dataclass(frozen=True)
class Part:
    """One part of a session; a field that is empty has nothing to show."""

    name: str
    first: First | None = None
    reviews: tuple[Review, ...] = ()
    sides: tuple[Side, ...] = ()
    dreams: tuple[Words, ...] = ()
    decision: str | None = None
    statements: tuple[Statement, ...] = ()
    becoming: Words | None = None
    agreed: tuple[Agreed, ...] = ()
    checks: tuple[Check, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there is anything to show."""
        return any(getattr(self, field.name) for field in fields(self) if field.name != "name")


@dataclass(frozen=True)
class Session:
    """The entries of one session by kind, read part by part; `session` is an empty record outside of one."""

    contents: PageSource
    session: Record
    entries: Mapping[str, list[Record]]

    def parts(self) -> tuple[Part, ...]:
        """Return the parts that have something to show, in their order."""
        parts = (self._part(segment) for segment in _PARTS)
        return tuple(part for part in parts if part)

    def _part(self, segment: str) -> Part:
        state: Record = next((s for s in self.entries["segment"] if s["segment"] == segment), {})
        common = Part(part_name(segment), self._first(state), sides=tuple(self._sides(segment)))
        if segment == "opening":
            return replace(common, reviews=tuple(map(self._review, sorted(self.entries["review"], key=self._place))))
        if segment == "dreams":
            return replace(
                common,
                dreams=tuple(self._dreams(state)),
                decision=_decision(state.get("decision")),
                statements=tuple(self._statements()),
            )
        if segment == "who_what_when":
            becoming = self.contents.words(self.contents.one("becoming", state.get("becoming")), "text")
            return replace(common, becoming=becoming, agreed=tuple(self._agreed()))
        if segment == "closing":
            return replace(common, checks=tuple(self._checks()))
        return common

    def _first(self, state: Record) -> First | None:
        how = state.get("coach_first")
        if how is None:
            return None
        if how == "written":
            notes = (n for n in self.entries["note"] if n["segment"] == state["segment"] and n["author"] == COACH)
            words = any(self.contents.words(note, "text") for note in notes)
            # Words that are not here may be private, or gone, or never have been; the page hints at none of these.
            how = how if words else "without_words"
        side = COACHEE if how == "coachee_chose_to_start" else COACH
        return First(self.contents.name(side, self.session), how)

    def _sides(self, segment: str) -> Iterable[Side]:
        notes = [note for note in self.entries["note"] if note["segment"] == segment]
        # The coach goes first, but the coachee has the last part's first word.
        for side in (COACHEE, COACH) if segment == "closing" else (COACH, COACHEE):
            mine = sorted((n for n in notes if n["author"] == side), key=lambda note: _TOPICS.index(note["topic"]))
            words = tuple(
                Said(topic_name(note["topic"]), text, self.contents.is_private(note))
                for note in mine
                if (text := self.contents.words(note, "text"))
            )
            if words:
                yield Side(self.contents.name(side, self.session), words)

    def _place(self, review: Record) -> tuple[bool, date, str]:
        """Return where a review stands: the coach's own promises first, then by the day agreed."""
        item = self.contents.one("item", review["item"])
        return item.get("owner") != COACH, item.get("by", date.max), item.get("label") or ""

    def _review(self, review: Record) -> Review:
        item = self.contents.one("item", review["item"])
        who = self.contents.person_name(
            review.get("person"), self.contents.name(item.get("owner", COACHEE), self.session)
        )
        return Review(
            who, self.contents.words(item, "what"), reviewed(review["outcome"]), self.contents.words(review, "text")
        )

    def _dreams(self, state: Record) -> Iterable[Words]:
        for identity in state.get("dreams") or ():
            dream = self.contents.one("dream", identity)
            if title := self.contents.dream_name(dream):
                yield title

    def _statements(self) -> Iterable[Statement]:
        versions = self.contents.versions if self.session else ()
        for record in self.entries["mission"]:
            mine = (v for v in versions if (v.held_on, v.text) == (record.get("held_on"), record.get("text")))
            place = next(map(anchor, mine), None)
            if place:
                yield Statement(place, None, None)
            elif not is_blank(record.get("text")) or self.contents.words(record, "why_changed"):
                yield Statement(None, self.contents.words(record, "text"), self.contents.words(record, "why_changed"))

    def _agreed(self) -> Iterable[Agreed]:
        for item in self.entries["item"]:
            owner = item.get("owner")
            who = self.contents.name(owner, self.session) if owner else say("Nobody yet")
            what = self.contents.words(item, "what") or say("a draft")
            yield Agreed(self.contents.person_name(item.get("person"), who), what, by_day(item.get("by")))

    def _checks(self) -> Iterable[Check]:
        for check in self.entries["check"]:
            answers = ", ".join(_answers(check))
            one_check = Check(answers or None, self.contents.words(check, "text"), self.contents.is_private(check))
            if one_check.answers or one_check.text:
                yield one_check


def reviewed(outcome: str) -> str:
    """Say what the owner told of a promise."""
    return {
        "done": say("done"),
        "partly": say("partly"),
        "not_yet": say("not yet"),
        "changed": say("changed"),
        "let_go": say("let go"),
        "showed": say("what it showed"),
    }[outcome]


def part_name(segment: str) -> str:
    """Return what a part of a session is called."""
    return {
        "opening": say("Opening"),
        "yourself": say("Yourself"),
        "dreams": say("Dreams"),
        "who_what_when": say("Who does what by when"),
        "closing": say("Closing"),
    }[segment]


def _decision(decision: str | None) -> str | None:
    # A pass is nobody's business and is not shown.
    sentences = {"keep": say("The mission statement was kept."), "not_yet": say("No mission statement yet.")}
    return sentences.get(decision or "")


def _answers(check: Record) -> Iterable[str]:
    if "heard" in check:
        yield say("heard {answer} of 5", answer=check["heard"])
    if "mine" in check:
        yield say("mine {answer} of 5", answer=check["mine"])
    if "useful" in check:
        yield say("useful {answer} of 5", answer=check["useful"])
