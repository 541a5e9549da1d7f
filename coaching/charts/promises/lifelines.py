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
_WHO: Final = 116.0
_LEFT: Final = 388.0
_RIGHT: Final = WIDTH - 112.0
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
    """One promise with the lines of its words; who made it stands at the first of several only."""

    item: Mapping[Any, Any]
    who: list[str]
    what: list[str]

    @property
    def height(self) -> float:
        return _ROW + _LEADING * (max(1, len(self.who), len(self.what)) - 1)


def lifelines(
    items: pd.DataFrame,
    sessions: pd.DataFrame,
    asof: date,
    start: date | None,
    end: date | None,
    title_period: str,
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
    rows = _rows(alive)
    with drawing():
        sheet = Sheet()
        y = sheet.headline(_finding(alive, title_period), _reading(asof)) + 10
        days = _days(rows, asof, start, end)
        bottom = y + sum(row.height for row in rows)
        _background(sheet, sessions, days, asof, (y, bottom))
        for row in rows:
            middle = y + row.height / 2
            _words(sheet, row, middle, asof)
            _life(sheet, row.item, days, middle, asof)
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


def _rows(alive: pd.DataFrame) -> list[_Row]:
    newest_first = alive.sort_values("agreed", ascending=False, kind="stable")
    urgent = newest_first["outcome"].map(_URGENCY.index).sort_values(kind="stable").index[:MOST]
    shown = alive.loc[alive.index.isin(urgent)]
    coach_first = shown.assign(_side=(shown["owner"] != "coach"))
    ordered = coach_first.sort_values(["_side", "owner_name", "agreed"], kind="stable").to_dict("records")
    rows: list[_Row] = []
    owner = None
    for item in ordered:
        name = say("nobody yet") if pd.isna(item["owner_name"]) else str(item["owner_name"])
        who = wrap(clean(name), SMALL, _WHO - 12, lines=2) if name != owner else []
        what = "" if pd.isna(item["what"]) else clean(item["what"])
        rows.append(_Row(item, who, wrap(what, SMALL, _LEFT - MARGIN - _WHO - 14, lines=2)))
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


def _days(rows: list[_Row], asof: date, start: date | None, end: date | None) -> Days:
    first = start or min(day for row in rows if (day := as_day(row.item["agreed"])))
    last = max(end - timedelta(days=1) if end else asof, first)
    dues = [day for row in rows if (day := as_day(row.item["due"])) and row.item["state"] == "open"]
    # Days agreed for after the period widen it, but not without limit.
    furthest = max([last, *dues])
    limit = last + timedelta(days=max(21, (last - first).days // 3))
    return Days(first, min(furthest, limit), _LEFT, _RIGHT)


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
    for x, lines, colour, gid in (
        (MARGIN, row.who, MUTED, "who"),
        (MARGIN + _WHO, row.what, INK, "what"),
    ):
        for place, line in enumerate(lines):
            sheet.text(x, y + (place - (len(lines) - 1) / 2) * _LEADING, line, size=SMALL, colour=colour, gid=gid)
    due = _due(row.item)
    if due is None:
        return
    when = say("by {day}", day=say_day(due, "day_month" if due.year == asof.year else "short"))
    colour = OVERDUE if row.item["outcome"] == "overdue" else MUTED
    sheet.text(_RIGHT + 14, y, when, size=SMALL, colour=colour, gid="when")


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
