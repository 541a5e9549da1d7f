"""The page reads promises, statements and threads as the workbook counts them."""

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from coaching.metrics.mission.statements import versions
from coaching.metrics.promises.items import item_rows
from coaching.metrics.threads import threads
from coaching.model.vocabulary import Side, ThreadKind
from coaching.pages.own.own import contents
from tests.unit.pages.own.test_own import own_copy

SCRIPT = Path(__file__).parent / "web/standing.js"
ASOF = date(2026, 1, 15)


@pytest.mark.parametrize("year", ["demo_year", "edge_year"])
def test_the_page_and_the_workbook_say_the_same(year):
    if not (node := shutil.which("node")):
        pytest.skip("needs Node")
    copy = own_copy(year)
    done = subprocess.run([node, SCRIPT], input=contents(copy), capture_output=True, text=True, check=True)
    standing, frames = json.loads(done.stdout), copy.shared.frames
    assert {identity: (state, due) for identity, state, due in standing["promises"]} == {
        row["id"]: (row["state"], str(row["due"] or "")) for row in item_rows(frames, ASOF)
    }
    assert standing["statements"] == [version.text for version in reversed(versions(frames, ASOF))]
    assert dict(standing["threads"]) == {
        thread.id: thread.status
        for thread in threads(frames, ASOF)
        if thread.owner is Side.COACHEE and thread.kind is not ThreadKind.FAILURE
    }
