"""What is typed is in the workbook and nowhere else: no notebook, log, history or browser profile."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from coaching.workbook.home import Home
from tests.browser.lab import (
    CHROMIUM,
    CHROMIUM_OPTIONS,
    expect_kept,
    note_to_self,
    open_notebook,
    open_session,
    part,
    run_all,
    running,
    save,
)
from tests.browser.traces import SECRET, places_with
from tests.unit.locks import RECOVERY_KEY

PASSPHRASE = "zqpassphrase of four words"  # noqa: S105 - a sentinel
COACHEE, COACH, MENTOR = "Zqcoachee Quill", "Zqcoach Fell", "zqmentor in words"
WIDGETS = "@jupyter-widgets/jupyterlab-manager:plugin"


@pytest.fixture
def lab_that_saves_widget_state(tmp_path, playwright):
    settings = tmp_path / "user/.jupyter/lab/user-settings/@jupyter-widgets/jupyterlab-manager"
    settings.mkdir(parents=True)
    (settings / "plugin.jupyterlab-settings").write_text(json.dumps({"saveState": True}))
    with running(tmp_path) as started:
        yield started


@pytest.mark.everyday
def test_a_secret_typed_is_nowhere_but_in_the_workbook(tmp_path, lab_that_saves_widget_state, profile):
    lab = lab_that_saves_widget_state
    home = Home(lab.home)
    page = profile.new_page()
    page.set_default_timeout(30_000)
    open_session(page, lab)
    setting = page.evaluate(f"(async () => (await window.jupyterapp.serviceManager.settings.fetch('{WIDGETS}')).raw)()")
    assert json.loads(setting) == {"saveState": True}
    for title, label in (
        ("Opening", "How is Marisol arriving?"),
        ("Talk about yourself", "A plan"),
        ("Talk about your dreams", "Something you love, or long for"),
    ):
        part(page, title).get_by_label(label, exact=True).first.press_sequentially(f"{SECRET} {title}")
        expect_kept(page, title)
    note_to_self(page).press_sequentially(f"{SECRET} Closing")
    expect_kept(page, "Closing")
    run_all(page)
    expect(note_to_self(page)).to_have_value(f"{SECRET} Closing")
    save(page, lab, "session.ipynb")
    notebook = json.loads((home.folder / "notebooks/session.ipynb").read_text())
    assert "widgets" not in notebook["metadata"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook["cells"])

    open_notebook(page, lab, "quarterly_review.ipynb")
    page.locator(".coaching-theme > summary").first.wait_for()
    for theme in page.locator(".coaching-theme > summary").all():
        theme.click()
    expect(page.locator(".coaching-view figure").first).to_be_visible()
    save(page, lab, "quarterly_review.ipynb")
    # Chromium writes its session files every few seconds and when it closes.
    profile.close()
    lab.stop()

    workbook = home.find("Marisol")._ledger.store.folder
    assert places_with(SECRET, workbook), "the test would not see the words where they are"
    assert not places_with(SECRET, tmp_path, but=[workbook])
    assert not places_with("Radek", tmp_path, but=[workbook]), "words of the demo year that the review has drawn"


@pytest.fixture
def environment(tmp_path):
    """Where programs write by themselves: for a while, in memory, and for the account."""
    memory, user = tmp_path / "memory", tmp_path / "user"
    for folder in (memory, user):
        folder.mkdir(mode=0o700)
    # The browser puts a socket there, whose path must be short.
    with tempfile.TemporaryDirectory() as for_a_while:
        yield {"TMPDIR": for_a_while, "XDG_RUNTIME_DIR": str(memory), "HOME": str(user)}


@pytest.fixture
def encrypted_lab(tmp_path, environment, playwright):
    """A lab without a workbook yet, that was given a passphrase."""
    home = Home(tmp_path / "home")
    given = {"COACHING_PASSPHRASE": PASSPHRASE, **environment}
    with running(tmp_path, home=home, **given) as started:
        yield started


@pytest.fixture
def browser_of_its_own(tmp_path, environment, playwright):
    context = playwright.chromium.launch_persistent_context(
        str(tmp_path / "profile"),
        executable_path=CHROMIUM,
        args=CHROMIUM_OPTIONS,
        env={**os.environ, **environment},
        viewport={"width": 1280, "height": 1000},
    )
    context.set_default_timeout(30_000)
    yield context
    context.close()


def test_nothing_plain_is_left_behind_by_a_session_a_page_a_bundle_and_a_backup(
    tmp_path, environment, encrypted_lab, browser_of_its_own
):
    lab, page = encrypted_lab, browser_of_its_own.new_page()
    handed_out = tmp_path / "handed out"
    handed_out.mkdir()
    open_notebook(page, lab)
    beginning = part(page, "With whom, and when")
    beginning.get_by_text("Choose a passphrase now").first.click()
    for label, words in (
        ("Who do you coach?", COACHEE),
        ("And you are?", COACH),
        ("Passphrase", PASSPHRASE),
        ("Repeat it", PASSPHRASE),
    ):
        beginning.get_by_label(label, exact=True).first.fill(words)
    assert list((tmp_path / "memory").glob("*/passphrase*")) == [], "the first kernel has taken it"
    beginning.get_by_role("button", name="Make the workbook").first.click()
    recovery_key = beginning.get_by_text(re.compile(f"^{RECOVERY_KEY}$")).text_content()
    beginning.get_by_role("button", name="I have written them down").click()
    typed = {
        "Talk about yourself": ("A plan", f"{SECRET} plan"),
        "Talk about your dreams": ("Something you love, or long for", f"{SECRET} dream"),
    }
    for title, (label, words) in typed.items():
        part(page, title).get_by_label(label, exact=True).first.press_sequentially(words)
        expect_kept(page, title)
    note_to_self(page).press_sequentially(f"{SECRET} alone")
    expect_kept(page, "Closing")
    run_all(page)
    expect(note_to_self(page)).to_have_value(f"{SECRET} alone")
    closing = part(page, "Closing")
    closing.get_by_role("button", name="Close the session").click()
    closing.get_by_role("button", name="Close it as it is").click()
    expect(closing).to_contain_text("closed and kept")  # only then is it in a summary
    save(page, lab, "session.ipynb")

    open_notebook(page, lab, "quarterly_review.ipynb")
    review = part(page, "With whom, and which period")
    review.get_by_label("Passphrase").fill(PASSPHRASE)
    review.get_by_role("button", name="Unlock").click()
    copies = part(page, "A copy to share")
    copies.get_by_label("Name of the file").fill(str(handed_out / "by hand.html"))
    copies.get_by_label("For whom, in words").fill(MENTOR)
    copies.get_by_role("button", name="Write the file").click()
    expect(copies).to_contain_text("Written:")
    copies.get_by_label("Name of the file").fill("for the browser.html")
    with page.expect_download() as download:
        copies.get_by_role("button", name="Write the file").click()
    assert SECRET in Path(download.value.path()).read_text()
    download.value.delete()
    save(page, lab, "quarterly_review.ipynb")
    for command in (
        ["summary", COACHEE, "--output", "page.html"],
        ["export", COACHEE, "bundle.zip"],
        ["backup", "all.backup"],
    ):
        secrets = {"COACHING_PASSPHRASE": PASSPHRASE, "COACHING_SEAL_PASSPHRASE": "eight words that seal it for her"}
        env = {**os.environ, **environment, **secrets, "COACHING_HOME": str(lab.home)}
        subprocess.run([sys.executable, "-m", "coaching", *command], cwd=handed_out, env=env, check=True)
    browser_of_its_own.close()
    lab.stop()

    canaries = [*(words for _, words in typed.values()), f"{SECRET} alone"]
    canaries += [COACHEE, COACH, MENTOR, PASSPHRASE, recovery_key, recovery_key.replace("-", "")]
    assert places_with(f"{SECRET} plan", handed_out), "the test would not see the words where they are"
    everywhere = (tmp_path, Path(environment["TMPDIR"]))
    assert [place for text in canaries for place in places_with(text, *everywhere, but=[handed_out])] == []
    assert [text for text in canaries if text.encode() in (handed_out / "all.backup").read_bytes()] == []
    assert list((tmp_path / "memory").glob("coaching-*")) == []


def test_the_browser_asks_nothing_of_the_world_outside(page, lab):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_session(page, lab)
    open_notebook(page, lab, "quarterly_review.ipynb")
    page.locator(".coaching-theme > summary").first.wait_for()
    for theme in page.locator(".coaching-theme > summary").all():
        theme.click()
    expect(page.locator(".coaching-view figure").first).to_be_visible()
    local = (lab.address, lab.address.replace("http", "ws", 1), "data:", "blob:")
    assert [url for url in asked if not url.startswith(local)] == []
