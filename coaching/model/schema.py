"""The one Arrow schema: the columns of all kinds of entry side by side, and its version."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from coaching.errors import InvalidEntryError
from coaching.model.earlier_versions import renewed_rows
from coaching.model.entries import MODELS
from coaching.model.entry import Entry
from coaching.model.validation import parse
from coaching.model.vocabulary import Kind

VERSION = 3
VERSION_KEY = b"coaching.schema"

_ARROW: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us", "UTC"),
}


def _arrow_type(annotation: Any) -> pa.DataType:
    """Return the Arrow type of a field's annotation."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _arrow_type(get_args(annotation)[0])
    if origin in (Union, UnionType):
        (inner,) = (part for part in get_args(annotation) if part is not NoneType)
        return _arrow_type(inner)
    if origin is tuple:  # as JSON: not every reader of encrypted Parquet can read its lists
        return pa.string()
    if origin is Literal or issubclass(annotation, StrEnum):
        return pa.string()
    return _ARROW[annotation]


def _schema() -> pa.Schema:
    types: dict[str, pa.DataType] = {}
    required = {name for name, field in Entry.model_fields.items() if field.is_required()}
    for model in MODELS.values():
        for name, field in model.model_fields.items():
            arrow_type = _arrow_type(field.annotation)
            if types.setdefault(name, arrow_type) != arrow_type:
                raise TypeError(f"column {name} has two types")
    fields = [pa.field(name, arrow_type, nullable=name not in required) for name, arrow_type in types.items()]
    return pa.schema(fields, metadata={VERSION_KEY: str(VERSION).encode()})


def _element(annotation: Any) -> type | None:
    """Return the type of the values in a field that holds several; none of any other."""
    if get_origin(annotation) is tuple:
        return int if int in get_args(annotation) else str
    return next((element for element in map(_element, get_args(annotation)) if element), None)


def _closed_list(annotation: Any) -> frozenset[str]:
    """Return what a field of a closed list can say; nothing of any other."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return frozenset(one.value for one in annotation)
    return frozenset().union(*map(_closed_list, get_args(annotation)))


def _closed_lists() -> Mapping[str, frozenset[str | None]]:
    lists: dict[str, frozenset[str | None]] = {"kind": frozenset(kind.value for kind in MODELS)}
    for model in MODELS.values():
        for name, field in model.model_fields.items():
            if values := _closed_list(field.annotation):
                lists[name] = lists.get(name, frozenset({None})) | values
    return MappingProxyType(lists)


SCHEMA: pa.Schema = _schema()
_TYPES = frozenset(SCHEMA.types)
_FIELDS = MappingProxyType({field.name: field for field in SCHEMA})
#: The names of the fields of each kind; pydantic takes its time to tell them.
_FIELDS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {kind: tuple(model.model_fields) for kind, model in MODELS.items()}
)
#: The columns that say something of every entry.
REQUIRED = frozenset(field.name for field in SCHEMA if not field.nullable)

#: The columns of closed lists, and all that each can say.
_CLOSED: Mapping[str, frozenset[str | None]] = _closed_lists()

#: The columns that hold several values, as a JSON array in text, and the type of these.
LISTS: Mapping[str, type] = MappingProxyType(
    {
        name: element
        for model in MODELS.values()
        for name, field in model.model_fields.items()
        if (element := _element(field.annotation))
    }
)


def to_table(entries: Iterable[Entry]) -> pa.Table:
    """Return entries as a table of `SCHEMA`, one row each, in their order."""
    return fitted(to_narrow_table(entries))


def to_narrow_table(entries: Iterable[Entry]) -> pa.Table:
    """Return entries as a table with those columns of `SCHEMA` alone in which any of them says something."""
    rows = [_row(entry) for entry in entries]
    whole = pa.array(rows, _row_type(REQUIRED.union(*rows)))
    return pa.Table.from_struct_array(whole).replace_schema_metadata(SCHEMA.metadata)


@lru_cache(maxsize=256)  # what is saved has the same few columns again and again
def _row_type(columns: frozenset[str]) -> pa.StructType:
    return pa.struct([field for name, field in _FIELDS.items() if name in columns])


def _row(entry: Entry) -> dict[str, Any]:
    row = {name: value for name, value in vars(entry).items() if value is not None}
    return row | {name: json.dumps(row[name], ensure_ascii=False) for name in row.keys() & LISTS}


def fitted(table: pa.Table) -> pa.Table:
    """Return a table with exactly the columns of `SCHEMA`: what it lacks is empty, what it adds is passed over.

    Rows of earlier versions become those of this one.
    """
    if table.schema.equals(SCHEMA, check_metadata=True):
        return table
    table = renewed_rows(table)
    present = set(table.column_names)
    # One for each type, as most columns say nothing in most files.
    nothing = {column_type: pa.chunked_array([pa.nulls(table.num_rows, column_type)]) for column_type in _TYPES}
    columns = [table.column(field.name) if field.name in present else nothing[field.type] for field in SCHEMA]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def several(text: str | None) -> tuple[Any, ...] | None:
    """Return what a column of `LISTS` holds as a tuple; nothing, if it is no JSON array."""
    try:
        values = json.loads(text or "null")
    except (RecursionError, ValueError):
        return None
    return tuple(values) if isinstance(values, list) else None


def from_table(table: pa.Table) -> list[Entry]:
    """Return the rows of a table as entries.

    Columns that this version does not know are passed over.

    Raises
    ------
    InvalidEntryError
        If a row is of a kind, or holds a value, that this version does not know.
    """
    return [parse(record) for record in _records(table)]


def readable(table: pa.Table) -> tuple[list[Entry], list[InvalidEntryError]]:
    """Return the rows of a table that this version understands as entries, and what is wrong with the others."""
    entries, problems = [], []
    for record in _records(table):
        try:
            entries.append(parse(record))
        except InvalidEntryError as problem:
            problems.append(problem)
    return entries, problems


def of_kinds(table: pa.Table, kinds: Collection[Kind]) -> pa.Table:
    """Return the rows of some kinds, in the columns that these have; in a way in which Arrow imports no pandas."""
    fields = {name for kind in kinds for name in _FIELDS_OF[kind]}
    table = table.select([name for name in table.column_names if name in fields])
    encoded = table.column("kind").combine_chunks().dictionary_encode()
    wanted = [place for place, kind in enumerate(encoded.dictionary.to_pylist()) if kind in kinds]
    places = np.flatnonzero(np.isin(np.from_dlpack(encoded.indices), wanted))
    return table.take(pa.Array.from_buffers(pa.int64(), len(places), [None, pa.py_buffer(places.astype(np.int64))]))


def numbers(column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """Return a column of numbers, or of moments as microseconds, that has no gaps."""
    return np.asarray(np.from_dlpack(column.cast(pa.int64()).combine_chunks()), np.int64)


def has_known_values(table: pa.Table) -> bool:
    """Tell whether this version knows every value of the closed lists in a table; much sooner than `readable` does.

    What else may be wrong with a row, only making an entry of it tells.
    """
    columns = ((table.column(name), known) for name, known in _CLOSED.items())
    return all(
        known.issuperset(column.unique().to_pylist()) for column, known in columns if column.null_count < len(column)
    )


def narrowed(table: pa.Table) -> pa.Table:
    """Return a table without the columns in which no row says anything; those that every entry has stay."""
    empty = [name for name in table.column_names if table.column(name).null_count == table.num_rows]
    return table.drop_columns([name for name in empty if name not in REQUIRED])


def _records(table: pa.Table) -> Iterator[dict[str, Any]]:
    """Give the rows as plain records; their time zone is put in here, as Arrow imports pandas to find it."""
    rows = narrowed(renewed_rows(table))
    moments = [field.name for field in rows.schema if pa.types.is_timestamp(field.type)]
    for name in moments:
        at = rows.column_names.index(name)
        rows = rows.set_column(at, name, rows.column(at).cast(pa.timestamp("us")))
    for row in rows.to_pylist():
        yield _own_fields(row | {name: row[name].replace(tzinfo=UTC) for name in moments if row[name] is not None})


def _own_fields(row: dict[str, Any]) -> dict[str, Any]:
    fields = _FIELDS_OF.get(row["kind"]) or tuple(Entry.model_fields)
    fields_said = {name: row[name] for name in fields if row.get(name) is not None}
    lists = {name: several(fields_said[name]) for name in fields_said.keys() & LISTS}
    return fields_said | {name: values for name, values in lists.items() if values is not None}
