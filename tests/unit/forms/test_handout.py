"""Handing out a copy: nothing is written that was not shown, and nothing is open that nobody has ticked."""

import pytest

from coaching.formats.sealing import SealKeys, new_identity, recipient_of, unseal
from coaching.jupyter.api import Review
from coaching.model.sharing import Audience
from coaching.workbook.copies import KINDS
from coaching.workbook.home import Home
from tests.unit.formats.seals import cheap_seals
from tests.unit.forms.pages import Page, View, entries

pytestmark = pytest.mark.usefixtures("without_figures")


@pytest.fixture
def view(home):
    return View(Review(home).page(), Page())


@pytest.fixture
def workbook(home):
    return Home(home.folder, home.clock).workbooks()[0]


def buttons(view):
    return [block["label"] for block in view.blocks() if block["type"] == "act"]


def section(view, title):
    """The blocks of one section, those inside others too; none where it is not there."""
    found = next((block for block in view.form["blocks"] if block.get("title") == title), {"blocks": []})
    blocks = list(found["blocks"])
    for block in blocks:
        blocks.extend(block.get("blocks", ()))
    return blocks


def shown(view):
    """The lines of the preview."""
    blocks = section(view, "This is what they will see")
    return [line for block in blocks if block["type"] == "lines" for line in block["lines"]]


def boxes(view):
    return {block["label"]: block["name"] for block in section(view, "What others may read") if block["type"] == "flag"}


def box(view, words):
    (name,) = (name for label, name in boxes(view).items() if words in label)
    return name


def said(view, answers):
    """What a press or a tick was answered with."""
    return next(answer["text"] for answer in answers if answer["type"] in {"said", "problems"})


FIRST, SECOND = "To open on the first of March.", "I take this with me."


def test_what_they_will_see_is_there_before_the_one_button_that_writes_it(view):
    assert buttons(view) == ["Write the file"]
    titles = [block.get("title") or block.get("label") for block in view.form["blocks"]]
    assert titles == [
        "What?",
        "For whom?",
        "Name of the file",
        "For whom, in words",
        "Language",
        "How does it open?",
        "Passphrase of the file",
        "Repeat it",
        "Their age1…",
        "This is what they will see",
        "Write the file",
    ]
    assert {"about": "Marisol · plan", "words": [FIRST], "readers": "between us"} in shown(view)


def test_a_long_preview_is_folded_with_its_counts_and_a_short_one_is_not(view):
    folds = [block for block in section(view, "This is what they will see") if block["type"] == "fold"]
    assert not any(fold["open"] for fold in folds)
    assert "Session 12 · Thursday, 11 December 2025: 27 lines" in [fold["title"] for fold in folds]
    view.type(audience="open")
    view.type({box(view, FIRST): "true"})
    folds = [block for block in section(view, "This is what they will see") if block["type"] == "fold"]
    assert [(fold["title"], fold["open"]) for fold in folds] == [
        ("General: 1 line", True),
        ("What is not in it", False),
    ]


def test_of_what_is_not_in_it_the_form_counts_nothing_that_is_private(view):
    view.type(what=".zip")
    (fold,) = (b for b in section(view, "This is what they will see") if b.get("title") == "What is not in it")
    assert [block["text"] for block in fold["blocks"]] == ["What is private stays out."]


def test_for_whom_in_words_is_said_to_be_noted_for_the_holder_alone(view):
    (hint,) = (block["hint"] for block in view.form["blocks"] if block.get("label") == "For whom, in words")
    assert "noted for you alone" in hint


def test_for_others_nothing_is_open_and_nothing_can_be_written(view):
    view.type(audience="open")
    assert shown(view) == []
    assert buttons(view) == []
    texts = [block.get("text", "") for block in section(view, "This is what they will see")]
    assert any("Nothing is open to others yet" in text for text in texts)
    answers = view.type(act="write", file="others.html")
    assert "Nothing is open" in said(view, answers)


def test_the_coachee_decides_line_by_line_and_no_box_is_ticked(view):
    view.type(audience="open")
    (hint,) = (block["hint"] for block in view.form["blocks"] if block.get("title") == "What others may read")
    assert "Marisol decides, line by line." in hint
    assert {view.values[name] for name in boxes(view).values()} == {""}
    assert not any("reflection" in label for label in boxes(view))


def test_a_tick_is_kept_at_once_and_shown_and_another_takes_it_back(view, home):
    view.type(audience="open")
    name = box(view, FIRST)
    identity = name.removeprefix("open.")
    assert said(view, view.type({name: "true"})) == "Kept. What they will see is shown anew."
    assert entries(home)[identity].visibility == "open"
    assert [(line["words"], line["readers"]) for line in shown(view)] == [([FIRST], "others may read it")]
    assert view.values[name] == "true"
    view.type({name: ""})
    assert entries(home)[identity].visibility == "pair"
    assert (shown(view), buttons(view), view.unacknowledged) == ([], [], {})


def test_each_tick_is_an_act_that_undo_takes_back(view, workbook):
    view.type(audience="open")
    view.type({box(view, FIRST): "true"})
    view.type({box(view, SECOND): "true"})
    workbook.upkeep.undo()
    assert [record["text"] for record in workbook.shared(Audience.OPEN).records()] == [FIRST]


def test_what_was_on_its_way_when_another_period_was_chosen_is_not_taken_for_an_answer(home):
    review, page = Review(home), Page()
    choose, view = View(review.choose(), page), View(review.page(), page)
    named = view.message({"file": "first-quarter.html"}, act="write")
    choose.type(period="2025Q1")
    before = view.values["file"]
    assert [(answer["type"], answer["heading"][-6:]) for answer in view.deliver(named)] == [("form", "2025Q1")]
    view.type(audience="open")
    assert view.values["file"] == before


def test_what_is_said_of_one_is_not_in_anothers_form_and_there_again_on_return(home):
    home.create("Zoë", "Bo")
    review, page = Review(home), Page()
    choose, view = View(review.choose(), page), View(review.page(), page)
    people = {name: one for one, name in choose.field("person")["options"]}
    choose.type(person=people["Marisol"])
    view.type(whom="her sister", file="for-the-appeal.html")
    choose.type(person=people["Zoë"])
    assert (view.values["whom"], view.values["file"]) == ("", "coaching-summary.html")
    choose.type(person=people["Marisol"])
    assert (view.values["whom"], view.values["file"]) == ("her sister", "for-the-appeal.html")


def test_a_file_that_is_there_is_not_written_over(view, tmp_path):
    file = tmp_path / "coaching-summary.html"
    assert said(view, view.type(act="write", file=str(file))) == f"Written: {file}"
    before = file.read_bytes()
    refused = said(view, view.type(act="write", file=str(file)))
    assert refused == f"'{file}' is there already; choose another name."
    assert file.read_bytes() == before


def test_a_file_without_a_folder_goes_to_the_browser_is_noted_and_on_no_disk_of_ours(view, home, tmp_path, monkeypatch):
    monkeypatch.chdir(home.folder)
    before = {path for path in tmp_path.rglob("*") if path.suffix not in {".parquet", ".kept"}}
    answers = view.type(act="write", whom="her mentor")
    ((name, content),) = view.downloads
    assert said(view, answers) == "coaching-summary.html goes to your browser’s downloads."
    assert (name, FIRST in content.decode()) == ("coaching-summary.html", True)
    assert {path for path in tmp_path.rglob("*") if path.suffix not in {".parquet", ".kept"}} == before
    (noted,) = (entry for entry in entries(home).values() if entry.kind == "handout")
    assert (noted.form, noted.text) == (".html", "her mentor")


@pytest.mark.parametrize("place", [".", "notebooks", "away/.."])
def test_a_place_in_the_home_is_refused_with_another_one_and_nothing_is_noted(view, home, place):
    for folder in ("notebooks", "away"):
        (home.folder / folder).mkdir()
    file = home.folder / place / "plan.html"
    refused = said(view, view.type(act="write", file=str(file)))
    assert "it would lie in the folder of the workbooks" in refused
    assert "name another folder, such as" in refused
    assert not file.exists()
    assert section(view, "Handed out so far") == []


def test_two_ticks_are_what_is_written_and_noted(view, home, tmp_path):
    view.type(audience="open")
    for words in (FIRST, SECOND):
        view.type({box(view, words): "true"})
    file = tmp_path / "others.html"
    assert said(view, view.type(act="write", file=str(file), whom="my mentor")) == f"Written: {file}"
    text = file.read_text(encoding="utf-8")
    others = {entry.text for entry in entries(home).values() if getattr(entry, "text", None)} - {FIRST, SECOND}
    assert all(words in text for words in (FIRST, SECOND))
    assert [words for words in others if len(words) > 12 and words in text] == []
    (block,) = section(view, "Handed out so far")
    assert block["lines"] == [
        {"about": "Monday, 12 January 2026 · for others · .html", "words": ["my mentor"], "readers": ""}
    ]


def test_what_changed_since_it_was_shown_is_shown_once_more_before_it_is_written(view, workbook, tmp_path):
    view.type(audience="open")
    view.type({box(view, FIRST): "true"})
    second = next(entry for entry in workbook.handouts.choosable() if getattr(entry, "text", None) == SECOND)
    workbook.handouts.open(second.id, to_others=True)
    file = tmp_path / "others.html"
    assert "Look at it once more" in said(view, view.type(act="write", file=str(file)))
    assert not file.exists()
    assert len(shown(view)) == 2
    assert said(view, view.type(act="write")) == f"Written: {file}"


def test_a_press_that_comes_with_another_choice_writes_nothing_that_was_not_shown(view, tmp_path):
    file = tmp_path / "plan.html"
    answers = view.type(act="write", what="plan", file=str(file))
    assert "Look at it once more" in said(view, answers)
    assert list(tmp_path.glob("*.html")) == []


@pytest.mark.parametrize("what", KINDS)
def test_the_name_of_the_file_goes_with_its_kind(view, what):
    view.type(what="plan" if what == "page" else "page")
    view.type(what=what)
    assert view.values["file"] == KINDS[what].file


def test_a_name_that_is_typed_while_its_kind_is_on_its_way_stays(view):
    chosen = view.message({"what": "plan"})
    typed = view.message({"file": "mine.html"})
    view.deliver(chosen)
    view.deliver(typed)
    view.deliver({"type": "hello", "view": view.name})
    assert (view.values["file"], view.values["what"]) == ("mine.html", "plan")


def test_messages_that_overtake_each_other_lose_neither_words_nor_a_press(view, tmp_path):
    first = view.message({"what": ".md"})
    file = tmp_path / "mine.md"
    pressed = view.message({"file": str(file)}, act="write")
    later = view.message({"whom": "her mentor"})
    view.deliver(first)
    view.deliver(later)
    assert said(view, view.deliver(pressed)) == f"Written: {file}"
    assert (view.values["what"], view.values["whom"]) == (".md", "her mentor")


def test_a_press_that_a_page_repeats_writes_once(view, home, tmp_path):
    message = view.message({"file": str(tmp_path / "page.html")}, act="write")
    assert said(view, view.deliver(message)).startswith("Written: ")
    assert [answer["type"] for answer in view.deliver(message)] == ["kept"]
    assert [entry.form for entry in entries(home).values() if entry.kind == "handout"] == [".html"]


def test_a_name_that_cannot_be_written_is_said_and_what_was_chosen_stays(view, tmp_path):
    answers = view.type(act="write", file=str(tmp_path / "mine.pdf"))
    assert "its name must end in .html" in said(view, answers)
    assert view.values["file"].endswith("mine.pdf")
    assert section(view, "Handed out so far") == []


PASSPHRASE = "four words for her alone"  # noqa: S105 - of pages that hold invented words


@pytest.mark.parametrize("what", ["page", "plan"])
def test_a_page_that_opens_with_a_passphrase_shows_nothing_of_itself(view, tmp_path, what):
    view.type(what=what)
    file, secrets = tmp_path / "locked.html", {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    answers = view.type(act="write", secrets=secrets, opens="passphrase", file=str(file))
    assert said(view, answers) == f"Written: {file}"
    page = file.read_text(encoding="utf-8")
    assert "AES-256-GCM" in page
    assert [words for words in ("Marisol", FIRST, PASSPHRASE) if words in page] == []
    assert PASSPHRASE not in str(view.wire.sent)


@pytest.mark.parametrize(
    ("secrets", "problem"),
    [
        ({}, "the passphrase of the file is missing"),
        ({"passphrase": PASSPHRASE}, "the two passphrases differ"),
        ({"passphrase": PASSPHRASE, "again": "something else"}, "the two passphrases differ"),
        ({"passphrase": "Marisol Quispe", "again": "Marisol Quispe"}, "a name or a word that belongs to the workbook"),
        ({"passphrase": "short", "again": "short"}, "This passphrase is easy to guess: it is short."),
    ],
)
def test_a_passphrase_that_will_not_do_writes_nothing(view, tmp_path, secrets, problem):
    answers = view.type(act="write", secrets=secrets, opens="passphrase", file=str(tmp_path / "locked.html"))
    assert problem in said(view, answers)
    assert list(tmp_path.glob("*.html")) == []


@pytest.mark.parametrize("what", KINDS)
def test_only_a_bundle_is_sealed_unless_somebody_says_otherwise(view, tmp_path, what):
    view.type(what="plan" if what == "page" else "page")
    view.type(what=what)
    assert view.values["opens"] == ("passphrase" if what == ".zip" else "plain")
    file = tmp_path / KINDS[what].file
    assert said(view, view.type(act="write", opens="plain", file=str(file))) == f"Written: {file}"


@pytest.mark.parametrize("what", [what for what, kind in KINDS.items() if kind.ending != ".html"])
def test_what_is_no_page_is_sealed_so_that_age_opens_it_and_its_name_says_so(view, tmp_path, what):
    view.type(what=what)
    file, secrets = tmp_path / KINDS[what].file, {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    with cheap_seals():
        answers = view.type(act="write", secrets=secrets, opens="passphrase", file=str(file))
    sealed = file.with_name(f"{file.name}.age")
    opens = f"'age -d -o {file.name} {sealed.name}'"
    assert said(view, answers).startswith(f"Written: {sealed}. Without this program: {opens}")
    assert unseal(sealed.read_bytes(), SealKeys(lambda: PASSPHRASE))
    assert section(view, "Handed out so far")[0]["lines"][0]["about"].endswith(f"{file.suffix}.age")
    assert not file.exists()


def test_a_bundle_for_one_person_alone_opens_with_their_identity(view):
    identity = new_identity()
    view.type(what=".zip")
    view.type(act="write", opens="identity", recipient=recipient_of(identity))
    ((name, content),) = view.downloads
    assert name == "coaching-bundle.zip.age"
    assert unseal(content, SealKeys(identities=(identity,))).startswith(b"PK")


@pytest.mark.parametrize(
    ("what", "words"), [("page", "Gespräch"), ("plan", "Entwicklungsplan"), (".md", "Entwicklungsplan")]
)
def test_the_sentences_of_a_copy_are_in_the_language_that_is_chosen(view, tmp_path, what, words):
    view.type(what=what)
    assert view.field("language")["options"] == [["en", "English"], ["de", "Deutsch"]]
    file = tmp_path / KINDS[what].file
    view.type(act="write", language="de", file=str(file))
    text = file.read_text(encoding="utf-8")
    assert words in text
    assert FIRST in text or "I get up to keep a fire lit" in text


def test_what_is_data_alone_has_no_language(view):
    view.type(what=".csv")
    assert not any(block.get("name") == "language" for block in view.blocks())


def test_a_line_that_is_gone_meanwhile_is_said(view, workbook):
    view.type(audience="open")
    name = box(view, FIRST)
    workbook.upkeep.erase(name.removeprefix("open."))
    assert "not there any more" in said(view, view.type({name: "true"}))
    assert name not in boxes(view).values()


def test_a_folder_that_is_gone_is_named_in_place_of_the_preview(home):
    review = Review(home)
    folder = home.workbooks()[0]._ledger.store.folder
    folder.rename(folder.with_name("aside"))
    (block,) = View(review.page(), Page()).blocks()
    assert folder.name in block["text"]


def test_words_travel_as_text_in_a_list(view, workbook):
    hostile = "<img src=x onerror=alert(1)> \u202e"
    note = {"kind": "note", "id": "01JHQF38000000000000000009", "author": "coachee", "visibility": "open"}
    workbook.add([note | {"segment": "yourself", "topic": "plan", "text": hostile}])
    view.type(audience="open", what=".json")
    assert [line["words"] for line in shown(view)] == [[hostile]]
