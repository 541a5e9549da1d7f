"""The command by which entries come in: what a workbook has exported, and lists of other tools."""

import sys
from collections.abc import Callable, Iterator
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
from coaching.cli.common import HomeOption, Language, Plain, Yes, found, takes_passphrase, tell_import
from coaching.cli.proposal import gone as gone_lines
from coaching.cli.proposal import remarks, sessions, summary, table
from coaching.errors import CoachingError
from coaching.formats import task_lists
from coaching.formats.sealing import SealKeys
from coaching.formats.task_lists.match import Proposal
from coaching.formats.task_lists.summary import news_of
from coaching.i18n import say, say_counted, speaking, to_say
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
    Readers.PRIVATE: to_say("Only you will read what comes in; with --visibility pair it is between you both."),
    Readers.PAIR: to_say("Both of you will read what comes in."),
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
    language: Language = None,
    as_sessions: Annotated[
        bool,
        typer.Option(
            "--sessions",
            help="The lists are meeting notes: besides action items, what they say comes in as sessions, with notes of "
            "each part and mission statements.",
        ),
    ] = False,
    no_encryption: Plain = False,
    yes: Yes = False,
) -> None:
    if into is not None:
        _bring(found(into, home), file, visibility, gone, yes=yes, as_sessions=as_sessions)
        return
    if as_sessions:
        raise CoachingError("Say whose workbook the sessions go into, with --into NAME.")
    if store.looks_like_workbook(file):
        _bring_in_folder(Home(home), file)
        return
    if task_lists.is_list(file):
        raise CoachingError("'{file}' is a list: say whose workbook it goes into, with --into NAME.", file=file)
    place = Home(home)
    unlock(place)
    passphrase = (lambda: None) if no_encryption else first_passphrase
    with speaking(language):
        tell_import(place.import_file(file, holder, passphrase, SealKeys(passphrase_of_seal)))


def _bring_in_folder(place: Home, folder: Path) -> None:
    unlock(place, store.workbook_id(folder))
    tell_import(place.import_folder(folder, partial(passphrase_of, say("Passphrase of {folder}", folder=folder.name))))
    typer.echo(
        say(
            "'{folder}' stays as it is; 'coaching check' says whether it has anything more.",
            folder=one_line(str(folder)),
        )
    )


def _bring(
    workbook: Workbook, file: Path, visibility: Readers, gone: Gone | None, *, yes: bool, as_sessions: bool
) -> None:
    propose = partial(workbook.bringing.proposed, file, Visibility(visibility), as_sessions=as_sessions)
    let_go = gone is Gone.LET_GO
    with _progress() as progress:
        proposal = propose(let_go=let_go, progress=progress)
    _tell(proposal, let_go=let_go, yes=yes)
    if not (proposal.items or proposal.sessions):
        if as_sessions:
            raise CoachingError(
                "Nothing in '{file}' is understood as an action item or a note of a day; nothing was changed.",
                file=file,
            )
        raise CoachingError("Nothing in '{file}' is understood as an action item; nothing was changed.", file=file)
    if proposal.gone and gone is None and not yes and agreed(say("Were these let go? No: they are still open.")):
        let_go = True
        proposal = propose(let_go=True)
    what = _what(proposal)
    if not what:
        known = [say_counted("{count} action item", "{count} action items", len(proposal.items))]
        if as_sessions:
            known.append(say_counted("{count} session", "{count} sessions", len(proposal.sessions)))
        typer.echo(say("Nothing is new: {things} known already.", things=", ".join(known)))
        return
    if not yes:
        typer.echo(say(_READABLE[visibility]))
        if as_sessions and visibility is Readers.PAIR:
            typer.echo(say("Notes that stand under no heading of a part are for you alone."))
        if not agreed(say("Bring in {what} for {workbook}?", what=what, workbook=workbook.name)):
            raise CoachingError("Nothing was brought in. Where nobody can be asked, say --yes.")
    entries = workbook.bringing.bring(proposal)
    came_in = ", ".join([what, say_counted("{count} entry", "{count} entries", entries)])
    typer.echo(
        say(
            "{workbook}: {what}. 'coaching undo' takes all of it back.",
            workbook=one_line(workbook.name),
            what=came_in,
        )
    )


def _what(proposal: Proposal) -> str:
    """Return what comes in, in numbers; nothing if nothing is new."""
    news = news_of(proposal)
    new = sum(item.is_new for item in news)
    known = len(news) - new
    noted = [said for session in proposal.sessions for said in session.noted]
    held = sum(session.is_new for session in proposal.sessions)
    notes = sum(said.is_new and not said.is_statement for said in noted)
    statements = sum(said.is_new and said.is_statement for said in noted)
    parts = [
        say_counted("{count} new session", "{count} new sessions", held) if held else "",
        say_counted("{count} new note", "{count} new notes", notes) if notes else "",
        say_counted("{count} new mission statement", "{count} new mission statements", statements)
        if statements
        else "",
        say_counted("{count} new action item", "{count} new action items", new) if new or known else "",
        say("and news of {known} known already", known=known) if known else "",
    ]
    return ", ".join(filter(None, parts))


def _tell(proposal: Proposal, *, let_go: bool, yes: bool) -> None:
    """Say how the lines are understood, and what is to be looked at; the items themselves to who is asked."""
    news = news_of(proposal)
    for line in (
        *summary(proposal),
        *sessions(proposal.sessions, is_short=yes),
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
            typer.echo("\r" + say("Read {read} of {of} files", read=read, of=of), err=True, nl=False)

    yield show
    if last > began:
        typer.echo("\r\x1b[K", err=True, nl=False)
