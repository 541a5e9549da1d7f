"""What a form is made of, as data for the browser: each function returns one block."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, TypedDict

from coaching.forms.engine import messages
from coaching.i18n import language, say, to_say
from coaching.model.vocabulary import Side, Visibility
from coaching.text import beginning

Block = messages.Block
Condition = messages.Condition
Options = Sequence[messages.Option]


class Content(TypedDict):
    """What a form shows; while there is a `gate`, it is said in its place."""

    title: str
    heading: str | None
    lead: str
    blocks: Sequence[Block]
    gate: str | None


BETWEEN_US = (Visibility.PAIR.value, to_say("between us"))
MINE_ALONE = (Visibility.PRIVATE.value, to_say("only for me"))
OTHERS_TOO = (Visibility.OPEN.value, to_say("others may read it"))
#: So many signs of a line stand beside its box.
_BESIDE_A_BOX = 160


def readers(author: Side, holder: Side) -> Options:
    """Return who may read the words of `author` in the copy of `holder`; what is offered first is the default.

    Words that are private to the other side are not offered, because they may not be in this copy at all.
    """
    return worded((BETWEEN_US, MINE_ALONE, OTHERS_TOO) if author is holder else (BETWEEN_US, OTHERS_TOO))


def worded(options: Options) -> Options:
    """Return options in the language that is spoken; their words are marked for the catalogue where they stand."""
    return [(value, say(words)) for value, words in options]


def shortened(words: str) -> str:
    """Return so much of somebody's words, on one line, as stands beside a box; the whole is shown where it is read."""
    whole = " ".join(words.split())
    return whole if len(whole) <= _BESIDE_A_BOX else f"{beginning(whole, _BESIDE_A_BOX)} …"


def filled(name: str) -> Condition:
    """Return the condition that a field holds something."""
    return {"name": name}


def equals(name: str, *values: str) -> Condition:
    """Return the condition that a field has one of `values`."""
    return {"name": name, "is": list(values)}


def prose(text: str, *, tone: str = "", when: Sequence[Condition] | None = None) -> Block:
    """Return a paragraph; tone ``quote`` sets off a person's own words."""
    return {"type": "prose", "text": text, "tone": tone, "when": when}


def section(
    title: str,
    blocks: Sequence[Block],
    *,
    hint: str = "",
    when: Sequence[Condition] | None = None,
    closed: str = "",
) -> Block:
    """Return a group of blocks under a heading; while none of `when` holds, `closed` stands in its place."""
    return {"type": "section", "title": title, "hint": hint, "blocks": list(blocks), "when": when, "closed": closed}


def fold(
    title: str,
    blocks: Sequence[Block],
    *,
    name: str = "",
    is_open: bool = False,
    when: Sequence[Condition] | None = None,
) -> Block:
    """Return a group of blocks that is folded until somebody opens it; one with a name stays as it was left."""
    folded: messages.FoldBlock = {"type": "fold", "title": title, "blocks": list(blocks), "open": is_open}
    if name:
        folded["name"] = name
    if when:
        folded["when"] = when
    return folded


def lines(items: Iterable[tuple[str, Sequence[str], bool | None]]) -> Block:
    """Return a list of what people said: about each, its words, and whether others may read it, if that is a matter."""
    readers = {None: "", True: say(OTHERS_TOO[1]), False: say(BETWEEN_US[1])}
    return {
        "type": "lines",
        "lines": [
            {"about": about, "words": list(words), "readers": readers[is_open]} for about, words, is_open in items
        ],
    }


def text(
    name: str,
    label: str,
    *,
    hint: str = "",
    rows: int = 1,
    seen: Options = (),
    act: str | None = None,
    when: Sequence[Condition] | None = None,
) -> messages.TextBlock:
    """Return a field for words; `seen` offers who may read them, and Enter presses `act` in a field of one line."""
    seen = list(seen)
    return {
        "type": "text",
        "name": name,
        "label": label,
        "hint": hint,
        "rows": rows,
        "seen": seen or None,
        "act": act,
        "when": when,
    }


def starters(blocks: Sequence[messages.TextBlock]) -> Block:
    """Return fields that stand in one frame, each begun by its label: what is begun is one text to whoever types."""
    return {"type": "starters", "blocks": list(blocks)}


def secret(
    name: str, label: str, *, hint: str = "", act: str | None = None, when: Sequence[Condition] | None = None
) -> Block:
    """Return a field whose content is hidden, never kept, and sent with a button alone; Enter presses the one named."""
    return {"type": "secret", "name": name, "label": label, "hint": hint, "act": act, "when": when}


def day(
    name: str,
    label: str,
    *,
    lies: Literal["ahead", "back"] = "ahead",
    hint: str = "",
    half: bool = False,
    when: Sequence[Condition] | None = None,
) -> Block:
    """Return a field for a date, which is written in words.

    `lies` says on which side of today it is where the words leave that open: "Friday" is the coming one or the last.
    """
    width = "half" if half else ""
    return {"type": "day", "name": name, "label": label, "hint": hint, "width": width, "lies": lies, "when": when}


def day_terms(today: date, meeting: date | None = None) -> messages.DayTerms:
    """Return what days are read and written by: the day it is, and when the two meet again if that is known."""
    return {"today": today.isoformat(), "language": language(), "meeting": meeting.isoformat() if meeting else None}


def pick(
    name: str,
    label: str,
    options: Options,
    *,
    hint: str = "",
    half: bool = False,
    another: str = "",
    when: Sequence[Condition] | None = None,
) -> Block:
    """Return a field that takes one of many options from a list.

    `another` is what a button beside it says, which takes the next one.
    """
    return {
        "type": "pick",
        "name": name,
        "label": label,
        "options": list(options),
        "hint": hint,
        "width": "half" if half else "",
        "another": another,
        "when": when,
    }


def choice(
    name: str, label: str, options: Options, *, hint: str = "", when: Sequence[Condition] | None = None
) -> Block:
    """Return a field that takes one of a few options, all in sight."""
    return {"type": "choice", "name": name, "label": label, "options": list(options), "hint": hint, "when": when}


def flag(
    name: str, label: str, *, when: Sequence[Condition] | None = None, unless: Sequence[Condition] | None = None
) -> Block:
    """Return a box to tick; while one of `unless` holds, there is nothing to tick, and it is there only if it is."""
    return {"type": "flag", "name": name, "label": label, "when": when, "unless": unless}


def rows(
    name: str,
    row: str,
    blocks: Sequence[Block],
    *,
    fixed: Sequence[tuple[str, str]] = (),
    add: str = "",
    line: bool = False,
) -> Block:
    """Return a group of fields that stands once for each row.

    A field of a row is called ``name.key.field``. `fixed` rows (key, title) stand there from the start; with `add`, the
    label of a button, more can be added and removed. The fields of a `line` are blanks of one sentence: Enter goes from
    blank to blank, and on to the next row; one that is empty is always there.
    """
    return {
        "type": "rows",
        "name": name,
        "row": row,
        "blocks": list(blocks),
        "fixed": _titled(fixed),
        "add": add,
        "line": line,
    }


def outcomes(
    name: str,
    asked: Block,
    blocks: Sequence[Block],
    *,
    fixed: Sequence[tuple[str, str]],
    asks: Mapping[str, str],
    others: messages.FoldedLines,
) -> Block:
    """Return `fixed` lines (key, title) of which each says what it is about, and what became of it.

    `asked` is the choice that says so: a line that has the focus takes the number of an answer as a key, and unfolds to
    all answers, and to `blocks`. An answer among `asks` leads on to that field. The `others` are folded.
    """
    return {
        "type": "outcomes",
        "name": name,
        "blocks": [asked, *blocks],
        "fixed": _titled(fixed),
        "asks": asks,
        "others": others,
    }


def sorting(name: str, act: str, kinds: Options) -> Block:
    """Return the lines of what stands in a field, each with a button for each of `kinds`; a number is its key.

    The button is called by `act`, the kind and the place of the line, the first of which is 0.
    """
    return {"type": "sorting", "name": name, "act": act, "kinds": list(kinds)}


def folded_lines(
    lines: Sequence[tuple[str, str]], *, title: str = "", at_once: messages.Option = ("", ""), undo: str = ""
) -> messages.FoldedLines:
    """Return lines that are folded under a title.

    `at_once` is an answer for all of them, and what its button says; after it was pressed it says `undo`.
    """
    return {"title": title, "lines": _titled(lines), "at_once": at_once, "undo": undo}


def _titled(lines: Sequence[tuple[str, str]]) -> list[messages.FixedRow]:
    return [{"key": key, "title": title} for key, title in lines]


def page(title: str, html: str) -> Block:
    """Return a whole page, shown as its readers will see it; nothing in it can be run or followed."""
    return {"type": "page", "title": title, "html": html}


def act(name: str, label: str, *, quiet: bool = False) -> Block:
    """Return a button."""
    return {"type": "act", "name": name, "label": label, "quiet": quiet}
