"""The form in which lists are brought in: nothing is written that was not seen, and all of it can be taken back."""

import json

import pytest

from coaching.forms.bringing import BringingForm
from coaching.workbook.home import Home
from tests.unit.forms.pages import Page, View


@pytest.fixture
def book(tmp_path):
    return Home(tmp_path / "home").create("Maha Al-Sham", "Tom Brandt").workbook


@pytest.fixture
def view(book):
    form = BringingForm(lambda: (book.id, book.name), lambda _: book)
    return View(form.form(), Page())


@pytest.fixture
def notes(tmp_path):
    for day in ("04", "11", "18"):
        words = "small talk\n## Dreams\nA bakery\n- [ ] Buy flour 📅 2026-03-25\n<!-- - [ ] CANARY -->\n"
        gone = "- [ ] Gone\n" if day == "04" else ""
        (tmp_path / f"2026-03-{day}.md").write_text(words + gone, encoding="utf-8")
    return str(tmp_path)


def test_it_is_looked_at_first_then_comes_in_and_is_taken_back(view, book, notes):
    before = book.exported()
    view.type(path=notes, sessions="true", act="look")
    shown = json.dumps(view.form["blocks"], ensure_ascii=False)
    assert book.exported() == before
    said = (
        "3 files were read. They are of 4 March 2026 to 18 March 2026.|2 new, 0 carried over|A bakery|"
        "3 sessions, 3 new|"
        "1 open line stands in no later list|hidden in a comment, not read"
    )
    for words in said.split("|"):
        assert words in shown
    assert "CANARY" not in shown
    view.type(gone="let_go")
    view.type(act="bring")
    assert view.told.startswith("Brought in: ")
    assert {item["state"] for item in book.figures()["items_at_end"].values()} == {"open", "let_go"}
    view.type(act="undo")
    assert view.told.startswith("Taken back: ")
    assert len(book.shared().frames["item"]) == 0


def test_what_cannot_be_read_is_said_at_the_field_and_after_a_change_nothing_comes_in_unseen(view, book, notes):
    view.type(path=f"{notes}/gone.md", act="look")
    assert "there is no such file" in str(view.problems)
    view.type(path=notes, act="look")
    view.type(path=f"{notes}/2026-03-04.md", act="bring")
    assert len(book.shared().frames["item"]) == 0
