"""What is around the program: the clock, the environment, and the place of the home folder."""

import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import lazy_loader

from coaching.errors import CoachingError
from coaching.i18n import of_system

# What asks for the language alone, as a command does that only shows its help, is not to wait for it.
platformdirs = lazy_loader.load("platformdirs")

_HOME, _LOCK_AFTER, _SERVER = "COACHING_HOME", "COACHING_LOCK_AFTER", "COACHING_SERVER"
#: What a hub tells the servers that it starts: whose they are, and under which address it can be reached.
_HUB_USER, _HUB_ADDRESSES = "JUPYTERHUB_USER", ("JUPYTERHUB_PUBLIC_HUB_URL", "JUPYTERHUB_HOST")
#: After so many minutes in which nobody was there, workbooks are locked, unless somebody wants it otherwise.
LOCK_AFTER = 15


def local_time() -> datetime:
    """Return the local time, with its zone."""
    return datetime.now(UTC).astimezone()


def lock_after() -> timedelta:
    """Return how long nobody may be there before workbooks are locked: ``$COACHING_LOCK_AFTER`` minutes, else 15.

    Raises
    ------
    CoachingError
        If the environment says no number of minutes.
    """
    said = os.environ.get(_LOCK_AFTER) or str(LOCK_AFTER)
    try:
        minutes = timedelta(minutes=float(said))
    except (OverflowError, ValueError):
        minutes = timedelta(0)
    if minutes <= timedelta(0):
        raise CoachingError(
            "{variable} is '{said}'; give it a number of minutes, such as {example}.",
            variable=_LOCK_AFTER,
            said=said,
            example=LOCK_AFTER,
        )
    return minutes


def set_lock_after(minutes: float) -> None:
    """Let every program that is started from now on lock after so many minutes in which nobody was there."""
    os.environ[_LOCK_AFTER] = f"{minutes:g}"


def system_language() -> str:
    """Return the language that the program speaks to whoever uses this system (see `coaching.i18n.of_system`)."""
    return of_system(os.environ)


def default_home() -> Path:
    """Return the home folder: ``$COACHING_HOME``, else the user's data folder.

    Raises
    ------
    CoachingError
        If it names an account that is not there.
    """
    folder = os.environ.get(_HOME, "")
    if not folder.strip():
        return Path(platformdirs.user_data_path("coaching", appauthor=False))
    try:
        return Path(folder).expanduser()
    except RuntimeError:
        raise CoachingError(
            "{variable} begins with ~ and a name that no account has; write the whole path.", variable=_HOME
        ) from None


def server() -> str | None:
    """Return the name of the organisation's server that this runs on; None on a computer of one's own.

    ``$COACHING_SERVER`` says it; without that, on a JupyterHub, the name under which the hub can be reached.
    """
    if name := os.environ.get(_SERVER, "").strip():
        return name
    if not os.environ.get(_HUB_USER):
        return None
    hosts = (urlsplit(os.environ.get(address, "")).hostname for address in _HUB_ADDRESSES)
    return next(filter(None, hosts), None) or platform.node()


def folder_in_memory() -> Path | None:
    """Return the folder that a login has in memory, where there is one: this account alone can read it."""
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return Path(folder) if folder else None


def use_home(folder: Path) -> Mapping[str, str]:
    """Return the environment in which another program finds this home."""
    return os.environ | {_HOME: str(folder.resolve())}
