"""German is longer than English: every chart still has room for its words."""

from datetime import date

import pytest

from coaching.charts import (
    ageing,
    burnup,
    convergence_chart,
    history_flow,
    lifelines,
    promise_dots,
    theme_lanes,
    time_to_done_chart,
)
from coaching.charts.canvas.labels import ELLIPSIS, clean
from coaching.charts.conversation import conversation
from coaching.i18n import speaking
from coaching.metrics.mission.convergence import convergence
from coaching.metrics.mission.statements import versions
from coaching.metrics.mission.themes import theme_shares, themes
from coaching.metrics.mission.words import lineage
from coaching.metrics.periods import parse_period
from coaching.metrics.promises.items import burnup_steps, item_states
from coaching.metrics.promises.time_to_done import time_to_done, time_to_done_by_side
from coaching.metrics.sessions.conversation import conversation_row
from coaching.pages.figures import period_in_words
from tests.invented_year import load
from tests.unit.charts.charting import Seen
from tests.unit.pages.conftest import ASOF, shared_year

QUARTER = parse_period("2025Q4")
# The first one has nothing to show yet; on the last one everything open is long past its day.
DAYS = (date(2025, 1, 16), date(2025, 6, 30), ASOF["demo_year"], date(2026, 11, 1))
NAMES = ("Anselm Okonjo-Berg", "Marisol Quispe Huanca")


def promise_charts(frames, day):
    found, held = item_states(frames, day), frames["session"]
    yield promise_dots(found, held, day)
    yield ageing(found, day)
    yield burnup(burnup_steps(frames, day), held, day)
    yield time_to_done_chart(time_to_done(found, day), time_to_done_by_side(found, day))


def life_charts(frames, day):
    found, held = item_states(frames, day), frames["session"]
    yield lifelines(found, held, day, QUARTER.start, QUARTER.end, period_in_words(QUARTER))


def mission_charts(frames, day):
    known, named = versions(frames, day), themes(frames)
    yield history_flow(known, lineage([version.text for version in known]))
    yield theme_lanes(named, theme_shares(named, known), known)
    yield convergence_chart(convergence(known))


def conversation_charts(frames, day):
    yield conversation(conversation_row(frames, day), *NAMES)


CASES = [(charts, day) for charts in (promise_charts, life_charts, mission_charts, conversation_charts) for day in DAYS]


def words_of(value):
    """Yield every text in a data file."""
    if isinstance(value, str):
        yield clean(value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from words_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words_of(inner)


@pytest.fixture(scope="module")
def peoples_words():
    return "\n".join(words_of(load("demo_year")))


@pytest.mark.parametrize(("charts", "day"), CASES, ids=lambda value: getattr(value, "__name__", str(value)))
def test_nothing_overlaps_or_is_cut_in_a_chart_of_the_year(charts, day, peoples_words):
    with speaking("de"):
        drawn = [Seen(figure) for figure in charts(shared_year("demo_year").frames, day)]
    for seen in drawn:
        assert seen.overlapping() == []
        assert seen.outside() == []
        cut = [text.removesuffix(ELLIPSIS) for text in seen.texts() if text.endswith(ELLIPSIS)]
        assert [text for text in cut if text not in peoples_words] == []
