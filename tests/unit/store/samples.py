"""What the tests of the store save, and how they look at what is there."""

from datetime import UTC, date, datetime
from pathlib import Path

from coaching.entries import Note
from coaching.entry import Entry
from coaching.identity import derived_id
from coaching.store import PLAIN, Keys, Snapshot, Store
from coaching.store.card import Card
from coaching.store.folder import make_folder
from coaching.store.layout import Layout
from coaching.store.parquet import Codec

NOW = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
WORKBOOK = derived_id(date(2025, 1, 16), "workbook")
SESSION = derived_id(date(2025, 3, 4), "session")
OTHER_SESSION = derived_id(date(2025, 3, 18), "session")
KEY = Keys((bytes(range(32)),))
WORDS = "I would love to teach one day"


def note(name: str, rev: int = 1, text: str = WORDS, session: str = SESSION) -> Note:
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


def revisions(snapshot: Snapshot) -> list[tuple[str, int]]:
    return list(zip(snapshot.history["id"].to_pylist(), snapshot.history["rev"].to_pylist(), strict=True))


def keys(*entries: Entry) -> list[tuple[str, int]]:
    return sorted(((entry.id, entry.rev) for entry in entries), key=lambda key: (key[1], key[0]))


def files(store: Store, part: str = "entries") -> list[Path]:
    """Return the files that hold rows."""
    return sorted(set((store.folder / part).iterdir()) - {Layout(store.folder).all_columns})


def made(home: Path, keys: Keys = PLAIN, holder: str = "coach") -> Store:
    """Make a workbook whose keys nothing locks up: locking is slow on purpose, and has its own tests."""
    key = {"name": "a", "passphrase": {}, "recovery": {}} if keys.data else None
    make_folder(home / WORKBOOK, Card(WORKBOOK, holder, key), Codec(WORKBOOK, keys).all_columns())
    return Store.open(home / WORKBOOK, keys)
