"""A statement's words beside and inside its flow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from coaching.charts.canvas.labels import ELLIPSIS, clean, width, wrap
from coaching.charts.canvas.layout import spread
from coaching.charts.canvas.sheet import Sheet
from coaching.charts.canvas.style import FAINT, INK, MUTED, SMALL
from coaching.charts.mission.flow import Piece

_LEADING: Final = 13.0
_INSIDE: Final = 10.0
_INSIDE_LEADING: Final = 11.0
_MOST_LINES: Final = 12


@dataclass(frozen=True)
class Side:
    """One side of the flow.

    Parameters
    ----------
    x
        Edge of the column that is labelled.
    sign
        -1 for labels to the left of it, 1 for labels to the right.
    top, bottom
        Between which the labels stay.
    room
        How wide a label may be.
    """

    x: float
    sign: int
    top: float
    bottom: float
    room: float


@dataclass(frozen=True)
class _Label:
    piece: Piece
    lines: int


def beside(
    sheet: Sheet, side: Side, pieces: Sequence[Piece], middle: Callable[[Piece], float], strong: Callable[[Piece], bool]
) -> None:
    """Write the pieces of one version beside it, each with a thin line to where it stands, none over another.

    Where there is not room for all words, the longest labels are cut first and then the smallest pieces left out.
    """
    labels = _within(pieces, side)
    heights = [label.lines * _LEADING + 1 for label in labels]
    centres = [middle(label.piece) for label in labels]
    for label, centre, y in zip(labels, centres, spread(centres, heights, side.top, side.bottom), strict=True):
        steps = [side.x + side.sign * step for step in (2, 5, 12, 15)]
        sheet.line(steps, [centre, centre, y, y], FAINT)
        bold = strong(label.piece)
        lines = wrap(clean(label.piece.text), SMALL, side.room, lines=label.lines, bold=bold)
        for place, line in enumerate(lines):
            sheet.text(
                side.x + side.sign * 19,
                y + (place - (len(lines) - 1) / 2) * _LEADING,
                line,
                size=SMALL,
                colour=INK if bold or side.sign > 0 else MUTED,
                bold=bold,
                align="left" if side.sign > 0 else "right",
                gid="first" if side.sign < 0 else "latest",
            )


def inside(sheet: Sheet, text: str, x: float, edges: tuple[float, float], room: float) -> None:
    """Write words inside their band where they are understood: whole, or the first lines of a long passage."""
    words = clean(text)
    top, bottom = edges
    most = min(int((bottom - top) / _INSIDE_LEADING), _MOST_LINES)
    lines = wrap(words, _INSIDE, room, lines=max(1, most))
    broken = max(width(word, _INSIDE) for word in words.split() or [""]) > room and words.isascii()
    cut = lines[-1:] != [] and lines[-1].endswith(ELLIPSIS) and not words.endswith(ELLIPSIS)
    if not most or broken or (cut and most < _MOST_LINES):
        return
    for place, line in enumerate(lines):
        y = (top + bottom) / 2 + (place - (len(lines) - 1) / 2) * _INSIDE_LEADING
        sheet.text(x, y, line, size=_INSIDE, gid="passing")


def _within(pieces: Sequence[Piece], side: Side) -> list[_Label]:
    labels = [_Label(piece, _needed(piece, side.room)) for piece in pieces]
    room = side.bottom - side.top
    while sum(label.lines * _LEADING + 1 for label in labels) > room and len(labels) > 1:
        longest = max(range(len(labels)), key=lambda place: labels[place].lines)
        if labels[longest].lines > 1:
            labels[longest] = replace(labels[longest], lines=labels[longest].lines - 1)
        else:
            del labels[min(range(len(labels)), key=lambda place: len(labels[place].piece.units))]
    return labels


def _needed(piece: Piece, room: float) -> int:
    return max(1, len(wrap(clean(piece.text), SMALL, room, lines=_MOST_LINES, bold=True)))
