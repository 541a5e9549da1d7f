"""Files that somebody else made, or that were damaged, restored: a sentence each, and nothing is changed."""

import hashlib
import io
import json
import random
import stat
import zipfile
from zlib import crc32

import pytest

from coaching.errors import StoreError
from coaching.store.backup.archive import Archive, Source, write_archive
from coaching.store.backup.backup import backup, restore
from coaching.store.disk.os_errors import UnreadableFileError
from tests.unit.store.samples import OTHER_WORKBOOK, SESSION, WORKBOOK, contents, note

FILE = (stat.S_IFREG | 0o600) << 16
ENTRY = f"{WORKBOOK}/entries/a.parquet"
NOT_OURS = "is not a backup of a home, or only a part of one; choose another file; nothing was restored."
CHANGED = "is damaged or was changed after it was written; choose another backup; nothing was restored."
SURPRISE = (
    "holds what no backup of a home holds, and may come from anybody; choose another backup; nothing was restored."
)
NEWER = "was made by a newer version of the workbook; update this one to read it; nothing was restored."


def member(name, **changes):
    info = zipfile.ZipInfo(name)
    info.external_attr = FILE
    for what, value in changes.items():
        setattr(info, what, value)
    return info


def digest(data):
    return hashlib.sha256(data).hexdigest()


def manifest_of(members, **changes):
    return {"format": 1, "files": {info.filename: digest(data) for info, data in members}} | changes


def sealed(data):
    """Put the seal where there is room for it, as anybody can."""
    return data[:-64] + digest(data[:-64]).encode()


def crafted(members, manifest=None, *, last="manifest.json", **changes):
    """Return the bytes of a backup, made without the program, of whatever members."""
    file = io.BytesIO()
    said = json.dumps(manifest_of(members) if manifest is None else manifest).encode()
    with zipfile.ZipFile(file, "w") as archive:
        archive.comment = b"coaching backup; SHA-256 of all before: " + b"0" * 64
        for info, data in [*members, (member(last, **changes), said)]:
            archive.writestr(info, data)
    return sealed(file.getvalue())


GOOD = [(member(ENTRY), b"PAR1"), (member(f"{WORKBOOK}/workbook.json"), b"{}"), (member("notebooks/a.ipynb"), b"{}")]


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "backup.zip"


def refusal(file, home, data):
    file.write_bytes(data)
    before = contents(home.parent)
    with pytest.raises(StoreError) as caught:
        restore(file, home)
    assert contents(home.parent) == before
    assert not home.exists()
    return str(caught.value).removeprefix(f"'{file}' ")


def test_the_form_of_the_file_is_open(file, home):
    file.write_bytes(crafted(GOOD))
    restore(file, home)
    assert contents(home) == {info.filename: data for info, data in GOOD}


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "/etc/passwd",
        f"{WORKBOOK}/../../outside",
        f"{WORKBOOK}/entries/../../../outside",
        f"{WORKBOOK}/entries/..",
        f"{WORKBOOK}/entries/.",
        f"{WORKBOOK}/entries/%2E%2E",
        f"{WORKBOOK}/entries/..%2F..%2Foutside",
        f"{WORKBOOK}/entries/a%00b",
        f"{WORKBOOK}/entries/a%",
        f"{WORKBOOK}/entries/%61",
        f"{WORKBOOK}/entries/a b",
        f"{WORKBOOK}/entries/a\\b",
        f"{WORKBOOK}/entries/ä",
        f"{WORKBOOK}/entries/a\n",
        f"{WORKBOOK}/entries/",
        f"{WORKBOOK}/entries",
        f"{WORKBOOK}/entries/deeper/a.parquet",
        f"{WORKBOOK}//entries/a.parquet",
        f"{WORKBOOK}/run/a.parquet",
        f"{WORKBOOK}/run.sh",
        f"{WORKBOOK}/",
        WORKBOOK,
        f"{WORKBOOK.lower()}/entries/a.parquet",
        f"{WORKBOOK}0/entries/a.parquet",
        "notebooks/../a.ipynb",
        "notebooks/a.py",
        "notebooks/deeper/a.ipynb",
        ".config/startup.py",
        "C:\\outside",
        "",
    ],
)
def test_a_member_that_belongs_nowhere_is_refused(file, home, name):
    assert refusal(file, home, crafted([*GOOD, (member(name), b"words")])) == SURPRISE


def twice(members):
    return [*members, (member(ENTRY), b"other words")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("members", "listed"),
    [
        pytest.param(twice(GOOD), twice(GOOD), id="duplicate"),
        pytest.param(GOOD[1:], GOOD, id="missing"),
        pytest.param(GOOD, GOOD[1:], id="extra"),
        pytest.param(GOOD, GOOD[::-1], id="other order"),
        pytest.param([], GOOD, id="empty"),
    ],
)
def test_what_the_manifest_does_not_list_or_lists_in_vain_is_refused(file, home, members, listed):
    assert refusal(file, home, crafted(members, manifest_of(listed))) == SURPRISE


def test_a_member_that_is_not_what_the_manifest_says_is_refused(file, home):
    other = [(GOOD[0][0], b"PAR2"), *GOOD[1:]]
    assert refusal(file, home, crafted(other, manifest_of(GOOD))) == CHANGED


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"external_attr": (stat.S_IFLNK | 0o777) << 16}, id="link"),
        pytest.param({"external_attr": (stat.S_IFDIR | 0o700) << 16}, id="folder"),
        pytest.param({"external_attr": (stat.S_IFREG | 0o4755) << 16}, id="setuid"),
        pytest.param({"compress_type": zipfile.ZIP_DEFLATED}, id="packed"),
        pytest.param({"compress_type": zipfile.ZIP_LZMA}, id="packed otherwise"),
    ],
)
def test_a_member_that_is_no_plain_file_is_refused(file, home, changes):
    assert refusal(file, home, crafted([*GOOD, (member(f"{WORKBOOK}/drafts/b", **changes), b"w" * 99)])) == SURPRISE
    assert refusal(file, home, crafted(GOOD, **changes)) == SURPRISE


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (manifest_of(GOOD, format=2), NEWER),
        ({"format": 2, "contents": []}, NEWER),
        (manifest_of(GOOD, format=0), SURPRISE),
        (manifest_of(GOOD, format="1"), SURPRISE),
        (manifest_of(GOOD, files=[ENTRY]), SURPRISE),
        ({"format": 1}, SURPRISE),
        ([], SURPRISE),
        (manifest_of(GOOD, files=dict.fromkeys(manifest_of(GOOD)["files"])), CHANGED),
        (manifest_of(GOOD, padding="x" * 9999), SURPRISE),
        (json.loads("[" * 900 + "]" * 900), SURPRISE),
    ],
)
def test_a_manifest_that_says_something_else_is_refused(file, home, manifest, said):
    assert refusal(file, home, crafted(GOOD, manifest)) == said


def test_a_newer_format_is_told_from_a_damaged_one_whatever_it_holds(file, home):
    members = [*GOOD, (member("settings/new.toml", compress_type=zipfile.ZIP_DEFLATED), b"")]
    assert refusal(file, home, crafted(members, {"format": 2})) == NEWER


@pytest.mark.parametrize("last", ["manifest.txt", "Manifest.json", f"{WORKBOOK}/rewriting"])
def test_a_backup_without_a_manifest_is_refused(file, home, last):
    assert refusal(file, home, crafted(GOOD, last=last)) == SURPRISE


def test_a_member_that_is_said_to_be_packed_and_is_not_is_refused(file, home):
    data = bytearray(crafted([(GOOD[0][0], b"\x07" * 99)]))  # which no deflation ever gives
    data[data.index(b"PK\x01\x02") + 10] = zipfile.ZIP_DEFLATED
    assert refusal(file, home, sealed(bytes(data))) == SURPRISE


def nested(depth, core):
    """Return members each of which holds all of the next: together they are far larger than the file."""
    members, data = [], core
    for place in range(depth):
        info = member(f"{WORKBOOK}/entries/{place}", file_size=len(data), compress_size=len(data), CRC=crc32(data))
        members.insert(0, (info, data))
        data = info.FileHeader() + data
    return members, data


def test_members_that_share_their_bytes_do_not_fill_the_disk(file, home):
    """Each of them is as the manifest says; but they may not come to more than the file has."""
    members, data = nested(99, b"w" * 99_999)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.comment = b"coaching backup; SHA-256 of all before: " + b"0" * 64
        packed.write(data)
        archive.start_dir = packed.tell()
        for info, inner in members:
            info.header_offset = len(data) - len(inner) - len(info.FileHeader())
            archive.filelist.append(info)
        archive.writestr(member("manifest.json"), json.dumps(manifest_of(members)).encode())
    assert refusal(file, home, sealed(packed.getvalue())) == SURPRISE


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"Dear diary", id="text"),
        pytest.param(crafted(GOOD)[:-1], id="cut off at the end"),
        pytest.param(crafted(GOOD) + b"\n", id="longer"),
        pytest.param(crafted(GOOD)[:100], id="cut off early"),
    ],
)
def test_a_file_that_is_no_backup_is_refused(file, home, data):
    assert refusal(file, home, data) == NOT_OURS


def test_a_zip_of_another_program_is_refused(file, home):
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr(ENTRY, b"PAR1")
    assert refusal(file, home, other.getvalue()) == NOT_OURS


def test_a_seal_under_something_that_is_no_zip_is_refused(file, home):
    seal = b"coaching backup; SHA-256 of all before: " + b"0" * 64
    assert refusal(file, home, sealed(b"words" + seal)) == SURPRISE


@pytest.mark.parametrize(("place", "said"), [("nowhere.zip", "is not there"), ("folder", "is a folder; name a file")])
def test_without_a_file_nothing_is_restored(tmp_path, home, place, said):
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError) as caught:
        restore(tmp_path / place, home)
    assert str(caught.value) == f"'{tmp_path / place}' {said}; nothing was restored."


@pytest.fixture
def written(store, tmp_path):
    """Return the bytes of the backup of a workbook."""
    store.save([note("a")])
    store.draft(SESSION, "tab-1", [note("b")])
    backup(store.folder.parent, tmp_path / "written.zip")
    return (tmp_path / "written.zip").read_bytes()


def is_refused(data):
    try:
        Archive(io.BytesIO(data))
    except UnreadableFileError:
        return True
    return False


def test_every_flipped_byte_is_noticed(written):
    assert not is_refused(written)
    chance = random.Random(7)  # noqa: S311 - which bits to flip
    unnoticed = []
    for place in range(len(written)):
        flipped = bytearray(written)
        flipped[place] ^= chance.randrange(1, 256)
        if not is_refused(flipped):
            unnoticed.append(place)
    assert unnoticed == []


def test_every_length_but_the_whole_is_noticed(written):
    assert [length for length in range(len(written)) if not is_refused(written[:length])] == []


def test_what_is_flipped_and_sealed_again_is_refused_or_the_same_files(written):
    """The seal is against accidents; against a hand there is the manifest, and whatever else a zip says is not used."""
    good = Archive(io.BytesIO(written))
    chance = random.Random(7)  # noqa: S311 - which bits to flip
    for place in range(len(written) - 64):
        flipped = bytearray(written)
        flipped[place] ^= chance.randrange(1, 256)
        try:
            found = Archive(io.BytesIO(sealed(bytes(flipped))))
        except UnreadableFileError:
            continue
        assert (found.hashes, found.paths) == (good.hashes, good.paths)


def test_a_file_that_changes_after_it_was_checked_is_noticed(tmp_path):
    place, (entry, _) = tmp_path / "backup.zip", GOOD[0]
    place.write_bytes(crafted([(entry, b"a" * 99_999)]))
    with place.open("rb") as opened:
        archive = Archive(opened)
        place.write_bytes(crafted([(entry, b"b" * 99_999)]))
        with pytest.raises(UnreadableFileError, match=r"was changed|may come from anybody"):
            list(archive.chunks(ENTRY))


def test_a_home_is_never_held_in_memory(tmp_path):
    """A file may be larger than the memory there is: it is passed on as it comes."""
    asked = []

    def chunks():
        for place in range(64):
            asked.append(place)
            yield bytes(1 << 20)

    with (tmp_path / "backup.zip").open("w+b") as opened:
        sizes = []

        class Watched:
            def __getattr__(self, name):
                return getattr(opened, name)

            def write(self, data):
                sizes.append(len(data))
                return opened.write(data)

        write_archive(
            Watched(), [Source((tmp_path / OTHER_WORKBOOK / "drafts" / "x").relative_to(tmp_path), 64 << 20, chunks())]
        )
        archive = Archive(opened)
        assert max(len(chunk) for chunk in archive.chunks(f"{OTHER_WORKBOOK}/drafts/x")) <= 1 << 20
    assert max(sizes) <= 1 << 20
    assert len(asked) == 64
