"""The server's part: what a notebook is saved with holds nothing that was typed, or it is not saved."""

import asyncio
import copy
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import nbformat
import pytest
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager, LargeFileManager
from tornado.web import HTTPError

from coaching.forms.engine.widget import FormWidget, ViewWidget
from coaching.jupyter import server

SECRET = "zqPRIVATEwordxyzzy"  # noqa: S105 - a sentinel
VIEW = "application/vnd.jupyter.widget-view+json"
INSTEAD = "(a form; its words are kept in the workbook, not in the notebook)"


def widget(**more):
    data = {VIEW: {"model_id": "m", "version_major": 2, "version_minor": 0}, "text/plain": SECRET}
    return {"output_type": "display_data", "metadata": {}, "data": data | more}


def stream():
    return {"output_type": "stream", "name": "stdout", "text": SECRET}


def result():
    return {"output_type": "execute_result", "execution_count": 3, "metadata": {}, "data": {"text/plain": SECRET}}


def error():
    return {"output_type": "error", "ename": "E", "evalue": SECRET, "traceback": [SECRET]}


def cell(*outputs, source="coaching.session()", count=3):
    return {
        "cell_type": "code",
        "id": "a-cell",
        "metadata": {},
        "execution_count": count,
        "outputs": list(outputs),
        "source": source,
    }


def notebook(*cells, **metadata):
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": copy.deepcopy(metadata), "cells": list(cells)}


PRIVATE = {"coaching": {"private": True}}
MARKDOWN = {"cell_type": "markdown", "id": "prose", "metadata": {}, "source": "# A session"}
OURS_SAYS = "<a form or a chart; its words are kept in the workbook, not in the notebook>"


def model(name, module, **state):
    return {"model_module": module, "model_module_version": "~0.11", "model_name": name, "state": state}


def ours(kind="FormWidget", **more):
    return model("AnyModel", "anywidget", _anywidget_id=f"coaching.forms.engine.widget.{kind}", value=SECRET, **more)


def state(**models):
    saved = {"state": models, "version_major": 2, "version_minor": 0}
    return {"widgets": {"application/vnd.jupyter.widget-state+json": saved}}


LAYOUT = model("LayoutModel", "@jupyter-widgets/base")
THEIRS = model("TextModel", "@jupyter-widgets/controls", value=SECRET, layout="IPY_MODEL_their_layout")
THEIR_ANYWIDGET = model("AnyModel", "anywidget", _anywidget_id="coachings.own.Widget", value=SECRET)
STATE = state(m=ours())
TABLE = {
    "output_type": "execute_result",
    "execution_count": 3,
    "metadata": {"isolated": True},
    "data": {"text/html": f"<table>{SECRET}</table>", "text/plain": [SECRET, "\n"], "image/png": "aGVsbG8="},
}


@pytest.mark.parametrize(
    ("found", "scrubbed"),
    [
        (notebook(**PRIVATE, **STATE), notebook(**PRIVATE)),
        (notebook(**PRIVATE, **state(t=THEIRS)), notebook(**PRIVATE)),
        (notebook(cell(stream()), **PRIVATE), notebook(cell(count=None), **PRIVATE)),
        (notebook(cell(widget(), result(), error(), TABLE), **PRIVATE), notebook(cell(count=None), **PRIVATE)),
        (notebook(MARKDOWN, cell(), **PRIVATE), notebook(MARKDOWN, cell(count=None), **PRIVATE)),
    ],
    ids=["our widgets", "any widgets", "printed", "shown, returned and raised", "prose stays"],
)
def test_one_of_the_programs_notebooks_keeps_nothing_that_a_run_left(found, scrubbed):
    found = copy.deepcopy(found)
    server.scrub(found)
    assert found == scrubbed


@pytest.mark.parametrize(
    ("found", "scrubbed"),
    [
        (notebook(**STATE), notebook()),
        (notebook(**state(m=ours(), v=ours("ViewWidget"), c=ours("_FormCode"))), notebook()),
        (notebook(**state(m=ours(), t=THEIRS, a=THEIR_ANYWIDGET)), notebook(**state(t=THEIRS, a=THEIR_ANYWIDGET))),
        (notebook(**state(m=ours(layout="IPY_MODEL_l"), l=LAYOUT)), notebook()),
        (
            notebook(**state(m=ours(layout="IPY_MODEL_their_layout"), their_layout=LAYOUT, t=THEIRS)),
            notebook(**state(their_layout=LAYOUT, t=THEIRS)),
        ),
        (
            notebook(widgets=STATE["widgets"] | {"application/x-other": {"kept": 1}}),
            notebook(widgets={"application/x-other": {"kept": 1}}),
        ),
        (
            notebook(cell(widget(), TABLE, stream()), **STATE),
            notebook(cell(widget(**{"text/plain": INSTEAD}), TABLE, stream())),
        ),
        (
            notebook(cell(widget(**{"text/html": f"<b>{SECRET}</b>"})), **STATE),
            notebook(cell(widget(**{"text/plain": INSTEAD}))),
        ),
        (
            notebook(cell(widget(**{"text/plain": OURS_SAYS, "text/html": SECRET}))),
            notebook(cell(widget(**{"text/plain": INSTEAD}))),
        ),
        (notebook(cell(widget(**{"text/plain": [OURS_SAYS]}))), notebook(cell(widget(**{"text/plain": INSTEAD})))),
        (
            notebook(cell(widget(), widget(**{VIEW: {"model_id": "t"}})), **state(m=ours(), t=THEIRS)),
            notebook(cell(widget(**{"text/plain": INSTEAD}), widget(**{VIEW: {"model_id": "t"}})), **state(t=THEIRS)),
        ),
    ],
    ids=[
        "our state",
        "everything of ours",
        "beside others' state",
        "our layout",
        "a layout that others have too",
        "beside another form of state",
        "our view, known by its state, beside others' outputs",
        "our view's page",
        "our view, known by what it says",
        "our view, as a file has it",
        "our view beside another's",
    ],
)
def test_what_is_of_the_programs_own_widgets_goes_from_any_notebook_and_nothing_else(found, scrubbed):
    found = copy.deepcopy(found)
    server.scrub(found)
    assert found == scrubbed


@pytest.mark.parametrize(
    "content",
    [
        notebook(),
        notebook(cell(widget(), TABLE, stream(), result(), error()), MARKDOWN),
        notebook(cell(widget(**{"text/html": SECRET, "text/plain": [SECRET, SECRET]}))),
        notebook(**state(t=THEIRS, a=THEIR_ANYWIDGET, l=LAYOUT)),
        notebook(**state()),
        notebook(widgets={}),
        notebook(widgets=SECRET),
        notebook(widgets={"application/vnd.jupyter.widget-state+json": [SECRET]}),
        notebook(**state(t=SECRET, u=None, v={"state": [SECRET]}, w={"state": {"_anywidget_id": 7}})),
        notebook(cell(widget(**{VIEW: SECRET}), widget(**{VIEW: {"model_id": [SECRET]}}))),
        notebook(cell(widget(**{"text/plain": 7})), coaching={"private": False}),
        notebook(coaching={}),
        {"metadata": None, "cells": []},
        {"metadata": {}, "cells": None},
        {"metadata": {}, "cells": [SECRET]},
        {"metadata": {}, "cells": [cell() | {"outputs": [SECRET, None]}]},
        {"metadata": {}, "cells": [cell() | {"outputs": None}]},
        {"metadata": {}, "worksheets": [{"cells": [SECRET]}]},
        {"cells": [cell(stream())]},
    ],
)
def test_a_notebook_that_is_not_the_programs_stays_as_it_is_whatever_it_holds(content):
    before = json.dumps(content)
    server.before_save({"type": "notebook", "content": content})
    assert json.dumps(content) == before


def test_the_programs_own_widgets_are_known_by_what_they_are_saved_with():
    for found in (FormWidget(lambda _: None), ViewWidget(lambda _: None)):
        saved = notebook(cell({"output_type": "display_data", "metadata": {}, "data": found._repr_mimebundle_()[0]}))
        saved |= {"metadata": state(m=model("AnyModel", "anywidget", **found.get_state()))}
        server.scrub(saved)
        assert saved["metadata"] == {}
        assert saved["cells"][0]["outputs"][0]["data"]["text/plain"] == INSTEAD


def test_scrubbing_twice_is_scrubbing_once():
    once = notebook(cell(widget(), stream()), MARKDOWN, **STATE)
    server.scrub(once)
    twice = copy.deepcopy(once)
    server.scrub(twice)
    assert twice == once


@pytest.mark.parametrize(
    "content",
    [
        {"metadata": {"coaching": None}, "cells": []},
        {"metadata": {"coaching": [SECRET]}, "cells": []},
        {"metadata": PRIVATE, "cells": None},
        {"metadata": PRIVATE, "cells": [SECRET]},
    ],
)
def test_one_of_the_programs_notebooks_that_cannot_be_scrubbed_is_not_saved_and_the_reason_quotes_nothing(content):
    with pytest.raises(HTTPError, match="not saved: private words could not be kept out of it") as caught:
        server.before_save({"type": "notebook", "content": content})
    assert caught.value.status_code == 500
    assert SECRET not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("model", [{"type": "file", "content": "x"}, {"type": "directory"}, {"type": "notebook"}])
def test_what_is_no_notebook_with_a_content_passes(model):
    before = copy.deepcopy(model)
    server.before_save(model, path="a place", contents_manager=None)
    assert model == before


@pytest.fixture(params=[LargeFileManager, AsyncLargeFileManager])
def save(request, tmp_path):
    """Save through a contents manager that the extension was loaded into, as Jupyter Server does."""
    manager = request.param(root_dir=str(tmp_path), log=logging.getLogger("contents"))
    server._load_jupyter_server_extension(SimpleNamespace(contents_manager=manager))

    def saved(content, name="session.ipynb"):
        done = manager.save({"type": "notebook", "format": "json", "content": content}, name)
        if asyncio.iscoroutine(done):
            with ThreadPoolExecutor(1) as thread:  # in this one, a test with a browser may have left a loop running
                thread.submit(asyncio.run, done).result()
        return (tmp_path / name).read_text()

    return saved


def test_the_extension_names_itself():
    assert server._jupyter_server_extension_points() == [{"module": "coaching.jupyter.server"}]


def test_what_the_server_writes_holds_no_secret(save):
    text = save(notebook(cell(widget(), stream(), result(), error()), MARKDOWN, **PRIVATE, **STATE))
    assert SECRET not in text
    nbformat.validate(nbformat.reads(text, as_version=4))
    assert "# A session" in text
    assert SECRET not in save(notebook(cell(widget()), **STATE), "other.ipynb")


def test_the_server_writes_a_foreign_notebook_byte_for_byte_as_without_the_extension(save, tmp_path):
    shown = cell(widget(), TABLE, stream(), result(), error())
    foreign = notebook(shown, MARKDOWN, **state(t=THEIRS, a=THEIR_ANYWIDGET))
    plain = LargeFileManager(root_dir=str(tmp_path), log=logging.getLogger("contents"))
    plain.save({"type": "notebook", "format": "json", "content": copy.deepcopy(foreign)}, "plain.ipynb")
    assert save(copy.deepcopy(foreign), "foreign.ipynb") == (tmp_path / "plain.ipynb").read_text()


def test_a_notebook_without_the_marker_keeps_its_own_output(save):
    assert SECRET in save(notebook(cell(stream())))


def test_the_server_does_not_write_what_cannot_be_scrubbed(save, tmp_path):
    whole = save(notebook(MARKDOWN))
    with pytest.raises(HTTPError, match="private words could not be kept out of it"):
        save(notebook(cell(stream()), coaching=[SECRET]))
    assert (tmp_path / "session.ipynb").read_text() == whole
    assert not any(SECRET in file.read_text() for file in tmp_path.rglob("*") if file.is_file())


def test_the_extension_is_switched_on_by_the_package_itself(pytestconfig):
    given = json.loads((pytestconfig.rootpath / "etc/jupyter_server_config.json").read_text())
    assert given["ServerApp"]["jpserver_extensions"]["coaching.jupyter.server"] is True
