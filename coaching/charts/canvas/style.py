"""What every chart looks like: colours, sizes, and matplotlib settings that hold while a chart is drawn."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

from matplotlib import style
from matplotlib.colors import LinearSegmentedColormap, to_hex

INK: Final = "#22262B"
MUTED: Final = "#4F575F"
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

# From the first version to the newest, on white paper and on dark.
_BIRTHS: Final = ("#a985b8", "#24797d", "#6e4300")
_BIRTHS_ON_DARK: Final = ("#8f6aa0", "#4fa9a8", "#f0c465")

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


def birth_colours(count: int, *, on_dark: bool = False) -> tuple[str, ...]:
    """Return one colour per version, plum for the first, over teal, to ochre for the newest.

    Parameters
    ----------
    count
        How many versions there are; the step between neighbours grows smaller with it.
    on_dark
        Whether they stand on dark paper.

    Returns
    -------
    tuple of str
        ``#rrggbb``; each differs from its paper by 3:1 or more, the newest the most, so that the order survives
        colour-vision deficiency and grey print.
    """
    scale = LinearSegmentedColormap.from_list("births", _BIRTHS_ON_DARK if on_dark else _BIRTHS)
    steps = max(1, count - 1)
    return tuple(to_hex(scale(place / steps)) for place in range(count))
