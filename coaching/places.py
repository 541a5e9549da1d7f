"""What stands at a path that somebody typed, which may be none that the system can look up."""

import os
from pathlib import Path


def is_there(path: Path) -> bool:
    """Tell whether there is anything; nothing is where a name is too long, or a folder may not be looked into.

    Those who then read or write there say what the system says.

    Examples
    --------
    >>> is_there(Path("x" * 300))
    False
    """
    return os.path.exists(path)  # noqa: PTH110 -- that of a path raises where the system refuses to look


def is_folder(path: Path) -> bool:
    """Tell whether a folder is there (see `is_there`).

    Examples
    --------
    >>> is_folder(Path("x" * 300))
    False
    """
    return os.path.isdir(path)  # noqa: PTH112 -- as above
