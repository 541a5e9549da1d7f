"""The program's notebooks open by themselves, and nothing of JupyterLab is round them; other people's do not."""

import re
import shutil
from contextlib import contextmanager

import nbformat
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from coaching.jupyter.notebooks import notebooks
from coaching.workbook.home import Home
from tests.browser.lab import (
    SEGMENTS,
    TOKEN,
    Lab,
    PlainLab,
    expect_few_in_sight,
    expect_kept,
    form,
    open_notebook,
    part,
    running,
    story,
    switch_off_extension,
    wait_until,
)

BEGINNING, YOURSELF = "With whom, and when", "Talk about yourself"
PATIENCE_MS = 60_000
#: What JupyterLab is made of round a notebook, and what a notebook is made of beside its outputs.
JUPYTERLAB = (
    "#jp-top-panel, #jp-menu-panel, .jp-SideBar, #jp-bottom-panel, .jp-NotebookPanel-toolbar, .lm-DockPanel-tabBar, "
    ".jp-InputPrompt, .jp-OutputPrompt, .jp-Collapser, .jp-Placeholder"
)


def open_quietly(page, lab, notebook="session.ipynb"):
    """Open a notebook as ``coaching lab`` does."""
    page.goto(f"{lab.address}/doc/tree/{notebook}?token={TOKEN}")


def expect_session(page):
    expect(form(page, SEGMENTS[-1])).to_be_attached(timeout=PATIENCE_MS)


def expect_quiet(page):
    expect(page.locator("body")).to_have_class(re.compile(r"\bcoaching-room\b"))
    for piece in page.locator(JUPYTERLAB).all():
        expect(piece).not_to_be_visible()
    box = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)").bounding_box()
    assert box == {"x": 0, "y": 0, **page.viewport_size}


def expect_jupyterlab(page):
    expect(page.locator("body")).not_to_have_class(re.compile(r"\bcoaching-room\b"))
    expect(page.get_by_role("menuitem", name="Kernel", exact=True)).to_be_visible()
    expect(page.locator(".jp-SideBar.jp-mod-left")).to_be_visible()
    expect(page.locator("#jp-bottom-panel")).to_be_visible()


def switch_to(page, notebook):
    """Open another notebook in the same window."""
    page.evaluate("path => { window.jupyterapp.commands.execute('docmanager:open', { path }); }", notebook)


@pytest.fixture
def plan(page):
    return form(page, YOURSELF).get_by_label("A plan", exact=True).first


@pytest.fixture
def empty_lab(tmp_path, playwright):
    (tmp_path / "home").mkdir()
    with running(tmp_path, home=Home(tmp_path / "home")) as started:
        yield started


def test_in_a_fresh_home_one_types_two_names_and_talks_and_nothing_was_clicked(page, empty_lab):
    open_quietly(page, empty_lab)
    first = form(page, BEGINNING).get_by_label("Who do you coach?")
    expect(first).to_be_focused(timeout=PATIENCE_MS)
    expect_quiet(page)
    page.keyboard.type("Ada")
    expect(first).to_have_value("Ada")
    page.keyboard.press("Tab")
    page.keyboard.type("Tom")
    page.keyboard.press("Enter")
    expect(form(page, "Opening").locator("textarea:focus")).to_be_attached()
    assert "[W " not in empty_lab.log.read_text()  # the terminal warns of nothing


def test_the_session_opens_by_itself_with_nothing_of_jupyterlab_round_it(page, lab):
    open_quietly(page, lab)
    expect_session(page)
    expect_quiet(page)
    expect(page.get_by_role("button", name="Begin")).not_to_be_visible()
    expect(page.get_by_role("feed")).to_have_count(0)
    page.wait_for_function("() => document.activeElement.closest('.coaching-form')")
    expect_few_in_sight(page)


def test_a_promise_is_told_with_one_key_which_goes_on_to_the_next_or_asks_for_its_day(page, lab):
    open_quietly(page, lab)
    expect_session(page)
    opening = part(page, "Opening")
    first, second = opening.locator(".coaching-outcome > summary").all()[:2]
    first.focus()
    page.keyboard.press("1")
    expect(first).to_contain_text("done by then")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("2")
    expect(opening.get_by_label("Done on")).to_be_focused()
    page.keyboard.type("yesterday")
    expect_kept(page, "Opening")
    page.reload()
    expect(first).to_contain_text("done later", timeout=PATIENCE_MS)


def test_turning_to_a_part_leads_to_where_one_writes_past_what_may_be_told_of_before(page, lab):
    open_quietly(page, lab)
    expect_session(page)
    expect(part(page, YOURSELF).locator(".coaching-outcome").first).to_be_visible()
    expect(page.locator("textarea:focus")).to_be_attached()
    expect_few_in_sight(page)
    for side in ("Your side", "Marisol’s turn"):  # the other side opens, and no more is in sight by that
        story(page, "A failure", side).fill("I was late")
        expect_few_in_sight(page)
    part(page, "Closing")
    expect_few_in_sight(page)


def test_lines_of_notes_become_something_by_one_key_each(page, lab):
    open_quietly(page, lab)
    expect_session(page)
    opening = part(page, "Opening")
    opening.get_by_text("Just notes", exact=True).click()
    opening.get_by_label("Notes", exact=True).fill("A mill of her own\nsleep eight hours\nshe was calm")
    opening.get_by_text("Sort them, line by line").click()
    page.keyboard.press("Tab")
    page.keyboard.press("1")
    expect(opening.get_by_role("listitem")).to_have_text([re.compile("^sleep"), re.compile("^she was calm")])
    page.keyboard.press("2")
    expect(opening.get_by_label("Notes", exact=True)).to_have_value("she was calm")
    expect(part(page, "Talk about your dreams").get_by_label("In a few words")).to_have_value("A mill of her own")


def test_the_review_opens_the_same_way(page, lab):
    open_quietly(page, lab, "quarterly_review.ipynb")
    page.set_viewport_size({"width": 1280, "height": 800})
    letter = page.locator(".coaching-view .letter")
    expect(letter).to_be_visible(timeout=PATIENCE_MS)
    expect_quiet(page)
    expect(letter.get_by_text("What you could ask next")).to_be_in_viewport()
    assert page.locator(".coaching-view figure").count() == 0, "what is folded is not drawn before it is opened"
    below = letter.locator("li").evaluate_all("(all) => Math.max(...all.map((e) => e.getBoundingClientRect().bottom))")
    assert below <= page.locator(".coaching-help").bounding_box()["y"], "all of the letter is on the first screen"


def test_a_quiet_word_brings_all_of_jupyterlab_back_and_takes_it_away_again(page, lab, plan):
    open_quietly(page, lab)
    expect_session(page)
    part(page, YOURSELF)
    plan.fill("typed in the quiet window")
    word = page.locator(".coaching-shell")
    word.focus()
    page.keyboard.press("Enter")
    expect_jupyterlab(page)
    expect(word).to_have_text("Without JupyterLab")
    expect(word).to_be_focused()
    expect(plan).to_have_value("typed in the quiet window")
    page.keyboard.press("Enter")
    expect_quiet(page)
    expect(word).to_have_text("JupyterLab")
    expect(word).to_be_focused()


def test_the_word_lies_over_nothing_and_stays_when_the_last_form_goes(page, lab):
    page.set_viewport_size({"width": 900, "height": 700})  # where the strip is below the notebook, not beside it
    open_notebook(page, lab)
    expect_session(page)
    page.evaluate("window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    expect(page.locator(".coaching-form")).to_have_count(0)
    word = page.locator(".coaching-shell")
    expect(word).to_be_visible()
    cells = page.locator(".jp-WindowedPanel-outer").bounding_box()
    assert cells["y"] + cells["height"] <= word.bounding_box()["y"]


def test_another_notebook_has_all_of_jupyterlab_round_it(page, lab):
    lab.api("contents/theirs.ipynb", "PUT", {"type": "notebook", "format": "json", "content": notebook("1 + 1")})
    open_quietly(page, lab)
    expect_session(page)
    switch_to(page, "theirs.ipynb")
    expect_jupyterlab(page)
    expect(page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-InputPrompt").first).to_be_visible()
    switch_to(page, "session.ipynb")
    expect_quiet(page)


def notebook(code, **metadata):
    """Return a notebook of one cell."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code, id="theirs")])
    made.metadata |= {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, **metadata}
    return made


@contextmanager
def a_copy_beside_a_module(folder):
    """Lay a copy of the session beside a module that Python would import in its place."""
    folder.mkdir()
    shutil.copyfile(notebooks() / "session.ipynb", folder / "session.ipynb")
    (folder / "coaching.py").write_text("open('was imported', 'w')")
    yield
    shutil.rmtree(folder)


@contextmanager
def one_that_calls_itself_ours(folder):
    """Lay another notebook that bears the mark of the program's."""
    folder.mkdir()
    said = notebook("open('was run', 'w')", coaching={"private": True})
    (folder / "session.ipynb").write_text(nbformat.writes(said))
    yield
    shutil.rmtree(folder)


@pytest.mark.parametrize("foreign", [a_copy_beside_a_module, one_that_calls_itself_ours])
def test_a_foreign_session_does_not_run_by_itself_and_has_jupyterlab_round_it(page, lab, foreign):
    folder = lab.home / "notebooks/theirs"
    with foreign(folder), page.expect_response(re.compile("coaching/notebooks\\?path")):
        open_quietly(page, lab, "theirs/session.ipynb")
        expect_jupyterlab(page)
        lab.kernel("theirs/session.ipynb")
        lab.wait_until_at_rest(lab.kernel("theirs/session.ipynb"))
        assert not [file for file in folder.iterdir() if file.name.startswith("was")]
        assert page.locator(".jp-OutputArea-output").count() == 0


def test_after_a_reload_it_stands_there_again(page, lab, plan):
    open_quietly(page, lab)
    expect_session(page)
    part(page, YOURSELF)
    plan.fill("before the reload")
    expect_kept(page, YOURSELF)
    page.reload()
    expect_session(page)
    expect(plan).to_have_value("before the reload")
    expect_quiet(page)


def test_after_the_server_was_started_again_words_and_focus_are_where_they_were(page, tmp_path, plan, playwright):
    home = Home(tmp_path / "home")
    home.demo()
    with running(tmp_path, home=home) as first:
        open_quietly(page, first)
        expect_session(page)
        part(page, YOURSELF)
        plan.fill("before")
        expect_kept(page, YOURSELF)
    plan.press("End")
    page.keyboard.type(" and while it was away")
    again = Lab(tmp_path, home.folder, port=first.port)
    try:
        wait_until(
            lambda: "before and while it was away" in set(home.find("Marisol").frames()["note"]["text"].dropna()),
            "the words did not reach the disk",
        )
        expect(plan).to_have_value("before and while it was away")
        expect(plan).to_be_focused()
    finally:
        again.stop()


def test_closing_its_tab_asks_nothing_and_ends_its_kernel_and_opened_again_it_is_there(page, lab, plan):
    open_notebook(page, lab)
    expect_session(page)
    part(page, YOURSELF)
    plan.fill("before it was closed")
    expect_kept(page, YOURSELF)
    page.locator(".lm-TabBar-tab", has_text="session.ipynb").locator(".lm-TabBar-tabCloseIcon").click()
    wait_until(lambda: not lab.api("kernels"), "the kernel still runs")
    page.locator(".jp-LauncherCard", has_text="One-on-one").click()
    expect_session(page)
    expect(plan).to_have_value("before it was closed")
    expect_quiet(page)
    page.evaluate("window.jupyterapp.commands.execute('application:close')")
    expect(page.get_by_text("This page is done")).to_be_visible()
    expect(page.get_by_role("button", name="Open it again")).to_be_focused()
    page.locator(".jp-LauncherCard").first.wait_for(state="attached")
    assert page.evaluate(
        "document.elementFromPoint(innerWidth / 2, innerHeight / 4).closest('.coaching-left') !== null"
    )
    page.keyboard.press("Enter")
    expect_session(page)
    expect_quiet(page)
    expect(page.get_by_text("This page is done")).to_have_count(0)


@pytest.mark.parametrize("base", ["/", "/somewhere/"])
def test_in_a_plain_jupyterlab_tiles_and_commands_lay_the_notebooks_out_and_open_them(page, tmp_path, playwright, base):
    home, place = Home(tmp_path / "home"), tmp_path / "their notebooks"
    home.demo()
    place.mkdir()
    started = PlainLab(tmp_path, place, more=[f"--ServerApp.base_url={base}"], COACHING_HOME=str(home.folder))
    try:
        page.goto(f"{started.address}{base}lab?token={TOKEN}")
        page.locator(".jp-LauncherCard", has_text="One-on-one").click()
        expect_session(page)
        expect_quiet(page)
        assert (place / "Coaching notebooks/session.ipynb").is_file()
        page.evaluate("window.jupyterapp.commands.execute('coaching:open-review')")
        expect(page.locator(".coaching-view .letter").first).to_be_visible(timeout=PATIENCE_MS)
        expect_quiet(page)
    finally:
        started.stop()


def test_where_the_extension_is_off_a_button_begins_and_asks_nothing(page, tmp_path, playwright):
    switch_off_extension(tmp_path)
    with running(tmp_path) as lab:
        open_notebook(page, lab)
        lab.wait_until_at_rest(lab.kernel())
        assert page.locator(".coaching-form").count() == 0
        page.get_by_role("button", name="Begin", exact=True).click()
        expect_session(page)
        expect(page.locator(".jp-Dialog")).to_have_count(0)


def test_no_slip_beside_a_field_takes_the_form_away_or_the_next_words(page, lab, plan):
    open_quietly(page, lab)
    expect_session(page)
    forms = page.locator(".coaching-form")
    before = forms.count()
    part(page, YOURSELF)
    plan.click()
    page.keyboard.type("one")
    plan.click(button="right")
    expect(page.locator(".lm-Menu")).to_have_count(0)
    for still in (1, 0):
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(still)
    page.keyboard.type(" two")
    around, inside = (
        page.locator(".jp-CodeCell", has=form(page, YOURSELF)).bounding_box(),
        form(page, YOURSELF).bounding_box(),
    )
    for x in (around["x"] + 2, around["x"] + around["width"] - 2):
        page.mouse.click(x, inside["y"] + 60)
        expect(plan).to_be_focused()
        page.keyboard.type(" more")
    expect(plan).to_have_value("one two more more")
    expect(forms).to_have_count(before)
    assert form(page, YOURSELF).bounding_box()["height"] == inside["height"]


def test_it_is_printed_whole_and_without_jupyterlab(page, lab, plan, tmp_path):
    open_quietly(page, lab)
    expect_session(page)
    part(page, YOURSELF)
    plan.fill("words on paper")
    page.pdf(path=tmp_path / "session.pdf", format="A4")
    pages = [sheet.extract_text() for sheet in PdfReader(tmp_path / "session.pdf").pages]
    printed = " ".join(pages)
    for said in ("With whom?", "words on paper", "take along?"):
        assert said in printed
    for said in ("JupyterLab", "Kernel", "Lock"):
        assert said not in printed
