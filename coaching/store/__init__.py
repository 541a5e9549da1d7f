"""The edge to the disk: a set of rows in Parquet files, drafts, compaction."""

from coaching.store.folder import Problem, unmake_folder, workbooks
from coaching.store.outside import write_file
from coaching.store.snapshot import Snapshot
from coaching.store.store import Store, create

__all__ = ["Problem", "Snapshot", "Store", "create", "unmake_folder", "workbooks", "write_file"]
