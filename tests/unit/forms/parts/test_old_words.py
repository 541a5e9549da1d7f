"""Old words in the preparation: those of a year ago, those with which threads began, and those of the statement."""

from datetime import timedelta

import pytest

from coaching.workbook.search.wish import Wish
from tests.unit.forms.pages import Clock, Kernel, demo_home


@pytest.fixture
def folded(kernel):
    return returned(kernel)


def returned(kernel):
    """What returns, by the headings under the fold: about what, and the words."""
    folds = [block for block in kernel.view("preparation").blocks() if block.get("name") == "old_words"]
    return {
        part["title"]: [(line["about"], *line["words"]) for line in part["blocks"][0]["lines"]]
        for fold in folds
        for part in fold["blocks"]
    }


def test_what_was_told_near_this_day_of_last_year_returns(folded):
    told = folded["A year ago"]
    assert told[0][0] == "Marisol · Thursday, 16 January 2025"
    assert "My grandmother's oven" in [words for _, words in told]
    assert len(told) <= 7


def test_what_goes_on_returns_with_its_first_words(folded):
    assert ("Marisol · dream · Thursday, 16 January 2025", "My grandmother's oven") in folded["How what goes on began"]


def test_a_word_that_is_in_the_statement_again_returns_with_the_statement_that_had_it(folded):
    ((about, words),) = folded["In the statement again"]
    assert about == "“people” · as on Thursday, 10 April 2025"
    assert words.startswith("I get up to make bread that people trust")


def test_nothing_of_a_failure_or_a_promise_returns(kernel, folded):
    kinds = {"failure", "promise"}
    told = {words for lines in folded.values() for _, words in lines}
    workbook = kernel.desk.books().popitem()[1]
    for kind in kinds:
        found = workbook.search("", Wish(kind=kind))
        assert not told & {one.text for session in found.sessions for hit in session.hits for one in hit.passages}


def test_one_click_folds_it_away(kernel):
    (fold,) = [block for block in kernel.view("preparation").blocks() if block.get("name") == "old_words"]
    assert (fold["type"], fold["open"]) == ("fold", True)


def test_where_nothing_was_said_a_year_ago_nothing_is_said_of_it(home):
    home.clock.now += timedelta(days=365)
    assert "A year ago" not in returned(Kernel(home))


def test_before_the_first_session_nothing_returns(first_home):
    assert returned(Kernel(first_home)) == {}


def test_private_words_do_not_return(tmp_path):
    home = demo_home(tmp_path / "home", Clock())
    kernel = Kernel(home)
    kernel.view("yourself").type({"coach_goal": "A canary.", "coach_goal:seen": "private"})
    kernel.view("closing").type(act="close")
    home.clock.now += timedelta(days=364)
    assert not [line for lines in returned(Kernel(home)).values() for line in lines if "canary" in line[1]]
