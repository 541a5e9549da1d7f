"""What the coachee can lean on: strengths, and the people besides the coach on whom they can count."""

from collections.abc import Iterator
from typing import TypeVar

from coaching.forms.engine.blocks import BETWEEN_US, OTHERS_TOO, Block, choice, equals, flag, fold, rows, text, worded
from coaching.forms.engine.values import rows_in, said
from coaching.i18n import say
from coaching.model.entries import Strength, Supporter
from coaching.model.vocabulary import Side, Visibility
from coaching.workbook.context import Context, Records, Values

_STRENGTH, _SUPPORTER = "strength", "supporter"
S = TypeVar("S", Strength, Supporter)


def strengths(context: Context) -> Block:
    """Return the place where strengths are written, by the coachee or, with their yes, by the coach."""
    name = context.coachee.name
    by_coach = [equals(".author", Side.COACH.value)]
    fields = [
        text("text", say("What {name} can lean on", name=name), seen=worded([BETWEEN_US, OTHERS_TOO])),
        choice("author", say("Who says so?"), [(Side.COACHEE.value, name), (Side.COACH.value, context.coach.name)]),
        flag("confirmed", say("{name} says yes to it", name=name), when=by_coach),
    ]
    lines = rows(_STRENGTH, say("Strength"), fields, add=say("Write down a strength"))
    return fold(say("What {name} can lean on", name=name), [lines], name="strengths")


def strength_values(context: Context) -> dict[str, str]:
    """Return the strengths that were written down so far, as the fields show them."""
    values: dict[str, str] = {}
    for strength in _known(Strength, context):
        start = f"{_STRENGTH}.{strength.id}"
        values |= {f"{start}.text": strength.text or "", f"{start}.text:seen": strength.visibility.value}
        values |= {f"{start}.author": strength.author.value, f"{start}.confirmed": _ticked(strength)}
    return values


def strength_records(context: Context, values: Values) -> Records:
    """Return the strengths that the form names; one that was removed, or has no words left, is none any more."""
    records: Records = {}
    for key, fields in rows_in(values, _STRENGTH).items():
        words = None if fields.get("removed") else said(fields, "text")
        author = Side(fields.get("author") or Side.COACHEE)
        confirmed = bool(fields.get("confirmed")) if author is Side.COACH else None
        visibility = fields.get("text:seen") or Visibility.PAIR
        say_now = {"author": author, "visibility": visibility, "text": words, "confirmed": confirmed}
        records[key] = _base(Strength, context, key) | say_now if words else None
    return records


def supporters(context: Context) -> Block:
    """Return the place where the people are named on whom the coachee can count."""
    name = context.coachee.name
    fields = [text("name", say("Who")), text("text", say("For what"), seen=worded([BETWEEN_US, OTHERS_TOO]))]
    lines = rows(_SUPPORTER, say("Supporter"), fields, add=say("Name somebody"))
    return fold(say("On whom else {name} can count", name=name), [lines], name="supporters")


def supporter_values(context: Context) -> dict[str, str]:
    """Return the people that were named so far, as the fields show them."""
    values: dict[str, str] = {}
    for supporter in _known(Supporter, context):
        start = f"{_SUPPORTER}.{supporter.id}"
        values |= {f"{start}.name": supporter.name or "", f"{start}.text": supporter.text or ""}
        values[f"{start}.text:seen"] = supporter.visibility.value
    return values


def supporter_records(context: Context, values: Values) -> Records:
    """Return the people that the form names; one that was removed, or has no words left, is none any more."""
    records: Records = {}
    for key, fields in rows_in(values, _SUPPORTER).items():
        name, words = said(fields, "name"), said(fields, "text")
        visibility = fields.get("text:seen") or Visibility.PAIR
        is_there = not fields.get("removed") and (name or words)
        say_now = {"visibility": visibility, "name": name, "text": words}
        records[key] = _base(Supporter, context, key) | say_now if is_there else None
    return records


def _base(model: type[Strength | Supporter], context: Context, key: str) -> dict[str, object]:
    """Return what an entry says besides its words: as it stood before the session, or of this session."""
    earlier = context.earlier.get(key)
    return earlier.content() if earlier else context.record(model, key, Side.COACHEE)


def _known(model: type[S], context: Context) -> Iterator[S]:
    """Give the entries that may be shown while both look on: what is private to one of the two is not among them."""
    entries = [entry for entry in (*context.earlier.values(), *context.own) if isinstance(entry, model)]
    shown = (entry for entry in entries if entry.visibility is not Visibility.PRIVATE)
    return iter(sorted(shown, key=lambda entry: (entry.held_on is not None, entry.held_on, entry.id)))


def _ticked(strength: Strength) -> str:
    return "true" if strength.confirmed else ""
