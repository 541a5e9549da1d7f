"""The own copy in a real Chromium, from the disk: she writes, nothing is lost, nothing leaves but what she sends."""

import json

import pytest
from playwright.sync_api import expect

from coaching.formats.sealing import SealKeys, unseal
from coaching.workbook import passphrases
from coaching.workbook.home import Home
from coaching.workbook.own_file import write_own_file
from tests.browser.conftest import DESK
from tests.browser.test_pages import violations
from tests.browser.test_protected import PHONE, WATCH, field, said

PASSPHRASE = "four quiet herons wade"  # noqa: S105 - opens invented pages
SEAL = "seven lost kites over town"
#: Chromium asks for a place where to write, which no test can answer; without that it is a download.
NO_PICKER = "delete window.showSaveFilePicker"
#: What the browser keeps of own copies; Playwright's `storage_state` has nothing of pages that come from the disk.
RECORDS = """() => new Promise((resolve) => {
  indexedDB.open('coaching-own-copy').onsuccess = ({ target }) => {
    target.result.transaction('copies').objectStore('copies').getAll().onsuccess = (event) =>
      resolve(event.target.result);
  };
})"""
LOW_TARGETS = """() => [...document.querySelectorAll(
  '.own button, .own-bar button, .own summary, .own input:not([type=radio]), .own textarea, .own .chip')]
  .filter((one) => one.offsetParent).filter((one) => one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML)"""


@pytest.fixture(scope="module")
def write_copy(tmp_path_factory):
    """Write a file of the own copy, each with a key of its own, and return what is in it."""
    home = Home(tmp_path_factory.mktemp("own") / "home")
    home.demo()

    def writing():
        file = tmp_path_factory.mktemp("own") / "own.html"
        write_own_file(home.find("Marisol"), file, PASSPHRASE)
        return file.read_text(encoding="utf-8")

    return writing


@pytest.fixture(scope="module")
def html(write_copy):
    return write_copy()


@pytest.fixture
def copy(browser, tmp_path, html):
    """Open the copy, or another file of it, in one and the same browser; what it complains of and asks for is kept."""
    contexts = {}

    def opening(content=html, viewport=DESK, passphrase=PASSPHRASE, **options):
        key = json.dumps([viewport, options])
        if key not in contexts:
            contexts[key] = browser.new_context(viewport=viewport, locale="en-GB", **options)
            contexts[key].add_init_script(NO_PICKER)
        file = tmp_path / "own.html"
        file.write_text(content, encoding="utf-8")
        page = contexts[key].new_page()
        page.complaints, page.asked = [], []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(file.as_uri())
        if passphrase:
            unlock(page, passphrase)
        return page

    return opening


def unlock(page, passphrase=PASSPHRASE):
    field(page).fill(passphrase)
    field(page).press("Enter")
    expect(page.locator("main.own")).to_be_visible()


def write(page, button, label, words):
    page.get_by_role("button", name=button, exact=True).first.click()
    page.get_by_label(label, exact=True).fill(words)


def keep(page, button, label, words):
    write(page, button, label, words)
    page.get_by_role("button", name="Keep", exact=True).first.click()


def kept(page):
    expect(page.locator(".kept-state")).to_contain_text("Kept in this browser")


def saved(page, button="Save"):
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    return download.value.path().read_bytes()


def test_it_shows_her_sentence_first_and_asks_nobody_for_anything(copy):
    page = copy()
    expect(page.locator("main h1")).to_have_text("Marisol")
    expect(page.locator("main section").first).to_contain_text("I get up to keep a fire lit")
    expect(page.locator("main.own")).to_be_focused()
    assert page.complaints == []
    assert len(page.asked) == 1


def test_a_wrong_passphrase_says_so_and_the_next_try_can_begin(copy):
    page = copy(passphrase=None)
    page.evaluate(WATCH)
    field(page).fill("another one")
    field(page).press("Enter")
    said(page, "This passphrase does not open the page.")
    expect(field(page)).to_be_focused()
    unlock(page)


def test_what_is_typed_and_not_kept_outlives_a_crash_of_the_tab(copy):
    page = copy()
    write(page, "Write a private note", "In your words", "zqTYPED and not kept")
    kept(page)
    page.goto("about:blank")
    page.close()
    again = copy()
    expect(again.get_by_label("In your words", exact=True)).to_have_value("zqTYPED and not kept")
    records = again.evaluate(RECORDS)
    assert len(records) == 1
    assert "zqTYPED" not in json.dumps(records)


def test_the_next_file_holds_everything_and_says_no_word_of_it(copy, browser, tmp_path):
    page = copy()
    keep(page, "Write a private note", "In your words", "zqPRIVATE")
    keep(page, "Write down a dream", "In a few words", "A bread school by the river")
    content = saved(page).decode()
    assert "zqPRIVATE" not in content
    elsewhere = copy(content, timezone_id="Europe/Berlin")
    expect(elsewhere.get_by_text("zqPRIVATE")).to_be_visible()
    expect(elsewhere.get_by_text("A bread school by the river")).to_be_visible()
    assert elsewhere.complaints == []
    again = saved(elsewhere).decode()
    assert again.partition('id="locked">')[0] == content.partition('id="locked">')[0]


def test_a_file_that_went_to_the_downloads_is_said_to_be_handed_there(copy):
    page = copy()
    keep(page, "Write a private note", "In your words", "one")
    saved(page)
    expect(page.locator(".kept-state")).to_contain_text("Handed to your browser’s downloads.")
    expect(page.get_by_role("status")).to_contain_text("Keep own.html: it takes the place of the one before.")


def test_not_now_folds_the_form_and_what_was_typed_stands_there_again(copy):
    page = copy()
    write(page, "Write a private note", "In your words", "not ready yet")
    page.get_by_role("button", name="Not now").click()
    again = page.get_by_role("button", name="Write a private note")
    expect(again).to_be_focused()
    again.press("Enter")
    expect(page.get_by_label("In your words", exact=True)).to_have_value("not ready yet")


def test_words_kept_beside_an_earlier_file_move_to_the_next_one(copy, write_copy):
    page = copy()
    keep(page, "Write a private note", "In your words", "beside the first file")
    kept(page)
    earlier = page.evaluate(RECORDS)
    following = copy(write_copy())
    expect(following.get_by_text("beside the first file")).to_be_visible()
    records = following.evaluate(RECORDS)
    assert [len(earlier), len(records)] == [1, 1]
    assert earlier[0]["id"] != records[0]["id"]


def test_closing_with_unsaved_words_is_asked_about(copy):
    page = copy()
    keep(page, "Write a private note", "In your words", "one")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]


def test_what_she_sends_is_what_she_sees_and_nothing_private(copy):
    page = copy()
    keep(page, "Write a private note", "In your words", "zqPRIVATE")
    keep(page, "Write down a dream", "In a few words", "A bread school by the river")
    write(page, "Propose a new sentence", "The new sentence", "zqDRAFT")
    page.get_by_role("button", name="Send to my coach").click()
    expect(page.locator("dialog .going")).to_have_text("a dream: A bread school by the river")
    page.get_by_role("button", name="Write the file").click()
    expect(page.get_by_role("alert").get_by_text("at least twelve signs")).to_be_visible()
    page.get_by_label("A passphrase for this file").fill(SEAL)
    opened = unseal(saved(page, "Write the file"), SealKeys(lambda: SEAL)).decode()
    assert "A bread school by the river" in opened
    assert "zq" not in opened
    expect(page.locator("dialog")).to_have_count(0)
    page.get_by_role("button", name="Send to my coach").click()
    expect(page.locator("dialog")).to_contain_text("Nothing is new since the last time.")


def test_whoever_sends_chooses_whether_the_coachs_workbook_or_a_passphrase_opens_it(copy, tmp_path):
    home = Home(tmp_path / "home")
    home.demo()
    passphrases.rotate(home, "Marisol", "harbour lantern quiet mosaic", lambda _key: None)
    write_own_file(home.find("Marisol"), tmp_path / "locked.html", PASSPHRASE)
    page = copy((tmp_path / "locked.html").read_text(encoding="utf-8"), PHONE)
    keep(page, "Write down a dream", "In a few words", "A bread school by the river")
    page.get_by_role("button", name="Send to my coach").click()
    field_of_passphrase = page.get_by_label("A passphrase for this file")
    expect(field_of_passphrase).to_be_hidden()
    page.get_by_text("whoever has a passphrase").click()
    expect(field_of_passphrase).to_be_visible()
    page.get_by_text("workbook alone").click()
    expect(field_of_passphrase).to_be_hidden()
    sent = tmp_path / "sent.json.age"
    sent.write_bytes(saved(page, "Write the file"))
    assert [line.words for line in home.import_file(sent).lines] == [("A bread school by the river",)]


def test_two_windows_lose_nothing_of_each_other(copy):
    one, other = copy(), copy()
    keep(one, "Write a private note", "In your words", "from one")
    kept(one)
    keep(other, "Write a private note", "In your words", "from the other")
    kept(other)
    expect(other.get_by_text("from one")).to_be_visible()
    third = copy()
    expect(third.get_by_text("from one")).to_be_visible()
    expect(third.get_by_text("from the other")).to_be_visible()


def test_undo_takes_back_and_the_keyboard_goes_on(copy):
    page = copy()
    page.get_by_role("button", name="Done", exact=True).first.click()
    expect(page.get_by_label("by then")).to_be_focused()
    page.get_by_role("button", name="Keep", exact=True).first.click()
    count = page.get_by_role("button", name="Done", exact=True).count()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Done", exact=True)).to_have_count(count + 1)
    keep(page, "Write a private note", "In your words", "one")
    keep(page, "Write a private note", "In your words", "other")
    page.keyboard.press("Control+z")
    expect(page.get_by_role("status")).to_have_text("Taken back: other")
    expect(page.get_by_text("one", exact=True)).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("one", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_a_finger_everything(copy, viewport, scheme):
    page = copy(viewport=viewport, color_scheme=scheme, bypass_csp=True)
    for button in ("Propose a new sentence", "Add a promise", "Done", "How is it?"):
        page.get_by_role("button", name=button, exact=True).first.click()
    assert violations(page) == []
    assert page.evaluate(LOW_TARGETS) == []
    page.get_by_role("button", name="Send to my coach").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert page.locator("dialog").bounding_box()["width"] < viewport["width"]


def test_it_prints_the_plan_and_none_of_its_buttons(copy):
    page = copy()
    page.emulate_media(media="print")
    expect(page.locator("main.own h1")).to_be_visible()
    assert page.locator("button:visible").count() == 0


def test_no_part_of_the_plan_stands_there_twice(copy):
    page = copy()
    titles = page.locator("main h2").all_inner_texts()
    assert len(titles) == len(set(titles))
    assert "Goals and plans" not in titles
