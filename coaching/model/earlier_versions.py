"""What earlier versions wrote, as this version says it: in records, and in tables."""

from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

#: What was told of a dream later, and named it in the column `dream`; it is a line of progress now, as of any thread.
_DREAM_EVENT: Final = "dream_event"


def renewed(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a record as this version writes it.

    Examples
    --------
    >>> renewed({"kind": "dream_event", "dream": "D", "text": "The sea was calm."})
    {'kind': 'progress', 'text': 'The sea was calm.', 'about': 'D'}
    """
    if record.get("kind") != _DREAM_EVENT:
        return record
    fields = {name: value for name, value in record.items() if name != "dream"} | {"kind": "progress"}
    return fields | ({"about": record["dream"]} if "dream" in record else {})


def renewed_rows(table: pa.Table) -> pa.Table:
    """Return a table of entries with its rows as this version writes them; the order of the columns may change."""
    if _DREAM_EVENT not in table.column("kind").unique().to_pylist():  # to compare with a text, Arrow imports pandas
        return table
    is_earlier = pc.equal(table.column("kind"), _DREAM_EVENT)
    kind = pc.if_else(is_earlier, "progress", table.column("kind"))
    if "dream" not in table.column_names:
        return table.drop_columns(["kind"]).append_column("kind", kind)
    nothing = pa.scalar(None, pa.string())
    dream = pc.if_else(is_earlier, nothing, table.column("dream"))
    present = table.column("about") if "about" in table.column_names else nothing
    about = pc.if_else(is_earlier, table.column("dream"), present)
    others = table.drop_columns([name for name in ("kind", "dream", "about") if name in table.column_names])
    return others.append_column("kind", kind).append_column("dream", dream).append_column("about", about)
