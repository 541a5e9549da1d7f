"""How a file that leaves is sealed: the options that several commands have, and what is said of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from coaching.cli import options
from coaching.cli.ask import page_passphrase, seal_passphrase
from coaching.formats.sealing import Seal, check_recipients, how_to_open, is_sealed_name, sealed_name
from coaching.i18n import say
from coaching.text import one_line
from coaching.workbook.handouts import opens_itself
from coaching.workbook.workbook import Workbook

Recipients = Annotated[
    list[str] | None,
    typer.Option(
        "--recipient",
        metavar="RECIPIENT",
        help="Seal it for whoever has this identity ('coaching identity' shows theirs), in place of a passphrase. Once "
        "for each.",
    ),
]
Unsealed = Annotated[
    bool, typer.Option("--plain", metavar="", help="Do not seal it: whoever gets at the file can read it.")
]


@dataclass(frozen=True, repr=False)
class Outgoing:
    """A file that is to be written, and how it is to open.

    Attributes
    ----------
    file
        What it will be called.
    recipients
        For whom it is sealed; with none, it opens with a passphrase.
    is_open
        Whether whoever has it can read it.
    """

    file: Path
    recipients: tuple[str, ...] = ()
    is_open: bool = False

    def seal(self, workbook: Workbook) -> Seal | None:
        """Return what opens it; for a passphrase, somebody is asked.

        Raises
        ------
        CoachingError
            If nobody can be asked, or what was given is easy to guess.
        """
        if self.is_open or self.recipients:
            return None if self.is_open else Seal(recipients=self.recipients)
        ask = page_passphrase if opens_itself(self.file, Seal()) else seal_passphrase
        return Seal(ask(lambda typed: workbook.handouts.check_seal(Seal(typed))))

    def tell(self) -> None:
        """Say how it is opened, and what to take care of."""
        if is_sealed_name(self.file):
            typer.echo(one_line(how_to_open(self.file, by_identity=bool(self.recipients))))
        if not self.is_open and not self.recipients:
            typer.echo(say("Its name can be read by anybody; send the passphrase another way than the file."))


def outgoing(file: Path, recipients: list[str] | None, *, plain: bool, sealed: bool = True) -> Outgoing:
    """Return how a file leaves: sealed, with its name saying so, unless it is to be plain.

    Parameters
    ----------
    file
        Its name, with ``.age`` behind it or without.
    recipients
        For whom; with none, it opens with a passphrase.
    plain
        Whether somebody said that it is not to be sealed.
    sealed
        Whether it is sealed although neither its name nor a recipient says so.

    Raises
    ------
    BadParameter
        If a recipient is none, or it is to be sealed and plain.
    """
    if plain and (recipients or is_sealed_name(file)):
        raise typer.BadParameter(say("a file that is sealed is not plain: leave --plain out, or all that seals it"))
    if plain or not (sealed or recipients or is_sealed_name(file)):
        return Outgoing(file, is_open=True)
    seal = Seal(recipients=tuple(recipients or ()))
    with options.value_of("--recipient"):
        check_recipients(seal.recipients)
    return Outgoing(file if opens_itself(file, seal) else sealed_name(file), seal.recipients)
