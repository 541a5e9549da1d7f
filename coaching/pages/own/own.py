"""The person's own copy of the plan: one locked HTML file in which they read and write, and which joins again.

Locked up in it (see `coaching.pages.protected.locking`) is JSON of the form ``coaching-own-copy/1``. What the file says
before it is open is the same for everybody, in every language.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Final

from markupsafe import Markup

from coaching.formats import workbook_json
from coaching.i18n import LANGUAGES, language, say, speaking
from coaching.model.sharing import Audience, Shared
from coaching.pages.own.texts import texts
from coaching.pages.page import plan_page
from coaching.pages.protected.locking import locked, policy
from coaching.pages.rendering import render, style

#: What a page shows; its head stays behind.
_MAIN: Final = re.compile("<main.*</main>", re.DOTALL)
FORMAT: Final = "coaching-own-copy/1"


@dataclass(frozen=True, repr=False)
class OwnCopy:
    """What an own copy is made of.

    Attributes
    ----------
    shared
        What both of the pair may read, each entry in its current state, with the numbers of the earlier revisions.
    workbook, holder
        The ULID of the copy that it is written from, and whose that is.
    person, coach
        What the two are called by.
    recipient
        For whom the page seals what goes back; without one it asks for a passphrase.
    rules
        By kind of entry, what the page has to know of its fields (see `coaching.model.merge.rules_of_joining`).
    issued
        When it is written, with its zone.
    """

    shared: Shared
    workbook: str
    holder: str
    person: str
    coach: str
    recipient: str | None
    rules: Mapping[str, Mapping[str, Sequence[str]]]
    issued: datetime


def own_page(copy: OwnCopy, passphrase: str) -> str:
    """Return an own copy as an HTML file that opens with a passphrase, in the language that is spoken.

    Raises
    ------
    CoachingError
        If the passphrase is easy to guess, or holds what cannot be typed into a field.
    ValueError
        If `copy` is not what the two of the pair may read.
    """
    if copy.shared.audience is not Audience.PAIR:
        raise ValueError("An own copy holds what both of the pair may read, and nothing else.")
    sheet, script = _sheet(), _file("bundle/own.js")
    titles, doors = zip(*map(_door, LANGUAGES), strict=True)
    # These are our own files and what they are hashed for, nobody's words.
    return render(
        "own.html.jinja",
        first_language=LANGUAGES[0],
        title=" · ".join(dict.fromkeys(titles)),
        policy=policy(sheet, script),
        style=Markup(sheet),  # noqa: S704
        script=Markup(script),  # noqa: S704
        doors=doors,
        locked=Markup(locked(contents(copy), passphrase)),  # noqa: S704
    )


def contents(copy: OwnCopy) -> str:
    """Return what is locked up in an own copy, as JSON."""
    asof: date = copy.issued.date()
    return json.dumps(
        {
            "format": FORMAT,
            "document": json.loads(workbook_json.write(copy.shared, copy.workbook, copy.holder)),
            "rules": copy.rules,
            "issued": copy.issued.isoformat(timespec="seconds"),
            "recipient": copy.recipient,
            "language": language(),
            "direction": "ltr",
            "person": copy.person,
            "coach": copy.coach,
            "plan": _MAIN.findall(plan_page(copy.shared, asof=asof))[0],
            "texts": texts(),
        },
        ensure_ascii=False,
    )


def _door(spoken: str) -> tuple[str, Markup]:
    with speaking(spoken):
        door = render("own_door.html.jinja").rstrip()
        return say("Your own plan"), Markup(door)  # noqa: S704 - finished HTML


def _sheet() -> str:
    shell = files("coaching.pages").joinpath("sheet.css").read_text(encoding="utf-8")
    return shell + style() + _file("own.css")


@cache
def _file(name: str) -> str:
    return files("coaching.pages.own").joinpath(name).read_text(encoding="utf-8")
