"""Sentences about people's words: put together in the language of the page, the words themselves marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from coaching.charts.canvas.labels import ELLIPSIS, clean
from coaching.i18n import say, say_counted
from coaching.text import beginning

#: How many of several quotes are read.
QUOTED: Final = 3
_LONGEST: Final = 90
# Around people's words while a sentence is put together; no language's sentence holds it.
_MARK: Final = "\x00"


@dataclass(frozen=True)
class Part:
    """A piece of a sentence; people's words are marked, so that they can stand in an element of their own."""

    text: str
    is_words: bool = False


@dataclass(frozen=True)
class Sentence:
    """One sentence."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The whole sentence."""
        return "".join(part.text for part in self.parts)


def sentence(text: str) -> Sentence:
    """Return what was said, with the words that went through `quote` or `quoted` marked."""
    pieces = text.split(_MARK)
    return Sentence(tuple(Part(piece, bool(place % 2)) for place, piece in enumerate(pieces) if piece))


def quote(words: str) -> str:
    """Return people's words as one line without a final full stop, cut where they are long, marked for `sentence`."""
    line = clean(words).removesuffix(".")
    return f"{_MARK}{line if len(line) <= _LONGEST else beginning(line, _LONGEST - 1) + ELLIPSIS}{_MARK}"


def quoted(words: str) -> str:
    """Return people's words as `quote` does, in quotation marks."""
    return say("“{words}”", words=quote(words))


def listed(quotes: Sequence[str], count: int) -> str:
    """Return the first `QUOTED` of so many quotes, and how many more there are."""
    more = count - QUOTED
    rest = [say_counted("and {count} more", "and {count} more", more)] if more > 0 else []
    return ", ".join([*quotes[:QUOTED], *rest])
