"""The first screen of a review: what stands on it of what a year tells."""

from datetime import date
from itertools import pairwise

import pytest

from coaching.metrics.periods import ALL_TIME, parse_period
from coaching.model.sharing import Audience
from coaching.pages.sections.letter import letter
from coaching.pages.source import PageSource
from tests.unit.pages.conftest import ASOF, identity, record, shared_of, shared_year

TODAY = date(2026, 5, 4)
DREAM = record("dream", "d", title="An oven", dream_status="active", held_on=date(2026, 1, 5))
BECOMING = record("becoming", "b", text="A patient baker.", becoming_status="active", held_on=date(2026, 1, 5))


def letter_of(*records, **options):
    return letter(PageSource.of(shared_of(records, **options), TODAY))


def promise(by, *moved_to):
    item = record(
        "item",
        "i",
        what="Light it",
        owner="coachee",
        by=by,
        becoming=identity("becoming", "b"),
        held_on=date(2026, 1, 5),
    )
    moves = [
        record(
            *("item_event", f"m{n}"),
            item=identity("item", "i"),
            event="due_moved",
            due_from=before,
            due_to=day,
            held_on=date(2026, 1, 6 + n),
        )
        for n, (before, day) in enumerate(pairwise((by, *moved_to)))
    ]
    return (item, *moves)


def questions(*records):
    return [one.text for one in letter_of(*records).questions]


def test_it_says_the_statement_in_force_the_one_before_and_three_facts():
    shown = letter(PageSource.of(shared_year("demo_year"), ASOF["demo_year"], parse_period("2025Q4")))
    assert shown.sentence.pieces[0].text.startswith("I get up to keep a fire lit")
    assert shown.before.pieces[0].text.startswith("I get up to turn")
    assert len(shown.facts) == len(shown.dreams) == 3
    assert shown.facts[0].text.startswith("3 sessions took place")


def test_a_statement_that_came_before_the_period_has_no_earlier_one_beside_it():
    year = shared_year("demo_year")
    assert letter(PageSource.of(year, ASOF["demo_year"], parse_period("2026Q1"))).before is None


def test_a_dream_is_told_with_the_last_that_was_told_of_it_the_latest_first():
    other = record("dream", "e", title="A boat", dream_status="active", held_on=date(2026, 2, 2))
    lines = [
        record("progress", f"p{n}", about=identity("dream", "d"), text=text, held_on=date(2026, 3, n))
        for n, text in ((1, "Bricks"), (9, "A door"))
    ]
    dreams = letter_of(other, DREAM, *lines).dreams
    assert [(one.name, one.last and one.last.text) for one in dreams] == [("An oven", "A door"), ("A boat", None)]


@pytest.mark.parametrize(
    ("records", "asked"),
    [
        (promise(date(2026, 2, 2)), "“Light it”, by 2 February: is it done, does it need another day, or may it go?"),
        (promise(date(2026, 2, 2), date(2026, 2, 20), date(2026, 3, 2)), "“Light it”: still yours?"),
        ([DREAM], "“An oven”: what would you love to see of it next?"),
        ([BECOMING], "“A patient baker”: what would be a first small step?"),
        ([BECOMING, *promise(date(2026, 8, 3))], "“A patient baker”: where did you meet yourself so lately?"),
        ([], "What makes you wake up and enjoy what you do?"),
    ],
)
def test_what_could_be_asked_is_about_what_is_there(records, asked):
    assert asked in questions(*records)
    assert len(questions(*records)) <= 3


def test_others_are_asked_nothing():
    opened = shared_year("demo_year", Audience.OPEN)
    assert letter(PageSource.of(opened, ASOF["demo_year"], ALL_TIME)).questions == ()
