"""Rows as a set: however they were cut into files, and however often one is there."""

from collections.abc import Iterable

import pandas as pd
import pyarrow as pa

from coaching.schema import SCHEMA


def distinct(tables: Iterable[pa.Table]) -> pa.Table:
    """Return the rows of all tables, each once, in the order of (`rev`, `id`, `saved_at`).

    Rows of one (`id`, `rev`) that differ, as two programs with a wrong clock can make them, are all kept.
    """
    rows = pa.concat_tables([SCHEMA.empty_table(), *tables])
    keys = _keys(rows)
    repeated = keys.duplicated(["id", "rev"], keep=False)
    keys["words"] = ""
    keys.loc[repeated, "words"] = [repr(row) for row in rows.filter(pa.array(repeated)).to_pylist()]
    kept = keys.drop_duplicates(["id", "rev", "words"]).sort_values(["rev", "id", "saved_at", "words"])
    return rows.take(pa.array(kept.index)).combine_chunks()


def one_per_revision(tables: Iterable[pa.Table]) -> pa.Table:
    """Return the rows of all tables, one for each (`id`, `rev`), in the order of (`rev`, `id`).

    Of rows that differ the one saved last is taken.
    """
    rows = pa.concat_tables([SCHEMA.empty_table(), *tables])
    kept = _keys(rows).sort_values(["rev", "id", "saved_at"], kind="stable").drop_duplicates(["id", "rev"], keep="last")
    return rows.take(pa.array(kept.index)).combine_chunks()


def _keys(rows: pa.Table) -> pd.DataFrame:
    keys: pd.DataFrame = rows.select(["id", "rev", "saved_at"]).to_pandas()
    return keys
