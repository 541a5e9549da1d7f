"""A figure of a page: a chart as inline SVG, and its numbers as a table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd
from matplotlib.figure import Figure as Drawing

from coaching.charts.canvas.sheet import NARROW, WIDTH
from coaching.charts.canvas.svg import is_words_alone, svg, written
from coaching.i18n import say
from coaching.l10n import say_day, say_month
from coaching.metrics.periods import Period

_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Table:
    """Numbers behind a figure; the first cell of each row names it, and words of a person are `Words`."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A chart and its numbers; it is drawn when the page is laid out, as that takes longest.

    Whatever words of people stand in the chart stand in its table or elsewhere on the page too.
    """

    name: str
    title: str
    caption: str
    draw: Callable[[float], Drawing]
    table: Table

    @cached_property
    def _drawing(self) -> Drawing:
        return self.draw(WIDTH)

    @property
    def finding(self) -> str:
        """What the chart shows, in words."""
        return written(self._drawing, "finding") or self.title

    @property
    def reading(self) -> str:
        """How the chart is read."""
        return written(self._drawing, "reading") or self.caption

    @property
    def drawings(self) -> dict[str, str]:
        """The chart as inline SVG, ``wide``, and ``narrow`` for a phone; none where there is nothing to see yet."""
        if is_words_alone(self._drawing):
            return {}
        return {
            "wide": svg(self._drawing, self.name, self.finding, self.reading),
            "narrow": svg(self.draw(NARROW), f"{self.name}-narrow", self.finding, self.reading),
        }


def period_in_words(period: Period) -> str:
    """Return what a period is called on a page: ``October to December 2025``, ``2025`` or ``So far``."""
    if period.start is None or period.end is None:
        return say("So far")
    last = date.fromordinal(period.end.toordinal() - 1)
    if (period.start.month, last.month) == (1, _MONTHS_OF_A_YEAR):
        return str(period.start.year)
    return say(
        "{first} to {last} {year}", first=say_month(period.start.month), last=say_month(last.month), year=last.year
    )


def session_cell(number: object) -> str:
    """Return the session of a row."""
    return say("Session {number}", number=number) if number else say("no session")


def day_cell(day: Any) -> str:
    """Return a day of a row, a dash where there is none."""
    return "–" if pd.isna(day) else say_day(pd.Timestamp(day).date(), "short")
