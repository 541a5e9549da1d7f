import os

import pytest
from playwright.sync_api import expect, sync_playwright

from coaching.home import Home
from tests.browser.lab import CHROMIUM, CHROMIUM_OPTIONS, chromium, running

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


@pytest.fixture
def home(tmp_path):
    """A home folder with the demo year."""
    found = Home(tmp_path / "home")
    found.demo()
    return found


@pytest.fixture
def lab(tmp_path, home, playwright):
    with running(tmp_path, home=home) as started:
        yield started


@pytest.fixture
def browser(playwright):
    with chromium(playwright) as started:
        yield started


@pytest.fixture
def page(browser):
    opened = browser.new_page(viewport={"width": 1280, "height": 1000}, locale="en-GB")
    opened.set_default_timeout(30_000)
    return opened


@pytest.fixture
def opened(browser, tmp_path):
    """Open HTML as a file; what the browser complains of and asks for is kept."""
    contexts = []

    def opening(html, viewport=DESK, **options):
        file = tmp_path / "summary.html"
        file.write_text(html, encoding="utf-8")
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        found = context.new_page()
        found.complaints, found.asked = [], []
        found.on("console", lambda message: found.complaints.append(message.text))
        found.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.on("request", lambda request: found.asked.append(request.url))
        found.goto(file.as_uri())
        return found

    yield opening
    for context in contexts:
        context.close()


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
