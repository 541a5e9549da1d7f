"""The quarterly review in a real JupyterLab: every piece is drawn, and drawn again for another period or person."""

from importlib.resources import files

import pytest
from playwright.sync_api import expect

from tests.browser.lab import form, open_notebook, run_all


@pytest.fixture
def review(page, lab, home):
    home.import_file(files("coaching.data").joinpath("edge_year.json"))
    open_notebook(page, lab, "quarterly_review.ipynb")
    run_all(page)
    expect(page.locator(".coaching-view")).to_have_count(6)
    return page


def test_it_shows_promises_and_mission(review):
    for name in ("promise-dots", "lifelines", "burn-up", "history-flow"):
        expect(review.locator(f".coaching-view svg#{name}[role=img]")).to_be_visible()
    expect(review.locator(".coaching-view ins").first).to_be_visible()
    expect(review.locator(".coaching-view")).not_to_contain_text(["drawing …"] * 6)


def test_choosing_another_period_draws_in_place(review):
    choose = form(review, "With whom, and which period")
    lifelines = review.locator(".coaching-view").nth(1)
    expect(lifelines).to_contain_text("Write down how Marisol teaches")
    choose.get_by_label("Period").select_option("2025Q1")
    expect(lifelines).to_contain_text("Say one thing I disagree with")
    expect(lifelines).not_to_contain_text("Write down how Marisol teaches")


def test_choosing_another_person_draws_their_workbook(review):
    choose = form(review, "With whom, and which period")
    choose.get_by_label("With whom?").select_option(index=1)
    expect(review.locator(".coaching-view").last).to_contain_text("river deltas")
    expect(review.locator("body")).not_to_contain_text("Marisol’s promises")
