"""How a file that leaves opens: asked in every form that writes one, and answered in the same way."""

from collections.abc import Mapping
from typing import Final

from coaching.errors import CoachingError
from coaching.formats.sealing import Seal
from coaching.forms.engine.blocks import Block, equals, pick, secret, text, worded
from coaching.forms.engine.values import said
from coaching.i18n import say, to_say
from coaching.workbook.context import Values

OPENS, PASSPHRASE, AGAIN, RECIPIENT = "opens", "passphrase", "again", "recipient"
BY_PASSPHRASE, BY_IDENTITY, PLAIN = "passphrase", "identity", "plain"
#: What belongs to a file alone, and changes nothing of what is in it.
FIELDS: Final = frozenset({OPENS, RECIPIENT})
_WAYS: Final = (
    (PLAIN, to_say("it is open: whoever has the file can read it")),
    (BY_PASSPHRASE, to_say("with a passphrase")),
    (BY_IDENTITY, to_say("for one person alone, by their age1…")),
)
_SEALED: Final = to_say("Sealed, its name ends in .age, and the program age opens it too (age-encryption.org).")
_ITSELF: Final = to_say("With a passphrase it opens in any browser.")
IN_THE_BROWSER: Final = to_say("It goes to your browser’s downloads, unless you name a folder, such as ~/Documents.")
_ANOTHER: Final = to_say("Another than the workbook's. Send it another way than the file, whose name anybody can read.")
_THEIRS: Final = to_say("They find it with ‘coaching identity’; it is no secret.")
_FOR_NOBODY: Final = to_say("Nothing is written: whose age1… it is sealed for is missing.")


class UnsealedError(CoachingError):
    """What a file is to open with is missing."""


def how_it_opens(act: str, *, itself: bool = False) -> list[Block]:
    """Return the fields in which somebody says how a file opens.

    Parameters
    ----------
    act
        The button that writes it.
    itself
        Whether, with a passphrase, the file opens itself in any browser.
    """
    passphrase, identity = [equals(OPENS, BY_PASSPHRASE)], [equals(OPENS, BY_IDENTITY)]
    return [
        pick(OPENS, say("How does it open?"), worded(_WAYS), hint=say(_ITSELF) if itself else say(_SEALED)),
        secret(PASSPHRASE, say("Passphrase of the file"), hint=say(_ANOTHER), when=passphrase),
        secret(AGAIN, say("Repeat it"), act=act, when=passphrase),
        text(RECIPIENT, say("Their age1…"), hint=say(_THEIRS), when=identity),
    ]


def seal_of(values: Values, secrets: Mapping[str, str]) -> Seal | None:
    """Return what a file is to open with; nothing for one that is open.

    Raises
    ------
    UnsealedError
        If what it is to open with is missing, or the two passphrases differ.
    """
    if values[OPENS] == BY_IDENTITY:
        recipients = tuple((said(values, RECIPIENT) or "").replace(",", " ").split())
        if not recipients:
            raise UnsealedError(say(_FOR_NOBODY))
        return Seal(recipients=recipients)
    if values[OPENS] == PLAIN:
        return None
    return Seal(typed_twice(secrets, PASSPHRASE, AGAIN))


def typed_twice(secrets: Mapping[str, str], first: str, again: str) -> str:
    """Return a new passphrase, from the two fields into which it was typed.

    Raises
    ------
    UnsealedError
        If it is missing, or the two differ.
    """
    passphrase = secrets.get(first, "")
    if not passphrase:
        raise UnsealedError(say("Nothing is written: the passphrase of the file is missing."))
    if passphrase != secrets.get(again):
        raise UnsealedError(say("Nothing is written: the two passphrases differ; type both again."))
    return passphrase
