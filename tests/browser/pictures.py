"""Take the pictures of README and docs anew: ``python -m tests.browser.pictures``."""

import base64
import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from coaching.model.sharing import Audience
from coaching.workbook.handouts import Recipient
from coaching.workbook.home import Home
from coaching.workbook.own_file import write_own_file
from tests.browser.lab import CHROMIUM, CHROMIUM_OPTIONS, SEGMENTS, TOKEN, Lab, expect_kept, part, story

PICTURES = Path(__file__).parent.parent.parent / "docs" / "pictures"
FILM = PICTURES / "session"
PASSPHRASE = "four quiet herons wade"  # noqa: S105 - opens invented pages
YOURSELF = "Talk about yourself"
COLOURS, REST_MS = 128, 400
STRIP = ("01-arrive", "05-be-still", "08-who-what-when", "11-the-end")
STRIP_WIDTH, GAP = 1680, 16


def take(page, name):
    """Take a picture, of few colours, as it is to be loaded fast."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(REST_MS)  # what moves has come to rest
    taken = Image.open(io.BytesIO(page.screenshot()))
    taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(FILM / f"{name}.png", optimize=True)


def film_of_session(page, lab):  # noqa: PLR0915 - one session, from its beginning to its end
    """Hold a whole session with the pair that meets this week, and take twelve pictures of it."""
    FILM.mkdir(exist_ok=True)
    page.set_viewport_size({"width": 1180, "height": 760})
    page.goto(f"{lab.address}/doc/tree/session.ipynb?token={TOKEN}")
    opening = part(page, SEGMENTS[0])
    expect(opening.locator(".coaching-outcome").first).to_be_visible()
    take(page, "01-arrive")
    due = opening.locator(".coaching-outcome").first
    due.locator("summary").click()
    take(page, "02-a-promise")
    due.get_by_text("partly", exact=True).click()

    part(page, YOURSELF)
    story(page, "A failure").fill("I answered before you had finished. Twice, last week.")
    expect_kept(page, YOURSELF)
    take(page, "03-the-coach-first")
    story(page, "A goal", "Lefteris’s turn").fill("To let the first sentence of a report be what I heard.")
    expect_kept(page, YOURSELF)
    take(page, "04-then-the-other")

    dreams = part(page, SEGMENTS[2])
    dreams.get_by_role("button", name="Ask, then be still").click()
    take(page, "05-be-still")
    page.keyboard.press("Escape")
    dreams.get_by_label("Something you love, or long for").fill("An evening a week at the choir, without a telephone.")
    expect_kept(page, SEGMENTS[2])
    take(page, "06-dreams")
    keep = dreams.get_by_text("keep", exact=False).first
    keep.scroll_into_view_if_needed()
    keep.click()
    take(page, "07-a-sentence-of-ones-own")

    promises = part(page, SEGMENTS[3])
    promises.get_by_label("want to become?").select_option(index=1)
    item = promises.get_by_role("group", name="Promise 1")
    item.get_by_label("What", exact=True).fill("Play the twelve sounds to Maarit, in the kitchen")
    item.get_by_label("Who", exact=True).select_option(label="Lefteris")
    item.get_by_label("By", exact=True).fill("in two weeks")
    page.keyboard.press("Tab")
    expect_kept(page, SEGMENTS[3])
    take(page, "08-who-what-when")
    page.keyboard.press("F8")
    take(page, "09-the-question-alone")
    page.keyboard.press("Escape")

    closing = part(page, SEGMENTS[4])
    closing.get_by_label("What does Lefteris take along").fill("That the first sentence is mine.")
    expect_kept(page, SEGMENTS[4])
    take(page, "10-close")
    closing.get_by_role("button", name="Close the session").click()
    anyway = closing.get_by_role("button", name="Close it as it is")
    done = closing.get_by_role("button", name="Done")
    expect(anyway.or_(done).first).to_be_visible()
    if anyway.is_visible():
        anyway.click()
    expect(done).to_be_visible()
    take(page, "11-the-end")
    page.keyboard.press("Control+l")
    take(page, "12-covered")


def strip_of_film():
    """Put four of the twelve pictures on one, as the README shows them."""
    shots = [Image.open(FILM / f"{name}.png").convert("RGB") for name in STRIP]
    width = (STRIP_WIDTH - GAP) // 2
    height = shots[0].height * width // shots[0].width
    strip = Image.new("RGB", (STRIP_WIDTH, 2 * height + GAP), "#d9dde1")
    for at, shot in enumerate(shots):
        place = (at % 2 * (width + GAP), at // 2 * (height + GAP))
        strip.paste(shot.resize((width, height), Image.Resampling.LANCZOS), place)
    strip.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURES / "film.png", optimize=True)


def picture_of_review(page, lab):
    page.goto(f"{lab.address}/doc/tree/quarterly_review.ipynb?token={TOKEN}")
    page.locator(".coaching-view .letter").wait_for()
    page.wait_for_timeout(REST_MS)
    page.screenshot(path=PICTURES / "review.png")


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
        home.demo_pairs()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        page = browser.new_page(viewport={"width": 1180, "height": 1000}, locale="en-GB")
        picture_of_page(page, home, folder)
        film_of_own_copy(browser, home, folder)
        lab = Lab(folder, home.folder)
        try:
            film_of_session(page, lab)
            strip_of_film()
            picture_of_review(page, lab)
        finally:
            lab.stop()


if __name__ == "__main__":
    main()
