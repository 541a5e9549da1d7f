"""The quarterly review in a real JupyterLab: what is folded is drawn when opened, and anew for another choice."""

import pytest
from playwright.sync_api import expect

from coaching.workbook.home import Home
from tests.browser.lab import distance_from_top, form, open_notebook
from tests.invented_year import import_year

CHARTS = [
    "threads",
    "promise-dots",
    "lifelines",
    "ageing",
    "burn-up",
    "time-to-done",
    "history-flow",
    "theme-lanes",
    "convergence",
    "conversation",
]
DRAWN = ".coaching-view[aria-busy=false]"
CHOOSE = "With whom, and which period"
THEMES = ["What goes on", "Who does what by when", "The mission statement", "The conversations"]
PIECES = len(THEMES) + 3  # and the letter, some sentences, what the coach promised


@pytest.fixture(scope="module")
def opened(standing_lab, chromium):
    """One review for all of these tests, of the two invented years."""
    standing_lab.begin_again()
    import_year(Home(standing_lab.home), "edge_year")
    page = chromium.new_page(viewport={"width": 1280, "height": 1000}, locale="en-GB")
    open_notebook(page, standing_lab, "quarterly_review.ipynb")
    expect(page.locator(DRAWN)).to_have_count(PIECES, timeout=60_000)
    expect(page.locator(".coaching-view .letter")).to_be_in_viewport()
    page.distance_after_run_all = distance_from_top(page, CHOOSE)
    for theme in THEMES:
        fold(page, theme).locator("> summary").click()
    expect(page.locator(DRAWN)).to_have_count(PIECES, timeout=60_000)
    yield page
    page.close()


@pytest.fixture
def review(opened):
    """The review of Marisol's last quarter."""
    choose = form(opened, CHOOSE)
    whom, period = choose.get_by_label("With whom?"), choose.get_by_label("Period")
    is_other = whom.evaluate("choice => choice.selectedIndex") > 0
    whom.select_option(index=0)
    if is_other:  # nothing that was open of somebody else stays so
        expect(opened.locator(".coaching-theme[open]")).to_have_count(0)
    period.select_option("2025Q4")
    for theme in THEMES:
        if not fold(opened, theme).evaluate("details => details.open"):
            fold(opened, theme).locator("> summary").click()
    expect(piece(opened, "lifelines")).to_contain_text("Write down how Marisol teaches")
    expect(opened.locator(DRAWN)).to_have_count(PIECES)
    return opened


def fold(page, title):
    """Return the fold of a theme."""
    return page.locator(".coaching-theme", has=page.get_by_role("heading", name=title, exact=True))


def piece(review, name):
    """Return the figure that is a chart."""
    return review.locator(".coaching-view figure", has=review.locator(f"svg#{name}"))


def test_after_run_all_the_view_is_at_what_is_chosen_first(opened):
    assert 0 <= opened.distance_after_run_all < 40


def test_it_shows_promises_and_mission(review):
    for name in CHARTS:
        expect(review.locator(f".coaching-view svg#{name}[role=img]")).to_be_visible()
    expect(review.locator(".coaching-view ins").first).to_be_visible()


def test_choosing_another_period_draws_in_place(review):
    choose = form(review, CHOOSE)
    lifelines = piece(review, "lifelines")
    expect(lifelines).to_contain_text("Write down how Marisol teaches")
    choose.get_by_label("Period").select_option("2025Q1")
    expect(lifelines).to_contain_text("Say one thing I disagree with")
    expect(lifelines).not_to_contain_text("Write down how Marisol teaches")


def test_choosing_another_person_draws_their_workbook(review):
    choose = form(review, CHOOSE)
    choose.get_by_label("With whom?").select_option(index=1)
    expect(review.locator(".coaching-view ins, .coaching-view del").first).to_be_visible()
    expect(review.locator(".coaching-view .letter")).to_contain_text("river deltas")
    expect(review.locator("body")).not_to_contain_text("Marisol’s promises")


@pytest.mark.parametrize(
    ("form_of_file", "begins"), [("SVG", b"<svg"), ("PNG", b"\x89PNG"), ("CSV", '\ufeff"Agreed in"'.encode())]
)
def test_a_chart_can_be_taken_along(review, form_of_file, begins):
    dots = piece(review, "promise-dots")
    with review.expect_download() as taken:
        dots.get_by_role("button", name=f"as {form_of_file}").click()
    assert taken.value.suggested_filename == f"promise-dots.{form_of_file.lower()}"
    assert taken.value.path().read_bytes().startswith(begins)


def test_what_a_spreadsheet_would_run_is_plain_text_in_the_table(review):
    lifelines = piece(review, "lifelines")
    lifelines.locator("tbody td, tbody th").first.evaluate("cell => { cell.textContent = '=1+1' }")
    with review.expect_download() as taken:
        lifelines.get_by_role("button", name="as CSV").click()
    assert '"\'=1+1"' in taken.value.path().read_text(encoding="utf-8-sig")


def test_what_the_coach_promised_is_folded_until_nobody_looks_on(review):
    alone = fold(review, "What you promised, and to whom")
    expect(alone).not_to_have_attribute("open", "")
    expect(alone).not_to_contain_text("Find the letter")
    alone.locator("> summary").click()
    expect(alone.get_by_text("Find the letter").first).to_be_visible()
    alone.locator("> summary").click()
