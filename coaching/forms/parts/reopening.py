"""Promises that ended lately: one is open again where it was not done after all, or matters still."""

from typing import Any, Final

from coaching.forms.engine.blocks import Block, choice, day, equals, fold, folded_lines, outcomes, text
from coaching.forms.engine.values import day_or_none, rows_in, said
from coaching.i18n import say, say_counted
from coaching.metrics.timeline import sessions_held
from coaching.model.entries import ItemEvent
from coaching.model.vocabulary import ItemEventKind, Side
from coaching.text import is_blank
from coaching.workbook.context import Context, Records, Values

_ROW: Final = "ended"
_EVENT: Final = ItemEventKind.REOPENED
#: So many sessions back a promise has ended lately.
_SESSIONS: Final = 2
_IN_SIGHT: Final = 20


def reopening(context: Context) -> Block | None:
    """Return a fold with a line for each promise that ended lately; nothing where there is none."""
    items = _ended_lately(context)
    if not items:
        return None
    again = [equals(".answer", _EVENT.value)]
    lines = [(item["id"], item["what"]) for item in items]
    asked = choice("answer", say("Is it still so?"), [(_EVENT.value, say("it is open again"))])
    fields = [day("due", say("A new day, if you agree on one"), when=again), text("text", say("Why"), when=again)]
    others = folded_lines(lines[_IN_SIGHT:], title=say("{count} more", count=len(lines[_IN_SIGHT:])))
    block = outcomes(_ROW, asked, fields, fixed=lines[:_IN_SIGHT], asks={_EVENT.value: "due"}, others=others)
    return fold(
        say_counted("{count} promise that ended lately", "{count} promises that ended lately", len(lines)),
        [block],
        name="ended",
    )


def reopening_values(context: Context) -> dict[str, str]:
    """Return which promises were opened again in the session, as the lines show it."""
    values: dict[str, str] = {}
    for event in context.owned(ItemEvent, event=_EVENT):
        start = f"{_ROW}.{event.item}"
        values |= {f"{start}.answer": _EVENT.value, f"{start}.text": event.text or ""}
        values[f"{start}.due"] = event.due_to.isoformat() if event.due_to else ""
    return values


def reopening_records(context: Context, values: Values) -> Records:
    """Return that promises are open again, where the lines say so."""
    records: Records = {}
    items = {item["id"]: item for item in context.items}
    for key, fields in rows_in(values, _ROW).items():
        if key not in items or not items[key]["owner"]:
            continue
        identity = context.identity(ItemEvent, key, _EVENT, item=key, event=_EVENT)
        records[identity] = None
        if fields.get("answer"):
            happened: dict[str, Any] = {"item": key, "event": _EVENT, "text": said(fields, "text")}
            happened["due_to"] = day_or_none(fields.get("due"))
            records[identity] = context.record(ItemEvent, identity, Side(items[key]["owner"]), **happened)
    return records


def _ended_lately(context: Context) -> list[dict[str, Any]]:
    held = [session.moment.day for session in sessions_held(context.before, context.held_on)][-_SESSIONS:]
    return [
        item
        for item in context.items
        if item["state"] in {"done", "let_go"}
        and held
        and item["closed_on"]
        and item["closed_on"] >= held[0]
        and item["owner"]
        and not is_blank(item["what"])
    ]
