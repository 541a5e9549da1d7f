import threading
from datetime import datetime, timedelta
from itertools import pairwise
from unittest.mock import patch

import pytest
from ulid import PureRandomPolicy, ULIDGenerator

from coaching.errors import LockedError, StoreError
from coaching.model.frames import current
from coaching.model.schema import SCHEMA, from_table
from coaching.store import Store
from coaching.store.files.parquet import Codec
from coaching.store.keys.keys import Keys
from tests.unit.store.samples import (
    KEY,
    NOW,
    OTHER_SESSION,
    SESSION,
    WORDS,
    WORKBOOK,
    erased,
    files,
    keys,
    note,
    revisions,
)

NOW_REV = 1_741_080_600_000_000


def test_a_new_workbook_holds_nothing(store):
    snapshot = store.read()
    assert snapshot.history.equals(SCHEMA.empty_table())
    assert (snapshot.problems, snapshot.drafted) == ((), frozenset())


def test_one_act_is_one_file(store):
    store.save([note("a"), note("b")])
    store.save([note("c", rev=2)])
    store.save([])
    assert len(files(store)) == 2
    assert from_table(Store.open(store.folder).read().history) == sorted(
        [note("a"), note("b"), note("c", rev=2)], key=lambda entry: (entry.rev, entry.id)
    )


def test_every_revision_stays(store):
    store.save([note("a", rev=1, text="first")])
    store.save([note("a", rev=2, text="second")])
    assert store.read().history["text"].to_pylist() == ["first", "second"]


def test_a_draft_is_replaced_while_typing_and_read_at_once(store):
    store.draft(SESSION, "tab-1", [note("a", text="I")])
    store.draft(SESSION, "tab-1", [note("a", text="I would")])
    snapshot = Store.open(store.folder).read()
    assert snapshot.history["text"].to_pylist() == ["I would"]
    assert snapshot.drafted == {SESSION}
    assert store.drafts() == [(SESSION, "tab-1")]
    assert files(store) == []


def test_what_is_closed_is_all_that_no_draft_says(store):
    store.save([note("a", rev=1, text="I")])
    store.draft(SESSION, "tab-1", [note("a", rev=2, text="I would"), note("b", rev=2)])
    assert store.read().closed["text"].to_pylist() == ["I"]
    store.commit(SESSION)
    assert store.read().closed.equals(store.read().history)


def test_a_draft_that_says_nothing_any_more_is_a_draft(store):
    store.draft(SESSION, "tab-1", [note("a")])
    store.draft(SESSION, "tab-1", [])
    snapshot = store.read()
    assert (snapshot.history.num_rows, snapshot.drafted) == (0, {SESSION})


def test_committing_takes_the_drafts_of_every_writer_of_that_session_alone(store):
    store.draft(SESSION, "tab-1", [note("a")])
    store.draft(SESSION, "tab-2", [note("b")])
    store.draft(OTHER_SESSION, "tab-1", [note("c")])
    store.commit(SESSION)
    assert store.drafts() == [(OTHER_SESSION, "tab-1")]
    assert len(files(store)) == 2
    assert revisions(store.read()) == keys(note("a"), note("b"), note("c"))


def test_committing_without_a_draft_changes_nothing(store):
    store.commit(SESSION)
    assert files(store) == []


@pytest.mark.parametrize("writer", ["", "../x", "a.b", "a/b", "a\0", "w" * 65, "Ä", "a\n"])
def test_a_writer_is_never_a_path(store, writer):
    with pytest.raises(ValueError, match="a draft is named by"):
        store.draft(SESSION, writer, [])


@pytest.mark.parametrize("session", ["", "..", SESSION.lower(), SESSION + "\n", "S01"])
def test_a_session_is_its_id(store, session):
    with pytest.raises(ValueError, match="a draft is named by"):
        store.draft(session, "tab-1", [])


def test_a_revision_that_is_in_a_draft_and_kept_is_read_once(store):
    store.draft(SESSION, "tab-1", [note("a"), note("b")])
    store.save([note("a")])
    assert revisions(store.read()) == keys(note("a"), note("b"))


def test_of_one_revision_said_twice_the_one_saved_last_is_read(store):
    later = note("a", text="later").model_copy(update={"saved_at": NOW + timedelta(seconds=1)})
    store.save([later])
    store.save([note("a", text="earlier")])
    assert store.read().history["text"].to_pylist() == ["later"]


def test_a_sync_tools_conflict_copies_are_more_rows_of_the_union(store):
    store.save([note("a")])
    store.draft(SESSION, "tab-1", [note("b")])
    (kept,), (drafted,) = files(store), files(store, "drafts")
    kept.with_stem(f"{kept.stem} (conflicted copy)").write_bytes(Codec(WORKBOOK).encode(store.read().history))
    drafted.with_stem(f"{drafted.stem} (conflicted copy)").write_bytes(drafted.read_bytes())
    assert revisions(store.read()) == keys(note("a"), note("b"))
    assert store.drafts() == [(SESSION, "tab-1"), (SESSION, "tab-1 (conflicted copy)")]


def test_what_another_program_saves_is_read(store):
    store.read()
    Store.open(store.folder).save([note("a")])
    assert revisions(store.read()) == keys(note("a"))


def test_a_file_once_read_is_not_read_again(store, monkeypatch):
    store.save([note("a")])
    store.read()
    monkeypatch.setattr(Codec, "decode", lambda *_: pytest.fail("read again"))
    assert revisions(store.read()) == keys(note("a"))


def test_what_has_not_changed_is_not_put_together_again(store):
    store.save([note("a")])
    assert store.read().history is store.read().history


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (lambda other: other.save([note("b")]), ["a", "b"]),
        (lambda other: other.draft(SESSION, "tab-1", [note("b")]), ["a", "b"]),
        (lambda other: other.erase([erased("a", 2)]), ["a"]),
        (lambda other: files(other)[0].unlink(), []),
    ],
    ids=["saved", "drafted", "erased", "removed"],
)
def test_what_another_program_changed_is_seen_between_two_readings(store, change, left):
    store.save([note("a")])
    store.read()
    before = store.read().history
    change(Store.open(store.folder))
    now = store.read().history
    assert not now.equals(before)
    assert set(now["id"].to_pylist()) == {note(name).id for name in left}


def test_a_draft_that_was_read_and_is_gone_is_read_no_more(store):
    store.save([note("a")])
    store.draft(SESSION, "tab-1", [note("b")])
    assert revisions(store.read()) == keys(note("a"), note("b"))
    (draft,) = files(store, "drafts")
    draft.unlink()
    assert revisions(store.read()) == keys(note("a"))


def test_a_file_that_was_still_arriving_is_read_when_it_is_whole(store):
    store.save([note("a")])
    (file,) = files(store)
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    assert len(store.read().problems) == 1
    file.write_bytes(whole)
    assert revisions(store.read()) == keys(note("a"))


DAMAGED = {
    "empty.parquet": b"",
    "text.parquet": b"hello",
    "photo.jpg": b"\xff\xd8",
    "<b>$x$\u202e{{7*7}}.parquet": b"PAR1",
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.posix) if "<" in name else name for name in DAMAGED]
)
@pytest.mark.parametrize("part", ["entries", "drafts"])
def test_what_cannot_be_read_is_named_and_left_alone_and_hides_nothing_else(store, part, name):
    store.save([note("a")])
    (store.folder / part / name).write_bytes(DAMAGED[name])
    store.compact()
    snapshot = Store.open(store.folder).read()
    assert revisions(snapshot) == keys(note("a"))
    assert [problem.file for problem in snapshot.problems] == [f"{part}/{name}"]
    assert "left alone" in snapshot.problems[0].reason
    assert (store.folder / part / name).read_bytes() == DAMAGED[name]


def test_a_folder_a_link_and_a_dangling_link_are_no_files(store):
    (store.folder / "entries" / "folder.parquet").mkdir()
    (store.folder / "entries" / "link.parquet").symlink_to("/dev/zero")
    (store.folder / "entries" / "nowhere.parquet").symlink_to("nowhere")
    assert [problem.file for problem in store.read().problems] == [
        "entries/folder.parquet",
        "entries/link.parquet",
        "entries/nowhere.parquet",
    ]


def test_an_encrypted_workbook_is_read_with_its_key_alone(locked):
    locked.save([note("a")])
    locked.draft(SESSION, "tab-1", [note("b")])
    assert revisions(Store.open(locked.folder, KEY).read()) == keys(note("a"), note("b"))
    with pytest.raises(LockedError, match="was given another key meanwhile"):
        Store.open(locked.folder, Keys((bytes(32),)))
    said = b"".join(path.read_bytes() for path in locked.folder.rglob("*") if path.is_file())
    assert WORDS.encode() not in said


@pytest.mark.parametrize(
    ("earlier", "revs"),
    [
        ([], [NOW_REV, NOW_REV + 1]),
        ([note("a", rev=NOW_REV - 1)], [NOW_REV, NOW_REV + 1]),
        ([note("a", rev=NOW_REV)], [NOW_REV + 1, NOW_REV + 2]),
        ([note("a", rev=NOW_REV + 10**12), note("b", rev=3)], [NOW_REV + 10**12 + 1, NOW_REV + 10**12 + 2]),
    ],
)
def test_the_next_revision_is_now_but_above_all_others(store, earlier, revs):
    store.save(earlier)
    reopened = Store.open(store.folder)
    assert [store.next_rev(NOW), store.next_rev(NOW)] == revs
    assert [reopened.next_rev(NOW), reopened.next_rev(NOW)] == revs


def test_the_next_revision_is_above_all_that_is_on_disk_even_after_a_save(store):
    store.save([note("a", rev=NOW_REV + 5)])
    reopened = Store.open(store.folder)
    reopened.draft(SESSION, "tab-1", [note("b", rev=1)])
    assert reopened.next_rev(NOW) == NOW_REV + 6


@pytest.mark.parametrize("jump", [timedelta(seconds=1), timedelta(days=365), timedelta(days=365 * 80)])
def test_a_clock_that_jumps_back_never_gives_a_revision_twice_and_hides_no_later_word(store, jump):
    first = store.next_rev(NOW)
    store.save([note("a", first, text="said first")])
    reopened = Store.open(store.folder)
    later = [reopened.next_rev(NOW - jump), reopened.next_rev(NOW - jump), store.next_rev(NOW - jump)]
    assert min(later) > first
    assert later[1] > later[0]
    reopened.save([note("a", later[1], text="said later")])
    assert store.next_rev(NOW - jump) > first
    assert current(store.read().history)["text"].to_pylist() == ["said later"]
    assert store.next_rev(NOW - jump) > later[1]


def test_the_next_revision_is_above_those_in_drafts(store):
    store.draft(SESSION, "tab-1", [note("a", rev=NOW_REV + 5)])
    assert Store.open(store.folder).next_rev(NOW) == NOW_REV + 6


def test_a_moment_without_a_time_zone_is_no_revision(store):
    with pytest.raises(TypeError):
        store.next_rev(datetime(2025, 3, 4))  # noqa: DTZ001 - the mistake that is tested


def test_threads_never_share_a_revision_and_lose_no_save(store):
    given: list[int] = []

    def type_and_save(writer):
        for number in range(15):
            rev = store.next_rev(NOW)
            given.append(rev)
            store.draft(SESSION, writer, [note(f"{writer}{number}", rev)])
            store.save([note(f"{writer}{number}", rev)])
            store.read()

    threads = [threading.Thread(target=type_and_save, args=(f"w{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(given)) == 60
    assert len(set(revisions(store.read()))) == 60


def test_nothing_shows_words_by_accident(store):
    store.save([note("a")])
    assert WORDS not in repr(store.read()) + repr(store)
    assert repr(store.read()) == "<Snapshot: 1 rows, 0 problems>"


def test_a_snapshot_stays_as_it_was(store):
    before = store.read()
    store.save([note("a")])
    assert before.history.num_rows == 0
    with pytest.raises(AttributeError):
        before.history = store.read().history


def test_file_names_are_ulids_that_sort_by_revision_and_tell_no_more(store):
    for rev in (10**15, 2 * 10**15, 3 * 10**15):
        store.save([note("a", rev=rev)])
    names = [file.stem for file in files(store)]
    assert all(len(name) == 26 and earlier[:10] < name[:10] for earlier, name in pairwise(names))


def test_two_programs_that_begin_alike_never_choose_one_file_name(store):
    others = [Store.open(store.folder) for _ in range(3)]
    with patch("ulid.default_generator", ULIDGenerator(randomness=lambda _: bytes(10), policy=PureRandomPolicy())):
        for number, other in enumerate(others):
            other.save([note(str(number))])
    assert len(files(store)) == 3


def test_the_folder_that_vanished_is_said_by_every_act(store):
    store.folder.rename(store.folder.with_name("elsewhere"))
    acts = [
        lambda: store.save([note("a")]),
        lambda: store.draft(SESSION, "tab-1", [note("a")]),
        lambda: store.commit(SESSION),
        store.read,
        store.drafts,
        store.compact,
        lambda: store.next_rev(NOW),
    ]
    for act in acts:
        with pytest.raises(
            StoreError, match=f"^{store.folder.name}: the folder, or a part of it, is gone; put it back"
        ):
            act()
    assert not store.folder.exists()
