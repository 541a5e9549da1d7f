"""Talk about yourself: the coach goes first, then the coachee is invited."""

from coaching.forms.engine.blocks import Block, filled, flag, section, starters
from coaching.forms.parts.coach_first import (
    coach_first,
    coach_first_boxes,
    coach_first_values,
    coach_went_first,
)
from coaching.forms.parts.notes import NoteField, note_records, note_values, segment_record
from coaching.forms.parts.threads import thread_lines, thread_records, thread_values, told_of, went_on
from coaching.i18n import say, to_say
from coaching.model.entries import SegmentState
from coaching.model.vocabulary import Segment, Side, ThreadKind, Topic
from coaching.workbook.context import Context, Records, Values

_KINDS = (ThreadKind.GOAL, ThreadKind.PLAN, ThreadKind.FAILURE)
_TOPICS = (
    (Topic.PLAN, to_say("A plan"), to_say("Something you are about to do, or would like to.")),
    (Topic.GOAL, to_say("A goal"), to_say("Where you want to get to, for yourself.")),
    (Topic.FAILURE, to_say("A failure"), to_say("Something that did not go well, and what it did to you.")),
)


class Yourself:
    """The form of the part *talk about yourself*."""

    segment = Segment.YOURSELF
    name = segment.value
    title = to_say("Talk about yourself")

    @property
    def step(self) -> str:
        """What the map of the session calls it."""
        return say("Yourself")

    def lead(self, context: Context) -> str:
        """Return the sentence under the title."""
        return say("You first. {name} will be as open as you are.", name=context.coachee.name)

    def blocks(self, context: Context) -> list[Block]:
        """Return the form: the coach's side, then the coachee's, which opens after it."""
        name = context.coachee.name
        coach, coachee = self._notes(Side.COACH), self._notes(Side.COACHEE)
        told = [*(filled(note.name) for note in coach), *went_on(context, Side.COACH, *_KINDS)]
        return [
            section(
                say("Your side"),
                [
                    *thread_lines(context, Side.COACH, *_KINDS),
                    starters([note.block(context) for note in coach]),
                    *coach_first_boxes(context, told),
                ],
            ),
            section(
                say("{name}’s turn", name=name),
                [
                    *thread_lines(context, Side.COACHEE, *_KINDS),
                    starters([note.block(context) for note in coachee]),
                    flag(
                        "coachee_passed",
                        say("Pass, and no reason needed"),
                        unless=[filled(note.name) for note in coachee],
                    ),
                ],
                when=coach_went_first(told),
            ),
        ]

    def values(self, context: Context) -> dict[str, str]:
        """Return what the session holds for this form."""
        state = context.first(SegmentState, segment=self.segment)
        passed = {"coachee_passed": "true" if state and state.coachee_passed else ""}
        notes = [*self._notes(Side.COACH), *self._notes(Side.COACHEE)]
        return note_values(notes, context) | thread_values(context, *_KINDS) | coach_first_values(state) | passed

    def records(self, context: Context, values: Values) -> Records:
        """Return what the form says."""
        coach = note_records(self._notes(Side.COACH), context, values)
        coachee = note_records(self._notes(Side.COACHEE), context, values)
        lines = thread_records(context, values, *_KINDS)
        passed = bool(values.get("coachee_passed")) or None
        other_side = any(coachee.values()) or bool(told_of(lines, context, *_KINDS, owner=Side.COACHEE)) or bool(passed)
        wrote = any(coach.values()) or bool(told_of(lines, context, *_KINDS, owner=Side.COACH))
        first = coach_first(values, wrote=wrote, other_side=other_side)
        state = segment_record(self.segment, context, coach_first=first, coachee_passed=passed)
        return coach | coachee | lines | state

    def undecided(self, _context: Context, _values: Values) -> dict[str, str]:
        """Return what must be decided before the session can be closed: nothing."""
        return {}

    def _notes(self, side: Side) -> list[NoteField]:
        return [NoteField(f"{side}_{topic}", self.segment, topic, side, label, hint) for topic, label, hint in _TOPICS]
