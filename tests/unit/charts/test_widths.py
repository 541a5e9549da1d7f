"""Every chart of the invented years at both widths: nothing overlaps, nothing is cut, and all of it can be read."""

from datetime import date

import pytest

from coaching.charts.canvas.sheet import NARROW, WIDTH
from coaching.charts.canvas.style import SMALL
from coaching.i18n import LANGUAGES, speaking
from coaching.metrics.periods import ALL_TIME
from coaching.pages.fragments import FIGURES
from coaching.pages.source import PageSource
from tests.unit.charts.charting import Seen
from tests.unit.pages.conftest import ASOF, shared_year

DAYS = {**ASOF, "active_pair": date(2026, 11, 30)}
#: Points between the margins of a sheet of A4, and of one of two columns on it.
PAPER = {WIDTH: 504.0, NARROW: 239.0}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [WIDTH, NARROW])
@pytest.mark.parametrize("year", DAYS)
def test_every_chart_fits(year, width, language):
    contents = PageSource.of(shared_year(year), DAYS[year], ALL_TIME)
    with speaking(language):
        for name, figure in FIGURES.items():
            seen = Seen(figure(contents).draw(width))
            drawn = [text for text in seen.axes.texts if text.get_gid() not in {"moved-words", "end-word", "half"}]
            assert (name, seen.overlapping(drawn), seen.outside()) == (name, [], [])


@pytest.mark.parametrize("width", [WIDTH, NARROW])
def test_the_smallest_letters_are_eight_points_on_paper(width):
    assert SMALL * PAPER[width] / width >= 8
    contents = PageSource.of(shared_year("demo_year"), DAYS["demo_year"], ALL_TIME)
    sizes = {
        text.get_fontsize() for figure in FIGURES.values() for text in Seen(figure(contents).draw(width)).axes.texts
    }
    assert min(sizes) >= SMALL
