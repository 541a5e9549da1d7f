"""A German page speaks German in everything but people's words, and leaves those as they are."""

import re

import pytest

from coaching.i18n import LANGUAGES, speaking
from coaching.l10n import say_month
from coaching.metrics.periods import ALL_TIME, parse_period
from coaching.model.sharing import Audience
from coaching.pages import plan_page, sheet_page, summary_page
from tests.catalogue import read
from tests.invented_year import load
from tests.unit.pages.conftest import ASOF, QUESTIONS, Document, shared_year

LAST = ASOF["demo_year"]
PAGES = {
    "a quarter": lambda shared: summary_page(shared, asof=LAST, period=parse_period("2025Q4")),
    "the year": lambda shared: summary_page(shared, asof=LAST, period=ALL_TIME),
    "the plan": lambda shared: plan_page(shared, asof=LAST),
    "the sheet": lambda shared: sheet_page(shared, day=LAST, questions=QUESTIONS),
}
#: A session, a version: the same short names as in the workbook; numbers and signs.
SAME_IN_BOTH = re.compile(r"[\W\d_]*([Sv]\d+)?[\W\d_]*")


def months():
    return {say_month(month, short=short) for month in range(1, 13) for short in (False, True)}


def texts(html):
    """Return every text of a page: what stands on it, in its charts, and what is told to those who hear it."""
    document = Document(html)
    lines = re.findall(r"<(?:text|title|desc)[^>]*>([^<]*)", html)
    # The last word of a person can stand alone in a line of a chart: it goes on with the line before.
    people = words_in(load("demo_year"))
    before = [" ".join(line.split()[-2:]) for line in ["", *lines]]
    drawn = [line for last, line in zip(before, lines, strict=False) if not last or f"{last} {line}" not in people]
    told_aloud = document.having("aria-label")
    return {" ".join(text.split()) for text in [*(text for text, _ in document.placed), *drawn, *told_aloud]}


def spoken(name, language, audience):
    with speaking(language):
        return PAGES[name](shared_year("demo_year", audience))


def words_in(value):
    """Return every text in a data file, as one."""
    if isinstance(value, dict):
        value = list(value.values())
    return "\n".join(map(words_in, value)) if isinstance(value, list) else str(value)


def words_of(html):
    """Return what people said: it stands in elements for words that name their language."""
    placed = [(text, around[-1].attributes) for text, around in Document(html).placed if around]
    return [text for text, inside in placed if "lang" in inside and "words" in inside.get("class", "")]


@pytest.mark.draw(6)
@pytest.mark.parametrize(
    ("name", "audience"),
    [(name, one) for name in PAGES for one in Audience if name != "the sheet" or one is Audience.PAIR],
)
def test_nothing_of_ours_is_left_in_english(name, audience):
    english, german = (texts(spoken(name, language, audience)) for language in LANGUAGES)
    people, ours = words_in(load("demo_year")), {message.id for message in read("de") if message.id != message.string}
    both = {text for text in english & german - months() if not SAME_IN_BOTH.fullmatch(text)}
    assert {text for text in both if text in ours or text.removesuffix("…") not in people} == set()


@pytest.mark.parametrize("name", PAGES)
def test_peoples_words_are_the_same_in_both(name):
    english, german = (words_of(spoken(name, language, Audience.PAIR)) for language in LANGUAGES)
    assert english == german != []


@pytest.mark.parametrize("name", PAGES)
def test_a_german_page_says_that_it_is_in_german(name):
    assert '<html lang="de" dir="ltr">' in spoken(name, "de", Audience.PAIR)


#: What a native speaker's ear took offence at.
OFFENCES = [
    "stand bis",
    "erreicht bis",
    "losgelassen bis S",
    "teilt etwa",
    "Zusagen in dieser Zeit:",
    "wer man werden wollte",
    "Exemplar des Coachs",
    "über den vereinbarten Tag hinaus",
    "möchte werden",
    "meins:",
    "nach dem davor",
    "offen ist, und seit wann",
    "öffnet sich in jedem",
    "1-mal",
    "2-mal",
]


@pytest.mark.parametrize("offence", OFFENCES)
def test_german_sounds_german(offence):
    assert [message.string for message in read("de") if offence in str(message.string)] == []
