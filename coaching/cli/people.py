"""The command that says what somebody is called."""

from typing import Annotated

import typer

from coaching.cli import options
from coaching.cli.app import app
from coaching.cli.common import HomeOption, Name, found, takes_passphrase
from coaching.i18n import say
from coaching.model.vocabulary import Side
from coaching.text import one_line


@app.command()
@takes_passphrase
def rename(
    name: Name,
    called: Annotated[
        str,
        typer.Option(parser=options.words, metavar="WORDS", help="What they are called by, as forms will say it."),
    ],
    home: HomeOption = None,
    *,
    coach: Annotated[bool, typer.Option("--coach", metavar="", help="It is the coach who is called so.")] = False,
) -> None:
    workbook = found(name, home)
    workbook.rename(Side.COACH if coach else Side.COACHEE, called)
    typer.echo(say("Forms say “{called}” from now on; the full name stays as it is.", called=one_line(called)))
