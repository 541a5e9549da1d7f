"""Commands that open, make and list workbooks, and see to their passphrases."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from coaching import store
from coaching.cli import options
from coaching.cli.app import app
from coaching.cli.ask import new_passphrase, passphrase_of, passphrase_or_later, recovery_key, unlock
from coaching.cli.common import (
    HomeOption,
    Name,
    Plain,
    next_step,
    offer_recovery_keys,
    say_to_erase,
    show_recovery_key,
    takes_passphrase,
    tell_import,
    tell_recovery_key,
    warn,
    warn_of_clock,
)
from coaching.cli.output import columns
from coaching.i18n import say, to_say
from coaching.model.strength import weakness
from coaching.model.vocabulary import Side
from coaching.text import one_line
from coaching.workbook import passphrases
from coaching.workbook.home import Home
from coaching.workbook.workbook import Workbook

_NOT_ENCRYPTED = to_say("It is not encrypted: whoever gets at the disk, a backup or a synced folder can read it.")
_LOCKED_LATER = to_say(
    "It is encrypted, and its key lies beside it, for this account alone: whoever gets at the disk or a backup can "
    "read it until 'coaching passphrase' gives it a passphrase and another key."
)
_ROTATED = to_say("{workbook}: everything is written anew with a new key. Old backups keep the old one.")
_PROTECTED = to_say(
    "{workbook}: everything is written anew with a key that the passphrase locks. Old backups hold the key of before: "
    "whoever gets at them can read them."
)
_ENCRYPTED = to_say(
    "{workbook}: everything is written anew, encrypted. Old backups are not: whoever gets at them can read them."
)


@app.command()
def demo(
    home: HomeOption = None,
    *,
    again: Annotated[
        bool, typer.Option("--again", metavar="", help="Make both anew; what was written into them is erased.")
    ] = False,
) -> None:
    for brought in Home(home).demo_pairs(again=again):
        tell_import(brought)
    typer.echo(next_step(home))


@app.command()
@takes_passphrase
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the person you coach.")],
    coach: Annotated[
        str | None, typer.Option(parser=options.words, metavar="NAME", help="Your own name, as it will stand on pages.")
    ] = None,
    home: HomeOption = None,
    *,
    no_encryption: Plain = False,
    later: Annotated[
        bool,
        typer.Option(
            "--later", metavar="", help="Encrypt it, and choose the passphrase later; its key lies beside it."
        ),
    ] = False,
) -> None:
    if later and no_encryption:
        raise typer.BadParameter(say("choose one of --later and --no-encryption"))
    asked = (lambda: None) if later or no_encryption else passphrase_or_later
    made = Home(home).create(name, coach, asked, is_locked_later=not no_encryption)
    typer.echo(
        say(
            "Made a workbook for {name}. {next}",
            name=one_line(made.workbook.name),
            next=next_step(home),
        )
    )
    if no_encryption:
        typer.echo(say(_NOT_ENCRYPTED))
    elif not made.workbook.has_passphrase:
        typer.echo(say(_LOCKED_LATER))
    tell_recovery_key(made.workbook, made.recovery_key)


@app.command("list")
@takes_passphrase
def list_workbooks(home: HomeOption = None) -> None:
    place = Home(home)
    unlock(place)
    warn(place.problems())
    workbooks = place.workbooks()
    warn_of_clock(place, *workbooks)
    if not workbooks and not place.locked():
        typer.echo(one_line(place.without_workbooks()))
        return
    for line in columns([_headings(), *map(_row, workbooks)]):
        typer.echo(line)
    for workbook in workbooks:
        say_to_erase(workbook)
    offer_recovery_keys(place, workbooks)


@app.command()
@takes_passphrase
def passphrase(
    name: Name,
    home: HomeOption = None,
    *,
    recover: Annotated[
        bool, typer.Option("--recover", metavar="", help="It is lost: open with the recovery key. NAME is the id.")
    ] = False,
    rotate: Annotated[
        bool, typer.Option("--rotate", metavar="", help="Replace the key and the recovery key; write all files anew.")
    ] = False,
    new_recovery_key: Annotated[
        bool, typer.Option("--recovery-key", metavar="", help="Replace the recovery key alone, and show the new one.")
    ] = False,
    remember: Annotated[
        bool, typer.Option("--remember", metavar="", help="Let the desktop's keyring keep the passphrase.")
    ] = False,
    forget: Annotated[bool, typer.Option("--forget", metavar="", help="Remove it from the desktop's keyring.")] = False,
) -> None:
    if recover + rotate + new_recovery_key + remember + forget > 1:
        raise typer.BadParameter(say("choose one of --recover, --rotate, --recovery-key, --remember and --forget"))
    place = Home(home)
    if recover:
        passphrases.recover(place, name, recovery_key(), lambda: new_passphrase("NEW_PASSPHRASE"))
        typer.echo(say("Recovered: the new passphrase opens it from now on, and the recovery key stays the same."))
        return
    unlock(place, name)
    workbook = place.find(name)
    if rotate or not (workbook.has_passphrase or new_recovery_key or remember or forget):
        before = _PROTECTED if workbook.is_encrypted else _ENCRYPTED
        chosen, message = (passphrase_of(), _ROTATED) if workbook.has_passphrase else (new_passphrase(), before)
        whose = one_line(workbook.name)  # cannot be read with the key of before
        related = [workbook.id, *workbook.names]
        passphrases.rotate(place, name, chosen, partial(show_recovery_key, workbook))
        typer.echo(say(message, workbook=whose))
        if store.is_rewriting(workbook.folder):
            warn([say("The disk refused to write all files anew; that is done when the workbook is next opened.")])
        _warn_if_weak(chosen, related)
    elif new_recovery_key:
        tell_recovery_key(workbook, passphrases.renew_recovery_key(place, name))
    elif remember:
        chosen = passphrase_of()
        passphrases.remember(place, name, chosen)
        typer.echo(say("The desktop's keyring keeps it: who is logged in here can open the workbook."))
        _warn_if_weak(chosen, [workbook.id, *workbook.names])
    elif forget:
        passphrases.forget(place, name)
        typer.echo(say("The desktop's keyring does not keep it."))
    else:
        passphrases.change(place, name, new_passphrase("NEW_PASSPHRASE"))
        typer.echo(say("Changed: the new passphrase opens it from now on, and the recovery key stays the same."))


def _warn_if_weak(passphrase: str, related: Sequence[str]) -> None:
    """Say that a passphrase of before, which opens all the same, would not be taken today."""
    why = weakness(passphrase, related)
    if why:
        change = say("'coaching passphrase' without an option changes it.")
        warn([f"{why} {change}"])


@app.command()
@takes_passphrase
def identity(name: Name, home: HomeOption = None) -> None:
    place = Home(home)
    unlock(place, name)
    typer.echo(passphrases.recipient(place, name))
    typer.echo(
        say("It is no secret: give it to whoever is to seal a file for you. 'coaching import' opens what they send.")
    )


def _headings() -> list[str]:
    return [say("Last session"), say("Sessions"), say("Held by"), say("On the disk"), say("Id"), say("Name")]


def _row(workbook: Workbook) -> list[str]:
    """Return the cells of a list; the name comes last, as it may be wide, or run from right to left."""
    sessions = workbook.sessions()
    last = next((str(session.held_on) for session in sessions if session.held_on), say("none yet"))
    on_disk = (
        say("encrypted")
        if workbook.has_passphrase
        else say("no passphrase yet")
        if workbook.key
        else say("not encrypted")
    )
    holder = say("the coach") if workbook.holder is Side.COACH else say("the coachee")
    return [last, str(len(sessions)), holder, on_disk, workbook.id, one_line(workbook.name)]
