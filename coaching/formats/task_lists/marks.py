"""The marks in the words of a task, as Obsidian Tasks, Dataview and plain lists write them.

Sources: the formats "Tasks Emoji Format" and "Dataview Format" of the documentation of Obsidian Tasks.
"""

from dataclasses import dataclass, field
from datetime import date
from re import IGNORECASE, Match
from re import compile as pattern

from coaching.formats.task_lists.dates import day_in
from coaching.formats.task_lists.task import even

_SIGNS = {
    **dict.fromkeys("📅📆🗓", "due"),
    **dict.fromkeys("⏳⌛", "scheduled"),
    "🛫": "start",
    "➕": "created",
    "✅": "done",
    "❌": "cancelled",
}
_NAMES = {
    **dict.fromkeys(("due", "fällig"), "due"),
    **dict.fromkeys(("done", "completion", "completed", "erledigt"), "done"),
    **dict.fromkeys(("cancelled", "canceled", "abgebrochen"), "cancelled"),
    **dict.fromkeys(("created", "agreed", "erstellt", "vereinbart"), "created"),
    "scheduled": "scheduled",
    "start": "start",
}
_OF_THE_TOOL = frozenset({"priority", "id", "dependson", "oncompletion"})
_DIGITS = r"[0-9][0-9./-]*(?:T[0-9:]*)?"
_SIGN = pattern(f"([{''.join(_SIGNS)}])\ufe0f?[ ]*({_DIGITS})?")
_FIELD = pattern(r"[\[(][ ]?([A-Za-zä]{1,20})[ ]?::[ ]?([^\[\]()]{0,60})[\])]")
_PLAIN = pattern(rf"(?<![\w:])({'|'.join(_NAMES)}):[ ]?({_DIGITS})", IGNORECASE)
_UNDATED = pattern(r"(?<![\w:])(?:due|fällig):\S", IGNORECASE)
_REPEATS = pattern("🔁\ufe0f?[ ]*(?:every[A-Za-z0-9, !]*)?")
_REFERENCE = pattern(
    "[🆔⛔🏁]\ufe0f?[ ]*[A-Za-z0-9_,-]*|[🔺⏫🔼🔽⏬]\ufe0f?|(?<![^ ])#task(?![^ ])|(?<= )\\^[A-Za-z0-9-]+$"
)


@dataclass
class Marks:
    """What the marks of a line say.

    Attributes
    ----------
    words
        The line without them.
    days
        By what they are of: due, scheduled, start, created, done, cancelled.
    unclear
        The names of the marks that no day of the calendar follows; what is no number either stays in the words.
    repeats
        Whether it comes again and again.
    """

    words: str
    days: dict[str, date] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)
    repeats: bool = False


def marks(line: str) -> Marks:
    """Return what the marks in a line say, and the line without them.

    Examples
    --------
    >>> found = marks("Book a room 📅 2026-03-11 [created:: 2026-03-04]")
    >>> found.words, found.days["due"].day, found.days["created"].day
    ('Book a room', 11, 4)
    """
    result = Marks(even(line))
    result.words, repeated = _REPEATS.subn(" ", result.words)
    result.repeats = bool(repeated)
    for rule in (_FIELD, _SIGN, _PLAIN):
        result.words = even(rule.sub(lambda match: _taken(match, result), result.words))
    result.words = even(_REFERENCE.sub(" ", result.words))
    if _UNDATED.search(result.words) and "due" not in result.unclear:
        result.unclear.append("due")
    return result


def _taken(match: Match[str], result: Marks) -> str:
    """Return what stays of a mark in the words: nothing if it is understood."""
    name, value = match[1], match[2] or ""
    if name.casefold() in _OF_THE_TOOL:
        return " "
    if name.casefold() == "repeat":
        result.repeats = True
        return " "
    of = _SIGNS.get(name) or _NAMES.get(name.casefold())
    if of is None:
        return match[0]
    day = day_in(value.split("T")[0].rstrip("./-"))
    if day is None:
        if of not in result.unclear and (value or of == "due"):  # a ✅ alone is an ornament
            result.unclear.append(of)
        return " " if value[:1].isdigit() else match[0]
    result.days.setdefault(of, day)
    return " "
