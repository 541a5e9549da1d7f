"""How words are looked for: without case and accents, in their forms, and in scripts that put no space between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.workbook.search.words import Vocabulary, folded, words_of
from tests.examples import CHEAP
from tests.strategies import words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë", "ZOE"),
        ("e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT}", "Été"),
        ("Füße", "fusse"),
        ("İstanbul", "istanbul"),
        ("ＡＢＣ", "abc"),
        ("كِتَابٌ", "كتاب"),
        ("أحمد", "احمد"),
        ("שָׁלוֹם", "שלום"),
        ("soft\u00adhyphen", "softhyphen"),
        ("👍🏽", "👍"),
    ],
)
def test_spellings_of_one_word_are_one_word(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("か", "が"), ("कि", "की"), ("ın", "än")])
def test_other_words_stay_other_words(one, other):
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't stop, one-on-one!", ["don", "t", "stop", "one", "on", "one"]),
        ("東京タワー", ["東", "京", "タ", "ワ", "ー"]),
        ("회의를 열다", ["회", "의", "를", "열", "다"]),
        ("في البيت", ["في", "البيت"]),
        ("ยินดี", ["ยิ", "น", "ดี"]),
        ("2025-09 · 🌱!", ["2025", "09", "🌱"]),
        ("", []),
        ("…!?", []),
    ],
)
def test_a_text_is_cut_into_its_words(text, expected):
    assert [word.folded for word in words_of(text)] == expected


@CHEAP
@given(st.lists(words() | st.sampled_from(["a\x1fb", "Plain words"])))
def test_what_is_indexed_and_what_is_marked_are_the_same_words(texts):
    assert [text.split() for text in Vocabulary().take_in(texts)] == [
        [word.folded for word in words_of(text)] for text in texts
    ]
    assert all(folded(text[word.start : word.end]) == word.folded for text in texts for word in words_of(text))


@pytest.mark.parametrize(
    ("text", "typed", "form"),
    [
        ("She dreams of that.", "dream", "dreams"),
        ("We planned it.", "planning", "planned"),
        ("Ich lese die Bücher.", "Buch", "bucher"),
        ("Wir haben mit ihr geredet, und die Träume sind da.", "Traum", "traume"),
        ("قرأت الكتاب", "كتاب", "الكتاب"),
    ],
)
def test_a_word_is_found_in_its_other_forms(text, typed, form):
    vocabulary = Vocabulary()
    vocabulary.take_in([text])
    assert form in vocabulary.forms(folded(typed))


@pytest.mark.parametrize(("text", "typed"), [("That is the number.", "numb"), ("It is under the tree.", "und")])
def test_a_word_of_one_language_is_no_form_of_the_other(text, typed):
    vocabulary = Vocabulary()
    vocabulary.take_in([text])
    assert vocabulary.forms(typed) == {typed}


def test_the_vocabulary_shows_no_words():
    vocabulary = Vocabulary()
    vocabulary.take_in(["canary"])
    assert "canary" not in repr(vocabulary)
