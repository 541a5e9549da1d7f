"""The themes of a mission statement, one row each: in which versions their words stand, and the dream behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.path import Path

from coaching.charts.canvas.labels import clean, wrap
from coaching.charts.canvas.layout import Head, session_axis, version_name
from coaching.charts.canvas.sheet import MARGIN, WIDTH, Sheet, empty
from coaching.charts.canvas.style import FAINT, INK, LABEL, LET_GO, LET_GO_LINE, MUTED, ON_TIME, SMALL, drawing
from coaching.i18n import say, say_counted
from coaching.l10n import say_day
from coaching.metrics.mission.statements import Version
from coaching.metrics.mission.themes import Theme

MOST: Final = 12
_LEFT: Final = 150.0
_AFTER: Final = 200.0
_WIDEST: Final = 84.0
_STEP: Final = 44.0
_LEADING: Final = 14.0
_LEAST: Final = 52.0
_MANY: Final = 25


@dataclass(frozen=True)
class _Lane:
    """One theme, its counts version by version, and the first and last version in which it stands."""

    theme: Theme
    counts: Sequence[int]
    of: Sequence[int]

    @property
    def standing(self) -> list[int]:
        return [place for place, count in enumerate(self.counts) if count]

    @property
    def is_today(self) -> bool:
        return bool(self.counts[-1])

    def share(self, place: int) -> float:
        return self.counts[place] / self.of[place] if self.of[place] else 0.0


def theme_lanes(
    themes: Sequence[Theme], shares: pd.DataFrame, versions: Sequence[Version], width: float = WIDTH
) -> Figure:
    """Draw each theme as a row of steps, as high as its share of the words of each version.

    Parameters
    ----------
    themes
        `coaching.metrics.mission.themes.themes`.
    shares
        `coaching.metrics.mission.themes.theme_shares` of them: a row per theme and version.
    versions
        The versions that count, oldest first, from `coaching.metrics.mission.statements.versions`.
    width
        How wide the figure is, in points.

    Returns
    -------
    matplotlib.figure.Figure
        At most `MOST` rows in the order in which the themes came in; the chart says how many are in the table only.
    """
    if not versions:
        return empty(say("No mission statement yet"), say("Its themes will stand here, in the coachee’s own words."))
    if not themes:
        return empty(
            say("No themes named yet"),
            say("The coachee can name themes of the mission statement, and the words that speak of each."),
        )
    lanes = _lanes(themes, shares)
    with drawing():
        sheet = Sheet(width)
        y = sheet.headline(_finding(lanes, len(versions)), _reading()) + 4
        wide = min(_WIDEST, _room(sheet) / len(versions))
        tallest = max(lane.share(place) for lane in lanes for place in range(len(versions)))
        for lane in lanes[:MOST]:
            y = _draw(sheet, lane, versions, wide, sheet.high(_STEP) / tallest if tallest else 0.0, y)
        left = _left(sheet)
        heads = [
            Head(left + (place + 0.5) * wide, version_name(version.number, version.session_number), version.held_on)
            for place, version in enumerate(versions)
        ]
        y = session_axis(sheet, heads, y + 14)
        if len(lanes) > MOST:
            more = say("and {count} more in the table", count=len(lanes) - MOST)
            sheet.text(MARGIN, y + 4, more, colour=MUTED, gid="more")
            y += 18
        return sheet.close(y + MARGIN / 2)


def _left(sheet: Sheet) -> float:
    return MARGIN if sheet.is_narrow else _LEFT


def _room(sheet: Sheet) -> float:
    return sheet.width - _left(sheet) - (MARGIN if sheet.is_narrow else _AFTER)


def _lanes(themes: Sequence[Theme], shares: pd.DataFrame) -> list[_Lane]:
    rows = dict(tuple(shares.groupby("theme", sort=False)))
    lanes = [_Lane(theme, list(rows[theme.id]["count"]), list(rows[theme.id]["of"])) for theme in themes]
    return sorted(lanes, key=lambda lane: (lane.standing or [len(lane.counts)])[0])


def _finding(lanes: Sequence[_Lane], versions: int) -> str:
    today = sum(lane.is_today for lane in lanes)
    if versions == 1:
        return say_counted(
            "The first statement holds {today} of {count} theme",
            "The first statement holds {today} of {count} themes",
            len(lanes),
            today=today,
        )
    came = sum(lane.is_today and not lane.counts[0] for lane in lanes)
    if not came:
        return say_counted(
            "The latest statement holds {today} of {count} theme",
            "The latest statement holds {today} of {count} themes",
            len(lanes),
            today=today,
        )
    return say_counted(
        "The latest statement holds {today} of {count} theme; {came} came in after the first",
        "The latest statement holds {today} of {count} themes; {came} came in after the first",
        len(lanes),
        today=today,
        came=came,
    )


def _reading() -> str:
    return say(
        "One column for each version; height: a theme’s share of the words that carry content. The themes and their "
        "words are the coachee’s own."
    )


def _draw(sheet: Sheet, lane: _Lane, versions: Sequence[Version], wide: float, scale: float, y: float) -> float:
    narrow, left_edge = sheet.is_narrow, _left(sheet)
    beside = sheet.width - 2 * MARGIN if narrow else _LEFT - MARGIN - 16
    title = wrap(clean(lane.theme.title or say("without a name")), LABEL, beside, lines=3, bold=True)
    label = _said(lane, versions, sheet.width - 2 * MARGIN if narrow else _AFTER - 22)
    above = _LEADING * len(title) if narrow else 0.0
    ground = y + (above + sheet.high(_LEAST) if narrow else max(_LEAST, _LEADING * max(len(title), len(label)) + 12))
    colour, edge = (ON_TIME, ON_TIME) if lane.is_today else (LET_GO, LET_GO_LINE)
    sheet.line([left_edge, left_edge + wide * len(versions)], [ground, ground], FAINT)
    gap = 1.0 if len(versions) < _MANY else 0.0
    for place in lane.standing:
        left = left_edge + place * wide
        top = ground - lane.share(place) * scale
        corners = [(left + gap, ground), (left + gap, top), (left + wide - gap, top), (left + wide - gap, ground)]
        sheet.shape(Path([*corners, corners[0]]), colour, edge=edge if gap else colour, gid=f"step {place}")
    titles = [(line, INK if lane.is_today else MUTED, True) for line in title]
    labels = [(line, INK if row else MUTED, False) for row, line in enumerate(label)]
    if narrow:
        _write(sheet, MARGIN, y + above + 2, titles)
        _write(sheet, MARGIN, ground + _LEADING * len(labels) + 6, labels)
        return ground + _LEADING * len(labels) + 14
    _write(sheet, _LEFT - 14, ground, titles)
    _write(sheet, _LEFT + wide * len(versions) + 14, ground, labels)
    return ground + 8


def _write(sheet: Sheet, x: float, ground: float, lines: Sequence[tuple[str, str, bool]]) -> None:
    """Write lines that end on `ground`; bold ones are the title of a lane, to the left of `x` where there is room."""
    for place, (line, colour, bold) in enumerate(lines):
        sheet.text(
            x,
            ground - 7 - (len(lines) - 1 - place) * _LEADING,
            line,
            size=LABEL if bold else SMALL,
            colour=colour,
            bold=bold,
            align="right" if bold and not sheet.is_narrow else "left",
            gid="theme" if bold else "said",
        )


def _said(lane: _Lane, versions: Sequence[Version], room: float) -> list[str]:
    """Return where a theme stands and the dream behind it, line by line."""
    lines = wrap(_where(lane, versions), SMALL, room, lines=2)
    if lane.theme.dream:
        dream = say("dream: {title}", title=clean(lane.theme.dream))
        lines += wrap(dream, SMALL, room, lines=2)
    return lines


def _where(lane: _Lane, versions: Sequence[Version]) -> str:
    if not lane.standing:
        return say("in no version so far")
    if lane.is_today:
        since = next(place for place in range(len(versions)) if all(lane.counts[place:]))
        return _since(versions[since], lane)
    return _let_go(versions[lane.standing[-1]])


def _since(version: Version, lane: _Lane) -> str:
    if version.session_number is None:
        return say(
            "since {day}: {count} of {of} words",
            day=say_day(version.held_on, "short"),
            count=lane.counts[-1],
            of=lane.of[-1],
        )
    return say(
        "since session {number}: {count} of {of} words",
        number=version.session_number,
        count=lane.counts[-1],
        of=lane.of[-1],
    )


def _let_go(version: Version) -> str:
    if version.session_number is None:
        return say("let go after {day}", day=say_day(version.held_on, "short"))
    return say("let go after session {number}", number=version.session_number)
