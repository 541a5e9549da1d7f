"""Rows as a set: however they were cut into files, and however often one is there."""

from collections.abc import Iterable

import pandas as pd
import pyarrow as pa

from coaching.schema import SCHEMA, fitted


def distinct(tables: Iterable[pa.Table]) -> pa.Table:
    """Return the rows of all tables, each once, in the order of (`rev`, `id`, `saved_at`), without what was erased.

    Rows of one (`id`, `rev`) that differ, as two programs with a wrong clock can make them, are all kept.
    """
    rows, keys = _together(tables)
    repeated = keys.duplicated(["id", "rev"], keep=False)
    keys["words"] = ""
    if repeated.any():
        at = keys.index[repeated]
        keys.loc[at, "words"] = [repr(row) for row in rows.take(pa.array(at)).to_pylist()]
    kept = keys.drop_duplicates(["id", "rev", "words"]).sort_values(["rev", "id", "saved_at", "words"])
    return rows.take(pa.array(kept.index)).combine_chunks()


def one_per_revision(tables: Iterable[pa.Table]) -> pa.Table:
    """Return the rows of all tables, one for each (`id`, `rev`), in the order of (`rev`, `id`).

    What was erased is left out. Of rows that differ the one saved last is taken.
    """
    rows, keys = _together(tables)
    kept = keys.sort_values(["rev", "id", "saved_at"], kind="stable").drop_duplicates(["id", "rev"], keep="last")
    return rows.take(pa.array(kept.index)).combine_chunks()


def _together(tables: Iterable[pa.Table]) -> tuple[pa.Table, pd.DataFrame]:
    """Return all rows, and the keys of those that stay.

    An empty place outdoes every earlier revision of its entry, wherever and whenever that turns up again: in the copy
    that a sync tool made, or in the file that another program wrote meanwhile.
    """
    rows = pa.concat_tables([SCHEMA.empty_table(), *map(fitted, tables)])
    keys: pd.DataFrame = rows.select(["id", "rev", "saved_at"]).to_pandas()
    is_erased = rows.column("erased").to_pandas().fillna(value=False).astype(bool)
    if not is_erased.any():
        return rows, keys
    erased_at = keys["id"].map(keys[is_erased].groupby("id")["rev"].max())
    return rows, keys[~(keys["rev"] < erased_at)]
