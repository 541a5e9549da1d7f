import errno
import json
import os
import shutil
from unittest.mock import patch

import pytest

from coaching.errors import StoreError
from coaching.store import Problem, Store, create, look_through, workbooks
from coaching.store.disk import LOCK_FILE
from tests.unit.store.disks import refusing
from tests.unit.store.samples import KEY, OTHER_WORKBOOK, WORKBOOK, keys, note, revisions


def card(store):
    return json.loads((store.folder / "workbook.json").read_text())


def rewrite(store, **changes):
    (store.folder / "workbook.json").write_text(json.dumps({**card(store), **changes}))


def test_a_new_workbook_has_its_place_and_says_whose_copy_it_is(store, home):
    assert (store.workbook, store.holder, store.folder) == (WORKBOOK, "coach", home / WORKBOOK)
    assert sorted(part.name for part in store.folder.iterdir()) == ["drafts", "entries", "tmp", "workbook.json"]
    said = {"format": 1, "workbook": WORKBOOK, "holder": "coach", "key": None, "changes": 1, "files": []}
    assert card(store) == said


def test_only_the_owner_may_look_inside(home, store):
    store.save([note("a")])
    modes = {path: path.stat().st_mode & 0o777 for path in [home, *home.rglob("*")]}
    assert {path for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)} == set()
    assert len([path for path in modes if path.name != LOCK_FILE]) == 12


@pytest.mark.parametrize(("workbook", "holder"), [("../../etc", "coach"), ("", "coach"), (WORKBOOK, "boss")])
def test_nothing_is_made_of_what_names_no_workbook(home, workbook, holder):
    with pytest.raises(ValueError, match=r"ULID|Side"):
        create(home / WORKBOOK, workbook=workbook, holder=holder)
    assert not home.exists()


def test_a_workbook_is_never_made_over_another(store):
    store.save([note("a")])
    with pytest.raises(StoreError, match=f"{WORKBOOK} is there already; open it"):
        create(store.folder, workbook=WORKBOOK, holder="coach")
    assert store.read().history.num_rows == 1


def test_a_refusal_at_any_step_leaves_no_workbook_and_no_junk(home):
    folder = home / WORKBOOK
    with refusing(0, errno.ENOSPC) as calls:
        create(folder, workbook=WORKBOOK, holder="coach")
    shutil.rmtree(home)
    made = []
    for at in range(1, len(calls) + 1):
        with refusing(at, errno.ENOSPC):
            said = refusal_of(lambda: create(folder, workbook=WORKBOOK, holder="coach"))
        assert said is None or f"{WORKBOOK}: the disk is full; make room" in said
        made += [folder.exists()]
        assert workbooks(home) == ([folder] if made[-1] else [], [])
        assert made[-1] or not home.exists() or list(home.iterdir()) == []
        shutil.rmtree(home, ignore_errors=True)
    assert made == sorted(made)  # what is put off once it is there is tidying up
    assert made.count(False) > 8


def refusal_of(act):
    """Return what is said where something is refused."""
    try:
        act()
    except StoreError as error:
        return str(error)
    return None


def test_a_home_has_its_workbooks_and_nothing_else(home, store):
    (home / "exports").mkdir()
    (home / "notes.txt").write_text("hello")
    (home / ".new-abc").mkdir()
    shutil.copy(store.folder / "workbook.json", home / ".new-abc")
    assert workbooks(home) == ([store.folder], [])


def test_a_home_that_is_not_there_has_none(home):
    assert workbooks(home) == ([], [])
    assert not home.exists()


def test_what_looks_like_a_workbook_but_is_none_is_named(home, store):
    other = WORKBOOK[:-1] + "Z"
    (home / other).mkdir()
    shutil.copytree(store.folder, home / f"{WORKBOOK} (copy)")
    found, problems = workbooks(home)
    assert found == [store.folder]
    assert problems == [
        Problem(f"{WORKBOOK} (copy)", f"is a second folder of {WORKBOOK}"),
        Problem(other, "is not a workbook's folder, as it has no workbook.json; choose another folder"),
    ]


RENAMED = [
    f"{WORKBOOK} (1)",
    WORKBOOK.lower(),
    f"{WORKBOOK} (Ana's conflicted copy 2025-03-04)",
    f"{WORKBOOK}~",
    OTHER_WORKBOOK,
    "Maya",
]


@pytest.mark.parametrize("name", RENAMED)
def test_a_folder_of_another_name_is_the_workbook_that_its_card_says(home, store, name):
    store.save([note("a")])
    renamed = store.folder.rename(home / name)
    assert workbooks(home) == ([renamed], [])
    listing = look_through(home)
    assert (listing.folder_of(WORKBOOK), dict(listing.duplicates)) == (renamed, {})
    Store.open(renamed).save([note("b")])
    assert revisions(Store.open(renamed).read()) == keys(note("a"), note("b"))


@pytest.mark.parametrize(
    ("names", "first"),
    [
        ([WORKBOOK, f"{WORKBOOK} (1)"], WORKBOOK),
        ([WORKBOOK, f"{WORKBOOK[:-1]} (1)", "A"], WORKBOOK),
        ([f"{WORKBOOK} (2)", f"{WORKBOOK} (1)"], f"{WORKBOOK} (1)"),
        ([f"{WORKBOOK} (1)", WORKBOOK.lower()], WORKBOOK.lower()),
        (["B", "A", "C"], "A"),
    ],
)
def test_of_several_folders_of_one_workbook_it_is_always_the_same(home, store, names, first):
    original = store.folder.rename(home.parent / "original")
    for name in names:
        shutil.copytree(original, home / name)
    for _ in range(2):
        assert look_through(home).folder_of(WORKBOOK) == home / first
        assert look_through(home).duplicates == {home / name: home / first for name in sorted({*names} - {first})}


def test_a_folder_whose_card_is_damaged_does_not_hide_its_readable_copy(home, store):
    shutil.copytree(store.folder, home / f"{WORKBOOK} (1)")
    (store.folder / "workbook.json").write_text("{")
    found, problems = workbooks(home)
    assert found == [home / f"{WORKBOOK} (1)"]
    assert [problem.file for problem in problems] == [WORKBOOK]


def test_a_name_that_is_no_text_can_still_be_shown(home, store):
    shutil.copytree(store.folder, home / os.fsdecode(b"copy\xff"))
    (problem,) = workbooks(home)[1]
    assert problem.file == "copy\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
        b'{"format": 1}',
        b'{"format": Infinity}',
        b'{"format": 1, "workbook": 7, "holder": "coach", "key": null}',
        b'{"format": 1, "workbook": "../..", "holder": "coach", "key": null}',
        b'{"format": 1, "workbook": "%s", "holder": "boss", "key": null}' % WORKBOOK.encode(),
        b'{"format": 1, "workbook": "%s", "holder": "coach", "key": "none"}' % WORKBOOK.encode(),
    ],
)
def test_a_damaged_card_is_named_and_left_alone(home, store, damaged):
    (store.folder / "workbook.json").write_bytes(damaged)
    with pytest.raises(StoreError, match=f"{WORKBOOK} cannot be opened: its workbook.json is damaged"):
        Store.open(store.folder)
    assert [problem.file for problem in workbooks(home)[1]] == [WORKBOOK]
    assert (store.folder / "workbook.json").read_bytes() == damaged


def test_a_workbook_of_a_newer_version_is_not_opened(store):
    rewrite(store, format=2, holder="somebody new")
    with pytest.raises(StoreError, match="made by a newer version of the workbook; update this one"):
        Store.open(store.folder)


def test_a_folder_that_is_no_workbook_is_refused(tmp_path):
    (tmp_path / "photos").mkdir()
    with pytest.raises(StoreError, match="photos is not a workbook's folder"):
        Store.open(tmp_path / "photos")
    assert list((tmp_path / "photos").iterdir()) == []
    with pytest.raises(StoreError, match="nowhere cannot be opened: the folder, or a part of it, is gone"):
        Store.open(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("number", "said"), [(errno.EACCES, "may not use the folder"), (errno.EIO, "reported an error")]
)
def test_a_home_that_cannot_be_listed_is_said(store, number, said):
    with (
        patch("os.listdir", side_effect=OSError(number, "")),
        pytest.raises(StoreError, match=f"^home: .*{said}.*; no workbook was listed"),
    ):
        workbooks(store.folder.parent)


def test_encrypted_and_plain_are_never_mixed(locked):
    with pytest.raises(StoreError, match=f"{WORKBOOK} is locked; open it with its passphrase"):
        Store.open(locked.folder)
    rewrite(locked, key=None)
    with pytest.raises(StoreError, match=f"{WORKBOOK} is not encrypted; open it without a passphrase"):
        Store.open(locked.folder, KEY)
    with pytest.raises(StoreError, match="its files are encrypted, and its workbook"):
        Store.open(locked.folder)


def test_empty_parts_that_a_copying_tool_left_out_are_made_again(store):
    (store.folder / "entries" / f"{'0' * 26}.parquet").unlink()
    for part in ("entries", "drafts", "tmp"):
        (store.folder / part).rmdir()
    Store.open(store.folder).save([note("a")])
    assert Store.open(store.folder).read().history.num_rows == 1
