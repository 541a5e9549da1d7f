"""What the views of a form have changed, whatever the order in which their messages come."""

from collections.abc import Mapping
from typing import Any

from coaching.entry import storable


class Changes:
    """The changes of all views, each field as the last change of each view left it."""

    def __init__(self) -> None:
        self._sequences: dict[tuple[str, str, str], int] = {}

    def take(self, name: str, values: dict[str, str], message: Mapping[str, Any]) -> dict[str, str]:
        """Take over the fields that a view changed, unless a later change of the same view is here already.

        Parameters
        ----------
        name
            The form.
        values
            Its values, which are brought up to date.
        message
            What the view has sent: all its `values`, and as `touched` the fields it changed, each with a number that
            grows.

        Returns
        -------
        dict of str to str
            What was taken over.
        """
        for field, value in message["values"].items():
            values.setdefault(field, storable(str(value)))
        changed = {}
        for field, sequence in message["touched"].items():
            place = (name, message["view"], field)
            if self._sequences.get(place, -1) <= sequence:
                self._sequences[place] = sequence
                changed[field] = values[field] = storable(str(message["values"][field]))
        return changed
