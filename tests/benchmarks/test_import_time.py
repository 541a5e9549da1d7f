"""What starting costs: a notebook's first cell must not wait for what only a later one needs."""

import subprocess
import sys

import pytest


def run(program):
    return subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout


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


@pytest.mark.parametrize("begin", ["session", "review"])
def test_nothing_is_imported_that_only_charts_and_pages_need(begin):
    loaded = run(f"import sys; from coaching import {begin}; print(*sys.modules)").split()
    assert not {"matplotlib", "jinja2"} & set(loaded)
