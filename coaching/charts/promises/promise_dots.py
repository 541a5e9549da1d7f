"""Every promise as one dot over the session in which it was agreed; many as bars."""

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
from coaching.charts.canvas.style import DONE, FAINT, LABEL, LOOKS, MUTED, SMALL, drawing
from coaching.charts.canvas.wording import outcome as in_words
from coaching.charts.canvas.wording import promises
from coaching.i18n import say, say_counted
from coaching.l10n import say_day, say_month

_COLUMN: Final = 58.0
_DOT: Final = 11.0
_PITCH: Final = 1.45
_TALLEST: Final = 9
_LANE_HEAD: Final = 16.0
# From so many on, dots would be too small to count; a bar for each column says how many.
_MOST_DOTS: Final = 200
_MOST_MONTHS: Final = 48
_MONTHS: Final = 12
_BAR: Final = 110.0
_WIDE: Final = 26.0
_NUMBER: Final = 16.0


@dataclass(frozen=True)
class Column:
    """What stands under a column: the number and the day of a session, or a month or year from a day on."""

    head: str
    day: date | None
    since: date
    number: int | None = None


_Key = tuple[str, int]


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

    @property
    def right(self) -> float:
        return self.left + self.columns * self.pitch

    def place(self, column: int, index: int) -> tuple[float, float]:
        """Return x and the height above the lane's line."""
        row, along = divmod(index, self.abreast)
        step = self.dot * _PITCH
        return self.centre(column) + (along - (self.abreast - 1) / 2) * step, (row + 0.5) * step

    def height(self, tallest: int) -> float:
        return math.ceil(tallest / self.abreast) * self.dot * _PITCH


def promise_dots(items: pd.DataFrame, sessions: pd.DataFrame, asof: date, width: float = WIDTH) -> Figure:
    """Draw every promise as one dot, the coach's above the coachee's; from 200 on each session as a bar.

    Parameters
    ----------
    items
        What `coaching.metrics.promises.items.item_states` returns; used are `outcome`, `owner`, `owner_name`,
        `session_number` and `agreed`. Drafts are no promises and have no dot.
    sessions
        `held_on` (day) and `number` (Int64), one row per session held.
    asof
        The day of which the outcomes speak.
    width
        How wide the figure is, in points.

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
        sheet = Sheet(width)
        found, places = columns(agreed, sessions, asof)
        counted = len(agreed) > _MOST_DOTS
        y = sheet.headline(promises(Counter(agreed["outcome"])), _reading(items, asof, counted=counted))
        y = _key(sheet, Counter(agreed["outcome"]), y)
        stacked = [(title, _stacks(lane)) for title, lane in lanes(agreed.assign(place=places))]
        tallest = max(len(stack) for _, stacks in stacked for stack in stacks.values())
        grid = _grid(len(found), tallest, width)
        for title, stacks in stacked:
            y = _lane_head(sheet, title, stacks, y)
            y = _bars(sheet, stacks, grid, tallest, y) if counted else _dots(sheet, stacks, grid, y)
        return sheet.close(_foot(sheet, found, grid, y))


def _reading(items: pd.DataFrame, asof: date, *, counted: bool) -> str:
    day = say_day(asof, "short")
    if counted:
        reading = say(
            "A bar for each session in which they were agreed, or for their month, as known on {day}.", day=day
        )
    else:
        reading = say("One dot for each, over the session in which it was agreed, as known on {day}.", day=day)
    drafts = int((items["outcome"] == "draft").sum())
    without = say_counted("Not counted: {count} draft.", "Not counted: {count} drafts.", drafts)
    return f"{reading} {without}" if drafts else reading


def columns(agreed: pd.DataFrame, sessions: pd.DataFrame, asof: date) -> tuple[list[Column], list[int]]:
    """Return the columns from left to right, and for each promise the place of its own.

    A promise of no session stands in the session of its day, else in its month, or in its year where there are many.
    """
    held = sessions[sessions["held_on"] <= pd.Timestamp(asof)].sort_values(["held_on", "number"])
    by_key = {
        _session(int(number)): Column(say("S{number}", number=number), as_day(day), as_day(day) or asof, int(number))
        for number, day in zip(held["number"], held["held_on"], strict=True)
        if not pd.isna(number)
    }
    of_day = {column.since: key for key, column in reversed(by_key.items())}
    days = [as_day(day) or asof for day in agreed["agreed"]]
    outside = {day for day, number in zip(days, agreed["session_number"], strict=True) if pd.isna(number)}
    by_year = len({(day.year, day.month) for day in outside - of_day.keys()}) > _MOST_MONTHS
    keys = []
    for day, number in zip(days, agreed["session_number"], strict=True):
        if not pd.isna(number):
            key = _session(int(number))
            by_key.setdefault(key, Column(say("S{number}", number=int(number)), None, day, int(number)))
        elif day in of_day:
            key = of_day[day]
        else:
            key, column = _span(day, by_year=by_year)
            by_key.setdefault(key, column)
        keys.append(key)
    order = sorted(by_key, key=lambda key: (by_key[key].since, key))
    places = {key: place for place, key in enumerate(order)}
    return [by_key[key] for key in order], [places[key] for key in keys]


def _session(number: int) -> _Key:
    return "session", number


def _span(day: date, *, by_year: bool) -> tuple[_Key, Column]:
    """Return the column of a month, or of a year."""
    if by_year:
        return ("year", day.year), Column(str(day.year), None, date(day.year, 1, 1))
    month = say("{month} {year}", month=say_month(day.month, short=True), year=day.year)
    return ("month", day.year * _MONTHS + day.month), Column(month, None, date(day.year, day.month, 1))


def _stacks(lane: pd.DataFrame) -> dict[int, list[str]]:
    stacks: dict[int, list[str]] = defaultdict(list)
    for place, outcome in zip(lane["place"], lane["outcome"], strict=True):
        stacks[int(place)].append(str(outcome))
    ranks = list(LOOKS)
    return {column: sorted(outcomes, key=ranks.index) for column, outcomes in stacks.items()}


def _grid(columns: int, tallest: int, width: float) -> _Grid:
    pitch = min(_COLUMN, (width - 2 * MARGIN) / columns)
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
        if x + _DOT + width(label, LABEL) > sheet.width - MARGIN:
            x, y = MARGIN + _DOT / 2, y + 18
        sheet.marks([x], [y], look, size=_DOT, gid=f"key {outcome}")
        sheet.text(x + _DOT, y, label, gid="key")
        x += _DOT + width(label, LABEL) + 26
    return y + 30


def _lane_head(sheet: Sheet, title: str, stacks: dict[int, list[str]], y: float) -> float:
    outcomes = [outcome for stack in stacks.values() for outcome in stack]
    done = sum(outcome in DONE for outcome in outcomes)
    shown = sheet.text(MARGIN, y, title, bold=True, room=sheet.width * 0.6, gid="lane")
    after = MARGIN + width(shown.get_text(), LABEL, bold=True) + 10
    sheet.text(after, y, say("{done} of {count} done", done=done, count=len(outcomes)), colour=MUTED, gid="lane")
    return y + _LANE_HEAD


def _dots(sheet: Sheet, stacks: dict[int, list[str]], grid: _Grid, y: float) -> float:
    base = y + grid.height(max(map(len, stacks.values())))
    sheet.line([grid.left, grid.right], [base, base], FAINT)
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


def _bars(sheet: Sheet, stacks: dict[int, list[str]], grid: _Grid, tallest: int, y: float) -> float:
    """Draw a bar for each column in place of dots, its number above it where there is room."""
    base = y + _NUMBER + _BAR
    unit, wide = _BAR / tallest, min(_WIDE, grid.pitch - 1)
    sheet.line([grid.left, grid.right], [base, base], FAINT)
    for column, outcomes in sorted(stacks.items()):
        left, top = grid.centre(column) - wide / 2, base
        for outcome, count in Counter(outcomes).items():
            high = count * unit
            top -= high
            sheet.box(left, top, wide, high, LOOKS[outcome].fill, gid=f"bar {outcome}")
        if width(str(len(outcomes)), SMALL) <= grid.pitch - 2:
            sheet.text(grid.centre(column), top - 8, len(outcomes), size=SMALL, align="center", gid="count")
    return base + 30


def _foot(sheet: Sheet, columns: list[Column], grid: _Grid, y: float) -> float:
    heads = [Head(grid.centre(place), column.head, column.day) for place, column in enumerate(columns)]
    return session_axis(sheet, heads, y - 16) + MARGIN / 2
