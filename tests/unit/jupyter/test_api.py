"""What the notebooks call, and what a kernel does before they do."""

import subprocess
import sys
from importlib.resources import files
from unittest.mock import patch

import pytest

from coaching import store
from coaching.jupyter import api as notebook
from coaching.workbook import keyring as desktop_keyring
from tests.unit.locks import MAYA, PASSPHRASE, YARA

STARTUP = files("coaching.jupyter").joinpath("startup.py")
IN_A_TERMINAL = f"exec(open({str(STARTUP)!r}).read()); import sys; print('coaching' in sys.modules)"
IN_A_KERNEL = f"""
import gc, sys, ipykernel
from tornado.ioloop import IOLoop
exec(open({str(STARTUP)!r}).read())
def when_done():
    loaded = sys.modules.get("coaching.jupyter.api")
    if loaded and loaded._home.cache_info().currsize:
        print(gc.get_freeze_count() > 0)
        IOLoop.current().stop()
    else:
        IOLoop.current().call_later(0.05, when_done)
when_done()
IOLoop.current().start()
"""


@pytest.fixture(autouse=True)
def a_new_kernel():
    notebook._home.cache_clear()
    yield
    notebook._home.cache_clear()


@pytest.fixture
def opened():
    """Return the folders of the stores that are opened, as they are."""
    found = []

    def opening(folder, keys):
        found.append(folder)
        return original(folder, keys)

    original = store.Store.open
    with patch.object(store.Store, "open", opening):
        yield found


def test_only_what_is_not_encrypted_is_read_beforehand_and_no_keyring_is_asked(shelf, opened):
    store.set_remembered(shelf.folder(MAYA), remembered=True)
    with patch.object(desktop_keyring, "recall", side_effect=AssertionError("asked")):
        notebook.warm_up()
    assert opened == [shelf.folder(YARA)]


def test_the_first_cell_finds_it_read(shelf, opened):
    notebook.warm_up()
    notebook.session("Yara")
    assert opened.count(shelf.folder(YARA)) == 1


def test_a_passphrase_that_is_put_into_the_surroundings_later_still_opens(shelf, monkeypatch):
    notebook.warm_up()
    monkeypatch.setenv("COACHING_PASSPHRASE", PASSPHRASE)
    assert notebook.open_workbook("Maya").name == MAYA


def test_a_home_that_cannot_be_read_is_left_to_the_first_cell(monkeypatch, tmp_path):
    (tmp_path / "home").write_text("not a folder")
    monkeypatch.setenv("COACHING_HOME", str(tmp_path / "home"))
    notebook.warm_up()


@pytest.mark.parametrize(
    ("code", "said"), [(IN_A_TERMINAL, "False"), (IN_A_KERNEL, "True")], ids=["terminal", "kernel"]
)
def test_a_kernel_brings_in_what_notebooks_need_and_a_terminal_nothing(shelf, code, said):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == said
