"""Programs that the tests start beside themselves, and kill."""

import multiprocessing
from collections.abc import Iterator
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from coaching.identity import derived_id
from coaching.store import Store, create
from tests.unit.store.disks import killed
from tests.unit.store.samples import KEY, WORKBOOK, note

#: Starts each program from one that has imported everything, so that starting takes no time.
PROGRAMS = multiprocessing.get_context("forkserver")
PROGRAMS.set_forkserver_preload([__name__])


def start(program, *arguments):
    process = PROGRAMS.Process(target=program, args=arguments)
    process.start()
    return process


def work(folder: Path, name: str, acknowledge: Connection) -> None:
    """Draft, save, commit and compact without end; tell each entry's name as soon as the store says it is kept."""
    store = Store.open(folder, KEY)
    for turn in count():
        session = derived_id(None, name, str(turn))
        store.draft(session, "tab-1", [note(f"{name} {turn} drafted")])
        acknowledge.send(f"{name} {turn} drafted")
        store.draft(session, "tab-1", [note(f"{name} {turn} drafted"), note(f"{name} {turn} more")])
        acknowledge.send(f"{name} {turn} more")
        store.commit(session)
        store.save([note(f"{name} {turn} saved")])
        acknowledge.send(f"{name} {turn} saved")
        if turn % 3 == 0:
            store.compact()


def save_many(folder: Path, name: str, number: int) -> None:
    store = Store.open(folder)
    for turn in range(number):
        store.save([note(f"{name} {turn}")])


def compact_until(folder: Path, done) -> None:
    store = Store.open(folder)
    while not done.is_set():
        store.compact()


def create_killed(home: Path, at: int) -> None:
    with killed(at):
        create(home / WORKBOOK, workbook=WORKBOOK, holder="coach")


def told(connection: Connection) -> Iterator[str]:
    """Give what a program tells until it is gone."""
    try:
        while True:
            yield connection.recv()
    except EOFError:
        return
