"""The file without rows that has every column, for readers that take the columns of a folder from its first file."""

import secrets
from contextlib import suppress
from pathlib import Path

from coaching.errors import StoreError
from coaching.store import disk
from coaching.store.disk.durable import write_durably
from coaching.store.disk.layout import ALL_COLUMNS, SUFFIX, Layout
from coaching.store.disk.os_errors import UnreadableFileError
from coaching.store.files.memory import Memory
from coaching.store.files.parquet import Codec, is_encrypted
from coaching.store.files.provenance import Provenance, Version
from coaching.store.keys.card import Card

_VERSION = Version(ALL_COLUMNS.removesuffix(SUFFIX))


def see_to(layout: Layout, codec: Codec, card: int) -> int:
    """Write the file if it is missing, or lacks columns that came with this version.

    One that has rows was given this name by somebody; it gets another one.

    Parameters
    ----------
    layout
        The workbook's folder.
    codec
        How its files are read and written.
    card
        How often ``workbook.json`` was changed.

    Returns
    -------
    int
        How often that had been when the file was written.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    try:
        content = codec.decode(disk.read(layout.all_columns))
    except (FileNotFoundError, UnreadableFileError):
        write(layout, codec, card)
        return card
    if content.table.num_rows:
        disk.rename(layout.all_columns, layout.entries / f"{secrets.token_hex(8)}{SUFFIX}")
        write(layout, codec, card)
    elif not content.has_all_columns:
        write(layout, codec, card)
    return content.provenance.card if content.provenance else 0


def write(layout: Layout, codec: Codec, card: int) -> None:
    """Write the file anew, beside a ``workbook.json`` that was changed so often.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    write_durably(layout.all_columns, codec.all_columns(Provenance(_VERSION, card=card)), tmp=layout.tmp)


def check_that_plain_is_meant(layout: Layout, card: Card, memory: Memory) -> None:
    """Refuse a card, or a whole workbook, that was exchanged so that private words would be written for others to read.

    Raises
    ------
    StoreError
        If the card says that files are plain, and they are not; or that no passphrase locks them, and one did when the
        workbook was last opened here.
    """
    if card.has_open_key and memory.was_encrypted:
        raise StoreError(
            "{folder} cannot be opened: it had a passphrase here, and what lies in its place has none, "
            "and may come from anybody; put the workbook's folder back from a backup.",
            folder=layout.folder.name,
        )
    if card.key is not None:
        return
    files = [*layout.entries.glob(f"*{SUFFIX}"), *layout.drafts.glob(f"*{SUFFIX}")]
    encrypted = {file for file in files if _begins_encrypted(file)}
    if encrypted and not set(files) - encrypted - {layout.all_columns}:  # else it is those that come from elsewhere
        raise StoreError(
            "{folder} cannot be opened: its files are encrypted, and its workbook.json says that they are"
            " not; put that file back from a backup.",
            folder=layout.folder.name,
        )
    if memory.was_encrypted:
        raise StoreError(
            "{folder} cannot be opened: it was encrypted here, and what lies in its place is not, and may"
            " come from anybody; put the workbook's folder back from a backup.",
            folder=layout.folder.name,
        )


def _begins_encrypted(file: Path) -> bool:
    with suppress(OSError), file.open("rb") as opened:
        return is_encrypted(opened.read(4))
    return False
