"""Words that try to be markup, to turn the page around, or to break it."""

import re
from datetime import date
from functools import cache

import pytest
from hypothesis import given

from coaching.metrics.periods import ALL_TIME
from coaching.model.frames import current, frames
from coaching.model.schema import to_table
from coaching.model.sharing import Audience, holdings, share
from coaching.model.vocabulary import Side
from coaching.pages import plan_page, summary_page
from coaching.text import visible
from tests.examples import COSTLY
from tests.strategies import HOSTILE, entries
from tests.unit.pages.conftest import Document, identity, record, shared_of

DAY = date(2025, 3, 3)
SESSION = record("session", "1", held_on=DAY, number=1, author="coach")
# Words of which no letter can be seen make no statement and no promise, and so a shorter page.
READABLE = [words for words in HOSTILE if any(sign.isprintable() for sign in words.strip())]


def everywhere(words):
    """A workbook in which every field that people write says the same."""
    common = {"held_on": DAY, "session": identity("session", "1")}
    return [
        SESSION,
        record("person", "she", side="coachee", name=words, pronouns=words, text=words),
        record("person", "he", author="coach", side="coach", name=words, text=words),
        record("agreement", "1", held_on=DAY, text=words),
        record("cancellation", "1", author="coach", as_typed=words, text=words),
        record("mission", "1", text=f"{words} 1", why_changed=words, confirmed=True, **common),
        record("mission", "2", text=f"{words} 2", confirmed=True, **common),
        record("dream", "1", title=words, text=words, **common),
        record("progress", "1", about=identity("dream", "1"), text=words, **common),
        record("theme", "1", title=words, words=(words,), dream=identity("dream", "1"), **common),
        record("theme", "2", words=(words,), **common),
        record("becoming", "1", text=words, **common),
        record(
            "item",
            "1",
            what=words,
            owner="coachee",
            by=DAY,
            if_then=words,
            obstacle=words,
            levels=(words,) * 5,
            dream=identity("dream", "1"),
            becoming=identity("becoming", "1"),
            **common,
        ),
        record("item_event", "1", item=identity("item", "1"), event="partly", text=words, **common),
        record("review", "1", item=identity("item", "1"), outcome="partly", text=words, **common),
        record("check", "1", heard=5, text=words, **common),
        record("handover", "1", reason=words, bundle=(words,), items_open=(identity("item", "1"),), **common),
        *(
            record("note", segment, author="coach", segment=segment, topic="plan", text=words, **common)
            for segment in ("opening", "yourself", "dreams", "who_what_when", "closing")
        ),
    ]


def elements(html):
    """The elements of a page outside of its figures, with the names of their attributes."""
    inside, found = False, []
    # Which sentences the review has depends on whether the words say anything.
    for element in Document(re.sub('<ul class="review">.*?</ul>', "", html, flags=re.DOTALL)).elements:
        inside = inside or element.tag == "svg"
        if element.tag == "details":
            inside = False
        if not inside:
            found.append((element.tag, tuple(element.attributes)))
    return found


@cache
def page_saying(words):
    return summary_page(shared_of(everywhere(words)), asof=DAY, period=ALL_TIME)


@cache
def plan_saying(words):
    return plan_page(shared_of(everywhere(words)), asof=DAY)


@pytest.mark.draw(8)
@pytest.mark.parametrize("words", [*READABLE, "</style><style>*{}</style>", "--><!--", "]]>", "&lt;b&gt;"])
@pytest.mark.parametrize("saying", [page_saying, plan_saying], ids=["summary", "plan"])
def test_words_stay_words(words, saying):
    html = saying(words)
    document = Document(html)
    assert document.problems == []
    assert visible(words).strip() in document.text
    assert elements(html) == elements(saying("harmless"))


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x7f", "\x85", "\uffff", "\ufdd0", "\r"])
def test_what_html_cannot_carry_is_not_in_the_file(sign):
    assert sign not in page_saying(f"a{sign}b") + plan_saying(f"a{sign}b")


@pytest.mark.parametrize("turn", ["\u202e", "\u202d", "\u2067", "\u202b"])
def test_words_that_turn_stand_in_an_element_with_a_direction_of_its_own(turn):
    """Such an element ends every turn that was begun in it, also without a style sheet."""
    both = (Document(saying(f"{turn}turned")) for saying in (page_saying, plan_saying))
    turned = [around for document in both for text, around in document.placed if turn in text]
    assert len(turned) > 60
    assert all(any(e.tag == "bdi" or e.attributes.get("dir") == "auto" for e in around) for around in turned)


@pytest.mark.parametrize("audience", list(Audience))
@COSTLY
@given(found=entries(max_size=14))
def test_any_workbook_gives_a_well_formed_page(audience, found):
    known = holdings(frames(current(to_table(found))), Side.COACH)
    shared = share(known, audience)
    for html in (summary_page(shared, asof=DAY, period=ALL_TIME), plan_page(shared, asof=DAY)):
        document = Document(html)
        assert document.problems == []
        identities = document.having("id")
        assert len(identities) == len(set(identities))
