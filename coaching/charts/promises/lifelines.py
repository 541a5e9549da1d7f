"""Who does what by when: one line for each promise of a period, from the day it was agreed to its end."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
from matplotlib.figure import Figure

from coaching.charts.canvas.labels import clean, wrap
from coaching.charts.canvas.layout import Days, as_day, date_axis
from coaching.charts.canvas.sheet import MARGIN, WIDTH, Sheet, empty
from coaching.charts.canvas.style import (
    DONE,
    GRID,
    INK,
    LABEL,
    LATE,
    LET_GO,
    LOOKS,
    MUTED,
    ON_TIME,
    OPEN_LINE,
    OVERDUE,
    SMALL,
    drawing,
)
from coaching.charts.canvas.wording import done_of
from coaching.i18n import say
from coaching.l10n import say_day

MOST: Final = 24
_ROW: Final = 21.0
_LEADING: Final = 13.0
_WHO: Final = 18.0
_LEFT: Final = 280.0
_AFTER: Final = 112.0
# The line up to the agreed day, and after it, by outcome.
_STROKES: Final = {
    "on_time": (ON_TIME, ON_TIME),
    "late": (ON_TIME, LATE),
    "done": (ON_TIME, ON_TIME),
    "let_go": (LET_GO, LET_GO),
    "open": (OPEN_LINE, OPEN_LINE),
    "overdue": (OPEN_LINE, OVERDUE),
}
# What is kept first when not all rows fit: what still needs somebody.
_URGENCY: Final = ("overdue", "open", "late", "on_time", "done", "let_go")


@dataclass(frozen=True)
class _Row:
    """One promise with the lines of its words; who made it stands above the first of several only."""

    item: Mapping[Any, Any]
    who: list[str]
    what: list[str]
    above: bool

    @property
    def head(self) -> float:
        return _WHO * len(self.who)

    @property
    def height(self) -> float:
        lines = len(self.what) if self.above else max(1, len(self.what)) - 1
        return self.head + _ROW + _LEADING * lines

    def line(self, y: float) -> float:
        """Return the middle of the line of a row that begins at `y`."""
        return y + (self.height - _ROW / 2 if self.above else (self.head + self.height) / 2)


def lifelines(
    items: pd.DataFrame,
    sessions: pd.DataFrame,
    asof: date,
    start: date | None,
    end: date | None,
    title_period: str,
    *,
    width: float = WIDTH,
) -> Figure:
    """Draw the promises that were alive in a period, the coach's first.

    Parameters
    ----------
    items
        What `coaching.metrics.promises.items.item_states` returns; drafts are left out.
    sessions
        `held_on` (day) and `number`; each is a grey line.
    asof
        The day of which the states speak.
    start, end
        The period, half-open; None is without that end.
    title_period
        What the period is called, at the beginning of the title.
    width
        How wide the figure is, in points.

    Returns
    -------
    matplotlib.figure.Figure
        At most `MOST` rows; what still needs somebody is kept first, and the chart says how many are in the table only.
    """
    alive = _alive(items, start, end)
    if alive.empty:
        return empty(
            say("{period}: no promises", period=title_period),
            say("Nothing was agreed in this time, and nothing was open from before."),
        )
    with drawing():
        sheet = Sheet(width)
        rows = _rows(alive, sheet)
        y = sheet.headline(_finding(alive, title_period), _reading(asof)) + 10
        days = _days(rows, asof, (start, end), sheet)
        bottom = y + sum(row.height for row in rows)
        _background(sheet, sessions, days, asof, (y, bottom))
        for row in rows:
            _words(sheet, row, y, asof)
            _life(sheet, row.item, days, row.line(y), asof)
            y += row.height
        y = date_axis(sheet, days, bottom + 4)
        if len(alive) > len(rows):
            more = say("and {count} more in the table", count=len(alive) - len(rows))
            sheet.text(MARGIN, y, more, colour=MUTED, gid="more")
            y += 14
        return sheet.close(y + 10)


def _alive(items: pd.DataFrame, start: date | None, end: date | None) -> pd.DataFrame:
    alive = items["outcome"].isin(list(LOOKS))
    if end is not None:
        alive &= items["agreed"] < pd.Timestamp(end)
    if start is not None:
        alive &= ~(items["closed_on"] < pd.Timestamp(start))
    return items[alive]


def _rows(alive: pd.DataFrame, sheet: Sheet) -> list[_Row]:
    newest_first = alive.sort_values("agreed", ascending=False, kind="stable")
    urgent = newest_first["outcome"].map(_URGENCY.index).sort_values(kind="stable").index[:MOST]
    shown = alive.loc[alive.index.isin(urgent)]
    coach_first = shown.assign(_side=(shown["owner"] != "coach"))
    ordered = coach_first.sort_values(["_side", "owner_name", "agreed"], kind="stable").to_dict("records")
    rows: list[_Row] = []
    owner = None
    for item in ordered:
        name = say("nobody yet") if pd.isna(item["owner_name"]) else str(item["owner_name"])
        room = (sheet.width - 8 if sheet.is_narrow else _LEFT - 14) - MARGIN
        who = wrap(clean(name), LABEL, room, lines=2, bold=True) if name != owner else []
        what = "" if pd.isna(item["what"]) else clean(item["what"])
        rows.append(_Row(item, who, wrap(what, SMALL, room, lines=3), sheet.is_narrow))
        owner = name
    return rows


def _finding(alive: pd.DataFrame, title_period: str) -> str:
    counts = Counter(alive["outcome"])
    done = sum(counts[outcome] for outcome in DONE)
    parts = [done_of(done, len(alive))]
    if still := counts["open"] + counts["overdue"]:
        parts.append(say("{count} still open", count=still))
    if counts["let_go"]:
        parts.append(say("{count} let go", count=counts["let_go"]))
    return say("{period}: {finding}", period=title_period, finding=", ".join(parts))


def _reading(asof: date) -> str:
    return say(
        "One line for each, from the day it was agreed to its end, as known on {day}. Tick: the agreed day. Dot: done. "
        "Cross: let go. Pale dot: open. Diamond: open past the agreed day. Grey lines: sessions.",
        day=say_day(asof, "short"),
    )


def _days(rows: list[_Row], asof: date, period: tuple[date | None, date | None], sheet: Sheet) -> Days:
    start, end = period
    first = start or min(day for row in rows if (day := as_day(row.item["agreed"])))
    last = max(end - timedelta(days=1) if end else asof, first)
    dues = [day for row in rows if (day := as_day(row.item["due"])) and row.item["state"] == "open"]
    # Days agreed for after the period widen it, but not without limit.
    furthest = max([last, *dues])
    limit = last + timedelta(days=max(21, (last - first).days // 3))
    left = MARGIN + 10 if sheet.is_narrow else _LEFT
    return Days(first, min(furthest, limit), left, sheet.width - _AFTER)


def _background(sheet: Sheet, sessions: pd.DataFrame, days: Days, asof: date, edges: tuple[float, float]) -> None:
    top, bottom = edges
    held = [day for value in sessions["held_on"] if (day := as_day(value)) and days.first <= day <= days.last]
    for day in sorted(set(held)):
        sheet.line([days.at(day)] * 2, [top, bottom], GRID, thick=1.2)
    if days.first <= asof <= days.last:
        sheet.line([days.at(asof)] * 2, [top, bottom + 4], MUTED)
        sheet.text(
            days.at(asof), top - 9, say_day(asof, "day_month"), size=SMALL, colour=MUTED, align="center", gid="asof"
        )


def _words(sheet: Sheet, row: _Row, y: float, asof: date) -> None:
    for place, line in enumerate(row.who):
        sheet.text(MARGIN, y + (place + 0.5) * _WHO, line, bold=True, gid="who")
    first = row.head + _LEADING / 2 if row.above else row.line(0) - (len(row.what) - 1) / 2 * _LEADING
    for place, line in enumerate(row.what):
        sheet.text(MARGIN, y + first + place * _LEADING, line, size=SMALL, gid="what")
    due = _due(row.item)
    if due is None:
        return
    when = say("by {day}", day=say_day(due, "day_month" if due.year == asof.year else "short"))
    colour = OVERDUE if row.item["outcome"] == "overdue" else MUTED
    sheet.text(sheet.width - _AFTER + 14, row.line(y), when, size=SMALL, colour=colour, gid="when")


def _due(row: Mapping[Any, Any]) -> date | None:
    """Return the day the outcome is measured against: the last one while open, the one in force once closed."""
    return as_day(row["due"] if row["state"] == "open" else row["due_in_force"])


def _life(sheet: Sheet, row: Mapping[Any, Any], days: Days, y: float, asof: date) -> None:
    outcome = str(row["outcome"])
    within, beyond = _STROKES[outcome]
    agreed, closed, due = as_day(row["agreed"]) or days.first, as_day(row["closed_on"]), _due(row)
    left, right = days.at(days.first), days.at(days.last)
    start = max(left, days.at(agreed))
    last = days.at(closed or asof)
    stop = max(start, min(right, last))
    turn = min(max(start, days.at(due)), stop) if due else stop
    sheet.line([start, turn], [y, y], within, thick=2.8, gid=f"life {outcome}")
    if stop > turn:
        sheet.line([turn, stop], [y, y], beyond, thick=2.8, gid=f"beyond {outcome}")
    if days.at(agreed) < left:
        sheet.text(left - 2, y, "◂", size=SMALL, colour=MUTED, align="right", gid="earlier")
    if due and left <= days.at(due) <= right:
        sheet.line([days.at(due)] * 2, [y - 6.5, y + 6.5], INK, thick=1.5, gid="due")
    if last > right:
        sheet.text(right + 2, y, "▸", size=SMALL, colour=MUTED, gid="later")
    else:
        sheet.marks([stop], [y], LOOKS[outcome], size=8.5, gid=f"end {outcome}")
