"""Vectors of pages that open with a passphrase."""

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from coaching.pages.protected import locking, protected
from tests.vectors.cards import PASSPHRASE
from tests.vectors.vector import RefusedError, Vector

_PAGE = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>A plan</title></head>'
    "<body><main><p>Invented: I would love to teach one day. ☀</p></main></body></html>"
)
_LOCKED = re.compile(r'(id="locked"[^>]*>)([^<]*)<')


def made() -> Iterator[Vector]:
    """Give each vector. The ones that are small cost less to open, and are padded to less, than those handed out."""
    opens = {"passphrase": PASSPHRASE, "content": _PAGE}
    yield Vector("page/whole.html", protected.protect(_PAGE, PASSPHRASE).encode(), {"what": "As handed out."} | opens)
    with patch.object(locking, "ITERATIONS", 1000), patch.object(protected, "_SMALLEST_CLASS", 1024):
        small = protected.protect(_PAGE, PASSPHRASE)
        accents = protected.protect(_PAGE, "grün wie Café Zoé")
    typed = {"passphrase": unicodedata.normalize("NFD", "grün wie Café Zoé")}
    yield Vector("page/small.html", small.encode(), {"what": "Small, and opened at little cost."} | opens)
    yield Vector(
        "page/accents.html", accents.encode(), {"what": "Accents as signs of their own (NFKC)."} | opens | typed
    )
    yield Vector(
        "page/wrong_passphrase.html", small.encode(), _refused("Not the passphrase.", "key") | {"passphrase": "x" * 9}
    )

    parameters, digest, locked = _lines(small)
    flipped = _flipped(locked)
    for name, (what, reason, lines) in {
        "flipped": ("A bit of the page is another.", "damaged", (parameters, digest, flipped)),
        "cut": ("The end is missing.", "damaged", (parameters, digest, locked[:-40])),
        "other_digest": ("A bit of the digest is another.", "damaged", (parameters, _flipped(digest), locked)),
        "cheaper": (
            "Fewer passes than it was made with.",
            "damaged",
            (parameters.replace("1000", "999"), digest, locked),
        ),
        "forged": (
            "A bit of the page is another, and the digest fits.",
            "key",
            (parameters, _digest(parameters + flipped), flipped),
        ),
        "forged_parameters": (
            "A space more in the parameters, and the digest fits: they are additional data.",
            "key",
            (parameters + " ", _digest(parameters + " " + locked), locked),
        ),
        "empty": ("Nothing is in it.", "damaged", ("", "", "")),
    }.items():
        inside = "\n".join(lines)
        file = _LOCKED.sub(lambda found, inside=inside: f"{found[1]}\n{inside}\n<", small)
        yield Vector(f"page/{name}.html", file.encode(), _refused(what, reason))


def opened(vector: Vector) -> str:
    """Return the page, opened as the form around it does.

    Raises
    ------
    RefusedError
        If it is refused.
    """
    lines = _lines(vector.data.decode())
    parameters, digest, locked = (*lines, "", "", "")[:3]
    if _digest(parameters + locked) != digest:
        raise RefusedError("damaged")
    said: dict[str, Any] = json.loads(parameters)
    passphrase = unicodedata.normalize("NFKC", vector.about["passphrase"]).encode()
    key = hashlib.pbkdf2_hmac("sha256", passphrase, base64.b64decode(said["salt"]), said["iterations"], 32)
    try:
        padded = AESGCM(key).decrypt(base64.b64decode(said["nonce"]), base64.b64decode(locked), parameters.encode())
    except InvalidTag:
        raise RefusedError("key") from None
    return padded[4 : 4 + int.from_bytes(padded[:4])].decode()


def _refused(what: str, reason: str) -> dict[str, Any]:
    return {"what": what, "passphrase": PASSPHRASE, "refused": reason}


def _lines(page: str) -> list[str]:
    found = _LOCKED.search(page)
    assert found, "the page has no such element"
    return found[2].strip().split("\n")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _flipped(text: str) -> str:
    data = bytearray(base64.b64decode(text))
    data[len(data) // 2] ^= 1
    return base64.b64encode(data).decode()
