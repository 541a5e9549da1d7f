"""The bundle: one file that opens without this program; a zip from anywhere else does no harm."""

import io
import json
import warnings
import zipfile
from functools import cache

import pytest

from coaching import formats as interchange
from coaching.errors import InterchangeError
from coaching.formats import bundle

WHOLE = {
    "format": "coaching-workbook/1",
    "workbook": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "holder": "coach",
    "audience": "pair",
    "entries": [],
}
WORKBOOK = json.dumps(WHOLE)


def zipped(*members, compression=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of two members of one name
        for name, content in members:
            made.writestr(name, content)
    return file.getvalue()


def read(tmp_path, data, holder=None):
    file = tmp_path / "bundle.zip"
    file.write_bytes(data)
    return interchange.read(file, holder)


def test_the_same_members_give_the_same_bytes_with_nobodys_time_on_them():
    members = {"plan.html": "<p>é", "items.ics": b"BEGIN"}
    made = bundle.write(members, "pair")
    assert made == bundle.write(members, "pair")
    with zipfile.ZipFile(io.BytesIO(made)) as found:
        assert found.namelist() == ["README.txt", "plan.html", "items.ics"]
        assert {member.date_time for member in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {member.external_attr >> 16 for member in found.infolist()} == {0o600}
        assert found.read("plan.html") == "<p>é".encode()
        assert found.testzip() is None


@pytest.mark.parametrize(("audience", "said"), [("pair", "the two people"), ("open", "others may read")])
def test_the_readme_names_every_file_and_who_may_read_it(audience, said):
    with zipfile.ZipFile(io.BytesIO(bundle.write({}, audience))) as found:
        text = found.read("README.txt").decode()
    assert all(name in text for name in ("plan.html", "items.csv", "items.ics", "workbook.json"))
    assert said in text
    assert "not encrypted" in text
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize("holder", ["coach", "coachee"])
def test_a_bundle_becomes_the_coachees_copy_unless_somebody_says_whose(tmp_path, holder):
    data = zipped(("workbook.json", json.dumps({**WHOLE, "holder": holder})))
    assert read(tmp_path, data).holder == "coachee"
    assert read(tmp_path, data, "coach").holder == "coach"


def test_the_copy_of_the_copy_is_the_first_one(tmp_path):
    theirs = read(tmp_path, zipped(("workbook.json", WORKBOOK))).workbook
    back = json.dumps({**WHOLE, "holder": "coachee", "workbook": theirs})
    incoming = read(tmp_path, zipped(("workbook.json", back)))
    assert theirs != WHOLE["workbook"]
    assert (incoming.workbook, incoming.goes_back_to) == (theirs, WHOLE["workbook"])
    assert read(tmp_path, zipped(("workbook.json", back)), "coach").workbook == WHOLE["workbook"]


def test_a_bundle_that_was_packed_again_is_read(tmp_path):
    repacked = zipped(("notes.txt", "mine"), ("workbook.json", WORKBOOK), compression=zipfile.ZIP_DEFLATED)
    assert read(tmp_path, repacked).records == ()


GOOD = zipped(("workbook.json", WORKBOOK))


@cache
def bomb():
    return zipped(("workbook.json", " " * (65 * 1024 * 1024)), compression=zipfile.ZIP_DEFLATED)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(
            lambda: zipped(("../workbook.json", WORKBOOK)),
            "bundle.zip cannot be read: it is a zip that names a place outside",
            id="the workbook above",
        ),
        pytest.param(
            lambda: zipped(("workbook.json", WORKBOOK), ("../../x", "")),
            "names a place outside of itself",
            id="another above",
        ),
        pytest.param(zipped, "holds no workbook.json", id="empty"),
        pytest.param(
            lambda: zipped(("plan.html", "")),
            "bundle.zip cannot be read: it is a zip that holds no workbook.json",
            id="no workbook",
        ),
        pytest.param(
            lambda: zipped(("x/workbook.json", WORKBOOK)), "holds no workbook.json", id="the workbook in a folder"
        ),
        pytest.param(
            lambda: zipped(("workbook.json", WORKBOOK), ("workbook.json", "{}")),
            "holds several workbook.json",
            id="two workbooks",
        ),
        pytest.param(
            lambda: zipped(*[(f"{number}", "") for number in range(101)]),
            "a zip of more than 100 files",
            id="too many files",
        ),
        pytest.param(bomb, "larger than 64 MB", id="a bomb"),
        pytest.param(lambda: GOOD[:-30], "damaged", id="cut"),
        pytest.param(lambda: b"PK\x03\x04 and nothing else", "damaged", id="no zip behind its first bytes"),
        pytest.param(
            lambda: zipped(("workbook.json", "{}")),
            "workbook.json in bundle.zip cannot be read: it is JSON, but not a workbook",
            id="JSON of something else",
        ),
        pytest.param(
            lambda: zipped(("workbook.json", "[")),
            "workbook.json in bundle.zip cannot be read: it is not JSON at line 1",
            id="no JSON",
        ),
        pytest.param(
            lambda: zipped(("workbook.json", b"\xff")),
            "workbook.json in bundle.zip cannot be read: it is not UTF-8",
            id="no UTF-8",
        ),
        pytest.param(
            lambda: zipped(("workbook.json", json.dumps({**WHOLE, "format": "coaching-workbook/9"}))),
            "in version 9",
            id="a newer form",
        ),
        pytest.param(
            lambda: zipped(("workbook.json", json.dumps({**WHOLE, "earlier": 7}))),
            "earlier must be an object",
            id="earlier is no object",
        ),
        pytest.param(
            lambda: zipped(("workbook.json", json.dumps({**WHOLE, "earlier": {"x": ["y"]}}))),
            r"earlier.x must be a list of",
            id="earlier holds no lists",
        ),
    ],
)
def test_a_zip_that_is_no_bundle_is_refused_by_its_name(tmp_path, make, said):
    with pytest.raises(InterchangeError, match=said) as caught:
        read(tmp_path, make())
    assert "bundle.zip" in str(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle.zip"]


def test_a_file_that_is_too_large_is_not_opened_at_all(tmp_path):
    file = tmp_path / "bundle.zip"
    with file.open("wb") as sparse:
        sparse.write(b"PK\x03\x04")
        sparse.truncate(65 * 1024 * 1024)
    with pytest.raises(InterchangeError, match=r"bundle\.zip cannot be read: it is larger than 64 MB"):
        interchange.read(file)
