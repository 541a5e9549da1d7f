"""Programs that use one workbook at the same time, and programs that are killed while they write."""

import random
import signal
from itertools import islice

from coaching.store import Store, workbooks
from tests.unit.store.programs import PROGRAMS, compact_until, create_killed, save_many, start, told, work
from tests.unit.store.samples import KEY, WORKBOOK, files, note, revisions


def test_what_was_acknowledged_is_there_after_thirty_kills(locked):
    chance = random.Random(7)  # noqa: S311 - when to kill
    acknowledged: list[str] = []
    for number in range(30):
        receiving, sending = PROGRAMS.Pipe(duplex=False)
        program = start(work, locked.folder, str(number), sending)
        sending.close()
        acknowledged += islice(told(receiving), chance.randrange(1, 16))
        program.kill()
        acknowledged += told(receiving)
        program.join()
        assert program.exitcode == -signal.SIGKILL
    snapshot = Store.open(locked.folder, KEY).read()
    assert {note(name).id for name in acknowledged} <= {identity for identity, _ in revisions(snapshot)}
    assert snapshot.problems == ()
    assert len(acknowledged) > 100


def test_four_programs_save_while_a_fifth_compacts_and_a_sixth_reads(store):
    done = PROGRAMS.Event()
    compacting = start(compact_until, store.folder, done)
    saving = [start(save_many, store.folder, name, 50) for name in "abcd"]
    before: set[tuple[str, int]] = set()
    while any(program.is_alive() for program in saving):
        snapshot = store.read()
        now = set(revisions(snapshot))
        assert before <= now
        assert snapshot.problems == ()
        before = now
    done.set()
    compacting.join()
    assert [program.exitcode for program in (*saving, compacting)] == [0] * 5
    expected = {(note(f"{name} {turn}").id, 1) for name in "abcd" for turn in range(50)}
    assert set(revisions(store.read())) == expected
    assert len(files(store)) < 200
    assert files(store, "tmp") == []


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
