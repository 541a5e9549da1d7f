from . import markdown, plan, quarter
from .fragments import piece
from .page import plan_page, sheet_page, summary_page
from .protected.protected import protect
from .rendering import style
from .team import team_page

__all__ = [
    "markdown",
    "piece",
    "plan",
    "plan_page",
    "protect",
    "quarter",
    "sheet_page",
    "style",
    "summary_page",
    "team_page",
]
