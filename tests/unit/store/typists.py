"""Programs that type, close and compact at natural timing, while another one erases what they type."""

import random
import time
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path

from coaching.errors import StoreError
from coaching.model.entries import Note
from coaching.model.ids import derived_id
from coaching.store import Store
from tests.unit.store.programs import PROGRAMS
from tests.unit.store.programs import __name__ as other_programs
from tests.unit.store.samples import erased, note
from tests.unit.store.stepper import holding

PROGRAMS.set_forkserver_preload([other_programs, __name__])
_PER_SESSION = 6


def words(number: int) -> str:
    """Return what all of them type into the entry that is erased as the one of this number."""
    return f"words number {number}, which somebody asked to be erased"


def _target(number: int) -> Note:
    return note(f"target {number}", time.time_ns() // 1000, text=words(number))


def type_until(folder: Path, name: str, done: Event, told: Connection) -> None:
    """Draft each 20 to 50 ms, now and then close the session or compact; tell at the end what was acknowledged."""
    chance = random.Random(name)  # noqa: S311 - when something is typed
    store, number, acknowledged, refused = Store.open(folder), 0, [], 0
    for turn in count():
        session, said = derived_id(None, name, str(turn)), []
        for place in range(_PER_SESSION):
            if done.is_set():
                told.send((acknowledged, refused))
                return
            said.append(note(f"{name} {turn} {place}", session=session))
            try:
                store.draft(session, name, [*said, _target(number)])
                acknowledged.append(said[-1].id)
            except StoreError:
                said.pop()
                refused, number = refused + 1, _next_target(store)
            time.sleep(chance.uniform(0.02, 0.05))
        store.commit(session)
        if turn % 4 == 0:
            store.compact()


def _next_target(store: Store) -> int:
    """Return the number of the first target that nobody has erased: somebody runs all cells, and goes on."""
    rows = store.read().history
    places = set(rows.filter(rows.column("erased"))["id"].to_pylist())
    return next(number for number in count() if note(f"target {number}").id not in places)


def erase_many(folder: Path, number: int, told: Connection) -> None:
    """Erase so many entries while others type them; tell what was wrong when each erasing had returned."""
    chance = random.Random(number)  # noqa: S311 - when something is erased
    store, wrong = Store.open(folder), []
    for target in range(number):
        identity = note(f"target {target}").id
        while identity not in store.read().history["id"].to_pylist():
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.05))
        problems = store.erase([erased(f"target {target}", time.time_ns() // 1000)])
        wrong += [problem.file for problem in problems]
        wrong += [f"{target} in {name}" for name in holding(folder, store.workbook, words=words(target))]
        for reader in (store, Store.open(folder)):
            snapshot = reader.read()
            wrong += [f"{problem.file} {problem.reason}" for problem in snapshot.problems]
            wrong += [f"{target} is read"] if words(target) in str(snapshot.history["text"].to_pylist()) else []
    told.send(wrong)
