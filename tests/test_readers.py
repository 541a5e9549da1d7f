"""The folder of a workbook is read by other tools too: pandas, DuckDB and Polars with its key, Dask where it has none.

Each expression here is one that `docs/formats.md` shows. Dask and Polars are loaded by those who read with them:
loading them takes a second or two, and every worker of an everyday run collects this file.
"""

import base64
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe
import pytest

from coaching.model.entries import Item, Note
from coaching.model.frames import current
from coaching.model.ids import derived_id
from coaching.model.schema import SCHEMA, from_table
from coaching.store import Store, create
from coaching.workbook.home import Home

pytestmark = pytest.mark.readers

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
LATER = 1 << 52
SAID = "“山は、山である。” – 'so be it', she said,\nand \"yes\"\\"
LEVELS = (None, 'one "bread"', "三つ", None, None)
DRAFTED = "typed a moment ago"
COLUMNS = ["id", "rev", "kind", "held_on", "text", "what", "levels", "dreams", "wants_plan", "minutes", "withdrawn"]


@dataclass
class Kept:
    """A folder of entries, its key if it has one, and what its own program says that it holds now."""

    folder: Path
    key: bytes | None
    current: pa.Table


def with_pandas(kept):
    options = {"decryption_properties": pe.create_decryption_properties(kept.key)} if kept.key else {}
    rows = pd.read_parquet(kept.folder, **options)
    found = rows.sort_values("rev").drop_duplicates("id", keep="last").query("withdrawn != True")
    return pa.Table.from_pandas(found, SCHEMA, preserve_index=False)


def with_duckdb(kept):
    database, options = duckdb.connect(), ""
    if kept.key:
        database.execute(f"pragma add_parquet_key('workbook', '{base64.b64encode(kept.key).decode()}')")
        options = ", encryption_config = {footer_key: 'workbook'}"
    found = database.sql(
        f"from read_parquet('{kept.folder}/*.parquet', union_by_name = true{options}) "
        "qualify row_number() over (partition by id order by rev desc) = 1 and withdrawn is not true"
    )
    return found.select(", ".join(COLUMNS)).to_arrow_table()


def with_polars(kept):
    pl = import_module("polars")
    if kept.key:
        options = {"decryption_properties": pe.create_decryption_properties(kept.key)}
        rows = pl.read_parquet(kept.folder, use_pyarrow=True, pyarrow_options=options)
    else:
        rows = pl.read_parquet(kept.folder, missing_columns="insert")
    return rows.sort("rev").unique("id", keep="last").filter(pl.col("withdrawn").ne_missing(other=True)).to_arrow()


def with_dask(kept):
    dd = import_module("dask.dataframe")
    files = sorted(kept.folder.glob("*.parquet"))
    # Without pyarrow's types, Dask makes text of the flags.
    rows = dd.from_map(pd.read_parquet, files, schema=pq.read_schema(files[0]), dtype_backend="pyarrow").compute()
    found = rows.sort_values("rev").drop_duplicates("id", keep="last").query("withdrawn.fillna(False) != True")
    return pa.Table.from_pandas(found, SCHEMA, preserve_index=False)


def some_of(table):
    """Return a few columns of a table in one form, whichever tool it comes from."""
    schema = pa.schema([pa.field(name, SCHEMA.field(name).type) for name in COLUMNS])
    return table.select(COLUMNS).cast(schema).sort_by("id").to_pylist()


def note(name, rev, text, **more):
    identity = derived_id(date(2026, 3, 4), name)
    return Note(
        id=identity, rev=rev, author="coachee", segment="dreams", topic="dream", text=text, saved_at=NOW, **more
    )


@pytest.fixture(scope="module", params=["in many files", "compacted"])
def cut(request):
    return request.param


@pytest.fixture(scope="module")
def demo_year(tmp_path_factory):
    home = tmp_path_factory.mktemp("demo")
    return from_table(Store.open(home / Home(home).demo().workbook.id).read().history)


def made(home, demo_year, cut, passphrase=None):
    identity = derived_id(None, "readers")
    workbook = create(home / identity, workbook=identity, holder="coachee", passphrase=passphrase)
    store, key = workbook.store, next(iter(workbook.keys.data), None)
    withdrawn = note("taken back", LATER + 1, None, withdrawn=True)
    item = Item(
        id=derived_id(date(2026, 3, 4), "bread"), rev=LATER, author="coachee", what=SAID, levels=LEVELS, saved_at=NOW
    )
    store.save(demo_year)
    store.save([note("said", LATER, "said first"), note("taken back", LATER, "said too soon"), item])
    store.save([note("said", LATER + 2, SAID)])
    store.save([withdrawn])
    if cut == "compacted":
        store.compact()
    kept = Kept(store.folder / "entries", key, current(store.read().history))
    store.draft(derived_id(date(2026, 3, 4), "session"), "tab-1", [note("said", LATER + 3, DRAFTED)])
    return kept


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory, demo_year, cut):
    return made(tmp_path_factory.mktemp("encrypted"), demo_year, cut, "four words of nonsense")


@pytest.fixture(scope="module")
def plain(tmp_path_factory, demo_year, cut):
    return made(tmp_path_factory.mktemp("plain"), demo_year, cut)


@pytest.mark.parametrize("read", [with_pandas, with_duckdb, with_polars])
def test_a_tool_that_has_the_key_reads_what_an_encrypted_workbook_holds_now(encrypted, read):
    assert some_of(read(encrypted)) == some_of(encrypted.current)


@pytest.mark.parametrize("read", [with_pandas, with_duckdb, with_polars, with_dask])
def test_a_tool_reads_what_a_plain_workbook_holds_now(plain, read):
    assert some_of(read(plain)) == some_of(plain.current)


def test_what_is_compared_holds_all_that_is_hard_to_read(encrypted, demo_year, cut):
    found = {row["id"]: row for row in some_of(encrypted.current)}
    texts = [row["text"] for row in found.values()]
    assert found.keys() > {entry.id for entry in demo_year}
    assert SAID in texts
    assert not {"said first", "said too soon", DRAFTED} & set(texts)
    assert '[null, "one \\"bread\\"", "三つ", null, null]' in [row["levels"] for row in found.values()]
    assert len(list(encrypted.folder.glob("*.parquet"))) == {"in many files": 5, "compacted": 2}[cut]


@pytest.mark.parametrize("read", [with_pandas, with_duckdb, with_polars, with_dask])
def test_without_the_key_no_tool_reads_anything(encrypted, read):
    with pytest.raises(Exception, match=r"(?i)encrypt|decrypt|key|corrupt|magic"):
        read(Kept(encrypted.folder, None, encrypted.current))
