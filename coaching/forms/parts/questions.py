"""The question that each part begins with: one that was prepared, else the one whose turn it is."""

from coaching.forms.engine.values import said
from coaching.forms.parts.promises import owners_of_due
from coaching.model.entries import SegmentState
from coaching.model.prompts import prompt_of
from coaching.model.vocabulary import Segment
from coaching.workbook.context import Context, Values
from coaching.workbook.questions import asked_lately, living

OWN, FOR = "question", "question_for"
_CHOSEN = "ask_{}"
FIELDS = frozenset({OWN, FOR, *(_CHOSEN.format(segment.value) for segment in Segment)})


def chosen(segment: str) -> str:
    """Return the name of the field in which the question of a part is chosen."""
    return _CHOSEN.format(segment)


def question(context: Context, segment: str, prepared: Values) -> str:
    """Return the question that a part begins with.

    Parameters
    ----------
    context
        What is known of the session.
    segment
        The part.
    prepared
        The values of the form of preparation.
    """
    own = said(prepared, OWN) if prepared.get(FOR) == segment else None
    kept = context.first(SegmentState, segment=segment)
    return own or said(prepared, chosen(segment)) or (kept and kept.asked) or in_turn(context, segment)


def in_turn(context: Context, segment: str) -> str:
    """Return the question whose turn it is."""
    lately, threads = asked_lately(context, segment), living(context.threads)
    return prompt_of(segment, context.number, lately, owners_of_due(context), threads).text
