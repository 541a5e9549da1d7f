import pytest
from matplotlib.colors import to_rgba

from coaching.charts.canvas.style import LET_GO, ON_TIME
from coaching.charts.mission.theme_lanes import MOST, theme_lanes
from coaching.metrics.mission.themes import Theme, theme_shares
from tests.unit.charts.charting import HOSTILE, Seen, versions

TEXTS = ("bake good bread", "bake bread, teach children", "teach children, play music")


def theme(title, *words, dream=None, number=None):
    return Theme(f"id {title} {number}", title, words, dream)


BREAD, TEACHING, MUSIC = theme("Bread", "bake", "bread"), theme("Teaching", "teach"), theme("Music", "music")


def drawn(themes, *texts, numbered=True):
    known = versions(*texts, numbered=numbered)
    return Seen(theme_lanes(themes, theme_shares(themes, known), known))


def heights(seen, version):
    return [shape.get_path().get_extents().height for shape in seen.shapes(f"step {version}")]


@pytest.mark.parametrize(
    ("themes", "texts", "finding"),
    [
        ([], [], "No mission statement yet"),
        ([BREAD], [], "No mission statement yet"),
        ([], TEXTS, "No themes named yet"),
        ([BREAD], TEXTS[:1], "The first statement holds 1 of 1 theme"),
        ([BREAD, MUSIC], TEXTS[:2], "The latest statement holds 1 of 2 themes"),
        ([BREAD, TEACHING, MUSIC], TEXTS, "The latest statement holds 2 of 3 themes; 2 came in after the first"),
        ([theme("Nowhere", "zugzwang")], TEXTS, "The latest statement holds 0 of 1 theme"),
    ],
)
def test_the_title_is_the_finding(themes, texts, finding):
    assert drawn(themes, *texts).finding() == finding


@pytest.mark.parametrize(("themes", "texts"), [([], []), ([], TEXTS), ([BREAD], [])])
def test_without_themes_or_versions_there_are_words_and_no_picture(themes, texts):
    seen = drawn(themes, *texts)
    assert (len(seen.axes.patches), len(seen.axes.lines)) == (0, 0)


def test_a_step_is_as_high_as_the_share_of_the_words():
    seen = drawn([BREAD, TEACHING], *TEXTS)
    (whole,), (bread, teaching) = heights(seen, 0), heights(seen, 1)
    assert (bread / whole, teaching / whole) == (pytest.approx((2 / 4) / (2 / 3)), pytest.approx((1 / 4) / (2 / 3)))


def test_where_a_theme_does_not_stand_there_is_no_step():
    seen = drawn([BREAD], *TEXTS)
    assert [len(seen.shapes(f"step {version}")) for version in range(3)] == [1, 1, 0]


def test_rows_stand_in_the_order_in_which_the_themes_came_in():
    nowhere = theme("Nowhere", "zugzwang")
    assert drawn([nowhere, MUSIC, TEACHING, BREAD], *TEXTS).texts("theme") == ["Bread", "Teaching", "Music", "Nowhere"]


@pytest.mark.parametrize(
    ("found", "numbered", "said"),
    [
        (BREAD, True, "let go after session 2"),
        (BREAD, False, "let go after 11 Feb 2025"),
        (TEACHING, True, "since session 2: 1 of 4 words"),
        (TEACHING, False, "since 11 Feb 2025: 1 of 4 words"),
        (theme("Nowhere", "zugzwang"), True, "in no version so far"),
    ],
)
def test_beside_each_theme_is_said_since_when_it_stands(found, numbered, said):
    assert drawn([found], *TEXTS, numbered=numbered).texts("said") == [said]


def test_a_theme_that_came_back_stands_since_then():
    assert drawn([BREAD], "bread", "tea", "bread now").texts("said") == ["since session 3: 1 of 2 words"]


def test_the_dream_behind_a_theme_stands_beside_it():
    assert drawn([theme("Bread", "bread", dream="My own oven")], "bread").texts("said")[1:] == ["dream: My own oven"]


def test_what_was_let_go_is_paler():
    seen = drawn([BREAD, TEACHING], *TEXTS)
    assert [shape.get_facecolor() for shape in seen.shapes("step 1")] == [to_rgba(LET_GO), to_rgba(ON_TIME)]


def test_a_theme_without_a_name_has_a_row():
    assert drawn([theme(None, "bread")], *TEXTS).texts("theme") == ["without a name"]


def test_what_does_not_fit_is_in_the_table():
    many = [theme(f"Theme {number}", "bread", number=number) for number in range(MOST + 3)]
    seen = drawn(many, *TEXTS)
    assert (len(seen.texts("theme")), seen.texts("more")) == (MOST, ["and 3 more in the table"])


@pytest.mark.parametrize("count", [1, 2, 3, 24, 25, 60])
@pytest.mark.parametrize("themes", [1, 2, 5, 40])
def test_any_number_of_versions_and_themes_fits(count, themes):
    found = [theme(f"Theme {number}", "bread", dream="A dream " * number, number=number) for number in range(themes)]
    seen = drawn(found, *(f"bread {'tea ' * place}" for place in range(count)))
    assert (seen.overlapping(), seen.outside()) == ([], [])
    assert len(seen.axes.patches) == count * min(themes, MOST)


@pytest.mark.parametrize("words", HOSTILE)
def test_any_words_fit_beside_their_neighbours(words):
    found = [theme(words or None, words, dream=words or None, number=number) for number in range(3)]
    seen = drawn(found, f"{words} bread", f"{words} tea", "...")
    assert (seen.overlapping(), seen.outside()) == ([], [])
    assert not any(text.get_parse_math() for text in seen.axes.texts)


@pytest.mark.parametrize("text", ["...", "👍", "the of"])
def test_a_statement_without_content_words_has_empty_rows(text):
    assert len(drawn([BREAD], text, text + " and", text).axes.patches) == 0
