"""The one Arrow schema: the columns of all kinds of entry side by side, and its version."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pyarrow as pa

from coaching.entries import MODELS
from coaching.entry import Entry
from coaching.exceptions import InvalidEntryError
from coaching.parsing import parse

VERSION = 1
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
    if origin is tuple:
        return pa.list_(_arrow_type(get_args(annotation)[0]))
    if origin is Literal or issubclass(annotation, StrEnum):
        return pa.string()
    return _ARROW[annotation]


def _schema() -> pa.Schema:
    types: dict[str, pa.DataType] = {}
    required = {name for name, field in Entry.model_fields.items() if field.is_required()}
    for model in MODELS.values():
        for name, field in model.model_fields.items():
            found = _arrow_type(field.annotation)
            if types.setdefault(name, found) != found:
                raise TypeError(f"column {name} has two types")
    fields = [pa.field(name, found, nullable=name not in required) for name, found in types.items()]
    return pa.schema(fields, metadata={VERSION_KEY: str(VERSION).encode()})


SCHEMA: pa.Schema = _schema()


def to_table(entries: Iterable[Entry]) -> pa.Table:
    """Return entries as a table of `SCHEMA`, one row each, in their order."""
    rows = [entry.model_dump() for entry in entries]
    return pa.Table.from_pylist(rows, SCHEMA)


def from_table(table: pa.Table) -> list[Entry]:
    """Return the rows of a table as entries.

    Columns that this version does not know are passed over.

    Raises
    ------
    InvalidEntryError
        If a row is of a kind, or holds a value, that this version does not know.
    """
    return [parse(_own_fields(row)) for row in table.to_pylist()]


def readable(table: pa.Table) -> tuple[list[Entry], list[InvalidEntryError]]:
    """Return the rows of a table that this version understands as entries, and what is wrong with the others."""
    entries, problems = [], []
    for row in table.to_pylist():
        try:
            entries.append(parse(_own_fields(row)))
        except InvalidEntryError as problem:
            problems.append(problem)
    return entries, problems


def _own_fields(row: dict[str, Any]) -> dict[str, Any]:
    model = next((MODELS[kind] for kind in MODELS if kind == row["kind"]), Entry)
    return {name: value for name, value in row.items() if name in model.model_fields and value is not None}
