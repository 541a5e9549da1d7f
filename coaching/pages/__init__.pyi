from . import markdown, plan, quarter
from .fragments import piece
from .organisation import organisation_page
from .own.own import OwnCopy, own_page
from .page import plan_page, sheet_page, summary_page
from .protected.protected import protect
from .recovery import recovery_page
from .rendering import style
from .tasks import tasks
from .team import team_page

__all__ = [
    "OwnCopy",
    "markdown",
    "organisation_page",
    "own_page",
    "piece",
    "plan",
    "plan_page",
    "protect",
    "quarter",
    "recovery_page",
    "sheet_page",
    "style",
    "summary_page",
    "tasks",
    "team_page",
]
