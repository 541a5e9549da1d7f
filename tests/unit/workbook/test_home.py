"""The home folder: who is found by which name, and that what fails leaves nothing behind."""

import errno
import json
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from coaching import store
from coaching.errors import CoachingError, InterchangeError, StoreError, UnknownWorkbookError
from coaching.model.ids import new_id
from coaching.model.vocabulary import Ownership, Side
from coaching.workbook.environment import default_home, local_time, use_home
from coaching.workbook.home import Home

NOW = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home", clock=lambda: NOW)


@pytest.fixture
def exported(home, tmp_path):
    """Return a file that a workbook elsewhere has exported."""
    file = tmp_path / "maya.json"
    Home(tmp_path / "elsewhere", clock=lambda: NOW).create("Maya", "Ana").workbook.write_export(file)
    return file


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    found = Home(tmp_path_factory.mktemp("many"), clock=lambda: NOW)
    for name in ("Maya", "Maya Chen", "Zoë", 'O\'Brien "Bob"', "مها الشمّري", "👩‍🚀", "Groß Straße"):
        found.create(name)
    return found


def everything(folder):
    return {path.relative_to(folder): path.is_file() and path.read_bytes() for path in sorted(folder.rglob("*"))}


def test_a_new_home_has_no_workbook_and_no_folder(home):
    assert home.workbooks() == []
    assert home.problems() == []
    assert not home.folder.exists()
    assert str(home.folder) in home.without_workbooks()


def test_a_workbook_has_the_names_of_both(home):
    made = home.create("  Maya \t Chen ", "Ana").workbook
    context = made.open_session()
    assert (made.name, context.coachee.name, context.coach.name) == ("Maya Chen", "Maya", "Ana")
    assert made.holder is Side.COACH
    assert [workbook.id for workbook in home.workbooks()] == [made.id]


def test_without_a_name_the_coach_is_called_the_coach(home):
    assert home.create("Maya").workbook.open_session().coach.name == "the coach"


@pytest.mark.parametrize("name", ["", "   ", "\t\n", "\u2003"])
def test_a_blank_name_makes_nothing(home, name):
    with pytest.raises(CoachingError, match="name of the person you coach is missing"):
        home.create(name)
    assert not home.folder.exists()


@pytest.mark.parametrize("name", ["Zoë", "ZOË", " Zoë ", "Zoe\u0308"])
def test_a_name_is_taken_however_it_is_typed(home, name):
    home.create("Zoë")
    with pytest.raises(CoachingError, match="already; give this one another name"):
        home.create(name)
    assert len(home.workbooks()) == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Maya", "Maya"),
        ("maya", "Maya"),
        ("  MAYA ", "Maya"),
        ("Maya Chen", "Maya Chen"),
        ("chen", "Maya Chen"),
        ("maya   chen", "Maya Chen"),
        ("Zoe\u0308", "Zoë"),
        ("zoË", "Zoë"),
        ('"Bob"', 'O\'Brien "Bob"'),
        ("O'B", 'O\'Brien "Bob"'),
        ("الشمّري", "مها الشمّري"),
        ("👩‍🚀", "👩‍🚀"),
        ("strasse", "Groß Straße"),
    ],
)
def test_a_workbook_is_found_by_its_name_or_a_part_of_it(many, asked, found):
    assert many.find(asked).name == found


def test_a_workbook_is_found_by_its_id(home):
    made = home.create("Maya").workbook
    assert home.find(made.id).id == home.find(made.id.lower()).id == made.id


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("ya", "More than one workbook answers to 'ya'; there are: Maya ({0}, held by the coach), Yara ({1}, held by"),
        ("zoe", "No workbook answers to 'zoe'; there are: Maya ("),
        ("", "No workbook answers to ''; there are: Maya ("),
        (".*", "No workbook answers to '.*'; there are: Maya ("),
    ],
)
def test_a_name_that_does_not_say_which_is_answered_by_what_there_is(home, asked, said):
    ids = [home.create(name).workbook.id for name in ("Maya", "Yara")]
    with pytest.raises(UnknownWorkbookError) as error:
        home.find(asked)
    assert str(error.value).startswith(said.format(*ids))


def test_without_workbooks_a_name_is_answered_by_what_to_do(home):
    with pytest.raises(
        UnknownWorkbookError, match=r"There is no workbook in .* yet: make one with 'coaching new NAME'"
    ):
        home.find("Maya")


def test_workbooks_are_listed_by_name(home):
    for name in ("zoë", "Anna", "maya", "Bo"):
        home.create(name)
    assert [workbook.name for workbook in home.workbooks()] == ["Anna", "Bo", "maya", "zoë"]


def test_a_file_is_brought_in_once(home, exported):
    first, again = home.import_file(exported), home.import_file(exported)
    assert (first.added.new, first.added.known, first.added.left_out) == (2, 0, 0)
    assert (again.added.new, again.added.known) == (0, 2)
    assert [workbook.name for workbook in home.workbooks()] == ["Maya"]


def test_the_other_sides_copy_is_a_workbook_of_its_own(home, exported):
    home.import_file(exported)
    other = home.import_file(exported, Side.COACHEE)
    assert other.workbook.holder is Side.COACHEE
    assert [workbook.name for workbook in home.workbooks()] == ["Maya", "Maya"]
    assert home.find(other.workbook.id).id == other.workbook.id


def test_the_demo_is_an_invented_year(home):
    done = home.demo()
    assert len(done.workbook.sessions()) == 12
    assert done.added.left_out > 0


@pytest.mark.parametrize("there_before", [True, False])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"visibility": "everyone"}, r"^Nothing was brought in\. person P1 cannot be kept: visibility: must be one of"),
        ({"id": "I never told anybody"}, r"person P1 cannot be kept: id: must be an id"),
        ({"kind": "dance"}, r"entry P1 cannot be kept: kind: is not one that this version knows"),
        ({"rev": 2**63 - 1}, r"^The person .* holds a value that no file can hold"),
    ],
)
def test_one_record_that_breaks_a_rule_brings_in_nothing(home, exported, there_before, change, said):
    if there_before:
        home.import_file(exported)
    whole = json.loads(exported.read_text())
    coachee = next(entry for entry in whole["entries"] if entry["label"] == "P1")
    coachee.update({"rev": 7} | change)
    exported.write_text(json.dumps(whole))
    before = everything(home.folder)
    with pytest.raises((InterchangeError, StoreError), match=said) as error:
        home.import_file(exported)
    assert "never told" not in str(error.value)
    assert everything(home.folder) == before


@pytest.mark.parametrize("act", [lambda home, _: home.create("Maya"), lambda home, file: home.import_file(file)])
def test_a_full_disk_leaves_no_empty_workbook(home, exported, act):
    full = OSError(errno.ENOSPC, "")
    with (
        patch("coaching.store.files.folder.write_durably", side_effect=full),
        pytest.raises(StoreError, match="the disk is full"),
    ):
        act(home, exported)
    assert home.workbooks() == []
    assert everything(home.folder) == {}


def test_a_workbook_that_another_program_makes_meanwhile_gets_the_entries(home, exported):
    create = store.create

    def beaten(folder, **options):
        create(folder, **{**options, "entries": ()})
        return create(folder, **options)

    with patch("coaching.store.create", beaten):
        done = home.import_file(exported)
    assert (done.workbook.name, done.added.new) == ("Maya", 2)
    assert len(home.workbooks()) == 1


def test_a_damaged_folder_is_named_and_never_replaced(home, exported):
    card = home.folder / home.import_file(exported).workbook.id / "workbook.json"
    card.write_text("{")
    before = everything(home.folder)
    with pytest.raises(StoreError, match=r"is there already and cannot be opened; 'coaching check' says why"):
        home.import_file(exported)
    assert everything(home.folder) == before
    assert home.workbooks() == []
    assert home.problems() == [
        f"{card.parent.name} cannot be opened: its workbook.json is damaged; put that file back from a backup."
    ]


def test_one_damaged_workbook_does_not_hide_the_others(home):
    good, bad = home.create("Maya").workbook, home.create("Yara").workbook
    (home.folder / bad.id / "workbook.json").unlink()
    assert [workbook.name for workbook in home.workbooks()] == ["Maya"]
    assert home.find("Maya").id == good.id
    assert len(home.problems()) == 1


def test_a_home_that_is_a_file_is_said(tmp_path):
    (tmp_path / "file").write_text("words")
    with pytest.raises(StoreError, match=r"^file: a file stands where a folder should be; choose another folder"):
        Home(tmp_path / "file").workbooks()
    with pytest.raises(StoreError, match=r"a file stands where a folder should be; .*; no workbook was made"):
        Home(tmp_path / "file" / "below", clock=lambda: NOW).create("Maya")
    assert (tmp_path / "file").read_text() == "words"


@pytest.mark.parametrize(
    ("given", "folder"),
    [
        ("/data/coaching", Path("/data/coaching")),
        ("relative", Path("relative")),
        ("~/coaching", Path.home() / "coaching"),
    ],
)
def test_the_environment_says_where_home_is(monkeypatch, given, folder):
    monkeypatch.setenv("COACHING_HOME", given)
    assert default_home() == Home().folder == folder


@pytest.mark.parametrize("given", [None, ""])
def test_without_it_home_is_in_the_users_data_folder(monkeypatch, tmp_path, given):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("COACHING_HOME", raising=False)
    if given is not None:
        monkeypatch.setenv("COACHING_HOME", given)
    assert default_home().name == "coaching"
    assert default_home().is_absolute()


def test_another_program_finds_the_same_home_from_another_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert use_home(Path("home"))["COACHING_HOME"] == str(tmp_path / "home")


def test_local_time_knows_its_zone():
    assert local_time().tzinfo is not None


def test_a_check_of_every_row_finds_what_is_wrong_in_a_workbook_that_nobody_has_read(tmp_path):
    home = Home(tmp_path / "home", lambda: NOW)
    workbook = home.create("Ana", "Bo").workbook
    item = {"kind": "item", "id": new_id(NOW), "author": "coach", "what": "Light it", "owner": "coachee"}
    workbook.add([item])
    (kept,) = (entry for entry in workbook._ledger.history() if entry.kind == "item")
    workbook._ledger.store.save(
        [
            kept.revised(rev=kept.rev + 1, base=kept.rev, saved_at=NOW).model_copy(
                update={"ownership": Ownership.NOT_MINE}
            )
        ]
    )
    (problem,) = Home(home.folder, lambda: NOW).problems(every_row=True)
    assert "not mine" in problem
