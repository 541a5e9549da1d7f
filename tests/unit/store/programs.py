"""Programs that the tests start beside themselves, and kill."""

import multiprocessing
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from coaching.errors import LockedError
from coaching.model.ids import derived_id
from coaching.store import Keys, Store, create, unlock, write_file
from tests.unit.store.disks import CHANGES, killed
from tests.unit.store.samples import KEY, PASSPHRASE, WORKBOOK, act, cheap_locks, erased, note, revisions, rotate
from tests.unit.store.windows import Windows

#: Starts each program from one that has imported everything, so that starting takes no time.
PROGRAMS = multiprocessing.get_context("forkserver")
PROGRAMS.set_forkserver_preload([__name__])


def on_windows(root: Path, program, *arguments) -> None:
    """Run a program on a simulated Windows, where others have files open too."""
    with Windows(root, has_others=True).running():
        program(*arguments)


def start(program, *arguments):
    process = PROGRAMS.Process(target=program, args=arguments)
    process.start()
    return process


def work(folder: Path, name: str, acknowledge: Connection) -> None:
    """Draft, commit, save, compact and rotate without end; tell each name as soon as the store says it is kept."""
    with cheap_locks():
        keys = unlock(folder, PASSPHRASE)
        store = Store.open(folder, keys)
        for turn in count():
            session = derived_id(None, name, str(turn))
            store.draft(session, "tab-1", [note(f"{name} {turn} drafted")])
            acknowledge.send(f"{name} {turn} drafted")
            store.draft(session, "tab-1", [note(f"{name} {turn} drafted"), note(f"{name} {turn} more")])
            acknowledge.send(f"{name} {turn} more")
            store.commit(session)
            store.save(act(f"{name} {turn} session"))
            acknowledge.send(f"{name} {turn} session")
            if turn % 3 == 0:
                store.compact()
            if turn % 3 == 1:
                keys, _ = rotate(folder, keys, PASSPHRASE)
                store = Store.open(folder, keys)


def save_many(folder: Path, name: str, number: int) -> None:
    store = Store.open(folder, KEY)
    for turn in range(number):
        store.save([note(f"{name} {turn}")])


def compact_until(folder: Path, done) -> None:
    store = Store.open(folder, KEY)
    while not done.is_set():
        store.compact()


def read_until(folder: Path, done, told: Connection) -> None:
    """Read without end, and tell how often; fail when something cannot be read, or is not there any more.

    Others may give the workbook new keys; nothing can be read then until it is unlocked anew.
    """
    store, before, readings = _opened(folder), set(), 0
    while not done.wait(0.005):  # the others need the machine too
        try:
            snapshot = store.read()
        except LockedError:
            store = _opened(folder)
            continue
        now = set(revisions(snapshot))
        assert snapshot.problems == ()
        assert before <= now
        before, readings = now, readings + 1
    told.send(readings)


def read_plainly_until(folder: Path, done, told: Connection) -> None:
    """Read without end, and tell how often; fail when something cannot be read."""
    store, readings = Store.open(folder, KEY), 0
    while not done.wait(0.005):
        assert store.read().problems == ()
        readings += 1
    told.send(readings)


def _opened(folder: Path) -> Store:
    """Unlock and open a workbook to which others may give a new key between the two."""
    while True:
        with suppress(LockedError):
            return Store.open(folder, unlock(folder, PASSPHRASE))


def open_killed(folder: Path, keys: Keys, at: int) -> None:
    with killed(at, CHANGES):
        Store.open(folder, keys)


def rotate_killed(folder: Path, keys: Keys, at: int) -> None:
    with killed(at, CHANGES), cheap_locks():
        Store.open(folder, rotate(folder, keys, PASSPHRASE)[0])


def erase_killed(folder: Path, keys: Keys, at: int) -> None:
    store = Store.open(folder, keys)
    with killed(at, CHANGES):
        store.erase([erased("a", 3)])


def create_killed(home: Path, at: int) -> None:
    with killed(at):
        create(home / WORKBOOK, workbook=WORKBOOK, holder="coach")


def write_killed(file: Path, words: str, at: int) -> None:
    with killed(at):
        write_file(file, words)


def told(connection: Connection) -> Iterator[str]:
    """Give what a program tells until it is gone."""
    try:
        while True:
            yield connection.recv()
    except EOFError:
        return
