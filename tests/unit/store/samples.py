"""What the tests of the store save, and how they look at what is there."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch

from coaching.model.entries import Item, Note, Session
from coaching.model.entry import Entry
from coaching.model.ids import derived_id
from coaching.store import PLAIN, Keys, Snapshot, Store
from coaching.store.disk import LOCK_FILE
from coaching.store.disk.layout import ALL_COLUMNS, Layout
from coaching.store.files.folder import make_folder
from coaching.store.files.memory import FOLDER
from coaching.store.files.parquet import Codec
from coaching.store.keys import locks as locking
from coaching.store.keys.card import Card

NOW = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
WORKBOOK = derived_id(date(2025, 1, 16), "workbook")
OTHER_WORKBOOK = derived_id(date(2025, 1, 16), "other workbook")
SESSION = derived_id(date(2025, 3, 4), "session")
OTHER_SESSION = derived_id(date(2025, 3, 18), "session")
KEY = Keys((bytes(range(32)),))
WORDS = "I would love to teach one day"
PASSPHRASE = "correct horse battery staple"  # noqa: S105 - opens workbooks of tests alone


@contextmanager
def cheap_locks() -> Iterator[None]:
    """Lock with a passphrase at next to no cost; what opens the lock reads the cost from it."""
    with patch("coaching.store.keys.keys._ARGON2", {"time_cost": 1, "memory_cost": 8, "parallelism": 1}):
        yield


def note(name: str, rev: int = 1, text: str | None = WORDS, session: str = SESSION) -> Note:
    return Note(
        id=derived_id(date(2025, 3, 4), name),
        rev=rev,
        session=session,
        held_on=date(2025, 3, 4),
        author="coachee",
        segment="dreams",
        topic="dream",
        text=text,
        saved_at=NOW,
    )


def erased(name: str, rev: int) -> Note:
    """Return the empty place of a note that was erased."""
    return note(name, rev, text=None).model_copy(update={"erased": True})


def act(name: str) -> list[Entry]:
    """Return what one act says: a session and its items."""
    common = {"author": "coach", "saved_at": NOW, "rev": 1, "session": note(name).id}
    items = [Item(id=derived_id(None, name, str(place)), what=WORDS, **common) for place in range(3)]
    return [Session(id=note(name).id, **common), *items]


def revisions(snapshot: Snapshot) -> list[tuple[str, int]]:
    return list(zip(snapshot.history["id"].to_pylist(), snapshot.history["rev"].to_pylist(), strict=True))


def keys(*entries: Entry) -> list[tuple[str, int]]:
    return sorted(((entry.id, entry.rev) for entry in entries), key=lambda key: (key[1], key[0]))


def files(store: Store, part: str = "entries") -> list[Path]:
    """Return the files that hold rows."""
    return sorted(set(unmarked(store.folder / part)) - {Layout(store.folder).all_columns})


def unmarked(folder: Path) -> list[Path]:
    """Return what is in a folder but for the marks, which hold nothing."""
    return [path for path in folder.iterdir() if path.suffix != ".kept" and path.name != LOCK_FILE]


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file of workbooks below a folder, by its name; marks hold nothing."""
    found = [file for file in folder.rglob("*") if file.is_file() and file.name != LOCK_FILE]
    said = [file for file in found if file.suffix != ".kept" and FOLDER not in file.parts]
    return {str(file.relative_to(folder)): file.read_bytes() for file in said}


def put_back(before: Path, folder: Path) -> None:
    """Put a workbook as it was in the place of what is there, and let the home forget what it remembers of it."""
    shutil.rmtree(folder)
    shutil.rmtree(folder.parent / FOLDER, ignore_errors=True)
    shutil.copytree(before, folder)


def made(home: Path, keys: Keys = PLAIN, holder: str = "coach", workbook: str = WORKBOOK) -> Store:
    """Make a workbook whose keys nothing locks up: locking is slow on purpose, and has its own tests."""
    key = {"name": keys.name, "passphrase": {}, "recovery": {}} if keys.data else None
    make_folder(home / workbook, Card(workbook, holder, key), {ALL_COLUMNS: Codec(workbook, keys).all_columns()})
    return Store.open(home / workbook, keys)


def rotate(folder: Path, keys: Keys, passphrase: str) -> tuple[Keys, str]:
    """Give a workbook a new key; return the keys, and the recovery key that was shown."""
    shown: list[str] = []
    return locking.rotate(folder, keys, passphrase, shown.append), shown[0]
