"""JupyterLab, opened on the workbook's own notebooks."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from coaching.exceptions import CoachingError
from coaching.home import Home, use_home

_NOTEBOOKS = ("session.ipynb", "quarterly_review.ipynb")


def notebooks() -> Path:
    """Return the folder of the notebooks that came with the program."""
    installed = Path(__file__).parent / "notebooks"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "notebooks"


def lay_out(home: Home) -> Path:
    """Put the notebooks into the home folder, where they are missing or older than the program's; return where.

    Raises
    ------
    CoachingError
        If the home folder cannot be written.
    """
    folder = home.folder / "notebooks"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in _NOTEBOOKS:
            shutil.copyfile(notebooks() / name, folder / name)
    except OSError as error:
        raise CoachingError(f"The notebooks cannot be put into '{folder}': {error.strerror}.") from None
    return folder


def open_lab(home: Home, *, browser: bool, port: int, more: Sequence[str] = ()) -> None:
    """Run JupyterLab on the session notebook until it is stopped.

    Parameters
    ----------
    home
        The home folder; its notebooks are laid out anew.
    browser
        Whether to open a browser.
    port
        Port of the local server; the next free one is taken if it is in use.
    more
        Further options of JupyterLab.
    """
    from jupyterlab.labapp import LabApp  # noqa: PLC0415 - takes a second, and only this command needs it

    folder = lay_out(home)
    os.environ.update(use_home(home.folder))
    arguments = [
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.port={port}",
        "--ServerApp.ip=127.0.0.1",
        "--LabApp.default_url=/lab/tree/session.ipynb",
        "--LabApp.extension_manager=readonly",
        "--LabApp.news_url=",
    ]
    arguments += [] if browser else ["--no-browser"]
    # Root has no other account to protect; JupyterLab would refuse to start in a container.
    arguments += ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    LabApp.launch_instance([*arguments, *more])
