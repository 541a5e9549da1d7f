"""Parts of the summary for a notebook: no page around them, a style sheet that touches nothing else."""

import re
from datetime import date

import pytest

from coaching import pages as summary
from coaching.metrics.periods import ALL_TIME, parse_period
from tests.unit.pages.conftest import ASOF, Document, shared_of, shared_year

FIGURES = [
    "threads",
    "promise_dots",
    "lifelines",
    "ageing",
    "burnup",
    "time_to_done",
    "history_flow",
    "theme_lanes",
    "convergence",
    "conversation",
]
FRAGMENTS = ["letter", "words", "mission_today", "mission_changes", "timeline", *FIGURES]
EMPTY = date(2025, 1, 1)


def fragment(name, shared, asof):
    return summary.piece(name, shared, asof, ALL_TIME)


@pytest.mark.parametrize("name", FRAGMENTS)
@pytest.mark.parametrize("year", ASOF)
def test_a_fragment_is_one_well_formed_element(name, year):
    html = fragment(name, shared_year(year), ASOF[year])
    document = Document(html)
    assert document.problems == []
    assert html.startswith('<div class="coaching-page">')
    assert html.endswith("</div>\n")
    assert not {element.tag for element in document.elements} & {"html", "head", "body", "script", "style", "main"}
    assert not document.having("style")


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_its_numbers_in_a_table(name):
    document = Document(fragment(name, shared_year("demo_year"), ASOF["demo_year"]))
    tags = [element.tag for element in document.elements]
    assert (tags.count("svg"), tags.count("table"), tags.count("details")) == (2, 1, 1), "one for a phone"
    assert tags.count("tr") > 2


def test_a_table_tells_what_people_say_from_what_the_program_says():
    document = Document(fragment("lifelines", shared_year("demo_year"), ASOF["demo_year"]))
    rows = [(text, {element.tag for element in around}) for text, around in document.placed]
    cells = {text: "bdi" in tags for text, tags in rows if tags & {"td", "th"} and text.strip()}
    assert cells["Marisol"]
    assert cells["Light the oven for the first time with my mother in the room."]
    assert not any(cells[text] for text in ("Who", "1 Mar 2026", "done afterwards", "–"))


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_without_numbers_has_no_empty_table(name):
    tags = [element.tag for element in Document(fragment(name, shared_of([]), EMPTY)).elements]
    assert (tags.count("svg"), tags.count("table"), tags.count("details")) == (0, 0, 0)


@pytest.mark.parametrize("name", FRAGMENTS)
def test_an_empty_workbook_has_fragments_that_say_so(name):
    html = fragment(name, shared_of([]), EMPTY)
    assert Document(html).problems == []
    assert re.search(r"\byet\b|[Nn]othing|\b[Nn]o\b", html)


@pytest.mark.parametrize(
    ("theme", "figures"),
    [("going_on", ["threads"]), ("mission", ["history-flow", "theme-lanes", "convergence"])],
)
def test_a_theme_has_all_its_figures(theme, figures):
    html = fragment(theme, shared_year("demo_year"), ASOF["demo_year"])
    assert Document(html).problems == []
    assert re.findall(r'<div class="wide"[^>]*><svg[^>]* id="([a-z-]+)"', html) == figures


def test_todays_words_are_the_statement_and_each_run_names_its_session():
    html = fragment("mission_today", shared_year("demo_year"), ASOF["demo_year"])
    runs = re.findall(r'<span class="run tint-(\d+)">([^<]*)</span><sub dir="ltr">([^<]+)</sub>', html)
    assert " ".join(words for _, words, _ in runs).startswith(
        "I get up to keep a fire lit that people can learn beside"
    )
    assert {(session, tint) for tint, _, session in runs} == {
        ("S2", "0"),
        ("S4, again S11", "21"),
        ("S11", "63"),
    }


def test_changes_are_counted_and_marked_for_eyes_and_ears():
    html = fragment("mission_changes", shared_year("demo_year"), ASOF["demo_year"])
    assert "4 stayed, 14 let go, 24 new, 1 of them came back: <bdi" in html
    assert html.index("13 Nov 2025") < html.index("10 Jul 2025") < html.index("13 Feb 2025")
    assert (
        '<del><span class="hidden" lang="en">let go: </span>because somebody has<span class="hidden">;</span></del>'
        in html
    )
    assert '<ins><span class="hidden" lang="en">new: </span>' in html


def test_every_rule_of_the_style_sheet_holds_inside_its_scope_only():
    flat = re.sub(r"/\*.*?\*/", "", summary.style(), flags=re.DOTALL)
    selectors = [part for part in re.findall(r"([^{}]+)\{", flat) if not part.strip().startswith("@")]
    assert selectors
    for selector in selectors:
        # A comma inside :not() or [] separates no selectors, and there is none.
        assert all(one.strip().startswith(".coaching-page") for one in selector.split(","))


def test_the_style_sheet_knows_every_tint_it_is_asked_for():
    html = "".join(fragment("mission_today", shared_year(year), ASOF[year]) for year in ASOF)
    for tint in set(re.findall(r"tint-\d+", html)):
        assert f".coaching-page .{tint}{{" in summary.style()


def test_the_timeline_has_a_fold_for_each_session_with_what_was_told_where():
    html = fragment("timeline", shared_year("demo_year"), ASOF["demo_year"])
    assert html.count('<details class="session">') == 12
    assert "Opening · Yourself · Dreams · Who does what by when · Closing" in html
    assert "I get up to keep a fire lit that people can learn beside" in html  # to be read there, not elsewhere
    assert 'href="#' not in html


def contrast(one, other):
    """WCAG 2.2 contrast ratio of two colours written as #rgb or #rrggbb."""

    def light(colour):
        digits = colour.lstrip("#")
        pairs = [d * 2 for d in digits] if len(digits) == 3 else [digits[i : i + 2] for i in (0, 2, 4)]
        parts = [int(pair, 16) / 255 for pair in pairs]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *((ink, ground) for ink in ("ink", "quiet", "accent") for ground in ("paper", "card")),
        ("new-ink", "new"),
        ("gone-ink", "gone"),
    ],
)
def test_words_stand_out_in_both_schemes(scheme, ink, ground):
    colours = [
        dict(re.findall(r"--([a-z-]+):(#[0-9a-f]+)", block)) for block in summary.style().split("color-scheme:dark")
    ]
    assert contrast(colours[scheme][ink], colours[scheme][ground]) >= 4.5


def test_what_moved_tells_of_an_end_that_has_no_line_of_its_own_and_so_does_the_figure():
    year, name = shared_year("active_pair"), "Someone who says what he hears before he is sure of it."
    period = parse_period("2026Q4")
    html = summary.piece("moved", year, date(2026, 11, 30), period)
    told = " ".join(Document(html).text.split())
    assert f"{name}2 Nov 2026: Reached" in told
    rows = summary.piece("threads", year, date(2026, 11, 30), period).split("<tr>")
    assert any(name in row and "reached" in row for row in rows)
