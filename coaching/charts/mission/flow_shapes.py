"""Where the versions of a statement and their words are on the sheet, and the shapes between them."""

from dataclasses import dataclass
from typing import Final

from matplotlib.path import Path

from coaching.charts.canvas.sheet import NARROW, WIDTH, Sheet
from coaching.charts.mission.flow import Piece, Unit

#: Where the first version and the last one are, by the width of the sheet.
_ENDS: Final = {WIDTH: (150.0, WIDTH - 172.0), NARROW: (86.0, NARROW - 96.0)}
_WORD: Final = 11.0
_LEAST: Final = 240.0
_MOST: Final = 520.0
COLUMN: Final = 9.0
# From here on there is room for bands only, no columns and no words between them.
MANY: Final = 15
_TURN: Final = 0.65
_WIDE: Final = 70.0


@dataclass(frozen=True)
class Flow:
    """Where versions and their words are on the sheet.

    Parameters
    ----------
    stacks
        The words of every version.
    colours
        One for each version.
    top
        Where the flow begins.
    sheet
        What it is drawn on.
    """

    stacks: list[list[Unit]]
    colours: tuple[str, ...]
    top: float
    sheet: Sheet

    @property
    def left(self) -> float:
        """Middle of the first version's column."""
        return _ENDS[self.sheet.width][0]

    @property
    def right(self) -> float:
        """Middle of the last version's column."""
        return _ENDS[self.sheet.width][1]

    @property
    def count(self) -> int:
        """How many versions there are."""
        return len(self.stacks)

    @property
    def tallest(self) -> int:
        """Words of the longest version."""
        return max(1, *map(len, self.stacks))

    @property
    def height(self) -> float:
        """Height of the whole flow in points."""
        return self.sheet.high(min(max(self.tallest * _WORD, _LEAST), _MOST))

    @property
    def gap(self) -> float:
        """Points from one version to the next."""
        return (self.right - self.left) / max(1, self.count - 1)

    @property
    def column(self) -> float:
        """Width of a column; none where there are too many."""
        return COLUMN if self.count < MANY else 0.0

    def x(self, version: int) -> float:
        """Return the middle of a version's column."""
        return self.left + version * self.gap

    def y(self, place: float) -> float:
        """Return where the word at a place begins."""
        return self.top + place * self.height / self.tallest

    def edges(self, start: int, stop: int) -> tuple[float, float]:
        """Return top and bottom of words, with a hairline left free around them."""
        hair = min(0.9, self.height / self.tallest / 8)
        return self.y(start) + hair, self.y(stop) - hair

    def middle(self, piece: Piece) -> float:
        """Return the y of a piece's middle."""
        return self.y((piece.start + piece.stop) / 2)


def tail_end(flow: Flow, left: float, right: float, piece: Piece) -> float:
    """Return where a tail ends: a large one is long enough to carry words, where versions leave room for them."""
    most = 0.9 if right - left > _WIDE else 0.55
    return left + min(most * (right - left), 16 + flow.height / flow.tallest * len(piece.units))


def ribbon(left: float, right: float, start: tuple[float, float], stop: tuple[float, float]) -> Path:
    """Return a band from one column to the next; `start` and `stop` are its upper and lower edge at each."""
    middle = (left + right) / 2
    points = [
        (left, start[0]),
        (middle, start[0]),
        (middle, stop[0]),
        (right, stop[0]),
        (right, stop[1]),
        (middle, stop[1]),
        (middle, start[1]),
        (left, start[1]),
        (left, start[0]),
    ]
    move, line, curve, close = Path.MOVETO, Path.LINETO, Path.CURVE4, Path.CLOSEPOLY
    return Path(points, [move, curve, curve, curve, line, curve, curve, curve, close])


def tail(left: float, tip: float, upper: float, lower: float) -> Path:
    """Return a shape that narrows to a point, a long one near its end only."""
    middle, turn = (upper + lower) / 2, left + (_TURN if tip - left > _WIDE else 0.1) * (tip - left)
    near = (turn + tip) / 2
    points = [
        (left, upper),
        (turn, upper),
        (near, upper),
        (near, middle),
        (tip, middle),
        (near, middle),
        (near, lower),
        (turn, lower),
        (left, lower),
        (left, upper),
    ]
    move, line, curve, close = Path.MOVETO, Path.LINETO, Path.CURVE4, Path.CLOSEPOLY
    return Path(points, [move, line, curve, curve, curve, curve, curve, curve, line, close])
