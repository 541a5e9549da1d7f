"""Words through the versions of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.metrics.mission.tokens import key, tokens
from coaching.metrics.mission.words import Counts, Run, changes, counts, lineage, provenance

WORDS = ["bread", "teach", "the", "a", "of,", "children.", "地", "图", "👍🏾"]
SENTENCES = st.lists(st.sampled_from(WORDS)).map(" ".join)
TEXTS = st.lists(st.text() | SENTENCES)


def _born(texts):
    return [(word.text, word.born) for word in lineage(texts)[-1]]


def test_a_word_keeps_the_version_in_which_it_came():
    assert _born(["I bake bread", "I bake good bread", "I bake good bread slowly"]) == [
        ("I", 0),
        ("bake", 0),
        ("good", 1),
        ("bread", 0),
        ("slowly", 2),
    ]


def test_spelling_case_and_plural_do_not_make_a_word_new():
    assert _born(["i help the Team", "I helps the teams"]) == [("I", 0), ("helps", 0), ("the", 0), ("teams", 0)]


def test_a_word_that_left_and_came_back_knows_both_versions():
    first, second, third = lineage(["teach children", "teach", "teach children"])
    assert (third[1].born, third[1].returned, third[1].again) == (0, 2, True)
    assert third[1].identity == first[1].identity
    assert third[1].previous is None
    assert (second[0].returned, second[0].again) == (None, False)


def test_a_word_that_came_back_and_stayed_still_knows_when():
    last = lineage(["teach children", "teach", "teach children", "teach children well"])[-1]
    assert [(word.born, word.returned) for word in last] == [(0, None), (0, 2), (3, None)]


@pytest.mark.parametrize("word", ["the", "oven", "地"])
def test_short_and_empty_words_do_not_come_back_they_are_new(word):
    assert lineage([f"bread {word}", "bread", f"bread {word}"])[-1][1].born == 2


@pytest.mark.parametrize(
    ("texts", "came_back"),
    [
        (["I walk at night.", "I walk.", "I walk at night."], ["at", "night"]),
        (["I walk at night.", "I walk.", "I walk by night."], ["night"]),
        (["I walk the night and hum.", "I sing.", "The night and dawn are mine."], ["The", "night", "and"]),
        (["I walk at night.", "I walk at noon.", "I walk at night."], ["night"]),
    ],
)
def test_a_stop_word_comes_back_with_the_word_that_it_stood_beside(texts, came_back):
    assert [word.text for word in lineage(texts)[-1] if word.returned is not None] == came_back


def test_neighbours_in_the_versions_before_and_after():
    first, second = lineage(["I bake bread", "Now I bake"])
    assert [word.next for word in first] == [1, 2, None]
    assert [word.previous for word in second] == [None, 0, 1]


def test_stop_words_between_two_rewritten_halves_do_not_count_as_kept():
    texts = ["bring calm people the courage they need", "make warm bread the way grandmother did"]
    assert all(born == 1 for _, born in _born(texts))


def test_a_stop_word_beside_a_small_change_is_kept():
    assert _born(["the bread", "the cake"]) == [("the", 0), ("cake", 1)]


def test_many_equal_words_are_no_junk():
    text = "bread " * 300
    assert [born for _, born in _born([text, text + "butter"])] == [0] * 300 + [1]


@pytest.mark.parametrize("texts", [[], [""], ["", "a"], ["a", ""], [" \n"]])
def test_small_cases(texts):
    assert [len(row) for row in lineage(texts)] == [len(text.split()) for text in texts]


@given(TEXTS)
def test_what_every_lineage_holds_to(texts):
    rows = lineage(texts)
    for version, row in enumerate(rows):
        assert [word.text for word in row] == [token.text for token in tokens(texts[version])[0]]
        assert len({word.identity for word in row}) == len(row)
        for index, word in enumerate(row):
            assert word.born <= version
            assert word.again == (word.returned is not None)
            if word.previous is not None:
                parent = rows[version - 1][word.previous]
                assert (parent.next, parent.identity, parent.born) == (index, word.identity, word.born)
            else:
                assert version in {word.born, word.returned}


def test_todays_text_by_age():
    row = lineage(["I bake bread.", "I bake\nbread, and teach children.  "])[-1]
    assert provenance(row) == (Run("I bake\nbread,", 0), Run(" and teach children.  ", 1))


def test_runs_that_came_back_stand_alone():
    row = lineage(["teach children", "teach", "teach children"])[-1]
    assert provenance(row) == (Run("teach", 0), Run(" children", 0, returned=2))


@given(TEXTS)
def test_the_runs_joined_are_the_text(texts):
    for text, row in zip(texts, lineage(texts), strict=True):
        assert "".join(run.text for run in provenance(row)) == (text if row else "")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param("", "", [], id="nothing"),
        pytest.param("tea", "tea", [("stayed", "tea")], id="the same"),
        pytest.param("", " tea\n", [("new", " tea\n")], id="all new, white space kept"),
        pytest.param("tea", "", [("let_go", "tea ")], id="all let go"),
        pytest.param("tea", "  ", [("let_go", "tea "), ("new", "  ")], id="only white space is left"),
        pytest.param("I bake", "We bake", [("let_go", "I "), ("new", "We"), ("stayed", " bake")], id="at the start"),
        pytest.param("Well, I bake", "I bake", [("let_go", "Well, "), ("stayed", "I bake")], id="start let go"),
        pytest.param("I bake rye", "I bake", [("stayed", "I bake"), ("let_go", " rye")], id="end let go"),
        pytest.param("Tea\n\nnow", "tea now", [("stayed", "tea now")], id="case and line breaks are no change"),
        pytest.param("我爱茶", "我爱面", [("stayed", "我爱"), ("let_go", "茶"), ("new", "面")], id="no spaces"),
        pytest.param("help", "helps", [("let_go", "help "), ("new", "helps")], id="an ending is a change here"),
    ],
)
def test_changes(old, new, found):
    assert [(change.kind, change.text) for change in changes(old, new)] == found


def test_counts_leave_punctuation_out():
    found = changes("I bake, slowly.", "I bake 👍 bread!")
    assert counts(found) == Counts(stayed=2, let_go=1, new=1)
    assert counts(()) == Counts(0, 0, 0)


@given(st.text(), st.text())
def test_the_new_text_stands_in_the_diff_as_it_was_written(old, new):
    found = changes(old, new)
    assert "".join(change.text for change in found if change.kind != "let_go") == new


@given(SENTENCES, SENTENCES)
def test_the_words_of_the_old_text_stayed_or_were_let_go(old, new):
    left = " ".join(change.text for change in changes(old, new) if change.kind != "new")
    assert [key(token.text) for token in tokens(left)[0]] == [key(token.text) for token in tokens(old)[0]]
