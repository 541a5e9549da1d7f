"""The review in plain sentences: what the figures say, in counts, for those who may read it."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given

from coaching.metrics.periods import last_day, parse_period
from coaching.model.frames import current, frames
from coaching.model.schema import to_table
from coaching.model.sharing import Audience, holdings, share
from coaching.model.vocabulary import Side
from coaching.pages.sections.written_review import written_review
from coaching.pages.source import PageSource
from tests.examples import COSTLY
from tests.strategies import HOSTILE, entries
from tests.unit.pages.conftest import ASOF, identity, record, shared_of, shared_year

FIRST = date(2025, 3, 3)
ADA = record("person", "ada", side="coachee", name="Ada")
BO = record("person", "bo", author="coach", side="coach", name="Bo")
PAIR = [ADA, BO]
JUDGING = (
    "only",
    "just",
    "unfortunately",
    "fail",
    "dropp",
    "bad",
    "good job",
    "well done",
    "poor",
    "late",
    "%",
    "score",
)


def session(number, day=FIRST):
    return record("session", str(number), held_on=day, number=number, author="coach")


def within(kind, *names, number=1, day=FIRST, **fields):
    return record(kind, *names, held_on=day, session=identity("session", str(number)), **fields)


def promise(name, owner="coachee", by=date(2025, 4, 1), day=FIRST, **fields):
    return within("item", name, what=name, owner=owner, by=by, day=day, **fields)


def event(name, kind, day):
    return record("item_event", name, kind, str(day), held_on=day, item=identity("item", name), event=kind)


def statement(number, text, day):
    return record("mission", str(number), held_on=day, text=text, confirmed=True, number=number)


def told(*records, audience=Audience.PAIR, asof=FIRST, period="all"):
    contents = PageSource.of(shared_of(records, audience), asof, parse_period(period))
    return [sentence.text for sentence in written_review(contents)]


def about(found, *words):
    """The one sentence that has these words."""
    (sentence,) = [text for text in found if all(word in text for word in words)]
    return sentence


def test_an_empty_workbook_says_what_to_do_next():
    assert told(*PAIR) == [
        "There was no session yet.",
        "Open the session notebook, and begin with what may be written and used.",
        "Bo goes first in each part: a plan, a goal or a failure, and a dream.",
        "What you promise each other, and how the mission statement grows, will be told here.",
    ]
    assert told()[2].startswith("The coach goes first")


def test_after_one_session_with_one_promise_every_sentence_is_true_and_points_on():
    assert told(*PAIR, session(1), promise("Read")) == [
        "1 session took place, on 3 March 2025.",
        "So far: 1 promise; 1 open.",
        "No promise came to its day in this time.",
        "1 promise is open, by 1 April.",
        "Bo has promised nothing yet; the next session is a good place for a first one.",
        "There is no mission statement yet; it may be written when the Dreams part ends.",
    ]


def test_one_session_without_a_promise_has_four_sentences():
    found = told(*PAIR, session(1), promise("a draft", by=None))
    assert found[1] == "Nothing has been promised yet."
    assert len(found) == 4


def test_the_demo_year_reads_like_this():
    contents = PageSource.of(shared_year("demo_year"), ASOF["demo_year"])
    assert [sentence.text for sentence in written_review(contents)] == [
        "12 sessions took place from 16 January 2025 to 11 December 2025, usually 28 days apart, at most 35.",
        "So far: 19 promises; 9 kept, 7 done afterwards, 1 let go, 2 open.",
        (
            "The day of 18 promises came in this time: 9 were done by then, 7 were done afterwards, 1 was let go "
            "afterwards, 1 is still open."
        ),
        "2 promises are open, the first of them by 12 January.",
        (
            "Anselm has promised “Delete my copy of our notes once Marisol has opened hers at home and "
            "told me that it works” by 12 January."
        ),
        (
            "The mission statement changed 3 times, the last time on 13 November 2025: 4 words stayed, 14 were let go, "
            "24 are new; 1 came back: “people”."
        ),
        "4 of its 28 words have stayed since the first one of 13 February 2025: “I get up to”.",
        (
            "2 have come true by now: the dream “Breakfast with Inti and Sami, every school day”, the becoming “A "
            "mother who is awake when her boys are awake”."
        ),
    ]


@pytest.mark.parametrize("year", ASOF)
@pytest.mark.parametrize("quarter", ["Q1", "Q2", "Q3", "Q4", ""])
def test_every_period_has_four_to_eight_sentences_that_judge_nobody(year, quarter):
    of = ASOF[year].year - (year == "demo_year")
    period = parse_period(f"{of}{quarter}")
    found = written_review(PageSource.of(shared_year(year), last_day(period, ASOF[year]), period))
    ours = "".join(part.text for sentence in found for part in sentence.parts if not part.is_words)
    assert 4 <= len(found) <= 8
    assert not [word for word in JUDGING if word in ours]
    assert all(sentence.text.endswith(".") for sentence in found)


@pytest.mark.parametrize(
    ("days", "period", "sentence"),
    [
        (["2025-01-06"], "2025Q1", "1 session took place, on 6 January 2025."),
        (
            ["2025-01-06", "2025-01-20"],
            "all",
            "2 sessions took place, on 6 January 2025 and 20 January 2025, 14 days apart.",
        ),
        (["2025-01-06", "2025-01-06"], "all", "on 6 January 2025 and 6 January 2025, 0 days apart."),
        (["2025-01-06", "2025-01-20", "2025-03-31"], "all", "14 and 70 days apart."),
        (["2025-01-06", "2025-01-20", "2025-02-03"], "all", "from 6 January 2025 to 3 February 2025, 14 days apart."),
        (
            ["2025-01-06", "2025-01-20", "2025-03-31", "2025-04-14"],
            "all",
            "from 6 January 2025 to 14 April 2025, usually 14 days apart, at most 70.",
        ),
        (["2025-01-06", "2025-04-01", "2025-05-06"], "2025Q2", "on 1 April 2025 and 6 May 2025, 35 days apart."),
        (["2025-03-31", "2025-04-01"], "2025Q2", "1 session took place, on 1 April 2025, 1 day after the one before."),
        (["2025-03-31"], "2025Q2", "No session took place in this time; the one before was on 31 March 2025."),
        (["2025-07-01"], "2025Q2", "No session took place in this time."),
    ],
)
def test_the_days_between_conversations(days, period, sentence):
    held = [session(number, date.fromisoformat(day)) for number, day in enumerate(days, start=1)]
    assert sentence in told(*PAIR, *held, period=period, asof=date(2025, 9, 30))[0]


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        (
            [("a", "done", 1), ("b", "done", 1), ("c", "done", 2)],
            "of 4 promises came in this time: 2 were done by then, 1 was done afterwards, 1 is still open.",
        ),
        ([("a", "done", 2), ("b", "let_go", 2)], "1 was done afterwards, 1 was let go afterwards, 2 are still open."),
        (
            [("a", "let_go", 1), ("b", "done", 1)],
            "of 3 promises came in this time: 1 was done by then, 2 are still open. 1 more had been let go before.",
        ),
        ([], "The day of 4 promises came in this time: 4 are still open."),
    ],
)
def test_what_came_to_its_day_is_counted_and_what_none_did_is_not_said(events, sentence):
    items = [promise(name) for name in "abcd"]
    happened = [event(name, kind, date(2025, 4, day)) for name, kind, day in events]
    found = told(*PAIR, session(1), *items, *happened, asof=date(2025, 4, 2))
    assert about(found, "came in this time").endswith(sentence)


def test_a_promise_whose_day_is_in_another_period_is_not_counted_in_this_one():
    items = [promise("a"), promise("b", by=date(2025, 3, 31))]
    found = told(*PAIR, session(1), *items, period="2025Q1", asof=date(2025, 9, 1))
    assert "The day of 1 promise came in this time: 1 is still open." in found


def moved(name, was, to, day):
    return event(name, "due_moved", day) | {"due_from": was, "due_to": to}


@pytest.mark.parametrize(
    ("moves", "sentence"),
    [
        (0, "3 promises are open, 1 of them past its day (1 April)."),
        (1, "3 promises are open, 1 of them past its day (5 April, moved once)."),
        (2, "3 promises are open, 1 of them past its day (10 April, moved twice)."),
        (3, "3 promises are open, 1 of them past its day (15 April, moved 3 times)."),
    ],
)
def test_what_is_open_past_its_day_is_named_with_the_day_it_was_moved_to(moves, sentence):
    days = [date(2025, 4, day) for day in (1, 5, 10, 15)]
    items = [promise("Read"), promise("Write", by=date(2025, 6, 1)), promise("Rest", by=date(2025, 8, 1))]
    steps = [moved("Read", was, to, FIRST) for was, to in list(pairwise(days))[:moves]]
    assert sentence in told(*PAIR, session(1), *items, *steps, asof=date(2025, 5, 2))


def test_of_several_past_their_day_the_first_is_named():
    items = [promise("Read"), promise("Write", by=date(2024, 12, 20))]
    found = told(*PAIR, session(1), *items, asof=date(2025, 5, 2))
    assert "2 promises are open, 2 of them past their day (the first: 20 December 2024)." in found


def test_when_all_is_settled_nothing_is_open():
    found = told(*PAIR, session(1), promise("Read"), event("Read", "done", FIRST))
    assert "Nothing is open." in found


def test_the_coach_is_told_what_they_promised_and_which_comes_first():
    items = [promise("Later", "coach", date(2025, 6, 1)), promise("Sooner", "coach", date(2025, 5, 1))]
    assert "Bo has 2 promises open; the first is “Sooner”, by 1 May." in told(*PAIR, session(1), *items)


def test_what_another_coach_took_over_elsewhere_is_promised_here_no_more():
    zoe = record("person", "zoe", author="coach", side="coach", name="Zoë")
    taken = event("Ask", "handed_over", FIRST) | {"person_to": zoe["id"]}
    items = [promise("Ask", "coach"), promise("Buy rope", "coach")]
    found = told(*PAIR, zoe, session(1), *items, taken)
    assert "The coach has promised “Buy rope” by 1 April." in found


def test_a_coach_who_has_kept_all_promises_has_none_open():
    found = told(*PAIR, session(1), promise("Ask", "coach"), event("Ask", "done", FIRST))
    assert "No promise of Bo is open." in found


STATEMENTS = [
    statement(1, "I build boats.", date(2025, 1, 6)),
    statement(2, "I build small boats and bridges.", date(2025, 4, 7)),
]


@pytest.mark.parametrize(
    ("known", "period", "sentences"),
    [
        (STATEMENTS[:1], "all", ["The first mission statement was written on 6 January 2025, in 3 words."]),
        (STATEMENTS[:1], "2025Q2", ["The mission statement has stayed as it was since 6 January 2025."]),
        (
            STATEMENTS,
            "2025Q2",
            [
                "The mission statement changed once, on 7 April 2025: 3 words stayed, 3 are new.",
                "3 of its 6 words have stayed since the first one of 6 January 2025: “I build”, “boats”.",
            ],
        ),
        (STATEMENTS, "2025Q1", ["The first mission statement was written on 6 January 2025, in 3 words."]),
        (
            [STATEMENTS[0], statement(2, "Quiet mornings", date(2025, 4, 7))],
            "all",
            [
                "The mission statement changed once, on 7 April 2025: 3 were let go, 2 are new.",
                "Since the first one of 6 January 2025, every word of it was found anew.",
            ],
        ),
        (
            [
                STATEMENTS[0],
                statement(2, "Quiet mornings", date(2025, 2, 1)),
                statement(3, "I build boats.", date(2025, 4, 7)),
            ],
            "2025Q2",
            [
                "The mission statement changed once, on 7 April 2025: 2 were let go, 3 are new; 1 came back: “build”.",
                "No word has stayed since the first one of 6 January 2025; 1 was let go and came back.",
            ],
        ),
        (
            [STATEMENTS[0], statement(2, " ", date(2025, 2, 1)), statement(3, "I build boats.", date(2025, 4, 7))],
            "all",
            [
                "The mission statement was taken up again on 7 April 2025, in the same words.",
                "3 of its 3 words have stayed since the first one of 6 January 2025: “I build boats”.",
            ],
        ),
        (
            [STATEMENTS[0], statement(2, "I dance", date(2025, 4, 7))],
            "all",
            [
                "The mission statement changed once, on 7 April 2025: 1 word stayed, 2 were let go, 1 is new.",
                "1 of its 2 words has stayed since the first one of 6 January 2025.",
            ],
        ),
    ],
)
def test_what_changed_in_the_mission_statement_and_which_words_have_stayed(known, period, sentences):
    found = told(*PAIR, session(1), *known, period=period, asof=date(2025, 9, 1))
    said = [text for text in found if "statement" in text or "first one of" in text]
    assert said == sentences


def test_what_came_true_is_quoted_and_a_becoming_of_a_later_session_is_not():
    later = date(2025, 8, 1)
    records = [
        within("dream", "1", title="Sail", dream_status="came_true"),
        within("dream", "2", title="Swim", dream_status="active"),
        within("dream", "3", author="coach", title="Ski", dream_status="came_true"),
        within("becoming", "1", text="Calm.", becoming_status="reached"),
        within("becoming", "2", text="Bold.", becoming_status="reached", until=identity("session", "2")),
    ]
    found = told(*PAIR, session(1), session(2, later), *records)
    assert about(found, "come true") == "2 have come true by now: the dream “Sail”, the becoming “Calm”."
    found = told(*PAIR, session(1), session(2, later), *records, asof=later)
    assert "3 have come true by now" in about(found, "come true")


def test_after_three_quotes_the_rest_are_counted():
    dreams = [within("dream", str(number), title=f"D{number}", dream_status="came_true") for number in range(5)]
    sentence = about(told(*PAIR, session(1), *dreams), "come true")
    assert sentence.endswith("and 2 more.")
    assert sentence.count("“") == 3


def test_others_read_nothing_of_what_is_closed():
    closed = [
        *PAIR,
        session(1),
        promise("Secret", "coach"),
        within("dream", "1", title="Sail", dream_status="came_true"),
    ]
    assert told(*closed, *STATEMENTS, audience=Audience.OPEN, asof=date(2025, 9, 1)) == []


def test_others_read_of_what_was_opened_and_no_hint_of_the_rest():
    opened = [
        promise("Buy rope", "coach", visibility="open"),
        within("dream", "1", title="Sail", dream_status="came_true", visibility="open"),
    ]
    closed = [*PAIR, session(1), session(2, date(2025, 4, 5)), promise("Secret", "coach"), *STATEMENTS]
    found = told(*opened, *closed, audience=Audience.OPEN, asof=date(2025, 9, 1))
    assert found == told(*opened, audience=Audience.OPEN, asof=date(2025, 9, 1))
    assert found == [
        "So far: 1 promise; 1 open, past its day.",
        "The day of 1 promise came in this time: 1 is still open.",
        "1 promise is open, past its day (1 April).",
        "The coach has promised “Buy rope” by 1 April; it is still open.",
        "1 has come true by now: the dream “Sail”.",
    ]


@pytest.mark.parametrize("words", [*HOSTILE, "Ends. ", "{name} {count}", "W" * 300, "Z" + "\u0301" * 300])
def test_peoples_words_stand_in_parts_of_their_own_and_are_only_values(words):
    people = [ADA | {"name": words}, BO | {"name": words}]
    records = [
        promise("a", "coach") | {"what": f"x{words}"},
        within("dream", "1", title=f"x{words}", dream_status="came_true"),
        statement(1, f"x{words}", FIRST),
        statement(2, f"x{words} y", date(2025, 3, 4)),
    ]
    contents = PageSource.of(shared_of([*people, session(1), *records]), date(2025, 3, 4))
    found = written_review(contents)
    ours = "".join(part.text for sentence in found for part in sentence.parts if not part.is_words)
    plain = ("W", "Z", "{", "<", "alert", "HYPERLINK", "bell", "isolate", "\x00", "\n", "高", "مها", "1e309")
    assert not [sign for sign in plain if sign in ours]
    assert all(len(part.text) <= 91 for sentence in found for part in sentence.parts if part.is_words)
    assert 4 <= len(found) <= 8


@pytest.mark.parametrize("period", ["all", "2025Q1"])
@pytest.mark.parametrize("audience", list(Audience))
@COSTLY
@given(found=entries(max_size=14))
def test_any_workbook_has_a_review(audience, period, found):
    known = holdings(frames(current(to_table(found))), Side.COACH)
    contents = PageSource.of(share(known, audience), date(2025, 6, 1), parse_period(period))
    least = 0 if audience is Audience.OPEN else 4
    assert least <= len(written_review(contents)) <= 8
