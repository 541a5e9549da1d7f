"""Rows as a set: however they were cut into files, and however often one is there."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from coaching.model.schema import SCHEMA, fitted

_KEYS = ["rev", "id", "saved_at"]


def distinct(tables: Iterable[pa.Table]) -> pa.Table:
    """Return the rows of all tables, each once, in the order of (`rev`, `id`, `saved_at`), without what was erased.

    Rows of one (`id`, `rev`) that differ, as two programs with a wrong clock can make them, are all kept.
    """
    rows = _standing(tables)
    keys = rows.select(_KEYS).to_pandas()
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
    rows = _standing(tables)
    kept = np.from_dlpack(_last_of_each_revision(rows)).astype(np.int64)
    # Compacted rows come first and in order: they are not copied, however many there are.
    moved = np.flatnonzero(kept != np.arange(len(kept)))
    if not len(moved):
        return rows.slice(0, len(kept))
    settled = int(moved[0])
    return pa.concat_tables([rows.slice(0, settled), rows.slice(settled).take(_indices(kept[settled:] - settled))])


def _last_of_each_revision(rows: pa.Table) -> pa.UInt64Array:
    """Return where the row saved last of each (`id`, `rev`) stands, in the order of (`rev`, `id`)."""
    order = pc.sort_indices(rows.select(_KEYS), sort_keys=[(name, "ascending") for name in _KEYS])
    keys = rows.select(["rev", "id"]).take(order)
    last = max(0, len(keys) - 1)
    before, after = keys.slice(0, last), keys.slice(1)
    differs = [pc.not_equal(before.column(name), after.column(name)) for name in keys.column_names]
    return pa.concat_arrays([order.slice(0, last).filter(pc.or_(*differs).combine_chunks()), order.slice(last)])


def _indices(numbers: np.ndarray) -> pa.Int64Array:
    """Return numbers as Arrow's; not by `pa.array`, which imports pandas, and takes longer than all else here."""
    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(numbers)])


def _standing(tables: Iterable[pa.Table]) -> pa.Table:
    """Return the rows of all tables without those that were erased.

    An empty place outdoes every earlier revision of its entry, wherever and whenever that turns up again: in the copy
    that a sync tool made, or in the file that another program wrote meanwhile.
    """
    rows = union(tables)
    return without_erased(rows, rows)


def union(tables: Iterable[pa.Table]) -> pa.Table:
    """Return the rows of all tables, with every column of the schema."""
    return pa.concat_tables([pa.Table.from_batches([], SCHEMA), *map(fitted, tables)])


def without_erased(rows: pa.Table, places: pa.Table) -> pa.Table:
    """Return the rows without what the empty places among other rows take the place of.

    That is every earlier revision of the entry, and what was edited from one of these by somebody who did not know yet
    that it was erased: it would bring its words back.
    """
    places = places.select(["id", "rev"]).filter(places.column("erased"))
    if not places.num_rows:
        return rows
    return without_erased_at(rows, places.to_pandas().groupby("id")["rev"].max().to_dict())


def without_erased_at(rows: pa.Table, erased_at: Mapping[str, int]) -> pa.Table:
    """Return the rows without what empty places, by the ids and the revisions of these, take the place of."""
    if not erased_at:
        return rows
    at = np.flatnonzero(pc.is_in(rows.column("id"), pa.array(list(erased_at), pa.string())).to_numpy())
    if not at.size:  # as in the drafts of other parts of the session
        return rows
    revisions = rows.select(["id", "rev", "base", "erased"]).take(pa.array(at)).to_pylist()
    stands = np.ones(rows.num_rows, bool)
    stands[at] = _stand(revisions, erased_at)
    return rows if stands.all() else rows.filter(pa.array(stands))


def _stand(revisions: Sequence[Mapping[str, Any]], erased_at: Mapping[str, int]) -> list[bool]:
    """Tell of each revision of an erased entry whether it stands: a place, or what was said knowing of it."""
    standing: dict[str, set[int]] = {}
    stands = [False] * len(revisions)
    for number in sorted(range(len(revisions)), key=lambda number: revisions[number]["rev"]):
        row = revisions[number]
        last, numbers = erased_at[row["id"]], standing.setdefault(row["id"], set())
        knew = row["base"] is not None and (row["base"] == last or row["base"] in numbers)
        if row["rev"] >= last and (row["erased"] or knew):
            numbers.add(row["rev"])
            stands[number] = True
    return stands
