"""People's words as labels: one clean line, measured, cut or wrapped without breaking a character."""

import unicodedata
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Final

import regex
from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font, LoadFlags

from coaching.text import UNSHOWABLE, clusters

ELLIPSIS: Final = "…"

# What only reorders, splits or annotates its neighbours. Joiners and tags stay: they make other characters.
_UNSEEN: Final = regex.compile(
    r"[[\p{Cf}\u2065]--[\u200c\u200d\U000e0020-\U000e007f\p{Prepended_Concatenation_Mark}]]", regex.V1
)
# More marks than three on one base are decoration that climbs out of its line; no script needs as many in a label.
_DECORATION: Final = regex.compile(r"([\p{Mn}\p{Me}\u200c\u200d]{3})[\p{Mn}\p{Me}\u200c\u200d]+")
# A link as lists in Markdown have it: its label, and an address that would fill the line.
_LINK: Final = regex.compile(r"!?\[([^\[\]]+)\]\((?:https?://|mailto:|www\.)[^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)")
# What has a width of its own beside the base of its character.
_SPACING: Final = regex.compile(r"[\p{Mc}\p{L}\p{N}]")
_EM_ASIAN: Final = 1.0
_EM_EMOJI: Final = 1.3
_EM_UNKNOWN: Final = 0.8


def clean(text: object) -> str:
    """Return `text` as one line that can be drawn anywhere.

    Of a link in Markdown its label stays, as nobody can follow it here. Line breaks and control characters become
    spaces, runs of white space one space; characters that only reorder their neighbours are left out, and so are marks
    beyond three on one base. The full text belongs in the table.
    """
    spaced = UNSHOWABLE.sub(" ", _LINK.sub(r"\1", _UNSEEN.sub("", str(text))))
    return _DECORATION.sub(r"\1", unicodedata.normalize("NFC", " ".join(spaced.split())))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide `text` is drawn, in points, rather too much than too little."""
    return size * sum(_ems(cluster, bold=bold) for cluster in clusters(text))


def shorten(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return `text` itself where it fits into `room` points, else its first whole words and an ellipsis."""
    if width(text, size, bold=bold) <= room:
        return text
    fitting = _fitting(text, size, room - width(ELLIPSIS, size, bold=bold), bold=bold)
    return _whole_words(text, fitting).rstrip(" ,.;:") + ELLIPSIS


def wrap(text: str, size: float, room: float, *, lines: int, bold: bool = False) -> list[str]:
    """Return `text` as at most `lines` lines, none wider than `room` points; what is cut ends in an ellipsis.

    Lines break at spaces, between wide characters (which need no spaces), and inside a word only when the word alone
    is wider than a line.
    """
    wrapped: list[str] = []
    rest = text.strip()
    while rest and len(wrapped) < lines:
        line = rest if len(wrapped) == lines - 1 else _line(rest, size, room, bold=bold)
        rest = rest[len(line) :].lstrip()
        wrapped.append(shorten(line.rstrip(), size, room, bold=bold))
    return wrapped


def _line(text: str, size: float, room: float, *, bold: bool) -> str:
    fitting = _fitting(text, size, room, bold=bold)
    return text if len(fitting) == len(text) else _whole_words(text, fitting)


def _whole_words(text: str, fitting: str) -> str:
    """Return the beginning of a text up to the last place where it may break; all that fits where there is none."""
    ends = accumulate(len(cluster) for cluster in clusters(fitting))
    breaks = [place for place in ends if place < len(text) and _may_break(text, place)]
    return text[: breaks[-1]] if breaks else fitting


def _fitting(text: str, size: float, room: float, *, bold: bool) -> str:
    taken = ""
    used = 0.0
    for cluster in clusters(text):
        used += size * _ems(cluster, bold=bold)
        if taken and used > room:
            break
        taken += cluster
    return taken


def _may_break(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if after == " ":
        return True
    if before == " ":
        return True
    closing = unicodedata.category(after) in {"Pe", "Pf", "Po"}
    return _is_asian(before) and not closing and unicodedata.category(before) not in {"Ps", "Pi"} and _is_asian(after)


def _is_asian(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in {"W", "F"}


def _is_flag_half(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


@cache
def _font(*, bold: bool) -> FT2Font:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return FT2Font(str(Path(get_data_path(), "fonts", "ttf", name)))


@cache
def _advance(sign: str, *, bold: bool) -> float:
    font = _font(bold=bold)
    if not font.get_char_index(ord(sign)):
        return _EM_UNKNOWN
    glyph = font.load_char(ord(sign), flags=LoadFlags.NO_SCALE | LoadFlags.NO_HINTING)
    return float(glyph.horiAdvance / font.units_per_EM)


@cache
def _ems(cluster: str, *, bold: bool) -> float:
    base = cluster[0]
    if _is_flag_half(base) or (_is_asian(base) and unicodedata.category(base) in {"So", "Cn"}):
        return _EM_EMOJI
    if _is_asian(base):
        return _EM_ASIAN
    spacing = len(_SPACING.findall(cluster, 1))
    return _advance(base, bold=bold) + spacing * _EM_UNKNOWN
