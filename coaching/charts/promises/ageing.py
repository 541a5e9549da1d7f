"""What is open, for how long, and how often it was carried over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.path import Path

from coaching.charts.canvas.labels import clean, width, wrap
from coaching.charts.canvas.lanes import lanes
from coaching.charts.canvas.layout import as_day
from coaching.charts.canvas.sheet import MARGIN, WIDTH, Sheet, empty
from coaching.charts.canvas.style import INK, LABEL, MUTED, OPEN, OPEN_LINE, OVERDUE, SMALL, drawing
from coaching.charts.promises.ages import Ages, age_axis, age_grid
from coaching.i18n import say, say_counted
from coaching.l10n import say_day

MOST: Final = 24
_ROW: Final = 22.0
_LEADING: Final = 13.0
_BAR: Final = 11.0
_LEFT: Final = 240.0
_AFTER: Final = 150.0
_HEAD: Final = 22.0
_BETWEEN: Final = 10.0
_WEEK: Final = 7
_SEASON: Final = 91
_YEAR: Final = 365


@dataclass(frozen=True)
class _Row:
    """One open promise: its words and what is said of its day, line by line, and days counted from its agreement."""

    what: list[str]
    said: list[str]
    age: int
    due: int | None
    first_due: int | None
    overdue: bool
    above: bool

    @property
    def height(self) -> float:
        if self.above:
            return _ROW + _LEADING * (len(self.what) + max(0, len(self.said) - 1))
        return _ROW + _LEADING * (max(1, len(self.what), len(self.said)) - 1)

    def bar(self, y: float) -> float:
        """Return the middle of the bar of a row that begins at `y`."""
        return y + (self.height + (_LEADING * len(self.what) if self.above else 0)) / 2


def ageing(states: pd.DataFrame, asof: date, width: float = WIDTH) -> Figure:
    """Draw every open promise by its age, the coach's above the coachee's, the oldest first.

    Parameters
    ----------
    states
        What `coaching.metrics.promises.items.item_states` returns; only open ones are drawn.
    asof
        The day of which the states speak.
    width
        How wide the figure is, in points.

    Returns
    -------
    matplotlib.figure.Figure
        At most `MOST` rows; those past their day are kept first, then the oldest, and the chart says how many are in
        the table only.
    """
    waiting = states[states["state"] == "open"]
    if waiting.empty:
        return _nothing_open(states)
    shown = waiting.assign(_late=waiting["outcome"] == "overdue").sort_values(
        ["_late", "age_days"], ascending=False, kind="stable"
    )[:MOST]
    with drawing():
        sheet = Sheet(width)
        grouped = [
            (title, len(lane), _rows(shown.loc[shown.index.isin(lane.index)], sheet)) for title, lane in lanes(waiting)
        ]
        y = sheet.headline(_finding(waiting), _reading(states, asof))
        ages = Ages(_last([row for *_, rows in grouped for row in rows]), *_edges(sheet))
        bottom = y + sum(_height(rows) for *_, rows in grouped) - _BETWEEN
        age_grid(sheet, ages, y + _HEAD, bottom)
        for title, count, rows in grouped:
            _lane(sheet, (title, count), rows, ages, y)
            y += _height(rows)
        y = age_axis(sheet, ages, bottom + 2)
        if left_out := len(waiting) - len(shown):
            sheet.text(MARGIN, y + 4, say("and {count} more in the table", count=left_out), colour=MUTED, gid="more")
            y += 18
        return sheet.close(y + 8)


def _nothing_open(states: pd.DataFrame) -> Figure:
    settled = int(states["state"].isin(["done", "let_go"]).sum())
    if not settled:
        return empty(
            say("No promises yet"), say("What is open will stand here, with its age, from the first promise on.")
        )
    return empty(
        say("Nothing is open"),
        say_counted(
            "The one promise so far was done or let go.",
            "All {count} promises so far were done or let go.",
            settled,
        ),
    )


def _finding(waiting: pd.DataFrame) -> str:
    count, late = len(waiting), int((waiting["outcome"] == "overdue").sum())
    if not late:
        return say_counted(
            "{count} promise is open, and its day has not passed",
            "{count} promises are open, none past its day",
            count,
        )
    if late == count:
        return say_counted(
            "{count} promise is open, past its day", "{count} promises are open, all past their day", count
        )
    return say_counted(
        "{count} promise is open, {late} of them past the agreed day",
        "{count} promises are open, {late} of them past the agreed day",
        count,
        late=late,
    )


def _reading(states: pd.DataFrame, asof: date) -> str:
    reading = say(
        "As known on {day}, the oldest first. Each bar begins on the day of the agreement; dark: past the agreed day. "
        "Black tick: the agreed day. Thin tick: the day first agreed.",
        day=say_day(asof, "short"),
    )
    drafts = int((states["state"] == "draft").sum())
    without = say_counted("Not shown: {count} draft.", "Not shown: {count} drafts.", drafts)
    return f"{reading} {without}" if drafts else reading


def _edges(sheet: Sheet) -> tuple[float, float]:
    """Return between what the bars are; what is said of a day stands after them."""
    return (MARGIN + 2 if sheet.is_narrow else _LEFT), sheet.width - _AFTER


def _rows(lane: pd.DataFrame, sheet: Sheet) -> list[_Row]:
    oldest_first = lane.sort_values("age_days", ascending=False, kind="stable")
    return [_row(item, sheet) for item in oldest_first.to_dict("records")]


def _row(item: Mapping[Any, Any], sheet: Sheet) -> _Row:
    agreed, due, first = as_day(item["agreed"]), as_day(item["due"]), as_day(item["due_first"])
    age, overdue = int(item["age_days"]), item["outcome"] == "overdue"
    after = (due - agreed).days if due and agreed else None
    what = "" if pd.isna(item["what"]) else clean(item["what"])
    notes = [] if due is None or after is None else [_when(due, after - age)]
    if carried := int(item["carried_over"]):
        notes.append(say_counted("carried over once", "carried over {count} times", carried))
    return _Row(
        wrap(what, SMALL, sheet.width - MARGIN - 8 if sheet.is_narrow else _LEFT - MARGIN - 14, lines=3),
        notes,
        age,
        after,
        (first - agreed).days if first and agreed and first != due else None,
        overdue,
        sheet.is_narrow,
    )


def _when(due: date, left: int) -> str:
    if left < 0:
        return say_counted("{count} day past its day", "{count} days past its day", -left)
    if left == 0:
        return say("due today")
    if left > _YEAR:
        return say("due on {day}", day=say_day(due, "short"))
    return say_counted("due in {count} day", "due in {count} days", left)


def _last(rows: Sequence[_Row]) -> int:
    oldest = max([_WEEK, *(row.age for row in rows)])
    # A day agreed for years ahead does not squeeze what is open now.
    limit = max(2 * oldest, _SEASON)
    return max([oldest, *(row.due for row in rows if row.due is not None and row.due <= limit)])


def _height(rows: list[_Row]) -> float:
    return _HEAD + sum(row.height for row in rows) + _BETWEEN


def _lane(sheet: Sheet, head: tuple[str, int], rows: list[_Row], ages: Ages, y: float) -> None:
    title, count = head
    shown = sheet.text(MARGIN, y + 8, title, bold=True, room=sheet.width * 0.6, gid="lane")
    after = MARGIN + width(shown.get_text(), LABEL, bold=True) + 10
    count_label = say("{count} open", count=count)
    sheet.text(after, y + 8, count_label, colour=MUTED, gid="lane")
    y += _HEAD
    for row in rows:
        _draw(sheet, row, ages, y)
        y += row.height


def _draw(sheet: Sheet, row: _Row, ages: Ages, top: float) -> None:
    y = row.bar(top)
    _lines(sheet, MARGIN, top + _LEADING * len(row.what) / 2 if row.above else y, row.what, INK, "what")
    turn = row.age if row.due is None else min(max(row.due, 0), row.age)
    if turn:
        sheet.shape(_bar(ages.at(0), ages.at(turn), y), OPEN, edge=OPEN_LINE, gid="bar open")
    if row.age > turn:
        sheet.shape(_bar(ages.at(turn), ages.at(row.age), y), OVERDUE, gid="bar overdue")
    end = ages.at(row.age)
    if row.first_due is not None and row.first_due <= ages.last:
        sheet.line([ages.at(row.first_due)] * 2, [y - 7, y + 7], MUTED, thick=0.8, gid="first due")
    if row.due is not None and row.due <= ages.last:
        sheet.line([ages.at(row.due)] * 2, [y - 8.5, y + 8.5], INK, thick=1.8, gid="due")
        end = max(end, ages.at(row.due))
    _lines(sheet, end + 9, y, row.said, OVERDUE if row.overdue else MUTED, "when")


def _lines(sheet: Sheet, x: float, y: float, lines: list[str], colour: str, gid: str) -> None:
    for place, line in enumerate(lines):
        where = y + (place - (len(lines) - 1) / 2) * _LEADING
        sheet.text(x, where, line, size=SMALL, colour=colour, room=sheet.width - MARGIN - x, gid=gid)


def _bar(left: float, right: float, y: float) -> Path:
    top, bottom = y - _BAR / 2, y + _BAR / 2
    return Path([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])
