"""The coach is open first: how the forms of the first two parts hold it."""

from collections.abc import Sequence

from coaching.forms.engine.blocks import Block, Condition, equals, flag
from coaching.i18n import say
from coaching.model.entries import SegmentState
from coaching.model.vocabulary import CoachFirst
from coaching.workbook.context import Context, Values


def coach_first_boxes(context: Context, told: Sequence[Condition]) -> list[Block]:
    """Return the two other ways in which the coachee's side opens, until the coach has `told` something."""
    return [
        flag("spoken", say("I said it; it is not recorded"), unless=told),
        flag("chose_to_start", say("{name} would like to start", name=context.coachee.name), unless=told),
    ]


def coach_went_first(told: Sequence[Condition]) -> list[Condition]:
    """Return the conditions on which the coachee's side opens: the coach has `told` something, or one of two boxes."""
    return [*told, equals("spoken", "true"), equals("chose_to_start", "true")]


def coach_first(values: Values, *, wrote: bool, other_side: bool) -> CoachFirst | None:
    """Return how the coach's side of a part was given.

    Parameters
    ----------
    values
        The form's values.
    wrote
        Whether the coach wrote anything.
    other_side
        Whether the coachee's side holds anything.
    """
    if values.get("chose_to_start"):
        return CoachFirst.COACHEE_CHOSE_TO_START
    if wrote:
        return CoachFirst.WRITTEN
    if values.get("spoken"):
        return CoachFirst.SPOKEN_NOT_RECORDED
    return CoachFirst.COACH_DID_NOT if other_side else None


def coach_first_values(state: SegmentState | None) -> dict[str, str]:
    """Return the values of the two boxes."""
    coach_first = state.coach_first if state else None
    return {
        "spoken": "true" if coach_first is CoachFirst.SPOKEN_NOT_RECORDED else "",
        "chose_to_start": "true" if coach_first is CoachFirst.COACHEE_CHOSE_TO_START else "",
    }
