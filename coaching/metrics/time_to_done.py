"""How long it takes from agreed to done, with items let go and items still open told apart."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import pandas as pd

SHOWN_FROM = 5
_HALF = 0.5
_ROUNDING = 1e-12


@dataclass(frozen=True)
class TimeToDone:
    """The Aalen–Johansen estimate of the time from agreed to the final done.

    Attributes
    ----------
    curve
        One row per day count at which an item ended: `days` (int64, since agreed), `at_risk` (int64, items that had
        lasted so long), `done` and `let_go` (float64, share that ended that way within so many days).
    median
        Days within which half of all items were done; None if that is not reached.
    count_done, count_let_go, count_open
        How many items it is drawn from, by how they stand.
    """

    curve: pd.DataFrame
    median: int | None
    count_done: int
    count_let_go: int
    count_open: int

    @property
    def is_shown(self) -> bool:
        """Whether enough items are done for the estimate to say anything."""
        return self.count_done >= SHOWN_FROM


def time_to_done(states: pd.DataFrame, asof: date) -> TimeToDone:
    """Estimate the time to done.

    Parameters
    ----------
    states
        `coaching.metrics.items.item_states` at `asof`; drafts are left out.
    asof
        The day on which open items are last known to be open.

    Notes
    -----
    Cumulative incidence with two competing ends (Aalen and Johansen, 1978): F(t) = Σ S(tᵢ₋₁) · dᵢ / nᵢ, where nᵢ items
    had lasted up to tᵢ, dᵢ of them were done then, and S is the Kaplan–Meier survival over both ends. Items still open
    leave the count, undecided, at their age. An end told for a day before the agreement counts as day 0.
    """
    counted = states.loc[states["state"] != "draft"]
    ends = counted["closed_on"].fillna(pd.Timestamp(asof))
    days = (ends - counted["agreed"]).dt.days.clip(lower=0)
    ended = list(zip(days.astype(int), counted["state"], strict=True))
    rows = _incidence(ended)
    median = next((day for day, _, done, _ in rows if done >= _HALF - _ROUNDING), None)
    kinds = {"days": "int64", "at_risk": "int64", "done": "float64", "let_go": "float64"}
    curve = pd.DataFrame(rows, columns=list(kinds)).astype(kinds)
    totals = Counter(counted["state"])
    return TimeToDone(curve, median, totals["done"], totals["let_go"], totals["open"])


def _incidence(ended: list[tuple[int, str]]) -> list[tuple[int, int, float, float]]:
    surviving, done, let_go = 1.0, 0.0, 0.0
    rows = []
    for day in sorted({day for day, state in ended if state != "open"}):
        at_risk = sum(lasted >= day for lasted, _ in ended)
        now = Counter(state for lasted, state in ended if lasted == day)
        done += surviving * now["done"] / at_risk
        let_go += surviving * now["let_go"] / at_risk
        surviving *= 1 - (now["done"] + now["let_go"]) / at_risk
        rows.append((day, at_risk, done, let_go))
    return rows
