"""Passphrases and recovery keys: replaced, remembered, forgotten; and what is refused changes nothing."""

import re

import pytest

from coaching import store
from coaching.errors import CoachingError, LockedError, WeakPassphraseError, WrongKeyError
from coaching.workbook import passphrases
from coaching.workbook.home import Home
from tests.unit.locks import MAYA, NEW, OTHER, PASSPHRASE, RECOVERY_KEY, WRONG, YARA, ZOE, everything

WAY_ON = "Four or five words that do not belong together are a good one."
SHORT = f"This passphrase is easy to guess: it is short. {WAY_ON}"
MISSING = f"A passphrase is missing. {WAY_ON}"


def rotate(home, name, passphrase):
    """Give a workbook a new key, and return the recovery key that was shown."""
    shown = []
    passphrases.rotate(home, name, passphrase, shown.append)
    return shown[0]


def recover(home, name, recovery_key, passphrase):
    """Lock a workbook with another passphrase."""
    passphrases.recover(home, name, recovery_key, lambda: passphrase)


@pytest.fixture
def maya(shelf):
    return shelf.folder(MAYA)


@pytest.fixture
def home(shelf):
    """Return the home in which Maya's workbook is open, Zoë's is locked, and Yara's is plain."""
    found = Home(shelf.home)
    found.unlock(PASSPHRASE)
    return found


def opens(folder, passphrase):
    """Tell whether a program that knows nothing else can open a workbook."""
    found = Home(folder.parent)
    found.unlocking.offer(passphrase)
    return folder not in found.locked()


def test_a_changed_passphrase_opens_it_and_the_one_before_does_not(home, maya):
    passphrases.change(home, MAYA, NEW)
    assert (opens(maya, NEW), opens(maya, PASSPHRASE)) == (True, False)
    assert home.find(MAYA).name == MAYA


def test_a_changed_passphrase_changes_two_small_files_and_no_recovery_key(home, maya, shelf):
    before = everything(shelf.home)
    passphrases.change(home, MAYA, NEW)
    after = everything(shelf.home)
    changed = [path.name for path in after if path.parent.name != ".coaching" and after[path] != before.get(path)]
    assert changed == [f"{'0' * 26}.parquet", "workbook.json"]
    assert store.recover(maya, shelf.recovery_keys[MAYA]).data == store.unlock(maya, NEW).data


@pytest.mark.parametrize("name", ["id", "anything", ""])
def test_the_recovery_key_replaces_a_lost_passphrase(shelf, maya, name):
    home = Home(shelf.home)
    home.unlock(OTHER)
    passphrases.recover(home, maya.name.lower() if name == "id" else name, shelf.recovery_keys[MAYA], lambda: NEW)
    assert home.find(MAYA).name == MAYA
    assert (opens(maya, NEW), opens(maya, PASSPHRASE)) == (True, False)


def test_a_recovery_key_is_taken_as_people_write_it(shelf, maya):
    written = shelf.recovery_keys[MAYA].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    passphrases.recover(Home(shelf.home), maya.name, written, lambda: NEW)
    assert opens(maya, NEW)


def test_a_replaced_key_opens_everything_and_so_does_the_new_recovery_key_alone(home, maya, shelf):
    key_before = store.key_name(maya)
    recovery_key = rotate(home, MAYA, PASSPHRASE)
    assert re.fullmatch(RECOVERY_KEY, recovery_key)
    assert store.key_name(maya) != key_before
    assert home.find(MAYA).name == MAYA
    assert opens(maya, PASSPHRASE)
    assert store.recover(maya, recovery_key).data == store.unlock(maya, PASSPHRASE).data
    with pytest.raises(WrongKeyError):
        store.recover(maya, shelf.recovery_keys[MAYA])


def test_a_plain_workbook_is_encrypted(home, shelf):
    folder = shelf.folder(YARA)
    recovery_key = rotate(home, YARA, NEW)
    assert home.find(YARA).key is not None
    assert (opens(folder, NEW), opens(folder, OTHER)) == (True, False)
    assert store.recover(folder, recovery_key).data == store.unlock(folder, NEW).data
    assert not any(YARA.encode() in words for words in everything(folder).values() if words)


def test_a_plain_workbook_that_cannot_be_read_is_not_encrypted(home, shelf):
    damaged = shelf.folder(YARA) / "entries" / f"01{'0' * 24}.parquet"
    damaged.write_bytes(b"PAR1 but no more")
    before = everything(shelf.home)
    with pytest.raises(CoachingError, match=r"has files that cannot be read, .*; nothing was changed\.$"):
        rotate(home, YARA, NEW)
    assert everything(shelf.home) == before


def test_a_remembered_passphrase_opens_the_workbook_until_it_is_forgotten(home, maya, vault):
    passphrases.remember(home, MAYA, PASSPHRASE)
    assert vault.kept == {("coaching workbook", maya.name): PASSPHRASE}
    assert Home(home.folder).find(MAYA).name == MAYA
    passphrases.forget(home, MAYA)
    assert vault.kept == {}
    assert maya in Home(home.folder).locked()


def test_the_keyring_is_given_the_changed_passphrase(home, maya, vault):
    passphrases.remember(home, MAYA, PASSPHRASE)
    passphrases.change(home, MAYA, NEW)
    assert list(vault.kept.values()) == [NEW]
    assert Home(home.folder).find(MAYA).name == MAYA


def test_a_replaced_key_leaves_what_the_keyring_keeps(home, vault):
    passphrases.remember(home, MAYA, PASSPHRASE)
    rotate(home, MAYA, PASSPHRASE)
    assert Home(home.folder).find(MAYA).name == MAYA


def test_what_is_not_remembered_can_be_forgotten_without_a_keyring(home, shelf, no_vault):
    before = everything(shelf.home)
    passphrases.forget(home, MAYA)
    passphrases.forget(home, YARA)
    assert everything(shelf.home) == before


def test_a_passphrase_that_the_keyring_does_not_take_is_said_to_be_changed(home, maya, vault):
    passphrases.remember(home, MAYA, PASSPHRASE)
    vault.refuses = {"get", "set"}
    with pytest.raises(CoachingError) as said:
        passphrases.change(home, MAYA, NEW)
    assert str(said.value) == (
        f"The passphrase of {maya.name} was changed, but the desktop keyring did not take the new one: say 'coaching "
        "passphrase' with --remember once more, or with --forget."
    )
    assert opens(maya, NEW)


def test_so_it_is_where_another_computers_keyring_keeps_it(maya, shelf, no_vault):
    store.set_remembered(maya, remembered=True)
    with pytest.raises(CoachingError, match=r"was changed, but the desktop keyring did not take the new one"):
        passphrases.recover(Home(shelf.home), maya.name, shelf.recovery_keys[MAYA], lambda: NEW)
    assert opens(maya, NEW)


REFUSED = [
    (passphrases.change, MAYA, ["2 short"], WeakPassphraseError, SHORT),
    (passphrases.change, MAYA, [" " * 20], WeakPassphraseError, MISSING),
    (passphrases.change, MAYA, [""], WeakPassphraseError, MISSING),
    (passphrases.change, ZOE, [NEW], LockedError, None),
    (passphrases.change, YARA, [NEW], CoachingError, "{id} is not encrypted, so it has no passphrase to change."),
    (
        passphrases.recover,
        ZOE,
        [WRONG, NEW],
        WrongKeyError,
        "This is not the recovery key of {id}; nothing was changed.",
    ),
    (recover, ZOE, ["", NEW], WrongKeyError, "This is not the recovery key of {id}; nothing was changed."),
    (
        passphrases.recover,
        ZOE,
        [OTHER, NEW],
        WrongKeyError,
        "This is not the recovery key of {id}; nothing was changed.",
    ),
    (
        passphrases.recover,
        ZOE,
        ["{maya}", NEW],
        WrongKeyError,
        "This is not the recovery key of {id}; nothing was changed.",
    ),
    (recover, ZOE, ["{zoe}", "2 short"], WeakPassphraseError, SHORT),
    (rotate, MAYA, [WRONG], WrongKeyError, "This passphrase does not open {id}; nothing was changed."),
    (rotate, MAYA, [OTHER], WrongKeyError, "This passphrase does not open {id}; nothing was changed."),
    (rotate, MAYA, [""], WrongKeyError, "This passphrase does not open {id}; nothing was changed."),
    (rotate, ZOE, [OTHER], LockedError, None),
    (rotate, YARA, ["2 short"], WeakPassphraseError, SHORT),
    (passphrases.remember, MAYA, [WRONG], WrongKeyError, "This passphrase does not open {id}; nothing was changed."),
    (passphrases.remember, MAYA, [PASSPHRASE], CoachingError, None),
    (
        passphrases.remember,
        YARA,
        [PASSPHRASE],
        CoachingError,
        "{id} is not encrypted, so it has no passphrase to keep.",
    ),
    (passphrases.forget, ZOE, [], LockedError, None),
]


@pytest.mark.parametrize("refused", REFUSED, ids=lambda refused: f"{refused[0].__name__} {refused[1]}")
@pytest.mark.usefixtures("no_vault")
def test_what_is_refused_is_one_sentence_and_changes_nothing(home, shelf, refused):
    act, name, arguments, error, said = refused
    before = everything(shelf.home)
    keys = {"maya": shelf.recovery_keys[MAYA], "zoe": shelf.recovery_keys[ZOE]}
    given = [argument.format(**keys) for argument in arguments]
    with pytest.raises(error) as found:
        act(home, name, *given)
    sentence = str(found.value)
    assert said is None or sentence == said.format(id=shelf.ids[name])
    assert not any(secret in sentence for secret in (*keys.values(), *filter(str.strip, given)))
    assert everything(shelf.home) == before


def test_which_locked_workbook_is_meant_must_be_said(shelf):
    with pytest.raises(CoachingError) as refused:
        passphrases.recover(Home(shelf.home), "Maya", shelf.recovery_keys[MAYA], lambda: NEW)
    listed = ", ".join(sorted(shelf.ids[name] for name in (MAYA, ZOE)))
    assert str(refused.value) == f"Name the locked workbook by its id: {listed}."


def test_where_nothing_is_locked_nothing_is_recovered(home, shelf):
    home.unlock(OTHER)
    with pytest.raises(CoachingError, match=r"^No workbook is locked\.$"):
        passphrases.recover(home, MAYA, shelf.recovery_keys[MAYA], lambda: NEW)
