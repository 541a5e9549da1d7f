"""Passphrases, recovery keys and new keys of a whole workbook."""

import errno
import json
import os
import shutil
from threading import Thread
from unittest.mock import patch

import pytest

from coaching.errors import LockedError, MistypedKeyError, StoreError, WeakPassphraseError, WrongKeyError
from coaching.model.schema import SCHEMA
from coaching.store import (
    PLAIN,
    Store,
    change_passphrase,
    confirm_recovery_key,
    create,
    is_unconfirmed,
    key_name,
    recover,
    renew_recovery_key,
    set_remembered,
    unlock,
)
from coaching.store.disk import Lock, locked
from coaching.store.disk.admission import Admission
from coaching.store.disk.layout import ALL_COLUMNS, Layout
from coaching.store.files.parquet import Codec, table_of
from coaching.store.keys import locks as product
from coaching.store.keys.card import read_card, write_card
from coaching.store.keys.keys import lock_with_passphrase, lock_with_recovery_key
from tests.unit.store.disks import refusing
from tests.unit.store.samples import (
    KEY,
    OTHER_WORKBOOK,
    PASSPHRASE,
    SESSION,
    WORDS,
    WORKBOOK,
    contents,
    erased,
    files,
    keys,
    made,
    note,
    revisions,
    rotate,
)

OTHER = "another passphrase altogether"

pytestmark = pytest.mark.usefixtures("cheap")


@pytest.fixture
def created(home):
    return create(home / WORKBOOK, workbook=WORKBOOK, holder="coach", passphrase=PASSPHRASE)


@pytest.fixture
def folder(created):
    created.store.save([note("a")])
    created.store.save([note("b")])
    return created.store.folder


def card(folder):
    return json.loads((folder / "workbook.json").read_text())


def rewrite(folder, **changes):
    (folder / "workbook.json").write_text(json.dumps(card(folder) | changes))


def test_a_workbook_opens_with_its_passphrase_and_with_its_recovery_key(created, folder):
    assert unlock(folder, PASSPHRASE) == recover(folder, created.recovery_key) == created.keys
    assert revisions(Store.open(folder, created.keys).read()) == keys(note("a"), note("b"))
    assert key_name(folder) == created.keys.name


def test_neither_opens_in_place_of_the_other(created, folder):
    with pytest.raises(WrongKeyError):
        recover(folder, PASSPHRASE)
    with pytest.raises(WrongKeyError):
        unlock(folder, created.recovery_key)


@pytest.mark.parametrize("typed", ["", PASSPHRASE[:-1], OTHER])
def test_another_passphrase_is_refused_in_one_sentence_that_does_not_repeat_it(folder, typed):
    with pytest.raises(WrongKeyError, match=r"^This passphrase does not open it\.$"):
        unlock(folder, typed)


def test_a_recovery_key_with_a_wrong_sign_is_told_from_one_of_another_workbook(home, created, folder):
    other = create(home / OTHER_WORKBOOK, workbook=OTHER_WORKBOOK, holder="coach", passphrase=PASSPHRASE)
    first, rest = created.recovery_key[0], created.recovery_key[1:]
    with pytest.raises(MistypedKeyError, match=r"^One sign of this recovery key is mistyped"):
        recover(folder, f"{'7' if first != '7' else '8'}{rest}")
    with pytest.raises(WrongKeyError, match=r"^This recovery key does not open it\.$"):
        recover(folder, other.recovery_key)


def test_a_recovery_key_of_an_earlier_version_opens_still(created, folder):
    before, old = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV", read_card(folder)
    write_card(folder, old.with_key(recovery=lock_with_recovery_key(created.keys, before, old.place)))
    assert recover(folder, before) == created.keys


@pytest.mark.parametrize(
    ("cost", "what"),
    [
        ({"memory_cost": 4 * 1024 * 1024}, "1 GiB of memory"),
        ({"time_cost": 10**9}, "some seconds of work"),
        ({"parallelism": 1000}, "64 threads"),
    ],
)
@pytest.mark.parametrize("act", [unlock, recover])
def test_a_card_that_asks_too_much_of_the_machine_says_so_and_what_to_do(folder, created, cost, what, act):
    key = card(folder)["key"]
    rewrite(folder, key={**key, "passphrase": {**key["passphrase"], **cost}})
    with pytest.raises(StoreError) as refused:
        act(folder, PASSPHRASE if act is unlock else created.recovery_key)
    assert str(refused.value) == (
        f"{WORKBOOK} cannot be opened: its workbook.json asks for more than {what} to open; it may have been changed; "
        "put it back from a backup."
    )
    assert not isinstance(refused.value, WrongKeyError)


def test_a_plain_workbook_has_neither(store):
    assert key_name(store.folder) is None
    for act in (unlock, recover):
        with pytest.raises(WrongKeyError):
            act(store.folder, PASSPHRASE)
    with pytest.raises(LockedError, match="is not encrypted, so it has no passphrase"):
        change_passphrase(store.folder, PLAIN, PASSPHRASE)


@pytest.mark.parametrize("easy", ["", "seven c", "        ", "password", "\t\n" * 9])
def test_a_passphrase_that_is_easy_to_guess_is_refused_and_nothing_is_changed(home, created, folder, easy):
    plain = made(home.parent / "plain").folder
    before = contents(home)
    acts = [
        lambda: create(home / OTHER_WORKBOOK, workbook=OTHER_WORKBOOK, holder="coach", passphrase=easy),
        lambda: change_passphrase(folder, created.keys, easy),
        lambda: rotate(plain, PLAIN, easy),
    ]
    for act in acts:
        with pytest.raises(WeakPassphraseError, match="Four or five words that do not belong together"):
            act()
    assert contents(home) == before


def test_what_is_locked_with_a_passphrase_that_is_easy_to_guess_opens_and_is_rotated_as_before(folder, created):
    old = read_card(folder)
    write_card(folder, old.with_key(passphrase=lock_with_passphrase(created.keys, "password", old.place)))
    assert unlock(folder, "password") == created.keys
    rotated = rotate(folder, created.keys, "password")[0]
    assert unlock(folder, "password") == rotated


def test_a_new_passphrase_changes_the_card_and_the_file_without_rows(created, folder):
    before = contents(folder)
    change_passphrase(folder, created.keys, OTHER)
    after = contents(folder)
    assert {name for name in before | after if before.get(name) != after.get(name)} == {
        "workbook.json",
        f"entries/{ALL_COLUMNS}",
    }
    assert unlock(folder, OTHER) == recover(folder, created.recovery_key) == created.keys
    with pytest.raises(WrongKeyError):
        unlock(folder, PASSPHRASE)


def test_a_store_that_is_open_goes_on_after_a_new_passphrase(created, folder):
    change_passphrase(folder, created.keys, OTHER)
    created.store.save([note("c")])
    assert revisions(Store.open(folder, unlock(folder, OTHER)).read()) == keys(*map(note, "abc"))


def test_with_a_new_key_everything_is_written_anew(created, folder):
    rotated, recovery_key = rotate(folder, created.keys, OTHER)
    store = Store.open(folder, rotated)
    newest = Codec(WORKBOOK, type(rotated)(rotated.data[:1]))
    assert [newest.decode(file.read_bytes()).table.num_rows for file in files(store)] == [2]
    assert newest.decode(Layout(folder).all_columns.read_bytes()).has_all_columns
    assert not Layout(folder).rewriting.exists()
    assert revisions(store.read()) == keys(note("a"), note("b"))
    assert unlock(folder, OTHER) == recover(folder, recovery_key) == rotated
    for typed, act in ((PASSPHRASE, unlock), (created.recovery_key, recover)):
        with pytest.raises(WrongKeyError):
            act(folder, typed)


def test_a_draft_stays_readable_and_is_committed_after_a_new_key(created, folder):
    created.store.draft(SESSION, "tab-1", [note("c")])
    rotated, _ = rotate(folder, created.keys, OTHER)
    store = Store.open(folder, rotated)
    store.commit(SESSION)
    assert revisions(store.read()) == keys(*map(note, "abc"))
    assert store.read().problems == ()


def test_a_store_that_is_open_writes_nothing_with_a_key_that_was_changed(created, folder):
    rotated, _ = rotate(folder, created.keys, OTHER)
    before = contents(folder)
    acts = [
        lambda: created.store.save([note("c")]),
        lambda: created.store.draft(SESSION, "tab-1", [note("c")]),
        lambda: created.store.erase([erased("a", 2)]),
        created.store.compact,
    ]
    for act in acts:
        with pytest.raises(LockedError, match="was given another key meanwhile; open it again"):
            act()
    assert contents(folder) == before
    assert revisions(Store.open(folder, rotated).read()) == keys(note("a"), note("b"))


@pytest.mark.parametrize("key", [PLAIN, KEY], ids=["its first key", "another key"])
def test_a_new_key_waits_for_what_is_being_saved_and_nothing_is_lost(home, monkeypatch, key):
    store = made(home, key)
    store.save([note("a")])
    real, rotated = os.replace, []
    rotating = Thread(target=lambda: rotated.append(rotate(store.folder, key, PASSPHRASE)[0]))

    def replace(source, target):
        monkeypatch.setattr(os, "replace", real)
        rotating.start()
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    store.save([note("b")])
    rotating.join()
    snapshot = Store.open(store.folder, rotated[0]).read()
    assert (revisions(snapshot), snapshot.problems) == (keys(note("a"), note("b")), ())


@pytest.fixture
def without_locks(monkeypatch):
    """Let no lock keep anybody out, as some network file systems do."""
    monkeypatch.setattr("coaching.store.disk.locks._lock", lambda *_arguments, **_options: Lock.MISSING)


@pytest.mark.usefixtures("without_locks")
@pytest.mark.parametrize("key", [PLAIN, KEY], ids=["its first key", "another key"])
def test_what_is_saved_while_another_program_gives_a_new_key_is_refused_and_nothing_is_lost(home, monkeypatch, key):
    store = made(home, key)
    store.save([note("a")])
    store.save([note("b")])
    real, rotated = os.replace, []

    def replace(source, target):
        monkeypatch.setattr(os, "replace", real)
        rotated.append(rotate(store.folder, key, PASSPHRASE)[0])
        Store.open(store.folder, rotated[0])
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(LockedError, match="was given another key meanwhile"):
        store.save([note("c")])
    snapshot = Store.open(store.folder, rotated[0]).read()
    assert (revisions(snapshot), snapshot.problems) == (keys(note("a"), note("b")), ())
    assert len(files(store)) == 1


@pytest.mark.usefixtures("without_locks")
@pytest.mark.parametrize("key", [PLAIN, KEY], ids=["its first key", "another key"])
def test_what_is_drafted_while_another_program_gives_a_new_key_is_kept_with_that_key(home, monkeypatch, key):
    store = made(home, key)
    real, rotated = os.replace, []

    def replace(source, target):
        monkeypatch.setattr(os, "replace", real)
        rotated.append(rotate(store.folder, key, PASSPHRASE)[0])
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(LockedError, match="was given another key meanwhile"):
        store.draft(SESSION, "tab-1", [note("c")])
    snapshot = Store.open(store.folder, rotated[0]).read()
    assert (revisions(snapshot), snapshot.problems) == (keys(note("c")), ())
    assert WORDS.encode() not in b"".join(contents(store.folder).values())


@pytest.mark.parametrize(
    "act",
    [
        lambda folder, keys: change_passphrase(folder, keys, OTHER),
        lambda folder, keys: rotate(folder, keys, OTHER),
        lambda folder, _: set_remembered(folder, remembered=True),
        lambda folder, keys: Store.open(folder, keys).erase([erased("a", 2)]),
    ],
    ids=["another passphrase", "another key", "remembered", "erased"],
)
def test_one_program_at_a_time_writes_the_card(created, folder, monkeypatch, act):
    real, could = os.replace, []

    def replace(source, target):
        if target == Layout(folder).card:
            with locked(folder, exclusive=False, wait=False) as lock:
                could.append(lock)
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    act(folder, created.keys)
    assert could == [Lock.BUSY]


@pytest.mark.parametrize("what", ["folder", "tmp"])
def test_a_save_that_waits_in_vain_for_a_program_that_has_stopped_says_so(store, monkeypatch, what):
    monkeypatch.setattr("coaching.store.disk.locks._PATIENCE", 0)
    stopped = store.folder if what == "folder" else Layout(store.folder).tmp
    why = "another window or program is at work on it, and does not end; .*; nothing was changed"
    with locked(stopped, exclusive=True, wait=False), pytest.raises(StoreError, match=why):
        store.save([note("a")])
    assert revisions(Store.open(store.folder).read()) == []
    store.save([note("a")])
    assert revisions(Store.open(store.folder).read()) == keys(note("a"))


def test_compacting_is_left_to_the_program_that_compacts(store):
    store.save([note("a")])
    store.save([note("b")])
    with Admission(Layout(store.folder)).compacting() as can:
        assert can
        store.compact()
        assert len(files(store)) == 2
    store.compact()
    assert len(files(store)) == 1


def test_the_new_recovery_key_is_shown_before_it_is_the_only_one(created, folder):
    """Whoever stops the program while it is shown has lost nothing."""

    def stop(_recovery_key):
        raise KeyboardInterrupt

    before = contents(folder)
    with pytest.raises(KeyboardInterrupt):
        product.rotate(folder, created.keys, OTHER, stop)
    assert contents(folder) == before


def test_others_go_on_saving_while_the_new_recovery_key_is_shown(store):
    """Whoever writes it down may take minutes."""
    saved = []

    def show(_recovery_key):
        saving = Thread(target=lambda: saved.append(Store.open(store.folder).save([note("meanwhile")])), daemon=True)
        saving.start()
        saving.join(20)

    rotated = product.rotate(store.folder, PLAIN, PASSPHRASE, show)
    assert saved == [None]
    assert revisions(Store.open(store.folder, rotated).read()) == keys(note("meanwhile"))


def test_a_recovery_key_that_was_shown_in_vain_is_said_to_open_nothing(created, folder):
    def show(_recovery_key):
        rotate(folder, created.keys, PASSPHRASE)

    with pytest.raises(LockedError, match="and the recovery key that was just shown opens nothing"):
        product.rotate(folder, created.keys, PASSPHRASE, show)


def test_a_store_that_is_open_reads_nothing_with_a_key_that_was_changed(created, folder):
    """With the old key everything would look damaged."""
    Store.open(folder, rotate(folder, created.keys, OTHER)[0])
    with pytest.raises(LockedError, match="was given another key meanwhile; open it again"):
        created.store.read()


def test_a_damaged_name_of_the_key_locks_nobody_out(created, folder):
    rewrite(folder, key=card(folder)["key"] | {"name": "damaged"})
    store = Store.open(folder, unlock(folder, PASSPHRASE))
    assert revisions(store.read()) == keys(note("a"), note("b"))
    assert key_name(folder) == created.keys.name


def test_a_search_of_the_folder_finds_no_word_no_name_and_no_column(created, folder):
    said = note("c", text="my manager Ada never listens")
    created.store.draft(SESSION, "tab-1", [said])
    with patch("coaching.store.disk.durable.remove_quietly"), refusing(4, errno.EIO), pytest.raises(StoreError):
        created.store.save([said])  # leaves its unfinished file
    created.store.compact()
    change_passphrase(folder, created.keys, OTHER)
    created.store.save([note("d")])
    assert {name.split("/")[0] for name in contents(folder)} == {"workbook.json", "entries", "drafts", "tmp"}
    everything = b"".join(name.encode() + data for name, data in contents(folder).items()).lower()
    typed = [WORDS, "my manager", "listens", PASSPHRASE, OTHER, created.recovery_key, "coachee", said.id]
    columns = [name for name in SCHEMA.names if len(name) > 4]
    assert len(columns) > 20
    assert [word for word in typed + columns if word.lower().encode() in everything] == []


def test_keys_of_before_open_nothing_any_more_and_lock_nothing_up(created, folder):
    """Otherwise a second window would lock up its old keys alone, and what the new one wrote were lost."""
    rotated, recovery_key = rotate(folder, created.keys, OTHER)
    before = contents(folder)
    acts = [
        lambda: Store.open(folder, created.keys),
        lambda: change_passphrase(folder, created.keys, PASSPHRASE),
        lambda: rotate(folder, created.keys, PASSPHRASE),
        lambda: rotate(folder, PLAIN, PASSPHRASE),
    ]
    for act in acts:
        with pytest.raises(LockedError, match="was given another key meanwhile"):
            act()
    assert contents(folder) == before
    assert unlock(folder, OTHER) == recover(folder, recovery_key) == rotated


def test_a_plain_workbook_becomes_an_encrypted_one(store):
    store.save([note("a")])
    store.save([note("b")])
    rotated, recovery_key = rotate(store.folder, PLAIN, PASSPHRASE)
    opened = Store.open(store.folder, rotated)
    assert revisions(opened.read()) == keys(note("a"), note("b"))
    assert opened.read().problems == ()
    assert recover(store.folder, recovery_key) == unlock(store.folder, PASSPHRASE) == rotated
    said = b"".join(contents(store.folder).values())
    assert [word for word in (WORDS.encode(), b"visibility", b"coachee", note("a").id.encode()) if word in said] == []
    with pytest.raises(LockedError, match="is locked; open it with its passphrase"):
        Store.open(store.folder)


def test_a_draft_of_a_plain_workbook_is_encrypted_with_the_rest(store):
    store.draft(SESSION, "tab-1", [note("a")])
    rotated, _ = rotate(store.folder, PLAIN, PASSPHRASE)
    opened = Store.open(store.folder, rotated)
    assert (revisions(opened.read()), opened.read().problems) == (keys(note("a")), ())
    assert WORDS.encode() not in b"".join(contents(store.folder).values())
    opened.commit(SESSION)
    assert revisions(opened.read()) == keys(note("a"))


def test_a_card_that_says_encrypted_files_are_plain_is_refused(created, folder):
    rewrite(folder, key=None)
    before = contents(folder)
    with pytest.raises(StoreError, match="its files are encrypted, and its workbook"):
        Store.open(folder)
    with pytest.raises(StoreError, match="is not encrypted; open it without a passphrase"):
        Store.open(folder, created.keys)
    assert contents(folder) == before


def test_a_plain_file_that_somebody_puts_into_an_encrypted_workbook_is_named_and_not_read(created, folder):
    (folder / "entries" / "planted.parquet").write_bytes(Codec(WORKBOOK).encode(table_of([note("c")])))
    (problem,) = Store.open(folder, created.keys).read().problems
    assert problem.file == "entries/planted.parquet"
    assert "is not encrypted, though this workbook is" in problem.reason


@pytest.mark.parametrize("change", [{"workbook": OTHER_WORKBOOK}, {"holder": "coachee"}])
def test_locks_open_no_other_workbook_and_no_other_holders_copy(created, folder, change):
    rewrite(folder, **change)
    with pytest.raises(WrongKeyError):
        unlock(folder, PASSPHRASE)
    with pytest.raises(WrongKeyError):
        recover(folder, created.recovery_key)


def test_cards_swapped_between_two_workbooks_open_neither(home, folder):
    other = create(home / OTHER_WORKBOOK, workbook=OTHER_WORKBOOK, holder="coach", passphrase=OTHER).store.folder
    cards = [(one / "workbook.json").read_bytes() for one in (folder, other)]
    for one, swapped in zip((other, folder), cards, strict=True):
        (one / "workbook.json").write_bytes(swapped)
    # The card goes with its passphrase, but not with the files.
    store = Store.open(folder, unlock(folder, OTHER))
    assert store.read().history.num_rows == 0
    assert {problem.reason.partition(";")[0] for problem in store.read().problems} == {
        "is damaged, or encrypted with another key"
    }


@pytest.mark.parametrize("key", [PLAIN, KEY], ids=["plain", "encrypted with one key"])
@pytest.mark.parametrize("part", ["entries", "drafts"])
def test_a_file_swapped_between_two_workbooks_is_named_and_not_read(home, key, part):
    stores = [made(home / which, key, workbook=which) for which in (WORKBOOK, OTHER_WORKBOOK)]
    for number, store in enumerate(stores):
        store.save([note(f"kept {number}")])
        store.draft(SESSION, "tab-1", [note(f"drafted {number}")])
    ours, theirs = (files(store, part)[0] for store in stores)
    whole = theirs.read_bytes()
    theirs.write_bytes(ours.read_bytes())
    ours.write_bytes(whole)
    for store, file in zip(stores, (ours, theirs), strict=True):
        snapshot = Store.open(store.folder, key).read()
        assert [problem.file for problem in snapshot.problems] == [f"{part}/{file.name}"]
        assert "belongs to another workbook" in snapshot.problems[0].reason
        assert snapshot.history.num_rows == 1


def test_a_folder_that_is_gone_is_said(created, folder):
    shutil.move(folder, folder.with_name("elsewhere"))
    acts = [
        lambda: unlock(folder, PASSPHRASE),
        lambda: recover(folder, created.recovery_key),
        lambda: key_name(folder),
        lambda: change_passphrase(folder, created.keys, OTHER),
        lambda: rotate(folder, created.keys, OTHER),
    ]
    for act in acts:
        with pytest.raises(StoreError, match=f"^{WORKBOOK}( cannot be opened)?: the folder, or a part of it, is gone"):
            act()
    assert not folder.exists()


def test_a_recovery_key_waits_until_somebody_confirms_it(created, folder):
    assert is_unconfirmed(folder)
    confirm_recovery_key(folder, created.recovery_key)
    assert not is_unconfirmed(folder)
    assert recover(folder, created.recovery_key) == created.keys


def test_until_one_is_confirmed_all_recovery_keys_open_and_then_that_one_alone(created, folder):
    shown = [created.recovery_key, *(renew_recovery_key(folder, created.keys) for _ in range(2))]
    assert [recover(folder, key) for key in shown] == [created.keys] * 3
    confirm_recovery_key(folder, shown[1])
    assert recover(folder, shown[1]) == created.keys
    for key in (shown[0], shown[2]):
        for act in (recover, confirm_recovery_key):
            with pytest.raises(WrongKeyError):
                act(folder, key)


def test_a_recovery_key_that_is_renewed_is_locked_up_and_so_are_those_before(created, folder):
    shown = [created.recovery_key, renew_recovery_key(folder, created.keys)]
    said = b"".join(contents(folder).values())
    assert [key for key in shown if key.encode() in said or key.replace("-", "").encode() in said] == []


def test_another_passphrase_confirms_no_recovery_key_and_a_new_key_shows_one(created, folder):
    change_passphrase(folder, created.keys, OTHER)
    assert is_unconfirmed(folder)
    rotated, recovery_key = rotate(folder, created.keys, OTHER)
    assert not is_unconfirmed(folder)
    assert recover(folder, recovery_key) == rotated


def test_keys_of_before_give_no_recovery_key(created, folder):
    rotate(folder, created.keys, PASSPHRASE)
    before = contents(folder)
    with pytest.raises(LockedError, match="was given another key meanwhile"):
        renew_recovery_key(folder, created.keys)
    assert contents(folder) == before


def test_a_plain_workbook_has_no_recovery_key(store):
    with pytest.raises(StoreError, match="is not encrypted, so it has no recovery key"):
        renew_recovery_key(store.folder, PLAIN)
    assert not is_unconfirmed(store.folder)


def test_a_workbook_whose_recovery_key_was_shown_before_this_was_taken_down_needs_no_other(locked):
    assert not is_unconfirmed(locked.folder)


def test_a_card_that_was_tampered_with_opens_with_no_recovery_key(created, folder):
    key = card(folder)["key"]
    for unseen in ([{}], [{"salt": "?"}], [None], "locks", 7, {"a": 1}):
        rewrite(folder, key=key | {"unseen": unseen, "recovery": {}})
        with pytest.raises(WrongKeyError):
            recover(folder, created.recovery_key)
