"""Rows of the one table → tidy pandas frames, one per kind."""

from __future__ import annotations  # they name types of pandas, which is imported when it is first used

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import lazy_loader
import pyarrow as pa

from coaching.model.cells import cells, rows_from
from coaching.model.entries import MODELS
from coaching.model.schema import LISTS, SCHEMA, fitted, several
from coaching.model.vocabulary import Kind

if TYPE_CHECKING:
    import pandas as pd
else:
    pd = lazy_loader.load("pandas")  # which takes longer to import than most commands to run

_NUMBERED = [kind.value for kind, model in MODELS.items() if "number" in model.model_fields]


@dataclass(frozen=True, repr=False)
class Frames:
    """One frame per kind of entry, each with the columns of its kind only.

    Text is pandas' ``str``, numbers ``Int64``, flags ``boolean``, days ``datetime64`` at midnight without a time zone,
    lists are tuples or None in an ``object`` column. Rows stand in the order of (`held_on`, `number` or `label`, `id`).

    Parameters
    ----------
    by_kind
        A frame for every kind; without entries of a kind it has its columns and no rows.
    """

    by_kind: Mapping[Kind, pd.DataFrame]
    _cells: dict[Kind, dict[str, list[Any]]] = field(default_factory=dict, init=False, compare=False)
    _derived: dict[str, Frames] = field(default_factory=dict, init=False, compare=False)

    def __getitem__(self, kind: str) -> pd.DataFrame:
        """Return the frame of one kind; what is changed of it reaches nobody else who asks."""
        return self.by_kind[Kind(kind)].copy(deep=False)

    def rows(self, kind: str, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
        """Return the entries of one kind as plain rows, of some columns or of all: values are those of `cells`."""
        known = self._cells.setdefault(Kind(kind), {})
        names = tuple(MODELS[Kind(kind)].model_fields) if columns is None else columns
        if self.by_kind[Kind(kind)].empty:
            return []
        if missing := [name for name in names if name not in known]:
            frame = self[kind]
            known |= {name: cells(frame[name]) for name in missing}
        return rows_from({name: known[name] for name in names})

    def derived(self, name: str, make: Callable[[], Frames]) -> Frames:
        """Return other frames that follow from these alone; they are made when somebody first asks for this name."""
        if name not in self._derived:
            self._derived[name] = make()
        return self._derived[name]

    def __repr__(self) -> str:
        """Count rows, show none."""
        return f"<Frames: {sum(map(len, self.by_kind.values()))} rows>"


def current(table: pa.Table) -> pa.Table:
    """Return the newest revision of each entry that is not withdrawn."""
    if table.num_rows == 0:
        return table
    keys = table.select(["id", "rev", "withdrawn"]).to_pandas(types_mapper=_pandas_type)
    newest = keys.sort_values("rev", kind="stable").drop_duplicates("id", keep="last")
    newest_ids = newest.index[~newest["withdrawn"].fillna(value=False)]
    return table.take(pa.array(sorted(newest_ids), pa.int64()))


def frames(table: pa.Table) -> Frames:
    """Return the rows of `table` as one frame per kind.

    Parameters
    ----------
    table
        Rows of `coaching.model.schema.SCHEMA`; columns it lacks are taken as empty, columns it adds are passed over.
    """
    return Frames(_ByKind(_in_order(_whole(table))))


def _whole(table: pa.Table) -> pd.DataFrame:
    whole: pd.DataFrame = fitted(table).to_pandas(date_as_object=False, types_mapper=_pandas_type)
    return whole


def _pandas_type(arrow_type: pa.DataType) -> Any:
    """Return pandas' type of what may be missing; none where its own choice will do."""
    if pa.types.is_int64(arrow_type):
        return pd.Int64Dtype()
    return pd.BooleanDtype() if pa.types.is_boolean(arrow_type) else None


def _in_order(whole: pd.DataFrame) -> pd.DataFrame:
    # A label may be typed by anybody: digits of other scripts, or more of them than a number holds, are no number here.
    digits = whole["label"].str.extract(r"([0-9]{1,18})$")[0].astype("Int64")
    numbered = whole["number"].where(whole["kind"].isin(_NUMBERED), digits)
    keys = whole[["held_on", "id", "rev"]].assign(_number=numbered)
    return whole.loc[keys.sort_values(["held_on", "_number", "id", "rev"], na_position="first").index]


class _ByKind(Mapping[Kind, "pd.DataFrame"]):
    """Makes the frame of a kind when it is asked for: few need all of them."""

    def __init__(self, whole: pd.DataFrame) -> None:
        self._whole = whole
        self._said = frozenset(whole["kind"])
        self._made: dict[Kind, pd.DataFrame] = {}

    def __getitem__(self, kind: Kind) -> pd.DataFrame:
        if kind not in self._made:
            self._made[kind] = _frame(self._whole, kind) if kind.value in self._said else _empty(kind)
        return self._made[kind]

    def __iter__(self) -> Iterator[Kind]:
        return iter(MODELS)

    def __len__(self) -> int:
        return len(MODELS)


@cache
def _empty(kind: Kind) -> pd.DataFrame:
    """Return the frame of a kind of which there is no entry, as of most kinds in most workbooks."""
    return _frame(_whole(SCHEMA.empty_table()), kind)


def _frame(whole: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    columns = list(MODELS[kind].model_fields)
    frame = whole.loc[whole["kind"] == kind.value, columns].reset_index(drop=True)
    for name in LISTS.keys() & columns:
        lists = [several(value) if isinstance(value, str) else None for value in frame[name]]
        frame = frame.assign(**{name: pd.Series(lists, index=frame.index, dtype=object)})
    return frame


def records(frames: Frames) -> list[dict[str, Any]]:
    """Return the rows of all frames as plain records of what they say, without empty fields.

    Values are `str`, `int`, `bool`, `datetime.date`, `datetime.datetime` (UTC) and tuples of text.
    """
    return [
        {name: value for name, value in row.items() if value is not None}
        for kind in frames.by_kind
        for row in frames.rows(kind)
    ]
