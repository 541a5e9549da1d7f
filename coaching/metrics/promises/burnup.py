"""Burn-up: how many action items had come out how, on every day on which that changed."""

from collections import Counter
from datetime import date

import pandas as pd

from coaching.metrics.promises.history import histories
from coaching.metrics.timeline import end_of
from coaching.model.frames import Frames

_OUTCOMES = ("on_time", "late", "done", "let_go", "open")


def burnup_steps(frames: Frames, asof: date) -> pd.DataFrame:
    """Return the burn-up up to `asof`, change days only.

    Returns
    -------
    pandas.DataFrame
        `day` (datetime64), and the counts `on_time`, `late`, `done` (neither of the two), `let_go`, `open` (int64) at
        the end of that day; each item as known on that day, drafts left out, overdue ones among the open.
    """
    outcomes_by_day: dict[date, dict[str, str]] = {}
    for history in histories(frames):
        for moment, _ in history.steps:
            state = history.at(end_of(moment.day))
            if state is not None and moment.day <= asof:
                outcome = state.outcome(moment.day)
                outcomes_by_day.setdefault(moment.day, {})[history.item["id"]] = (
                    "open" if outcome == "overdue" else outcome
                )
    rows: list[tuple[int, ...]] = []
    days: list[date] = []
    outcomes: dict[str, str] = {}
    tally: Counter[str] = Counter()
    for day, changed in sorted(outcomes_by_day.items()):
        tally.subtract(outcomes[item] for item in changed if item in outcomes)
        tally.update(changed.values())
        outcomes |= changed
        counts = tuple(tally[name] for name in _OUTCOMES)
        if counts != (rows[-1] if rows else (0,) * len(_OUTCOMES)):
            rows.append(counts)
            days.append(day)
    steps = pd.DataFrame(rows, columns=list(_OUTCOMES), dtype="int64")
    steps.insert(0, "day", pd.Series(pd.to_datetime(pd.Series(days, dtype="object")), dtype="datetime64[ms]"))
    return steps
