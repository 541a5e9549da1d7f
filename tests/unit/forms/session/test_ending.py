"""The end of a session: a still card, the plan given away, and nothing more that waits."""

from pathlib import Path

import pytest

from coaching.formats.sealing import is_sealed_name
from coaching.forms.session.desk import Desk
from coaching.model.entries import Handout, Note, Session
from coaching.model.vocabulary import Side
from coaching.pages.protected import locking
from tests.unit.forms.pages import Kernel, drafts, new_row, said

SENTENCE = "I build rooms in which people grow."
PRIVATE_WORD = "zq7 for nobody else"
OPENS_WITH = "four quiet herons wade"


def item(number, **fields):
    return {f"item.{new_row(number)}.{name}": value for name, value in fields.items()}


@pytest.fixture
def closing(first_home):
    """The closing of a first session with a sentence and three promises, which has just been closed."""
    kernel = Kernel(first_home)
    kernel.view("dreams").type(decision="new", mission=SENTENCE, confirmed="true")
    promised = item(1, what="Draw the room.", owner="coachee", by="2026-01-23")
    promised |= item(2, what="Ask for\nthe oven", owner="coach", by="2027-02-01") | item(3, what="A draft")
    kernel.view("who_what_when").type(promised)
    view = kernel.view("closing")
    view.type(takeaway="Mondays are mine", reflection=PRIVATE_WORD)
    view.type(act="close")
    view.type(act="close_anyway")
    return view


@pytest.fixture
def _quickly(monkeypatch):
    monkeypatch.setattr(locking, "ITERATIONS", 1000)


def lines(view):
    return [block["text"] for block in view.blocks() if block["type"] == "prose"]


def page(view):
    """Return the page that is shown, if one is."""
    return next((block["html"] for block in view.blocks() if block["type"] == "page"), None)


def acts(view):
    return [block["name"] for block in view.blocks() if block["type"] == "act"]


def test_the_card_has_their_sentence_and_what_was_promised_the_coachs_own_first(closing):
    assert closing.gate is None
    assert lines(closing) == [
        SENTENCE,
        "You promised: Ask for the oven, by Monday, 1 February 2027.",
        "Ana promised: Draw the room, by Friday, 23 January.",
    ]
    assert acts(closing) == ["look_at_plan", "own_copy", "lock", "done"]
    assert closing.told == "closed and kept 10:42"


def test_nothing_private_and_nothing_about_cells_is_on_it(closing):
    for act in ("look_at_plan", "back_to_card", "done"):
        assert PRIVATE_WORD not in str(closing.form)
        assert "Run All" not in str(closing.form)
        closing.type(act=act)


def test_a_statement_of_before_is_read_again_and_without_one_there_is_none(home):
    closing = Kernel(home).view("closing")
    closing.type(takeaway="Mondays")
    closing.type(act="close")
    closing.type(act="close_anyway")
    assert len(lines(closing)) == 1
    assert lines(closing)[0] in {one["text"] for one in Desk(home).open_session().before.rows("mission")}


def test_when_they_meet_again_is_kept_at_once_though_the_session_is_closed(first_home, closing):
    closing.type(next_on="2026-01-26")
    (session,) = said(first_home, Session)
    assert (str(session.next_on), session.closed) == ("2026-01-26", True)
    assert (drafts(first_home), closing.unacknowledged) == ([], {})
    closing.type(next_on="")
    assert said(first_home, Session)[0].next_on is None


def test_the_plan_is_shown_before_it_is_noted_as_handed_out(first_home, closing):
    closing.type(next_on="2026-01-26")
    closing.type(act="look_at_plan")
    assert SENTENCE in page(closing)
    assert "You meet again on Monday, 26 January." in page(closing)
    assert PRIVATE_WORD not in page(closing)
    assert said(first_home, Handout) == []
    closing.type(act="back_to_card")
    assert (page(closing), lines(closing)[0]) == (None, SENTENCE)


def test_it_goes_to_the_browsers_downloads_as_it_was_shown_and_is_noted_then(first_home, closing):
    before = {file.name for file in first_home.folder.rglob("*.html")}
    closing.type(act="look_at_plan")
    seen = page(closing)
    closing.type(act="take_plan")
    assert closing.downloads == [("plan-Ana-2026-01-12.html", seen.encode())]
    assert closing.told == "plan-Ana-2026-01-12.html goes to your browser’s downloads."
    (noted,) = said(first_home, Handout)
    assert (noted.audience, noted.form, noted.author) == ("pair", ".html", Side.COACH)
    assert {file.name for file in first_home.folder.rglob("*.html")} == before


def test_what_was_not_looked_at_is_not_given(first_home, closing):
    closing.type(act="take_plan")
    assert (closing.downloads, said(first_home, Handout)) == ([], [])
    closing.type(act="look_at_plan")
    first_home.workbooks()[0].rename(Side.COACHEE, "Anita")
    first_home.workbooks()[0].upkeep.erase("M1")
    closing.type(act="take_plan")
    assert (closing.downloads, said(first_home, Handout)) == ([], [])
    assert closing.told.startswith("Something has changed")
    assert SENTENCE not in page(closing)


def test_a_line_that_is_ticked_may_be_read_by_others_and_the_session_stays_closed(first_home, closing):
    closing.type(act="look_at_plan")
    (note,) = said(first_home, Note, text="Mondays are mine")
    closing.type({f"open.{note.id}": "true"})
    assert said(first_home, Note, text="Mondays are mine")[0].visibility == "open"
    assert closing.values[f"open.{note.id}"] == "true"
    assert page(closing) is not None
    closing.type(act="back_to_card")
    closing.type(next_on="2026-01-26")
    assert said(first_home, Note, text="Mondays are mine")[0].visibility == "open"
    assert first_home.workbooks()[0].upkeep.conflicts() == {}
    assert drafts(first_home) == []


def test_with_a_passphrase_or_for_one_person_it_is_sealed(closing):
    closing.type(act="look_at_plan")
    closing.type(opens="passphrase")
    closing.type(act="take_plan")
    assert closing.told == "Nothing is written: the passphrase of the file is missing."
    words = "four walls of quiet lemon"
    closing.type(act="take_plan", secrets={"passphrase": words, "again": words})
    ((name, content),) = closing.downloads
    assert SENTENCE.encode() not in content
    assert not is_sealed_name(Path(name))


def test_in_german_the_page_is_shown_and_given_in_german(closing):
    closing.type(act="look_at_plan")
    closing.type(language="de")
    assert 'lang="de"' in page(closing)
    closing.type(act="take_plan")
    assert 'lang="de"' in closing.downloads[0][1].decode()


def test_done_leaves_a_quiet_line_and_begins_nothing(first_home, closing):
    closing.type(act="done")
    assert (lines(closing), acts(closing)) == (["Kept. You may close this page."], [])
    assert [session.label for session in said(first_home, Session)] == ["S01"]


def test_while_somebody_new_is_chosen_the_card_is_out_of_sight(first_home):
    kernel = Kernel(first_home)
    beginning, closing = kernel.view("beginning"), kernel.view("closing")
    closing.type(takeaway="Mondays")
    closing.type(act="close")
    closing.type(act="close_anyway")
    beginning.type(person="new")
    assert closing.form["blocks"] == []
    assert closing.gate.startswith("Out of sight")


def own(view, words=OPENS_WITH, again=OPENS_WITH, **values):
    view.type(values, act="give_own_copy", secrets={"own_passphrase": words, "own_again": again})


@pytest.mark.parametrize(
    ("words", "again", "told"),
    [
        ("", "", "Nothing is written: the passphrase of the file is missing."),
        (OPENS_WITH, "another", "Nothing is written: the two passphrases differ; type both again."),
        ("password", "password", "easy to guess"),
    ],
)
def test_an_own_copy_is_written_with_a_good_passphrase_typed_twice_alone(first_home, closing, words, again, told):
    own(closing)
    closing.type(act="own_copy")
    own(closing, words, again)
    assert told in closing.told
    assert (closing.downloads, said(first_home, Handout)) == ([], [])


@pytest.mark.usefixtures("_quickly")
def test_their_own_copy_goes_to_the_downloads_or_where_somebody_says_and_over_no_other_file(
    first_home, closing, tmp_path
):
    closing.type(act="own_copy")
    assert closing.values["own_file"] == "own-copy-Ana-2026-01-12.html"
    own(closing)
    ((name, content),) = closing.downloads
    assert name == "own-copy-Ana-2026-01-12.html"
    assert SENTENCE.encode() not in content
    assert closing.told.startswith(f"{name} goes to your browser’s downloads. Ana opens it with any browser.")
    assert acts(closing) == ["look_at_plan", "own_copy", "lock", "done"]
    (tmp_path / "theirs.html").write_text("words of theirs", encoding="utf-8")
    for file in ("theirs.html", "new.html"):
        closing.type(act="own_copy")
        own(closing, own_file=str(tmp_path / file))
    assert (tmp_path / "theirs.html").read_text(encoding="utf-8") == "words of theirs"
    assert (tmp_path / "new.html").stat().st_mode & 0o777 == 0o600
    assert closing.told.startswith("Written: ")
    assert [(one.form, one.audience) for one in said(first_home, Handout)] == [(".html", "pair")] * 2
