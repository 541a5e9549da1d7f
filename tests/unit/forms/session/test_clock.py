"""A clock that jumped: said first, and nothing is erased until something confirms it."""

import sys
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from coaching.__main__ import main
from coaching.forms.session.desk import Desk
from coaching.model.entries import Reflection
from coaching.model.ids import derived_id
from coaching.model.revisions import revision_at
from coaching.workbook.clock import unconfirmed_jump
from coaching.workbook.home import Home
from tests.unit.forms.pages import Clock, Kernel, entries

NOW = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
PRIVATE = derived_id(None, "private")
TITLE = "Is the date right?"


def at(*days):
    return [NOW + timedelta(days=day) for day in days]


def moments(*days):
    return np.array([revision_at(moment) for moment in at(*days)], np.int64)


@pytest.mark.parametrize(
    ("saves", "now", "elsewhere", "before"),
    [
        ([], 0, [], None),
        ([0], 0, [], None),
        ([0], 14, [], None),
        ([0], 30, [], None),
        ([0], 30.01, [], 0),
        ([0], 365, [], 0),
        ([0, 365], 365, [], 0),
        ([0, 365, 365.5], 365.9, [], 0),
        ([0, 365], 366, [], None),
        ([0, 365], 379, [], None),
        ([0, 365], 14, [], 365),
        ([0, 365, 14], 14.5, [], 365),
        ([0, 365, 14], 15, [], None),
        ([0, 365, 14], 28, [], None),
        ([0, 365, 14], 380, [], 14),
        ([0], -0.001, [], None),
        ([0], -0.01, [], 0),
        ([0], -1, [], 0),
        ([0], -400, [], 0),
        ([0, 61], 122, [], 61),
        ([0], 61, [20, 40], None),
        ([0], 61, [0.5, 30.4, 60.3], None),
        ([0], 61, [5], 0),
        ([0], 365, [60, 61], 0),
        ([0], 61, [-5, 70], 0),
    ],
)
def test_what_confirms_a_clock_and_what_does_not(saves, now, elsewhere, before):
    jump = unconfirmed_jump(moments(*saves), *at(now), [moments(*elsewhere)])
    assert (jump and jump.before) == (None if before is None else at(before)[0])


def test_a_jump_is_said_in_one_sentence():
    ahead, back = unconfirmed_jump(moments(0), *at(365)), unconfirmed_jump(moments(365), *at(0))
    assert str(ahead) == (
        "By this computer's clock it is Tuesday, 12 January 2027, 09:30, 365 days after anything was kept here before "
        "(Monday, 12 January 2026, 09:30)."
    )
    assert str(back) == (
        "By this computer's clock it is Monday, 12 January 2026, 09:30, but something was kept here on "
        "Tuesday, 12 January 2027, 09:30, later than that: the clock is wrong, or was then."
    )


@pytest.fixture
def home(tmp_path):
    """A home with one workbook, in which a private note has 90 days from now."""
    found = Home(tmp_path / "home", Clock(NOW))
    made = found.create("Maya", "Ana").workbook
    made.add(
        [
            {"kind": "reflection", "id": PRIVATE, "author": "coach", "visibility": "private", "text": "for me alone",
             "expires_on": date(2026, 4, 12)}
        ]
    )  # fmt: skip
    return found


def hold(home):
    """Hold a session, type something, and close it; return its first form at the beginning, and what closing said."""
    kernel = Kernel(Home(home.folder, home.clock))
    beginning, yourself = kernel.view("beginning"), kernel.view("yourself")
    yourself.type(coach_plan="walk")
    kernel.view("closing").type(act="close_anyway")
    return beginning, kernel


def asked(view):
    return TITLE in [block["title"] for block in view.blocks() if block["type"] == "section"]


def is_there(home):
    return PRIVATE in entries(Home(home.folder, home.clock))


@pytest.mark.parametrize(
    ("days", "questions", "there"),
    [
        ([0, 14, 28, 42, 56, 70, 84, 98], [False] * 8, False),
        ([0, 365], [False, True], True),
        ([0, 365, 14], [False, True, True], True),
        ([0, 365, 14, 28], [False, True, True, False], True),
        ([0, 365, 14, 28, 42, 56, 70, 84, 98], [False, True, True] + [False] * 6, False),
        ([0, 365.0, 365.2], [False, True, True], True),
        ([0, 100, 114], [False, True, False], False),
        ([14, 1], [False, True], True),
    ],
    ids=["weeks", "a year ahead", "and right again", "and on", "until its time is over", "twice on a day", "a rest",
         "back"],
)  # fmt: skip
def test_a_session_after_a_jump_erases_nothing_and_says_so_first(home, days, questions, there):
    said = []
    for day in days:
        home.clock.now = NOW + timedelta(days=day)
        beginning, _ = hold(home)
        said.append(asked(beginning))
    assert said == questions
    assert is_there(home) is there


def test_who_says_that_the_date_is_right_has_them_erased(home):
    hold(home)
    home.clock.forward(days=365)
    kernel = Kernel(Home(home.folder, home.clock))
    beginning, closing = kernel.view("beginning"), kernel.view("closing")
    assert beginning.blocks()[0]["title"] == TITLE
    beginning.type(act="date_right")
    assert not asked(beginning)
    kernel.view("yourself").type(coach_plan="walk")
    closing.type(act="close_anyway")
    assert not is_there(home)


def test_a_note_that_is_over_by_a_clock_that_jumped_is_not_called_erased(home):
    home.clock.forward(days=365)
    beginning = Kernel(Home(home.folder, home.clock)).view("beginning")
    assert "1 private note is past the 90 days by this clock; it stays until the date is sure." in str(beginning.form)


def test_what_was_kept_in_other_workbooks_meanwhile_tells_a_rest_from_a_jump(home):
    other = home.create("Zoë", "Ana").workbook
    for week in range(1, 15):
        home.clock.now = NOW + timedelta(weeks=week)
        note = {"kind": "reflection", "id": derived_id(None, str(week)), "author": "coach", "visibility": "private"}
        other.add([note | {"text": "still at work"}])
    desk = Desk(Home(home.folder, home.clock))
    maya = next(identity for identity, name in desk.offered(None).people if name == "Maya")
    context = desk.open_session(maya)
    assert desk.offered(context).clock_jump is None
    assert desk.close(context) == 1


def test_what_came_in_from_another_copy_is_not_when_something_was_kept_here(home, tmp_path):
    ahead = Home(tmp_path / "theirs", Clock(NOW + timedelta(days=300)))
    (mine,) = home.workbooks()
    mine.write_export(tmp_path / "there.zip")
    theirs = ahead.import_file(tmp_path / "there.zip").workbook
    theirs.add([{"kind": "note", "id": derived_id(None, "n"), "author": "coachee", "visibility": "pair",
                 "segment": "dreams", "topic": "dream", "text": "theirs"}])  # fmt: skip
    theirs.write_export(tmp_path / "back.zip")
    mine = home.import_file(tmp_path / "back.zip").workbook
    assert mine.upkeep.clock_jump() is None


@pytest.fixture
def coaching(home, monkeypatch, capsys):
    """Return a function that runs a command line when the clock of the computer says some day."""

    def run(*arguments, days):
        home.clock.now = NOW + timedelta(days=days)
        monkeypatch.setattr("coaching.workbook.home.Home.__init__.__defaults__", (None, home.clock))
        monkeypatch.setenv("COACHING_HOME", str(home.folder))
        monkeypatch.setattr(sys, "argv", ["coaching", *arguments])
        return (main(), *capsys.readouterr())

    return run


@pytest.mark.parametrize("arguments", [["list"], ["check"], ["metrics", "Maya"]])
@pytest.mark.parametrize(("days", "is_said"), [(14, False), (365, True), (-14, True)])
def test_the_command_line_says_it(coaching, arguments, days, is_said):
    _, _, err = coaching(*arguments, days=days)
    assert ("Warning: By this computer's clock it is" in err) is is_said
    assert ("If the date is wrong, set the clock of this computer." in err) is is_said


def test_the_command_line_erases_nothing_after_a_jump_unless_it_is_told_to(coaching, home):
    code, out, err = coaching("erase", "Maya", "--expired", days=365)
    assert (code, out) == (1, "")
    assert err.endswith("Nothing was erased. Where nobody can be asked, say --yes.\n")
    assert is_there(home)
    code, out, _ = coaching("erase", "Maya", "--expired", "--yes", days=365)
    assert (code, out) == (0, "Erased: 1 private note past the 90 days.\n")
    assert not is_there(home)


def test_the_note_of_these_tests_is_one_that_is_erased_when_its_time_is_over(home):
    assert isinstance(entries(home)[PRIVATE], Reflection)
    home.clock.forward(days=100)
    assert home.find("Maya").upkeep.erase_expired().entries == 1
