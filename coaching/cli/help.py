"""The help of the program and of its commands: plain lines that read well on a narrow terminal too.

Typer draws boxes with rich, which cuts words off where there is little room, and takes as long to import as all else.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from textwrap import TextWrapper

import typer
from typer.core import TyperArgument, TyperGroup

from coaching.cli.usage import in_our_words
from coaching.i18n import say

#: A row of a table: what is typed, and what it does.
Row = tuple[str, str]

#: Longer lines are hard to read.
_WIDEST = 100
#: Where less room than this is left beside what is typed, what it does stands below.
_NARROW = 24
_INDENT = "  "


def help_text(context: typer.Context, width: int | None = None) -> str:
    """Return the help of the command that is looked at.

    Parameters
    ----------
    context
        That of the command.
    width
        The longest that a line may be; by default the width of the terminal.
    """
    command, wide = context.command, min(width or shutil.get_terminal_size().columns, _WIDEST)
    lines = [*_wrapped(say("Usage: {command}", command=usage(context)), wide, later=_INDENT * 2), ""]
    lines += _wrapped(_said(command.help), wide, _INDENT)
    for heading, rows in sections(context):
        lines += ["", *_wrapped(f"{heading}:", wide), *_table(rows, wide)]
    return "\n".join(lines)


def usage(context: typer.Context) -> str:
    """Return in one line how a command is typed.

    Parameters
    ----------
    context
        That of the command.
    """
    return " ".join([context.command_path, *context.command.collect_usage_pieces(context)])


def sections(context: typer.Context) -> Iterator[tuple[str, Sequence[Row]]]:
    """Give the headings of a command's help, with the rows that stand below each.

    Parameters
    ----------
    context
        That of the command.
    """
    sections: defaultdict[str, list[Row]] = defaultdict(list)
    for one in context.command.get_params(context):
        if (record := one.get_help_record(context)) is None:
            continue
        name, text = record
        ours = getattr(one, "help", None) or ""
        text = f"{_said(ours)} {in_our_words(text.removeprefix(ours).strip())}"
        if isinstance(one, TyperArgument):
            sections[say("Arguments")].append((one.metavar or one.name, text))
        else:
            sections[_said(getattr(one, "rich_help_panel", None)) or say("Options")].append((name, text))
    yield from sections.items()
    if isinstance(context.command, TyperGroup):
        yield say("Commands"), [(name, _said(one.help)) for name, one in context.command.commands.items()]


def _said(text: str | None) -> str:
    """Return a text of a help in the language that is spoken; most of them are ours."""
    return in_our_words(say(text)) if text else ""


def _table(rows: Sequence[Row], width: int) -> Iterator[str]:
    """Give the lines of a table: in two columns, or where that is too narrow one below the other."""
    second = max(len(name) for name, _ in rows) + 2 * len(_INDENT)
    if width - second < _NARROW:
        for name, text in rows:
            yield from (f"{_INDENT}{name}", *_wrapped(text, width, _INDENT * 3))
        return
    for name, text in rows:
        yield from _wrapped(text, width, f"{_INDENT}{name}".ljust(second), later=" " * second)


def _wrapped(text: str, width: int, first: str = "", later: str | None = None) -> Iterable[str]:
    """Return a text in lines, none of them longer than `width` unless one word is."""
    wrapper = TextWrapper(
        width,
        initial_indent=first,
        subsequent_indent=first if later is None else later,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return wrapper.wrap(" ".join(text.split()))
