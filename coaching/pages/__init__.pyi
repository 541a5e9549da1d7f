from . import disclosure, markdown
from .fragments import piece
from .page import plan_page, sheet_page, summary_page
from .protected.protected import protect
from .rendering import style
from .team import team_page

__all__ = [
    "disclosure",
    "markdown",
    "piece",
    "plan_page",
    "protect",
    "sheet_page",
    "style",
    "summary_page",
    "team_page",
]
