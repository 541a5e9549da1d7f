"""A workbook is open where its passphrase was given, and nothing else opens it."""

from unittest.mock import patch

import pytest

from coaching import store
from coaching.store import PLAIN
from coaching.store.keys import locks
from coaching.workbook.unlocking import Unlocking
from tests.unit.locks import MAYA, NEW, OTHER, PASSPHRASE, WRONG, YARA, ZOE


@pytest.fixture
def maya(shelf):
    return shelf.folder(MAYA)


@pytest.fixture
def tried():
    """Return the passphrases that are tried, as they are."""
    found = []

    def unlock(folder, passphrase):
        found.append(passphrase)
        return locks.unlock(folder, passphrase)

    with patch("coaching.store.unlock", unlock):
        yield found


@pytest.mark.parametrize("passphrase", [None, "", PASSPHRASE, WRONG])
def test_a_plain_workbook_needs_no_passphrase(shelf, passphrase, tried):
    assert Unlocking(lambda: passphrase).keys(shelf.folder(YARA)) is PLAIN
    assert tried == []


@pytest.mark.parametrize("passphrase", [None, "", WRONG, OTHER, PASSPHRASE.title(), PASSPHRASE[:-1]])
def test_a_workbook_stays_locked_without_its_own_passphrase(maya, passphrase):
    assert Unlocking(lambda: passphrase).keys(maya) is None


def test_its_passphrase_gives_keys_that_open_it(maya):
    keys = Unlocking(lambda: PASSPHRASE).keys(maya)
    assert store.Store.open(maya, keys).read().history.num_rows > 0


def test_each_passphrase_opens_its_own(shelf):
    unlocking = Unlocking()
    unlocking.offer(OTHER)
    assert [unlocking.keys(shelf.folder(name)) is None for name in (MAYA, ZOE)] == [True, False]
    unlocking.offer(PASSPHRASE)
    assert [unlocking.keys(shelf.folder(name)) is None for name in (MAYA, ZOE)] == [False, False]


@pytest.mark.parametrize("passphrase", [PASSPHRASE, WRONG])
def test_a_passphrase_is_tried_once_as_that_is_slow(maya, tried, passphrase):
    unlocking = Unlocking(lambda: passphrase)
    assert [unlocking.keys(maya) for _ in range(3)].count(None) == (3 if passphrase == WRONG else 0)
    assert tried == [passphrase]


def test_a_passphrase_that_is_given_again_is_tried_again(maya):
    unlocking = Unlocking(lambda: NEW)
    assert unlocking.keys(maya) is None
    store.change_passphrase(maya, store.unlock(maya, PASSPHRASE), NEW)  # as another program may
    unlocking.offer(NEW)
    assert unlocking.keys(maya) is not None


@pytest.mark.parametrize(("passphrase", "is_open"), [(PASSPHRASE, True), (NEW, False)])
def test_a_key_that_another_program_replaced_is_asked_for_anew(maya, passphrase, is_open):
    unlocking = Unlocking(lambda: PASSPHRASE)
    before = unlocking.keys(maya)
    store.rotate(maya, before, passphrase, lambda _recovery_key: None)
    after = unlocking.keys(maya)
    assert (after is not None) is is_open
    assert after != before


def test_keys_that_were_made_elsewhere_open_it(maya):
    unlocking = Unlocking()
    unlocking.keep(maya, keys := store.unlock(maya, PASSPHRASE))
    assert unlocking.keys(maya) is keys


def test_keys_of_a_plain_workbook_are_not_kept(shelf):
    unlocking = Unlocking()
    unlocking.keep(shelf.folder(YARA), PLAIN)
    assert unlocking.keys(shelf.folder(YARA)) is PLAIN
    assert repr(unlocking) == "<Unlocking: 0 workbooks>"


def test_the_keyring_is_asked_for_what_it_was_asked_to_keep(maya, vault):
    vault.kept["coaching workbook", maya.name] = PASSPHRASE
    assert Unlocking().keys(maya) is None
    store.set_remembered(maya, remembered=True)
    assert Unlocking().keys(maya) is not None


@pytest.mark.parametrize("kept", [None, WRONG])
def test_a_keyring_that_keeps_nothing_or_an_old_passphrase_opens_nothing(maya, vault, tried, kept):
    store.set_remembered(maya, remembered=True)
    if kept:
        vault.kept["coaching workbook", maya.name] = kept
    unlocking = Unlocking()
    assert [unlocking.keys(maya), unlocking.keys(maya)] == [None, None]
    assert tried == ([kept] if kept else [])


def test_a_keyring_that_refuses_opens_nothing_and_breaks_nothing(maya, vault):
    store.set_remembered(maya, remembered=True)
    vault.refuses = {"get"}
    assert Unlocking().keys(maya) is None
    assert Unlocking(lambda: PASSPHRASE).keys(maya) is not None


def test_what_it_knows_is_not_shown(maya):
    unlocking = Unlocking(lambda: PASSPHRASE)
    keys = unlocking.keys(maya)
    assert repr(unlocking) == "<Unlocking: 1 workbooks>"
    assert keys.data[0].hex() not in repr(keys)
    assert repr(keys.data[0]) not in repr(keys)
