"""The key that lies beside the files of a workbook, for this account alone, until somebody chooses a passphrase.

It is never locked up itself: with the passphrase comes another key, and all files are written anew with that one.
"""

from pathlib import Path

from coaching.errors import StoreError
from coaching.i18n import say, to_say
from coaching.store import disk
from coaching.store.disk.durable import remove_quietly, sync_folder, write_durably
from coaching.store.disk.layout import Layout
from coaching.store.disk.os_errors import reason_of
from coaching.store.keys.card import OPEN, Card, read_card
from coaching.store.keys.keys import CIPHER, Keys
from coaching.text import visible

_LOST = to_say(
    "{folder} cannot be opened: its key, which lay beside its files, cannot be read ({reason}); put the file 'key' "
    "back from a backup."
)


def has_open_key(folder: Path) -> bool:
    """Tell whether nobody has chosen a passphrase yet for an encrypted workbook.

    Raises
    ------
    StoreError
        If the folder cannot be read.
    """
    return read_card(folder).has_open_key


def open_keys(folder: Path) -> Keys | None:
    """Return the keys that lie beside the files of a workbook; None where a passphrase has them, or there are none.

    Raises
    ------
    StoreError
        If the folder cannot be read, or the key that must lie there is missing or another one.
    """
    card = read_card(folder)
    if not card.has_open_key:
        return None
    file = Layout(folder).open_key
    try:
        keys = Keys((disk.read(file),))
    except OSError as error:
        raise StoreError(_LOST, folder=visible(folder.name), reason=reason_of(error)) from error
    if keys.name != card.key_name:
        raise StoreError(_LOST, folder=visible(folder.name), reason=say("it is another one"))
    return keys


def with_open_key(card: Card, keys: Keys) -> Card:
    """Return the card of a workbook whose key lies beside its files."""
    return card.with_key(**{"cipher": CIPHER, "name": keys.name, OPEN: True})


def put_open_key(folder: Path, keys: Keys) -> None:
    """Put the key beside the files, where this account alone can read it.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    layout = Layout(folder)
    write_durably(layout.open_key, keys.data[0], tmp=layout.tmp)


def remove_open_key(folder: Path) -> None:
    """Remove the key that lay beside the files, once a passphrase has another one; also after a kill before that."""
    file = Layout(folder).open_key
    if not file.exists():
        return
    remove_quietly(file)
    sync_folder(folder)
