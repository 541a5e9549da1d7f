"""Whatever goes wrong is one plain sentence, without a traceback and without anybody's words; nothing half written."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from coaching.__main__ import main
from coaching.cli import workbooks
from coaching.errors import CoachingError
from coaching.workbook.home import Home

CANARY = "I never told anybody"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def workbook(demo):
    (folder,) = demo.glob("[0-9]*")
    return folder


@pytest.fixture
def run(capsys, monkeypatch):
    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["coaching", *map(str, arguments)])
        code = main()
        return (code, *capsys.readouterr())

    return run


def started(*arguments, home, **env):
    command = [sys.executable, "-m", "coaching", *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COACHING_HOME": str(home), **env}
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def in_another_process(*arguments, home, **env):
    process = started(*arguments, home=home, **env)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def everything(folder):
    return {path: path.is_file() and path.read_bytes() for path in sorted(folder.rglob("*"))}


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (CoachingError("The name is missing."), 1, "The name is missing."),
        (CoachingError("a\x1b[31m\u202eb\nc"), 1, "a␛[31m�b c"),
        (KeyboardInterrupt(), 130, "Stopped; nothing more was changed."),
        (typer.Abort(), 130, "Stopped; nothing more was changed."),
        (ValueError(CANARY), 1, "Something went wrong that was not foreseen (ValueError); nothing was lost."),
        (MemoryError(CANARY), 1, "Something went wrong that was not foreseen (MemoryError); nothing was lost."),
    ],
)
def test_every_error_is_one_sentence(run, monkeypatch, error, code, said):
    def fail(_home):
        raise error

    monkeypatch.setattr(workbooks, "Home", fail)
    assert run("list") == (code, "", f"{said}\n")


MEND = "Mend it in the file, or export the file again."


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.json", None, "gone.json cannot be read: there is no such file. Check its name and folder."),
        (f"{'x' * 300}.json", None, f"{'x' * 59}… cannot be read: it cannot be opened. Check that you may open it."),
        ("home", None, "'home' is a list: say whose workbook it goes into, with --into NAME."),
        (".", None, "'.' is a list: say whose workbook it goes into, with --into NAME."),
        ("x.json", b"", "x.json cannot be read: it is not JSON at line 1, column 1. Mend that line, or"),
        ("x.html", b"\n<!DOCTYPE html>", "x.html cannot be read: it is no workbook. Choose a .json or .zip file that"),
        ("x.json", b"\x89PNG\xff", "x.json cannot be read: it is not UTF-8 text. Save it as UTF-8, or"),
        ("x.json", b"[" * 10_000_000, "x.json cannot be read: its JSON is too deep or its numbers are too long."),
        ("x.json", b'{"a": 1}', "x.json cannot be read: it is JSON, but not a workbook. Choose a .json or .zip file"),
        ("x.json", b'{"format": "coaching-workbook/2"}', "x.json cannot be read: it is coaching-workbook in version 2"),
        ("x.json", b'{"a": 1, "a": 2}', f"x.json cannot be read: the key 'a' stands twice in one object. {MEND}"),
        ("a\x1b[31m.json", b"", "a�[31m.json cannot be read: it is not JSON at line 1, column 1."),
    ],
)  # fmt: skip
def test_what_cannot_be_brought_in_is_named_and_changes_nothing(run, demo, name, content, said):
    if content is not None:
        Path(name).write_bytes(content)
    before = everything(demo)
    code, out, err = run("import", name)
    assert (code, out) == (1, "")
    assert err.startswith(said.format(here=demo.parent.name))
    assert len(err.splitlines()) == 1
    assert everything(demo) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"visibility": CANARY}, "cannot be kept: visibility: must be one of 'private', 'pair', 'open'."),
        ({"label": CANARY, "kind": CANARY}, "cannot be kept: kind: is not one that this version knows."),
        ({"held_on": CANARY}, "held_on must be a day of the calendar, like 2025-01-31. Mend it in the file, or"),
        ({"rev": 2**63}, "rev must be a whole number of 64 bits. Mend it in the file, or export the file again."),
    ],
)
def test_one_record_that_breaks_a_rule_leaves_no_workbook(run, demo, change, said):
    run("export", "Marisol", "x.json")
    whole = json.loads(Path("x.json").read_text(encoding="utf-8"))
    whole["entries"][9] |= change
    Path("x.json").write_text(json.dumps(whole), encoding="utf-8")
    code, out, err = run("import", "x.json", "--home", "other", "--no-encryption")
    assert (code, out) == (1, "")
    assert said in err
    assert CANARY not in err
    assert not Path("other").exists() or list(Path("other").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "x.txt"], "'x.txt' cannot be written: its name must end in .json, .html, .md, .csv, .ics or .zip"),
        (["export", "gone/x.json"], "'gone/x.json' cannot be written: its folder is not there; make it, or choose"),
        (["export", "folder.json"], "'folder.json' is a folder; name a file in it."),
        (["summary", "--output", "x.html/y.html"], "'x.html/y.html' cannot be written: its folder is not there"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_named_and_changes_nothing(run, demo, arguments, said):
    Path("folder.json").mkdir()
    Path("x.html").write_text("precious")
    Path("x.docx").write_text("precious")
    before = everything(demo.parent)
    code, out, err = run(arguments[0], "Marisol", *arguments[1:])
    assert (code, out) == (1, "")
    assert err.startswith(said)
    assert len(err.splitlines()) == 1
    assert everything(demo.parent) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--output", "x.docx"],
            "Invalid value for '--output': write the name of a file that ends in .html.",
        ),
        (["--output", "x.html", "--period", "2025Q5"], "Invalid value for '--period': write a quarter such as 2025Q4"),
    ],
)
def test_an_option_that_cannot_be_meant_is_an_error_of_the_command_line(run, demo, options, said):
    Path("x.docx").write_text("precious")
    before = everything(demo.parent)
    code, out, err = run("summary", "Marisol", *options)
    assert (code, out) == (2, "")
    assert err.startswith(said)
    assert len(err.splitlines()) == 1
    assert everything(demo.parent) == before


@pytest.mark.parametrize(
    "arguments", [["list"], ["check"], ["demo"], ["new", "A", "--no-encryption"], ["metrics", "A"], ["lab"]]
)
def test_a_home_that_is_a_file_is_said(run, demo, arguments):
    Path("file").write_text("precious")
    code, out, err = run(*arguments, "--home", "file")
    assert (code, out) == (2, "")
    assert err.startswith("Invalid value for '--home': a file is there; name a folder.")
    assert Path("file").read_text() == "precious"


DAMAGED = "is damaged or cut off; put it back from a backup if you can; it was left alone."
FOREIGN = "is not a file of a workbook; it was left alone."


@pytest.fixture
def problems(workbook):
    """Return what is said of a workbook after some of its files were damaged."""
    entries = workbook / "entries"
    whole = next(entries.glob("*.parquet")).read_bytes()
    (entries / "a-cut.parquet").write_bytes(whole[: len(whole) // 2])
    (entries / "b-empty.parquet").touch()
    (entries / "c-\x1b[31m.parquet").write_bytes(b"PAR1 and nothing else PAR1")
    (entries / "d-notes.txt").write_text("words")
    (entries / "e-folder.parquet").mkdir()
    where = f"{workbook.name}/entries"
    return [
        f"{where}/a-cut.parquet {DAMAGED}",
        f"{where}/b-empty.parquet {DAMAGED}",
        f"{where}/c-␛[31m.parquet {DAMAGED}",
        f"{where}/d-notes.txt {FOREIGN}",
        f"{where}/e-folder.parquet {FOREIGN}",
    ]


def test_check_names_every_file_that_cannot_be_read(run, demo, problems):
    before = everything(demo)
    code, out, err = run("check")
    assert (code, out.splitlines(), err) == (1, problems, "5 problems found; nothing was changed.\n")
    assert everything(demo) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["list"], "Marisol Quispe Huanca"),
        (["metrics", "Marisol", "--json"], '"sessions_held": 12'),
        (["export", "Marisol", "x.json"], "Written: x.json."),
        (["summary", "Marisol", "--output", "x.html"], "Written: x.html."),
    ],
)
def test_every_command_warns_of_what_it_could_not_read(run, problems, arguments, words):
    code, out, err = run(*arguments)
    assert code == 0
    assert words in out
    assert err.splitlines() == [f"Warning: {problem}" for problem in problems]


def test_where_the_file_with_the_name_is_damaged_it_is_named_beside_the_name_that_nobody_answers_to(run, workbook):
    named = max((workbook / "entries").glob("*.parquet"), key=lambda file: file.stat().st_size)
    named.write_bytes(named.read_bytes()[:-9])
    code, out, err = run("metrics", "Marisol")
    assert (code, out) == (1, "")
    warned, said = err.splitlines()
    assert warned == f"Warning: {workbook.name}/entries/{named.name} {DAMAGED}"
    assert said.startswith("No workbook answers to 'Marisol'; there are: the coachee (")


@pytest.mark.parametrize("damage", [lambda card: card.write_text("{"), lambda card: card.unlink()])
def test_a_workbook_whose_card_is_broken_is_named(run, workbook, damage):
    damage(workbook / "workbook.json")
    code, out, err = run("check")
    assert (code, err) == (1, "1 problem found; nothing was changed.\n")
    assert workbook.name in out
    code, out, err = run("list")
    assert "There is no workbook in" in out
    assert err.startswith(f"Warning: {workbook.name} ")
    code, out, err = run("demo")
    assert (code, out) == (1, "")
    assert "is there already and cannot be opened; 'coaching check' says why" in err


def test_check_goes_on_without_what_is_missing_once_somebody_agrees(run, workbook, tmp_path):
    (tmp_path / "list.md").write_text("- [ ] ring her aunt 2026-01-30")
    run("import", tmp_path / "list.md", "--into", "Marisol", "--yes")
    before = set((workbook / "entries").glob("*.parquet"))
    newest = max(before, key=lambda file: file.stat().st_mtime_ns)
    newest.unlink()
    code, out, err = run("check")
    assert (code, err) == (1, "1 problem found; nothing was changed.\n")
    assert out.startswith(f"{workbook.name}/entries/{newest.name} is missing, and was there before;")
    code, _, err = run("check", "--without-missing")
    assert (code, err) == (1, "Nothing was changed. Where nobody can be asked, say --yes.\n")
    code, out, err = run("check", "--without-missing", "--yes")
    assert (code, err) == (0, "")
    assert "1 file named no more." in out
    assert run("check") == (0, "All is well: 1 workbook read.\n", "")


def test_what_is_still_wrong_without_what_is_missing_is_named(run, workbook):
    for file in (workbook / "entries").glob("[0-9]*[1-9A-Z]*.parquet"):
        file.unlink()
    code, out, err = run("check", "--without-missing", "--yes")
    assert (code, err) == (1, "1 problem found; nothing else was changed.\n")
    assert out.splitlines()[-1].startswith(f"{workbook.name}/entries holds nothing;")


def test_when_all_is_well_check_says_how_much_it_read(run, demo):
    assert run("check") == (0, "All is well: 1 workbook read.\n", "")
    run("new", "Maya", "--no-encryption")
    assert run("check") == (0, "All is well: 2 workbooks read.\n", "")


@pytest.mark.parametrize(
    ("env", "encoding"),
    [
        ({"LC_ALL": "C"}, "utf-8"),
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "utf-8"),
        ({"PYTHONIOENCODING": "cp1252"}, "cp1252"),
        ({"PYTHONIOENCODING": "ascii"}, "utf-8"),
        ({"NO_COLOR": "1", "COLUMNS": "20"}, "utf-8"),
    ],
)
def test_names_of_every_script_are_listed_on_every_terminal(tmp_path, env, encoding):
    name = "مها الشمّري"
    Home(tmp_path).create(name)
    code, out, err = in_another_process("list", home=tmp_path, **env)
    assert (code, err) == (0, b"")
    shown = name if encoding == "utf-8" else name.encode(encoding, "backslashreplace").decode()
    assert out.decode(encoding).splitlines()[1].endswith(f"  {shown}")


def test_an_error_in_another_process_has_its_exit_code_and_no_traceback(demo):
    code, out, err = in_another_process("metrics", "Zoe", home=demo)
    assert (code, out) == (1, b"")
    assert err.startswith(b"No workbook answers to 'Zoe'; there are: Marisol Quispe Huanca (")


def test_a_reader_that_goes_away_is_no_error_of_ours(demo):
    process = started("metrics", "Marisol", "--json", home=demo)
    process.stdout.close()
    _, err = process.communicate(timeout=120)
    assert b"Traceback" not in err
    assert b"went wrong" not in err


@pytest.mark.thorough
def test_imports_at_the_same_time_make_one_whole_workbook(run, demo):
    run("export", "Marisol", "x.json")
    expected = Path("x.json").read_bytes()
    running = [started("import", "x.json", "--no-encryption", home="other") for _ in range(3)]
    for process in running:
        out, err = process.communicate(timeout=120)
        assert (process.returncode, err) == (0, b"")
        assert b"Marisol Quispe Huanca: " in out
    assert run("check", "--home", "other") == (0, "All is well: 1 workbook read.\n", "")
    run("export", "Marisol", "again.json", "--home", "other")
    assert Path("again.json").read_bytes() == expected
