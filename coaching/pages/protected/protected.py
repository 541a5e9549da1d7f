"""A page that opens with a passphrase: encrypted into one HTML file that opens itself, in any browser, without network.

The form around it is the same for every page and speaks every language, so that nothing of the page shows before. In
the element ``locked`` stand the lines in which the page is locked up (see `coaching.pages.protected.locking`).
"""

from functools import cache
from importlib.resources import files

from markupsafe import Markup

from coaching.i18n import LANGUAGES, say, speaking
from coaching.pages.protected.locking import locked, policy
from coaching.pages.rendering import render

#: The summary of a year, with its figures, fits into it.
_SMALLEST_CLASS = 512 * 1024


def protect(page: str, passphrase: str) -> str:
    """Return a page as an HTML file that shows it to those who know a passphrase, and nothing of it to others.

    Two calls never give the same file: salt and nonce are random. Where its script cannot run, the file says how to
    open it.

    Parameters
    ----------
    page
        A finished HTML file without scripts; its own content policy holds once it is open.
    passphrase
        Any text that can be typed; how its accents are typed makes no difference, nor a space at its ends.

    Returns
    -------
    str
        The file. Its length is one of few: 512 KiB, or the double of it as often as needed, as base64.

    Raises
    ------
    CoachingError
        If the passphrase is easy to guess, or holds what cannot be typed into the field.
    """
    sheet, script = _file("protected.css"), _file("protected.js")
    titles, doors = zip(*map(_door, LANGUAGES), strict=True)
    # These are our own files and what they are hashed for, nobody's words.
    return render(
        "protected.html.jinja",
        first_language=LANGUAGES[0],
        title=" · ".join(dict.fromkeys(titles)),
        policy=policy(sheet, script),
        style=Markup(sheet),  # noqa: S704
        script=Markup(script),  # noqa: S704
        doors=doors,
        locked=Markup(locked(page, passphrase.strip(), _SMALLEST_CLASS)),  # noqa: S704
    )


def _door(language: str) -> tuple[str, Markup]:
    with speaking(language):
        door = render("protected_door.html.jinja").rstrip()
        return say("A protected page"), Markup(door)  # noqa: S704 - finished HTML


@cache
def _file(name: str) -> str:
    return files("coaching.pages.protected").joinpath(name).read_text(encoding="utf-8")
