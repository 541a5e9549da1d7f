"""Vectors of whole folders, as zips of a home: what is missing, was replaced or put back, or is older than the rest."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from coaching.errors import StoreError
from coaching.model.entry import Entry
from coaching.store import Store
from coaching.store.files.parquet import Codec, table_of
from coaching.store.files.provenance import Provenance, Version
from tests.unit.store.samples import SESSION, WORKBOOK, erased, note
from tests.vectors.entry_files import said_of
from tests.vectors.vector import RefusedError, Vector

_A, _B, _DRAFT = (f"01JNF790000000000000000{ending}" for ending in ("0F1", "0F2", "0D1"))
_DRAFTED = f"drafts/{SESSION}.01JNFQ0000000000000000TAB1.parquet"
_FIRST, _SECOND, _ERASED = note("a"), note("b", rev=2), erased("a", 3)
_CARD = {"format": 1, "workbook": WORKBOOK, "holder": "coach", "key": None, "changes": 1, "files": [_A]}
_REASONS = {
    "is missing": "missing",
    "put back after": "put back",
    "is older than the files": "older card",
    "was encrypted here": "exchanged",
}


def made() -> Iterator[Vector]:
    """Give each vector."""
    first, second = _file(_A, _FIRST), _file(_B, _SECOND, after=frozenset({Version(_A)}))
    yield _read("whole", "Two files, and the second one names the first.", first | second, [_FIRST, _SECOND])
    what = "The file that another one names is not there."
    yield _read("missing", what, second, [_SECOND], {f"entries/{_A}.parquet": "missing"}, files=[])
    what = "A file that `workbook.json` names is not there."
    yield _read("missing_by_card", what, first, [_FIRST], {f"entries/{_B}.parquet": "missing"}, files=[_A, _B])
    names_draft = _file(_A, _FIRST, after=frozenset({Version(_DRAFT, 2)}))
    what = "The draft that a file names is not there, neither as a draft nor as a file."
    yield _read("missing_draft", what, names_draft, [_FIRST], {f"entries/{_DRAFT}.parquet": "missing"})
    what = "The draft that a file names has been written over since: nothing is missing."
    later = _file(_DRAFT, _SECOND, number=3, name=_DRAFTED)
    yield _read("later_draft", what, names_draft | later, [_FIRST, _SECOND])
    what = "A file was replaced, and stayed as a program was stopped: it is not read, and nothing is wrong."
    merged = _file(_B, _FIRST, _SECOND, replaces={_A: 0})
    yield _read("replaced", what, first | merged, [_FIRST, _SECOND])
    what = "A file was replaced, as something in it was erased, and is there again: it is not read."
    without = _file(_B, _SECOND, _ERASED, replaces={_A: 0})
    yield _read("put_back", what, first | without, [_SECOND, _ERASED], {f"entries/{_A}.parquet": "put back"})
    what = "When the file was written `workbook.json` had been changed more often than this one says."
    yield _read("older_card", what, _file(_A, _FIRST, card=3), [_FIRST], {"workbook.json": "older card"}, changes=2)
    what = "It was encrypted, as the home remembers, and is not."
    remembered = {f".coaching/{WORKBOOK}.encrypted": b""}
    about = {"what": what, "workbook": WORKBOOK, "refused": "exchanged"}
    yield Vector("folder/exchanged.zip", _zipped(first, remembered), about)


def opened(vector: Vector) -> dict[str, Any]:
    """Return the rows of a folder, and what is wrong with its files.

    Raises
    ------
    RefusedError
        If it is refused.
    """
    with TemporaryDirectory() as home, zipfile.ZipFile(io.BytesIO(vector.data)) as archive:
        archive.extractall(home)
        try:
            snapshot = Store.open(Path(home) / vector.about["workbook"]).read()
        except StoreError as error:
            raise RefusedError(next(reason for words, reason in _REASONS.items() if words in str(error))) from None
    problems = {
        problem.file: next(reason for words, reason in _REASONS.items() if words in problem.reason)
        for problem in snapshot.problems
    }
    return {"rows": sorted(said_of(snapshot.history), key=lambda row: row["rev"]), "problems": problems}


def _read(
    name: str,
    what: str,
    in_folder: Mapping[str, bytes],
    rows: list[Entry],
    problems: Mapping[str, str] = {},
    **card: Any,
) -> Vector:
    content = {"rows": said_of(table_of(rows)), "problems": dict(problems)}
    about = {"what": what, "workbook": WORKBOOK, "content": content}
    return Vector(f"folder/{name}.zip", _zipped(in_folder, {}, **card), about)


def _file(
    file: str,
    *rows: Entry,
    number: int = 0,
    name: str = "",
    after: frozenset[Version] = frozenset(),
    replaces: Mapping[str, int] = {},
    card: int = 1,
) -> dict[str, bytes]:
    """Return a file of some rows, by where it is in the folder."""
    provenance = Provenance(Version(file, number), after, replaces, card)
    return {name or f"entries/{file}.parquet": Codec(WORKBOOK).encode(table_of(rows), provenance)}


def _zipped(in_folder: Mapping[str, bytes], beside: Mapping[str, bytes], **card: Any) -> bytes:
    """Return a home with one workbook, and what stands beside it."""
    members = {"workbook.json": json.dumps(_CARD | card, indent=2).encode(), **in_folder}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in ({f"{WORKBOOK}/{name}": data for name, data in members.items()} | beside).items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()
