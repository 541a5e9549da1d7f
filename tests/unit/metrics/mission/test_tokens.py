"""Words as people see them, in any script."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.metrics.mission.tokens import is_content, is_punctuation, key, stem, tokens
from coaching.text import is_blank


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(" \n\t\x00\u2068", [], id="nothing to see"),
        pytest.param("I get up, early.", ["I", "get", "up", ",", "early", "."], id="English"),
        pytest.param("don’t one-on-one it's", ["don’t", "one-on-one", "it's"], id="inside a word"),
        pytest.param("'so' - or -2", ["'", "so", "'", "-", "or", "-", "2"], id="outside a word"),
        pytest.param("我想成为,工程师", [*"我想成为", ",", *"工程师"], id="Chinese, character by character"),
        pytest.param("テスト Bread", [*"テスト", "Bread"], id="kana beside Latin"),
        pytest.param("𠮷野", ["𠮷", "野"], id="ideographs beyond the first plane"),
        pytest.param("ก็น้ำ", ["ก็", "น้ำ"], id="Thai marks stay with their letter"),
        pytest.param("أستيقظ لأُرسُمَ", ["أستيقظ", "لأُرسُمَ"], id="Arabic words whole, vowel signs with them"),
        pytest.param("मेरो सपना", ["मेरो", "सपना"], id="Devanagari signs stay"),
        pytest.param("می\u200cخواهم", ["می\u200cخواهم"], id="a Persian half space is inside the word"),
        pytest.param("e\u0301te\u0301", ["e\u0301te\u0301"], id="decomposed accents"),
        pytest.param("👨‍👩‍👧‍👦👍🏾👍", ["👨‍👩‍👧‍👦", "👍🏾", "👍"], id="families and skin tones"),
        pytest.param("❤️‍🔥1️⃣", ["❤️‍🔥", "1️⃣"], id="a heart on fire, a keycap"),
        pytest.param("🇳🇵🇧🇪🏴󠁧󠁢󠁳󠁣󠁴󠁿", ["🇳🇵", "🇧🇪", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"], id="flags"),
        pytest.param("\u2068river\u2069 x", ["river", "x"], id="direction marks are not words"),
        pytest.param("<b>{{7*7}}", [*"<", "b", *">{{", "7", "*", "7", *"}}"], id="markup is words and signs"),
    ],
)
def test_words(text, words):
    assert [token.text for token in tokens(text)[0]] == words


@given(st.text() | st.text("ab \n'-👍🏾\u200d\ufe0f🇳🇵地ก\u0301\u0e47\u2068"))
def test_nothing_is_lost(text):
    words, rest = tokens(text)
    assert "".join(token.before + token.text for token in words) + rest == text
    between = [re.sub(r"\d{1,3}[.)]|[-*+•‣–—]|\[[ xX]\]", "", space) for space in (rest, *(w.before for w in words))]
    assert all(map(is_blank, between))
    assert not any(is_blank(token.text) for token in words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1. Rest\n2. Bake", ["Rest", "Bake"]),
        ("  3) Rest\n\t- [x] Bake", ["Rest", "Bake"]),
        ("١. نام", ["نام"]),
        ("- 12. Rest", ["Rest"]),
        ("Bake 12. Rest", ["Bake", "12", ".", "Rest"]),
        ("3 loaves\n1.5 hours", ["3", "loaves", "1", ".", "5", "hours"]),
        ("1984. A year", ["1984", ".", "A", "year"]),
    ],
)
def test_the_numeral_of_a_list_is_no_word(text, words):
    assert [token.text for token in tokens(text)[0]] == words


@given(st.text("ab '-👍🏾\u200d🇳🇵地\u0301"))
def test_words_read_again_are_the_same_words(text):
    words = [token.text for token in tokens(text)[0]]
    assert [token.text for token in tokens(" ".join(words))[0]] == words


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tea", "tea"), ("STRASSE", "straße"), ("don’t", "don't"), ("é", "e\u0301"), ("co\u00adoperate", "cooperate")],
)
def test_spellings_of_one_word_have_one_key(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("tea", "teas"), ("👍", "👍🏾"), ("👩‍🚀", "👩🚀"), ("resume", "résumé")])
def test_different_words_have_different_keys(one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("word", "found"), [("helps", "help"), ("Teams", "team"), ("glass", "glass"), ("yes", "yes"), ("gross", "gross")]
)
def test_stem(word, found):
    assert stem(word) == found


@pytest.mark.parametrize(
    ("word", "content", "punctuation"),
    [
        ("bread", True, False),
        ("The", False, False),
        ("地", True, False),
        ("7", True, False),
        (",", False, True),
        ("👍", False, True),
    ],
)
def test_content_and_punctuation(word, content, punctuation):
    assert (is_content(word), is_punctuation(word)) == (content, punctuation)
