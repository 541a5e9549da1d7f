"""Commands between two sessions: a note for the next one, and questions of one's own."""

from collections.abc import Sequence
from typing import Annotated

import typer

from coaching.cli import options
from coaching.cli.app import app
from coaching.cli.ask import typed_words
from coaching.cli.common import HomeOption, Name, found, takes_passphrase
from coaching.cli.output import columns
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
        _show(workbook.between.notes(), "No note waits for the next session.")
    elif remove is not None:
        _take_away(workbook, remove)
    else:
        kept = workbook.between.note(typed_words(words), ask)
        until = f" It is erased after {kept.expires_on} unless it is renewed." if kept.expires_on else ""
        typer.echo(f"Kept as {kept.label}: it waits in the preparation of the next session, for you alone.{until}")
        if workbook.holder is Side.COACH:
            typer.echo(f"{one_line(workbook.called)} may have a legal right to read this.")


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
        raise typer.BadParameter("say in which part it is asked, with --ask")
    workbook = found(name, home)
    if listed:
        _show(workbook.between.questions(), "There is no question of your own yet.")
    elif remove is not None:
        _take_away(workbook, remove)
    elif ask is not None:
        kept = workbook.between.ask(typed_words(words), ask)
        typer.echo(f"Kept as {kept.label}: you can choose it in the preparation. It stands in nobody's copy.")


def _check(words: str | None, ask: Segment | None, remove: str | None, *, listed: bool) -> None:
    if listed + (remove is not None) + (words is not None or ask is not None) > 1:
        raise typer.BadParameter("keep something, show it with --list, or take it away with --remove: one at a time")


def _take_away(workbook: Workbook, reference: str) -> None:
    gone = workbook.between.take_away(reference)
    typer.echo(
        f"Taken away: {gone.label}. 'coaching undo' brings it back, 'coaching erase' removes its words for good."
    )


def _show(kept: Sequence[Reminder | Question], nothing: str) -> None:
    if not kept:
        typer.echo(nothing)
        return
    rows = [[str(one.label), str(one.held_on), _part(one), one_line(one.text or "")] for one in kept]
    for line in columns([["Name", "Kept on", "Ask in", "Words"], *rows]):
        typer.echo(line)


def _part(one: Reminder | Question) -> str:
    return one.segment.replace("_", " ") if one.segment else "-"
