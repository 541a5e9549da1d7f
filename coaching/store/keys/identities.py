"""The identity that opens what others seal for a workbook's holder: in ``workbook.json``, locked by the data key."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from coaching.errors import StoreError, WrongKeyError
from coaching.i18n import say, to_say
from coaching.store.disk.admission import exclusive
from coaching.store.disk.layout import Layout
from coaching.store.disk.os_errors import as_store_error
from coaching.store.keys.card import Card, read_card, write_card
from coaching.store.keys.keys import Keys, unwrap_secret, wrap_secret

_IDENTITY = "identity"
_NOTHING = to_say("nothing was changed")


def identity(folder: Path, keys: Keys) -> str | None:
    """Return the identity that is kept under a workbook's key; None if there is none, or these keys do not open it.

    Raises
    ------
    StoreError
        If its folder cannot be read.
    """
    return identity_in(read_card(folder), keys)


def keep_identity(folder: Path, keys: Keys, new: Callable[[], str]) -> str:
    """Return the same; a new one, kept from then on, if there is none.

    Raises
    ------
    StoreError
        If the workbook is not encrypted, the identity that is there cannot be read, or the disk refuses; nothing was
        changed.
    """
    with as_store_error(folder.name, _NOTHING), exclusive(Layout(folder)):
        card = read_card(folder)
        card.check(keys)
        secret = identity_in(card, keys)
        if secret is None:
            if card.key is None:
                raise StoreError(
                    "{folder} is not encrypted, so nothing can be kept secret in it; {outcome}.",
                    folder=folder.name,
                    outcome=say(_NOTHING),
                )
            if card.has_open_key:
                raise StoreError(
                    "{folder} has no passphrase yet, so nothing is kept secret in it; {outcome}.",
                    folder=folder.name,
                    outcome=say(_NOTHING),
                )
            if _IDENTITY in card.key:
                file = Layout(folder).card.name
                raise StoreError(
                    "The identity in the {file} of {folder} is damaged; put that file back from a backup; {outcome}.",
                    file=file,
                    folder=folder.name,
                    outcome=say(_NOTHING),
                )
            secret = new()
            write_card(folder, with_identity(card, secret, keys))
    return secret


def identity_in(card: Card, keys: Keys) -> str | None:
    """Return the identity in a card."""
    with suppress(WrongKeyError):
        return unwrap_secret((card.key or {}).get(_IDENTITY), keys, _place(card))
    return None


def with_identity(card: Card, identity: str | None, keys: Keys) -> Card:
    """Return the card with an identity, locked by the newest of `keys`; without one it is as it was."""
    return card if identity is None else card.with_key(**{_IDENTITY: wrap_secret(identity, keys, _place(card))})


def _place(card: Card) -> str:
    """Return what the lock belongs to: no other workbook, no other copy, and nothing else in them."""
    return f"{card.place}/{_IDENTITY}"
