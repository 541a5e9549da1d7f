"""Whatever one does in whatever order: no word is lost, no click is swallowed, and "kept" is what is in the store.

A sequence is a few acts of somebody in a hurry: typing, Tab, real presses of the mouse, half dates, other parts,
reloads, killed kernels, the lock. What must hold is held against what was typed. ``RANDOM_ACTS=10000`` runs so many
sequences, and ``RANDOM_SEED`` others.
"""

import os
import random
import re

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from coaching.workbook.home import Home
from tests.browser.lab import MINUTE, SEGMENTS, TOKEN, form, part, running, step, wait_until
from tests.unit.store.samples import cheap_locks

pytestmark = pytest.mark.soak

NAME = "Ada"
PASSPHRASE = "zqpassphrase of four words"  # noqa: S105 - of a workbook that lives for one test
SEQUENCES, ACTS, PRESS_MS, SECONDS = int(os.environ.get("RANDOM_ACTS", "12")), 8, 80, 10
SEED = int(os.environ.get("RANDOM_SEED", "1"))
HALF_DATES = ("fri 3", "11 d", "in two", "31.")
#: What can be pressed at any moment without taking words away.
HARMLESS = (
    ":is(.coaching-step, .coaching-starters .coaching-quiet, .coaching-day-offers:not(.is-away) button,"
    " summary, .coaching-seen)"
)
DAYS = ".coaching-words:has(.coaching-day) input"
FIELDS = ".coaching-form textarea, .coaching-form input[type=text]"

#: What is in sight of a kind, in the part that is open: where its middle is.
IN_SIGHT = """(kind) => [...document.querySelectorAll(kind)].flatMap((one) => {
    const box = one.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height, 60) / 2];
    const top = document.elementFromPoint(x, y); // nothing, where the place is outside of the window
    if (!top || !one.checkVisibility() || one.disabled || one.readOnly || !box.width) return [];
    const over = one.contains(top) ? "" : `${top.outerHTML.slice(0, 200)} over ${one.outerHTML.slice(0, 100)}`;
    return [{ x, y, over }];
})"""
#: Each click that arrives is counted, with what it arrived at.
WATCH_CLICKS = """() => {
    window.arrived = [];
    addEventListener("click", ({ clientX, clientY }) => window.arrived.push([clientX, clientY]), true);
}"""
CURRENT = """() => {
    const field = document.activeElement;
    const isText = field?.matches?.("textarea, input[type=text]") && field.closest(".coaching-form") && !field.readOnly;
    const isDay = field.closest(".coaching-words")?.querySelector(".coaching-day") != null;
    return isText ? { value: field.value, isDay, label: field.labels?.[0]?.textContent ?? field.ariaLabel } : null;
}"""
WORDS = """() => [...document.querySelectorAll(".coaching-form")].flatMap((form) => [form.textContent,
    ...[...form.querySelectorAll("textarea, input")].map((field) => field.value)]).join("\\n")"""
TYPED = re.compile(r"zq\d{6}")


class Somebody:
    """Somebody who types and presses what is in sight, and what must have come of it."""

    def __init__(self, page, lab, seed):
        self.page, self.lab, self.choose = page, lab, random.Random(seed)  # noqa: S311 - no secret
        self.typed, self.count = {}, 0

    def run(self, names):
        """Do a few acts, and note their names."""
        acts = {
            self.write: 30,
            self.press_a_field: 20,
            self.press_something: 15,
            self.go_on_with_tab: 15,
            self.write_half_a_date: 6,
            self.turn_to_a_part: 10,
            self.lock_and_unlock: 1.2,
            self.reload: 0.6,
            self.kill_the_kernel: 0.6,
        }
        for act in self.choose.choices([*acts], [*acts.values()], k=ACTS):
            names.append(act.__name__)
            act()

    def press(self, place):
        assert not place["over"], f"something lies over what is to be pressed: {place['over']}"
        before = len(self.page.evaluate("window.arrived"))
        self.page.mouse.move(place["x"], place["y"])
        self.page.mouse.down()
        self.page.wait_for_timeout(PRESS_MS)  # a finger takes its time
        self.page.mouse.up()
        assert len(self.page.evaluate("window.arrived")) == before + 1, f"the click at {place} was swallowed"

    def any_of(self, kind):
        there = self.page.evaluate(IN_SIGHT, kind)
        return self.choose.choice(there) if there else None

    def write(self):
        current = self.page.evaluate(CURRENT)
        if current is None or current["isDay"]:
            return
        self.count += 1
        word = f"zq{self.count:06}"
        self.page.keyboard.press("End")  # a browser selects what stands in a field of one line that Tab leads to
        self.page.keyboard.type(f" {word}")
        after = self.page.evaluate(CURRENT)
        assert word in (after or {"value": ""})["value"], f"{word} went nowhere"
        self.typed[word] = after["label"]

    def press_a_field(self):
        if place := self.any_of(FIELDS):
            self.press(place)
            assert self.page.evaluate(CURRENT), "a field was pressed and has not got the focus"

    def press_something(self):
        if place := self.any_of(HARMLESS):
            self.press(place)

    def go_on_with_tab(self):
        self.page.keyboard.press(self.choose.choice(["Tab", "Tab", "Shift+Tab"]))

    def write_half_a_date(self):
        if place := self.any_of(DAYS):
            self.press(place)
            self.page.keyboard.type(self.choose.choice(HALF_DATES))
            self.press_something()

    def turn_to_a_part(self):
        title = self.choose.choice(SEGMENTS)
        self.press(
            step(self.page, title).evaluate(
                f"(one) => ({IN_SIGHT})('.coaching-step').find((place) => "
                "document.elementFromPoint(place.x, place.y)?.closest('.coaching-step') === one)"
            )
        )
        expect(form(self.page, title)).not_to_have_class(re.compile("coaching-away"))

    def lock_and_unlock(self):
        self.page.keyboard.press("Control+l")
        expect(self.page.locator(".coaching-lock").get_by_role("heading", name="Locked")).to_be_visible()
        self.unlock()

    def unlock(self):
        self.page.locator(".coaching-lock").get_by_label("Passphrase").fill(PASSPHRASE)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".coaching-lock")).to_have_count(0)

    def reload(self):
        self.expect_kept()  # else the browser asks, and whoever leaves all the same leaves words behind
        self.page.reload()
        expect(self.page.locator(".coaching-lock").get_by_role("heading", name="Locked")).to_be_visible(timeout=MINUTE)
        self.page.evaluate(WATCH_CLICKS)
        self.unlock()

    def kill_the_kernel(self):
        self.lab.kill_kernel(self.lab.kernel())
        self.give_passphrase()  # to the first form, as another kernel knows of no lock

    def give_passphrase(self):
        beginning = part(self.page, "With whom, and when")
        asking = beginning.get_by_label("Passphrase", exact=True).first
        expect(asking).to_be_visible(timeout=MINUTE)
        asking.fill(PASSPHRASE)
        self.page.keyboard.press("Enter")
        expect(beginning).to_contain_text(f"{NAME} ·")

    def begin(self):
        self.page.goto(f"{self.lab.address}/doc/tree/session.ipynb?token={TOKEN}")
        self.give_passphrase()
        self.page.get_by_role("button", name="I have written them down").click()
        self.page.evaluate(WATCH_CLICKS)
        step(self.page, SEGMENTS[1]).click()

    def expect_kept(self):
        expect(self.page.locator(".coaching-kept")).to_have_attribute(
            "data-state", re.compile("^(kept)?$"), timeout=MINUTE
        )

    def check(self, home):
        self.expect_kept()
        try:
            wait_until(lambda: not self.missing(self.page.evaluate(WORDS)), "the words are not on the screen", SECONDS)
        except TimeoutError as error:
            error.add_note(f"missing: {self.missing(self.page.evaluate(WORDS))}")
            raise
        entries = home.find(NAME)._ledger.latest().values()
        assert not self.missing(str([vars(entry) for entry in entries])), "said to be kept, and not in the store"

    def missing(self, text):
        """Return the words that were typed and are not in a text, and the fields they were typed into."""
        there = set(TYPED.findall(text))
        return {word: label for word, label in self.typed.items() if word not in there}


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "home")
    with cheap_locks():
        home.create(NAME, "Tom", lambda: PASSPHRASE)
    return home


def test_no_order_of_acts_loses_a_word_or_a_click_or_calls_kept_what_is_not(tmp_path, home, page):
    with running(tmp_path, home=home) as lab:
        somebody = Somebody(page, lab, SEED)
        somebody.begin()
        for sequence in range(SEQUENCES):
            acts = []
            try:
                somebody.run(acts)
                somebody.check(home)
            except (AssertionError, TimeoutError, PlaywrightError) as error:
                error.add_note(f"in sequence {sequence} of seed {SEED}: {', '.join(acts)}")
                raise
