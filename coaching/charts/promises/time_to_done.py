"""Within how many days promises are done: the coach's and the coachee's, one above the other."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from matplotlib.figure import Figure
from matplotlib.path import Path

from coaching.charts.canvas.labels import width
from coaching.charts.canvas.lanes import SIDES, lane_title
from coaching.charts.canvas.layout import spread
from coaching.charts.canvas.sheet import MARGIN, WIDTH, Sheet, empty
from coaching.charts.canvas.style import FAINT, GRID, INK, LABEL, LATE, LET_GO, MUTED, ON_TIME, SMALL, Look, drawing
from coaching.charts.canvas.wording import done_of
from coaching.charts.promises.ages import Ages, age_axis
from coaching.i18n import say, say_counted
from coaching.metrics.promises.time_to_done import SHOWN_FROM, TimeToDone

_LEFT: Final = MARGIN + 76
_AFTER: Final = 118.0
# What ends on the last day is seen on the way from there to the edge.
_LAST_DAY: Final = 12.0
_HEAD: Final = 34.0
_HEIGHT: Final = 132.0
_ALONE: Final = 220.0
_PERCENT_FROM: Final = 10
# A share that fewer stand behind would say more than is known.
_FEWEST_AT_RISK: Final = 3
_HALF: Final = 0.5
_DOT: Final = Look("", "o", INK, INK)


@dataclass(frozen=True)
class _Panel:
    """One curve: shares go from `ground` up to `top`."""

    time: TimeToDone
    ages: Ages
    top: float
    ground: float

    def y(self, share: float) -> float:
        return self.ground - share * (self.ground - self.top)

    @property
    def end(self) -> float:
        """Where the last day is that anything is known of, with room to see what ended on it."""
        return self.ages.at(_last_known(self.time)) + _LAST_DAY

    def steps(self, column: str) -> list[tuple[float, float]]:
        """Return the corners of a share that holds from each day to the next, beginning with none on day 0."""
        starts = [self.ages.at(day) for day in (0, *self.time.curve["days"])]
        shares = [self.y(share) for share in (0.0, *self.time.curve[column])]
        spans = zip(starts, [*starts[1:], self.end], shares, strict=True)
        return [(x, y) for start, end, y in spans for x in (start, end)]


def time_to_done_chart(together: TimeToDone, by_side: Mapping[str, TimeToDone], width: float = WIDTH) -> Figure:
    """Draw the share of promises done by the days since they were agreed.

    Parameters
    ----------
    together
        `coaching.metrics.promises.time_to_done.time_to_done` of all items.
    by_side
        Those of ``coach`` and ``coachee``, from `coaching.metrics.promises.time_to_done.time_to_done_by_side`.
    width
        How wide the figure is, in points.

    Returns
    -------
    matplotlib.figure.Figure
        A curve for each side that has enough done items, counts for one that has not; where neither has and both
        together have, one curve of all.
    """
    if not together.is_shown:
        return _too_few(together)
    sides = [(lane_title(side), by_side[side]) for side in SIDES if by_side[side].count]
    curves = sum(time.is_shown for _, time in sides)
    panels = sides if curves else [(say("All promises together"), together)]
    with drawing():
        sheet = Sheet(width)
        height = sheet.high(_HEIGHT if curves > 1 else _ALONE)
        y = sheet.headline(_finding(together), _reading())
        ages = Ages(max(_last(time) for _, time in panels if time.is_shown), _LEFT, _right(sheet) - _LAST_DAY)
        for title, time in panels:
            y = _lane(sheet, title, time, y)
            if time.is_shown:
                y = _draw(sheet, _Panel(time, ages, y, y + height))
            y += 12
        return sheet.close(y)


def _right(sheet: Sheet) -> float:
    return sheet.width - (_AFTER - 30 if sheet.is_narrow else _AFTER)


def _too_few(together: TimeToDone) -> Figure:
    if not together.count:
        return empty(
            say("No promises yet"),
            say("How many days they take will be shown here once {count} are done.", count=SHOWN_FROM),
        )
    return empty(
        done_of(together.count_done, together.count),
        say("From {count} done promises on, this shows how many days they take.", count=SHOWN_FROM),
    )


def _finding(together: TimeToDone) -> str:
    if together.median is None:
        return say(
            "So far {done} of {count} promises done; no day yet by which half are done",
            done=together.count_done,
            count=together.count,
        )
    if not together.median:
        return say("So far half of what is agreed was done on the same day")
    return say_counted(
        "So far half of what is agreed was done within {count} day",
        "So far half of what is agreed was done within {count} days",
        together.median,
    )


def _reading() -> str:
    return say(
        "Estimated share done, by days since it was agreed, with an 80 % band. Ticks: still open, counted for as long "
        "as they have been open. Grey from above: let go, which is no broken promise."
    )


def _last(time: TimeToDone) -> int:
    return max(7, _last_known(time))


def _last_known(time: TimeToDone) -> int:
    """Return how many days the one that is known for longest was open."""
    return max(0, *time.open_for[-1:], *(int(day) for day in time.curve["days"][-1:]))


def _lane(sheet: Sheet, title: str, time: TimeToDone, y: float) -> float:
    shown = sheet.text(MARGIN, y, title, bold=True, room=sheet.width - 2 * MARGIN, gid="lane")
    notes = [say("{done} of {count} done", done=time.count_done, count=time.count)]
    if time.count_let_go:
        notes.append(say("{count} let go", count=time.count_let_go))
    if time.count_open:
        notes.append(say("{count} open", count=time.count_open))
    said, after = " · ".join(notes), MARGIN + width(shown.get_text(), LABEL, bold=True) + 10
    if after + width(said, LABEL) > sheet.width - MARGIN:
        after, y = MARGIN, y + 17
    sheet.text(after, y, said, colour=MUTED, gid="lane")
    if time.is_shown:
        return y + _HEAD - 8
    few = say("Drawn from {count} done promises on.", count=SHOWN_FROM)
    sheet.text(MARGIN, y + 18, few, size=SMALL, colour=MUTED, gid="few")
    return y + _HEAD


def _draw(sheet: Sheet, panel: _Panel) -> float:
    for share, name in ((0.0, say("none")), (_HALF, say("half")), (1.0, say("all"))):
        sheet.line([_LEFT, _right(sheet)], [panel.y(share)] * 2, GRID if share else FAINT)
        sheet.text(_LEFT - 8, panel.y(share), name, size=SMALL, colour=MUTED, align="right", gid="share")
    _shade(sheet, panel)
    curve = panel.steps("done")
    sheet.line([x for x, _ in curve], [y for _, y in curve], ON_TIME, thick=2.4, gid="done")
    days, shares = panel.time.curve["days"].to_list(), [0.0, *panel.time.curve["done"]]
    for age in sorted(set(panel.time.open_for)):
        y = panel.y(shares[bisect_right(days, age)])
        sheet.line([panel.ages.at(age)] * 2, [y - 4.5, y + 4.5], INK, thick=1.2, gid="still open")
    _median(sheet, panel)
    _names(sheet, panel)
    below = age_axis(sheet, panel.ages, panel.ground)
    _still_open(sheet, panel, below + 2)
    return below + 20


def _shade(sheet: Sheet, panel: _Panel) -> None:
    low, high = panel.steps("low"), panel.steps("high")
    sheet.shape(Path([*high, *reversed(low), high[0]]), LATE, alpha=0.28, gid="band")
    if panel.time.count_let_go:
        drop = [(x, panel.top + panel.ground - y) for x, y in panel.steps("let_go")]
        corners = [(_LEFT, panel.top), *drop, (panel.end, panel.top), (_LEFT, panel.top)]
        sheet.shape(Path(corners), LET_GO, alpha=0.55, gid="let go")


def _median(sheet: Sheet, panel: _Panel) -> None:
    day = panel.time.median
    if day is None:
        return
    x, y = panel.ages.at(day), panel.y(_HALF)
    sheet.line([_LEFT, x, x], [y, y, panel.ground], MUTED, thick=0.9, gid="median")
    sheet.marks([x], [y], _DOT, size=7, gid="median")
    words = say("half by day {day}", day=day)
    wide = width(words, SMALL, bold=True)
    if x + 9 + wide <= _right(sheet):
        sheet.text(x + 9, y + 13, words, size=SMALL, bold=True, gid="half")
    else:
        sheet.text(max(x - 7 - wide, MARGIN), y - 9, words, size=SMALL, bold=True, gid="half")


def _names(sheet: Sheet, panel: _Panel) -> None:
    time, last = panel.time, panel.time.curve.iloc[-1]
    enough = time.count >= _PERCENT_FROM and last["at_risk"] >= _FEWEST_AT_RISK
    done = (
        say("{percent} % done", percent=round(100 * last["done"]))
        if enough
        else say("{count} done", count=time.count_done)
    )
    names = [(float(last["done"]), done, ON_TIME, True)]
    if time.count_let_go:
        let_go = say("{percent} % let go", percent=round(100 * last["let_go"]))
        names.append(
            (
                1 - float(last["let_go"]) / 2,
                let_go if enough else say("{count} let go", count=time.count_let_go),
                MUTED,
                False,
            )
        )
    places = spread([panel.y(share) for share, *_ in names], [15.0] * len(names), panel.top - 8, panel.ground + 8)
    left = _right(sheet) + 6
    for (_, words, colour, bold), y in zip(names, places, strict=True):
        sheet.text(left, y, words, size=SMALL, colour=colour, bold=bold, room=sheet.width - left, gid="name")


def _still_open(sheet: Sheet, panel: _Panel, y: float) -> None:
    """Write under each labelled day how many had lasted so long: what the curve still stands on there."""
    name = say("still open")
    sheet.text(_LEFT - 16, y, name, size=SMALL, colour=MUTED, align="right", room=_LEFT - 18, gid="lasted")
    for day in panel.ages.ticks():
        count = panel.time.lasted(day)
        sheet.text(panel.ages.at(day), y, count, size=SMALL, colour=MUTED, align="center", gid="lasted")
