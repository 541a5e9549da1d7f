"""A real JupyterHub with two managers and a caretaker on the loopback, as deploy/jupyterhub sets it up."""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
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


def free_ports(number):
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(number)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


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


@contextmanager
def names_of_the_loopback():
    """Let every name below localhost be this computer, as browsers do."""
    before = socket.getaddrinfo

    def asked(host, *rest, **more):
        return before("127.0.0.1" if str(host).endswith(".localhost") else host, *rest, **more)

    socket.getaddrinfo = asked
    try:
        yield
    finally:
        socket.getaddrinfo = before


@contextmanager
def running_hub(folder):
    """Give a hub on which the servers of both managers run; skip where there is none."""
    pytest.importorskip("jupyterhub", reason="the hub is tried where it is installed")
    proxy = shutil.which("configurable-http-proxy") or str(ROOT / "node_modules/.bin/configurable-http-proxy")
    if not Path(proxy).exists():
        pytest.skip("configurable-http-proxy is not installed: npm ci brings it")
    ports = free_ports(3)
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
