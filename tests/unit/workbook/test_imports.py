"""Lists come into a workbook in one act, which can be taken back, and once, however often they are read."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coaching.errors import InterchangeError
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side, Visibility
from coaching.workbook.handouts import Recipient
from coaching.workbook.home import Home

FIRST = "- [ ] Apply for the certificate 📅 2026-03-11\n- [ ] Introduce Maha to Lena @Tom due:2026-03-09\n"
SECOND = "- [x] apply for the  CERTIFICATE ✅ 2026-03-10\n- [ ] Introduce Maha to Lena 📅 2026-03-18\n- [ ] Rest\n"


class Days:
    """A clock that a test can turn on."""

    def __init__(self):
        self.now = datetime(2026, 4, 1, 9, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock():
    return Days()


@pytest.fixture
def workbook(tmp_path, clock):
    return Home(tmp_path / "home", clock).create("Maha Al-Sham", "Tom Brandt").workbook


@pytest.fixture
def lists(tmp_path):
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "2026-03-04 One-on-one.md").write_text(FIRST, encoding="utf-8")
    (folder / "2026-03-11.md").write_text(SECOND, encoding="utf-8")
    return folder


def bring(workbook, path, *options):
    return workbook.bringing.bring(workbook.bringing.proposed(path, *options))


def states(workbook):
    """Return what the workbook counts of each action item."""
    return workbook.figures(date(2026, 4, 1))["items_at_end"]


DONE = {"state": "done", "due": "2026-03-11", "due_moves": 0, "owner": "P1"}
MOVED = {"state": "open", "due": "2026-03-18", "due_moves": 1, "owner": "C1"}
DRAFT = {"state": "draft", "due": None, "due_moves": 0, "owner": "P1"}


def test_a_folder_of_lists_becomes_action_items_and_what_happened_to_them(workbook, lists):
    assert bring(workbook, lists) == 7
    assert states(workbook) == {"II01": DONE, "II02": MOVED, "II03": DRAFT}


def test_a_proposal_writes_nothing(workbook, lists):
    before = workbook.exported()
    workbook.bringing.proposed(lists)
    assert workbook.exported() == before


@pytest.mark.parametrize("days", [0, 30])
def test_brought_in_twice_nothing_changes(workbook, lists, clock, days):
    bring(workbook, lists)
    before = workbook.exported()
    clock.now += timedelta(days=days)
    assert bring(workbook, lists) == 0
    assert workbook.exported() == before


def test_one_list_after_the_other_is_the_same_as_both_together(workbook, lists):
    for file in sorted(lists.iterdir()):
        bring(workbook, file)
    assert states(workbook) == {"II01": DONE, "II02": MOVED, "II03": DRAFT}


def test_all_of_it_is_taken_back_by_one_undo_and_can_come_in_again(workbook, lists):
    before = workbook.figures()
    bring(workbook, lists)
    assert len(workbook.upkeep.undo()) == 7
    assert workbook.figures() == before
    assert bring(workbook, lists) == 7
    assert states(workbook) == {"II01": DONE, "II02": MOVED, "II03": DRAFT}


def test_a_later_import_is_taken_back_without_the_earlier_one(workbook, lists):
    first, second = sorted(lists.iterdir())
    bring(workbook, first)
    before = states(workbook)
    bring(workbook, second)
    workbook.upkeep.undo()
    assert states(workbook) == before


def test_what_was_erased_does_not_come_back(workbook, lists):
    bring(workbook, lists)
    workbook.upkeep.erase("II01")
    assert bring(workbook, lists) == 0
    assert "certificate" not in workbook.exported()


@pytest.mark.parametrize(("visibility", "count"), [(Visibility.PRIVATE, 0), (Visibility.PAIR, 3)])
def test_only_the_holder_reads_it_unless_said_otherwise(workbook, lists, visibility, count):
    bring(workbook, lists, visibility)
    assert len(workbook.shared(Audience.PAIR).frames["item"]) == count
    assert len(workbook.shared(Audience.PAIR).frames["item_event"]) == (4 if count else 0)
    assert len(workbook.shared(Audience.OPEN).frames["item"]) == 0


def test_an_undo_gives_back_the_same_exports(workbook, lists, tmp_path):
    def exports():
        for name in ("a.csv", "a.md"):
            workbook.write_export(tmp_path / name, Recipient(Audience.HOLDER), Side.COACHEE)
        return [(tmp_path / name).read_bytes() for name in ("a.csv", "a.md")]

    first, second = sorted(lists.iterdir())
    bring(workbook, second)
    before = exports()
    bring(workbook, first)
    workbook.upkeep.undo()
    assert exports() == before


def test_an_older_list_after_a_newer_one_is_the_same_as_both_together(workbook, lists):
    for file in sorted(lists.iterdir(), reverse=True):
        bring(workbook, file)
    assert sorted(map(str, states(workbook).values())) == sorted(map(str, (DONE, MOVED, DRAFT)))


def test_what_somebody_changed_since_stays_as_it_is(workbook, lists, clock):
    first, second = sorted(lists.iterdir())
    bring(workbook, first)
    proposal = workbook.bringing.proposed(second)
    bring(workbook, second)
    before = workbook.exported()
    assert workbook.bringing.bring(proposal) == 0
    assert workbook.exported() == before


def test_an_item_that_was_agreed_in_a_session_is_carried_over(tmp_path, clock):
    demo = Home(tmp_path / "home", clock).demo().workbook
    open_item = demo.shared().frames["item"].set_index("label").loc["I07"]
    (tmp_path / "todo.md").write_text(f"- [ ] {open_item['what'].upper()}\n", encoding="utf-8")
    proposal = demo.bringing.proposed(tmp_path / "todo.md")
    assert [(item.label, item.is_new) for item in proposal.items] == [("I07", False)]
    assert proposal.records == ()


def test_two_that_are_of_one_day_follow_one_another(workbook, tmp_path):
    for name, due in (("a", "11"), ("b", "18"), ("c", "25")):
        (tmp_path / f"2026-03-04 {name}.md").write_text(f"- [ ] Book 📅 2026-03-{due}\n", encoding="utf-8")
    lists = [tmp_path / f"2026-03-04 {name}.md" for name in "abc"]
    assert [bring(workbook, file) for file in [*lists, *lists]] == [2, 2, 2, 0, 0, 0]
    assert states(workbook)["II01"] == {"state": "open", "due": "2026-03-25", "due_moves": 2, "owner": "P1"}


def test_a_file_that_cannot_be_read_changes_nothing(workbook, tmp_path):
    with pytest.raises(InterchangeError, match="there is no such file"):
        bring(workbook, tmp_path / "gone.md")


@pytest.fixture
def notes(tmp_path):
    """Return a folder of three meeting notes, the statement of the first of which comes again in the last."""
    folder = tmp_path / "notes"
    folder.mkdir()
    for day, words in {
        "04": "rain SMALLTALK\n## Yourself\nA goal\n## Leitsatz\n> Ich gehe.\n## Actions\n- [ ] Buy shoes\n",
        "11": "## Leitsatz\nIch  gehe.\n## Träume\nMeer\n",
        "18": "**Mission:** I walk.\n\nhail SMALLTALK\n",
    }.items():
        (folder / f"2026-03-{day}.md").write_text(words, encoding="utf-8")
    (folder / "undated.md").write_text("UNDATED\n", encoding="utf-8")
    return folder


def bring_notes(workbook, path, visibility=Visibility.PRIVATE):
    return workbook.bringing.bring(workbook.bringing.proposed(path, visibility, as_sessions=True))


def held(workbook, audience=Audience.HOLDER):
    """Return what stands of each session: its notes by their part, and the mission statements."""
    shared = workbook.shared(audience)
    days = {row["id"]: row["held_on"].isoformat() for row in shared.frames.rows("session")}
    notes = [(days[row["session"]], row["segment"], row["text"]) for row in shared.frames.rows("note")]
    statements = [(days[row["session"]], "mission", row["text"]) for row in shared.frames.rows("mission")]
    return sorted(days.values()), sorted(notes + statements)


HELD = (
    ["2026-03-04", "2026-03-11", "2026-03-18"],
    [
        ("2026-03-04", "mission", "Ich gehe."),
        ("2026-03-04", "opening", "rain SMALLTALK"),
        ("2026-03-04", "yourself", "A goal"),
        ("2026-03-11", "dreams", "Meer"),
        ("2026-03-18", "mission", "I walk."),
        ("2026-03-18", "opening", "hail SMALLTALK"),
    ],
)


def test_meeting_notes_become_sessions_once_and_one_undo_takes_them_back(workbook, notes, tmp_path):
    before = workbook.figures()
    proposal = workbook.bringing.proposed(notes, as_sessions=True)
    assert [remark.words for remark in proposal.remarks if remark.is_unread] == ["UNDATED"]
    assert workbook.figures() == before
    came_in = workbook.bringing.bring(proposal)
    assert held(workbook) == HELD
    assert bring_notes(workbook, notes) == 0
    assert len(workbook.upkeep.undo()) == came_in
    assert (held(workbook), workbook.figures()) == (([], []), before)
    assert bring_notes(workbook, notes) == came_in


def test_notes_one_after_the_other_are_the_same_as_all_together(workbook, notes):
    for file in sorted(notes.glob("2026*"), reverse=True):
        bring_notes(workbook, file)
    versions = workbook.figures()["statements_counted"]
    assert held(workbook)[0] == HELD[0]
    assert {row for row in HELD[1] if row[1] != "mission"} <= set(held(workbook)[1])
    assert bring_notes(workbook, notes) == 0
    assert workbook.figures()["statements_counted"] == versions


@pytest.mark.parametrize(("visibility", "days", "count"), [(Visibility.PRIVATE, 0, 0), (Visibility.PAIR, 3, 4)])
def test_notes_under_no_heading_of_a_part_are_for_the_holder_alone(workbook, notes, visibility, days, count):
    bring_notes(workbook, notes, visibility)
    sessions, said = held(workbook, Audience.PAIR)
    assert (len(sessions), len(said)) == (days, count)
    shared = workbook.exported(Audience.PAIR)
    assert "SMALLTALK" not in shared
    assert "2026-03-04.md" not in shared


def test_notes_of_the_day_of_a_session_join_it(workbook, notes):
    bring_notes(workbook, notes / "2026-03-04.md", Visibility.PAIR)
    (notes / "2026-03-04 evening.md").write_text("## Dreams\nA bakery\n", encoding="utf-8")
    bring_notes(workbook, notes / "2026-03-04 evening.md", Visibility.PAIR)
    sessions, said = held(workbook)
    assert sessions == ["2026-03-04"]
    assert ("2026-03-04", "dreams", "A bakery") in said
