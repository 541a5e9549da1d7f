"""A gentle guard on the coach's own words: what sounds like project status can be parked for another meeting."""

from collections.abc import Iterable, Mapping

from coaching.model.status_talk import is_status_talk
from coaching.model.vocabulary import Segment
from coaching.workbook.context import Values

PARK = "park."
#: By form, the fields in which the coach's own words stand.
_COACHS: Mapping[str, frozenset[str]] = {
    "preparation": frozenset({"mind", "pushing", "question"}),
    Segment.YOURSELF: frozenset({"coach_plan", "coach_goal", "coach_failure"}),
    Segment.DREAMS: frozenset({"coach_dream"}),
    Segment.CLOSING: frozenset({"said_back", "grown", "reflection"}),
}


def sounding_like_status(form: str, values: Values, changed: Iterable[str]) -> dict[str, bool]:
    """Return for each of the coach's fields that were changed whether it sounds like project status."""
    return {name: is_status_talk(values.get(name, "")) for name in _COACHS.get(form, frozenset()).intersection(changed)}


def parked(form: str, act: str | None, values: Values, row: str) -> dict[str, dict[str, str]]:
    """Return what changes, by form and field, when a button moves words to the parking lot.

    Parameters
    ----------
    form, act
        The button that was pressed, and in which form.
    values
        What that form holds.
    row
        Id of the row that they move to.
    """
    field = (act or "").removeprefix(PARK)
    words = values.get(field, "")
    if not (act or "").startswith(PARK) or field not in _COACHS.get(form, ()) or not words.strip():
        return {}
    moved = {f"parked.{row}.text": words}
    if form == Segment.CLOSING:
        return {form: {field: ""} | moved}
    return {form: {field: ""}, Segment.CLOSING.value: moved}
