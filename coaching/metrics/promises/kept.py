"""Promises kept: counts of action items that came to their day, and of those that ended in a window."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from coaching.metrics.periods import ALL_TIME, Period, quarters

FOUR_WEEKS = 28
_PERCENT_FROM = 10

AsAgreed = Literal["due_first", "due_in_force"]


@dataclass(frozen=True)
class Kept:
    """The headline: `kept` of `of` items that reached their day; `let_go_before` it are counted apart."""

    kept: int
    of: int
    let_go_before: int


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int


def kept(states: pd.DataFrame, asof: date, period: Period = ALL_TIME, by: AsAgreed = "due_in_force") -> Kept:
    """Count the items whose day lies in a period and has come, and those of them that were done by it.

    Parameters
    ----------
    states
        `coaching.metrics.promises.items.item_states` at `asof`.
    asof
        Days after it have not come.
    period
        The window that the item's day lies in.
    by
        The day: ``due_in_force`` as re-agreed, ``due_first`` as first agreed.

    Notes
    -----
    METRICS.md, kept (headline). Every item in it has reached its day, so nothing in it is still undecided. An item
    that was done, then re-opened, is not kept until it is done again by its day.
    """
    day = states[by]
    come = states.loc[within(day, period) & (day <= pd.Timestamp(asof)) & states["is_whole"]]
    by_then = come["closed_on"] <= come[by]
    let_go = by_then & (come["state"] == "let_go")
    done = by_then & (come["state"] == "done")
    return Kept(int(done.sum()), int((~let_go).sum()), int(let_go.sum()))


def done_within(states: pd.DataFrame, asof: date, days: int = FOUR_WEEKS, period: Period = ALL_TIME) -> Share:
    """Count the items agreed at least `days` before `asof`, and those of them that were done within `days`.

    Items let go stay in the denominator. `period` is the window that the day of the agreement lies in.
    """
    limit = timedelta(days=days)
    old_enough = (states["agreed"] <= pd.Timestamp(asof) - limit) & within(states["agreed"], period)
    asked = states.loc[old_enough & (states["state"] != "draft")]
    done = (asked["state"] == "done") & (asked["closed_on"] - asked["agreed"] <= limit)
    return Share(int(done.sum()), len(asked))


def throughput(states: pd.DataFrame, period: Period) -> int:
    """Count the items that were done, for the last time, within a period."""
    return int(((states["state"] == "done") & within(states["closed_on"], period)).sum())


def throughput_by_quarter(states: pd.DataFrame, asof: date) -> dict[str, int]:
    """Return `throughput` of every quarter from the first item agreed to `asof`, by the quarter's name."""
    if states.empty:
        return {}
    first = states["agreed"].min().date()
    return {quarter.name: throughput(states, quarter) for quarter in quarters(first, asof)}


def reopened(states: pd.DataFrame) -> Share:
    """Count the items ever done, and those of them that were re-opened at least once."""
    counted = states.loc[states["state"] != "draft"]
    ever_done = counted["done_first_on"].notna()
    return Share(int((ever_done & (counted["times_reopened"] > 0)).sum()), int(ever_done.sum()))


def in_words(count: int, of: int) -> str:
    """Say so many of so many: in counts below ten, with a percentage from ten on.

    Examples
    --------
    >>> in_words(3, 5), in_words(9, 12), in_words(0, 0)
    ('3 of 5', '9 of 12 (75 %)', '0 of 0')
    """
    counted = f"{count} of {of}"
    return counted if of < _PERCENT_FROM else f"{counted} ({100 * count / of:.0f} %)"


def within(days: pd.Series, period: Period) -> pd.Series:
    """Return which days lie in a period; one that is missing lies in none."""
    inside = days.notna()
    if period.start is not None:
        inside &= days >= pd.Timestamp(period.start)
    if period.end is not None:
        inside &= days < pd.Timestamp(period.end)
    return inside
