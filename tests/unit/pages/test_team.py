"""The team page: what the coach owes, talks that have become rare, agreements to renew; nobody is compared."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given

from coaching.model.frames import current, frames
from coaching.model.schema import to_table
from coaching.model.sharing import Audience, holdings, share
from coaching.model.vocabulary import Side
from coaching.pages.team import team_page
from tests.examples import COSTLY
from tests.strategies import HOSTILE, entries
from tests.unit.pages.conftest import ASOF, Document, identity, record, shared_of, shared_year

FIRST = date(2025, 1, 6)
TITLES = ["What you promised, and to whom", "Conversations that have become rare", "Agreements to renew"]


def book(*records, agreed=FIRST, days=(FIRST,)):
    held = [record("session", str(number), author="coach", held_on=day) for number, day in enumerate(days)]
    made = [] if agreed is None else [record("agreement", "1", held_on=agreed, text="Between us.")]
    return shared_of([*held, *made, *records], Audience.HOLDER)


def promise(what, by):
    return record("item", what, held_on=FIRST, what=what, owner="coach", by=by)


def page(*books, asof=FIRST):
    return Document(team_page(books, asof))


def lines(document):
    """The text of the page, one entry for each paragraph or heading."""
    return [" ".join(line.split()) for line in document.text.splitlines() if line.strip()]


def test_without_a_workbook_it_says_what_will_stand_here():
    document = page()
    assert (
        document.text.strip() == "There is no open workbook yet. Once there is one, what you promised will stand here."
    )
    assert document.headings == []


def test_a_list_that_is_empty_says_so():
    document = page(("Ada", book()))
    assert document.headings == [(3, title) for title in TITLES]
    for sentence in ("No promise of yours is open.", "None has become rare.", "None waits to be renewed."):
        assert sentence in document.text


def test_it_says_that_it_is_for_the_coach_alone():
    assert "they are for you alone" in page(("Ada", book())).text


@pytest.mark.parametrize("asof", [date(2025, 2, 1), date(2025, 2, 2)])
def test_a_promise_is_told_with_whom_and_by_when(asof):
    document = page(("Ada", book(promise("Ask the museum", date(2025, 2, 1)))), asof=asof)
    assert "Ask the museum" in document.text
    assert "to Ada by 1 February 2025" in document.text
    assert ("past the agreed day" in document.text) == (asof == date(2025, 2, 2))


def test_promises_stand_by_their_day_whoever_they_were_made_to():
    ada = book(promise("first", date(2025, 2, 1)), promise("third", date(2025, 4, 1)))
    text = page(("Ada", ada), ("Bea", book(promise("second", date(2025, 3, 1))))).text
    assert text.index("first") < text.index("second") < text.index("third")


def test_of_several_coaches_the_one_who_promised_is_named():
    people = [record("person", name, author="coach", side="coach", name=name) for name in ("Bo", "Zoë")]
    item = promise("Ask", date(2025, 2, 1)) | {"person": identity("person", "Zoë")}
    assert "to Ada by 1 February 2025, promised by Zoë" in page(("Ada", book(*people, item))).text


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([FIRST], "Ada, last on 6 January 2025"),
        ([date(2024, 12, 9), date(2024, 12, 23), FIRST], "last on 6 January 2025; usually there is a session every 14"),
        ([FIRST, FIRST, FIRST], "last on 6 January 2025; usually there is a session every day"),
    ],
)
def test_a_conversation_that_has_become_rare_is_told_with_its_last_day(days, sentence):
    assert sentence in page(("Ada", book(days=days)), asof=date(2025, 6, 1)).text


@pytest.mark.parametrize(
    ("records", "dates", "sentence"),
    [
        ((), {}, "Ada, agreed on 6 January 2025, a year ago or more"),
        ((), {"agreed": None}, "Ada, nothing agreed in writing yet"),
        (
            (record("handover", "1", held_on=date(2025, 1, 7)),),
            {"days": [FIRST, date(2025, 1, 8)]},
            "Ada, agreed on 6 January 2025; the plan was handed over since",
        ),
    ],
)
def test_an_agreement_that_waits_is_told_with_the_reason(records, dates, sentence):
    assert sentence in page(("Ada", book(*records, **dates)), asof=date(2026, 1, 6)).text


@pytest.mark.parametrize(("number", "folded"), [(8, 0), (9, 2), (40, 33)])
def test_of_a_long_list_the_first_lines_are_seen_and_the_others_folded(number, folded):
    items = [promise(f"promise {day:02}", date(2025, 2, 1) + timedelta(days=day)) for day in range(number)]
    document = page(("Ada", book(*items)))
    assert [line for line in lines(document) if line.endswith(" more")] == ([f"{folded} more"] if folded else [])
    assert re.findall(r"promise \d\d", document.text) == [item["what"] for item in items]
    assert document.problems == []


def test_nobody_is_counted_or_compared():
    items = [promise(f"promise {name}", date(2025, 2, 1)) for name in "abc"]
    document = page(("Ada", book(*items)), ("Bea", book(items[0])), asof=date(2025, 6, 1))
    assert not [element for element in document.elements if element.tag in {"table", "svg", "ol", "meter", "progress"}]
    assert "3" not in document.text


def test_the_invented_years_are_well_formed():
    books = [(year, shared_year(year, Audience.HOLDER)) for year in ASOF]
    document = page(*books, asof=date(2026, 3, 1))
    assert document.problems == []
    assert "Delete my copy of our notes" in document.text


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_words(words):
    known = book(promise(f"x{words}", date(2025, 2, 1)), agreed=None)
    document = page((words, known), asof=date(2025, 6, 1))
    harmless = page(("Ada", known), asof=date(2025, 6, 1))
    assert document.problems == []
    assert {element.tag for element in document.elements} <= {element.tag for element in harmless.elements}
    assert all(
        any(e.tag == "bdi" for e in around) for text, around in document.placed if words.strip() and words in text
    )


@COSTLY
@given(found=entries(max_size=14))
def test_any_workbook_can_be_listed(found):
    known = share(holdings(frames(current(to_table(found))), Side.COACH), Audience.HOLDER)
    assert page(("Ada", known), asof=date(2025, 6, 1)).problems == []
