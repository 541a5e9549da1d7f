"""Everybody can use the forms: by eye in any theme, size and script, by keyboard, and by screen reader."""

import re
from pathlib import Path
from types import SimpleNamespace

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from coaching.workbook.home import Home
from tests.browser.lab import SEGMENTS, THEMES, expect_kept, open_session, part, story, wait_until, wear

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# It takes what lies in a body without height, as JupyterLab's is, for out of sight, and compares no colours in a fade.
FOR_AXE = "body { min-height: 100vh } .coaching-foot::before { content: none !important }"
#: JupyterLab follows the size of the window some frames later; until then a foot lies over what is not in sight.
ALL_IN_SIGHT = """() => {
  const panel = document.querySelector('.jp-WindowedPanel-outer');
  panel.scrollTop = 0;
  const [last] = [...document.querySelectorAll('.coaching-form')].slice(-1);
  return last.getBoundingClientRect().bottom < panel.getBoundingClientRect().bottom;
}"""
BEGINNING, PREPARATION, YOURSELF, DREAMS = (
    "With whom, and when",
    "Preparation",
    "Talk about yourself",
    "Talk about your dreams",
)
NORMAL, TALL = {"width": 1280, "height": 1000}, {"width": 1280, "height": 20_000}
SIZES = [(900, 700, "100%"), (640, 500, "100%"), (1280, 1000, "200%")]
SCRIPTS = [
    pytest.param("كنتُ خائفًا، ثم تكلمت (3 مرات).", "rtl", id="Arabic"),
    pytest.param("פחדתי, ואז אמרתי OK ב־5 במאי", "rtl", id="Hebrew"),
    pytest.param("我想学会倾听，而不是马上回答。", "ltr", id="Chinese"),
    pytest.param("聞くことを学びたい。ガギグ", "ltr", id="Japanese"),
    pytest.param("👩🏽‍🚀 took 👨‍👩‍👧‍👦 to 🏳️‍🌈", "ltr", id="emoji"),
]

# What is read or pressed, each with the box in which it is seen; a radio button is seen as its label.
LOOK = """(form) => {
  const isVisible = (e) => e.checkVisibility({ visibilityProperty: true }) && getComputedStyle(e).opacity !== '0';
  const shown = (e) => isVisible(e) && getComputedStyle(e).clipPath !== 'inset(50%)';
  const name = (e) => `${e.tagName.toLowerCase()} ${(e.innerText || e.ariaLabel || e.id || e.className).slice(0, 40)}`;
  const panel = (form.closest('.jp-WindowedPanel-outer') ?? document.documentElement).getBoundingClientRect();
  const outer = form.getBoundingClientRect();
  const parts = 'h2, h3, h4, p, label, legend, summary, button, select, textarea, input, li, blockquote';
  const seen = [...form.querySelectorAll(parts)].filter(shown).map((e) => ({ e, box: e.getBoundingClientRect() }));
  const found = [];
  const within = (box, around) => box.left >= around.left - 1 && box.right <= around.right + 1;
  if (!within(outer, panel)) found.push('it is wider than its notebook');
  for (const { e, box } of seen) if (!within(box, outer)) found.push(`${name(e)} stands out`);
  for (const e of [form, ...form.querySelectorAll('*:not(input, select)')].filter(shown)) {
    const { display, overflowX, overflowY } = getComputedStyle(e);
    const holdsWords = e.matches(parts) && display !== 'inline';
    const isWider = e.scrollWidth > e.clientWidth + 1, isHigher = e.scrollHeight > e.clientHeight + 1;
    if ((holdsWords || overflowX !== 'visible') && isWider) found.push(`${name(e)} is wider than its place`);
    if (['hidden', 'clip'].includes(overflowY) && isHigher) found.push(`${name(e)} is cut`);
  }
  const flowing = seen.filter(({ e, box }) => !e.closest('.coaching-foot') && box.width && box.height);
  flowing.forEach((one, index) => flowing.slice(index + 1).forEach((other) => {
    if (one.e.contains(other.e) || other.e.contains(one.e)) return;
    const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
    const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
    if (across > 1 && down > 1) found.push(`${name(one.e)} lies over ${name(other.e)}`);
  }));
  return { found, parts: seen.length };
}"""

# A group of radio buttons is one stop; what only the arrows lead to is none.
STOPS = """
  const forms = [...document.querySelectorAll('.coaching-form')];
  const all = forms.flatMap((form) => [...form.querySelectorAll('input, select, textarea, button, summary')])
    .filter((e) => e.tabIndex !== -1);
  const stop = (e) => e.type === 'radio' ? e.name : all.indexOf(e);"""
FOCUSED = f"""() => {{ {STOPS}
  const e = document.activeElement, seen = getComputedStyle(e.type === 'radio' ? e.nextElementSibling : e);
  if (!all.includes(e)) return null;
  return [stop(e), seen.outlineStyle === 'none' ? 0 : parseFloat(seen.outlineWidth)];
}}"""
FOCUSABLE = f"() => {{ {STOPS} return all.filter((e) => e.checkVisibility()).map(stop); }}"


@pytest.fixture(scope="module")
def lab(standing_lab):
    """One home for all of these tests; each of them may leave words in the workbook."""
    standing_lab.begin_again()
    return standing_lab


@pytest.fixture(scope="module")
def opened(chromium, lab):
    """One page with a session on it in which everything is open that can be."""
    page = chromium.new_page(viewport=NORMAL, locale="en-GB", reduced_motion="reduce")
    kernel = open_session(page, lab)
    open_everything(page)
    yield SimpleNamespace(page=page, kernel=kernel)
    page.close()


@pytest.fixture
def page(opened):
    yield opened.page
    opened.page.evaluate("document.querySelectorAll('dialog').forEach(one => one.dispatchEvent(new Event('cancel')))")
    opened.page.set_viewport_size(NORMAL)
    opened.page.evaluate("document.documentElement.style.fontSize = ''")


def open_everything(page):
    """Unfold, decide, add and ask until no field of the forms is left out of sight."""
    part(page, PREPARATION)
    opening = part(page, "Opening")
    unfold(opening)
    for outcome in opening.get_by_text("partly", exact=True).all():
        outcome.click()
    story(page, "A plan").fill("walk")
    dreams = part(page, DREAMS)
    dreams.get_by_label("I said it; it is not recorded").check()
    dreams.get_by_role("button", name="Write down a dream").click()
    dreams.get_by_label("In a few words").fill("A second oven")
    dreams.get_by_text("a new one", exact=True).click()
    dreams.get_by_label("The new statement").fill("I get up to keep two fires lit.")
    promises = part(page, "Who does what by when")
    promises.get_by_label("want to become?").select_option(label="somebody else: say who")
    promises.get_by_label("What", exact=True).fill("Close the shop on Mondays")
    closing = part(page, "Closing")
    for title in ("Three questions to Marisol about the conversation", "Parking lot", "For you alone"):
        closing.get_by_text(title, exact=True).click()
    closing.get_by_role("button", name="Park something").click()
    closing.get_by_label("What belongs to another meeting").fill("the budget")
    closing.get_by_role("button", name="Show what was written today").click()
    expect(closing.get_by_label("These words")).to_be_visible()
    closing.get_by_role("button", name="Close the session").click()
    expect(closing).to_contain_text("Not closed")


def unfold(opened):
    """Open what stays folded in a form until somebody opens it, and wait until all of it is drawn."""
    opened.evaluate("form => form.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    expect(opened.locator(".coaching-outcome:not(:has(fieldset))")).to_have_count(0)


def violations(page, *inside):
    """Return what axe-core finds, or cannot tell, and how many colours it has compared."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
        page.add_style_tag(content=FOR_AXE)
    told = page.evaluate(
        "([include, values]) => axe.run({ include }, { runOnly: { type: 'tag', values } })",
        [[[selector] for selector in inside], LEVELS],
    )
    wrong = told["violations"] + told["incomplete"]
    found = [f"{one['id']}: {node['html'][:160]}" for one in wrong for node in one["nodes"]]
    return found, sum(len(one["nodes"]) for one in told["passes"] if one["id"] == "color-contrast")


def sizes(page, width, height, text="100%"):
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("(size) => { document.documentElement.style.fontSize = size }", text)


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_the_forms(page, theme):
    wear(page, theme)
    page.set_viewport_size(TALL)
    page.wait_for_function(ALL_IN_SIGHT)
    counts = []
    for title in (BEGINNING, PREPARATION, *SEGMENTS):
        unfold(part(page, title))
        found, compared = violations(page, ".coaching-form", ".coaching-help")
        assert (title, found) == (title, [])
        counts.append(compared)
    assert sum(counts) > 200


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("button", ["Ask, then be still", "Pause and get help"])
def test_axe_finds_nothing_in_what_stands_over_them(page, theme, button):
    wear(page, theme)
    page.get_by_role("button", name=button).first.click()
    found, compared = violations(page, "dialog[open]")
    assert found == []
    assert compared > 1


@pytest.mark.parametrize(("width", "height", "text"), SIZES, ids=["900 px", "zoomed twice", "text twice as large"])
def test_at_any_size_everything_is_there_and_nothing_lies_over_anything(page, width, height, text):
    sizes(page, width, height, text)
    for title in (PREPARATION, *SEGMENTS):
        expect_all_there(page, title)
    person = part(page, BEGINNING).get_by_label("With whom?")
    here = person.input_value()
    person.select_option(label="Someone new")
    unfold(part(page, BEGINNING))
    expect(part(page, BEGINNING).get_by_label("Passphrase", exact=True)).to_be_visible()
    expect_all_there(page, BEGINNING)
    closing = part(page, SEGMENTS[-1]).locator(".coaching-body")
    expect(closing).to_be_hidden()
    part(page, BEGINNING)
    person.select_option(here)
    part(page, SEGMENTS[-1])
    expect(closing).to_be_visible()
    for button in ("Ask, then be still", "Pause and get help"):
        page.get_by_role("button", name=button).first.click()
        assert page.locator("dialog[open]").evaluate(LOOK)["found"] == []
        page.keyboard.press("Escape")


def expect_all_there(page, title):
    shown = part(page, title)
    unfold(shown)
    told = shown.evaluate(LOOK)
    assert told["found"] == [], title
    assert told["parts"] > 10, title


def test_that_words_are_not_kept_is_never_said_over_the_field_they_stand_in(page, lab, opened):
    sizes(page, 640, 500)
    goal = story(page, "A goal")
    story(page, "A plan").focus()
    goal.focus()
    with lab.stopped(opened.kernel):
        page.keyboard.type("x")
        expect(part(page, YOURSELF)).to_contain_text("NOT KEPT yet")
        expect(page.locator(".coaching-kept")).to_contain_text("NOT KEPT yet")
        strip = page.locator(".coaching-help")
        wait_until(lambda: bottom(goal) <= strip.bounding_box()["y"], "the field lies under the strip")
    expect_kept(page, YOURSELF)


def bottom(locator):
    box = locator.bounding_box()
    return box["y"] + box["height"]


@pytest.mark.parametrize(("words", "direction"), SCRIPTS)
def test_any_script_is_kept_to_the_letter_and_runs_in_its_own_direction(page, lab, words, direction):
    field = story(page, "A failure")
    field.fill("")
    field.press_sequentially(words)
    expect(field).to_have_css("direction", direction)
    expect_kept(page, YOURSELF)
    assert words in set(Home(lab.home).find("Marisol").frames()["note"]["text"].dropna())


def test_words_composed_with_an_input_method_are_kept_once(page, lab):
    field = story(page, "A failure")
    field.fill("")
    keyboard = page.context.new_cdp_session(page)
    for composed in ("に", "にほ", "にほん", "日本"):
        keyboard.send("Input.imeSetComposition", {"text": composed, "selectionStart": 0, "selectionEnd": 0})
        expect_kept(page, YOURSELF)
    keyboard.send("Input.insertText", {"text": "日本語"})
    expect(field).to_have_value("日本語")
    wait_until(
        lambda: "日本語" in set(Home(lab.home).find("Marisol").frames()["note"]["text"].dropna()), "it is not kept"
    )


def test_every_field_and_button_has_a_name(page):
    controls = page.locator(".coaching-form, .coaching-map").locator("input, select, textarea, button, summary")
    named = 0
    for title in (BEGINNING, PREPARATION, *SEGMENTS):
        unfold(part(page, title))
        for control in controls.filter(visible=True).all():
            expect(control).to_have_accessible_name(re.compile(r"\w"))
            named += 1
    assert named > 120


def test_tab_reaches_every_field_and_button_and_shows_where_it_is(page):
    part(page, BEGINNING).get_by_label("With whom?").focus()
    reached = set()
    while found := page.evaluate(FOCUSED):
        name, outline = found
        assert outline >= 2, name
        reached.add(name)
        page.keyboard.press("Tab")
    assert reached == set(page.evaluate(FOCUSABLE))
