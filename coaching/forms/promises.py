"""The action items that are open when a session begins."""

from collections.abc import Iterator
from typing import Any

from coaching.forms.context import Context


def open_items(context: Context) -> Iterator[dict[str, Any]]:
    """Return the open action items, the one due first in front, as plain records (see `item_states`)."""
    found = context.items.loc[context.items["state"] == "open"].sort_values("due", kind="stable")
    for item in found.to_dict("records"):
        yield {str(name): value for name, value in item.items()}


def is_due(item: dict[str, Any], context: Context) -> bool:
    """Tell whether an open action item is due by the day of the session."""
    return bool(item["due"].date() <= context.held_on)
