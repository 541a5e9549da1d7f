"""What the writer of a text has hidden in it: comments of HTML, Obsidian and Markdown, and the properties in front.

They are blanked before the text is parsed, so that nothing of them can come in, whatever the parser makes of the
lines around: CommonMark ends a comment with the list item in which it begins, its writer does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from re import IGNORECASE
from re import compile as pattern

_FENCE = pattern(r"[\s>]*(?:[-*+] +)?(`{3,}(?!.*`)|~{3,})")
_OPENS = pattern(
    r"(?P<code>`+)|(?P<html>(?<!\\)<!--)|(?P<percent>(?<![\w%])%%)|<(?P<unseen>script|style|template)(?=[\s>])",
    IGNORECASE,
)
#: A definition that nothing refers to, as one writes a comment in Markdown; what HTML never shows.
_REFERENCE = pattern(r"[\s>]*\[(?://|comment|_)\]:\s*(?:#|<>)\s*(.*)", IGNORECASE)
_NEVER_SHOWN = ("script", "style", "template")
_CLOSES = {"html": "-->", "percent": "%%"}
_PROPERTIES_END = pattern(r"(?:---|\.\.\.)[ \t]*")
_MOST_PROPERTIES = 200
_MAY_HIDE = pattern(r"<!--|%%|\]:|<(?:script|style|template)(?=[\s>])", IGNORECASE)
_BOX = pattern(r"^\s*-\s+\[[ xX/-]\]\s")


@dataclass(frozen=True)
class Visible:
    """A text without what is hidden in it.

    Attributes
    ----------
    lines
        Its lines, as many as before; what was hidden is gone.
    hidden
        What stood in comments, by its line, counted from 0.
    properties
        What stands in front between ``---``: name and value of its plain lines.
    """

    lines: list[str]
    hidden: dict[int, str]
    properties: dict[str, str]


def visible_lines(lines: list[str]) -> Visible:
    """Return the lines without what is hidden in them."""
    seen, properties = list(lines), {}
    begin = _end_of_properties(lines)
    for number in range(begin):
        name, colon, value = lines[number].partition(":")
        if colon and name == name.strip():
            properties[name.casefold()] = value.strip().strip("\"'")
        seen[number] = ""
    hidden = {number: line.strip() for number, line in enumerate(lines[:begin]) if _BOX.search(line)}
    if any(_MAY_HIDE.search(line) for line in lines):
        for number, shown, comment in _shown(seen, begin):
            seen[number] = shown
            if comment.strip():
                hidden[number] = comment
    return Visible(seen, hidden, properties)


def _end_of_properties(lines: list[str]) -> int:
    if not lines or lines[0].rstrip() != "---":
        return 0
    ends = (n for n, line in enumerate(lines[1:_MOST_PROPERTIES], 2) if _PROPERTIES_END.fullmatch(line))
    return next(ends, 0)


def _shown(lines: list[str], begin: int) -> Iterator[tuple[int, str, str]]:
    """Yield each line that has something of a comment: what is shown of it, and what is not."""
    fence, closes = "", ""
    rest = {sign: _last(lines, sign) for sign in (*_CLOSES.values(), *map(_closing, _NEVER_SHOWN))}
    for number in range(begin, len(lines)):
        line = lines[number]
        if not closes and (match := _FENCE.match(line)) and match[1].startswith(fence):
            fence = "" if fence else match[1]
            continue
        if fence or not (closes or _MAY_HIDE.search(line)):
            continue
        if not closes and (match := _REFERENCE.fullmatch(line)):
            yield number, "", match[1].strip("\"'()")
            continue
        shown, comment, at = "", "", 0
        while at < len(line):
            if closes:
                end = line.find(closes, at)
                stop = len(line) if end < 0 else end + len(closes)
                comment += line[at:stop] if end < 0 else line[at:end] + " "
                closes, at = (closes if end < 0 else ""), stop
                continue
            opening = _OPENS.search(line, at)
            if opening is None:
                shown, at = shown + line[at:], len(line)
            elif opening["code"]:
                end = line.find(opening["code"], opening.end())
                stop = opening.end() if end < 0 else end + len(opening["code"])
                shown, at = shown + line[at:stop], stop
            else:
                shown += line[at : opening.start()] + " "
                sign = _CLOSES.get(opening.lastgroup or "") or _closing(opening["unseen"].lower())
                at, closes = opening.end(), sign
                is_open_ended = line.find(sign, at) < 0 and rest[sign] <= number
                if is_open_ended and line[: opening.start()].strip(" \t>-*+"):
                    # One that nothing closes, in the middle of a line: what is behind it there.
                    comment, at, closes = comment + line[at:], len(line), ""
        yield number, shown.rstrip() if comment else shown, comment


def _closing(tag: str) -> str:
    return f"</{tag}>"


def _last(lines: list[str], sign: str) -> int:
    """Return the last line that has a sign, -1 if none has."""
    return next((number for number in range(len(lines) - 1, -1, -1) if sign in lines[number]), -1)
