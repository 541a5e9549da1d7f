"""What is done with a workbook every day, and what happens to it, is never named as something missing or put back."""

import random
import shutil

import pytest

from coaching.store import Store
from coaching.store.backup.backup import backup, restore
from tests.unit.store.disks import CHANGES, killed
from tests.unit.store.programs import start
from tests.unit.store.samples import OTHER_SESSION, SESSION, WORKBOOK, erased, files, made, note

pytestmark = pytest.mark.posix


class Life:
    """A workbook to which something happens, again and again, as chance will have it."""

    def __init__(self, folder, number):
        self.chance = random.Random(number)  # noqa: S311 - what happens
        self.root, self.home, self.turn = folder, folder / "home 0", 0
        self.store = made(self.home)

    def happen(self):
        self.turn += 1
        own = (self.save, self.draft, self.close, self.compact, self.erase)
        happening = self.chance.choice((*own, self.kill, self.conflict, self.restore, self.copy, self.merge))
        happening()
        return happening.__name__

    def said(self):
        return [note(f"{self.turn}"), note("target", 10 * self.turn)]

    def save(self):
        self.store.save(self.said())

    def draft(self):
        session, writer = self.chance.choice([SESSION, OTHER_SESSION]), self.chance.choice(["tab-1", "tab-2"])
        for _ in range(self.chance.choice([1, 3])):
            self.store.draft(session, writer, [note(f"{self.turn}")])

    def close(self):
        self.store.commit(self.chance.choice([SESSION, OTHER_SESSION]))

    def compact(self):
        self.store.compact()

    def erase(self):
        self.store.erase([erased(f"{self.chance.randrange(1, self.turn + 1)}", 2)])

    def kill(self):
        program = start(
            act_killed, self.store.folder, self.turn, self.chance.choice(KILLED), self.chance.randrange(1, 40)
        )
        program.join()

    def conflict(self):
        """Let a sync program keep two of a file."""
        there = [*files(self.store), *files(self.store, "drafts")]
        if there:
            file = self.chance.choice(there)
            shutil.copy(file, file.with_stem(f"{file.stem} (conflicted copy {self.turn})"))

    def restore(self):
        backup(self.home, self.root / f"backup {self.turn}")
        self.save()
        self.store.folder.rename(self.root / f"moved away {self.turn}")
        restore(self.root / f"backup {self.turn}", self.home)

    def copy(self):
        """Go on at another computer."""
        home = self.root / f"home {self.turn}"
        shutil.copytree(self.home / WORKBOOK, home / WORKBOOK)
        self.home = home

    def merge(self):
        """Let a sync program bring together what two computers saved meanwhile."""
        elsewhere = self.root / f"elsewhere {self.turn}"
        shutil.copytree(self.home / WORKBOOK, elsewhere / WORKBOOK)
        there = Store.open(elsewhere / WORKBOOK)
        there.save([note(f"there {self.turn}")])
        self.save()
        for file in files(there):
            shutil.copy(file, self.store.folder / "entries" / file.name)

    def problems(self):
        seen = self.store.read().problems if self.store.folder.exists() else ()
        self.store = Store.open(self.home / WORKBOOK)
        return [*seen, *self.store.read().problems]


KILLED = ("save", "draft", "close", "compact", "erase")


def act_killed(folder, turn, act, at):
    """Do an act in a program that is killed at a disk call."""
    store = Store.open(folder)
    acts = {
        "save": lambda: store.save([note(f"killed {turn}")]),
        "draft": lambda: store.draft(SESSION, "tab-1", [note(f"killed {turn}")]),
        "close": lambda: store.commit(SESSION),
        "compact": store.compact,
        "erase": lambda: store.erase([erased(f"{turn}", 2)]),
    }
    with killed(at, CHANGES):
        acts[act]()


def alarms(folder, number):
    folder.mkdir()
    life, happened = Life(folder, number), []
    for _ in range(6):
        happened.append(life.happen())
        problems = life.problems()
        if problems:
            return [(number, happened, [(problem.file, problem.reason) for problem in problems])]
    shutil.rmtree(folder)
    return []


@pytest.mark.thorough
def test_nothing_is_named_in_thirty_lives_of_a_workbook(tmp_path):
    assert [alarm for number in range(30) for alarm in alarms(tmp_path / str(number), number)] == []


@pytest.mark.soak
def test_nothing_is_named_in_a_thousand_lives_of_a_workbook(tmp_path):
    assert [alarm for number in range(1000) for alarm in alarms(tmp_path / str(number), number)] == []
