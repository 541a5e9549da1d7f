"""Vectors of the files of entries and of drafts: Parquet, encrypted or plain."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from coaching.store.disk.os_errors import UnreadableFileError
from coaching.store.files.parquet import Codec, table_of
from coaching.store.files.provenance import PROVENANCE_KEY, Provenance, Version
from coaching.store.keys.keys import PLAIN, Keys
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
_FILE, _BEFORE, _DRAFT = "01JNF7900000000000000000F1", "01JNF7900000000000000000F2", "01JNF7900000000000000000D1"
_FIRST = Provenance(Version(_FILE))
_LATER = Provenance(Version(_FILE, 2), frozenset({Version(_BEFORE), Version(_DRAFT, 7)}), {_DRAFT: 6}, card=3)


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

    for name, (what, provenance) in {
        "first": ("It says which one it is, and that nothing came before.", _FIRST),
        "later": ("It says what it came after, and what it replaces.", _LATER),
    }.items():
        for codec, keys, ending in ((plain, PLAIN, ""), (locked, KEY, "_encrypted")):
            data = codec.encode(rows, provenance)
            yield _accepted(f"entries/provenance_{name}{ending}.parquet", data, what, keys, rows, provenance)
    more = json.dumps(json.loads(_FIRST.encode()) | {"mood": "calm"}).encode()
    what = "Unknown words in what it says of itself are passed over."
    data = _with(whole, {PROVENANCE_KEY: more})
    yield _accepted("entries/provenance_unknown_words.parquet", data, what, PLAIN, rows, _FIRST)
    for name, (what, provenance) in _no_provenances().items():
        about = {"what": f"What it says of itself makes no sense: {what}.", "refused": "foreign"}
        data = _with(whole, {PROVENANCE_KEY: provenance})
        yield Vector(f"entries/provenance_{name}.parquet", data, _opened_with(PLAIN) | about)

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
    for codec, keys, window in ((plain, PLAIN, "TAB2"), (locked, KEY, "TAB3")):
        writer = _WRITER.replace("TAB1", window)
        name, what = f"draft/{SESSION}.{writer}.parquet", "It was written over seven times, and says what there was."
        provenance = Provenance(Version(_DRAFT, 7), frozenset({Version(_BEFORE)}), card=1)
        yield _accepted(name, codec.encode(drafted, provenance), what, keys, drafted, provenance)
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
    assert _origin(content.provenance).get("provenance") == vector.about.get("provenance")
    return said_of(content.table)


def _accepted(
    name: str, data: bytes, what: str, keys: Keys, rows: pa.Table, provenance: Provenance | None = None
) -> Vector:
    about = {"what": what, "content": said_of(rows)} | _origin(provenance)
    return Vector(name, data, _opened_with(keys) | about)


def _origin(provenance: Provenance | None) -> dict[str, Any]:
    return {"provenance": json.loads(provenance.encode())} if provenance else {}


def _no_provenances() -> dict[str, tuple[str, bytes]]:
    """Return what a file may say of itself that makes no sense, with what is wrong about it."""
    good = json.loads(_LATER.encode())
    changed = {
        "wrong_id": ("the file is no ULID", {"version": "../list.0"}),
        "no_number": ("a version without its number", {"version": _FILE}),
        "negative": ("a number below zero", {"version": f"{_FILE}.-1"}),
        "word": ("a word for a number", {"version": f"{_FILE}.two"}),
        "other_digits": ("a number that is not in ASCII", {"version": f"{_FILE}.\u0663"}),
        "version_null": ("no version", {"version": None}),
        "card_word": ("a word for the card's number", {"card": "three"}),
        "card_null": ("no number of the card", {"card": None}),
        "card_endless": ("a number of the card that nothing can hold", {"card": float("inf")}),
        "after_number": ("a number for a list of versions", {"after": 5}),
        "after_text": ("a text for a list of versions", {"after": f"{_FILE}.0"}),
        "replaces_null": ("a list with nothing in it for a version", {"replaces": [None]}),
        "replaces_wrong_id": ("among what it replaces something is no ULID", {"replaces": ["list.0"]}),
    }
    lacking = {
        f"no_{word}": (f"it has no `{word}`", {name: value for name, value in good.items() if name != word})
        for word in ("version", "card")
    }
    whole = {
        "no_json": ("it is no JSON", b"words"),
        "no_text": ("it is no UTF-8", b'{"version": "\xff"}'),
        "list": ("a list", b"[]"),
        "deep": ("nested without end", b"[" * 5000),
    }
    said = {name: (what, good | change) for name, (what, change) in changed.items()} | lacking
    return whole | {name: (what, json.dumps(value).encode()) for name, (what, value) in said.items()}


def _in_part(name: str, data: bytes, what: str, rows: pa.Table) -> Vector:
    about = {"what": f"{what} The rest is read, and the file stays as it is.", "in_part": True}
    return Vector(name, data, _opened_with(PLAIN) | about | {"content": said_of(rows)})


def _opened_with(keys: Keys) -> dict[str, Any]:
    return {"workbook": WORKBOOK, "keys": [key.hex() for key in keys.data]}


def said_of(rows: pa.Table) -> list[dict[str, Any]]:
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
