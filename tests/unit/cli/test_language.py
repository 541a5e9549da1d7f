"""Commands speak the language of whoever types them: every sentence of ours is in the catalogue."""

import ast
import json
import os
import re
import subprocess
import sys
from gettext import NullTranslations
from pathlib import Path

import pytest

import coaching
from coaching import i18n
from coaching.__main__ import main
from coaching.cli.app import COMMANDS
from coaching.errors import CoachingError
from coaching.i18n import speaking
from coaching.workbook.home import Home
from tests.catalogue import ERRORS

SOURCE = Path(coaching.__file__).parent
SAID = {"say", "to_say", "say_counted", *ERRORS}
#: What takes the text of a help, which is looked up when it is shown.
HELP = {"Option", "Argument", "callback", "command", "TypeVar"}
MARKED = re.compile("⟦[^⟦⟧]*⟧")
#: What is typed, or was: commands, options, what stands in their place, names of files, ids, labels, days and moments.
TYPED = re.compile(
    r"'[^']*'|--?[a-z][a-z-]*|<[a-z_|-]+>|\{[A-Z]+\}|\[[A-Z]+\]\.{0,3}|\b[A-Z]{2,}\b|en\|de|\b[0-9A-HJKMNP-TV-Z]{26}\b|x>=\d+|"
    r"\b[A-Z]\d+\b|\d{4}-\d\d-\d\d|\d{4}Q\d"
)


class Marking(NullTranslations):
    """A catalogue that has everything: each sentence in marks."""

    def gettext(self, message):
        return f"⟦{message}⟧"

    def ngettext(self, one, many, number):
        return self.gettext(one if number == 1 else many)


@pytest.fixture
def run(capsys, monkeypatch):
    """Return a function that runs a command line in the pseudo-locale and gives what it says besides its sentences."""
    monkeypatch.setattr(i18n, "catalogue", lambda _: Marking())
    monkeypatch.setenv("COACHING_LANGUAGE", "de")
    monkeypatch.setenv("COLUMNS", "10000")

    def left(*arguments):
        monkeypatch.setattr(sys, "argv", ["coaching", *map(str, arguments)])
        main()
        text = "\n".join(capsys.readouterr())
        assert "⟦" in text
        while MARKED.search(text):
            text = MARKED.sub("", text)
        return TYPED.sub("", text)

    return left


def words_in(text):
    return re.findall(r"[A-Za-z]{2,}", text)


@pytest.mark.parametrize("command", [name for names in COMMANDS.values() for name in names])
def test_the_help_of_a_command_says_nothing_that_is_not_in_the_catalogue(run, command):
    assert set(words_in(run(command, "--help"))) <= {"coaching", command, "add", "page"}


def test_the_help_of_the_program_says_nothing_that_is_not_in_the_catalogue(run):
    assert set(words_in(run("--help"))) <= {"coaching"} | {name for names in COMMANDS.values() for name in names}


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["check"],
        ["undo", "Marisol"],
        ["renew", "Marisol"],
        ["metrics", "Marisol"],
        ["note", "Marisol", "--list"],
        ["question", "Marisol", "--list"],
        ["passphrase", "Marisol", "--forget"],
        ["erase", "Marisol", "--expired"],
        ["erase", "Marisol"],
        ["plan", "Marisol", "--output", "x.txt"],
        ["counts", "--quarter", "2099Q1", "--output", "out"],
        ["search", "Marisol", "wordthatnobodysaid"],
        ["history", "Marisol", "S03"],
        ["backup", "x.backup"],
        ["restore", "x.json"],
        ["import", "x.json"],
        ["metrics"],
        ["metrics", "Marisol", "--jsn"],
        ["search", "Marisol", "--limit", "0"],
        ["export", "Marisol", "x.json", "--audience", "all"],
    ],
)
def test_a_command_says_nothing_that_is_not_in_the_catalogue(run, demo, arguments):
    people = {word for book in Home(demo).workbooks() for name in book.names for word in words_in(name)}
    assert set(words_in(run(*arguments))) <= people | set(arguments) | {"coaching", "backup", "json", "part", "en"}


def literals(source):
    """Give the texts of a module that are no sentence of the catalogue, no help and no documentation."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    passed = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(node.value)
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            passed |= set(node.args) if name in SAID else set(ast.walk(node)) if name in HELP else set()
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in passed]


@pytest.mark.parametrize("source", sorted((SOURCE / "cli").glob("*.py")), ids=lambda source: source.stem)
def test_no_command_has_words_beside_the_catalogue(source):
    texts = [] if source.name == "app.py" else [text for text in literals(source) if isinstance(text, str)]
    typed = {"coaching lab", "coaching lab --home ", "'TOTAL TOTAL'"}
    assert [text for text in texts if re.search(r"[A-Za-z]{2}[.,;:]? [A-Za-z]{2}", text) and text not in typed] == []


def test_every_error_is_raised_with_a_sentence_of_the_catalogue():
    raised = [
        node
        for source in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in ERRORS
    ]
    assert len(raised) > 150
    assert [ast.unparse(one) for one in raised if any(isinstance(part, ast.JoinedStr) for part in one.args)] == []


def test_an_error_is_said_in_the_language_of_whoever_reads_it():
    error = CoachingError("'{file}' is there already; choose another name.", file="{x}.zip")
    assert str(error) == "'{x}.zip' is there already; choose another name."
    with speaking("de"):
        assert str(error) == "„{x}.zip“ gibt es schon; wähl einen anderen Namen."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["metrics"], "Es fehlt das Argument 'NAME'. Siehe „coaching metrics --help“."),
        (["metrics", "Nobody"], "In „{home}“ gibt es noch kein Arbeitsbuch: Leg eines an mit „coaching new NAME“"),
        (["plan", "A", "--output", "x"], "Ungültiger Wert für '--output': schreib den Namen einer Datei"),
        (["--help"], "Ein Arbeitsbuch für Führungskräfte"),
    ],
)
def test_the_system_says_in_which_language_a_command_speaks(tmp_path, arguments, said):
    home = tmp_path / "home"
    spoken = {
        "COACHING_LANGUAGE": "",
        "LC_ALL": "",
        "LC_MESSAGES": "",
        "LANG": "de_DE.UTF-8",
        "COACHING_HOME": str(home),
    }
    command = [sys.executable, "-m", "coaching", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, env=os.environ | spoken, encoding="utf-8")
    assert said.format(home=home) in done.stdout + done.stderr


def test_what_other_programs_read_is_the_same_in_every_language(demo, capsys, monkeypatch):
    def figures(language):
        monkeypatch.setenv("COACHING_LANGUAGE", language)
        monkeypatch.setattr(sys, "argv", ["coaching", "metrics", "Marisol", "--json"])
        main()
        return json.loads(capsys.readouterr().out)

    assert figures("de") == figures("en")


def test_what_was_found_is_named_in_the_language_of_whoever_looks(demo, capsys, monkeypatch):
    monkeypatch.setenv("COACHING_LANGUAGE", "de")
    monkeypatch.setattr(sys, "argv", ["coaching", "search", "Marisol", "bread"])
    main()
    said = capsys.readouterr().out
    assert "    Leitsatz M3, Marisol: It was never about the *bread* being good" in said
    assert "\nGefunden: 9 Einträge, 4 Gespräche." in said
