"""What of this computer could be in the way of a session: each is said in plain words, with what to do about it."""

import platform
import re
import tempfile
import webbrowser
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from jupyter_core.paths import jupyter_path
from jupyterlab.commands import get_app_dir
from jupyterlab_server.config import get_page_config
from packaging.requirements import Requirement

import coaching
from coaching.i18n import say
from coaching.jupyter.notebooks import NAMES, is_own
from coaching.store import disk
from coaching.text import visible
from coaching.workbook.home import Home

_EXTENSIONS = ("coaching-workbook", "anywidget", "@jupyter-widgets/jupyterlab-manager")
_OURS = Path(__file__).parent / "labextensions"
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
_IS_FONT = re.compile(r"\.(ttf|otf|ttc|pfb|woff2?)$", re.IGNORECASE)
#: Clocks of two computers that share a folder differ by less.
_SLACK = timedelta(days=1)


def problems(home: Home) -> Iterator[str]:
    """Give what is missing or in the way, and what to do about it; nothing, if all is well.

    Parameters
    ----------
    home
        The home folder. Nothing in it is opened or changed.
    """
    for look in (_packages, _browser, _fonts, _home, _clock, _extensions, _old_notebooks):
        yield from look(home)


def _packages(_: Home) -> Iterator[str]:
    for line in requires("coaching-workbook") or ():
        needed = Requirement(line)
        if needed.marker and not needed.marker.evaluate({"extra": ""}):
            continue
        try:
            installed = version(needed.name)
        except PackageNotFoundError:
            yield say(
                "The package {name} is missing. Install it: pip install '{needed}'", name=needed.name, needed=line
            )
            continue
        if installed not in needed.specifier:
            yield say(
                "The package {name} {installed} does not fit. Install another one: pip install '{needed}'",
                name=needed.name,
                installed=installed,
                needed=line,
            )


def _browser(_: Home) -> Iterator[str]:
    try:
        webbrowser.get()
    except webbrowser.Error:
        yield say(
            "No browser is found here. Use 'coaching lab --no-browser', and open the address that it prints, in a "
            "browser on this computer or through a tunnel."
        )


def _fonts(_: Home) -> Iterator[str]:
    if platform.system() != "Linux":  # the others come with fonts
        return
    files = (file.name for folder in _FONTS for file in Path(folder).expanduser().rglob("*"))
    if not any(_IS_FONT.search(name) for name in files):
        yield say(
            "No fonts are installed: a browser on this computer shows boxes instead of letters. Install some, on "
            "Debian: apt-get install fonts-dejavu-core"
        )


def _home(home: Home) -> Iterator[str]:
    place = next(folder for folder in (home.folder, *home.folder.parents) if folder.exists())
    try:
        with (
            tempfile.TemporaryDirectory(prefix=".coaching-", dir=place) as folder,
            disk.locked(Path(folder), exclusive=True, wait=False) as lock,
        ):
            has_locks = lock is not disk.Lock.MISSING
    except OSError:
        yield say(
            "Nothing can be written in '{folder}'. Make it yours, or choose another home folder: coaching lab --home "
            "FOLDER",
            folder=visible(str(place)),
        )
        return
    if not has_locks:
        yield say(
            "The disk of '{folder}' knows no locks, as some network drives do not: erase and change passphrases on one "
            "computer while the workbooks are open on no other, or choose a home folder on a disk of this computer.",
            folder=visible(str(place)),
        )


def _clock(home: Home) -> Iterator[str]:
    now = home.clock().astimezone()
    kept = [file.stat().st_mtime for file in home.folder.glob("*/entries/*.parquet")]
    newest = datetime.fromtimestamp(max(kept, default=Path(coaching.__file__).stat().st_mtime), now.tzinfo)
    if newest > now + _SLACK:
        yield say(
            "This computer's clock says {now}, and there are files of {newest}: set the clock right before you write. "
            "Private notes are erased by it.",
            now=f"{now:%Y-%m-%d}",
            newest=f"{newest:%Y-%m-%d}",
        )


def _extensions(_: Home) -> Iterator[str]:
    folders = [str(_OURS), *jupyter_path("labextensions")]
    config = get_page_config(folders, str(Path(get_app_dir()) / "settings"))
    off = config.get("disabledExtensions", {})
    there = {one["name"] for one in config.get("federated_extensions", ())}
    for name in _EXTENSIONS:
        if name in off:
            yield say(
                "The extension {name} of JupyterLab is switched off: the notebooks do not begin by themselves, or show "
                "no forms. Switch it on: jupyter labextension enable {name}",
                name=name,
            )
        elif name not in there:
            yield say(
                "The extension {name} of JupyterLab is not found. Install this program anew in the environment that "
                "JupyterLab runs in.",
                name=name,
            )


def _old_notebooks(home: Home) -> Iterator[str]:
    folder = home.folder / "notebooks"
    for name in NAMES:
        if (folder / name).exists() and not is_own(folder / name):
            yield say(
                "The notebook '{name}' in the home folder is not the one of this version. 'coaching lab' replaces it, "
                "and keeps the one that is there beside it.",
                name=name,
            )
        for before in sorted(folder.glob(f"{Path(name).stem}-before*.ipynb")):
            yield say(
                "'{name}' is an old notebook that was changed by hand, and lacks what is new: open '{own}', and remove "
                "the old one if you do not need it.",
                name=visible(before.name),
                own=name,
            )
