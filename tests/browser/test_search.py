"""The search in a real browser: a key opens it where nobody looks on unasked, and it goes with the lock."""

from playwright.sync_api import expect

from tests.browser.lab import SEGMENTS, open_session, part


def card(page):
    return page.get_by_role("dialog", name="Look for words that were said")


def test_words_are_found_by_the_keyboard_alone_and_gone_after_a_lock(page, lab):
    open_session(page, lab)
    part(page, SEGMENTS[1])
    page.keyboard.press("F3")
    expect(card(page)).to_have_count(0)  # two people look at it
    part(page, "Preparation").get_by_label("What I want to keep in mind").click()
    expect(page.get_by_role("button", name="Look for words that were said")).to_be_visible()
    page.keyboard.press("F3")
    page.keyboard.type("school week")
    expect(card(page).get_by_role("status").first).to_have_text("1 entry in 1 session.")
    expect(card(page).locator("mark")).to_have_text(["school", "week"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text("Breakfast with Inti and Sami")
    page.keyboard.press("Escape")
    expect(card(page).locator(".coaching-hit")).to_be_focused()
    page.keyboard.press("Control+l")
    expect(page.locator(".coaching-lock").first).to_be_visible()
    expect(page.locator(".coaching-search")).to_have_count(0)
