"""The widgets: messages between what stands in the browser and what it belongs to in the kernel.

They hold no value in a trait, so nothing private is in a widget's state, its repr or a notebook file.
"""

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

import anywidget

_SOURCE = files("coaching.forms")


def _read(*names: str) -> str:
    return "\n".join(_SOURCE.joinpath(name).read_text(encoding="utf-8") for name in names)


class MessageWidget(anywidget.AnyWidget):
    """A widget whose content travels in custom messages.

    Parameters
    ----------
    receive
        Called with each message of the browser, on any thread and in any order.
    """

    def __init__(self, receive: Callable[[Mapping[str, Any]], None]) -> None:
        self._receive = receive
        super().__init__()
        self.on_msg(self._on_message)

    def __repr__(self) -> str:
        """Say what is there, and nothing of it."""
        return "<a form or a chart; its words are kept in the workbook, not in the notebook>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data and "text/plain" in data:
            data["text/plain"] = repr(self)
        return bundle

    def _on_message(self, _widget: object, message: Mapping[str, Any], _buffers: object) -> None:
        self._receive(message)


class FormWidget(MessageWidget):
    """A form."""

    _esm = _read("keeping.js", "silence.js", "help.js", "presence.js", "fields.js", "form.js")
    _css = _read("form.css", "presence.css", "notebook.css")


class ViewWidget(MessageWidget):
    """Something drawn."""

    _esm = _read("downloads.js", "view.js")
    _css = _read("view.css", "notebook.css")
