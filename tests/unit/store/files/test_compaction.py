import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from coaching.model.schema import VERSION, VERSION_KEY
from coaching.store import Store
from coaching.store.files.compaction import MANY
from coaching.store.files.parquet import table_of
from tests.unit.store.samples import KEY, SESSION, WORKBOOK, files, keys, note, revisions


def of_newer_version(file: Path, *entries):
    table = table_of(entries).append_column("mood", pa.array(["bright"] * len(entries)))
    pq.write_table(table.replace_schema_metadata({VERSION_KEY: str(VERSION + 1), "coaching.workbook": WORKBOOK}), file)


def test_many_files_become_one_and_every_revision_stays(store):
    said = [note("a", rev) for rev in range(1, 6)] + [note("b", 3)]
    for entry in said:
        store.save([entry])
    before = store.read().history
    store.compact()
    assert len(files(store)) == 1
    assert store.read().history.equals(before)
    assert Store.open(store.folder).read().history.equals(before)
    assert revisions(store.read()) == keys(*said)
    assert files(store, "tmp") == []


def test_compacting_again_changes_nothing(store):
    store.compact()
    assert files(store) == []
    store.save([note("a")])
    before = files(store)
    store.compact()
    assert files(store) == before


@pytest.mark.parametrize(("number", "left"), [(MANY, MANY), (MANY + 1, 1)])
def test_a_workbook_is_compacted_when_it_is_opened_with_many_files(store, number, left):
    for rev in range(number):
        store.save([note("a", rev)])
    reopened = Store.open(store.folder)
    assert len(files(store)) == left
    assert reopened.read().history.num_rows == number


def test_drafts_stay_drafts(store):
    store.draft(SESSION, "tab-1", [note("a")])
    store.save([note("b")])
    store.save([note("c")])
    store.compact()
    assert store.drafts() == [(SESSION, "tab-1")]


def test_an_encrypted_workbook_stays_encrypted(locked):
    for name in "abc":
        locked.save([note(name)])
    locked.compact()
    (file,) = files(locked)
    assert file.read_bytes()[:4] == b"PARE"
    assert revisions(Store.open(locked.folder, KEY).read()) == keys(*map(note, "abc"))


def test_files_of_a_newer_version_and_damaged_files_are_never_touched(store):
    store.save([note("a")])
    store.save([note("b")])
    newer, damaged = (store.folder / "entries" / f"{name}.parquet" for name in ("newer", "damaged"))
    of_newer_version(newer, note("c"), note("d"))
    damaged.write_bytes(b"PAR1")
    before = newer.read_bytes(), damaged.read_bytes()
    store.compact()
    assert (newer.read_bytes(), damaged.read_bytes()) == before
    assert len(files(store)) == 3
    snapshot = store.read()
    assert revisions(snapshot) == keys(*map(note, "abcd"))
    assert [problem.file for problem in snapshot.problems] == ["entries/damaged.parquet", "entries/newer.parquet"]


def test_a_file_is_compacted_as_it_is_now_not_as_it_was_once_read(store):
    store.save([note("a")])
    store.save([note("b")])
    store.read()
    first = files(store)[0]
    damaged = first.read_bytes()[:-1]
    first.write_bytes(damaged)
    store.compact()
    assert first.read_bytes() == damaged


def test_what_is_saved_meanwhile_stays(store, monkeypatch):
    for name in "ab":
        store.save([note(name)])
    other, real = Store.open(store.folder), os.replace

    def replace(source, target):
        monkeypatch.setattr(os, "replace", real)
        other.save([note("c")])
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    store.compact()
    assert len(files(store)) == 2
    assert revisions(store.read()) == keys(*map(note, "abc"))


def test_two_compactions_at_once_lose_nothing(store, monkeypatch):
    for name in "abc":
        store.save([note(name)])
    other, real = Store.open(store.folder), os.replace

    def replace(source, target):
        monkeypatch.setattr(os, "replace", real)
        other.compact()
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    store.compact()
    assert revisions(store.read()) == keys(*map(note, "abc"))
    store.compact()
    assert revisions(store.read()) == keys(*map(note, "abc"))
    assert len(files(store)) == 1


DAY = 24 * 60 * 60


@pytest.mark.parametrize(("age", "stays"), [(0, True), (DAY - 60, True), (DAY + 60, False), (-DAY, True)])
def test_what_a_killed_writer_left_goes_a_day_before_the_last_save(store, age, stays):
    leftover = store.folder / "tmp" / "unfinished"
    leftover.write_bytes(b"PAR1")
    last_save = (store.folder / "entries").stat().st_mtime
    os.utime(leftover, (last_save - age, last_save - age))
    Store.open(store.folder)
    assert leftover.exists() == stays
