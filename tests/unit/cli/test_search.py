"""The search at the command line: what it shows, as text and as JSON, and what it says where there is nothing."""

import json
import sys

import pytest

from coaching.__main__ import main
from tests.unit.locks import MAYA, PASSPHRASE, YARA

OWN = "What is private to you was not looked at; --private looks there too.\n"


@pytest.fixture
def search(capsys, monkeypatch):
    def run(*arguments, **environment):
        with monkeypatch.context() as patched:
            patched.setattr(sys, "argv", ["coaching", "search", *arguments])
            for name, value in environment.items():
                patched.setenv(f"COACHING_{name}", value)
            code = main()
        return (code, *capsys.readouterr())

    return run


def test_what_was_said_stands_below_its_session_with_the_words_marked(demo, search):
    code, out, err = search("Marisol", "oven", "decide last")
    assert (code, err) == (0, "")
    assert out == (
        "S01, Thursday, 16 January 2025\n"
        "    joy, Marisol: My grandmother had an *oven* made of clay and she let me *decide* what went in *last*.\n"
        f"1 entry in 1 session.\n{OWN}"
    )


@pytest.mark.parametrize(
    ("arguments", "there"),
    [
        (["--kind", "joy"], True),
        (["--kind", "promise"], False),
        (["--by", "coach"], False),
        (["--part", "dreams"], True),
        (["--when", "2025Q1"], True),
        (["--when", "2026"], False),
        (["--best"], True),
        (["--private"], True),
    ],
)
def test_options_say_where_to_look(demo, search, arguments, there):
    code, out, _ = search("Marisol", "decide last", *arguments)
    assert code == 0
    assert ("S01" in out) == there
    assert ("Nothing was found" in out) == (not there)
    assert (OWN in out) == ("--private" not in arguments)


def test_what_is_left_out_is_counted(demo, search):
    _, out, _ = search("Marisol", "bread", "--limit", "1")
    assert "more with --limit" in out


def test_as_json_it_is_told_with_where_the_words_stand(demo, search):
    code, out, _ = search("Marisol", "decide last", "--json")
    (found,) = json.loads(out)["workbooks"]
    ((hit,),) = [session["entries"] for session in found["sessions"]]
    (sentence,) = hit["sentences"]
    (start, end), _ = sentence["matches"]
    assert code == 0
    assert sentence["text"][start:end] == "decide"
    assert (hit["kind"], hit["by"], hit["who"], found["private"]) == ("joy", "coachee", "Marisol", [])


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["Marisol"], "'WORDS': say what to look for"),
        (["Marisol", "…"], "There is no word in what you look for"),
        (["Marisol", "a", "--when", "soon"], "'--when': write a quarter"),
        (["Marisol", "a", "--kind", "x"], "'--kind': write one of"),
        (["Marisol", "a", "--part", "x"], "'--part': write one of"),
        (["Marisol", "a", "--by", "x"], "by: write coach, coachee"),
        (["Marisol", "a", "--thread", "x"], "thread: No entry is called 'x'"),
        (["Nobody", "a"], "No workbook answers to 'Nobody'"),
    ],
)
def test_what_cannot_be_meant_is_named(demo, search, arguments, problem):
    code, out, err = search(*arguments)
    assert code != 0
    assert out == ""
    assert problem in err


def test_all_open_workbooks_are_looked_through_and_the_locked_ones_named(shelf, search):
    code, out, err = search("--all", "ana", PASSPHRASE=PASSPHRASE)
    assert code == 0
    assert f"{MAYA}:\n" in out
    assert f"{YARA}:\n" in out
    assert "is locked, and was not read" in err


def test_words_can_command_no_terminal(demo, search, tmp_path):
    code, out, _ = search("Marisol", "oven", "--private")
    assert code == 0
    assert "\x1b" not in out
