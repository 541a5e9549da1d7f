"""Results → figures; nothing is computed here."""

from coaching.charts.canvas.svg import svg
from coaching.charts.mission.convergence import convergence_chart
from coaching.charts.mission.history_flow import history_flow
from coaching.charts.mission.theme_lanes import theme_lanes
from coaching.charts.promises.ageing import ageing
from coaching.charts.promises.burnup import burnup
from coaching.charts.promises.lifelines import lifelines
from coaching.charts.promises.promise_dots import promise_dots
from coaching.charts.promises.time_to_done import time_to_done_chart
from coaching.charts.threads import threads

__all__ = [
    "ageing",
    "burnup",
    "convergence_chart",
    "history_flow",
    "lifelines",
    "promise_dots",
    "svg",
    "theme_lanes",
    "threads",
    "time_to_done_chart",
]
