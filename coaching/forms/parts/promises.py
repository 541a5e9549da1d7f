"""The action items that are open when a session begins."""

from typing import Any

from coaching.workbook.context import Context


def open_items(context: Context) -> list[dict[str, Any]]:
    """Return the open action items, the one due first in front (see `item_rows`)."""
    return sorted((item for item in context.items if item["state"] == "open"), key=lambda item: item["due"])


def is_due(item: dict[str, Any], context: Context) -> bool:
    """Tell whether an open action item is due by the day of the session."""
    return bool(item["due"] <= context.held_on)


def owners_of_due(context: Context) -> set[str]:
    """Return who has promised something that is due by the day of the session."""
    return {item["owner"] for item in open_items(context) if is_due(item, context)}
