"""What stands on a terminal: plain lines and columns, which nobody's words can disturb and nothing cuts off."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

if TYPE_CHECKING:  # else every command would have the models of all entries made before it says a word
    from coaching.model.entry import Entry
from coaching.i18n import say
from coaching.text import one_line

_GAP = 2
#: How many things of one kind are listed before the others are counted.
_MOST = 20
#: Figures whose pairs are a count and what it is counted of.
_SHARES = frozenset({"review_coverage", "person_open_items_linked_to_becoming"})
#: Figures of which only those parts are told that have something.
_WITHOUT_NONE = frozenset({"throughput_by_quarter"})
#: What the heading of a revision says already, and the lines of lists that made it.
_ALWAYS = frozenset({"kind", "id", "author", "visibility", "label", "seen"})


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Return rows as lines whose columns stand below each other, the last one as long as it is.

    Examples
    --------
    >>> list(columns([["Id", "Name"], ["1234", "Maya"]]))
    ['Id    Name', '1234  Maya']
    """
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = [text + " " * (width - cell_len(text) + _GAP) for text, width in zip(row, widths, strict=True)]
        yield "".join([*padded[:-1], row[-1]]).rstrip()


def figures_in_rows(figures: Mapping[str, Any]) -> list[list[str]]:
    """Return figures as rows of a name and a value; a figure of several things has a row for each of the first.

    Shares are rounded, and quarters in which nothing was done are left out: the JSON form has all of it.

    Examples
    --------
    >>> figures_in_rows({"outcomes": {"on_time": 1, "late": 3}, "items_at_end": {"I01": {"due_moves": 1}, "I02": {}}})
    [['outcomes', 'on time 1, late 3'], ['items at end', 'I01: due moves 1'], ['', 'I02: none']]
    """
    rows = []
    for name, figure in figures.items():
        value = {part: inner for part, inner in figure.items() if inner} if name in _WITHOUT_NONE else figure
        has_rows = _is_parted(value) and all(isinstance(inner, Mapping | list) for inner in value.values())
        of = say("of")
        between = f" {of} " if name in _SHARES else " "
        parts = _first(
            [f"{worded(part)}: {_value(inner, between)}" for part, inner in value.items()] if has_rows else []
        )
        first, *others = parts or [_value(value, between)]
        rows += [[worded(name), first], *(["", other] for other in others)]
    return rows


def revisions_in_lines(revisions: Sequence["Entry"], names: Mapping[str, str]) -> Iterator[str]:
    """Return the revisions of entries, newest first, as lines: when, by whom, and what each one changed.

    What `names` calls by its id, the entries that these are linked to, is called so.
    """
    for number, entry in enumerate(revisions):
        before = next((one.content() for one in revisions[number + 1 :] if one.id == entry.id), {})
        when = entry.saved_at.astimezone().strftime("%Y-%m-%d %H:%M")
        called = f"{worded(entry.kind)} {one_line(entry.short_name or entry.id)}"
        yield say(
            "{when}  {what}, by the {side}, {visibility}",
            when=when,
            what=called,
            side=worded(entry.author),
            visibility=worded(entry.visibility),
        )
        for name, value in entry.content().items():
            if value != before.get(name) and name not in _ALWAYS:
                yield f"    {worded(name)}: {'-' if value is None else _told(value, names)}"


def let_nothing_stop_the_output() -> None:
    """Write what a terminal's alphabet lacks as a code, rather than nothing at all."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _told(value: Any, names: Mapping[str, str]) -> str:
    """Return what an entry says: people's words as they are, with their underscores, and names of ours in words."""
    if isinstance(value, tuple):
        return ", ".join(_told(part, names) for part in value if part is not None) or say("none")
    return one_line(names.get(value, value)) if type(value) is str else _value(value)


def _is_parted(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value)


def _first(parts: list[str]) -> list[str]:
    """Return the first of many things, and how many more there are."""
    more = len(parts) - _MOST
    return [*parts[:_MOST], say("and {more} more", more=more)] if more > 0 else parts


def _value(value: Any, between: str = " ") -> str:
    if _is_parted(value):
        return ", ".join(_first([f"{worded(name)} {_value(inner)}" for name, inner in value.items()]))
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, float):
        return f"{round(value, 2):g}"
    if isinstance(value, list):
        return between.join(_first(list(map(_value, value)))) or say("none")
    return worded(str(value)) if value not in (None, {}) else say("none")


def worded(name: str) -> str:
    """Return a name of ours, of a kind, a field or a figure, as words in the language that is spoken.

    Examples
    --------
    >>> worded("due_moves")
    'due moves'
    """
    return one_line(say(name.replace("_", " ")))
