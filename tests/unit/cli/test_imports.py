"""The command that brings lists in: what it shows first, that it asks, and that a no changes nothing."""

import os
import re
import sys
from pathlib import Path

import pytest

from coaching.__main__ import main
from coaching.workbook.home import Home
from tests.unit.cli.terminals import typed
from tests.unit.locks import everything

WHO = "Maha Al-Sham"
LIST = (
    "- [ ] Get the \x1b[31mcertificate\u202e 📅 2026-03-11\n"
    "- [x] Introduce Maha to Lena @Tom due:2026-03-09 ✅ 2026-03-08\n"
    "- [?] CANARY\n"
    "- [ ] Rest\n"
)
TABLE = (
    "Who      Agreed on   By          State  New                      Where            What\n"
    "coachee  2026-03-04  2026-03-11  open   new                      2026-03-04.md:1  Get the ␛[31mcertificate�\n"
    "coach    2026-03-04  2026-03-09  done   new, done on 2026-03-08  2026-03-04.md:2  Introduce Maha to Lena\n"
    "coachee  2026-03-04  -           draft  new                      2026-03-04.md:4  Rest\n"
)
REMARKS = "To be looked at:\n  2026-03-04.md:3  its box holds a sign that is not known, not read\n"
READERS = "Only you will read what comes in; with --visibility pair it is between you both.\n"
CAME_IN = "Maha Al-Sham: 3 new action items, 6 entries. 'coaching undo' takes all of it back.\n"
NOT_BROUGHT_IN = "Nothing was brought in. Where nobody can be asked, say --yes.\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a home with one workbook, beside a list of 4 March."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACHING_HOME", str(tmp_path / "home"))
    Home().create(WHO, "Tom Brandt")
    Path("2026-03-04.md").write_text(LIST, encoding="utf-8")
    return tmp_path / "home"


@pytest.fixture
def coaching(capsys, monkeypatch):
    """Return a function that runs a command line and gives its exit code, output and errors."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["coaching", *map(str, arguments)])
        code = main()
        return (code, *capsys.readouterr())

    return run


def test_where_nobody_can_be_asked_there_is_a_preview_and_nothing_is_written(coaching, home):
    before = everything(home)
    assert coaching("import", "2026-03-04.md", "--into", "maha") == (1, TABLE + REMARKS + READERS, NOT_BROUGHT_IN)
    assert everything(home) == before


def test_with_yes_it_is_brought_in_without_repeating_the_words(coaching, home):
    assert coaching("import", "2026-03-04.md", "--into", "maha", "--yes") == (0, REMARKS + CAME_IN, "")
    said = "Nothing is new: 3 action items known already.\n"
    assert coaching("import", "2026-03-04.md", "--into", "maha", "--yes") == (0, REMARKS + said, "")


def test_one_undo_takes_it_back_and_it_can_come_in_again(coaching, home):
    coaching("import", "2026-03-04.md", "--into", "maha", "--yes")
    assert coaching("undo", "maha")[1].startswith("Undone: 6 changes (item II01, item II02, item II03")
    assert coaching("import", "2026-03-04.md", "--into", "maha", "--yes")[1] == REMARKS + CAME_IN


def test_a_later_list_says_what_is_carried_over(coaching, home):
    coaching("import", "2026-03-04.md", "--into", "maha", "--yes")
    Path("2026-03-11.md").write_text("- [x] Rest\n- [ ] New\n- [-] rest\n", encoding="utf-8")
    _, out, _ = coaching("import", "2026-03-11.md", "--into", "maha")
    assert [line.split("  ")[-1].strip() for line in out.splitlines()] == ["What", "Rest", "New", READERS.strip()]
    assert re.search(r"carried over: II03, done on 2026-03-11 +2026-03-11.md:1 and 1 more +Rest\n", out)
    said = "Maha Al-Sham: 1 new action item, and news of 1 known already, 2 entries. "
    assert coaching("import", "2026-03-11.md", "--into", "maha", "--yes")[1].startswith(said)


def test_how_the_columns_of_a_table_are_understood_is_shown(coaching, home):
    Path("2026-03-04.csv").write_text("Aufgabe;Wer;Bis;Notiz\nBuchen;Maha;11.03.2026;CANARY\n", encoding="utf-8")
    code, out, _ = coaching("import", "2026-03-04.csv", "--into", "maha")
    assert code == 1
    assert "coachee  2026-03-04  2026-03-11  open   new  2026-03-04.csv:2  Buchen\n" in out
    assert "  2026-03-04.csv:1  'Aufgabe' is what, 'Wer' is who, 'Bis' is by; 'Notiz' is not read\n" in out
    assert "CANARY" not in out


def test_a_remark_on_many_lines_of_a_file_is_made_once(coaching, home):
    Path("2026-03-04.md").write_text("- [?] a\n" * 9 + "- [ ] b\n", encoding="utf-8")
    said = "  2026-03-04.md:1, 2, 3, 4, 5 and 4 more  its box holds a sign that is not known, not read\n"
    assert said in coaching("import", "2026-03-04.md", "--into", "maha")[1]


def test_both_may_read_it_if_that_is_said(coaching, home):
    out = coaching("import", "2026-03-04.md", "--into", "maha", "--visibility", "pair")[1]
    assert out.endswith("Both of you will read what comes in.\n")
    coaching("import", "2026-03-04.md", "--into", "maha", "--visibility", "pair", "--yes")
    assert set(Home().find("maha").shared().frames["item"]["visibility"]) == {"pair"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2026-03-04.md"], "'2026-03-04.md' is a list: say whose workbook it goes into, with --into NAME."),
        (["."], "'.' is a list: say whose workbook it goes into, with --into NAME."),
        (["gone.md", "--into", "maha"],
         "gone.md cannot be read: there is no such file. Mend that, and bring it in again."),
        (["a.json", "--into", "maha"],
         ("a.json cannot be read: its name ends in none of .md, .markdown, .txt, .org, .csv, .tsv. Rename it, or save "
          "it as one of these.")),
        (["empty.md", "--into", "maha", "--yes"],
         "Nothing in 'empty.md' is understood as an action item; nothing was changed."),
    ],
)  # fmt: skip
def test_what_cannot_be_brought_in_is_one_sentence_and_changes_nothing(coaching, home, arguments, said):
    Path("empty.md").write_text("prose\n", encoding="utf-8")
    before = everything(home)
    assert coaching("import", *arguments) == (1, "", f"{said}\n")
    assert everything(home) == before


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of Unix")
@pytest.mark.parametrize(("answer", "code", "count"), [("y\n", 0, 3), ("n\n", 1, 0), ("\n", 1, 0)])
def test_at_a_terminal_it_asks_first(home, answer, code, count):
    question = "Bring in 3 new action items for Maha Al-Sham? [y/N]"
    arguments = ["import", "2026-03-04.md", "--into", "maha"]
    done = typed(arguments, [(question, answer)], {"COACHING_HOME": str(home)})
    assert done.code == code
    assert len(Home().find("maha").shared().frames["item"]) == count
