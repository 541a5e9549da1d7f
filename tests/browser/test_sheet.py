"""The sheet on paper: one page of A4 whatever the workbook holds, with every line whole and room to write."""

import io
from datetime import date
from itertools import pairwise

import pytest
from pypdf import PdfReader

from coaching.i18n import LANGUAGES, speaking
from coaching.pages import sheet_page
from tests.unit.pages.conftest import ASOF, QUESTIONS, identity, record, shared_of, shared_year

DAY = date(2025, 4, 7)
LONG = "Donaudampfschifffahrtsgesellschaft" * 4
PEOPLE = [
    record("person", "ada", side="coachee", name=f"{LONG} Lovelace"),
    record("person", "bo", author="coach", side="coach", name="مُحَمَّد بن عبد الله"),
    record("session", "1", held_on=DAY, number=1, author="coach"),
]
#: Between the margins of the page, in pixels of the screen.
A4 = {"width": 673, "height": 1016}
# What is cut off: boxes that hold more than they show, but for lines of writing, and words that end in an ellipsis.
CUT_OFF = """() => [...document.querySelectorAll('.paper, header, .table, .talk, .talk section, .columns, aside')]
  .filter((e) => e.scrollHeight > e.clientHeight + 1).map((e) => e.outerHTML.slice(0, 120))"""
RULED = """() => [...document.querySelectorAll('.talk section')].map((e) => {
  const room = e.querySelector('.ruled'), line = room.firstElementChild.offsetHeight;
  return Math.floor(room.clientHeight / line);
})"""


def within(kind, number, **fields):
    common = {"held_on": DAY, "session": identity("session", "1"), "author": "coachee"}
    return record(kind, str(number), **common | fields)


def hostile(words):
    """A workbook in which there is too much of everything, all of it long."""
    return [
        *PEOPLE,
        within("mission", 1, text=words * 90, confirmed=True),
        *(within("item", n, what=words * 9, owner=("coach", "coachee")[n % 2], by=DAY) for n in range(440)),
        *(within("dream", n, title=words * 9, author=("coach", "coachee")[n % 2]) for n in range(30)),
        *(within("becoming", n, text=words * 9) for n in range(30)),
    ]


WORKBOOKS = {
    "empty": lambda: shared_of([]),
    "first session": lambda: shared_of(PEOPLE),
    "demo year": lambda: shared_year("demo_year"),
    "edge year": lambda: shared_year("edge_year"),
    "hostile": lambda: shared_of(hostile("Write to everybody about the berth. ")),
    "hostile, without spaces": lambda: shared_of(hostile(LONG)),
    "hostile, wide letters": lambda: shared_of(hostile("漢字と仮名の長い文章をここに書く。")),
    "hostile, many lines": lambda: shared_of(hostile("a\nb\nc\n")),
}


@pytest.fixture
def printed(opened):
    """Open the sheet of a workbook as it is printed."""

    def open_(workbook, language="en"):
        with speaking(language):
            shared = WORKBOOKS[workbook]()
            html = sheet_page(shared, day=ASOF.get(workbook.replace(" ", "_"), DAY), questions=QUESTIONS)
        page = opened(html, viewport=A4)
        page.emulate_media(media="print")
        return page

    return open_


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("workbook", WORKBOOKS)
def test_it_is_one_page_of_a4_with_nothing_cut_off(printed, workbook, language):
    page = printed(workbook, language)
    (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (595, 842)
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= A4["width"]


@pytest.mark.parametrize("workbook", WORKBOOKS)
def test_each_part_has_lines_to_write_on_and_a_longer_part_no_fewer(printed, workbook):
    opening, yourself, dreams, promises, closing = printed(workbook).evaluate(RULED)
    assert min(opening, yourself, dreams, promises, closing) > 0
    assert all(one <= other for one, other in pairwise([opening, yourself, dreams]))
    assert promises >= closing == opening


def test_the_names_of_what_is_open_are_all_in_sight(printed):
    page = printed("hostile")
    assert page.locator("aside h2").count() == 4
    assert page.locator("aside section > p").all_inner_texts()[0].startswith("and ")
    foot = page.locator("aside").bounding_box()
    last = page.locator("aside section").last.bounding_box()
    assert last["y"] + last["height"] <= foot["y"] + foot["height"]
