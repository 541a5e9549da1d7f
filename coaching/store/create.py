"""Making a new workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coaching.model.entry import Entry
from coaching.model.strength import check_passphrase
from coaching.model.vocabulary import Side
from coaching.store.disk.layout import ALL_COLUMNS, IDENTITY, SUFFIX, new_name
from coaching.store.files.folder import make_folder
from coaching.store.files.parquet import Codec, table_of
from coaching.store.keys.card import Card
from coaching.store.keys.keys import PLAIN, Keys, new_recovery_key
from coaching.store.keys.locks import with_new_key
from coaching.store.keys.open_key import with_open_key
from coaching.store.store import Store


@dataclass(frozen=True, repr=False)
class Created:
    """A new workbook, and the recovery key of an encrypted one, to be written down: nothing else shows it again."""

    store: Store
    keys: Keys = PLAIN
    recovery_key: str | None = None


def create(
    folder: Path,
    *,
    workbook: str,
    holder: str,
    passphrase: str | None = None,
    is_locked_later: bool = False,
    entries: Sequence[Entry] = (),
) -> Created:
    """Make the folder of a new workbook with its first entries, whole or not at all, and open it.

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
    is_locked_later
        Without a passphrase, whether they are encrypted all the same, with a key that lies beside them until then.
    entries
        What it says from the beginning.

    Raises
    ------
    WeakPassphraseError
        If the passphrase is easy to guess; nothing was changed.
    StoreError
        If an entry holds what no file can hold, the folder is there already, or the disk refuses; nothing was changed.
    """
    if not IDENTITY.fullmatch(workbook):
        raise ValueError("a workbook is named by a ULID")
    card, keys, recovery_key = Card(workbook, Side(holder).value), PLAIN, None
    if passphrase is not None:
        check_passphrase(passphrase, [workbook])
        recovery_key = new_recovery_key()
        card, keys = with_new_key(card, passphrase, keys, recovery_key)
    elif is_locked_later:
        keys = Keys.new()
        card = with_open_key(card, keys)
    codec = Codec(workbook, keys)
    files = {ALL_COLUMNS: codec.all_columns()}
    if entries:
        table = table_of(entries)
        files[f"{new_name(max(entry.rev for entry in entries))}{SUFFIX}"] = codec.encode(table)
    make_folder(folder, card, files, open_keys=keys if card.has_open_key else PLAIN)
    return Created(Store.open(folder, keys), keys, recovery_key)
