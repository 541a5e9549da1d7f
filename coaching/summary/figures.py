"""The figures of the page: each one a chart as inline SVG, and its numbers as a table."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from coaching.charts.burnup import burnup as draw_burnup
from coaching.charts.history_flow import history_flow as draw_history_flow
from coaching.charts.lifelines import lifelines as draw_lifelines
from coaching.charts.promise_dots import promise_dots as draw_promise_dots
from coaching.charts.svg import svg
from coaching.metrics.items import burnup_steps
from coaching.metrics.mission import Version
from coaching.metrics.periods import Period
from coaching.metrics.words import lineage
from coaching.summary.contents import Contents
from coaching.summary.promises import OUTCOMES, alive_in, in_words
from coaching.summary.text import counted, day_in_words, month_in_words, short_day

_STEPS = {"on_time": "done on time", "late": "done late", "let_go": "let go", "open": "open"}
_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Table:
    """Numbers behind a figure; the first cell of each row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A chart and its numbers."""

    name: str
    svg: str
    table: Table


def promise_dots(contents: Contents, states: pd.DataFrame) -> Figure:
    """Return every promise as one dot over the session in which it was agreed."""
    drawn = draw_promise_dots(states, _sessions(contents), contents.asof)
    heads = ("Agreed in", "Whose", *OUTCOMES.values())
    groups = states.assign(
        _session=states["session_number"].fillna(0), _side=states["owner"].fillna("nobody").astype("str")
    ).groupby(["_session", "_side"], sort=True)
    rows = [
        (
            f"Session {number}" if number else "no session",
            _names(group),
            *(str(count) for count in _counts(group["outcome"])),
        )
        for (number, _), group in groups
    ]
    table = Table("Promises by the session in which they were agreed", heads, tuple(rows))
    drawing = svg(drawn, "promise-dots", "Every promise, one dot", in_words(states))
    return Figure("promise-dots", drawing, table)


def lifelines(contents: Contents, states: pd.DataFrame, period: Period) -> Figure:
    """Return one line for each promise that was alive in a period, from the day it was agreed to its end."""
    name = period_in_words(period)
    drawn = draw_lifelines(states, _sessions(contents), contents.asof, period.start, period.end, name)
    alive = alive_in(states, period)
    heads = ("What", "Who", "Agreed", "By", "Moved to", "Ended", "How it stands")
    rows = [
        (
            _text(row["what"], "no words yet"),
            _text(row["owner_name"], "nobody yet"),
            _day(row["agreed"]),
            _day(row["due_in_force"]),
            _day(row["due"]) if row["due"] != row["due_in_force"] else "–",
            _day(row["closed_on"]),
            OUTCOMES[row["outcome"]],
        )
        for row in alive.to_dict("records")
    ]
    table = Table(f"{name}: who does what by when", heads, tuple(rows))
    return Figure("lifelines", svg(drawn, "lifelines", f"{name}, promise by promise", in_words(alive)), table)


def burnup(contents: Contents, states: pd.DataFrame) -> Figure:
    """Return how promises added up over time, and what became of them."""
    steps = burnup_steps(contents.shared.frames, contents.asof)
    drawn = draw_burnup(steps, _sessions(contents), contents.asof)
    rows = [(_day(row["day"]), *(str(row[name]) for name in _STEPS)) for row in steps.to_dict("records")]
    table = Table("Promises over time, on every day on which something changed", ("Day", *_STEPS.values()), tuple(rows))
    return Figure("burn-up", svg(drawn, "burn-up", "How promises added up", in_words(states)), table)


def history_flow(known: tuple[Version, ...]) -> Figure:
    """Return how the words of the mission statement came, stayed and went."""
    rows_of_words = lineage([version.text for version in known])
    drawn = draw_history_flow(known, rows_of_words)
    rows = [
        (
            f"Session {version.session_number}" if version.session_number is not None else "no session",
            short_day(version.held_on),
            str(sum(any(map(str.isalnum, word.text)) for word in words)),
            version.text,
        )
        for version, words in zip(known, rows_of_words, strict=True)
    ]
    table = Table("All versions of the mission statement", ("Session", "Day", "Words", "Statement"), tuple(rows))
    told = f"{counted(len(known), 'version')} of the mission statement"
    when = f", from {day_in_words(known[0].held_on)} to {day_in_words(known[-1].held_on)}" if known else ""
    return Figure("history-flow", svg(drawn, "history-flow", "How the mission statement grew", f"{told}{when}."), table)


def period_in_words(period: Period) -> str:
    """Return what a period is called on a page: ``October to December 2025``, ``2025`` or ``So far``."""
    if period.start is None or period.end is None:
        return "So far"
    last = date.fromordinal(period.end.toordinal() - 1)
    if (period.start.month, last.month) == (1, _MONTHS_OF_A_YEAR):
        return str(period.start.year)
    return f"{month_in_words(period.start)} to {month_in_words(last)} {last.year}"


def _sessions(contents: Contents) -> pd.DataFrame:
    held = contents.shared.frames["session"][["held_on", "number"]]
    return held.loc[held["held_on"] <= pd.Timestamp(contents.asof)]


def _counts(outcomes: pd.Series) -> list[int]:
    return [int((outcomes == outcome).sum()) for outcome in OUTCOMES]


def _names(group: pd.DataFrame) -> str:
    return ", ".join(dict.fromkeys(group["owner_name"].dropna())) or "nobody yet"


def _text(cell: Any, otherwise: str) -> str:
    return otherwise if pd.isna(cell) or not str(cell).strip() else str(cell)


def _day(cell: Any) -> str:
    return "–" if pd.isna(cell) else short_day(pd.Timestamp(cell).date())
