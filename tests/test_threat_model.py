"""The page on who gets what: everybody is in its table, and each line names a test that there is."""

import ast
import re
from functools import cache
from pathlib import Path

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
    "whoever sends a notebook",
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


def wrong_with(line):
    """Say what is wrong with one line of the table."""
    _, gets, shown = line
    named = TEST.findall(shown)
    missing = [name for file, name in named if name not in names_in(file)]
    wrong = {
        "it says nothing of what they get": not gets,
        "it names no test": not named,
        "something in the last column is not the name of a test": TEST.sub("", shown).strip(", ") != "",
        f"there is no {missing}": missing != [],
    }
    return [sentence for sentence, is_so in wrong.items() if is_so]


def test_each_line_names_tests_that_there_are():
    found = {f"{who}: {gets}": wrong_with([who, gets, shown]) for who, gets, shown in table()}
    assert {line: wrong for line, wrong in found.items() if wrong} == {}


def test_what_is_not_protected_is_said_first():
    page = PAGE.read_text(encoding="utf-8")
    assert page.index("## What is not protected") < page.index("\n| who ")
