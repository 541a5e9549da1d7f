"""Take the README's pictures anew: ``python -m tests.browser.pictures``."""

import base64
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from coaching.model.sharing import Audience
from coaching.workbook.handouts import Recipient
from coaching.workbook.home import Home
from coaching.workbook.own_file import write_own_file
from tests.browser.lab import CHROMIUM, CHROMIUM_OPTIONS, TOKEN, Lab, expect_kept, open_notebook, part, story

PICTURES = Path(__file__).parent.parent.parent / "docs" / "pictures"
PASSPHRASE = "four quiet herons wade"  # noqa: S105 - opens invented pages
YOURSELF = "Talk about yourself"


def picture_of_session(page, lab):
    page.set_viewport_size({"width": 1180, "height": 760})
    page.goto(f"{lab.address}/doc/tree/session.ipynb?token={TOKEN}")
    story(page, "A failure").fill("I answered before you had finished. Twice, last week.")
    story(page, "A goal", "Marisol’s turn").fill("To take Mondays off from the beginning.")
    expect_kept(page, YOURSELF)
    page.evaluate("document.activeElement.blur()")
    part(page, YOURSELF).evaluate("form => form.scrollIntoView({ block: 'start' })")
    page.screenshot(path=PICTURES / "session.png")


def picture_of_review(page, lab):
    open_notebook(page, lab, "quarterly_review.ipynb")
    grown = page.locator(".coaching-view", has=page.locator("svg#history-flow"))
    grown.screenshot(path=PICTURES / "review.png")


def picture_of_page(page, home, folder):
    file = folder / "page.html"
    home.find("Marisol").write_page(file, Recipient(Audience.PAIR))
    page.goto(file.as_uri())
    page.screenshot(path=PICTURES / "page.png")


def film_of_own_copy(browser, home, folder):
    """An own copy on a phone, in four pictures: locked, open, written in, and what goes to the coach."""
    file = folder / "own.html"
    write_own_file(home.find("Marisol"), file, PASSPHRASE)
    page = browser.new_page(viewport={"width": 390, "height": 780}, locale="en-GB")
    page.goto(file.as_uri())
    shots = [page.screenshot()]
    page.get_by_label("Passphrase").locator("visible=true").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.locator("main.own").wait_for()
    shots.append(page.screenshot())
    page.get_by_role("button", name="Done", exact=True).first.click()
    page.get_by_label("In your words, if you like").fill("My mother held the match.")
    page.locator(".outcomes form").scroll_into_view_if_needed()
    shots.append(page.screenshot())
    page.get_by_role("button", name="Keep", exact=True).first.click()
    page.get_by_role("button", name="Send to my coach").click()
    shots.append(page.screenshot())
    pictures = "".join(f'<img src="data:image/png;base64,{base64.b64encode(one).decode()}">' for one in shots)
    # On a page of its own: the copy's policy lets no picture in.
    page = browser.new_page(viewport={"width": 1640, "height": 780})
    page.set_content(f"<style>body{{margin:0;display:flex;gap:26px;background:#d9dde1}}</style>{pictures}")
    page.screenshot(path=PICTURES / "own-copy.png")


def main():
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        home = Home(folder / "home")
        home.demo()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        page = browser.new_page(viewport={"width": 1180, "height": 1000}, locale="en-GB")
        picture_of_page(page, home, folder)
        film_of_own_copy(browser, home, folder)
        lab = Lab(folder, home.folder)
        try:
            picture_of_session(page, lab)
            picture_of_review(page, lab)
        finally:
            lab.stop()


if __name__ == "__main__":
    main()
