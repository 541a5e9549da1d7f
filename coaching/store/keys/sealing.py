"""What stays in memory alone while a workbook is locked, encrypted with the key of that workbook."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


def seal(words: str, key: bytes | None, workbook: str) -> bytes | None:
    """Return words that only who has the key of a workbook can read; nothing if it has none."""
    if key is None:
        return None
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, words.encode(), _place(workbook))


def unseal(sealed: bytes, key: bytes | None, workbook: str) -> str | None:
    """Return the words again; nothing if the workbook has another key by now, or none."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _place(workbook)).decode() if key else None
    except InvalidTag:
        return None


def _place(workbook: str) -> bytes:
    return f"coaching workbook, in memory/{workbook}".encode()
