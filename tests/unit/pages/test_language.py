"""Every sentence of the pages and their charts goes through `coaching.i18n`; people's words never do."""

import re
from calendar import month_abbr, month_name
from datetime import date
from gettext import NullTranslations
from importlib.resources import files

import pytest
from jinja2.ext import babel_extract

from coaching import i18n as language
from coaching.metrics.periods import ALL_TIME, parse_period
from coaching.model.sharing import Audience
from coaching.pages import plan_page, sheet_page, summary_page
from tests.unit.pages.conftest import QUESTIONS, Document, record, shared_of
from tests.unit.pages.test_hostile_words import DAY, everywhere

# A person's words in letters that no sentence of ours has, a name for each session, a day as Babel writes it.
WORDS = "Жжж ж"
MONTHS = "|".join([*month_name[1:], *month_abbr[1:]])
DAYS = re.compile(rf"([0-9]{{1,2}} )?\b({MONTHS})\b( [0-9]{{4}})?")
TEMPLATES = sorted(
    path.name for path in (files("coaching.pages") / "templates").iterdir() if path.name.endswith(".html.jinja")
)


class Bracketed(NullTranslations):
    """A language in which every sentence is the English one between two signs."""

    def gettext(self, message):
        return f"⟦{message}⟧"

    def ngettext(self, one, many, count):
        return f"⟦{one if count == 1 else many}⟧"


def without_sentences(text):
    """What is left of a text without its sentences, from the innermost outwards."""
    while (less := re.sub("⟦[^⟦⟧]*⟧", "", text)) != text:
        text = less
    return text


def spoken(records, audience):
    shared = shared_of(records, audience)
    yield summary_page(shared, asof=DAY, period=ALL_TIME)
    yield summary_page(shared, asof=DAY, period=parse_period("2025Q1"))
    yield plan_page(shared, asof=DAY)
    if audience is Audience.PAIR:
        yield sheet_page(shared, day=DAY, questions=QUESTIONS)


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("told", ["everything", "nothing"])
def test_no_sentence_of_a_page_or_a_chart_is_in_english_alone(monkeypatch, audience, told):
    monkeypatch.setattr(language, "catalogue", lambda _: Bracketed())
    records = [{**one, "visibility": "open"} for one in everywhere(WORDS)] if told == "everything" else []
    for html in spoken(records, audience):
        # A sentence may take several lines of a chart.
        labels = " ".join(re.findall(r"<(?:text|title|desc)[^>]*>([^<]*)", html))
        for text in (Document(html).text, labels, *Document(html).having("aria-label")):
            left = DAYS.sub("", without_sentences(text))
            assert not re.search("[A-Za-z]{2}", left), left[:200]


def test_peoples_words_are_never_looked_up(monkeypatch):
    asked = set()

    class Listening(NullTranslations):
        def gettext(self, message):
            asked.add(message)
            return message

        def ngettext(self, one, many, count):
            asked.update((one, many))
            return one if count == 1 else many

    monkeypatch.setattr(language, "catalogue", lambda _: Listening())
    assert list(spoken(everywhere(WORDS), Audience.PAIR))
    assert len(asked) > 100
    assert not [message for message in asked if "ж" in message.lower()]


@pytest.mark.parametrize("name", TEMPLATES)
def test_babel_finds_every_sentence_of_a_template(name):
    path = files("coaching.pages") / "templates" / name
    source = path.read_text(encoding="utf-8")
    with path.open("rb") as file:
        found = list(babel_extract(file, ("say", "say_counted"), [], {"trim_blocks": "true"}))
    called = re.findall(r"\bsay(?:_counted)?\(", source)
    assert len(found) == len(called)
    assert all(message for _, _, message, _ in found)


def test_the_page_says_which_language_it_is_in_and_leaves_words_as_they_are():
    shared = shared_of([record("dream", "1", held_on=date(2025, 1, 6), title="To rise early")])
    html = plan_page(shared, asof=DAY)
    assert '<html lang="en" dir="ltr">' in html
    assert "To rise early" in html
