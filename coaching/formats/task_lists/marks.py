"""The marks in the words of a task, as Obsidian Tasks, Dataview, Logseq and plain lists write them.

Sources: the formats "Tasks Emoji Format" and "Dataview Format" of the documentation of Obsidian Tasks; the notation of
Logseq for planning and for its log book, which is org's.
"""

from dataclasses import dataclass, field
from datetime import date
from re import IGNORECASE, Match, Pattern
from re import compile as pattern

from coaching.formats.task_lists.dates import day_at, day_in
from coaching.formats.task_lists.words import even

_SIGNS = {
    **dict.fromkeys("📅📆🗓", "due"),
    **dict.fromkeys("⏳⌛", "scheduled"),
    "🛫": "start",
    "➕": "created",
    "✅": "done",
    "❌": "cancelled",
}
_NAMES = {
    **dict.fromkeys(("due", "fällig", "faellig", "by", "bis", "deadline"), "due"),
    **dict.fromkeys(("done", "completion", "completed", "erledigt"), "done"),
    **dict.fromkeys(("cancelled", "canceled", "abgebrochen"), "cancelled"),
    **dict.fromkeys(("created", "agreed", "erstellt", "vereinbart"), "created"),
    "scheduled": "scheduled",
    "start": "start",
}
#: Of these, words that are no day are words: "by: bus".
_MAY_BE_WORDS = frozenset({"by", "bis", "deadline", "done", "completed", "start", "created", "agreed", "erledigt"})
_OF_THE_TOOL = frozenset({"priority", "id", "dependson", "oncompletion"})
_OWNER_FIELDS = frozenset({"owner", "assignee", "who", "wer", "verantwortlich"})
_SIGN = pattern(f"([{''.join(_SIGNS)}])\ufe0f?[ ]*")
_FIELD = pattern(r"[\[(][ ]?([A-Za-zäöü]{1,20})[ ]?::[ ]?([^\[\]()]{0,60})[\])]")
_OPEN_FIELD = pattern(r"(?<!\S)([A-Za-zäöü]{1,20})::[ ]?(.{0,60}?)(?=$| [A-Za-z-]{1,30}::)")
_PLAIN = pattern(rf"(?<![\w:])({'|'.join(sorted(_NAMES, key=len, reverse=True))}):[ ]?(?=\S)", IGNORECASE)
_LINKED = pattern(r"\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
#: Of Kanban boards, of reminders and of TaskPaper: ``@{2026-03-11}``, ``(@2026-03-11)``, ``@due(2026-03-11)``.
_AT = pattern(r"(?<!\S)@(?:([a-z]{2,10})\(([^()]{0,60})\)|\{([^{}]{0,60})\})|\(@([^()@]{0,60})\)")
#: A day that is due without a colon: "due 2026-03-11", "(by March 11, 2026)", "fällig am 11.03.2026".
_IN_WORDS = pattern(
    r"(?<![\w:])\(?(?:due|deadline|by|fällig|faellig|bis)(?: (?:on|by|am|zum))?[ =]+(?=[^\W_])", IGNORECASE
)
_SPAN = pattern(r"(?<!\w)(?:from|since|vom|von|seit|between|zwischen)(?!\w)|[0-9]\.?$", IGNORECASE)
_PLANNING = pattern(r"(SCHEDULED|DEADLINE|CLOSED):[ ]?[<\[]([0-9]{4}-[0-9]{2}-[0-9]{2})([^<>\[\]]{0,40})[>\]]")
_OF_PLANNING = {"SCHEDULED": "scheduled", "DEADLINE": "due", "CLOSED": "done"}
_LOG_BOOK = pattern(
    r":LOGBOOK:.*?(?::END:|$)|(?<!\S)(?:id|collapsed|heading|template|background-color|(?:created|updated)-at"
    r"|(?:hl|ls|query|logseq)[-.][a-z.-]+)::[ ]?\S{1,80}(?!\S)"
)
_REPEATS = pattern("🔁\ufe0f?[ ]*(?:every[A-Za-z0-9, !]*)?")
_REFERENCE = pattern(
    "[🆔⛔]\ufe0f?[ ]*[A-Za-z0-9_,-]+(?= *$| +[^\\w\\s])|🏁\ufe0f?[ ]*(?:delete|keep)(?!\\w)"
    "|[🔺⏫🔼🔽⏬]\ufe0f?|(?<![^ ])#task(?![^ ])|(?<= )\\^[A-Za-z0-9-]+$"
    "|(?<!\\S)\\[#[A-Z]\\](?!\\S)"
)
_OWN = pattern("🆔\ufe0f?[ ]*(c[0-9a-z]{12})(?![0-9a-z])")
_DANGLING = pattern(r"(?:\s[-–—|·]|[,;])$|[(\[{]\s*[)\]}]|\s(?=[.!?,;:]+$)")
_SIGNS_OF_REFERENCES = frozenset("🆔⛔🏁🔺⏫🔼🔽⏬#^[")
_SIGNS_OF_MARKS = _SIGNS_OF_REFERENCES | frozenset("0123456789@📅📆🗓⏳⌛🛫➕✅❌🔁🆔⛔🏁🔺⏫🔼🔽⏬:#^")


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
        The names of the marks that no day of the calendar follows; what follows them stays in the words.
    repeats
        Whether it comes again and again.
    owner
        Whom a field of Dataview names as the owner.
    own
        The id that a file written by this program gives the line.
    """

    words: str
    days: dict[str, date] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)
    repeats: bool = False
    owner: str = ""
    own: str = ""


def marks(line: str) -> Marks:
    """Return what the marks in a line say, and the line without them.

    Examples
    --------
    >>> found = marks("Book a room 📅 2026-03-11 [created:: 2026-03-04]")
    >>> found.words, found.days["due"].day, found.days["created"].day
    ('Book a room', 11, 4)
    """
    result = Marks(even(line))
    signs = _SIGNS_OF_MARKS.intersection(result.words)
    if not signs:
        return result
    if "🆔" in signs and (own := list(_OWN.finditer(result.words))):
        # What a file of this program says stands behind the mark; before it, all are people's words.
        result.own = own[-1][1]
        behind = marks(result.words[own[-1].end() :])
        behind.own, behind.words = result.own, even(f"{result.words[: own[-1].start()]} {behind.words}")
        return behind
    if "🔁" in signs:
        result.words, result.repeats = _REPEATS.sub(" ", result.words), True
    has_names = ":" in signs
    if has_names:
        _take_fields(result)
    if "@" in signs:
        result.words = _AT.sub(lambda match: _said_at(match, result), result.words)
    for rule in (_SIGN, _PLAIN) if has_names else (_SIGN,):
        result.words = even(_dated(rule, result))
    if "due" not in result.days:
        _take_day_in_words(result)
    if not _SIGNS_OF_REFERENCES.isdisjoint(signs):
        result.words = even(_REFERENCE.sub(" ", result.words))
    if result.days:
        result.words = even(_DANGLING.sub("", result.words))
    return result


def _take_fields(result: Marks) -> None:
    result.words = _LOG_BOOK.sub(" ", result.words)
    result.words = _PLANNING.sub(lambda match: _planned(match, result), result.words)
    for field_of in (_FIELD, _OPEN_FIELD):
        result.words = field_of.sub(lambda match: _filled(match, result), result.words)


def _planned(match: Match[str], result: Marks) -> str:
    day = day_in(match[2])
    if day is None:
        return match[0]
    result.days.setdefault(_OF_PLANNING[match[1]], day)
    result.repeats = result.repeats or bool(pattern(r"\+[0-9]").search(match[3]))
    return " "


def _filled(match: Match[str], result: Marks) -> str:
    """Return what stays of a field of Dataview in the words: nothing if it is understood."""
    name, value = match[1].casefold(), match[2]
    if name in _OWNER_FIELDS:
        result.owner = result.owner or value.strip()
        return " "
    if name in _OF_THE_TOOL or name == "repeat":
        result.repeats = result.repeats or name == "repeat"
        return " "
    of = _NAMES.get(name)
    if of is None:
        return match[0]
    day = day_in(value)
    if day is None:
        _is_unclear(of, result)
        return match[0]
    result.days.setdefault(of, day)
    return " "


def _said_at(match: Match[str], result: Marks) -> str:
    of, day = _NAMES.get(match[1] or "due"), day_in(match[2] or match[3] or match[4] or "")
    if of is None or day is None:
        return match[0]
    result.days.setdefault(of, day)
    return " "


def _take_day_in_words(result: Marks) -> None:
    """Take the day that ends the words, where they say that it is due then, and no other day stands before it."""
    for match in _IN_WORDS.finditer(result.words):
        read = day_at(result.words[match.end() :])
        before = result.words[: match.start()].strip()
        if read and before and not read[1].strip(" ).!;,") and not _SPAN.search(before):
            result.days["due"], result.words = read[0], before
            return


def _dated(rule: Pattern[str], result: Marks) -> str:
    """Return the words without the marks of a form that a day follows."""
    kept, rest = "", result.words
    while match := rule.search(rest):
        name, behind = match[1], rest[match.end() :]
        of = _SIGNS.get(name) or _NAMES[name.casefold()]
        linked = _LINKED.match(behind)
        read = (day, behind[linked.end() :]) if linked and (day := day_in(linked[1])) else day_at(behind)
        if read:
            result.days.setdefault(of, read[0])
            kept, rest = kept + rest[: match.start()] + " ", read[1]
            continue
        # A ✅ alone is an ornament, and "by: bus" are words.
        is_number = behind[:1].isdigit()
        if is_number or (of == "due" and name.casefold() not in _MAY_BE_WORDS):
            _is_unclear(of, result)
        kept, rest = kept + rest[: match.end()], behind
    return kept + rest


def _is_unclear(of: str, result: Marks) -> None:
    if of not in result.unclear:
        result.unclear.append(of)
