"""The command by which entries come in: what a workbook has exported, and lists of other tools."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from coaching import store
from coaching.cli import options
from coaching.cli.app import app
from coaching.cli.ask import agreed, first_passphrase, passphrase_of, passphrase_of_seal, unlock
from coaching.cli.common import HomeOption, Plain, Yes, counted, found, takes_passphrase, tell_import
from coaching.cli.output import columns
from coaching.errors import CoachingError
from coaching.formats import task_lists
from coaching.formats.sealing import SealKeys
from coaching.formats.task_lists.item import Carried, Happened
from coaching.formats.task_lists.match import Proposal
from coaching.formats.task_lists.task import Place, Remark
from coaching.model.vocabulary import Side, Visibility
from coaching.text import one_line
from coaching.workbook.home import Home
from coaching.workbook.workbook import Workbook

_LINES_NAMED = 4
_HEADINGS = ["Who", "Agreed on", "By", "State", "New", "Where", "What"]
_HAPPENED = {
    "agreed": "by {due}",
    "due_moved": "moved to {due} on {day}",
    "partly": "partly done on {day}",
    "done": "done on {day}",
    "let_go": "let go on {day}",
    "reopened": "open again on {day}",
}


class Readers(StrEnum):
    """Who may read what comes in."""

    PRIVATE = "private"
    PAIR = "pair"


_READABLE = {
    Readers.PRIVATE: "Only you will read what comes in; with --visibility pair it is between you both.",
    Readers.PAIR: "Both of you will read what comes in.",
}


@app.command("import")
@takes_passphrase
def import_file(
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
    holder: Annotated[
        Side | None, typer.Option("--as", help="Whose copy it becomes; default: the file's own, else the coach's.")
    ] = None,
    home: HomeOption = None,
    *,
    no_encryption: Plain = False,
    yes: Yes = False,
) -> None:
    if into is not None:
        _bring(found(into, home), file, visibility, yes=yes)
        return
    if store.looks_like_workbook(file):
        _bring_in_folder(Home(home), file)
        return
    if task_lists.is_list(file):
        raise CoachingError(f"'{file}' is a list: say whose workbook it goes into, with --into NAME.")
    place = Home(home)
    unlock(place)
    passphrase = (lambda: None) if no_encryption else first_passphrase
    tell_import(place.import_file(file, holder, passphrase, SealKeys(passphrase_of_seal)))


def _bring_in_folder(place: Home, folder: Path) -> None:
    unlock(place, store.workbook_id(folder))
    tell_import(place.import_folder(folder, partial(passphrase_of, f"Passphrase of {folder.name}")))
    typer.echo(f"'{one_line(str(folder))}' stays as it is; 'coaching check' says whether it has anything more.")


def _bring(workbook: Workbook, file: Path, visibility: Readers, *, yes: bool) -> None:
    proposal = workbook.bringing.proposed(file, Visibility(visibility))
    news = [item for item in proposal.items if item.is_new or item.added]
    _tell(proposal, [] if yes else news)
    if not proposal.items:
        raise CoachingError(f"Nothing in '{file}' is understood as an action item; nothing was changed.")
    if not news:
        typer.echo(f"Nothing is new: {counted(len(proposal.items), 'action item')} known already.")
        return
    new = sum(item.is_new for item in news)
    repeated = f", and news of {len(news) - new} known already" if len(news) > new else ""
    what = f"{counted(new, 'new action item')}{repeated}"
    if not yes:
        typer.echo(_READABLE[visibility])
        if not agreed(f"Bring in {what} for {workbook.name}?"):
            raise CoachingError("Nothing was brought in. Where nobody can be asked, say --yes.")
    entries = workbook.bringing.bring(proposal)
    summary = f"{what}, {counted(entries, 'entry', 'entries')}"
    typer.echo(f"{one_line(workbook.name)}: {summary}. 'coaching undo' takes all of it back.")


def _tell(proposal: Proposal, news: Sequence[Carried]) -> None:
    """Say how the lines are understood, and what is to be looked at."""
    if news:
        for line in columns([_HEADINGS, *map(_row, news)]):
            typer.echo(line)
    if proposal.remarks:
        typer.echo("To be looked at:")
        for line in columns(list(_remarks_in_rows(proposal.remarks))):
            typer.echo(line)


def _row(item: Carried) -> list[str]:
    """Return the cells of a preview; the words come last, as they may be long, or run from right to left."""
    others = len(item.places) - 1
    where = f"{item.places[0]}{f' and {others} more' if others else ''}"
    due = item.due.isoformat() if item.due else "-"
    news = ", ".join(_news(item))
    state = item.state.replace("_", " ")
    return [item.owner or "-", item.since.isoformat(), due, state, news, where, one_line(item.what)]


def _news(item: Carried) -> Iterator[str]:
    yield "new" if item.is_new else f"carried over: {one_line(item.label or item.id)}"
    news: list[Happened] = (
        item.added[1:] if item.is_new and item.added and item.added[0].kind == "agreed" else item.added
    )
    for happened in news:
        yield _HAPPENED[happened.kind].format(day=happened.day, due=happened.due)


def _remarks_in_rows(remarks: Sequence[Remark]) -> Iterator[list[str]]:
    """Return remarks as rows, those of one file that say the same in one, where its first line is."""
    places: dict[tuple[str, str], list[Place]] = {}
    for remark in remarks:
        places.setdefault((remark.place.file, remark.said), []).append(remark.place)
    for (_, said), (first, *others) in places.items():
        listed = "".join(f", {place.line}" for place in others[:_LINES_NAMED])
        more = f" and {len(others) - _LINES_NAMED} more" if len(others) > _LINES_NAMED else ""
        yield [f"  {first}{listed}{more}", said]
