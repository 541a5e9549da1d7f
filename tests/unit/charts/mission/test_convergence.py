import pytest

from coaching.charts.mission.convergence import convergence_chart
from coaching.metrics.mission.convergence import convergence
from tests.unit.charts.charting import HOSTILE, Seen, versions

BREAD = "bake bread slowly"
TEA = "brew tea carefully"
MANY = [BREAD, "bake bread carefully", "bake tea carefully", TEA, TEA + " now", TEA]


def drawn(*texts, numbered=True):
    return Seen(convergence_chart(convergence(versions(*texts, numbered=numbered))))


@pytest.mark.parametrize(
    ("texts", "finding"),
    [
        ([], "No mission statement yet"),
        ([BREAD], "One mission statement so far"),
        ([BREAD, "bake bread"], "Of its words that carry content, the latest statement shares most with the first"),
        ([BREAD, TEA], "Of its words that carry content, the latest statement shares none with the first"),
        (["...", "—"], "The mission statements have no words to compare"),
        (
            [BREAD, BREAD + " now", BREAD, BREAD + " now", BREAD],
            "Of its words that carry content, the latest statement shares all with the one a quarter earlier",
        ),
        (MANY, "Of its words that carry content, the latest statement shares some with the one a quarter earlier"),
        (["...", "—", "!", "?"], "The mission statements have no words to compare"),
    ],
)
def test_the_title_says_in_words_what_is_shared(texts, finding):
    assert drawn(*texts).finding() == finding


@pytest.mark.parametrize("texts", [[], [BREAD], [BREAD, TEA]])
def test_fewer_than_three_versions_are_words_and_no_picture(texts):
    seen = drawn(*texts)
    assert (len(seen.axes.patches), len(seen.axes.lines)) == (0, 0)


def test_each_version_is_a_mark_from_where_there_is_something_to_compare():
    seen = drawn(*MANY)
    assert [len(seen.lines(f"mark {name}")[0].get_xdata()) for name in ("with_first", "with_earlier")] == [6, 2]


def test_the_two_comparisons_differ_in_shape():
    seen = drawn(*MANY)
    assert {line.get_marker() for gid in ("with_first", "with_earlier") for line in seen.lines(f"mark {gid}")} == {
        "s",
        "o",
    }


def test_the_ends_are_named_in_words_and_there_is_no_number():
    seen = drawn(*MANY)
    assert seen.texts("name") == ["none", "as in the first", "some", "as a quarter earlier"]
    assert not any("%" in text for text in seen.texts())


@pytest.mark.parametrize(("numbered", "said"), [(True, "in session 3"), (False, "on 11 Mar 2025")])
def test_the_version_with_the_least_in_common_with_the_one_before_is_marked(numbered, said):
    seen = drawn(BREAD, BREAD + " now", TEA, TEA + " now", numbered=numbered)
    assert seen.texts("rewrite") == [f"rewritten most {said}"]


def test_without_any_change_of_words_nothing_is_marked():
    assert not drawn("bake bread", "bread bake", "Bake, bread!").texts("rewrite")


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("count", [3, 4, 15, 60])
def test_any_number_of_versions_fits(count, numbered):
    seen = drawn(*(f"{BREAD} {'tea ' * place}" for place in range(count)), numbered=numbered)
    assert (seen.overlapping(), seen.outside()) == ([], [])


def test_versions_of_one_day_fit():
    known = versions(*MANY)
    same = tuple(type(one)(one.number, one.number, known[0].held_on, one.text) for one in known)
    seen = Seen(convergence_chart(convergence(same)))
    assert (seen.overlapping(), seen.outside()) == ([], [])


@pytest.mark.parametrize("words", HOSTILE)
def test_any_words_fit(words):
    seen = drawn(f"{words} {BREAD}", words or "nothing", f"{TEA} {words}")
    assert (seen.overlapping(), seen.outside()) == ([], [])
