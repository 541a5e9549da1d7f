"""Closing: what each takes along, what was heard, what is parked, and the end of the session."""

from typing import Any

from coaching.forms.engine.blocks import Block, act, choice, day, equals, fold, prose, rows, section, text
from coaching.forms.engine.values import row, row_keys, said
from coaching.forms.parts.notes import NoteField, note_records, note_values, segment_record, who_may_read
from coaching.i18n import say, say_counted, to_say
from coaching.model.entries import PRIVATE_FOR, Check, Parked, Reflection, Session
from coaching.model.vocabulary import Segment, Side, Topic, Visibility
from coaching.workbook.context import Context, Records, Values

CLOSE, CLOSE_ANYWAY, UNFINISHED = "close", "close_anyway", "unfinished"
#: The field of the session itself: it belongs to no part of it.
NEXT_ON = "next_on"
_SCORES = [(str(score), str(score)) for score in range(1, 6)]
_QUESTIONS = (("heard", to_say("I was heard")), ("mine", to_say("It was mine")), ("useful", to_say("It was useful")))
_NOTES = (
    NoteField("takeaway", Segment.CLOSING, Topic.TAKEAWAY, Side.COACHEE, to_say("What does {name} take along?")),
    NoteField(
        "said_back",
        Segment.CLOSING,
        Topic.SAID_BACK,
        Side.COACH,
        to_say("What you heard {name} say, said back in a sentence or two"),
    ),
    NoteField(
        "grown",
        Segment.CLOSING,
        Topic.GROWN,
        Side.COACH,
        to_say("What has grown? One line that names it, said to {name}"),
        rows=1,
    ),
)


#: How many blocks of the form come before the check.
HEARD = len(_NOTES)


class Closing:
    """The form of the closing."""

    segment = Segment.CLOSING
    name = segment.value
    title = to_say("Closing")

    @property
    def step(self) -> str:
        """What the map of the session calls it."""
        return say("Close")

    def lead(self, context: Context) -> str:
        """Return the sentence under the title."""
        return say("{name} has the last word.", name=context.coachee.name)

    def blocks(self, context: Context) -> list[Block]:
        """Return the form: takeaway, what was heard, the check, what is parked, the coach's own note, the end."""
        questions = [choice(name, say(label), _SCORES) for name, label in _QUESTIONS]
        check = [*questions, text("check_text", say("In words, if you like"))]
        is_unfinished = [equals(UNFINISHED, "true")]
        parked = [text("text", say("What belongs to another meeting")), text("goes_to", say("Which one"))]
        return [
            *(note.block(context) for note in _NOTES),
            fold(
                say("Three questions to {name} about the conversation", name=context.coachee.name),
                [prose(say("1: not at all, 5: fully. Any may be left out."), tone="hint"), *check],
            ),
            fold(
                say("Parking lot"),
                [
                    prose(say("Stays out of the plan and of everything that is shared."), tone="hint"),
                    rows("parked", say("Parked"), parked, add=say("Park something")),
                ],
            ),
            fold(
                say("For you alone"),
                [text("reflection", say("A note to yourself"), hint=who_may_read(context), rows=2)],
            ),
            next_day(),
            act(CLOSE, say("Close the session")),
            section("", [act(CLOSE_ANYWAY, say("Close it as it is"), quiet=True)], when=is_unfinished),
        ]

    def values(self, context: Context) -> dict[str, str]:
        """Return what the session holds for this form."""
        values = note_values(_NOTES, context)
        session = context.first(Session)
        if session and session.next_on:
            values[NEXT_ON] = session.next_on.isoformat()
        check = context.first(Check)
        if check:
            values |= {name: str(getattr(check, name) or "") for name, _ in _QUESTIONS}
            values["check_text"] = check.text or ""
        reflection = context.first(Reflection)
        if reflection:
            values["reflection"] = reflection.text or ""
        for parked in context.owned(Parked):
            values |= {
                f"parked.{parked.id}.text": parked.text or "",
                f"parked.{parked.id}.goes_to": parked.goes_to or "",
            }
        return values

    def records(self, context: Context, values: Values) -> Records:
        """Return what the form says."""
        shared = note_records(_NOTES, context, values) | self._check(context, values)
        parked: Records = {}
        for key in row_keys(values, "parked"):
            parked |= self._parked(context, key, row(values, "parked", key))
        state = segment_record(self.segment, context, present=any(shared.values()))
        return shared | parked | self._reflection(context, values) | state

    def undecided(self, _context: Context, _values: Values) -> dict[str, str]:
        """Return what must be decided before the session can be closed: nothing here."""
        return {}

    def _check(self, context: Context, values: Values) -> Records:
        identity = context.identity(Check)
        scores: dict[str, Any] = {name: int(values[name]) for name, _ in _QUESTIONS if values.get(name)}
        words = said(values, "check_text")
        if not scores and not words:
            return {identity: None}
        return {identity: context.record(Check, identity, Side.COACHEE, text=words, **scores)}

    def _parked(self, context: Context, key: str, told: dict[str, str]) -> Records:
        words, goes_to = said(told, "text"), said(told, "goes_to")
        if told.get("removed") or not (words or goes_to):
            return {key: None}
        holder = context.holder
        fields = {"text": words, "goes_to": goes_to, "person": context.party(holder).id}
        return {key: context.record(Parked, key, holder, Visibility.PRIVATE, **fields)}

    def _reflection(self, context: Context, values: Values) -> Records:
        identity = context.identity(Reflection)
        words = said(values, "reflection")
        reflection = context.first(Reflection)
        if not words and not (reflection and (reflection.who_spoke_more or reflection.longest_pause)):
            return {identity: None}
        expires_on = context.held_on + PRIVATE_FOR if context.holder is Side.COACH else None
        own = Visibility.PRIVATE
        return {identity: context.record(Reflection, identity, context.holder, own, text=words, expires_on=expires_on)}


def next_day() -> Block:
    """Return the field for the day on which the two meet again."""
    return day(NEXT_ON, say("When do you meet again?"))


def ended(form: str, at: str | None, erased: int) -> str:
    """Return what a form says of the session that was closed; the last one, of private notes erased with it too.

    Examples
    --------
    >>> ended("closing", "10:42", 2), ended("opening", "10:42", 2)
    ('closed and kept 10:42; 2 private notes past the 90 days are erased', 'closed and kept 10:42')
    """
    if not erased or form != Segment.CLOSING:
        return say("closed and kept {at}", at=at)
    return say_counted(
        "closed and kept {at}; {count} private note past the 90 days is erased",
        "closed and kept {at}; {count} private notes past the 90 days are erased",
        erased,
        at=at,
    )
