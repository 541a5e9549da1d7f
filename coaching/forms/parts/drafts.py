"""What was written down and never promised: the part that is missing is asked, or it is let go."""

from collections.abc import Mapping
from typing import Any, Final

from coaching.forms.engine.blocks import Block, choice, day, equals, fold, folded_lines, outcomes, pick, shortened
from coaching.forms.engine.values import day_or_none, rows_in, said
from coaching.i18n import say, say_counted
from coaching.model.entries import Item, ItemEvent
from coaching.model.vocabulary import ItemEventKind, Side, Visibility
from coaching.text import is_blank
from coaching.workbook.context import Context, Records, Values

_ROW: Final = "draft"
_PROMISED: Final = ItemEventKind.AGREED.value
_LET_GO: Final = ItemEventKind.LET_GO.value
_IN_SIGHT: Final = 20


def drafts(context: Context) -> list[Item]:
    """Return the drafts of earlier sessions, and of lists, that say what and that both may read."""
    lying = [item["id"] for item in context.items if item["state"] == "draft" and item["closed_on"] is None]
    entries = [entry for identity in lying if isinstance(entry := context.earlier.get(identity), Item)]
    return [one for one in entries if not is_blank(one.what) and one.visibility is not Visibility.PRIVATE]


def draft_lines(context: Context) -> Block | None:
    """Return a fold with a line for each draft; nothing where there is none."""
    lines = [(draft.id, shortened(draft.what or "")) for draft in drafts(context)]
    if not lines:
        return None
    promised = [equals(".answer", _PROMISED)]
    owners = [(side.value, context.party(side).name) for side in (Side.COACHEE, Side.COACH)]
    asked = [(_PROMISED, say("promise it")), (_LET_GO, say("let go"))]
    block = outcomes(
        _ROW,
        choice("answer", say("Does it still matter?"), asked),
        [pick("owner", say("Who"), [("", say("who …")), *owners], when=promised), day("by", say("By"), when=promised)],
        fixed=lines[:_IN_SIGHT],
        asks={_PROMISED: "owner"},
        others=folded_lines(lines[_IN_SIGHT:], title=say("{count} more", count=len(lines[_IN_SIGHT:]))),
    )
    title = say_counted("{count} draft: not promised yet", "{count} drafts: not promised yet", len(lines))
    return fold(title, [block], name=_ROW)


def draft_values(context: Context) -> dict[str, str]:
    """Return what is known of who and when, and which drafts were let go in the session."""
    values: dict[str, str] = {}
    for draft in drafts(context):
        start = f"{_ROW}.{draft.id}"
        values |= {f"{start}.owner": draft.owner} if draft.owner else {}
        values |= {f"{start}.by": draft.by.isoformat()} if draft.by else {}
        if context.first(ItemEvent, item=draft.id, event=ItemEventKind.LET_GO):
            values[f"{start}.answer"] = _LET_GO
    return values


def draft_records(context: Context, values: Values, towards: str | None) -> Records:
    """Return what became of drafts: one that is promised is an action item of this session.

    Parameters
    ----------
    context
        What is known of the session.
    values
        The values of the form.
    towards
        The becoming that what is promised today serves.
    """
    told, records = rows_in(values, _ROW), {}
    for draft in drafts(context):
        fields = told.get(draft.id, {})
        let_go = context.identity(ItemEvent, draft.id, _LET_GO, item=draft.id, event=ItemEventKind.LET_GO)
        happened = {"item": draft.id, "event": ItemEventKind.LET_GO}
        goes = fields.get("answer") == _LET_GO
        author, visibility = draft.author, draft.visibility
        records[let_go] = context.record(ItemEvent, let_go, author, visibility, **happened) if goes else None
        if fields.get("answer") == _PROMISED:
            records |= _promised(context, draft, fields, towards)
    return records


def undecided_drafts(context: Context, values: Values) -> dict[str, str]:
    """Return what is missing of drafts that are to be promised, by field."""
    told = rows_in(values, _ROW)
    missing = {"owner": say("Without a who it stays a draft."), "by": say("Without a day it stays a draft.")}
    return {
        f"{_ROW}.{draft.id}.{name}": words
        for draft in drafts(context)
        if (fields := told.get(draft.id, {})).get("answer") == _PROMISED
        for name, words in missing.items()
        if not said(fields, name)
    }


def _promised(context: Context, draft: Item, fields: Mapping[str, str], towards: str | None) -> Records:
    owner, by = Side(fields["owner"]) if fields.get("owner") else None, day_or_none(fields.get("by"))
    author = owner or draft.author
    agreed: dict[str, Any] = {"item": draft.id, "event": ItemEventKind.AGREED}
    event = context.identity(ItemEvent, draft.id, ItemEventKind.AGREED, **agreed)
    person = context.party(owner).id if owner else None
    item = context.record(
        Item, draft.id, author, draft.visibility, owner=owner, person=person, by=by, becoming=towards or draft.becoming
    )
    happened = context.record(ItemEvent, event, author, draft.visibility, **agreed, due_to=by)
    return {draft.id: draft.content() | item, event: happened if owner and by else None}
