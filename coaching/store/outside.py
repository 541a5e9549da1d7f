"""A file that the user asked for, anywhere on the disk."""

from pathlib import Path

from coaching.exceptions import StoreError
from coaching.store.disk import allowed_name
from coaching.store.durable import write_durably
from coaching.store.failures import NOT_ALLOWED, reason_of


def write_file(file: Path, content: str | bytes) -> None:
    """Write bytes, or text as UTF-8, whole or not at all, in place of what stood there; for its owner alone to read.

    Raises
    ------
    StoreError
        If the disk refuses; what stood there is as it was.
    """
    try:
        if file.is_dir():
            raise StoreError(f"'{file}' is a folder; name a file in it.")
        if allowed_name(file.name) != file.name:
            raise StoreError(f"'{file}' cannot be written: {NOT_ALLOWED}.")
        if not file.parent.is_dir():
            raise StoreError(f"'{file}' cannot be written: its folder is not there; make it, or choose another.")
        write_durably(file, content.encode("utf-8") if isinstance(content, str) else content, tmp=file.parent)
    except OSError as error:
        raise StoreError(f"'{file}' cannot be written: {reason_of(error)}; what stood there is unchanged.") from None
