"""The commands between two sessions: a note for the next one, and questions of one's own."""

import io
import sys
from datetime import timedelta

import pytest

from coaching.__main__ import main
from coaching.workbook.environment import local_time
from coaching.workbook.home import Home
from tests.unit.cli.terminals import typed

WORDS = "ask about the bench"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("COACHING_HOME", str(tmp_path / "home"))
    Home(tmp_path / "home").create("Ada", "Tom")
    return tmp_path / "home"


@pytest.fixture
def coaching(home, capsys, monkeypatch):
    """Return a function that runs a command line; `put_in` is what another program puts in."""

    def run(*arguments, put_in=""):
        monkeypatch.setattr(sys, "argv", ["coaching", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(put_in))
        code = main()
        return (code, *capsys.readouterr())

    return run


def notes(home):
    return [(note.text, note.segment) for note in Home(home).find("Ada").between.notes()]


@pytest.mark.everyday
@pytest.mark.parametrize(("more", "put_in"), [([WORDS], ""), ([], f"{WORDS}\n")], ids=["as words", "as input"])
@pytest.mark.parametrize(("ask", "segment"), [([], None), (["--ask", "dreams"], "dreams")], ids=["note", "to ask"])
def test_a_note_is_kept_and_its_words_are_not_said_again(coaching, home, more, put_in, ask, segment):
    code, out, err = coaching("note", "Ada", *more, *ask, put_in=put_in)
    assert (code, err) == (0, "")
    assert notes(home) == [(WORDS, segment)]
    assert WORDS not in out
    assert f"It is erased after {local_time().date() + timedelta(days=90)}" in out
    assert "Ada may have a legal right to read this." in out


def test_several_lines_are_one_note(coaching, home):
    coaching("note", "Ada", put_in="one\ntwo\n\nthree\n")
    assert notes(home) == [("one\ntwo\n\nthree", None)]


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_at_a_terminal_it_is_written_down_line_by_line_and_an_empty_line_ends_it(home):
    answers = [("an empty line ends it.", "one\ntwo\n\n")]
    done = typed(["note", "Ada"], answers, {"COACHING_HOME": str(home)})
    assert (done.code, notes(home)) == (0, [("one\ntwo", None)])


def test_notes_are_listed_taken_away_and_brought_back(coaching, home):
    assert coaching("note", "Ada", "--list")[1] == "No note waits for the next session.\n"
    coaching("note", "Ada", WORDS)
    assert f"-       {WORDS}" in coaching("note", "Ada", "--list")[1]
    assert coaching("note", "Ada", "--remove", "NN01")[1].startswith("Taken away: NN01.")
    assert notes(home) == []
    coaching("undo", "Ada")
    assert notes(home) == [(WORDS, None)]


def test_an_own_question_is_kept_for_its_part_and_listed(coaching, home):
    code, out, _ = coaching("question", "Ada", "What would Bo say?", "--ask", "yourself")
    assert (code, out.partition(":")[0]) == (0, "Kept as QQ01")
    assert "yourself  What would Bo say?" in coaching("question", "Ada", "--list")[1]
    coaching("question", "Ada", "--remove", "qq01")
    assert coaching("question", "Ada", "--list")[1] == "There is no question of your own yet.\n"


@pytest.mark.everyday
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["note", "Ada"], 1, "Nothing was kept: there are no words.\n"),
        (["note", "Ada", " "], 2, "Invalid value for '[WORDS]': it is blank"),
        (["note", "Ada", WORDS, "--list"], 2, "Invalid value: keep something, show it with --list, or take it away"),
        (["note", "Ada", WORDS, "--ask", "lunch"], 2, "Invalid value for '--ask': 'lunch' is not one of"),
        (["note", "Ada", "--remove", "NN07"], 1, "No note and no question of your own is called 'NN07'.\n"),
        (["question", "Ada", WORDS], 2, "Invalid value: say in which part it is asked, with --ask."),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_kept(coaching, home, arguments, code, said):
    done, _, err = coaching(*arguments)
    assert (done, err[: len(said)]) == (code, said)
    assert notes(home) == []
