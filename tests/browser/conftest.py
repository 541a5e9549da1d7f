import os

import pytest
from playwright.sync_api import expect, sync_playwright

from coaching.workbook.home import Home
from tests.browser.lab import CHROMIUM, CHROMIUM_OPTIONS, running

# Machines are shared, and other tests run at the same time.
expect.set_options(timeout=20_000)

DESK = {"width": 1100, "height": 900}
HOW_TO_GET_IT = "Chromium is missing: install it, on Debian with 'apt-get install chromium'"


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright():
    if not CHROMIUM:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(HOW_TO_GET_IT)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright):
    """One browser for the tests of a process."""
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
    yield started
    started.close()


@pytest.fixture
def browser(chromium):
    """The browser, in which nothing stays open that a test has opened."""
    before = chromium.contexts
    yield chromium
    for context in chromium.contexts:
        if context not in before:
            context.close()


@pytest.fixture(scope="session")
def standing_lab(tmp_path_factory, playwright):
    """One JupyterLab on the demo year for the tests of a process."""
    with running(tmp_path_factory.mktemp("lab")) as started:
        yield started


@pytest.fixture
def lab(standing_lab):
    """A JupyterLab on the demo year, as if it had just been started."""
    standing_lab.begin_again()
    return standing_lab


@pytest.fixture
def home(lab):
    """The home folder of `lab`."""
    return Home(lab.home)


@pytest.fixture
def page(browser):
    opened = browser.new_page(viewport={"width": 1280, "height": 1000}, locale="en-GB")
    opened.set_default_timeout(30_000)
    return opened


@pytest.fixture
def opened(browser, tmp_path):
    """Open HTML as a file; what the browser complains of and asks for is kept."""

    def opening(html, viewport=DESK, **options):
        file = tmp_path / "summary.html"
        file.write_text(html, encoding="utf-8")
        found = browser.new_page(viewport=viewport, **options)
        found.complaints, found.asked = [], []
        found.on("console", lambda message: found.complaints.append(message.text))
        found.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.on("request", lambda request: found.asked.append(request.url))
        found.goto(file.as_uri())
        return found

    return opening


@pytest.fixture
def profile(tmp_path, playwright):
    context = playwright.chromium.launch_persistent_context(
        str(tmp_path / "profile"),
        executable_path=CHROMIUM,
        args=CHROMIUM_OPTIONS,
        viewport={"width": 1280, "height": 1000},
    )
    yield context
    context.close()
