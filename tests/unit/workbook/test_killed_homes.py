"""What is done with a whole home is done whole or not at all, wherever the program is killed."""

import random
import shutil
import signal
import time
from itertools import count

import pytest

from coaching.formats import bundle
from coaching.model.sharing import Audience
from coaching.store.backup import backup as backups
from coaching.store.files.memory import FOLDER
from coaching.workbook.handouts import Recipient
from coaching.workbook.handover.offer import HandoverChoice
from coaching.workbook.home import Home
from tests.unit.formats.seals import sealed_cheaply
from tests.unit.store.programs import PROGRAMS, start
from tests.unit.store.samples import PASSPHRASE, cheap_locks
from tests.unit.workbook import killed_homes as programs
from tests.unit.workbook.killed_homes import NOW, complaints, do, do_after, names, opened, waits

pytestmark = pytest.mark.posix

#: How often programs are killed at a random moment: every day, and where there is time.
_KILLS = [3, pytest.param(300, marks=pytest.mark.soak)]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Return what comes in: two exports of a workbook, a bundle, a hand-over, also sealed, and a backup."""
    folder = tmp_path_factory.mktemp("files")
    there = Home(folder / "there", lambda: NOW)
    maya = there.create("Maya", "Ana").workbook
    maya.write_export(folder / "maya.json")
    maya.write_export(folder / "maya.zip", Recipient(Audience.PAIR))
    maya.handing_over.hand_over(maya.handing_over.planned(HandoverChoice(to="Nora")), folder / "handover.zip")
    (folder / "handover.zip.age").write_bytes(sealed_cheaply((folder / "handover.zip").read_bytes()))
    maya.write_export(folder / "later.json")
    two = Home(folder / "two", lambda: NOW)
    with cheap_locks():
        two.create("Maya", "Ana", lambda: PASSPHRASE)
    two.import_file(folder / "maya.json")
    (two.folder / "notebooks").mkdir()
    (two.folder / "notebooks" / "mine.ipynb").write_text('{"cells": []}')
    backups.backup(two.folder, folder / "backup")
    return folder


ACTS = {
    "create": (programs.create, "none", 1),
    "create plain": (programs.create_plain, "none", 1),
    "import what was exported": (programs.import_file, "maya.json", 1),
    "import a bundle": (programs.import_file, "maya.zip", 1),
    "take over": (programs.import_file, "handover.zip", 1),
    "take over what is sealed": (programs.import_file, "handover.zip.age", 1),
    "restore": (programs.restore, "backup", 2),
}


#: The others are made by the same steps, and tried where there is time.
EVERY_DAY = {"create", "restore"}


@pytest.mark.thorough
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in EVERY_DAY else pytest.mark.soak) for name in ACTS]
)
def test_a_kill_at_any_disk_call_leaves_all_or_nothing(files, tmp_path, name):
    act, file, whole = ACTS[name]
    found = []
    for at in range(1, 300):
        home = tmp_path / f"home {at}"
        program = start(do, act, home, files / file, at)
        program.join()
        assert complaints(home, whole) == []
        found.append(len(opened(home).workbooks()))
        if program.exitcode == 0:
            break
        assert program.exitcode == -signal.SIGKILL
    assert (program.exitcode, found[-1], set(found)) == (0, whole, {0, whole})
    assert found == sorted(found)


@pytest.mark.parametrize("name", ["create", "import a bundle"])
def test_after_a_kill_it_can_be_done_again(files, tmp_path, name):
    act, file, whole = ACTS[name]
    for at in (2, 6, 12):
        home = tmp_path / f"home {at}"
        program = start(do, act, home, files / file, at)
        program.join()
        assert (program.exitcode, names(home)) == (-signal.SIGKILL, [])
        do(act, home, files / file)
        assert (complaints(home, whole), len(names(home))) == ([], 1)


def test_a_kill_at_any_disk_call_leaves_nothing_unfinished_in_what_the_home_remembers(tmp_path):
    for at in range(1, 100):
        home = tmp_path / f"home {at}"
        do(programs.create, home, tmp_path)
        program = start(do, programs.renew_recovery_key, home, tmp_path, at)
        program.join()
        remembered = {path.suffix or path.name for path in (home / FOLDER).iterdir()}
        assert remembered <= {".card", ".encrypted", ".seen", "reserve"}
        assert complaints(home, 1) == []
        if program.exitcode == 0:
            break
        assert program.exitcode == -signal.SIGKILL
    assert ".card" in remembered
    assert at > 8


@pytest.mark.soak
@pytest.mark.parametrize("name", ["create", "import what was exported"])
def test_the_recovery_key_of_a_workbook_that_a_kill_left_is_offered_anew(files, tmp_path, name):
    act, file, _ = ACTS[name]
    seen = []
    for at in range(1, 300):
        home = tmp_path / f"home {at}"
        program = start(do, act, home, files / file, at)
        program.join()
        seen += waits(home)
        if program.exitcode == 0:
            break
    assert len(seen) > 1
    assert all(seen)


@pytest.mark.soak
def test_a_kill_at_any_disk_call_of_a_hand_over_leaves_no_plan_that_moved_on_without_its_file(tmp_path):
    with_file = []
    for at in range(1, 300):
        home, file = tmp_path / f"home {at}", tmp_path / f"plan {at}.zip"
        Home(home, lambda: NOW).create("Maya", "Ana")
        program = start(do, programs.hand_over, home, file, at)
        program.join()
        assert complaints(home, 1) == []
        has_moved_on = opened(home).workbooks()[0].handing_over.ends() is not None
        with_file.append((has_moved_on, file.exists()))
        assert not file.exists() or bundle.load(file.name, file.read_bytes())["entries"]
        if program.exitcode == 0:
            break
        assert program.exitcode == -signal.SIGKILL
    assert with_file == sorted(with_file)
    assert with_file[-1] == (True, True)
    assert (True, False) not in with_file


def left_by_kills(number, act, file, homes):
    """Give the homes that are left by so many kills, each at a random moment, and by acts that were done by then."""
    chance = random.Random(act.__name__ + file.name)  # noqa: S311 - when a program is killed

    def begun(home):
        event = PROGRAMS.Event()
        program = start(do_after, event, act, home, file)
        assert event.wait(60)
        return program

    def seconds(home):
        program, began = begun(home), time.monotonic()
        program.join()
        assert program.exitcode == 0
        return time.monotonic() - began

    lasts = min(seconds(next(homes)) for _ in range(3))
    hits = 0
    for turn, home in enumerate(homes):
        program = begun(home)
        program.join(chance.uniform(0, lasts))
        program.kill()
        program.join()
        hits += program.exitcode == -signal.SIGKILL
        yield home
        if hits == number:
            return
        assert turn < 10 * number + 10


@pytest.mark.parametrize("kills", _KILLS)
@pytest.mark.parametrize("name", ACTS)
def test_a_kill_at_any_moment_leaves_all_or_nothing(files, tmp_path, name, kills):
    act, file, whole = ACTS[name]
    homes = (tmp_path / f"home {turn}" for turn in count())
    looked_at = 0
    for home in left_by_kills(kills, act, files / file, homes):
        assert complaints(home, whole) == []
        assert all(waits(home)) or act in {programs.create_plain, programs.restore}
        looked_at += 1
    assert looked_at >= kills


@pytest.mark.parametrize("kills", _KILLS)
def test_a_kill_at_any_moment_of_an_import_into_what_is_there_leaves_that_or_all_of_it(files, tmp_path, kills):
    def homes():
        for turn in count():
            do(programs.import_file, tmp_path / f"home {turn}", files / "maya.json")
            yield tmp_path / f"home {turn}"

    def said(home):
        return opened(home).workbooks()[0].exported()

    before = next(homes())
    known = {said(before)}
    do(programs.import_file, before, files / "later.json")
    known.add(said(before))
    assert len(known) == 2
    shutil.rmtree(before)
    looked_at = 0
    for home in left_by_kills(kills, programs.import_file, files / "later.json", homes()):
        assert complaints(home, 1) == []
        assert said(home) in known
        looked_at += 1
    assert looked_at >= kills


@pytest.mark.parametrize("kills", _KILLS)
def test_a_kill_at_any_moment_of_a_hand_over_leaves_no_plan_that_moved_on_without_its_file(tmp_path, kills):
    file = tmp_path / "plan.zip"

    def homes():
        for turn in count():
            file.unlink(missing_ok=True)
            Home(tmp_path / f"home {turn}", lambda: NOW).create("Maya", "Ana")
            yield tmp_path / f"home {turn}"

    looked_at = 0
    for home in left_by_kills(kills, programs.hand_over, file, homes()):
        assert complaints(home, 1) == []
        assert file.exists() or opened(home).workbooks()[0].handing_over.ends() is None
        assert not file.exists() or bundle.load(file.name, file.read_bytes())["entries"]
        looked_at += 1
    assert looked_at >= kills
