"""The conversation, session by session: who shared first, the days in between, whose ideas came up."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
from matplotlib.figure import Figure

from coaching.charts.canvas.labels import clean, shorten, width
from coaching.charts.canvas.layout import Head, as_day, session_axis
from coaching.charts.canvas.sheet import MARGIN, WIDTH, Sheet, empty
from coaching.charts.canvas.style import (
    FAINT,
    GRID,
    LABEL,
    LET_GO_LINE,
    MUTED,
    ON_TIME,
    OPEN,
    OPEN_LINE,
    PAPER,
    SMALL,
    Look,
    drawing,
)
from coaching.i18n import say, say_counted
from coaching.metrics.sessions.conversation import PARTS, ConversationRow

_BEFORE: Final = 110.0
_NAME: Final = 90.0
_COLUMN: Final = 58.0
_DOT: Final = 11.0
_LANE: Final = 23.0
_HEADING: Final = 22.0
_BETWEEN: Final = 22.0
_BAR: Final = 54.0
_THICK: Final = 6.0
_NUMBERED: Final = 19.0
# One or two gaps are named by themselves, and are no habit.
_USUAL_FROM: Final = 4
_THREE_DIGITS: Final = 100
_ORIGINS: Final = ("coachee", "together", "coach")
_FIRST: Final = {
    "written": ("o", ON_TIME, ON_TIME),
    "spoken_not_recorded": ("o", PAPER, ON_TIME),
    "coachee_chose_to_start": ("D", OPEN, OPEN_LINE),
    "coach_did_not": ("x", LET_GO_LINE, LET_GO_LINE),
    "claimed_but_empty": ("s", PAPER, LET_GO_LINE),
    "segment_absent": ("_", MUTED, MUTED),
}
_COACH_WAS_FIRST: Final = ("written", "spoken_not_recorded")


@dataclass(frozen=True)
class _Columns:
    """One column for each session; `outside`, on the left, for what came up in none."""

    count: int
    outside: bool
    width: float

    @property
    def left(self) -> float:
        return MARGIN + _BEFORE

    @property
    def pitch(self) -> float:
        return min(_COLUMN, (self.width - MARGIN - self.left) / (self.count + self.outside))

    def at(self, place: float) -> float:
        """Return the middle of a column; -1 is what came up in no session."""
        return self.left + (place + self.outside + 0.5) * self.pitch

    @property
    def end(self) -> float:
        return self.left + (self.count + self.outside) * self.pitch


def conversation(row: ConversationRow, coach: str, coachee: str, width: float = WIDTH) -> Figure:
    """Draw three bands over the sessions: who shared first, the days since the one before, whose ideas came up.

    Parameters
    ----------
    row
        From `coaching.metrics.sessions.conversation.conversation_row`.
    coach, coachee
        What the two are called.
    width
        How wide the figure is, in points.

    Returns
    -------
    matplotlib.figure.Figure
        Every column is a session. Where nothing was recorded of who shared first the place is empty, so that a pass
        leaves no mark.
    """
    if row.sessions.empty:
        return empty(
            say("No session yet"),
            say("Who shared first, the days in between and whose ideas came up will stand here from the first one on."),
        )
    names = [shorten(clean(name), LABEL, _NAME) for name in (coach, coachee)]
    with drawing():
        sheet = Sheet(width)
        columns = _Columns(len(row.sessions), bool(row.origins["session"].isna().any()), width)
        y = sheet.headline(_finding(row, names[0]), say("Every column is a session. An empty place: nothing noted."))
        y = _who_first(sheet, columns, row.sessions, names, y)
        y = _days_between(sheet, columns, row, y + _BETWEEN)
        y = _ideas(sheet, columns, row, names, y + _BETWEEN)
        return sheet.close(session_axis(sheet, _heads(columns, row.sessions), y + 12) + MARGIN / 2)


def _finding(row: ConversationRow, coach: str) -> str:
    held = [how for part in PARTS for how in row.sessions[part] if how in _FIRST and how != "segment_absent"]
    first = sum(how in _COACH_WAS_FIRST for how in held)
    values = {"coach": coach, "first": first, "parts": len(held)}
    count = len(row.sessions)
    if not held:
        return say_counted("So far {count} session", "So far {count} sessions", count)
    if row.median_gap is None or count < _USUAL_FROM:
        return say_counted(
            "So far {count} session; {coach} shared first in {first} of {parts} parts",
            "So far {count} sessions; {coach} shared first in {first} of {parts} parts",
            count,
            **values,
        )
    return say(
        "So far {count} sessions, usually {days} days apart; {coach} shared first in {first} of {parts} parts",
        count=count,
        days=_whole(row.median_gap),
        **values,
    )


def _who_first(sheet: Sheet, columns: _Columns, sessions: pd.DataFrame, names: Sequence[str], y: float) -> float:
    labels = {
        "written": say("by {coach}, in writing", coach=names[0]),
        "spoken_not_recorded": say("by {coach}, said and not recorded", coach=names[0]),
        "coachee_chose_to_start": say("by {coachee}, who chose to start", coachee=names[1]),
        "coach_did_not": say("where {coach} did not", coach=names[0]),
        "claimed_but_empty": say("noted as written, left blank"),
        "segment_absent": say("without this part"),
    }
    looks = {how: Look(labels[how], *drawn) for how, drawn in _FIRST.items()}
    counts = Counter(how for part in PARTS for how in sessions[part])
    y = _heading(sheet, say("Who shared first"), y)
    y = _key(sheet, [(look, counts[how], f"key {how}") for how, look in looks.items() if counts[how]], y)
    for part, label in zip(PARTS, (say("Yourself"), say("Dreams")), strict=True):
        _lane(sheet, columns, label, y)
        for how, look in looks.items():
            places = [columns.at(place) for place, first in enumerate(sessions[part]) if first == how]
            if places:
                size = min(_DOT, columns.pitch * 0.8)
                sheet.marks(places, [y] * len(places), look, size=size, gid=f"dot {part} {how}")
        y += _LANE
    return y - _LANE / 2


def _days_between(sheet: Sheet, columns: _Columns, row: ConversationRow, y: float) -> float:
    y = _heading(sheet, say("Days since the session before"), y)
    gaps = {place: int(gap) for place, gap in enumerate(row.sessions["gap_days"]) if not pd.isna(gap)}
    if not gaps:
        sheet.text(MARGIN, y, say("From the second session on, the days in between stand here."), colour=MUTED)
        return y + _LANE / 2
    ground = y + _BAR + 6
    unit = _BAR / max(1, *gaps.values())
    if row.median_gap is not None and len(gaps) >= _USUAL_FROM - 1:
        usual = ground - row.median_gap * unit
        words = say("usually {days}", days=_whole(row.median_gap))
        sheet.text(MARGIN, usual, words, size=SMALL, room=columns.left - MARGIN - 8, gid="usual")
        sheet.line([columns.left, columns.end], [usual, usual], FAINT)
    wide = min(_THICK, columns.pitch * 0.5)
    for place, days in gaps.items():
        high = max(1.0, days * unit)
        sheet.box(columns.at(place) - wide / 2, ground - high, wide, high, MUTED, gid="gap")
    sheet.line([columns.left, columns.end], [ground, ground], FAINT)
    _write_days(sheet, columns, gaps, ground, unit)
    return ground + 4


def _write_days(sheet: Sheet, columns: _Columns, gaps: Mapping[int, int], ground: float, unit: float) -> None:
    """Write the days over their bars, the longest first, as many as leave each other and the bars room."""
    taken: list[tuple[float, float]] = []
    for place, days in sorted(gaps.items(), key=lambda pair: (-pair[1], pair[0])):
        half = width(str(days), SMALL) / 2 + 2
        x = columns.at(place)
        beside = (higher for other, higher in gaps.items() if abs(columns.at(other) - x) < half + _THICK / 2)
        if max(beside) == days and all(x + half <= left or x - half >= right for left, right in taken):
            taken.append((x - half, x + half))
            y = ground - days * unit - 8
            sheet.box(x - half, y - 6, 2 * half, 12, PAPER, gid="behind")
            sheet.text(x, y, days, size=SMALL, align="center", gid="days")


def _ideas(sheet: Sheet, columns: _Columns, row: ConversationRow, names: Sequence[str], y: float) -> float:
    y = _heading(sheet, say("Whose idea the promises of {coachee} were", coachee=names[1]), y)
    if row.origins.empty:
        words = say("Nothing is noted yet of where a promise came from.")
        sheet.text(MARGIN, y, words, colour=MUTED, gid="empty")
        return y + _LANE / 2
    labels = dict(zip(_ORIGINS, (names[1], say("found together"), names[0]), strict=True))
    places = {session: place for place, session in enumerate(row.sessions["session"])}
    for origin in _ORIGINS:
        sessions_of_origin = row.origins.loc[row.origins["origin"] == origin, "session"]
        counts = Counter(-1 if pd.isna(session) else places[session] for session in sessions_of_origin)
        _lane(sheet, columns, labels[origin], y, len(sessions_of_origin))
        for place, count in counts.items():
            _ideas_of_one(sheet, columns, place, count, y)
        y += _LANE
    return y - _LANE / 2


def _ideas_of_one(sheet: Sheet, columns: _Columns, place: int, count: int, y: float) -> None:
    """Draw the ideas of one session as one dot; several are a larger one, with their number where there is room."""
    room = min(columns.pitch * 0.9, _NUMBERED)
    size = min(room, _DOT * math.sqrt(count))
    letters = SMALL if count < _THREE_DIGITS else SMALL * 0.8
    numbered = count > 1 and width(str(count), letters, bold=True) <= room - 2
    look = Look("", "o", ON_TIME, ON_TIME)
    sheet.marks([columns.at(place)], [y], look, size=room if numbered else size, gid="idea")
    if numbered:
        sheet.text(columns.at(place), y, count, size=letters, colour=PAPER, bold=True, align="center", gid="ideas")


def _heading(sheet: Sheet, words: str, y: float) -> float:
    sheet.text(MARGIN, y, words, bold=True, room=sheet.width - 2 * MARGIN, gid="band")
    return y + _HEADING


def _key(sheet: Sheet, entries: Sequence[tuple[Look, int, str]], y: float) -> float:
    x = MARGIN
    for look, count, gid in entries:
        words = shorten(f"{count} {look.name}", SMALL, sheet.width - 2 * MARGIN - 2 * _DOT)
        wide = 2 * _DOT + width(words, SMALL)
        if x > MARGIN and x + wide > sheet.width - MARGIN:
            x, y = MARGIN, y + 18
        sheet.marks([x + _DOT / 2], [y], look, size=_DOT * 0.9, gid=gid)
        sheet.text(x + 1.5 * _DOT, y, words, size=SMALL, colour=MUTED, gid="key")
        x += wide + 14
    return y + _HEADING + 2 if entries else y


def _lane(sheet: Sheet, columns: _Columns, label: str, y: float, count: int | None = None) -> None:
    """Draw the line that a lane's marks stand on, with its name and its count before it."""
    number = "" if count is None else str(count)
    before = width(number, SMALL) + 6 if number else 0.0
    sheet.text(MARGIN, y, label, size=SMALL, room=columns.left - MARGIN - 10 - before, gid="lane")
    if number:
        sheet.text(columns.left - 8, y, number, size=SMALL, colour=MUTED, align="right", gid="lane count")
    sheet.line([columns.left, columns.end], [y, y], GRID)


def _heads(columns: _Columns, sessions: pd.DataFrame) -> list[Head]:
    heads = [
        Head(
            columns.at(place),
            clean(label) if pd.isna(number) else say("S{number}", number=int(number)),
            as_day(held_on),
        )
        for place, (label, number, held_on) in enumerate(
            zip(sessions["label"], sessions["number"], sessions["held_on"], strict=True)
        )
    ]
    return [Head(columns.at(-1), say("no session"), None), *heads] if columns.outside else heads


def _whole(days: float) -> int:
    """Return whole days, a half as one more."""
    return math.floor(days + 0.5)
