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
    "- [?] Ask\n"
    "- [ ] Rest\n"
)
SUMMARY = (
    "Read: 1 file with 4 action items, of 2026-03-04.\n"
    "Their days are from: name of the file (1 file).\n"
    "          new  carried over  done  let go  still open\n"
    "coachee:  3    0             0     0       3\n"
    "coach:    1    0             1     0       0\n"
)
TABLE = (
    "Who      Agreed on   By          State  New                      Where            What\n"
    "coachee  2026-03-04  2026-03-11  open   new                      2026-03-04.md:1  Get the ␛[31mcertificate�\n"
    "coach    2026-03-04  2026-03-09  done   new, done on 2026-03-08  2026-03-04.md:2  Introduce Maha to Lena\n"
    "coachee  2026-03-04  -           draft  new                      2026-03-04.md:3  Ask\n"
    "coachee  2026-03-04  -           draft  new                      2026-03-04.md:4  Rest\n"
)
REMARKS = (
    "To be looked at:\n"
    "  1 line: its box holds a sign that is not known; taken as open\n"
    "    2026-03-04.md:3  - [?] Ask\n"
)
READERS = "Only you will read what comes in; with --visibility pair it is between you both.\n"
CAME_IN = "Maha Al-Sham: 4 new action items, 7 entries. 'coaching undo' takes all of it back.\n"
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
    assert coaching("import", "2026-03-04.md", "--into", "maha") == (
        1,
        SUMMARY + TABLE + REMARKS + READERS,
        NOT_BROUGHT_IN,
    )
    assert everything(home) == before


def test_with_yes_the_same_summary_is_said_and_it_is_brought_in(coaching, home):
    assert coaching("import", "2026-03-04.md", "--into", "maha", "--yes") == (0, SUMMARY + REMARKS + CAME_IN, "")
    code, out, _ = coaching("import", "2026-03-04.md", "--into", "maha", "--yes")
    assert (code, out.splitlines()[-1]) == (0, "Nothing is new: 4 action items known already.")
    assert "coachee:  0    3             0     0       3" in out


def test_one_undo_takes_it_back_and_it_can_come_in_again(coaching, home):
    coaching("import", "2026-03-04.md", "--into", "maha", "--yes")
    assert coaching("undo", "maha")[1].startswith("Undone: 7 changes (item II01, item II02, item II03")
    assert coaching("import", "2026-03-04.md", "--into", "maha", "--yes")[1] == SUMMARY + REMARKS + CAME_IN


def test_a_later_list_says_what_is_carried_over(coaching, home):
    coaching("import", "2026-03-04.md", "--into", "maha", "--yes")
    Path("2026-03-11.md").write_text("- [x] Rest\n- [ ] New\n- [-] rest\n", encoding="utf-8")
    _, out, _ = coaching("import", "2026-03-11.md", "--into", "maha")
    assert "coachee:  1    1             1     0       1\n" in out
    assert re.search(r"carried over: II04, done on 2026-03-11 +2026-03-11.md:1 and 1 more +Rest\n", out)
    said = "Maha Al-Sham: 1 new action item, and news of 1 known already, 3 entries. "
    assert said in coaching("import", "2026-03-11.md", "--into", "maha", "--yes")[1]


def test_how_the_columns_of_a_table_are_understood_is_shown(coaching, home):
    Path("2026-03-04.csv").write_text("Aufgabe;Wer;Bis;Notiz\nBuchen;Maha;11.03.2026;CANARY\n", encoding="utf-8")
    code, out, _ = coaching("import", "2026-03-04.csv", "--into", "maha")
    assert code == 1
    assert "coachee  2026-03-04  2026-03-11  open   new  2026-03-04.csv:2  Buchen\n" in out
    assert "  1 line: 'Aufgabe' is what, 'Wer' is who, 'Bis' is by; 'Notiz' is not read\n    2026-03-04.csv:1\n" in out
    assert "CANARY" not in out


def test_a_remark_on_many_lines_is_made_once_with_their_number_and_the_first_of_them(coaching, home):
    lines = [f"- [?] a{number}\n" for number in range(30)]
    Path("2026-03-04.md").write_text("".join(lines), encoding="utf-8")
    out = coaching("import", "2026-03-04.md", "--into", "maha")[1]
    assert "  30 lines: its box holds a sign that is not known; taken as open\n    2026-03-04.md:1   - [?] a0\n" in out
    assert "    2026-03-04.md:20  - [?] a19\n    … and 10 more\n" in out


def test_every_line_that_is_not_read_is_named_with_its_words_unless_they_are_hidden(coaching, home):
    lines = [f"- []{number} PLAIN\n" for number in range(30)]
    Path("2026-03-04.md").write_text("- [ ] a\n" + "".join(lines) + "<!--\n- [ ] CANARY\n-->\n", encoding="utf-8")
    out = coaching("import", "2026-03-04.md", "--into", "maha", "--yes")[1]
    assert [f"2026-03-04.md:{number}" in out for number in range(2, 32)] == [True] * 30
    assert out.count("PLAIN") == 30
    assert "  1 line: hidden in a comment, not read\n    2026-03-04.md:33\n" in out
    assert "CANARY" not in out


@pytest.fixture
def weeks(home):
    """Return a folder of three lists, in the later of which a line stands no more."""
    Path("03").mkdir()
    for day, gone in (("04", "- [ ] Gone 📅 2026-03-06\n"), ("11", ""), ("18", "")):
        Path(f"03/2026-03-{day}.md").write_text(f"{gone}- [ ] Stays\n", encoding="utf-8")
    return "03"


@pytest.mark.parametrize(("arguments", "state"), [([], "open"), (["--gone", "open"], "open"),
                                                  (["--gone", "let-go"], "let_go")])  # fmt: skip
def test_what_stands_in_no_later_list_is_counted_and_becomes_what_is_said(coaching, weeks, arguments, state):
    out = coaching("import", weeks, "--into", "maha", "--yes", *arguments)[1]
    assert ("1 open line stands in no later list, and is taken as still open:\n  2026-03-04.md:1  Gone\n" in out) == (
        state == "open"
    )
    assert Home().find("maha").figures()["items_at_end"]["II01"]["state"] == state


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
        (["a.png", "--into", "maha"],
         ("a.png cannot be read: its name ends in none of .md, .markdown, .txt, .org, .csv, .tsv. Rename it, or save "
          "it as one of these.")),
        (["empty.md", "--into", "maha", "--yes"],
         "Nothing in 'empty.md' is understood as an action item; nothing was changed."),
    ],
)  # fmt: skip
def test_what_cannot_be_brought_in_is_one_sentence_and_changes_nothing(coaching, home, arguments, said):
    Path("empty.md").write_text("prose\n", encoding="utf-8")
    before = everything(home)
    code, out, errors = coaching("import", *arguments)
    assert (code, errors) == (1, f"{said}\n")
    assert out in {"", "Read: 1 file with 0 action items.\n"}
    assert everything(home) == before


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of Unix")
@pytest.mark.parametrize(("answer", "code", "count"), [("y\n", 0, 4), ("n\n", 1, 0), ("\n", 1, 0)])
def test_at_a_terminal_it_asks_first(home, answer, code, count):
    question = "Bring in 4 new action items for Maha Al-Sham? [y/N]"
    arguments = ["import", "2026-03-04.md", "--into", "maha"]
    done = typed(arguments, [(question, answer)], {"COACHING_HOME": str(home)})
    assert done.code == code
    assert len(Home().find("maha").shared().frames["item"]) == count


def test_of_meeting_notes_sessions_are_shown_part_by_part_before_anything_is_written(coaching, home):
    Path("2026-03-04.md").write_text("small talk\n## Dreams\nA bakery\n## Mission\nI bake.\n", encoding="utf-8")
    before = everything(home)
    arguments = ("import", "2026-03-04.md", "--into", "maha", "--sessions")
    code, out, _ = coaching(*arguments)
    assert (code, everything(home)) == (1, before)
    assert "1 session, of 2026-03-04; 1 new:\n" in out
    assert "\nSS01     2026-03-04  dreams                   2026-03-04.md:3  A bakery\n" in out
    assert "\nSS01     2026-03-04  private note of the day  2026-03-04.md:1  small talk\n" in out
    said = "1 new session, 2 new notes, 1 new mission statement, 5 entries. 'coaching undo' takes all of it back.\n"
    assert coaching(*arguments, "--yes")[1].endswith(said)
    assert coaching(*arguments, "--yes")[1].endswith("Nothing is new: 0 action items, 1 session known already.\n")
