"""The plan as Markdown (CommonMark, and what GitHub and Obsidian add): every sign that people typed stays literal."""

import re
from datetime import date
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from coaching.i18n import say, say_counted
from coaching.l10n import say_day
from coaching.metrics.timeline import sessions_held
from coaching.model.sharing import Shared
from coaching.pages.folding import whole
from coaching.pages.plan import view
from coaching.pages.source import PageSource
from coaching.text import one_line, visible

#: Signs that mean something wherever they stand: code, emphasis, links, tables, HTML, maths, footnotes, comments.
_ANYWHERE: Final = re.compile(r"[\\`*_\[\]{}<>&|~$^#@%=]")
#: What makes a link, a picture sign or a property of what follows it.
_COLON: Final = re.compile(r":(?=\S)(?<![0-9]:)|:(?=:)")
_WWW: Final = re.compile(r"(?i)\b(www)\.")
#: Lines without words that parts of the plan leave between them.
_GAP: Final = re.compile(r"\n{3,}")
#: What makes a list, a line, a quotation, a definition, or a heading of the line before.
_AT_THE_START: Final = re.compile(r"^([-+:!]|[0-9]+(?=[.)]))")


def plan(shared: Shared, *, asof: date) -> str:
    """Return the development plan that an audience may read, as Markdown; the same data give the same bytes.

    Parameters
    ----------
    shared
        What the audience may read, each entry in its current state.
    asof
        The day of which the plan speaks; later entries are left out.
    """
    contents = PageSource.of(shared, asof)
    text = (
        _environment()
        .get_template("plan.md.jinja")
        .render(
            plan=view(shared, asof),
            title=_title(contents.words(contents.coachee, "name")),
            span=_span(contents),
            is_empty=contents.is_empty,
            say=say,
            whole=whole,
            heading=one_line,
        )
    )
    return _GAP.sub("\n\n", text).strip("\n") + "\n"


def literal(text: str) -> str:
    r"""Return words so that Markdown shows them as they were typed; each further line is one of the same paragraph.

    Every sign that could mean something is escaped with a backslash, which any Markdown reader takes away again. White
    space at both ends of a line goes, as it could make code of the words and cannot be seen.

    Examples
    --------
    >>> literal("1. *now*\n# www.example.org")
    '1\\. \\*now\\*\\\n\\# www\\.example.org'
    """
    return "\\\n".join(_line(line.strip()) for line in visible(text).strip().split("\n"))


def _line(line: str) -> str:
    starts = _AT_THE_START.match(line)
    escaped = _WWW.sub(r"\1\.", _COLON.sub(r"\:", _ANYWHERE.sub(r"\\\g<0>", line)))
    if starts is None:
        return escaped
    cut = len(starts[0]) if starts[0].isdigit() else 0
    return escaped if escaped[cut] == "\\" else f"{escaped[:cut]}\\{escaped[cut:]}"


def _title(name: str | None) -> str:
    return (
        say("{name}’s personal development plan", name=one_line(name)) if name else say("A personal development plan")
    )


def _span(contents: PageSource) -> str:
    held = len(sessions_held(contents.shared.frames, contents.asof))
    day = say_day(contents.asof)
    if not held:
        return say("As known on {day}.", day=day)
    return say_counted(
        "As known on {day}, after {count} session.", "As known on {day}, after {count} sessions.", held, day=day
    )


@cache
def _environment() -> Environment:
    # Escaping is Markdown's, not HTML's: a browser never reads this text as it stands.
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=PackageLoader("coaching.pages"),
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _finalize(value: Any) -> Markup:
    """Escape everything that is filled in, people's words and the program's sentences alike."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return Markup(literal(value))  # noqa: S704 -- escaped for what it is read as
    raise TypeError(f"a template printed a {type(value).__name__}")
