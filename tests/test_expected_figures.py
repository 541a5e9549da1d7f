"""The invented years, imported as a user would, against the figures that they state themselves."""

from datetime import date

import pytest

from coaching.model.vocabulary import Side
from coaching.workbook.home import Home
from tests.invented_year import import_year, load

YEARS = ["demo_year", "edge_year", "active_pair"]
#: What is told of a year, but is no figure of the program.
BESIDES = {"asof", "more", "warnings_an_importer_should_show"}
# What edge year item I05 is part of: it is private to the coachee, so a coach's copy counts without it.
WITHOUT_I05 = {
    "items_by_owner_and_state": {
        "person": {"done": 2, "let_go": 2, "draft": 1, "open": 3},
        "coach": {"done": 2, "open": 1},
    },
    "origin_of_person_items": {"person": 7, "together": 1},
}


def expected(year):
    return {name: figure for name, figure in load(year)["expected"].items() if name not in BESIDES}


def figures(tmp_path, year, holder):
    asof = load(year)["expected"].get("asof")
    workbook = import_year(Home(tmp_path), year, holder).workbook
    return workbook.figures(date.fromisoformat(asof) if asof else None)


@pytest.mark.parametrize("year", YEARS)
def test_the_coachees_copy_reproduces_every_expected_figure(tmp_path, year):
    found = figures(tmp_path, year, Side.COACHEE)
    wanted = expected(year)
    assert {key: found[key] for key in wanted} == wanted


@pytest.mark.parametrize("year", ["demo_year", "active_pair"])
def test_the_coachs_copy_of_a_year_without_a_private_promise_reproduces_every_expected_figure(tmp_path, year):
    found = figures(tmp_path, year, Side.COACH)
    wanted = expected(year)
    assert {key: found[key] for key in wanted} == wanted


def test_the_coachs_copy_of_the_edge_year_counts_without_what_is_private_to_the_coachee(tmp_path):
    found = figures(tmp_path, "edge_year", Side.COACH)
    wanted = expected("edge_year")
    del wanted["items_at_end"]["I05"]
    wanted["review_coverage"]["S06"] = [1, 3]
    wanted |= WITHOUT_I05
    assert {key: found[key] for key in wanted} == wanted


@pytest.mark.parametrize("year", YEARS)
def test_importing_twice_changes_nothing(tmp_path, year):
    home = Home(tmp_path)
    first = import_year(home, year)
    before = first.workbook.exported()
    again = import_year(home, year)
    assert (again.added.new, again.added.known) == (0, first.added.new)
    assert again.workbook.exported() == before


@pytest.mark.parametrize("year", YEARS)
def test_export_and_import_elsewhere_is_lossless(tmp_path, year):
    first = import_year(Home(tmp_path / "here"), year).workbook
    file = tmp_path / "whole.json"
    first.write_export(file)
    second = Home(tmp_path / "there").import_file(file)
    assert second.workbook.exported() == first.exported()
    assert second.workbook.figures() == first.figures()
    assert second.added.left_out == 0
