"""The forms of a session: its preparation and the five parts, in their order, and what each of them can do."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from coaching.forms.engine.blocks import Block
from coaching.forms.engine.values import day_or_none
from coaching.forms.parts import start as beginning
from coaching.forms.parts.closing import NEXT_ON, Closing
from coaching.forms.parts.dreams import Dreams
from coaching.forms.parts.notes import is_said_today
from coaching.forms.parts.opening import Opening
from coaching.forms.parts.preparation import PreparationForm
from coaching.forms.parts.questions import question
from coaching.forms.parts.who_what_when import WhoWhatWhen
from coaching.forms.parts.yourself import Yourself
from coaching.i18n import nearest
from coaching.model.entries import Preparation, Question, Reminder, Session
from coaching.model.vocabulary import Kind, Side
from coaching.workbook.context import Context, Records, Values


class SegmentForm(Protocol):
    """What each segment's form can do; it holds no state of its own."""

    @property
    def name(self) -> str:
        """The name of its segment, or of the form if it belongs to none."""

    @property
    def title(self) -> str:
        """The form's title."""

    @property
    def step(self) -> str:
        """What the map of the session calls it."""

    def lead(self, context: Context) -> str:
        """Return the sentence under the title."""

    def blocks(self, context: Context) -> list[Block]:
        """Return the form as data."""

    def values(self, context: Context) -> dict[str, str]:
        """Return what the session holds for this form."""

    def records(self, context: Context, values: Values) -> Records:
        """Return what the form says."""

    def undecided(self, context: Context, values: Values) -> dict[str, str]:
        """Return what must be decided before the session can be closed, by field."""


PREPARATION = PreparationForm.name
FORMS: Sequence[SegmentForm] = (PreparationForm(), Opening(), Yourself(), Dreams(), WhoWhatWhen(), Closing())


def is_only_prepared(context: Context) -> bool:
    """Tell whether a session is prepared, and nothing was said in it yet."""
    entries = [entry for entry in context.own if not isinstance(entry, Session)]
    session = context.first(Session)
    return (
        not (session and (session.closed or session.next_on))
        and bool(entries)
        and all(isinstance(e, Preparation | Reminder | Question) for e in entries)
    )


def told_by_form(context: Context, values: Mapping[str, Values]) -> Mapping[str, Records]:
    """Return what each form of a session says, by its name (see `told`)."""
    return {form.name: form.records(context, values[form.name]) for form in FORMS}


def told(
    context: Context,
    values: Mapping[str, Values],
    *,
    closed: bool,
    by_form: Mapping[str, Records] | None = None,
) -> Records:
    """Return what all forms of a session say, and the session itself once there is something said in it.

    Parameters
    ----------
    context
        What is known of the session.
    values
        The values of each form, by the name of its segment.
    closed
        Whether the session is being closed.
    by_form
        What each form says, if that is known already.
    """
    records: Records = {}
    for of_form in (by_form or told_by_form(context, values)).values():
        records |= of_form
    for record in records.values():
        if record and record["kind"] == Kind.SEGMENT:
            record["asked"] = question(context, record["segment"], values[PREPARATION])
    next_on = day_or_none(values[Closing.name].get(NEXT_ON))
    if not (is_said_today(records, context) or next_on) and context.first(Session, closed=True) is None:
        return records | {context.session: None}
    session = context.record(
        Session,
        context.session,
        Side.COACH,
        label=context.label,
        number=context.number,
        person=context.coach.id,
        closed=closed,
        next_on=next_on,
        **_language(values),
    )
    return records | {context.session: session | {"session": None}}


def _language(values: Mapping[str, Values]) -> dict[str, str]:
    """Return the language that somebody has chosen for the session, if anybody has."""
    chosen = nearest(values.get(beginning.BEGINNING, {}).get(beginning.LANGUAGE))
    return {"language": chosen} if chosen else {}
