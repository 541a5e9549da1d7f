"""A flipped bit anywhere in an encrypted workbook is detected, or changes nothing."""

import json

import pytest

from coaching.errors import StoreError
from coaching.store import Store, create, recover, unlock
from coaching.store.disk.layout import Layout
from coaching.store.disk.os_errors import UnreadableFileError
from coaching.store.files.parquet import Codec, table_of
from tests.unit.store.samples import (
    KEY,
    PASSPHRASE,
    SESSION,
    WORKBOOK,
    cheap_locks,
    files,
    keys,
    note,
    revisions,
)

SAID = [note("a"), note("b", text="and to climb a hill")]


@pytest.fixture
def created(home):
    with cheap_locks():
        made = create(home / WORKBOOK, workbook=WORKBOOK, holder="coach", passphrase=PASSPHRASE)
    made.store.save(SAID)
    return made


def flips(data):
    """Give the bytes with one bit flipped in each of them, another bit from byte to byte."""
    for at in range(len(data)):
        flipped = bytearray(data)
        flipped[at] ^= 1 << (at % 8)
        yield at, bytes(flipped)


def test_a_flip_in_a_file_of_entries_is_detected_or_changes_nothing():
    codec = Codec(WORKBOOK, KEY)
    data = codec.encode(table_of(SAID))
    whole = codec.decode(data)
    unnoticed = []
    for at, flipped in flips(data):
        try:
            content = codec.decode(flipped)
        except UnreadableFileError:
            continue
        assert (content.table.equals(whole.table), content.remark) == (True, None)
        unnoticed.append(at)
    assert len(unnoticed) < 10  # those that say how the footer is encrypted; each byte of a word is noticed


def test_a_damaged_file_is_named_and_the_others_are_read(created):
    (first,) = files(created.store)
    created.store.save([note("c")])
    (second,) = set(files(created.store)) - {first}
    created.store.draft(SESSION, "tab-1", [note("d")])
    (drafted,) = files(created.store, "drafts")
    for file, lost in {first: "ab", second: "c", drafted: "d"}.items():
        data = file.read_bytes()
        file.write_bytes(data[:500] + bytes([data[500] ^ 1]) + data[501:])
        snapshot = Store.open(created.store.folder, created.keys).read()
        assert [problem.file for problem in snapshot.problems] == [f"{file.parent.name}/{file.name}"]
        left = {identity for identity, _ in revisions(snapshot)}
        assert left == {note(name).id for name in "abcd"} - {note(name).id for name in lost}
        file.write_bytes(data)


def test_a_flip_in_the_file_of_all_columns_loses_nothing_and_is_mended(created):
    file = Layout(created.store.folder).all_columns
    codec, data = Codec(WORKBOOK, created.keys), file.read_bytes()
    for at, flipped in flips(data):
        if at % 64 == 0 or not 4 < at < len(data) - 60:
            file.write_bytes(flipped)
            snapshot = Store.open(created.store.folder, created.keys).read()
            assert (revisions(snapshot), snapshot.problems) == (keys(*SAID), ())
            assert codec.decode(file.read_bytes()).has_all_columns


def opened(folder, act, secret):
    """Return who holds the workbook and what is read in it, or nothing if it is refused."""
    try:
        store = Store.open(folder, act(folder, secret))
    except StoreError:
        return None
    snapshot = store.read()
    return store.workbook, store.holder, revisions(snapshot), snapshot.problems


@pytest.mark.thorough
@pytest.mark.parametrize("act", [unlock, recover])
def test_a_flip_in_the_card_is_refused_or_changes_no_word(created, act):
    """What it says of the files may then make it look older than they are, or miss one that never was."""
    file, secret = Layout(created.store.folder).card, {unlock: PASSPHRASE, recover: created.recovery_key}[act]
    data = file.read_bytes()
    whole = opened(created.store.folder, act, secret)
    assert whole == (WORKBOOK, "coach", keys(*SAID), ())
    refused = 0
    for _, flipped in flips(data):
        file.write_bytes(flipped)
        found = opened(created.store.folder, act, secret)
        assert found is None or found[:3] == whole[:3]
        refused += found is None
    assert refused > 100


def test_the_card_of_a_plain_workbook_with_a_flip_is_refused_or_hides_nothing_silently(store):
    store.save(SAID)
    file = Layout(store.folder).card
    data = file.read_bytes()
    silent = []
    for at, flipped in flips(data):
        file.write_bytes(flipped)
        try:
            snapshot = Store.open(store.folder).read()
        except StoreError:
            continue
        if revisions(snapshot) != keys(*SAID) and not snapshot.problems:
            silent.append((at, json.loads(flipped)))
    assert silent == []
