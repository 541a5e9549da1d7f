"""The commands that lock, look after and erase: what they say, what they do, and that a refusal changes nothing."""

import re
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from coaching import store
from coaching.__main__ import main
from coaching.errors import WrongKeyError
from coaching.model.entries import PRIVATE_FOR
from coaching.model.vocabulary import Kind
from coaching.store.keys.card import read_card, write_card
from coaching.store.keys.keys import lock_with_passphrase
from coaching.workbook.home import Home
from tests.unit.locks import MAYA, NEW, OTHER, PASSPHRASE, RECOVERY_KEY, WRONG, YARA, ZOE, everything

WHO = "Marisol Quispe Huanca"
CANARY = "trainer certificate"
WAY_ON = "Four or five words that do not belong together are a good one."
SHORT = f"This passphrase is easy to guess: it is short. {WAY_ON}"
NEEDED = "The {} is needed, and nobody can be asked here: set COACHING_{}"
RECEIPT = (
    "What remains elsewhere, and only you can see to: backups made before, pages and exports handed out, the other "
    "person's copy, and old versions that a sync tool or the disk keeps."
)
KEY_SHOWN = (
    rf"Recovery key of [0-9A-Z]{{26}}, shown this once: ({RECOVERY_KEY})\n"
    "Write the key and the workbook’s id down, and keep them apart from this computer.\n"
    "If the passphrase and this key are both lost, nobody can ever read the notes again.\n"
)


@pytest.fixture
def coaching(capsys, monkeypatch):
    """Return a function that runs a command line, what the environment says given by keyword."""

    def run(*arguments, **environment):
        with monkeypatch.context() as patched:
            patched.setattr(sys, "argv", ["coaching", *map(str, arguments)])
            for name, value in environment.items():
                patched.setenv(f"COACHING_{name}", value)
            code = main()
        return (code, *capsys.readouterr())

    return run


def words_below(folder):
    return b"\n".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def unseen(shelf, name):
    """Make it so that nobody has seen the recovery key of a workbook."""
    folder = shelf.folder(name)
    store.renew_recovery_key(folder, store.unlock(folder, PASSPHRASE))
    assert store.is_unconfirmed(folder)
    return folder


# new


def test_a_new_workbook_is_encrypted_and_its_recovery_key_shown_once(coaching, shelf):
    code, out, err = coaching("new", "Noor Secret", "--home", "other", PASSPHRASE=NEW)
    shown = re.fullmatch(rf"Made a workbook for Noor Secret. Begin with 'coaching lab --home other'.\n{KEY_SHOWN}", out)
    assert (code, err) == (0, "")
    assert shown
    (folder,) = Path("other").glob("[0-9]*")
    assert store.recover(folder, shown[1]).data == store.unlock(folder, NEW).data
    assert not any(secret.encode() in words_below(folder) for secret in ("Noor", NEW, shown[1]))


def test_a_plain_workbook_is_one_that_was_asked_for(coaching, shelf):
    code, out, err = coaching("new", "Noor", "--no-encryption", PASSPHRASE=NEW)
    assert (code, err) == (0, "")
    assert "It is not encrypted: whoever gets at the disk" in out
    assert "Recovery key" not in out
    assert Home(shelf.home).find("Noor").key is None


def test_a_passphrase_can_be_left_for_later_and_comes_with_another_key(coaching, shelf):
    code, out, err = coaching("new", "Noor", "--later", "--home", "other")
    assert (code, err) == (0, "")
    assert "It is encrypted, and its key lies beside it" in out
    (folder,) = Path("other").glob("[0-9]*")
    before = store.open_keys(folder)
    assert "no passphrase yet" in coaching("list", "--home", "other")[1]
    code, out, err = coaching("passphrase", "Noor", "--home", "other", PASSPHRASE=NEW)
    assert (code, err) == (0, "")
    assert re.search(rf"{KEY_SHOWN}Noor: everything is written anew with a key that the passphrase locks\.", out)
    assert before.data[0] not in words_below(folder)
    assert "is locked, and was not read" in coaching("list", "--home", "other")[2]


def test_a_passphrase_for_later_and_none_at_all_cannot_both_be_meant(coaching, shelf):
    code, _, err = coaching("new", "Noor", "--later", "--no-encryption")
    assert (code, "choose one of --later and --no-encryption" in err) == (2, True)


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("Noor", {}, f"{NEEDED.format('passphrase', 'PASSPHRASE')}, or say --no-encryption."),
        ("Noor", {"PASSPHRASE": ""}, f"{NEEDED.format('passphrase', 'PASSPHRASE')}, or say --no-encryption."),
        ("Noor", {"PASSPHRASE": "2 short"}, SHORT),
        ("Noor", {"PASSPHRASE": " " * 9}, f"A passphrase is missing. {WAY_ON}"),
        (YARA, {}, f"There is a workbook for '{YARA}' already; give this one another name."),
        (MAYA, {"PASSPHRASE": PASSPHRASE}, f"There is a workbook for '{MAYA}' already; give this one another name."),
        (" ", {}, "The name of the person you coach is missing."),
    ],
)
def test_what_new_refuses_makes_nothing(coaching, shelf, name, given, said):
    before = everything(shelf.home)
    assert coaching("new", name, **given) == (1, "", f"{said}\n")
    assert everything(shelf.home) == before


# locked workbooks


@pytest.mark.parametrize("given", [{}, {"PASSPHRASE": WRONG}, {"PASSPHRASE": PASSPHRASE[:-1]}])
def test_list_names_what_is_locked_by_its_id_alone_and_says_no_more_of_a_wrong_passphrase(coaching, shelf, given):
    code, out, err = coaching("list", **given)
    assert code == 0
    assert [line.rsplit("  ", 1)[-1] for line in out.splitlines()] == ["Name", YARA]
    locked = sorted(shelf.ids[name] for name in (MAYA, ZOE))
    assert err.splitlines() == [f"Warning: {identity} is locked, and was not read." for identity in locked]


def test_list_reads_what_the_passphrase_opens(coaching, shelf):
    code, out, err = coaching("list", PASSPHRASE=PASSPHRASE)
    assert [line.rsplit("  ", 1)[-1] for line in out.splitlines()] == ["Name", MAYA, YARA]
    assert (code, err) == (0, f"Warning: {shelf.ids[ZOE]} is locked, and was not read.\n")


def test_check_counts_what_is_locked_as_not_read(coaching, shelf):
    code, out, err = coaching("check", PASSPHRASE=OTHER)
    assert (code, out) == (1, f"{shelf.ids[MAYA]} is locked, and was not read.\n")
    assert err == "1 problem found; nothing was changed.\n"


def unknown(asked, shelf):
    locked = ", ".join(sorted(shelf.ids[name] for name in (MAYA, ZOE)))
    said = f"No open workbook is called '{asked}'; locked: {locked}. Give the passphrase that opens it where you are"
    return 1, "", f"{said} asked for it, or in COACHING_PASSPHRASE.\n"


@pytest.mark.parametrize("given", [{}, {"PASSPHRASE": WRONG}])
@pytest.mark.parametrize("name", [MAYA, "Nobody", "id"])
def test_a_locked_workbook_is_as_unknown_as_nobodys(coaching, shelf, name, given):
    asked = shelf.ids[MAYA] if name == "id" else name
    assert coaching("metrics", asked, **given) == unknown(asked, shelf)


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "x.json"], ["summary", "--output", "x.html"], ["history", "I07"], ["undo"], ["renew"],
        ["erase", "--entry", "I07", "--yes"], ["erase", "--expired"], ["passphrase"], ["passphrase", "--rotate"],
        ["passphrase", "--remember"], ["passphrase", "--forget"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_no_command_does_anything_with_a_locked_workbook(coaching, shelf, arguments):
    before = everything(shelf.home.parent)
    command, *more = arguments
    assert coaching(command, MAYA, *more, PASSPHRASE=WRONG) == unknown(MAYA, shelf)
    assert everything(shelf.home.parent) == before


@pytest.mark.usefixtures("shelf")
def test_a_part_of_the_name_of_an_open_one_is_enough_though_others_are_locked(coaching):
    assert coaching("metrics", YARA[:2])[0] == 0


def test_a_part_of_a_name_is_not_enough_to_erase_a_workbook_unasked(coaching, shelf):
    before = everything(shelf.home)
    refused = f"'{YARA[:2]}' may be a part of more names than one: with --yes, name the workbook in full.\n"
    assert coaching("erase", YARA[:2], "--yes") == (1, "", refused)
    assert everything(shelf.home) == before


# import


@pytest.fixture
def export(shelf):
    """Return a file that Maya's workbook has exported."""
    home = Home(shelf.home)
    home.unlock(PASSPHRASE)
    home.find(MAYA).write_export(shelf.home.with_name("maya.json"))
    return shelf.home.with_name("maya.json")


def test_an_import_makes_an_encrypted_workbook(coaching, shelf, export):
    code, out, err = coaching("import", export, "--home", "other", PASSPHRASE=NEW)
    shown = re.fullmatch(rf"{MAYA}: 2 entries came in, 0 known already.\n{KEY_SHOWN}", out)
    assert (code, err) == (0, "")
    assert shown
    assert store.recover(Path("other", shelf.ids[MAYA]), shown[1]).data
    assert MAYA.encode() not in words_below(Path("other"))


def test_an_import_into_an_open_workbook_shows_no_recovery_key(coaching, shelf, export):
    said = f"{MAYA}: 0 entries came in, 2 known already.\n"
    assert coaching("import", export, PASSPHRASE=PASSPHRASE) == (0, said, "")


@pytest.mark.parametrize("options", [[], ["--no-encryption"]])
@pytest.mark.parametrize("given", [{}, {"PASSPHRASE": WRONG}])
def test_an_import_into_a_locked_workbook_is_refused(coaching, shelf, export, options, given):
    before = everything(shelf.home)
    said = f"{shelf.ids[MAYA]} is locked; give its passphrase first; nothing was changed.\n"
    assert coaching("import", export, *options, **given) == (1, "", said)
    assert everything(shelf.home) == before


@pytest.mark.parametrize("given", [{}, {"PASSPHRASE": "2 short"}])
def test_an_import_without_a_good_passphrase_makes_nothing(coaching, export, given):
    code, out, err = coaching("import", export, "--home", "other", **given)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert not Path("other").exists()


# passphrase


def test_the_passphrase_is_changed(coaching, shelf):
    said = "Changed: the new passphrase opens it from now on, and the recovery key stays the same.\n"
    assert coaching("passphrase", MAYA, PASSPHRASE=PASSPHRASE, NEW_PASSPHRASE=NEW) == (0, said, "")
    assert MAYA in coaching("list", PASSPHRASE=NEW)[1]
    assert MAYA not in coaching("list", PASSPHRASE=PASSPHRASE)[1]


@pytest.mark.parametrize("arguments", [["list"], ["check"], ["metrics", MAYA], ["history", MAYA, "P1"]])
def test_where_nobody_looks_a_recovery_key_is_named_and_not_shown(coaching, shelf, arguments):
    folder = unseen(shelf, MAYA)
    before = everything(shelf.home)
    _, out, err = coaching(*arguments, PASSPHRASE=PASSPHRASE)
    said = f"'coaching passphrase {folder.name} --recovery-key' makes a new one and shows it."
    assert f"Warning: Nobody has seen the recovery key of {folder.name}; {said}\n" in err
    assert re.findall(RECOVERY_KEY, out + err) == []
    assert everything(shelf.home) == before


def test_the_recovery_key_alone_is_replaced_when_that_is_asked_for(coaching, shelf):
    folder = unseen(shelf, MAYA)
    code, out, err = coaching("passphrase", MAYA, "--recovery-key", PASSPHRASE=PASSPHRASE)
    shown = re.fullmatch(KEY_SHOWN, out)
    assert (code, err) == (0, "")
    assert store.recover(folder, shown[1]) == store.unlock(folder, PASSPHRASE)
    assert not store.is_unconfirmed(folder)
    with pytest.raises(WrongKeyError):
        store.recover(folder, shelf.recovery_keys[MAYA])


def test_a_recovery_key_that_could_not_be_written_is_not_called_seen(coaching, shelf, monkeypatch):
    folder = unseen(shelf, MAYA)

    def refuse(*_arguments, **_options):
        raise BrokenPipeError

    monkeypatch.setattr("typer.echo", refuse)
    coaching("passphrase", MAYA, "--recovery-key", PASSPHRASE=PASSPHRASE)
    assert store.is_unconfirmed(folder)


def test_a_lost_passphrase_is_replaced_with_the_recovery_key(coaching, shelf):
    given = {"RECOVERY_KEY": shelf.recovery_keys[MAYA], "NEW_PASSPHRASE": NEW}
    said = "Recovered: the new passphrase opens it from now on, and the recovery key stays the same.\n"
    assert coaching("passphrase", shelf.ids[MAYA], "--recover", **given) == (0, said, "")
    assert MAYA in coaching("list", PASSPHRASE=NEW)[1]


def test_the_key_is_replaced_and_the_new_recovery_key_shown_once(coaching, shelf):
    code, out, err = coaching("passphrase", MAYA, "--rotate", PASSPHRASE=PASSPHRASE)
    said = f"{MAYA}: everything is written anew with a new key. Old backups keep the old one.\n"
    shown = re.fullmatch(KEY_SHOWN + said, out)
    assert (code, err) == (0, "")
    assert shown
    assert shown[1] != shelf.recovery_keys[MAYA]
    assert store.recover(shelf.folder(MAYA), shown[1]).data
    assert MAYA in coaching("list", PASSPHRASE=PASSPHRASE)[1]


@pytest.mark.parametrize("option", ["--rotate", "--remember"])
@pytest.mark.usefixtures("vault")
def test_a_passphrase_of_before_that_is_easy_to_guess_stays_and_is_said_to_be(coaching, shelf, option):
    folder, easy = shelf.folder(MAYA), "maya canary"
    card, keys = read_card(folder), store.unlock(folder, PASSPHRASE)
    write_card(folder, card.with_key(passphrase=lock_with_passphrase(keys, easy, card.place)))
    code, _, err = coaching("passphrase", MAYA, option, PASSPHRASE=easy)
    why = "it is made of a name or a word that belongs to the workbook"
    way_on = f"{WAY_ON} 'coaching passphrase' without an option changes it."
    assert (code, err) == (0, f"Warning: This passphrase is easy to guess: {why}. {way_on}\n")
    assert MAYA in coaching("list", PASSPHRASE=easy)[1]


@pytest.mark.parametrize("options", [[], ["--rotate"]])
def test_a_plain_workbook_is_encrypted(coaching, shelf, options):
    code, out, err = coaching("passphrase", YARA, *options, PASSPHRASE=NEW)
    said = "everything is written anew, encrypted. Old backups are not: whoever gets at them can read them.\n"
    assert (code, err) == (0, "")
    assert re.fullmatch(f"{KEY_SHOWN}{YARA}: {said}", out)
    assert YARA.encode() not in words_below(shelf.folder(YARA))
    assert YARA in coaching("list", PASSPHRASE=NEW)[1]


def test_the_keyring_opens_a_workbook_until_it_is_told_to_forget(coaching, shelf, vault):
    said = "The desktop's keyring keeps it: who is logged in here can open the workbook.\n"
    assert coaching("passphrase", MAYA, "--remember", PASSPHRASE=PASSPHRASE) == (0, said, "")
    assert MAYA in coaching("list")[1]
    assert coaching("passphrase", MAYA, "--forget") == (0, "The desktop's keyring does not keep it.\n", "")
    assert MAYA not in coaching("list")[1]
    assert vault.kept == {}


REFUSED = [
    ([MAYA], {"PASSPHRASE": PASSPHRASE}, f"{NEEDED.format('new passphrase', 'NEW_PASSPHRASE')}."),
    ([MAYA], {"PASSPHRASE": PASSPHRASE, "NEW_PASSPHRASE": "2 short"},
     SHORT),
    ([YARA], {}, f"{NEEDED.format('passphrase', 'PASSPHRASE')}."),
    ([YARA, "--forget"], {"PASSPHRASE": NEW}, None),
    ([YARA, "--remember"], {"PASSPHRASE": NEW}, "{yara} is not encrypted, so it has no passphrase to keep."),
    ([MAYA, "--remember"], {"PASSPHRASE": PASSPHRASE},
     ("This desktop has no keyring that keeps secrets: the passphrase would be written down for anybody to read; "
      "nothing was changed.")),
    (["{maya}", "--recover"], {"NEW_PASSPHRASE": NEW}, f"{NEEDED.format('recovery key', 'RECOVERY_KEY')}."),
    (["{maya}", "--recover"], {"RECOVERY_KEY": "{zoe_key}", "NEW_PASSPHRASE": NEW},
     "This is not the recovery key of {maya}; nothing was changed."),
    (["{maya}", "--recover"], {"RECOVERY_KEY": "{maya_key_mistyped}", "NEW_PASSPHRASE": NEW},
     ("One sign of this recovery key is mistyped, or two have changed places; nothing was changed; look at it once "
      "more.")),
    (["{maya}", "--recover"], {"RECOVERY_KEY": "{maya_key}"},
     f"{NEEDED.format('new passphrase', 'NEW_PASSPHRASE')}."),
    ([MAYA, "--recover"], {"RECOVERY_KEY": "{maya_key}", "NEW_PASSPHRASE": NEW},
     "Name the locked workbook by its id: {locked}."),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "given", "said"), REFUSED)
def test_what_passphrase_refuses_is_one_sentence_and_changes_nothing(coaching, shelf, no_vault, arguments, given, said):
    before = everything(shelf.home)
    facts = {"maya": shelf.ids[MAYA], "yara": shelf.ids[YARA], "zoe": shelf.ids[ZOE]}
    facts |= {"maya_key": shelf.recovery_keys[MAYA], "zoe_key": shelf.recovery_keys[ZOE]}
    facts["maya_key_mistyped"] = ("B" if facts["maya_key"][0] == "A" else "A") + facts["maya_key"][1:]
    facts["locked"] = ", ".join(sorted([shelf.ids[MAYA], shelf.ids[ZOE]]))
    given = {name: value.format(**facts) for name, value in given.items()}
    found = coaching("passphrase", *(argument.format(**facts) for argument in arguments), **given)
    if said is None:  # there is nothing to do
        assert found == (0, "The desktop's keyring does not keep it.\n", "")
    else:
        assert found == (1, "", f"{said.format(**facts)}\n")
    assert everything(shelf.home) == before


@pytest.mark.parametrize("given", [{}, {"PASSPHRASE": PASSPHRASE}])
def test_a_card_that_asks_for_too_much_memory_is_named_and_never_called_a_wrong_passphrase(coaching, shelf, given):
    folder = shelf.folder(MAYA)
    card = read_card(folder)
    write_card(folder, card.with_key(passphrase={**card.key["passphrase"], "memory_cost": 4 * 1024 * 1024}))
    said = (
        f"{folder.name} cannot be opened: its workbook.json asks for more than 1 GiB of memory to open; it may have "
        "been changed; put it back from a backup."
    )
    code, out, _ = coaching("check", **given)
    assert (code, said in out.splitlines()) == (1, True)


@pytest.mark.parametrize("options", [["--rotate", "--recover"], ["--remember", "--forget"]])
def test_passphrase_does_one_thing_at_a_time(coaching, shelf, options):
    before = everything(shelf.home)
    said = (
        "Invalid value: choose one of --recover, --rotate, --recovery-key, --remember and --forget. "
        "See 'coaching passphrase --help'."
    )
    assert coaching("passphrase", MAYA, *options, PASSPHRASE=PASSPHRASE) == (2, "", f"{said}\n")
    assert everything(shelf.home) == before


# backup and restore


def test_a_backup_needs_no_passphrase_and_stays_encrypted(coaching, shelf):
    code, out, err = coaching("backup", "all.backup")
    assert (code, err) == (0, "")
    assert re.fullmatch(
        rf"Written and read again: all.backup \(3 workbooks, \d+ files\).\n"
        rf"Not encrypted, neither here nor there: {shelf.ids[YARA]}.\n",
        out,
    )
    written = Path("all.backup").read_bytes()
    assert [name for name in (MAYA, ZOE, YARA) if name.encode() in written] in ([], [YARA])
    code, out, err = coaching("restore", "all.backup", "--home", "other")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"Restored: 3 workbooks, \d+ files.\n", out)
    assert MAYA in coaching("list", "--home", "other", PASSPHRASE=PASSPHRASE)[1]
    assert MAYA not in coaching("list", "--home", "other")[1]


def test_what_is_there_is_not_restored_over(coaching, shelf):
    coaching("backup", "all.backup")
    before = everything(shelf.home)
    code, out, err = coaching("restore", "all.backup")
    assert (code, out) == (1, "")
    assert re.search(r"are in the home folder already; .*; nothing was restored\.\n$", err)
    assert everything(shelf.home) == before


# erase a workbook


@pytest.mark.parametrize(
    ("name", "given"), [(YARA, {}), (MAYA, {"PASSPHRASE": PASSPHRASE}), ("id", {}), ("id in small letters", {})]
)
def test_a_workbook_is_erased_with_a_receipt(coaching, shelf, name, given):
    folder = shelf.folder(YARA if name == YARA else MAYA)
    count = sum(1 for path in folder.rglob("*") if path.is_file())
    asked = {"id": folder.name, "id in small letters": folder.name.lower()}.get(name, name)
    said = f"Erased: the workbook {folder.name} with its {count} files.\n{RECEIPT}\n"
    assert coaching("erase", asked, "--yes", **given) == (0, said, "")
    assert folder not in list(shelf.home.iterdir())
    assert len(list(shelf.home.glob("[0-9]*"))) == 2


@pytest.mark.parametrize(("name", "options"), [(YARA, []), ("{maya}", []), (MAYA, ["--yes"]), ("Nobody", ["--yes"])])
def test_what_is_not_agreed_to_or_not_known_is_not_erased(coaching, shelf, name, options):
    before = everything(shelf.home)
    code, out, err = coaching("erase", name.format(maya=shelf.ids[MAYA]), *options)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert options or err == "Nothing was erased. Where nobody can be asked, say --yes.\n"
    assert everything(shelf.home) == before


def test_with_a_workbook_its_passphrase_is_gone_from_the_keyring(coaching, shelf, vault):
    coaching("passphrase", MAYA, "--remember", PASSPHRASE=PASSPHRASE)
    assert coaching("erase", MAYA, "--yes")[0] == 0
    assert vault.kept == {}


def test_a_keyring_out_of_reach_keeps_no_workbook_from_being_erased(coaching, shelf, no_vault):
    store.set_remembered(shelf.folder(MAYA), remembered=True)  # on another computer, before it came here
    code, out, err = coaching("erase", shelf.ids[MAYA], "--yes")
    assert (code, out) == (1, "")
    assert err == (
        f"The workbook {shelf.ids[MAYA]} is erased, but a desktop keyring may still keep its passphrase; remove it "
        "there, where it is called 'coaching workbook'.\n"
    )
    assert not shelf.folder(MAYA).exists()


# what is in a workbook


def test_an_entry_is_erased_in_every_version(coaching, demo):
    assert CANARY in coaching("history", WHO, "I07")[1]
    said = f"Erased: the item I07, 9 entries in every version. An empty place stays.\n{RECEIPT}\n"
    assert coaching("erase", WHO, "--entry", "I07", "--yes") == (0, said, "")
    assert CANARY not in coaching("history", WHO, "I07")[1]
    coaching("export", WHO, "all.json")
    assert CANARY not in Path("all.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--entry", "I07"], 1, "Nothing was erased. Where nobody can be asked, say --yes."),
        (["--entry", "I9", "--yes"], 1, "No entry is called 'I9'; give its short name, such as I07 or M4, or its id."),
        (["--entry", "I07", "--expired", "--yes"], 2,
         "Invalid value: choose one of --entry and --expired. See 'coaching erase --help'."),
    ],
)  # fmt: skip
def test_an_entry_that_is_not_agreed_to_or_not_known_stays(coaching, demo, options, code, said):
    before = everything(demo)
    assert coaching("erase", WHO, *options) == (code, "", f"{said}\n")
    assert everything(demo) == before


def test_private_notes_past_their_time_are_erased_and_only_they(coaching, demo):
    before = Home(demo).find(WHO).frames()
    assert coaching("erase", WHO, "--expired") == (0, "Erased: 12 private notes past the 90 days.\n", "")
    assert coaching("erase", WHO, "--expired") == (0, "Erased: 0 private notes past the 90 days.\n", "")
    after = Home(demo).find(WHO).frames()
    assert {kind for kind in Kind if len(before[kind]) != len(after[kind])} == {Kind.REFLECTION}
    assert len(after[Kind.REFLECTION]) == 0


def test_renewed_notes_stay_for_another_90_days(coaching, demo):
    assert coaching("renew", WHO) == (0, "12 private notes renewed.\n", "")
    today = date.today()  # noqa: DTZ011 - the day on the wall, as the command has it
    notes = Home(demo).find(WHO).upkeep.expired(within=PRIVATE_FOR + timedelta(2))
    assert len(notes) == 12
    assert {note.expires_on for note in notes} <= {today + PRIVATE_FOR, today + PRIVATE_FOR - timedelta(1)}
    assert coaching("erase", WHO, "--expired")[1] == "Erased: 0 private notes past the 90 days.\n"


def test_what_somebody_is_called_by_is_said_and_undone(coaching, demo):
    said = "Forms say “Mari” from now on; the full name stays as it is.\n"
    assert coaching("rename", WHO, "--called", "Mari") == (0, said, "")
    assert Home().find(WHO).called == "Mari"
    assert coaching("undo", WHO)[1] == "Undone: 1 change (person P1). The same again undoes this.\n"
    assert Home().find(WHO).called == "Marisol"
    assert coaching("rename", WHO, "--called", " ")[0] == 2


def test_undo_undoes_the_last_act_and_once_more_undoes_that(coaching, demo):
    home = Home(demo)
    before = [note.expires_on for note in home.find(WHO).upkeep.expired()]
    coaching("renew", WHO)
    said = "Undone: 12 changes (reflection). The same again undoes this.\n"
    assert coaching("undo", WHO) == (0, said, "")
    assert [note.expires_on for note in home.find(WHO).upkeep.expired()] == before
    assert coaching("undo", WHO) == (0, said, "")
    assert home.find(WHO).upkeep.expired() == []


def test_what_was_erased_does_not_come_back(coaching, demo):
    coaching("erase", WHO, "--entry", "I07", "--yes")
    before = everything(demo)
    assert coaching("undo", WHO) == (1, "", "The last act erased something; that cannot be undone.\n")
    assert everything(demo) == before


def test_what_made_the_workbook_is_not_undone(coaching, shelf):
    before = everything(shelf.home)
    said = "There is nothing to undo: all that is kept came in one act, which made the workbook.\n"
    assert coaching("undo", MAYA, PASSPHRASE=PASSPHRASE) == (1, "", said)
    assert everything(shelf.home) == before


def test_history_is_told_newest_first(coaching, demo):
    code, out, err = coaching("history", WHO, "i07")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    told = [line[len("2025-01-01 10:42  ") :].split()[0] for line in lines if not line.startswith(" ")]
    assert told == ["review", "item", "review", "item", "item", "review", "item", "item", "item"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d  review [0-9A-Z]{26}, by the coachee, pair", lines[0])
    events = [line.strip() for line in lines if line.startswith("    event: ")]
    assert events == [f"event: {what}" for what in ("let go", "not yet", "not yet", "due moved", "agreed")]
    assert "    what: Apply for the trainer certificate (evening course)." in lines[-8:]
    coaching("erase", WHO, "--entry", "I07", "--yes")
    erased = coaching("history", WHO, "I07")[1].splitlines()
    assert erased.count("    erased: yes") == len(told)


def test_a_mission_statement_is_called_by_its_number(coaching, demo):
    assert "    number: 4" in coaching("history", WHO, "m4")[1].splitlines()
    assert coaching("erase", WHO, "--entry", "M4", "--yes")[1].startswith("Erased: the mission M4, 1 entry")
