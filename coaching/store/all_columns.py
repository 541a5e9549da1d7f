"""The file without rows that has every column, for readers that take the columns of a folder from its first file."""

from contextlib import suppress
from pathlib import Path

from coaching.exceptions import StoreError
from coaching.store import disk
from coaching.store.card import Card
from coaching.store.durable import write_durably
from coaching.store.failures import UnreadableFileError
from coaching.store.layout import Layout
from coaching.store.parquet import Codec, is_encrypted


def see_to(layout: Layout, codec: Codec) -> None:
    """Write the file if it is missing, or lacks columns that came with this version.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    try:
        is_there = codec.has_all_columns(disk.read(layout.all_columns))
    except (FileNotFoundError, UnreadableFileError):
        is_there = False
    if not is_there:
        write(layout, codec)


def write(layout: Layout, codec: Codec) -> None:
    """Write the file anew.

    Raises
    ------
    OSError
        If the disk refuses.
    """
    write_durably(layout.all_columns, codec.all_columns(), tmp=layout.tmp)


def check_that_plain_is_meant(layout: Layout, card: Card) -> None:
    """Refuse a card that was changed so that private words would be written plainly.

    Raises
    ------
    StoreError
        If the card says that files are plain, and they are not.
    """
    if card.key is None and any(map(_begins_encrypted, [*layout.entries.glob("*"), *layout.drafts.glob("*")])):
        raise StoreError(
            f"{layout.folder.name} cannot be opened: its files are encrypted, and its workbook.json says that they "
            "are not; put that file back from a backup."
        )


def _begins_encrypted(file: Path) -> bool:
    with suppress(OSError), file.open("rb") as opened:
        return is_encrypted(opened.read(4))
    return False
