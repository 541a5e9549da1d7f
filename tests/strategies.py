"""Hypothesis strategies: valid entries of every kind, with words that are as hostile as people's words can be."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from coaching.model.entries import LEVELS, MODELS
from coaching.model.entry import Entry, Refers, fields_marked
from coaching.model.ids import derived_id
from coaching.model.vocabulary import Kind

#: Words that have broken spreadsheets, pages, terminals and parsers.
HOSTILE = (
    "",
    "   ",
    "\x00",
    "\x07bell",
    "\ufeff",
    "\ufeffBOM first",
    "\u202eright to left\u202c",
    "\u2066isolate\u2069",
    "a\u2028b\u2029c\x85d\x7f",
    "\uffff",
    "👨‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️‍🔥",
    "高橋　真理",
    "مها الشمّري",
    "<script>alert(1)</script>",
    "{{7*7}} $x^2$ `rm`",
    '=HYPERLINK("http://example.invalid")',
    "NaN",
    "null",
    "1e309",
    "0012",
    "I99999999999999999999",
    "I٣",
    "line\r\nline\nline\rline\t",
    "\\u2028 \\ \"quoted\" 'too'",
)

_REFERENCES = {
    "goal": Kind.NOTE,
    "until": Kind.SESSION,
    "dreams": Kind.DREAM,
    "person_from": Kind.PERSON,
    "person_to": Kind.PERSON,
    "items_open": Kind.ITEM,
    "items_transferred": Kind.ITEM,
}


def words() -> st.SearchStrategy[str]:
    """Text that a file can hold as UTF-8, often hostile."""
    return st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20))


def _unlike_the_planted(value: object) -> bool:
    """Tell whether no trace of the planted is in a number, a day or a time by chance: the year 7134, for one."""
    return not any(trace in str(value) for trace in TRACES)


DAYS = st.dates().filter(_unlike_the_planted)
_TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_PLAIN: Mapping[type, st.SearchStrategy[Any]] = {
    str: words(),
    bool: st.booleans(),
    date: DAYS,
    datetime: _TIMES.filter(_unlike_the_planted),
}


def ids(kind: Kind) -> st.SearchStrategy[str]:
    """A few ids for each kind, so that entries meet: revisions of one another, and references that lead somewhere."""
    return st.sampled_from([derived_id(None, kind, str(number)) for number in range(4)])


@cache
def entry(kind: Kind) -> st.SearchStrategy[Entry]:
    """One valid entry of a kind."""
    model = MODELS[kind]
    refers = fields_marked(model, Refers)
    fields = {}
    for name, field in model.model_fields.items():
        if name in refers:
            covering = sorted(model.covering) if name == model.covered_by else []
            found = st.one_of([ids(kind) for kind in covering or [_REFERENCES.get(name) or Kind(name)]])
            values = st.lists(found, max_size=3).map(tuple) if _is_tuple(field.annotation) else found
        else:
            values = _values(field.annotation, field.metadata)
        optional = not field.is_required() and field.default is None
        fields[name] = st.none() | values if optional else values
    fields |= {"id": ids(kind)}
    if "levels" in fields:
        fields["levels"] = st.none() | st.tuples(*[st.none() | words()] * LEVELS)
    return st.fixed_dictionaries(fields).map(_possible).map(model.model_validate)


def entries(*kinds: Kind, max_size: int = 12) -> st.SearchStrategy[list[Entry]]:
    """Lists of valid entries of the given kinds, or of all; the same id may come in several revisions."""
    one = st.one_of([entry(kind) for kind in kinds or Kind])
    return st.lists(one, max_size=max_size, unique_by=lambda found: (found.id, found.rev))


#: What is planted where nobody else may look: a word, signs, a number and a year that stand nowhere else. One sign
#: alone is three bytes, which come about by chance in what is compressed.
PLANTED = "zq7planted ㊙㊙"
TRACES = ("zq7planted", "㊙㊙", "7134908215", "7134")
_SEEDS = (
    PLANTED,
    (PLANTED,) * LEVELS,
    datetime(7134, 3, 4, 5, 6, 7, tzinfo=UTC),
    date(7134, 3, 4),
    7134908215,
)


@cache
def plantable(kind: Kind) -> Mapping[str, Any]:
    """The fields of a kind that can hold what can be traced, and it: neither choices of a few, nor names of entries."""
    refers = fields_marked(MODELS[kind], Refers)
    fields = {name: field for name, field in MODELS[kind].model_fields.items() if name not in refers}
    return {name: seed for name, field in fields.items() for seed in _SEEDS if _fits(field, seed)}


def planted(entry: Entry, names: Iterable[str]) -> Entry:
    """The same entry, with what can be traced in all of the fields `names` that can hold it."""
    found = plantable(entry.kind)
    return entry.model_copy(update={name: found[name] for name in names if name in found})


def _fits(field: FieldInfo, seed: Any) -> bool:
    try:
        return bool(TypeAdapter(field.rebuild_annotation()).validate_python(seed, strict=True) == seed)
    except ValidationError:
        return False


def _possible(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Let nothing that is not theirs stand under the coachee's name."""
    if fields.get("ownership") == "not_mine" and fields.get("owner") == "coachee":
        return {**fields, "owner": "coach"}
    return dict(fields)


def _is_tuple(annotation: Any) -> bool:
    return any(get_origin(part) is tuple for part in (annotation, *get_args(annotation)))


def _values(annotation: Any, metadata: list[Any]) -> st.SearchStrategy[Any]:
    """Return values of a field's annotation; of one that allows None, the others."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return st.sampled_from(parts)
    if origin is tuple:
        inner = _values(parts[0], metadata)
        return st.lists(inner if parts[0] is int else st.none() | inner, max_size=3).map(tuple)
    if parts:  # of Annotated the type comes first, of a union one member is not None
        return _values(next(part for part in parts if part is not NoneType), metadata)
    if issubclass(annotation, StrEnum):
        return st.sampled_from(list(annotation))
    if annotation is int:
        least = next((mark.ge for mark in metadata if isinstance(mark, Ge)), -(2**63))
        most = next((mark.le for mark in metadata if isinstance(mark, Le)), 2**63 - 1)
        return st.integers(least, most).filter(_unlike_the_planted)
    return _PLAIN[annotation]
