"""The server of a lab answers its own pages and whoever has the token, and has no secret where others look."""

import base64
import contextlib
import http.client
import json
import os
import socket
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest

from coaching.workbook.home import Home
from tests.browser.lab import TOKEN, running, wait_until

WORDS = "correct horse battery staple"
SECRETS = {
    name: f"{WORDS} {name}"
    for name in ("COACHING_PASSPHRASE", "COACHING_NEW_PASSPHRASE", "COACHING_RECOVERY_KEY", "COACHING_PAGE_PASSPHRASE")
}
linux = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only Linux shows it there")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A lab on an empty home, started with every secret in its environment."""
    folder = tmp_path_factory.mktemp("lab")
    (folder / "home").mkdir()
    with running(folder, home=Home(folder / "home"), XDG_RUNTIME_DIR=str(folder / "memory"), **SECRETS) as started:
        wait_until(lambda: has_kernel(started), "the server has no kernel")
        yield started


def has_kernel(lab):
    """Tell whether a server has its first kernel: while it starts it, it answers with an error who asks for kernels."""
    with contextlib.suppress(HTTPError):
        return bool(lab.api("kernels"))
    return False


@pytest.fixture(scope="module")
def name(lab):
    return urlsplit(lab.address).netloc


def answer(lab, path, method="GET", body=None, **headers):
    """Return status and headers of an answer; none is followed."""
    return whole_answer(lab, path, method, body, **headers)[:2]


def whole_answer(lab, path, method="GET", body=None, **headers):
    """Return status, headers and body of an answer."""
    connection = http.client.HTTPConnection(urlsplit(lab.plain_address).hostname, lab.port, timeout=30)
    with contextlib.closing(connection):
        sent = {key.replace("_", "-"): value for key, value in headers.items() if value is not None}
        connection.request(method, path, body, sent)
        found = connection.getresponse()
        return found.status, found.headers, found.status == 101 or found.read()


@pytest.fixture(scope="module")
def cookies(lab, name):
    """What a browser has once it was opened with the token."""
    _, headers = answer(lab, f"/lab?token={TOKEN}", Host=name)
    return headers.get_all("Set-Cookie")


def sent(cookies):
    return "; ".join(cookie.partition(";")[0] for cookie in cookies)


def forgery(cookies):
    """Return what goes with a cookie that was stolen whole."""
    (value,) = [cookie.partition(";")[0].partition("=")[2] for cookie in cookies if cookie.startswith("_xsrf=")]
    return {"Cookie": sent(cookies), "X-XSRFToken": value}


PATHS = ["/api/kernels", "/api/contents", "/lab", "/lab/api/settings"]
NEWS = "/lab/api/settings/@jupyterlab/apputils-extension:notification"
OTHER = "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("headers", "served"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"}, False),
        ({"Sec-Fetch-Site": "something new"}, False),
        ({"Origin": OTHER}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "OWN"}, True),
        ({"Origin": "OWN, of another port"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "OWN"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Referer": "OWN"}, False),
        ({"Referer": OTHER, "Sec-Fetch-Site": "same-origin"}, True),
    ],
)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_that_is_not_the_servers_own_gets_nothing(lab, name, cookies, headers, served, path):
    own = {"OWN": lab.address, "OWN, of another port": f"http://{name.partition(':')[0]}:9"}
    headers = {key: own.get(value, value) for key, value in headers.items()}
    status, given = answer(lab, path, Host=name, Cookie=sent(cookies), **headers)
    assert (status == 200) is served
    assert served or (status == 403 and "Set-Cookie" not in given)
    assert answer(lab, path, Host=name, Authorization=f"token {TOKEN}", **headers)[0] == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 101),
        ({}, 101),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": OTHER}, 403),
    ],
)
def test_a_websocket_of_another_page_is_refused(lab, name, cookies, headers, status):
    handshake = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    handshake["Sec-WebSocket-Key"] = base64.b64encode(os.urandom(16)).decode()
    path = "/api/events/subscribe"
    assert answer(lab, path, Host=name, Cookie=sent(cookies), **handshake, **headers)[0] == status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("NAME", 201),
        ("127.0.0.1", 403),
        ("localhost", 403),
        ("[::1]", 403),
        ("coaching-0000000000000000.localhost", 403),
        ("evil.example", 403),
    ],
)
def test_the_cookie_counts_at_the_servers_name_alone(lab, name, cookies, host, status):
    host = name if host == "NAME" else f"{host}:{lab.port}"
    body = json.dumps({"name": "python3"})
    assert answer(lab, "/api/kernels", "POST", body, Host=host, **forgery(cookies))[0] == status


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_cookie_of_another_server_opens_nothing(lab, host, cookies):
    plain = f"{host}:{lab.port}"
    _, headers = answer(lab, f"/lab?token={TOKEN}", Host=plain)
    assert answer(lab, "/api/kernels", "POST", "{}", Host=plain, **forgery(headers.get_all("Set-Cookie")))[0] == 403


def test_a_browser_gives_the_cookies_to_this_name_alone_and_for_no_other_page(cookies, name):
    assert len(cookies) == 2
    for cookie in cookies:
        said = cookie.casefold()
        assert "samesite=strict" in said
        assert "domain" not in said
    own = name.partition(".")[0]
    assert [cookie.partition("=")[0] for cookie in cookies if "httponly" in cookie.casefold()] == [own]


def test_a_browser_with_the_token_goes_on_at_the_name_also_through_a_tunnel(lab, name):
    own = name.partition(":")[0]
    for host, port in (("127.0.0.1", lab.port), ("localhost", lab.port), ("localhost", 9000)):
        path = f"/lab/tree/session.ipynb?token={TOKEN}"
        status, headers = answer(lab, path, Host=f"{host}:{port}", Sec_Fetch_Mode="navigate")
        assert (status, headers["Location"]) == (302, f"http://{own}:{port}{path}")
        assert "Set-Cookie" not in headers


@pytest.mark.parametrize("token", ["", "?token=", "?token=wrong", f"?token={TOKEN}&token=wrong"])
def test_the_plain_address_says_nothing_without_the_token_not_even_the_name(lab, name, token):
    for path in ("/", "/lab", "/login", "/api", "/static/favicons/favicon.ico"):
        status, headers = answer(lab, f"{path}{token}", Sec_Fetch_Mode="navigate")
        assert status == 403
        assert name.partition(".")[0] not in str(headers)


def test_a_program_with_the_token_may_use_the_plain_address(lab):
    assert answer(lab, f"/api/status?token={TOKEN}")[0] == 200
    assert lab.api("status")["started"]


def test_no_link_tells_the_name_to_another_server(lab, name, cookies):
    assert answer(lab, "/lab", Host=name, Cookie=sent(cookies))[1]["Referrer-Policy"] == "same-origin"


def test_there_is_no_voila_where_jupyterlab_was_asked_for(lab, name, cookies):
    for path in ("/voila/render/session.ipynb", "/voila/tree", "/voila/static/voila.js"):
        assert answer(lab, path, Host=name, Cookie=sent(cookies))[0] == 404


def test_the_settings_of_the_session_are_in_force(lab, name, cookies):
    path = "/lab/api/settings/@jupyter-widgets/jupyterlab-manager:plugin"
    _, _, body = whole_answer(lab, path, Host=name, Cookie=sent(cookies))
    assert json.loads(body)["schema"]["properties"]["saveState"]["default"] is False
    _, _, body = whole_answer(lab, NEWS, Host=name, Cookie=sent(cookies))
    assert json.loads(body)["schema"]["properties"]["doNotDisturbMode"]["default"] is True


@pytest.mark.thorough
def test_another_start_finds_the_same_name_and_the_same_cookie(lab, name, cookies):
    with running(lab.folder, home=Home(lab.home)) as again:
        own = urlsplit(again.address).netloc
        assert own.partition(":")[0] == name.partition(":")[0]
        # Not of the kernels: Jupyter Server cannot tell of one that is just being started.
        assert answer(again, "/api/contents", Host=own, Cookie=sent(cookies))[0] == 200


@pytest.mark.thorough
@pytest.mark.parametrize("ip", ["127.0.0.1", pytest.param("::1", marks=pytest.mark.skipif(
    not socket.has_dualstack_ipv6(), reason="this computer has no IPv6"))])  # fmt: skip
def test_an_address_of_ones_own_is_served_and_still_refuses_other_pages(tmp_path, ip):
    (tmp_path / "home").mkdir()
    with running(tmp_path, home=Home(tmp_path / "home"), more=[f"--ip={ip}"]) as lab:
        assert "localhost" not in lab.address
        _, headers = answer(lab, f"/lab?token={TOKEN}")
        stolen = sent(headers.get_all("Set-Cookie"))
        assert answer(lab, "/api/kernels", Cookie=stolen)[0] == 200
        assert answer(lab, "/api/kernels", Cookie=stolen, Sec_Fetch_Site="same-site")[0] == 403


def shown(process):
    """Return what the system shows of a process and of all that it has started."""
    seen = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            seen[int(folder.name)] = parent, (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
    family = {process}
    while more := {child for child, (parent, _) in seen.items() if parent in family} - family:
        family |= more
    return [seen[member][1] for member in family]


@linux
def test_no_secret_is_in_the_environment_or_the_command_line_of_server_kernel_and_terminal(lab):
    kernel = lab.api("kernels", "POST", {"name": "python3"})
    lab.api("terminals", "POST")
    wait_until(lambda: any(kernel["id"].encode() in one for one in shown(lab.process.pid)), "no kernel")
    processes = wait_until(lambda: len(found := shown(lab.process.pid)) > 2 and found, "no terminal")
    assert all(b"COACHING_HOME=" in one for one in processes if kernel["id"].encode() in one)
    assert [one for one in processes if b"correct horse" in one] == []


def test_the_passphrase_waits_for_a_kernel_where_this_account_alone_reads_it(lab):
    (file,) = lab.folder.glob("memory/coaching-*/passphrase")
    assert file.read_text() == SECRETS["COACHING_PASSPHRASE"]
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_kernel_of_the_session_starts_before_any_page_asks_for_it(lab):
    (session,) = wait_until(lambda: lab.api("sessions"), "no kernel was started")
    assert (session["path"], session["type"], session["kernel"]["connections"]) == ("session.ipynb", "notebook", 0)
