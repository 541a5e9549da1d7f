"""A file that the user asked for, anywhere on the disk."""

import os
from pathlib import Path
from typing import Final

import psutil

from coaching.errors import StoreError
from coaching.i18n import say
from coaching.store.disk import allowed_name
from coaching.store.disk.durable import remove_quietly, write_durably
from coaching.store.disk.os_errors import NOT_ALLOWED, reason_of

#: What the name of an unfinished file begins with; the number of the process that writes it comes next.
_UNFINISHED: Final = ".coaching-unfinished-"


def write_file(file: Path, content: str | bytes) -> None:
    """Write bytes, or text as UTF-8, whole or not at all, in place of what stood there; for its owner alone to read.

    What a kill has cut short in this folder before goes.

    Raises
    ------
    StoreError
        If the disk refuses; what stood there is as it was.
    """
    try:
        if file.is_dir():
            raise StoreError("'{file}' is a folder; name a file in it.", file=file)
        if allowed_name(file.name) != file.name:
            raise StoreError("'{file}' cannot be written: {reason}.", file=file, reason=say(NOT_ALLOWED))
        if not file.parent.is_dir():
            raise StoreError(
                "'{file}' cannot be written: its folder is not there; make it, or choose another.", file=file
            )
        _remove_unfinished(file.parent)
        data = content.encode("utf-8") if isinstance(content, str) else content
        write_durably(file, data, tmp=file.parent, prefix=f"{_UNFINISHED}{os.getpid()}-")
    except OSError as error:
        raise StoreError(
            "'{file}' cannot be written: {reason}; what stood there is unchanged.", file=file, reason=reason_of(error)
        ) from None


def _remove_unfinished(folder: Path) -> None:
    """Remove the unfinished files of processes that are no more: people's words may stand in them."""
    for file in folder.glob(f"{_UNFINISHED}*"):
        process = file.name.removeprefix(_UNFINISHED).partition("-")[0]
        if process.isdecimal() and not psutil.pid_exists(int(process)):
            remove_quietly(file)
