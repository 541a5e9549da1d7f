"""The widgets: messages between what stands in the browser and what it belongs to in the kernel.

They hold no value in a trait, so nothing private is in a widget's state, its repr or a notebook file. What all widgets
of a kind do, and how they look, a page gets once: a notebook has many of them.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, ClassVar

import anywidget

from coaching.forms.engine.guard import Door
from coaching.forms.engine.messages import KernelMessage, Spoken
from coaching.forms.engine.reason import reason
from coaching.i18n import LANGUAGES, language, speaking
from coaching.l10n import say_forms

_WEB = files("coaching.forms").joinpath("web")


def _script(name: str) -> str:
    return _WEB.joinpath("bundle", name).read_text(encoding="utf-8")


def _style(*names: str) -> str:
    return "\n".join(_WEB.joinpath(name).read_text(encoding="utf-8") for name in names)


def _place(script: str) -> str:
    """Return where in a page a script leaves its `render`; another version of it finds another place."""
    name = f"coaching {sha256(script.encode()).hexdigest()}"
    return f"(globalThis[Symbol.for('{name}')] ??= Promise.withResolvers())"


def _given(script: str) -> str:
    return f"{script}\n{_place(script)}.resolve(render);\nexport default {{}};"


def _taken(script: str) -> str:
    return f"{_script('early.js')}\nexport default () => drawnWith({_place(script)}.promise);"


_FORM, _VIEW = _script("form.js"), _script("view.js")
_STYLE = _style("form.css", "presence.css", "lock.css", "notebook.css", "strip.css", "room.css", "search.css")


class _FormCode(anywidget.AnyWidget):
    """What a page needs once for all forms."""

    _esm = _given(_FORM)
    _css = _STYLE


class _ViewCode(anywidget.AnyWidget):
    """What a page needs once for everything drawn."""

    _esm = _given(_VIEW)
    _css = f"{_STYLE}\n{_style('view.css')}"


_codes: dict[type[anywidget.AnyWidget], anywidget.AnyWidget] = {}


def _sent(kind: type[anywidget.AnyWidget]) -> anywidget.AnyWidget:
    """Return the widget of this kind; a new one if somebody has closed all widgets."""
    if kind not in _codes or _codes[kind].comm is None:
        _codes[kind] = kind()
    return _codes[kind]


#: What a page hears first of a form, or of its lock.
_WITH_TERMS = frozenset({"form", "page", "locking", "locked", "wrong", "unlocked"})
#: What the scripts of the forms say, as it stands in them: a sentence, or its singular and plural.
_SENTENCES = json.loads(
    files("coaching.data").joinpath("locale", "sentences_of_forms.json").read_text(encoding="utf-8")
)


@cache
def _spoken(language: str) -> Spoken:
    with speaking(language):
        return {
            "language": language,
            "sentences": {one: say_forms(one, *many) for one, *many in _SENTENCES} if language != LANGUAGES[0] else {},
        }


class MessageWidget(anywidget.AnyWidget):
    """A widget whose content travels in custom messages.

    Parameters
    ----------
    receive
        Called with each message of the browser, on any thread and in any order; a form is asked by itself too, with
        a hello of no view, when it is displayed first.
    door
        The lock of its forms, which all messages pass; without it there is none.
    """

    _code: ClassVar[type[anywidget.AnyWidget]]

    def __init__(self, receive: Callable[[Mapping[str, Any]], None], door: Door | None = None) -> None:
        self._receive, self._door = receive, door
        self._told_of: str | None = None
        super().__init__(layout=_sent(self._code).layout)
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

    def send(self, content: KernelMessage, buffers: Any = None) -> None:
        """Send a message to every page; with one that a page cannot do without, how it can lock itself.

        The first one that a page hears, and the first in another language, says what the page says by itself.
        """
        more: dict[str, Any] = {}
        if content.get("type") in _WITH_TERMS:
            if self._door:
                more["lock"] = self._door.terms()
            if self._told_of != (told := language()):
                self._told_of, more["spoken"] = told, _spoken(told)
        super().send({**content, **more}, buffers)

    def _on_message(self, _widget: object, message: Mapping[str, Any], _buffers: object) -> None:
        if message.get("type") == "hello":
            self._told_of = None
        if self._door is None or self._door.lets_in(message, self.send):
            self._receive(message)


class FormWidget(MessageWidget):
    """A form.

    It tells what it shows when it is displayed for the first time: until the page had asked, the forms of a session
    would stay empty for a moment. If a message cannot be taken in, the page is told that it was refused, and why.
    """

    _code = _FormCode
    _esm = _taken(_FORM)
    _is_displayed = False

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        if not self._is_displayed:
            self._is_displayed = True
            self._on_message(self, {"type": "hello"}, None)
        return super()._repr_mimebundle_(**kwargs)

    def download(self, name: str, content: bytes) -> None:
        """Let the browser keep a file where it keeps what it downloads; nothing of it is written here."""
        self.send({"type": "download", "name": name}, [content])

    def _on_message(self, widget: object, message: Mapping[str, Any], buffers: object) -> None:
        try:
            super()._on_message(widget, message, buffers)
        except Exception as error:  # noqa: BLE001 - an error of a callback is seen nowhere; the person who waits must see it
            self.send({"type": "refused", "view": message.get("view"), "reason": reason(error)})


class ViewWidget(MessageWidget):
    """Something drawn."""

    _code = _ViewCode
    _esm = _taken(_VIEW)
