"""Commands that look after what is kept: checked, backed up, looked up, taken back, renewed, erased."""

from pathlib import Path
from typing import Annotated

import typer

from coaching.cli import options
from coaching.cli.app import app
from coaching.cli.ask import agreed, unlock
from coaching.cli.common import (
    HomeOption,
    Name,
    Yes,
    clock_jump,
    counted,
    found,
    offer_recovery_keys,
    say_to_erase,
    takes_passphrase,
    warn,
    warn_of_clock,
)
from coaching.cli.output import revisions_in_lines
from coaching.errors import CoachingError
from coaching.store.backup import backup as backups
from coaching.text import one_line
from coaching.workbook.home import Home
from coaching.workbook.names import is_folder_called
from coaching.workbook.retention import Erased
from coaching.workbook.workbook import Workbook

_NAMED = 5
Entry = Annotated[str, typer.Argument(metavar="ENTRY", help="Its short name, such as I07 or M4, or its id.")]
_ELSEWHERE = (
    "What remains elsewhere, and only you can see to: backups made before, pages and exports handed out, the other "
    "person's copy, and old versions that a sync tool or the disk keeps."
)


@app.command()
@takes_passphrase
def check(
    home: HomeOption = None,
    *,
    without_missing: Annotated[
        bool,
        typer.Option(
            "--without-missing", metavar="", help="Go on without files that are missing, and name them no more."
        ),
    ] = False,
    yes: Yes = False,
) -> None:
    place = Home(home)
    unlock(place)
    offer_recovery_keys(place, place.workbooks())
    warn_of_clock(place, *place.workbooks())
    problems = place.problems(every_row=True)
    for problem in problems:
        typer.echo(one_line(problem))
    outcome = "nothing was changed"
    if problems and without_missing:
        if not yes and not agreed("Go on without what is missing? What was said there alone is then lost."):
            raise CoachingError("Nothing was changed. Where nobody can be asked, say --yes.")
        number = sum(workbook.upkeep.go_on_without_missing() for workbook in place.workbooks())
        typer.echo(f"{counted(number, 'file')} named no more.")
        before, problems, outcome = problems, place.problems(every_row=True), "nothing else was changed"
        for problem in problems:
            if problem not in before:
                typer.echo(one_line(problem))
    if problems:
        raise CoachingError(f"{counted(len(problems), 'problem')} found; {outcome}.")
    for workbook in place.workbooks():
        both = len(workbook.upkeep.conflicts())
        if both:
            summary = f"{counted(both, 'entry was', 'entries were')} written in two places at once"
            typer.echo(f"{one_line(workbook.name)}: {summary}; open the session in the notebook to choose.")
        say_to_erase(workbook)
    count = len(place.workbooks())
    typer.echo(f"All is well: {counted(count, 'workbook')} read." if count else one_line(place.without_workbooks()))


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it, best on another disk.")],
    home: HomeOption = None,
) -> None:
    done = backups.backup(Home(home).folder, file)
    warn([f"{name} was left out." for name in done.left_out])
    size = f"{counted(len(done.workbooks), 'workbook')}, {counted(done.files, 'file')}"
    typer.echo(f"Written and read again: {one_line(str(file))} ({size}).")
    if done.plain:
        typer.echo(f"Not encrypted, neither here nor there: {', '.join(done.plain)}.")
    if done.unlocked:
        typer.echo(f"Without a passphrase, its key lies in the backup too: {', '.join(done.unlocked)}.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What 'coaching backup' wrote.")],
    home: HomeOption = None,
) -> None:
    done = backups.restore(file, Home(home).folder)
    typer.echo(f"Restored: {counted(len(done.workbooks), 'workbook')}, {counted(done.files, 'file')}.")


@app.command()
@takes_passphrase
def history(name: Name, entry: Entry, home: HomeOption = None) -> None:
    upkeep = found(name, home).upkeep
    for line in revisions_in_lines(upkeep.history(entry), upkeep.names()):
        typer.echo(line)


@app.command()
@takes_passphrase
def undo(name: Name, home: HomeOption = None) -> None:
    act = found(name, home).upkeep.undo()
    named = sorted({f"{one.kind} {one.short_name}" if one.short_name else one.kind.replace("_", " ") for one in act})
    listed = ", ".join(named[:_NAMED]) + (" and more" if len(named) > _NAMED else "")
    typer.echo(f"Undone: {counted(len(act), 'change')} ({one_line(listed)}). The same again undoes this.")


@app.command()
@takes_passphrase
def renew(name: Name, home: HomeOption = None) -> None:
    notes = found(name, home).upkeep.renew()
    typer.echo(f"{counted(len(notes), 'private note')} renewed." if notes else "There is no private note to renew.")


@app.command()
@takes_passphrase
def erase(
    name: Name,
    entry: Annotated[
        str | None, typer.Option(parser=options.words, metavar="ID", help="One entry alone: its short name or its id.")
    ] = None,
    home: HomeOption = None,
    *,
    expired: Annotated[
        bool, typer.Option("--expired", metavar="", help="Only private notes that are past their 90 days.")
    ] = False,
    yes: Yes = False,
) -> None:
    if expired and entry is not None:
        raise typer.BadParameter("choose one of --entry and --expired")
    place = Home(home)
    if expired:
        workbook = found(name, home)
        if clock_jump(place, workbook):
            _ask("Is the date right, and shall private notes that are past their 90 days by it be erased?", yes=yes)
        gone = workbook.upkeep.erase_expired()
        typer.echo(f"Erased: {counted(gone.entries, 'private note')} past the 90 days.")
        _warn_of_leftovers(place, workbook, gone)
        return
    if entry is None:
        _erase_workbook(place, name, yes=yes)
        return
    workbook = found(name, home)
    target = workbook.upkeep.entry(entry)
    what = f"the {target.kind} {target.short_name or target.id}"
    _ask(f"Erase {what} of {workbook.name}, with all its versions? It cannot be undone.", yes=yes)
    done = workbook.upkeep.erase(entry)
    typer.echo(f"Erased: {what}, {counted(done.entries, 'entry', 'entries')} in every version. An empty place stays.")
    _warn_of_leftovers(place, workbook, done)
    typer.echo(_ELSEWHERE)


def _warn_of_leftovers(place: Home, workbook: Workbook, done: Erased) -> None:
    """Name every file and folder of the home that may still hold what was erased."""
    seconds = [
        f"{folder.name} is a second folder of the workbook." for folder in place.second_folders.of(workbook.folder)
    ]
    warn([f"{problem} It may still hold the words." for problem in (*done.problems, *seconds)])


def _erase_workbook(place: Home, name: str, *, yes: bool) -> None:
    unlock(place, name)
    folder = place.folder_of(name)
    is_locked = folder in place.locked()
    whose = f"{name}, which is locked" if is_locked else place.open(folder).name
    if yes and not is_locked and name.strip().casefold() != whose.casefold() and not is_folder_called(folder, name):
        raise CoachingError(f"'{name}' may be a part of more names than one: with --yes, name the workbook in full.")
    seconds = place.second_folders.of(folder)
    listed = f" and in {', '.join(second.name for second in seconds)}" if seconds else ""
    _ask(f"Erase the workbook of {whose}, with everything in it{listed}? It cannot be undone.", yes=yes)
    workbook = None if is_locked else place.open(folder)
    ends = workbook.handing_over.ends() if workbook and not workbook.ended_on else None
    files = place.erase(folder)
    typer.echo(f"Erased: the workbook {folder.name} with its {counted(files, 'file')}.")
    if ends is not None:
        typer.echo(f"It was to be erased {ends}.")
    typer.echo(_ELSEWHERE)


def _ask(question: str, *, yes: bool) -> None:
    if not yes and not agreed(question):
        raise CoachingError("Nothing was erased. Where nobody can be asked, say --yes.")
