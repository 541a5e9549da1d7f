"""What a workbook holds at one moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from coaching.store.files.folder import Problem


@dataclass(frozen=True, repr=False)
class Snapshot:
    """All rows of a workbook, and what could not be read.

    Parameters
    ----------
    history
        All revisions of all entries, drafts included, one row for each (`id`, `rev`), in the order of (`rev`, `id`);
        the columns of `coaching.model.schema.SCHEMA`.
    problems
        Files that were skipped, or read in part.
    drafted
        Ids of the sessions that have drafts.
    drafts
        The rows of `history` that stand in drafts.
    """

    history: pa.Table
    problems: tuple[Problem, ...]
    drafted: frozenset[str]
    drafts: pa.Table

    @cached_property
    def closed(self) -> pa.Table:
        """The rows of `history` without those of the drafts: what was said in sessions that are closed."""
        if not self.drafts.num_rows:
            return self.history
        drafted = set(_keys(self.drafts))
        return self.history.filter(pa.array([key not in drafted for key in _keys(self.history)]))

    def __repr__(self) -> str:
        """Count, show no words."""
        return f"<Snapshot: {self.history.num_rows} rows, {len(self.problems)} problems>"


def _keys(rows: pa.Table) -> Iterator[tuple[str, int]]:
    return zip(rows["id"].to_pylist(), rows["rev"].to_pylist(), strict=True)
