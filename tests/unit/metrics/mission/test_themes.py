"""The words of a theme in the versions of the mission statement."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.metrics.mission.statements import Version
from coaching.metrics.mission.themes import Theme, theme_shares, themes
from coaching.model.entries import Dream
from coaching.model.entries import Theme as Named

DAY = date(2025, 1, 1)


def _counted(text, *words):
    (row,) = theme_shares([Theme("1", None, words, None)], [Version(1, 1, DAY, text)]).to_dict("records")
    return row["count"], row["of"]


@pytest.mark.parametrize(
    ("text", "words", "counted"),
    [
        pytest.param("I bake bread", ["bread"], (1, 2), id="one word"),
        pytest.param("Bread, BREADS & bread", ["bread"], (3, 3), id="case, plural and punctuation do not matter"),
        pytest.param("I bake bread", ["breads"], (1, 2), id="plural on either side"),
        pytest.param("breadth", ["bread"], (0, 1), id="a word is a whole word"),
        pytest.param("don’t fear", ["don't"], (1, 2), id="either apostrophe"),
        pytest.param("bake good bread", ["bake", "bread", "Bread"], (2, 3), id="each word counts once"),
        pytest.param("I bake the bread", ["the", "i"], (0, 2), id="stop words do not count"),
        pytest.param("I bake the bread", ["bake the bread"], (2, 2), id="of a phrase the content words count"),
        pytest.param("bread, bake", ["bake bread"], (0, 2), id="a phrase stands in its order"),
        pytest.param("bake, bread", ["bake bread"], (0, 2), id="and side by side"),
        pytest.param("cold cold cold tea", ["cold cold", "cold tea"], (4, 4), id="phrases may overlap"),
        pytest.param("I bake bread", ["(bread)!", "“bake”"], (2, 2), id="punctuation around a word of a theme"),
        pytest.param("well-being now", ["well-being"], (1, 2), id="a hyphen is inside the word"),
        pytest.param("我想画地图", ["地图"], (2, 5), id="no spaces: side by side, in their order"),
        pytest.param("我在地方", ["地图"], (0, 4), id="no spaces: one sign alone is not the word"),
        pytest.param("地図を描く、テストを焼く", ["テスト"], (3, 11), id="kana"),
        pytest.param("أستيقظ لأرسم", ["لأرسم"], (1, 2), id="right to left"),
        pytest.param("मेरो सपना", ["सपना"], (1, 2), id="Devanagari"),
        pytest.param("❤️ bread", ["❤️"], (0, 1), id="a picture is no content word"),
        pytest.param("I bake bread", [], (0, 2), id="a theme without words"),
        pytest.param("I bake bread", ["", " ", ".", "zugzwang"], (0, 2), id="words that say nothing or occur nowhere"),
        pytest.param("...", ["bread"], (0, 0), id="a text without words"),
        pytest.param("a < b", ["<", "b"], (1, 1), id="markup is signs"),
    ],
)
def test_counts(text, words, counted):
    assert _counted(text, *words) == counted


def test_the_share_is_the_count_of_all_content_words():
    found = theme_shares([Theme("1", None, ("bread",), None)], [Version(1, 1, DAY, "I bake bread"), _version("...")])
    assert found["share"].iloc[0] == 0.5
    assert pd.isna(found["share"].iloc[1])


def test_one_word_may_belong_to_two_themes():
    found = theme_shares([Theme(name, None, ("bread",), None) for name in "ab"], [_version("bread")])
    assert found["share"].tolist() == [1.0, 1.0]


def test_one_row_for_each_theme_and_version_in_their_order():
    known = [Version(1, 3, DAY, "bread"), Version(2, None, date(2025, 2, 1), "tea")]
    found = theme_shares([Theme("b", None, ("tea",), None), Theme("a", None, ("bread",), None)], known)
    assert list(zip(found["theme"], found["number"], found["count"], strict=True)) == [
        ("b", 1, 0),
        ("b", 2, 1),
        ("a", 1, 1),
        ("a", 2, 0),
    ]
    assert found["session_number"].tolist() == [3, pd.NA, 3, pd.NA]
    assert found["held_on"].tolist() == [pd.Timestamp(DAY), pd.Timestamp("2025-02-01")] * 2


@pytest.mark.parametrize(("found", "known"), [([], []), ([], ["x"]), (["x"], []), (["x"], ["x"])])
def test_the_columns_are_of_one_kind_for_any_number(found, known):
    shares = theme_shares([Theme(word, None, (word,), None) for word in found], [_version(text) for text in known])
    assert {name: str(kind) for name, kind in shares.dtypes.items()} == {
        "theme": "str",
        "number": "int64",
        "session_number": "Int64",
        "held_on": "datetime64[ms]",
        "count": "int64",
        "of": "int64",
        "share": "float64",
    }


@given(st.text() | st.text("ab地図 ,."), st.lists(st.text("ab地図 ,."), max_size=4))
def test_no_theme_has_more_words_than_the_text(text, words):
    count, of = _counted(text, *words)
    assert 0 <= count <= of


@given(st.text("ab地図 ,."), st.lists(st.text("ab地図 ,."), max_size=4), st.text("ab地図 ,."))
def test_one_word_more_never_counts_less(text, words, more):
    assert _counted(text, *words)[0] <= _counted(text, *words, more)[0]


def test_themes_as_they_were_named_with_the_dream_behind_them(written):
    dream = written.id("dream", "D1")
    written._add(Dream, ("D1",), id=dream, title="My own oven")
    written._add(Named, ("T1",), title="Bread", words=("bread", None, " oven "), dream=dream)
    (theme,) = themes(written.frames())
    assert (theme.title, theme.words, theme.dream) == ("Bread", ("bread", " oven "), "My own oven")


@pytest.mark.parametrize(
    ("dream", "said"),
    [({"title": " ", "text": "An oven"}, "An oven"), ({"title": None, "text": "\u200b"}, None), (None, None)],
)
def test_a_dream_without_a_title_is_told_by_its_words_and_one_that_cannot_be_read_is_none(written, dream, said):
    where = written.id("dream", "D1")
    if dream:
        written._add(Dream, ("D1",), id=where, **dream)
    written._add(Named, ("T1",), title="\u200b", words=None, dream=where)
    (theme,) = themes(written.frames())
    assert (theme.title, theme.words, theme.dream) == (None, (), said)


def test_without_themes_there_are_none(written):
    assert themes(written.frames()) == ()


def _version(text):
    return Version(1, 1, DAY, text)
