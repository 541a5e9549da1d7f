"""Handing out a copy in a real JupyterLab: what is shown is what the file holds, read from disk."""

import pytest
from playwright.sync_api import expect

from coaching.formats.sealing import SealKeys, new_identity, recipient_of
from coaching.workbook.home import Home
from tests.browser.lab import open_form

FIRST, SECOND = "To open on the first of March.", "I take this with me."
GOAL = "To take Mondays off from the beginning."
PASSPHRASE = "four words for her alone"  # noqa: S105 - of a page of invented words
OTHER = "I doubted you until about June."


@pytest.fixture
def copies(page, lab):
    return open_form(page, lab, "quarterly_review.ipynb", "A copy to share", "Write the file")


def preview(copies):
    return copies.get_by_role("region", name="This is what they will see")


def tick(copies, words):
    copies.get_by_role("checkbox", name=words).press("Space")
    expect(preview(copies).get_by_text(words, exact=True)).to_be_visible()


def test_the_two_lines_that_are_ticked_are_in_the_file_and_no_other(copies, browser, tmp_path):
    copies.get_by_label("For whom?").select_option("open")
    expect(preview(copies)).to_contain_text("Nothing is open to others yet")
    expect(copies.get_by_role("button", name="Write the file")).to_have_count(0)
    expect(copies.get_by_role("checkbox", checked=True, include_hidden=True)).to_have_count(0)
    copies.get_by_text("Session 12 · Thursday, 11 December 2025: 0 of 20 open").click()
    for words in (FIRST, SECOND):
        tick(copies, words)
    expect(preview(copies).get_by_role("listitem")).to_have_count(2)
    expect(preview(copies)).not_to_contain_text(OTHER)
    file = tmp_path / "for-others.html"
    copies.get_by_label("Name of the file").fill(str(file))
    copies.get_by_label("For whom, in words").fill("my mentor")
    copies.get_by_role("button", name="Write the file").click()
    expect(copies).to_contain_text(f"Written: {file}")
    expect(copies.get_by_role("region", name="Handed out so far")).to_contain_text("my mentor")
    handed_out = browser.new_page()
    handed_out.goto(file.as_uri())
    for fold in handed_out.locator("details").all():
        fold.evaluate("fold => { fold.open = true; }")
    for words in (FIRST, SECOND):
        expect(handed_out.get_by_text(words).first).to_be_visible()
    expect(handed_out.locator("dd")).to_have_count(2)
    for words in (OTHER, "Marisol", "Anselm", "my mentor"):
        assert words not in file.read_text(encoding="utf-8")


def test_a_tick_keeps_the_place_of_the_keyboard_and_what_is_unfolded(copies, page):
    copies.get_by_label("For whom?").select_option("open")
    copies.get_by_text("Session 12 · Thursday, 11 December 2025: 0 of 20 open").click()
    tick(copies, FIRST)
    expect(copies.get_by_role("checkbox", name=FIRST)).to_be_focused()
    page.keyboard.press("Tab")
    expect(copies.get_by_role("checkbox", name=GOAL)).to_be_focused()
    page.keyboard.press("Space")
    expect(copies.get_by_text("2 of 20 open")).to_be_visible()
    page.keyboard.press("Space")
    expect(copies.get_by_text("1 of 20 open")).to_be_visible()
    expect(copies.get_by_role("checkbox", name=GOAL)).to_be_focused()


def test_a_copy_for_the_two_of_them_is_folded_by_session_with_its_counts(copies):
    fold = preview(copies).get_by_text("Session 12 · Thursday, 11 December 2025: 27 lines")
    line = preview(copies).get_by_role("listitem").filter(has_text=OTHER)
    expect(line).to_be_hidden()
    fold.press("Enter")
    expect(line).to_be_visible()
    expect(line).to_contain_text("Marisol · failure")
    expect(line).to_contain_text("between us")
    copies.get_by_text("What is not in it").press("Enter")
    expect(preview(copies)).to_contain_text("What is private stays out.")
    expect(preview(copies)).not_to_contain_text("private note")


def test_a_german_page_with_a_passphrase_opens_with_it_in_the_browser(copies, browser, tmp_path):
    copies.get_by_label("What?").select_option("plan")
    expect(copies.get_by_label("Name of the file")).to_have_value("development-plan.html")
    file = tmp_path / "locked.html"
    copies.get_by_label("Name of the file").fill(str(file))
    copies.get_by_label("Language").select_option("de")
    expect(copies.get_by_label("Passphrase of the file")).to_be_hidden()
    copies.get_by_label("How does it open?").select_option("with a passphrase")
    copies.get_by_label("Passphrase of the file").fill(PASSPHRASE)
    copies.get_by_label("Repeat it").fill(PASSPHRASE)
    copies.get_by_label("Repeat it").press("Enter")
    expect(copies).to_contain_text(f"Written: {file}")
    handed_out = browser.new_page(locale="de-DE")
    handed_out.goto(file.as_uri())
    handed_out.locator("input[type=password]:visible").fill(PASSPHRASE)
    handed_out.keyboard.press("Enter")
    expect(handed_out.locator("main")).to_contain_text("Entwicklungsplan")


def test_a_bundle_goes_sealed_to_the_browsers_downloads_and_stays_nowhere_else(copies, page, home, tmp_path):
    identity = new_identity()
    copies.get_by_label("What?").select_option(".zip")
    expect(copies.get_by_label("How does it open?")).to_have_value("passphrase")
    copies.get_by_label("How does it open?").select_option("for one person alone, by their age1…")
    copies.get_by_label("Their age1…").fill(recipient_of(identity))
    with page.expect_download() as downloading:
        copies.get_by_role("button", name="Write the file").click()
    assert downloading.value.suggested_filename == "coaching-bundle.zip.age"
    expect(copies).to_contain_text("coaching-bundle.zip.age goes to your browser’s downloads.")
    expect(copies).to_contain_text("'age -d -i KEY -o coaching-bundle.zip coaching-bundle.zip.age'")
    downloading.value.save_as(file := tmp_path / "theirs.zip.age")
    keys = SealKeys(identities=(identity,))
    brought = Home(tmp_path / "theirs").import_file(file, seal_keys=keys).workbook
    assert brought.name == "Marisol Quispe Huanca"
    assert not [path for path in home.folder.rglob("*") if path.suffix in {".age", ".zip"}]


def test_the_review_says_too_what_a_dialog_would_while_somebody_types(copies, page, lab):
    field = copies.get_by_label("For whom, in words")
    field.press_sequentially("my men")
    lab.kill_kernel(lab.kernel("quarterly_review.ipynb"))
    expect(copies).to_contain_text("appears to have died")
    page.keyboard.type("tor")
    expect(field).to_have_value("my mentor")
    expect(page.get_by_role("dialog")).to_have_count(0)
