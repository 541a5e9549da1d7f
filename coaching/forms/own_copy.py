"""Giving the coachee their own copy: asked for in the same way wherever it can be given."""

from collections.abc import Mapping
from typing import Final

from coaching.errors import WeakPassphraseError
from coaching.formats.sealing import Seal
from coaching.forms.engine.blocks import Block, act, pick, prose, secret, text
from coaching.forms.sealing import UnsealedError, typed_twice
from coaching.i18n import say
from coaching.workbook.context import Values
from coaching.workbook.copies import Copies, Outgoing, Written

FILE, LANGUAGE, PASSPHRASE, AGAIN = "own_file", "own_language", "own_passphrase", "own_again"
GIVE = "give_own_copy"
#: What belongs to this file alone, and changes nothing else of a form.
FIELDS: Final = frozenset({FILE, LANGUAGE})


class GivingOwnCopy:
    """The fields by which somebody gives the coachee their own copy, and what comes of them.

    Parameters
    ----------
    copies
        The workbooks that it is written from.
    """

    def __init__(self, copies: Copies) -> None:
        self._copies = copies

    def __repr__(self) -> str:
        """Say what this is, and nothing of it."""
        return "<how an own copy is given>"

    def title(self, workbook: str) -> str:
        """Return what the button, or the heading, is called; nothing where the copy at hand is the coachee's own."""
        offered = self._copies.offered(workbook)
        return say("Give {name} their own copy", name=offered.reader) if offered.own_file else ""

    def begun(self, workbook: str) -> dict[str, str]:
        """Return what stands in the fields to begin with."""
        offered = self._copies.offered(workbook)
        return {FILE: offered.own_file, LANGUAGE: offered.languages[0][0]}

    def blocks(self, workbook: str) -> list[Block]:
        """Return the fields, and the button that writes the file."""
        offered = self._copies.offered(workbook)
        lead = say(
            "One file in which {name} reads the plan and writes on in it: with any browser, also on a phone, without "
            "any network, and with nothing to install. What they write comes back to you only when they send it.",
            name=offered.reader,
        )
        where = say("It goes to your browser’s downloads, unless you name a folder, such as ~/Documents.")
        theirs = say(
            "{name} opens it with this. Tell it to them another way than you send the file.", name=offered.reader
        )
        return [
            prose(lead, tone="hint"),
            text(FILE, say("Name of the file"), hint=where),
            pick(LANGUAGE, say("Language"), offered.languages),
            secret(PASSPHRASE, say("Passphrase of the file"), hint=theirs),
            secret(AGAIN, say("Repeat it"), act=GIVE),
            act(GIVE, say("Write the file")),
        ]

    def give(self, workbook: str, values: Values, secrets: Mapping[str, str]) -> Written:
        """Write the file, or give it to the browser, and say where it is.

        Raises
        ------
        UnsealedError
            If the passphrase is missing, or the two differ.
        CoachingError
            If the passphrase is easy to guess, the file is there already, or it cannot be written.
        """
        passphrase = typed_twice(secrets, PASSPHRASE, AGAIN)
        return self._copies.give_own(workbook, Outgoing(values[FILE], "", values[LANGUAGE], Seal(passphrase)))


def field_of(problem: Exception) -> str:
    """Return the field by which it is said why the file was not written."""
    return PASSPHRASE if isinstance(problem, UnsealedError | WeakPassphraseError) else FILE
