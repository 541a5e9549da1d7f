"""Two acts on one workbook, the second of them between two chosen disk calls of the first; what must hold after."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from coaching.errors import CoachingError
from coaching.model.entries import Note
from coaching.model.vocabulary import Visibility
from coaching.store import PLAIN, Keys, Store, unlock
from coaching.store.backup import backup
from coaching.store.disk import Lock, locks
from coaching.store.disk.os_errors import UnreadableFileError
from coaching.store.files.parquet import Codec
from coaching.store.keys.card import read_card
from coaching.workbook.home import Home
from tests.unit.store.disks import CHANGES
from tests.unit.store.samples import PASSPHRASE, SESSION, WORDS, cheap_locks, erased, note, rotate

#: What every revision of the entry says that is erased.
TO_ERASE = "words that somebody asked to be erased"
TARGET = note("target").id
#: Everything that changes what is on the disk, and the listing and reading of files.
CALLS = (*CHANGES, "mkdir", "listdir", "scandir")
_BEGIN = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)


def ticking(begin: datetime = _BEGIN) -> Callable[[], datetime]:
    """Return a clock that goes on by a second whenever somebody looks at it."""
    seconds = count()
    return lambda: begin + timedelta(seconds=next(seconds))


@dataclass(frozen=True)
class Base:
    """A home as it is before two acts, and the files that come in: an export of another copy, and a backup."""

    home: Path
    workbook: str
    keys: Keys
    export: Path
    backup: Path

    @classmethod
    def made(cls, root: Path, *, is_encrypted: bool) -> "Base":
        """Make a home with an entry to erase, said twice, and a draft that says it anew."""
        clock, home = ticking(), root / "home"
        there = Home(home, clock)
        with cheap_locks():
            workbook = there.create("Maya", "Ana", lambda: PASSPHRASE if is_encrypted else None).workbook
            keys = unlock(workbook.folder, PASSPHRASE) if is_encrypted else PLAIN
        store = Store.open(workbook.folder, keys)
        for words, beside in (("first", "before"), ("second", "later")):
            rev = store.next_rev(clock())
            store.save([_target(rev, words), _shared(beside, rev)])
        elsewhere = root / "elsewhere"
        shutil.copytree(home, elsewhere)
        other = Store.open(elsewhere / workbook.id, keys)
        rev = other.next_rev(clock())
        other.save([_target(rev, "imported", store), _shared("imported", rev)])
        export, file = root / "export.json", root / "backup"
        _opened(elsewhere, clock).find("Maya").write_export(export)
        shutil.rmtree(elsewhere)
        backup.backup(home, file)
        return cls(home, workbook.id, keys, export, file)


def _target(rev: int, words: str, knowing: Store | None = None) -> Note:
    """Return a revision of the entry that is erased, edited from the newest that a store knows."""
    base = _newest(knowing) if knowing else None
    return _shared("target", rev, f"{TO_ERASE} {words}", base)


def _shared(name: str, rev: int, text: str = WORDS, base: int | None = None) -> Note:
    """Return a note that goes along in what is handed to the other side, and comes in from there."""
    return note(name, rev, text=text).model_copy(update={"base": base, "visibility": Visibility.PAIR})


def _newest(store: Store) -> int:
    rows = store.read().history.to_pylist()
    return max(row["rev"] for row in rows if row["id"] == TARGET)


def _opened(home: Path, clock: Callable[[], datetime]) -> Home:
    opened = Home(home, clock)
    with cheap_locks():
        if opened.locked():
            opened.unlock(PASSPHRASE)
    return opened


@dataclass
class Side:
    """One program that has the workbook open, and what it knew when it opened it."""

    name: str
    base: Base
    root: Path
    clock: Callable[[], datetime]
    refused: str = ""
    kept: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the workbook and read it, as a window does."""
        self.home = _opened(self.root / "home", self.clock)
        self.workbook = self.home.find("Maya")
        self.store = Store.open(self.workbook.folder, self.base.keys)
        self.knew = _newest(self.store)
        self.workbook.problems()

    def do(self, act: str) -> None:
        """Do an act; note what is kept if it is acknowledged, and why if it is refused."""
        try:
            self.kept = list(getattr(self, act)())
        except CoachingError as error:
            self.refused = str(error) or type(error).__name__

    def _said(self, act: str) -> list:
        rev = self.store.next_rev(self.clock())
        target = _shared("target", rev, f"{TO_ERASE} {act} {self.name}", self.knew)
        return [target, _shared(f"{act} {self.name}", rev)]

    def save(self) -> Iterator[tuple[str, int]]:
        said = self._said("save")
        self.store.save(said)
        return ((entry.id, entry.rev) for entry in said)

    def draft(self) -> Iterator[tuple[str, int]]:
        said = self._said("draft")
        self.store.draft(SESSION, f"tab-{self.name}", said)
        return ((entry.id, entry.rev) for entry in said)

    def close(self) -> list[tuple[str, int]]:
        self.store.commit(SESSION)
        return [(TARGET, 0), (note("drafted").id, 0)]

    def erase(self) -> list[tuple[str, int]]:
        problems = self.store.erase([erased("target", self.store.next_rev(self.clock()))])
        self.refused = " ".join(problem.file for problem in problems)  # named, as they may still hold the words
        return []

    def rotate(self) -> list[tuple[str, int]]:
        with cheap_locks():
            keys, _ = rotate(self.store.folder, self.base.keys, PASSPHRASE)
        Store.open(self.store.folder, keys)
        return []

    def compact(self) -> list[tuple[str, int]]:
        self.store.compact()
        return []

    def import_(self) -> list[tuple[str, int]]:
        self.home.import_file(self.base.export)
        return [(TARGET, 0), (note("imported").id, 0)]

    def undo(self) -> Iterator[tuple[str, int]]:
        return ((entry.id, entry.rev + 1) for entry in self.workbook.upkeep.undo())

    def restore(self) -> list[tuple[str, int]]:
        """Move the workbook away, as the program says, and put back what is in the backup."""
        (self.root / f"aside {self.name}").mkdir()
        with suppress(FileNotFoundError):  # the other one has just moved it away
            self.store.folder.rename(self.root / f"aside {self.name}" / self.base.workbook)
        backup.restore(self.base.backup, self.root / "home")
        return []


#: What is done, in the order in which it is tried.
ACTS = ("save", "draft", "close", "erase", "rotate", "compact", "import_", "undo", "restore")


class Steps:
    """Counts the disk calls of this thread, and lets something happen before one of them."""

    def __init__(self, at: int, happens: Callable[[], None]) -> None:
        self.at, self.happens = at, happens
        self.number = 0
        self._thread = threading.get_ident()

    def take(self) -> None:
        """Count a call."""
        if threading.get_ident() == self._thread:
            self.number += 1
            if self.number == self.at:
                self.happens()

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count all calls while the block runs."""
        with ExitStack() as patches:
            for owner, name in (*((os, name) for name in CALLS), (Path, "read_bytes")):
                # Nothing here cuts the power: flushing alone is left out, as it takes most of the time.
                real = _not_at_all if name == "fsync" else getattr(owner, name)
                patches.enter_context(patch.object(owner, name, self._counting(real)))
            yield

    def _counting(self, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments, **options):
            self.take()
            return real(*arguments, **options)

        return call


def _not_at_all(_descriptor: int) -> None:
    pass


class Second:
    """The second act, in a thread of its own: it ends, or says that it waits for the first one, which then goes on."""

    def __init__(self, side: Side, act: str) -> None:
        self._side, self._act = side, act
        self._rests = threading.Event()
        self._first_ended = threading.Event()
        self._failed: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        try:
            self._side.do(self._act)
        except BaseException as error:  # noqa: BLE001 - the test's own thread raises it again
            self._failed.append(error)
        finally:
            self._rests.set()

    def begin(self) -> None:
        """Begin, and come back when it has ended or waits."""
        self._thread.start()
        assert self._rests.wait(60)

    def end(self) -> None:
        """Let it go on to its end, now that the first act has ended."""
        self._first_ended.set()
        if self._thread.ident is None:
            return
        self._thread.join(60)
        assert not self._thread.is_alive()
        for error in self._failed:
            raise error

    @contextmanager
    def watched(self, *, has_locks: bool) -> Iterator[None]:
        """Say that it waits before it does: for a lock, or, where there are none, for some time."""
        real = locks._lock

        def lock(descriptor, *, exclusive, wait):
            if not has_locks:
                return Lock.MISSING
            if threading.current_thread() is not self._thread or not wait:
                return real(descriptor, exclusive=exclusive, wait=wait)
            if real(descriptor, exclusive=exclusive, wait=False) is Lock.HELD:
                return Lock.HELD
            self._rests.set()
            return real(descriptor, exclusive=exclusive, wait=True)

        def sleep(_seconds):
            if threading.current_thread() is self._thread:
                self._rests.set()
                assert self._first_ended.wait(60)

        time = SimpleNamespace(sleep=sleep)
        with patch.object(locks, "_lock", lock), patch("coaching.store.store.time", time):
            yield


def stepped(base: Base, root: Path, first: str, second: str, at: int, *, has_locks: bool = True) -> tuple[bool, list]:
    """Do the first act, the second before its disk call number `at`; tell whether there was one, and what is wrong."""
    shutil.copytree(base.home, root / "home")
    clock = ticking(_BEGIN + timedelta(hours=1))
    if "close" in (first, second):
        typing = Store.open(root / "home" / base.workbook, base.keys)
        rev = typing.next_rev(clock())
        typing.draft(SESSION, "tab-0", [_target(rev, "drafted", typing), _shared("drafted", rev)])
    one, two = (Side(name, base, root, clock) for name in ("one", "two"))
    other = Second(two, second)
    steps = Steps(at, other.begin)
    with other.watched(has_locks=has_locks):
        with steps.counted():
            one.do(first)
        other.end()
    is_done = steps.number >= at
    acts = [(first, one), (second, two)] if is_done else [(first, one)]
    return is_done, wrong(base, root, acts, has_locks=has_locks)


def wrong(base: Base, root: Path, acts: list[tuple[str, Side]], *, has_locks: bool = True) -> list[str]:
    """Return what does not hold after these acts.

    Without locks what was refused may be there: somebody has compacted it before it was taken away again.
    """
    is_erased = any(act == "erase" and not side.refused for act, side in acts)
    is_restored = any(act == "restore" for act, _ in acts)
    home = _opened(root / "home", ticking(_BEGIN + timedelta(hours=2)))
    found = [*home.problems()]
    folders = [folder for folder in (root / "home", *root.glob("aside *")) if (folder / base.workbook).exists()]
    rows = [row for folder in folders for row in _rows(folder / base.workbook, found)]
    if is_restored:  # whoever moves a folder away while it is written in may have to restore once more: it is named
        found = []
    revisions = [(row["id"], row["rev"]) for row in rows]
    if is_erased and not is_restored:
        found += ["an erased entry is read"] if any(TO_ERASE in (row["text"] or "") for row in rows) else []
        keys = Keys((*_keys(root / "home" / base.workbook).data, *base.keys.data))
        found += [f"{name} holds erased words" for name in holding(root / "home", base.workbook, keys)]
    if not is_restored and len(revisions) != len(set(revisions)):
        found.append("a revision is there twice")
    for act, side in acts:
        for identity, rev in side.kept:
            if (identity != TARGET or not is_erased) and not any(i == identity and r >= rev for i, r in revisions):
                found.append(f"what {act} of {side.name} kept is lost")
        if has_locks and side.refused and note(f"{act} {side.name}").id in dict(revisions):
            found.append(f"{act} of {side.name} was refused, and is there")
    return found


def _rows(folder: Path, problems: list[str]) -> list[dict]:
    snapshot = Store.open(folder, _keys(folder)).read()
    problems += [f"{problem.file} {problem.reason}" for problem in snapshot.problems]
    return snapshot.history.to_pylist()


def _keys(folder: Path) -> Keys:
    with cheap_locks():
        return unlock(folder, PASSPHRASE) if read_card(folder).key else PLAIN


def holding(folder: Path, workbook: str, keys: Keys = PLAIN, words: str = TO_ERASE) -> list[str]:
    """Return the files of a folder that hold words in any byte, or behind the keys of a workbook, or compressed."""
    codec = Codec(workbook, keys, reads_plain=True, reads_older=True)
    return sorted(file.name for file in folder.rglob("*") if file.is_file() and _holds(file, codec, words))


def _holds(file: Path, codec: Codec, words: str) -> bool:
    try:
        data = file.read_bytes()
        return words.encode() in data or words in str(codec.decode(data).table.column("text").to_pylist())
    except (UnreadableFileError, FileNotFoundError, KeyError):  # no words; or somebody has just replaced it
        return False
