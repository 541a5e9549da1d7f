"""Vectors of the files of entries and of drafts: Parquet, encrypted or plain."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from coaching.store.failures import UnreadableFileError
from coaching.store.keys import PLAIN, Keys
from coaching.store.parquet import Codec, table_of
from tests.unit.store.samples import KEY, OTHER_WORKBOOK, SESSION, WORKBOOK, act, erased, note
from tests.vectors.vector import RefusedError, Vector

_OTHER_KEY = Keys((bytes(range(64, 96)),))
_WRITER = "01JNFQ0000000000000000TAB1"
_REASONS = {
    "another workbook": "workbook",
    "is not encrypted": "not encrypted",
    "without the key": "no key",
    "another key": "key",
    "damaged": "damaged",
    "not a file of a workbook": "foreign",
}
_ROWS = [*act("first"), note("a"), note("b", rev=2, text="Zeile\r\nmit ☀ und \u202e"), erased("c", 3)]
_NAME = b"coaching.workbook"


def made() -> Iterator[Vector]:
    """Give each vector."""
    rows = table_of(_ROWS)
    plain, locked = Codec(WORKBOOK), Codec(WORKBOOK, KEY)
    whole, secret = plain.encode(rows), locked.encode(rows)
    yield _accepted("entries/plain.parquet", whole, "A file that is not encrypted.", PLAIN, rows)
    yield _accepted("entries/encrypted.parquet", secret, "An encrypted file.", KEY, rows)
    yield _accepted("entries/no_rows.parquet", plain.all_columns(), "Every column, and no rows.", PLAIN, rows[:0])
    large = table_of([note(f"n{number}", rev=number) for number in range(400)])
    yield _accepted("entries/packed.parquet", locked.encode(large), "Packed, as large files are.", KEY, large)
    newer = _with(whole, {b"coaching.schema": b"999"}, more={"mood": ["calm"] * rows.num_rows})
    yield _in_part("entries/newer_column.parquet", newer, "A column that comes later.", rows)
    stranger = _with(whole, {}, instead={"kind": ["horoscope", *rows.column("kind").to_pylist()[1:]]})
    yield _in_part("entries/newer_kind.parquet", stranger, "An entry of a kind that comes later.", rows[1:])

    for name, (what, reason, data, keys) in {
        "empty": ("Nothing at all.", "damaged", b"", PLAIN),
        "text": ("No Parquet.", "damaged", b"words\n", PLAIN),
        "cut": ("The end is missing.", "damaged", whole[:-100], PLAIN),
        "cut_encrypted": ("The end is missing.", "damaged", secret[:-100], KEY),
        "flipped": (
            "A bit of the words is another: a page's checksum tells.",
            "damaged",
            _flipped(whole, b"love"),
            PLAIN,
        ),
        "flipped_encrypted": ("A bit of a column is another.", "key", _flipped_at(secret, len(secret) // 3), KEY),
        "flipped_footer": ("A bit of the encrypted footer is another.", "key", _flipped_at(secret, -40), KEY),
        "magic": ("Encrypted, and begins as if it were not.", "damaged", b"PAR1" + secret[4:], KEY),
        "wrong_key": ("Another key than it was written with.", "key", secret, _OTHER_KEY),
        "no_key": ("Encrypted, and there is no key.", "no key", secret, PLAIN),
        "not_encrypted": (
            "Plain, in a workbook that is encrypted: anybody may have put it there.",
            "not encrypted",
            whole,
            KEY,
        ),
        "other_workbook": ("A file of another workbook.", "workbook", Codec(OTHER_WORKBOOK).encode(rows), PLAIN),
        "other_workbook_encrypted": (
            "The same key, another workbook.",
            "workbook",
            Codec(OTHER_WORKBOOK, KEY).encode(rows),
            KEY,
        ),
        "no_workbook": ("It does not say of which workbook it is.", "workbook", _with(whole, {_NAME: None}), PLAIN),
        "no_version": (
            "It does not say which version wrote it.",
            "foreign",
            _with(whole, {b"coaching.schema": None}),
            PLAIN,
        ),
        "wrong_type": (
            "A number where a text belongs.",
            "foreign",
            _with(whole, {}, instead={"id": list(range(rows.num_rows))}),
            PLAIN,
        ),
        "no_rev": ("A column that every entry has is missing.", "foreign", _with(whole, {}, without="rev"), PLAIN),
        "null_id": (
            "An entry without an id.",
            "foreign",
            _with(whole, {}, instead={"id": [None] * rows.num_rows}),
            PLAIN,
        ),
        "last_rev": (
            "A `rev` after which none can follow.",
            "foreign",
            _with(whole, {}, instead={"rev": [2**62] * rows.num_rows}),
            PLAIN,
        ),
    }.items():
        yield Vector(f"entries/{name}.parquet", data, _opened_with(keys) | {"what": what, "refused": reason})

    drafted = table_of([note("d")])
    name = f"draft/{SESSION}.{_WRITER}.parquet"
    yield _accepted(
        name,
        plain.encode(drafted),
        "What one writer has typed so far; named by the session and the writer.",
        PLAIN,
        drafted,
    )
    conflict = f"draft/{SESSION}.{_WRITER} (conflicted copy).parquet"
    yield _accepted(conflict, locked.encode(drafted), "A second one that a sync program has made of it.", KEY, drafted)
    what = "Cut off while it was copied."
    cut = plain.encode(drafted)[:-9]
    yield Vector(f"draft/{SESSION}.CUT.parquet", cut, _opened_with(PLAIN) | {"what": what, "refused": "damaged"})


def opened(vector: Vector) -> list[dict[str, Any]]:
    """Return the rows of a file.

    Raises
    ------
    RefusedError
        If it is refused.
    """
    codec = Codec(vector.about["workbook"], Keys(tuple(map(bytes.fromhex, vector.about["keys"]))))
    try:
        content = codec.decode(vector.data)
    except UnreadableFileError as error:
        raise RefusedError(next(reason for words, reason in _REASONS.items() if words in str(error))) from None
    assert (content.remark is not None) == vector.about.get("in_part", False)
    return _said(content.table)


def _accepted(name: str, data: bytes, what: str, keys: Keys, rows: pa.Table) -> Vector:
    return Vector(name, data, _opened_with(keys) | {"what": what, "content": _said(rows)})


def _in_part(name: str, data: bytes, what: str, rows: pa.Table) -> Vector:
    about = {"what": f"{what} The rest is read, and the file stays as it is.", "in_part": True, "content": _said(rows)}
    return Vector(name, data, _opened_with(PLAIN) | about)


def _opened_with(keys: Keys) -> dict[str, Any]:
    return {"workbook": WORKBOOK, "keys": [key.hex() for key in keys.data]}


def _said(rows: pa.Table) -> list[dict[str, Any]]:
    """Return rows as JSON holds them, without what is empty."""
    return [{name: _plain(value) for name, value in row.items() if value not in (None, [])} for row in rows.to_pylist()]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _flipped(data: bytes, word: bytes) -> bytes:
    return _flipped_at(data, data.index(word))


def _flipped_at(data: bytes, at: int) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)


def _with(
    data: bytes,
    metadata: dict[bytes, bytes | None],
    *,
    more: dict[str, list[Any]] | None = None,
    instead: dict[str, list[Any]] | None = None,
    without: str = "",
) -> bytes:
    """Return a plain file with other columns, or with other words about it."""
    file = pq.ParquetFile(pa.BufferReader(data))
    table = file.read()
    for name, values in (instead or {}).items():
        place = table.column_names.index(name)
        table = table.set_column(place, pa.field(name, pa.array(values).type), pa.array(values))
    for name, values in (more or {}).items():
        table = table.append_column(name, pa.array(values))
    if without:
        table = table.drop_columns([without])
    words = {name: value for name, value in (file.metadata.metadata | metadata).items() if value is not None}
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(sink, table.schema, store_schema=False, write_page_checksum=True) as writer:
        writer.add_key_value_metadata(words)
        writer.write_table(table)
    return bytes(sink.getvalue())
