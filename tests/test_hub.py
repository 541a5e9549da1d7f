"""A real hub with two managers and a caretaker, as deploy/jupyterhub sets it up: who reaches what of whom."""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).parent.parent
KIT = ROOT / "deploy" / "jupyterhub" / "jupyterhub_config.py"
PASSWORD = "four words for a test"  # noqa: S105 - of a hub that lives for seconds
USERS = ("ana", "ben", "ops")
#: What only the loopback and a test need: accounts that are no accounts of the system, and free ports.
OURS = """
load_subconfig({kit!r})
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {password!r}
c.Authenticator.allowed_users = set({users!r})
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {folder!r} + "/home/{{username}}"
c.Spawner.env_keep = ["PATH", "PYTHONPATH", "LANG"]
c.Spawner.args = [*c.Spawner.args, "--allow-root", "--ServerApp.jpserver_extensions=coaching.jupyter.server=True"]
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{ports[1]}"
c.JupyterHub.hub_port = {ports[2]}
c.JupyterHub.db_url = "sqlite:///" + {folder!r} + "/hub.sqlite"
c.JupyterHub.cookie_secret_file = {folder!r} + "/cookie"
"""

pytestmark = pytest.mark.soak


def free_ports(number):
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(number)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@pytest.fixture(scope="module", autouse=True)
def _names_of_the_loopback():
    """Let every name below localhost be this computer, as browsers do."""
    before = socket.getaddrinfo

    def asked(host, *rest, **more):
        return before("127.0.0.1" if str(host).endswith(".localhost") else host, *rest, **more)

    socket.getaddrinfo = asked
    yield
    socket.getaddrinfo = before


class Hub:
    """A hub, and somebody logged in at it for each name."""

    def __init__(self, port):
        self.port, self.address = port, f"http://hub.localhost:{port}"
        self.tokens = {}

    def log_in(self, name):
        session = requests.Session()
        session.get(f"{self.address}/hub/login", timeout=10)
        said = {"username": name, "password": PASSWORD, "_xsrf": session.cookies["_xsrf"]}
        session.post(f"{self.address}/hub/login", data=said, timeout=30, allow_redirects=False).raise_for_status()
        session.get(f"{self.address}/hub/token", timeout=10).raise_for_status()
        answer = session.post(
            f"{self.address}/hub/api/users/{name}/tokens",
            json={},
            headers={"X-XSRFToken": session.cookies["_xsrf"], "Referer": f"{self.address}/hub/token"},
            timeout=10,
        )
        self.tokens[name] = answer.json()["token"]
        return session

    def ask(self, name, path, method="GET", **more):
        """Return what the hub answers to somebody."""
        headers = {"Authorization": f"token {self.tokens[name]}"}
        return requests.request(method, f"{self.address}/hub/api/{path}", headers=headers, timeout=60, **more)

    def server(self, name, whose, path, method="GET", **more):
        """Return what the server of somebody answers to somebody."""
        address = f"http://{whose}.hub.localhost:{self.port}/user/{whose}/{path}"
        headers = {"Authorization": f"token {self.tokens[name]}"}
        return requests.request(method, address, headers=headers, timeout=30, **more)


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.3)  # another program starts, and tells nobody


def answers(address):
    try:
        return requests.get(address, timeout=5).ok
    except requests.ConnectionError:
        return False


@pytest.fixture(scope="module", name="hub")
def _hub(tmp_path_factory):
    pytest.importorskip("jupyterhub", reason="the hub is tried where it is installed")
    proxy = shutil.which("configurable-http-proxy") or str(ROOT / "node_modules/.bin/configurable-http-proxy")
    if not Path(proxy).exists():
        pytest.skip("configurable-http-proxy is not installed: npm ci brings it")
    folder, ports = tmp_path_factory.mktemp("hub"), free_ports(3)
    (folder / "home").mkdir()
    (folder / "config.py").write_text(
        OURS.format(kit=str(KIT), password=PASSWORD, users=USERS, folder=str(folder), proxy=proxy, ports=ports)
    )
    environment = {
        **os.environ,
        "COACHING_HUB_ADDRESS": f"http://hub.localhost:{ports[0]}",
        "COACHING_HUB_BIND": f"http://127.0.0.1:{ports[0]}",
        "COACHING_HUB_CARETAKERS": "ops",
        "PYTHONPATH": str(ROOT),
    }
    with (folder / "log").open("w") as log:
        command = [sys.executable, "-m", "jupyterhub", "-f", str(folder / "config.py")]
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            hub = Hub(ports[0])
            until(lambda: answers(f"{hub.address}/hub/login"))
            for name in USERS:
                hub.log_in(name)
            for name in ("ana", "ben"):
                hub.ask(name, f"users/{name}/server", "POST")
                until(lambda name=name: hub.ask(name, f"users/{name}").json()["servers"].get("", {}).get("ready"))
            yield hub
        finally:
            process.terminate()
            process.wait(20)


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
