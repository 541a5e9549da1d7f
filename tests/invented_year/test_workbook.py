"""An invented year as a workbook: what the package ships, and what the command writes."""

import subprocess
import sys
from importlib.resources import files

import pytest

from coaching.formats import read
from tests.invented_year import DATA, load, read_year, write


def run(*arguments):
    command = [sys.executable, "-m", "tests.invented_year", *map(str, arguments)]
    return subprocess.run(command, cwd=DATA.parents[2], capture_output=True, text=True, encoding="utf-8", check=False)


def by_id(records):
    return {record["id"]: record for record in records}


@pytest.mark.parametrize(("year", "shipped"), [("demo_year", "demo"), ("active_pair", "active_pair")])
def test_what_the_package_ships_is_made_of_the_invented_years(tmp_path, year, shipped):
    assert run(DATA / f"{year}.json", tmp_path / "made.json").returncode == 0
    assert (tmp_path / "made.json").read_bytes() == files("coaching.data").joinpath(f"{shipped}.json").read_bytes()


@pytest.mark.parametrize("holder", ["coach", "coachee"])
@pytest.mark.parametrize("name", ["demo_year", "edge_year", "active_pair"])
def test_a_file_in_the_workbooks_form_brings_in_what_the_year_does(tmp_path, name, holder):
    year = read_year(name, holder)
    incoming = read(write(year, tmp_path / "year.json"))
    assert (incoming.workbook, incoming.holder, incoming.warnings) == (year.workbook, holder, ())
    assert by_id(incoming.records) == by_id(year.records)


def test_the_command_says_what_looks_wrong_and_whose_copy_it_writes(tmp_path):
    done = run(DATA / "edge_year.json", tmp_path / "edge.json", "--as", "coachee")
    warnings = load("edge_year")["expected"]["warnings_an_importer_should_show"]
    assert done.stderr.splitlines() == [f"Warning: {warning}" for warning in warnings]
    assert read(tmp_path / "edge.json").holder == "coachee"


def test_what_is_no_year_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "year.json").write_text('{"schema": "coaching-workbook-data/0.2"}')
    done = run(tmp_path / "year.json", tmp_path / "out.json")
    assert done.returncode == 1
    assert done.stderr == (
        "year.json cannot be read: schema must be one of 'coaching-workbook-data/0.1'; person is missing. "
        "Mend it in the file and bring it in again.\n"
    )
    assert not (tmp_path / "out.json").exists()
