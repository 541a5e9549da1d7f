"""The cells of a frame as plain values."""

from __future__ import annotations  # they name types of pandas, which is imported when it is first used

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import lazy_loader

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = lazy_loader.load("pandas")  # which takes longer to import than most commands to run


def rows_of(frame: pd.DataFrame, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """Return some columns of a frame, all by default, as plain rows: their values are those of `cells`.

    Examples
    --------
    >>> rows_of(pd.DataFrame({"day": pd.to_datetime(["2025-01-16", None])}))
    [{'day': datetime.date(2025, 1, 16)}, {'day': None}]
    """
    names = list(frame.columns) if columns is None else columns
    return rows_from({name: cells(frame[name]) for name in names})


def rows_from(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Return the rows of columns of one length.

    Examples
    --------
    >>> rows_from({"id": ["a", "b"], "number": [1, None]})
    [{'id': 'a', 'number': 1}, {'id': 'b', 'number': None}]
    """
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def cells(column: pd.Series) -> list[Any]:
    """Return a column of a frame as plain values: `date`, `datetime`, `str`, `int`, `bool`, tuples; None where missing.

    Columns are those of `coaching.model.frames`: numbers are whole, and a day without a time zone has no time. Much
    faster than going through the cells, of which a frame makes an object each time that it is asked for one.

    Examples
    --------
    >>> cells(pd.Series(pd.to_datetime(["2025-01-16", None])))
    [datetime.date(2025, 1, 16), None]
    """
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return [None if pd.isna(moment) else moment.to_pydatetime() for moment in column]
    if pd.api.types.is_datetime64_dtype(column.dtype):
        days: list[Any] = column.to_numpy("datetime64[D]").tolist()
        return days
    values: list[Any] = column.array.to_numpy(object, na_value=None).tolist()
    return values
