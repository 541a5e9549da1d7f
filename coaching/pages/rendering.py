"""Views → HTML: the templates, the style sheet, and the content policy that knows it by its hash."""

import base64
import hashlib
import string
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from coaching.charts.canvas.style import birth_colours
from coaching.i18n import language, say, say_counted
from coaching.pages.sections.promises import MANY
from coaching.pages.sections.statements import TINTS
from coaching.text import visible

_PACKAGE = "coaching.pages"
#: What needs no escape in a string of a style sheet.
_PLAIN = frozenset(string.ascii_letters + string.digits)


def render(template: str, **view: object) -> str:
    """Return one template with the names of `view` filled in; people's words are escaped and made visible."""
    return _environment().get_template(template).render(view).rstrip("\n") + "\n"


def style() -> str:
    """Return the style sheet of the page's contents; every rule holds inside ``.coaching-page`` only."""
    pairs = zip(birth_colours(TINTS), birth_colours(TINTS, on_dark=True), strict=True)
    tints = (
        f".coaching-page .tint-{place}{{--tint:{light};--tint-dark:{dark}}}"
        for place, (light, dark) in enumerate(pairs)
    )
    return _file("page.css") + "\n".join(tints) + "\n"


def document(template: str, title: str, *, own_style: str | None = None, **view: object) -> str:
    """Return a whole page: one template inside the shell, with its style sheet and content policy.

    A page that is laid out unlike the others names a style sheet of its own, whose rules come last.
    """
    sheet = "\n" + _file("sheet.css") + _name_of_sheets(title) + style() + (_file(own_style) if own_style else "")
    # The style sheet is our own file; what is a person's in it is written in numbers.
    return render(template, title=title, style=Markup(sheet), policy=_policy(sheet), **view)  # noqa: S704


def _name_of_sheets(title: str) -> str:
    """Return the rule that writes a page's title at the head of every sheet of paper but the first."""
    spelt = "".join(sign if sign in _PLAIN else f"\\{ord(sign):x} " for sign in visible(title))
    named = f'@page{{@top-left{{content:"{spelt}";font:8pt sans-serif;color:#444}}}}'
    return f"{named}\n@page:first{{@top-left{{content:none}}}}\n"


def _policy(sheet: str) -> str:
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _file(name: str) -> str:
    return files(_PACKAGE).joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    made = Environment(
        autoescape=True, undefined=StrictUndefined, loader=PackageLoader(_PACKAGE), finalize=_finalize, trim_blocks=True
    )
    made.globals.update(say=_say, say_counted=say_counted, language=language, MANY=MANY)
    return made


def _say(message: str, /, **values: object) -> Markup:
    """Return a sentence in which people's words keep the elements that they stand in; all else is escaped."""
    # Places that stand for themselves: the values come in after the sentence is escaped, not before.
    sentence = say(message, **{name: f"{{{name}}}" for name in values})
    return escape(sentence).format(**{name: _finalize(value) for name, value in values.items()})


def _finalize(value: Any) -> Any:
    """Make words visible before they are escaped; nothing but words, numbers and finished HTML may be printed."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, int):
        return value
    raise TypeError(f"a template printed a {type(value).__name__}")
