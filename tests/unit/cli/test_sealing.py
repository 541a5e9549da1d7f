"""Files that leave are sealed unless somebody says otherwise; what came sealed is opened, and no byte stays plain."""

import os
import sys
import zipfile
from pathlib import Path

import pytest

from coaching.__main__ import main
from coaching.formats.sealing import SealKeys, is_sealed, new_identity, recipient_of, unseal
from coaching.workbook import credentials
from coaching.workbook.home import Home
from tests.unit import locks
from tests.unit.cli.terminals import typed
from tests.unit.formats.seals import PASSPHRASE, cheap_seals, sealed_cheaply
from tests.unit.locks import MAYA, YARA, ZOE, everything
from tests.unit.store.samples import cheap_locks

pytestmark = pytest.mark.usefixtures("without_figures")

SECRET = b"AGE-SECRET-KEY"


@pytest.fixture
def run(capsys, monkeypatch):
    """Return a function that runs a command line and gives its exit code, output and errors."""
    environment = {"COACHING_SEAL_PASSPHRASE": PASSPHRASE}

    def run(*arguments, **changed):
        monkeypatch.setattr(sys, "argv", ["coaching", *map(str, arguments)])
        environment.update({f"COACHING_{name}": value for name, value in changed.items()})
        for name, value in environment.items():  # the command takes them out
            monkeypatch.setenv(name, value)
        credentials.forget()
        with cheap_seals(), cheap_locks():
            code = main()
        return (code, *capsys.readouterr())

    yield run
    credentials.forget()


@pytest.fixture
def maya(shelf):
    """Return the home of an encrypted workbook."""
    return shelf


def identity(run, name=MAYA, passphrase=locks.PASSPHRASE):
    code, out, err = run("identity", name, PASSPHRASE=passphrase)
    assert (code, err) == (0, "")
    return out.splitlines()[0]


EXPORT = ("export", "Marisol", "plan.zip")
HANDOVER = ("handover", "Marisol", "--to", "Nora Lind", "--output", "plan.zip", "--yes")
LEAVE = ("leave", "Marisol", "--output", "plan.zip", "--yes")


@pytest.mark.parametrize("command", [EXPORT, HANDOVER, LEAVE], ids=lambda command: command[0])
def test_a_bundle_is_sealed_and_its_name_and_the_message_say_so(run, demo, command):
    code, out, err = run(*command)
    assert (code, err) == (0, "")
    assert "Written: plan.zip.age." in out
    assert (
        "Without this program: 'age -d -o plan.zip plan.zip.age' (age-encryption.org) opens it, then any zip tool.\n"
        in out
    )
    assert "send the passphrase another way than the file" in out
    assert unseal(Path("plan.zip.age").read_bytes(), SealKeys(lambda: PASSPHRASE)).startswith(b"PK")
    assert not Path("plan.zip").exists()


@pytest.mark.parametrize("command", [EXPORT, HANDOVER, LEAVE], ids=lambda command: command[0])
def test_one_for_a_recipient_needs_no_passphrase_and_opens_with_their_identity(run, demo, command):
    theirs = new_identity()
    code, out, _ = run(*command, "--recipient", recipient_of(theirs), SEAL_PASSPHRASE="")
    assert code == 0
    assert "the passphrase another way" not in out
    assert "'age -d -i KEY -o plan.zip plan.zip.age'" in out
    assert unseal(Path("plan.zip.age").read_bytes(), SealKeys(identities=(theirs,))).startswith(b"PK")


@pytest.mark.parametrize("command", [EXPORT, HANDOVER, LEAVE], ids=lambda command: command[0])
def test_it_is_plain_if_somebody_says_so(run, demo, command):
    code, out, _ = run(*command, "--plain")
    assert code == 0
    assert "Written: plan.zip." in out
    assert "age -d" not in out
    assert zipfile.is_zipfile("plan.zip")


@pytest.mark.parametrize("command", [EXPORT, HANDOVER, LEAVE], ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("options", "given", "said"),
    [
        ((), None, "The seal passphrase is needed, and nobody can be asked here: set COACHING_SEAL_PASSPHRASE, or say"),
        ((), "aaaaaaaa", "This passphrase is easy to guess: it repeats itself."),
        ((), "Marisol Quispe Huanca", "This passphrase is easy to guess: it is made of a name"),
        (("--recipient", "age1nobody"), None, "Invalid value for '--recipient': 'age1nobody' is no recipient: one"),
    ],
)  # fmt: skip
def test_what_nothing_can_be_sealed_with_writes_nothing(run, demo, command, options, given, said):
    before = everything(demo.parent)
    code, _, err = run(*command, *options, SEAL_PASSPHRASE=given or "")
    assert code == (2 if options else 1)
    assert err.startswith(said)
    assert len(err.splitlines()) == 1
    assert everything(demo.parent) == before


@pytest.mark.parametrize("options", [("plan.zip.age", "--plain"), ("plan.zip", "--plain", "--recipient", "age1x")])
def test_what_is_sealed_is_not_plain(run, demo, options):
    code, _, err = run("export", "Marisol", *options)
    assert (code, len(err.splitlines())) == (2, 1)
    assert "a file that is sealed is not plain" in err
    assert not list(Path().glob("plan*"))


@pytest.mark.parametrize("ending", [".json", ".md", ".csv", ".ics"])
@pytest.mark.parametrize("options", [("--protect",), ("--recipient", recipient_of(new_identity()))], ids=lambda o: o[0])
def test_every_other_form_is_sealed_if_somebody_says_so(run, demo, ending, options):
    assert run("export", "Marisol", f"plan{ending}", *options)[0] == 0
    assert is_sealed(Path(f"plan{ending}.age").read_bytes())
    assert not Path(f"plan{ending}").exists()


def test_a_name_that_says_it_is_sealed_is_what_it_says(run, demo):
    assert run("export", "Marisol", "page.html.age")[0] == 0
    assert b"<!doctype html>" in unseal(Path("page.html.age").read_bytes(), SealKeys(lambda: PASSPHRASE))


def test_a_sealed_bundle_becomes_the_persons_own_copy_and_comes_back(run, demo):
    run(*EXPORT)
    assert run("import", "plan.zip.age", "--home", "theirs", "--no-encryption")[::2] == (0, "")
    run("export", "Marisol", "back.zip", "--home", "theirs")
    code, out, err = run("import", "back.zip.age")
    assert (code, err) == (0, "")
    assert ": 0 entries came in, " in out


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("another one", "plan.zip.age cannot be read: this passphrase does not open it. Type it again, or ask whoever"),
        ("", "The seal passphrase is needed, and nobody can be asked here: set COACHING_SEAL_PASSPHRASE."),
    ],
)
def test_without_its_passphrase_nothing_is_brought_in(run, demo, passphrase, said):
    run(*EXPORT)
    before = everything(demo.parent)
    code, out, err = run("import", "plan.zip.age", "--home", "theirs", "--no-encryption", SEAL_PASSPHRASE=passphrase)
    assert (code, out) == (1, "")
    assert err.startswith(said)
    assert len(err.splitlines()) == 1
    assert everything(demo.parent) == before


@pytest.mark.thorough
def test_leaving_again_replaces_the_file_that_the_same_passphrase_opens_and_no_other(run, demo):
    assert run("leave", "Marisol")[0] == 1
    first = Path("own-copy.zip.age").read_bytes()
    code, _, err = run("leave", "Marisol", "--yes", SEAL_PASSPHRASE=locks.OTHER)
    assert (code, err) == (
        1,
        "'own-copy.zip.age' is there already, and is none that opens in the same way; choose another name.\n",
    )
    assert Path("own-copy.zip.age").read_bytes() == first
    assert run("leave", "Marisol", "--yes", SEAL_PASSPHRASE=PASSPHRASE)[0] == 0
    assert Path("own-copy.zip.age").read_bytes() != first


@pytest.mark.thorough
@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of Unix")
def test_at_a_terminal_the_passphrase_is_typed_twice_and_seen_by_nobody(demo):
    answers = [("Passphrase for the file", f"{PASSPHRASE}\n"), ("Repeat it", f"{PASSPHRASE}\n")]
    done = typed(["export", "Marisol", "plan.zip"], answers, {"COACHING_HOME": str(demo)})
    assert done.code == 0
    theirs = ["import", "plan.zip.age", "--home", "theirs", "--no-encryption"]
    again = typed(theirs, [("Passphrase of the file", f"{PASSPHRASE}\n")], {})
    assert again.code == 0
    assert PASSPHRASE not in done.text + again.text


# Identities


def test_an_identity_is_made_once_and_opens_what_is_sealed_for_it_in_memory_alone(run, maya, tmp_path):
    recipient = identity(run)
    assert recipient.startswith("age1")
    assert identity(run) == recipient
    assert run("export", MAYA, tmp_path / "all.json", "--recipient", recipient)[0] == 0
    code, out, err = run("import", tmp_path / "all.json.age")
    assert (code, err) == (0, "")
    assert "0 entries came in" in out
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and SECRET in path.read_bytes()]


def test_another_workbooks_identity_is_another_and_opens_nothing_of_this_one(run, maya, tmp_path):
    recipient = identity(run)
    run("export", MAYA, tmp_path / "all.json", "--recipient", recipient)
    assert identity(run, ZOE, locks.OTHER) != recipient
    before = everything(maya.home)
    code, _, err = run("import", tmp_path / "all.json.age")
    assert code == 1
    assert err.startswith("all.json.age cannot be read: it is sealed for somebody whose identity is not here.")
    assert everything(maya.home) == before


def test_a_new_passphrase_and_a_new_key_leave_the_identity_and_what_it_opens(run, maya, tmp_path):
    recipient = identity(run)
    run("export", MAYA, tmp_path / "all.json", "--recipient", recipient)
    assert run("passphrase", MAYA, NEW_PASSPHRASE=locks.NEW)[0] == 0
    assert run("passphrase", MAYA, "--rotate", PASSPHRASE=locks.NEW)[0] == 0
    card = (maya.folder(MAYA) / "workbook.json").read_bytes()
    assert identity(run, MAYA, locks.NEW) == recipient
    assert (maya.folder(MAYA) / "workbook.json").read_bytes() == card
    assert run("import", tmp_path / "all.json.age")[0] == 0


def test_a_workbook_that_is_not_encrypted_has_no_key_to_keep_one_under(run, maya):
    before = everything(maya.home)
    code, out, err = run("identity", YARA)
    assert (code, out) == (1, "")
    assert (
        "is not encrypted, so it has no key to keep an identity under: 'coaching passphrase' encrypts it first" in err
    )
    assert everything(maya.home) == before


def test_a_backup_brings_the_identity_back(run, maya, tmp_path):
    recipient = identity(run)
    assert run("backup", tmp_path / "all.backup")[0] == 0
    assert run("restore", tmp_path / "all.backup", "--home", tmp_path / "new")[0] == 0
    assert run("identity", MAYA, "--home", tmp_path / "new")[1].splitlines()[0] == recipient


def test_a_damaged_identity_is_not_replaced_by_another(run, maya):
    identity(run)
    card = maya.folder(MAYA) / "workbook.json"
    damaged = card.read_text().replace('"secret": "', '"secret": "AAAA')
    card.write_text(damaged)
    code, _, err = run("identity", MAYA)
    assert code == 1
    assert "is damaged; put that file back from a backup; nothing was changed." in err
    assert card.read_text() == damaged


def test_what_was_sealed_elsewhere_with_a_passphrase_comes_in(run, demo):
    assert run("export", "Marisol", "plan.zip", "--plain")[0] == 0
    Path("theirs.zip.age").write_bytes(sealed_cheaply(Path("plan.zip").read_bytes()))
    assert run("import", "theirs.zip.age", "--home", "theirs", "--no-encryption")[0] == 0
    assert Home(Path("theirs")).workbooks()[0].holder == "coachee"


# Nothing that can be read is left in the home


@pytest.mark.parametrize("place", ["", "notebooks", "notebooks/../notebooks"])
@pytest.mark.parametrize(
    "command",
    [
        ("export", "Marisol", "{}/plan.html"),
        ("export", "Marisol", "{}/plan.zip", "--plain"),
        ("plan", "Marisol", "--output", "{}/plan.html"),
        ("summary", "Marisol", "--output", "{}/plan.html"),
        ("sheet", "Marisol", "--output", "{}/plan.html"),
        (*HANDOVER[:5], "{}/plan.zip", "--plain", "--yes"),
        (*LEAVE[:3], "{}/plan.zip", "--plain", "--yes"),
    ],
    ids=lambda command: command[0],
)
def test_a_place_in_the_home_is_refused_and_another_one_named(run, demo, command, place):
    (demo / "notebooks").mkdir()
    before = everything(demo)
    code, _, err = run(*(part.format(demo / place) for part in command))
    assert code == 1
    assert "it would lie in the folder of the workbooks, which is for them alone; name another folder, such as '" in err
    assert len(err.splitlines()) == 1
    assert everything(demo) == before
