"""The widgets of a session's forms, one for each form, by its name."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from coaching.forms.engine.guard import Door
from coaching.forms.engine.messages import KernelMessage
from coaching.forms.engine.widget import FormWidget
from coaching.forms.parts.all_parts import FORMS, PREPARATION
from coaching.forms.parts.start import BEGINNING
from coaching.model.vocabulary import Segment


class SessionWidgets:
    """The widgets of a session's forms.

    Parameters
    ----------
    receive
        Called with the name of a form, and a message that a page has sent through it.
    door
        The lock of the forms; without it there is none.
    """

    def __init__(self, receive: Callable[[str, Mapping[str, Any]], None], door: Door | None = None) -> None:
        names = (BEGINNING, *(form.name for form in FORMS))
        self._widgets = {name: FormWidget(partial(receive, name), door) for name in names}

    def __repr__(self) -> str:
        """Say what this is, and nothing of it."""
        return "<the forms of a session>"

    def beginning(self) -> FormWidget:
        """Return the form in which person, session and day are chosen."""
        return self._widgets[BEGINNING]

    def preparation(self) -> FormWidget:
        """Return the form in which the session is prepared."""
        return self._widgets[PREPARATION]

    def opening(self) -> FormWidget:
        """Return the form of the opening."""
        return self._widgets[Segment.OPENING]

    def yourself(self) -> FormWidget:
        """Return the form of *talk about yourself*."""
        return self._widgets[Segment.YOURSELF]

    def dreams(self) -> FormWidget:
        """Return the form of *talk about your dreams*."""
        return self._widgets[Segment.DREAMS]

    def who_what_when(self) -> FormWidget:
        """Return the form of *who does what by when*."""
        return self._widgets[Segment.WHO_WHAT_WHEN]

    def closing(self) -> FormWidget:
        """Return the form of the closing."""
        return self._widgets[Segment.CLOSING]

    def tell(self, message: KernelMessage) -> None:
        """Tell every page that shows one of the forms."""
        for widget in self._widgets.values():
            widget.send(message)

    def _send(self, name: str, message: KernelMessage) -> None:
        self._widgets[name].send(message)
