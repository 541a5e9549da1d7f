"""A file that the user asked for, anywhere on the disk."""

from pathlib import Path

from coaching.exceptions import StoreError
from coaching.store.durable import write_durably


def write_file(file: Path, text: str) -> None:
    """Write `text` as UTF-8, whole or not at all, in place of what stood there; for its owner alone to read.

    Raises
    ------
    StoreError
        If the disk refuses; what stood there is as it was.
    """
    if file.is_dir():
        raise StoreError(f"'{file}' is a folder; name a file in it.")
    if not file.parent.is_dir():
        raise StoreError(f"'{file}' cannot be written: its folder is not there. Make the folder, or choose another.")
    try:
        write_durably(file, text.encode("utf-8"), tmp=file.parent)
    except OSError as error:
        raise StoreError(f"'{file}' cannot be written: {error.strerror}. What stood there is unchanged.") from None
