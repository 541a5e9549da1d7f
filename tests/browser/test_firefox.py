"""Firefox as Debian has it, by its own remote control: the session opens by itself, and what is typed is kept."""

import contextlib
import shutil

import pytest

from coaching.workbook.home import Home
from tests.browser.lab import MINUTE, TOKEN, Lab

FIREFOX = next((found for name in ("firefox-esr", "firefox") if (found := shutil.which(name))), None)
WORDS = "Typed in Firefox"


@pytest.fixture
def firefox(tmp_path):
    driver = pytest.importorskip("marionette_driver.marionette", reason="pip install marionette_driver")
    if FIREFOX is None:
        pytest.skip("Firefox is missing: install it, on Debian with 'apt-get install firefox-esr'")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path))  # its caches
        started = driver.Marionette(
            bin=FIREFOX, headless=True, workspace=str(tmp_path), gecko_log=str(tmp_path / "gecko.log")
        )
        started.start_session()
    yield started
    with contextlib.suppress(OSError):
        started.quit()


@pytest.fixture
def lab(tmp_path):
    home = Home(tmp_path / "home")
    home.demo_pairs()
    started = Lab(tmp_path, home.folder)
    yield started
    started.stop()


def test_a_session_opens_by_itself_and_what_is_typed_is_kept(firefox, lab):
    from marionette_driver import By, Wait  # noqa: PLC0415 - where Firefox cannot be tried, it need not be there

    def by(selector):
        return [one for one in firefox.find_elements(By.CSS_SELECTOR, selector) if one.is_displayed()]

    def shown(selector, words=""):
        return lambda _: next((one for one in by(selector) if words in one.text), False)

    wait = Wait(firefox, timeout=MINUTE / 1000, interval=0.2)
    firefox.navigate(f"{lab.address}/doc/tree/session.ipynb?token={TOKEN}")
    wait.until(shown(".coaching-outcome"))
    wait.until(shown("button", "Yourself")).click()
    field = wait.until(shown("textarea"))
    field.click()
    field.send_keys(WORDS)
    workbook = Home(lab.home).find("Lefteris")
    wait.until(lambda _: WORDS in workbook.exported())
    assert field.get_property("value") == WORDS
