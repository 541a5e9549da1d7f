"""Erasing while other programs type, close and compact, as they would."""

import os

import pytest

from coaching.store import Store
from tests.unit.store.programs import PROGRAMS, start
from tests.unit.store.samples import made
from tests.unit.store.stepper import holding
from tests.unit.store.typists import erase_many, type_until, words

pytestmark = pytest.mark.posix

#: How many are erased where there is time; set COACHING_ERASINGS=1000 for the full number.
_ERASINGS = int(os.environ.get("COACHING_ERASINGS", "300"))


def erase_together(home, typists, number):
    """Let programs type until another one has erased so much; return what was wrong, and what they told."""
    folder, done = made(home).folder, PROGRAMS.Event()
    pipes = [PROGRAMS.Pipe(duplex=False) for _ in range(typists + 1)]
    typing = [start(type_until, folder, f"typist-{name}", done, pipes[name][1]) for name in range(typists)]
    erasing = start(erase_many, folder, number, pipes[-1][1])
    for _, sending in pipes:
        sending.close()
    try:
        wrong = pipes[-1][0].recv()
    finally:
        done.set()
    told = [receiving.recv() for receiving, _ in pipes[:-1]]
    for program in (*typing, erasing):
        program.join()
        assert program.exitcode == 0
    snapshot = Store.open(folder).read()
    there = set(snapshot.history["id"].to_pylist())
    lost = [identity for acknowledged, _ in told for identity in acknowledged if identity not in there]
    assert sum(len(acknowledged) for acknowledged, _ in told) > number
    assert sum(refused for _, refused in told) > number / 4
    assert [number for number in range(number) if holding(folder, folder.name, words=words(number))] == []
    return wrong, lost, snapshot.problems


@pytest.mark.thorough
@pytest.mark.parametrize("typists", [2])
def test_twenty_erasings_while_others_type_leave_no_word_and_take_no_other(home, typists):
    assert erase_together(home, typists, 20) == ([], [], ())


@pytest.mark.soak
@pytest.mark.parametrize("typists", [1, 3, 5])
def test_many_erasings_while_others_type_leave_no_word_and_take_no_other(home, typists):
    assert erase_together(home, typists, _ERASINGS // 3) == ([], [], ())
