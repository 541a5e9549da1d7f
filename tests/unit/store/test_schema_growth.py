"""Files of years: what each released version wrote is read, and a new column works both ways."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coaching.model.schema import VERSION, from_table
from coaching.store import PLAIN, Store, unlock
from coaching.store.disk.layout import Layout
from tests.unit.store.samples import KEY, files, note

HERE = Path(__file__).parent
#: One folder for each released version: a plain and an encrypted workbook, and what they say. None is ever changed.
RELEASED = HERE / "released"
PASSPHRASE = "four words are good"  # noqa: S105 - of a workbook that holds nothing


def newer(do, folder):
    """Let the newer program do something in a folder, and return what it reads there."""
    found = subprocess.run(
        [sys.executable, HERE / "newer_program.py", do, folder],
        env=os.environ | {"PYTHONPATH": str(HERE.parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(found.stdout)


def test_every_version_has_its_folder():
    assert sorted(folder.name for folder in RELEASED.iterdir()) == [str(number + 1) for number in range(VERSION)]


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
@pytest.mark.parametrize("version", sorted(folder.name for folder in RELEASED.iterdir()))
def test_what_a_released_version_wrote_is_read_written_and_compacted(tmp_path, version, kind):
    expected = json.loads((RELEASED / version / "expected.json").read_text(encoding="utf-8"))
    (source,) = (RELEASED / version / kind).iterdir()
    folder = tmp_path / source.name
    shutil.copytree(source, folder)
    store = Store.open(folder, unlock(folder, PASSPHRASE) if kind == "encrypted" else PLAIN)
    read = store.read()
    assert read.problems == ()
    assert [json.loads(entry.model_dump_json(exclude_none=True)) for entry in from_table(read.history)] == expected
    assert len(read.drafted) == 1
    store.save([note("new", rev=store.next_rev(from_table(read.history)[0].saved_at))])
    store.compact()
    assert len(from_table(store.read().history)) == len(expected) + 1


@pytest.mark.thorough
def test_a_newer_program_adds_a_column_to_what_an_older_one_wrote(locked):
    locked.save([note("a", text="said by the older program")])
    assert newer("save", locked.folder) == {
        "moods": {"said by the older program": None, "said by the newer program": "bright"},
        "problems": [],
    }
    assert newer("compact", locked.folder)["moods"]["said by the newer program"] == "bright"


def test_an_older_program_reads_what_it_knows_of_a_newer_one_and_loses_nothing_of_the_rest(locked):
    newer("save", locked.folder)
    locked.save([note("a", text="said by the older program")])
    locked.save([note("b", text="and this")])
    opened = Store.open(locked.folder, KEY)
    read = opened.read()
    assert sorted(read.history["text"].to_pylist()) == [
        "and this",
        "said by the newer program",
        "said by the older program",
    ]
    (problem,) = read.problems
    assert problem.reason.startswith("was written by a newer version of the workbook")
    kept = {file.name: file.read_bytes() for file in files(locked)}
    opened.compact()
    assert kept[Path(problem.file).name] == (locked.folder / problem.file).read_bytes(), "an older program keeps off it"
    assert len(files(locked)) == 2
    assert newer("read", locked.folder)["moods"]["said by the newer program"] == "bright"


def test_an_older_program_leaves_the_columns_of_a_newer_one_to_the_readers_of_the_folder(locked):
    newer("save", locked.folder)
    columns = Layout(locked.folder).all_columns
    before = columns.read_bytes()
    Store.open(locked.folder, KEY)
    assert columns.read_bytes() == before
