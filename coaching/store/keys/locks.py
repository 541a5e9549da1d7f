"""Locking and unlocking a workbook: its ``workbook.json``, and the keys that it holds locked up."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from coaching.errors import LockedError, StoreError, WrongKeyError
from coaching.i18n import say, to_say
from coaching.model.strength import check_passphrase
from coaching.store.disk.admission import exclusive
from coaching.store.disk.layout import Layout
from coaching.store.disk.os_errors import as_store_error
from coaching.store.files import schema_file as all_columns
from coaching.store.files.parquet import Codec
from coaching.store.files.stock import newest_files
from coaching.store.keys.card import OPEN, Card, read_card, write_card
from coaching.store.keys.identities import identity_in, with_identity
from coaching.store.keys.keys import (
    CIPHER,
    Keys,
    Lock,
    check_recovery_key,
    lock_with_passphrase,
    lock_with_recovery_key,
    new_recovery_key,
    open_with_passphrase,
    open_with_recovery_key,
)
from coaching.store.keys.open_key import remove_open_key

_NOTHING = to_say("nothing was changed")
_NOT_ROTATED = to_say("nothing was changed, and the recovery key that was just shown opens nothing")
#: In the card while nobody has confirmed the recovery key: the locks of those that were shown before it.
_UNCONFIRMED = "unseen"


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
    with as_store_error(folder.name, _NOTHING), exclusive(Layout(folder)):
        write_card(folder, read_card(folder).with_key(remembered=remembered or None), is_counted=False)


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
    return _named(folder, card, open_with_passphrase((card.key or {}).get("passphrase", {}), passphrase, card.place))


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
    return _named(folder, card, _opened_with(card, recovery_key)[1])


def is_unconfirmed(folder: Path) -> bool:
    """Tell whether nobody has confirmed yet that the recovery key was shown to them.

    Raises
    ------
    StoreError
        If the folder cannot be read.
    """
    return _UNCONFIRMED in (read_card(folder).key or {})


def renew_recovery_key(folder: Path, keys: Keys) -> str:
    """Give a workbook another recovery key and return it, to be shown.

    Until somebody confirms it, those that were not confirmed before open the workbook too: one of them may have been
    written down.

    Raises
    ------
    StoreError
        If it is not encrypted, the keys were changed meanwhile, or the disk refuses; nothing was changed.
    """
    with as_store_error(folder.name, _NOTHING), exclusive(Layout(folder)):
        card = read_card(folder)
        if card.key is None:
            raise LockedError("{folder} is not encrypted, so it has no recovery key.", folder=folder.name)
        _check_passphrase_is_there(folder, card)
        _check_that_newest(folder, card, keys)
        recovery_key = new_recovery_key()
        before = [*_unconfirmed(card), card.key.get("recovery", {})]
        lock = lock_with_recovery_key(keys, recovery_key, card.place)
        write_card(folder, card.with_key(recovery=lock, **{_UNCONFIRMED: before}))
    return recovery_key


def confirm_recovery_key(folder: Path, recovery_key: str) -> None:
    """Take down that a recovery key was shown to somebody; it is the only one that opens from then on.

    Raises
    ------
    WrongKeyError
        If another one was confirmed meanwhile.
    StoreError
        If the disk refuses; nothing was changed.
    """
    with as_store_error(folder.name, _NOTHING), exclusive(Layout(folder)):
        card = read_card(folder)
        lock, _ = _opened_with(card, recovery_key)
        if is_unconfirmed(folder):
            write_card(folder, card.with_key(recovery=lock, **{_UNCONFIRMED: None}))


def change_passphrase(folder: Path, keys: Keys, passphrase: str) -> None:
    """Lock the keys with another passphrase; no other file is touched, and the recovery key stays.

    Raises
    ------
    WeakPassphraseError
        If the passphrase is easy to guess; nothing was changed.
    StoreError
        If the keys were changed meanwhile, or the disk refuses; nothing was changed.
    """
    check_passphrase(passphrase, [folder.name])
    with as_store_error(folder.name, _NOTHING), exclusive(Layout(folder)):
        card = read_card(folder)
        if card.key is None:
            raise LockedError("{folder} is not encrypted, so it has no passphrase.", folder=folder.name)
        _check_passphrase_is_there(folder, card)
        _check_that_newest(folder, card, keys)
        codec = Codec(card.workbook, keys)
        locked = card.with_key(passphrase=lock_with_passphrase(keys, passphrase, card.place))
        write_card(folder, replace(locked, files=newest_files(Layout(folder), codec)))
        # So that the card of before, which opens with the passphrase of before, is known to be older if it is put back.
        with suppress(OSError):  # the passphrase is changed
            all_columns.write(Layout(folder), codec, card.changes + 1)


def with_new_key(card: Card, passphrase: str, keys: Keys, recovery_key: str) -> tuple[Card, Keys]:
    """Return the card with a new data key in front of `keys`, and these keys; nobody has confirmed its recovery key."""
    rotated = keys.rotated()
    locks = {
        "cipher": CIPHER,
        "name": rotated.name,
        "passphrase": lock_with_passphrase(rotated, passphrase, card.place),
        "recovery": lock_with_recovery_key(rotated, recovery_key, card.place),
    }
    changed = with_identity(card, identity_in(card, keys), rotated)
    return changed.with_key(**locks, **{_UNCONFIRMED: [], OPEN: None}), rotated


def rotate(
    folder: Path, keys: Keys, passphrase: str, show: Callable[[str], None], *, is_confirmed: bool = True
) -> Keys:
    """Give a workbook, a plain one too, a new data key and a new recovery key.

    A key that lay beside the files is gone then.

    Its files are written anew when it is next opened; until that is done, however often it is cut short, the old key
    reads what is still in it. After that the newest key alone reads and writes.

    Parameters
    ----------
    folder
        The workbook's folder.
    keys
        Its keys until now; none for a plain one.
    passphrase
        The one that opens it; of a plain one, the one that shall.
    show
        Shows the new recovery key, which nothing else ever does: called before it is the only one that opens. Others
        go on using the workbook while it is shown.
    is_confirmed
        Whether somebody has seen the recovery key by then; else it is offered until they have (`is_unconfirmed`).

    Returns
    -------
    Keys
        The keys to open it with.

    Raises
    ------
    WeakPassphraseError
        If the passphrase of one that had none is easy to guess; nothing was changed.
    StoreError
        If the disk refuses; nothing was changed.
    """
    layout, recovery_key = Layout(folder), new_recovery_key()
    card = read_card(folder)
    _check_that_newest(folder, card, keys)
    if not card.has_passphrase:
        check_passphrase(passphrase, [card.workbook])
    show(recovery_key)  # whoever writes it down takes their time, and others go on saving meanwhile
    with as_store_error(folder.name, _NOT_ROTATED), exclusive(layout):
        card = read_card(folder)
        _check_that_newest(folder, card, keys, _NOT_ROTATED)
        needed = keys if layout.rewriting.exists() else Keys(keys.data[:1])  # of an ended rotation no file is left
        changed, rotated = with_new_key(card, passphrase, needed, recovery_key)
        layout.mark_rewriting(rotated.leave_for_older if keys.data else rotated.leaves_for_plain[0])
        write_card(folder, changed.with_key(**{_UNCONFIRMED: None}) if is_confirmed else changed)
        with suppress(OSError):  # the card is written, and opening removes it again
            remove_open_key(folder)
    return rotated


def _unconfirmed(card: Card) -> list[Lock]:
    """Return the locks of recovery keys that were shown and not confirmed, before the newest."""
    locks = (card.key or {}).get(_UNCONFIRMED)
    return list(locks) if isinstance(locks, list) else []


def _opened_with(card: Card, recovery_key: str) -> tuple[Lock, Keys]:
    """Return the lock that a recovery key opens, the newest or one that nobody has confirmed, and the keys in it.

    Raises
    ------
    MistypedKeyError
        If no workbook can have it.
    WrongKeyError
        If it opens none.
    """
    check_recovery_key(recovery_key)
    for lock in _unconfirmed(card):
        with suppress(WrongKeyError):
            return lock, open_with_recovery_key(lock, recovery_key, card.place)
    newest: Lock = (card.key or {}).get("recovery", {})
    return newest, open_with_recovery_key(newest, recovery_key, card.place)


def _named(folder: Path, card: Card, keys: Keys) -> Keys:
    """Mend the name of the key in a card that was damaged: that these keys were locked up in it is beyond doubt."""
    if card.key_name != keys.name:
        with suppress(OSError, StoreError), exclusive(Layout(folder)):
            write_card(folder, read_card(folder).with_key(name=keys.name))
    return keys


def _check_passphrase_is_there(folder: Path, card: Card) -> None:
    """Refuse to lock up a key that lay beside the files: whoever has read it could read what is written with it."""
    if card.has_open_key:
        raise LockedError(
            "{folder} has no passphrase yet; give it one, and its key is replaced; {outcome}.",
            folder=folder.name,
            outcome=say(_NOTHING),
        )


def _check_that_newest(folder: Path, card: Card, keys: Keys, outcome: str = _NOTHING) -> None:
    """Refuse keys of before: locked up in place of newer ones, what was written with those were lost."""
    if keys.name != card.key_name:
        raise LockedError(
            "{folder} was given another key meanwhile; open it again; {outcome}.",
            folder=folder.name,
            outcome=say(outcome),
        )
