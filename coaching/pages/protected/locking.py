"""A text that opens with a passphrase: three lines, and what a page that opens itself may do.

Line by line stand the parameters as JSON; the SHA-256 of them and what follows, which tells a damaged file from a
wrong passphrase; and, in base64, the text, encrypted with AES-256-GCM. The parameters, as they stand there, are its
additional data. Its key is the PBKDF2-HMAC-SHA-256 of the passphrase (NFKC, UTF-8): browsers have no argon2. Encrypted
are four bytes, the length of the text (big-endian), the text in UTF-8, and zeros up to the length of many other texts.
"""

import base64
import hashlib
import json
import secrets
import unicodedata
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from coaching.errors import CoachingError
from coaching.model.strength import check_passphrase

#: OWASP's Password Storage Cheat Sheet (2023) asks for 600,000 or more of HMAC-SHA-256; a file that left stays away.
ITERATIONS: Final = 1_000_000

_KEY, _SALT, _NONCE, _LENGTH = 32, 16, 12, 4
#: Texts of a year, long or short, are of one size; larger ones double it.
SMALLEST_CLASS: Final = 256 * 1024
_UNTYPED: Final = frozenset({"Cc", "Cs"})


def locked(text: str, passphrase: str, smallest: int = SMALLEST_CLASS) -> str:
    """Return a text as the three lines that open with a passphrase. Two calls never give the same.

    Parameters
    ----------
    text, passphrase
        What is locked, and what opens it.
    smallest
        How many bytes it takes at least; a longer text takes double of that as often as needed.

    Raises
    ------
    CoachingError
        If the passphrase is easy to guess, or holds what cannot be typed into a field.
    """
    key_text = _typed(passphrase)
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    parameters = json.dumps(
        {
            "version": 1,
            "derivation": "PBKDF2-HMAC-SHA-256",
            "iterations": ITERATIONS,
            "salt": _base64(salt),
            "cipher": "AES-256-GCM",
            "nonce": _base64(nonce),
        }
    )
    key = hashlib.pbkdf2_hmac("sha256", key_text, salt, ITERATIONS, _KEY)
    encrypted = _base64(AESGCM(key).encrypt(nonce, _padded(text.encode(), smallest), parameters.encode()))
    return "\n".join((parameters, _digest(parameters + encrypted), encrypted))


def policy(sheet: str, script: str) -> str:
    """Return the content policy of a page with one style sheet and one script, which may ask nobody."""
    return (
        f"default-src 'none'; script-src 'sha256-{_digest(script)}'; style-src 'sha256-{_digest(sheet)}'; "
        "connect-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _typed(passphrase: str) -> bytes:
    check_passphrase(passphrase)
    if any(unicodedata.category(sign) in _UNTYPED for sign in passphrase):
        raise CoachingError("This passphrase holds a line break or another sign that nobody can type into a field.")
    return unicodedata.normalize("NFKC", passphrase).encode()


def _padded(text: bytes, size: int) -> bytes:
    framed = len(text).to_bytes(_LENGTH) + text
    while size < len(framed):
        size *= 2
    return framed.ljust(size, b"\0")


def _digest(text: str) -> str:
    return _base64(hashlib.sha256(text.encode()).digest())


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
