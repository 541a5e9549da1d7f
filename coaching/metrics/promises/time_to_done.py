"""How long it takes from agreed to done, with items let go and items still open told apart."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from coaching.model.cells import cells

SHOWN_FROM = 5
_READ = ("state", "agreed", "closed_on")
_HALF = 0.5
_ROUNDING = 1e-12
# Eight of ten: the 90th percentile of the normal distribution on either side.
_BAND = 1.2815515655446004
_KINDS = {
    "days": "int64",
    "at_risk": "int64",
    "done": "float64",
    "let_go": "float64",
    "low": "float64",
    "high": "float64",
}


@dataclass(frozen=True)
class TimeToDone:
    """The Aalen–Johansen estimate of the time from agreed to the final done.

    Attributes
    ----------
    curve
        One row per day count at which an item ended: `days` (int64, since agreed), `at_risk` (int64, items that had
        lasted so long), `done` and `let_go` (float64, share that ended that way within so many days), `low` and `high`
        (float64, the 80 % band of `done`).
    median
        Days within which half of all items were done; None if that is not reached.
    count_done, count_let_go, count_open
        How many items it is drawn from, by how they stand.
    open_for
        For how many days each item that is still open has been open, the youngest first.
    """

    curve: pd.DataFrame
    median: int | None
    count_done: int
    count_let_go: int
    count_open: int
    open_for: tuple[int, ...]

    @property
    def is_shown(self) -> bool:
        """Whether enough items are done for the estimate to say anything."""
        return self.count_done >= SHOWN_FROM

    @property
    def count(self) -> int:
        """How many items it is drawn from."""
        return self.count_done + self.count_let_go + self.count_open

    def lasted(self, days: int) -> int:
        """Return how many items are known to have been open for so many days, whatever became of them then."""
        later = self.curve.loc[self.curve["days"] >= days]
        if later.empty:
            return sum(age >= days for age in self.open_for)
        end, at_risk = int(later["days"].iloc[0]), int(later["at_risk"].iloc[0])
        return at_risk + sum(days <= age < end for age in self.open_for)


def time_to_done(states: pd.DataFrame, asof: date) -> TimeToDone:
    """Estimate the time to done.

    Parameters
    ----------
    states
        `coaching.metrics.promises.items.item_states` at `asof`; drafts are left out.
    asof
        The day on which open items are last known to be open.

    Notes
    -----
    Cumulative incidence with two competing ends (Aalen and Johansen, 1978): F(t) = Σ S(tᵢ₋₁) · dᵢ / nᵢ, where nᵢ items
    had lasted up to tᵢ, dᵢ of them were done then, and S is the Kaplan–Meier survival over both ends. Items still open
    leave the count, undecided, at their age. An end told for a day before the agreement counts as day 0.

    The band is made on the scale of log(−log F), which keeps it between 0 and 1, from the variance by the delta method
    (Marubini and Valsecchi, Analysing Survival Data, 1995, chapter 10), with eᵢ items ended either way at tᵢ:
    Σ (F(t) − F(tᵢ))² eᵢ / nᵢ(nᵢ − eᵢ) + Σ S(tᵢ₋₁)² (nᵢ − dᵢ) dᵢ / nᵢ³ − 2 Σ (F(t) − F(tᵢ)) S(tᵢ₋₁) dᵢ / nᵢ².
    """
    lasted = [
        (max(0, ((closed_on or asof) - agreed).days), state)
        for state, agreed, closed_on in zip(*(cells(states[name]) for name in _READ), strict=True)
        if state != "draft"
    ]
    rows = _incidence(Counter(lasted))
    median = next((day for day, _, done, *_ in rows if done >= _HALF - _ROUNDING), None)
    totals = Counter(state for _, state in lasted)
    return TimeToDone(
        pd.DataFrame(rows, columns=list(_KINDS)).astype(_KINDS),
        median,
        totals["done"],
        totals["let_go"],
        totals["open"],
        tuple(sorted(days for days, state in lasted if state == "open")),
    )


def time_to_done_by_side(states: pd.DataFrame, asof: date) -> dict[str, TimeToDone]:
    """Return `time_to_done` of the coach's items and of the coachee's, under ``coach`` and ``coachee``.

    An item that nobody owns belongs to neither.
    """
    return {side: time_to_done(states.loc[states["owner"] == side], asof) for side in ("coach", "coachee")}


def _incidence(ended: Counter[tuple[int, str]]) -> list[tuple[int, int, float, float, float, float]]:
    surviving, done, let_go = 1.0, 0.0, 0.0
    at_risk = ended.total()
    spread = _Spread()
    rows = []
    for day in sorted({day for day, _ in ended}):
        now = {state: ended[day, state] for state in ("done", "let_go", "open")}
        both = now["done"] + now["let_go"]
        if both:
            # Shares that add up to all may come out a rounding above it.
            done = min(1.0, done + surviving * now["done"] / at_risk)
            let_go = min(1.0, let_go + surviving * now["let_go"] / at_risk)
            spread.add(done, surviving, (at_risk, now["done"], both))
            surviving *= 1 - both / at_risk
            rows.append((day, at_risk, done, let_go, *_band(done, spread.variance(done))))
        at_risk -= both + now["open"]
    return rows


class _Spread:
    """The sums of the variance, multiplied out, so that each day adds to them once."""

    def __init__(self) -> None:
        self._ends = [0.0, 0.0, 0.0]
        self._own = 0.0
        self._mixed = [0.0, 0.0]

    def add(self, done: float, surviving: float, counts: Sequence[int]) -> None:
        at_risk, now_done, both = counts
        # The last item leaves nobody whose share could still grow.
        weight = both / (at_risk * (at_risk - both)) if at_risk > both else 0.0
        self._ends = [total + weight * done**power for power, total in enumerate(self._ends)]
        self._own += surviving**2 * (at_risk - now_done) * now_done / at_risk**3
        step = surviving * now_done / at_risk**2
        self._mixed = [total + step * done**power for power, total in enumerate(self._mixed)]

    def variance(self, done: float) -> float:
        ends = done**2 * self._ends[0] - 2 * done * self._ends[1] + self._ends[2]
        return max(0.0, ends + self._own - 2 * (done * self._mixed[0] - self._mixed[1]))


def _band(share: float, variance: float) -> tuple[float, float]:
    if not _ROUNDING < share < 1 - _ROUNDING:
        return share, share
    wide = math.exp(_BAND * math.sqrt(variance) / (share * -math.log(share)))
    return min(share, share**wide), max(share, share ** (1 / wide))
