import os

import pytest
from playwright.sync_api import expect, sync_playwright

from coaching.home import Home
from tests.browser.lab import CHROMIUM, chromium, running

# Machines are shared, and other tests run at the same time.
expect.set_options(timeout=20_000)

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
