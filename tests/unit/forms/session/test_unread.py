"""What cannot be read, is missing or was put back is named in the first form of a session and of a review."""

import json
import shutil

import pytest

from coaching.errors import UnknownWorkbookError
from coaching.forms.session.desk import Desk
from coaching.jupyter.api import Review
from coaching.workbook.home import Home
from tests.unit.forms.pages import Clock, Kernel, Page, View
from tests.unit.store.samples import PASSPHRASE, cheap_locks

MARISOL = "Marisol Quispe Huanca"


@pytest.fixture
def ana(home):
    """The folder of a second workbook, which begins to be read only after its files were changed."""
    return home.create("Ana", "Bo").workbook.folder


def first_forms(home, name=None):
    """Return the first form of a session and that of a review, of a kernel that has just begun."""
    home = Home(home.folder, Clock())
    return [Kernel(home, name).view("beginning"), View(Review(home, name).choose(), Page())]


def named(view):
    """Return the title of what is named in a first form, and its lines; it stands there before all else."""
    first = view.form["blocks"][0] if view.form["blocks"] else {}
    if "with the files" not in first.get("title", ""):
        assert not any("with the files" in block.get("title", "") for block in view.blocks())
        return None
    return first["title"], [block["text"] for block in first["blocks"]]


def newest(folder):
    return max((file for file in (folder / "entries").glob("0*.parquet")), key=lambda file: file.name)


def cut(folder):
    newest(folder).write_bytes(newest(folder).read_bytes()[:-9])


def exchange(folder):
    """Put a plain workbook in the place of one that was encrypted."""
    card = json.loads((folder / "workbook.json").read_text())
    (folder.parent / ".coaching" / f"{card['workbook']}.encrypted").touch()


CHANGES = {
    "missing": (lambda folder: newest(folder).unlink(), "is missing, and was there before"),
    "damaged": (cut, "is damaged or cut off; put it back from a backup"),
    "foreign": (lambda folder: (folder / "entries/list.txt").touch(), "list.txt is not a file of a workbook"),
    "no entries": (lambda folder: shutil.rmtree(folder / "entries"), "is missing, and was there before"),
    "damaged card": (lambda folder: (folder / "workbook.json").write_text("{"), "its workbook.json is damaged"),
    "no card": (lambda folder: (folder / "workbook.json").unlink(), "it has no workbook.json"),
    "a file for a folder": (
        lambda folder: (shutil.rmtree(folder / "entries"), (folder / "entries").touch()),
        "it was not opened",
    ),
    "plain for encrypted": (exchange, "was encrypted here, and what lies in its place is not"),
    "second folder": (
        lambda folder: shutil.copytree(folder, folder.with_name(f"{folder.name} (1)")),
        "says nothing that is not there too: it may be removed",
    ),
}


@pytest.mark.parametrize(("change", "reason"), CHANGES.values(), ids=CHANGES)
def test_it_is_named_in_each_first_form_whoever_is_chosen(home, ana, change, reason):
    change(ana)
    for view in first_forms(home, "Marisol"):
        title, (_, line) = named(view)
        assert title == "One problem with the files"
        assert line.startswith(ana.name)
        assert reason in line
        assert (view.form["heading"] or "").startswith(MARISOL.split(maxsplit=1)[0])
        assert view.refusals == []


def test_where_all_is_well_nothing_is_said(home, ana):
    assert ana.is_dir()
    assert [named(view) for view in first_forms(home)] == [None, None]


def test_without_a_workbook_nothing_is_said(tmp_path):
    assert [named(view) for view in first_forms(Home(tmp_path / "none", Clock()))] == [None, None]


@pytest.mark.parametrize(
    ("number", "title", "more"),
    [
        (5, "5 problems with the files", []),
        (6, "6 problems with the files", ["And 1 more; 'coaching check' names all."]),
        (9, "9 problems with the files", ["And 4 more; 'coaching check' names all."]),
    ],
)
def test_five_are_named_and_the_others_counted(home, ana, number, title, more):
    for one in range(number):
        (ana / "entries" / f"{one}.txt").touch()
    for view in first_forms(home):
        said, (_, *lines) = named(view)
        assert said == title
        assert [line.partition(" ")[0] for line in lines[:5]] == [f"{ana.name}/entries/{one}.txt" for one in range(5)]
        assert lines[5:] == more


def test_where_the_only_workbook_cannot_be_opened_it_is_not_called_none(tmp_path):
    home = Home(tmp_path / "home", Clock())
    folder = home.create("Ana", "Bo").workbook.folder
    (folder / "workbook.json").write_text("{")
    session, review = first_forms(home)
    assert named(session) == named(review)
    assert folder.name in named(session)[1][1]
    assert not review.form["lead"].startswith("There is no workbook yet")


def test_what_is_merely_locked_is_no_problem_and_what_is_wrong_in_it_is_named_once_it_is_open(tmp_path):
    home = Home(tmp_path / "home", Clock())
    with cheap_locks():
        folder = home.create("Ana", "Bo", lambda: PASSPHRASE).workbook.folder
    cut(folder)
    session, review = first_forms(home)
    assert (named(session), named(review)) == (None, None)
    for view in (session, review):
        view.type(act="unlock", secrets={"opening": PASSPHRASE})
        assert "is damaged or cut off" in named(view)[1][1]


def test_no_name_and_no_word_of_a_workbook_stands_there(home):
    cut(home.find("Marisol").folder)
    for view in first_forms(home):
        lines = " ".join(named(view)[1])
        assert not any(word in lines for word in (*MARISOL.split(), "Anselm", "Okonjo"))


def test_typing_goes_on_beside_it_and_draws_no_form_anew(home, ana):
    home.create("Bea", "Bo")
    kernel = Kernel(home, "Bea")
    beginning, yourself = kernel.view("beginning"), kernel.view("yourself")
    (ana / "entries/list.txt").touch()
    assert "form" not in [answer["type"] for answer in yourself.type(coach_plan="walk")]
    assert yourself.unacknowledged == {}
    assert named(beginning) is None
    assert named(kernel.view("beginning"))


@pytest.mark.parametrize("ask", [Desk.begin, lambda desk: Review(desk._home, "Ana")])
def test_whoever_asks_for_one_that_cannot_be_opened_is_told_that_it_may_be_that(home, ana, ask):
    (ana / "workbook.json").write_text("{")
    with pytest.raises(UnknownWorkbookError, match=r"'Ana'; .* may stand in what cannot be read; 'coaching check'"):
        ask(Desk(Home(home.folder, Clock()), "Ana"))
