"""The figures of the demo year's page, to be drawn: what is shown in them is computed before."""

from collections.abc import Callable
from datetime import date

from matplotlib.figure import Figure

from coaching import charts
from coaching.charts.conversation import conversation
from coaching.metrics.mission.convergence import convergence
from coaching.metrics.mission.themes import theme_shares
from coaching.metrics.promises.burnup import burnup_steps
from coaching.metrics.promises.time_to_done import time_to_done, time_to_done_by_side
from coaching.metrics.sessions.conversation import conversation_row
from coaching.model.sharing import Shared
from coaching.pages.source import COACH, COACHEE, PageSource

#: The last day that the demo year knows of.
ASOF = date(2026, 1, 12)


def figures(shared: Shared) -> dict[str, Callable[[], Figure]]:
    """Return what draws each of the nine figures, by its name in the page."""
    contents = PageSource.of(shared, ASOF)
    frames, states, sessions = shared.frames, contents.states, contents.sessions_held
    known = contents.versions
    steps, row = burnup_steps(frames, ASOF), conversation_row(frames, ASOF)
    together, by_side = time_to_done(states, ASOF), time_to_done_by_side(states, ASOF)
    words, shares, named = contents.lineage, convergence(known), contents.themes
    of_themes = theme_shares(named, known)
    return {
        "promise-dots": lambda: charts.promise_dots(states, sessions, ASOF),
        "lifelines": lambda: charts.lifelines(states, sessions, ASOF, None, None, "So far"),
        "ageing": lambda: charts.ageing(states, ASOF),
        "burn-up": lambda: charts.burnup(steps, sessions, ASOF),
        "time-to-done": lambda: charts.time_to_done_chart(together, by_side),
        "history-flow": lambda: charts.history_flow(known, words),
        "theme-lanes": lambda: charts.theme_lanes(named, of_themes, known),
        "convergence": lambda: charts.convergence_chart(shares),
        "conversation": lambda: conversation(row, contents.name(COACH), contents.name(COACHEE)),
    }


def drawn(shared: Shared) -> Callable[[], list[str]]:
    """Return what draws all figures as SVG."""
    found = figures(shared)
    return lambda: [charts.svg(draw(), name, name, name) for name, draw in found.items()]
