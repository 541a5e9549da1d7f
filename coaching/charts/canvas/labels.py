"""People's words as labels: one clean line, measured, cut or wrapped without breaking a character."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Final

from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font, LoadFlags

from coaching.text import is_noncharacter

ELLIPSIS: Final = "…"

# Unseen characters that reorder, join or split what stands around them; a label is shown without them.
_UNSEEN: Final = frozenset("\u00ad\u061c\u180e\u200b\u200e\u200f\ufeff\ufff9\ufffa\ufffb") | frozenset(
    map(chr, [*range(0x202A, 0x202F), *range(0x2060, 0x2070)])
)
# More marks than this on one base is decoration that climbs out of its line; no script needs as many in a label.
_MARKS: Final = 3
_EM_ASIAN: Final = 1.0
_EM_EMOJI: Final = 1.3
_EM_UNKNOWN: Final = 0.8
_VIRAMA: Final = 9
_ZWJ: Final = "\u200d"


def clean(text: object) -> str:
    """Return `text` as one line that can be drawn anywhere.

    Line breaks and control characters become spaces, runs of white space one space; characters that only reorder
    their neighbours are left out, and so are marks beyond three on one base. The full text belongs in the table.
    """
    spaced = "".join(" " if _is_blank(sign) else sign for sign in str(text) if sign not in _UNSEEN)
    whole = unicodedata.normalize("NFC", " ".join(spaced.split()))
    return "".join(_calm(cluster) for cluster in clusters(whole))


def clusters(text: str) -> Iterator[str]:
    """Yield what a reader takes for one character: a letter with its marks, a flag, a joined emoji.

    A short form of Unicode's UAX 29 that never cuts inside a mark, a joiner sequence, a tag or a conjunct.
    """
    if text.isascii():
        yield from text
        return
    held = ""
    for sign in text:
        if held and not _continues(held, sign):
            yield held
            held = ""
        held += sign
    if held:
        yield held


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide `text` is drawn, in points, rather too much than too little."""
    return size * sum(_ems(cluster, bold=bold) for cluster in clusters(text))


def shorten(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return `text` itself where it fits into `room` points, else its beginning and an ellipsis."""
    if width(text, size, bold=bold) <= room:
        return text
    return _fitting(text, size, room - width(ELLIPSIS, size, bold=bold), bold=bold).rstrip(" ,.;:") + ELLIPSIS


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
    if len(fitting) == len(text):
        return text
    ends = accumulate(len(cluster) for cluster in clusters(fitting))
    breaks = [place for place in ends if _may_break(text, place)]
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


def _is_blank(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs"} or is_noncharacter(sign)


def _is_asian(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in {"W", "F"}


def _is_flag_half(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _continues(held: str, sign: str) -> bool:
    last = held[-1]
    if unicodedata.category(sign).startswith("M") or sign in {_ZWJ, "\u200c"}:
        return True
    if "\U0001f3fb" <= sign <= "\U0001f3ff" or "\U000e0020" <= sign <= "\U000e007f":
        return True
    if _is_flag_half(sign):
        return len(held) == 1 and _is_flag_half(last)
    if last == _ZWJ:
        return unicodedata.category(sign) in {"So", "Cn"}
    return unicodedata.combining(last) == _VIRAMA and unicodedata.category(sign) == "Lo"


def _calm(cluster: str) -> str:
    kept = 0
    shown = ""
    for sign in cluster:
        kept += unicodedata.category(sign) in {"Mn", "Me"}
        if kept <= _MARKS or not unicodedata.category(sign).startswith("M"):
            shown += sign
    return shown


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
    spacing = sum(unicodedata.category(sign) in {"Mc", "Lo"} for sign in cluster[1:])
    return _advance(base, bold=bold) + spacing * _EM_UNKNOWN
