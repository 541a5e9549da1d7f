"""The room of a session: one part of it is open, and which parts are begun."""

from collections.abc import Mapping

from coaching.forms.engine.messages import RoomTerms
from coaching.forms.parts.all_parts import FORMS
from coaching.forms.parts.notes import is_said_today
from coaching.forms.parts.start import BEGINNING
from coaching.i18n import say
from coaching.l10n import in_words
from coaching.model.vocabulary import Segment
from coaching.workbook.context import Context, Values

_SEGMENTS = [segment.value for segment in Segment]
_FORMS = {form.name: form for form in FORMS}


class Room:
    """Which part of each session is open: the one somebody turned to last, else the one that was begun last."""

    def __init__(self) -> None:
        self._turned: dict[tuple[str, str], str] = {}

    def turn(self, context: Context, part: str) -> bool:
        """Take note that somebody has turned to a part of a session; return whether it is one."""
        is_part = part == BEGINNING or part in _FORMS
        if is_part:
            self._turned[context.workbook, context.session] = part
        return is_part

    def open(self, context: Context | None, values: Mapping[str, Values], *, asks: bool) -> str:
        """Return the part of a session that is open.

        Parameters
        ----------
        context
            What is known of the session, if there is one.
        values
            The values of each form, by its name.
        asks
            Whether the first form has something to say that comes before the session.
        """
        if context is None or asks:
            return BEGINNING
        begun = [name for name in _SEGMENTS if is_begun_in(name, context, values)]
        return self._turned.get((context.workbook, context.session)) or (begun[-1] if begun else _SEGMENTS[0])


def is_begun_in(name: str, context: Context | None, values: Mapping[str, Values]) -> bool:
    """Tell whether something was said in a form today, by its name."""
    form = _FORMS.get(name)
    return form is not None and context is not None and is_said_today(form.records(context, values[name]), context)


def terms(name: str, context: Context | None, values: Mapping[str, Values], open_part: str) -> RoomTerms:
    """Return where a form stands in its session.

    Parameters
    ----------
    name
        The form.
    context
        What is known of the session, if there is one.
    values
        The values of each form, by its name.
    open_part
        The part that is open.
    """
    form = _FORMS.get(name)
    step = form.step if form else _who_and_when(context)
    return {"step": step, "begun": is_begun_in(name, context, values), "open": open_part}


def _who_and_when(context: Context | None) -> str:
    if context is None:
        return say("With whom")
    return say("{name} · {day}", name=context.coachee.name, day=in_words(context.held_on))
