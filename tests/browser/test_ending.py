"""The end of a session in the browser: a still card, the plan as its reader will see it, and nothing that waits."""

import pytest
from playwright.sync_api import expect

from coaching.model.entries import Handout, Session
from tests.browser.lab import THEMES, open_session, part, wear
from tests.unit.forms.pages import said

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", THEMES)
def test_the_plan_goes_to_the_person_and_a_quiet_line_is_left(page, lab, home, theme):
    open_session(page, lab)
    wear(page, theme)
    closing = part(page, "Closing")
    closing.get_by_label("What does Marisol take along").fill("That Mondays are mine.")
    closing.get_by_role("button", name="Close the session").click()
    closing.get_by_role("button", name="Close it as it is").click()
    expect(closing.locator(".statement")).to_be_in_viewport()

    closing.get_by_label("When do you meet again?").fill("2099-01-31")
    closing.get_by_role("button", name="Give Marisol the plan").click()
    plan = closing.frame_locator("iframe[title='The plan']")
    expect(plan.get_by_role("heading", name="Marisol Quispe Huanca", level=1)).to_be_visible()
    expect(plan.get_by_text("You meet again on Saturday, 31 January 2099.")).to_be_attached()
    assert said(home, Session, label="S13")[0].next_on.isoformat() == "2099-01-31"
    handed_out = len(said(home, Handout))

    with page.expect_download() as taken:
        closing.get_by_role("button", name="Download it").click()
    assert taken.value.suggested_filename.startswith("plan-Marisol-")
    assert "That Mondays are mine." in taken.value.path().read_text(encoding="utf-8")
    assert len(said(home, Handout)) == handed_out + 1

    closing.get_by_role("button", name="Back").click()
    closing.get_by_role("button", name="Done").click()
    expect(closing.get_by_text("Kept. You may close this page.")).to_be_in_viewport()
    expect(closing.get_by_role("button")).to_have_count(0)
