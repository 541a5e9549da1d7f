"""The pages that leave a workbook, opened from disk in a real browser: on any screen, by anybody, and on paper."""

import io
import re
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import axe_playwright_python
import pytest
from pypdf import PdfReader

from coaching.i18n import LANGUAGES, speaking
from coaching.metrics.periods import ALL_TIME, parse_period
from coaching.pages import organisation_page, plan_page, summary_page
from tests.unit.pages.conftest import ASOF, record, shared_of, shared_year, sheet_of
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
#: The last day that is asked about of each.
YEARS = {**ASOF, "active_pair": date(2026, 11, 30)}
A4 = {"width": 673, "height": 986}
# A tab at the end of a line is there, and nobody sees it.
OUT_OF_SIGHT = """() => [...document.querySelectorAll('h1, h2, h3, p, li, dd, td, summary, bdi, svg')]
  .filter((e) => e.checkVisibility() && !e.closest('.scroll')
    && !(e.matches('bdi') && e.textContent.includes('\\t')) && e.getBoundingClientRect().width > 0)
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)
  .map((e) => e.outerHTML.slice(0, 120))"""
# Letters of fewer than twelve pixels, as they are seen.
SMALL_LETTERS = """() => {
  const words = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), found = [];
  while (words.nextNode()) {
    const { parentElement: e, textContent } = words.currentNode;
    if (!textContent.trim() || !e.checkVisibility() || e.closest('.hidden')) continue;
    const svg = e.closest('svg'), scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    if (parseFloat(getComputedStyle(e).fontSize) * scale < 11.9) found.push(`${e.className} ${textContent}`);
  }
  return found;
}"""
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


def part_letters(page):
    """Set lines, paragraphs, words and letters as far apart as WCAG's criterion 1.4.12 asks for."""
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync(`main *{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}
          main p{margin-bottom:2em!important}`);
        document.adoptedStyleSheets = [sheet]; }"""
    )


def turn(page):
    """Lay the page out from right to left, as for a language that is written so."""
    page.evaluate("document.adoptedStyleSheets = []; document.documentElement.dir = 'rtl'")


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
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_runs_out_of_the_window(opened, name, year, width):
    page = opened(name, year, width)
    for happens in (None, unfold, part_letters, turn):
        if happens:
            happens(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(OUT_OF_SIGHT) == []


@pytest.mark.parametrize("name", ["plan", "summary"])
@pytest.mark.parametrize(("width", "high"), [(390, 44), (1280, 24)])
def test_everything_can_be_read_and_pressed(opened, name, width, high):
    page = opened(name, "demo_year", width)
    assert page.locator("summary").evaluate_all("(all) => Math.min(...all.map((e) => e.offsetHeight || 99))") >= high
    unfold(page)
    assert page.evaluate(SMALL_LETTERS) == []


def test_each_figure_is_announced_once_by_what_it_shows(opened):
    page = opened("summary", "demo_year")
    findings = page.locator("figcaption .finding").all_inner_texts()
    assert len(findings) == 10
    named = [page.get_by_role("figure", name=finding, exact=True).count() for finding in findings]
    assert named == [findings.count(finding) for finding in findings]
    assert page.get_by_role("figure").count() == 10
    assert page.get_by_role("img").count() == 0
    assert page.get_by_role("navigation", name="Contents").get_by_role("link").count() == 5


@pytest.mark.parametrize("name", ["plan", "summary"])
def test_tab_stops_only_where_something_can_be_done(opened, name):
    page = opened(name, "demo_year")
    stops = page.locator("main").get_by_role("link").count() + page.locator("summary").filter(visible=True).count()
    names = set()
    for _ in range(stops):
        page.keyboard.press("Tab")
        names.add(page.evaluate("document.activeElement.tagName"))
    assert names == {"A", "SUMMARY"}
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") not in names


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("year", ["demo_year", "active_pair"])
@pytest.mark.parametrize("name", ["plan", "summary"])
def test_a_year_prints_on_six_sheets_of_a4_each_with_its_name_and_number(browser, tmp_path, name, year, language):
    with speaking(language):
        made = {"plan": plan_page, "summary": partial(summary_page, period=ALL_TIME)}[name]
        (tmp_path / "page.html").write_text(made(shared_year(year), asof=YEARS[year]), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    sheets = printed(page)
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {(595, 842)}
    assert len(sheets) <= 6
    texts = [" ".join(sheet.extract_text().split()) for sheet in sheets]
    assert all(page.title() in text for text in texts[1:])
    assert all(f"{number} / {len(sheets)}" in text for number, text in enumerate(texts, 1))


def test_a_quarter_of_a_thousand_promises_is_no_endless_page(browser, tmp_path):
    days = [date(2025, 10, 1) + timedelta(days=number % 60) for number in range(1000)]
    items = [
        record("item", str(number), held_on=day, what=f"Carry stone {number}", owner="coachee", by=day)
        for number, day in enumerate(days)
    ]
    html = summary_page(shared_of(items), asof=date(2025, 12, 31), period=parse_period("2025Q4"))
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((tmp_path / "page.html").as_uri())
    assert page.evaluate("document.documentElement.scrollHeight") <= 8_000
    assert len(printed(page)) <= 12


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
    assert not re.search(r"\d{4}[A-Z]|[a-z][A-Z][a-z]", page.locator("main header").inner_text())
    assert page.locator(".narrow, .on-paper").filter(visible=True).count() == 0
    titles = page.locator("h1, h2").evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().top)")
    assert titles == sorted(titles)
    assert page.evaluate(
        "[...document.querySelectorAll('p, li')].filter((e) => e.textContent.trim() && !e.closest('[hidden]'))"
        ".every((e) => e.checkVisibility())"
    )
