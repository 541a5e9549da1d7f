"""A plain JupyterLab of the same environment: other people's notebooks are theirs, and ours leave nothing in them."""

import json
import shutil

import nbclient
import nbformat
import pytest
from playwright.sync_api import expect

from coaching.jupyter.notebooks import notebooks
from coaching.workbook.home import Home
from tests.browser.lab import PlainLab, note_to_self, open_notebook, part, run_all, save
from tests.browser.traces import SECRET

CODE = {
    "a widget": f"import ipywidgets\nipywidgets.Text(value={SECRET!r}, description='Theirs')",
    "a page": f"from IPython.display import HTML\nHTML('<b>{SECRET}</b>')",
    "a table": f"import pandas\npandas.DataFrame({{'word': [{SECRET!r}]}})",
    "a plot": "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "words": f"print({SECRET!r})\n1 / 1",
}
OUR_FORM = "import coaching\nsession = coaching.session()\nsession.closing()"
STATE = "application/vnd.jupyter.widget-state+json"


@pytest.fixture(scope="module")
def foreign():
    """Somebody's own notebook, run, with the state of its widgets."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code, id=name.replace(" ", "-"))
                                           for name, code in CODE.items()])  # fmt: skip
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbclient.NotebookClient(made, timeout=120).execute()
    assert made.metadata["widgets"][STATE]["state"]
    return nbformat.writes(made) + "\n"


def plain_lab(folder, foreign, *more):
    """Start a JupyterLab that saves widgets' state, on that notebook, ours, and one that shows a form of ours."""
    home, place = Home(folder / "home"), folder / "notebooks"
    home.demo()
    place.mkdir()
    (place / "foreign.ipynb").write_text(foreign)
    for ours in notebooks().glob("*.ipynb"):
        shutil.copyfile(ours, place / ours.name)
    mixed = nbformat.reads(foreign, as_version=4)
    mixed.cells = [mixed.cells[0], nbformat.v4.new_code_cell(OUR_FORM, id="ours")]
    nbformat.write(mixed, place / "mixed.ipynb")
    settings = folder / "user/.jupyter/lab/user-settings/@jupyter-widgets/jupyterlab-manager"
    settings.mkdir(parents=True)
    (settings / "plugin.jupyterlab-settings").write_text(json.dumps({"saveState": True}))
    return PlainLab(folder, place, more=more, COACHING_HOME=str(home.folder))


@pytest.fixture(scope="module")
def lab(tmp_path_factory, foreign, playwright):
    started = plain_lab(tmp_path_factory.mktemp("with"), foreign)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def lab_without_extension(tmp_path_factory, foreign, playwright):
    without = "--ServerApp.jpserver_extensions={'coaching.jupyter.server': False}"
    started = plain_lab(tmp_path_factory.mktemp("without"), foreign, without)
    yield started
    started.stop()


def saved(page, lab, name):
    """Return what a notebook is once it was opened, touched and saved."""
    open_notebook(page, lab, name)
    page.evaluate("window.jupyterapp.shell.currentWidget.content.model.setMetadata('touched', 1)")
    save(page, lab, name)
    return (lab.home / name).read_text()


def test_a_foreign_notebook_comes_back_with_the_bytes_that_it_had(lab, foreign):
    model = lab.api("contents/foreign.ipynb")
    saved = {name: model[name] for name in ("type", "format", "content")}
    lab.api("contents/again.ipynb", "PUT", saved)
    assert (lab.home / "again.ipynb").read_text() == foreign


def test_a_foreign_notebook_is_saved_byte_for_byte_as_without_the_extension(page, lab, lab_without_extension, foreign):
    ours, theirs = (saved(page, one, "foreign.ipynb") for one in (lab, lab_without_extension))
    assert ours == theirs
    before, after = json.loads(foreign), json.loads(ours)
    assert SECRET in ours
    assert [cell["outputs"] for cell in after["cells"]] == [cell["outputs"] for cell in before["cells"]]


def test_a_form_of_ours_in_a_foreign_notebook_takes_what_is_its_own_away_and_nothing_else(page, lab):
    open_notebook(page, lab, "mixed.ipynb")
    run_all(page)
    closing = note_to_self(page)
    closing.press_sequentially(SECRET[::-1])
    expect(part(page, "Closing")).to_have_attribute("data-state", "kept")
    save(page, lab, "mixed.ipynb")
    text = (lab.home / "mixed.ipynb").read_text()
    after = json.loads(text)
    models = after["metadata"]["widgets"][STATE]["state"].values()
    assert {"TextModel", "LayoutModel"} <= {model["model_name"] for model in models}
    assert not [model for model in models if model["model_module"] == "anywidget"]
    assert SECRET in json.dumps(list(models))
    (shown,) = after["cells"][1]["outputs"]
    assert shown["data"]["text/plain"] == ["(a form; its words are kept in the workbook, not in the notebook)"]
    assert SECRET[::-1] not in text
    assert "coaching.forms" not in text


NOTIFICATIONS = "@jupyterlab/apputils-extension:notification"
SAID = "This Jupyter server runs without the workbook’s extension"


def test_a_form_says_where_the_server_runs_without_the_extension(page, lab_without_extension):
    open_notebook(page, lab_without_extension, "session.ipynb")
    run_all(page)
    expect(page.get_by_text(SAID)).to_have_count(1)
    expect(part(page, "Closing")).to_be_attached()
    expect(page.get_by_text(SAID)).to_have_count(1)


def test_a_form_says_nothing_where_it_runs_with_it_and_settings_are_as_they_were(page, lab):
    asked = []
    page.on("response", lambda given: asked.append((given.status, given.url)))
    open_notebook(page, lab, "session.ipynb")
    expect(part(page, "Closing")).to_be_attached()
    page.wait_for_function("() => document.querySelector('.coaching-form header')")
    assert [status for status, url in asked if url.endswith("coaching/hook")] == [204]
    expect(page.get_by_text(SAID)).to_have_count(0)
    schema = page.evaluate(
        f"window.jupyterapp.serviceManager.settings.fetch('{NOTIFICATIONS}').then((one) => one.schema)"
    )
    assert schema["properties"]["doNotDisturbMode"]["default"] is False
