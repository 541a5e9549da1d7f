"""The edge to the reader: shared data → one HTML page, and its parts for the notebook."""

from coaching.summary.fragments import (
    burnup,
    history_flow,
    lifelines,
    mission_changes,
    mission_today,
    promise_dots,
)
from coaching.summary.page import page
from coaching.summary.rendering import style

__all__ = [
    "burnup",
    "history_flow",
    "lifelines",
    "mission_changes",
    "mission_today",
    "page",
    "promise_dots",
    "style",
]
