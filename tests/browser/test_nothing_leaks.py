"""What is typed is in the workbook and nowhere else: no notebook, log, history or browser profile."""

import json

import pytest
from playwright.sync_api import expect

from coaching.home import Home
from tests.browser.lab import (
    expect_kept,
    form,
    open_notebook,
    open_session,
    run_all,
    running,
    save,
)
from tests.browser.traces import SECRET, places_with

WIDGETS = "@jupyter-widgets/jupyterlab-manager:plugin"


@pytest.fixture
def lab_that_saves_widget_state(tmp_path, playwright):
    settings = tmp_path / "user/.jupyter/lab/user-settings/@jupyter-widgets/jupyterlab-manager"
    settings.mkdir(parents=True)
    (settings / "plugin.jupyterlab-settings").write_text(json.dumps({"saveState": True}))
    with running(tmp_path) as started:
        yield started


def test_a_secret_typed_is_nowhere_but_in_the_workbook(tmp_path, lab_that_saves_widget_state, profile):
    lab = lab_that_saves_widget_state
    home = Home(lab.home)
    page = profile.new_page()
    page.set_default_timeout(30_000)
    open_session(page, lab)
    setting = page.evaluate(f"(async () => (await window.jupyterapp.serviceManager.settings.fetch('{WIDGETS}')).raw)()")
    assert json.loads(setting) == {"saveState": True}
    for title, label in (
        ("Opening", "How is Marisol Quispe Huanca arriving?"),
        ("Talk about yourself", "A plan"),
        ("Talk about your dreams", "Something you love, or long for"),
        ("Closing", "A note to yourself"),
    ):
        form(page, title).get_by_label(label, exact=True).first.press_sequentially(f"{SECRET} {title}")
        expect_kept(page, title)
    run_all(page)
    expect(form(page, "Closing").get_by_label("A note to yourself")).to_have_value(f"{SECRET} Closing")
    save(page, lab, "session.ipynb")
    notebook = json.loads((home.folder / "notebooks/session.ipynb").read_text())
    assert "widgets" not in notebook["metadata"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook["cells"])

    open_notebook(page, lab, "quarterly_review.ipynb")
    run_all(page)
    expect(page.locator(".coaching-view figure").first).to_be_visible()
    save(page, lab, "quarterly_review.ipynb")
    # Chromium writes its session files every few seconds and when it closes.
    profile.close()
    lab.stop()

    workbook = home.find("Marisol")._ledger.store.folder
    assert places_with(SECRET, workbook), "the test would not see the words where they are"
    assert not places_with(SECRET, tmp_path, but=[workbook])
    assert not places_with("Radek", tmp_path, but=[workbook]), "words of the demo year that the review has drawn"


def test_the_browser_asks_nothing_of_the_world_outside(page, lab):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_session(page, lab)
    open_notebook(page, lab, "quarterly_review.ipynb")
    run_all(page)
    expect(page.locator(".coaching-view figure").first).to_be_visible()
    local = (lab.address, lab.address.replace("http", "ws", 1), "data:", "blob:")
    assert [url for url in asked if not url.startswith(local)] == []
