"""Jupyter Notebook 7: the session begins by its button, keeps words, and leaves none in the notebook's file."""

import shutil

import pytest
from playwright.sync_api import expect

from coaching.jupyter.notebooks import notebooks
from coaching.workbook.home import Home
from tests.browser.lab import SEGMENTS, TOKEN, PlainLab, expect_kept, note_to_self, part
from tests.browser.traces import SECRET

pytest.importorskip("notebook", reason="Jupyter Notebook is missing: pip install notebook")


class Notebook(PlainLab):
    """``jupyter notebook`` on a folder of notebooks."""

    def _program(self):
        return ["notebook", f"--ServerApp.root_dir={self.home}", "--allow-root"]


@pytest.fixture
def notebook(tmp_path, playwright):
    home, place = Home(tmp_path / "home"), tmp_path / "notebooks"
    home.demo_pairs()
    place.mkdir()
    for ours in notebooks().glob("*.ipynb"):
        shutil.copyfile(ours, place / ours.name)
    started = Notebook(tmp_path, place, COACHING_HOME=str(home.folder))
    yield started
    started.stop()


def test_a_session_is_held_in_it_and_nothing_of_it_is_in_the_file(page, notebook):
    page.goto(f"{notebook.address}/notebooks/session.ipynb?token={TOKEN}")
    notebook.kernel()
    page.get_by_role("button", name="Begin").click()
    expect(part(page, SEGMENTS[0])).to_be_visible()
    note_to_self(page).fill(SECRET)
    expect_kept(page, SEGMENTS[-1])
    page.close()
    assert SECRET not in (notebook.home / "session.ipynb").read_text()
    assert SECRET in str([workbook.exported() for workbook in Home(notebook.folder / "home").workbooks()])
