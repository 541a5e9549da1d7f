"""What starting costs: a notebook's first cell must not wait for what only a later one needs."""

import os
import subprocess
import sys

import pytest

STARTS = {
    "typer": ["-c", "import typer, rich"],
    "libraries": ["-c", "import pyarrow.parquet, pydantic"],
}


def run(program):
    return start("-c", program)


def start(*arguments, **surroundings):
    started = [sys.executable, *arguments]
    return subprocess.run(started, check=True, capture_output=True, text=True, env=os.environ | surroundings).stdout


def test_importing_coaching_takes_hardly_longer_than_the_libraries_it_stands_on(turns):
    turns.run(
        lambda: run("import coaching"),
        {
            "libraries": lambda: run("import pandas, pyarrow, ipywidgets"),
            "session": lambda: run("from coaching import session"),
        },
        5,
    )
    turns.show_time("import pandas, pyarrow, ipywidgets", "libraries")
    turns.show_time("import coaching")
    turns.show_time("from coaching import session", "session")
    turns.check("import coaching : import pandas, pyarrow, ipywidgets", "libraries", 1.15)


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_the_help_and_the_version_take_hardly_longer_than_importing_what_reads_a_command_line(turns, option):
    turns.run(lambda: start("-m", "coaching", option), {"typer": lambda: start(*STARTS["typer"])}, 9)
    turns.show_time("import typer, rich", "typer")
    turns.show_time(f"coaching {option}")
    turns.check(f"coaching {option} : import typer, rich", "typer", 1.5)


def test_listing_the_workbooks_beside_importing_what_reads_them(turns, home):
    peers = {"libraries": lambda: start(*STARTS["libraries"])}
    turns.run(lambda: start("-m", "coaching", "list", COACHING_HOME=str(home.folder)), peers, 9)
    turns.show_time("import pyarrow.parquet, pydantic", "libraries")
    turns.show_time("coaching list")
    turns.check("coaching list : import pyarrow.parquet, pydantic", "libraries", 4.5)


@pytest.mark.parametrize("begin", ["session", "review"])
def test_nothing_is_imported_that_only_charts_and_pages_need(begin):
    loaded = run(f"import sys; from coaching import {begin}; print(*sys.modules)").split()
    assert not {"matplotlib", "jinja2"} & set(loaded)
