"""Random shares of invented homes, as files that collectors get; and the memory that adding them up takes."""

import secrets
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from coaching.formats.count_shares import KEYS, SCHEMA, VALUES, Heading, Setting, write_shares
from coaching.metrics.organisation.cells import CELLS

HEADING = Heading("a", Setting("2025Q3", 1.0, 3))
_METADATA = pq.read_schema(pa.BufferReader(write_shares(HEADING, []))).metadata
_GENERATOR = np.random.default_rng(1)


def table_of(homes: int) -> pa.Table:
    """Return the shares of so many homes."""
    size = len(CELLS)
    ids = pa.array([secrets.token_bytes(16) for _ in range(homes)], pa.binary())
    columns = {"submission": ids.take(pa.array(np.repeat(np.arange(homes), size)))}
    for name, texts in zip(KEYS, zip(*CELLS, strict=True), strict=True):
        columns[name] = pa.array(texts).take(pa.array(np.tile(np.arange(size), homes)))
    for name in VALUES:
        columns[name] = pa.array(_GENERATOR.integers(0, 2**64, homes * size, dtype=np.uint64))
    return pa.table(columns, schema=SCHEMA)


def write(folder: Path, files: int, homes: int) -> Path:
    """Write so many files of so many homes each."""
    folder.mkdir()
    packed = {name: "none" if name in VALUES else "zstd" for name in SCHEMA.names}
    for number in range(files):
        table = table_of(homes).replace_schema_metadata(_METADATA)
        file = folder / f"{number:05}.parquet"
        pq.write_table(table, file, compression=packed, use_dictionary=["submission", *KEYS])
    return folder


def peak(folder: str) -> float:
    """Add up what is in a folder, and return the peak of this program's memory in MB."""
    from coaching.workbook.totals import add_up  # noqa: PLC0415 - counts as memory of its own

    assert not add_up([folder]).problems
    # Not what getrusage says: that counts the program that has started this one.
    said = Path("/proc/self/status").read_text(encoding="ascii")
    return int(said.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    sys.stdout.write(f"{peak(sys.argv[1])}\n")
