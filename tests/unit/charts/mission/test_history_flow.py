import random

import pytest
from matplotlib.colors import to_rgba

from coaching.charts.canvas.style import birth_colours
from coaching.charts.mission.history_flow import history_flow
from coaching.metrics.mission.words import lineage
from tests.unit.charts.charting import HOSTILE, Seen, versions

FIRST = "I want to be a good lead who delivers projects on time."
SECOND = "I want to be a good lead who helps people grow and keeps time for music."
THIRD = "I help people grow and keep time for music with my daughter."


def drawn(*texts, numbered=True):
    return Seen(history_flow(versions(*texts, numbered=numbered), lineage(texts)))


@pytest.mark.parametrize(
    ("texts", "finding"),
    [
        ((), "No mission statement yet"),
        ((FIRST,), "The first mission statement, 12 words"),
        ((FIRST, SECOND), "9 of the latest 16 words have stayed since the first"),
        (
            (FIRST, SECOND, THIRD),
            "2 of the latest 12 words have stayed since the first; half are in place since session 2",
        ),
        (
            ("One.", "Two.", "Three!"),
            "None of the latest 1 word has stayed since the first; half are in place since session 3",
        ),
    ],
)
def test_the_title_is_the_finding(texts, finding):
    assert drawn(*texts).finding() == finding


def test_words_that_came_back_are_counted_apart_from_those_that_never_left():
    finding = drawn("I walk at night and hum.", "I walk and hum.", "I walk at night and hum.").finding()
    assert finding.startswith("4 of the latest 6 words have stayed since the first, 1 came back;")


def test_a_version_without_a_session_is_named_by_its_day():
    seen = drawn(FIRST, SECOND, THIRD, numbered=False)
    assert seen.finding().endswith("since 11 Feb 2025")
    assert seen.texts("side") == ["first · 14 Jan 2025", "latest · 11 Mar 2025"]


def test_the_first_statement_stands_alone_in_full():
    assert drawn(FIRST).texts("latest") == [FIRST]


def test_each_version_is_a_column_one_step_of_height_for_a_word():
    seen = drawn(FIRST, SECOND)
    heights = [sum(box.get_height() for box in seen.shapes(f"column {version}")) for version in (0, 1)]
    assert heights[0] / heights[1] == pytest.approx(12 / 16, abs=0.03)


def test_a_colour_is_the_version_that_brought_the_words_in():
    seen = drawn(FIRST, SECOND, THIRD)
    known = [to_rgba(colour) for colour in birth_colours(3)]
    assert {box.get_facecolor() for box in seen.shapes("column 0")} == {known[0]}
    assert {box.get_facecolor() for box in seen.shapes("column 2")} == set(known)


def test_what_was_let_go_narrows_to_a_point_and_what_stayed_is_a_band():
    seen = drawn("Keep this, lose that.", "Keep this.")
    assert (len(seen.shapes("band 0")), len(seen.shapes("tail 0"))) == (1, 1)
    assert not drawn("Keep this.", "Keep this and more.").shapes("tail 0")


def test_words_of_the_first_statement_that_are_still_there_are_bold():
    seen = drawn("Keep this, lose that.", "Keep this.")
    bold = {
        text.get_text() for text in seen.axes.texts if text.get_gid() == "first" and text.get_fontweight() == "bold"
    }
    assert bold == {"Keep this,"}


def test_the_latest_statement_can_be_read_downwards():
    assert " ".join(drawn(FIRST, SECOND, THIRD).texts("latest")) == THIRD


def test_a_passing_phrase_stands_inside_its_band():
    assert " ".join(
        drawn(FIRST, "Sing and dance until the morning comes, all of us.", THIRD).texts("passing")
    ).startswith("Sing")


def test_quotes_and_commas_ride_on_their_word():
    seen = drawn("Say “no” often.", "Say “no” less often.")
    assert seen.texts("latest") == ["Say “no”", "less", "often."]


@pytest.mark.parametrize("count", [14, 15, 60])
def test_from_fifteen_versions_on_there_are_bands_only(count):
    seen = drawn(*_grown(count))
    assert bool(seen.shapes("column 0")) == (count < 15)
    assert (seen.overlapping(), seen.outside()) == ([], [])
    assert {"S1", f"S{count}"} <= set(seen.texts("tick"))


@pytest.mark.parametrize(
    "texts", [("a " * 300, "b " * 300 + "c", "a " * 20), ("one two " * 300,), (FIRST, "long " * 2000)]
)
def test_a_long_statement_fits(texts):
    seen = drawn(*texts)
    assert (seen.overlapping(), seen.outside()) == ([], [])
    assert seen.figure.get_figheight() * 72 < 800


@pytest.mark.parametrize("words", [*HOSTILE, "\ud800 half a pair"])
@pytest.mark.parametrize("count", [1, 2, 4])
def test_any_words_fit(words, count):
    texts = [f"{words} {FIRST}", f"{words} and {THIRD}", f"{THIRD} {words}", words or "nothing"][:count]
    seen = drawn(*texts)
    assert (seen.overlapping(), seen.outside()) == ([], [])
    assert not any(text.get_parse_math() for text in seen.axes.texts)


@pytest.mark.parametrize("texts", [("—", "!!", "😀"), ("…",), ("—", FIRST)])
def test_a_statement_of_signs_alone_is_drawn(texts):
    assert drawn(*texts).texts("latest")


def _grown(count):
    chance = random.Random(1)  # noqa: S311 -- the same made-up statements every time
    words = [
        "hope",
        "care",
        "learn",
        "craft",
        "team",
        "kind",
        "brave",
        "garden",
        "write",
        "sing",
        "build",
        "listen",
        "teach",
        "trust",
    ]
    text = THIRD.split()
    for _ in range(count):
        yield " ".join(text)
        text[chance.randrange(len(text))] = chance.choice(words)
        text.insert(chance.randrange(len(text)), chance.choice(words))
        text = text[:40]
