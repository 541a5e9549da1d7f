"""Sealed files in the age format (age-encryption.org/v1), which the program ``age`` and others make and open as well.

What is opened stays in memory: no byte of it is written to the disk.
"""

import base64
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyrage

from coaching.errors import CoachingError
from coaching.i18n import say, to_say

#: What the name of a sealed file ends in, after the ending that says what is in it.
ENDING: Final = ".age"
_BEGINNINGS: Final = (b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----")
_LAST_LINE: Final = b"-----END AGE ENCRYPTED FILE-----"
_ARMOR_WIDTH: Final = 64
#: The header of a file that a passphrase opens; how much work a passphrase is stands in it, to be known before.
_BY_PASSPHRASE: Final = b"-> scrypt "
_HEADER: Final = re.compile(rb"-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)\n[A-Za-z0-9+/]{43}\n--- [A-Za-z0-9+/]{43}\n")
#: scrypt takes two to the power of this many KiB. age itself writes 18 (256 MB); the fastest computers of today, asked
#: for a second of work, 21 (2 GB). More is what a file would do to a computer that somebody means to bring down.
_MOST_WORK: Final = 21
#: What age writes; less comes of a computer that was busy in the moment in which its speed was measured.
_USUAL_WORK: Final = 18
_TRIES: Final = 3
_TOO_MUCH_WORK: Final = "Excessive work"
_NOT_OPENED: Final = "Decryption failed"
_NO_IDENTITY: Final = "No matching keys found"
_ANEW: Final = to_say("Have it sent again, or sealed again")
_FOR_ME: Final = to_say(
    "Have it sealed for the recipient that 'coaching identity NAME' shows; if that workbook is locked, give its "
    "passphrase first"
)


class UnopenedError(Exception):
    """A sealed file cannot be opened.

    Parameters
    ----------
    problem
        What is wrong, in words that follow the name of the file.
    advice
        What to do next, a sentence without its full stop.
    """

    def __init__(self, problem: str, advice: str) -> None:
        super().__init__(problem)
        self.problem, self.advice = problem, advice


@dataclass(frozen=True, repr=False)
class Seal:
    """What opens a sealed file: a passphrase, or the identity of any of its recipients.

    Parameters
    ----------
    passphrase
        Any text that can be typed on one line.
    recipients
        As age writes them: ``age1…``. With any, there is no passphrase.
    """

    passphrase: str | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class SealKeys:
    """What is there to open sealed files with.

    Parameters
    ----------
    passphrase
        Asked for one if a passphrase opens it.
    identities
        Those that are kept here, as age writes them.
    """

    passphrase: Callable[[], str | None] = lambda: None
    identities: tuple[str, ...] = ()


def sealed_name(file: Path) -> Path:
    """Return what a file is called once it is sealed: what it was called, and ``.age`` behind that.

    Examples
    --------
    >>> sealed_name(Path("plan.zip")).name, sealed_name(Path("plan.zip.age")).name
    ('plan.zip.age', 'plan.zip.age')
    """
    return file if is_sealed_name(file) else file.with_name(f"{file.name}{ENDING}")


def is_sealed_name(file: Path) -> bool:
    """Tell whether a file's name says that it is sealed."""
    return file.suffix.lower() == ENDING


def inner_name(file: Path) -> Path:
    """Return what a file is called once it is opened.

    Examples
    --------
    >>> inner_name(Path("plan.zip.age")).name, inner_name(Path("plan.zip")).name
    ('plan.zip', 'plan.zip')
    """
    return file.with_suffix("") if is_sealed_name(file) else file


def how_to_open(file: Path, *, by_identity: bool = False) -> str:
    """Return the sentence that says how a sealed file is opened without this program.

    Parameters
    ----------
    file
        The sealed file.
    by_identity
        Whether a recipient's identity opens it, which then lies in the file KEY, and no passphrase.
    """
    inner = inner_name(file)
    command = f"age -d {'-i KEY ' if by_identity else ''}-o {inner.name} {file.name}"
    if inner.suffix.lower() == ".zip":
        return say(
            "Without this program: '{command}' (age-encryption.org) opens it, then any zip tool.", command=command
        )
    return say("Without this program: '{command}' (age-encryption.org) opens it.", command=command)


def seal(content: bytes, by: Seal) -> bytes:
    """Return the bytes of a sealed file. Two calls never give the same: its key is random.

    Raises
    ------
    CoachingError
        If a recipient is none, or the passphrase holds what cannot be typed on one line.
    """
    if not by.recipients:
        return _sealed_by_passphrase(content, by.passphrase or "")
    return bytes(pyrage.encrypt(content, [_recipient(one) for one in by.recipients]))


def check_recipients(recipients: Sequence[str]) -> None:
    """Refuse what is no recipient.

    Raises
    ------
    CoachingError
        Naming it.
    """
    for one in recipients:
        _recipient(one)


def is_sealed(content: bytes) -> bool:
    """Tell whether bytes begin as a sealed file does, whatever its name."""
    return content.lstrip().startswith(_BEGINNINGS)


def unseal(content: bytes, keys: SealKeys) -> bytes:
    """Return what is in a sealed file.

    Raises
    ------
    UnopenedError
        If nothing that is there opens it, or it is damaged.
    """
    try:
        binary = _without_armor(content) if content.lstrip().startswith(_BEGINNINGS[1]) else content
        if binary.startswith(_BY_PASSPHRASE, len(_BEGINNINGS[0])):
            return _opened_by_passphrase(binary, keys.passphrase)
        return bytes(pyrage.decrypt(binary, list(map(pyrage.x25519.Identity.from_str, keys.identities))))
    except (pyrage.DecryptError, ValueError) as error:
        if _NO_IDENTITY in str(error):
            raise UnopenedError(to_say("it is sealed for somebody whose identity is not here"), _FOR_ME) from None
        raise UnopenedError(to_say("it is sealed, and damaged or was changed on its way"), _ANEW) from None


def new_identity() -> str:
    """Return a new identity, as age writes it: whoever has it opens what is sealed for its recipient."""
    return str(pyrage.x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """Return whom to seal a file for, so that an identity opens it: ``age1…``. It says nothing of the identity."""
    return str(pyrage.x25519.Identity.from_str(identity).to_public())


def _recipient(text: str) -> object:
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        raise CoachingError(
            "'{text}' is no recipient: one begins with age1 and has 62 letters and digits. 'coaching "
            "identity' shows it to whoever is to open the file; nothing was written.",
            text=text,
        ) from None


def _sealed_by_passphrase(content: bytes, passphrase: str) -> bytes:
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in passphrase):
        raise CoachingError(
            "This passphrase holds a line break or another sign that nobody can type; nothing was written."
        )
    made: list[bytes] = []
    while len(made) < _TRIES and not any(_work_factor(one) >= _USUAL_WORK for one in made):
        made.append(pyrage.passphrase.encrypt(content, unicodedata.normalize("NFC", passphrase)))
    return max(made, key=_work_factor)


def _opened_by_passphrase(content: bytes, ask: Callable[[], str | None]) -> bytes:
    work = _work_factor(content)
    if work > _MOST_WORK:
        raise _too_much_work(work)
    passphrase = ask()
    if not passphrase:
        raise UnopenedError(
            to_say("it is sealed with a passphrase, and none was given"), to_say("Ask whoever has sealed it for it")
        )
    # As it is sealed here; and as it was typed, which is how another program may have sealed it.
    for spelt in dict.fromkeys((unicodedata.normalize("NFC", passphrase), passphrase)):
        for _ in range(_TRIES):  # a computer that is busy just now takes itself for too slow
            try:
                return bytes(pyrage.passphrase.decrypt(content, spelt))
            except pyrage.DecryptError as error:
                if _TOO_MUCH_WORK in str(error):
                    continue
                if _NOT_OPENED not in str(error):
                    raise
                break
        else:
            raise _too_much_work(work)
    raise UnopenedError(
        to_say("this passphrase does not open it"), to_say("Type it again, or ask whoever has sealed the file for it")
    )


def _work_factor(content: bytes) -> int:
    """Return how much work trying a passphrase is, as a power of two.

    Raises
    ------
    ValueError
        If the header is not that of a file which one passphrase opens, and nothing else.
    """
    header = _HEADER.match(content, len(_BEGINNINGS[0]))
    if header is None:
        raise ValueError
    return int(header[1])


def _without_armor(content: bytes) -> bytes:
    """Return the bytes of a file that is written in letters, as mails want it.

    Raises
    ------
    ValueError
        If it is not written as the format says.
    """
    lines = content.strip().replace(b"\r\n", b"\n").split(b"\n")
    binary = base64.b64decode(b"".join(lines[1:-1]), validate=True)
    letters = base64.b64encode(binary)
    wanted = [letters[at : at + _ARMOR_WIDTH] for at in range(0, len(letters), _ARMOR_WIDTH)]
    if lines != [_BEGINNINGS[1], *wanted, _LAST_LINE]:
        raise ValueError
    return binary


def _too_much_work(work: int) -> UnopenedError:
    return UnopenedError(
        say(
            "trying a passphrase on it takes more work than this computer should be asked for (work factor {work})",
            work=work,
        ),
        to_say("Have it sealed again, or open it with the program age if you trust whoever has sent it"),
    )
