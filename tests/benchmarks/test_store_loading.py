"""What reading a workbook of 10,000 sessions costs, against reading the same rows from one file with pandas."""

import json
import shutil
import sqlite3

import deltalake
import pandas as pd
import pyarrow.parquet.encryption as pe
import pytest

from coaching.model.schema import SCHEMA
from coaching.store import Store
from tests.benchmarks.conftest import MANY, PENDING

ROUNDS = 15


@pytest.fixture
def pandas_alone(workbook_of_many):
    """Read the one file of the compacted workbook with pandas, with the key."""
    key = pe.create_decryption_properties(workbook_of_many.keys.data[0])
    file = _largest_file(workbook_of_many.store)
    return lambda: pd.read_parquet(file, decryption_properties=key)


@pytest.fixture
def load(workbook_of_many):
    return lambda: Store.open(workbook_of_many.store.folder, workbook_of_many.keys).read()


def test_a_load_takes_at_most_one_and_a_half_times_as_long_as_pandas_takes(turns, load, pandas_alone):
    assert load().history.num_rows == len(pandas_alone())
    turns.run(load, {"pandas": pandas_alone}, ROUNDS)
    turns.show_time(f"pd.read_parquet of {MANY:,} sessions", "pandas")
    turns.show_time(f"load of {MANY:,} sessions")
    turns.check("load, p50 : pd.read_parquet", "pandas", 1.5)


def test_a_load_with_as_many_pending_files_as_there_can_be_takes_at_most_three_times_as_long(
    turns, workbook_of_many, pandas_alone, some_sessions, tmp_path
):
    """With one file more the workbook would be compacted when it is opened."""
    folder, keys = tmp_path / workbook_of_many.store.workbook, workbook_of_many.keys
    shutil.copytree(workbook_of_many.store.folder, folder)
    store = Store.open(folder, keys)
    for session in some_sessions[:PENDING]:
        store.draft(session[0].session, "tab-1", session[::-1])
        store.commit(session[0].session)
    files = len(list((folder / "entries").iterdir()))
    turns.run(lambda: Store.open(folder, keys).read(), {"pandas": pandas_alone}, ROUNDS)
    assert len(list((folder / "entries").iterdir())) == files, "it was compacted"
    turns.show_time(f"load of {MANY:,} sessions and {PENDING} pending files")
    turns.check(f"load with {PENDING} pending files, p50 : pd.read_parquet", "pandas", 3)


def test_compacted_rows_take_at_most_half_the_room_of_their_raw_text(show, workbook_of_many):
    rows = workbook_of_many.store.read().history.to_pylist()
    size = _largest_file(workbook_of_many.store).stat().st_size
    said = [{name: value for name, value in row.items() if value is not None} for row in rows]
    lines = sum(len(json.dumps(row, ensure_ascii=False, default=str).encode()) + 1 for row in said)
    text = sum(len(value.encode()) for row in said for value in row.values() if isinstance(value, str))
    show("compacted size", size / 1e6, unit="MB")
    show("compacted size : the rows as JSON lines without nulls", size / lines, 0.5)
    show("compacted size : all text values alone, without names, numbers and dates", size / text)
    assert size <= 0.5 * lines


def test_a_load_beside_those_of_sqlite_and_delta_lake(turns, load, tmp_path):
    """The same rows in one transaction each, read into a pandas or an Arrow table; neither encrypts."""
    rows = load().history
    text = rows.cast(SCHEMA).to_pandas(date_as_object=True)
    database = sqlite3.connect(tmp_path / "peer.sqlite")
    database.execute("pragma journal_mode=wal")
    text.assign(held_on=text["held_on"].astype(str)).to_sql("entries", database, index=False)
    deltalake.write_deltalake(tmp_path / "delta", rows)
    peers = {
        "sqlite": lambda: pd.read_sql("select * from entries", database),
        "delta": lambda: deltalake.DeltaTable(tmp_path / "delta").to_pyarrow_table(),
    }
    assert all(len(read()) == rows.num_rows for read in peers.values())
    turns.run(load, peers, 1)
    turns.show_time(f"load of {MANY:,} sessions, SQLite to pandas, not encrypted", "sqlite")
    turns.show_time(f"load of {MANY:,} sessions, Delta Lake to Arrow, not encrypted", "delta")
    turns.check("load, p50 : SQLite's", "sqlite", 1)


def _largest_file(store):
    return max((store.folder / "entries").iterdir(), key=lambda file: file.stat().st_size)
