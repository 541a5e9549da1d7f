"""How promises add up over time, and what became of them."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import accumulate
from typing import Any, Final

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.path import Path

from coaching.charts.canvas.layout import Days, as_day, date_axis, spread
from coaching.charts.canvas.sheet import MARGIN, WIDTH, Sheet, empty
from coaching.charts.canvas.style import FAINT, GRID, INK, LET_GO, LOOKS, MUTED, OPEN_LINE, PAPER, SMALL, drawing
from coaching.charts.canvas.wording import promises
from coaching.i18n import say
from coaching.l10n import say_day

# From the bottom up: what is settled stands on the ground.
_LAYERS: Final = ("done", "on_time", "late", "let_go", "open")
_FILLS: Final = {**{name: LOOKS[name].fill for name in _LAYERS}, "let_go": LET_GO}
_FEWEST: Final = 3
_HEIGHT: Final = 240.0
_LEFT: Final = MARGIN + 34
_AFTER: Final = 146.0
_LAST_DAY: Final = 10.0


def burnup(steps: pd.DataFrame, sessions: pd.DataFrame, asof: date, width: float = WIDTH) -> Figure:
    """Draw the number of promises by outcome, one step for each day on which something changed.

    Parameters
    ----------
    steps
        `day` and the counts `on_time`, `late`, `done`, `let_go`, `open` at its end, from
        `coaching.metrics.promises.items.burnup_steps`; drafts are not in it.
    sessions
        `held_on`, one row per session; each is a tick on the ground.
    asof
        The day up to which the counts go.
    width
        How wide the figure is, in points.

    Returns
    -------
    matplotlib.figure.Figure
        Every layer is named at its right end, with its count on `asof`.
    """
    steps = steps.reindex(columns=["day", *_LAYERS], fill_value=0)
    if steps.empty or not int(steps.iloc[-1][list(_LAYERS)].sum()):
        return empty(say("No promises yet"), say("Who does what by when will be counted here from the first one on."))
    counts = {name: int(steps.iloc[-1][name]) for name in _LAYERS}
    if sum(counts.values()) < _FEWEST:
        return empty(
            promises(counts), say("From the third promise on, this shows how they add up and what becomes of them.")
        )
    with drawing():
        sheet = Sheet(width)
        first = as_day(steps.iloc[0]["day"]) or asof
        top = sheet.headline(promises(counts), _reading(first, asof)) + 8
        high = sheet.high(_HEIGHT)
        ground = top + high
        days = Days(first, max(asof, first), _LEFT, _right(sheet) - _LAST_DAY)
        most = max(int(total) for total in steps[list(_LAYERS)].sum(axis=1))
        unit = high / most
        _grid(sheet, most, unit, ground)
        _draw_layers(sheet, steps, days, ground, unit)
        _names(sheet, counts, top, ground, unit)
        for day in _held(sessions, days):
            sheet.line([days.at(day)] * 2, [ground + 1, ground + 6], MUTED, gid="session")
        return sheet.close(date_axis(sheet, days, ground + 7) + 6)


def _right(sheet: Sheet) -> float:
    return sheet.width - _AFTER


def _reading(first: date, asof: date) -> str:
    return say(
        "Promises from {first} to {last}. Ticks under the ground: sessions. "
        "A day that was agreed anew before it had passed counts as the agreed day.",
        first=say_day(first, "short"),
        last=say_day(asof, "short"),
    )


def _held(sessions: pd.DataFrame, days: Days) -> list[date]:
    held = {day for value in sessions["held_on"] if (day := as_day(value))}
    return sorted(day for day in held if days.first <= day <= days.last)


def _grid(sheet: Sheet, most: int, unit: float, ground: float) -> None:
    step = next(step for step in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, most) if most / step <= 5)  # noqa: PLR2004 -- five lines are enough to read by
    for value in range(0, most + 1, step):
        y = ground - value * unit
        sheet.line([_LEFT, _right(sheet)], [y, y], GRID if value else FAINT)
        sheet.text(_LEFT - 8, y, value, size=SMALL, colour=MUTED, align="right", gid="count")


def _draw_layers(sheet: Sheet, steps: pd.DataFrame, days: Days, ground: float, unit: float) -> None:
    xs = [days.at(as_day(day) or days.first) for day in steps["day"]]
    tops = _tops(steps)
    stairs = partial(_stairs, xs, _right(sheet))
    for name, (below, above) in zip(_LAYERS, zip([[0] * len(xs), *tops[:-1]], tops, strict=True), strict=True):
        if below != above:
            upper = stairs([ground - value * unit for value in above])
            lower = stairs([ground - value * unit for value in below])
            sheet.shape(Path([*upper, *reversed(lower), upper[0]]), _FILLS[name], gid=f"layer {name}")
            if any(below):
                _trace(sheet, lower, PAPER, 1.0, "between")
    total = stairs([ground - value * unit for value in tops[-1]])
    _trace(sheet, total, INK, 1.5, "agreed")


def _trace(sheet: Sheet, corners: Sequence[tuple[float, float]], colour: str, thick: float, gid: str) -> None:
    sheet.line([x for x, _ in corners], [y for _, y in corners], colour, thick=thick, gid=gid)


def _tops(steps: pd.DataFrame) -> list[list[int]]:
    layers = ([int(value) for value in steps[name]] for name in _LAYERS)
    return list(accumulate(layers, lambda below, layer: [a + b for a, b in zip(below, layer, strict=True)]))


def _stairs(xs: Sequence[float], right: float, ys: Sequence[float]) -> list[tuple[float, float]]:
    """Return the corners of a line that holds each value until the next one, the last one over the day itself."""
    ends = [*xs[1:], right]
    return [corner for x, end, y in zip(xs, ends, ys, strict=True) for corner in ((x, y), (end, y))]


def _names(sheet: Sheet, counts: dict[str, int], top: float, ground: float, unit: float) -> None:
    total = sum(counts.values())
    ends = dict(zip(_LAYERS, accumulate(counts.values()), strict=True))
    shown = [name for name in _LAYERS if counts[name]]
    middles = [ground - (ends[name] - counts[name] / 2) * unit for name in shown] + [ground - total * unit - 9]
    places = spread(middles, [18.0] * len(middles), top - 18, ground + 9)
    right = _right(sheet)
    for name, middle, y in zip(shown, middles, places, strict=False):
        sheet.line([right + 2, right + 6, right + 10], [middle, y, y], FAINT)
        _swatch(sheet, name, y)
        _count(sheet, counts[name], _named(name), y)
    _count(sheet, total, say("agreed"), places[-1], bold=True)


def _named(layer: str) -> str:
    return {
        "on_time": say("kept"),
        "late": say("done afterwards"),
        "done": say("done"),
        "let_go": say("let go"),
        "open": say("open"),
    }[layer]


def _swatch(sheet: Sheet, name: str, y: float) -> None:
    left, size = _right(sheet) + 12, 10.0
    corners = [(left, y - size / 2), (left + size, y - size / 2), (left + size, y + size / 2), (left, y + size / 2)]
    edge = {"open": OPEN_LINE, "let_go": LOOKS["let_go"].edge}.get(name, "none")
    sheet.shape(Path([*corners, corners[0]]), _FILLS[name], edge=edge, gid=f"swatch {name}")


def _count(sheet: Sheet, count: Any, name: str, y: float, *, bold: bool = False) -> None:
    left = _right(sheet) + 22
    sheet.text(left + 22, y, count, bold=bold, align="right", gid="layer name")
    sheet.text(left + 27, y, name, bold=bold, room=sheet.width - left - 28, gid="layer name")
