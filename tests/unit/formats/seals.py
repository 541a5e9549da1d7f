"""Files in the age format, made here as its specification says, of as little or as much work as a test needs.

https://age-encryption.org/v1: an scrypt stanza, a header's MAC, and a payload in chunks of 64 KiB.
"""

import base64
import hashlib
import hmac
import secrets
from contextlib import contextmanager
from unittest.mock import patch

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK = 64 * 1024
PASSPHRASE = "otter violin ladder comet"  # noqa: S105 - of invented words


def sealed_cheaply(content, passphrase=PASSPHRASE, *, work=4, claimed=None):
    """A file that a passphrase opens; what it claims of its work may be a lie."""
    salt, file_key, nonce = (secrets.token_bytes(16) for _ in range(3))
    derived = hashlib.scrypt(
        passphrase.encode(), salt=b"age-encryption.org/v1/scrypt" + salt, n=1 << work, r=8, p=1, dklen=32
    )
    body = ChaCha20Poly1305(derived).encrypt(bytes(12), file_key, None)
    header = f"age-encryption.org/v1\n-> scrypt {_text(salt)} {claimed or work}\n{_text(body)}\n---".encode()
    mac = hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    chunks = [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)] or [b""]
    payload = b"".join(
        cipher.encrypt(number.to_bytes(11, "big") + bytes([number == len(chunks) - 1]), chunk, None)
        for number, chunk in enumerate(chunks)
    )
    return header + b" " + _text(mac).encode() + b"\n" + nonce + payload


@contextmanager
def cheap_seals():
    """Seal with a passphrase at next to no cost; what opens the seal reads the cost from it."""
    with patch("pyrage.passphrase.encrypt", sealed_cheaply):
        yield


def _derived(key, salt, info):
    return HKDF(SHA256(), length=32, salt=salt, info=info).derive(key)


def _text(data):
    return base64.b64encode(data).decode().rstrip("=")
