"""Homes that released versions wrote open, say what they said, and can be written in."""

import json
import zipfile
from pathlib import Path

import pytest

from coaching.model.ids import new_id
from coaching.workbook.home import Home

pytestmark = pytest.mark.everyday

RELEASED = sorted((Path(__file__).parent / "released").glob("*.zip"))
PASSPHRASE = "four quiet herons wade"  # noqa: S105 - opens invented workbooks
PAIRS = ("Lefteris", "Marisol")


@pytest.fixture(params=["plain", "encrypted"])
def kind(request):
    return request.param


@pytest.fixture(params=RELEASED, ids=lambda file: file.stem)
def released(request, tmp_path):
    with zipfile.ZipFile(request.param) as homes:
        homes.extractall(tmp_path)
    return tmp_path


def opened(folder):
    home = Home(folder)
    if home.locked():
        home.unlock(PASSPHRASE)
    return home


def said(entry):
    """Return what an entry says, each field in one form: some are given as text, and some as lists."""
    return {field: tuple(value) if isinstance(value, list) else value for field, value in entry.items()}


def test_a_home_of_a_released_version_is_read_and_written_in(released, kind):
    home = opened(released / kind)
    assert home.problems() == []
    for name in PAIRS:
        workbook = home.find(name)
        before = json.loads((released / "expected" / kind / f"{name}.json").read_text(encoding="utf-8"))["entries"]
        now = {(entry["id"], entry["rev"]): entry for entry in json.loads(workbook.exported())["entries"]}
        assert len(now) == len(before)
        lost = [entry for entry in before if not said(entry).items() <= said(now[entry["id"], entry["rev"]]).items()]
        assert lost == []

    lefteris = home.find("Lefteris")
    assert len(list((lefteris.folder / "drafts").glob("*.parquet"))) == 1
    session = lefteris.open_session()
    here = {"session": session.session, "held_on": session.held_on, "author": "coach", "visibility": "pair"}
    goal = {
        **here,
        "id": new_id(home.clock()),
        "kind": "note",
        "segment": "yourself",
        "topic": "goal",
        "text": "To ask",
    }
    lefteris.keep(session.session, {goal["id"]: goal})
    lefteris.close(session.session)
    again = opened(released / kind)
    kept = json.loads(again.find("Lefteris").exported())["entries"]
    assert {"To ask", "Play the twelve sounds in the kitchen"} <= {
        entry.get("text") or entry.get("what") for entry in kept
    }
    assert again.problems() == []
