"""Every command as a person types it: what comes out, what comes on the side of errors, and the exit code."""

import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer

from coaching.__main__ import main
from coaching.cli.app import COMMANDS as TEXTS
from coaching.cli.app import app
from coaching.cli.options import NO_DAY
from coaching.jupyter.lock import HomeSafe
from coaching.workbook.home import Home
from tests.invented_year import load, read_year, write

COMMANDS = [
    "lab",
    "lock",
    "demo",
    "new",
    "list",
    "import",
    "export",
    "metrics",
    "plan",
    "summary",
    "sheet",
    "check",
    "passphrase",
]
COMMANDS += ["backup", "restore", "history", "undo", "renew", "erase"]
ID = r"[0-9A-HJKMNP-TV-Z]{26}"
DEMO = "0000000000ED2XY1SCD54T8BPN"
NONE_YET = (
    "There is no workbook in '{home}' yet: make one with 'coaching new NAME', or bring in an invented year with "
    "'coaching demo'.\n"
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Return a home with the demo year and three people whose names are not simple."""
    home = Home(tmp_path_factory.mktemp("filled"))
    home.demo()
    for name in ("Maya", "Maya Chen", "مها الشمّري", "\x1b[31mred\u202e"):
        home.create(name, "Ana")
    return home.folder


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Begin in an empty folder, with an empty home in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACHING_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def people(home, filled):
    shutil.copytree(filled, home)
    return home


@pytest.fixture
def coaching(capsys, monkeypatch):
    """Return a function that runs a command line and gives its exit code, output and errors."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["coaching", *map(str, arguments)])
        code = main()
        return (code, *capsys.readouterr())

    return run


def everything(folder):
    return {path: path.is_file() and path.read_bytes() for path in sorted(folder.rglob("*"))}


@pytest.mark.parametrize("width", [40, 60, 80, 140])
@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_reads_well_at_any_width(coaching, home, monkeypatch, command, width):
    monkeypatch.setenv("COLUMNS", str(width))
    code, text, err = coaching(*([command] if command else []), "--help")
    assert (code, err) == (0, "")
    assert max(map(len, text.splitlines())) <= min(width, 100)
    assert "…" not in text
    assert "..." not in text.partition("\n\n")[2]
    assert "%" not in text
    assert not re.search(r"\[/?[a-z]+\](?<!\[required\])", text)
    assert f"Usage: coaching {command or '[OPTIONS] COMMAND'}" in text
    expected = COMMANDS if command is None else ["--home FOLDER"]
    assert all(re.search(rf"^  {name}\b", text, re.MULTILINE) for name in expected)
    assert not home.exists()


def test_the_version_is_that_of_the_package(coaching, home):
    assert coaching("--version") == (0, f"{importlib.metadata.version('coaching-workbook')}\n", "")


def test_without_a_command_there_is_help_and_nothing_was_done(coaching, home):
    code, out, err = coaching()
    assert (code, err) == (2, "")
    assert "Usage: coaching" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dance"], "No such command 'dance'. See 'coaching --help'."),
        (["lis"], "No such command 'lis'. Did you mean 'list'? See 'coaching --help'."),
        (["--what"], "No such option: --what. See 'coaching --help'."),
        (["list", "extra"], "Got unexpected extra argument(s) (extra). See 'coaching list --help'."),
        (["new"], "Missing argument 'NAME'. See 'coaching new --help'."),
        (["import"], "Missing argument 'FILE'. See 'coaching import --help'."),
        (["export", "Maya"], "Missing argument 'FILE'. See 'coaching export --help'."),
        (["metrics"], "Missing argument 'NAME'. See 'coaching metrics --help'."),
        (["summary", "Maya"], "Missing option '--output'. See 'coaching summary --help'."),
        (["metrics", "Maya", "--asof", "2025-02-30"],
         f"Invalid value for '--asof': {NO_DAY}. See 'coaching metrics --help'."),
        (["metrics", "Maya", "--asof", "soon"],
         f"Invalid value for '--asof': {NO_DAY}. See 'coaching metrics --help'."),
        (["summary", "Maya", "--output", "x.html", "--audience", "holder"],
         "Invalid value for '--audience': 'holder' is not one of 'pair', 'open'. See 'coaching summary --help'."),
        (["export", "Maya", "x.json", "--audience", "all"],
         "Invalid value for '--audience': 'all' is not one of 'holder', 'pair', 'open'. See 'coaching export --help'."),
        (["import", "x.json", "--as", "boss"],
         "Invalid value for '--as': 'boss' is not one of 'coach', 'coachee'. See 'coaching import --help'."),
    ],
)  # fmt: skip
def test_a_wrong_command_line_is_answered_by_one_sentence(coaching, home, arguments, said):
    assert coaching(*arguments) == (2, "", f"{said}\n")
    assert not home.exists()


def test_the_app_without_voila_says_what_to_install(coaching, home, monkeypatch):
    monkeypatch.setitem(sys.modules, "voila", None)
    said = "The app needs Voilà, which is not installed: pip install voila\n"
    assert coaching("lab", "--app") == (1, "", said)
    assert not home.exists()


@pytest.mark.parametrize(
    "arguments",
    [["lab", "--port", "70000"], ["lab", "--port", "x"], ["new", "A", "--home"], ["metrics", "A", "--jsn"]],
)
def test_a_wrong_option_is_named(coaching, home, arguments):
    code, out, err = coaching(*arguments)
    assert (code, out) == (2, "")
    assert arguments[-1] in err or arguments[-2] in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "on"),
    [(["list"], 0, 1), (["check"], 0, 1), (["metrics", "Maya"], 1, 2), (["export", "Maya", "x.json"], 1, 2)],
)
def test_without_a_workbook_every_command_says_what_to_do(coaching, home, arguments, code, on):
    found = coaching(*arguments)
    assert found[0] == code
    assert found[on] == NONE_YET.format(home=home)
    assert found[3 - on] == ""
    assert not home.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Maya"], "Made a workbook for Maya. Begin with 'coaching lab'."),
        (['O\'Brien "Bob"'], "Made a workbook for O'Brien \"Bob\". Begin with 'coaching lab'."),
        (["مها الشمّري"], "Made a workbook for مها الشمّري. Begin with 'coaching lab'."),
        (["👩‍🚀", "--coach", "Ana"], "Made a workbook for 👩‍🚀. Begin with 'coaching lab'."),
        (["\x1b[31mred\u202e"], "Made a workbook for ␛[31mred�. Begin with 'coaching lab'."),
        (["[bold]B[/bold]"], "Made a workbook for [bold]B[/bold]. Begin with 'coaching lab'."),
        (["Maya", "--home", "my home"], "Made a workbook for Maya. Begin with 'coaching lab --home 'my home''."),
    ],
)
def test_new_makes_a_workbook_and_names_the_next_step(coaching, home, arguments, said):
    plain = "It is not encrypted: whoever gets at the disk, a backup or a synced folder can read it."
    assert coaching("new", *arguments, "--no-encryption") == (0, f"{said}\n{plain}\n", "")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("maya", "There is a workbook for 'maya' already; give this one another name."),
        (" ", "The name of the person you coach is missing."),
        ("\u200b", "The name of the person you coach is missing."),
        ("\u2800 \u3164", "The name of the person you coach is missing."),
    ],
)
def test_new_refuses_a_name_that_is_taken_or_blank(coaching, people, name, said):
    before = everything(people)
    assert coaching("new", name, "--no-encryption") == (1, "", f"{said}\n")
    assert everything(people) == before


@pytest.mark.parametrize("width", [20, 200])
def test_list_cuts_no_name_and_no_id(coaching, people, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    code, out, err = coaching("list")
    assert (code, err) == (0, "")
    head, *rows = out.splitlines()
    assert head == f"Last session  Sessions  Held by    On the disk    {'Id':26}  Name"
    assert f"2025-12-11    12        the coach  not encrypted  {DEMO}  Marisol Quispe Huanca" in rows
    assert {re.sub(rf"^none yet      0         the coach  not encrypted  {ID}  ", "", row) for row in rows} >= {
        "Maya",
        "Maya Chen",
        "مها الشمّري",
        "␛[31mred�",
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("May", "More than one workbook answers to 'May'; there are: Maya ("),
        ("Zoe", "No workbook answers to 'Zoe'; there are: "),
        ("", "No workbook answers to ''; there are: "),
        ("\x1b[2J", "No workbook answers to '␛[2J'; there are: "),
    ],
)
@pytest.mark.parametrize(
    "arguments", [["metrics"], ["export", "x.json"], ["summary", "--output", "x.html"]], ids=lambda found: found[0]
)
def test_a_name_that_does_not_say_who_is_answered_by_all_there_are(coaching, people, arguments, name, said):
    command, *rest = arguments
    code, out, err = coaching(command, name, *rest)
    assert (code, out) == (1, "")
    assert err.startswith(said)
    assert len(err.splitlines()) == 1
    assert list(people.parent.iterdir()) == [people]


@pytest.mark.parametrize("year", ["demo_year", "edge_year"])
def test_metrics_as_json_are_the_figures_that_the_year_expects(coaching, home, year):
    file = write(read_year(year), Path("year.json"))
    assert coaching("import", file, "--as", "coachee", "--no-encryption")[0] == 0
    code, out, err = coaching("metrics", Home().workbooks()[0].id, "--json")
    assert (code, err) == (0, "")
    expected = load(year)["expected"]
    expected.pop("warnings_an_importer_should_show")
    found = json.loads(out)
    assert {key: found[key] for key in expected} == expected
    assert set(found) - set(expected) == {
        "asof", "age_days", "carried_over", "done_within_28_days", "kept", "kept_as_first_agreed", "outcomes",
        "reopened", "share_in_common", "slip_days", "throughput_by_quarter", "time_to_done",
    }  # fmt: skip
    assert out.isascii()


def test_metrics_are_counted_as_of_a_day(coaching, people):
    found = json.loads(coaching("metrics", "Marisol", "--json", "--asof", "2025-06-30")[1])
    assert (found["asof"], found["sessions_held"]) == ("2025-06-30", 6)


def test_metrics_are_readable_too(coaching, people):
    code, out, err = coaching("metrics", "quispe", "--asof", "2025-12-31")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].split() == ["asof", "2025-12-31"]
    assert f"{'sessions held':36}  12" in lines
    assert f"{'':36}  I04: state done, due 2025-03-28, due moves 0, owner P1" in lines
    assert not set("{}[]'_") & set(out)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "Marisol Quispe Huanca"),
        (["--period", "2025Q4", "--asof", "2025-12-31"], "2025"),
        (["--audience", "open"], "stays between the two of them"),
    ],
)
def test_summary_writes_one_page(coaching, people, options, words):
    code, out, err = coaching("summary", "Marisol", *options, "--output", "page.html")
    said = "Written: page.html. Look at it together before it leaves your hands.\n"
    assert (code, out, err) == (0, said, "")
    page = Path("page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert words in page


def test_an_export_can_be_brought_in_elsewhere(coaching, people):
    written = "Written: whole.json. It holds your private notes: keep it as you keep them.\n"
    assert coaching("export", "Marisol", "whole.json") == (0, written, "")
    for_both = "Both of you may read it, and nobody else: nothing private to one of you is in it.\n"
    assert coaching("export", "Marisol", "pair.json", "--audience", "pair") == (
        0,
        f"Written: pair.json. {for_both}",
        "",
    )
    came_in = "Marisol Quispe Huanca: 322 entries came in, 0 known already.\n"
    assert coaching("import", "whole.json", "--home", "other", "--no-encryption") == (0, came_in, "")
    known = "Marisol Quispe Huanca: 0 entries came in, 322 known already.\n"
    assert coaching("import", "whole.json", "--home", "other", "--no-encryption") == (0, known, "")
    coaching("export", DEMO, "again.json", "--home", "other")
    assert Path("again.json").read_bytes() == Path("whole.json").read_bytes()


@pytest.mark.parametrize("ending", [".html", ".md", ".csv", ".zip"])
def test_what_leaves_is_for_both_of_them_and_says_so(coaching, people, ending):
    said = f"Written: plan{ending}. Both of you may read it, and nobody else: nothing private to one of you is in it.\n"
    assert coaching("export", "Marisol", f"plan{ending}", "--plain") == (0, said, "")
    others = f"Written: plan{ending}. Others may read it: it holds only what was agreed, line by line, to be open.\n"
    assert coaching("export", "Marisol", f"plan{ending}", "--audience", "open", "--plain") == (0, others, "")


def test_a_calendar_without_a_day_is_not_written(coaching, people):
    said = "There is no calendar to write yet: no promise of the coachee has a day.\n"
    assert coaching("export", "Marisol", "open.ics", "--audience", "open") == (1, "", said)
    assert not Path("open.ics").exists()
    assert coaching("export", "Marisol", "both.ics")[0] == 0


def test_a_calendar_can_be_of_the_coachs_days(coaching, people):
    coaching("export", "Marisol", "theirs.ics")
    coaching("export", "Marisol", "mine.ics", "--side", "coach")
    assert "Delete my copy" in Path("mine.ics").read_text(encoding="utf-8")
    assert "Delete my copy" not in Path("theirs.ics").read_text(encoding="utf-8")


def test_a_bundle_becomes_the_coachees_own_copy_and_comes_back(coaching, people):
    coaching("export", "Marisol", "plan.zip", "--plain")
    code, out, err = coaching("import", "plan.zip", "--home", "theirs", "--no-encryption")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"Marisol Quispe Huanca: \d+ entries came in, 0 known already\.\n", out)
    assert "the coachee " in coaching("list", "--home", "theirs")[1]
    coaching("export", "Marisol", "back.zip", "--home", "theirs", "--plain")
    code, out, err = coaching("import", "back.zip")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"Marisol Quispe Huanca: 0 entries came in, \d+ known already\.\n", out)


def test_the_demo_says_what_came_in_what_was_left_out_and_what_is_next(coaching, home):
    code, out, err = coaching("demo")
    assert (code, err) == (0, "")
    came_in = r"\d+ entries came in, 0 known already, \d+ left out as private to the other side\.\n"
    assert re.fullmatch(
        rf"Lefteris Nygård: {came_in}Marisol Quispe Huanca: {came_in}Begin with 'coaching lab'\.\n", out
    )


def test_the_demo_is_made_anew_if_somebody_says_so(coaching, home):
    coaching("demo")
    coaching("rename", "Lefteris", "--called", "Lefti")
    assert "Lefteris Nygård: 0 entries came in" in coaching("demo")[1]
    assert re.search(r"Lefteris Nygård: [1-9]\d+ entries came in, 0 known already", coaching("demo", "--again")[1])
    assert Home().find("Lefteris").called == "Lefteris"


@pytest.mark.parametrize("command", ["list", "check"])
def test_nothing_of_the_demo_is_due_to_whoever_looks_around_in_it(coaching, home, command):
    coaching("demo")
    assert "erased" not in coaching(command)[1]


def test_an_import_warns_on_the_side_of_errors_and_works(coaching, home):
    file = write(read_year("edge_year"), Path("year.json"))
    newer = json.loads(file.read_text(encoding="utf-8")) | {"mood": "fine", "weather": "rain"}
    file.write_text(json.dumps(newer), encoding="utf-8")
    code, out, err = coaching("import", file, "--no-encryption")
    assert code == 0
    assert "entries came in, 0 known already" in out
    assert err.splitlines() == [
        "Warning: 'mood' is not known and was left out",
        "Warning: 'weather' is not known and was left out",
    ]


def test_lock_tells_every_program_that_has_the_home_open(coaching, demo):
    safe = HomeSafe(Home(demo))
    assert coaching("lock") == (0, "Every notebook of this home locks now, and asks for the passphrase.\n", "")
    assert safe.was_told()


def test_lock_names_a_home_that_is_not_there_and_makes_none(coaching, home):
    code, out, err = coaching("lock", "--home", "elsewhere")
    assert (code, out) == (1, "")
    assert "There is no home folder 'elsewhere', so nothing was locked" in err
    assert not Path("elsewhere").exists()


@pytest.mark.parametrize("minutes", ["0", "-1", "inf", "nan"])
def test_lab_locks_after_a_number_of_minutes(coaching, demo, minutes):
    code, _, err = coaching("lab", "--lock-after", minutes)
    assert (code, "write a number of minutes, such as 15" in err) == (2, True)


def test_each_command_stands_in_the_module_that_the_program_imports_for_it():
    for module in TEXTS:
        import_module(f"coaching.cli.{module}")
    commands = typer.main.get_command(app).commands
    assert {name: command.callback.__module__ for name, command in commands.items()} == {
        name: f"coaching.cli.{module}" for module, names in TEXTS.items() for name in names
    }


def loaded_by(*arguments):
    """Return the modules that a command has imported when it ends."""
    program = "import sys; from coaching.__main__ import main; main(); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True)
    return set(ran.stdout.split())


@pytest.mark.posix
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        pytest.param("coaching doc", "doctor", id="command"),
        pytest.param("coaching lab --no", "--no-browser", id="option"),
    ],
)
def test_a_shell_completes_commands_and_options(words, offered):
    asked = {"_COACHING_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    ran = subprocess.run(
        [sys.executable, "-m", "coaching"], env=os.environ | asked, check=True, capture_output=True, text=True
    )
    assert ran.stdout.split() == [offered]


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_the_program_tells_of_itself_without_importing_what_its_commands_need(option):
    # Typer itself imports pydantic from 0.29 on, to read an option.
    assert not {"rich.console", "pyarrow", "coaching.store", "coaching.model"} & loaded_by(option)


def test_the_workbooks_are_listed_without_importing_what_counts_and_shows(people):
    counting = {"pandas.core.frame", "coaching.metrics.report"}
    assert not {*counting, "coaching.forms", "coaching.formats.task_lists.reader"} & loaded_by("list")
