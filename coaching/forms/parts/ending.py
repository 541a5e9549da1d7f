"""The end of a session that is closed: a still card, the plan as its reader will see it, and a last quiet line."""

from collections.abc import Mapping
from typing import Any

from coaching.forms.engine.blocks import Block, act, page, prose, section
from coaching.forms.parts.closing import next_day
from coaching.forms.parts.old_words import said_once
from coaching.i18n import say
from coaching.l10n import in_words
from coaching.metrics.mission.statements import versions
from coaching.model.rows import EntryRows
from coaching.model.vocabulary import Kind, Side, Visibility
from coaching.text import is_blank
from coaching.workbook.context import Context, Records

LOOK, OWN, TAKE, BACK = "look_at_plan", "own_copy", "take_plan", "back_to_card"
LOCK, DONE = "lock", "done"


def card(context: Context, records: Records, own_copy: str) -> list[Block]:
    """Return the card: their sentence, what was promised today, a line of the past, and what can be done now.

    Parameters
    ----------
    context
        What is known of the session.
    records
        What the session says. What is private to one of the two is not on the card, which both look at.
    own_copy
        What the button is called that gives the coachee their own copy; without a name there is none.
    """
    statement = _statement(context, records)
    promises = [prose(words, tone="promise") for words in _promises(context, records)]
    acts = [
        act(LOOK, _give(context)),
        *([act(OWN, own_copy, quiet=True)] if own_copy else []),
        act(LOCK, say("Lock"), quiet=True),
        act(DONE, say("Done"), quiet=True),
    ]
    said_last = [prose(statement, tone="statement")] if statement else []
    return [section("", [*said_last, *promises, *said_once(context, records), next_day(), *acts])]


def plan(context: Context, html: str, choices: list[Block]) -> list[Block]:
    """Return the plan as its reader will see it, with what can be chosen before it is taken along."""
    hint = say(
        "This is the page as it will be read. It goes to your browser’s downloads, and is then noted as handed out."
    )
    acts = [act(TAKE, say("Download it")), act(BACK, say("Back"), quiet=True)]
    return [section(_give(context), [page(say("The plan"), html), *choices, *acts], hint=hint)]


def own(title: str, asked: list[Block]) -> list[Block]:
    """Return what is asked before the coachee's own copy is written."""
    return [section(title, [*asked, act(BACK, say("Back"), quiet=True)])]


def last_line() -> list[Block]:
    """Return what stands there when all is done."""
    return [section("", [prose(say("Kept. You may close this page."), tone="statement")])]


def _give(context: Context) -> str:
    own = context.holder is Side.COACHEE
    return say("Take your plan along") if own else say("Give {name} the plan", name=context.coachee.name)


def _statement(context: Context, records: Records) -> str | None:
    """Return the mission statement in force at the end of the session."""
    today = [
        record for record in _readable(records, Kind.MISSION) if record["confirmed"] and not is_blank(record["text"])
    ]
    if today:
        return str(today[-1]["text"])
    earlier = EntryRows(entry for entry in context.earlier.values() if entry.visibility is not Visibility.PRIVATE)
    before = versions(earlier, context.held_on)
    return before[-1].text if before else None


def _promises(context: Context, records: Records) -> list[str]:
    """Return what was promised in this session, the coach's own first."""
    items = [item for item in _readable(records, Kind.ITEM) if item["id"] not in context.earlier]
    whole = [item for item in items if item["owner"] and item["by"] and not is_blank(item["what"])]
    return [_promise(context, item) for item in sorted(whole, key=lambda item: item["owner"] != Side.COACH)]


def _promise(context: Context, item: Mapping[str, Any]) -> str:
    what = " ".join(item["what"].split()).rstrip(".")
    day, owner = in_words(item["by"], context.held_on), Side(item["owner"])
    if owner is context.holder:
        return say("You promised: {what}, by {day}.", what=what, day=day)
    return say("{name} promised: {what}, by {day}.", name=context.party(owner).name, what=what, day=day)


def _readable(records: Records, kind: Kind) -> list[Mapping[str, Any]]:
    return [one for one in records.values() if one and one["kind"] == kind and one["visibility"] != Visibility.PRIVATE]
