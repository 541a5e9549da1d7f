"""Whatever happens to kernel, page or messages: the words are there, or the form says they are only on screen."""

import contextlib
import itertools
import time

import pytest
from playwright.sync_api import expect

from tests.browser.lab import (
    PATIENCE,
    SEGMENTS,
    expect_kept,
    form,
    note_to_self,
    open_session,
    part,
    run_all,
    run_in_kernel,
    story,
    wait_until,
)

YOURSELF = "Talk about yourself"
TRIES = 8
PER_KEY = 100  # milliseconds
BUSY = "import time\nend = time.monotonic() + 1\nwhile time.monotonic() < end:\n    pass"


def plan(page):
    return story(page, "A plan")


def kept_texts(home):
    """Return every text that is on disk, drafts included."""
    return set(home.find("Marisol").frames()["note"]["text"].dropna())


@pytest.mark.parametrize("busy", [False, True], ids=["idle kernel", "busy kernel"])
def test_typing_then_tab_and_enter_at_once_never_leaves_an_incomplete_save(page, lab, home, busy):
    open_session(page, lab)
    closing = part(page, "Closing")
    note = note_to_self(page)
    for number in range(TRIES):
        if busy:
            run_in_kernel(page, BUSY)
        words = f"try {number} " + "words as fast as they come, to the last letter " + f"end {number}"
        note.fill("")
        note.focus()
        page.keyboard.type(words)
        page.keyboard.press("Tab")  # to the day of the next session
        page.keyboard.press("Tab")
        page.evaluate("document.querySelectorAll('.coaching-notice').forEach((notice) => notice.replaceChildren())")
        page.keyboard.press("Enter")
        expect(closing).to_contain_text("Not closed")
        kept = home.find("Marisol").frames()["reflection"]["text"].dropna()
        assert words in set(kept)


@pytest.mark.everyday
def test_a_draft_survives_a_killed_kernel(page, lab, home):
    kernel = open_session(page, lab)
    plan(page).press_sequentially("kept before the kernel died")
    expect_kept(page, YOURSELF)
    lab.kill_kernel(kernel)
    assert "kept before the kernel died" in kept_texts(home)
    expect(part(page, YOURSELF)).to_contain_text("appears to have died")
    lab.kernel()
    expect(plan(page)).to_have_value("kept before the kernel died")


#: Whether it was said, however soon the kernel was back, that words are not kept, with a button that copies them.
WATCH = """(form) => {
    const look = () => {
        const copy = [...form.querySelectorAll("button")].find((one) => one.textContent.startsWith("Copy the words"));
        const isNamed = form.textContent.includes("NOT KEPT") && copy?.checkVisibility();
        if (form.dataset.state === "lost" && isNamed) window.wasNamed = true;
    };
    new MutationObserver(look).observe(form, { attributes: true, childList: true, characterData: true, subtree: true });
}"""


def test_words_typed_after_the_kernel_died_are_named_and_put_back(page, lab, home):
    kernel = open_session(page, lab)
    plan(page).press_sequentially("before")
    expect_kept(page, YOURSELF)
    part(page, YOURSELF).evaluate(WATCH)
    lab.kill_kernel(kernel)
    expect(part(page, YOURSELF)).to_contain_text("appears to have died")
    page.keyboard.type(" and after")
    page.wait_for_function("window.wasNamed")
    lab.kernel()
    expect(plan(page)).to_have_value("before and after")
    expect_kept(page, YOURSELF)
    assert "before and after" in kept_texts(home)


def test_no_key_is_lost_to_jupyterlab_while_a_kernel_dies(page, lab):
    kernel = open_session(page, lab)
    plan(page).press_sequentially("before")
    lab.kill_kernel(kernel)
    typed, told = "before", part(page, YOURSELF).get_by_text("appears to have died")
    end = time.monotonic() + PATIENCE
    while not told.count() and time.monotonic() < end:
        page.keyboard.type(" and on")
        typed += " and on"
    expect(told).to_have_count(1)
    page.keyboard.type(" to the end")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(plan(page)).to_be_focused()
    expect(plan(page)).to_have_value(f"{typed} to the end")


OPEN_DIALOG = "(command) => { window.jupyterapp.commands.execute(command); }"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("kernelmenu:restart", "JupyterLab says: Restart Kernel? Do you want to restart the kernel"),
        ("kernelmenu:change", "JupyterLab says: Select kernel for"),
        ("help:about", "JupyterLab has asked something; it was closed without a choice."),
    ],
    ids=["words", "choice", "drawn later"],
)
def test_a_dialog_while_somebody_types_is_closed_and_its_words_stay(page, lab, command, said):
    kernel = open_session(page, lab)
    plan(page).press_sequentially("before")
    page.evaluate(OPEN_DIALOG, command)
    page.keyboard.type(" and after")
    expect_kept(page, YOURSELF)
    expect(part(page, YOURSELF)).to_contain_text(said)
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    expect(plan(page)).to_have_value("before and after")
    assert lab.kernel()["id"] == kernel["id"]


def test_a_dialog_that_comes_while_help_is_open_is_closed_and_its_words_stay_in_the_form(page, lab):
    open_session(page, lab)
    plan(page).press_sequentially("before")
    page.get_by_role("button", name="Pause and get help").click()
    page.evaluate(OPEN_DIALOG, "kernelmenu:restart")
    expect(part(page, YOURSELF)).to_contain_text("JupyterLab says: Restart Kernel?")
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.keyboard.type(" and after")
    expect(plan(page)).to_have_value("before and after")


STATES = """(form) => {
    window.states = [];
    const observer = new MutationObserver(() => window.states.push(form.dataset.state));
    observer.observe(form, { attributeFilter: ['data-state'] }); }"""


@pytest.mark.parametrize("is_dead", [True, False], ids=["dead", "busy"])
def test_not_kept_stands_until_an_answer_comes_however_fast_somebody_types_on(page, lab, is_dead):
    kernel = open_session(page, lab)
    plan(page).press_sequentially("before")
    expect_kept(page, YOURSELF)
    found = part(page, YOURSELF)
    found.evaluate(STATES)
    with contextlib.nullcontext() if is_dead else lab.stopped(kernel):
        if is_dead:
            lab.kill_kernel(kernel)
        end = time.monotonic() + PATIENCE
        while found.get_attribute("data-state") != "lost" and time.monotonic() < end:
            page.keyboard.type(" and on", delay=PER_KEY)
        page.keyboard.type(" to the end", delay=PER_KEY)
        states = page.evaluate("window.states")
        since = list(itertools.dropwhile(lambda state: state == "busy", states))
        assert "lost" in since
        assert [state for state, _ in itertools.groupby(since)] in (["late", "lost"], ["lost"])
    if not is_dead:
        expect_kept(page, YOURSELF)


def test_a_dialog_that_somebody_asked_for_stays(page, lab):
    open_session(page, lab)
    plan(page).press_sequentially("before")
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator('[data-command="kernelmenu:restart"]').click()
    expect(page.get_by_role("dialog")).to_contain_text("Restart Kernel")


def test_a_draft_survives_a_closed_tab(browser, page, lab, home):
    open_session(page, lab)
    plan(page).press_sequentially("kept before the tab was closed")
    expect_kept(page, YOURSELF)
    page.close()
    again = browser.new_page(viewport={"width": 1280, "height": 1000})
    open_session(again, lab)
    expect(plan(again)).to_have_value("kept before the tab was closed")


def test_a_tab_that_is_left_right_after_typing_sends_the_last_words(page, lab, home):
    open_session(page, lab)
    plan(page).press_sequentially("the last words")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    wait_until(lambda: "the last words" in kept_texts(home), "the words did not reach the disk")


def test_a_second_run_all_shows_what_was_typed(page, lab):
    open_session(page, lab)
    plan(page).press_sequentially("typed before the second run")
    expect_kept(page, YOURSELF)
    run_all(page)
    expect(plan(page)).to_have_value("typed before the second run")


def test_words_that_were_not_kept_yet_survive_a_second_run_all(page, lab, home):
    kernel = open_session(page, lab)
    with lab.stopped(kernel):
        plan(page).press_sequentially("typed while it was busy")
        run_all(page)
    wait_until(lambda: "typed while it was busy" in kept_texts(home), "the words did not reach the disk")
    expect(plan(page)).to_have_value("typed while it was busy")


def test_a_busy_kernel_is_named_until_the_words_are_kept(page, lab, home):
    kernel = open_session(page, lab)
    with lab.stopped(kernel):
        plan(page).press_sequentially("patient")
        expect(part(page, YOURSELF)).to_contain_text("NOT KEPT yet")
    expect_kept(page, YOURSELF)
    assert "patient" in kept_texts(home)


def test_a_button_that_a_busy_kernel_does_not_answer_is_no_word_that_is_not_kept(page, lab):
    kernel = open_session(page, lab)
    closing = part(page, "Closing")
    with lab.stopped(kernel):
        closing.get_by_role("button", name="Close the session").click()
        expect(closing).to_contain_text("The notebook is busy.")
        expect(closing).to_contain_text("The notebook does not answer.")
        expect(closing).not_to_contain_text("NOT KEPT")
        expect(closing.get_by_role("button", name="Copy the words that are not kept")).not_to_be_visible()
    expect(closing).to_contain_text("Not closed: something is still open")
    expect(closing).not_to_contain_text("The notebook does not answer.")


def test_a_click_beside_a_field_forgets_nothing_of_where_somebody_was_typing(page, lab):
    open_session(page, lab)
    plan(page).press_sequentially("before")
    expect_kept(page, YOURSELF)
    part(page, YOURSELF).click(position={"x": 5, "y": 5})
    expect(plan(page)).not_to_be_focused()
    run_all(page)
    expect(plan(page)).to_be_focused()
    page.keyboard.type(" and after")
    expect(plan(page)).to_have_value("before and after")


def test_what_closing_asks_of_a_day_stays_when_somebody_only_passes_by(page, lab):
    open_session(page, lab)
    part(page, "Talk about your dreams").get_by_text("keep it").click()
    items = part(page, "Who does what by when")
    items.get_by_label("Who does Marisol want to become?").select_option("open")
    items.get_by_label("What", exact=True).fill("rest on Mondays")
    part(page, "Closing").get_by_role("button", name="Close the session").click()
    expect(items).to_contain_text("Without a day it stays a draft")
    part(page, "Who does what by when")
    items.get_by_label("By", exact=True).focus()
    items.get_by_label("What", exact=True).focus()
    expect(items).to_contain_text("Without a day it stays a draft")


FOOT = """(form) => {
    window.hasty = 0;
    const status = form.querySelector('.coaching-status');
    let since = null;
    new MutationObserver(() => {
        since = form.dataset.state === 'busy' ? since ?? performance.now() : null;
        if (status.textContent === 'keeping …' && performance.now() - since < 400) window.hasty += 1;
    }).observe(form, { attributeFilter: ['data-state'], childList: true, subtree: true }); }"""


def test_the_foot_stands_still_while_every_key_is_kept_soon(page, lab):
    kernel = open_session(page, lab)
    part(page, YOURSELF).evaluate(FOOT)
    plan(page).focus()
    page.keyboard.type("on, and on, and on", delay=PER_KEY)
    expect_kept(page, YOURSELF)
    with lab.stopped(kernel):
        page.keyboard.type(", and on")
        expect(part(page, YOURSELF)).to_contain_text("keeping …")
    expect_kept(page, YOURSELF)
    assert page.evaluate("window.hasty") == 0


def test_a_disk_that_refuses_is_named_and_the_words_stay_on_screen(page, lab, home):
    open_session(page, lab)
    folder = home.find("Marisol")._ledger.store.folder
    drafts, aside = folder / "drafts", folder / "aside"
    drafts.rename(aside)
    drafts.write_text("not a folder")
    plan(page).press_sequentially("nowhere to go")
    expect(part(page, YOURSELF)).to_contain_text("NOT KEPT")
    expect(plan(page)).to_have_value("nowhere to go")
    drafts.unlink()
    aside.rename(drafts)
    expect_kept(page, YOURSELF)
    assert "nowhere to go" in kept_texts(home)


def test_cleared_words_are_gone_and_stay_gone(page, lab, home):
    open_session(page, lab)
    plan(page).press_sequentially("a slip")
    expect_kept(page, YOURSELF)
    plan(page).fill("")
    wait_until(lambda: "a slip" not in kept_texts(home), "the words are still there")
    run_all(page)
    expect(plan(page)).to_have_value("")


def test_what_is_too_long_for_a_field_is_not_taken_in_and_that_is_said(page, lab):
    open_session(page, lab)
    field = story(page, "A plan")
    field.fill("walk")
    field.focus()
    page.keyboard.insert_text("x" * 200_000)
    expect(form(page, SEGMENTS[1])).to_contain_text("nothing of it was taken in")
    expect(field).to_have_value("walk")
    page.keyboard.type(" on")
    expect(form(page, SEGMENTS[1])).not_to_contain_text("nothing of it was taken in")
    expect_kept(page, SEGMENTS[1])


def test_a_file_that_is_dropped_on_a_field_is_not_taken_in_and_that_is_said(page, lab):
    open_session(page, lab)
    field = story(page, "A plan")
    field.fill("walk")
    dropped = """field => { const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["of a file"], "notes.txt"));
        const drop = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
        field.dispatchEvent(drop); return drop.defaultPrevented; }"""
    assert field.evaluate(dropped)
    expect(form(page, SEGMENTS[1])).to_contain_text("No file is taken in here.")
    expect(field).to_have_value("walk")


def test_words_that_wait_when_all_forms_have_gone_are_said_to_wait_by_the_page(page, lab):
    kernel = open_session(page, lab)
    field = story(page, "A plan")
    with lab.stopped(kernel):
        field.fill("walk")
        page.evaluate("window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
        expect(page.get_by_text("words that were typed here wait on this page")).to_be_visible()
    run_all(page)
    expect(story(page, "A plan")).to_have_value("walk")
    expect(page.get_by_text("words that were typed here wait on this page")).to_have_count(0)
