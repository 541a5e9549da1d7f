"""Days since something was agreed, on a line: as days, weeks, months or years."""

from dataclasses import dataclass
from typing import Final

from coaching.charts.canvas.sheet import Sheet
from coaching.charts.canvas.style import FAINT, GRID, MUTED, SMALL
from coaching.i18n import say

# Of each unit: up to how many days it is used, how many days it has, and how many of it lie between two ticks.
_UNITS: Final = (
    ("days", 60, 1.0, (1, 2, 7, 14)),
    ("weeks", 182, 7.0, (1, 2, 4, 8)),
    ("months", 1096, 365.25 / 12, (1, 2, 3, 6, 12)),
    ("years", 10**9, 365.25, (1, 2, 5, 10, 20, 50, 100)),
)
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

    @property
    def _unit(self) -> tuple[str, float, tuple[int, ...]]:
        name, _, length, steps = next(unit for unit in _UNITS if self.last <= unit[1])
        return name, length, steps

    def ticks(self) -> list[int]:
        """Return the days worth a label: those on which a day, a week, a month or a year is full."""
        _, length, steps = self._unit
        most = max(1, int((self.right - self.left) / _TICK_ROOM))
        step = next((step for step in steps if self.last / (step * length) <= most), max(1, int(self.last / length)))
        return [round(number * length) for number in range(0, int(self.last / length) + 1, step)]

    def label(self, day: int) -> int:
        """Return the number of full days, weeks, months or years at one of the `ticks`."""
        return round(day / self._unit[1])

    @property
    def name(self) -> str:
        """What is counted along the line."""
        return {
            "days": say("days since it was agreed"),
            "weeks": say("weeks since it was agreed"),
            "months": say("months since it was agreed"),
            "years": say("years since it was agreed"),
        }[self._unit[0]]


def age_grid(sheet: Sheet, ages: Ages, top: float, bottom: float) -> None:
    """Draw a faint line down from `top` to `bottom` at each labelled day."""
    for day in ages.ticks():
        sheet.line([ages.at(day)] * 2, [top, bottom], GRID)


def age_axis(sheet: Sheet, ages: Ages, y: float) -> float:
    """Draw the line with its numbers and what they are counted from; return the y below."""
    sheet.line([ages.left, ages.right], [y, y], FAINT)
    for day in ages.ticks():
        sheet.text(ages.at(day), y + 12, ages.label(day), size=SMALL, colour=MUTED, align="center", gid="tick")
    sheet.text(ages.left, y + 27, ages.name, size=SMALL, colour=MUTED, gid="axis")
    return y + 40
