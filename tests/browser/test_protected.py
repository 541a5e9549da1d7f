"""A protected page in a real Chromium: the passphrase opens it to what it was, and nothing else does anything."""

import functools
import http.server
import re
import threading
import unicodedata

import pytest
from playwright.sync_api import expect

from coaching.pages.protected.protected import protect
from tests.browser.conftest import DESK
from tests.browser.test_access import violations
from tests.unit.pages.conftest import page_of
from tests.unit.pages.test_protected import PASSPHRASE

PHONE = {"width": 360, "height": 740}
WRONG = "This passphrase does not open the page. Look at capital letters and spaces, and try once more."
DAMAGED = "This file is damaged: something of it was lost or changed on its way. Ask for it once more."
ELSEWHERE = "Your browser does not open protected pages from this address."
OTHERWISE = "If there is no field for the passphrase here"
ARABIC = (
    '<!doctype html>\n<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>خطة</title>'
    "<style>main{color:rgb(1, 2, 3)}</style></head><body><main><p>خطة 🕯</p></main></body></html>"
)
#: What the page says of itself; its style sheet, its title and where it can be focused are another matter.
TOLD = """() => {
  const copy = document.documentElement.cloneNode(true);
  copy.querySelectorAll('style, title').forEach((one) => one.remove());
  copy.querySelector('main').removeAttribute('tabindex');
  return copy.outerHTML;
}"""
WATCH = """() => {
  const told = document.querySelector('[role=status]');
  window.seen = [];
  new MutationObserver(() => window.seen.push(told.textContent)).observe(told, { childList: true });
}"""


@functools.cache
def protected(page):
    return protect(page, PASSPHRASE)


@pytest.fixture
def door(opened):
    """The form around a small page."""
    return opened(protected(ARABIC))


def field(page):
    return page.get_by_label("Passphrase").locator("visible=true")


def enter(page, passphrase):
    field(page).fill(passphrase)
    field(page).press("Enter")


def unlock(page, passphrase=PASSPHRASE):
    enter(page, passphrase)
    expect(page.locator("#locked")).to_have_count(0)
    return page


def said(page, what):
    expect(page.get_by_role("status")).to_have_text(re.compile(re.escape(what)))


def test_the_passphrase_opens_it_from_disk(door):
    expect(field(door)).to_be_focused()
    door.keyboard.type(f"{PASSPHRASE} ")
    door.get_by_label("Show what I type").check()
    expect(field(door)).to_have_value(f"{PASSPHRASE} ")
    expect(field(door)).to_have_attribute("type", "text")
    field(door).press("Enter")
    expect(door.locator("main")).to_have_text("خطة 🕯")
    assert door.title() == "A protected page"
    door.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert door.title() == "خطة"
    assert door.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert door.evaluate("document.compatMode") == "CSS1Compat"
    assert door.complaints == []


def test_the_button_opens_it_too(door):
    field(door).fill(PASSPHRASE)
    door.get_by_role("button", name="Open").click()
    expect(door.locator("main")).to_have_text("خطة 🕯")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_how_the_system_types_accents_makes_no_difference(door, form):
    unlock(door, unicodedata.normalize(form, PASSPHRASE))


def test_a_screen_reader_begins_with_the_page(door):
    expect(unlock(door).locator("main")).to_be_focused()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_looks_as_the_page_does(opened, viewport, scheme):
    year = page_of("demo_year")
    pages = unlock(opened(protected(year), viewport, color_scheme=scheme)), opened(year, viewport, color_scheme=scheme)
    first, second = (page.screenshot(full_page=True) for page in pages)
    assert first == second


@pytest.mark.parametrize("year", ["demo_year", "edge_year"])
def test_it_is_the_page_to_the_letter_and_prints_as_it(opened, year):
    pages = unlock(opened(protected(page_of(year)))), opened(page_of(year))
    assert pages[0].evaluate(TOLD) == pages[1].evaluate(TOLD)
    printed = [page.pdf(prefer_css_page_size=True) for page in pages]
    sheets = [re.findall(rb"/MediaBox \[[^\]]*\]", one) for one in printed]
    assert sheets[0] == sheets[1]
    assert set(sheets[0]) == {b"/MediaBox [0 0 594.95996 841.91998]"}
    assert pages[0].complaints == []
    assert len(pages[0].asked) == 1


def test_once_it_is_open_its_own_policy_forbids_what_the_form_was_allowed(opened):
    page = opened(protected(page_of("demo_year")))
    allowed = page.evaluate("['style', 'script'].map((tag) => [tag, document.querySelector(tag).textContent])")
    unlock(page)
    title = page.title()
    for tag, text in allowed:
        page.evaluate(
            "([tag, text]) => document.head.append(Object.assign(document.createElement(tag), { textContent: text }))",
            [tag, text],
        )
    refused = [complaint for complaint in page.complaints if "Content Security Policy" in complaint]
    assert len(refused) == len(page.complaints) == 2
    assert page.title() == title
    assert page.evaluate("[...document.styleSheets].length") == 0


def test_a_wrong_passphrase_is_said_plainly_and_the_next_try_can_begin(door):
    door.evaluate(WATCH)
    enter(door, "not the passphrase")
    said(door, WRONG)
    assert door.evaluate("window.seen") == ["Opening …", WRONG]
    expect(field(door)).to_be_focused()
    expect(field(door)).to_have_attribute("aria-invalid", "true")
    door.keyboard.type(PASSPHRASE)
    door.keyboard.press("Enter")
    expect(door.locator("#locked")).to_have_count(0)


@pytest.mark.parametrize("nothing", ["", "   "])
def test_an_empty_field_is_not_tried(door, nothing):
    door.evaluate(WATCH)
    enter(door, nothing)
    said(door, "Type the passphrase first.")
    assert door.evaluate("window.seen") == ["Type the passphrase first."]
    expect(field(door)).to_be_focused()


def test_what_was_typed_is_in_no_address_no_storage_and_no_request(door):
    enter(door, f"{PASSPHRASE} wrong")
    said(door, WRONG)
    before = door.url
    unlock(door)
    assert door.url == before
    assert door.asked == [before]
    assert door.context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}
    assert door.evaluate("[sessionStorage.length, localStorage.length, history.state, window.name]") == [0, 0, None, ""]
    assert PASSPHRASE not in door.content()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda file: file[: len(file) // 2], id="cut in the middle"),
        pytest.param(lambda file: file[: file.index('<script type="text/plain"')], id="cut before it"),
        pytest.param(lambda file: file.replace("\n</script>\n</body>", "A\n</script>\n</body>"), id="one sign more"),
        pytest.param(lambda file: file.replace('"iterations": 1', '"iterations": 2'), id="other parameters"),
        pytest.param(lambda file: file.replace('{"version"', "{version"), id="no parameters"),
    ],
)
def test_a_damaged_file_says_so_before_anything_is_typed(opened, damage):
    page = opened(damage(protected(ARABIC)))
    said(page, DAMAGED)
    expect(field(page)).to_be_hidden()


def test_line_ends_of_another_system_do_no_damage(opened):
    unlock(opened(protected(ARABIC).replace("\n", "\r\n")))


@pytest.mark.parametrize(
    ("change", "options"),
    [
        (lambda file: file, {"java_script_enabled": False}),
        (lambda file: file[: file.index("DOMParser")], {}),
        (lambda file: file.replace("DOMParser", "DomParser"), {}),
    ],
    ids=["scripts are off", "cut inside the script", "another script"],
)
def test_where_the_script_does_not_run_the_file_says_what_to_do(opened, change, options):
    page = opened(change(protected(ARABIC)), **options)
    expect(page.get_by_text(OTHERWISE)).to_be_visible()
    expect(field(page)).to_be_hidden()


def test_where_it_runs_nothing_is_said_of_scripts(door):
    expect(door.get_by_text(OTHERWISE)).to_have_count(0)


def test_it_opens_from_this_computers_own_server(opened, tmp_path):
    page = opened(protected(ARABIC))
    serve = functools.partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://localhost:{server.server_port}/summary.html")
        unlock(page)
        server.shutdown()


def test_at_an_address_without_encryption_it_says_what_to_do(opened):
    page = opened("")
    page.route("http://team.example/*", lambda route: route.fulfill(body=protected(ARABIC), content_type="text/html"))
    page.goto("http://team.example/page.html")
    said(page, ELSEWHERE)
    expect(field(page)).to_be_hidden()


def test_a_browser_that_cannot_take_the_style_sheet_shows_the_words(browser, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(protected(ARABIC), encoding="utf-8")
    with browser.new_context() as context:
        context.add_init_script("delete Document.prototype.adoptedStyleSheets")
        page = context.new_page()
        page.goto(file.as_uri())
        unlock(page)
        expect(page.locator("main")).to_have_text("خطة 🕯")


def test_it_can_be_used_without_its_style_sheet(opened):
    page = opened(re.sub("<style>.*</style>", "", protected(ARABIC), flags=re.DOTALL))
    expect(page.get_by_role("heading", name="A protected page")).to_be_visible()
    unlock(page)


@pytest.mark.parametrize(
    ("locale", "heading"),
    [("de-AT", "Eine geschützte Seite"), ("en-GB", "A protected page"), ("fr-FR", "A protected page")],
)
def test_the_form_speaks_the_readers_language(opened, locale, heading):
    page = opened(protect(ARABIC, PASSPHRASE), locale=locale)
    expect(page.get_by_role("heading")).to_have_text([heading])
    assert page.title() == heading
    assert page.evaluate("document.documentElement.lang") == ("de" if locale == "de-AT" else "en")
    unlock(page)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_form_and_nothing_is_too_wide(opened, viewport, scheme):
    # axe is put into the page by the test, which no policy of ours would let in.
    page = opened(protected(ARABIC), viewport, color_scheme=scheme, bypass_csp=True)
    for happens in (lambda: None, lambda: (enter(page, "not the passphrase"), said(page, WRONG))):
        happens()
        found, compared = violations(page, "html")
        assert found == []
        assert compared > 3
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
