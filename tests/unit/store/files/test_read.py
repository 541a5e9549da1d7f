"""What a reader sees while others write: each test lets another program act at one moment of the reading."""

import os
from pathlib import Path

import pytest

from coaching.store import Store
from coaching.store.files.parquet import Codec
from tests.unit.store.samples import SESSION, keys, note, revisions


@pytest.fixture
def meanwhile(monkeypatch):
    """Let something happen once, just before a method of a class is called the given number of times."""

    def arrange(owner, name, number, happens):
        real, calls = getattr(owner, name), []

        def method(*arguments):
            calls.append(name)
            if len(calls) == number:
                happens()
            return real(*arguments)

        monkeypatch.setattr(owner, name, method)
        return calls

    return arrange


@pytest.mark.parametrize("number", [1, 2, 3])
def test_files_compacted_while_they_are_read_are_found_in_the_new_one(store, meanwhile, number):
    said = [note("a"), note("b"), note("c")]
    for entry in said:
        store.save([entry])
    other = Store.open(store.folder)
    calls = meanwhile(Path, "read_bytes", number, other.compact)
    snapshot = store.read()
    assert (revisions(snapshot), snapshot.problems) == (keys(*said), ())
    assert len(calls) >= number


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_draft_committed_while_it_is_read_is_found_among_the_entries(store, meanwhile, number):
    store.draft(SESSION, "tab-1", [note("a")])
    other = Store.open(store.folder)
    calls = meanwhile(os, "listdir", number, lambda: other.commit(SESSION))
    assert revisions(store.read()) == keys(note("a"))
    assert len(calls) >= number


def test_a_draft_committed_between_its_listing_and_its_reading_is_found(store, meanwhile):
    store.draft(SESSION, "tab-1", [note("a")])
    meanwhile(Path, "read_bytes", 1, lambda: Store.open(store.folder).commit(SESSION))
    assert revisions(store.read()) == keys(note("a"))


def test_a_listing_torn_by_a_compaction_is_made_again(store, monkeypatch):
    store.save([note("a")])
    real, listings = Path.iterdir, []

    def torn_once(folder):
        listings.append(folder.name)
        return iter([]) if listings.count("entries") == 1 and folder.name == "entries" else real(folder)

    monkeypatch.setattr(Path, "iterdir", torn_once)
    assert revisions(store.read()) == keys(note("a"))


def test_a_file_that_this_account_may_not_open_is_named(store, monkeypatch):
    store.save([note("a")])

    def refuse(_file):
        raise PermissionError(13, "")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (problem,) = store.read().problems
    assert problem.reason.startswith("cannot be opened; check its permissions")


def test_a_file_that_is_always_listed_and_never_there_is_named(store, monkeypatch):
    store.save([note("a")])

    def vanished(_file):
        raise FileNotFoundError(2, "")

    monkeypatch.setattr(Path, "read_bytes", vanished)
    (problem,) = store.read().problems
    assert problem.reason.startswith("cannot be opened")


def test_a_draft_is_read_anew_each_time(store, meanwhile):
    store.draft(SESSION, "tab-1", [note("a")])
    calls = meanwhile(Codec, "decode", 0, lambda: None)
    store.read()
    store.read()
    assert len(calls) == 2
