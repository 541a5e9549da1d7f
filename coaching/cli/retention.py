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
    found,
    offer_recovery_keys,
    say_to_erase,
    takes_passphrase,
    warn,
    warn_of_clock,
)
from coaching.cli.output import revisions_in_lines, worded
from coaching.errors import CoachingError
from coaching.i18n import say, say_counted, to_say
from coaching.store.backup import backup as backups
from coaching.text import one_line
from coaching.workbook.home import Home
from coaching.workbook.names import is_folder_called
from coaching.workbook.retention import Erased
from coaching.workbook.workbook import Workbook

_NAMED = 5
Entry = Annotated[str, typer.Argument(metavar="ENTRY", help="Its short name, such as I07 or M4, or its id.")]
_ELSEWHERE = to_say(
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
    outcome = to_say("{problems} found; nothing was changed.")
    if problems and without_missing:
        if not yes and not agreed(say("Go on without what is missing? What was said there alone is then lost.")):
            raise CoachingError("Nothing was changed. Where nobody can be asked, say --yes.")
        number = sum(workbook.upkeep.go_on_without_missing() for workbook in place.workbooks())
        typer.echo(say("{files} named no more.", files=say_counted("{count} file", "{count} files", number)))
        before, problems = problems, place.problems(every_row=True)
        outcome = to_say("{problems} found; nothing else was changed.")
        for problem in problems:
            if problem not in before:
                typer.echo(one_line(problem))
    if problems:
        raise CoachingError(outcome, problems=say_counted("{count} problem", "{count} problems", len(problems)))
    for workbook in place.workbooks():
        both = len(workbook.upkeep.conflicts())
        if both:
            typer.echo(
                say_counted(
                    "{workbook}: {count} entry was written in two places at once; open the session in the notebook to "
                    "choose.",
                    "{workbook}: {count} entries were written in two places at once; open the session in the notebook "
                    "to choose.",
                    both,
                    workbook=one_line(workbook.name),
                )
            )
        say_to_erase(workbook)
    count = len(place.workbooks())
    typer.echo(
        say_counted("All is well: {count} workbook read.", "All is well: {count} workbooks read.", count)
        if count
        else one_line(place.without_workbooks())
    )


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it, best on another disk.")],
    home: HomeOption = None,
) -> None:
    done = backups.backup(Home(home).folder, file)
    warn([say("{file} was left out.", file=name) for name in done.left_out])
    size = ", ".join(_size(len(done.workbooks), done.files))
    typer.echo(say("Written and read again: {file} ({size}).", file=one_line(str(file)), size=size))
    if done.plain:
        typer.echo(say("Not encrypted, neither here nor there: {workbooks}.", workbooks=", ".join(done.plain)))
    if done.unlocked:
        typer.echo(
            say(
                "Without a passphrase, its key lies in the backup too: {workbooks}.", workbooks=", ".join(done.unlocked)
            )
        )


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What 'coaching backup' wrote.")],
    home: HomeOption = None,
) -> None:
    done = backups.restore(file, Home(home).folder)
    workbooks, files = _size(len(done.workbooks), done.files)
    typer.echo(say("Restored: {workbooks}, {files}.", workbooks=workbooks, files=files))


def _size(workbooks: int, files: int) -> tuple[str, str]:
    return (
        say_counted("{count} workbook", "{count} workbooks", workbooks),
        say_counted("{count} file", "{count} files", files),
    )


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
    named = sorted({f"{worded(one.kind)} {one.short_name or ''}".strip() for one in act})
    listed = ", ".join(named[:_NAMED])
    if len(named) > _NAMED:
        listed = say("{things} and more", things=listed)
    typer.echo(
        say(
            "Undone: {changes} ({things}). The same again undoes this.",
            changes=say_counted("{count} change", "{count} changes", len(act)),
            things=one_line(listed),
        )
    )


@app.command()
@takes_passphrase
def renew(name: Name, home: HomeOption = None) -> None:
    notes = found(name, home).upkeep.renew()
    typer.echo(
        say_counted("{count} private note renewed.", "{count} private notes renewed.", len(notes))
        if notes
        else say("There is no private note to renew.")
    )


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
        raise typer.BadParameter(say("choose one of --entry and --expired"))
    place = Home(home)
    if expired:
        workbook = found(name, home)
        if clock_jump(place, workbook):
            _ask(
                say("Is the date right, and shall private notes that are past their 90 days by it be erased?"), yes=yes
            )
        gone = workbook.upkeep.erase_expired()
        typer.echo(
            say_counted(
                "Erased: {count} private note past the 90 days.",
                "Erased: {count} private notes past the 90 days.",
                gone.entries,
            )
        )
        _warn_of_leftovers(place, workbook, gone)
        return
    if entry is None:
        _erase_workbook(place, name, yes=yes)
        return
    workbook = found(name, home)
    target = workbook.upkeep.entry(entry)
    what = f"{worded(target.kind)} {target.short_name or target.id}"
    _ask(
        say("Erase the {what} of {name}, with all its versions? It cannot be undone.", what=what, name=workbook.name),
        yes=yes,
    )
    done = workbook.upkeep.erase(entry)
    typer.echo(
        say(
            "Erased: the {what}, {entries} in every version. An empty place stays.",
            what=what,
            entries=say_counted("{count} entry", "{count} entries", done.entries),
        )
    )
    _warn_of_leftovers(place, workbook, done)
    typer.echo(say(_ELSEWHERE))


def _warn_of_leftovers(place: Home, workbook: Workbook, done: Erased) -> None:
    """Name every file and folder of the home that may still hold what was erased."""
    seconds = [
        say("{folder} is a second folder of the workbook.", folder=folder.name)
        for folder in place.second_folders.of(workbook.folder)
    ]
    what_it_means = say("It may still hold the words.")
    warn([f"{problem} {what_it_means}" for problem in (*done.problems, *seconds)])


def _erase_workbook(place: Home, name: str, *, yes: bool) -> None:
    unlock(place, name)
    folder = place.folder_of(name)
    is_locked = folder in place.locked()
    whose = say("{name}, which is locked", name=name) if is_locked else place.open(folder).name
    if yes and not is_locked and name.strip().casefold() != whose.casefold() and not is_folder_called(folder, name):
        raise CoachingError(
            "'{name}' may be a part of more names than one: with --yes, name the workbook in full.", name=name
        )
    seconds = place.second_folders.of(folder)
    _ask(
        say(
            "Erase the workbook of {name}, with everything in it and in {folders}? It cannot be undone.",
            name=whose,
            folders=", ".join(second.name for second in seconds),
        )
        if seconds
        else say("Erase the workbook of {name}, with everything in it? It cannot be undone.", name=whose),
        yes=yes,
    )
    workbook = None if is_locked else place.open(folder)
    ends = workbook.handing_over.ends() if workbook and not workbook.ended_on else None
    files = place.erase(folder)
    typer.echo(
        say(
            "Erased: the workbook {folder} with its {files}.",
            folder=folder.name,
            files=say_counted("{count} file", "{count} files", files),
        )
    )
    if ends is not None:
        typer.echo(say("It was to be erased {ends}.", ends=ends))
    typer.echo(say(_ELSEWHERE))


def _ask(question: str, *, yes: bool) -> None:
    if not yes and not agreed(question):
        raise CoachingError("Nothing was erased. Where nobody can be asked, say --yes.")
