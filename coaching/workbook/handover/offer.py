"""What may go along when a plan moves on: lines to tick, and the promises of the coach that are not kept yet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final

from coaching import metrics
from coaching.i18n import say, to_say
from coaching.metrics.promises.experiments import experiments
from coaching.metrics.threads import Thread, threads
from coaching.model.frames import Frames, records
from coaching.model.vocabulary import ENDS, BecomingStatus, DreamStatus, Kind, Side, Visibility
from coaching.text import is_blank

Record = Mapping[str, Any]
Row = Mapping[Any, Any]

#: The kinds of line in the order in which they are offered, and which fields of each go along. How a line came to be
#: what it is (events, reviews, earlier dates, whose idea it was) stays.
_GOES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        Kind.MISSION: ("number", "text", "confirmed"),
        Kind.BECOMING: ("text", "becoming_status"),
        Kind.DREAM: ("title", "text", "dream_status", "wants_plan"),
        Kind.ITEM: (
            *("what", "owner", "by", "wish", "best_outcome", "obstacle", "if_then", "levels"),
            *("becoming", "dream", "goal", "experiment"),
        ),
        Kind.THEME: ("title", "words", "dream"),
        Kind.STRENGTH: ("text", "confirmed"),
        Kind.SUPPORTER: ("name", "text"),
        Kind.NOTE: ("segment", "topic", "text"),
    }
)
_OF_EACH: Final = ("kind", "id", "held_on", "author", "visibility", "label")
_OPEN: Final = ("open", "draft")
_CALLED: Final[Mapping[str, str]] = MappingProxyType(
    {
        Kind.PERSON: to_say("Name"),
        Kind.AGREEMENT: to_say("Agreement, proposed"),
        Kind.MISSION: to_say("Mission statement"),
        Kind.BECOMING: to_say("Who they want to become"),
        Kind.DREAM: to_say("Dream"),
        Kind.ITEM: to_say("Action item"),
        Kind.THEME: to_say("Theme"),
        Kind.STRENGTH: to_say("Strength"),
        Kind.SUPPORTER: to_say("Supporter"),
        Kind.NOTE: to_say("Note"),
    }
)
_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name": "{words}",
        "title": "{words}",
        "text": "{words}",
        "what": "{words}",
        "by": to_say("by {words}"),
        "wish": to_say("wish: {words}"),
        "best_outcome": to_say("best outcome: {words}"),
        "obstacle": to_say("obstacle: {words}"),
        "if_then": to_say("if-then: {words}"),
        "levels": to_say("from much less to much more: {words}"),
        "words": to_say("in the words: {words}"),
    }
)
_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        DreamStatus.RESTING: to_say("resting"),
        DreamStatus.CAME_TRUE: to_say("came true"),
        DreamStatus.LET_GO: to_say("let go"),
        BecomingStatus.REACHED: to_say("reached"),
    }
)


class PromiseFate(StrEnum):
    """What becomes of a promise of the coach that is not kept yet."""

    TAKEN_OVER = "taken-over"
    RELEASED = "released"
    KEPT = "kept"


@dataclass(frozen=True, repr=False)
class Line:
    """One line as it would go along.

    Attributes
    ----------
    name
        What it is asked for by: its short name, a mission statement's number (``M4``), or its id.
    record
        All that would go along of it, and nothing else.
    person
        Id of the one whose promise it is, which stays here.
    """

    name: str
    record: Record
    person: str | None = None

    @property
    def id(self) -> str:
        """Id of its entry."""
        return str(self.record["id"])

    @property
    def visibility(self) -> str:
        """Who may read it now."""
        return str(self.record["visibility"])

    @property
    def words(self) -> str:
        """What it says."""
        return " · ".join(told(self.record))


@dataclass(frozen=True, repr=False)
class Offered:
    """What can be chosen from.

    Attributes
    ----------
    lines
        By kind, in the order in which they are asked for; the newest mission statement comes first.
    promises
        What the coach has promised and not kept yet, by day; not what another coach has taken over.
    still_open
        Ids of all action items that are open or drafts, and that both of the pair may read; as above.
    """

    lines: tuple[Line, ...]
    promises: tuple[Line, ...]
    still_open: tuple[str, ...]

    def groups(self) -> Iterator[tuple[Line, ...]]:
        """Return the lines by their kind."""
        for _, lines in groupby(self.lines, key=lambda line: line.record["kind"]):
            yield tuple(lines)


@dataclass(frozen=True, repr=False)
class HandoverChoice:
    """How a plan is to move on.

    Attributes
    ----------
    to
        Name of the new coach; none where nobody is: the coachee, or the coach, leaves.
    lines
        Ids of the lines that go along.
    promises
        What becomes of the coach's promises, by id; the others are kept.
    why
        By id, words on why a promise is released.
    reason
        Why the plan moves on.
    decided_by
        Who decided that it does.
    delete_by
        The day by which the coach's copy is to be erased.
    """

    to: str | None = None
    lines: frozenset[str] = frozenset()
    promises: Mapping[str, PromiseFate] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)
    reason: str | None = None
    decided_by: Side = Side.COACHEE
    delete_by: date | None = None


def offered(frames: Frames, holder: Side, asof: date) -> Offered:
    """Return what can go along from the copy of `holder`, as it stands at the end of `asof`.

    Lines are the coachee's own: mission statements that are confirmed, becoming, dreams, themes, notes, and their
    action items that are open, experiments among them. Goals and plans go along while they go on, and dreams as they
    stand. What the coach has told stays theirs, and a promise that went along before is kept elsewhere. Of private
    lines only the coachee's are offered, in their own copy.
    """
    away = metrics.handed_away(frames, asof)
    waiting = (row for row in metrics.item_rows(frames, asof) if row["state"] in _OPEN)
    still_open = {row["id"]: row for row in waiting if row["owner"] != Side.COACH or row["id"] not in away}
    # Nobody owes an experiment: it goes along if it is chosen, and is none of the promises that are left here.
    tried = {one.id: {"owner": one.owner, "due": one.by} for one in experiments(frames, asof) if not one.is_over}
    by_id = {thread.id: thread for thread in threads(frames, asof)}
    existing = [
        record | (by_id[record["id"]].standing if record["id"] in by_id else {})
        for record in records(frames)
        if record.get("held_on", asof) <= asof and not _has_ended(record, by_id)
    ]
    at_hand = still_open | tried
    offered_lines = [_as_it_stands(record, at_hand) for record in existing if _is_line(record, at_hand)]
    readable = [record for record in offered_lines if _may_go(record, holder)]
    theirs = (r for r in readable if r.get("owner") == Side.COACH and r["id"] in still_open)
    promises = [record for record in theirs if still_open[record["id"]]["state"] == "open"]
    lines = [record for record in readable if record.get("owner", record["author"]) == Side.COACHEE]
    items = (record for record in offered_lines if record["id"] in still_open)
    return Offered(
        tuple(map(_line, sorted(lines, key=_place))),
        tuple(_line(r, still_open[r["id"]]["person"]) for r in sorted(promises, key=lambda r: r["by"])),
        tuple(item["id"] for item in items if item["visibility"] != Visibility.PRIVATE),
    )


def called(record: Record) -> str:
    """Return what a record is, in words: whose name or action item, and what a note is about."""
    about: dict[str, Any] = {Kind.PERSON: "side", Kind.ITEM: "owner", Kind.NOTE: "topic"}
    of_what = record.get(about.get(record["kind"], ""))
    return f"{say(_CALLED[record['kind']])}{f', {of_what}' if of_what else ''}"


def in_order(records: Iterable[Record]) -> list[Record]:
    """Return records by what they are: the people, the coachee first, the agreement, the lines as they are offered."""
    kinds, sides = tuple(_CALLED), (Side.COACHEE, Side.COACH, None)
    return sorted(records, key=lambda record: (kinds.index(record["kind"]), sides.index(record.get("side"))))


def told(record: Record, others: Mapping[str, Record] = MappingProxyType({})) -> tuple[str, ...]:
    """Return what a record says, one thing after the other.

    Parameters
    ----------
    record
        A plain record of an entry (see `coaching.model.frames.records`).
    others
        The records that go along with it, by id, for what it is linked to.
    """
    parts = [say(_WORDS[name], words=_listed(record[name])) for name in _WORDS if name in record]
    states = [say(_STATES[record[name]]) for name in ("dream_status", "becoming_status") if record.get(name) in _STATES]
    unplanned = [say("no plan wanted")] if record.get("wants_plan") is False else []
    unplanned += [say("to try, and see what it shows")] if record.get("experiment") else []
    linked = [others[record[name]] for name in ("becoming", "dream", "goal") if record.get(name) in others]
    towards = [say("for: {words}", words=goal.get("title") or goal.get("text")) for goal in linked]
    return (*(words for words in parts if not is_blank(words)), *states, *unplanned, *towards)


def _has_ended(record: Record, by_id: Mapping[str, Thread]) -> bool:
    """Tell whether it is a goal or a plan that has come to its end: as of a promise, how it ended stays here."""
    return record["kind"] == Kind.NOTE and record["id"] in by_id and by_id[record["id"]].status in ENDS


def _is_line(record: Record, still_open: Mapping[str, Row]) -> bool:
    return record["kind"] in _GOES and (record["kind"] != Kind.ITEM or record["id"] in still_open)


def _as_it_stands(record: Record, still_open: Mapping[str, Row]) -> Record:
    """Return what goes along of an entry; of an action item whose it is by now, and the day that holds now."""
    stands = {name: record[name] for name in (*_OF_EACH, *_GOES[record["kind"]]) if name in record}
    if record["kind"] != Kind.ITEM:
        return stands
    state = still_open[record["id"]]
    owner: dict[str, Any] = {"owner": Side(state["owner"])} if state["owner"] else {}
    return stands | owner | ({"by": state["due"]} if state["due"] else {})


def _may_go(record: Record, holder: Side) -> bool:
    is_own = record["author"] == Side.COACHEE and holder is Side.COACHEE
    is_readable = record["visibility"] != Visibility.PRIVATE or is_own
    is_there = record.get("dream_status") != DreamStatus.ERASED
    is_confirmed = record["kind"] != Kind.MISSION or record.get("confirmed") is True
    says_something = any(not is_blank(record.get(name)) for name in ("what", "title", "name", "text"))
    return is_readable and is_there and is_confirmed and says_something


def _line(record: Record, person: str | None = None) -> Line:
    is_statement = record["kind"] == Kind.MISSION and "number" in record
    return Line(f"M{record['number']}" if is_statement else record.get("label", record["id"]), record, person)


def _place(record: Record) -> tuple[int, int]:
    """Return what lines are sorted by; within a kind they stay as they are, but today's mission statement leads."""
    return tuple(_GOES).index(record["kind"]), -record.get("number", 0)


def _listed(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(part or "-" for part in value)
    return str(value)
