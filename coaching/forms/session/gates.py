"""What a form waits for: its session is closed, somebody new is being chosen, or the mission decision comes first."""

from collections.abc import Mapping

from coaching.forms.parts import start as beginning
from coaching.i18n import say
from coaching.model.vocabulary import Segment
from coaching.workbook.context import Context, Values


def gate(name: str, context: Context | None, values: Mapping[str, Values], *, closed: bool) -> str | None:
    """Return what stands in place of a form of a session, or None while it is open.

    Parameters
    ----------
    name
        The form.
    context
        What is known of the session, if there is one.
    values
        The values of each form, by its name.
    closed
        Whether the session is closed.
    """
    if context is None:
        return say("Say above with whom; then it opens.")
    if closed and name != Segment.CLOSING:  # there stands the end
        return say("{label} is closed and kept.", label=context.label)
    if beginning.is_new(values[beginning.BEGINNING]):  # who may be sitting there already
        return say("Out of sight while someone new is chosen above. Nothing of it is lost.")
    if name == Segment.WHO_WHAT_WHEN and not values[Segment.DREAMS].get("decision"):
        return say("Opens after the decision about the mission statement, at the end of the dreams.")
    return None
