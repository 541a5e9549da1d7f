"""Locked: nothing can be read or found, nothing opens it but the passphrase, and one goes on where one was."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from coaching.workbook.home import Home
from tests.browser.lab import SECOND, SEGMENTS, expect_kept, open_session, part, run_all, running
from tests.unit.store.samples import cheap_locks

BEGINNING, PART, FIELD = "With whom, and when", SEGMENTS[1], "A plan"
PASSPHRASE = "zqpassphrase of four words"  # noqa: S105 - a sentinel
CANARY, NAME = "zqCANARYwordxyzzy", "Adazq"
#: Long enough for what a test types, and short enough to wait for.
IDLE_S = 20


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "home")
    with cheap_locks():
        home.create(NAME, "Tom", lambda: PASSPHRASE)
    return home


@pytest.fixture
def lab(tmp_path, home, playwright):
    with running(tmp_path, "--lock-after", str(IDLE_S / 60), home=home) as started:
        yield started


def cover(page):
    return page.locator(".coaching-lock")


def field(page):
    return part(page, PART).get_by_label(FIELD, exact=True).first


def begin(page, lab):
    kernel = open_session(page, lab)
    part(page, BEGINNING).get_by_label("Passphrase", exact=True).first.fill(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(part(page, BEGINNING)).to_contain_text(f"{NAME} ·")
    field(page).press_sequentially(f"{CANARY} and more")
    expect_kept(page, PART)
    for _ in range(len(" and more")):
        page.keyboard.press("ArrowLeft")
    return kernel


def expect_locked(page, timeout=20 * SECOND):
    """Nothing private is in the page's text, its elements or what a screen reader is told."""
    expect(cover(page).get_by_role("heading", name="Locked")).to_be_visible(timeout=timeout)
    told = [page.locator("body").inner_text(), page.content(), page.locator("body").aria_snapshot()]
    values = page.evaluate("[...document.querySelectorAll('input, textarea')].map((field) => field.value).join()")
    for private in (CANARY, NAME, "What are you in the middle of"):
        assert not [text for text in (*told, values) if private in text]


def expect_goes_on(page, words):
    """With the passphrase one is in the same field, and the caret is where it was."""
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()
    page.keyboard.type(", then")
    expect(field(page)).to_have_value(words)
    expect_kept(page, PART)


def test_by_key_button_command_and_time_it_is_locked_and_one_goes_on_where_one_was(page, lab, home):
    begin(page, lab)
    page.keyboard.press("Control+l")
    expect_locked(page)
    expect(cover(page).get_by_label("Passphrase")).to_be_focused()
    page.keyboard.type("never was this one a passphrase")
    page.keyboard.press("Enter")
    expect(cover(page).get_by_role("alert")).to_have_text("This passphrase does not open the locked workbook.")
    run_all(page)
    expect_locked(page)
    cover(page).get_by_label("Passphrase").focus()
    expect_goes_on(page, f"{CANARY}, then and more")

    page.get_by_role("button", name="Lock", exact=True).click()
    expect_locked(page)
    expect_goes_on(page, f"{CANARY}, then, then and more")

    command = [sys.executable, "-m", "coaching", "lock", "--home", str(home.folder)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    expect_locked(page, 5 * SECOND)
    expect_goes_on(page, f"{CANARY}, then, then, then and more")

    expect_locked(page, (IDLE_S + 15) * SECOND)


def test_who_types_the_passphrase_as_soon_as_it_is_locked_is_not_locked_out_again(page, lab):
    begin(page, lab)
    words = f"{CANARY}"
    for _ in range(5):
        page.keyboard.type(" on")
        words += " on"
        page.keyboard.press("Control+l")
        page.keyboard.type(PASSPHRASE)
        page.keyboard.press("Enter")
        expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value(f"{words} and more")
    expect_kept(page, PART)
    expect(cover(page)).to_have_count(0)


def test_after_a_reload_the_passphrase_is_asked_for(page, lab, browser):
    kernel = begin(page, lab)
    page.reload()
    page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()
    lab.kernel()
    expect_locked(page)
    page.set_viewport_size({"width": 640, "height": 800})
    assert cover(page).evaluate("e => e.clientWidth < 360 && e.scrollWidth <= e.clientWidth")
    cover(page).get_by_label("Passphrase").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value(f"{CANARY} and more")
    assert lab.kernel()["id"] == kernel["id"]


def test_words_that_a_stopped_kernel_has_not_kept_wait_under_the_cover_and_are_not_lost(page, lab):
    kernel = begin(page, lab)
    with lab.stopped(kernel):
        page.keyboard.type(" not kept")
        page.keyboard.press("Control+l")
        expect_locked(page)
        expect(cover(page)).to_contain_text(re.compile("NOT KEPT yet: what was typed last waits here"))
    expect(cover(page)).not_to_contain_text("NOT KEPT", timeout=20 * SECOND)
    expect_goes_on(page, f"{CANARY} not kept, then and more")
