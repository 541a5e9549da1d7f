"""Words that the coachee confirms: changed after that, they are to be confirmed again."""

from collections.abc import Mapping

from coaching.forms.parts import agreement
from coaching.model.vocabulary import Segment
from coaching.workbook.context import Values

#: By form, which words are confirmed, and with what.
_CONFIRMED: Mapping[str, tuple[str, str]] = {
    Segment.OPENING: (agreement.WORDS, agreement.AGREED),
    Segment.DREAMS: ("mission", "confirmed"),
}


def unconfirmed(form: str, values: Values, changed: Values) -> dict[str, str]:
    """Return what takes back the confirmation of words that were changed after it.

    Parameters
    ----------
    form
        The name of the form.
    values
        What it holds.
    changed
        What of that has just been changed.
    """
    words, confirmed = _CONFIRMED.get(form, ("", ""))
    if words not in changed or confirmed in changed or not values.get(confirmed):
        return {}
    return {confirmed: ""}
