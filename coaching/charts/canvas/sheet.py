"""A sheet of paper measured in points, y downwards: text, lines and marks go where they are put."""

from collections.abc import Sequence
from typing import Final, Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text

from coaching.charts.canvas.labels import clean, shorten, wrap
from coaching.charts.canvas.style import INK, LABEL, MUTED, PAPER, TITLE, Look, drawing

#: Between the margins of a sheet of A4 the smallest letters of a figure of this width are 8 points high.
WIDTH: Final = 620.0
#: The same on half of that, and 12 pixels on a phone.
NARROW: Final = 290.0
MARGIN: Final = 2.0
_POINTS_PER_INCH: Final = 72
# From the middle of a lowercase letter down to the baseline, in ems of DejaVu Sans.
_TO_BASELINE: Final = 0.36
_LOW: Final = 0.7
_WITHOUT_END: Final = 10_000.0


class Sheet:
    """A figure that is drawn from the top down and cut off where its contents end.

    Coordinates are points (1/72 inch); x runs to the right from 0 to `width`, y downwards from 0. Every text on it is
    cleaned first and never read as mathematics. Texts are placed by their baseline, line by line, so that the
    layout does not depend on which glyphs they hold.
    """

    def __init__(self, width: float) -> None:
        self.width = width
        self.figure = Figure(figsize=(width / _POINTS_PER_INCH, 1), facecolor=PAPER)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(_WITHOUT_END, 0)

    @property
    def is_narrow(self) -> bool:
        """Say whether words stand above what they are said of, as there is no room beside it."""
        return self.width < WIDTH

    def high(self, points: float) -> float:
        """Return how high something is that can be lower where there is less width."""
        return points * _LOW if self.is_narrow else points

    def close(self, height: float) -> Figure:
        """Cut the sheet at `height` points and return its figure."""
        self.figure.set_size_inches(self.width / _POINTS_PER_INCH, height / _POINTS_PER_INCH)
        self.axes.set_ylim(height, 0)
        return self.figure

    def text(  # noqa: PLR0913 -- where, what and how of one label
        self,
        x: float,
        y: float,
        words: object,
        *,
        size: float = LABEL,
        colour: str = INK,
        bold: bool = False,
        align: Literal["left", "center", "right"] = "left",
        room: float | None = None,
        gid: str | None = None,
    ) -> Text:
        """Write one line, its lowercase letters centred on `y`, cut to `room` points where that is given."""
        line = clean(words)
        return self.axes.text(
            x,
            y + size * _TO_BASELINE,
            line if room is None else shorten(line, size, room, bold=bold),
            fontsize=size,
            color=colour,
            fontweight="bold" if bold else "normal",
            ha=align,
            va="baseline",
            parse_math=False,
            zorder=6,
            gid=gid,
        )

    def line(
        self, x: Sequence[float], y: Sequence[float], colour: str, *, thick: float = 1.0, gid: str = "rule"
    ) -> None:
        """Draw a line through points; `gid` names what it stands for."""
        zorder = 1 if gid == "rule" else 3
        self._line(Line2D(x, y, color=colour, linewidth=thick, solid_capstyle="butt", zorder=zorder, gid=gid))

    def marks(self, x: Sequence[float], y: Sequence[float], look: Look, *, size: float, gid: str) -> None:
        """Draw one mark per point, `size` points wide, in the look of an outcome."""
        crossed = look.marker == "x"
        # A diamond as wide as a circle looks smaller than it.
        shown = size * {"x": 0.72, "D": 0.8}.get(look.marker, 1.0)
        self._line(
            Line2D(
                x,
                y,
                linestyle="none",
                marker=look.marker,
                markersize=shown,
                markerfacecolor=look.fill,
                markeredgecolor=look.edge,
                markeredgewidth=2.0 if crossed else max(0.8, size / 8),
                zorder=5,
                gid=gid,
            )
        )

    def box(self, left: float, top: float, wide: float, high: float, colour: str, *, gid: str) -> None:
        """Draw a filled rectangle."""
        patch = Rectangle((left, top), wide, high, facecolor=colour, edgecolor="none", zorder=3, gid=gid, clip_on=False)
        self.axes.add_artist(patch)

    def shape(self, path: Path, colour: str, *, alpha: float = 1.0, edge: str = "none", gid: str) -> None:
        """Draw a filled outline."""
        patch = PathPatch(
            path, facecolor=colour, edgecolor=edge, linewidth=0.6, alpha=alpha, zorder=2, gid=gid, clip_on=False
        )
        self.axes.add_artist(patch)

    def headline(self, finding: str, reading: str) -> float:
        """Write what was found and how to read the chart; return the y where the chart can begin."""
        y = 28.0
        room = self.width - 2 * MARGIN
        for line in _balanced(clean(finding), room):
            self.text(MARGIN, y, line, size=TITLE, bold=True, gid="finding")
            y += 21
        y += 3
        for line in wrap(clean(reading), LABEL, room, lines=20):
            self.text(MARGIN, y, line, colour=MUTED, gid="reading")
            y += 16
        return y + 14

    def _line(self, line: Line2D) -> None:
        line.set_clip_on(False)
        self.axes.add_artist(line)


def _balanced(finding: str, room: float) -> list[str]:
    """Return the title's lines, two of them about equally long where one is not enough."""
    whole = wrap(finding, TITLE, room, lines=20, bold=True)
    if len(whole) != 2:  # noqa: PLR2004 -- two are balanced
        return whole
    narrower = (wrap(finding, TITLE, narrow, lines=2, bold=True) for narrow in range(int(room / 2), int(room), 10))
    return next((lines for lines in narrower if " ".join(lines) == " ".join(whole)), whole)


def empty(finding: str, reading: str) -> Figure:
    """Return a small figure that says in words why there is nothing to see yet."""
    with drawing():
        sheet = Sheet(WIDTH)
        return sheet.close(sheet.headline(finding, reading))
