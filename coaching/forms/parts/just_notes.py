"""Just notes: a session as one text, whose lines become dreams, goals and promises afterwards, by one key each."""

import re
from collections.abc import Mapping

from coaching.days import read_day
from coaching.forms.engine.blocks import Block, fold, sorting
from coaching.forms.parts.notes import NoteField
from coaching.i18n import say, to_say
from coaching.model.vocabulary import Segment, Side, Topic
from coaching.text import is_blank
from coaching.workbook.context import Context, Values

#: What the buttons begin with that each make something of one line: ``sort:dream:2``.
SORT = "sort:"
NOTES = NoteField("notes", Segment.OPENING, Topic.NOTES, Side.COACH, to_say("Notes"), rows=6)
#: What stands between what, who and by when.
_DASH = re.compile(r"\s+[—–-]+\s+")
_WHAT_WHO_WHEN = 3


def just_notes(context: Context) -> Block:
    """Return the field for notes, and what makes something of its lines; folded until somebody writes in it."""
    kinds = [("dream", say("dream")), ("goal", say("goal")), ("promise", say("promise"))]
    return fold(
        say("Just notes"),
        [NOTES.block(context), fold(say("Sort them, line by line"), [sorting(NOTES.name, SORT, kinds)], name="sort")],
        name="just notes",
    )


def sorted_line(
    context: Context | None, act: str | None, values: Mapping[str, Values], row: str
) -> dict[str, dict[str, str]]:
    """Return what changes, by form and field, when a button makes something of a line; its words leave the notes.

    Parameters
    ----------
    context
        What is known of the session.
    act
        The button.
    values
        The values of each form, by its name.
    row
        Id of the row that a dream or a promise becomes.
    """
    kind, _, place = (act or "").removeprefix(SORT).partition(":")
    lines = values[Segment.OPENING].get(NOTES.name, "").split("\n")
    if context is None or not (act or "").startswith(SORT) or not place.isdecimal() or int(place) >= len(lines):
        return {}
    line = lines.pop(int(place)).strip()
    made = _made(context, kind, line, row, values)
    if is_blank(line) or made is None:
        return {}
    form, fields = made
    return {Segment.OPENING.value: {NOTES.name: "\n".join(lines)}, form: fields}


def _made(
    context: Context, kind: str, line: str, row: str, values: Mapping[str, Values]
) -> tuple[str, dict[str, str]] | None:
    """Return the form in which a line goes on, and its fields there."""
    match kind:
        case "dream":
            return Segment.DREAMS.value, {f"dream.{row}.title": line}
        case "goal":
            before = values[Segment.YOURSELF].get("coachee_goal", "")
            return Segment.YOURSELF.value, {"coachee_goal": f"{before}\n{line}".strip()}
        case "promise":
            fields = _promise(context, line)
            return Segment.WHO_WHAT_WHEN.value, {f"item.{row}.{name}": value for name, value in fields.items()}
    return None


def _promise(context: Context, line: str) -> dict[str, str]:
    """Return the fields of a promise: what, and who and by when if they stand behind it between dashes.

    What cannot be read so stays with the words.
    """
    parts = _DASH.split(line)
    names = {side: context.party(side).name.casefold() for side in Side}
    if len(parts) < _WHAT_WHO_WHEN:
        return {"what": line}
    *what, who, when = parts
    owner = next((side.value for side, name in names.items() if who.strip().casefold() == name), None)
    by = read_day(when, context.held_on)
    if owner is None or by is None:
        return {"what": line}
    return {"what": " – ".join(what), "owner": owner, "by": by.isoformat()}
