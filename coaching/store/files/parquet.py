"""Entries ↔ the bytes of one Parquet file, encrypted when there is a key."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe

from coaching.errors import StoreError
from coaching.i18n import to_say
from coaching.model.entries import MODELS
from coaching.model.entry import Entry
from coaching.model.schema import REQUIRED, SCHEMA, VERSION, VERSION_KEY, fitted, narrowed, to_narrow_table
from coaching.store.disk.os_errors import UnreadableFileError
from coaching.store.files.provenance import PROVENANCE_KEY, Provenance
from coaching.store.keys.keys import PLAIN, Keys

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
    # Arrow's own copy of the schema says nothing that Parquet's does not, and would be a fifth of a small file.
    "store_schema": False,
}

#: With fewer bytes than this, setting up compression and dictionaries takes longer than writing what they save.
_WORTH_PACKING = 1 << 16
#: With fewer bytes than this, handing columns to threads takes longer than reading them.
_WORTH_THREADS = 1 << 20
_UNPACKED: dict[str, Any] = {"compression": "none", "use_dictionary": False}
_PACKED: dict[str, Any] = {
    "compression": "zstd",
    # A dictionary that grows too large is given up half-way, which makes a second page; these three cannot grow.
    "use_dictionary": ["kind", "author", "visibility"],
}

_WORKBOOK_KEY = b"coaching.workbook"
_PLAIN, _ENCRYPTED = b"PAR1", b"PARE"
_TYPES = MappingProxyType(dict(zip(SCHEMA.names, SCHEMA.types, strict=True)))
#: `empty_table` would import pandas.
_NOTHING = pa.Table.from_batches([], SCHEMA)
_UNREADABLE = (pa.ArrowException, OSError, ValueError, MemoryError, OverflowError)
_NEWER = to_say("was written by a newer version of the workbook; only what this version knows of it was read")
_UNKNOWN_KINDS = to_say("holds kinds of entry that this version does not know; the others were read")
_FOREIGN = to_say("is not a file of a workbook, or was changed by another program; it was left alone")
_DAMAGED = to_say("is damaged or cut off; put it back from a backup if you can; it was left alone")
_ELSEWHERE = to_say("belongs to another workbook; it was left alone")
_NOT_ENCRYPTED = to_say("is not encrypted, though this workbook is, and may come from anybody; it was left alone")
_NO_KEY = to_say("is encrypted and cannot be read without the key; it was left alone")
_WRONG_KEY = to_say("is damaged, or encrypted with another key; it was left alone")


@dataclass(frozen=True, repr=False)
class Content:
    """What one file says.

    Parameters
    ----------
    table
        Its rows, with the columns of `coaching.model.schema.SCHEMA`.
    remark
        What was passed over in reading, if anything was; such a file must be kept as it is.
    provenance
        What it says of itself, unless it was written by a program that did not say it yet.
    has_all_columns
        Whether the file has every column that this version knows.
    """

    table: pa.Table
    remark: str | None = None
    provenance: Provenance | None = None
    has_all_columns: bool = False


def table_of(entries: Sequence[Entry]) -> pa.Table:
    """Return entries as a table that a file can hold, one row each, with the columns that say something.

    Raises
    ------
    StoreError
        Naming the first entry that no file can hold, without its words.
    """
    table = _keepable(entries)
    if table is None:
        wrong = next((entry for entry in entries if _keepable([entry]) is None), entries[0])
        raise StoreError(
            "The {kind} {id} holds a value that no file can hold, such as a number far too large; nothing"
            " was changed; correct it and try again.",
            kind=wrong.kind,
            id=wrong.id,
        )
    return table


def _keepable(entries: Sequence[Entry]) -> pa.Table | None:
    """Return entries as a table, or nothing if it would not say what they say.

    Arrow drops fields that the schema lacks, and accepts a missing value where the schema requires one.
    """
    if any(type(entry) is not MODELS.get(entry.kind) for entry in entries):
        return None
    try:
        table = to_narrow_table(entries)
    except (pa.ArrowException, ArithmeticError, ValueError):
        return None
    # Asked of the entries, as asking a table of one row takes ten times as long.
    return table if all(map(_is_whole, entries)) else None


def _is_whole(entry: Entry) -> bool:
    """Tell whether an entry has what each must have, and a `rev` that leaves room for a next one."""
    fields = vars(entry)
    return all(fields.get(name) is not None for name in REQUIRED) and entry.rev < LAST_REV


def _is_possible(table: pa.Table) -> bool:
    """Tell whether every row has what an entry must have, and a `rev` that leaves room for a next one."""
    if any(table.column(name).null_count for name in REQUIRED):
        return False
    return table.num_rows == 0 or bool(pc.max(table.column("rev")).as_py() < LAST_REV)


def is_encrypted(data: bytes) -> bool:
    """Tell whether the bytes of a file are encrypted."""
    return data.startswith(_ENCRYPTED)


class Codec:
    """Writes and reads the bytes of one file.

    Parameters
    ----------
    workbook
        ULID of the workbook; a file of another one is not read.
    keys
        The keys of the workbook; without any its files are plain, with one a plain file is not read.
    reads_plain
        Whether a plain file is read all the same: while a plain workbook is being encrypted.
    reads_older
        Whether a file of an older key is read all the same: while the key is being replaced.

    Notes
    -----
    Parquet Modular Encryption, AES-GCM, the footer encrypted too; so a file that was damaged or exchanged in parts is
    detected. A plain file carries a checksum per page, which detects damage of its words.

    A file has only the columns that it says something in: a save takes half as long as with all of them.
    """

    def __init__(
        self, workbook: str, keys: Keys = PLAIN, *, reads_plain: bool = False, reads_older: bool = False
    ) -> None:
        self._metadata = {VERSION_KEY: str(VERSION).encode(), _WORKBOOK_KEY: workbook.encode()}
        self._encryption = pe.create_encryption_properties(keys.data[0]) if keys.data else None
        readable = keys.data if reads_older else keys.data[:1]
        self._decryption = [pe.create_decryption_properties(key) for key in readable]
        self._reads_plain = reads_plain or not keys.data

    def encode(self, table: pa.Table, provenance: Provenance | None = None) -> bytes:
        """Return rows, with columns of `SCHEMA`, as the bytes of a file."""
        return self._written(narrowed(table) if table.num_columns == len(SCHEMA) else table, provenance)

    def all_columns(self, provenance: Provenance | None = None) -> bytes:
        """Return the bytes of a file without rows that has every column, for readers that go by the first file."""
        return self._written(SCHEMA.empty_table(), provenance)

    def is_current(self, data: bytes) -> bool:
        """Tell whether the bytes of a file are written as this codec writes: plainly, or with its newest key."""
        if not self._decryption:
            return not is_encrypted(data)
        try:
            pq.ParquetFile(pa.BufferReader(data), decryption_properties=self._decryption[0])
        except _UNREADABLE:
            return False
        return is_encrypted(data)

    def decode(self, data: bytes) -> Content:
        """Return what the bytes of a file say.

        Raises
        ------
        UnreadableFileError
            If they are cut off, damaged, foreign, of another workbook or encrypted with another key.
        """
        file = self._opened(data)
        try:
            version, names = _version(file), file.schema_arrow.names
            own = [name for name in names if name in _TYPES]
            table = _NOTHING
            if file.metadata.num_rows:  # there are none in the file of all columns, which every opening looks at
                table = file.read(own, use_threads=len(data) > _WORTH_THREADS)
                table.validate(full=True)
        except _UNREADABLE:
            raise UnreadableFileError(_WRONG_KEY if self._decryption else _DAMAGED) from None
        if _metadata(file).get(_WORKBOOK_KEY) != self._metadata[_WORKBOOK_KEY]:
            raise UnreadableFileError(_ELSEWHERE)
        content = _content(table, _provenance(file), newer=version > VERSION or len(own) < len(names))
        return replace(content, has_all_columns=version > VERSION or len(own) == len(_TYPES))

    def _written(self, table: pa.Table, provenance: Provenance | None) -> bytes:
        metadata = {PROVENANCE_KEY: provenance.encode()} if provenance else {}
        sink = pa.BufferOutputStream()
        with pq.ParquetWriter(
            sink,
            table.schema,
            encryption_properties=self._encryption,
            write_page_checksum=self._encryption is None,
            **(_PACKED if table.get_total_buffer_size() > _WORTH_PACKING else _UNPACKED),
            **OPTIONS,
        ) as writer:
            writer.add_key_value_metadata(self._metadata | metadata)
            writer.write_table(table)
        return bytes(sink.getvalue())

    def _opened(self, data: bytes) -> pq.ParquetFile:
        begin, end = data[:4], data[-4:]
        if begin != end or begin not in (_PLAIN, _ENCRYPTED):  # Arrow looks at the end alone
            raise UnreadableFileError(_DAMAGED)
        if begin == _ENCRYPTED and not self._decryption:
            raise UnreadableFileError(_NO_KEY)
        if begin == _PLAIN and not self._reads_plain:
            raise UnreadableFileError(_NOT_ENCRYPTED)
        for decryption in self._decryption if begin == _ENCRYPTED else [None]:
            try:
                return pq.ParquetFile(
                    pa.BufferReader(data), decryption_properties=decryption, page_checksum_verification=True
                )
            except _UNREADABLE:
                continue
        raise UnreadableFileError(_WRONG_KEY if self._decryption else _DAMAGED)


def _metadata(file: pq.ParquetFile) -> dict[bytes, bytes]:
    return file.metadata.metadata or {}


def _version(file: pq.ParquetFile) -> int:
    """Return the schema version a file was written with."""
    written, schema = _metadata(file).get(VERSION_KEY, b""), file.schema_arrow
    names = schema.names
    if not written.isdigit() or len(set(names)) < len(names):
        raise UnreadableFileError(_FOREIGN)
    if any(_TYPES.get(name, arrow_type) != arrow_type for name, arrow_type in zip(names, schema.types, strict=True)):
        raise UnreadableFileError(_FOREIGN)
    if not REQUIRED.issubset(names):
        raise UnreadableFileError(_FOREIGN)
    return int(written)


def _provenance(file: pq.ParquetFile) -> Provenance | None:
    try:
        return Provenance.decode(_metadata(file).get(PROVENANCE_KEY))
    except ValueError:
        raise UnreadableFileError(_FOREIGN) from None


def _content(table: pa.Table, provenance: Provenance | None, *, newer: bool) -> Content:
    """Return the rows of known kinds, in the columns of `SCHEMA`."""
    if not table.num_rows:
        return Content(_NOTHING, _NEWER if newer else None, provenance)
    whole = fitted(table)
    if not _is_possible(whole):
        raise UnreadableFileError(_FOREIGN)
    kinds = whole.column("kind")
    if MODELS.keys() >= set(kinds.unique().to_pylist()):
        return Content(whole, _NEWER if newer else None, provenance)
    is_known = pc.is_in(kinds, pa.array([kind.value for kind in MODELS]))
    return Content(whole.filter(is_known), _NEWER if newer else _UNKNOWN_KINDS, provenance)
