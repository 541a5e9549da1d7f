"""Files that are missing, put back, older, renamed, doubled or exchanged: healed or named, and never believed."""

import shutil
from pathlib import Path

import pytest

from coaching.errors import StoreError
from coaching.store import PLAIN, Store, change_passphrase, create, unlock
from coaching.store.backup.backup import backup, restore
from coaching.store.disk.layout import Layout
from coaching.store.files.memory import FOLDER
from coaching.store.files.stock import Stock
from tests.unit.store.samples import (
    KEY,
    OTHER_WORKBOOK,
    PASSPHRASE,
    SESSION,
    WORKBOOK,
    erased,
    files,
    keys,
    made,
    note,
    revisions,
    rotate,
)

OTHER_PASSPHRASE = "another horse, another battery, another staple"  # noqa: S105 - opens workbooks of tests alone
TO_ERASE = "words that somebody asked to be erased"
SAID = [note("a"), note("b"), note("c")]


@pytest.fixture(params=[PLAIN, KEY], ids=["plain", "encrypted"])
def used(request):
    return request.param


@pytest.fixture
def filled(home, used):
    store = made(home, used)
    for entry in SAID:
        store.save([entry])
    return store


def forget(store):
    """Let nothing outside the workbook's folder remember it, as on another computer."""
    shutil.rmtree(store.folder.parent / FOLDER)


def reopened(store, used):
    return Store.open(store.folder, used).read()


def named(snapshot):
    return [problem.file for problem in snapshot.problems]


def test_what_stands_is_in_the_order_of_the_names(filled):
    """So the compacted rows, which are named by an earlier moment, come first and are not copied."""
    stock = filled._stock.take()
    assert stock.standing == [stock.entries.contents[name] for name in sorted(stock.entries.contents)]


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("is_remembered", [True, False], ids=["remembered", "elsewhere"])
def test_a_file_of_entries_that_is_deleted_is_named(filled, used, place, is_remembered):
    """The newest too, which no other file names yet."""
    file = files(filled)[place]
    file.unlink()
    if not is_remembered:
        forget(filled)
    for snapshot in (filled.read(), reopened(filled, used), reopened(filled, used)):
        assert named(snapshot) == [f"entries/{file.name}"]
        assert "is missing, and was there before" in snapshot.problems[0].reason


def test_what_is_missing_is_still_named_when_more_is_saved_and_everything_is_compacted(filled, used):
    file = files(filled)[2]
    file.unlink()
    other = Store.open(filled.folder, used)
    other.save([note("d")])
    other.save([note("e")])
    other.compact()
    forget(filled)
    assert named(reopened(filled, used)) == [f"entries/{file.name}"]


def test_a_file_that_is_put_back_from_a_backup_is_missed_no_more(filled, used):
    file = files(filled)[1]
    data = file.read_bytes()
    file.unlink()
    assert reopened(filled, used).problems != ()
    file.write_bytes(data)
    snapshot = reopened(filled, used)
    assert (revisions(snapshot), snapshot.problems) == (keys(*SAID), ())


def test_going_on_without_what_is_missing_ends_its_being_named_and_loses_nothing_else(filled, used):
    files(filled)[2].unlink()
    left = revisions(filled.read())
    assert filled.go_on_without_missing() == 1
    assert filled.go_on_without_missing() == 0
    for snapshot in (filled.read(), reopened(filled, used)):
        assert (revisions(snapshot), snapshot.problems) == (left, ())


@pytest.mark.parametrize("is_closed", [False, True], ids=["open", "closed"])
def test_a_draft_that_is_deleted_is_named_as_long_as_it_was_not_closed(filled, used, is_closed):
    filled.draft(SESSION, "tab-1", [note("d")])
    filled.draft(SESSION, "tab-1", [note("d", 2)])
    (draft,) = files(filled, "drafts")
    if is_closed:
        filled.commit(SESSION)
        assert reopened(filled, used).problems == ()
    else:
        draft.unlink()
        forget(filled)
        assert named(reopened(filled, used)) == [f"drafts/{draft.name}"]


def test_a_draft_that_is_put_back_as_it_was_before_is_named_and_read(filled, used):
    filled.draft(SESSION, "tab-1", [note("d")])
    (draft,) = files(filled, "drafts")
    before = draft.read_bytes()
    filled.draft(SESSION, "tab-1", [note("d", 2)])
    draft.write_bytes(before)
    snapshot = reopened(filled, used)
    assert named(snapshot) == [f"drafts/{draft.name}"]
    assert "is older than what was kept last" in snapshot.problems[0].reason
    assert note("d").id in dict(revisions(snapshot))
    store = Store.open(filled.folder, used)
    assert store.go_on_without_missing() == 1
    after = store.read()
    assert (revisions(after), after.problems) == (revisions(snapshot), ())


def test_a_draft_that_is_there_again_after_it_was_closed_goes(filled, used):
    filled.draft(SESSION, "tab-1", [note("d")])
    (draft,) = files(filled, "drafts")
    before = draft.read_bytes()
    filled.draft(SESSION, "tab-1", [note("d", 2)])
    filled.commit(SESSION)
    draft.write_bytes(before)
    snapshot = reopened(filled, used)
    assert (snapshot.problems, snapshot.drafted, files(filled, "drafts")) == ((), frozenset(), [])
    assert revisions(snapshot) == keys(*SAID, note("d", 2))


@pytest.mark.parametrize("name", ["renamed.parquet", "0ABC (1).parquet", "Kopie von X.parquet"])
def test_a_renamed_file_is_read_and_not_missed(filled, used, name):
    file = files(filled)[2]
    file.rename(file.with_name(name))
    forget(filled)
    snapshot = reopened(filled, used)
    assert (revisions(snapshot), snapshot.problems) == (keys(*SAID), ())


def test_a_renamed_draft_is_read_and_not_missed(filled, used):
    filled.draft(SESSION, "tab-1", [note("d")])
    (draft,) = files(filled, "drafts")
    draft.rename(draft.with_name(f"{SESSION}.tab-1 (conflicted copy).parquet"))
    snapshot = reopened(filled, used)
    assert (revisions(snapshot), snapshot.problems) == (keys(*SAID, note("d")), ())
    assert snapshot.drafted == {SESSION}


def test_a_doubled_file_changes_nothing(filled, used):
    file = files(filled)[1]
    shutil.copy(file, file.with_name("double.parquet"))
    snapshot = reopened(filled, used)
    assert (revisions(snapshot), snapshot.problems) == (keys(*SAID), ())


def test_a_file_with_rows_under_the_name_of_the_one_without_is_given_another(filled, used):
    file = files(filled)[1]
    file.replace(Layout(filled.folder).all_columns)
    snapshot = reopened(filled, used)
    assert (revisions(snapshot), snapshot.problems) == (keys(*SAID), ())


def test_a_file_of_another_workbook_in_the_place_of_one_is_named_twice_over(filled, used, home):
    other = made(home, PLAIN if used is PLAIN else KEY.rotated(), workbook=OTHER_WORKBOOK)
    other.save([note("x")])
    (foreign,) = files(other)
    target = files(filled)[0]
    shutil.copy(foreign, target)
    assert named(reopened(filled, used)) == [f"entries/{target.name}"]


def test_what_was_compacted_and_is_put_back_goes_again_without_a_word(filled, used):
    before = {file: file.read_bytes() for file in files(filled)}
    filled.compact()
    for file, data in before.items():
        file.write_bytes(data)
    snapshot = reopened(filled, used)
    assert (revisions(snapshot), snapshot.problems) == (keys(*SAID), ())
    assert not any(file.exists() for file in before)


def test_a_draft_that_is_closed_before_it_was_marked_is_not_missed(filled, used):
    filled.draft(SESSION, "tab-1", [note("d")])
    for mark in (filled.folder / "drafts").glob("*.kept"):
        mark.unlink()
    filled.commit(SESSION)
    snapshot = reopened(filled, used)
    assert (revisions(snapshot), snapshot.problems) == (keys(*SAID, note("d")), ())


def test_what_came_after_a_backup_is_not_missed_once_that_is_restored(filled, used, home):
    backup(home, home.parent / "backup")
    filled.save([note("d")])
    filled.folder.rename(home.parent / "moved away")
    restore(home.parent / "backup", home)
    snapshot = reopened(filled, used)
    assert (revisions(snapshot), snapshot.problems) == (keys(*SAID), ())


def test_the_whole_folder_of_before_an_erasure_is_named_and_brings_no_word_back(home, used):
    store = made(home, used)
    store.save([note("a", text=TO_ERASE), note("b")])
    shutil.copytree(store.folder, home.parent / "before")
    store.erase([erased("a", 2)])
    shutil.rmtree(store.folder)
    shutil.copytree(home.parent / "before", store.folder)
    snapshot = reopened(store, used)
    assert "is missing, and was there before" in snapshot.problems[0].reason
    assert revisions(snapshot) == keys(note("b"))


@pytest.fixture
def locked_up(home, cheap):
    return create(home / WORKBOOK, workbook=WORKBOOK, holder="coach", passphrase=PASSPHRASE)


@pytest.mark.parametrize("is_remembered", [True, False], ids=["remembered", "elsewhere"])
def test_a_card_of_before_beside_newer_files_is_named(locked_up, is_remembered):
    store, card = locked_up.store, Layout(locked_up.store.folder).card
    store.save(SAID)
    before = card.read_bytes()
    change_passphrase(store.folder, locked_up.keys, OTHER_PASSPHRASE)
    assert Store.open(store.folder, locked_up.keys).read().problems == ()
    card.write_bytes(before)
    if not is_remembered:
        forget(store)
    reopened = Store.open(store.folder, unlock(store.folder, PASSPHRASE))
    assert named(reopened.read()) == ["workbook.json"]
    assert reopened.go_on_without_missing() == 1
    assert reopened.read().problems == ()


def test_files_of_before_under_a_newer_card_are_named(locked_up):
    store = locked_up.store
    store.save([note("a")])
    shutil.copytree(store.folder, store.folder.parent / "before")
    store.save([note("b")])
    change_passphrase(store.folder, locked_up.keys, OTHER_PASSPHRASE)
    card = Layout(store.folder).card.read_bytes()
    shutil.rmtree(store.folder)
    (store.folder.parent / "before").rename(store.folder)
    Layout(store.folder).card.write_bytes(card)
    forget(store)
    assert len(named(Store.open(store.folder, locked_up.keys).read())) == 1


def test_once_a_rotation_has_ended_a_file_of_the_older_key_is_named_and_not_read(locked_up):
    store = locked_up.store
    store.save([note("a")])
    planted = files(store)[0].read_bytes()
    keys_now, _ = rotate(store.folder, locked_up.keys, PASSPHRASE)
    store = Store.open(store.folder, keys_now)
    assert store.read().problems == ()
    (store.folder / "entries" / "planted.parquet").write_bytes(planted)
    snapshot = Store.open(store.folder, unlock(store.folder, PASSPHRASE)).read()
    assert named(snapshot) == ["entries/planted.parquet"]
    assert revisions(snapshot) == keys(note("a"))
    again, _ = rotate(store.folder, keys_now, PASSPHRASE)
    assert revisions(Store.open(store.folder, again).read()) == keys(note("a"))


def test_an_empty_order_to_write_anew_gives_no_leave_to_read_older_keys(locked_up):
    store = locked_up.store
    store.save([note("a")])
    planted = files(store)[0].read_bytes()
    keys_now, _ = rotate(store.folder, locked_up.keys, PASSPHRASE)
    Store.open(store.folder, keys_now)
    (store.folder / "entries" / "planted.parquet").write_bytes(planted)
    Layout(store.folder).rewriting.write_bytes(b"")
    assert named(Store.open(store.folder, keys_now).read()) == ["entries/planted.parquet"]


def test_a_plain_workbook_in_the_place_of_an_encrypted_one_is_refused(home, locked_up):
    locked_up.store.save(SAID)
    shutil.rmtree(home / WORKBOOK)
    made(home.parent / "elsewhere").save([note("x")])
    shutil.copytree(home.parent / "elsewhere" / WORKBOOK, home / WORKBOOK)
    with pytest.raises(StoreError, match="was encrypted here, and what lies in its place is not"):
        Store.open(home / WORKBOOK)


def close_without_marks(store):
    for mark in (store.folder / "drafts").glob(".*.kept"):
        mark.unlink()
    store.commit(SESSION)


def test_a_draft_without_a_mark_is_closed_and_not_missed(filled, used):
    """As a restored backup has them, and the copies that sync tools make."""
    filled.draft(SESSION, "tab-1", [note("d")])
    filled.draft(SESSION, "tab-1", [note("d", 2)])
    (draft,) = files(filled, "drafts")
    shutil.copy(draft, draft.with_name(f"{SESSION}.tab-1 (conflicted copy).parquet"))
    close_without_marks(filled)
    snapshot = reopened(filled, used)
    assert (revisions(snapshot), snapshot.problems) == (keys(*SAID, note("d", 2)), ())


def test_a_draft_that_was_begun_again_since_it_was_closed_is_not_taken_out(filled, used, monkeypatch):
    """Another program closes the session, and the typist goes on, between what an opener reads and what it removes."""
    filled.draft(SESSION, "tab-1", [note("d")])
    real, done = Stock.replaced.fget, []

    def meanwhile(stock):
        if not done:
            done.append(stock)
            filled.commit(SESSION)
            filled.draft(SESSION, "tab-1", [note("d", 2)])
            return [f"drafts/{SESSION}.tab-1.parquet"]
        return real(stock)

    monkeypatch.setattr(Stock, "replaced", property(meanwhile))
    assert revisions(reopened(filled, used)) == keys(*SAID, note("d"), note("d", 2))


def test_a_removed_foreign_file_is_not_missed(filled, used, home):
    other = made(home, PLAIN if used is PLAIN else KEY.rotated(), workbook=OTHER_WORKBOOK)
    other.save([note("x")])
    foreign = shutil.copy(files(other)[0], filled.folder / "entries")
    filled.erase([erased("a", 2)])
    Path(foreign).unlink()
    assert reopened(filled, used).problems == ()


def test_one_encrypted_file_from_elsewhere_does_not_shut_a_plain_workbook(home):
    store = made(home)
    store.save(SAID)
    other = made(home, KEY, workbook=OTHER_WORKBOOK)
    other.save([note("x")])
    shutil.copy(files(other)[0], store.folder / "entries")
    snapshot = Store.open(store.folder).read()
    assert named(snapshot) == [f"entries/{files(other)[0].name}"]
    assert revisions(snapshot) == keys(*SAID)


def test_going_on_with_an_older_card_ends_its_being_named_at_once(locked_up):
    store, card = locked_up.store, Layout(locked_up.store.folder).card
    before = card.read_bytes()
    for passphrase in (OTHER_PASSPHRASE, PASSPHRASE, OTHER_PASSPHRASE):
        change_passphrase(store.folder, locked_up.keys, passphrase)
    store = Store.open(store.folder, locked_up.keys)
    store.save(SAID)
    store.draft(SESSION, "tab-1", [note("d")])
    card.write_bytes(before)
    forget(store)
    reopened = Store.open(store.folder, locked_up.keys)
    assert named(reopened.read()) == ["workbook.json"]
    assert reopened.go_on_without_missing() == 1
    assert Store.open(store.folder, locked_up.keys).read().problems == ()


def test_marks_of_drafts_that_were_closed_or_written_over_do_not_pile_up(filled, used):
    for _ in range(3):
        Store.open(filled.folder, used).draft(SESSION, "tab-1", [note("d")])
    filled.commit(SESSION)
    Store.open(filled.folder, used)
    assert list((filled.folder / "drafts").iterdir()) == []
