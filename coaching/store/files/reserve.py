"""Room that is kept on the disk, so that erasing is possible when it is full: erasing writes before it removes."""

import errno
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from coaching.store import disk
from coaching.store.disk.durable import remove_quietly, write_flushed
from coaching.store.files.memory import FOLDER

_NAME = "reserve"
#: More is not kept: whoever has a workbook as large as this has seen that the disk is nearly full.
_MOST = 16 << 20
_ROUND = 64 << 10
_FULL = {errno.ENOSPC, errno.EDQUOT}

Outcome = TypeVar("Outcome")


def keep_reserve(home: Path, size: int) -> None:
    """Keep room for writing `size` bytes anew, if there is not as much already; nothing happens if the disk refuses."""
    wanted = min(_MOST, (size // _ROUND + 2) * _ROUND)
    file = home / FOLDER / _NAME
    with suppress(OSError):
        if not file.exists() or file.stat().st_size < wanted:
            remove_quietly(file)
            file.parent.mkdir(mode=0o700, exist_ok=True)
            try:
                write_flushed(file, [secrets.token_bytes(wanted)])  # zeros are no room where a disk packs them
            except OSError:
                remove_quietly(file)


def spend_reserve(home: Path, act: Callable[[], Outcome]) -> Outcome:
    """Do something, and if the disk is full once more with the room that was kept for it.

    Raises
    ------
    OSError
        If the disk refuses all the same.
    """
    try:
        return act()
    except OSError as error:
        file = home / FOLDER / _NAME
        if error.errno not in _FULL or not file.exists():
            raise
        size = file.stat().st_size
        disk.remove(file)
        try:
            return act()
        finally:
            keep_reserve(home, size - 2 * _ROUND)
