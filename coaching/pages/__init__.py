"""The edge to the reader: shared data → HTML pages, and parts of them for the notebook."""

from coaching.pages.fragments import piece
from coaching.pages.page import page, plan_page
from coaching.pages.rendering import style
from coaching.pages.team import team

__all__ = ["page", "piece", "plan_page", "style", "team"]
