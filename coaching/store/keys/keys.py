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
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from coaching.errors import MistypedKeyError, WrongKeyError
from coaching.i18n import say, to_say

CIPHER = "AES_GCM_V1"
_KEY, _NONCE, _SALT = 32, 12, 16
_PASSPHRASE, _RECOVERY = "passphrase", "recovery"
_NOT_OPENED = {
    _PASSPHRASE: to_say("This passphrase does not open it."),
    _RECOVERY: to_say("This recovery key does not open it."),
}
#: argon2id with 64 MiB and three passes: the second choice of RFC 9106, for machines that do other things too.
_ARGON2 = {"time_cost": 3, "memory_cost": 65536, "parallelism": 4}
#: What a card may make this program spend at most: memory in KiB, and memory times passes, which takes some seconds.
_MOST_MEMORY, _MOST_WORK, _MOST_THREADS = 1 << 20, 1 << 22, 64
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")
#: 28 signs of 5 bits: what nobody can guess, and a person can still write down. One more checks them.
_RECOVERY_SIGNS, _GROUP = 28, 4
#: The polynomial of the field of 32 elements that the signs stand for: x⁵ + x² + 1.
_FIELD, _OVERFLOW = 0b100101, 0b100000

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

    @property
    def leave_for_older(self) -> bytes:
        """The leave to read files of older keys while they are being written anew; none but the newest key gives it."""
        return hmac.digest(self.data[0], b"coaching workbook reads files of older keys", "sha256")

    def rotated(self) -> "Keys":
        """Return the same keys behind a new one."""
        return Keys((*Keys.new().data, *self.data))


PLAIN = Keys()


def new_recovery_key() -> str:
    """Return a random recovery key, as it is written down, without O, I, L and U.

    Seven groups of four signs; behind the last one stands the sign that checks them all.
    """
    signs = "".join(secrets.choice(_SIGNS) for _ in range(_RECOVERY_SIGNS))
    return "-".join(signs[at : at + _GROUP] for at in range(0, _RECOVERY_SIGNS, _GROUP)) + _check_sign(signs)


def check_recovery_key(recovery_key: str) -> None:
    """Refuse a recovery key that was copied wrongly: with a wrong sign, with one too many, or two that changed places.

    One of an earlier version has 28 signs and none that checks them: of such a one it cannot be told. What has quite
    another length is no recovery key at all, and opens nothing.

    Raises
    ------
    MistypedKeyError
        If it is mistyped; the sentence says how, as far as that is known.
    """
    signs = _signs(recovery_key)
    whole = _RECOVERY_SIGNS + 1
    if len(signs) in {_RECOVERY_SIGNS - 1, whole + 1}:
        raise MistypedKeyError(
            "A recovery key has {whole} signs, and this one has {count}; nothing was changed; look at it once more.",
            whole=whole,
            count=len(signs),
        )
    is_wrong = len(signs) == whole and _check_sign(signs[:-1]) != signs[-1]
    if is_wrong or (len(signs) in {_RECOVERY_SIGNS, whole} and not set(signs) <= set(_SIGNS)):
        raise MistypedKeyError(
            "One sign of this recovery key is mistyped, or two have changed places; nothing was changed; look at it "
            "once more."
        )


def excess(lock: Any) -> str | None:
    """Return what of this machine the lock of a passphrase asks too much of, if it does.

    Who can change the card could otherwise let everybody who opens the workbook wait, or take all their memory.

    Examples
    --------
    >>> excess({"time_cost": 1, "memory_cost": 4 * 1024 * 1024, "parallelism": 4})
    '1 GiB of memory'
    """
    costs = lock if isinstance(lock, Mapping) else {}
    passes, memory, threads = (_whole(costs.get(name)) for name in ("time_cost", "memory_cost", "parallelism"))
    if memory > _MOST_MEMORY:
        return say("1 GiB of memory")
    if passes * max(memory, 1) > _MOST_WORK:
        return say("some seconds of work")
    return say("{count} threads", count=_MOST_THREADS) if threads > _MOST_THREADS else None


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


def wrap_secret(secret: str, keys: Keys, place: str) -> Lock:
    """Return a secret, locked by the data key itself, as ``workbook.json`` holds it."""
    nonce = secrets.token_bytes(_NONCE)
    locked = AESGCM(_for_secrets(keys.data[0])).encrypt(nonce, secret.encode(), place.encode())
    return {"nonce": _text(nonce), "secret": _text(locked)}


def unwrap_secret(lock: Any, keys: Keys, place: str) -> str:
    """Return a secret that one of the data keys locked.

    Raises
    ------
    WrongKeyError
        If none of them opens it, for whatever reason.
    """
    for key in keys.data:
        with suppress(InvalidTag, LookupError, TypeError, ValueError):
            nonce, locked = _bytes(lock["nonce"]), _bytes(lock["secret"])
            return AESGCM(_for_secrets(key)).decrypt(nonce, locked, place.encode()).decode()
    raise WrongKeyError("No key of this workbook opens it.")


def _for_secrets(key: bytes) -> bytes:
    """Return the key that secrets are locked with: never the one that files are."""
    return hmac.digest(key, b"coaching workbook secrets", "sha256")


def _wrapped(keys: Keys, key: bytes, place: str) -> dict[str, str]:
    nonce = secrets.token_bytes(_NONCE)
    return {"nonce": _text(nonce), "keys": _text(AESGCM(key).encrypt(nonce, b"".join(keys.data), place.encode()))}


def _unwrapped(lock: Lock, secret: str, place: str, name: str) -> Keys:
    derive = {_PASSPHRASE: _from_passphrase, _RECOVERY: _from_recovery_key}[name]
    try:
        key, nonce, locked = derive(secret, lock), _bytes(lock["nonce"]), _bytes(lock["keys"])
        plain = AESGCM(key).decrypt(nonce, locked, f"{place}/{name}".encode())
    except (InvalidTag, ArithmeticError, LookupError, TypeError, ValueError):
        raise WrongKeyError(_NOT_OPENED[name]) from None
    return Keys(tuple(plain[at : at + _KEY] for at in range(0, len(plain), _KEY)))


def _from_passphrase(passphrase: str, lock: Lock) -> bytes:
    cost = {name: int(lock[name]) for name in _ARGON2}
    if excess(cost) or min(cost.values()) <= 0:
        raise ValueError
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    try:
        return hash_secret_raw(typed, _bytes(lock["salt"]), hash_len=_KEY, type=Type.ID, **cost)
    except HashingError:
        raise ValueError from None


def _from_recovery_key(recovery_key: str, lock: Lock) -> bytes:
    derived = HKDF(SHA256(), length=_KEY, salt=_bytes(lock["salt"]), info=b"coaching workbook recovery key")
    return derived.derive(_signs(recovery_key).encode())


def _signs(recovery_key: str) -> str:
    """Return the signs of a recovery key, however it was written down."""
    return "".join(sign for sign in recovery_key.upper().translate(_LOOKALIKES) if sign.isalnum())


def _check_sign(signs: str) -> str:
    """Return the sign that checks others: in the field of 32 elements the sum of each times a power of 2 of its own.

    No two of these powers are the same, so that no wrong sign, and no two that have changed places, go unnoticed.
    """
    total = 0
    for sign in signs:
        total = _doubled(total ^ max(_SIGNS.find(sign), 0))
    return _SIGNS[total]


def _doubled(element: int) -> int:
    doubled = element << 1
    return doubled ^ _FIELD if doubled & _OVERFLOW else doubled


def _whole(value: Any) -> float:
    """Return a number of the card; 0 for what is none, which opens nothing anyway."""
    return value if isinstance(value, int | float) and value == value else 0  # noqa: PLR0124 - no number equals NaN


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError from None
