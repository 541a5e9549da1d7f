"""The pages that leave a workbook, opened from disk in a real browser: on any screen, by anybody, and on paper."""

import io
from pathlib import Path

import axe_playwright_python
import pytest
from pypdf import PdfReader

from coaching.i18n import LANGUAGES, speaking
from coaching.metrics.periods import ALL_TIME
from coaching.pages import organisation_page, plan_page, summary_page
from tests.unit.pages.conftest import ASOF, shared_year, sheet_of
from tests.unit.pages.test_organisation import disclosed

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = {
    "plan": lambda year: plan_page(shared_year(year), asof=ASOF[year]),
    "summary": lambda year: summary_page(shared_year(year), asof=ASOF[year], period=ALL_TIME),
    "sheet": sheet_of,
}
EVERY = pytest.mark.parametrize(("name", "year"), [(name, year) for name in PAGES for year in ASOF])
#: The page of an organisation, of which there is one in each language.
ORGANISATION = [("organisation", language) for language in LANGUAGES]
EVERY_SCREEN = pytest.mark.parametrize(
    ("name", "year"), [*((name, year) for name in PAGES for year in ASOF), *ORGANISATION]
)
A4 = {"width": 673, "height": 986}
OUT_OF_SIGHT = """() => [...document.querySelectorAll('h1, h2, h3, p, li, dd, td, summary, bdi, svg')]
  .filter((e) => e.checkVisibility() && !e.closest('.scroll') && e.getBoundingClientRect().width > 0)
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)
  .map((e) => e.outerHTML.slice(0, 120))"""
# What is drawn beside text in a chart, as the browser shows it in this scheme.
FAINT_LABELS = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).map(Number).map((v) => v / 255)
      .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = light(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll('svg text')].filter((e) => {
    const ink = light(getComputedStyle(e).fill);
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05) < 4.5;
  }).map((e) => `${getComputedStyle(e).fill} ${e.textContent}`);
}"""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for name, made in PAGES.items():
        for year in ASOF:
            (folder / f"{name}-{year}.html").write_text(made(year), encoding="utf-8")
    for name, language in ORGANISATION:
        with speaking(language):
            (folder / f"{name}-{language}.html").write_text(organisation_page(disclosed()), encoding="utf-8")
    return folder


@pytest.fixture
def opened(browser, files):
    """Open a page from disk; what it asks for and complains of is kept beside it."""

    def open_(name, year, width=1280, scheme="light"):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.goto((files / f"{name}-{year}.html").as_uri())
        return page

    return open_


def unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


def violations(page):
    """Return what axe-core finds wrong; its script comes in by the debugger, as the page itself allows none."""
    page.evaluate(AXE)
    told = page.evaluate("(values) => axe.run({ runOnly: { type: 'tag', values } })", LEVELS)
    assert "color-contrast" in {one["id"] for one in told["passes"]}
    return [f"{one['id']}: {node['html'][:160]}" for one in told["violations"] for node in one["nodes"]]


@EVERY_SCREEN
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_folded_or_unfolded(opened, name, year, scheme, width):
    page = opened(name, year, width, scheme)
    assert violations(page) == []
    unfold(page)
    assert violations(page) == []


@EVERY_SCREEN
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_runs_out_of_the_window(opened, name, year, width):
    page = opened(name, year, width)
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(OUT_OF_SIGHT) == []
        unfold(page)


@EVERY
def test_a_page_asks_for_nothing_but_itself_and_breaks_no_rule_of_its_policy(opened, name, year):
    page = opened(name, year)
    unfold(page)
    assert [url for url in page.asked if not url.endswith(f"{name}-{year}.html")] == []
    assert page.complaints == []
    assert page.evaluate("getComputedStyle(document.querySelector('.coaching-page')).maxWidth") != "none"


@pytest.mark.parametrize("year", ASOF)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_labels_of_the_charts_can_be_read_in_both_schemes(opened, year, scheme):
    page = opened("summary", year, scheme=scheme)
    assert page.locator("svg text").count() > 30
    assert page.evaluate(FAINT_LABELS) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_year_is_no_endless_page(opened, name):
    """Its statement of three thousand words alone was twenty-nine thousand pixels high."""
    page = opened(name, "edge_year")
    assert page.evaluate("document.documentElement.scrollHeight") < 12_000


@EVERY
def test_on_paper_everything_fits_between_the_margins_in_black_on_white(opened, name, year):
    page = opened(name, year, scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size(A4)
    assert page.evaluate("document.documentElement.scrollWidth") <= A4["width"]
    colours = page.evaluate(
        "(({ color }) => [color, getComputedStyle(document.body).backgroundColor])"
        "(getComputedStyle(document.querySelector('h1')))"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert page.locator("figure, .dreams > li, .cards > li, .step").evaluate_all(
        "(all) => all.every((e) => getComputedStyle(e).breakInside === 'avoid')"
    )
    assert page.locator("h2, h3").evaluate_all(
        "(all) => all.every((e) => e.closest('summary') || getComputedStyle(e).breakAfter === 'avoid')"
    )


def printed(page):
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages


@pytest.mark.parametrize("name", PAGES)
def test_a_page_prints_on_a_few_sheets_of_a4(opened, name):
    sheets = printed(opened(name, "demo_year"))
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {(595, 842)}
    assert len(sheets) <= 26


@pytest.mark.parametrize(("name", "year"), [(name, year) for name in ("plan", "summary") for year in ASOF])
def test_on_paper_no_heading_stands_alone_at_the_end_of_a_sheet(opened, name, year):
    page = opened(name, year)
    headings = {" ".join(words.split()) for words in page.locator("h2, h3").all_inner_texts()}
    ends = [sheet.extract_text().strip().splitlines()[-1] for sheet in printed(page)]
    assert len(ends) > 1
    assert headings.isdisjoint(" ".join(words.split()) for words in ends)


@pytest.mark.parametrize("name", PAGES)
def test_without_its_style_sheet_a_page_still_reads_from_top_to_bottom(opened, name):
    page = opened(name, "demo_year")
    page.evaluate("document.querySelector('style').remove()")
    unfold(page)
    titles = page.locator("h1, h2").evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().top)")
    assert titles == sorted(titles)
    assert page.evaluate(
        "[...document.querySelectorAll('p, li')].every((e) => !e.textContent.trim() || e.checkVisibility())"
    )
