"""Where things go: labels pushed apart, days on a line, ticks that leave each other room."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from coaching.charts.canvas.labels import width
from coaching.charts.canvas.sheet import Sheet
from coaching.charts.canvas.style import FAINT, LABEL, MUTED, SMALL
from coaching.i18n import say
from coaching.l10n import say_day, say_month

_SHORT_PERIOD: Final = 62
# Months from one tick to the next.
_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
_TICK_ROOM: Final = 44.0
_GAP: Final = 8.0


def as_day(value: Any) -> date | None:
    """Return a frame's day as a date, None where it is missing."""
    return None if pd.isna(value) else pd.Timestamp(value).date()


def spread(centres: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Return centres for labels that do not overlap, as near as possible to where they belong, in the same order.

    Parameters
    ----------
    centres
        Where each label would like to stand.
    heights
        How much room each takes.
    low, high
        Edges that no label should cross; where the labels need more than that, they run over `high`.

    Notes
    -----
    Taking off the room needed by the labels before it turns "do not overlap" into "do not fall", which is least-squares
    isotonic regression: pool adjacent violators, then clip.
    """
    order = sorted(range(len(centres)), key=lambda place: centres[place])
    offsets: dict[int, float] = {}
    filled = 0.0
    for place in order:
        offsets[place] = filled + heights[place] / 2
        filled += heights[place]
    blocks: list[list[float]] = []
    for place in order:
        blocks.append([centres[place] - offsets[place], 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1] = [blocks[-1][0] + total, blocks[-1][1] + count]
    levels = [total / count for total, count in blocks for _ in range(int(count))]
    roof = max(low, high - filled)
    found = {place: min(max(level, low), roof) + offsets[place] for place, level in zip(order, levels, strict=True)}
    return [found[place] for place in range(len(centres))]


@dataclass(frozen=True)
class Days:
    """A straight line of days.

    Parameters
    ----------
    first, last
        The days at its ends.
    left, right
        Where the ends are, in points.
    """

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Return the place of a day, also of one beyond the ends."""
        span = max(1, (self.last - self.first).days)
        return self.left + (self.right - self.left) * (day - self.first).days / span

    def ticks(self) -> list[date]:
        """Return the days worth a label: single days in a short period, else first days of months or years."""
        span = (self.last - self.first).days
        most = max(1, int((self.right - self.left) / _TICK_ROOM))
        if span < _SHORT_PERIOD:
            step = max(1, -(-span // min(most, 8)))
            return [self.first + timedelta(days=passed) for passed in range(0, span + 1, step)]
        months = range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month)
        step = next((step for step in _STEPS if len(months) / step <= most), _STEPS[-1])
        starts = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
        return [start for start in starts if start >= self.first]


def date_axis(sheet: Sheet, days: Days, y: float) -> float:
    """Draw a line with months or days under it; return the y below its labels."""
    sheet.line([days.left, days.right], [y, y], FAINT)
    short = (days.last - days.first).days < _SHORT_PERIOD
    year = None
    for day in days.ticks():
        label = say_day(day, "day_month") if short else say_month(day.month, short=True)
        half = width(label, SMALL) / 2
        x = min(max(days.at(day), half + 4), days.right + half)
        sheet.line([days.at(day)] * 2, [y, y + 4], FAINT)
        sheet.text(x, y + 14, label, size=SMALL, colour=MUTED, align="center", gid="tick")
        if day.year != year:
            sheet.text(x, y + 28, day.year, size=SMALL, colour=MUTED, align="center", gid="tick")
        year = day.year
    return y + 28 + LABEL


@dataclass(frozen=True)
class Head:
    """What stands under one session: its place in points, its short name and its day."""

    x: float
    name: str
    day: date | None


def version_name(number: int, session: int | None) -> str:
    """Return the short name of a version: by its session, else by its own number."""
    return say("v{number}", number=number) if session is None else say("S{number}", number=session)


def session_axis(sheet: Sheet, heads: Sequence[Head], y: float) -> float:
    """Write names and days under sessions, as many as fit, always the first and the last; return the y below them."""
    shown: list[Head] = []
    heads = [replace(head, x=min(max(head.x, _half(head) + 2), sheet.width - _half(head) - 2)) for head in heads]
    for head in heads:
        while shown and shown[-1].x + _half(shown[-1]) + _GAP > head.x - _half(head) and head is heads[-1]:
            shown.pop()
        if not shown or shown[-1].x + _half(shown[-1]) + _GAP <= head.x - _half(head):
            shown.append(head)
    year = None
    for head in shown:
        x = head.x
        sheet.text(x, y, head.name, size=SMALL, bold=True, align="center", gid="tick")
        if head.day is None:
            continue
        sheet.text(x, y + 15, say_day(head.day, "day_month"), size=SMALL, colour=MUTED, align="center", gid="tick")
        if head.day.year != year:
            sheet.text(x, y + 29, head.day.year, size=SMALL, colour=MUTED, align="center", gid="tick")
        year = head.day.year
    return y + 40


def _half(head: Head) -> float:
    below = width(say_day(head.day, "day_month"), SMALL) if head.day else 0.0
    return max(width(head.name, SMALL, bold=True), below) / 2
