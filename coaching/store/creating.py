"""Making a new workbook."""

from dataclasses import dataclass
from pathlib import Path

from coaching.store.card import Card
from coaching.store.folder import make_folder
from coaching.store.keys import PLAIN, Keys
from coaching.store.layout import IDENTITY
from coaching.store.locking import with_new_key
from coaching.store.parquet import Codec
from coaching.store.store import Store
from coaching.vocabulary import Side


@dataclass(frozen=True, repr=False)
class Created:
    """A new workbook, and the recovery key of an encrypted one, to be written down: nothing else shows it again."""

    store: Store
    keys: Keys = PLAIN
    recovery_key: str | None = None


def create(folder: Path, *, workbook: str, holder: str, passphrase: str | None = None) -> Created:
    """Make the folder of a new workbook, whole or not at all, and open it.

    Parameters
    ----------
    folder
        ``<home>/<workbook ULID>``; must not be there yet.
    workbook
        ULID of the workbook.
    holder
        Whose copy this is, ``coach`` or ``coachee``.
    passphrase
        What locks the key that its files are encrypted with; without it they are plain.

    Raises
    ------
    StoreError
        If the passphrase is too short, the folder is there already, or the disk refuses; nothing was changed.
    """
    if not IDENTITY.fullmatch(workbook):
        raise ValueError("a workbook is named by a ULID")
    card, keys, recovery_key = Card(workbook, Side(holder).value), PLAIN, None
    if passphrase is not None:
        card, keys, recovery_key = with_new_key(card, passphrase, keys)
    make_folder(folder, card, Codec(workbook, keys).all_columns())
    return Created(Store.open(folder, keys), keys, recovery_key)
