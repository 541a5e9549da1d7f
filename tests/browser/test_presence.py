"""What stands beside the words: silence after a question, the time together, help, and a view that stays in place."""

import re
from types import SimpleNamespace

import nbformat
import pytest
from playwright.sync_api import expect

from tests.browser.lab import (
    MINUTE,
    SECOND,
    SEGMENTS,
    distance_from_top,
    expect_kept,
    form,
    open_notebook,
    open_session,
    part,
    run_all,
    run_in_kernel,
    stop_clock,
    story,
)

BEGINNING = "With whom, and when"
YOURSELF = "Talk about yourself"
PATIENT = "take your time, or leave it"
SIZES = [(1280, 900), (900, 600)]

#: By what the cell runs: one above it may still grow, so a click can fall on another.
SELECT_CELL = """source => {
  const notebook = window.jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = notebook.widgets.findIndex(cell => cell.model.sharedModel.source.includes(source));
}"""


@pytest.fixture(scope="module")
def lab(standing_lab):
    """One home for all of these tests; each of them may leave words in the workbook."""
    standing_lab.begin_again()
    return standing_lab


@pytest.fixture(scope="module")
def opened(chromium, lab):
    """One page with a session on it, a word of it kept, and the page's clock at a stand."""
    page = chromium.new_page(locale="en-GB")
    sent = sent_to_widgets(page)
    kernel = open_session(page, lab)
    for title in (BEGINNING, "Preparation"):  # so that none has anything left to ask
        expect(form(page, title)).to_be_attached()
    field = story(page, "A plan")
    field.fill("walk")
    expect_kept(page, YOURSELF)
    page.clock.install()
    stop_clock(page)
    yield SimpleNamespace(page=page, kernel=kernel, field=field, sent=sent)
    page.close()


@pytest.fixture
def session(opened):
    """The one page, nothing standing over it, and the caret in a field."""
    opened.page.set_viewport_size({"width": 1280, "height": 900})
    opened.page.emulate_media(media="screen", reduced_motion="no-preference")
    part(opened.page, YOURSELF)
    opened.field.focus()
    yield opened
    opened.page.evaluate("document.querySelectorAll('dialog').forEach(dialog => dialog.click())")


def sent_to_widgets(page):
    """Return the list of what the page sends to the kernel's widgets from now on."""
    found = []

    def keep(frame):
        told = frame if isinstance(frame, bytes) else frame.encode()
        if b"comm_msg" in told:
            found.append(told)

    page.on("websocket", lambda socket: socket.on("framesent", keep))
    return found


def be_still(page):
    part(page, YOURSELF).get_by_role("button", name="Ask, then be still").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def expect_what_is_typed_arrives(session):
    """Type some letters: the field has the focus, and a caret that takes them."""
    field = session.field
    expect(field).to_be_focused()
    words, caret = field.input_value(), field.evaluate("field => field.selectionStart")
    session.page.keyboard.type("ing")
    expect(field).to_have_value(f"{words[:caret]}ing{words[caret:]}")


def mark_as_old(page):
    page.evaluate("document.querySelectorAll('.coaching-form').forEach(form => { form.dataset.old = 'true' })")


def expect_new_forms(page):
    expect(page.locator(".coaching-form[data-old]")).to_have_count(0)
    for title in SEGMENTS:
        expect(form(page, title)).to_be_attached()


def session_notebook(lab, name, source):
    """Write a session notebook with one cell of another source, in which ``{cell}`` is its own; return its name."""
    folder = lab.home / "notebooks"
    notebook = nbformat.read(folder / "session.ipynb", as_version=4)
    cell = next(cell for cell in notebook.cells if cell.id == name)
    cell.source = source.replace("{cell}", cell.source)
    nbformat.write(notebook, folder / "other.ipynb")
    return "other.ipynb"


def slow_notebook(lab):
    """Write a session notebook whose second form takes a second to come; return its name.

    The second is the slow machine itself: no test waits for it.
    """
    return session_notebook(lab, "preparation", "import time\ntime.sleep(1)\n{cell}")


def test_after_run_all_the_part_that_is_open_is_at_the_top(page, lab):
    open_session(page, lab)
    expect(form(page, "Opening").get_by_label("Our agreement")).to_be_in_viewport()
    assert 0 <= distance_from_top(page, "Opening") < 40


def test_after_a_run_the_first_field_has_the_focus_and_no_letter_is_a_command(page, lab):
    open_session(page, lab)
    first = form(page, "Opening").get_by_label("Our agreement")
    expect(first).to_be_focused()
    code = page.locator(".jp-CodeCell").count()
    words = first.input_value()
    page.keyboard.press("m")  # makes a text of a cell
    expect(first).to_have_value(re.compile(f"^(m{re.escape(words)}|{re.escape(words)}m)$"))
    expect(page.locator(".jp-CodeCell")).to_have_count(code)


def test_another_run_leaves_the_view_where_somebody_was_typing(page, lab):
    open_session(page, lab)
    field = story(page, "A failure")
    field.fill("I answered too soon.")
    expect_kept(page, YOURSELF)
    mark_as_old(page)
    run_all(page)
    expect_new_forms(page)
    expect(field).to_have_value("I answered too soon.")
    expect(field).to_be_in_viewport(ratio=1)


def test_a_form_that_gets_no_answer_says_what_to_do_until_it_is_there(page, lab):
    kernel = open_session(page, lab)
    page.clock.install()
    page.evaluate(SELECT_CELL, "yourself()")
    with lab.stopped(kernel):
        page.evaluate("window.jupyterapp.commands.execute('notebook:create-output-view')")
        waiting = page.locator(".jp-LinkedOutputView .coaching-form")
        expect(waiting).to_have_text("One moment …")
        page.clock.fast_forward(8 * SECOND)
        expect(waiting).to_contain_text("it begins again by itself")
    expect(waiting.get_by_role("region", name="Your side")).to_be_visible()


def test_forms_of_a_first_run_need_not_be_asked_for(page, lab):
    sent = sent_to_widgets(page)
    open_session(page, lab)
    assert [message for message in sent if b'"hello"' in message] == []


def test_a_form_that_has_changed_before_it_is_seen_is_shown_as_it_is_now(page, lab):
    old = {"type": "form", "view": None, "key": "old", "title": "Old", "lead": "", "blocks": [], "values": {}}
    notebook = session_notebook(lab, "opening", f"form = {{cell}}\nform.send({old!r})\nform")
    open_notebook(page, lab, notebook)
    run_all(page)
    expect(part(page, "Opening")).to_be_visible()
    expect(form(page, "Old")).to_have_count(0)


def test_after_a_reload_the_forms_come_with_a_run_at_once(page, lab):
    open_session(page, lab)
    open_notebook(page, lab)
    for title in (BEGINNING, *SEGMENTS):
        expect(form(page, title)).to_be_attached()


def test_on_a_slow_machine_the_focus_goes_back_to_where_somebody_was_typing(page, lab):
    open_notebook(page, lab, slow_notebook(lab))
    run_all(page)
    field = story(page, "A goal")
    field.fill("To wait for the answer.")
    expect_kept(page, YOURSELF)
    expect(form(page, "Closing")).to_be_attached()
    mark_as_old(page)
    run_all(page)
    expect_new_forms(page)
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport(ratio=1)


def test_somebody_who_moves_meanwhile_is_left_where_they_are(page, lab):
    open_notebook(page, lab, slow_notebook(lab))
    run_all(page)
    field = story(page, "A goal")
    field.fill("To look at the plan first.")
    expect_kept(page, YOURSELF)
    expect(form(page, "Closing")).to_be_attached()
    page.clock.install()
    mark_as_old(page)
    run_all(page)
    expect(page.locator(f".coaching-form:not([data-old])[aria-label='{BEGINNING}']")).to_be_visible()
    page.evaluate("() => new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    page.mouse.wheel(0, 40)
    expect_new_forms(page)
    page.clock.fast_forward(SECOND)
    expect(field).not_to_be_focused()


def test_every_part_has_a_still_screen_with_its_own_question(session):
    page = session.page
    for title in SEGMENTS:
        asked = part(page, title).locator(".coaching-question")
        if not asked.is_visible():
            continue  # behind the decision about the mission statement
        question = asked.locator("p").inner_text()
        asked.get_by_role("button").click()
        expect(page.get_by_role("dialog", name=question, exact=True)).to_contain_text(question)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_still_screen_covers_the_window_and_says_what_it_is(session):
    page = session.page
    be_still(page)
    screen = page.get_by_role("dialog")
    expect(screen).to_be_focused()
    expect(screen).to_have_accessible_description("Eight seconds of silence. Any key ends it.")
    assert screen.bounding_box() == {"x": 0, "y": 0, **page.viewport_size}
    assert not re.search(r"\d", screen.inner_text())


@pytest.mark.parametrize(("motion", "moving"), [("no-preference", 1), ("reduce", 0)])
def test_it_breathes_unless_motion_is_not_wanted(session, motion, moving):
    page = session.page
    page.emulate_media(reduced_motion=motion)
    be_still(page)
    assert page.locator(".coaching-breath").evaluate("e => e.getAnimations().length") == moving


def test_it_ends_by_itself_after_eight_seconds_and_gives_the_focus_back(session):
    page = session.page
    be_still(page)
    page.clock.run_for(8 * SECOND - 1)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.clock.run_for(1)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(session.field).to_be_focused()


@pytest.mark.parametrize("key", ["x", "Enter", "Space", "Escape", "Tab", "Backspace", "Control+a"])
def test_any_key_ends_it_and_writes_nothing(session, key):
    page = session.page
    words = session.field.input_value()
    be_still(page)
    page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(session.field).to_have_value(words)
    expect_what_is_typed_arrives(session)


def test_a_key_held_down_writes_nothing_until_it_is_released(session):
    page = session.page
    words = session.field.input_value()
    be_still(page)
    for _ in range(4):
        page.keyboard.down("x")  # from the second time on as the keyboard repeats it
    expect(session.field).to_be_focused()
    page.keyboard.up("x")
    expect(session.field).to_have_value(words)


def test_a_click_ends_it(session):
    page = session.page
    be_still(page)
    page.mouse.click(400, 300)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect_what_is_typed_arrives(session)


def test_what_is_typed_arrives_where_a_form_was_shown_anew_meanwhile(session):
    page = session.page
    be_still(page)
    session.field.evaluate("field => { field.dataset.old = 'true'; }")
    run_in_kernel(page, "session._show('yourself')")
    expect(session.field).not_to_have_attribute("data-old", "true")
    page.keyboard.press("x")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect_what_is_typed_arrives(session)


def test_the_key_that_ends_it_does_not_reach_jupyterlab(session):
    page = session.page
    sidebar = page.locator(".jp-FileBrowser")
    page.locator(".jp-MarkdownCell").first.click()
    be_still(page)
    page.keyboard.press("Control+b")  # JupyterLab's own key for its sidebar
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(sidebar).to_be_visible()
    page.keyboard.press("Control+b")
    expect(sidebar).not_to_be_visible()
    page.keyboard.press("Control+b")


def test_opened_by_the_keyboard_it_gives_the_focus_back_to_its_button(session):
    page = session.page
    button = part(page, YOURSELF).get_by_role("button", name="Ask, then be still")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


def test_one_quiet_line_comes_after_twenty_seconds_and_goes_with_the_next_word(session):
    page = session.page
    line = page.get_by_text(PATIENT)
    be_still(page)
    page.keyboard.press("Escape")
    page.clock.run_for(20 * SECOND - 1)
    expect(line).to_have_count(0)
    page.clock.run_for(1)
    expect(part(page, YOURSELF).get_by_text(PATIENT)).to_be_visible()
    part(page, "Closing").get_by_label(re.compile("take along")).press_sequentially("a")
    expect(line).to_have_count(0)


def test_the_line_does_not_come_when_somebody_has_typed(session):
    page = session.page
    be_still(page)
    page.keyboard.press("Escape")
    page.keyboard.type("a")
    page.clock.run_for(60 * SECOND)
    expect(page.get_by_text(PATIENT)).to_have_count(0)


def test_a_busy_kernel_stops_neither_silence_nor_help(lab, session):
    page = session.page
    with lab.stopped(session.kernel):
        be_still(page)
        page.clock.run_for(8 * SECOND)
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.get_by_role("button", name="Pause and get help").click()
        expect(page.get_by_role("dialog")).to_contain_text("112")
        page.keyboard.press("Escape")


def test_neither_silence_nor_help_is_told_to_the_kernel_or_stored(session):
    page, sent = session.page, session.sent
    before = len(sent)
    be_still(page)
    page.clock.run_for(30 * SECOND)
    expect(page.get_by_text(PATIENT)).to_be_visible()
    page.get_by_role("button", name="Pause and get help").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.clock.run_for(10 * MINUTE)
    assert len(sent) == before
    assert page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage)).join()").count("oaching") == 0
    session.field.press_sequentially("a")
    page.clock.run_for(SECOND)
    expect_kept(page, YOURSELF)
    assert len(sent) > before


def test_of_a_session_that_another_page_began_it_is_known_how_long_at_least(page, lab):
    open_session(page, lab)
    goal = story(page, "A goal")
    goal.fill("to be kept")
    expect_kept(page, YOURSELF)
    page.reload()
    open_session(page, lab)
    part(page, YOURSELF)
    page.clock.install()
    goal.click()
    page.clock.fast_forward(MINUTE)
    expect(page.locator(".coaching-together").first).to_have_text("at least 1 minute together")


def test_help_is_one_card_that_gives_the_focus_back(session):
    page = session.page
    control = page.get_by_role("button", name="Pause and get help")
    expect(control).to_have_count(1)
    card = page.get_by_role("dialog", name="You may stop here")
    for close in (lambda: page.keyboard.press("Escape"), card.get_by_role("button", name="Close").click):
        control.click()
        for said in ("911", "no therapy", "a doctor", "works council", "Shall we stop here", "recorded nowhere"):
            expect(card).to_contain_text(said)
        close()
        expect(card).to_have_count(0)
        expect_what_is_typed_arrives(session)


def test_help_is_not_printed(session):
    page = session.page
    page.emulate_media(media="print")
    expect(page.locator(".coaching-help")).not_to_be_visible()


def test_help_goes_with_the_last_form(page, lab):
    open_session(page, lab)
    control = page.get_by_role("button", name="Pause and get help")
    expect(control).to_be_visible()
    page.get_by_role("menuitem", name="Edit", exact=True).click()
    page.locator('[data-command="editmenu:clear-all"]').click()
    expect(page.locator(".coaching-form")).to_have_count(0)
    expect(control).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_kept_and_help_are_in_sight_and_cover_no_field_that_has_the_focus(session, width, height):
    page = session.page
    page.set_viewport_size({"width": width, "height": height})
    yourself = part(page, YOURSELF)
    session.field.focus()
    names = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        if not yourself.evaluate("form => form.contains(document.activeElement)"):
            break
        found = page.evaluate(
            """() => { const box = e => e.getBoundingClientRect(), now = document.activeElement;
            const kept = document.querySelector('.coaching-kept'), strip = document.querySelector('.coaching-help');
            const hit = (e) => document.elementFromPoint(box(e).left + 5, box(e).top + 5);
            return { name: now.id || now.textContent, strip: box(strip).top, end: box(now).bottom,
                overlaid: strip.contains(hit(now)), seen: hit(kept) === kept }; }"""
        )
        names.add(found["name"])
        assert not found["overlaid"]
        assert found["seen"]
    assert len(names) >= 4


def test_a_long_answer_is_written_above_the_strip(session):
    page = session.page
    page.set_viewport_size({"width": 900, "height": 600})
    session.field.focus()
    page.keyboard.press("Control+End")
    for number in range(30):
        page.keyboard.press("Enter")
        page.keyboard.type(f"line {number}")
    field, strip = session.field.bounding_box(), page.locator(".coaching-help").bounding_box()
    assert field["y"] + field["height"] < strip["y"] + 1  # a browser scrolls by whole pixels
