"""The program age, as Debian packages it, opens what is sealed here, and what it seals is opened here."""

import os
import pty
import select
import shutil
import subprocess
import zipfile
from contextlib import suppress

import pytest

from coaching.formats.sealing import Seal, SealKeys, new_identity, recipient_of, unseal
from coaching.model.sharing import Audience
from coaching.workbook.handouts import Recipient
from coaching.workbook.home import Home
from tests.unit.formats.seals import PASSPHRASE
from tests.unit.store.samples import NOW

pytestmark = [
    pytest.mark.readers,
    pytest.mark.skipif(shutil.which("age") is None, reason="needs the program age (Debian: apt-get install age)"),
]
MINE = new_identity()
_PATIENCE = 60


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    return Home(tmp_path_factory.mktemp("demo") / "home", lambda: NOW).demo().workbook


def age(folder, *arguments, questions=0):
    """Run age in a folder; it asks for a passphrase at a terminal of its own, so often."""
    program, terminal = pty.fork()
    if not program:
        os.chdir(folder)
        os.execvp("age", ["age", *arguments])  # noqa: S606 - needs no shell
    text = b""
    with suppress(OSError):  # how Linux says that the program has ended
        while select.select([terminal], [], [], _PATIENCE)[0]:
            text += (came := os.read(terminal, 4096))
            if not came:
                break
            if text.count(b"assphrase") and questions and text.rstrip().endswith((b":", b"\x1b[K")):
                os.write(terminal, PASSPHRASE.encode() + b"\n")
                questions, text = questions - 1, b""
    _, status = os.waitpid(program, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0, text.decode()


def check_opened(folder, workbook):
    """What age opened is a zip that any tool opens, with everything that the pair may read."""
    with zipfile.ZipFile(folder / "plan.zip") as bundle:
        assert bundle.testzip() is None
        assert "README.txt" in bundle.namelist()
    mine = Home(folder / "theirs", lambda: NOW).import_file(folder / "plan.zip").workbook
    assert said_in(mine) == said_in(workbook)


def said_in(workbook):
    """Everything that the pair may read; each copy notes by itself what was handed out of it."""
    return [record for record in workbook.shared(Audience.PAIR).records() if record["kind"] != "handout"]


def test_age_opens_what_is_sealed_with_a_passphrase(workbook, tmp_path):
    workbook.write_export(tmp_path / "plan.zip.age", Recipient(Audience.PAIR, seal=Seal(PASSPHRASE)))
    age(tmp_path, "-d", "-o", "plan.zip", "plan.zip.age", questions=1)
    check_opened(tmp_path, workbook)


def test_age_opens_what_is_sealed_for_a_recipient(workbook, tmp_path):
    seal = Seal(recipients=(recipient_of(MINE),))
    workbook.write_export(tmp_path / "plan.zip.age", Recipient(Audience.PAIR, seal=seal))
    (tmp_path / "key.txt").write_text(f"{MINE}\n")
    age(tmp_path, "-d", "-i", "key.txt", "-o", "plan.zip", "plan.zip.age")
    check_opened(tmp_path, workbook)


@pytest.mark.parametrize("letters", [[], ["--armor"]], ids=["bytes", "letters"])
@pytest.mark.parametrize(
    ("options", "questions"), [(["-p"], 2), (["-r", recipient_of(MINE)], 0)], ids=["passphrase", "recipient"]
)
def test_what_age_has_sealed_comes_in(workbook, tmp_path, letters, options, questions):
    workbook.write_export(tmp_path / "plan.zip", Recipient(Audience.PAIR))
    age(tmp_path, *options, *letters, "-o", "plan.zip.age", "plan.zip", questions=questions)
    keys = SealKeys(lambda: PASSPHRASE, (MINE,))
    assert unseal((tmp_path / "plan.zip.age").read_bytes(), keys) == (tmp_path / "plan.zip").read_bytes()
    mine = Home(tmp_path / "theirs", lambda: NOW).import_file(tmp_path / "plan.zip.age", seal_keys=keys).workbook
    assert mine.holder == "coachee"


def test_an_identity_of_age_keygen_has_a_recipient_here(tmp_path):
    key = subprocess.run(["age-keygen"], capture_output=True, check=True, text=True).stdout.splitlines()
    assert recipient_of(key[2]) == key[1].removeprefix("# public key: ")


@pytest.mark.parametrize(
    ("seal", "questions"), [(Seal(PASSPHRASE), 1), (Seal(recipients=(recipient_of(MINE),)), 0)], ids=["words", "key"]
)
def test_what_the_readme_says_opens_it(workbook, tmp_path, seal, questions):
    workbook.write_export(tmp_path / "FILE.zip", Recipient(Audience.PAIR))
    with zipfile.ZipFile(tmp_path / "FILE.zip") as bundle:
        text = bundle.read("README.txt").decode()
    (tmp_path / "FILE.zip").rename(tmp_path / "plan.zip")
    workbook.write_export(tmp_path / "FILE.zip.age", Recipient(Audience.PAIR, seal=seal))
    (tmp_path / "KEY").write_text(f"{MINE}\n")
    commands = [line.strip().split("   ")[0].split() for line in text.splitlines() if line.strip().startswith("age -d")]
    age(tmp_path, *commands[not questions][1:], questions=questions)
    assert zipfile.is_zipfile(tmp_path / "FILE.zip")
