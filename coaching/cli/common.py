"""What all commands share: the options that many have, and how they say what they did."""

import functools
import inspect
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from coaching import store
from coaching.cli import options
from coaching.cli.ask import unlock
from coaching.errors import UnknownWorkbookError
from coaching.i18n import say, say_counted, to_say
from coaching.text import one_line
from coaching.workbook.clock import ClockJump, Moments
from coaching.workbook.credentials import credential, use
from coaching.workbook.home import Home, Imported
from coaching.workbook.workbook import Workbook

_PANEL = to_say("The passphrase, instead of being asked for it")

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        parser=options.folder,
        metavar="FOLDER",
        help="Where the workbooks are; default: $COACHING_HOME, or your data folder.",
    ),
]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The coachee's name, a part of it, or the workbook's id.")]
Language = Annotated[
    str | None,
    typer.Option(parser=options.language, metavar="en|de", help="What is said in; default: that of the system."),
]
Yes = Annotated[bool, typer.Option("--yes", metavar="", help="Do it without asking.")]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        parser=options.file,
        metavar="FILE",
        help="Read it from this file, which you alone can read.",
        rich_help_panel=_PANEL,
    ),
]
PassphraseCommand = Annotated[
    str | None,
    typer.Option(
        parser=options.words, metavar="COMMAND", help="Take what this command puts out.", rich_help_panel=_PANEL
    ),
]
Plain = Annotated[
    bool,
    typer.Option(
        "--no-encryption",
        metavar="",
        help="Keep it readable for whoever gets at the disk or a synced folder.",
    ),
]


def takes_passphrase(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take the passphrase from a file or another command: first of all, as that may fail."""
    added = inspect.signature(_take_passphrase).parameters

    @functools.wraps(command)
    def run(*arguments: Any, **more: Any) -> None:
        _take_passphrase(**{name: more.pop(name, None) for name in added})
        command(*arguments, **more)

    own = inspect.signature(command)
    run.__signature__ = own.replace(parameters=[*own.parameters.values(), *added.values()])  # type: ignore[attr-defined]
    run.__annotations__ = {**command.__annotations__, **{one.name: one.annotation for one in added.values()}}
    return run


def _take_passphrase(*, passphrase_file: PassphraseFile = None, passphrase_command: PassphraseCommand = None) -> None:
    use(passphrase_file, passphrase_command)
    credential()


def found(name: str, home: Path | None) -> Workbook:
    """Return the workbook that is meant, and say what of it cannot be read."""
    place = Home(home)
    unlock(place, name)
    try:
        workbook = place.find(name)
    except UnknownWorkbookError:
        warn(place.problems())  # the name may stand in what cannot be read
        raise
    warn(workbook.problems())
    warn_of_clock(place, workbook)
    offer_recovery_keys(place, [workbook])
    return workbook


def warn(warnings: Sequence[str]) -> None:
    """Say what is to be looked at, where errors go."""
    for warning in warnings:
        typer.echo(say("Warning: {warning}", warning=one_line(warning)), err=True)


def clock_jump(place: Home, workbook: Workbook) -> ClockJump | None:
    """Return a jump of the clock that nothing that was kept in a workbook, or in the others, confirms yet."""
    others = (other for other in place.workbooks() if other.id != workbook.id)
    return workbook.upkeep.clock_jump(other.upkeep.saves() for other in others)


def warn_of_clock(place: Home, *workbooks: Workbook) -> None:
    """Say that the clock has jumped since something was last kept in one of these workbooks."""
    others = functools.cache(place.workbooks)
    saves = functools.cache(
        lambda workbook: workbook.upkeep.saves()
    )  # of each once, and only where the clock is in doubt

    def elsewhere(identity: str) -> Iterator[Moments]:
        return (saves(other) for other in others() if other.id != identity)

    jumps = [jump for workbook in workbooks if (jump := workbook.upkeep.clock_jump(elsewhere(workbook.id)))]
    if jumps:
        jump = max(jumps, key=lambda jump: jump.before)
        advice = say("If the date is wrong, set the clock of this computer.")
        warn([f"{jump} {advice}"])


def tell_import(done: Imported) -> None:
    """Say what an import did."""
    warn(done.warnings)
    added = done.added
    for line in done.lines:
        typer.echo(one_line(f"  {line.about}: {' · '.join(line.words)}".rstrip(": ")))
    if done.lines:
        typer.echo(say("It waits in the opening of the next session, before anything of yours."))
    came = say_counted("{count} entry came in", "{count} entries came in", added.new)
    known = say("{count} known already", count=added.known)
    left_out = [say("{count} left out as private to the other side", count=added.left_out)] if added.left_out else []
    typer.echo(
        say("{workbook}: {what}.", workbook=one_line(done.workbook.name), what=", ".join((came, known, *left_out)))
    )
    tell_recovery_key(done.workbook, done.recovery_key)


def tell_recovery_key(workbook: Workbook, recovery_key: str | None, *, err: bool = False) -> None:
    """Show the recovery key of a workbook, and take down that it was shown; until then it is offered anew."""
    if recovery_key:
        show_recovery_key(workbook, recovery_key, err=err)
        store.confirm_recovery_key(workbook.folder, recovery_key)


def show_recovery_key(workbook: Workbook, recovery_key: str, *, err: bool = False) -> None:
    """Show the recovery key of a new workbook, or a new one, this once."""
    typer.echo(
        say("Recovery key of {id}, shown this once: {recovery_key}", id=workbook.id, recovery_key=recovery_key), err=err
    )
    typer.echo(say("Write the key and the workbook’s id down, and keep them apart from this computer."), err=err)
    typer.echo(say("If the passphrase and this key are both lost, nobody can ever read the notes again."), err=err)


def offer_recovery_keys(home: Home, workbooks: Iterable[Workbook]) -> None:
    """Show a new recovery key of each workbook whose own nobody has confirmed.

    At a terminal alone: where the output goes to a file, nobody sees it, and anybody may read it later.
    """
    for workbook in workbooks:
        if not store.is_unconfirmed(workbook.folder):
            continue
        if not sys.stderr.isatty():
            warn(
                [
                    say(
                        "Nobody has seen the recovery key of {id}; 'coaching passphrase {id} --recovery-key' makes a "
                        "new one and shows it.",
                        id=workbook.id,
                    )
                ]
            )
            continue
        typer.echo(say("Nobody has seen the recovery key of {id} yet; this is a new one.", id=workbook.id), err=True)
        tell_recovery_key(workbook, home.unlocking.renew_recovery_key(workbook.folder), err=True)


def next_step(home: Path | None) -> str:
    """Return what to do next."""
    command = f"coaching lab --home {shlex.quote(one_line(str(home)))}" if home else "coaching lab"
    return say("Begin with '{command}'.", command=command)


def say_to_erase(workbook: Workbook) -> None:
    """Say that the day has come by which a copy is to be erased, if it has; nobody has to erase what is invented."""
    ends = workbook.handing_over.ends()
    if ends is not None and ends.has_come and not workbook.ended_on:
        typer.echo(
            say(
                "{workbook}: to be erased {ends}; 'coaching erase' does it.",
                workbook=one_line(workbook.name),
                ends=ends,
            )
        )
