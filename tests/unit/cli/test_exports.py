"""The two pages at the command line: what each is, in which language, and behind a passphrase if that is asked for."""

import re
from pathlib import Path

import pytest

from coaching.workbook.home import Home
from tests.unit.cli.terminals import typed

PASSPHRASE = "four words for her alone"  # noqa: S105 - of pages that hold invented words


def written(home, tmp_path, *arguments, answers=(), system="en"):
    """Write a page, and return how the program ended, and what is in the file."""
    file = tmp_path / "page.html"
    env = {"COACHING_HOME": str(home), "COACHING_LANGUAGE": system}
    done = typed([*arguments, "--output", str(file)], answers, env)
    return done, file.read_text(encoding="utf-8") if file.exists() else None


@pytest.mark.parametrize(
    ("arguments", "language", "words"),
    [
        (["plan"], "en", "personal development plan"),
        (["plan", "--language", "de"], "de", "I get up to keep a fire lit"),
        (["summary"], "en", "coaching summary"),
        (["summary", "--language", "de", "--period", "2025Q4"], "de", "Oktober"),
        (["plan", "--audience", "open"], "en", "stays between the two of them"),
        (["sheet", "--day", "2026-01-19"], "en", "Conversation on 19 January 2026"),
        (["sheet", "--language", "de"], "de", "Zugesagt von"),
    ],
)
def test_a_page_is_written_in_the_language_that_is_asked_for(demo, tmp_path, arguments, language, words):
    command, *options = arguments
    done, page = written(demo, tmp_path, command, "Marisol", *options)
    assert done.code == 0
    assert f'<html lang="{language}"' in page
    assert words in page


def test_a_page_speaks_as_the_two_of_them_do_and_the_command_as_the_system(demo, tmp_path):
    done, page = written(demo, tmp_path, "plan", "Marisol", system="de")
    assert '<html lang="en"' in page
    assert "Geschrieben" in done.text


def test_where_nobody_has_said_what_the_two_speak_a_page_speaks_as_the_system(tmp_path):
    Home(tmp_path / "home").create("Ada", "Tom", lambda: None)
    _, page = written(tmp_path / "home", tmp_path, "plan", "Ada", system="de")
    assert '<html lang="de"' in page


def test_a_language_that_no_page_has_is_refused(demo, tmp_path):
    done, page = written(demo, tmp_path, "plan", "Marisol", "--language", "tlh")
    assert done.code == 2
    assert "'--language': write en or de" in done.text
    assert page is None


@pytest.mark.thorough
@pytest.mark.parametrize("command", ["plan", "summary"])
def test_a_protected_page_shows_nothing_of_itself(demo, tmp_path, command):
    answers = [("Passphrase for the page", f"{PASSPHRASE}\n"), ("Repeat it", f"{PASSPHRASE}\n")]
    done, page = written(demo, tmp_path, command, "Marisol", "--protect", answers=answers)
    assert done.code == 0
    assert "send the passphrase another way" in done.text
    for hidden in ("Marisol", "fire", PASSPHRASE):
        assert hidden not in page
    assert "AES-GCM" in page


def exported(home, file, *options, answers=()):
    """Write a workbook as a file, and return how the program ended."""
    return typed(["export", "Marisol", str(file), *options], answers, {"COACHING_HOME": str(home)})


@pytest.mark.thorough
def test_the_page_that_export_writes_speaks_and_locks_as_the_others_do(demo, tmp_path):
    file = tmp_path / "page.html"
    answers = [("Passphrase for the page", f"{PASSPHRASE}\n"), ("Repeat it", f"{PASSPHRASE}\n")]
    assert exported(demo, file, "--protect", answers=answers).code == 0
    assert "Marisol" not in file.read_text(encoding="utf-8")
    assert exported(demo, file, "--language", "de").code == 0
    assert '<html lang="de"' in file.read_text(encoding="utf-8")


@pytest.mark.thorough
def test_two_passphrases_that_differ_are_asked_for_again_and_after_three_times_nothing_is_written(demo, tmp_path):
    answers = [("Passphrase for the page", f"{PASSPHRASE}\n"), ("Repeat it", "something else\n")]
    done, page = written(demo, tmp_path, "plan", "Marisol", "--protect", answers=answers * 3)
    assert done.code == 1
    assert page is None


@pytest.mark.thorough
def test_a_passphrase_that_will_not_do_is_refused_with_the_reason_and_another_one_taken(demo, tmp_path):
    weak = [("Passphrase for the page", "aaaaaaaa\n"), ("Repeat it", "aaaaaaaa\n")]
    good = [("Passphrase for the page", f"{PASSPHRASE}\n"), ("Repeat it", f"{PASSPHRASE}\n")]
    done, page = written(demo, tmp_path, "plan", "Marisol", "--protect", answers=weak + good)
    assert done.code == 0
    assert "easy to guess: it repeats itself" in done.text
    assert "AES-GCM" in page


@pytest.mark.thorough
def test_what_was_written_is_in_the_list_of_what_was_handed_out(demo, tmp_path):
    written(demo, tmp_path, "plan", "Marisol")
    handed = Home(demo).find("Marisol").handouts.all()
    assert {one.form for one in handed} == {".html"}
    assert Path(tmp_path / "page.html").stat().st_mode & 0o777 == 0o600


def test_an_own_copy_asks_for_its_passphrase_and_says_what_to_do_with_it(demo, tmp_path):
    answers = [("Passphrase for the page", f"{PASSPHRASE}\n"), ("Repeat it", f"{PASSPHRASE}\n")]
    done, page = written(demo, tmp_path, "own", "Marisol", answers=answers)
    assert done.code == 0
    assert "coaching import FILE" in done.text
    assert "another way than the file" in done.text
    assert "Marisol" not in page
    assert {one.form for one in Home(demo).find("Marisol").handouts.all()} == {".html"}
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o600
    again, _ = written(demo, tmp_path, "own", "Marisol")
    assert again.code == 1
    assert "is there already" in again.text
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page


@pytest.mark.parametrize("name", ["own.zip", "own.md", "own"])
def test_an_own_copy_is_a_page(demo, tmp_path, name):
    done = typed(["own", "Marisol", "--output", str(tmp_path / name)], [], {"COACHING_HOME": str(demo)})
    assert done.code == 2
    assert not (tmp_path / name).exists()


def test_a_sheet_says_that_it_is_readable_and_is_no_copy_that_was_handed_out(demo, tmp_path):
    done, page = written(demo, tmp_path, "sheet", "Marisol")
    assert done.code == 0
    assert "Both of you may read it" in done.text
    assert "whoever gets at the file can read it" in done.text
    assert "Marisol" in page
    assert Home(demo).find("Marisol").handouts.all() == []
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o600


def test_a_sheet_takes_the_place_of_no_file(demo, tmp_path):
    (tmp_path / "page.html").write_text("precious", encoding="utf-8")
    done, page = written(demo, tmp_path, "sheet", "Marisol")
    assert done.code == 1
    assert re.search(r"page\.html'\s+is\s+there\s+already", done.text)
    assert page == "precious"
