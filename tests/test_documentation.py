"""What is read first: every path, name, link, recipe and command that it mentions is there, and so is every room."""

import pkgutil
import re
import shlex
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import typer
import typer.main

from coaching.__main__ import main
from coaching.cli.app import COMMANDS, app
from coaching.workbook.home import Home
from tests.unit.cli.terminals import typed

ROOT = Path(__file__).parent.parent
README, CONTRIBUTING = ROOT / "README.md", ROOT / "CONTRIBUTING.md"
#: Those in which every path and every dotted name is one of the code.
ABOUT_THE_CODE = [CONTRIBUTING, ROOT / "docs" / "architecture.md"]
ROOMS = {file.parent.name for file in ROOT.glob("coaching/*/__init__.py")} - {"data"}
LINK = re.compile(r"\]\(([^)\s#:]*)(#[^)\s]*)?\)")
PATH = re.compile(r"[\w.-]+(/[\w.-]+)*/?")
NAME = re.compile(r"(coaching|tests)(\.\w+)+")
BLOCK = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)


@cache
def pages():
    """Return every page of the documentation, wherever it stands."""
    folders = (path for path in ROOT.iterdir() if path.name in {"coaching", "deploy", "docs", "tests"})
    return [*ROOT.glob("*.md"), *(page for folder in folders for page in folder.rglob("*.md"))]


@cache
def text_of(page):
    return page.read_text(encoding="utf-8")


def without_blocks(page):
    return re.sub(r"^```.*?^```", "", text_of(page), flags=re.DOTALL | re.MULTILINE)


def mentioned(page):
    """Return what stands between backticks in a page, code blocks left out."""
    return re.findall(r"`([^`\n]+)`", without_blocks(page))


def is_path(words):
    return bool(PATH.fullmatch(words)) and ("/" in words or (ROOT / words).exists() or words.endswith((".md", ".toml")))


def is_there(name):
    try:
        pkgutil.resolve_name(name)
    except (AttributeError, ImportError):
        return False
    return True


def heading_ids(page):
    """Return what a link may call the headings of a page, as GitHub and the site do."""
    headings = re.findall(r"^#+ (.*)$", without_blocks(page), re.MULTILINE)
    return {"#" + re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands_of(page):
    """Give the commands in the blocks of a page: each one as it is typed, without what a comment says of it."""
    for block in BLOCK.findall(text_of(page)):
        for line in block.splitlines():
            yield from (part.strip() for part in line.partition(" #")[0].split("&&") if part.strip())


def test_the_first_page_is_short():
    lines = text_of(README).splitlines()
    assert len(lines) <= 120
    assert [line for line in lines if len(line) > 130 and not line.startswith("|")] == []


def test_every_path_is_there():
    named = {ROOT / words for page in ABOUT_THE_CODE for words in mentioned(page) if is_path(words)}
    assert named
    assert {path for path in named if not path.exists()} == set()


def test_every_link_leads_somewhere():
    wrong = []
    for page in pages():
        for target, heading in LINK.findall(without_blocks(page)):
            file = page.parent / target if target else page
            if not file.exists() or (heading and heading not in heading_ids(file)):
                wrong.append(f"{page.relative_to(ROOT)}: {target}{heading}")
    assert wrong == []


def test_every_picture_is_shown():
    shown = {(page.parent / link).resolve() for page in pages() for link, _ in LINK.findall(text_of(page)) if link}
    assert {file.name for file in (ROOT / "docs" / "pictures").rglob("*.*") if file.resolve() not in shown} == set()


def test_every_dotted_name_is_there():
    named = {words for page in ABOUT_THE_CODE for words in mentioned(page) if NAME.fullmatch(words)}
    assert named
    assert {name for name in named if not is_there(name)} == set()


def test_every_recipe_is_described_and_there():
    recipes = set(re.findall(r"^([a-z][\w-]*).*:$", (ROOT / "justfile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {words.removeprefix("just ") for words in mentioned(CONTRIBUTING) if words.startswith("just ")} == recipes


def test_every_room_is_on_the_map_in_the_sentences_and_in_the_picture():
    picture = (ROOT / "docs" / "pictures" / "rooms.svg").read_text(encoding="utf-8")
    assert set(re.findall(r'class="name"[^>]*>(\w+)<', picture)) == ROOMS
    for page in ABOUT_THE_CODE:
        assert {f"coaching/{room}/" for room in ROOMS} <= set(mentioned(page))


def wrong_with(typed):
    """Return what the program would refuse in a command that a page mentions, or nothing."""
    for module in COMMANDS:
        import_module(f"coaching.cli.{module}")
    _, *words = shlex.split(typed)
    command, context = typer.main.get_command(app), None
    while words and hasattr(command, "commands"):
        if words[0].startswith("-"):
            break
        name, *words = words
        if name not in command.commands:
            return f"there is no {name}"
        context = typer.Context(command, parent=context)
        command = command.commands[name]
    try:
        command.make_parser(typer.Context(command, parent=context)).parse_args(
            words[: words.index("--")] if "--" in words else words
        )
    except typer.TyperException as error:
        refused = error.format_message()
        return None if refused.endswith("requires an argument.") else refused  # it is only named
    return None


def test_every_command_that_a_page_mentions_is_one():
    typed = {one for page in pages() for one in (*commands_of(page), *mentioned(page)) if one.startswith("coaching ")}
    words = {one for one in typed if not re.search(r"[…\[*]|COMMAND|^coaching workbook ", one)}
    assert len(words) > 40
    assert {one: wrong for one in words if (wrong := wrong_with(one))} == {}


@pytest.mark.thorough
def test_the_site_is_built_and_asks_nothing_of_the_world_outside(tmp_path):
    build = [
        sys.executable,
        "-m",
        "sphinx",
        "-W",
        "-q",
        "-c",
        "docs",
        "-d",
        tmp_path / "doctrees",
        ".",
        tmp_path / "site",
    ]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    built = list((tmp_path / "site").rglob("*.html"))
    fetched = [
        re.findall(r'<(?:script|img|iframe)[^>]+src="(?:https?:)?//|<link[^>]+href="(?:https?:)?//', one.read_text())
        for one in built
    ]
    assert [one for one in fetched if one] == []
    commands = (tmp_path / "site" / "docs" / "commands.html").read_text()
    assert [name for names in COMMANDS.values() for name in names if f"coaching {name}" not in commands] == []


#: What others do, and what runs until it is stopped, is tried elsewhere: the package is installed and the lab opened by
#: `test_packages.py`, the hub by `test_hub.py`; `.ci/run` runs the tests.
ELSEWHERE = re.compile(
    r"(pip|npm|git|conda|python|pytest|jupyterhub|pre-commit|export|\.|\.ci/\w+) |pytest$|\.ci/\w+$|coaching lab\b"
)
PASSPHRASES = ("COACHING_PAGE_PASSPHRASE", "COACHING_SEAL_PASSPHRASE")
#: What those that ask are told: a part of each question, and the answer.
ANSWERS = {
    "import": [("[y/N]", "y\n")],
    "counts": [("[y/N]", "y\n")],
    "handover": [
        *[("Enter for none:", "1\n")],
        *[("Enter for none:", "\n")] * 5,
        *[("kept (Enter)?", "\n")],
        ("[y/N]", "y\n"),
    ],
}


@pytest.fixture
def prepared(tmp_path, monkeypatch):
    """Begin in a folder that has what the pages speak of: people, a list of another tool, shares of homes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACHING_HOME", str(tmp_path / "home"))
    home = Home()
    home.demo_pairs()
    home.create("Ada", "Tom")
    home.create("Maha", "Tom")
    notes = tmp_path / "notes" / "one-on-ones"
    notes.mkdir(parents=True)
    (notes / "2026-03-04 One-on-one.md").write_text("- [ ] Write to the mill 📅 2026-03-11\n")
    return tmp_path


def send_shares(counts):
    """Let two more homes give their counts, and send the shares of all three to the two collectors."""
    for name in ("counts", "second", "third"):
        if name != "counts":
            Home(Path(name, "home")).demo_pairs()
            done = typed([*counts[:-1], f"{name}/counts", f"--home={name}/home"], ANSWERS["counts"], {})
            assert done.code == 0
        for collector in "ab":
            (share,) = Path(name).rglob(f"*-{collector}.parquet")
            Path(f"shares-{collector}").mkdir(exist_ok=True)
            share.rename(f"shares-{collector}/{name}.parquet")


@pytest.mark.posix
@pytest.mark.thorough
def test_every_command_of_the_blocks_runs(prepared, monkeypatch, capsys):
    failed = {}
    for typed_line in dict.fromkeys(one for page in pages() for one in commands_of(page) if not ELSEWHERE.match(one)):
        _, *words = shlex.split(typed_line)
        for name in PASSPHRASES:  # each command takes them out
            monkeypatch.setenv(name, "four quiet herons wade")
        if words[0] in ANSWERS:
            done = typed(words, ANSWERS[words[0]], {})
            code, text = done.code, done.text
        else:
            monkeypatch.setattr(sys, "argv", ["coaching", *words])
            code, text = main(), "".join(capsys.readouterr())
        if code != 0:
            failed[typed_line] = text
        if words[0] == "counts":
            send_shares(words)
    assert failed == {}
