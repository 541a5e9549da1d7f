"""Jupyter Server extension: nothing typed into the workbook ever lands in a notebook file.

The third layer behind a form widget without private values and the lab's settings: it empties what a notebook is about
to be saved with, and refuses the save if it cannot.
"""

from typing import Any

from tornado.web import HTTPError

_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
_INSTEAD = "(a form; its words are kept in the workbook, not in the notebook)"


def scrub(notebook: dict[str, Any]) -> None:
    """Empty a notebook, in place, of everything that may hold private words.

    Widget state goes from every notebook; outputs and counts go from one whose metadata say ``coaching.private``; in
    the others the text that stands for a widget goes.
    """
    metadata = notebook.get("metadata", {})
    metadata.pop("widgets", None)
    private = bool(metadata.get("coaching", {}).get("private"))
    for cell in notebook.get("cells", []):
        if cell.get("cell_type") != "code":
            continue
        if private:
            cell["outputs"], cell["execution_count"] = [], None
        for output in cell.get("outputs", []):
            _without_repr(output.get("data") or {})


def _without_repr(data: dict[str, Any]) -> None:
    if _WIDGET_VIEW in data:
        data.pop("text/html", None)
        data["text/plain"] = _INSTEAD


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
    return [{"module": "coaching.server"}]


def _load_jupyter_server_extension(app: Any) -> None:
    app.contents_manager.register_pre_save_hook(before_save)
