"""Homes with the demo year or with locked workbooks, made once, as making locks is slow on purpose; and keyrings."""

import dataclasses
import shutil

import keyring
import pytest
from keyrings.alt.file import PlaintextKeyring

from coaching.pages import quarter
from coaching.workbook.home import Home
from tests.unit.locks import Vault, filled
from tests.unit.store.samples import cheap_locks


@pytest.fixture(scope="session")
def original_shelf(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("shelf") / "home")


@pytest.fixture
def shelf(original_shelf, tmp_path, monkeypatch):
    """Return a home of one's own with workbooks of two passphrases and a plain one; new locks are cheap."""
    for name in ("PASSPHRASE", "NEW_PASSPHRASE", "RECOVERY_KEY"):
        monkeypatch.delenv(f"COACHING_{name}", raising=False)
    monkeypatch.setenv("COACHING_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(original_shelf.home, tmp_path / "home")
    with cheap_locks():
        yield dataclasses.replace(original_shelf, home=tmp_path / "home")


@pytest.fixture(scope="session")
def original_demo(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("demo") / "home")
    home.demo()
    return home.folder


@pytest.fixture
def demo(original_demo, tmp_path, monkeypatch):
    """Return a home with the demo year, whose private notes are past their time by now."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACHING_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("COACHING_PASSPHRASE", raising=False)
    shutil.copytree(original_demo, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def without_figures(monkeypatch):
    """Leave the figures out of pages, which take longest to make, where a test is about something else."""
    for figures in ("mission_figures", "promise_figures"):
        monkeypatch.setattr(quarter, figures, lambda *_: ())
    monkeypatch.setattr(quarter, "conversation", lambda *_: None)


@pytest.fixture
def set_keyring(monkeypatch, tmp_path):
    """Return a function that gives this program another keyring; whatever is written down lands in ``written``."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "written"))
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def vault(set_keyring):
    """Give this program a keyring that keeps secrets."""
    set_keyring(found := Vault())
    return found


@pytest.fixture
def no_vault(set_keyring):
    """Give this program the keyring that a computer without a desktop has: a file that anybody can read."""
    set_keyring(PlaintextKeyring())
