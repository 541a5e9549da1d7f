"""What is in the way of a session is named, with what to do about it; nothing is, where all is well."""

import json
import os
import re
import webbrowser
from contextlib import contextmanager

import pytest

from coaching import jupyter
from coaching.i18n import LANGUAGES, speaking
from coaching.jupyter import doctor
from coaching.store import disk
from coaching.workbook.home import Home


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a home where all is well: with a browser, fonts, and notebooks of today."""
    monkeypatch.setattr(webbrowser, "get", lambda: None)
    monkeypatch.setattr(doctor, "_FONTS", [tmp_path / "fonts"])
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "Serif.TTF").touch()
    jupyter.lay_out(tmp_path / "home")
    return Home(tmp_path / "home")


def no_browser(home, monkeypatch):
    def get():
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", get)


def no_fonts(home, monkeypatch):
    monkeypatch.setattr(doctor, "_FONTS", [home.folder / "fonts"])


def no_locks(home, monkeypatch):
    @contextmanager
    def locked(*_, **__):
        yield disk.Lock.MISSING

    monkeypatch.setattr(disk, "locked", locked)


def no_room(home, monkeypatch):
    home.folder = home.folder / "notebooks" / "session.ipynb" / "below a file"


def a_clock_that_is_behind(home, monkeypatch):
    home.clock = lambda: doctor.datetime(2001, 1, 1).astimezone()


def a_file_of_tomorrow(home, monkeypatch):
    workbook = home.create("Ada", "Tom").workbook
    file = next((workbook.folder / "entries").glob("*.parquet"))
    os.utime(file, (4e9, 4e9))


def an_extension_that_is_off(home, monkeypatch):
    folder = home.folder.parent / "config" / "labconfig"
    folder.mkdir(parents=True)
    (folder / "page_config.json").write_text(json.dumps({"disabledExtensions": {"coaching-workbook": True}}))


def an_extension_that_is_away(home, monkeypatch):
    monkeypatch.setattr(doctor, "jupyter_path", lambda _: [])


def a_notebook_of_another_version(home, monkeypatch):
    file = home.folder / "notebooks" / "session.ipynb"
    cells = json.loads(file.read_text())
    cells["cells"][0]["source"] = "# Another one"
    file.write_text(json.dumps(cells))


def an_old_notebook(home, monkeypatch):
    a_notebook_of_another_version(home, monkeypatch)
    jupyter.lay_out(home.folder)


def a_package_that_is_too_old(home, monkeypatch):
    monkeypatch.setattr(doctor, "version", lambda name: "0.1" if name == "pandas" else "9999")


CASES = {
    no_browser: "coaching lab --no-browser",
    no_fonts: "apt-get install fonts-dejavu-core",
    no_locks: "network drives|Netzlaufwerke",
    no_room: "coaching lab --home FOLDER",
    a_clock_that_is_behind: "2001-01-01",
    a_file_of_tomorrow: "2096-10-02",
    an_extension_that_is_off: "jupyter labextension enable coaching-workbook",
    an_extension_that_is_away: "anywidget",
    a_notebook_of_another_version: "session.ipynb.*coaching lab",
    an_old_notebook: "session-before.ipynb",
    a_package_that_is_too_old: "pip install 'pandas>=3'",
}


def test_nothing_is_said_where_all_is_well(home):
    before = sorted(home.folder.rglob("*"))
    assert list(jupyter.problems(home)) == []
    assert sorted(home.folder.rglob("*")) == before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("harm", CASES, ids=lambda harm: harm.__name__)
def test_what_is_in_the_way_is_said_with_what_to_do(home, monkeypatch, harm, language):
    harm(home, monkeypatch)
    with speaking(language):
        said = list(jupyter.problems(home))
    assert any(re.search(CASES[harm], sentence) for sentence in said)
