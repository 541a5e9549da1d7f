"""What is around the program: the clock, the environment, and the place of the home folder."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_data_path

_PREFIX = "COACHING_"


def local_time() -> datetime:
    """Return the local time, with its zone."""
    return datetime.now(UTC).astimezone()


def given(name: str) -> str | None:
    """Return what the environment says for those who cannot be asked, such as scripts."""
    return os.environ.get(f"{_PREFIX}{name}") or None


def default_home() -> Path:
    """Return the home folder: ``$COACHING_HOME``, else the user's data folder."""
    folder = given("HOME")
    return Path(folder).expanduser() if folder else user_data_path("coaching", appauthor=False)


def use_home(folder: Path) -> Mapping[str, str]:
    """Return the environment in which another program finds this home."""
    return os.environ | {f"{_PREFIX}HOME": str(folder.resolve())}
