"""The page in a real Chromium: its policy holds and is not broken, it asks for nothing, it fits a phone."""

from datetime import date

import pytest

from coaching import pages as summary
from tests.unit.pages.conftest import page_of, plan_of, record, shared_of

PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("year", ["demo_year", "edge_year"])
def test_it_breaks_no_policy_and_asks_for_nothing(opened, year, scheme):
    page = opened(page_of(year), color_scheme=scheme)
    assert page.complaints == []
    assert len(page.asked) == 1


def test_its_style_sheet_is_accepted(opened):
    page = opened(page_of("demo_year"))
    assert page.locator(".statement").first.evaluate("e => getComputedStyle(e).fontSize") != "16px"


def test_another_style_sheet_is_refused(opened):
    page = opened(page_of("demo_year").replace("</head>", "<style>body{background:red}</style></head>"))
    assert any("Content Security Policy" in complaint for complaint in page.complaints)


@pytest.mark.parametrize("year", ["demo_year", "edge_year"])
def test_nothing_is_wider_than_a_phone(opened, year):
    page = opened(page_of(year), viewport=PHONE)
    page.evaluate("document.querySelectorAll('details').forEach(found => { found.open = true })")
    too_wide = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(found =>
            !found.closest('.scroll *') && found.getBoundingClientRect().right > innerWidth + 0.5)
            .map(found => found.outerHTML.slice(0, 80))"""
    )
    assert too_wide == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_it_follows_the_dark_scheme(opened):
    grounds = {
        scheme: opened(page_of("demo_year"), color_scheme=scheme)
        .locator("main")
        .evaluate("e => getComputedStyle(e).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert grounds == {"light": "rgb(255, 255, 255)", "dark": "rgb(21, 25, 29)"}


def heading_runs_rightwards(page):
    """Whether the words after the name in a heading run from left to right."""
    return page.evaluate(
        """() => { const text = document.querySelector('#becoming').lastChild, range = document.createRange();
        const left = place => { range.setStart(text, place); range.setEnd(text, place + 1);
            return range.getBoundingClientRect().left; };
        return left(text.length - 8) < left(text.length - 1); }"""
    )


def test_a_name_that_turns_does_not_turn_what_stands_after_it(opened):
    name = record("person", "she", side="coachee", name="\u202eadA")
    baker = record("becoming", "1", held_on=date(2025, 3, 3), text="Somebody who bakes")
    html = summary.plan_page(shared_of([name, baker]), asof=date(2025, 3, 3))
    assert heading_runs_rightwards(opened(html))
    assert not heading_runs_rightwards(
        opened(html.replace("<bdi", "<span").replace("</bdi>", "</span>").replace(" bdi{", " x{"))
    )


def test_printing_a_plan_opens_what_became_of_each_promise(opened):
    page = opened(plan_of("demo_year"))
    page.emulate_media(media="print")
    event = page.locator(".events li").first
    assert event.evaluate(
        "e => e.checkVisibility({contentVisibilityAuto: true}) && e.getBoundingClientRect().height > 0"
    )
