"""Files in the age format, written by the book (age-encryption.org/v1) and cheap to open, out of counted numbers."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = b"age-encryption.org/v1"
_CHUNK = 64 * 1024
_SIGNS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


@dataclass(frozen=True)
class Stanza:
    """How one passphrase, or one recipient, gets the key of the file."""

    arguments: bytes
    body: bytes

    def encode(self) -> bytes:
        """Return it as it stands in the header."""
        return b"-> " + self.arguments + b"\n" + _base64(self.body) + b"\n"


def by_passphrase(file_key: bytes, passphrase: str, work: bytes = b"1") -> Stanza:
    """Return the stanza of a passphrase; one that says of itself to cost more costs as little."""
    salt = secrets.token_bytes(16)
    wrapping = hashlib.scrypt(
        passphrase.encode(), salt=_VERSION + b"/scrypt" + salt, n=2 ** min(int(work), 10), r=8, p=1, dklen=32
    )
    return Stanza(b"scrypt " + _base64(salt) + b" " + work, _wrapped(wrapping, file_key))


def by_identity(file_key: bytes, secret: bytes) -> Stanza:
    """Return the stanza of the recipient whose identity has these 32 bytes."""
    ephemeral = X25519PrivateKey.from_private_bytes(secrets.token_bytes(32))
    recipient = X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    share = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(recipient))
    wrapping = _derived(shared, share + recipient, _VERSION + b"/X25519")
    return Stanza(b"X25519 " + _base64(share), _wrapped(wrapping, file_key))


def sealed(content: bytes, file_key: bytes, *stanzas: Stanza) -> bytes:
    """Return the bytes of a sealed file."""
    header = _VERSION + b"\n" + b"".join(stanza.encode() for stanza in stanzas) + b"---"
    sign = hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")
    nonce = secrets.token_bytes(16)
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    chunks = [content[at : at + _CHUNK] for at in range(0, len(content), _CHUNK)] or [b""]
    payload = b"".join(
        cipher.encrypt(number.to_bytes(11) + bytes([number == len(chunks) - 1]), chunk, None)
        for number, chunk in enumerate(chunks)
    )
    return header + b" " + _base64(sign) + b"\n" + nonce + payload


def armored(data: bytes) -> bytes:
    """Return a sealed file in letters."""
    letters = base64.b64encode(data)
    lines = [letters[at : at + 64] for at in range(0, len(letters), 64)]
    return b"\n".join([b"-----BEGIN AGE ENCRYPTED FILE-----", *lines, b"-----END AGE ENCRYPTED FILE-----", b""])


def identity(secret: bytes) -> str:
    """Return 32 bytes as age writes an identity (Bech32)."""
    bits = "".join(f"{byte:08b}" for byte in secret)
    data = [int(bits[at : at + 5].ljust(5, "0"), 2) for at in range(0, len(bits), 5)]
    name = "age-secret-key-"
    expanded = [ord(sign) >> 5 for sign in name] + [0] + [ord(sign) & 31 for sign in name]
    check = _polymod([*expanded, *data, *[0] * 6]) ^ 1
    data += [(check >> 5 * (5 - place)) & 31 for place in range(6)]
    return f"{name}1{''.join(_SIGNS[number] for number in data)}".upper()


def _polymod(values: list[int]) -> int:
    total = 1
    for value in values:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            total ^= generator if top >> place & 1 else 0
    return total


def _wrapped(key: bytes, file_key: bytes) -> bytes:
    return ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=salt, info=info).derive(secret)


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")
