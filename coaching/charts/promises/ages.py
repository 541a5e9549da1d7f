"""Days since something was agreed, on a line."""

from dataclasses import dataclass
from typing import Final

from coaching.charts.canvas.sheet import Sheet
from coaching.charts.canvas.style import FAINT, GRID, MUTED, SMALL
from coaching.i18n import say

# Days, weeks, then whole numbers of weeks, as people who meet every other week count.
_STEPS: Final = (1, 2, 7, 14, 28, 56, 112, 182, 364, 728, 1820, 3640, 36400)
_TICK_ROOM: Final = 46.0


@dataclass(frozen=True)
class Ages:
    """A straight line of days, from 0 to `last`.

    Parameters
    ----------
    last
        The day at its right end.
    left, right
        Where the ends are, in points.
    """

    last: int
    left: float
    right: float

    def at(self, days: float) -> float:
        """Return the place of a day, in points; one beyond the ends is put at the end."""
        return self.left + (self.right - self.left) * min(max(days, 0), self.last) / max(1, self.last)

    def ticks(self) -> list[int]:
        """Return the days worth a label."""
        most = max(1, int((self.right - self.left) / _TICK_ROOM))
        step = next((step for step in _STEPS if self.last / step <= most), max(1, self.last))
        return list(range(0, self.last + 1, step))


def age_grid(sheet: Sheet, ages: Ages, top: float, bottom: float) -> None:
    """Draw a faint line down from `top` to `bottom` at each labelled day."""
    for day in ages.ticks():
        sheet.line([ages.at(day)] * 2, [top, bottom], GRID)


def age_axis(sheet: Sheet, ages: Ages, y: float) -> float:
    """Draw the line with its days and what they are counted from; return the y below."""
    sheet.line([ages.left, ages.right], [y, y], FAINT)
    for day in ages.ticks():
        sheet.text(ages.at(day), y + 12, day, size=SMALL, colour=MUTED, align="center", gid="tick")
    sheet.text(ages.left, y + 27, say("days since it was agreed"), size=SMALL, colour=MUTED, gid="axis")
    return y + 40
