import os

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.errors import StoreError
from coaching.model.entries import Note
from coaching.model.schema import SCHEMA, VERSION, VERSION_KEY, fitted, from_table
from coaching.store.disk.os_errors import UnreadableFileError
from coaching.store.files.parquet import LAST_REV, Codec, table_of
from coaching.store.keys.keys import Keys
from tests.examples import CHEAP
from tests.strategies import entries
from tests.unit.store.samples import KEY, NOW, WORDS, WORKBOOK, note

PLAIN, LOCKED = Codec(WORKBOOK), Codec(WORKBOOK, KEY)
CODECS = pytest.mark.parametrize("codec", [PLAIN, LOCKED], ids=["plain", "encrypted"])


def written(table, **metadata):
    """Return a table as another program, or another version, writes it."""
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata({"coaching.workbook": WORKBOOK} | metadata), sink)
    return bytes(sink.getvalue())


def reason(codec, data):
    with pytest.raises(UnreadableFileError) as caught:
        codec.decode(data)
    return str(caught.value)


@CODECS
@given(said=entries())
def test_entries_of_every_kind_come_back_word_for_word(codec, said):
    said = [entry.model_copy(update={"rev": abs(entry.rev) % LAST_REV}) for entry in said]
    content = codec.decode(codec.encode(table_of(said)))
    assert from_table(content.table) == said
    assert content.table.schema.equals(SCHEMA, check_metadata=True)
    assert content.remark is None


@pytest.mark.parametrize("size", [16, 24, 32])
def test_keys_of_every_aes_length_work(size):
    codec = Codec(WORKBOOK, Keys((bytes(size),)))
    assert codec.decode(codec.encode(table_of([note("a")]))).table.num_rows == 1


@pytest.mark.parametrize("size", [0, 1, 31, 33])
def test_keys_of_other_lengths_are_refused(size):
    with pytest.raises(ValueError, match="16, 24, or 32"):
        Codec(WORKBOOK, Keys((bytes(size),)))


def test_with_a_key_no_word_and_no_name_of_a_column_is_in_the_bytes():
    data = LOCKED.encode(table_of([note("a"), note("b")]))
    said = [WORDS.encode(), note("a").id.encode(), b"coachee", b"dream", b"visibility", b"saved_at"]
    assert [word for word in said if word in data] == []
    assert all(word in Codec(WORKBOOK).encode(table_of([note("a")])) for word in said)


def test_with_a_key_plain_files_are_read_only_while_they_are_being_encrypted():
    plain = PLAIN.encode(table_of([note("a")]))
    assert "not encrypted, though this workbook is" in reason(LOCKED, plain)
    assert Codec(WORKBOOK, KEY, reads_plain=True).decode(plain).table.num_rows == 1


@CODECS
def test_a_file_of_another_workbook_is_refused(codec):
    elsewhere = Codec(WORKBOOK[:-1] + "Z", KEY if codec is LOCKED else Keys())
    assert "another workbook" in reason(codec, elsewhere.encode(table_of([note("a")])))


def test_what_an_older_key_wrote_is_read_while_the_key_is_replaced_and_never_written_again():
    keys = KEY.rotated()
    rotating, rotated = Codec(WORKBOOK, keys, reads_older=True), Codec(WORKBOOK, keys)
    assert rotating.decode(LOCKED.encode(table_of([note("a")]))).table.num_rows == 1
    assert "another key" in reason(rotated, LOCKED.encode(table_of([note("a")])))
    assert "another key" in reason(LOCKED, rotating.encode(table_of([note("a")])))


@CODECS
def test_a_file_has_only_the_columns_that_say_something(codec):
    content = codec.encode(table_of([note("a")]))
    assert len(content) < 5000
    assert not codec.decode(content).has_all_columns
    assert codec.decode(codec.all_columns()).has_all_columns
    assert codec.decode(codec.all_columns()).table.equals(SCHEMA.empty_table())


@pytest.mark.parametrize(
    ("codec", "said"),
    [(PLAIN, "without the key"), (Codec(WORKBOOK, Keys((bytes(32),))), "another key")],
)
def test_without_its_key_a_file_is_named_as_encrypted(codec, said):
    assert said in reason(codec, LOCKED.encode(table_of([note("a")])))


@CODECS
def test_a_file_cut_off_anywhere_is_refused(codec):
    data = codec.encode(table_of([note("a")]))
    assert codec.decode(data).table.num_rows == 1
    readable = []
    for length in range(len(data)):
        try:
            codec.decode(data[:length])
        except UnreadableFileError:
            continue
        readable.append(length)
    assert readable == []


@given(data=st.data())
@CHEAP
def test_with_a_key_one_flipped_bit_anywhere_is_detected_or_changes_nothing(data):
    file = bytearray(ENCRYPTED)
    file[data.draw(st.integers(0, len(file) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        content = LOCKED.decode(bytes(file))
    except UnreadableFileError:
        return
    # Beside the encrypted footer stand a few bytes that say how it is encrypted; not all of them are looked at.
    assert content == LOCKED.decode(ENCRYPTED)


ENCRYPTED = LOCKED.encode(table_of([note("a")]))


def test_without_a_key_a_changed_word_is_detected():
    word = os.urandom(20).hex()  # nothing that zstd can shorten
    data = PLAIN.encode(table_of([note("a", text=word)]))
    assert word.encode() in data
    assert "damaged" in reason(PLAIN, data.replace(word.encode(), word[::-1].encode()))


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda data: b"PAR1" + data + b"PAR1"))
def test_bytes_that_are_no_parquet_file_are_refused(data):
    assert "left alone" in reason(PLAIN, data)


FITTING = fitted(table_of([note("a"), note("b")]))
FOREIGN = {
    "without our version": (FITTING, {}),
    "with a version that is no number": (FITTING, {VERSION_KEY.decode(): "one"}),
    "with a negative version": (FITTING, {VERSION_KEY.decode(): "-1"}),
    "of other columns": (pa.table({"price": [1.5]}), {VERSION_KEY.decode(): "1"}),
    "without a required column": (FITTING.drop_columns("author"), {VERSION_KEY.decode(): "1"}),
    "with a column of another type": (
        FITTING.set_column(FITTING.schema.get_field_index("number"), "number", pa.array(["1", "2"])),
        {VERSION_KEY.decode(): "1"},
    ),
    "with a rev that no clock gives": (
        FITTING.set_column(FITTING.schema.get_field_index("rev"), "rev", pa.array([1, 2**63 - 1])),
        {VERSION_KEY.decode(): "1"},
    ),
    "with a row that has no id": (
        FITTING.set_column(FITTING.schema.get_field_index("id"), "id", pa.array([None, note("a").id])),
        {VERSION_KEY.decode(): "1"},
    ),
}


@pytest.mark.parametrize("table, metadata", FOREIGN.values(), ids=FOREIGN)  # noqa: PT006 - two names, one table
def test_a_foreign_file_is_refused(table, metadata):
    assert "not a file of a workbook" in reason(PLAIN, written(table, **metadata))


def test_text_that_is_no_utf8_is_refused():
    broken = pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe"))
    table = table_of([note("a")])
    table = table.set_column(table.schema.get_field_index("text"), "text", broken)
    assert "damaged" in reason(PLAIN, written(table, **{VERSION_KEY.decode(): "1"}))


def test_a_file_of_an_older_version_has_its_missing_columns_empty():
    data = written(FITTING.drop_columns(["text", "levels"]), **{VERSION_KEY.decode(): "0"})
    content = PLAIN.decode(data)
    assert content.table.schema.equals(SCHEMA)
    assert content.table["text"].null_count == 2
    assert content.remark is None


def test_of_a_newer_version_the_known_columns_and_kinds_are_read():
    newer = FITTING.append_column("mood", pa.array(["bright", "calm"]))
    newer = newer.set_column(newer.schema.get_field_index("kind"), "kind", pa.array(["note", "walk"]))
    content = PLAIN.decode(written(newer, **{VERSION_KEY.decode(): str(VERSION + 1)}))
    assert content.table["id"].to_pylist() == [note("a").id]
    assert content.table.schema.equals(SCHEMA)
    assert "newer version" in content.remark


def test_rows_of_unknown_kinds_are_passed_over_and_said():
    odd = FITTING.set_column(FITTING.schema.get_field_index("kind"), "kind", pa.array(["note", "walk"]))
    content = PLAIN.decode(PLAIN.encode(odd.cast(SCHEMA)))
    assert content.table["id"].to_pylist() == [note("a").id]
    assert "kinds of entry" in content.remark


class NoteWithMood(Note):
    mood: str = "bright"


@pytest.mark.parametrize(
    "entry",
    [
        note("a", rev=2**63),
        note("a", rev=LAST_REV),
        note("a").model_copy(update={"rev": None}),
        note("a").model_copy(update={"base": 2**70}),
        note("a").model_copy(update={"text": "\ud800"}),
        NoteWithMood(id=note("a").id, rev=1, author="coach", segment="dreams", topic="dream", saved_at=NOW),
    ],
    ids=["rev of 64 bits", "rev of no moment", "no rev", "base of 70 bits", "half a character", "unknown field"],
)
def test_what_no_file_can_hold_is_refused_by_name_and_without_its_words(entry):
    with pytest.raises(StoreError, match=f"note {entry.id} holds a value that no file can hold") as caught:
        table_of([note("b"), entry])
    assert WORDS not in str(caught.value)


def test_files_are_written_so_that_other_tools_can_read_them():
    many = table_of([note(str(number), text=os.urandom(60).hex()) for number in range(3000)])
    file = pq.ParquetFile(pa.BufferReader(PLAIN.encode(many)))
    columns = [file.metadata.row_group(0).column(index) for index in range(file.metadata.num_columns)]
    assert file.metadata.num_row_groups == 1
    assert {column.path_in_schema for column in columns if column.is_stats_set} <= {"rev", "held_on"}
    assert {column.compression for column in columns if column.path_in_schema in {"text", "id", "rev"}} == {"ZSTD"}
    assert file.metadata.metadata[VERSION_KEY] == str(VERSION).encode()
    # A text column without a dictionary has one data page; a large one would be cut without our options.
    assert {column.path_in_schema for column in columns if column.has_dictionary_page} == {
        "kind",
        "author",
        "visibility",
    }


def test_one_column_is_one_page_however_large():
    many = table_of([note(str(number), text=os.urandom(600).hex()) for number in range(2000)])
    data = PLAIN.encode(many)
    metadata = pq.ParquetFile(pa.BufferReader(data)).metadata.row_group(0)
    (text,) = (c for c in map(metadata.column, range(metadata.num_columns)) if c.path_in_schema == "text")
    assert text.total_uncompressed_size > 1 << 20  # Parquet's own limit of a page
    chunk = data[text.data_page_offset : text.data_page_offset + text.total_compressed_size]
    assert chunk.count(b"\x28\xb5\x2f\xfd") == 1  # each page starts a zstd frame
