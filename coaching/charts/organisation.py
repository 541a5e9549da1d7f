"""Numbers of a whole organisation as bars, each with the distance within which the true one lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.figure import Figure

from coaching.charts.canvas.labels import clean
from coaching.charts.canvas.sheet import MARGIN, WIDTH, Sheet
from coaching.charts.canvas.style import FAINT, INK, LATE, MUTED, SMALL, drawing
from coaching.i18n import say
from coaching.metrics.organisation.disclosure import Estimate

#: The number stands beside its name, or below it where there is no room, and the bar behind it.
_NUMBER: Final = MARGIN + 240
_BEHIND: Final = 90.0
_ROW: Final = 24.0
_THICK: Final = 12.0
_CAP: Final = 4.0


@dataclass(frozen=True)
class Bar:
    """One number under its name; None where it may not be shown."""

    name: str
    estimate: Estimate | None


@dataclass(frozen=True)
class Band:
    """Bars under a heading; without one they stand alone."""

    heading: str
    bars: tuple[Bar, ...]


def estimates(finding: str, reading: str, bands: Sequence[Band], width: float = WIDTH) -> Figure:
    """Draw bars, one below the other, on one scale.

    Parameters
    ----------
    finding, reading
        What was found, and how to read it.
    bands
        From top to bottom.
    width
        How wide the figure is, in points.

    Returns
    -------
    matplotlib.figure.Figure
        The whisker at the end of a bar is its error; what may not be shown says so, and has no bar.
    """
    shown = [bar.estimate for band in bands for bar in band.bars if bar.estimate]
    longest = max((one.number + one.error for one in shown), default=1)
    with drawing():
        sheet = Sheet(width)
        unit = (width - MARGIN - _left(sheet)) / max(1, longest)
        y = sheet.headline(finding, reading)
        for band in bands:
            sheet.text(MARGIN, y, band.heading, bold=True, room=width - 2 * MARGIN, gid="band")
            y += _ROW
            for bar in band.bars:
                y = _bar(sheet, bar, unit, y)
            y += _ROW / 2
        return sheet.close(y)


def in_words(estimate: Estimate | None) -> str:
    """Return a number with its error.

    Examples
    --------
    >>> in_words(Estimate(120, 4)), in_words(Estimate(120, 0)), in_words(None)
    ('about 120 ± 4', '120', 'too few to be shown')
    """
    if estimate is None:
        return say("too few to be shown")
    if not estimate.error:
        return str(estimate.number)
    return say("about {number} ± {error}", number=estimate.number, error=estimate.error)


def _number(sheet: Sheet) -> float:
    return MARGIN + 12 if sheet.is_narrow else _NUMBER


def _left(sheet: Sheet) -> float:
    return _number(sheet) + _BEHIND


def _bar(sheet: Sheet, bar: Bar, unit: float, y: float) -> float:
    """Draw one number; return the y of the next."""
    left, at = _left(sheet), _number(sheet)
    room = sheet.width - 2 * MARGIN - 12 if sheet.is_narrow else _NUMBER - MARGIN - 20
    sheet.text(MARGIN + 12, y, clean(bar.name), size=SMALL, room=room, gid="name")
    if sheet.is_narrow:
        y += _ROW - 6
    if bar.estimate is None:
        sheet.text(at, y, in_words(None), size=SMALL, colour=MUTED, gid="hidden")
        return y + _ROW
    sheet.text(at, y, in_words(bar.estimate), size=SMALL, gid="words")
    sheet.line([left, left], [y - _THICK, y + _THICK], FAINT)
    end = left + bar.estimate.number * unit
    low = max(left, end - bar.estimate.error * unit)
    high = end + bar.estimate.error * unit
    sheet.box(left, y - _THICK / 2, max(end - left, 0.5), _THICK, LATE, gid="number")
    sheet.line([low, high], [y, y], INK, gid="error")
    for x in {low, high}:
        sheet.line([x, x], [y - _CAP, y + _CAP], INK, gid="error")
    return y + _ROW
