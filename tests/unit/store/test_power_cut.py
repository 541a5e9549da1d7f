"""A power cut after any step: nothing that was acknowledged is lost, and nothing is there in part."""

import os
import random
import shutil

import pytest

from coaching.errors import StoreError
from coaching.store import Store, create, unlock, workbooks
from coaching.store.files.memory import FOLDER
from tests.unit.store.powercut import Disk, recorded
from tests.unit.store.samples import (
    PASSPHRASE,
    SESSION,
    WORKBOOK,
    act,
    cheap_locks,
    contents,
    erased,
    keys,
    note,
    revisions,
    rotate,
)

ERASED = "words that are to be erased"


def live(home, events):
    """Do everything a workbook is for, and tell what is kept."""
    folder = home / WORKBOOK
    store = create(folder, workbook=WORKBOOK, holder="coach", passphrase=PASSPHRASE).store
    events.append(("told", ("made",)))
    for turn in range(2):
        store.draft(SESSION, "tab-1", [note(f"drafted {turn}")])
        events.append(("told", (f"drafted {turn}",)))
        store.draft(SESSION, "tab-1", [note(f"drafted {turn}"), note(f"more {turn}")])
        events.append(("told", (f"more {turn}",)))
        store.commit(SESSION)
        store.save(act(f"session {turn}"))
        events.append(("told", (f"session {turn}",)))
        store.compact()
        rotated, _ = rotate(folder, unlock(folder, PASSPHRASE), PASSPHRASE)
        store = Store.open(folder, rotated)
        store.save([note(f"saved {turn}")])
        events.append(("told", (f"saved {turn}",)))
    store.erase([erased("saved 1", 2)])


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    home = tmp_path_factory.mktemp("lived") / "home"
    with cheap_locks(), recorded(home.parent) as events:
        live(home, events)
    return events


CUTS = {
    "everything that was not flushed is lost": lambda _: lambda _: False,
    "only names that were removed are": lambda _: lambda change: change.node is None,
    "only names that were given are": lambda _: lambda change: change.node is not None,
    "everything is there": lambda _: lambda _: True,
    "some of it is": lambda chance: lambda _: chance.random() < 0.5,
}


def after_each_step(events, tmp_path, cut, seed=0):
    """Give, for each step, the home after a power cut there, and what was acknowledged until then."""
    empty = tmp_path / "empty"
    empty.mkdir()
    disk, chance = Disk(empty), random.Random(seed)  # noqa: S311 - what a disk loses
    for step, event in enumerate(events):
        disk.does(event)
        if event[0] in {"write", "close"}:  # these alone change nothing that a power cut would show
            continue
        target = tmp_path / f"{seed} {step}"
        disk.after_a_cut(target, keeps=CUTS[cut](chance), chance=chance)
        yield target / "home", list(disk.acknowledged)


def complaints(home, told):
    """Say what is wrong with what a power cut left."""
    found, problems = workbooks(home)
    if problems or len(found) < ("made" in told):
        return ["the workbook"]
    if not found:
        return []
    try:
        snapshot = Store.open(found[0], unlock(found[0], PASSPHRASE)).read()
    except StoreError as error:
        return [str(error)]
    there = {identity for identity, _ in revisions(snapshot)}
    lost = [name for name in told[1:] if note(name).id not in there]
    acts = [{entry.id for entry in act(f"session {turn}")} & there for turn in range(2)]
    torn = [one for one in acts if len(one) not in (0, len(act("")))]
    return [*lost, *torn, *snapshot.problems]


@pytest.mark.thorough
@pytest.mark.parametrize("cut", CUTS)
def test_after_a_power_cut_at_any_step_all_that_was_acknowledged_is_there(lived, tmp_path, cut):
    cuts = 0
    for home, told in after_each_step(lived, tmp_path, cut):
        assert complaints(home, told) == []
        cuts += 1
    assert cuts > 100


def flushes(events, *, of_folders):
    """Return the places of the events that flush folders, or files."""
    opened, found = {}, set()
    for place, (name, arguments) in enumerate(events):
        if name == "open":
            opened[arguments[0]] = not arguments[2] & os.O_CREAT
        elif name == "fsync" and opened.get(arguments[0]) == of_folders:
            found.add(place)
    return found


@pytest.mark.parametrize("of_folders", [True, False], ids=["folders", "files"])
def test_a_store_that_flushed_less_would_lose_something(lived, tmp_path, of_folders):
    dropped = flushes(lived, of_folders=of_folders)
    assert len(dropped) > 10
    careless = [event for place, event in enumerate(lived) if place not in dropped]
    left = after_each_step(
        careless, tmp_path, "everything that was not flushed is lost" if of_folders else "some of it is"
    )
    assert any(complaints(*one) for one in left)


def test_without_a_power_cut_the_disk_holds_what_the_folder_does(tmp_path):
    home, empty = tmp_path / "real" / "home", tmp_path / "empty"
    for folder in (home.parent, empty):
        folder.mkdir()
    with cheap_locks(), recorded(home.parent) as events:
        live(home, events)
    disk = Disk(empty)
    for event in events:
        disk.does(event)
    disk.after_a_cut(tmp_path / "after", keeps=lambda _: True, chance=random.Random(0))  # noqa: S311 - not asked
    assert contents(tmp_path / "after") == contents(home.parent)
    done = [name for name, _ in events]
    assert {name: done.count(name) > 1 for name in set(done)} == dict.fromkeys(
        ("told", "open", "write", "fsync", "close", "replace", "rename", "unlink", "mkdir"), True
    )


def cut_everywhere(store, tmp_path, happens):
    """Give the folder after a power cut at each step of something, in every way, and whether it was done."""
    for seed, cut in enumerate(CUTS):
        disk, chance = Disk(store.folder), random.Random(seed)  # noqa: S311 - what a disk loses
        before = tmp_path / f"{seed} before"
        shutil.copytree(store.folder, before)
        with recorded(store.folder) as events:
            happens(Store.open(store.folder))
        for step, event in enumerate(events, 1):
            disk.does(event)
            target = tmp_path / f"{seed} {step}"
            disk.after_a_cut(target, keeps=CUTS[cut](chance), chance=chance)
            shutil.rmtree(tmp_path / FOLDER, ignore_errors=True)  # it remembers another cut
            yield target, step == len(events)
        shutil.rmtree(store.folder)
        shutil.copytree(before, store.folder)


@pytest.mark.thorough
def test_what_was_erased_is_in_no_file_after_a_power_cut_either(store, tmp_path):
    store.save([note("a", text=ERASED), note("b")])
    store.save([note("c")])
    cuts = 0
    for folder, was_done in cut_everywhere(store, tmp_path, lambda opened: opened.erase([erased("a", 2)])):
        if was_done:  # looked for before anybody opens it, as that would erase what is left
            assert ERASED.encode() not in b"".join(contents(folder).values())
        left = revisions(Store.open(folder).read())
        assert {note("b").id, note("c").id, note("a").id} == {identity for identity, _ in left}
        cuts += 1
    assert cuts > 20


def test_what_is_saved_first_after_a_tool_left_empty_folders_out_is_there(store, tmp_path):
    for part in ("entries", "drafts", "tmp"):
        shutil.rmtree(store.folder / part)
    for folder, was_done in cut_everywhere(store, tmp_path, lambda opened: opened.save([note("a")])):
        snapshot = Store.open(folder).read()
        assert snapshot.problems == ()
        if was_done:
            assert revisions(snapshot) == keys(note("a"))
