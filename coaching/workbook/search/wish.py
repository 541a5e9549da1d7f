"""Where to look: whose words, in which part, of what kind, when, along which thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from coaching.errors import CoachingError
from coaching.i18n import to_say
from coaching.metrics.periods import ALL_TIME, Period
from coaching.model.entries import Person
from coaching.model.vocabulary import Kind, Segment, Side, Topic
from coaching.workbook.search.words import folded

#: What the kinds are called by people, where that is another word; as the catalogue has it.
KIND_NAMES: Final[Mapping[str, str]] = {
    Kind.ITEM: to_say("promise"),
    Kind.MISSION: to_say("statement"),
    Kind.SEGMENT: to_say("part of a session"),
    Kind.CANCELLATION: to_say("session that did not take place"),
    Kind.CHECK: to_say("answer about the conversation"),
    Kind.PARKED: to_say("parked for another meeting"),
    Kind.HANDOVER: to_say("hand-over"),
    Kind.HANDOUT: to_say("copy handed out"),
}
_OTHER_NAMES: Final = {
    "people": Kind.PERSON,
    "mission": Kind.MISSION, "mission statement": Kind.MISSION, "sentence": Kind.MISSION,
    "item": Kind.ITEM, "action item": Kind.ITEM,
    "check": Kind.CHECK, "answer": Kind.CHECK,
    "parked": Kind.PARKED, "handover": Kind.HANDOVER, "handout": Kind.HANDOUT,
    "cancellation": Kind.CANCELLATION, "segment": Kind.SEGMENT,
}  # fmt: skip
#: The part of a session to which a kind belongs that does not say so itself.
PARTS: Final[Mapping[str, Segment]] = {
    Kind.REVIEW: Segment.OPENING,
    Kind.DREAM: Segment.DREAMS,
    Kind.MISSION: Segment.DREAMS,
    Kind.THEME: Segment.DREAMS,
    Kind.BECOMING: Segment.WHO_WHAT_WHEN,
    Kind.ITEM: Segment.WHO_WHAT_WHEN,
    Kind.CHECK: Segment.CLOSING,
    Kind.PARKED: Segment.CLOSING,
    Kind.REFLECTION: Segment.CLOSING,
}


@dataclass(frozen=True, repr=False)
class Wish:
    """Where to look; by default everywhere.

    Parameters
    ----------
    by
        Whose words, or whose promise: ``coach``, ``coachee``, or a name.
    part
        A part of a session, such as ``dreams``.
    kind
        What it is: ``dream``, ``promise``, ``statement``, ``note``, ``goal`` and so on.
    when
        On which days.
    thread
        The short name or the id of an entry: this one, and whatever belongs to it.
    """

    by: str | None = None
    part: str | None = None
    kind: str | None = None
    when: Period = ALL_TIME
    thread: str | None = None

    def __bool__(self) -> bool:
        """Tell whether it leaves anything out."""
        return any((self.by, self.part, self.kind, self.thread)) or self.when.start is not None or bool(self.when.end)


EVERYWHERE: Final = Wish()


def side_of(name: str, people: Sequence[Person]) -> Side:
    """Return which side somebody is on.

    Raises
    ------
    CoachingError
        If nobody, or somebody on either side, is called so.
    """
    wanted = folded(name)
    if wanted in set(Side):
        return Side(wanted)
    exactly = {one.side for one in people if wanted in {folded(one.name or ""), folded(one.known_as or "")}}
    sides = exactly or {one.side for one in people if wanted and wanted in folded(f"{one.name} {one.called or ''}")}
    if len(sides) != 1:
        named = ", ".join(sorted({one.known_as or one.name or "" for one in people} - {""}))
        raise CoachingError("by: write coach, coachee, or one of the names {names}.", names=named)
    return sides.pop()


def part_called(name: str) -> Segment:
    """Return the part of a session that is meant; the beginning of its name will do.

    Raises
    ------
    CoachingError
        If none is.
    """
    wanted = "_".join(folded(name).replace("-", " ").replace("_", " ").split())
    meant = [part for part in Segment if wanted and part.startswith(wanted)]
    if len(meant) != 1:
        listed = ", ".join(part.replace("_", "-") for part in Segment)
        raise CoachingError("part: write one of {names}.", names=listed)
    return meant[0]


def kind_called(name: str) -> tuple[Kind | None, Topic | None]:
    """Return the kind of entry that is meant, and what a note is about that is meant: ``dream`` means both.

    Raises
    ------
    CoachingError
        If none is.
    """
    wanted = " ".join(folded(name).replace("-", " ").replace("_", " ").split())
    for one in (wanted, wanted.removesuffix("s")):
        if one in _kinds() or one in _topics():
            return _kinds().get(one), _topics().get(one)
    listed = ", ".join(sorted({*_topics(), *(KIND_NAMES.get(kind, _spaced(kind)) for kind in Kind)}))
    raise CoachingError("kind: write one of {names}.", names=listed)


def _kinds() -> dict[str, Kind]:
    return (
        {_spaced(kind): kind for kind in Kind} | {name: Kind(kind) for kind, name in KIND_NAMES.items()} | _OTHER_NAMES
    )


def _topics() -> dict[str, Topic]:
    return {_spaced(topic): topic for topic in Topic}


def _spaced(name: str) -> str:
    return name.replace("_", " ")
