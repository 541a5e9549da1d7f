"""Whatever happens between browser and server, or to either of them: the words are there, or the form says so."""

import contextlib
import os
import signal
import socket
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from coaching.workbook.home import Home
from tests.browser.lab import CHROMIUM, CHROMIUM_OPTIONS, expect_kept, open_session, part, run_all, story, wait_until

YOURSELF = "Talk about yourself"
MINE, THEIRS = "Your side", "Marisol"
VIEWPORT = {"width": 1280, "height": 1000}
PATIENCE_OF_A_FORM = 9_000  # milliseconds on the page's clock
A_LONG_ANSWER = "Ein längerer Satz, wie er beim Erzählen entsteht. " * 400
ITS_END = "Und noch dies: ganz am Ende, Wort für Wort."
PER_KEY = 66  # milliseconds: fifteen characters a second


class Wire:
    """A wire between browser and server that can be cut."""

    def __init__(self, to: int):
        self._to, self._is_whole, self._connections = to, True, []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    @contextlib.contextmanager
    def cut(self):
        self._is_whole = False
        for end in self._connections:
            _close(end)
        try:
            yield
        finally:
            self._is_whole = True

    def stop(self):
        for end in (self._listener, *self._connections):
            _close(end)

    def _listen(self):
        with contextlib.suppress(OSError):  # the listener is closed when the tests are over
            while True:
                near, _ = self._listener.accept()
                if not self._is_whole:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self._to))
                self._connections += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source, sink):
        with contextlib.suppress(OSError):
            while some := source.recv(65536):
                sink.sendall(some)
        _close(source)
        _close(sink)


def _close(end):
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@pytest.fixture(scope="module")
def lab(standing_lab):
    """A wire to a JupyterLab, and one home for all of these tests; each of them may leave words in the workbook."""
    standing_lab.begin_again()
    wire = Wire(standing_lab.port)
    home = Home(standing_lab.home)
    yield SimpleNamespace(address=wire.address, kernel=standing_lab.kernel, wire=wire, home=home)
    wire.stop()


@pytest.fixture(scope="module")
def context(chromium):
    with chromium.new_context(viewport=VIEWPORT, locale="en-GB") as opened:
        yield opened


@pytest.fixture(scope="module")
def page(context, lab):
    """One page with a session on it."""
    opened = context.new_page()
    opened.clock.install()
    open_session(opened, lab)
    return opened


def field(page, label, side=MINE):
    return story(page, label, side)


def is_kept_a_little_later(page):
    """Let a while pass on the page, as JupyterLab waits longer after each try to connect again."""
    page.clock.fast_forward(1_000)
    return part(page, YOURSELF).get_attribute("data-state") == "kept"


def kept_texts(lab):
    """Return every text that is on disk, drafts included."""
    return set(lab.home.find("Marisol").frames()["note"]["text"].dropna())


def test_two_tabs_on_one_session_keep_what_is_typed_in_either_and_lose_nothing_typed_in_both(page, context, lab):
    second = context.new_page()
    open_session(second, lab)
    field(page, "A plan").fill("typed in the first")
    field(second, "A failure").fill("typed in the second")
    for tab, words in ((page, "one"), (second, "two")):
        field(tab, "A goal").press_sequentially(words)
        expect_kept(tab, YOURSELF)
    assert {"typed in the first", "typed in the second"} <= kept_texts(lab)
    for tab in (second, page):
        run_all(tab)
        for words in ("Written in two places", "“one”", "“two”"):
            expect(part(tab, YOURSELF)).to_contain_text(words)
        expect(field(tab, "A plan")).to_have_value("typed in the first")
        expect(field(tab, "A failure")).to_have_value("typed in the second")
    second.close()
    part(page, YOURSELF).get_by_role("button", name="Keep what stands here").click()
    expect(part(page, YOURSELF)).not_to_contain_text("Written in two places")


def test_words_typed_while_a_kernel_restarts_are_put_back_and_the_focus_stays(page, lab):
    plan = field(page, "A plan")
    plan.fill("before")
    expect_kept(page, YOURSELF)
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator('[data-command="kernelmenu:restart"]').click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    plan.click()
    page.keyboard.press("End")
    page.keyboard.type(" and while it restarts")
    lab.kernel()
    wait_until(lambda: "before and while it restarts" in kept_texts(lab), "the words did not reach the disk")
    expect(plan).to_have_value("before and while it restarts")
    expect_kept(page, YOURSELF)
    expect(plan).to_be_focused()


def test_at_the_end_of_a_very_long_answer_no_key_is_dropped(page, lab):
    failure = field(page, "A failure")
    failure.fill(A_LONG_ANSWER)
    failure.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(ITS_END, delay=PER_KEY)
    expect(failure).to_have_value(A_LONG_ANSWER + ITS_END)
    expect_kept(page, YOURSELF)
    assert A_LONG_ANSWER + ITS_END in kept_texts(lab)


@pytest.mark.parametrize("hours", [-3, 30], ids=["back", "ahead"])
def test_words_are_kept_when_the_clock_of_the_computer_is_set(page, lab, hours):
    goal, words = field(page, "A goal"), f"typed when the clock went by {hours} hours"
    goal.fill("typed before")
    page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=hours))
    goal.fill(words)
    expect_kept(page, YOURSELF)
    assert words in kept_texts(lab)


def test_words_survive_a_browser_that_is_killed_a_second_after_the_last_key(playwright, lab, tmp_path):
    profile = tmp_path / "profile"
    options = {"executable_path": CHROMIUM, "args": CHROMIUM_OPTIONS, "viewport": VIEWPORT}
    page = playwright.chromium.launch_persistent_context(profile, **options).pages[0]
    open_session(page, lab)
    field(page, "A goal", THEIRS).fill("")
    field(page, "A goal", THEIRS).press_sequentially("to the last letter")
    expect_kept(page, YOURSELF)
    with page.expect_event("close"):
        os.kill(browser_process(profile), signal.SIGKILL)
    assert "to the last letter" in kept_texts(lab)


def browser_process(profile):
    """Return the process of the browser with this profile, of which its other processes are children."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            options = (folder / "cmdline").read_text().split("\0")
            if f"--user-data-dir={profile}" in options and not any(each.startswith("--type=") for each in options):
                return int(folder.name)
    raise LookupError("no browser with this profile")


def test_words_typed_while_the_connection_is_lost_are_named_and_then_kept_by_themselves(page, lab):
    plan = field(page, "A plan")
    plan.fill("before")
    expect_kept(page, YOURSELF)
    with lab.wire.cut():
        plan.press_sequentially(" and meanwhile")
        page.clock.fast_forward(PATIENCE_OF_A_FORM)
        expect(part(page, YOURSELF)).to_have_attribute("data-state", "lost")
        expect(part(page, YOURSELF)).to_contain_text("NOT KEPT")
        expect(part(page, YOURSELF)).to_contain_text("JupyterLab says: Server Connection Error: A connection to")
        page.keyboard.type(", and more")
    expect(plan).to_have_value("before and meanwhile, and more")
    wait_until(lambda: is_kept_a_little_later(page), "the words were not kept when the connection was back")
    assert "before and meanwhile, and more" in kept_texts(lab)
    expect(part(page, YOURSELF)).not_to_contain_text("JupyterLab says")
