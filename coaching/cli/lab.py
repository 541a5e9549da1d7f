"""The commands that open JupyterLab, look whether it can be opened, and lock what is open in it."""

import math
from typing import Annotated

import typer

from coaching import jupyter
from coaching.cli import options
from coaching.cli.app import app
from coaching.cli.common import HomeOption, Language, takes_passphrase, tell_import
from coaching.i18n import say, speaking
from coaching.text import one_line
from coaching.workbook.environment import LOCK_AFTER, set_lock_after
from coaching.workbook.home import Home


def _minutes(minutes: float | None) -> float | None:
    if minutes is not None and not 0 < minutes < math.inf:
        raise typer.BadParameter(say("write a number of minutes, such as 15"))
    return minutes


@app.command(context_settings={"allow_extra_args": True})
@takes_passphrase
def lab(  # noqa: PLR0913 - what can be said of how it is opened
    context: typer.Context,
    home: HomeOption = None,
    *,
    demo: Annotated[bool, typer.Option("--demo", metavar="", help="Bring in the two invented pairs first.")] = False,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", metavar="", help="Print the address instead of opening it.")
    ] = False,
    port: Annotated[int, typer.Option(parser=options.port, metavar="NUMBER", help="Port of the local server.")] = 8888,
    app: Annotated[
        bool, typer.Option("--app", metavar="", help="The session alone, without JupyterLab round it; needs Voilà.")
    ] = False,
    review: Annotated[bool, typer.Option("--review", metavar="", help="Open the review of a quarter.")] = False,
    full: Annotated[
        bool, typer.Option("--full", metavar="", help="Show all of JupyterLab round the notebook from the beginning.")
    ] = False,
    lock_after: Annotated[
        float | None,
        typer.Option(
            metavar="MINUTES", help=f"Lock when nobody was there for so long; default: {LOCK_AFTER}.", callback=_minutes
        ),
    ] = None,
) -> None:
    place = Home(home)
    if lock_after:
        set_lock_after(lock_after)
    if demo:
        for brought in place.demo_pairs():
            tell_import(brought)
    jupyter.open_lab(place, browser=not no_browser, port=port, app=app, review=review, full=full, more=context.args)


@app.command()
def doctor(home: HomeOption = None, *, language: Language = None) -> None:
    with speaking(language):
        problems = list(jupyter.problems(Home(home)))
        for problem in problems:
            typer.echo(f"- {one_line(problem)}")
        if problems:
            raise typer.Exit(1)
        typer.echo(say("Nothing is missing: 'coaching lab' opens a session."))


@app.command()
def lock(home: HomeOption = None) -> None:
    jupyter.lock_all(Home(home).folder)
    typer.echo(say("Every notebook of this home locks now, and asks for the passphrase."))
