"""The same field written in two places at once: both are there, and the holder chooses."""

import pytest
from playwright.sync_api import expect

from coaching.forms.session.desk import Desk
from coaching.model.entries import Note
from coaching.workbook.home import Home
from tests.browser.lab import expect_kept, open_session, part, run_all

YOURSELF = "Talk about yourself"
HERE, THERE = "Finish the book, and rest", "Walk the coast path in spring"


@pytest.mark.parametrize(
    ("button", "chosen"), [("Keep what stands here", HERE), ("Take what was written there", THERE)]
)
def test_both_are_shown_and_one_is_chosen(page, lab, home, button, chosen):
    other = Desk(Home(home.folder))
    sitting = other.open_session()
    open_session(page, lab)
    yourself = part(page, YOURSELF)
    yourself.get_by_label("A plan", exact=True).first.press_sequentially(THERE)
    expect_kept(page, YOURSELF)
    (typed,) = (entry for entry in home.find("Marisol").open_session().own if isinstance(entry, Note))
    other.keep(sitting, {typed.id: typed.content() | {"text": HERE}})

    run_all(page)
    expect(yourself).to_contain_text(f"A plan, here: “{HERE}”")
    expect(yourself).to_contain_text(THERE)
    yourself.get_by_role("button", name=button).click()
    expect(yourself).not_to_contain_text("Written in two places")
    expect(yourself.get_by_label("A plan", exact=True).first).to_have_value(chosen)
    workbook = home.find("Marisol")
    assert workbook.upkeep.conflicts() == {}
    assert {entry.text for entry in workbook.upkeep.history(typed.id)} == {HERE, THERE}
    assert workbook.upkeep.history(typed.id)[0].text == chosen
