"""Options of every command: each once, and a value that cannot be meant is a wrong command line that names it."""

from datetime import date, timedelta
from importlib import import_module

import pytest
import typer
from typer.core import TyperOption

from coaching.__main__ import main
from coaching.cli.app import COMMANDS, App, app
from coaching.cli.options import day_ahead, day_back
from coaching.workbook.environment import local_time


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return the home folder that the commands use; it is not there yet."""
    monkeypatch.setenv("COACHING_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def coaching(home, capsys, monkeypatch):
    """Return a function that runs a command line and gives its exit code, output and errors."""

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["coaching", *arguments])
        code = main()
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def demo(coaching):
    """Make a home with the invented year in it."""
    coaching("demo")


#: What each command needs besides its options.
NEEDED = {
    "new": ["Ana"], "import": ["x.json"], "export": ["Ana", "x.html"], "metrics": ["Ana"], "plan": ["Ana"],
    "summary": ["Ana"], "backup": ["x.zip"], "restore": ["x.zip"], "history": ["Ana", "I07"], "undo": ["Ana"],
    "renew": ["Ana"], "erase": ["Ana"], "passphrase": ["Ana"], "handover": ["Ana"], "leave": ["Ana"],
}  # fmt: skip
#: A value that each option takes, where it takes one.
VALUES = {
    "--home": "h", "--port": "8889", "--coach": "Tom", "--into": "Ana", "--visibility": "pair", "--as": "coach",
    "--audience": "pair", "--side": "coach", "--language": "de", "--asof": "2025-12-31", "--period": "2025Q4",
    "--entry": "I07", "--to": "Tom", "--reason": "a new team", "--decided-by": "coach", "--delete-by": "2199-12-31",
}  # fmt: skip


def options():
    """Return every command with each option that may be there once, and a value for it, from the program itself."""
    for module in COMMANDS:
        import_module(f"coaching.cli.{module}")
    for name, command in typer.main.get_command(app).commands.items():
        for parameter in command.params:
            if not isinstance(parameter, TyperOption) or parameter.multiple or parameter.is_eager:
                continue
            option = parameter.opts[0]
            output = "x.zip" if name in {"handover", "leave"} else "x.html"
            value = [] if parameter.is_flag else [{**VALUES, "--output": output}.get(option, "whatever it is")]
            yield name, option, value


@pytest.mark.parametrize(("command", "option", "value"), list(options()), ids=str)
def test_an_option_that_is_there_twice_is_refused(coaching, home, command, option, value):
    code, out, err = coaching(command, *NEEDED.get(command, []), option, *value, option, *value)
    said = f"Invalid value for '{option}': it is there more than once; give it one value."
    assert (code, out, err) == (2, "", f"{said} See 'coaching {command} --help'.\n")
    assert not home.exists()


def test_so_is_one_with_its_value_behind_an_equals_sign(coaching):
    code, _, err = coaching("plan", "Ana", "--output=a.html", "--output", "b.html")
    assert (code, "'--output'" in err) == (2, True)


def test_an_option_of_the_program_itself_too(coaching):
    assert coaching("--version", "--version")[0] == 2


def test_an_option_that_may_be_there_several_times_is(coaching, demo):
    code, _, err = coaching("handover", "Marisol", "--to", "Tom", "--line", "M4", "--line", "nope", "--yes")
    assert (code, err) == (1, "'nope' is not a line that can go along; nothing was handed over.\n")


@pytest.mark.parametrize(
    ("command", "option", "value"),
    [
        *[(command, "--home", "") for command in ("list", "new", "check", "backup", "lab", "demo")],
        ("list", "--home", "  "),
        *[("list", "--home", value) for value in (__file__, "~nosuchaccount/home", "x" * 300)],
        *[("list", option, value) for option in ("--passphrase-file", "--passphrase-command") for value in ("", " ")],
        *[("lab", "--port", value) for value in ("", "x", "-1", "65536", "80.5", "0x50")],
        *[("new", "--coach", value) for value in ("", " ", "\u00a0", "\u200b", "\u2800")],
        *[("import", "--into", value) for value in ("", " ")],
        *[("import", "--visibility", value) for value in ("", "open", "Pair")],
        *[("import", "--as", value) for value in ("", "boss")],
        *[("export", "--audience", value) for value in ("", "all")],
        *[("export", "--side", value) for value in ("", "both")],
        *[(command, "--language", value) for command in ("export", "plan", "summary") for value in ("", "fr", "DE")],
        *[
            (command, "--asof", value)
            for command in ("metrics", "summary")
            for value in ("", "some day", "2025-02-30", "25-1-1", "0001-01-01", "9999-12-31", "31.13.2025")
        ],
        *[("summary", "--period", value) for value in ("", "2025Q5", "25", "0000", "last quarter", "9998", "2199Q1")],
        *[(command, "--audience", value) for command in ("plan", "summary") for value in ("", "holder")],
        *[(command, "--output", value) for command in ("plan", "summary") for value in (".", "x", "x.zip", ".html")],
        *[(command, "--output", value) for command in ("handover", "leave") for value in ("", "x", "x.html", ".zip")],
        *[("erase", "--entry", value) for value in ("", " ")],
        *[("handover", "--to", value) for value in ("", " ")],
        ("handover", "--line", ""),
        *[(command, "--reason", " ") for command in ("handover", "leave")],
        *[(command, "--decided-by", "boss") for command in ("handover", "leave")],
        *[
            (command, "--promise", value)
            for command in ("handover", "leave")
            for value in ("", "I07", "I07=", "I07=perhaps", "=kept", " =kept", "kept")
        ],
        *[
            (command, "--delete-by", value)
            for command in ("handover", "leave")
            for value in ("", "soon", "2025-02-30", "9999-12-31")
        ],
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_meant_is_an_error_of_the_command_line_that_names_its_option(
    coaching, home, command, option, value
):
    needed = {"summary": ["--output", "x.html"], "plan": ["--output", "x.html"], "handover": ["--to", "Tom"]}
    more = [one for one in needed.get(command, []) if option not in needed[command]]
    code, out, err = coaching(command, *NEEDED.get(command, []), *more, option, value)
    assert (code, out) == (2, "")
    assert err.startswith(f"Invalid value for '{option}': ")
    assert err.endswith(f". See 'coaching {command} --help'.\n")
    assert len(err.splitlines()) == 1
    assert not home.exists()


def test_a_tilde_behind_an_equals_sign_is_the_folder_of_the_account(coaching, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "account"))
    assert coaching("new", "Ana", "--no-encryption", "--home=~/coaching")[0] == 0
    assert (tmp_path / "account" / "coaching").is_dir()
    assert not (tmp_path / "~").exists()


def test_every_command_reads_its_options_in_this_way():
    assert isinstance(app, App)


def test_a_day_is_read_in_figures_and_in_words():
    today = local_time().date()
    for read in (day_ahead, day_back):
        assert read("2031-01-12") == date(2031, 1, 12)
        assert read("in two weeks") == today + timedelta(days=14)
    assert timedelta(0) < day_ahead("friday") - today <= timedelta(days=7)
    assert timedelta(0) <= today - day_back("friday") < timedelta(days=7)
