"""Jupyter Server extension: nothing typed into the workbook ever lands in a notebook file.

The third layer behind a form widget without private values and the lab's settings: it empties what one of the program's
notebooks is about to be saved with, and refuses the save if it cannot. Of another notebook it takes what belongs to the
program's own widgets alone.
"""

import itertools
from pathlib import Path
from typing import Any

import nbformat
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, authenticated

from coaching import jupyter
from coaching.errors import CoachingError
from coaching.i18n import LANGUAGES, speak, speaking
from coaching.jupyter.notebooks import NAMES, as_spoken, holds_modules, own_cells
from coaching.workbook.environment import default_home, system_language

_VIEW = "application/vnd.jupyter.widget-view+json"
_STATE = "application/vnd.jupyter.widget-state+json"
_REFERENCE = "IPY_MODEL_"
#: The package that defines a widget made with anywidget stands in the widget's state.
_DEFINED_IN, _OURS = "_anywidget_id", "coaching."
#: What a widget of ours says of itself (`coaching.forms.engine.widget`).
_OURS_SAYS = "<a form or a chart; its words are kept in the workbook, not in the notebook>"
_INSTEAD = "(a form; its words are kept in the workbook, not in the notebook)"


def scrub(notebook: dict[str, Any]) -> None:
    """Empty a notebook, in place, of everything that may hold private words.

    One whose metadata say ``coaching.private`` loses its outputs, its counts and the state of all its widgets. Any
    other keeps all that it has but for the state of the program's widgets and the text that stands for them.
    """
    metadata = notebook.get("metadata")
    if not isinstance(metadata, dict):
        return
    if metadata.get("coaching", {}).get("private"):
        metadata.pop("widgets", None)
        for cell in notebook.get("cells", []):
            if cell.get("cell_type") == "code":
                cell["outputs"], cell["execution_count"] = [], None
        return
    models = _take_out_models(metadata)
    for data in _shown(notebook):
        if data[_VIEW].get("model_id") in models or data.get("text/plain") in (_OURS_SAYS, [_OURS_SAYS]):
            data.pop("text/html", None)
            data["text/plain"] = _INSTEAD


def _take_out_models(metadata: dict[str, Any]) -> list[str]:
    """Take the program's widgets out of the saved state, with what belongs to them alone; return which they were."""
    widgets = metadata.get("widgets")
    state = _part(_part(widgets, _STATE), "state")
    ours = [name for name in state if str(_part(state[name], "state").get(_DEFINED_IN)).startswith(_OURS)]
    theirs = [name for name in state if name not in ours]
    for name in _referred_to(state, ours) - _referred_to(state, theirs):
        if isinstance(state.get(name), dict) and state[name].get("model_name") == "LayoutModel":
            del state[name]
    for name in ours:
        del state[name]
    if ours and not state and isinstance(widgets, dict):
        del widgets[_STATE]
    if ours and not widgets:
        del metadata["widgets"]
    return ours


def _referred_to(state: dict[str, Any], models: list[str]) -> set[str]:
    """Return the models that the states of some models refer to."""
    values = [value for name in models for value in _part(state[name], "state").values()]
    return {value.removeprefix(_REFERENCE) for value in values if isinstance(value, str) and _REFERENCE in value}


def _shown(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what stands in a notebook for its widgets; where it is not a notebook's form, there is none."""
    cells = notebook.get("cells")
    outputs = [_part(cell, "outputs", list) for cell in (cells if isinstance(cells, list) else [])]
    data = [_part(output, "data") for several in outputs for output in several]
    return [one for one in data if isinstance(one.get(_VIEW), dict)]


def _part(whole: Any, name: str, kind: type[Any] = dict) -> Any:
    """Return a part of something that came from outside; an empty one if it has none of this kind."""
    part = whole.get(name) if isinstance(whole, dict) else None
    return part if isinstance(part, kind) else kind()


def before_save(model: dict[str, Any], **_place: Any) -> None:
    """Scrub a notebook that is about to be saved; the hook of the contents manager.

    Raises
    ------
    tornado.web.HTTPError
        If the notebook could not be scrubbed. Jupyter Server saves in spite of any other error.
    """
    if model.get("type") != "notebook" or not isinstance(model.get("content"), dict):
        return
    try:
        scrub(model["content"])
    except Exception as error:  # noqa: BLE001 - any failure must refuse the save
        reason = f"not saved: private words could not be kept out of it ({type(error).__name__})"
        raise HTTPError(500, reason) from None


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "coaching.jupyter.server"}]


class HookHandler(JupyterHandler):
    """Answers a form that asks whether this server scrubs notebooks; without this extension there is nobody here."""

    @authenticated
    def get(self) -> None:
        """Say so."""
        self.set_status(204)


class NotebooksHandler(APIHandler):
    """Answers the extension of JupyterLab: which notebooks are the program's own, and where they are to be opened."""

    @authenticated
    def get(self) -> None:
        """Say what the cells of the program's notebooks say; nothing, if a kernel beside `path` would import others'.

        Whoever has a copy of one of the program's notebooks in front of them may run it then.
        """
        path = self.get_query_argument("path", "")
        folder = Path(self.kernel_manager.cwd_for_path(path))  # type: ignore[no-untyped-call]
        self.finish({} if holds_modules(folder) else dict(own_cells()))

    @authenticated
    def post(self) -> None:
        """Lay the notebooks out where this server can open them, and say their paths by their names."""
        root = Path(getattr(self.contents_manager, "root_dir", "")).resolve()
        try:
            folder = jupyter.lay_out(default_home(), root).resolve().relative_to(root)
        except CoachingError as error:
            raise HTTPError(500, str(error)) from None
        self.finish({name: (folder / name).as_posix() for name in NAMES})


def trust_own_notebooks(notary: Any) -> None:
    """Let Jupyter trust the program's notebooks, wherever they lie, so that their button asks nothing."""
    for language, name in itertools.product(LANGUAGES, NAMES):
        with speaking(language):
            notary.sign(nbformat.reads(as_spoken(name).decode(), as_version=4))  # type: ignore[no-untyped-call]


def _load_jupyter_server_extension(app: Any) -> None:
    speak(system_language())
    app.contents_manager.register_pre_save_hook(before_save)
    if notary := getattr(app.contents_manager, "notary", None):
        trust_own_notebooks(notary)
    if web_app := getattr(app, "web_app", None):
        base = web_app.settings["base_url"]
        handlers = {"coaching/hook": HookHandler, "coaching/notebooks": NotebooksHandler}
        web_app.add_handlers(".*$", [(url_path_join(base, name), one) for name, one in handlers.items()])
