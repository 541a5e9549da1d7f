"""A whole session typed in a real JupyterLab; what was typed is then in the figures, the charts and the page."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from coaching.metrics.threads import threads
from coaching.model.sharing import Audience
from tests.browser.lab import (
    MINUTE,
    SEGMENTS,
    THEMES,
    expect_kept,
    note_to_self,
    open_session,
    part,
    run_all,
    stop_clock,
    story,
    wait_until,
    wear,
)
from tests.browser.test_access import violations

WORDS = "I’d rather listen <b>first</b> – ünïcode 🙂 & $5 to $6"


@pytest.fixture
def marisol(home):
    return home.find("Marisol")


def test_a_session_shows_five_forms_and_no_code(page, lab):
    open_session(page, lab)
    for title in SEGMENTS:
        expect(part(page, title)).to_be_visible()
    for cell in page.locator(".jp-CodeCell .jp-Editor").all():
        expect(cell).not_to_be_visible()


def test_a_slip_beside_a_form_takes_no_part_of_the_session_away(page, lab):
    open_session(page, lab)
    cells = page.locator(".jp-CodeCell")
    before = cells.count()
    beside = cells.filter(has=part(page, "Opening"))
    beside.click(position={"x": beside.bounding_box()["width"] - 8, "y": 100})
    expect(beside).to_have_class(re.compile("jp-mod-active"))
    for key in ("d", "d", "x"):
        page.keyboard.press(key)
    expect(cells).to_have_count(before)
    expect(part(page, "Opening")).to_be_visible()


def answer(form, words, with_answer):
    """Tap the line that begins with these words, and one of its answers; return the line."""
    line = form.locator(".coaching-outcome").filter(has_text=words)
    line.locator("summary").click()
    line.get_by_text(with_answer, exact=True).last.click()
    return line


def type_a_session(page):
    """Say something in every part, as the two would, and close the session."""
    opening = part(page, "Opening")
    mine = answer(opening, "Delete my copy of our notes", "done by then")
    mine.get_by_label("What happened?").fill("It worked at her home.")
    theirs = answer(opening, "Light the oven", "not yet")
    theirs.get_by_label("A new day, if you agree on one").fill("2027-03-01")
    opening.get_by_label("How is Marisol arriving?").fill("curious")
    expect_kept(page, "Opening")

    yourself = part(page, "Talk about yourself")
    theirs = yourself.get_by_role("region", name="Marisol’s turn")
    expect(theirs).not_to_be_visible()
    mine = yourself.get_by_role("region", name="Your side")
    mine.get_by_role("button", name="A failure").click()
    mine.get_by_label("A failure", exact=True).fill(WORDS)
    theirs.get_by_role("button", name="A goal").click()
    theirs.get_by_label("A goal", exact=True).fill("to rest on Mondays")
    for side, moot in ((mine, "I said it; it is not recorded"), (theirs, "Pass, and no reason needed")):
        expect(side.get_by_label(moot)).to_be_hidden()
    expect_kept(page, "Talk about yourself")

    expect(part(page, "Who does what by when").get_by_text("Opens after the decision").first).to_be_visible()

    dreams = part(page, "Talk about your dreams")
    dreams.get_by_label("I said it; it is not recorded").check()
    dreams.get_by_role("region", name="Marisol’s turn").get_by_text(re.compile(r"^\d+ more$")).click()
    answer(dreams, "My grandmother's oven", "alive").get_by_role("textbox").fill("It is warm again.")
    dreams.get_by_role("button", name="Write down a dream").click()
    dreams.get_by_label("In a few words").fill("A second oven")
    dreams.get_by_text("a new one", exact=True).click()
    dreams.get_by_label("The new statement").fill("I get up to keep two fires lit.")
    dreams.get_by_label("confirms these words").check()
    expect_kept(page, "Talk about your dreams")

    promises = part(page, "Who does what by when")
    promises.get_by_label("want to become?").select_option(label="somebody else: say who")
    promises.get_by_label("In their own words").fill("Somebody who rests.")
    item = promises.get_by_role("group", name="Promise 1")
    item.get_by_label("What", exact=True).fill("Close the shop on Mondays $5 to $6")
    item.get_by_label("Who", exact=True).select_option(label="Marisol")
    item.get_by_label("By", exact=True).fill("2027-01-31")
    expect_kept(page, "Who does what by when")

    closing = part(page, "Closing")
    closing.get_by_label("What does Marisol take along").fill("That Mondays are mine.")
    closing.get_by_role("button", name="Close the session").click()
    expect(closing.get_by_role("status")).to_contain_text("closed and kept")
    expect(closing).to_be_in_viewport()


@pytest.mark.parametrize("theme", THEMES)
def test_a_whole_session_typed_is_in_figures_charts_and_page(page, lab, marisol, theme):
    open_session(page, lab)
    wear(page, theme)
    type_a_session(page)
    figures = marisol.figures()
    assert figures["sessions_in_order"][-1] == "S13"
    assert figures["statements_counted"] == [1, 2, 3, 4, 5]
    assert figures["items_at_end"]["I19"]["state"] == "done"
    assert figures["items_at_end"]["I18"]["due"] == "2027-03-01"
    assert figures["items_at_end"]["I20"] == {"state": "open", "due": "2027-01-31", "due_moves": 0, "owner": "P1"}
    assert figures["coach_first"]["part1"]["written"] == 10
    assert figures["review_coverage"]["S13"] == [2, 2]

    moved = {thread.words: thread.steps[-1].text for thread in threads(marisol.frames(), date.max) if thread.steps}
    assert moved["My grandmother's oven"] == "It is warm again."

    page_shown = marisol.page(Audience.PAIR)
    for said in ("I’d rather listen &lt;b&gt;first&lt;/b&gt;", "That Mondays are mine.", "Somebody who rests."):
        assert said in page_shown
    assert not list(marisol._ledger.store.folder.glob("drafts/*"))


def test_the_next_run_begins_the_next_session(page, lab):
    open_session(page, lab)
    closing = part(page, "Closing")
    note_to_self(page).fill("short")
    closing.get_by_role("button", name="Close the session").click()
    closing.get_by_role("button", name="Close it as it is").click()
    expect(closing.get_by_role("button", name="Done")).to_be_visible()
    run_all(page)
    expect(part(page, "With whom, and when").get_by_label("Which session?")).to_contain_text("S14, this one")
    expect(closing.get_by_label("A note to yourself")).to_have_value("")


def test_closing_names_what_is_still_open(page, lab):
    open_session(page, lab)
    closing = part(page, "Closing")
    closing.get_by_role("button", name="Close the session").click()
    expect(closing).to_contain_text("Not closed: something is still open in “Opening”.")
    expect(part(page, "Opening").get_by_text("What became of it?").nth(1)).to_be_visible()


#: What has the focus: its label, and the form in which it stands.
FOCUSED = """() => { const here = document.activeElement;
    const label = here.getAttribute('aria-label') ?? here.labels?.[0]?.innerText ?? here.innerText;
    return [label.trim(), here.closest('.coaching-form')?.getAttribute('aria-label') ?? '']; }"""


class Keyboard:
    """Somebody who writes down a session after the talk, and touches no mouse."""

    def __init__(self, page):
        self.page, self.keys = page, 0

    def press(self, key):
        self.keys += 1
        self.page.keyboard.press(key)

    def next_part(self, title, begins_at):
        self.press("Control+ArrowRight")
        wait_until(lambda: self.at() == (begins_at, title), f"{begins_at} in {title} is not focused but {self.at()}")

    def to(self, label):
        for _ in range(20):
            if self.at()[0].startswith(label):
                return
            self.press("Tab")
        raise AssertionError(f"{label} is not reached")

    def at(self):
        return tuple(self.page.evaluate(FOCUSED))

    def say(self, words):
        self.page.keyboard.type(words)


def test_a_session_is_written_down_after_the_talk_by_the_keyboard_alone_in_few_keys(page, lab, marisol):
    """At most sixty besides the words, from the promises to the end."""
    open_session(page, lab)
    part(page, "Opening").locator(".coaching-outcome summary").first.focus()
    hand = Keyboard(page)
    hand.press("1")
    hand.to("Light the oven")
    hand.press("1")
    expect_kept(page, "Opening")
    hand.next_part("Talk about yourself", "A plan")
    hand.say("walk")
    hand.to("A goal")
    hand.press("Enter")
    hand.say("home for dinner")
    hand.next_part("Talk about your dreams", "Something you love, or long for")
    hand.say("the choir")
    hand.to("What Marisol loves doing")
    hand.say("the first loaf")
    hand.to("a new one")
    hand.press("ArrowRight")  # the next part waits for this decision, and nobody waits for that
    hand.next_part("Who does what by when", "Who does Marisol want to become?")
    hand.press("ArrowDown")
    hand.to("What")
    hand.say("rest on Mondays")
    hand.press("Tab")
    hand.say("Mar")
    hand.press("Tab")
    hand.say("2099-01-31")
    hand.next_part("Closing", "What does Marisol take along?")
    hand.say("that Mondays are mine")
    hand.to("Close the session")
    hand.press("Enter")
    expect(part(page, "Closing").get_by_role("button", name="Done")).to_be_visible()
    assert hand.keys <= 60
    said = set(marisol.frames()["note"].query("label.isna()")["text"])
    assert {"walk", "home for dinner", "the choir", "the first loaf", "that Mondays are mine"} <= said
    assert marisol.figures()["items_at_end"]["I20"] == {
        "state": "open",
        "due": "2099-01-31",
        "due_moves": 0,
        "owner": "P1",
    }


@pytest.mark.parametrize("theme", THEMES)
def test_while_somebody_new_is_chosen_nothing_of_the_one_before_is_in_sight(page, lab, theme):
    open_session(page, lab)
    wear(page, theme)
    plan = story(page, "A plan")
    plan.fill("walk")
    expect_kept(page, "Talk about yourself")
    beginning = part(page, "With whom, and when")
    person = beginning.get_by_label("With whom?")
    here = person.input_value()
    person.select_option(label="Someone new")
    for title in ("Preparation", *SEGMENTS):
        expect(part(page, title)).to_contain_text("Out of sight while someone new is chosen above.")
        expect(part(page, title)).not_to_contain_text("Marisol")
        expect(part(page, title).locator(".coaching-body")).not_to_be_visible()
    found, compared = violations(page, ".coaching-form", ".coaching-map")
    assert found == []
    assert compared > 10
    for control in beginning.locator("input, select, button").filter(visible=True).all():
        expect(control).to_have_accessible_name(re.compile(r"\w"))
    part(page, "With whom, and when")
    person.select_option(here)
    part(page, "Talk about yourself")
    expect(plan).to_have_value("walk")
    expect(plan).to_be_visible()


def test_the_time_together_begins_with_the_first_click_in_a_part(page, lab):
    open_session(page, lab)
    page.clock.install()
    lines = page.locator(".coaching-together")
    part(page, "With whom, and when").get_by_label("With whom?").click()
    page.keyboard.press("Escape")
    page.clock.fast_forward(5 * MINUTE)
    expect(lines).to_have_text([""])
    story(page, "A goal").click()
    stop_clock(page)
    expect(lines).to_have_text([""])
    for minutes, told in ((1, "1 minute"), (17, "18 minutes"), (43, "1 hour 1 minute"), (59, "2 hours")):
        page.clock.fast_forward(minutes * MINUTE)
        expect(lines).to_have_text([f"{told} together"])
    assert lines.first.get_attribute("aria-live") == "off"


def test_what_sounds_like_status_goes_to_the_parking_lot_with_what_is_asked_of_it(page, lab):
    open_session(page, lab)
    goal = story(page, "A goal")
    goal.fill("The project is on track for the release")
    expect_kept(page, "Talk about yourself")
    page.get_by_role("button", name="Park it").click()
    expect(goal).to_have_value("")
    expect(page.get_by_text("Is this for another meeting?")).to_have_count(0)
    expect(part(page, "Closing").get_by_label("What belongs to another meeting")).to_have_value(
        "The project is on track for the release"
    )


def test_words_are_kept_at_once_after_a_button_was_refused(page, lab):
    open_session(page, lab)
    beginning = part(page, "With whom, and when")
    beginning.get_by_label("With whom?").select_option(label="Someone new")
    beginning.get_by_text("Choose a passphrase now").click()
    beginning.get_by_text("anybody", exact=True).click()
    expect(beginning).not_to_have_attribute("data-state", "busy")
    beginning.get_by_role("button", name="Make the workbook").click()
    expect(beginning.get_by_role("alert")).to_contain_text("is missing")
    beginning.evaluate(
        """form => { window.states = []; new MutationObserver(() => window.states.push(form.dataset.state))
            .observe(form, { attributes: true, attributeFilter: ['data-state'] }); }"""
    )
    beginning.get_by_label("Who do you coach?").press_sequentially("Ana")
    page.wait_for_function("() => window.states.length && !['busy', 'late'].includes(window.states.at(-1))")
    assert set(page.evaluate("window.states")) <= {"busy", ""}
