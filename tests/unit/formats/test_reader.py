"""What a file is, is told by what stands in it; what cannot be read is said in one sentence."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.errors import InterchangeError
from coaching.formats import read
from coaching.formats.problems import shown

FORM = {
    "format": "coaching-workbook/1",
    "workbook": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "holder": "coach",
    "audience": "holder",
    "entries": [],
}
TOO_MUCH = (
    "its JSON is too deep or its numbers are too long. Choose a .json or .zip file that the workbook has exported."
)
NOT_A_WORKBOOK = "it is JSON, but not a workbook. Choose a .json or .zip file that the workbook has exported."
UPDATE = "Update the program, or export the file again in that version."
MEND = "Mend it in the file, or export the file again."


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_format_is_recognised_by_content_whatever_the_name(tmp_path, mark):
    path = tmp_path / "anything.txt"
    path.write_bytes(mark + json.dumps(FORM | {"entries": [{"kind": "note"}]}).encode())
    assert read(path, "coach").records == ({"kind": "note"},)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "it is not JSON at line 1, column 1. Mend that line, or export the file again."),
        (b'{\n "a": CANARY}', "it is not JSON at line 2, column 7. Mend that line, or export the file again."),
        (b"{} CANARY", "it is not JSON at line 1, column 4. Mend that line, or export the file again."),
        (b'{"a": "\xff\xfe"}', "it is not UTF-8 text. Save it as UTF-8, or export it again."),
        ("{}".encode("utf-16"), "it is not UTF-8 text. Save it as UTF-8, or export it again."),
        (b'{"a": 1, "a": 2}', f"the key 'a' stands twice in one object. {MEND}"),
        (b'{"a": NaN}', f"NaN is not a JSON value. {MEND}"),
        (b"[]", NOT_A_WORKBOOK),
        (b'"CANARY"', NOT_A_WORKBOOK),
        (b"{}", NOT_A_WORKBOOK),
        (b'{"format": ["CANARY"]}', NOT_A_WORKBOOK),
        (b'{"format": "CANARY"}', NOT_A_WORKBOOK),
        (b'{"format": "CANARY/1"}', NOT_A_WORKBOOK),
        (b'{"schema": "coaching-workbook/1"}', NOT_A_WORKBOOK),
        (b'{"format": "coaching-workbook"}', NOT_A_WORKBOOK),
        (b"[" * 100_000, TOO_MUCH),
        (b"[" + b"9" * 5_000 + b"]", TOO_MUCH),
        (b'{"format": "coaching-workbook/2"}',
         f"it is coaching-workbook in version 2, and this program reads version 1. {UPDATE}"),
        (b'{"format": "coaching-workbook/1"}',
         "workbook must be an id of 26 letters and digits; holder must be one of 'coach', 'coachee'; "  # noqa: ISC004
         f"audience must be one of 'holder', 'pair', 'open'; entries must be a list. {MEND}"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "year.json"
    path.write_bytes(content)
    with pytest.raises(InterchangeError) as error:
        read(path, "coach")
    assert str(error.value) == f"year.json cannot be read: {sentence}"
    assert error.value.__cause__ is None
    assert error.value.__suppress_context__ or error.value.__context__ is None


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InterchangeError, match=r"^gone\.json cannot be read: there is no such file\. Check its name"):
        read(tmp_path / "gone.json", "coach")


def test_a_folder(tmp_path):
    folder = tmp_path / "folder.json"
    folder.mkdir()
    with pytest.raises(InterchangeError, match=r"^folder\.json cannot be read: it is a folder\. Choose a file inside"):
        read(folder, "coach")


def test_a_file_below_another_file(tmp_path):
    (tmp_path / "file").write_text("{}")
    with pytest.raises(InterchangeError, match=r"^year\.json cannot be read: it cannot be opened\."):
        read(tmp_path / "file" / "year.json", "coach")


def test_a_name_with_a_line_break_stays_on_one_line(tmp_path):
    with pytest.raises(InterchangeError) as error:
        read(tmp_path / "a\nb\u202e.json", "coach")
    assert str(error.value).startswith("a�b�.json cannot be read:")


def test_a_holder_that_is_neither(tmp_path):
    with pytest.raises(InterchangeError, match="held by coach or coachee"):
        read(tmp_path / "year.json", "boss")


@given(st.text())
def test_a_shown_name_is_short_and_visible(name):
    assert len(shown(name)) <= 60
    assert shown(name).isprintable()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
KEYS = st.sampled_from(["format", "workbook", "holder", "audience", "earlier", "entries", "more"])


def answer(path):
    try:
        return read(path, "coach") and "read"
    except InterchangeError as error:
        return str(error)


@given(st.dictionaries(KEYS, JSON))
def test_anything_at_all_is_read_or_refused_in_a_sentence(tmp_path_factory, changed):
    path = tmp_path_factory.mktemp("any") / "any.json"
    path.write_text(json.dumps(FORM | changed), encoding="utf-8")
    assert answer(path) == "read" or answer(path).startswith("any.json cannot be read: ")
    assert answer(path).isprintable()


@pytest.mark.parametrize(
    "document", ['[{"description": "CANARY"}]', '{"cards": []}', '{"tasks": [{"title": "CANARY"}]}']
)
def test_the_json_of_a_task_tool_is_told_to_come_as_csv_or_markdown(tmp_path, document):
    (tmp_path / "a.json").write_text(document, encoding="utf-8")
    with pytest.raises(InterchangeError, match="export it there as CSV or Markdown") as refused:
        read(tmp_path / "a.json")
    assert "CANARY" not in str(refused.value)
