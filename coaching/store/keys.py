"""The keys of a workbook, and how a passphrase and a recovery key lock them up.

The files are encrypted with a random data key, which no passphrase ever replaces: it stands in ``workbook.json`` twice,
locked once by the passphrase and once by the recovery key. So a new passphrase changes one small file.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coaching.exceptions import WrongKeyError

CIPHER = "AES_GCM_V1"
_KEY, _NONCE, _SALT = 32, 12, 16
_PASSPHRASE, _RECOVERY = "passphrase", "recovery"
#: argon2id with 64 MiB and three passes: the second choice of RFC 9106, for machines that do other things too.
_ARGON2 = {"time_cost": 3, "memory_cost": 65536, "parallelism": 4}
#: What a changed card may make this program spend at most, in argon2's own units.
_ARGON2_LIMITS = {"time_cost": 64, "memory_cost": 4 * 1024 * 1024, "parallelism": 64}
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")
#: 28 signs of 5 bits: what nobody can guess, and a person can still write down.
_RECOVERY_SIGNS, _GROUP = 28, 4

Lock = Mapping[str, Any]


class DataKey(bytes):
    """The bytes of a key, which a notebook's cell does not show by accident."""

    def __repr__(self) -> str:
        """Say what this is, and nothing of it."""
        return "<the key of a workbook>"

    __str__ = __repr__


@dataclass(frozen=True, repr=False)
class Keys:
    """The data keys of a workbook, the one to write with first; older ones still read what they wrote.

    Without any, files are plain.
    """

    data: tuple[bytes, ...] = ()

    @classmethod
    def new(cls) -> "Keys":
        """Return one new random key."""
        return cls((secrets.token_bytes(_KEY),))

    @property
    def name(self) -> str | None:
        """What tells the key to write with from others; none without a key. It says nothing of the key."""
        return hashlib.sha256(b"coaching workbook key name" + self.data[0]).hexdigest()[:8] if self.data else None

    @property
    def leaves_for_plain(self) -> tuple[bytes, ...]:
        """What nobody without a key can write: the leave to read plain files while they are being encrypted."""
        return tuple(hmac.digest(key, b"coaching workbook reads plain files", "sha256") for key in self.data)

    def rotated(self) -> "Keys":
        """Return the same keys behind a new one."""
        return Keys((*Keys.new().data, *self.data))


PLAIN = Keys()


def new_recovery_key() -> str:
    """Return a random recovery key, as it is written down: seven groups of four signs, without O, I and L."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(_RECOVERY_SIGNS))
    return "-".join(signs[at : at + _GROUP] for at in range(0, _RECOVERY_SIGNS, _GROUP))


def lock_with_passphrase(keys: Keys, passphrase: str, place: str) -> Lock:
    """Return the keys, locked by a passphrase, as ``workbook.json`` holds them.

    Parameters
    ----------
    keys
        The keys.
    passphrase
        Any text; how its accents were typed makes no difference.
    place
        What the lock belongs to; with any other it does not open.
    """
    lock: dict[str, Any] = {"derivation": "argon2id", **_ARGON2, "salt": _text(secrets.token_bytes(_SALT))}
    return lock | _wrapped(keys, _from_passphrase(passphrase, lock), f"{place}/{_PASSPHRASE}")


def lock_with_recovery_key(keys: Keys, recovery_key: str, place: str) -> Lock:
    """Return the keys, locked by a recovery key, as ``workbook.json`` holds them."""
    lock: dict[str, Any] = {"derivation": "HKDF-SHA256", "salt": _text(secrets.token_bytes(_SALT))}
    return lock | _wrapped(keys, _from_recovery_key(recovery_key, lock), f"{place}/{_RECOVERY}")


def open_with_passphrase(lock: Lock, passphrase: str, place: str) -> Keys:
    """Return the keys that a passphrase locked.

    Raises
    ------
    WrongKeyError
        If it does not open them, for whatever reason: no more is said.
    """
    return _unwrapped(lock, passphrase, place, _PASSPHRASE)


def open_with_recovery_key(lock: Lock, recovery_key: str, place: str) -> Keys:
    """Return the keys that a recovery key locked.

    Raises
    ------
    WrongKeyError
        If it does not open them, for whatever reason: no more is said.
    """
    return _unwrapped(lock, recovery_key, place, _RECOVERY)


def _wrapped(keys: Keys, key: bytes, place: str) -> dict[str, str]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - only locks need it

    nonce = secrets.token_bytes(_NONCE)
    return {"nonce": _text(nonce), "keys": _text(AESGCM(key).encrypt(nonce, b"".join(keys.data), place.encode()))}


def _unwrapped(lock: Lock, secret: str, place: str, name: str) -> Keys:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - only locks need it
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - only locks need it

    derive = {_PASSPHRASE: _from_passphrase, _RECOVERY: _from_recovery_key}[name]
    try:
        key, nonce, locked = derive(secret, lock), _bytes(lock["nonce"]), _bytes(lock["keys"])
        found = AESGCM(key).decrypt(nonce, locked, f"{place}/{name}".encode())
    except (InvalidTag, ArithmeticError, LookupError, TypeError, ValueError):
        raise WrongKeyError(f"This {name.replace('recovery', 'recovery key')} does not open it.") from None
    return Keys(tuple(found[at : at + _KEY] for at in range(0, len(found), _KEY)))


def _from_passphrase(passphrase: str, lock: Lock) -> bytes:
    from argon2.exceptions import HashingError  # noqa: PLC0415 - only locks need it
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 - only locks need it

    cost = {name: int(lock[name]) for name in _ARGON2}
    if any(not 0 < value <= _ARGON2_LIMITS[name] for name, value in cost.items()):
        raise ValueError
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    try:
        return hash_secret_raw(typed, _bytes(lock["salt"]), hash_len=_KEY, type=Type.ID, **cost)
    except HashingError:
        raise ValueError from None


def _from_recovery_key(recovery_key: str, lock: Lock) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - only locks need it
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - only locks need it

    signs = "".join(sign for sign in recovery_key.upper().translate(_LOOKALIKES) if sign.isalnum())
    derived = HKDF(SHA256(), length=_KEY, salt=_bytes(lock["salt"]), info=b"coaching workbook recovery key")
    return derived.derive(signs.encode())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError from None
