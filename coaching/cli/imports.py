"""The command by which entries come in: what a workbook has exported, and lists of other tools."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from coaching import store
from coaching.cli import options
from coaching.cli.app import app
from coaching.cli.ask import agreed, first_passphrase, passphrase_of, passphrase_of_seal, unlock
from coaching.cli.common import HomeOption, Plain, Yes, counted, found, takes_passphrase, tell_import
from coaching.cli.proposal import gone as gone_lines
from coaching.cli.proposal import news_of, remarks, summary, table
from coaching.errors import CoachingError
from coaching.formats import task_lists
from coaching.formats.sealing import SealKeys
from coaching.formats.task_lists.item import Carried
from coaching.formats.task_lists.match import Proposal
from coaching.i18n import LANGUAGES, speaking
from coaching.model.vocabulary import Side, Visibility
from coaching.text import one_line
from coaching.workbook.home import Home
from coaching.workbook.workbook import Workbook

_EVERY = 0.2


class Readers(StrEnum):
    """Who may read what comes in."""

    PRIVATE = "private"
    PAIR = "pair"


class Gone(StrEnum):
    """What becomes of lines that were open in their last list, and stand in no later one."""

    OPEN = "open"
    LET_GO = "let-go"


_READABLE = {
    Readers.PRIVATE: "Only you will read what comes in; with --visibility pair it is between you both.",
    Readers.PAIR: "Both of you will read what comes in.",
}


@app.command("import")
@takes_passphrase
def import_file(  # noqa: PLR0913 - what can be said of a file that comes in
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A .json or .zip file that a workbook has exported, sealed (.age) or not, a JSON file of the demo's "
            "form, or a second folder of a workbook; with --into, a list (.md, .txt, .org, .csv) or a folder of lists.",
        ),
    ],
    into: Annotated[
        str | None,
        typer.Option(
            parser=options.words,
            metavar="NAME",
            help="Whose workbook the action items of a list go into; you are asked first.",
        ),
    ] = None,
    visibility: Annotated[Readers, typer.Option(help="Who may read what a list brings in.")] = Readers.PRIVATE,
    gone: Annotated[
        Gone | None,
        typer.Option(help="What became of open lines that stand in no later list; you are asked if you do not say it."),
    ] = None,
    holder: Annotated[
        Side | None, typer.Option("--as", help="Whose copy it becomes; default: the file's own, else the coach's.")
    ] = None,
    home: HomeOption = None,
    *,
    language: Annotated[
        str,
        typer.Option(
            parser=options.language,
            metavar="en|de",
            help="What the lines are told in; people's words stay as they are.",
        ),
    ] = LANGUAGES[0],
    no_encryption: Plain = False,
    yes: Yes = False,
) -> None:
    if into is not None:
        _bring(found(into, home), file, visibility, gone, yes=yes)
        return
    if store.looks_like_workbook(file):
        _bring_in_folder(Home(home), file)
        return
    if task_lists.is_list(file):
        raise CoachingError(f"'{file}' is a list: say whose workbook it goes into, with --into NAME.")
    place = Home(home)
    unlock(place)
    passphrase = (lambda: None) if no_encryption else first_passphrase
    with speaking(language):
        tell_import(place.import_file(file, holder, passphrase, SealKeys(passphrase_of_seal)))


def _bring_in_folder(place: Home, folder: Path) -> None:
    unlock(place, store.workbook_id(folder))
    tell_import(place.import_folder(folder, partial(passphrase_of, f"Passphrase of {folder.name}")))
    typer.echo(f"'{one_line(str(folder))}' stays as it is; 'coaching check' says whether it has anything more.")


def _bring(workbook: Workbook, file: Path, visibility: Readers, gone: Gone | None, *, yes: bool) -> None:
    bringing, readers = workbook.bringing, Visibility(visibility)
    let_go = gone is Gone.LET_GO
    with _progress() as progress:
        proposal = bringing.proposed(file, readers, let_go=let_go, progress=progress)
    _tell(proposal, let_go=let_go, yes=yes)
    if not proposal.items:
        raise CoachingError(f"Nothing in '{file}' is understood as an action item; nothing was changed.")
    if proposal.gone and gone is None and not yes and agreed("Were these let go? No: they are still open."):
        let_go = True
        proposal = bringing.proposed(file, readers, let_go=True)
    news = news_of(proposal)
    if not news:
        typer.echo(f"Nothing is new: {counted(len(proposal.items), 'action item')} known already.")
        return
    what = _what(news)
    if not yes:
        typer.echo(_READABLE[visibility])
        if not agreed(f"Bring in {what} for {workbook.name}?"):
            raise CoachingError("Nothing was brought in. Where nobody can be asked, say --yes.")
    entries = bringing.bring(proposal)
    came_in = f"{what}, {counted(entries, 'entry', 'entries')}"
    typer.echo(f"{one_line(workbook.name)}: {came_in}. 'coaching undo' takes all of it back.")


def _what(news: Sequence[Carried]) -> str:
    """Return what comes in, in numbers."""
    new = sum(item.is_new for item in news)
    known = len(news) - new
    return f"{counted(new, 'new action item')}{f', and news of {known} known already' if known else ''}"


def _tell(proposal: Proposal, *, let_go: bool, yes: bool) -> None:
    """Say how the lines are understood, and what is to be looked at; the items themselves to who is asked."""
    news = news_of(proposal)
    for line in (
        *summary(proposal),
        *(() if yes else table(news)),
        *remarks(proposal),
        *gone_lines(proposal.gone, let_go=let_go),
    ):
        typer.echo(line)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show how far the reading is, at a terminal, once it takes more than a second."""
    began = monotonic()
    last = began

    def show(read: int, of: int) -> None:
        nonlocal last
        now = monotonic()
        if sys.stderr.isatty() and now - began > 1 and now - last > _EVERY:
            last = now
            typer.echo(f"\rRead {read} of {of} files", err=True, nl=False)

    yield show
    if last > began:
        typer.echo("\r\x1b[K", err=True, nl=False)
