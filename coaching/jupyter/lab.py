"""JupyterLab, or the same notebook as an app without JupyterLab round it, on the workbook's own notebooks."""

import gc
import importlib.util
import itertools
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from jupyterlab.commands import get_app_dir
from jupyterlab.labapp import LabApp

from coaching.errors import CoachingError
from coaching.jupyter.lab_folder import lab_folder, lay_out_settings
from coaching.jupyter.local_server import LocalServer, may_be_named
from coaching.store import disk, make_home, write_file
from coaching.workbook.credentials import hand_over
from coaching.workbook.environment import use_home
from coaching.workbook.home import Home
from coaching.workbook.memory import TIDY_MEMORY

_NOTEBOOKS = ("session.ipynb", "quarterly_review.ipynb")
#: Voilà looks for templates in the folders of this variable first.
_TEMPLATES = "JUPYTER_PATH"
#: A file that kernels run when they start.
_STARTUP = "PYTHONSTARTUP"
_OURS = Path(__file__).parent
#: For Voilà's part of the server.
_VOILA = [
    "--VoilaConfiguration.template=coaching",
    # An address cannot choose a template that asks something of the world outside.
    "--VoilaConfiguration.allow_template_override=NO",
    "--VoilaConfiguration.allow_theme_override=NO",
    # It would give away pictures that lie beside the notebooks, and asks for no token there.
    "--VoilaConfiguration.file_denylist=.*",
]
#: A page ends its kernel when it is closed. This is for one that could not, or that had words to keep to the last.
_END_KERNELS = [
    "--MappingKernelManager.cull_idle_timeout=60",
    "--MappingKernelManager.cull_interval=10",
    "--MappingKernelManager.cull_connected=False",
]


def notebooks() -> Path:
    """Return the folder of the notebooks that came with the program."""
    package = Path(__file__).parent.parent
    installed = package / "notebooks"
    return installed if installed.is_dir() else package.parent / "notebooks"


def lay_out(home: Home) -> Path:
    """Put the program's notebooks into the home folder; return where.

    One whose cells were changed there is not lost: it stays beside the program's as ``session-before.ipynb``.

    Raises
    ------
    CoachingError
        If the home folder cannot be written.
    """
    folder = home.folder / "notebooks"
    try:
        make_home(home.folder)
        folder.mkdir(exist_ok=True, mode=0o700)
        for name in _NOTEBOOKS:
            _lay(notebooks() / name, folder / name)
    except OSError as error:
        raise CoachingError(f"The notebooks cannot be put into '{folder}': {error.strerror}.") from None
    return folder


def _lay(ours: Path, there: Path) -> None:
    """Copy a notebook, whole or not at all; move one that says something else out of its way."""
    if there.exists() and _cells(there) != _cells(ours):
        disk.rename(there, _free(there))
    write_file(there, ours.read_bytes())


def _cells(notebook: Path) -> list[tuple[str, str]] | None:
    """Return what the cells of a notebook say, without what they put out; None if that cannot be read."""
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
        return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (KeyError, RecursionError, TypeError, ValueError):
        return None


def _free(taken: Path) -> Path:
    """Return a name beside `taken` that nothing has."""
    names = (taken.with_stem(f"{taken.stem}-before{number}") for number in itertools.chain([""], itertools.count(2)))
    return next(name for name in names if not name.exists())


def open_lab(home: Home, *, browser: bool, port: int, app: bool = False, more: Sequence[str] = ()) -> None:
    """Run JupyterLab on the session notebook until it is stopped.

    Parameters
    ----------
    home
        The home folder; its notebooks are laid out anew.
    browser
        Whether to open a browser.
    port
        Port of the local server; the next free one is taken if it is in use.
    app
        Whether to open the session as an app of its own, by Voilà on the same server and behind the same token.
    more
        Further options of JupyterLab.

    Raises
    ------
    CoachingError
        If the app is asked for and Voilà is not installed, or if the notebooks cannot be laid out.
    """
    if app and importlib.util.find_spec("voila") is None:
        raise CoachingError('The app needs Voilà, which is not installed: pip install "coaching-workbook[app]"')
    chosen = _chosen(more, LabApp.aliases)
    root = lay_out(home)
    with lab_folder() as folder:
        settings = lay_out_settings(folder, Path(chosen.get("LabApp.app_dir") or get_app_dir()))
        os.environ.update({**TIDY_MEMORY, **use_home(home.folder), **hand_over(folder)})
        os.environ.setdefault(_STARTUP, str(_OURS / "startup.py"))
        extensions = {"coaching.jupyter.server": True, "voila.server_extension": app}
        arguments = [
            f"--ServerApp.root_dir={root}",
            f"--ServerApp.port={port}",
            "--ServerApp.ip=127.0.0.1",
            f"--LocalServer.is_named={'ServerApp.ip' not in chosen and may_be_named()}",
            f"--LocalServer.extensions={extensions}",
            f"--LabApp.default_url={'/voila/render' if app else '/lab/tree'}/session.ipynb",
            f"--LabApp.app_settings_dir={settings}",
            "--LabApp.extension_manager=readonly",
            "--LabApp.news_url=",
        ]
        if app:
            os.environ[_TEMPLATES] = os.pathsep.join(filter(None, [str(_OURS), os.environ.get(_TEMPLATES)]))
            arguments += _VOILA + _END_KERNELS
        arguments += [] if browser else ["--no-browser"]
        # Root has no other account to protect; JupyterLab would refuse to start in a container.
        arguments += ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        gc.enable()  # what runs for days is no short command any more (see `coaching.__main__`)
        LabApp.serverapp_class = LocalServer
        LabApp.launch_instance([*(one for one in arguments if _option(one) not in chosen), *more])


def _chosen(more: Sequence[str], aliases: Mapping[str, str]) -> dict[str, str]:
    """Return the options that somebody gives JupyterLab, by their full names: it takes none twice."""
    chosen = {}
    for place, argument in enumerate(more):
        if argument.startswith("--"):
            name, is_whole, value = argument.partition("=")
            following = "".join(more[place + 1 : place + 2])
            chosen[aliases.get(_option(name), _option(name))] = value if is_whole else following
    return chosen


def _option(argument: str) -> str:
    return argument.removeprefix("--").partition("=")[0]
