"""The session notebook as an app: the same forms by Voilà, behind the same token, and nothing from outside."""

import http.server
import sys
import threading
import urllib.error
import urllib.request
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from playwright.sync_api import expect

from coaching.workbook.home import Home
from tests.browser.lab import SEGMENTS, TOKEN, expect_kept, note_to_self, part, running, wait_until
from tests.browser.traces import SECRET, places_with

SESSION = "voila/render/session.ipynb"
A_PICTURE = b"\x89PNG"


@pytest.fixture(scope="module")
def app(tmp_path_factory, playwright):
    """An app that several tests open, each with pages and kernels of its own."""
    with running(tmp_path_factory.mktemp("app"), "--app") as started:
        yield started


@pytest.fixture
def app_of_its_own(tmp_path, playwright):
    with running(tmp_path, "--app") as started:
        yield started


@pytest.fixture
def tabs(browser):
    """A browser that stays when one of its pages is closed."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB")
    context.set_default_timeout(30_000)
    yield context
    context.close()


def open_app(page, app):
    page.goto(f"{app.address}/{SESSION}?token={TOKEN}")
    for title in SEGMENTS:
        expect(part(page, title)).to_be_visible()


def note(page):
    return note_to_self(page)


def kernels(app):
    return {kernel["id"]: kernel for kernel in app.api("kernels")}


def open_with_kernel(page, app):
    """Open the app, and return the kernel that this has started."""
    before = kernels(app)
    open_app(page, app)
    [started] = [kernel for name, kernel in kernels(app).items() if name not in before]
    return started


def answer(app, path, token=None):
    """Return the status of an answer, and its text; a redirection is not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    request = urllib.request.Request(f"{app.plain_address}/{path}")  # noqa: S310
    if token:
        request.add_header("Authorization", f"token {token}")
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=30) as found:
            return found.status, found.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_the_app_shows_every_form_no_code_and_asks_nothing_of_the_world_outside(page, app):
    asked, failed = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.on("response", lambda given: given.status < 400 or failed.append(given.url))
    open_app(page, app)
    expect(page.locator("body")).not_to_contain_text("session.closing()")
    page.mouse.move(500, 500)
    page.mouse.wheel(0, 100_000)
    expect(note(page)).to_be_in_viewport()
    local = (f"{app.address}/", f"{app.address}/".replace("http", "ws", 1), "data:", f"blob:{app.address}/")
    assert any(url.startswith("ws:") for url in asked), "the test would not see the forms' own connection"
    assert [url for url in asked if not url.startswith(local)] == []
    assert failed == []
    assert TOKEN not in page.url


def test_the_foot_of_a_form_lies_over_nothing_of_it(page, app):
    open_app(page, app)
    first = part(page, "With whom, and when")
    day = first.get_by_label("On", exact=True)
    day.scroll_into_view_if_needed()
    box = day.bounding_box()
    assert box["y"] + box["height"] <= first.locator(".coaching-foot").bounding_box()["y"]


def test_what_is_typed_is_a_draft_at_once_and_nowhere_but_in_the_workbook(tmp_path, page, app_of_its_own):
    app = app_of_its_own
    open_app(page, app)
    workbook = Home(app.home).find("Marisol")._ledger.store.folder
    assert not list(workbook.glob("drafts/*"))
    note(page).press_sequentially(SECRET)
    expect_kept(page, "Closing")
    assert list(workbook.glob("drafts/*"))
    page.reload()
    expect(note(page)).to_have_value(SECRET)
    page.close()
    app.stop()
    assert places_with(SECRET, workbook), "the test would not see the words where they are"
    assert not places_with(SECRET, tmp_path, but=[workbook])


def test_no_page_and_no_kernel_is_had_without_the_token(app):
    before = kernels(app)
    (app.home / "notebooks" / "picture.png").write_bytes(A_PICTURE)
    for path in (SESSION, "voila", "voila/tree", "voila/api/contents", "api/kernels", "lab"):
        for token in (None, "wrong"):
            assert answer(app, path, token)[0] in {302, 403}, path
    assert answer(app, "voila/files/picture.png")[0] == 403
    assert set(kernels(app)) <= set(before)


@pytest.fixture
def another_page(app):
    """The page of another server on this computer, which asks the app for all that it can; and what that has heard."""
    asks = f"""<a href="{app.address}/{SESSION}">The session</a><iframe src="{app.address}/{SESSION}"></iframe>
        <img src="{app.address}/{SESSION}"><form method="post" action="{app.address}/api/kernels"></form>
        <script>
          fetch("{app.address}/{SESSION}", {{ credentials: "include", mode: "no-cors" }});
          fetch("{app.address}/api/kernels", {{ method: "POST", credentials: "include", mode: "no-cors" }});
          new WebSocket("{app.address.replace("http", "ws")}/api/events/subscribe");
        </script>"""
    heard = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(str(self.headers))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(asks.encode())

        def log_message(self, *_):
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", heard
        server.shutdown()


def test_another_page_of_this_computer_starts_no_kernel_and_hears_no_cookie_and_no_name(tabs, app, another_page):
    address, heard = another_page
    page, name = tabs.new_page(), urlsplit(app.address).hostname
    open_app(page, app)
    before = kernels(app)
    theirs, refused = tabs.new_page(), []
    theirs.on("response", lambda given: given.url.startswith(app.address) and refused.append(given.status))
    theirs.goto(address, wait_until="networkidle")
    assert len(refused) >= 4
    assert set(refused) == {403}
    theirs.evaluate("document.forms[0].submit()")
    expect(theirs.locator("body")).to_contain_text("for the server's own pages alone")
    theirs.goto(address)
    theirs.get_by_role("link").click()
    expect(theirs.locator("body")).to_contain_text("for the server's own pages alone")
    page.evaluate(f"window.open('{address}')")
    expect(page.locator("body")).to_be_visible()
    wait_until(lambda: len(heard) > 2, "the page was not opened from the app")
    assert set(kernels(app)) == set(before)
    assert [one for one in heard if "Cookie" in one or name in one] == []


def test_a_page_that_is_closed_ends_its_kernel(tabs, app):
    page = tabs.new_page()
    kernel = open_with_kernel(page, app)
    page.close()
    wait_until(lambda: kernel["id"] not in kernels(app), "the kernel was not ended", patience=20)


def test_words_typed_to_the_last_are_kept_though_the_page_is_gone(tabs, app):
    page = tabs.new_page()
    open_app(page, app)
    note(page).press_sequentially("to the last letter")
    page.close()
    again = tabs.new_page()
    open_app(again, app)
    expect(note(again)).to_have_value("to the last letter")


def test_whoever_stays_when_asked_keeps_the_kernel_and_the_words(tabs, app):
    page = tabs.new_page()
    kernel = open_with_kernel(page, app)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    with app.stopped(kernel):
        note(page).press_sequentially("not kept yet")
        page.close(run_before_unload=True)
        expect(part(page, "Closing")).to_have_attribute("data-state", "lost")
    expect_kept(page, "Closing")
    assert asked == ["beforeunload"]
    assert kernel["id"] in kernels(app)


@pytest.mark.parametrize("query", ["", "?template=lab&theme=dark"])
def test_the_page_says_nothing_of_the_computer_and_its_programs(app, query):
    status, page = answer(app, SESSION + query, TOKEN)
    assert status == 200
    assert "Talk about your dreams" in page
    places = [app.folder, sys.prefix, Path.home(), Path.cwd()]
    versions = [version(name) for name in ("voila", "jupyterlab", "jupyter_server", "ipykernel", "coaching-workbook")]
    assert [said for said in (*map(str, places), *versions, "https://", "coaching.session") if said in page] == []


def test_a_part_that_fails_says_so_in_one_sentence_and_nothing_else(page, app):
    cells = [nbformat.v4.new_code_cell(f"print('{SECRET}'); raise ValueError('{SECRET}')")]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    failing = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(failing, app.home / "notebooks" / "failing.ipynb")
    status, text = answer(app, "voila/render/failing.ipynb", TOKEN)
    assert status == 200
    assert SECRET not in text
    assert "ValueError" not in text
    page.goto(f"{app.address}/voila/render/failing.ipynb?token={TOKEN}")
    expect(page.get_by_role("alert")).to_contain_text("This part could not begin.")
