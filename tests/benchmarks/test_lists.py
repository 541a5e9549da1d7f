"""Bringing lists in, against markdown-it-py alone and one save of the same rows; its memory; pages of many items."""

import itertools
import subprocess
import sys

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.tasklists import tasklists_plugin

from coaching.model.sharing import Audience
from coaching.model.vocabulary import Visibility
from coaching.workbook.home import Home
from tests.benchmarks.lists import TODAY, write_lists

FILES = 2_000
ROUNDS = 5
#: Of the parser alone, besides one save of the same rows.
PARSERS, PAGE = 2.6, 2.5
MOST_MEMORY = 300


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_lists(tmp_path_factory.mktemp("lists") / "notes", FILES)


@pytest.fixture
def books(tmp_path):
    """Yield one new workbook after the other."""
    return (Home(tmp_path / str(n), lambda: TODAY).create("Ana", "Tom Brandt").workbook for n in itertools.count())


def test_ten_thousand_boxes_come_in_as_fast_as_a_parser_reads_them_a_few_times(turns, folder, books):
    first, to_save_in = next(books), next(books)
    first.bringing.bring(first.bringing.proposed(folder))
    entries = [entry for entry in first._ledger.history() if entry.kind in {"item", "item_event"}]
    parser = MarkdownIt("commonmark").enable("table").use(tasklists_plugin)

    def parse():
        for file in folder.iterdir():
            parser.parse(file.read_text(encoding="utf-8"))

    def come_in(book):
        return book.bringing.bring(book.bringing.proposed(folder))

    turns.run(
        come_in, {"parser": parse, "save": lambda: to_save_in._ledger.save(entries)}, ROUNDS, lambda: (next(books),)
    )
    turns.show_time("10,000 boxes in 2,000 files brought in")
    turns.show_time("markdown-it-py alone", "parser")
    turns.show_time("save of the same rows", "save")
    of_parser = turns.ratio("parser")
    allowed = PARSERS + turns.ratio("parser") / turns.ratio("save")
    turns.show("brought in : markdown-it-py alone (with one save allowed)", of_parser, allowed)
    assert of_parser <= allowed


def test_it_takes_so_much_memory_at_most(show, folder, tmp_path):
    command = [sys.executable, "-m", "tests.benchmarks.lists", str(tmp_path / "home"), str(folder)]
    peak = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    show("peak of memory while 10,000 boxes come in", peak, MOST_MEMORY, unit="MB")
    assert peak <= MOST_MEMORY


def test_the_page_of_a_thousand_items_takes_hardly_longer_than_that_of_a_hundred(turns, books, tmp_path):
    few, many = next(books), next(books)
    for book, files in ((few, 20), (many, 200)):
        lists = write_lists(tmp_path / f"lists{files}", files)
        book.bringing.bring(book.bringing.proposed(lists, Visibility.PAIR))
    turns.run(lambda: many.page(Audience.PAIR), {"few": lambda: few.page(Audience.PAIR)}, ROUNDS)
    turns.show_time("summary page of 1,000 items")
    turns.check("summary page of 1,000 items : 100", "few", PAGE)
