"""A page that opens with a passphrase: encrypted into one HTML file that opens itself, in any browser, without network.

The form around it is the same for every page and speaks every language, so that nothing of the page shows before. In
the element ``locked`` stand, line by line: the parameters as JSON; the SHA-256 of them and what follows, which tells a
damaged file from a wrong passphrase; and, in base64, the page, encrypted with AES-256-GCM. The parameters, as they
stand there, are its additional data. Its key is the PBKDF2-HMAC-SHA-256 of the passphrase (NFKC, UTF-8): browsers have
no argon2. Encrypted are four bytes, the length of the page (big-endian), the page in UTF-8, and zeros up to the length
of many other pages.
"""

import base64
import hashlib
import json
import secrets
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from markupsafe import Markup

from coaching.errors import CoachingError
from coaching.i18n import LANGUAGES, say, speaking
from coaching.model.strength import check_passphrase
from coaching.pages.rendering import render

#: OWASP's Password Storage Cheat Sheet (2023) asks for 600,000 or more of HMAC-SHA-256; a file that left stays away.
ITERATIONS: Final = 1_000_000

_KEY, _SALT, _NONCE, _LENGTH = 32, 16, 12, 4
#: Pages of a year, long or short, are of one size; larger ones double it.
_SMALLEST_CLASS: Final = 256 * 1024
_UNTYPED: Final = frozenset({"Cc", "Cs"})


def protect(page: str, passphrase: str) -> str:
    """Return a page as an HTML file that shows it to those who know a passphrase, and nothing of it to others.

    Two calls never give the same file: salt and nonce are random. Where its script cannot run, the file says how to
    open it.

    Parameters
    ----------
    page
        A finished HTML file without scripts; its own content policy holds once it is open.
    passphrase
        Any text that can be typed; how its accents are typed makes no difference.

    Returns
    -------
    str
        The file. Its length is one of few: 256 KiB, or the double of it as often as needed, as base64.

    Raises
    ------
    CoachingError
        If the passphrase is easy to guess, or holds what cannot be typed into the field.
    """
    sheet, script = _file("protected.css"), _file("protected.js")
    titles, doors = zip(*map(_door, LANGUAGES), strict=True)
    # These are our own files and what they are hashed for, nobody's words.
    return render(
        "protected.html.jinja",
        first_language=LANGUAGES[0],
        title=" · ".join(dict.fromkeys(titles)),
        policy=_policy(sheet, script),
        style=Markup(sheet),  # noqa: S704
        script=Markup(script),  # noqa: S704
        doors=doors,
        locked=Markup(_locked(page.encode(), _typed(passphrase))),  # noqa: S704
    )


def _typed(passphrase: str) -> bytes:
    check_passphrase(passphrase)
    if any(unicodedata.category(sign) in _UNTYPED for sign in passphrase):
        raise CoachingError("This passphrase holds a line break or another sign that nobody can type into a field.")
    return unicodedata.normalize("NFKC", passphrase).encode()


def _locked(page: bytes, passphrase: bytes) -> str:
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    parameters = json.dumps(
        {
            "version": 1,
            "derivation": "PBKDF2-HMAC-SHA-256",
            "iterations": ITERATIONS,
            "salt": _text(salt),
            "cipher": "AES-256-GCM",
            "nonce": _text(nonce),
        }
    )
    key = hashlib.pbkdf2_hmac("sha256", passphrase, salt, ITERATIONS, _KEY)
    locked = _text(AESGCM(key).encrypt(nonce, _padded(page), parameters.encode()))
    return "\n".join((parameters, _digest(parameters + locked), locked))


def _padded(page: bytes) -> bytes:
    framed = len(page).to_bytes(_LENGTH) + page
    size = _SMALLEST_CLASS
    while size < len(framed):
        size *= 2
    return framed.ljust(size, b"\0")


def _door(language: str) -> tuple[str, Markup]:
    with speaking(language):
        door = render("protected_door.html.jinja").rstrip()
        return say("A protected page"), Markup(door)  # noqa: S704 - finished HTML


def _policy(sheet: str, script: str) -> str:
    return (
        f"default-src 'none'; script-src 'sha256-{_digest(script)}'; style-src 'sha256-{_digest(sheet)}'; "
        "connect-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return _text(hashlib.sha256(text.encode()).digest())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


@cache
def _file(name: str) -> str:
    return files("coaching.pages.protected").joinpath(name).read_text(encoding="utf-8")
