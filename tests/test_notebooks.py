"""The notebooks are thin, tell what they do, and hold nothing of what was run in them."""

import ast
import itertools
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from coaching.workbook.home import Home

FOLDER = Path(__file__).parent.parent / "notebooks"
PASSPHRASE = "four words are good"  # noqa: S105 - of a home that holds nothing
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
NEVER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.For, ast.While, ast.With)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.name)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_notebooks_are_there():
    assert [path.name for path in NOTEBOOKS] == ["handover.ipynb", "quarterly_review.ipynb", "session.ipynb"]


def test_it_is_valid_and_its_cells_have_readable_ids(notebook):
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert all(cell.id.replace("-", "").isalpha() for cell in notebook.cells)


def test_prose_stands_before_every_code_cell(notebook):
    kinds = [cell.cell_type for cell in notebook.cells]
    assert all(before == "markdown" for before, kind in itertools.pairwise(kinds) if kind == "code")


def test_a_cell_is_a_few_calls_and_imports_only_coaching(notebook):
    for cell in code(notebook):
        tree = ast.parse(cell.source)
        assert len(cell.source.splitlines()) <= 8
        assert not any(isinstance(node, NEVER) for node in ast.walk(tree))
        assert {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names} <= {
            "coaching"
        }
        assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(tree))


def test_nothing_that_was_run_is_kept(notebook):
    assert notebook.metadata.coaching.private is True
    assert "widgets" not in notebook.metadata
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code(notebook))


def test_the_session_shows_forms_and_no_code():
    cells = code(nbformat.read(FOLDER / "session.ipynb", as_version=4))
    assert all(cell.metadata.jupyter.source_hidden for cell in cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
@pytest.mark.parametrize(
    "found",
    [
        pytest.param("demo home", marks=pytest.mark.everyday),
        *(
            pytest.param(home, marks=pytest.mark.thorough)
            for home in ("fresh home", "locked home", "home that the environment unlocks")
        ),
    ],
)
def test_it_runs_from_top_to_bottom(path, found, tmp_path):
    home = Home(tmp_path / "home")
    env = os.environ | {"COACHING_HOME": str(home.folder), "IPYTHONDIR": str(tmp_path / "ipython")}
    if found == "demo home":
        home.demo_pairs()
    elif found != "fresh home":
        home.create("Ada", "Tom", lambda: PASSPHRASE)
    if "unlocks" in found:
        env["COACHING_PASSPHRASE"] = PASSPHRASE
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval-lax",
        "-p",
        "no:cacheprovider",
        "-q",
        "-o",
        "addopts=",
        str(path),
    ]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert f"{len(code(nbformat.read(path, as_version=4)))} passed" in done.stdout
