"""The page of both invented years: what it shows, what it never shows, and that it needs nothing else."""

import base64
import hashlib
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from coaching.metrics.periods import ALL_TIME
from coaching.sharing import Audience
from coaching.summary import page
from coaching.summary.text import visible
from coaching.vocabulary import Side
from tests.unit.summary.conftest import ASOF, Document, page_of, shared_of, shared_year, told

GOLDEN = Path(__file__).parents[2] / "golden" / "demo_year_pair.html"
YEARS = list(ASOF)
# What people wrote, field by field; all of it that is shared must stand on the page.
WORDS = ("text", "title", "what", "if_then", "obstacle", "why_changed", "name", "pronouns", "as_typed", "levels")


def pages():
    """Every page that the two years can give."""
    return [
        pytest.param(page_of(year, audience, holder), id=f"{year}-{audience}-{holder}")
        for year in YEARS
        for audience, holder in [*((Audience.PAIR, side) for side in Side), *((Audience.HOLDER, side) for side in Side)]
    ] + [pytest.param(page(shared_of([]), asof=ASOF["demo_year"], period=ALL_TIME), id="empty")]


def reviewable(html):
    """The page without the strokes of its figures, whose labels stay: how they are drawn is the charts' own matter."""
    return re.sub(r"<svg.*?</svg>", lambda svg: "\n".join(re.findall(r">([^<>]+)<", svg[0])), html, flags=re.DOTALL)


def test_the_demo_year_looks_as_reviewed(demo_page):
    """Open the golden page in a browser to review it; COACHING_UPDATE_GOLDEN=1 writes it anew."""
    if os.environ.get("COACHING_UPDATE_GOLDEN"):
        GOLDEN.write_text(demo_page, encoding="utf-8")
    assert reviewable(demo_page) == reviewable(GOLDEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("html", pages())
def test_a_page_is_well_formed(html):
    document = Document(html)
    assert document.problems == []
    assert html.startswith("<!doctype html>\n")
    identities = document.having("id")
    assert sorted(identities) == sorted(set(identities))


@pytest.mark.parametrize("html", pages())
def test_what_a_page_points_to_is_in_it(html):
    document = Document(html)
    identities = set(document.having("id"))
    links = [*document.having("href"), *document.having("xlink:href")]
    assert all(link.startswith("#") and link[1:] in identities for link in links)
    named = [name for names in document.having("aria-labelledby") for name in names.split()]
    assert set(named) <= identities


@pytest.mark.parametrize("html", pages())
def test_a_page_asks_for_nothing_and_runs_nothing(html):
    document = Document(html)
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


@pytest.mark.parametrize("html", pages())
def test_the_content_policy_allows_the_one_style_sheet_and_nothing_else(html):
    sheet = re.search(r"<style>(.*)</style>", html, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    metas = {
        e.attributes.get("http-equiv", e.attributes.get("name")): e for e in Document(html).elements if e.tag == "meta"
    }
    assert metas["Content-Security-Policy"].attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert metas["referrer"].attributes["content"] == "no-referrer"
    assert metas["robots"].attributes["content"] == "noindex"


@pytest.mark.parametrize("html", pages())
def test_headings_stand_in_order(html):
    levels = [level for level, _ in Document(html).headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_the_sections_of_the_demo_year(demo_page):
    name = "Marisol Quispe Huanca"
    assert [words for level, words in Document(demo_page).headings if level < 3] == [
        f"{name}’s coaching summary",
        "The mission statement",
        "What changed, version by version",
        "Who does what by when",
        "Dreams",
        f"Who {name} wants to become",
        "The conversations",
        "The agreement",
        "The hand-over",
    ]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("holder", list(Side))
def test_every_shared_text_stands_on_the_page_as_written(year, holder):
    shared = shared_year(year, Audience.PAIR, holder)
    text = Document(page(shared, asof=ASOF[year], period=ALL_TIME)).text
    for found in shared.records():
        for field in WORDS:
            words = found.get(field) or ""
            for written in words if isinstance(words, tuple) else (words,):
                assert visible((written or "").strip()) in text, f"{found['kind']} {found.get('label')} {field}"


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
    html = page_of(year, audience, holder)
    for canary in told(year)["must_not_appear"].get(canaries, []):
        assert canary not in html
        assert canary not in Document(html).text


@pytest.mark.parametrize("audience", [Audience.PAIR, Audience.HOLDER])
def test_what_must_stay_literal_text_does(audience):
    text = Document(page_of("edge_year", audience)).text
    for literal in told("edge_year")["must_stay_literal_text"]:
        assert literal in text


def test_a_hostile_year_has_no_element_that_an_invented_one_has_not(demo_page, edge_page):
    def kinds(html):
        return {(e.tag, name) for e in Document(html).elements for name in (None, *e.attributes)}

    hostile = kinds(edge_page) - kinds(demo_page)
    assert {tag for tag, _ in hostile} <= {"rect", "path", "g", "use", "text", "clippath", "defs"}


def test_same_data_same_bytes_in_another_process():
    program = (
        "import sys; from tests.unit.summary.conftest import page_of;"
        "sys.stdout.buffer.write(page_of('demo_year').encode() + page_of('edge_year').encode())"
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
    assert found == {(page_of("demo_year") + page_of("edge_year")).encode()}


def test_the_demo_year_is_a_small_file(demo_page):
    assert len(demo_page.encode()) < 500_000


def test_a_page_says_nothing_of_its_making(demo_page):
    assert not re.search(
        r"matplotlib|jinja|pandas|python|generator|/home/|/root/|/work/|/tmp/", demo_page, re.IGNORECASE
    )


def test_nothing_below_ten_is_a_percentage(demo_page, edge_page):
    for html in (demo_page, edge_page):
        assert "%" not in Document(html).text.replace("%s %d", "")
