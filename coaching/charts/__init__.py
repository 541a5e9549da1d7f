"""Results → figures; nothing is computed here."""

from coaching.charts.ageing import ageing
from coaching.charts.burnup import burnup
from coaching.charts.convergence import convergence_chart
from coaching.charts.history_flow import history_flow
from coaching.charts.lifelines import lifelines
from coaching.charts.promise_dots import promise_dots
from coaching.charts.svg import svg
from coaching.charts.theme_lanes import theme_lanes
from coaching.charts.time_to_done import time_to_done_chart

__all__ = [
    "ageing",
    "burnup",
    "convergence_chart",
    "history_flow",
    "lifelines",
    "promise_dots",
    "svg",
    "theme_lanes",
    "time_to_done_chart",
]
