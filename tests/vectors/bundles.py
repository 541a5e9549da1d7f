"""Vectors of bundles: the zip that another copy reads, sealed or not."""

import io
import json
import secrets
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from coaching.errors import InterchangeError
from coaching.formats import bundle
from coaching.formats.reader import opened as content_of
from coaching.formats.sealing import Seal, SealKeys, seal
from tests.unit.store.samples import WORKBOOK, note
from tests.vectors.age import Stanza, armored, by_identity, by_passphrase, identity, sealed
from tests.vectors.cards import PASSPHRASE
from tests.vectors.vector import RefusedError, Vector

_NAME = "workbook.json"
_WHOLE = {
    "format": "coaching-workbook/1",
    "workbook": WORKBOOK,
    "holder": "coach",
    "audience": "pair",
    "entries": [
        {
            "kind": "note",
            "id": note("a").id,
            "rev": 1,
            "segment": "dreams",
            "topic": "dream",
            "text": "I would love to teach",
        }
    ],
}
_SECRET, _OTHER_SECRET = bytes(range(100, 132)), bytes(range(132, 164))
_REASONS = {
    "this passphrase does not open": "key",
    "identity is not here": "recipient",
    "more work": "work",
    "is no sealed file": "damaged",
    "outside of itself": "outside",
    "holds no": "no workbook",
    "holds several": "two workbooks",
    "locked by a password": "zip password",
    "of a kind": "packing",
    "larger than": "too large",
    "more than 100": "too many files",
    "damaged": "damaged",
    "not": "damaged",
}


def made() -> Iterator[Vector]:
    """Give each vector."""
    text = json.dumps(_WHOLE, ensure_ascii=False, indent=1)
    whole = bundle.write({"plan.html": "<!doctype html><title>Invented</title>", _NAME: text}, "pair")
    accepted = {"content": _WHOLE}
    yield Vector("bundle/plain.zip", whole, {"what": "As exported, not sealed."} | accepted)
    packed = _zip([(_NAME, text)], zipfile.ZIP_DEFLATED)
    yield Vector("bundle/deflated.zip", packed, {"what": "Packed by another program."} | accepted)
    for name, (what, reason, data) in {
        "cut": ("The end is missing.", "damaged", whole[:-30]),
        "flipped": ("A bit of the words is another.", "damaged", _flipped(whole, b"teach")),
        "outside": ("A member leads out of the folder.", "outside", _zip([(_NAME, text), ("../plan.html", "x")])),
        "absolute": ("A member names a place on the disk.", "outside", _zip([(_NAME, text), ("/etc/plan.html", "x")])),
        "drive": ("A member names a drive.", "outside", _zip([(_NAME, text), ("C:\\plan.html", "x")])),
        "no_workbook": ("There is nothing to be read.", "no workbook", _zip([("plan.html", "x")])),
        "two_workbooks": ("Two of the one member.", "two workbooks", _twice(_NAME, text)),
        "password": ("The zip says that it has a password.", "zip password", _with_password_bit(whole)),
        "bzip2": ("Packed in a way that is not read.", "packing", _zip([(_NAME, text)], zipfile.ZIP_BZIP2)),
        "many": (
            "More than a hundred files.",
            "too many files",
            _zip([(_NAME, text), *((f"{n}.txt", "") for n in range(100))]),
        ),
        "bomb": (
            "A member that unpacks to 65 MiB.",
            "too large",
            _zip([(_NAME, " " * (65 << 20))], zipfile.ZIP_DEFLATED),
        ),
    }.items():
        yield Vector(f"bundle/{name}.zip", data, {"what": what, "refused": reason})
    yield from _sealed(whole)


def _sealed(whole: bytes) -> Iterator[Vector]:
    """Give the vectors of bundles that are sealed in the age format."""
    key = secrets.token_bytes(16)
    passphrase, recipient = by_passphrase(key, PASSPHRASE), by_identity(key, _SECRET)
    one, other = {"passphrase": PASSPHRASE}, {"identities": [identity(_SECRET)]}
    typed, by_one, by_other = {"content": _WHOLE}, sealed(whole, key, passphrase), sealed(whole, key, recipient)
    for name, what, data, opens in [
        ("as_written", "Sealed with a passphrase by the program.", seal(whole, Seal(PASSPHRASE)), one),
        ("passphrase", "Sealed with a passphrase, and opened at little cost.", by_one, one),
        ("recipient", "Sealed for a recipient.", by_other, other),
        ("letters", "Sealed, and written in letters, as mails want it.", armored(by_other), other),
        ("recipients", "For two.", sealed(whole, key, by_identity(key, _OTHER_SECRET), recipient), other),
        (
            "unknown",
            "For somebody else, in a way that comes later.",
            sealed(whole, key, Stanza(b"lark 7", b""), recipient),
            other,
        ),
    ]:
        yield Vector(f"bundle/{name}.zip.age", data, {"what": what} | opens | typed)
    stranger = {"identities": [identity(_OTHER_SECRET)]}
    at = by_other.index(b"---")
    for name, what, data, opens, reason in [
        ("sealed_wrong_passphrase", "Not the passphrase.", by_one, {"passphrase": PASSPHRASE + "s"}, "key"),
        ("sealed_for_another", "The identity of somebody else.", by_other, stranger, "recipient"),
        ("sealed_payload", "A bit of the bundle is another.", _flipped_at(by_other, -40), other, "damaged"),
        ("sealed_header", "A bit of the header's sign is another.", _flipped_at(by_other, at + 10), other, "damaged"),
        ("sealed_cut", "The end is missing.", by_other[:-20], other, "damaged"),
        ("sealed_more", "Something stands behind the end.", by_other + b"x", other, "damaged"),
        (
            "sealed_both",
            "A passphrase, and a recipient beside it.",
            sealed(whole, key, passphrase, recipient),
            one,
            "damaged",
        ),
        (
            "sealed_work",
            "It would take 4 GiB to try a passphrase.",
            sealed(whole, key, by_passphrase(key, PASSPHRASE, b"22")),
            one,
            "work",
        ),
        (
            "sealed_work_zero",
            "The work is written with a zero.",
            sealed(whole, key, by_passphrase(key, PASSPHRASE, b"01")),
            one,
            "damaged",
        ),
        (
            "sealed_letters",
            "A line of the letters is longer.",
            armored(by_other).replace(b"\n", b"", 3).replace(b"FILE-----", b"FILE-----\n", 1),
            other,
            "damaged",
        ),
        ("unsealed", "The name says that it is sealed.", whole, one, "damaged"),
    ]:
        yield Vector(f"bundle/{name}.zip.age", data, {"what": what} | opens | {"refused": reason})


def opened(vector: Vector) -> dict[str, Any]:
    """Return the JSON in a bundle.

    Raises
    ------
    RefusedError
        If it is refused.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / Path(vector.name).name
        file.write_bytes(vector.data)
        keys = SealKeys(lambda: vector.about.get("passphrase"), tuple(vector.about.get("identities", ())))
        try:
            return bundle.load(file.name, content_of(file, keys))
        except InterchangeError as error:
            raise RefusedError(next(reason for words, reason in _REASONS.items() if words in str(error))) from None


def _zip(members: list[tuple[str, str]], packing: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members:
            member = zipfile.ZipInfo(name)
            member.compress_type = packing
            archive.writestr(member, content)
    return file.getvalue()


def _twice(name: str, text: str) -> bytes:
    """Return a zip with two members of one name, which the library would warn of."""
    other = name[:-1] + "?"
    return _zip([(name, text), (other, text)]).replace(other.encode(), name.encode())


def _flipped(data: bytes, word: bytes) -> bytes:
    return _flipped_at(data, data.index(word))


def _flipped_at(data: bytes, at: int) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)


def _with_password_bit(data: bytes) -> bytes:
    """Return a zip whose every member says that it is encrypted."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            changed[at + place] |= 1
            at = data.find(mark, at + 1)
    return bytes(changed)
