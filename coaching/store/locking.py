"""Locking and unlocking a workbook: its ``workbook.json``, and the keys that it holds locked up."""

from pathlib import Path

from coaching.exceptions import LockedError, StoreError
from coaching.store.card import Card, read_card, write_card
from coaching.store.failures import plainly
from coaching.store.keys import (
    CIPHER,
    SHORTEST,
    Keys,
    lock_with_passphrase,
    lock_with_recovery_key,
    new_recovery_key,
    open_with_passphrase,
    open_with_recovery_key,
)
from coaching.store.layout import Layout

_NOTHING = "nothing was changed"


def key_name(folder: Path) -> str | None:
    """Return which of its keys a workbook's files are written with; none if they are plain.

    Raises
    ------
    StoreError
        If the folder cannot be read.
    """
    return read_card(folder).key_name


def is_remembered(folder: Path) -> bool:
    """Tell whether a desktop keyring was asked to keep the passphrase."""
    return bool((read_card(folder).key or {}).get("remembered"))


def is_rewriting(folder: Path) -> bool:
    """Tell whether files are still to be written anew with the key of now."""
    return Layout(folder).rewriting.exists()


def set_remembered(folder: Path, *, remembered: bool) -> None:
    """Take down whether a desktop keyring keeps the passphrase; never the passphrase.

    Raises
    ------
    StoreError
        If the disk refuses; nothing was changed.
    """
    card = read_card(folder)
    with plainly(folder.name, _NOTHING):
        write_card(folder, card.with_key(remembered=remembered))


def unlock(folder: Path, passphrase: str) -> Keys:
    """Return the keys of a workbook.

    Raises
    ------
    WrongKeyError
        If the passphrase does not open it.
    StoreError
        If the folder cannot be read.
    """
    card = read_card(folder)
    return open_with_passphrase((card.key or {}).get("passphrase", {}), passphrase, card.place)


def recover(folder: Path, recovery_key: str) -> Keys:
    """Return the keys of a workbook whose passphrase is lost.

    Raises
    ------
    WrongKeyError
        If the recovery key does not open it.
    StoreError
        If the folder cannot be read.
    """
    card = read_card(folder)
    return open_with_recovery_key((card.key or {}).get("recovery", {}), recovery_key, card.place)


def change_passphrase(folder: Path, keys: Keys, passphrase: str) -> None:
    """Lock the keys with another passphrase; no other file is touched, and the recovery key stays.

    Raises
    ------
    StoreError
        If the passphrase is too short, the keys were changed meanwhile, or the disk refuses; nothing was changed.
    """
    _check(passphrase)
    card = read_card(folder)
    if card.key is None:
        raise LockedError(f"{folder.name} is not encrypted, so it has no passphrase.")
    _check_that_newest(folder, card, keys)
    _replace(folder, card, card.with_key(passphrase=lock_with_passphrase(keys, passphrase, card.place)))


def with_new_key(card: Card, passphrase: str, keys: Keys) -> tuple[Card, Keys, str]:
    """Return the card with a new data key in front of `keys`, these keys, and the new recovery key.

    Raises
    ------
    StoreError
        If the passphrase is too short.
    """
    _check(passphrase)
    rotated, recovery_key = keys.rotated(), new_recovery_key()
    locks = {
        "cipher": CIPHER,
        "name": rotated.name,
        "passphrase": lock_with_passphrase(rotated, passphrase, card.place),
        "recovery": lock_with_recovery_key(rotated, recovery_key, card.place),
    }
    return card.with_key(**locks), rotated, recovery_key


def rotate(folder: Path, keys: Keys, passphrase: str) -> tuple[Keys, str]:
    """Give a workbook, a plain one too, a new data key and a new recovery key.

    Its files are written anew when it is next opened; until that is done, however often it is cut short, the old key
    reads what is still in it.

    Parameters
    ----------
    folder
        The workbook's folder.
    keys
        Its keys until now; none for a plain one.
    passphrase
        What it is to be locked with.

    Returns
    -------
    tuple of Keys and str
        The keys to open it with, and the recovery key to be written down.

    Raises
    ------
    StoreError
        If the passphrase is too short, a plain workbook has drafts, or the disk refuses; nothing was changed.
    """
    card, layout = read_card(folder), Layout(folder)
    _check_that_newest(folder, card, keys)
    if not keys.data and any(layout.drafts.glob("*.parquet")):
        raise StoreError(f"{folder.name} has a session that is not closed; close it first; {_NOTHING}.")
    changed, rotated, recovery_key = with_new_key(card, passphrase, keys)
    with plainly(folder.name, _NOTHING):
        layout.mark_rewriting(b"" if keys.data else rotated.leaves_for_plain[0])
    _replace(folder, card, changed)
    return rotated, recovery_key


def _check_that_newest(folder: Path, card: Card, keys: Keys) -> None:
    """Refuse keys of before: locked up in place of newer ones, what was written with those were lost."""
    if keys.name != card.key_name:
        raise LockedError(f"{folder.name} was given another key meanwhile; open it again; {_NOTHING}.")


def _replace(folder: Path, card: Card, changed: Card) -> None:
    """Write the changed card, unless another program wrote one while the keys were being locked."""
    if read_card(folder) != card:
        raise StoreError(f"{folder.name} was changed by another program meanwhile; try again; {_NOTHING}.")
    with plainly(folder.name, _NOTHING):
        write_card(folder, changed)


def _check(passphrase: str) -> None:
    if len(passphrase.strip()) < SHORTEST:
        raise StoreError(f"A passphrase needs {SHORTEST} characters or more; several words are a good one.")
