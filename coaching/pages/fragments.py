"""Parts of the summary for the notebook: HTML without a page around it.

Each is wrapped in ``.coaching-page``; show `coaching.pages.style` once beside them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from coaching.metrics.periods import ALL_TIME, Period
from coaching.model.sharing import Shared
from coaching.pages.figures import Figure
from coaching.pages.rendering import render
from coaching.pages.sections import mission_figures, promise_figures, statements
from coaching.pages.sections.conversation_figures import conversation
from coaching.pages.sections.conversations import timeline
from coaching.pages.sections.letter import letter
from coaching.pages.sections.plan_threads import movements
from coaching.pages.sections.statements import SHOWN
from coaching.pages.sections.thread_figures import threads
from coaching.pages.sections.written_review import written_review
from coaching.pages.source import PageSource


def piece(name: str, shared: Shared, asof: date, period: Period) -> str:
    """Return one part of the summary.

    Parameters
    ----------
    name
        ``letter`` (what a review begins with), ``words`` (the written review), ``moved``, ``mission_today``,
        ``mission_changes``, ``timeline`` (session by session), or a figure: ``threads``, ``promise_dots``,
        ``lifelines``, ``ageing``, ``burnup``, ``time_to_done``,
        ``history_flow``, ``theme_lanes``, ``convergence``, ``conversation``; or a theme with all its parts:
        ``going_on``, ``promises``, ``mission``, ``conversations``.
    shared
        What the reader may read.
    asof
        The day of which it speaks.
    period
        The period that is looked at; it matters to ``letter``, ``words``, ``moved``, ``threads`` and ``lifelines``.

    Raises
    ------
    KeyError
        If there is no such part.
    """
    parts = _THEMES.get(name, (name,))
    wanted = {part: period if part in _OF_A_PERIOD else ALL_TIME for part in parts}
    contents = {one: PageSource.of(shared, asof, one) for one in set(wanted.values())}
    return "".join(_part(part, contents[wanted[part]]) for part in parts)


def _part(name: str, contents: PageSource) -> str:
    if name in FIGURES:
        return _rendered("figure", FIGURES[name](contents))
    return _rendered(name, _TEXTS[name](contents))


def _rendered(part: str, shown: object) -> str:
    return render("fragment.html.jinja", part=part, shown=shown, most=SHOWN)


_OF_A_PERIOD: Final = frozenset({"letter", "words", "lifelines", "moved", "threads"})
_THEMES: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {
        "going_on": ("moved", "threads"),
        "promises": ("promise_dots", "lifelines", "ageing", "burnup", "time_to_done"),
        "mission": ("mission_today", "history_flow", "theme_lanes", "convergence", "mission_changes"),
        "conversations": ("conversation", "timeline"),
    }
)
FIGURES: Final[Mapping[str, Callable[[PageSource], Figure]]] = MappingProxyType(
    {
        "promise_dots": promise_figures.promise_dots,
        "threads": threads,
        "lifelines": promise_figures.lifelines,
        "ageing": promise_figures.ageing,
        "burnup": promise_figures.burnup,
        "time_to_done": promise_figures.time_to_done,
        "history_flow": mission_figures.history_flow,
        "theme_lanes": mission_figures.theme_lanes,
        "convergence": mission_figures.convergence,
        "conversation": conversation,
    }
)
_TEXTS: Final[Mapping[str, Callable[[PageSource], object]]] = MappingProxyType(
    {
        "letter": letter,
        "moved": movements,
        "words": written_review,
        "mission_today": statements.today,
        "mission_changes": statements.steps,
        "timeline": timeline,
    }
)
