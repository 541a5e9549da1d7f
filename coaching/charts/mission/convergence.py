"""How much of their words two mission statements share: with a quarter earlier, and with the first; said in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
from matplotlib.figure import Figure

from coaching.charts.canvas.labels import width
from coaching.charts.canvas.layout import Days, Head, as_day, session_axis, spread, version_name
from coaching.charts.canvas.sheet import MARGIN, WIDTH, Sheet, empty
from coaching.charts.canvas.style import FAINT, GRID, INK, LET_GO_LINE, MUTED, ON_TIME, PAPER, SMALL, Look, drawing
from coaching.i18n import say
from coaching.l10n import say_day
from coaching.metrics.mission.similarity import said

_LEFT: Final = MARGIN + 48
_AFTER: Final = 134.0
_HEIGHT: Final = 190.0
_FEWEST: Final = 3
_LEADING: Final = 15.0
_MANY: Final = 25


@dataclass(frozen=True)
class _Line:
    """One comparison: its column, how it is drawn, and what its end is called."""

    column: str
    look: Look
    size: float
    thick: float
    name: Callable[[], str]


_LINES: Final = (
    _Line(
        "with_first", Look("", "s", PAPER, LET_GO_LINE), 6.5, 1.6, lambda: say("as in the first")
    ),
    _Line(
        "with_earlier", Look("", "o", ON_TIME, ON_TIME), 7.5, 2.4, lambda: say("as a quarter earlier")
    ),
)  # fmt: skip


def convergence_chart(shares: pd.DataFrame, wide: float = WIDTH) -> Figure:
    """Draw what each version of the mission statement has in common with earlier ones.

    Parameters
    ----------
    shares
        What `coaching.metrics.mission.convergence.convergence` returns.
    wide
        How wide the figure is, in points.

    Returns
    -------
    matplotlib.figure.Figure
        Each dot is a version on the day from which it was in force. How much is in common is said in words: few words
        stand behind it, and more in common is neither better nor worse.
    """
    if shares.empty:
        return empty(
            say("No mission statement yet"),
            say("From the third one on, this shows how much they have in common."),
        )
    if len(shares) < _FEWEST:
        return empty(_finding(shares), say("From the third one on, this shows how much they have in common."))
    with drawing():
        sheet = Sheet(wide)
        top = sheet.headline(_finding(shares), _reading()) + 24
        held = [as_day(day) or date.min for day in shares["held_on"]]
        days = Days(held[0], held[-1], _LEFT + 10, _right(sheet) - 10)
        ground = top + sheet.high(_HEIGHT)
        _background(sheet, top, ground)
        _mark_rewrite(sheet, shares, days, top, ground)
        ends = [_draw(sheet, line, shares, days, (top, ground)) for line in _LINES]
        _name(sheet, [end for end in ends if end], top, ground)
        heads = [
            Head(days.at(day), version_name(int(number), None if pd.isna(session) else int(session)), day)
            for number, session, day in zip(shares["number"], shares["session_number"], held, strict=True)
        ]
        return sheet.close(session_axis(sheet, heads, ground + 18) + MARGIN / 2)


def _right(sheet: Sheet) -> float:
    return sheet.width - _AFTER


def _finding(shares: pd.DataFrame) -> str:
    if shares.empty:
        return say("No mission statement yet")
    if len(shares) == 1:
        return say("One mission statement so far")
    earlier, first = shares["with_earlier"].iloc[-1], shares["with_first"].iloc[-1]
    if not pd.isna(earlier):
        return say(
            "Of its words that carry content, the latest statement shares {share} with the one a quarter earlier",
            share=said(earlier),
        )
    if not pd.isna(first):
        return say(
            "Of its words that carry content, the latest statement shares {share} with the first", share=said(first)
        )
    return say("The mission statements have no words to compare")


def _reading() -> str:
    return say(
        "Compared with the text in force 91 days earlier and with the very first. Each mark "
        "is a version. More in common is neither better nor worse."
    )


def _background(sheet: Sheet, top: float, ground: float) -> None:
    for share, name in ((0.0, say("none")), (0.5, say("half")), (1.0, say("all"))):
        y = ground - share * (ground - top)
        sheet.line([_LEFT, _right(sheet)], [y, y], GRID if share else FAINT)
        sheet.text(_LEFT - 8, y, name, size=SMALL, colour=MUTED, align="right", room=_LEFT - 12, gid="share")


def _mark_rewrite(sheet: Sheet, shares: pd.DataFrame, days: Days, top: float, ground: float) -> None:
    """Draw a line where a version has least in common with the one before it."""
    changed = shares["with_previous"].iloc[1:].fillna(1)
    if changed.min() == 1:
        return
    place = int(changed.argmin()) + 1
    day = as_day(shares["held_on"].iloc[place]) or days.first
    session = shares["session_number"].iloc[place]
    x = days.at(day)
    sheet.line([x, x], [top - 10, ground], FAINT, thick=1.4, gid="rewrite")
    if pd.isna(session):
        words = say("rewritten most on {day}", day=say_day(day, "short"))
    else:
        words = say("rewritten most in session {number}", number=int(session))
    room = width(words, SMALL)
    beside = x if x < sheet.width / 2 else x - room
    left = max(MARGIN, min(beside, sheet.width - MARGIN - room))
    sheet.text(left, top - 19, words, size=SMALL, colour=MUTED, gid="rewrite")


def _draw(
    sheet: Sheet, line: _Line, shares: pd.DataFrame, days: Days, edges: tuple[float, float]
) -> tuple[_Line, float, float] | None:
    """Draw one comparison; return it with its last share and where that stands."""
    top, ground = edges
    drawn_shares = shares.loc[shares[line.column].notna()]
    if drawn_shares.empty:
        return None
    xs = [days.at(as_day(day) or days.first) for day in drawn_shares["held_on"]]
    ys = [ground - share * (ground - top) for share in drawn_shares[line.column]]
    sheet.line(xs, ys, line.look.edge, thick=line.thick, gid=line.column)
    size = line.size if len(xs) < _MANY else line.size / 2
    sheet.marks(xs, ys, line.look, size=size, gid=f"mark {line.column}")
    return line, float(drawn_shares[line.column].iloc[-1]), ys[-1]


def _name(sheet: Sheet, ends: Sequence[tuple[_Line, float, float]], top: float, ground: float) -> None:
    right = _right(sheet)
    places = spread([y for *_, y in ends], [2 * _LEADING + 6] * len(ends), top - 18, ground + 18)
    for (line, share, end), y in zip(ends, places, strict=True):
        colour = line.look.edge
        sheet.line([right - 2, right + 3, right + 8], [end, y, y], FAINT)
        for offset, words, bold in ((-0.5, said(share), True), (0.5, line.name(), False)):
            sheet.text(
                right + 12,
                y + offset * _LEADING,
                words,
                size=SMALL,
                colour=colour if bold else INK,
                bold=bold,
                room=sheet.width - right - 14,
                gid="name",
            )
