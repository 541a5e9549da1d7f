"""A file or a folder of lists: which are read, and what is said of those that cannot be."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.errors import InterchangeError
from coaching.formats.task_lists.reader import is_list, read_lists
from tests.unit.formats.task_lists.listing import PARTIES, day


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "- [ ] Book"),
        ("a.MARKDOWN", "- [ ] Book"),
        ("a.txt", "[ ] Book"),
        ("a.org", "* TODO Book"),
        ("a.csv", "what\nBook"),
        ("a.tsv", "what\tby\nBook\t"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_ending_of_a_name_says_the_form(tmp_path, name, text, encoding):
    path = tmp_path / name
    path.write_text(text, encoding=encoding)
    assert is_list(path)
    assert [(task.what, task.place.file) for task in read_lists(path, PARTIES).tasks] == [("Book", name)]


def test_of_a_folder_all_lists_are_read_and_what_is_hidden_is_not(tmp_path):
    for name in ("2026-03-04/b.md", "a.md", ".obsidian/c.md", ".d.md", "e.json", "f/g.org"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"* TODO {name}")
    found = read_lists(tmp_path, PARTIES)
    assert is_list(tmp_path)
    assert [(str(task.place), task.seen_on) for task in found.tasks] == [
        ("a.md:1", None), ("2026-03-04/b.md:1", day("2026-03-04")), ("f/g.org:1", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.png", b"{}", "its name ends in none of .md, .markdown, .txt, .org, .csv, .tsv"),
        ("gone.md", None, "there is no such file"),
        ("a.csv", b"what\nF\x81lligkeit",
         "line 2 is not UTF-8 text; save it as UTF-8 (a spreadsheet calls that 'CSV UTF-8')"),
        ("b.csv", b'what,by\n"Book,2026-03-11\nRead,', "line 2 opens a quotation mark that nothing closes"),
        ("b.json", b"{}",
         "it is JSON: if another tool wrote it, export the list there as CSV or Markdown and bring that in"),
        ("b.html", b"", "it is a web page: export the list as Markdown or CSV, and bring that in"),
        ("a.md", b"a" * 2_000_001, "it is larger than 2 MB"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(tmp_path, name, content, why):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InterchangeError) as refused:
        read_lists(tmp_path / name, PARTIES)
    assert str(refused.value).startswith(f"{name} cannot be read: {why}. ")


def test_in_a_folder_such_a_file_is_named_and_the_others_are_read(tmp_path):
    (tmp_path / "a.md").write_bytes(b"- [ ] \xe4")
    (tmp_path / "b.md").write_text("- [ ] Book")
    found = read_lists(tmp_path, PARTIES)
    assert [task.what for task in found.tasks] == ["Book"]
    assert [(str(remark.place), remark.said[:34]) for remark in found.remarks] == [
        ("a.md", "not read: line 1 is not UTF-8 text")
    ]


@given(content=st.binary() | st.text().map(str.encode), ending=st.sampled_from([".md", ".org", ".csv"]))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content, ending):
    path = tmp_path_factory.getbasetemp() / f"any{ending}"
    path.write_bytes(content)
    with suppress(InterchangeError):
        assert read_lists(path, PARTIES) == read_lists(path, PARTIES)
