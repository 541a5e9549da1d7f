"""One workbook: what is kept, closed, brought in and written out, and that nothing is lost on the way."""

import json
import shutil
from datetime import UTC, date, datetime, timedelta

import pytest

from coaching.errors import CoachingError, InterchangeError
from coaching.model.ids import derived_id
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side
from coaching.workbook.handouts import Recipient
from coaching.workbook.home import Home

CANARY = "I never told anybody"
NOTE = derived_id(None, "note")


class Clock:
    """A clock that goes on by a second each time somebody looks."""

    def __init__(self):
        self.now = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def home(tmp_path, clock):
    return Home(tmp_path / "home", clock)


@pytest.fixture
def workbook(home):
    return home.create("Maya", "Ana").workbook


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return Home(tmp_path_factory.mktemp("demo")).demo().workbook


def session(context, **fields):
    common = {"kind": "session", "id": context.session, "author": "coach", "visibility": "pair"}
    return {context.session: common | {"number": context.number, "held_on": context.held_on} | fields}


def note(text, **fields):
    common = {"kind": "note", "id": NOTE, "author": "coachee", "visibility": "pair", "segment": "dreams"}
    return common | {"topic": "dream", "text": text} | fields


def texts(workbook):
    return workbook.frames()["note"]["text"].tolist()


def parquet(home, workbook, part):
    return sorted((home.folder / workbook.id / part).glob("*.parquet"))


def test_the_first_session_begins_today_with_number_one(workbook):
    context = workbook.open_session()
    assert (context.label, context.number, context.held_on) == ("S01", 1, date(2025, 3, 4))
    assert (context.coachee.name, context.coach.name, context.own) == ("Maya", "Ana", ())
    assert workbook.sessions() == []


def test_what_is_kept_is_there_before_the_session_is_closed_and_after(home, workbook):
    context = workbook.open_session()
    workbook.keep(context.session, session(context) | {NOTE: note("first", session=context.session)})
    assert texts(home.find("Maya")) == ["first"]
    assert len(parquet(home, workbook, "drafts")) == 1
    workbook.keep(context.session, {NOTE: note("second", session=context.session)})
    workbook.close(context.session)
    assert parquet(home, workbook, "drafts") == []
    assert texts(home.find("Maya")) == ["second"]
    assert [found.label or found.number for found in workbook.sessions()] == [1]


def test_what_is_said_in_a_session_counts_once_that_is_closed(workbook, tmp_path):
    workbook.add([note("Between sessions", held_on=date(2025, 3, 3))])
    before, page = workbook.figures(), workbook.page(Audience.PAIR)
    assert workbook.not_counted() == []
    context = workbook.open_session()
    told = note("Just now", session=context.session, held_on=context.held_on, id=derived_id(None, "told"))
    changed = note("Said anew", held_on=date(2025, 3, 3))
    workbook.keep(context.session, session(context) | {NOTE: changed, told["id"]: told})
    assert (workbook.figures(), workbook.page(Audience.PAIR)) == (before, page)
    assert workbook.not_counted() == [
        "The session of Tuesday, 4 March 2025 is not closed yet; what is said in it counts from then on."
    ]
    assert sorted(texts(workbook)) == ["Just now", "Said anew"]
    workbook.close(context.session)
    assert (before["sessions_held"], workbook.figures()["sessions_held"]) == (0, 1)
    page = workbook.page(Audience.PAIR)
    assert all(words in page for words in ("Just now", "Said anew"))
    assert "Between sessions" not in page
    assert workbook.not_counted() == []


def test_keeping_the_same_again_writes_nothing(home, workbook):
    context = workbook.open_session()
    workbook.keep(context.session, session(context))
    (draft,) = parquet(home, workbook, "drafts")
    before = draft.stat().st_mtime_ns, draft.read_bytes()
    workbook.keep(context.session, session(context))
    assert (draft.stat().st_mtime_ns, draft.read_bytes()) == before


def test_what_is_no_longer_said_goes(workbook):
    context = workbook.open_session()
    workbook.keep(context.session, session(context) | {NOTE: note("words")})
    workbook.keep(context.session, {NOTE: None})
    assert texts(workbook) == []


def test_after_a_restart_the_session_that_is_not_closed_goes_on(home, workbook):
    first = workbook.open_session()
    workbook.keep(first.session, session(first) | {NOTE: note("words", session=first.session)})
    again = home.find("Maya").open_session()
    assert (again.session, again.label) == (first.session, "S01")
    assert {entry.id for entry in again.own} == {first.session, NOTE}


def test_after_closing_the_next_session_has_the_next_number(workbook):
    first = workbook.open_session()
    workbook.keep(first.session, session(first))
    workbook.close(first.session)
    second = workbook.open_session()
    assert (second.label, second.number, second.own) == ("S02", 2, ())
    assert first.session in second.earlier
    assert workbook.next_session() == (second.session, "S02")


def test_two_windows_on_one_session_lose_nothing_of_each_other(home, workbook):
    other_window = home.find("Maya")
    context, other = workbook.open_session(), other_window.open_session()
    assert context.session == other.session
    workbook.keep(context.session, session(context) | {NOTE: note("mine")})
    second = derived_id(None, "second")
    other_window.keep(other.session, {second: note("theirs", id=second)})
    workbook.close(context.session)
    assert sorted(texts(home.find("Maya"))) == ["mine", "theirs"]


def test_of_several_coaches_the_one_of_that_day_sits_down(workbook):
    new = {"kind": "person", "id": derived_id(None, "C2"), "author": "coach", "visibility": "pair", "label": "C2"}
    workbook.add([new | {"side": "coach", "name": "Bea", "since_on": date(2025, 3, 4)}])
    assert workbook.open_session().coach.name == "Bea"


def test_records_come_in_once(workbook):
    first, again = workbook.add([note("words")]), workbook.add([note("words")])
    assert (first.new, first.known, first.left_out) == (1, 0, 0)
    assert (again.new, again.known, again.left_out) == (0, 1, 0)


def test_a_record_that_says_something_new_is_a_new_revision(workbook):
    workbook.add([note("old")])
    assert workbook.add([note("new")]).new == 1
    assert texts(workbook) == ["new"]
    assert len([e for e in json.loads(workbook.exported())["entries"] if e["id"] == NOTE]) == 2


def test_a_record_that_says_what_was_said_before_does_not_undo_what_came_after(workbook):
    workbook.add([note("old")])
    workbook.add([note("new")])
    assert workbook.add([note("old")]).known == 1
    assert texts(workbook) == ["new"]


def test_what_is_private_to_the_other_side_never_comes_in(home, workbook):
    added = workbook.add([note(CANARY, visibility="private"), note("mine", id=derived_id(None, "m"), author="coach")])
    assert (added.new, added.left_out) == (1, 1)
    assert not any(CANARY.encode() in file.read_bytes() for file in parquet(home, workbook, "entries"))
    assert CANARY not in workbook.exported()


def test_one_wrong_record_brings_in_none(workbook):
    wrong = [note(CANARY, id=derived_id(None, str(number)), topic="dance") for number in range(7)]
    with pytest.raises(InterchangeError) as error:
        workbook.add([note("words"), *wrong])
    assert str(error.value).startswith("Nothing was brought in. note ")
    assert str(error.value).endswith(" And 2 more.")
    assert CANARY not in str(error.value)
    assert texts(workbook) == []


@pytest.mark.parametrize("audience", list(Audience))
def test_an_export_says_for_whom_it_is(workbook, tmp_path, audience):
    workbook.add([note(CANARY, author="coach", visibility="private")])
    file = tmp_path / "maya.JSON"
    workbook.write_export(file, Recipient(audience))
    whole = json.loads(file.read_text(encoding="utf-8"))
    assert (whole["workbook"], whole["holder"], whole["audience"]) == (workbook.id, "coach", audience)
    assert (CANARY in file.read_text()) is (audience is Audience.HOLDER)
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["x.docx", "x"])
def test_a_file_of_another_kind_is_never_replaced(workbook, tmp_path, name):
    file = tmp_path / name
    file.write_text("precious")
    with pytest.raises(InterchangeError, match=rf"{name}' cannot be written: its name must end in \.html\.$"):
        workbook.write_page(file, Recipient(Audience.PAIR))
    assert file.read_text() == "precious"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("folder.json", "is a folder; name a file in it"),
        ("nowhere/x.json", "cannot be written: its folder is not there; make it, or choose another"),
        ("file/x.json", "cannot be written: its folder is not there"),
        (f"{'x' * 300}.json", "cannot be written: .*; what stood there is unchanged"),
    ],
)
def test_where_nothing_can_be_written_is_said(workbook, tmp_path, name, said):
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(CoachingError, match=said):
        workbook.write_export(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.json", "home"]


def test_a_page_is_written_for_its_audience(demo, tmp_path):
    file = tmp_path / "page.html"
    demo.write_page(file, Recipient(Audience.PAIR), "2025Q4", date(2026, 1, 6))
    assert file.read_text(encoding="utf-8") == demo.page(Audience.PAIR, "2025q4 ", date(2026, 1, 6))
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("period", ["2025Q5", "2025Q0", "Q4", "25Q4", "", "2025-Q4", "٢٠٢٥", "0000"])
def test_a_period_that_there_is_not_leaves_the_page_as_it_was(workbook, tmp_path, period):
    file = tmp_path / "page.html"
    file.write_text("the old page")
    with pytest.raises(CoachingError, match=r"^period: write a quarter such as 2025Q4, a year such as 2025, or all\."):
        workbook.write_page(file, Recipient(Audience.PAIR), period)
    assert file.read_text() == "the old page"


@pytest.mark.parametrize(("period", "asof"), [("2999Q1", None), ("2999", None), ("2025Q4", date(2025, 9, 30))])
def test_of_a_period_that_has_not_begun_there_is_no_page(workbook, tmp_path, period, asof):
    with pytest.raises(CoachingError, match=rf"^period: {period} begins on \d{{4}}-\d\d-01; nothing can be said of it"):
        workbook.write_page(tmp_path / "page.html", Recipient(Audience.PAIR), period, asof)
    assert not (tmp_path / "page.html").exists()


def test_figures_are_of_a_day(demo):
    assert demo.figures(date(2025, 6, 30))["sessions_held"] == 6
    assert demo.figures(date(2000, 1, 1))["sessions_held"] == 0
    assert demo.figures()["sessions_held"] == 12


def test_who_changes_a_frame_changes_it_for_nobody_else(demo):
    before = demo.frames()["item"]["what"].tolist()
    changed = demo.frames()["item"]
    changed["what"] = "something else"
    changed.loc[:, "label"] = None
    del changed["id"]
    assert demo.frames()["item"]["what"].tolist() == before
    assert demo.frames()["item"]["label"].notna().all()
    assert "id" in demo.frames()["item"]


def test_sessions_come_newest_first(demo):
    assert [found.number for found in demo.sessions()] == list(range(12, 0, -1))


def test_a_workbook_shows_no_words(workbook):
    assert repr(workbook) == f"<Workbook {workbook.id}>"
    assert workbook.holder is Side.COACH


def test_what_can_be_read_stays_readable_beside_what_cannot(home, workbook):
    workbook.add([note("words")])
    entries = home.folder / workbook.id / "entries"
    (entries / "cut.parquet").write_bytes(parquet(home, workbook, "entries")[0].read_bytes()[:-9])
    (entries / "empty.parquet").touch()
    (entries / "readme.txt").write_text("words")
    found = home.find("Maya")
    assert texts(found) == ["words"]
    damaged = "is damaged or cut off; put it back from a backup if you can; it was left alone."
    assert found.problems() == [
        f"{workbook.id}/entries/cut.parquet {damaged}",
        f"{workbook.id}/entries/empty.parquet {damaged}",
        f"{workbook.id}/entries/readme.txt is not a file of a workbook; it was left alone.",
    ]


def test_a_workbook_that_lost_all_its_entries_is_not_called_well(home, workbook):
    lost = [file.name for file in parquet(home, workbook, "entries") if file.stem.strip("0")]
    for file in parquet(home, workbook, "entries"):
        file.unlink()
    assert [problem.split()[0] for problem in home.problems()] == [f"{workbook.id}/entries/{name}" for name in lost]
    assert home.workbooks()[0].name == "the coachee"


def test_a_workbook_without_entries_is_not_called_well_where_nothing_tells_what_it_had(home, workbook):
    shutil.rmtree(home.folder / workbook.id / "entries")
    shutil.rmtree(home.folder / ".coaching")
    (problem,) = Home(home.folder).problems()
    assert problem.startswith(f"{workbook.id}/entries holds nothing; let a sync tool bring its files, or put them back")


def test_what_was_erased_stays_erased_however_it_comes_in_again(workbook):
    workbook.add([note(CANARY, label="N01"), note("stays", id=derived_id(None, "other"))])
    exported = [record for record in json.loads(workbook.exported())["entries"] if record["id"] == NOTE]
    workbook.upkeep.erase("N01")
    for again in (
        [note(CANARY)],
        [note("said anew")],
        [note(CANARY, rev=10**17, saved_at=datetime.now(UTC))],
        exported,
    ):
        added = workbook.add(again)
        assert (added.new, added.known, added.left_out) == (0, 1, 0)
    assert CANARY not in workbook.exported()
    assert texts(workbook) == ["stays"]


def test_words_kept_after_another_window_closed_the_session_are_edited_from_what_that_closed(home, workbook):
    other_window = home.find("Maya")
    context, _ = workbook.open_session(), other_window.open_session()
    workbook.keep(context.session, session(context) | {NOTE: note("first", session=context.session)})
    other_window.close(context.session)
    workbook.keep(context.session, {NOTE: note("second", session=context.session)})
    assert len(parquet(home, workbook, "drafts")) == 1
    assert texts(home.find("Maya")) == ["second"]
    assert [entry.text for entry in workbook.upkeep.history(NOTE)] == ["second", "first"]
    assert workbook.upkeep.conflicts() == {}


def test_a_conflict_that_is_settled_stays_so_when_the_session_is_closed(home, workbook):
    other_window = home.find("Maya")
    context, _ = workbook.open_session(), other_window.open_session()
    workbook.keep(context.session, session(context) | {NOTE: note("here", session=context.session)})
    other_window.keep(context.session, {NOTE: note("there", session=context.session)})
    found = workbook.open_session().elsewhere[NOTE]
    assert [entry.text for entry in found] == ["here"]
    workbook.keep(context.session, {NOTE: note("there", session=context.session)}, {NOTE: (found[0].rev,)})
    assert workbook.upkeep.conflicts() == {}
    workbook.close(context.session)
    assert home.find("Maya").upkeep.conflicts() == {}
    assert texts(workbook) == ["there"]


def test_what_a_pair_export_brings_again_follows_what_it_brought_before(home, tmp_path):
    coach = home.create("Zoë", "Ana").workbook
    context = coach.open_session()
    identity = derived_id(None, "a plan")
    note = {"kind": "note", "id": identity, "author": "coach", "visibility": "pair", "segment": "yourself"}
    copies = []
    for text in ("first", "then"):
        coach.keep(context.session, {identity: note | {"topic": "plan", "text": text}})
        coach.close(context.session)
        coach.write_export(tmp_path / f"{text}.json", Recipient(Audience.PAIR))
        copies.append(Home(tmp_path / "theirs", home.clock).import_file(tmp_path / f"{text}.json", Side.COACHEE))
    assert [entry.text for entry in copies[-1].workbook.upkeep.history(identity)] == ["then", "first"]
    assert copies[-1].workbook.upkeep.conflicts() == {}


@pytest.mark.parametrize("side", list(Side))
def test_what_somebody_is_called_by_is_kept_taken_back_carried_along_and_erased(home, workbook, tmp_path, side):
    workbook.rename(side, f" {CANARY} ")
    named = [person for person in workbook.frames().rows("person") if person["called"]]
    assert [(person["side"], person["called"], person["name"]) for person in named] == [
        (side, CANARY, {Side.COACH: "Ana", Side.COACHEE: "Maya"}[side])
    ]
    assert workbook.open_session().party(side).name == CANARY
    workbook.write_export(tmp_path / "for her.json", Recipient(Audience.PAIR))
    theirs = Home(tmp_path / "theirs").import_file(tmp_path / "for her.json", Side.COACHEE).workbook
    assert theirs.open_session().party(side).name == CANARY
    workbook.upkeep.undo()
    assert workbook.open_session().party(side).name == {Side.COACH: "Ana", Side.COACHEE: "Maya"}[side]
    workbook.upkeep.undo()
    workbook.upkeep.erase(named[0]["id"])
    assert CANARY not in workbook.exported()
    assert CANARY.encode() not in b"".join(file.read_bytes() for file in home.folder.rglob("*.parquet"))
