"""Programs that use one workbook at the same time, and programs that are killed while they write."""

import random
import shutil
import signal
from collections import Counter
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from coaching.store import Store, create, unlock, workbooks
from tests.unit.store.programs import (
    PROGRAMS,
    compact_until,
    create_killed,
    read_until,
    save_many,
    start,
    told,
    work,
)
from tests.unit.store.samples import PASSPHRASE, WORKBOOK, act, cheap_locks, files, note, revisions

#: How many kills hit one workbook.
KILLS = 20


@pytest.mark.parametrize(
    "number_of_workbooks", [1, pytest.param(5, marks=pytest.mark.thorough), pytest.param(15, marks=pytest.mark.soak)]
)
def test_what_was_acknowledged_is_there_after_every_kill_and_no_reader_sees_an_error(home, number_of_workbooks):
    """Twenty kills hit one workbook while another program reads it; then comes the next workbook."""
    chance = random.Random(7)  # noqa: S311 - when to kill
    acknowledged, readings = 0, 0
    for number in range(number_of_workbooks):
        with cheap_locks():
            folder = create(home / WORKBOOK, workbook=WORKBOOK, holder="coach", passphrase=PASSPHRASE).store.folder
        done, (receiving, sending) = PROGRAMS.Event(), PROGRAMS.Pipe(duplex=False)
        reading = start(read_until, folder, done, sending)
        sending.close()
        told_names: list[str] = []
        for life in range(KILLS):
            told_names += killed_at_some_time(folder, f"{number} {life}", chance)
        done.set()
        readings += sum(told(receiving))
        reading.join()
        assert reading.exitcode == 0
        snapshot = Store.open(folder, unlock(folder, PASSPHRASE)).read()
        there = {identity for identity, _ in revisions(snapshot)}
        assert {note(name).id for name in told_names} <= there
        assert snapshot.problems == ()
        sessions = [name for name in told_names if name.endswith("session")]
        assert {entry.id for name in sessions for entry in act(name)} <= there
        assert torn(snapshot.history) == []
        acknowledged += len(told_names)
        shutil.rmtree(home)
    assert acknowledged > 3 * KILLS * number_of_workbooks
    assert readings > KILLS * number_of_workbooks / 3


def killed_at_some_time(folder, name, chance):
    """Let a program work, kill it, and return the names it told."""
    receiving, sending = PROGRAMS.Pipe(duplex=False)
    program = start(work, folder, name, sending)
    sending.close()
    acknowledged = list(islice(told(receiving), chance.randrange(1, 10)))
    program.kill()
    acknowledged += told(receiving)
    program.join()
    assert program.exitcode == -signal.SIGKILL
    return acknowledged


def torn(history):
    """Return the sessions without all of their items, and items without their session."""
    found = history.filter(pc.is_in(history["kind"], pa.array(["session", "item"])))
    number = Counter(found["session"].to_pylist())
    return [session for session in number if number[session] != len(act(""))]


@pytest.mark.thorough
def test_eight_programs_save_while_three_compact_and_one_reads(locked):
    done, how_many, saves = PROGRAMS.Event(), 8, 200
    compacting = [start(compact_until, locked.folder, done) for _ in range(3)]
    saving = [start(save_many, locked.folder, str(name), saves) for name in range(how_many)]
    before: set[tuple[str, int]] = set()
    while any(program.is_alive() for program in saving):
        snapshot = locked.read()
        now = set(revisions(snapshot))
        assert before <= now
        assert snapshot.problems == ()
        before = now
    done.set()
    for program in compacting:
        program.join()
    assert [program.exitcode for program in (*saving, *compacting)] == [0] * (how_many + 3)
    expected = {(note(f"{name} {turn}").id, 1) for name in range(how_many) for turn in range(saves)}
    assert set(revisions(locked.read())) == expected
    assert len(files(locked)) < how_many * saves  # how often, is the scheduler's matter
    assert files(locked, "tmp") == []
    locked.compact()
    assert set(revisions(locked.read())) == expected
    assert len(files(locked)) == 1


@pytest.mark.thorough
def test_a_kill_at_any_step_of_making_a_workbook_leaves_a_whole_one_or_none(tmp_path):
    made = []
    for at in range(1, 50):
        home = tmp_path / str(at)
        program = start(create_killed, home, at)
        program.join()
        found, problems = workbooks(home)
        assert problems == []
        made.append(len(found))
        for folder in found:
            assert Store.open(folder).workbook == WORKBOOK
        if program.exitcode == 0:
            break
    assert program.exitcode == 0
    assert made == sorted(made)
    assert made[0] == 0
    assert made[-1] == 1
