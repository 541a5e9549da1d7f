"""What somebody types to look for something, and where a text has it."""

import pytest

from coaching.errors import CoachingError
from coaching.workbook.search.findings import passages
from coaching.workbook.search.query import MOST_WORDS, parse_query


def terms(typed):
    return [(" ".join(term.words), term.is_exact) for term in parse_query(typed).terms]


def marked(typed, text):
    """The sentences of a text that have what is looked for, with brackets round it."""
    found = []
    finder = parse_query(typed).finder(lambda word: frozenset({word, f"{word}s"}))
    for one in passages("text", text, finder):
        line = one.text
        for start, end in reversed(one.spans):
            line = f"{line[:start]}[{line[start:end]}]{line[end:]}"
        found.append(line)
    return found


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("quiet Mornings", [("quiet", False), ("mornings", False)]),
        ('"quiet mornings" bread', [("quiet mornings", True), ("bread", False)]),
        ("„die Übung“ «là-bas»", [("die ubung", True), ("la bas", True)]),
        ('never "closed again', [("never", False), ("closed again", True)]),
        ("don't", [("don t", True)]),
        ("東京", [("東 京", True)]),
        ("twice twice", [("twice", False)]),
        ('""', []),
        ("", []),
        ("   ", []),
        ('AND OR NOT NEAR( * col:x "', [(word, False) for word in ("and", "or", "not", "near")] + [("col x", True)]),
    ],
)
def test_a_query_is_words_and_phrases(typed, expected):
    if typed == '""':
        with pytest.raises(CoachingError, match="no word"):
            terms(typed)
    else:
        assert terms(typed) == expected


@pytest.mark.parametrize(("typed", "problem"), [("…!", "no word"), ("a b " * MOST_WORDS, "at most")])
def test_what_cannot_be_looked_for_is_said(typed, problem):
    with pytest.raises(CoachingError, match=problem):
        parse_query(typed + "".join(f" w{n}" for n in range(MOST_WORDS)) if problem == "at most" else typed)


def test_the_query_shows_no_words():
    assert "canary" not in repr(parse_query("canary"))


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("oven", "It was cold. The OVENS were not! We left.", ["The [OVENS] were not!"]),
        ('"the oven"', "The oven. The hot oven.", ["[The oven]."]),
        ("東京", "昨日、東京へ行った。京都も。", ["昨日、[東京]へ行った。"]),
        ("zoe", "With Zoë\nand without", ["With [Zoë]"]),
        ("a b", "a b, b a", ["[a] [b], [b] [a]"]),
        ("none", "Of that there is no word.", []),
    ],
)
def test_the_words_are_marked_in_their_sentence(typed, text, expected):
    assert marked(typed, text) == expected


def test_a_long_sentence_is_cut_round_the_words():
    (line,) = marked("oven", f"{'before ' * 100}the oven {'after ' * 100}")
    assert line.startswith("… before")
    assert line.endswith("after …")
    assert "the [oven] after" in line
    assert len(line) < 250


def test_without_words_the_first_sentence_is_shown():
    assert marked("", "\n\nFirst. Second.") == ["First."]
