"""How soon the session stands there after its command; beside a JupyterLab that opens an empty notebook."""

import time
from contextlib import contextmanager
from statistics import median

import nbformat
import pytest
from playwright.sync_api import sync_playwright

from tests.browser.lab import CHROMIUM, CHROMIUM_OPTIONS, TOKEN, Lab, PlainLab

ROUNDS = 5
PATIENCE_MS = 180_000
FOCUSED = "() => document.activeElement?.closest('.coaching-form') && document.activeElement.matches('input, textarea')"
RENDERED = "() => document.querySelector('.jp-Notebook .jp-CodeCell .cm-content')?.checkVisibility()"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield started
        started.close()


@contextmanager
def begun(kind, folder, home):
    """Give a lab that was started just now, and when that was."""
    folder.mkdir()
    home.mkdir()
    began = time.perf_counter()
    started = kind(folder, home)
    try:
        yield started, began
    finally:
        started.stop()


def seconds(browser, lab, began, address, seen):
    """Return the seconds from a command until something is seen on a page that nobody has opened before."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{lab.address}{address}?token={TOKEN}", wait_until="commit", timeout=PATIENCE_MS)
        page.wait_for_function(seen, timeout=PATIENCE_MS)
        return time.perf_counter() - began


def test_the_first_field_has_the_focus_about_as_soon_as_jupyterlab_shows_an_empty_notebook(browser, tmp_path, show):
    """From the command, in turns, each with a server, a kernel and a page of its own; nothing is clicked."""
    ours, theirs = [], []
    for turn in range(ROUNDS):
        with begun(Lab, tmp_path / f"ours {turn}", tmp_path / f"home {turn}") as (lab, began):
            ours.append(seconds(browser, lab, began, "/doc/tree/session.ipynb", FOCUSED))
        place = tmp_path / f"place {turn}"
        with begun(PlainLab, tmp_path / f"theirs {turn}", place) as (lab, began):
            empty = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(id="empty")])
            empty.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
            nbformat.write(empty, place / "empty.ipynb")
            theirs.append(seconds(browser, lab, began, "/lab/tree/empty.ipynb", RENDERED))
    ratio = median(ours) / median(theirs)
    show("jupyter lab, from the command to an empty notebook", median(theirs) * 1000, unit="ms")
    show("coaching lab, from the command to the first field : jupyter lab, to an empty notebook", ratio, 1.3)
    assert ratio <= 1.3, (ours, theirs)
