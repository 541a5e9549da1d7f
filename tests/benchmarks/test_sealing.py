"""What a sealed bundle costs beyond deriving a key from a passphrase, against the plain zip: both on the disk."""

import zipfile
from io import BytesIO

import pytest

from coaching import formats as interchange
from coaching.formats import bundle
from coaching.formats.sealing import Seal, SealKeys, new_identity, recipient_of, seal
from coaching.model.sharing import Audience
from coaching.store import write_file
from coaching.workbook.exports import FORMS

ROUNDS = 101
LIMIT = 1.5
MINE = new_identity()
#: No passphrase: deriving a key from one is slow on purpose.
FOR_ME, KEYS = Seal(recipients=(recipient_of(MINE),)), SealKeys(identities=(MINE,))


@pytest.fixture(name="members")
def _members(home):
    """Return what is in the bundle of the demo year, by its name."""
    content = FORMS[".zip"].write(home.workbooks()[0]._copy(Audience.PAIR))
    with zipfile.ZipFile(BytesIO(content)) as found:
        return {name: found.read(name) for name in found.namelist() if name != "README.txt"}


def test_writing_it_takes_at_most_half_as_long_again(turns, members, tmp_path):
    turns.run(
        lambda: write_file(tmp_path / "own.zip.age", seal(bundle.write(members, "pair"), FOR_ME)),
        {"zip": lambda: write_file(tmp_path / "own.zip", bundle.write(members, "pair"))},
        ROUNDS,
    )
    turns.show_time("writing the plain zip of the demo year", "zip")
    turns.show_time("the same, sealed")
    turns.check("sealed zip : plain zip, written", "zip", LIMIT)


def test_reading_it_takes_at_most_half_as_long_again(turns, members, tmp_path):
    plain, sealed = tmp_path / "own.zip", tmp_path / "own.zip.age"
    write_file(plain, bundle.write(members, "pair"))
    write_file(sealed, seal(plain.read_bytes(), FOR_ME))
    turns.run(lambda: interchange.read(sealed, keys=KEYS), {"zip": lambda: interchange.read(plain)}, ROUNDS)
    turns.show_time("reading the plain zip", "zip")
    turns.show_time("the same, sealed")
    turns.check("sealed zip : plain zip, read", "zip", LIMIT)
