"""Threads: one line for each goal, dream, failure and becoming, from where it was told to where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
from matplotlib.figure import Figure

from coaching.charts.canvas.labels import clean, wrap
from coaching.charts.canvas.layout import Days, as_day, date_axis
from coaching.charts.canvas.sheet import MARGIN, WIDTH, Sheet, empty
from coaching.charts.canvas.style import (
    GRID,
    INK,
    LABEL,
    LATE,
    LET_GO,
    LET_GO_LINE,
    MUTED,
    ON_TIME,
    PAPER,
    SMALL,
    Look,
    drawing,
)
from coaching.i18n import say, say_counted
from coaching.metrics.threads import Step, Thread
from coaching.model.vocabulary import ENDS, ThreadKind, ThreadStatus

#: At most so many threads have a line; the others are in the table.
MOST: Final = 14
_ROW: Final = 30.0
_LEADING: Final = 13.0
_LEFT: Final = 236.0
_AFTER: Final = 96.0
_WORDS_ABOVE: Final = 10.0
_TICKS_BELOW: Final = 8.0

_TOLD: Final = Look("", "o", PAPER, ON_TIME)
_CAME_UP: Final = Look("", "o", ON_TIME, ON_TIME)
_SERVED_DONE: Final = Look("", "s", MUTED, MUTED)
_SERVED_OPEN: Final = Look("", "s", PAPER, MUTED)


@dataclass(frozen=True)
class _Row:
    """One thread with the lines of its words."""

    thread: Thread
    words: list[str]
    above: bool

    @property
    def height(self) -> float:
        return _ROW + _LEADING * (len(self.words) if self.above else max(0, len(self.words) - 2))

    def places(self, y: float) -> tuple[float, float]:
        """Return the middles of the words and of the line of a row that begins at `y`."""
        if not self.above:
            return y + self.height / 2, y + self.height / 2
        return y + _LEADING * len(self.words) / 2, y + self.height - _ROW / 2

    @property
    def colour(self) -> str:
        return LET_GO if self.thread.is_over else LATE


def threads(  # noqa: PLR0913 -- what is drawn, of which time, and how wide
    told: Sequence[Thread],
    promises: pd.DataFrame,
    held: Mapping[str, date],
    asof: date,
    *,
    start: date | None,
    end: date | None,
    title_period: str,
    names: Mapping[str, str],
    width: float = WIDTH,
) -> Figure:
    """Draw the threads that went on in a period: the coachee's, and apart the coach's.

    Parameters
    ----------
    told
        What `coaching.metrics.threads.threads` returns; one without a day is left out.
    promises
        What `coaching.metrics.promises.items.item_states` returns.
    held
        The day of each session, by its id; each is a grey line.
    asof
        The day of which all speaks.
    start, end
        The period, half-open; None is without that end.
    title_period
        What the period is called, at the beginning of the title.
    names
        What each side is called, by ``coach`` and ``coachee``.
    width
        How wide the figure is, in points.

    Returns
    -------
    matplotlib.figure.Figure
        At most `MOST` rows; what moved, came up, or was served is kept first, then what goes on, then the newest. The
        chart says how many are in the table only.
    """
    alive = [thread for thread in told if _is_in(thread, start, end)]
    if not alive:
        return empty(
            say("{period}: nothing told that can move", period=title_period),
            say("Goals, plans, dreams, failures and who somebody wants to become stand here once they are told."),
        )
    shown = sorted(alive, key=_quietness)[:MOST]
    with drawing():
        sheet = Sheet(width)
        top = sheet.headline(finding(alive, start, end, title_period), _reading()) + 12
        first = start or min(map(_begun, shown))
        last = min(end - timedelta(days=1), asof) if end else asof
        days = Days(first, max(first, last), _left(sheet), width - _after(sheet))
        bottom = top + sum(_height(_rows(shown, side, sheet)) for side in names)
        _background(sheet, held, days, (top, bottom))
        y = top
        for side in ("coachee", "coach"):
            y = _side(sheet, _rows(shown, side, sheet), names.get(side, side), (promises, held, days), y)
        y = date_axis(sheet, days, y + 4)
        if len(alive) > len(shown):
            more = say("and {count} more in the table", count=len(alive) - len(shown))
            sheet.text(MARGIN, y, more, colour=MUTED, gid="more")
            y += 14
        return sheet.close(y + 10)


def finding(told: Sequence[Thread], start: date | None, end: date | None, title_period: str) -> str:
    """Return in words what moved in a period, and what came to its end; never how much of all that is."""
    steps = [(thread, step) for thread in told for step in thread.steps if _is_within(step.on, start, end)]
    moved = {thread.id for thread, _ in steps}
    is_all_time = start is None and end is None
    ended = [one for one in told if one.status in ENDS and (is_all_time or _is_within(one.ended_on, start, end))]
    parts = [say_counted("{count} moved", "{count} moved", len(moved)) if moved else say("nothing moved yet")]
    for status, words in _endings().items():
        if count := sum(thread.status == status for thread in ended):
            parts.append(f"{count} {words}")
    return say("{period}: {finding}", period=title_period, finding=", ".join(parts))


def _endings() -> dict[ThreadStatus, str]:
    return {
        ThreadStatus.CAME_TRUE: say("came true"),
        ThreadStatus.REACHED: say("reached"),
        ThreadStatus.LET_GO: say("let go"),
    }


def _reading() -> str:
    return say(
        "One line for each. Open ring: told. Small dot: it came up. Large dot, with its first words: it moved. "
        "Squares below: promises that served it, filled once done. Grey lines: sessions."
    )


def _quietness(thread: Thread) -> tuple[bool, bool, int]:
    """Return what rows are kept by: what is the least quiet comes first."""
    is_quiet = not (thread.steps or thread.came_up or thread.promises)
    return is_quiet, thread.is_over, -_begun(thread).toordinal()


def _begun(thread: Thread) -> date:
    return thread.begun_on or date.min


def _is_in(thread: Thread, start: date | None, end: date | None) -> bool:
    """Tell whether a thread went on in a period: begun before its end, and not ended before its start."""
    begun, ended = thread.begun_on, thread.ended_on
    return begun is not None and (end is None or begun < end) and (start is None or ended is None or ended >= start)


def _is_within(day: date | None, start: date | None, end: date | None) -> bool:
    return day is not None and (start is None or day >= start) and (end is None or day < end)


def _left(sheet: Sheet) -> float:
    return MARGIN + 10 if sheet.is_narrow else _LEFT


def _after(sheet: Sheet) -> float:
    return _AFTER - 26 if sheet.is_narrow else _AFTER


def _rows(shown: Sequence[Thread], side: str, sheet: Sheet) -> list[_Row]:
    """Return the rows of one side in the order in which they were begun, those that have ended below."""
    own = sorted((one for one in shown if one.owner == side), key=lambda one: (one.is_over, _begun(one)))
    room = sheet.width - 2 * MARGIN if sheet.is_narrow else _LEFT - MARGIN - 18
    return [_Row(thread, wrap(clean(thread.words), SMALL, room, lines=3), sheet.is_narrow) for thread in own]


def _height(rows: Sequence[_Row]) -> float:
    return sum(row.height for row in rows) + (_ROW if rows else 0)


def _background(sheet: Sheet, held: Mapping[str, date], days: Days, edges: tuple[float, float]) -> None:
    for day in sorted({day for day in held.values() if days.first <= day <= days.last}):
        sheet.line([days.at(day)] * 2, list(edges), GRID, thick=1.2)


_Ground = tuple[pd.DataFrame, Mapping[str, date], Days]


def _side(sheet: Sheet, rows: Sequence[_Row], name: str, ground: _Ground, y: float) -> float:
    """Draw the rows of one side under its name; return where the next can begin."""
    if not rows:
        return y
    sheet.text(MARGIN, y + _ROW / 2, name, size=LABEL, bold=True, gid="who", room=sheet.width / 2)
    y += _ROW
    for row in rows:
        _line(sheet, row, ground, y)
        y += row.height
    return y


def _line(sheet: Sheet, row: _Row, ground: _Ground, top: float) -> None:
    promises, held, days = ground
    thread = row.thread
    beside, y = row.places(top)
    colour = MUTED if thread.is_over else INK
    for place, words in enumerate(row.words):
        middle = beside + (place - (len(row.words) - 1) / 2) * _LEADING
        sheet.text(MARGIN, middle, words, size=SMALL, colour=colour, gid="words")
    start, stop = max(days.left, days.at(_begun(thread))), _stop(thread, days)
    if stop < start:
        return
    sheet.line([start, stop], [y, y], row.colour, thick=2.0, gid="thread")
    if _begun(thread) >= days.first:
        sheet.marks([start], [y], _over(_TOLD, thread), size=8.0, gid="told")
    else:
        sheet.text(days.left - 2, y, "◂", size=SMALL, colour=MUTED, align="right", gid="earlier")
    came_up = [days.at(held[one]) for one in thread.came_up if one in held and days.first <= held[one] <= days.last]
    sheet.marks(came_up, [y] * len(came_up), _over(_CAME_UP, thread), size=4.5, gid="came-up")
    _moves(sheet, thread, days, y)
    _served(sheet, thread, promises, days, y + _TICKS_BELOW)
    if thread.status in ENDS or thread.status is ThreadStatus.RESTING:
        _end(sheet, thread, stop, y)


def _stop(thread: Thread, days: Days) -> float:
    """Return where a line stops; of what has ended on a day that nobody knows, where it was told of last."""
    told = [step.on for step in thread.steps if step.on] if thread.status in ENDS else []
    ended = thread.ended_on or max(told, default=None)
    return min(days.right, days.at(ended)) if ended else days.right


def _moves(sheet: Sheet, thread: Thread, days: Days, y: float) -> None:
    """Draw each line that was told of a thread as a dot, with its first words as far as there is room."""
    steps = [step for step in thread.steps if step.on and days.first <= step.on <= days.last]
    places = [days.at(step.on) for step in steps if step.on]
    sheet.marks(places, [y] * len(places), _over(_CAME_UP, thread), size=8.5, gid="moved")
    for step, here, then in zip(steps, places, [*places, sheet.width - 2 * MARGIN][1:], strict=True):
        words, room = _first_words(step), then - here - 8
        if words and room > _LEADING * 3:
            sheet.text(here, y - _WORDS_ABOVE, words, size=SMALL, colour=MUTED, room=room, gid="moved-words")


def _first_words(step: Step) -> str:
    return clean(step.text or "")


def _served(sheet: Sheet, thread: Thread, promises: pd.DataFrame, days: Days, y: float) -> None:
    serving = promises.loc[promises["id"].isin(thread.promises) & (promises["state"] != "draft")]
    for row in serving.to_dict("records"):
        agreed: Any = as_day(row["agreed"])
        if agreed and days.first <= agreed <= days.last:
            look = _SERVED_DONE if row["state"] == "done" else _SERVED_OPEN
            sheet.marks([days.at(agreed)], [y], look, size=4.5, gid="served")


def _end(sheet: Sheet, thread: Thread, x: float, y: float) -> None:
    words = {**_endings(), ThreadStatus.RESTING: say("resting")}[thread.status]
    sheet.line([x] * 2, [y - 5, y + 5], LET_GO_LINE, thick=1.5, gid="end")
    sheet.text(x + 7, y, words, size=SMALL, colour=MUTED, gid="end-word")


def _over(look: Look, thread: Thread) -> Look:
    """Return a look, paler where the thread has come to its end."""
    if not thread.is_over or thread.kind is ThreadKind.FAILURE:
        return look
    fill = PAPER if look.fill == PAPER else LET_GO_LINE
    return replace(look, fill=fill, edge=LET_GO_LINE)
