"""The edge to the reader: shared data → HTML pages, and parts of them for the notebook."""

from coaching.summary.fragments import piece
from coaching.summary.page import page, plan_page
from coaching.summary.rendering import style
from coaching.summary.team import team

__all__ = ["page", "piece", "plan_page", "style", "team"]
