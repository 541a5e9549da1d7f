"""What a workbook holds at one moment."""

from dataclasses import dataclass

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
    """

    history: pa.Table
    problems: tuple[Problem, ...]
    drafted: frozenset[str]

    def __repr__(self) -> str:
        """Count, show no words."""
        return f"<Snapshot: {self.history.num_rows} rows, {len(self.problems)} problems>"
