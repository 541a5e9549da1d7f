"""What a page has said already: it repeats what it was not answered in time, and messages may come in any order."""

from collections.abc import Mapping
from typing import Any


class Heard:
    """What was heard of each view of a form, so that nothing is taken over or done twice.

    A view numbers its changes and its presses of buttons; a message repeats all of them that were not answered yet.
    """

    def __init__(self) -> None:
        self._latest: dict[tuple[str, str], int] = {}
        self._pressed: set[tuple[str, int]] = set()

    def changed(self, message: Mapping[str, Any]) -> dict[str, str]:
        """Return the values of the fields that were changed later than anything that was heard of them before."""
        view, values = message["view"], message["values"]
        news = {name: at for name, at in message["touched"].items() if at > self._latest.get((view, name), -1)}
        self._latest |= {(view, name): at for name, at in news.items()}
        return {name: values[name] for name in news}

    def pressed(self, message: Mapping[str, Any]) -> str | None:
        """Return the button that was pressed, unless this press was heard before."""
        press = message["view"], message["pressed"]
        if message["act"] is None or press in self._pressed:
            return None
        self._pressed.add(press)
        return str(message["act"])
