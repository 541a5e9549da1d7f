"""The key that lies beside the files until somebody chooses a passphrase, and is replaced then."""

import stat

import pytest

from coaching.errors import LockedError, StoreError
from coaching.store import (
    Keys,
    Store,
    change_passphrase,
    create,
    has_open_key,
    keep_identity,
    open_keys,
    renew_recovery_key,
    unlock,
)
from coaching.store.disk.layout import Layout
from coaching.store.files.parquet import Codec
from tests.unit.store.files.test_rewrite import check, killed_at_each_step
from tests.unit.store.programs import rotate_killed
from tests.unit.store.samples import PASSPHRASE, WORDS, WORKBOOK, contents, keys, note, revisions, rotate

pytestmark = pytest.mark.usefixtures("cheap")


@pytest.fixture
def created(home):
    whole = create(home / WORKBOOK, workbook=WORKBOOK, holder="coach", is_locked_later=True)
    whole.store.save([note("a")])
    whole.store.save([note("b")])
    return whole


@pytest.fixture
def folder(created):
    return created.store.folder


def everything(folder):
    return b"".join(contents(folder).values())


def test_the_words_are_encrypted_and_the_key_beside_them_opens_them(created, folder):
    assert WORDS.encode() not in everything(folder)
    assert open_keys(folder) == created.keys
    assert revisions(Store.open(folder, open_keys(folder)).read()) == keys(note("a"), note("b"))


def test_this_account_alone_can_read_the_key_and_the_card_does_not_hold_it(created, folder):
    assert stat.S_IMODE(Layout(folder).open_key.stat().st_mode) == 0o600
    assert created.keys.data[0] not in Layout(folder).card.read_bytes()
    assert created.keys.data[0].hex().encode() not in Layout(folder).card.read_bytes()


def test_where_the_key_is_missing_or_another_one_that_is_said(folder):
    Layout(folder).open_key.write_bytes(Keys.new().data[0])
    with pytest.raises(StoreError, match=r"cannot be read \(it is another one\); put the file 'key'"):
        open_keys(folder)
    Layout(folder).open_key.unlink()
    with pytest.raises(StoreError, match="put the file 'key' back from a backup"):
        open_keys(folder)


def test_with_the_passphrase_comes_another_key_and_the_one_of_before_reads_nothing(created, folder):
    rotated, _ = rotate(folder, created.keys, PASSPHRASE)
    assert not Layout(folder).open_key.exists()
    check(folder, rotated)
    assert not has_open_key(folder)
    assert open_keys(folder) is None
    assert unlock(folder, PASSPHRASE) == rotated
    assert created.keys.data[0] not in everything(folder)
    old = Codec(WORKBOOK, created.keys)
    assert not [file for file in (folder / "entries").glob("*.parquet") if old.is_current(file.read_bytes())]


@pytest.mark.thorough
@pytest.mark.posix
def test_killed_at_any_moment_either_key_opens_everything_and_no_open_key_is_left_with_the_passphrase(created, folder):
    seen = set()
    for _ in killed_at_each_step(folder, rotate_killed, created.keys):
        found = open_keys(folder) or unlock(folder, PASSPHRASE)
        assert revisions(Store.open(folder, found).read()) == keys(note("a"), note("b"))
        assert Layout(folder).open_key.exists() == has_open_key(folder)
        seen.add(has_open_key(folder))
    assert seen == {True, False}


def test_a_key_that_a_kill_has_left_beside_the_files_goes_when_the_workbook_is_opened(created, folder):
    rotated, _ = rotate(folder, created.keys, PASSPHRASE)
    Layout(folder).open_key.write_bytes(created.keys.data[0])
    Store.open(folder, rotated)
    assert not Layout(folder).open_key.exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda folder, keys: change_passphrase(folder, keys, PASSPHRASE),
        renew_recovery_key,
        lambda folder, keys: keep_identity(folder, keys, lambda: "AGE-SECRET-KEY-1"),
    ],
    ids=["a passphrase for the same key", "a recovery key", "an identity"],
)
def test_nothing_is_locked_up_with_a_key_that_others_may_have_read(created, folder, act):
    before = contents(folder)
    with pytest.raises((LockedError, StoreError), match="has no passphrase yet"):
        act(folder, created.keys)
    assert contents(folder) == before


def test_a_workbook_without_a_passphrase_in_the_place_of_one_that_had_one_is_refused(home, created, folder):
    exchanged = contents(folder)
    rotated, _ = rotate(folder, created.keys, PASSPHRASE)
    Store.open(folder, rotated)
    for name, data in exchanged.items():
        (folder / name).write_bytes(data)
    with pytest.raises(StoreError, match="it had a passphrase here, and what lies in its place has none"):
        Store.open(folder, open_keys(folder))
