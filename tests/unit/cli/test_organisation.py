"""The commands of the collectors, from many homes to the page."""

import re
import secrets
import shutil
import sys

import pytest

from coaching.__main__ import main
from coaching.formats.count_shares import BOTH, WIDTH, Heading, Setting, read_total, write_shares
from coaching.metrics.organisation.noise import error
from coaching.metrics.organisation.secret_shares import split
from coaching.metrics.periods import parse_period
from coaching.workbook.counts import propose
from coaching.workbook.home import Home
from coaching.workbook.totals import join

SETTING = Setting("2025Q3", 1.0, 3)


@pytest.fixture
def coaching(capsys, monkeypatch, tmp_path):
    """Return a function that runs a command line and gives its exit code, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["coaching", *map(str, arguments)])
        code = main()
        return (code, *capsys.readouterr())

    return run


@pytest.fixture
def shares(tmp_path):
    """Return a folder of each collector, with what four homes gave."""
    for which in BOTH:
        (tmp_path / which).mkdir()
    for number in range(4):
        identity = secrets.token_hex(16)
        for which, vector in zip(BOTH, split([5] * WIDTH), strict=True):
            content = write_shares(Heading(which, SETTING), [(identity, vector)])
            (tmp_path / which / f"{number}.parquet").write_bytes(content)
    return tmp_path


def test_from_the_shares_of_four_homes_to_the_page(coaching, shares):
    for which in BOTH:
        code, said, errors = coaching("organisation", "add", which, "--output", f"total-{which}.parquet")
        assert (code, errors) == (0, "")
        assert said.startswith(f"2025Q3: 4 homes added up in total-{which}.parquet.\nCompare total-{which}.txt")
    assert (shares / "total-a.txt").read_text() == (shares / "total-b.txt").read_text()
    code, said, _ = coaching("organisation", "page", "total-a.parquet", "total-b.parquet", "--output", "page.html")
    assert (code, said.partition(".html")[0]) == (0, "Written: page")
    assert "about 20 ± 5" in (shares / "page.html").read_text(encoding="utf-8")


@pytest.mark.soak
def test_from_five_hundred_homes_to_totals_within_the_error_that_is_stated(coaching, tmp_path):
    template, homes = Home(tmp_path / "template"), 500
    template.demo()
    truth = propose(template, parse_period("2025Q3")).numbers
    for number in range(homes):
        home, out = tmp_path / f"home-{number}", tmp_path / f"out-{number}"
        shutil.copytree(template.folder, home)
        said = coaching(*("counts", "--quarter", "2025Q3", "--homes", homes, "--yes", "--home", home, "--output", out))
        assert said[0] == 0, said
        shutil.rmtree(home)
        for which in BOTH:
            (tmp_path / which).mkdir(exist_ok=True)
            (out / f"counts-{which}.parquet").rename(tmp_path / which / f"{number}.parquet")
    for which in BOTH:
        assert coaching("organisation", "add", which, "--output", f"total-{which}.parquet")[0] == 0
    assert coaching("organisation", "page", "total-a.parquet", "total-b.parquet", "--output", "page.html")[0] == 0
    shown = join(*(read_total(tmp_path / f"total-{which}.parquet") for which in BOTH))
    away = [abs(number - homes * truth[cell]) for cell, number in shown.numbers.items()]
    assert shown.homes == homes
    assert away
    assert all(truth[cell] for cell in shown.numbers)
    assert sum(one <= error(shown.epsilon, shown.shape) for one in away) >= 0.9 * len(away)


def test_what_one_side_lacks_is_named_and_goes_on_by_the_list_of_the_other(coaching, shares):
    (shares / "a" / "0.parquet").write_bytes(b"PAR1")
    _, _, errors = coaching("organisation", "add", "a", "--output", "total-a.parquet")
    assert re.fullmatch(r"Warning: '.*0\.parquet': it is damaged, or no Parquet file\.\n", errors)
    coaching("organisation", "add", "b", "--output", "first-b.parquet")
    join = ("organisation", "page", "--output", "page.html", "total-a.parquet")
    code, _, errors = coaching(*join, "first-b.parquet")
    assert (code, "nothing is shown. Collector b alone has" in errors, (shares / "page.html").exists()) == (
        1,
        True,
        False,
    )
    coaching("organisation", "add", "b", "--only", "total-a.txt", "--output", "total-b.parquet")
    assert coaching(*join, "total-b.parquet")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (["add", "a", "--output", "total.csv"], 2, "ends in .parquet"),
        (["add", "nowhere", "--output", "total.parquet"], 1, "'nowhere' holds no file"),
        (["add", "a", "--output", "here.parquet"], 1, "'here.parquet' is there already"),
        (["add", "a", "--only", "here.parquet", "--output", "total.parquet"], 1, "'here.parquet' is no list"),
        (["page", "a", "--output", "page.html"], 2, "name two files"),
        (["page", "here.parquet", "no.parquet", "--output", "page.html"], 1, "'here.parquet' cannot be read"),
        (["nothing"], 2, "No such command"),
    ],
)
def test_what_cannot_be_meant_is_named(coaching, shares, arguments, code, why):
    (shares / "here.parquet").write_bytes(b"\xff")
    got, _, errors = coaching("organisation", *arguments)
    assert (got, why in errors) == (code, True), errors
