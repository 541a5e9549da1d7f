"""What a running lab needs to have in a folder: settings of JupyterLab, and the passphrase on its way to a kernel."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jupyter_core.paths import jupyter_runtime_dir
from jupyter_server.utils import check_pid

from coaching.store import disk, write_file
from coaching.workbook.environment import folder_in_memory

_OVERRIDES = Path(__file__).parent / "lab_overrides.json"
_PREFIX = "coaching-"


@contextlib.contextmanager
def lab_folder() -> Iterator[Path]:
    """Give a folder that this account alone can read, best in memory, and that is gone with the program."""
    place = folder_in_memory() or Path(jupyter_runtime_dir())
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    _remove_leftovers(place)
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))
    try:
        yield folder
    finally:
        disk.remove_tree(folder, ignore_errors=True)


def _remove_leftovers(place: Path) -> None:
    """Remove the folders of labs that were killed."""
    for folder in place.glob(f"{_PREFIX}*-*"):
        process = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if process.isdecimal() and not check_pid(int(process)):
            disk.remove_tree(folder, ignore_errors=True)


def lay_out_settings(folder: Path, app: Path) -> Path:
    """Put JupyterLab's settings for everybody into a folder, as they are installed, and those of this program beside.

    Parameters
    ----------
    folder
        Where to.
    app
        JupyterLab's application folder. What is installed there wins where both say something, and the user's own
        settings win over both.
    """
    settings = folder / "lab" / "settings"
    settings.mkdir(parents=True)
    if (app / "settings").is_dir():
        shutil.copytree(app / "settings", settings, dirs_exist_ok=True)
    (settings / "overrides.d").mkdir(exist_ok=True)
    write_file(settings / "overrides.d" / "coaching.json", _OVERRIDES.read_bytes())
    # JupyterLab looks beside its settings for the extensions that it was built with.
    built = app / "static" / "package.json"
    if built.is_file():
        (settings.parent / "static").mkdir()
        write_file(settings.parent / "static" / built.name, built.read_bytes())
    return settings
