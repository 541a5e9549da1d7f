"""A zip from anybody: each of its members is read as it is, or refused for a reason; nothing of it does harm."""

import copy
import errno
import io
import warnings
import zipfile

import pytest

from coaching.archive import ArchiveError, ArchiveReader, DamagedArchiveError, TooLargeError

WORDS = b"Maha will call the plumber by Friday. " * 9


def zipped(*members, compression=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of two members of one name
        for name, content in members:
            made.writestr(name, content)
    return file.getvalue()


def patched(data, **fields):
    """A zip whose lists of members say something else of the first: flags, compression, or size."""
    places = {"flags": (6, 8, 2), "method": (8, 10, 2), "size": (22, 24, 4)}
    found = bytearray(data)
    for name, value in fields.items():
        local, central, width = places[name]
        for mark, place in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
            start = found.index(mark) + place
            found[start : start + width] = value.to_bytes(width, "little")
    return bytes(found)


def read(data, name="a", largest=1 << 20, **limits):
    return ArchiveReader(io.BytesIO(data), **limits).read(name, largest)


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_member_is_read_whatever_stands_beside_it(compression):
    data = zipped(("folder/", ""), ("a", WORDS), ("b", "other"), ("b", "words"), compression=compression)
    assert read(data) == WORDS
    assert [member.filename for member in ArchiveReader(io.BytesIO(data)).members] == ["folder/", "a", "b", "b"]


def test_a_member_comes_in_pieces():
    reader = ArchiveReader(io.BytesIO(zipped(("a", bytes(3 << 20)), compression=zipfile.ZIP_DEFLATED)))
    assert [len(chunk) for chunk in reader.chunks("a", 3 << 20)] == [1 << 20] * 3


@pytest.mark.parametrize(
    "name", ["../a", "b/../../a", "..", "/etc/a", "//host/a", "b\\..\\a", "\\a", "C:\\a", "C:a", "a\0/../../b", ""]
)
def test_a_name_that_leads_outside_is_refused_whichever_member_has_it(name):
    other = zipfile.ZipInfo("a")
    other.filename = name  # past what zipfile mends
    with pytest.raises(ArchiveError, match=r"^a zip that names a place outside of itself$"):
        read(zipped(("a", WORDS), (other, "")))


def test_no_more_members_than_there_may_be():
    data = zipped(*[(name, WORDS) for name in "abc"])
    assert read(data, most_members=3) == WORDS
    with pytest.raises(ArchiveError, match=r"^a zip of more than 2 files$"):
        read(data, most_members=2)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped(("A", WORDS), ("folder/a", WORDS)), "a zip that holds no a"),
        (zipped(("a", WORDS), ("a", WORDS)), "a zip that holds several a"),
        (patched(zipped(("a", WORDS)), flags=1), "a zip that is locked by a password"),
        (patched(zipped(("a", WORDS)), method=99), "a zip of a kind that this program does not read"),
        (zipped(("a", WORDS), compression=zipfile.ZIP_BZIP2), "a zip of a kind that this program does not read"),
        (zipped(("a", WORDS), compression=zipfile.ZIP_LZMA), "a zip of a kind that this program does not read"),
    ],
)
def test_a_member_that_cannot_be_read_safely_is_refused(data, reason):
    with pytest.raises(ArchiveError, match=f"^{reason}$"):
        read(data)


def bomb():
    return zipped(("a", bytes(9 << 20)), compression=zipfile.ZIP_DEFLATED)


def test_a_member_that_unpacks_to_too_much_is_refused():
    assert len(read(bomb(), largest=9 << 20)) == 9 << 20
    with pytest.raises(TooLargeError):
        read(bomb(), largest=(9 << 20) - 1)


def test_a_member_that_lies_about_its_size_is_cut_and_refused():
    given = []
    with pytest.raises(DamagedArchiveError):
        given.extend(ArchiveReader(io.BytesIO(patched(bomb(), size=99))).chunks("a", 99))
    assert sum(map(len, given)) <= 99


def test_members_that_share_their_bytes_are_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("a", WORDS)
        for name in "bc":
            other = copy.copy(made.filelist[0])
            other.filename = name
            made.filelist.append(other)
    with pytest.raises(DamagedArchiveError):
        read(file.getvalue())


@pytest.mark.parametrize(
    "data", [b"", b"Dear diary", b"PK\x03\x04 and nothing else", zipped(("a", WORDS))[:-30], zipped(("a", WORDS))[9:]]
)
def test_what_is_not_a_whole_zip_is_damaged(data):
    with pytest.raises(DamagedArchiveError, match=r"^a zip that is damaged$"):
        read(data)


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_flipped_bit_is_refused_or_changes_nothing(compression):
    data = zipped(("a", WORDS), compression=compression)
    for place in range(8 * len(data)):
        flipped = bytearray(data)
        flipped[place // 8] ^= 1 << place % 8
        try:
            assert read(flipped) == WORDS
        except ArchiveError:
            continue


@pytest.mark.parametrize("offset", [1 << 32, 1 << 62, 1 << 63, (1 << 64) - 1])
def test_a_member_at_a_place_that_no_file_has_is_damaged(offset):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("a", WORDS)
        made.filelist[0].header_offset = offset
    with pytest.raises(DamagedArchiveError):
        read(file.getvalue())


def test_a_disk_that_fails_is_not_a_damaged_zip():
    class Failing(io.BytesIO):
        fails = False

        def read(self, *size):
            if self.fails:
                raise OSError(errno.EIO, "The disk fails.")
            return super().read(*size)

    file = Failing(zipped(("a", WORDS)))
    reader = ArchiveReader(file)
    file.fails = True
    with pytest.raises(OSError, match="The disk fails"):
        reader.read("a", 1 << 20)
