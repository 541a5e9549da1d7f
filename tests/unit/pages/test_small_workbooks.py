"""The first days of a workbook, the period asked for, and what is opened for others."""

from datetime import date

import pytest

from coaching.metrics.periods import ALL_TIME, parse_period
from coaching.model.sharing import Audience
from coaching.pages import summary_page
from tests.unit.pages.conftest import Document, identity, page_of, record, shared_of, shared_year

FIRST = date(2025, 3, 3)
ADA = record("person", "ada", side="coachee", name="Ada")
BO = record("person", "bo", author="coach", side="coach", name="Bo")
SESSION = record("session", "1", held_on=FIRST, number=1, author="coach", person=identity("person", "bo"))


def within(kind, *names, **fields):
    return record(kind, *names, held_on=FIRST, session=identity("session", "1"), **fields)


def text_of(*records, audience=Audience.PAIR, asof=FIRST, period=ALL_TIME):
    return Document(summary_page(shared_of(records, audience), asof=asof, period=period)).text


def test_an_empty_workbook_says_what_to_do_next():
    text = text_of()
    assert "A coaching summary" in text
    for hint in (
        "There is no mission statement yet.",
        "Nothing has been agreed yet.",
        "No session was held in this time. Open the session notebook and begin with the opening.",
    ):
        assert hint in text


def test_a_first_session_has_its_words_and_hints_for_the_rest():
    note = within("note", "goal", author="coach", segment="yourself", topic="goal", text="Be home for dinner.")
    text = text_of(ADA, BO, SESSION, note)
    assert "Ada’s coaching summary" in text
    assert "Session 1 3 March 2025" in text
    assert "Be home for dinner." in text
    assert "when Ada is ready for it" in text
    assert "No session was held" not in text


@pytest.mark.parametrize(
    ("how", "words", "sentence"),
    [
        ("written", "I love maps.", "Bo shared first, in writing."),
        ("written", " ", "Bo shared first."),
        ("written", None, "Bo shared first."),
        ("spoken_not_recorded", None, "Bo shared first, said and not recorded."),
        ("coachee_chose_to_start", "I love maps.", "Ada chose to start."),
        ("coach_did_not", None, "Bo did not share first."),
    ],
)
def test_who_shared_first_is_said_in_words(how, words, sentence):
    part = within("segment", "dreams", author="coach", segment="dreams", coach_first=how)
    notes = [within("note", "dream", author="coach", segment="dreams", topic="dream", text=words)] if words else []
    assert sentence in text_of(ADA, BO, SESSION, part, *notes)


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [("keep", "The mission statement was kept."), ("not_yet", "No mission statement yet."), ("passed", None)],
)
def test_a_decision_is_told_and_a_pass_is_not(decision, sentence):
    part = within("segment", "dreams", author="coach", segment="dreams", decision=decision, coachee_passed=True)
    text = text_of(ADA, BO, SESSION, part)
    assert sentence is None or sentence in text
    assert "pass" not in text.lower()


def test_a_statement_that_is_only_proposed_is_shown_as_none():
    text = text_of(ADA, SESSION, within("mission", "1", text="I build.", confirmed=False))
    assert "There is no mission statement yet." in text
    assert "Mission statement, not a new version:\nI build." in text


def test_the_coachs_own_promises_come_first_and_drafts_last():
    items = [
        within("item", name, what=name, owner=owner, by=by)
        for name, owner, by in (
            ("hers, soon", "coachee", date(2025, 3, 10)),
            ("hers, undated", "coachee", None),
            ("his, later", "coach", date(2025, 6, 1)),
            ("his, sooner", "coach", date(2025, 5, 1)),
        )
    ]
    text = text_of(ADA, BO, SESSION, *items)
    opened = text[text.index("Open now") :]
    wanted = ["his, sooner", "his, later", "hers, soon", "hers, undated"]
    assert sorted(wanted, key=opened.index) == wanted


def test_what_came_later_is_not_known_yet():
    later = date(2025, 4, 4)
    records = [
        record("session", "2", held_on=later, number=2, author="coach"),
        record("dream", "late", held_on=later, title="A later dream"),
        record("agreement", "late", held_on=later, text="A later agreement"),
        record("mission", "late", held_on=later, text="A later statement", confirmed=True),
        record("item", "late", held_on=later, what="A later promise", owner="coach", by=later),
    ]
    assert "later" in text_of(ADA, SESSION, *records, asof=later).lower()
    text = text_of(ADA, SESSION, *records)
    assert "later" not in text.lower()
    assert "Session 2" not in text


def test_a_quarter_shows_its_own_sessions_and_the_statement_of_its_end():
    html = summary_page(shared_year("demo_year"), asof=date(2026, 1, 12), period=parse_period("2025Q2"))
    document = Document(html)
    assert [
        words.split(" ")[1] for level, words in document.headings if level == 3 and words.startswith("Session")
    ] == [
        "6",
        "5",
        "4",
    ]
    assert "April to June 2025, as known on 12 January 2026: 3 sessions." in document.text
    assert "In force since 10 April 2025." in document.text
    assert "Light the oven for the first time" in document.text, "what is open is open today"


def test_only_what_did_not_take_place_in_the_period_is_told():
    assert "double-booked" in Document(page_of("demo_year", period=parse_period("2025Q2"))).text
    assert "double-booked" not in Document(page_of("demo_year", period=parse_period("2025Q3"))).text


@pytest.mark.parametrize("records", [[], [ADA, BO, SESSION, within("dream", "1", title="Sail")]])
def test_others_read_that_nothing_is_open_yet_and_nothing_else(records):
    html = summary_page(shared_of(records, Audience.OPEN), asof=FIRST, period=ALL_TIME)
    document = Document(html)
    assert document.headings == [(1, "A coaching summary")]
    assert "Nothing in this workbook has been opened for others yet." in document.text
    assert not [element for element in document.elements if element.tag in {"svg", "table"}]
    assert not any(sign.isdigit() for sign in document.text)


def test_others_read_what_was_opened_and_no_hints_about_the_rest():
    dream = within("dream", "1", title="Sail", visibility="open")
    promise = within("item", "1", what="Buy rope", owner="coachee", by=FIRST, visibility="open")
    closed = [
        ADA,
        BO,
        SESSION,
        within("dream", "2", title="Secret"),
        within("item", "2", what="Hidden", owner="coach", by=FIRST),
    ]
    text = text_of(dream, promise, *closed, audience=Audience.OPEN)
    assert "Buy rope" in text
    assert "The mission statement" not in text
    assert "The agreement" not in text
    for word in ("Ada", "Bo", "Secret", "Hidden", "Session 1", " yet."):
        assert word not in text


def test_what_others_read_does_not_depend_on_what_is_closed():
    dream = within("dream", "1", title="Sail", visibility="open")
    without = summary_page(shared_of([dream], Audience.OPEN), asof=FIRST, period=ALL_TIME)
    closed = [
        ADA,
        BO,
        SESSION,
        within("dream", "2", title="Secret"),
        within("item", "2", what="Hidden", owner="coach", by=FIRST),
    ]
    assert summary_page(shared_of([dream, *closed], Audience.OPEN), asof=FIRST, period=ALL_TIME) == without


def test_the_holder_sees_what_stands_in_their_copy_only_as_such():
    mine = within("note", "plan", author="coach", segment="yourself", topic="plan", text="Leave.", visibility="private")
    holder = text_of(ADA, BO, SESSION, mine, audience=Audience.HOLDER)
    assert "plan in this copy only\nLeave." in holder
    assert "holder’s own copy" in holder
    assert "Leave." not in text_of(ADA, BO, SESSION, mine)


def test_reflections_and_what_was_parked_are_shown_to_nobody():
    kept = [
        within("reflection", "1", author="coach", text="I talked too much.", visibility="private"),
        within("parked", "1", author="coach", text="The rota.", goes_to="Team meeting"),
    ]
    text = text_of(ADA, BO, SESSION, *kept, audience=Audience.HOLDER)
    assert not [words for words in ("too much", "rota", "Team meeting") if words in text]


def test_an_item_that_was_written_down_later_is_not_there_though_its_agreement_is_told_for_before():
    later = record(
        "item", "later", held_on=date(2025, 4, 1), what="Call the school", owner="coachee", by=date(2025, 5, 1)
    )
    agreed = within("item_event", "later", item=later["id"], event="agreed", due_to=date(2025, 5, 1))
    assert "Call the school" not in text_of(ADA, BO, SESSION, later, agreed)
    assert "Call the school" in text_of(ADA, BO, SESSION, later, agreed, asof=date(2025, 4, 2))
