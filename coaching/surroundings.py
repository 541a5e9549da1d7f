"""What is around the program: the clock, the environment, and the place of the home folder."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_data_path

from coaching.exceptions import CoachingError

_HOME = "COACHING_HOME"


def local_time() -> datetime:
    """Return the local time, with its zone."""
    return datetime.now(UTC).astimezone()


def default_home() -> Path:
    """Return the home folder: ``$COACHING_HOME``, else the user's data folder.

    Raises
    ------
    CoachingError
        If it names an account that is not there.
    """
    folder = os.environ.get(_HOME, "")
    if not folder.strip():
        return user_data_path("coaching", appauthor=False)
    try:
        return Path(folder).expanduser()
    except RuntimeError:
        raise CoachingError(f"{_HOME} begins with ~ and a name that no account has; write the whole path.") from None


def folder_in_memory() -> Path | None:
    """Return the folder that a login has in memory, where there is one: this account alone can read it."""
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return Path(folder) if folder else None


def use_home(folder: Path) -> Mapping[str, str]:
    """Return the environment in which another program finds this home."""
    return os.environ | {_HOME: str(folder.resolve())}
