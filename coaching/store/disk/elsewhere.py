"""Files that a sync program keeps elsewhere until somebody opens them, as Windows and macOS mark them."""

import sys
from pathlib import Path

#: FILE_ATTRIBUTE_OFFLINE, FILE_ATTRIBUTE_RECALL_ON_OPEN, FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS.
_ON_WINDOWS = 0x1000 | 0x40000 | 0x400000
#: SF_DATALESS.
_ON_MACOS = 0x40000000


def is_elsewhere(file: Path) -> bool:
    """Tell whether the system marks a file as one whose bytes are somewhere else.

    Linux marks none. That no block of the disk is allocated says nothing there: so it is with every small file that a
    file system keeps beside its name.

    Raises
    ------
    OSError
        If there is no such file.
    """
    status = file.lstat()
    if sys.platform == "win32":
        return bool(status.st_file_attributes & _ON_WINDOWS)
    if sys.platform == "darwin":
        return bool(status.st_flags & _ON_MACOS)
    return False
