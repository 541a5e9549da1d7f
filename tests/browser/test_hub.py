"""A session on a real JupyterHub: begun by the tile, typed in, locked, unlocked, and in Voilà; each manager alone."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab import MINUTE, SEGMENTS, expect_kept, part, story
from tests.hub import PASSWORD, names_of_the_loopback, running_hub

pytestmark = pytest.mark.soak

PASSPHRASE = "zq1 thirteen crows over Vadsø"  # noqa: S105 - opens an invented workbook
BEGINNING = "With whom, and when"


@pytest.fixture(scope="module", name="hub")
def _hub(tmp_path_factory):
    with names_of_the_loopback(), running_hub(tmp_path_factory.mktemp("hub")) as hub:
        yield hub


@pytest.fixture
def log_in(browser, hub):
    def logging_in(name):
        page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB").new_page()
        page.goto(f"{hub.address}/hub/login")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"http://{name}.hub.localhost:{hub.port}/user/{name}/lab**")
        return page

    return logging_in


def fill(page, label, words):
    part(page, BEGINNING).get_by_label(label, exact=True).first.fill(words)


@pytest.mark.parametrize(("name", "person"), [("ana", "Marit"), ("ben", "Ilse")])
def test_a_session_begins_by_the_tile_is_typed_in_locked_and_unlocked_and_goes_on_in_voila(log_in, hub, name, person):
    page, words = log_in(name), f"what {person} is in the middle of"
    page.locator(".jp-LauncherCard", has_text="One-on-one").click(timeout=MINUTE)
    expect(part(page, BEGINNING)).to_contain_text("on your organisation’s server hub.localhost")
    fill(page, "Who do you coach?", person)
    fill(page, "And you are?", name)
    part(page, BEGINNING).get_by_text("Choose a passphrase now").first.click()
    fill(page, "Passphrase", PASSPHRASE)
    fill(page, "Repeat it", PASSPHRASE)
    part(page, BEGINNING).get_by_role("button", name="Make the workbook").first.click()
    expect(part(page, BEGINNING)).to_contain_text(f"{person} ·")
    part(page, BEGINNING).get_by_role("button", name="I have written them down").click()
    plan = story(page, "A plan")
    plan.fill(words)
    expect_kept(page, SEGMENTS[1])
    page.keyboard.press("Control+l")
    cover = page.locator(".coaching-lock")
    expect(cover.get_by_role("heading", name="Locked")).to_be_visible()
    assert words not in page.content()
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(plan).to_have_value(words)
    page.goto(f"http://{name}.hub.localhost:{hub.port}/user/{name}/voila/render/Coaching notebooks/session.ipynb")
    fill(page, "Passphrase", PASSPHRASE)
    page.keyboard.press("Enter")
    expect(story(page, "A plan")).to_have_value(words)


@pytest.mark.parametrize("name", ["ben", "ops"])
def test_in_a_browser_too_nobody_else_gets_to_see_it(browser, hub, name):
    page = browser.new_page()
    page.goto(f"{hub.address}/hub/login")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"http://{name}.hub.localhost:{hub.port}/**" if name == "ben" else f"{hub.address}/hub/**")
    page.goto(f"http://ana.hub.localhost:{hub.port}/user/ana/lab")
    expect(page.locator("body")).to_contain_text("403 : You do not have permission to access Server at /user/ana/")
