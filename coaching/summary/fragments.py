"""Parts of the summary for the notebook: HTML without a page around it.

Each is wrapped in ``.coaching-page``; show `coaching.summary.style` once beside them.
"""

from datetime import date

from coaching.metrics.periods import Period
from coaching.sharing import Shared
from coaching.summary import figures, promises, statements
from coaching.summary.contents import Contents
from coaching.summary.rendering import render

_NO_STATEMENT = "There is no mission statement yet. It is written at the end of the Dreams part."


def mission_today(shared: Shared, asof: date) -> str:
    """Return the mission statement in force on `asof`, each run of words with the session that brought it."""
    known = statements.known_on(Contents.of(shared, asof), asof)
    return _fragment("mission_today", statements.today(known))


def mission_changes(shared: Shared, asof: date) -> str:
    """Return what changed in the mission statement up to `asof`, version by version, newest first."""
    contents = Contents.of(shared, asof)
    return _fragment("mission_changes", statements.steps(contents, statements.known_on(contents, asof)))


def history_flow(shared: Shared, asof: date) -> str:
    """Return how the words of the mission statement came, stayed and went, as a figure with its numbers."""
    return _fragment("figure", figures.history_flow(statements.known_on(Contents.of(shared, asof), asof)))


def promise_dots(shared: Shared, asof: date) -> str:
    """Return every promise as one dot over its session, as a figure with its numbers."""
    contents = Contents.of(shared, asof)
    return _fragment("figure", figures.promise_dots(contents, promises.states(contents)))


def lifelines(shared: Shared, asof: date, period: Period) -> str:
    """Return one line for each promise alive in `period`, as a figure with its numbers."""
    contents = Contents.of(shared, asof)
    return _fragment("figure", figures.lifelines(contents, promises.states(contents), period))


def burnup(shared: Shared, asof: date) -> str:
    """Return how promises added up over time, as a figure with its numbers."""
    contents = Contents.of(shared, asof)
    return _fragment("figure", figures.burnup(contents, promises.states(contents)))


def _fragment(part: str, shown: object) -> str:
    return render("fragment.html.jinja", part=part, shown=shown, otherwise=_NO_STATEMENT)
