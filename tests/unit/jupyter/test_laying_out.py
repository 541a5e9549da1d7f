"""The program's own notebooks, laid out where a server can open them; nobody's changes are lost."""

import json

import pytest

from coaching.errors import CoachingError
from coaching.i18n import speaking
from coaching.jupyter.laying_out import lay_out
from coaching.jupyter.notebooks import cells_of, holds_modules, notebooks, own_cells
from coaching.workbook.home import Home

NAMES = ["handover.ipynb", "quarterly_review.ipynb", "session.ipynb"]


@pytest.fixture
def home(tmp_path):
    return tmp_path / "served/home"


@pytest.fixture
def session(home):
    return lay_out(home) / "session.ipynb"


def names(home):
    return sorted(path.name for path in (home / "notebooks").iterdir())


def changed(notebook, **cell):
    said = json.loads(notebook.read_text())
    said["cells"][0] |= cell
    notebook.write_text(json.dumps(said))
    return notebook.read_bytes()


def test_all_notebooks_are_put_into_the_home_folder(home):
    folder = lay_out(home)
    assert folder == home / "notebooks"
    assert names(home) == NAMES
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert all((folder / name).read_bytes() == (notebooks() / name).read_bytes() for name in NAMES)
    assert Home(home).workbooks() == []


def test_again_changes_nothing(home, session):
    before = session.read_bytes()
    lay_out(home)
    assert names(home) == NAMES
    assert session.read_bytes() == before


def test_what_a_run_left_in_a_notebook_goes(home, session):
    changed(session, metadata={"collapsed": True}, outputs=["CANARY"])
    lay_out(home)
    assert names(home) == NAMES
    assert b"CANARY" not in session.read_bytes()


def test_a_changed_notebook_stays_beside_the_programs_own(home, session):
    first = changed(session, source="# My own heading")
    lay_out(home)
    assert names(home) == sorted([*NAMES, "session-before.ipynb"])
    assert session.with_name("session-before.ipynb").read_bytes() == first
    assert session.read_bytes() == (notebooks() / "session.ipynb").read_bytes()
    second = changed(session, source=["# Another"])
    lay_out(home)
    assert session.with_name("session-before.ipynb").read_bytes() == first
    assert session.with_name("session-before2.ipynb").read_bytes() == second


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"cells": 7}', b'{"cells": [7]}', b"\xff", b"[" * 100_000])
def test_a_broken_notebook_is_kept_and_replaced(home, session, broken):
    session.write_bytes(broken)
    lay_out(home)
    assert session.with_name("session-before.ipynb").read_bytes() == broken
    assert session.read_bytes() == (notebooks() / "session.ipynb").read_bytes()


def test_a_home_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CoachingError, match=r"The notebooks cannot be put into '.*file/notebooks': Not a directory"):
        lay_out(tmp_path / "file")


@pytest.mark.parametrize(
    ("served", "place"),
    [
        ("served", "served/home/notebooks"),
        ("served/home", "served/home/notebooks"),
        ("served/home/notebooks", "served/home/notebooks"),
        ("elsewhere", "elsewhere/Coaching notebooks"),
        ("served/home/notebooks/deeper", "served/home/notebooks/deeper/Coaching notebooks"),
    ],
)
def test_where_a_server_does_not_see_the_home_they_lie_in_a_folder_of_what_it_serves(tmp_path, home, served, place):
    root = tmp_path / served
    root.mkdir(parents=True)
    assert lay_out(home, root) == tmp_path / place
    assert {file.name for file in (tmp_path / place).glob("*.ipynb")} == set(NAMES)


def test_a_home_that_a_server_hides_is_not_where_they_are_opened(tmp_path):
    assert lay_out(tmp_path / ".hidden/home", tmp_path) == tmp_path / "Coaching notebooks"


def test_one_that_may_be_open_is_not_written_again_while_a_server_runs(tmp_path, home, session):
    touched = changed(session, outputs=["saved by somebody"])
    lay_out(home, tmp_path)
    assert session.read_bytes() == touched
    changed(session, source="# My own heading")
    lay_out(home, tmp_path)
    assert session.read_bytes() == (notebooks() / "session.ipynb").read_bytes()


def test_what_the_cells_say_is_what_a_page_compares(session):
    said = json.loads(session.read_text())["cells"]
    assert own_cells()["en/session.ipynb"] == [[cell["cell_type"], "".join(cell["source"])] for cell in said]
    assert sorted(own_cells()) == [f"{language}/{name}" for language in ("de", "en") for name in NAMES]


def test_their_prose_is_in_the_language_that_is_spoken_and_their_code_the_same(home):
    with speaking("de"):
        folder = lay_out(home)
    for name in NAMES:
        ours, laid = (own_cells()[f"{language}/{name}"] for language in ("en", "de"))
        assert cells_of(folder / name) == laid
        assert [text for kind, text in laid if kind == "code"] == [text for kind, text in ours if kind == "code"]
        assert not {text for kind, text in laid if kind == "markdown"} & {text for _, text in ours}
    assert cells_of(folder / "session.ipynb")[0][1].startswith("# Ein Gespräch\n\n<button")


def test_one_in_another_language_is_the_programs_own_and_is_replaced_without_a_trace(home, session):
    before = session.read_bytes()
    with speaking("de"):
        lay_out(home, home.parent)
        assert session.read_bytes() == before  # it may be open
        lay_out(home)
    assert names(home) == NAMES
    assert session.read_bytes() != before
    lay_out(home)
    assert session.read_bytes() == before


@pytest.mark.parametrize(
    ("file", "holds"),
    [
        ("coaching.py", True),
        ("pandas/__init__.py", True),
        ("readme.md", False),
        ("data/table.csv", False),
        ("data.py/table.csv", False),
    ],
)
def test_a_folder_is_known_by_whether_a_kernel_in_it_would_import_something_of_it(session, file, holds):
    place = session.parent / file
    place.parent.mkdir(exist_ok=True)
    assert not holds_modules(session.parent)
    place.touch()
    assert holds_modules(session.parent) is holds
