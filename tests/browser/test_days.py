"""A day is written as one says it: what was understood stands below it, and nothing moves."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from coaching.l10n import in_words
from tests.browser.lab import THEMES, expect_kept, open_session, part, run_all, wear
from tests.browser.test_access import ALL_IN_SIGHT, violations

PROMISES = "Who does what by when"
UNFINISHED = "Please finish the date"


@pytest.fixture
def today(home):
    return home.clock().date()


@pytest.fixture
def item(page, lab):
    """An action item that somebody has begun to write down."""
    open_session(page, lab)
    part(page, "Talk about your dreams").get_by_text("keep it").click()
    promises = part(page, PROMISES)
    promises.get_by_label("want to become?").select_option("open")
    row = promises.get_by_role("group", name="Promise 1")
    row.get_by_label("What", exact=True).fill("rest on Mondays")
    return row


def by(item):
    return item.get_by_label("By", exact=True)


def kept_by(home):
    """Return the days of the promises that are on disk and were not there before."""
    items = home.find("Marisol").frames()["item"]
    return items.loc[items["what"] == "rest on Mondays", "by"].dropna().dt.date.tolist()


def test_words_are_understood_as_they_are_typed_and_kept_as_a_date(page, item, home, today):
    day = today + timedelta(days=14)
    by(item).press_sequentially("in two weeks")
    expect(item).to_contain_text(f"{in_words(day, today)} · in 14 days")
    expect_kept(page, PROMISES)
    assert kept_by(home) == [day]
    page.keyboard.press("Tab")
    expect(by(item)).to_have_value(in_words(day, today))
    run_all(page)
    expect(by(item)).to_have_value(in_words(day, today))


def test_tab_goes_past_the_days_to_choose_from_and_the_arrows_lead_there(page, item, home, today):
    by(item).focus()
    page.keyboard.press("Tab")
    expect(item.get_by_text("more", exact=True)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    expect(item.get_by_role("button", name="next week")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(by(item)).to_be_focused()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(by(item)).to_be_focused()
    expect(by(item)).to_have_value(in_words(today + timedelta(days=14), today))
    expect_kept(page, PROMISES)
    assert kept_by(home) == [today + timedelta(days=14)]


def test_a_day_is_chosen_with_the_mouse(page, item, home, today):
    item.get_by_role("button", name="next week").click(delay=80)
    expect(by(item)).to_be_focused()
    expect(by(item)).to_have_value(in_words(today + timedelta(days=7), today))
    expect_kept(page, PROMISES)
    assert kept_by(home) == [today + timedelta(days=7)]


#: How far below the upper edge of a form each of its controls stands.
PLACES = """(form) => [...form.querySelectorAll('input, textarea, select, button')]
    .filter((e) => e.checkVisibility())
    .map((e) => Math.round(e.getBoundingClientRect().top - form.getBoundingClientRect().top))"""


def test_a_half_date_moves_nothing_and_swallows_no_click(page, item, home):
    promises = part(page, PROMISES)
    before, places = promises.evaluate(PLACES), item.evaluate(PLACES)
    by(item).press_sequentially("11 d")
    assert promises.evaluate(PLACES) == before
    promises.get_by_role("button", name="Another promise").click(delay=80)
    expect(promises.get_by_role("group", name="Promise 2")).to_be_visible()
    expect(item).to_contain_text(UNFINISHED)
    assert item.evaluate(PLACES) == places
    assert kept_by(home) == []


def test_a_half_date_stays_as_it_was_typed_and_takes_away_the_one_before(page, item, home, today):
    by(item).fill("+3")
    expect_kept(page, PROMISES)
    by(item).fill("11 d")
    page.keyboard.press("Tab")
    expect(item).to_contain_text(UNFINISHED)
    expect(by(item)).to_have_value("11 d")
    expect_kept(page, PROMISES)
    assert kept_by(home) == []
    by(item).press("End")
    by(item).press_sequentially("ec")
    expect(item).not_to_contain_text(UNFINISHED)
    expect_kept(page, PROMISES)
    assert len(kept_by(home)) == 1


def test_the_day_of_the_session_is_typed_while_the_forms_are_drawn_anew(page, lab, today):
    open_session(page, lab)
    day = part(page, "With whom, and when").get_by_label("On", exact=True)
    expect(day).to_have_value(in_words(today, today))
    day.fill("")
    day.press_sequentially("3 days ago", delay=100)
    expect(day).to_be_focused()
    expect(day).to_have_value("3 days ago")
    page.keyboard.press("Tab")
    expect(day).to_have_value(in_words(today - timedelta(days=3), today))


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_whatever_stands_in_a_day(page, item, theme):
    wear(page, theme)
    page.set_viewport_size({"width": 1280, "height": 3000})  # axe cannot tell of what is half out of sight
    page.wait_for_function(ALL_IN_SIGHT)
    page.emulate_media(reduced_motion="reduce")
    for words in ("", "11 d", "in two weeks"):
        by(item).fill(words)
        by(item).blur()
        found, _ = violations(page, ".coaching-form")
        assert found == []
