"""Who may read the lines of a workbook, and which copies were handed out: nothing is open unless somebody says so."""

import shutil
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest

from coaching.errors import CoachingError, StoreError
from coaching.formats import read
from coaching.model.ids import derived_id
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Kind, Side, Visibility
from coaching.workbook.handouts import Recipient
from coaching.workbook.home import Home

pytestmark = pytest.mark.usefixtures("without_figures")

NOW = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)


class Clock:
    """A clock that goes on by a millisecond each time somebody looks."""

    now = NOW

    def __call__(self):
        self.now += timedelta(milliseconds=1)
        return self.now


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A home with the demo year, made once."""
    home = Home(tmp_path_factory.mktemp("demo") / "home", Clock())
    home.demo()
    return home


@pytest.fixture
def clock(original):
    clock = Clock()
    clock.now = original.clock.now
    return clock


@pytest.fixture
def workbook(original, tmp_path, clock):
    shutil.copytree(original.folder, tmp_path / "home")
    (workbook,) = Home(tmp_path / "home", clock).workbooks()
    return workbook


@pytest.fixture
def own(workbook, tmp_path, clock):
    """The coachee's own copy."""
    (tmp_path / "own.json").write_text(workbook.exported(Audience.PAIR), encoding="utf-8")
    return Home(tmp_path / "theirs", clock).import_file(tmp_path / "own.json", Side.COACHEE).workbook


def current(workbook):
    return {entry.id: entry for entry in workbook._ledger.latest().values() if not entry.withdrawn}


def of_kind(workbook, kind):
    return [entry for entry in current(workbook).values() if entry.kind == kind]


def open_to_others(workbook):
    return {record["id"] for record in workbook.shared(Audience.OPEN).records()}


def test_nothing_is_open_by_default(workbook):
    assert {entry.visibility for entry in workbook.handouts.choosable()} == {Visibility.PAIR}
    assert open_to_others(workbook) == set()


def test_a_promise_that_is_opened_takes_along_what_was_told_of_it_and_nothing_else(workbook):
    item = next(entry for entry in of_kind(workbook, Kind.ITEM) if entry.label == "I07")
    workbook.handouts.open(item.id, to_others=True)
    told = {e.id for kind in (Kind.ITEM_EVENT, Kind.REVIEW) for e in of_kind(workbook, kind) if e.item == item.id}
    assert told
    assert open_to_others(workbook) == {item.id} | told


def test_a_line_is_closed_again_and_every_change_is_one_act_that_undo_takes_back(workbook):
    one, other = workbook.handouts.choosable()[:2]
    workbook.handouts.open(one.id, to_others=True)
    workbook.handouts.open(other.id, to_others=True)
    assert open_to_others(workbook) == {one.id, other.id}
    workbook.handouts.open(one.id, to_others=False)
    assert open_to_others(workbook) == {other.id}
    workbook.upkeep.undo()
    assert open_to_others(workbook) == {one.id, other.id}


def test_opening_changes_nothing_but_who_may_read(workbook):
    line = workbook.handouts.choosable()[0]
    workbook.handouts.open(line.id, to_others=True)
    assert current(workbook)[line.id].content() == line.content() | {"visibility": Visibility.OPEN}
    assert current(workbook)[line.id].base == line.rev


def test_what_is_open_already_is_not_kept_once_more(workbook):
    line = workbook.handouts.choosable()[0]
    workbook.handouts.open(line.id, to_others=True)
    before = workbook._ledger.history()
    workbook.handouts.open(line.id, to_others=True)
    assert workbook._ledger.history() == before


PRIVATE = {
    "kind": "item",
    "id": derived_id(None, "private"),
    "author": "coach",
    "visibility": "private",
    "what": "Mine",
}
PARKED = {"kind": "parked", "id": derived_id(None, "parked"), "author": "coach", "visibility": "pair", "text": "Later"}


@pytest.mark.parametrize("record", [PRIVATE, PARKED])
def test_what_is_private_to_anybody_can_be_opened_by_nobody(workbook, record):
    workbook.add([record])
    assert record["id"] not in {entry.id for entry in workbook.handouts.choosable()}
    with pytest.raises(CoachingError, match="not there any more"):
        workbook.handouts.open(record["id"], to_others=True)
    assert record["id"] not in open_to_others(workbook)


def test_what_is_told_of_another_entry_goes_along_with_it_and_cannot_be_opened_alone(workbook):
    kinds = {entry.kind for entry in workbook.handouts.choosable()}
    assert kinds & {Kind.ITEM_EVENT, Kind.REVIEW, Kind.PROGRESS} == set()
    assert {Kind.ITEM, Kind.DREAM, Kind.NOTE, Kind.MISSION, Kind.PERSON, Kind.SESSION} <= kinds


def test_what_a_session_says_that_is_not_closed_is_opened_once_it_is(workbook):
    context = workbook.open_session()
    note = {
        "kind": Kind.NOTE,
        "id": derived_id(None, "a note"),
        "session": context.session,
        "author": Side.COACHEE,
        "visibility": Visibility.PAIR,
        "segment": "yourself",
        "topic": "plan",
        "text": "Said just now.",
    }
    workbook.keep(context.session, {note["id"]: note})
    assert note["id"] not in {entry.id for entry in workbook.handouts.choosable()}
    workbook.close(context.session)
    assert note["id"] in {entry.id for entry in workbook.handouts.choosable()}


@pytest.mark.parametrize(("audience", "noted"), [("holder", []), ("pair", ["pair"]), ("open", ["open"])])
def test_every_copy_for_somebody_else_is_noted_with_its_ending_and_for_whom(workbook, tmp_path, audience, noted):
    workbook.write_export(tmp_path / "plan.JSON", Recipient(Audience(audience), "my mentor"))
    found = workbook.handouts.all()
    assert [(one.audience, one.form, one.text, one.held_on) for one in found] == [
        (Visibility(name), ".json", "my mentor", NOW.date()) for name in noted
    ]
    assert {(one.author, one.visibility) for one in found} <= {(Side.COACH, Visibility.PAIR)}


def test_the_summary_and_the_plan_are_noted_too(workbook, tmp_path):
    workbook.write_page(tmp_path / "summary.html", Recipient(Audience.PAIR))
    workbook.write_plan(tmp_path / "plan.html", Recipient(Audience.OPEN, "Ana's new coach"))
    assert [(one.audience, one.text) for one in workbook.handouts.all()] == [
        ("open", "Ana's new coach"),
        ("pair", None),
    ]


def test_three_pages_of_one_day_are_noted_as_three(workbook, tmp_path):
    for name in ("spring.html", "summer.html", "autumn.html"):
        workbook.write_page(tmp_path / name, Recipient(Audience.PAIR))
    assert len(workbook.handouts.all()) == 3


def test_the_same_copy_for_the_same_people_is_noted_once_a_day(workbook, tmp_path, clock):
    for _ in range(2):
        workbook.write_export(tmp_path / "plan.zip")
    assert len(workbook.handouts.all()) == 1
    clock.now += timedelta(days=1)
    workbook.write_export(tmp_path / "plan.zip")
    assert [one.held_on for one in workbook.handouts.all()] == [date(2026, 1, 13), date(2026, 1, 12)]


def test_a_file_that_cannot_be_noted_is_written_all_the_same_and_that_is_said(workbook, tmp_path):
    file = tmp_path / "plan.zip"
    entries = workbook.folder / "entries"
    copy = workbook._copy(Audience.PAIR)
    workbook._copy = lambda *_: copy  # what was read before the folder went
    entries.rename(workbook.folder / "aside")
    with pytest.raises(CoachingError, match=r"plan\.zip' is written, but not noted as handed out"):
        workbook.write_export(file)
    assert file.stat().st_size


def test_a_file_that_is_not_written_is_not_noted(workbook, tmp_path):
    with pytest.raises(StoreError):
        workbook.write_export(tmp_path / "nowhere" / "plan.zip")
    assert workbook.handouts.all() == []


def test_undo_takes_back_what_was_said_and_never_that_a_copy_was_handed_out(workbook, tmp_path):
    line = workbook.handouts.choosable()[0]
    workbook.handouts.open(line.id, to_others=True)
    workbook.write_export(tmp_path / "plan.zip", Recipient(Audience.OPEN))
    assert [entry.id for entry in workbook.upkeep.undo()] == [line.id]
    assert open_to_others(workbook) == set()
    assert len(workbook.handouts.all()) == 1


def test_a_handed_out_copy_does_not_make_the_first_act_one_that_can_be_taken_back(workbook, tmp_path):
    workbook.write_export(tmp_path / "plan.zip")
    with pytest.raises(CoachingError, match="nothing to undo"):
        workbook.upkeep.undo()


def test_a_note_of_a_copy_that_was_erased_leaves_no_trace(workbook, tmp_path):
    workbook.write_export(tmp_path / "plan.zip", Recipient(Audience.PAIR, "somebody who asked not to be named"))
    workbook.upkeep.erase(workbook.handouts.all()[0].id)
    assert workbook.handouts.all() == []
    assert "not to be named" not in workbook.exported()


def test_others_are_not_told_who_else_was_given_a_copy(workbook, tmp_path):
    workbook.write_export(tmp_path / "plan.zip", Recipient(Audience.PAIR, "my mentor"))
    assert '"handout"' in workbook.exported(Audience.PAIR)
    assert '"handout"' not in workbook.exported(Audience.OPEN)
    assert Kind.HANDOUT not in {entry.kind for entry in workbook.handouts.choosable()}


def told_elsewhere(workbook, folder, audience):
    """All that later files for somebody else say: the plan, and every file that a program can read."""
    workbook.write_plan(folder / "later.html", Recipient(audience))
    workbook.write_export(folder / "later.zip", Recipient(audience))
    with zipfile.ZipFile(folder / "later.zip") as bundle:
        files = [bundle.read(name).decode() for name in bundle.namelist()]
    return "\n".join([(folder / "later.html").read_text(encoding="utf-8"), *files])


@pytest.mark.parametrize("audience", [Audience.PAIR, Audience.OPEN])
@pytest.mark.parametrize("copy", ["workbook", "own"])
def test_for_whom_in_words_is_in_no_later_file_for_anybody_else(request, tmp_path, copy, audience):
    held = request.getfixturevalue(copy)
    held.write_export(tmp_path / "promises.csv", Recipient(Audience.OPEN, "my lawyer"))
    assert "my lawyer" not in told_elsewhere(held, tmp_path, audience)
    assert "my lawyer" in held.exported(Audience.HOLDER)


def test_what_the_person_hands_out_from_their_own_copy_is_told_to_nobody_else(own, workbook, tmp_path):
    own.write_export(tmp_path / "promises.csv", Recipient(Audience.OPEN, "my lawyer"))
    assert [(one.author, one.visibility) for one in own.handouts.all()] == [(Side.COACHEE, Visibility.PRIVATE)]
    assert "Who was given a copy" not in told_elsewhere(own, tmp_path, Audience.PAIR)
    workbook.add(read(tmp_path / "later.zip", Side.COACH).records)
    assert workbook.handouts.all() == []


def test_what_the_coach_hands_out_the_person_is_told_without_for_whom(workbook, own, tmp_path):
    workbook.write_export(tmp_path / "promises.csv", Recipient(Audience.OPEN, "my lawyer"))
    workbook.write_export(tmp_path / "later.zip")
    own.add(read(tmp_path / "later.zip", Side.COACHEE).records)
    assert [(one.author, one.audience, one.form, one.held_on, one.text) for one in own.handouts.all()] == [
        (Side.COACH, Visibility.OPEN, ".csv", NOW.date(), None)
    ]


def test_on_the_holders_own_plan_all_copies_stand_with_for_whom(own, tmp_path):
    own.write_export(tmp_path / "promises.csv", Recipient(Audience.OPEN, "my lawyer"))
    own.write_plan(tmp_path / "mine.html", Recipient(Audience.HOLDER))
    assert "the promises as a table, for others: " in (text := (tmp_path / "mine.html").read_text(encoding="utf-8"))
    assert "my lawyer" in text


def test_a_copy_that_the_person_hands_out_is_noted_beside_the_same_one_of_the_coach(own, workbook, tmp_path):
    workbook.write_export(tmp_path / "plan.csv")
    own.add(workbook.shared(Audience.PAIR).records())
    own.write_export(tmp_path / "plan.csv")
    assert [one.author for one in own.handouts.all()] == [Side.COACHEE, Side.COACH]
