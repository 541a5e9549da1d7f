"""The action items as a table for spreadsheets: what people typed stays text there, and is never a formula."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from coaching.metrics.promises.experiments import Experiment, experiments
from coaching.metrics.promises.items import item_rows
from coaching.model.sharing import Shared
from coaching.text import visible

#: The columns, in their order.
COLUMNS: Final = (
    "id",
    "label",
    "what",
    "who",
    "side",
    "by",
    "state",
    "agreed on",
    "first agreed by",
    "times moved",
    "closed on",
    "if-then",
    "obstacle",
    "becoming",
    "dream",
    "visibility",
    "type",
    "what it showed",
)
_STATES: Final = {"let_go": "let go"}
#: What an experiment is in the column `type`; whoever reads the table again passes it over.
EXPERIMENT: Final = "experiment"
#: What a spreadsheet may read as the beginning of a formula, or of one that it makes of a full-width sign.
_BEGINS_A_FORMULA: Final = frozenset("=+-@＝＋－＠\t\r")
_NEUTRAL: Final = "'"


def write(shared: Shared, asof: date) -> str:
    """Return the action items that an audience may read as CSV, one row each, as they stood on a day.

    It begins with a byte order mark, by which spreadsheets know UTF-8; every cell is quoted, so that one that takes
    the comma for a letter cannot cut a cell in two; lines end as RFC 4180 says. See FORMATS.md for the columns.

    Parameters
    ----------
    shared
        What the audience may read, each entry in its current state.
    asof
        The day of which `by` and `state` speak; items of later days are left out.
    """
    entries = shared.known_on(asof)
    states = [*item_rows(shared.frames, asof), *(_state(one) for one in experiments(shared.frames, asof))]
    states = [state for state in states if state["id"] in entries]
    shared.count_items({state["id"] for state in states}, asof)
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writeheader()
    table.writerows(_row(state, shared, entries) for state in states)
    return "\ufeff" + text.getvalue()


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet reads as a formula: where it might, an apostrophe is put in front.

    An apostrophe that stands before what looks like a formula already gets one more; so taking one away wherever
    there is one before what looks like a formula gives back what was typed.

    Examples
    --------
    >>> neutral("=1+1"), neutral("'=1+1"), neutral("'twas 1+1")
    ("'=1+1", "''=1+1", "'twas 1+1")
    """
    rest = cell.lstrip(_NEUTRAL)
    begins = next((sign for sign in rest if sign.isprintable() and not sign.isspace() and sign != _NEUTRAL), "")
    return _NEUTRAL + cell if {begins, rest[:1]} & _BEGINS_A_FORMULA else cell


def _state(experiment: Experiment) -> dict[str, Any]:
    """Return how an experiment stands, in the fields of `item_rows`: it has no day of being done, and none moved."""
    ended = "let_go" if experiment.is_let_go else "showed"
    return {
        "id": experiment.id,
        "person": experiment.person,
        "owner": experiment.owner,
        "owner_name": None,
        "due": experiment.by,
        "state": ended if experiment.is_over else "open",
        "agreed": experiment.begun_on,
        "due_first": None,
        "due_moves": None,
        "closed_on": experiment.ended_on,
        "showed": "\n".join(experiment.showed),
    }


def _row(state: Mapping[Any, Any], shared: Shared, entries: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    item = entries[state["id"]]
    name = shared.show(shared.by_id.get(state["person"], {}), "name")
    dream = entries.get(item.get("dream", ""), {})
    cells = {
        "id": item["id"],
        "label": shared.show(item, "label"),
        "what": shared.show(item, "what"),
        "who": state["owner_name"] or name or state["owner"],
        "side": state["owner"],
        "by": state["due"],
        "state": _STATES.get(state["state"], state["state"]),
        "agreed on": state["agreed"],
        "first agreed by": state["due_first"],
        "times moved": state["due_moves"],
        "closed on": state["closed_on"],
        "if-then": shared.show(item, "if_then"),
        "obstacle": shared.show(item, "obstacle"),
        "becoming": shared.show(entries.get(item.get("becoming", ""), {}), "text"),
        "dream": shared.show(dream, "title") or shared.show(dream, "text"),
        "visibility": item["visibility"],
        "type": EXPERIMENT if "showed" in state else None,
        "what it showed": state.get("showed"),
    }
    return {name: neutral(_text(value)) for name, value in cells.items()}


def _text(value: Any) -> str:
    return "" if value is None else visible(str(value))
