"""Where one is: on a computer of one's own, or on a server of the organisation, and what is said of it."""

import pytest

from coaching import jupyter
from coaching.errors import CoachingError
from coaching.forms.parts import start
from coaching.workbook.environment import server
from coaching.workbook.home import Home

HUB = {"JUPYTERHUB_USER": "ana", "JUPYTERHUB_PUBLIC_HUB_URL": "https://coaching.example.org/hub/"}


@pytest.fixture(autouse=True)
def _own_computer(monkeypatch):
    for name in ("COACHING_SERVER", *HUB, "JUPYTERHUB_HOST"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({}, None),
        ({"COACHING_SERVER": " "}, None),
        ({"COACHING_SERVER": "sun"}, "sun"),
        (HUB, "coaching.example.org"),
        (HUB | {"COACHING_SERVER": "sun"}, "sun"),
        ({"JUPYTERHUB_USER": "ana", "JUPYTERHUB_HOST": "https://hub.example.org"}, "hub.example.org"),
    ],
)
def test_the_server_is_known_by_its_name(monkeypatch, environment, name):
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    assert server() == name


@pytest.mark.everyday
@pytest.mark.parametrize("is_on_server", [False, True])
def test_the_first_form_says_where_one_is_and_who_could_read_what(monkeypatch, is_on_server):
    if is_on_server:
        monkeypatch.setenv("COACHING_SERVER", "sun")
    lead = start.form(None, start.Choice(), ())["lead"]
    assert ("on this computer" in lead) is not is_on_server
    assert ("on your organisation’s server sun" in lead) is is_on_server
    assert ("Who runs it could read what is open, not what is locked." in lead) is is_on_server
    assert ("alone" in lead) is not is_on_server


def test_on_a_server_no_second_one_is_started(monkeypatch, tmp_path):
    monkeypatch.setenv("COACHING_SERVER", "sun")
    with pytest.raises(CoachingError, match="organisation's server sun: click “One-on-one” in its launcher"):
        jupyter.open_lab(Home(tmp_path), browser=False, port=0)
