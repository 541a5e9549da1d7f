"""A real hub with two managers and a caretaker, as deploy/jupyterhub sets it up: who reaches what of whom."""

import os
import subprocess
import sys

import pytest

from tests.hub import USERS, names_of_the_loopback, running_hub

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module", name="hub")
def _hub(tmp_path_factory):
    with names_of_the_loopback(), running_hub(tmp_path_factory.mktemp("hub")) as hub:
        yield hub


#: What a server says and does for its own manager.
PLACES = ("api/contents", "api/sessions", "api/kernels", "api/terminals", "coaching/hook", "lab")


@pytest.mark.parametrize("path", PLACES)
def test_a_manager_reaches_their_own_server(hub, path):
    assert hub.server("ana", "ana", path).status_code in {200, 204}


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("name", ["ben", "ops"])
def test_nobody_else_reaches_it_not_even_who_looks_after_the_hub(hub, name, path):
    assert hub.server(name, "ana", path, allow_redirects=False).status_code == 403


@pytest.mark.parametrize("name", ["ben", "ops"])
@pytest.mark.parametrize("path", ["api/kernels", "api/sessions", "api/terminals", "coaching/notebooks"])
def test_nobody_else_starts_anything_there(hub, name, path):
    assert hub.server(name, "ana", path, "POST", json={}).status_code == 403


def test_a_caretaker_sees_who_is_there_and_stops_a_server(hub):
    assert {user["name"] for user in hub.ask("ops", "users").json()} == set(USERS)
    assert hub.ask("ops", "users/ben/server", "DELETE").status_code in {202, 204}


@pytest.mark.parametrize(
    ("path", "method", "said"),
    [
        ("users/ana/tokens", "POST", {}),
        ("users/ops", "PATCH", {"admin": True}),
        ("users/ana", "PATCH", {"admin": True}),
        ("users/ana/server", "POST", {}),
        ("shares/ana/", "POST", {"user": "ops"}),
        ("groups/friends", "POST", {}),
    ],
)
def test_a_caretaker_gets_no_way_in(hub, path, method, said):
    assert hub.ask("ops", path, method, json=said).status_code in {403, 404}


def test_a_manager_shares_their_server_with_nobody(hub):
    assert hub.ask("ana", "shares/ana/", "POST", json={"user": "ben"}).status_code == 403


def test_the_notebooks_are_laid_out_for_the_launcher_tile(hub):
    answer = hub.server("ana", "ana", "coaching/notebooks", "POST")
    assert set(answer.json()) == {"handover.ipynb", "session.ipynb", "quarterly_review.ipynb"}


def test_the_words_on_the_screen_name_the_server_and_no_second_one_is_started(hub):
    kernel = hub.server("ana", "ana", "api/kernels", "POST", json={"name": "python3"})
    assert kernel.status_code == 201
    said = subprocess.run(
        [sys.executable, "-m", "coaching", "lab", "--no-browser"],
        env={**os.environ, "COACHING_SERVER": "hub.localhost"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, "hub.localhost: click “One-on-one”" in said.stderr) == (1, True)
