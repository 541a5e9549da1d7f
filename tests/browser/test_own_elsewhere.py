"""The own copy in Firefox and in WebKit, from the disk: it opens, keeps what is typed over a crash, and saves."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from coaching.workbook.home import Home
from coaching.workbook.own_file import write_own_file
from tests.browser.firefox import firefox

pytestmark = pytest.mark.readers

PASSPHRASE = "four quiet herons wade"  # noqa: S105 - opens invented pages
WORDS = "zqTYPED, and a bread school by the river"
FIREFOX, DEBIANS_PYTHON = "firefox-esr", "/usr/bin/python3"
IS_LOCKED = "Boolean(document.querySelector('form:not([hidden]) input[type=password]'))"
IS_OPEN = "Boolean(document.querySelector('main.own'))"
IS_KEPT = "document.querySelector('.kept-state').textContent.startsWith('Kept in this browser')"
IS_HANDED = "document.querySelector('.kept-state').textContent.includes('downloads')"
TYPED = "document.querySelector('.small-form textarea')?.value"
SHOWN = "document.querySelector('main.own').innerText"
NOTE = "//form[contains(@class, 'small-form')]//textarea"
ENTER = "\ue007"


@pytest.fixture
def copy(tmp_path):
    home = Home(tmp_path / "home")
    home.demo()
    file = tmp_path / "own.html"
    write_own_file(home.find("Marisol"), file, PASSPHRASE)
    return file


def unlock(window, file):
    window.open(file)
    window.until(f"return {IS_LOCKED}")
    window.type("//input[@type='password']", PASSPHRASE + ENTER)
    window.until(f"return {IS_OPEN}")


@pytest.mark.skipif(not shutil.which(FIREFOX), reason="there is no Firefox")
def test_in_firefox_words_outlive_a_crash_and_are_in_the_file_that_is_saved(copy, tmp_path):
    profile = tmp_path / "profile"
    with firefox(FIREFOX, profile) as window:
        unlock(window, copy)
        window.press("Write a private note")
        window.type(NOTE, WORDS)
        window.until(f"return {IS_KEPT}")
    with firefox(FIREFOX, profile) as window:
        unlock(window, copy)
        assert window.run(f"return {TYPED}") == WORDS
        window.press("Keep")
        window.press("Save")
        window.until(f"return {IS_HANDED}")
        saved = window.downloaded(profile / "downloads")
    assert WORDS not in saved.read_text(encoding="utf-8")
    with firefox(FIREFOX, tmp_path / "another") as window:
        unlock(window, saved)
        assert WORDS in window.run(f"return {SHOWN}")


def unlocking():
    fill = f"document.querySelector('input[type=password]').value = {json.dumps(PASSPHRASE)}"
    return [IS_LOCKED, fill, "document.querySelector('form').requestSubmit() ?? true", IS_OPEN]


def press(button):
    found = f"[...document.querySelectorAll('button')].find((one) => one.textContent === {json.dumps(button)})"
    return f"{found}.click() ?? true"


def webkit(file, folder, *expressions):
    """Return what WebKit says to each of the expressions, once the file is unlocked."""
    steps = [*unlocking(), *expressions]
    program = [DEBIANS_PYTHON, Path(__file__).with_name("webkit.py"), file, folder, json.dumps(steps)]
    done = subprocess.run(["xvfb-run", "-a", *program], capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(steps), done.stderr
    return answers[len(unlocking()) :]


def has_webkit():
    asked = "import gi; gi.require_version('WebKit2', '4.1')"
    python = shutil.which(DEBIANS_PYTHON) and shutil.which("xvfb-run")
    return (
        bool(python) and not subprocess.run([DEBIANS_PYTHON, "-c", asked], capture_output=True, check=False).returncode
    )


def test_in_webkit_words_outlive_a_crash_and_are_in_the_file_that_is_saved(copy, tmp_path):
    if not has_webkit():
        pytest.skip("there is no WebKitGTK with the bindings of Debian's Python")
    data = tmp_path / "data"
    data.mkdir()
    field = "document.querySelector('.small-form textarea')"
    write = f"({field}.value = {json.dumps(WORDS)}, {field}.dispatchEvent(new Event('input')))"
    webkit(copy, data, press("Write a private note"), write, IS_KEPT)
    typed, *_ = webkit(copy, data, TYPED, press("Keep"), IS_KEPT, press("Save"), IS_HANDED)
    assert typed == WORDS
    saved = data / copy.name
    assert WORDS not in saved.read_text(encoding="utf-8")
    another = tmp_path / "another"
    another.mkdir()
    (shown,) = webkit(saved, another, SHOWN)
    assert WORDS in shown
