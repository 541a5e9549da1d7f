"""JupyterLab, or the same notebook as an app without JupyterLab round it, on the workbook's own notebooks."""

import coaching.jupyter.lean_start  # noqa: F401 - before what it keeps out

# isort: split
import gc
import importlib.util
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from jupyterlab.commands import get_app_dir
from jupyterlab.labapp import LabApp

from coaching.errors import CoachingError
from coaching.jupyter.lab_folder import lab_folder, lay_out_settings
from coaching.jupyter.laying_out import lay_out
from coaching.jupyter.local_server import LocalServer, may_be_named
from coaching.jupyter.notebooks import REVIEW, SESSION
from coaching.workbook.credentials import hand_over
from coaching.workbook.environment import server, use_home
from coaching.workbook.home import Home
from coaching.workbook.memory import TIDY_MEMORY

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


def open_lab(
    home: Home,
    *,
    browser: bool,
    port: int,
    app: bool = False,
    review: bool = False,
    full: bool = False,
    more: Sequence[str] = (),
) -> None:
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
        Whether to open it as an app of its own, by Voilà on the same server and behind the same token.
    review
        Whether to open the review in place of the session.
    full
        Whether to show all of JupyterLab round the notebook from the beginning.
    more
        Further options of JupyterLab.

    Raises
    ------
    CoachingError
        If the app is asked for and Voilà is not installed, if the notebooks cannot be laid out, or where a server of
        the organisation runs JupyterLab already.
    """
    if name := server():
        raise CoachingError(
            "JupyterLab runs already, on your organisation's server {name}: click “One-on-one” in its "
            "launcher there. A second one was not started.",
            name=name,
        )
    if app and importlib.util.find_spec("voila") is None:
        raise CoachingError("The app needs Voilà, which is not installed: pip install voila")
    chosen = _chosen(more, LabApp.aliases)
    # JupyterLab's simple interface is where the extension takes away the rest of it.
    way = "/voila/render" if app else "/lab/tree" if full else "/doc/tree"
    notebook = REVIEW if review else SESSION
    root = lay_out(home.folder)
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
            f"--LabApp.default_url={way}/{notebook}",
            f"--LabApp.extra_labextensions_path={_OURS / 'labextensions'}",
            f"--LabApp.app_settings_dir={settings}",
            "--LabApp.extension_manager=readonly",
            "--LabApp.news_url=",
            # What the kernel and the server say to each other passes through ports that every program here can reach.
            "--KernelManager.transport_encryption=auto",
        ]
        if app:
            os.environ[_TEMPLATES] = os.pathsep.join(filter(None, [str(_OURS), os.environ.get(_TEMPLATES)]))
            arguments += _VOILA + _END_KERNELS
        else:
            arguments.append(f"--LocalServer.notebook={notebook}")
        arguments += [] if browser else ["--no-browser"]
        # What Jupyter tells of itself is nothing that a coach could use; what goes wrong is still told.
        arguments += [] if "--debug" in more else ["--Application.log_level=WARN"]
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
