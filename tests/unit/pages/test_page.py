"""The pages of both invented years: what they show, what they never show, and that they need nothing else."""

import base64
import hashlib
import os
import re
import subprocess
import sys
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from coaching.metrics.periods import ALL_TIME
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side
from coaching.pages import plan_page, sheet_page, summary_page
from coaching.text import visible
from tests.invented_year import load
from tests.unit.pages.conftest import ASOF, QUESTIONS, Document, page_of, plan_of, shared_of, shared_year, sheet_of

GOLDEN = Path(__file__).parents[2] / "golden"
PAGES = {"summary": page_of, "plan": plan_of, "sheet": sheet_of}
YEARS = list(ASOF)
NAME = "Marisol Quispe Huanca"
# What people wrote, field by field; all of it that is shared must stand on the page.
WORDS = ("text", "title", "what", "if_then", "obstacle", "why_changed", "name", "pronouns", "as_typed", "levels")


def empty_page():
    return summary_page(shared_of([]), asof=ASOF["demo_year"], period=ALL_TIME)


def empty_plan():
    return plan_page(shared_of([]), asof=ASOF["demo_year"])


def empty_sheet():
    return sheet_page(shared_of([]), day=ASOF["demo_year"], questions=QUESTIONS)


#: Every page that the two years can give, and those of an empty workbook.
EVERY_PAGE = {"summary-empty": empty_page, "plan-empty": empty_plan, "sheet-empty": empty_sheet} | {
    f"{name}-{year}-{audience}-{holder}": partial(made, year, audience, holder)
    for name, made in PAGES.items()
    for year in YEARS
    for audience in (Audience.PAIR, Audience.HOLDER)
    for holder in Side
    if (name, audience) != ("sheet", Audience.HOLDER)  # it lies between the two
}
#: The others differ from these in whose words stand on them.
EVERY_DAY = {name for name in EVERY_PAGE if "holder" not in name and "coachee" not in name}


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=[] if name in EVERY_DAY else [pytest.mark.thorough]) for name in EVERY_PAGE],
)
def html(request):
    """Each page in turn, made once."""
    return EVERY_PAGE[request.param]()


@pytest.fixture(scope="module")
def document(html):
    """The page, as a reader's program sees it."""
    return Document(html)


def reviewable(html):
    """The page without the strokes of its figures, whose labels stay: how they are drawn is the charts' own matter."""
    return re.sub(r"<svg.*?</svg>", lambda svg: "\n".join(re.findall(r">([^<>]+)<", svg[0])), html, flags=re.DOTALL)


@pytest.mark.everyday
@pytest.mark.parametrize("name", PAGES)
def test_the_demo_year_looks_as_reviewed(name):
    """Open the golden page in a browser to review it; COACHING_UPDATE_GOLDEN=1 writes it anew."""
    html, golden = PAGES[name]("demo_year"), GOLDEN / f"demo_year_{name}.html"
    if os.environ.get("COACHING_UPDATE_GOLDEN"):
        golden.write_text(html, encoding="utf-8")
    assert reviewable(html) == reviewable(golden.read_text(encoding="utf-8"))


def test_a_page_is_well_formed(html, document):
    assert document.problems == []
    assert html.startswith("<!doctype html>\n")
    identities = document.having("id")
    assert sorted(identities) == sorted(set(identities))


def test_what_a_page_points_to_is_in_it(document):
    identities = set(document.having("id"))
    links = [*document.having("href"), *document.having("xlink:href")]
    assert all(link.startswith("#") and link[1:] in identities for link in links)
    named = [name for names in document.having("aria-labelledby") for name in names.split()]
    assert set(named) <= identities


def test_a_page_asks_for_nothing_and_runs_nothing(html, document):
    assert not {element.tag for element in document.elements} & {
        "script",
        "img",
        "link",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "image",
        "foreignobject",
    }
    attributes = {name for element in document.elements for name in element.attributes}
    assert not attributes & {"src", "srcset", "style", "action", "ping", "background"}
    assert not [name for name in attributes if name.startswith("on")]
    sheet = html[html.index("<style>") : html.index("</style>")]
    assert not re.search(r"@import|url\(|https?:", sheet)


def test_the_content_policy_allows_the_one_style_sheet_and_nothing_else(html, document):
    sheet = re.search(r"<style>(.*)</style>", html, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    metas = {e.attributes.get("http-equiv", e.attributes.get("name")): e for e in document.elements if e.tag == "meta"}
    assert metas["Content-Security-Policy"].attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert metas["referrer"].attributes["content"] == "no-referrer"
    assert metas["robots"].attributes["content"] == "noindex"


def test_headings_stand_in_order(document):
    levels = [level for level, _ in document.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_the_sections_of_the_demo_year(demo_page):
    assert [words for level, words in Document(demo_page).headings if level < 3] == [
        NAME,
        "On the way to become",
        "What moved",
        "In a few words",
        "Open now",
        "What goes on",
        "The mission statement",
        "Who does what by when",
        "The conversations",
    ]


def test_the_sections_of_the_plan_of_the_demo_year(demo_plan):
    assert [words for level, words in Document(demo_plan).headings if level < 3] == [
        NAME,
        "Mission statement",
        "What brings joy",
        "Dreams",
        "Goals and plans",
        "Who Marisol wants to become",
        "What failures taught",
        "Who does what by when",
        "Who supports it, and what they promised",
        "How it went, in Marisol’s words",
        "What is still open",
        "The agreement",
        "The hand-over",
    ]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("holder", list(Side))
def test_every_shared_text_stands_on_one_of_the_pages_as_written(year, holder):
    shared = shared_year(year, Audience.PAIR, holder)
    text = "".join(Document(made(year, Audience.PAIR, holder)).text for made in PAGES.values())
    # Themes are the matter of a figure.
    for found in (found for found in shared.records() if found["kind"] != "theme"):
        for field in WORDS:
            words = found.get(field) or ""
            for written in words if isinstance(words, tuple) else (words,):
                assert visible((written or "").strip()) in text, f"{found['kind']} {found.get('label')} {field}"


@pytest.mark.draw(9)
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("audience", "holder", "canaries"),
    [
        (Audience.PAIR, Side.COACH, "coach_view"),
        (Audience.HOLDER, Side.COACH, "coach_view"),
        (Audience.PAIR, Side.COACHEE, "coach_view"),
        (Audience.PAIR, Side.COACHEE, "person_bundle"),
        (Audience.HOLDER, Side.COACHEE, "person_bundle"),
        (Audience.OPEN, Side.COACH, "org_view"),
        (Audience.OPEN, Side.COACHEE, "org_view"),
        (Audience.PAIR, Side.COACH, "any_rendering"),
        (Audience.HOLDER, Side.COACHEE, "any_rendering"),
    ],
)
def test_what_must_not_appear_does_not(year, audience, holder, canaries):
    html = page_of(year, audience, holder) + plan_of(year, audience, holder)
    html += sheet_of(year, audience, holder) if audience is Audience.PAIR else ""
    for canary in load(year)["must_not_appear"].get(canaries, []):
        assert canary not in html
        assert canary not in Document(html).text


@pytest.mark.parametrize("audience", [Audience.PAIR, Audience.HOLDER])
def test_what_must_stay_literal_text_does(audience):
    text = Document(page_of("edge_year", audience)).text + Document(plan_of("edge_year", audience)).text
    for literal in load("edge_year")["must_stay_literal_text"]:
        assert literal in text


@pytest.mark.parametrize("made", PAGES.values(), ids=PAGES)
def test_a_hostile_year_has_no_element_that_an_invented_one_has_not(made):
    def kinds(html):
        return {(e.tag, name) for e in Document(html).elements for name in (None, *e.attributes)}

    hostile = kinds(made("edge_year")) - kinds(made("demo_year"))
    assert {tag for tag, _ in hostile} <= {"rect", "path", "g", "use", "text", "clippath", "defs", "details", "summary"}


@pytest.mark.thorough
def test_same_data_same_bytes_in_another_process():
    program = (
        "import sys; from tests.unit.pages.conftest import page_of, plan_of;"
        "sys.stdout.buffer.write(page_of('demo_year').encode() + plan_of('edge_year').encode())"
    )
    seeds = ("1", "2")
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join(sys.path),
                "LC_ALL": "C",
                "TZ": zone,
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in zip(seeds, ("UTC", "Asia/Kathmandu"), strict=True)
    }
    assert found == {(page_of("demo_year") + plan_of("edge_year")).encode()}


@pytest.mark.parametrize("made", PAGES.values(), ids=PAGES)
def test_the_demo_year_is_a_small_file(made):
    assert len(made("demo_year").encode()) < 500_000


def test_a_page_says_nothing_of_its_making(html):
    assert not re.search(
        r"matplotlib|jinja|pandas|python|generator|/root/|/work/|/tmp/|Europe/|Asia/|\bUTC\b", html, re.IGNORECASE
    )


@pytest.mark.parametrize("made", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("year", YEARS)
def test_nothing_below_ten_is_a_percentage(made, year):
    # What a band around a curve holds is no share of what was counted.
    assert "%" not in Document(made(year)).text.replace("%s %d", "").replace("with an 80 % band", "")


def test_words_of_people_say_in_which_language_they_are(edge_page):
    elements = Document(edge_page).elements
    assert elements[0].attributes == {"lang": "en", "dir": "ltr"}
    languages = {e.attributes.get("lang") for e in elements if "words" in e.attributes.get("class", "").split()}
    assert "ar" in languages
    ours = [e for e in elements if e.tag == "summary" and "lang" in e.attributes]
    assert {e.attributes["lang"] for e in ours} == {"en"}, "a line of ours within words in Arabic"
