"""Parts of the summary for the notebook: HTML without a page around it.

Each is wrapped in ``.coaching-page``; show `coaching.pages.style` once beside them.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from coaching.metrics.periods import Period
from coaching.model.sharing import Shared
from coaching.pages.figures import Figure
from coaching.pages.rendering import render
from coaching.pages.sections import mission_figures, promise_figures, statements
from coaching.pages.sections.conversation_figures import conversation
from coaching.pages.sections.statements import SHOWN
from coaching.pages.sections.written_review import written_review
from coaching.pages.source import PageSource


def piece(name: str, shared: Shared, asof: date, period: Period) -> str:
    """Return one part of the summary.

    Parameters
    ----------
    name
        ``words`` (the written review), ``mission_today``, ``mission_changes``, or a figure: ``promise_dots``,
        ``lifelines``, ``ageing``, ``burnup``, ``time_to_done``, ``history_flow``, ``theme_lanes``, ``convergence``,
        ``conversation``.
    shared
        What the reader may read.
    asof
        The day of which it speaks.
    period
        The period that is looked at; it matters to ``words`` and ``lifelines``.

    Raises
    ------
    KeyError
        If there is no such part.
    """
    contents = PageSource.of(shared, asof)
    if name in _FIGURES:
        return _rendered("figure", _FIGURES[name](contents, period))
    return _rendered(name, _TEXTS[name](contents, period))


def _rendered(part: str, shown: object) -> str:
    return render("fragment.html.jinja", part=part, shown=shown, most=SHOWN)


def _of_mission(draw: Callable[..., Figure]) -> Callable[[PageSource, Period], Figure]:
    return lambda contents, _period: draw(contents, statements.known_on(contents, contents.asof))


def _of_promises(draw: Callable[..., Figure]) -> Callable[[PageSource, Period], Figure]:
    return lambda contents, _period: draw(contents, contents.states)


_FIGURES: Mapping[str, Callable[[PageSource, Period], Figure]] = MappingProxyType(
    {
        "promise_dots": _of_promises(promise_figures.promise_dots),
        "lifelines": lambda contents, period: promise_figures.lifelines(contents, contents.states, period),
        "ageing": _of_promises(promise_figures.ageing),
        "burnup": _of_promises(promise_figures.burnup),
        "time_to_done": _of_promises(promise_figures.time_to_done),
        "history_flow": _of_mission(mission_figures.history_flow),
        "theme_lanes": _of_mission(mission_figures.theme_lanes),
        "convergence": _of_mission(mission_figures.convergence),
        "conversation": lambda contents, _period: conversation(contents),
    }
)
_TEXTS: Mapping[str, Callable[[PageSource, Period], object]] = MappingProxyType(
    {
        "words": written_review,
        "mission_today": lambda contents, _: statements.today(contents, statements.known_on(contents, contents.asof)),
        "mission_changes": lambda contents, _: statements.steps(contents, statements.known_on(contents, contents.asof)),
    }
)
