"""Results → figures; nothing is computed here."""

from coaching.charts.burnup import burnup
from coaching.charts.history_flow import history_flow
from coaching.charts.lifelines import lifelines
from coaching.charts.promise_dots import promise_dots
from coaching.charts.svg import svg

__all__ = ["burnup", "history_flow", "lifelines", "promise_dots", "svg"]
