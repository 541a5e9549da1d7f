"""The plan as Markdown: what people typed stays literal for whatever reads it."""

import re
from datetime import date
from html.parser import HTMLParser

import mistune
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from coaching.model.sharing import Audience
from coaching.pages import markdown
from coaching.text import visible
from tests.strategies import HOSTILE
from tests.unit.pages.conftest import ASOF, identity, record, shared_of, shared_year

DAY = date(2025, 3, 3)
COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])
EXTENDED = mistune.create_markdown(
    escape=True,
    plugins=["strikethrough", "footnotes", "table", "url", "task_lists", "def_list", "abbr", "mark", "insert",
             "superscript", "subscript", "math", "spoiler"],
)  # fmt: skip
READERS = {"commonmark": COMMONMARK.render, "extended": EXTENDED}
TEMPTING = [
    "# heading", "- list", "+ list", "* list", "1. list", "12) list", "> quote", "    code", "\tcode",
    "```\ncode\n```", "~~~\ncode", "***", "---", "___", "title\n===", "title\n---", "*a* _b_ **c** __d__", "`code`",
    "[a](http://x.invalid)", "![a](x)", "<b>bold</b>", "<!-- hidden -->", "<http://x.invalid>", "http://x.invalid",
    "www.x.invalid", "WWW.x.invalid", "me@x.invalid", "&lt;", "&amp; &copy; &#42;", "\\*", "a\\",
    "| a | b |\n|---|---|\n| 1 | 2 |", "~~gone~~", "[^1]: note", "[ref]: http://x.invalid", "[ ] task", "[x] task",
    "a  \nb", "a\n\nb", "$x^2$", "$$\nx\n$$", "H~2~O ==mark== ^^in^^", ":smile: ::x", "term\n: definition",
    "*[HTML]: abbr", ">! spoiler !<", "{{7*7}} {% x %}", "{#id .class}", "%% hidden %%", "[[link]] ![[embed]] #tag",
    "mailto:me@x.invalid", "javascript:alert(1)", "-1 degrees", "+49 30", "3.", "9:30",
]  # fmt: skip


class Read(HTMLParser):
    """The elements of what a Markdown reader made, and their text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, *attrs))
        self.text += "\n" if tag == "br" else ""

    def handle_data(self, data):
        self.text += data


def words_of(text):
    return " ".join(text.split())


def plan(*records, audience=Audience.PAIR, asof=DAY):
    return markdown.plan(shared_of(records, audience), asof=asof)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("typed", [*TEMPTING, *HOSTILE])
def test_words_are_shown_as_they_were_typed(reader, typed):
    read = Read(READERS[reader](markdown.literal(typed)))
    assert {element[0] for element in read.elements} <= {"p", "br"}
    assert words_of(read.text) == words_of(visible(typed))


@given(st.text(alphabet="ab1 \n\t\\`*_[](){}<>&|~$^#@%=+-:.!w/\"'", max_size=24))
def test_no_run_of_signs_is_read_as_anything_but_words(typed):
    read = Read(COMMONMARK.render(markdown.literal(typed)))
    assert {element[0] for element in read.elements} <= {"p", "br"}
    assert words_of(read.text) == words_of(typed)


def test_lines_stay_lines_of_one_paragraph():
    read = Read(COMMONMARK.render("- " + markdown.literal("one\r\n  two\n\n- three")))
    assert [element[0] for element in read.elements] == ["ul", "li", "br", "br", "br"]


def everywhere(words):
    about = {"held_on": DAY}
    return [
        record("person", "she", side="coachee", name=f"Maya {words}", pronouns=words, text=words),
        record("person", "he", author="coach", side="coach", name=f"Ana {words}", text=words),
        record("strength", "1", text=words, **about),
        record("supporter", "1", name=f"Leo {words}", text=words, **about),
        record("note", "1", segment="yourself", topic="goal", text=words, **about),
        record("progress", "2", about=identity("note", "1"), text=words, **about),
        record("note", "2", segment="yourself", topic="failure", text=words, **about),
        record("note", "3", segment="closing", topic="takeaway", text=words, **about),
        record("agreement", "1", text=words, **about),
        record("mission", "1", text=f"Keep the fire. {words}", confirmed=True, **about),
        record("dream", "1", title=words, text=words, **about),
        record("progress", "1", about=identity("dream", "1"), text=words, **about),
        record("becoming", "1", text=f"Somebody {words}", **about),
        record("item", "1", what=words, owner="coachee", by=DAY, if_then=words, obstacle=words,
               levels=(words,) * 5, **about),
        record("item", "2", what=words, owner="coach", by=DAY, person=identity("person", "he"), **about),
        record("item_event", "2", item=identity("item", "2"), event="done", text=words, **about),
        record("item", "3", what=words, owner="coachee", by=DAY, experiment=True, **about),
        record("item_event", "3", item=identity("item", "3"), event="showed", text=words, **about),
        record("handover", "1", reason=words, **about),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["\n".join([*TEMPTING, *HOSTILE]), *TEMPTING[::8]])
def test_no_words_change_what_the_plan_is_made_of(typed):
    elements = Read(COMMONMARK.render(plan(*everywhere(typed)))).elements
    plain = Read(COMMONMARK.render(plan(*everywhere("harmless")))).elements
    assert [one for one in elements if one[0] != "br"] == plain


def test_a_plan_says_who_does_what_by_when():
    about = {"held_on": DAY, "owner": "coachee", "by": date(2025, 4, 1)}
    text = plan(
        record("person", "she", side="coachee", name="Maya"),
        record("item", "1", what="Call the school", obstacle="No time", **about),
        record("item", "2", what="Sew the sail", **about),
        record("item", "3", what="Buy a boat", **about),
        record("item_event", "2", item=identity("item", "2"), event="done", held_on=DAY),
        record("item_event", "3", item=identity("item", "3"), event="let_go", held_on=DAY),
    )
    assert "# Maya’s personal development plan\n\nAs known on 3 March 2025.\n" in text
    assert "- [ ] Maya: Call the school – by 1 Apr 2025, open\n  - in the way: No time\n" in text
    assert "- [x] Maya: Sew the sail – by 1 Apr 2025, kept\n" in text
    assert "- Maya: Buy a boat – by 1 Apr 2025, let go\n" in text


def test_what_there_is_nothing_of_has_no_heading():
    assert plan() == "# A personal development plan\n\nAs known on 3 March 2025.\n\nNothing is here to read yet.\n"


@pytest.mark.parametrize("audience", list(Audience))
def test_only_the_holders_copy_says_that_it_may_hold_private_words(audience):
    text = plan(record("dream", "1", author="coach", title="A boat", visibility="private"), audience=audience)
    assert ("do not pass it on" in text) is ("(only in this copy)" in text) is (audience is Audience.HOLDER)


@pytest.mark.parametrize("year", ASOF)
def test_the_invented_years_read_well_without_a_reader(year):
    text = markdown.plan(shared_year(year), asof=ASOF[year])
    assert text == markdown.plan(shared_year(year), asof=ASOF[year])
    assert "\n\n\n" not in text
    assert not [line for line in text.splitlines() if line.startswith("   ")]
    assert not re.search(r" $", text, re.MULTILINE)
    headings = re.findall(r"^#+ .*", text, re.MULTILINE)
    assert all(f"\n\n{heading}\n\n" in f"\n\n{text}" for heading in headings)
