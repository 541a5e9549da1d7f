"""Workbooks to summarise, and a page as a reader's program sees it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from html.parser import HTMLParser

import pytest

from coaching.metrics.periods import ALL_TIME
from coaching.model.frames import frames
from coaching.model.ids import derived_id
from coaching.model.prompts import prompt_of
from coaching.model.schema import to_table
from coaching.model.sharing import Audience, holdings, share
from coaching.model.validation import parse
from coaching.model.vocabulary import Segment, Side
from coaching.pages import plan_page, sheet_page, summary_page
from tests.invented_year import read_year

SAVED = datetime(2026, 1, 12, tzinfo=UTC)
#: The last day that each invented year knows of.
ASOF = {"demo_year": date(2026, 1, 12), "edge_year": date(2024, 12, 31)}
#: A question for each part of a sheet.
QUESTIONS = {segment: prompt_of(segment, 7) for segment in Segment}
VOID = {"meta", "link", "br", "hr", "img", "input", "wbr", "area", "base", "col", "embed", "source", "track"}


def shared_of(records, audience=Audience.PAIR, holder=Side.COACH):
    """What an audience may read of a holder's copy of plain records."""
    entries = [parse({"rev": 1, "saved_at": SAVED} | record) for record in records]
    return share(holdings(frames(to_table(entries)), holder), audience)


def record(kind, *names, **fields):
    """One plain record; entries of a kind with the same names are the same."""
    common = {"kind": kind, "id": derived_id(None, kind, *names), "author": "coachee", "visibility": "pair"}
    return common | fields


def identity(kind, *names):
    return derived_id(None, kind, *names)


@cache
def shared_year(year, audience=Audience.PAIR, holder=Side.COACH):
    return shared_of(read_year(year, holder).records, audience, holder)


@cache
def page_of(year, audience=Audience.PAIR, holder=Side.COACH, period=ALL_TIME):
    return summary_page(shared_year(year, audience, holder), asof=ASOF[year], period=period)


@cache
def plan_of(year, audience=Audience.PAIR, holder=Side.COACH):
    return plan_page(shared_year(year, audience, holder), asof=ASOF[year])


@cache
def sheet_of(year, audience=Audience.PAIR, holder=Side.COACH):
    return sheet_page(shared_year(year, audience, holder), day=ASOF[year], questions=QUESTIONS)


@dataclass
class Element:
    tag: str
    attributes: dict


@dataclass
class Document(HTMLParser):
    """Elements and text of a page; `problems` says what is not well formed, `placed` each text in what it stands."""

    html: str
    elements: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    placed: list = field(default_factory=list)
    _open: list = field(default_factory=list)
    _texts: list = field(default_factory=list)
    _headings: list = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self.feed(self.html)
        self.close()
        self.problems += [f"<{element.tag}> is never closed" for element in self._open]

    def handle_starttag(self, tag, attrs):
        self._note(tag, attrs)
        if tag not in VOID:
            self._open.append(self.elements[-1])
            if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
                self._headings.append((int(tag[1]), []))

    def handle_startendtag(self, tag, attrs):
        self._note(tag, attrs)

    def handle_endtag(self, tag):
        if not self._open or self._open[-1].tag != tag:
            self.problems.append(f"</{tag}> closes {self._open[-1:]}")
        else:
            self._open.pop()

    def handle_data(self, data):
        tags = [element.tag for element in self._open]
        if "svg" not in tags and "style" not in tags:
            self._texts.append(data)
            self.placed.append((data, tuple(self._open)))
        if self._headings and f"h{self._headings[-1][0]}" in tags:
            self._headings[-1][1].append(data)

    def _note(self, tag, attrs):
        names = [name for name, _ in attrs]
        self.problems += [f"<{tag}> has {name} twice" for name, count in Counter(names).items() if count > 1]
        self.elements.append(Element(tag, dict(attrs)))

    @property
    def text(self):
        """All words outside of figures and the style sheet."""
        return "".join(self._texts)

    @property
    def headings(self):
        return [(level, "".join(words)) for level, words in self._headings]

    def having(self, name):
        return [element.attributes[name] for element in self.elements if name in element.attributes]


@pytest.fixture(scope="session")
def demo_page():
    return page_of("demo_year")


@pytest.fixture(scope="session")
def demo_plan():
    return plan_of("demo_year")


@pytest.fixture(scope="session")
def edge_page():
    return page_of("edge_year")
