"""The search on the page: where it is offered, what it answers, and who may see what."""

from datetime import date

import pytest

from coaching.forms.search import Searching
from coaching.forms.session.desk import Desk
from coaching.i18n import speaking
from coaching.jupyter.api import Review
from tests.unit.forms.pages import Kernel, Page, View


@pytest.fixture
def preparation(kernel):
    return kernel.view("preparation")


@pytest.fixture
def review(home):
    return View(Review(home).choose(), Page())


def test_it_is_offered_in_the_preparation_and_in_the_review_and_nowhere_else(kernel, preparation, review):
    assert preparation.form["searches"] == "alone"
    assert review.form["searches"] == "both"
    for name in ("beginning", "opening", "yourself", "dreams", "who_what_when", "closing"):
        assert "searches" not in kernel.view(name).form


def test_it_is_not_offered_before_there_is_a_workbook(first_home, tmp_path):
    nobody = View(Review(type(first_home)(tmp_path / "empty", first_home.clock)).choose(), Page())
    assert "searches" not in nobody.form


@pytest.mark.parametrize("place", ["preparation", "review"])
def test_what_was_said_stands_below_its_session_with_the_words_marked(place, request):
    view = request.getfixturevalue(place)
    assert view.search("school week", part="dreams") == [
        ("S09 · Thursday, 11 September 2025", "Marisol · dream · D4", "First [school] [week] of September.")
    ]
    assert view.found["text"] == "1 entry in 1 session."


def test_what_an_entry_is_is_said_in_the_language_of_the_page(review):
    with speaking("de"):
        assert "Marisol · Traum · D4" in {about for _, about, _ in review.search("school week", part="dreams")}


@pytest.mark.parametrize(
    ("words", "where", "text"),
    [
        ("xyzzy", {}, "Nothing was found."),
        ("", {}, ""),
        ("…", {}, "There is no word in what you look for; write a word, or words in quotes."),
        ("bread", {"when": "soon"}, "time: write a quarter"),
        ("bread", {"kind": "promise", "by": "coachee", "when": "2025Q3"}, "1 entry in 1 session."),
        ("", {"kind": "statement"}, "4 entries in 4 sessions."),
    ],
)
def test_how_much_there_is_or_why_not_is_said(preparation, words, where, text):
    preparation.search(words, **where)
    assert preparation.found["text"].startswith(text)
    assert preparation.refusals == []


def test_what_is_typed_in_this_session_is_found_at_once(kernel, preparation):
    kernel.view("yourself").type(coachee_goal="A canary for the shop.")
    (found,) = preparation.search("canary")
    assert found[1:] == ("Marisol · goal", "A [canary] for the shop.")


def test_what_is_private_is_found_by_whoever_is_alone_and_asks_for_it(preparation, review):
    preparation.type(mind="Remember the canary.")
    assert preparation.search("canary") == []
    assert [found[-1] for found in preparation.search("canary", private=True)] == ["Remember the [canary]."]
    assert review.search("canary", private=True) == []
    assert not review.found["private"]


def test_other_workbooks_are_looked_through_by_whoever_is_alone_and_asks_for_it(home, kernel, preparation, review):
    home.create("Zoë Canary", "Ana")
    again = type(kernel)(home).view("preparation")
    assert again.search("canary") == []
    assert [found[0] for found in again.search("canary", everywhere=True)] == ["Zoë Canary · outside a session"]
    assert review.search("canary", everywhere=True) == []


def test_what_was_found_opens_what_it_said_before_and_what_was_told_of_it_later(preparation):
    preparation.search('"school week"')
    told = preparation.look_back()
    assert told[0] == (
        "Thursday, 11 September 2025 · Marisol · told later",
        "First school week of September. Five breakfasts out of five.",
    )
    assert told[-1][:2] == (
        "Thursday, 15 May 2025 · Marisol · dream",
        "Breakfast with Inti and Sami, every school day",
    )


def test_earlier_words_that_were_private_are_told_to_nobody_else(preparation, review):
    preparation.type(mind="Remember the canary.")
    preparation.search("canary", private=True)
    assert preparation.look_back(private=True)
    assert preparation.look_back() == []
    review.found = preparation.found
    assert review.look_back(private=True) == []


def test_a_search_in_a_form_that_has_none_is_passed_over(kernel):
    opening = kernel.view("opening")
    opening.deliver({"type": "search", "view": opening.name, "number": 1, "words": "bread", "where": {}})
    assert (opening.found, opening.refusals) == (None, [])


def test_what_was_erased_in_another_window_is_neither_found_nor_opened(home, kernel, preparation):
    preparation.search('"school week"', kind="dream")
    other = Kernel(home)
    ((*_, entry),) = [(hit["about"], hit["entry"]) for one in preparation.found["sessions"] for hit in one["hits"]]
    other.desk.books().popitem()[1].upkeep.erase(entry)
    assert preparation.look_back() == []
    assert preparation.search('"school week"', kind="dream") == []


def test_a_workbook_that_was_locked_while_the_card_is_open_answers_nothing(home):
    books = Desk(home).books()
    identity, book = next(iter(books.items()))
    where = {"words": "bread", "where": {}, "private": False, "everywhere": False}
    asked = {"type": "search", "view": "a view", "number": 1, **where}
    back = {"type": "look_back", "view": "a view", "number": 2, "workbook": identity, "entry": "any", "private": False}
    searching = Searching(lambda: books, date.today, "alone")
    assert searching.answer(identity, asked)["sessions"]
    book._ledger.lock()
    assert searching.answer(identity, asked)["sessions"] == []
    assert searching.answer(identity, back)["versions"] == []
    books.clear()
    assert searching.answer(identity, asked)["sessions"] == []
    assert searching.answer(identity, back)["versions"] == []
