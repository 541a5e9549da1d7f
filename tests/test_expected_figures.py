"""Both invented years, imported as a user would, against the figures that they state themselves."""

import json
from importlib.resources import files

import pytest

from coaching.model.vocabulary import Side
from coaching.workbook.home import Home

YEARS = ["demo_year.json", "edge_year.json"]
# What edge year item I05 is part of: it is private to the coachee, so a coach's copy counts without it.
WITHOUT_I05 = {
    "items_by_owner_and_state": {
        "person": {"done": 2, "let_go": 2, "draft": 1, "open": 3},
        "coach": {"done": 2, "open": 1},
    },
    "origin_of_person_items": {"person": 7, "together": 1},
}


def expected(year):
    found = json.loads(files("coaching.data").joinpath(year).read_text(encoding="utf-8"))["expected"]
    found.pop("warnings_an_importer_should_show")
    return found


def figures(tmp_path, year, holder):
    imported = Home(tmp_path).import_file(files("coaching.data").joinpath(year), holder)
    return imported.workbook.figures()


@pytest.mark.parametrize("year", YEARS)
def test_the_coachees_copy_reproduces_every_expected_figure(tmp_path, year):
    found = figures(tmp_path, year, Side.COACHEE)
    wanted = expected(year)
    assert {key: found[key] for key in wanted} == wanted


def test_the_coachs_copy_of_the_demo_year_reproduces_every_expected_figure(tmp_path):
    found = figures(tmp_path, "demo_year.json", Side.COACH)
    wanted = expected("demo_year.json")
    assert {key: found[key] for key in wanted} == wanted


def test_the_coachs_copy_of_the_edge_year_counts_without_what_is_private_to_the_coachee(tmp_path):
    found = figures(tmp_path, "edge_year.json", Side.COACH)
    wanted = expected("edge_year.json")
    del wanted["items_at_end"]["I05"]
    wanted["review_coverage"]["S06"] = [1, 3]
    wanted |= WITHOUT_I05
    assert {key: found[key] for key in wanted} == wanted


@pytest.mark.parametrize("year", YEARS)
def test_an_import_shows_the_warnings_that_the_year_asks_for(tmp_path, year):
    source = files("coaching.data").joinpath(year)
    wanted = json.loads(source.read_text(encoding="utf-8"))["expected"]["warnings_an_importer_should_show"]
    assert list(Home(tmp_path).import_file(source).warnings) == wanted


@pytest.mark.parametrize("year", YEARS)
def test_importing_twice_changes_nothing(tmp_path, year):
    home = Home(tmp_path)
    first = home.import_file(files("coaching.data").joinpath(year))
    before = first.workbook.exported()
    again = home.import_file(files("coaching.data").joinpath(year))
    assert (again.added.new, again.added.known) == (0, first.added.new)
    assert again.workbook.exported() == before


@pytest.mark.parametrize("year", YEARS)
def test_export_and_import_elsewhere_is_lossless(tmp_path, year):
    first = Home(tmp_path / "here").import_file(files("coaching.data").joinpath(year)).workbook
    file = tmp_path / "whole.json"
    first.write_export(file)
    second = Home(tmp_path / "there").import_file(file)
    assert second.workbook.exported() == first.exported()
    assert second.workbook.figures() == first.figures()
    assert second.added.left_out == 0
