"""What a page costs, against nbconvert's of the review notebook, and against drawing its figures."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coaching.metrics.periods import ALL_TIME
from coaching.sharing import Audience
from coaching.summary import page
from tests.benchmarks.demo_year import ASOF, drawn

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "quarterly_review.ipynb"
ROUNDS = 15


@pytest.fixture(name="command")
def _command(home):
    """Run a program of this environment, as its command does, in a process of its own."""

    def run(*arguments):
        surroundings = os.environ | {"COACHING_HOME": str(home.folder)}
        subprocess.run([sys.executable, "-m", *arguments], check=True, capture_output=True, env=surroundings)

    return run


@pytest.fixture(name="summary")
def _summary(command, home, tmp_path):
    """Write the summary page, and return its file."""
    file = tmp_path / "summary.html"
    name = home.workbooks()[0].name

    def write():
        command("coaching", "summary", name, "--output", str(file), "--asof", str(ASOF))
        return file

    return write


@pytest.fixture(name="nbconvert")
def _nbconvert(command, tmp_path):
    """Execute the review notebook and write it as a page, and return its file."""
    file = tmp_path / "nbconvert.html"

    def write():
        command("nbconvert", "--execute", "--to", "html", str(NOTEBOOK), "--output", str(file))
        return file

    return write


def test_writing_the_summary_takes_at_most_four_tenths_as_long_as_nbconvert(turns, summary, nbconvert):
    turns.run(summary, {"nbconvert": nbconvert}, 5)
    turns.show_time("jupyter nbconvert --execute --to html of the review", "nbconvert")
    turns.show_time("coaching summary in a new process")
    turns.check("coaching summary : jupyter nbconvert", "nbconvert", 0.4)


def test_the_summary_takes_at_most_half_the_room_of_nbconverts_page(show, summary, nbconvert):
    ours, theirs = summary().stat().st_size, nbconvert().stat().st_size
    show("size of the summary", ours / 1000, unit="kB")
    show("size of the summary : nbconvert's page", ours / theirs, 0.5)
    assert ours <= 0.5 * theirs


def test_a_warm_page_takes_at_most_a_third_longer_than_drawing_its_figures(turns, home):
    shared = home.workbooks()[0].shared(Audience.PAIR)
    turns.run(lambda: page(shared, asof=ASOF, period=ALL_TIME), {"figures": drawn(shared)}, ROUNDS)
    turns.show_time("drawing the figures of the summary", "figures")
    turns.show_time("the summary, warm")
    turns.check("the summary, warm : drawing its figures", "figures", 1.3)
