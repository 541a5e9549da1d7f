"""The lock of a home: `coaching lock` reaches every program that has it open, and when it is time is settable."""

import re
from datetime import timedelta

import pytest

from coaching.errors import CoachingError
from coaching.forms.engine.guard import Guard
from coaching.jupyter.lock import HomeSafe, guarded, lock_all
from coaching.workbook.environment import lock_after
from coaching.workbook.home import Home
from tests.browser.lab import wait_until
from tests.unit.locks import MAYA, OTHER, PASSPHRASE, YARA, ZOE


def test_a_lock_of_all_is_noticed_by_each_program_once(shelf):
    safes = [HomeSafe(Home(shelf.home)) for _ in range(2)]
    assert [safe.was_told() for safe in safes] == [False, False]
    lock_all(shelf.home)
    assert [safe.was_told() for safe in safes] == [True, True]
    assert [safe.was_told() for safe in safes] == [False, False]


def test_who_locks_all_need_not_be_told(shelf):
    safe, other = HomeSafe(Home(shelf.home)), HomeSafe(Home(shelf.home))
    safe.tell_others()
    assert (safe.was_told(), other.was_told()) == (False, True)


def test_a_kernel_locks_by_itself_when_it_is_told(shelf):
    home = Home(shelf.home)
    home.unlock(PASSPHRASE)
    guard = guarded(home)
    lock_all(shelf.home)
    wait_until(lambda: guard.is_locked, "it does not lock", patience=10)
    assert not home.unlocking.is_open()
    assert [workbook.name for workbook in home.workbooks()] == [YARA]


def test_a_home_that_is_not_there_is_not_made_by_locking_it(tmp_path):
    home = tmp_path / "elsewhere"
    with pytest.raises(CoachingError, match=re.escape(f"There is no home folder '{home}', so nothing was locked")):
        lock_all(home)
    HomeSafe(Home(home)).tell_others()
    assert not home.exists()


def test_one_passphrase_opens_its_own_again(shelf):
    home = Home(shelf.home)
    for passphrase in (PASSPHRASE, OTHER):
        home.unlock(passphrase)
    home.lock()
    home.unlock(OTHER)
    assert {workbook.name for workbook in home.workbooks()} == {ZOE, YARA}
    assert [folder.name for folder in home.locked()] == [shelf.ids[MAYA]]


@pytest.mark.parametrize(("said", "minutes"), [(None, 15), ("", 15), ("5", 5), ("0.5", 0.5)])
def test_after_how_long_it_locks_can_be_set(monkeypatch, said, minutes):
    monkeypatch.delenv("COACHING_LOCK_AFTER", raising=False)
    if said is not None:
        monkeypatch.setenv("COACHING_LOCK_AFTER", said)
    assert lock_after() == timedelta(minutes=minutes)


@pytest.mark.parametrize("said", ["never", "0", "-1", "nan", "inf"])
def test_what_is_no_number_of_minutes_is_refused(monkeypatch, said):
    monkeypatch.setenv("COACHING_LOCK_AFTER", said)
    with pytest.raises(CoachingError, match="COACHING_LOCK_AFTER is"):
        lock_after()


def test_how_a_lock_stands_is_said_without_a_name(shelf):
    assert repr(Guard(HomeSafe(Home(shelf.home)), timedelta(minutes=1))) == "<the lock of a kernel: open, 0 pages>"
