"""The command that lets numbers go out: it shows all of them, asks, and writes nothing without a yes."""

import sys

import pytest

from coaching.__main__ import main
from tests.unit.locks import everything


@pytest.fixture
def coaching(capsys, monkeypatch):
    """Return a function that runs a command line and gives its exit code, output and errors."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["coaching", *map(str, arguments)])
        code = main()
        return (code, *capsys.readouterr())

    return run


def test_every_number_is_shown_in_plain_words_and_without_a_yes_nothing_is_written(coaching, demo, tmp_path):
    before = everything(tmp_path)
    code, shown, errors = coaching("counts", "--quarter", "2025q3", "--output", tmp_path / "out")
    assert (code, errors) == (1, "Nothing was written. Where nobody can be asked, say --yes.\n")
    assert "Promises of the people coached:\n  agreed in the quarter" in shown
    assert sum(line.startswith("  ") for line in shown.splitlines()) == 35
    assert everything(tmp_path) == before


@pytest.mark.thorough
def test_with_a_yes_there_are_two_files_and_the_words_that_go_with_them(coaching, demo, tmp_path):
    code, shown, _ = coaching("counts", "--quarter", "2025Q3", "--output", tmp_path / "out", "--yes")
    assert code == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["counts-a.parquet", "counts-b.parquet"]
    assert "Never give both to one" in shown
    again = coaching("counts", "--quarter", "2025Q3", "--output", tmp_path / "again", "--yes")[1]
    assert "was counted before" in again


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--quarter", "2025"], "'--quarter': period: write a quarter"),
        (["--quarter", "2999Q1"], "'--quarter': period: 2999Q1 ends on 2999-03-31"),
        (["--quarter", "2025Q3", "--epsilon", "0"], "write a number from 0.01 on"),
        (["--quarter", "2025Q3", "--epsilon", "nan"], "write a number from 0.01 on"),
        (["--quarter", "2025Q3", "--homes", "2"], "'--homes'"),
    ],
)
def test_a_value_that_cannot_be_meant_is_named(coaching, demo, tmp_path, options, why):
    code, _, errors = coaching("counts", "--output", tmp_path / "out", *options)
    assert code == 2
    assert why in errors
    assert not (tmp_path / "out").exists()
