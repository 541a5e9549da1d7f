"""Entries ↔ the bytes of one Parquet file, encrypted when there is a key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe

from coaching.entries import MODELS
from coaching.entry import Entry
from coaching.exceptions import StoreError
from coaching.schema import SCHEMA, VERSION, VERSION_KEY, to_table
from coaching.store.failures import UnreadableFileError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

#: The highest `rev` that can stand for a moment: the last microsecond of the year 9999.
LAST_REV = (datetime.max.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)

#: How files are written; other tools read them too.
OPTIONS: dict[str, Any] = {
    # Statistics on text would repeat the words in the footer and make a 2 kB file one of 10 kB.
    "write_statistics": ["rev", "held_on"],
    # DuckDB reads an encrypted file only if each column is one page.
    "data_page_size": 1 << 30,
    "max_rows_per_page": 1 << 30,
    # A dictionary that grows too large is given up half-way, which makes a second page; these three cannot grow.
    "use_dictionary": ["kind", "author", "visibility"],
}

#: How Parquet calls each column, which for a list is its elements.
_PATHS = {field.name: f"{field.name}.list.element" if pa.types.is_list(field.type) else field.name for field in SCHEMA}

_PLAIN, _ENCRYPTED = b"PAR1", b"PARE"
_NAMES = frozenset(SCHEMA.names)
_REQUIRED = tuple(field.name for field in SCHEMA if not field.nullable)
_KINDS = pa.array([kind.value for kind in MODELS])
_NEWER = "was written by a newer version of the workbook; only what this version knows of it was read"
_UNKNOWN_KINDS = "holds kinds of entry that this version does not know; the others were read"
_FOREIGN = "is not a file of a workbook, or was changed by another program; it was left alone"
_DAMAGED = "is damaged or cut off; put it back from a backup if you can; it was left alone"
_NO_KEY = "is encrypted and cannot be read without the key; it was left alone"
_WRONG_KEY = "is damaged, or encrypted with another key; it was left alone"


@dataclass(frozen=True, repr=False)
class Content:
    """What one file says.

    Parameters
    ----------
    table
        Its rows, with the columns of `coaching.schema.SCHEMA`.
    remark
        What was passed over in reading, if anything was; such a file must be kept as it is.
    """

    table: pa.Table
    remark: str | None = None


def table_of(entries: Sequence[Entry]) -> pa.Table:
    """Return entries as a table that a file can hold, one row each.

    Raises
    ------
    StoreError
        Naming the first entry that no file can hold, without its words.
    """
    table = _keepable(entries)
    if table is None:
        wrong = next((entry for entry in entries if _keepable([entry]) is None), entries[0])
        raise StoreError(
            f"The {wrong.kind} {wrong.id} holds a value that no file can hold, such as a number far too large; "
            "nothing was changed; correct it and try again."
        )
    return table


def _keepable(entries: Sequence[Entry]) -> pa.Table | None:
    """Return entries as a table, or nothing if it would not say what they say.

    Arrow drops fields that the schema lacks, and accepts a missing value where the schema requires one.
    """
    if any(type(entry) is not MODELS.get(entry.kind) for entry in entries):
        return None
    try:
        table = to_table(entries)
    except (pa.ArrowException, ArithmeticError, ValueError):
        return None
    return table if _is_possible(table) else None


def _is_possible(table: pa.Table) -> bool:
    """Tell whether every row has what an entry must have, and a `rev` that leaves room for a next one."""
    if any(table.column(name).null_count for name in _REQUIRED):
        return False
    return table.num_rows == 0 or bool(pc.max(table.column("rev")).as_py() < LAST_REV)


class Codec:
    """Writes and reads the bytes of one file.

    Parameters
    ----------
    key
        16, 24 or 32 bytes; without it files are plain. With it a plain file is still read.

    Notes
    -----
    Parquet Modular Encryption, AES-GCM, the footer encrypted too; so a file that was damaged or exchanged in parts is
    detected. A plain file carries a checksum per page, which detects damage of its words.
    """

    def __init__(self, key: bytes | None = None) -> None:
        self._encryption = None if key is None else pe.create_encryption_properties(key)
        self._decryption = None if key is None else pe.create_decryption_properties(key, allow_plaintext_files=True)

    def encode(self, table: pa.Table) -> bytes:
        """Return a table of `SCHEMA` as the bytes of a file."""
        sink = pa.BufferOutputStream()
        pq.write_table(
            table,
            sink,
            compression=_compression(table),
            encryption_properties=self._encryption,
            write_page_checksum=self._encryption is None,
            **OPTIONS,
        )
        return bytes(sink.getvalue())

    def decode(self, data: bytes) -> Content:
        """Return what the bytes of a file say.

        Raises
        ------
        UnreadableFileError
            If they are cut off, damaged, foreign or encrypted with another key.
        """
        begin, end = data[:4], data[-4:]
        if begin != end or begin not in (_PLAIN, _ENCRYPTED):  # Arrow looks at the end alone
            raise UnreadableFileError(_DAMAGED)
        encrypted = begin == _ENCRYPTED
        if encrypted and self._decryption is None:
            raise UnreadableFileError(_NO_KEY)
        try:
            file = pq.ParquetFile(
                pa.BufferReader(data), decryption_properties=self._decryption, page_checksum_verification=True
            )
            schema = file.schema_arrow
            version = _version(schema)
            table = file.read([name for name in schema.names if name in _NAMES], use_threads=False)
            table.validate(full=True)
        except (pa.ArrowException, OSError, ValueError, MemoryError, OverflowError):
            raise UnreadableFileError(_WRONG_KEY if encrypted else _DAMAGED) from None
        return _content(table, newer=version > VERSION or len(table.column_names) < len(schema.names))


def _compression(table: pa.Table) -> dict[str, str]:
    """Choose zstd for the columns that say something; setting it up for the empty ones would take most of a save."""
    return {_PATHS[name]: "zstd" for name in SCHEMA.names if table.column(name).null_count < table.num_rows}


def _version(schema: pa.Schema) -> int:
    """Return the schema version a file was written with."""
    written = (schema.metadata or {}).get(VERSION_KEY, b"")
    names = schema.names
    if not written.isdigit() or len(set(names)) < len(names):
        raise UnreadableFileError(_FOREIGN)
    if any(schema.field(field.name).type != field.type for field in SCHEMA if field.name in names):
        raise UnreadableFileError(_FOREIGN)
    if not set(_REQUIRED).issubset(names):
        raise UnreadableFileError(_FOREIGN)
    return int(written)


def _content(table: pa.Table, *, newer: bool) -> Content:
    """Return the rows of known kinds, in the columns of `SCHEMA`."""
    present = set(table.column_names)
    columns = [
        table.column(field.name) if field.name in present else pa.nulls(table.num_rows, field.type) for field in SCHEMA
    ]
    fitted = pa.table(columns, schema=SCHEMA)
    if not _is_possible(fitted):
        raise UnreadableFileError(_FOREIGN)
    is_known = pc.is_in(fitted.column("kind"), _KINDS)
    if pc.all(is_known, min_count=0).as_py():
        return Content(fitted, _NEWER if newer else None)
    return Content(fitted.filter(is_known), _NEWER if newer else _UNKNOWN_KINDS)
