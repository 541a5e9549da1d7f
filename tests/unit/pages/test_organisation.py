"""The page of an organisation: what is said of many, how it is said, and that nothing of few is on it."""

import re

import pytest

from coaching import pages
from coaching.i18n import speaking
from coaching.metrics.organisation.cells import CELLS, CONVERSATION, DAYS_TO_DONE, Cell
from coaching.metrics.organisation.disclosure import disclose
from coaching.pages.organisation import view

MANY = (120, 60, 12)
RARE = Cell("coach", DAYS_TO_DONE[5])


def disclosed(**changes):
    values = dict.fromkeys(CELLS, MANY) | {RARE: (77, 9, 3)} | changes.pop("values", {})
    return disclose(**{"quarter": "2025Q3", "homes": 30, "epsilon": 1.0, "shape": 1.0, "values": values} | changes)


@pytest.fixture(scope="module", name="html")
def _html():
    return pages.organisation_page(disclosed())


def test_it_says_the_quarter_and_how_many_coaches_took_part(html):
    assert "<h1>Coaching, July to September 2025</h1>" in html
    assert "Counted by 30 coaches at home" in html


def test_numbers_stand_with_their_error_and_shares_from_thirty_on(html):
    assert html.count("about 120 ± 4") > 30
    assert "33 % ± 1 (about 240 ± 6 of about 720 ± 9)" in html


def test_of_fewer_than_thirty_no_share_is_said():
    few = dict.fromkeys(CELLS, (4, 12, 4))
    finding = view(disclosed(values=few)).figures[0].finding
    assert "%" not in finding
    assert "about 8 ± 6" in finding


def test_of_few_people_there_is_no_number_and_no_sum_that_would_tell_it(html):
    assert "77" not in re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", html, flags=re.DOTALL)
    assert "too few to be shown" in html
    assert "Days to done: too few to be told for all" in html


def test_without_anything_to_show_every_figure_says_so():
    nothing = view(disclosed(values=dict.fromkeys(CELLS, (0, 0, 0))))
    assert ["too few to be told" in figure.caption for figure in nothing.figures] == [True] * 5
    assert {row[2] for figure in nothing.figures for row in figure.table.rows} == {"too few to be shown"}


def test_without_noise_numbers_are_said_plainly():
    assert ">120<" in pages.organisation_page(disclosed(epsilon=1000.0))


def test_it_asks_for_nothing_and_runs_nothing(html):
    assert "default-src &#39;none&#39;" in html
    assert not re.search(r"<script|<link|\bon\w+=|https?://(?!www\.w3\.org)", html)


@pytest.mark.thorough
def test_it_is_the_same_bytes_for_the_same_numbers(html):
    assert pages.organisation_page(disclosed()) == html


def test_it_speaks_german():
    with speaking("de"):
        page = pages.organisation_page(disclosed())
    assert '<html lang="de"' in page
    assert "Zusagen der begleiteten Personen" in page
    assert not re.search(r"\b(about|of|coaches counted|too few)\b", re.sub(r"<[^>]*>", " ", page.split("</style>")[1]))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_it(html, scheme, tmp_path):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - of the browser tests alone
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - as above

    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(color_scheme=scheme, bypass_csp=True)
        page.goto((tmp_path / "page.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert Axe().run(page).response["violations"] == []
        browser.close()


def test_there_is_a_figure_for_each_question():
    assert [figure.name for figure in view(disclosed()).figures] == [
        "organisation-kept",
        "organisation-days",
        "organisation-gaps",
        "organisation-opened",
        "organisation-moving",
    ]
    assert Cell(CONVERSATION, "sessions") in disclosed().numbers
