"""What the views of a form have changed, whatever the order in which their messages come."""

from collections.abc import Mapping
from typing import Any

from coaching.model.entry import storable


class Changes:
    """The changes of all views, each field as the last change of each view left it."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, str, str], int] = {}
        self._kept: dict[tuple[str, str, str], int] = {}

    def take(self, name: str, values: dict[str, str], message: Mapping[str, Any]) -> dict[str, str]:
        """Take over the fields that a view changed, unless a later change of the same view is here already.

        The same change is taken over again until it is kept. After that, what was moved or erased meanwhile would come
        back with a message that the view has repeated.

        Parameters
        ----------
        name
            The form.
        values
            Its values, which are brought up to date.
        message
            What the view has sent: the `values` that are not kept yet, and as `touched` their fields, each with a
            number that grows.

        Returns
        -------
        dict of str to str
            What was taken over.
        """
        changed = {}
        for field, sequence in message["touched"].items():
            place = (name, message["view"], field)
            if self._taken.get(place, -1) <= sequence and self._kept.get(place, -1) < sequence:
                self._taken[place] = sequence
                changed[field] = values[field] = storable(str(message["values"][field]))
        return changed

    def kept(self, name: str, message: Mapping[str, Any]) -> None:
        """Take note that what a message has changed, or a later one before it, is on disk."""
        for field, sequence in message["touched"].items():
            place = (name, message["view"], field)
            self._kept[place] = max(self._kept.get(place, -1), sequence)


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
