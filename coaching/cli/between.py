"""Commands between two sessions: a note for the next one, and questions of one's own."""

from collections.abc import Sequence
from typing import Annotated

import typer

from coaching.cli import options
from coaching.cli.app import app
from coaching.cli.ask import typed_words
from coaching.cli.common import HomeOption, Name, found, takes_passphrase
from coaching.cli.output import columns, worded
from coaching.i18n import say
from coaching.model.entries import Question, Reminder
from coaching.model.vocabulary import Segment, Side
from coaching.text import one_line
from coaching.workbook.workbook import Workbook

Words = Annotated[
    str | None,
    typer.Argument(
        metavar="[WORDS]",
        parser=options.words,
        help="Without them they are asked for: no history of a shell has them then.",
    ),
]
Ask = Annotated[Segment | None, typer.Option("--ask", help="It is something to ask in this part.")]
Listed = Annotated[bool, typer.Option("--list", metavar="", help="Show what is kept.")]
Remove = Annotated[
    str | None, typer.Option("--remove", parser=options.words, metavar="ID", help="Take one away, by its short name.")
]


@app.command()
@takes_passphrase
def note(
    name: Name,
    words: Words = None,
    ask: Ask = None,
    remove: Remove = None,
    home: HomeOption = None,
    *,
    listed: Listed = False,
) -> None:
    _check(words, ask, remove, listed=listed)
    workbook = found(name, home)
    if listed:
        _show(workbook.between.notes(), say("No note waits for the next session."))
    elif remove is not None:
        _take_away(workbook, remove)
    else:
        kept = workbook.between.note(typed_words(words), ask)
        typer.echo(
            say("Kept as {name}: it waits in the preparation of the next session, for you alone.", name=kept.label)
        )
        if kept.expires_on:
            typer.echo(say("It is erased after {day} unless it is renewed.", day=kept.expires_on))
        if workbook.holder is Side.COACH:
            typer.echo(say("{name} may have a legal right to read this.", name=one_line(workbook.called)))


@app.command()
@takes_passphrase
def question(
    name: Name,
    words: Words = None,
    ask: Ask = None,
    remove: Remove = None,
    home: HomeOption = None,
    *,
    listed: Listed = False,
) -> None:
    _check(words, ask, remove, listed=listed)
    if ask is None and not listed and remove is None:
        raise typer.BadParameter(say("say in which part it is asked, with --ask"))
    workbook = found(name, home)
    if listed:
        _show(workbook.between.questions(), say("There is no question of your own yet."))
    elif remove is not None:
        _take_away(workbook, remove)
    elif ask is not None:
        kept = workbook.between.ask(typed_words(words), ask)
        typer.echo(
            say("Kept as {name}: you can choose it in the preparation. It stands in nobody's copy.", name=kept.label)
        )


def _check(words: str | None, ask: Segment | None, remove: str | None, *, listed: bool) -> None:
    if listed + (remove is not None) + (words is not None or ask is not None) > 1:
        raise typer.BadParameter(
            say("keep something, show it with --list, or take it away with --remove: one at a time")
        )


def _take_away(workbook: Workbook, reference: str) -> None:
    gone = workbook.between.take_away(reference)
    typer.echo(
        say(
            "Taken away: {name}. 'coaching undo' brings it back, 'coaching erase' removes its words for good.",
            name=gone.label,
        )
    )


def _show(kept: Sequence[Reminder | Question], nothing: str) -> None:
    if not kept:
        typer.echo(nothing)
        return
    rows = [[str(one.label), str(one.held_on), _part(one), one_line(one.text or "")] for one in kept]
    for line in columns([[say("Name"), say("Kept on"), say("Ask in"), say("Words")], *rows]):
        typer.echo(line)


def _part(one: Reminder | Question) -> str:
    return worded(one.segment) if one.segment else "-"
