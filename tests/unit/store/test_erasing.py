"""Erasing: an empty place stays, and the words are nowhere any more."""

import os
import shutil

import pytest

from coaching.errors import StoreError
from coaching.store import Store
from coaching.store.files.parquet import Codec, table_of
from tests.unit.store.samples import SESSION, contents, erased, files, keys, note, revisions

TO_ERASE = "words that somebody asked to be erased"


@pytest.fixture
def filled(store):
    """A workbook that said it three times, among other things, in files of every kind."""
    store.save([note("a", 1, text=TO_ERASE), note("b")])
    store.save([note("a", 2, text=f"{TO_ERASE} again")])
    store.compact()
    store.draft(SESSION, "tab-1", [note("a", 3, text=f"and {TO_ERASE}")])
    store.commit(SESSION)
    return store


def holds(store):
    return sorted(name for name, data in contents(store.folder).items() if TO_ERASE.encode() in data)


def test_no_file_of_the_folder_holds_the_words_of_any_revision(filled):
    assert len(holds(filled)) == 2
    assert filled.erase([erased("a", 4)]) == ()
    assert holds(filled) == []
    for store in (filled, Store.open(filled.folder)):
        assert revisions(store.read()) == keys(note("b"), erased("a", 4))
        assert TO_ERASE not in str(store.read().history.to_pylist())


def test_erasing_again_and_compacting_bring_nothing_back(filled):
    filled.erase([erased("a", 4)])
    filled.erase([erased("a", 5)])
    filled.save([note("c")])
    filled.compact()
    assert revisions(filled.read()) == keys(note("b"), note("c"), erased("a", 5))


def test_what_is_said_after_it_was_erased_is_kept(filled):
    filled.erase([erased("a", 4)])
    filled.save([note("a", 5, text="something new").model_copy(update={"base": 4})])
    filled.compact()
    assert revisions(filled.read()) == keys(note("b"), erased("a", 4), note("a", 5))


def test_what_a_sync_tool_puts_back_after_erasing_is_not_read_is_named_and_goes_when_the_workbook_is_opened(filled):
    copies = {file.name: file.read_bytes() for file in files(filled)}
    filled.erase([erased("a", 4)])
    names = [f"entries/{name.removesuffix('.parquet')} (conflicted copy).parquet" for name in copies]
    for name, data in zip([*names, f"entries/{min(copies)}"], [*copies.values(), copies[min(copies)]], strict=True):
        (filled.folder / name).write_bytes(data)
    assert len(holds(filled)) == 3
    there = filled.read()
    reopened = Store.open(filled.folder)
    after = reopened.read()
    for snapshot in (there, after):
        assert revisions(snapshot) == keys(note("b"), erased("a", 4))
        assert sorted(problem.file for problem in snapshot.problems) == sorted([*names, f"entries/{min(copies)}"])
        assert all("put back after its words were erased" in problem.reason for problem in snapshot.problems)
    assert holds(filled) == []
    assert Store.open(filled.folder).read().problems == ()


def test_drafts_that_never_held_the_words_stay_as_they_are(store):
    store.draft(SESSION, "tab-1", [note("a", 1, text=TO_ERASE)])
    store.draft(SESSION, "tab-2", [note("b")])
    assert store.erase([erased("a", 2)]) == ()
    assert holds(store) == []
    assert revisions(store.read()) == keys(note("b"), erased("a", 2))


def test_the_copy_of_a_draft_brings_no_word_back_to_a_reader(filled):
    filled.erase([erased("a", 4)])
    copied = Codec(filled.workbook).encode(table_of([note("a", 2, text=TO_ERASE)]))
    (filled.folder / "drafts" / f"{SESSION}.tab-2.parquet").write_bytes(copied)
    assert filled.drafts() == [(SESSION, "tab-2")]
    snapshot = filled.read()
    assert revisions(snapshot) == keys(note("b"), erased("a", 4))
    assert TO_ERASE not in str(snapshot.history.to_pylist())


@pytest.mark.parametrize("act", ["save", "draft"])
@pytest.mark.parametrize("base", [None, 3])
def test_a_store_that_is_open_elsewhere_brings_no_word_back(filled, act, base):
    elsewhere = Store.open(filled.folder)
    filled.erase([erased("a", 4)])
    before = contents(filled.folder)
    typed = [note("a", 5, text=TO_ERASE).model_copy(update={"base": base})]
    with pytest.raises(StoreError, match=r"was erased meanwhile; run all cells to go on without it"):
        elsewhere.save(typed) if act == "save" else elsewhere.draft(SESSION, "tab-9", typed)
    assert contents(filled.folder) == before
    elsewhere.save([note("c")])
    assert revisions(elsewhere.read()) == keys(note("b"), note("c"), erased("a", 4))


def test_words_of_a_session_that_is_not_closed_are_erased_too_and_the_session_goes_on(filled):
    filled.draft(SESSION, "tab-1", [note("a", 4, text=TO_ERASE), note("c")])
    filled.draft(SESSION, "tab-2", [note("d", text=TO_ERASE)])
    assert filled.erase([erased("a", 5), erased("d", 2)]) == ()
    assert holds(filled) == []
    assert revisions(filled.read()) == keys(note("b"), note("c"), erased("d", 2), erased("a", 5))
    assert filled.read().drafted == {SESSION}
    filled.commit(SESSION)
    assert revisions(filled.read()) == keys(note("b"), note("c"), erased("d", 2), erased("a", 5))


def test_a_file_that_may_still_hold_the_words_is_named_and_left_alone(filled):
    damaged = filled.folder / "entries" / "damaged.parquet"
    damaged.write_bytes(files(filled)[0].read_bytes()[:-1])
    before = damaged.read_bytes()
    (problem,) = filled.erase([erased("a", 4)])
    assert problem.file == "entries/damaged.parquet"
    assert damaged.read_bytes() == before


def test_what_a_killed_program_left_unfinished_a_minute_ago_goes_too(filled):
    leftover = filled.folder / "tmp" / "unfinished"
    shutil.copy(files(filled)[0], leftover)
    os.utime(leftover, (0, 0))
    filled.erase([erased("a", 4)])
    assert holds(filled) == []


def test_an_erasing_in_another_window_is_looked_up_once_and_not_with_each_save(filled, monkeypatch):
    elsewhere = Store.open(filled.folder)
    elsewhere.read()
    filled.erase([erased("a", 4)])
    elsewhere.save([note("c")])
    reads, real = [], Store.read

    def counted(store):
        reads.append(store)
        return real(store)

    monkeypatch.setattr(Store, "read", counted)
    elsewhere.save([note("d")])
    assert reads == []
