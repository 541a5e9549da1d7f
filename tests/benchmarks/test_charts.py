"""What drawing costs, against the least that matplotlib does for as many labels, and against starting at all."""

import io
import subprocess
import sys
from statistics import mean

import comm
import pytest
from matplotlib.figure import Figure

from coaching.jupyter.api import Review
from coaching.model.sharing import Audience
from coaching.pages import style
from tests.benchmarks.demo_year import drawn, figures
from tests.unit.forms.pages import Wire

ROUNDS = 9
VIEWS = (
    "words",
    "promise_dots",
    "lifelines",
    "ageing",
    "burnup",
    "time_to_done",
    "mission_today",
    "history_flow",
    "mission_changes",
    "theme_lanes",
    "convergence",
    "conversation",
    "team",
)


@pytest.fixture(name="shared")
def _shared(home):
    return home.workbooks()[0].shared(Audience.PAIR)


def trivial(labels):
    """Save a figure of matplotlib's own defaults that holds nothing but labels."""
    figure = Figure()
    for place, label in enumerate(labels):
        figure.text(0.1, place / len(labels), label)
    figure.savefig(io.StringIO(), format="svg")


def test_the_figures_take_at_most_twelve_times_as_long_as_a_trivial_one_with_as_many_labels(turns, shared):
    """As many as one of them has in the mean, and their words: every ninth label of the nine figures."""
    found = [draw() for draw in figures(shared).values()]
    labels = [text.get_text() for figure in found for text in figure.axes[0].texts]
    assert len(labels[:: len(found)]) == pytest.approx(mean(len(figure.axes[0].texts) for figure in found), abs=1)
    turns.run(drawn(shared), {"trivial": lambda: trivial(labels[:: len(found)])}, ROUNDS)
    turns.show_time(f"a trivial figure with {len(labels[:: len(found)])} labels", "trivial")
    turns.show_time(f"the {len(found)} figures of the demo year as SVG")
    turns.check("the figures of the demo year : a trivial figure", "trivial", 12)


@pytest.mark.parametrize(("asked", "limit"), [("hello", 1.2), ("open", 2)])
def test_a_warm_review_takes_little_longer_than_importing_and_drawing(turns, home, shared, monkeypatch, asked, limit):
    """Every view asks for its piece when its cell has run, and for what is folded when somebody opens it."""
    monkeypatch.setattr(comm, "create_comm", Wire)
    draw = drawn(shared)

    def import_and_draw():
        subprocess.run([sys.executable, "-c", "import matplotlib, pandas"], check=True)
        draw()

    def run_all():
        review = Review(home)
        review.choose(), review.page()
        views = [getattr(review, name)() for name in VIEWS]
        return [view.comm.receive({"type": asked}) for view in views]

    drawn_at_once = [answer for (answer,) in run_all() if style() in answer["html"]]
    assert len(drawn_at_once) == len(VIEWS) if asked == "open" else drawn_at_once
    turns.run(run_all, {"start": import_and_draw}, 5)
    turns.show_time("import matplotlib, pandas, and draw the figures", "start")
    what = "Run All of a warm review" + (", and all of it opened" if asked == "open" else "")
    turns.show_time(what)
    turns.check(f"{what} : import matplotlib, pandas, and draw", "start", limit)
