"""Every promise as one dot over the session in which it was agreed."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
from matplotlib.figure import Figure

from coaching.charts.canvas.labels import width
from coaching.charts.canvas.lanes import lanes
from coaching.charts.canvas.layout import Head, as_day, session_axis
from coaching.charts.canvas.sheet import MARGIN, WIDTH, Sheet, empty
from coaching.charts.canvas.style import DONE, FAINT, LABEL, LOOKS, MUTED, drawing
from coaching.charts.canvas.wording import outcome as in_words
from coaching.charts.canvas.wording import promises
from coaching.i18n import say, say_counted, say_day

_COLUMN: Final = 58.0
_DOT: Final = 11.0
_PITCH: Final = 1.45
_TALLEST: Final = 9
_LANE_HEAD: Final = 16.0


@dataclass(frozen=True)
class _Column:
    head: str
    day: date | None


@dataclass(frozen=True)
class _Grid:
    """Columns of one width, each a few dots wide."""

    left: float
    columns: int
    pitch: float
    dot: float
    abreast: int

    def centre(self, column: int) -> float:
        return self.left + (column + 0.5) * self.pitch

    def place(self, column: int, index: int) -> tuple[float, float]:
        """Return x and the height above the lane's line."""
        row, along = divmod(index, self.abreast)
        step = self.dot * _PITCH
        return self.centre(column) + (along - (self.abreast - 1) / 2) * step, (row + 0.5) * step

    def height(self, tallest: int) -> float:
        return math.ceil(tallest / self.abreast) * self.dot * _PITCH


def promise_dots(items: pd.DataFrame, sessions: pd.DataFrame, asof: date) -> Figure:
    """Draw every promise as one dot, the coach's above the coachee's.

    Parameters
    ----------
    items
        What `coaching.metrics.promises.items.item_states` returns; used are `outcome`, `owner`, `owner_name`,
        `session_number` and `agreed`. Drafts are no promises and have no dot.
    sessions
        `held_on` (day) and `number` (Int64), one row per session held.
    asof
        The day of which the outcomes speak.

    Returns
    -------
    matplotlib.figure.Figure
        Shape and lightness tell the outcomes apart, not the hue alone.
    """
    agreed = items[items["outcome"].isin(list(LOOKS))]
    if agreed.empty:
        return empty(
            say("No promises yet"),
            say("Who does what by when will stand here, one dot for each, from the first one on."),
        )
    with drawing():
        sheet = Sheet()
        columns = _columns(agreed, sessions, asof)
        y = sheet.headline(promises(Counter(agreed["outcome"])), _reading(items, asof))
        y = _key(sheet, Counter(agreed["outcome"]), y)
        stacked = [(title, _stacks(lane, columns)) for title, lane in lanes(agreed)]
        grid = _grid(len(columns), max(len(stack) for _, stacks in stacked for stack in stacks.values()))
        for title, stacks in stacked:
            y = _lane(sheet, title, stacks, grid, y)
        return sheet.close(_foot(sheet, columns, grid, y))


def _reading(items: pd.DataFrame, asof: date) -> str:
    drafts = int((items["outcome"] == "draft").sum())
    day = say_day(asof, "short")
    if not drafts:
        return say("One dot for each, over the session in which it was agreed, as known on {day}.", day=day)
    return say_counted(
        "One dot for each, over the session in which it was agreed, as known on {day}. Not counted: {count} draft.",
        "One dot for each, over the session in which it was agreed, as known on {day}. Not counted: {count} drafts.",
        drafts,
        day=day,
    )


def _columns(agreed: pd.DataFrame, sessions: pd.DataFrame, asof: date) -> dict[int, _Column]:
    held = sessions[sessions["held_on"] <= pd.Timestamp(asof)].sort_values(["held_on", "number"])
    columns = {
        int(number): _Column(say("S{number}", number=number), as_day(day))
        for number, day in zip(held["number"], held["held_on"], strict=True)
        if not pd.isna(number)
    }
    missing = {int(number) for number in agreed["session_number"].dropna()} - set(columns)
    extra = {number: _Column(say("S{number}", number=number), None) for number in missing}
    outside = {0: _Column(say("no session"), None)} if agreed["session_number"].isna().any() else {}
    return {**outside, **dict(sorted({**columns, **extra}.items()))}


def _stacks(lane: pd.DataFrame, columns: dict[int, _Column]) -> dict[int, list[str]]:
    order = list(columns)
    stacks: dict[int, list[str]] = defaultdict(list)
    for number, outcome in zip(lane["session_number"].fillna(0), lane["outcome"], strict=True):
        stacks[order.index(int(number))].append(str(outcome))
    ranks = list(LOOKS)
    return {column: sorted(outcomes, key=ranks.index) for column, outcomes in stacks.items()}


def _grid(columns: int, tallest: int) -> _Grid:
    pitch = min(_COLUMN, (WIDTH - 2 * MARGIN) / columns)
    abreast = 1
    while math.ceil(tallest / abreast) > _TALLEST and (abreast + 1) * _DOT / 2 * _PITCH < pitch:
        abreast += 1
    dot = min(_DOT, (pitch - 3) / abreast / _PITCH)
    return _Grid(MARGIN, columns, pitch, max(dot, 2.5), abreast)


def _key(sheet: Sheet, counts: Counter[str], y: float) -> float:
    x = MARGIN + _DOT / 2
    for outcome, look in LOOKS.items():
        if not counts[outcome]:
            continue
        label = in_words(outcome, counts[outcome])
        sheet.marks([x], [y], look, size=_DOT, gid=f"key {outcome}")
        sheet.text(x + _DOT, y, label, gid="key")
        x += _DOT + width(label, LABEL) + 26
    return y + 30


def _lane(sheet: Sheet, title: str, stacks: dict[int, list[str]], grid: _Grid, y: float) -> float:
    outcomes = [outcome for stack in stacks.values() for outcome in stack]
    done = sum(outcome in DONE for outcome in outcomes)
    shown = sheet.text(MARGIN, y, title, bold=True, room=WIDTH / 2, gid="lane")
    after = MARGIN + width(shown.get_text(), LABEL, bold=True) + 10
    sheet.text(after, y, say("{done} of {count} done", done=done, count=len(outcomes)), colour=MUTED, gid="lane")
    base = y + _LANE_HEAD + grid.height(max(map(len, stacks.values())))
    sheet.line([grid.left, grid.left + grid.columns * grid.pitch], [base, base], FAINT)
    for outcome, look in LOOKS.items():
        places = [
            grid.place(column, index)
            for column, outcomes in sorted(stacks.items())
            for index, one in enumerate(outcomes)
            if one == outcome
        ]
        if places:
            xs, heights = zip(*places, strict=True)
            sheet.marks(xs, [base - height for height in heights], look, size=grid.dot, gid=f"dot {outcome}")
    return base + 30


def _foot(sheet: Sheet, columns: dict[int, _Column], grid: _Grid, y: float) -> float:
    heads = [Head(grid.centre(place), column.head, column.day) for place, column in enumerate(columns.values())]
    return session_axis(sheet, heads, y - 16) + MARGIN / 2
