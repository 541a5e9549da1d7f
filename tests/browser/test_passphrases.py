"""A workbook is made, locked and unlocked in the notebook; the passphrase stays in nobody's file."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from coaching.workbook.home import Home
from tests.browser.lab import SEGMENTS, expect_kept, open_notebook, part, running, save, story
from tests.browser.traces import places_with
from tests.unit.locks import RECOVERY_KEY
from tests.unit.store.samples import cheap_locks

BEGINNING = "With whom, and when"
PASSPHRASE = "zqpassphrase of four words"  # noqa: S105 - a sentinel
ANOTHER = "another passphrase of six words"
MORE = " and what the kernel did not hear"
SECRET = "zqPRIVATEwordxyzzy"  # noqa: S105 - a sentinel


@pytest.fixture
def nobody(tmp_path):
    """A home folder without a workbook."""
    return Home(tmp_path / "home")


@pytest.fixture
def empty_lab(tmp_path, nobody, playwright):
    with running(tmp_path, home=nobody) as started:
        yield started


def fill(page, label, words):
    part(page, BEGINNING).get_by_label(label, exact=True).first.fill(words)


def make(page):
    fill(page, "Who do you coach?", "Ada")
    fill(page, "And you are?", "Tom")
    part(page, BEGINNING).get_by_text("Choose a passphrase now").first.click()
    fill(page, "Passphrase", PASSPHRASE)
    fill(page, "Repeat it", PASSPHRASE)
    part(page, BEGINNING).get_by_role("button", name="Make the workbook").first.click()
    expect(part(page, BEGINNING)).to_contain_text("Ada ·")


def test_with_two_names_one_talks_and_the_passphrase_comes_at_the_end(nobody, empty_lab, page):
    open_notebook(page, empty_lab)
    fill(page, "Who do you coach?", "Ada")
    fill(page, "And you are?", "Tom")
    part(page, BEGINNING).get_by_role("button", name="Make the workbook").first.click()
    expect(page.get_by_text("No passphrase yet: whoever gets at the disk can read this workbook.")).to_be_attached()
    story(page, "A plan").fill("walk to the mill")
    expect_kept(page, SEGMENTS[1])
    assert places_with("walk to the mill", nobody.folder) == []
    closing = part(page, SEGMENTS[-1])
    closing.get_by_role("button", name="Close the session").click()
    closing.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    closing.get_by_label("Repeat it", exact=True).fill(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(closing).to_contain_text("Kept, and locked by your passphrase.")
    with page.expect_download() as taken:
        closing.get_by_role("button", name="Download it as a page to print").click()
    assert re.search(RECOVERY_KEY, Path(taken.value.path()).read_text())
    closing.get_by_role("button", name="I have written them down").click()
    expect(closing.get_by_role("button", name="Download it")).to_have_count(0)
    assert [folder.name for folder in Home(nobody.folder).locked()] == [taken.value.suggested_filename[13:39]]


def test_words_that_wait_for_a_passphrase_can_be_copied_unless_somebody_else_sits_there(nobody, empty_lab, page):
    with cheap_locks():
        nobody.create("Ada", "Tom", lambda: PASSPHRASE)
    nobody.create("Zoë", "Tom")
    open_notebook(page, empty_lab)
    beginning = part(page, BEGINNING)
    beginning.get_by_label("Passphrase", exact=True).last.fill(PASSPHRASE)
    page.keyboard.press("Enter")
    beginning.get_by_label("With whom?").select_option("Ada")
    expect(beginning).to_contain_text("Ada ·")
    plan = story(page, "A plan")
    plan.press_sequentially("kept, ")
    expect_kept(page, SEGMENTS[1])
    empty_lab.kill_kernel(empty_lab.kernel())
    expect(part(page, SEGMENTS[1])).to_contain_text("appears to have died")
    page.keyboard.type("and not kept")
    empty_lab.kernel()
    waiting = beginning.get_by_role("alert").filter(has_text="words typed before wait on this page")
    expect(waiting.get_by_role("button", name="Copy these words")).to_be_visible()
    beginning.get_by_label("Or begin with").select_option("Zoë")
    expect(beginning).to_contain_text("Zoë ·")
    expect(page.locator(".coaching-kept")).to_contain_text("NOT KEPT yet")
    part(page, BEGINNING)
    expect(waiting).to_be_visible()
    expect(waiting.get_by_role("button")).to_have_count(0)


def test_a_workbook_is_made_locked_and_unlocked_in_the_notebook(tmp_path, nobody, empty_lab, profile):
    page = profile.new_page()
    page.set_default_timeout(30_000)
    open_notebook(page, empty_lab)
    expect(part(page, BEGINNING)).to_contain_text("Welcome")
    make(page)

    shown = part(page, BEGINNING).get_by_text(re.compile(f"^{RECOVERY_KEY}$"))
    expect(shown).to_be_hidden()
    part(page, BEGINNING).get_by_text("Or show it here").click()
    expect(shown).to_be_in_viewport(ratio=1)
    recovery_key = shown.inner_text()
    part(page, BEGINNING).get_by_role("button", name="I have written them down").click()
    expect(shown).to_have_count(0)
    plan = story(page, "A plan")
    plan.press_sequentially(SECRET)
    expect_kept(page, SEGMENTS[1])
    save(page, empty_lab, "session.ipynb")

    with cheap_locks():
        nobody.create("Zoë", "Tom", lambda: ANOTHER)
    empty_lab.kill_kernel(empty_lab.kernel())
    expect(part(page, SEGMENTS[1])).to_contain_text("appears to have died")
    page.keyboard.type(MORE)
    expect(part(page, SEGMENTS[1])).to_contain_text("NOT KEPT")
    empty_lab.kernel()
    expect(part(page, BEGINNING)).to_contain_text("2 workbooks are locked")
    waiting = part(page, BEGINNING).get_by_role("alert").filter(has_text="words typed before wait on this page")
    expect(waiting).to_be_visible()
    expect(part(page, BEGINNING).get_by_label("Passphrase", exact=True).first).to_be_focused()
    fill(page, "Passphrase", "not the passphrase")
    part(page, BEGINNING).get_by_role("button", name="Unlock").click()
    expect(part(page, BEGINNING)).to_contain_text("This passphrase does not open any of the 2 locked workbooks.")
    fill(page, "Passphrase", PASSPHRASE)
    page.keyboard.press("Enter")
    expect(part(page, BEGINNING)).to_contain_text("Ada ·")
    plan = story(page, "A plan")
    expect(plan).to_have_value(SECRET + MORE)
    expect(plan).to_be_focused()
    expect_kept(page, SEGMENTS[1])
    expect(waiting).to_have_count(0)

    open_notebook(page, empty_lab, "quarterly_review.ipynb")
    review = part(page, "With whom, and which period")
    review.get_by_label("Passphrase").fill(PASSPHRASE)
    review.get_by_role("button", name="Unlock").click()
    expect(review).to_contain_text("Ada")
    save(page, empty_lab, "quarterly_review.ipynb")
    profile.close()
    empty_lab.stop()

    nobody.unlock(PASSPHRASE)
    assert "Ada" in {workbook.name for workbook in nobody.workbooks()}
    for text in (PASSPHRASE, recovery_key, recovery_key.replace("-", ""), SECRET, "Ada ·"):
        assert places_with(text, tmp_path) == []
