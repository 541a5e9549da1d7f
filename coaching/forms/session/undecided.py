"""What is not decided yet when somebody closes a session: what is marked in the forms, and what is said of it."""

from collections.abc import Mapping

from coaching.forms.parts.all_parts import FORMS
from coaching.i18n import say
from coaching.l10n import listed
from coaching.model.vocabulary import Segment
from coaching.workbook.context import Context, Values

#: By form and field, what is still to be decided; only forms in which there is something.
Undecided = Mapping[str, Mapping[str, str]]


def undecided(context: Context, values: Mapping[str, Values]) -> Undecided:
    """Return what must be decided before a session can be closed.

    Parameters
    ----------
    context
        What is known of the session.
    values
        The values of each form, by the name of its segment.
    """
    by_form = {form.name: form.undecided(context, values[form.name]) for form in FORMS}
    return {name: problems for name, problems in by_form.items() if problems}


def still(marked: Undecided, now: Undecided) -> Undecided:
    """Return what was marked and is not decided `now` either; nobody is told more while they are at it.

    Examples
    --------
    >>> still({"opening": {"a": "What?", "b": "What?"}}, {"opening": {"b": "What?", "c": "What?"}, "dreams": {"d": ""}})
    {'opening': {'b': 'What?'}}
    """
    left = {
        name: {field: words for field, words in now.get(name, {}).items() if field in fields}
        for name, fields in marked.items()
    }
    return {name: fields for name, fields in left.items() if fields}


def sentence(name: str, marked: Undecided) -> str:
    """Return what is said under a form: where to look, or in which forms."""
    if name != Segment.CLOSING:
        return say("Please look at what is marked.") if name in marked else ""
    where = listed([f"“{say(form.title)}”" for form in FORMS if form.name in marked])
    return say("Not closed: something is still open in {where}.", where=where) if where else ""
