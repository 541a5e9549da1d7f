"""What a page costs, against nbconvert's of the review notebook, and against drawing its figures."""

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from coaching.metrics.periods import ALL_TIME
from coaching.model.sharing import Audience
from coaching.pages import summary_page
from tests.benchmarks.demo_year import ASOF, drawn

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "quarterly_review.ipynb"
NOT_OF_THE_PAGE = re.compile(r"review\.(team|page|bring)\(\)")
VIEW = re.compile(r"review\.(\w+)\(\)")
FIRST_CELL = """
from datetime import date
from IPython.display import HTML
import coaching
from coaching import pages
from coaching.metrics.periods import ALL_TIME
from coaching.model.sharing import Audience

shared, asof = coaching.open_workbook("{name}").shared(Audience.PAIR), date.fromisoformat("{asof}")
HTML(f"<style>{{pages.style()}}</style>")
"""
ROUNDS = 9


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


@pytest.fixture(name="drawn_review")
def _drawn_review(home, tmp_path):
    """Return the review notebook as one whose cells have as output what its views show.

    The notebook itself draws for a browser alone and saves nothing of it: nbconvert's page of it would be empty.
    """
    notebook = nbformat.read(NOTEBOOK, nbformat.NO_CONVERT)
    notebook.cells = [cell for cell in notebook.cells if not NOT_OF_THE_PAGE.search(cell.source)]
    for cell in notebook.cells:
        view = VIEW.search(cell.source) if cell.cell_type == "code" else None
        if view and view[1] == "choose":
            cell.source = FIRST_CELL.format(name=home.workbooks()[0].name, asof=ASOF)
        elif view:
            cell.source = f'HTML(pages.piece("{view[1]}", shared, asof, ALL_TIME))'
    file = tmp_path / "review.ipynb"
    nbformat.write(notebook, file)
    return file


@pytest.fixture(name="nbconvert")
def _nbconvert(command, drawn_review, tmp_path):
    """Execute the review notebook and write it as a page, and return its file."""
    file = tmp_path / "nbconvert.html"

    def write():
        command("nbconvert", "--execute", "--to", "html", str(drawn_review), "--output", str(file))
        return file

    return write


def test_writing_the_summary_takes_at_most_four_tenths_as_long_as_nbconvert(turns, summary, nbconvert):
    turns.run(summary, {"nbconvert": nbconvert}, 3)
    turns.show_time("jupyter nbconvert --execute --to html of the review", "nbconvert")
    turns.show_time("coaching summary in a new process")
    turns.check("coaching summary : jupyter nbconvert", "nbconvert", 0.4)


def test_the_summary_takes_at_most_half_the_room_of_nbconverts_page(show, summary, nbconvert):
    ours, theirs = summary().stat().st_size, nbconvert().stat().st_size
    show("size of the summary", ours / 1000, unit="kB")
    show("size of the summary : nbconvert's page", ours / theirs, 0.5)
    assert ours <= 0.5 * theirs


def test_a_warm_page_takes_at_most_a_third_longer_than_drawing_its_figures(turns, home):
    workbook = home.workbooks()[0]
    turns.run(
        lambda shared: summary_page(shared, asof=ASOF, period=ALL_TIME),
        {"figures": drawn(workbook.shared(Audience.PAIR))},
        ROUNDS,
        lambda: (workbook.shared(Audience.PAIR),),  # each page is one of what was shared for it
    )
    turns.show_time("drawing the figures of the summary", "figures")
    turns.show_time("the summary, warm")
    turns.check("the summary, warm : drawing its figures", "figures", 1.3)
