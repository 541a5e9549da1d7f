"""The commands by which a plan moves on: what they show first, that they ask, and that a no changes nothing."""

import os
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from coaching.__main__ import main
from coaching.workbook.environment import local_time
from coaching.workbook.home import Home
from tests.unit.cli.terminals import typed
from tests.unit.locks import everything
from tests.unit.store.samples import cheap_locks

pytestmark = pytest.mark.usefixtures("without_figures")

WHO = "Marisol Quispe Huanca"
NEVER = "I filled every pause. Count to eight."
SEEN = "This is what Nora Lind will see, and nothing else:"
BREAD = "I get up to keep a fire lit"
PROMISE = "Delete my copy of our notes once Marisol has opened hers at home and told me that it works. · by 2026-01-12"
NOT_DONE = "Nothing was handed over. Where nobody can be asked, say --yes.\n"


@pytest.fixture
def home(demo):
    """Return a home with the demo year; new locks are cheap."""
    with cheap_locks():
        yield demo


@pytest.fixture
def coaching(capsys, monkeypatch):
    """Return a function that runs a command line and gives its exit code, output and errors."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["coaching", *map(str, arguments)])
        code = main()
        return (code, *capsys.readouterr())

    return run


def today(days=0):
    return local_time().date() + timedelta(days=days)


def words_of(file):
    with zipfile.ZipFile(file) as bundle:
        return bundle.read("workbook.json").decode("utf-8")


# To a new coach


def test_where_nobody_can_be_asked_the_lines_and_a_preview_are_shown_and_nothing_is_written(coaching, home):
    before = everything(home)
    code, out, err = coaching("handover", "Marisol", "--to", "Nora Lind", "--plain")
    assert (code, err) == (1, NOT_DONE)
    assert f"1  Mission statement  M4  2025-11-13  both of you  {BREAD}" in out
    assert out.splitlines()[out.splitlines().index(SEEN) + 1].split() == ["Name,", "coachee", *WHO.split()]
    assert BREAD not in out.split(SEEN)[1]
    assert everything(home) == before
    assert not Path("handover.zip").exists()


def test_with_yes_and_no_line_nothing_goes_along_but_names_and_words_to_agree_on(coaching, home):
    code, out, _ = coaching("handover", "Marisol", "--to", "Nora Lind", "--plain", "--yes")
    assert code == 0
    assert [line.split("  ")[1] for line in out.splitlines()[1:4]] == [
        "Name, coachee",
        "Name, coach",
        "Agreement, proposed",
    ]
    assert f"  kept  I19  2025-12-11  both of you  {PROMISE}\n" in out
    assert f"The copy of the coach who hands over is to be erased by {today(30)}.\n" in out
    assert words_of("handover.zip").count('"kind"') == 3


def test_what_is_named_goes_along_and_what_becomes_of_promises_is_said(coaching, home):
    options = ["--line", "m4", "--line", "D1", "--promise", "I19=taken-over", "--output", "plan.zip", "--yes"]
    code, out, err = coaching("handover", "Marisol", "--to", "Nora Lind", "--plain", *options)
    assert (code, err) == (0, "")
    assert [line.split("  ")[1] for line in out.split(SEEN)[1].splitlines()[4:7]] == [
        "Mission statement",
        "Dream",
        "Action item, coach",
    ]
    assert "\n  taken over  I19  " in out
    assert "Written: plan.zip. Nora Lind opens it with 'coaching import FILE --as coach'.\n" in out
    assert BREAD in words_of("plan.zip")
    assert coaching("import", "plan.zip", "--as", "coach", "--home", "new", "--no-encryption")[0] == 0
    assert coaching("list", "--home", "new")[1].splitlines()[1].startswith("none yet      0         the coach")


def test_one_undo_takes_it_back(coaching, home):
    coaching(
        "handover", "Marisol", "--to", "Nora Lind", "--promise", "I19=released:She has it all.", "--plain", "--yes"
    )
    assert "She has it all." in coaching("export", "Marisol", "a.json")[1] + Path("a.json").read_text(encoding="utf-8")
    assert coaching("undo", "Marisol")[1].startswith("Undone: 2 changes (handover, item event).")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--line", "C1"], "'C1' is not a line that can go along; nothing was handed over."),
        (["--line", "I19"], "'I19' is not a line that can go along; nothing was handed over."),
        (["--promise", "I18=kept"],
         "'I18' is not a promise of the coach that is not kept yet; nothing was handed over."),
        (["--output", "there.zip", "--yes"], "'there.zip' is there already; choose another name."),
    ],
)  # fmt: skip
def test_what_cannot_be_handed_over_is_one_sentence_and_changes_nothing(coaching, home, options, said):
    Path("there.zip").write_text("precious", encoding="utf-8")
    before = everything(home)
    code, _, err = coaching("handover", "Marisol", "--to", "Nora Lind", "--plain", *options)
    assert (code, err) == (1, f"{said}\n")
    assert everything(home) == before
    assert Path("there.zip").read_text(encoding="utf-8") == "precious"


def test_words_that_command_a_terminal_are_shown_as_they_are(coaching, home):
    out = coaching("handover", "Marisol", "--to", "Nora \x1b[31mLind", "--plain", "--yes")[1]
    assert "\x1b" not in out
    assert "Nora ␛[31mLind" in out


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of Unix")
@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_at_a_terminal_lines_are_ticked_promises_decided_and_the_preview_agreed_to(home, answer, code):
    none = ("Enter for none:", "\n")
    answers = [
        ("Enter for none:", "5\n"),  # there are four
        ("Write numbers from 1 to 4.", "1 3\n"),
        *[none] * 5,
        ("[t]aken over by Nora Lind, [r]eleased, or kept (Enter)?", "r\n"),
        ("In a few words, why?", "She has it all.\n"),
        ("Hand this over to Nora Lind? [y/N]", answer),
    ]
    done = typed(["handover", "Marisol", "--to", "Nora Lind", "--plain"], answers, {"COACHING_HOME": str(home)})
    assert done.code == code
    seen = done.text.split(SEEN)[1]
    assert (seen.count("\n  Mission statement"), "\n  released  I19" in seen) == (2, True)
    assert Path("handover.zip").exists() is (code == 0)


# Leaving


def test_leaving_says_that_the_copy_opens_and_waits_until_the_person_has_opened_it(coaching, home):
    code, out, err = coaching("leave", "Marisol", "--plain")
    assert code == 1
    assert "Written: own-copy.zip. It opens: " in out
    assert err == "Nothing else was written: give them the file, and say this again once it is open there.\n"
    assert [one.form for one in Home().find("Marisol").handouts.all()] == [".zip"]
    assert len(Home().find("Marisol").frames()["handover"]) == 1


def test_the_file_to_write_in_is_given_along_and_takes_the_place_of_no_other(coaching, home, monkeypatch):
    monkeypatch.setenv("COACHING_PAGE_PASSPHRASE", "four quiet herons wade")
    assert coaching("leave", "Marisol", "--plain", "--yes", "--own", "own.html")[0] == 0
    page = Path("own.html").read_text(encoding="utf-8")
    assert NEVER not in page
    assert [one.form for one in Home().find("Marisol").handouts.all()] == [".html", ".zip"]
    assert "is there already" in coaching("leave", "Marisol", "--plain", "--yes", "--own", "own.html")[2]
    assert Path("own.html").read_text(encoding="utf-8") == page


def test_once_it_is_open_there_the_coachs_copy_gets_its_last_day_and_the_file_says_so(coaching, home):
    code, out, _ = coaching("leave", "Marisol", "--plain", "--yes", "--reason", "leaving_employer")
    assert code == 0
    assert f"Your copy is to be erased by {today(30)}: 'coaching list' says so then." in out
    assert words_of("own-copy.zip").count(f'"delete_by": "{today(30)}"') == 1
    assert NEVER not in words_of("own-copy.zip")


def test_the_copy_becomes_the_persons_own_and_stays_there(coaching, home):
    coaching("leave", "Marisol", "--plain", "--yes", "--delete-by", today())
    assert coaching("import", "own-copy.zip", "--home", "theirs", "--no-encryption")[0] == 0
    assert "to be erased" not in coaching("list", "--home", "theirs")[1]
    assert coaching("leave", "Marisol", "--plain", "--yes", "--home", "theirs")[2] == (
        "This copy is the coachee's own, and stays: leaving is said in the coach's copy.\n"
    )


def test_a_last_day_that_has_passed_is_refused_before_anything_is_written(coaching, home):
    said = f"Invalid value for '--delete-by': The coach's copy cannot be erased by {today(-1)}: that day has passed."
    code, _, err = coaching("leave", "Marisol", "--plain", "--yes", "--delete-by", today(-1))
    assert (code, err) == (2, f"{said} See 'coaching leave --help'.\n")
    assert not Path("own-copy.zip").exists()


@pytest.mark.parametrize("command", ["list", "check"])
@pytest.mark.parametrize(("days", "is_said"), [(0, True), (1, False)])
def test_when_the_day_has_come_it_is_said(coaching, home, command, days, is_said):
    coaching("leave", "Marisol", "--plain", "--yes", "--delete-by", today(days))
    said = f"{WHO}: to be erased by {today(days)}, after the hand-over of {today()}; 'coaching erase' does it.\n"
    assert (said in coaching(command)[1]) is is_said


def test_the_receipt_names_the_hand_over_and_the_day_and_nothing_is_erased_unasked(coaching, home):
    coaching("leave", "Marisol", "--plain", "--yes", "--delete-by", today())
    assert coaching("erase", "Marisol")[0] == 1
    assert len(Home().workbooks()) == 1
    code, out, _ = coaching("erase", WHO, "--yes")
    assert code == 0
    assert f"It was to be erased by {today()}, after the hand-over of {today()}.\n" in out
    assert Home().workbooks() == []


@pytest.mark.thorough
@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of Unix")
def test_at_a_terminal_promises_the_opening_and_the_last_day_are_asked_for(home):
    answers = [
        ("Is it [r]eleased, or kept (Enter)?", "\n"),
        ("opened it, and told you that it works? [y/N]", "y\n"),
        ("By which day is your copy to be erased?", "soon\n"),
        ("Write a day of the calendar", "2031-01-12\n"),
    ]
    done = typed(["leave", "Marisol", "--plain"], answers, {"COACHING_HOME": str(home)})
    assert done.code == 0
    assert "Your copy is to be erased by 2031-01-12" in done.text
