"""The server's part: what a notebook is saved with holds nothing that was typed, or it is not saved."""

import asyncio
import copy
import json
import logging
from types import SimpleNamespace

import nbformat
import pytest
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager, LargeFileManager
from tornado.web import HTTPError

from coaching import server

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
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells)}


PRIVATE = {"coaching": {"private": True}}
STATE = {"widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"m": {"state": {"value": SECRET}}}}}}
MARKDOWN = {"cell_type": "markdown", "id": "prose", "metadata": {}, "source": "# A session"}


@pytest.mark.parametrize(
    ("found", "scrubbed"),
    [
        (notebook(), notebook()),
        (notebook(**STATE), notebook()),
        (notebook(**PRIVATE, **STATE), notebook(**PRIVATE)),
        (notebook(cell(stream()), **PRIVATE), notebook(cell(count=None), **PRIVATE)),
        (notebook(cell(widget(), result(), error()), **PRIVATE), notebook(cell(count=None), **PRIVATE)),
        (notebook(cell(widget())), notebook(cell(widget(**{"text/plain": INSTEAD})))),
        (
            notebook(cell(widget(**{"text/html": f"<b>{SECRET}</b>"}))),
            notebook(cell(widget(**{"text/plain": INSTEAD}))),
        ),
        (notebook(cell(stream())), notebook(cell(stream()))),
        (
            notebook(cell(stream()), coaching={"private": False}),
            notebook(cell(stream()), coaching={"private": False}),
        ),
        (notebook(MARKDOWN, cell(), **PRIVATE), notebook(MARKDOWN, cell(count=None), **PRIVATE)),
    ],
    ids=[
        "an empty one",
        "widget state",
        "widget state of a private one",
        "private, printed",
        "private, shown, returned and raised",
        "a widget's text",
        "a widget's page",
        "somebody's own output is theirs",
        "not private is not private",
        "prose stays",
    ],
)
def test_a_notebook_is_scrubbed(found, scrubbed):
    found = copy.deepcopy(found)
    server.scrub(found)
    assert found == scrubbed


def test_scrubbing_twice_is_scrubbing_once():
    once = notebook(cell(widget(), stream()), MARKDOWN, **STATE)
    server.scrub(once)
    twice = copy.deepcopy(once)
    server.scrub(twice)
    assert twice == once


@pytest.mark.parametrize(
    "content",
    [
        {"metadata": None, "cells": []},
        {"metadata": {"coaching": None}, "cells": []},
        {"metadata": {"coaching": [SECRET]}, "cells": []},
        {"metadata": {}, "cells": None},
        {"metadata": {}, "cells": [SECRET]},
        {"metadata": {}, "cells": [cell() | {"outputs": [SECRET]}]},
        {"metadata": {}, "cells": [cell() | {"outputs": None}]},
    ],
)
def test_what_cannot_be_scrubbed_is_not_saved_and_the_reason_quotes_nothing(content):
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
            asyncio.run(done)
        return (tmp_path / name).read_text()

    return saved


def test_the_extension_names_itself():
    assert server._jupyter_server_extension_points() == [{"module": "coaching.server"}]


def test_what_the_server_writes_holds_no_secret(save):
    text = save(notebook(cell(widget(), stream(), result(), error()), MARKDOWN, **PRIVATE, **STATE))
    assert SECRET not in text
    nbformat.validate(nbformat.reads(text, as_version=4))
    assert "# A session" in text
    assert SECRET not in save(notebook(cell(widget()), **STATE), "other.ipynb")


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
    assert given["ServerApp"]["jpserver_extensions"]["coaching.server"] is True
