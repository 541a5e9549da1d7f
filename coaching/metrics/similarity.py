"""How many content words two mission statements have in common; a description, never a measure of quality."""

from collections import Counter
from datetime import date, timedelta

from coaching.metrics.mission import Version, in_force
from coaching.metrics.tokens import is_content, stem, tokens

QUARTER = timedelta(days=91)
_NEARLY_ALL, _MOST, _ABOUT_HALF = 0.85, 0.6, 0.4


def dice(one: str, other: str) -> float | None:
    """Return the Dice coefficient of the content words of two texts: 2 · common ÷ (words of one + words of other).

    Returns
    -------
    float or None
        From 0 to 1; None if neither text has a content word.

    Notes
    -----
    Words count as often as they occur, and are compared by their stem (`coaching.metrics.tokens.stem`).

    Examples
    --------
    >>> dice("I help people grow", "I help people find their voice")
    0.5714285714285714
    """
    first, second = _content(one), _content(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else None


def share_with_first(known: tuple[Version, ...], asof: date) -> float | None:
    """Return the share in common of the text in force at `asof` and the first; None before there is a second."""
    now = in_force(known, asof)
    return None if now is None or now is known[0] else dice(known[0].text, now.text)


def share_with_earlier(known: tuple[Version, ...], asof: date, lag: timedelta = QUARTER) -> float | None:
    """Return the share in common of the texts in force at `asof` and `lag` earlier; None if there was none then."""
    now, then = in_force(known, asof), in_force(known, asof - min(lag, asof - date.min))
    return None if now is None or then is None else dice(then.text, now.text)


def said(share: float) -> str:
    """Say a share in common in words.

    Examples
    --------
    >>> said(1.0), said(0.5), said(0.0)
    ('all of its words', 'about half of its words', 'none of its words')
    """
    if share in {0, 1}:
        return "all of its words" if share else "none of its words"
    steps = ((_NEARLY_ALL, "nearly all"), (_MOST, "most"), (_ABOUT_HALF, "about half"), (0.0, "some"))
    return next(words for least, words in steps if share >= least) + " of its words"


def _content(text: str) -> Counter[str]:
    return Counter(stem(token.text) for token in tokens(text)[0] if is_content(token.text))
