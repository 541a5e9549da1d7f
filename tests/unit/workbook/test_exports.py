"""One command, six forms: the ending of the name says which, and nothing half-written is ever there."""

import json
import zipfile
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from coaching.errors import CoachingError, InterchangeError
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side
from coaching.store.disk import durable
from coaching.workbook.exports import FORMS
from coaching.workbook.handouts import Recipient
from coaching.workbook.home import Home

NOW = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
ASOF = date(2026, 1, 6)
CANARY = "I never told anybody"
BUNDLED = ["README.txt", "plan.html", "items.csv", "items.ics", "workbook.json"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Return the demo year of a coach who has written a private promise, open to nobody, and one open to all."""
    workbook = Home(tmp_path_factory.mktemp("demo"), lambda: NOW).demo().workbook
    item = {"kind": "item", "author": "coach", "owner": "coach", "by": date(2026, 2, 1), "held_on": date(2026, 1, 2)}
    private = {"id": "01JHQF38000000000000000007", "visibility": "private", "what": CANARY}
    for_all = {"id": "01JHQF38000000000000000008", "visibility": "open", "what": "Come to the opening"}
    workbook.add([item | private, item | for_all])
    return workbook


@pytest.fixture(scope="module")
def members(demo, tmp_path_factory):
    """Return the bundle of the demo year, by the names of what is in it."""
    return bundle_of(demo, tmp_path_factory.mktemp("bundle") / "plan.zip")


def bundle_of(workbook, file):
    workbook.write_export(file, asof=ASOF)
    with zipfile.ZipFile(file) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


@pytest.mark.parametrize(
    ("ending", "for_the_holder"),
    [(".json", True), (".html", False), (".md", False), (".csv", False), (".ics", False), (".zip", False)],
)
def test_a_form_is_for_the_two_of_them_unless_it_is_the_one_that_loses_nothing(demo, tmp_path, ending, for_the_holder):
    file = tmp_path / f"plan{ending.upper()}"
    demo.write_export(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert (CANARY.encode() in file.read_bytes()) is for_the_holder


def test_every_form_is_told_apart_by_its_ending():
    assert list(FORMS) == [".json", ".html", ".md", ".csv", ".ics", ".zip"]


@pytest.mark.parametrize("name", ["plan.pdf", "plan", ".zip", "plan.zip.bak", "plan.JSON5"])
def test_another_ending_is_refused_and_the_endings_are_named(demo, tmp_path, name):
    file = tmp_path / name
    file.write_text("precious")
    with pytest.raises(InterchangeError, match=r"must end in \.json, \.html, \.md, \.csv, \.ics or \.zip, and \.age"):
        demo.write_export(file)
    assert file.read_text() == "precious"


@pytest.mark.parametrize("ending", FORMS)
@pytest.mark.parametrize("audience", [Audience.PAIR, Audience.OPEN])
def test_what_is_private_to_the_coach_is_in_no_form_for_others(demo, tmp_path, ending, audience):
    file = tmp_path / f"plan{ending}"
    demo.write_export(file, Recipient(audience), Side.COACH)
    assert CANARY.encode() not in file.read_bytes()


@pytest.mark.parametrize("ending", [ending for ending in FORMS if ending not in {".zip", ".html"}])
def test_the_holder_reads_their_own_words_in_every_form(demo, tmp_path, ending):
    file = tmp_path / f"plan{ending}"
    demo.write_export(file, Recipient(Audience.HOLDER), Side.COACH)
    assert CANARY.encode() in file.read_bytes()


def test_a_bundle_is_never_the_holders_own(demo, tmp_path):
    file = tmp_path / "plan.zip"
    with pytest.raises(InterchangeError, match=r"a bundle leaves your hands, so it is made for pair or open\."):
        demo.write_export(file, Recipient(Audience.HOLDER))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", FORMS)
def test_the_same_data_and_day_give_the_same_bytes(demo, tmp_path, ending):
    file, written = tmp_path / f"plan{ending}", []
    for _ in range(3):  # that the first was handed out is noted, and in the others, which take its place
        demo.write_export(file, asof=ASOF)
        written.append(file.read_bytes())
    assert written[1] == written[2]


@pytest.mark.parametrize("ending", FORMS)
def test_where_a_file_cannot_be_written_whole_the_old_one_stays(demo, tmp_path, monkeypatch, ending):
    file = tmp_path / f"plan{ending}"
    file.write_text("the old one")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable.os, "write", full)
    with pytest.raises(CoachingError, match="what stood there is unchanged"):
        demo.write_export(file)
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    assert file.read_text() == "the old one"


def test_the_page_is_the_one_of_coaching_summary(demo, tmp_path):
    demo.write_export(tmp_path / "export.html", asof=ASOF)
    demo.write_page(tmp_path / "summary.html", Recipient(Audience.PAIR), asof=ASOF)
    assert (tmp_path / "export.html").read_bytes() == (tmp_path / "summary.html").read_bytes()


def test_a_bundle_holds_what_each_form_holds(demo, tmp_path):
    workbook = demo.exported(Audience.PAIR)
    members = bundle_of(demo, tmp_path / "plan.zip")
    assert list(members) == BUNDLED
    assert members["workbook.json"].decode() == workbook
    for name, ending in (("items.csv", ".csv"), ("items.ics", ".ics")):
        demo.write_export(tmp_path / f"one{ending}", asof=ASOF)
        assert members[name] == (tmp_path / f"one{ending}").read_bytes()
    assert members["plan.html"].startswith(b"<!doctype html>")
    assert len(members["plan.html"]) < 500_000


def test_a_calendar_is_of_the_side_that_is_asked_for(demo, tmp_path):
    found = {}
    for side in Side:
        demo.write_export(tmp_path / "days.ics", side=side, asof=ASOF)
        events = Calendar.from_ical((tmp_path / "days.ics").read_bytes()).walk("VEVENT")
        found[side] = {str(event["uid"]) for event in events}
    assert found[Side.COACH]
    assert found[Side.COACHEE]
    assert not found[Side.COACH] & found[Side.COACHEE]


def test_nothing_of_the_computer_is_in_a_bundle(demo, members):
    home = demo.folder.parent
    for content in members.values():
        assert str(home).encode() not in content
        assert b"0.1.0" not in content
        assert b"09:30" not in content


def test_the_readme_needs_no_program_and_names_what_is_there(members):
    text = members["README.txt"].decode()
    assert [name for name in BUNDLED[1:] if name not in text] == []
    assert json.loads(members["workbook.json"])["audience"] == "pair"
