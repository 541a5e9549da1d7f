"""How many content words two mission statements have in common; a description, never a measure of quality."""

from collections import Counter
from datetime import date, timedelta
from typing import Literal

from coaching.i18n import say
from coaching.metrics.mission.statements import Version, in_force
from coaching.metrics.mission.tokens import is_content, stem, tokens

QUARTER = timedelta(days=91)
_NEARLY_ALL, _MOST, _ABOUT_HALF = 0.85, 0.6, 0.4

Degree = Literal["all", "nearly_all", "most", "half", "some", "none"]


def dice(one: str, other: str) -> float | None:
    """Return the Dice coefficient of the content words of two texts: 2 · common ÷ (words of one + words of other).

    Returns
    -------
    float or None
        From 0 to 1; None if neither text has a content word.

    Notes
    -----
    The coefficient of L. R. Dice, Measures of the Amount of Ecologic Association Between Species, Ecology 26 (1945).
    Words count as often as they occur, and are compared by their stem (`coaching.metrics.mission.tokens.stem`).

    Examples
    --------
    >>> dice("I help people grow", "I help people find their voice")
    0.5714285714285714
    """
    first, second = _content(one), _content(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else None


def share_with_first(versions: tuple[Version, ...], asof: date) -> float | None:
    """Return the share in common of the text in force at `asof` and the first; None before there is a second."""
    now = in_force(versions, asof)
    return None if now is None or now is versions[0] else dice(versions[0].text, now.text)


def share_with_earlier(versions: tuple[Version, ...], asof: date, lag: timedelta = QUARTER) -> float | None:
    """Return the share in common of the texts in force at `asof` and `lag` earlier; None if there was none then."""
    now, then = in_force(versions, asof), in_force(versions, asof - min(lag, asof - date.min))
    return None if now is None or then is None else dice(then.text, now.text)


def degree(share: float) -> Degree:
    """Return how a share in common is spoken of: an exact number would promise more than a few words can tell.

    Examples
    --------
    >>> degree(1.0), degree(0.99), degree(0.0)
    ('all', 'nearly_all', 'none')
    """
    if share in {0, 1}:
        return "all" if share else "none"
    steps: tuple[tuple[float, Degree], ...] = ((_NEARLY_ALL, "nearly_all"), (_MOST, "most"), (_ABOUT_HALF, "half"))
    return next((words for least, words in steps if share >= least), "some")


def said(share: float) -> str:
    """Say a share in common in words, in the language of the page.

    Examples
    --------
    >>> said(1.0), said(0.5), said(0.0)
    ('all', 'about half', 'none')
    """
    match degree(share):
        case "all":
            return say("all")
        case "nearly_all":
            return say("nearly all")
        case "most":
            return say("most")
        case "half":
            return say("about half")
        case "some":
            return say("some")
        case "none":
            return say("none")


def _content(text: str) -> Counter[str]:
    return Counter(stem(token.text) for token in tokens(text)[0] if is_content(token.text))
