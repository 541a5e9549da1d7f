"""A walk over the nested form: keys nobody knows, labels given twice, names of nothing."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, get_args

from coaching.formats.problems import place
from tests.invented_year.form import Year
from tests.invented_year.values import Labels, Names, Part

Steps = tuple[str | int, ...]


class _Found(NamedTuple):
    """A value of the file, where it stands, and the marks of its field."""

    steps: Steps
    value: Any
    marks: tuple[Labels | Names, ...]


def unknown_keys(year: Year) -> list[str]:
    """Return a warning for each key that the form does not know, wherever it stands; never its value."""
    parts = [_Found((), year, ()), *(found for found in _walk(year) if isinstance(found.value, Part))]
    places = Counter(_unnumbered(place((*found.steps, key))) for found in parts for key in found.value.model_extra)
    return [f"{where} is not known and was left out{_times(count)}" for where, count in sorted(places.items())]


def wrong_labels(year: Year) -> list[str]:
    """Return the problems of labels: given twice, or naming nothing in the file."""
    marked = [(found, mark) for found in _walk(year) for mark in found.marks if found.value is not None]
    given = Counter((mark.kind, found.value) for found, mark in marked if isinstance(mark, Labels))
    return [problem for found, mark in marked for problem in _wrong(found, mark, given[mark.kind, found.value])]


def _wrong(found: _Found, mark: Labels | Names, given: int) -> Iterator[str]:
    if isinstance(mark, Labels) and given > 1:
        yield f"{place(found.steps)} is the label of another {mark.kind} too"
    if isinstance(mark, Names) and not given:
        yield f"{place(found.steps)} names a {mark.kind} that the file does not have"


def _walk(part: Part, above: Steps = ()) -> Iterator[_Found]:
    """Yield every value of a part and of the parts inside it, the members of a list one by one."""
    for name, field in type(part).model_fields.items():
        steps = (*above, str(field.validation_alias or name))
        marks = tuple(_marks(field.annotation, field.metadata))
        for more, value in _members(getattr(part, name)):
            yield _Found(steps + more, value, marks)
            if isinstance(value, Part):
                yield from _walk(value, steps + more)


def _members(value: Any) -> Iterable[tuple[Steps, Any]]:
    return [((number,), inner) for number, inner in enumerate(value)] if isinstance(value, list) else [((), value)]


def _marks(annotation: Any, metadata: Iterable[Any] = ()) -> Iterator[Labels | Names]:
    """Yield the marks of a field, however deep in its annotation they stand."""
    yield from (found for found in metadata if isinstance(found, Labels | Names))
    for inner in get_args(annotation):
        yield from _marks(inner, getattr(inner, "__metadata__", ()))


def _unnumbered(where: str) -> str:
    """Return a place that speaks for all members of its lists.

    Examples
    --------
    >>> _unnumbered("items[3].events[0].mood")
    'items[].events[].mood'
    """
    return re.sub(r"\[[0-9]+\]", "[]", where)


def _times(count: int) -> str:
    return f" ({count} times)" if count > 1 else ""
