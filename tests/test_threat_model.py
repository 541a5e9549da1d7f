"""The page on who gets what: everybody is in its table, and each line names a test that there is."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "threat-model.md"
HEAD = ["who", "what they get", "shown by"]
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
WHO = {
    "HR",
    "a clock that is wrong",
    "a full disk",
    "a hub's administrator",
    "a kill or a power cut",
    "a lost phone with the page",
    "a new coach",
    "a sync program",
    "another local user",
    "another page in the browser",
    "another program of your account",
    "another window",
    "root",
    "somebody at the locked screen",
    "somebody at the unlocked screen",
    "somebody on the way of a file",
    "somebody with an old backup",
    "somebody with an old key",
    "somebody with the disk",
    "somebody with the synced folder",
    "the other side of the pair",
    "the world outside",
    "whoever changes files",
    "whoever guesses passphrases",
    "whoever writes words to do harm",
}


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def table():
    """Return the lines of the page's one table, without its head."""
    head, _, *lines = [cells(line) for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert head == HEAD
    return lines


@cache
def names_in(file):
    """Return the names of the tests that a file has."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_everybody_is_there():
    assert {who for who, *_ in table()} == WHO


@pytest.mark.parametrize("line", table(), ids=lambda line: line[1])
def test_each_line_names_tests_that_there_are(line):
    _, gets, shown = line
    named = TEST.findall(shown)
    assert gets
    assert named
    assert TEST.sub("", shown).strip(", ") == "", "everything in the last column is the name of a test"
    assert [name for file, name in named if name not in names_in(file)] == []


def test_what_is_not_protected_is_said_first():
    page = PAGE.read_text(encoding="utf-8")
    assert page.index("## What is not protected") < page.index("\n| who ")
