"""Vectors of bundles: the zip that another copy reads."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from coaching.exceptions import InterchangeError
from coaching.interchange import bundle
from tests.unit.store.samples import WORKBOOK, note
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
_REASONS = {
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
        try:
            return bundle.load(file)
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
    at = data.index(word)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _with_password_bit(data: bytes) -> bytes:
    """Return a zip whose every member says that it is encrypted."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            changed[at + place] |= 1
            at = data.find(mark, at + 1)
    return bytes(changed)
