"""A file that somebody asked for, anywhere on the disk: whole or not at all, and no part of it stays lying about."""

import os
import subprocess
import sys

import pytest

from coaching.store import write_file
from tests.unit.store.disks import CALLS
from tests.unit.store.programs import start, write_killed

WORDS = "CANARY said this"


def written(file):
    """All files in the folder of one, and what stands in them."""
    return {path.name: path.read_text() for path in file.parent.iterdir()}


def kill_while_writing(file, at):
    process = start(write_killed, file, WORDS, at)
    process.join(60)
    return process.exitcode != 0


@pytest.mark.parametrize("before", [None, "the old one"])
def test_what_a_kill_cuts_short_is_removed_with_the_next_file_of_any_name(tmp_path, before):
    stopped = 0
    for at in range(1, len(CALLS) + 3):
        folder = tmp_path / str(at)
        folder.mkdir()
        file = folder / "plan.html"
        if before:
            file.write_text(before)
        stopped += kill_while_writing(file, at)
        write_file(folder / "other.md", "others")
        assert written(file) in (
            {"other.md": "others", "plan.html": WORDS},
            {"other.md": "others"} | ({"plan.html": before} if before else {}),
        )
    assert stopped >= 4


def test_what_another_program_is_still_writing_stays(tmp_path):
    ours = tmp_path / f".coaching-unfinished-{os.getpid()}-0"
    strange = tmp_path / ".coaching-unfinished-mine"
    for file in (ours, strange):
        file.write_text("still written")
    write_file(tmp_path / "plan.html", WORDS)
    assert set(written(ours)) == {ours.name, strange.name, "plan.html"}


def test_what_a_program_that_is_gone_has_left_goes(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = tmp_path / f".coaching-unfinished-{gone.pid}-0123"
    left.write_text(WORDS)
    write_file(tmp_path / "plan.html", "others")
    assert written(left) == {"plan.html": "others"}
