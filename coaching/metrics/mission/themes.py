"""The coachee's themes in the versions of the mission statement: how many words of each text belong to each theme."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from coaching.metrics.mission.statements import Version
from coaching.metrics.mission.tokens import is_content, is_punctuation, stem, tokens
from coaching.model.frames import Frames
from coaching.text import filled

_KINDS = {
    "theme": "str",
    "number": "int64",
    "session_number": "Int64",
    "held_on": "datetime64[ms]",
    "count": "int64",
    "of": "int64",
    "share": "float64",
}


@dataclass(frozen=True)
class Theme:
    """A theme as the coachee named it.

    Attributes
    ----------
    id
        Of its entry.
    title
        Its name; None where it has none.
    words
        The words and phrases that belong to it, as typed.
    dream
        Title of the dream that stands behind it, else its words; None without one that can be read.
    """

    id: str
    title: str | None
    words: tuple[str, ...]
    dream: str | None


def themes(frames: Frames) -> tuple[Theme, ...]:
    """Return the themes, in the order in which they were named.

    A theme is a way of reading the texts and nothing that happened on a day: it reads all versions, those from before
    it was named too.
    """
    told = frames.rows("dream", ["id", "title", "text"])
    dreams = {row["id"]: filled(row["title"]) or filled(row["text"]) for row in told}
    return tuple(
        Theme(
            row["id"],
            filled(row["title"]),
            tuple(word for word in row["words"] or () if word is not None),
            dreams.get(row["dream"]),
        )
        for row in frames.rows("theme")
    )


def theme_shares(all_themes: Sequence[Theme], versions: Sequence[Version]) -> pd.DataFrame:
    """Count the words of every version that belong to each theme.

    Parameters
    ----------
    all_themes
        `themes`.
    versions
        `coaching.metrics.mission.statements.versions`.

    Returns
    -------
    pandas.DataFrame
        One row per theme and version, themes and versions in their order: `theme` (id), `number` (int64) and
        `session_number` (Int64) and `held_on` (datetime64) of the version, `count` (int64) content words of it that
        belong to the theme, `of` (int64) all its content words, `share` (float64) = `count` ÷ `of`, NaN where `of` is
        0.

    Notes
    -----
    A word of the theme stands in a text where all its words stand there side by side, compared by their stem
    (`coaching.metrics.mission.tokens.stem`). In scripts without spaces 地図 is found as 地 and 図 in that order, not in
    地方. Of what is found, content words count, each once for a theme. One word may belong to several themes, so the
    shares of a version need not add up to 1.

    Examples
    --------
    >>> from datetime import date
    >>> bread = Theme("1", "Bread", ("bread", "ovens"), None)
    >>> shares = theme_shares([bread], [Version(1, 1, date(2025, 1, 1), "I bake bread in the oven, warm bread.")])
    >>> shares[["count", "of"]].to_dict("records")
    [{'count': 3, 'of': 5}]
    """
    texts = [(version, _words(version.text)) for version in versions]
    rows = [
        (theme.id, version.number, version.session_number, version.held_on, *_counted(theme, words))
        for theme in all_themes
        for version, words in texts
    ]
    return pd.DataFrame(rows, columns=list(_KINDS)).astype(_KINDS)


def _counted(theme: Theme, words: Sequence[str]) -> tuple[int, int, float | None]:
    total = sum(map(is_content, words))
    stems = [stem(word) for word in words]
    belonging = {place for phrase in theme.words for place in _places(_phrase(phrase), stems)}
    count = sum(is_content(words[place]) for place in belonging)
    return count, total, count / total if total else None


def _places(phrase: Sequence[str], stems: Sequence[str]) -> set[int]:
    """Return the places of all words of a text that are part of a phrase."""
    length = len(phrase)
    starts = (place for place in range(len(stems) - length + 1) if length and stems[place : place + length] == phrase)
    return {place for start in starts for place in range(start, start + length)}


def _phrase(typed: str) -> list[str]:
    """Return the stems of a phrase without the punctuation around it."""
    words = _words(typed)
    while words and is_punctuation(words[-1]):
        words.pop()
    while words and is_punctuation(words[0]):
        del words[0]
    return [stem(word) for word in words]


def _words(text: str) -> list[str]:
    return [token.text for token in tokens(text)[0]]
