"""What every chart looks like: colours, sizes, and matplotlib settings that hold while a chart is drawn."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

from matplotlib import colormaps, style
from matplotlib.colors import to_hex

INK: Final = "#22262B"
MUTED: Final = "#565E67"
FAINT: Final = "#D9DDE1"
GRID: Final = "#EDEFF1"
PAPER: Final = "#FFFFFF"

ON_TIME: Final = "#0B5C7A"
LATE: Final = "#4F9CBA"
OPEN: Final = "#F4D58D"
LET_GO: Final = "#C2BCB3"
OVERDUE: Final = "#BA5208"

# Outlines and thin strokes for the fills that are too pale to stand on white by themselves.
OPEN_LINE: Final = "#8A640B"
LET_GO_LINE: Final = "#6F695F"

TITLE: Final = 16.0
LABEL: Final = 11.0
SMALL: Final = 10.0

# What matplotlib ships: the layout is the same on every machine, and wider than what a browser will choose.
FONT: Final = "DejaVu Sans"
RC: Final = {
    "font.family": [FONT],
    "text.parse_math": False,
    "svg.fonttype": "none",
    "path.simplify": False,
}


@dataclass(frozen=True)
class Look:
    """How one outcome of a promise is drawn and named.

    Parameters
    ----------
    name
        The words beside its count.
    marker
        Shape, as matplotlib names it; no two outcomes share both a shape and a lightness.
    fill, edge
        Colours of the inside and of the outline.
    """

    name: str
    marker: str
    fill: str
    edge: str


# In the order in which they stack and are listed.
LOOKS: Final = {
    "on_time": Look("kept", "o", ON_TIME, ON_TIME),
    "late": Look("done afterwards", "o", LATE, ON_TIME),
    "done": Look("done", "s", LATE, ON_TIME),
    "let_go": Look("let go", "x", LET_GO_LINE, LET_GO_LINE),
    "open": Look("open", "o", OPEN, OPEN_LINE),
    "overdue": Look("past the agreed day", "D", OVERDUE, OVERDUE),
}
# The outcomes of what was done, by whichever day.
DONE: Final = ("on_time", "late", "done")


def drawing() -> AbstractContextManager[None]:
    """Return a context with matplotlib's defaults and `RC`, whatever the notebook around it has set."""
    return style.context(RC, after_reset=True)


def birth_colours(count: int) -> tuple[str, ...]:
    """Return one colour per version, deep blue for the first to yellow for the newest.

    Parameters
    ----------
    count
        How many versions there are; the step between neighbours grows smaller with it.

    Returns
    -------
    tuple of str
        ``#rrggbb``, rising in lightness, so that the order survives colour-vision deficiency and grey print.
    """
    scale = colormaps["viridis"]
    steps = max(1, count - 1)
    return tuple(to_hex(scale(0.06 + 0.89 * place / steps)) for place in range(count))
