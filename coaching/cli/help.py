"""The help of the program and of its commands: plain lines that read well on a narrow terminal too.

Typer draws boxes with rich, which cuts words off where there is little room, and takes as long to import as all else.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from textwrap import TextWrapper

import typer
from typer.core import TyperArgument, TyperGroup

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
    lines = [*_wrapped(f"Usage: {usage(context)}", wide, later=_INDENT * 2), ""]
    lines += _wrapped(command.help or "", wide, _INDENT)
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
        if isinstance(one, TyperArgument):
            sections["Arguments"].append((one.metavar or one.name, text))
        else:
            sections[getattr(one, "rich_help_panel", None) or "Options"].append((name, text))
    yield from sections.items()
    if isinstance(context.command, TyperGroup):
        yield "Commands", [(name, one.help or "") for name, one in context.command.commands.items()]


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
