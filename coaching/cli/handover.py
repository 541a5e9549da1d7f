"""The commands by which a plan moves on: to a new coach, or home with the person whose it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from coaching.cli import options
from coaching.cli.app import app
from coaching.cli.ask import agreed, answered, page_passphrase
from coaching.cli.common import HomeOption, Name, Yes, found, takes_passphrase
from coaching.cli.exports import tell_own_file
from coaching.cli.output import columns
from coaching.cli.sealing import Recipients, Unsealed, outgoing
from coaching.errors import CoachingError
from coaching.formats.sealing import Seal
from coaching.i18n import say, say_counted, to_say
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side, Visibility
from coaching.text import one_line
from coaching.workbook.handouts import Recipient
from coaching.workbook.handover.offer import HandoverChoice, Line, Offered, PromiseFate, called
from coaching.workbook.home import Home
from coaching.workbook.own_copy import write_own_copy
from coaching.workbook.own_file import check_own_file, write_own_file

_READABLE: Mapping[str, str] = {
    Visibility.PRIVATE: to_say("only you"),
    Visibility.PAIR: to_say("both of you"),
    Visibility.OPEN: to_say("others too"),
}
_FATES: Mapping[PromiseFate, str] = {
    PromiseFate.KEPT: to_say("kept"),
    PromiseFate.RELEASED: to_say("released"),
    PromiseFate.TAKEN_OVER: to_say("taken over"),
}
_SHORT_NAME = 6
_NO_LINE = to_say("'{name}' is not a line that can go along; nothing was handed over.")
_NO_PROMISE = to_say("'{name}' is not a promise of the coach that is not kept yet; nothing was handed over.")

Reason = Annotated[str | None, typer.Option(parser=options.words, metavar="WORDS", help="Why the plan moves on.")]
DecidedBy = Annotated[Side, typer.Option(help="Who decided it.")]
Promises = Annotated[
    list[str] | None,
    typer.Option(
        "--promise",
        parser=options.promise,
        metavar="ENTRY=HOW",
        help="What becomes of a promise of the coach that is not kept yet: I07=kept, I07=released:WORDS, or, where "
        "there is a new coach, I07=taken-over. Once for each; the others are kept.",
    ),
]
DeleteBy = Annotated[
    date | None,
    typer.Option(
        parser=options.day_ahead, metavar="DATE", help="When the coach's copy is to be erased; default: in 30 days."
    ),
]
Output = Annotated[
    Path,
    typer.Option(
        parser=options.bundle_file,
        metavar="FILE",
        help="The .zip file to write; sealed, its name has .age behind that.",
    ),
]


@app.command()
@takes_passphrase
def handover(  # noqa: PLR0913 - what a hand-over says of itself
    name: Name,
    to: Annotated[str, typer.Option(parser=options.words, metavar="NAME", help="The new coach.")],
    *,
    line: Annotated[
        list[str] | None,
        typer.Option(
            parser=options.words, metavar="ENTRY", help="A line that goes along. Once for each; the others stay."
        ),
    ] = None,
    promise: Promises = None,
    reason: Reason = None,
    decided_by: DecidedBy = Side.COACHEE,
    delete_by: DeleteBy = None,
    output: Output = Path("handover.zip"),
    recipient: Recipients = None,
    plain: Unsealed = False,
    home: HomeOption = None,
    yes: Yes = False,
) -> None:
    workbook = found(name, home)
    leaving = outgoing(output, recipient, plain=plain)
    offered = workbook.handing_over.offered()
    wish = HandoverChoice(to=to, reason=reason, decided_by=decided_by, delete_by=delete_by)
    with options.value_of("--delete-by"):
        workbook.handing_over.last_day(wish)
    if line or promise or yes:
        wish = replace(_with_promises(wish, offered, promise or []), lines=_meant(line or [], offered))
    else:
        wish = _promises_asked(replace(wish, lines=_ticked(offered)), offered)
    plan = workbook.handing_over.planned(wish)
    typer.echo(say("This is what {name} will see, and nothing else:", name=one_line(to)))
    for row in columns([[f"  {called(record)}", _day_of(record), one_line(words)] for record, words in plan.preview()]):
        typer.echo(row)
    _tell_promises(wish, offered)
    typer.echo(
        say(
            "The copy of the coach who hands over is to be erased by {day}.",
            day=workbook.handing_over.last_day(wish),
        )
    )
    if not yes and not agreed(say("Hand this over to {name}?", name=to)):
        raise CoachingError("Nothing was handed over. Where nobody can be asked, say --yes.")
    workbook.handing_over.hand_over(plan, leaving.file, leaving.seal(workbook))
    file = one_line(str(leaving.file))
    typer.echo(
        say("Written: {file}. {name} opens it with 'coaching import FILE --as coach'.", file=file, name=one_line(to))
    )
    leaving.tell()
    typer.echo(
        say("You two begin with a new agreement. 'coaching undo' takes back what was written here, not the file.")
    )


@app.command()
@takes_passphrase
def leave(  # noqa: PLR0913 - as above
    name: Name,
    *,
    promise: Promises = None,
    reason: Reason = None,
    decided_by: DecidedBy = Side.COACHEE,
    delete_by: DeleteBy = None,
    output: Output = Path("own-copy.zip"),
    own: Annotated[
        Path | None,
        typer.Option(
            parser=options.page_file,
            metavar="FILE",
            help="An .html file too, which they read and write in with any browser; its passphrase is asked for.",
        ),
    ] = None,
    recipient: Recipients = None,
    plain: Unsealed = False,
    home: HomeOption = None,
    yes: Yes = False,
) -> None:
    workbook = found(name, home)
    workbook.handing_over.check_leaving()
    if own:
        check_own_file(workbook, own)
    leaving = outgoing(output, recipient, plain=plain)
    offered = workbook.handing_over.offered()
    wish = HandoverChoice(reason=reason, decided_by=decided_by, delete_by=delete_by)
    with options.value_of("--delete-by"):
        workbook.handing_over.last_day(wish)
    wish = _with_promises(wish, offered, promise or []) if promise or yes else _promises_asked(wish, offered)
    _tell_promises(wish, offered)
    usual = workbook.handing_over.last_day(wish)
    file, seal = one_line(str(leaving.file)), leaving.seal(workbook)
    opens_own = page_passphrase(lambda typed: workbook.handouts.check_seal(Seal(typed))) if own else ""
    entries = write_own_copy(workbook, leaving.file, Home(home).clock, seal)
    typer.echo(
        say(
            "Written: {file}. It opens: {entries}, as they are here.",
            file=file,
            entries=say_counted("{count} entry", "{count} entries", entries),
        )
    )
    typer.echo(say("It is the person's own copy, for 'coaching import FILE', or to open without this program."))
    leaving.tell()
    if own:
        write_own_file(workbook, own, opens_own)
        tell_own_file(workbook, own)
    else:
        typer.echo(
            say("One file that they read and write in with any browser, nothing installed: 'coaching own NAME'.")
        )
    if not yes and not agreed(say("Has {name} opened it, and told you that it works?", name=workbook.name)):
        raise CoachingError("Nothing else was written: give them the file, and say this again once it is open there.")
    if delete_by is None and not yes:
        wish = replace(wish, delete_by=_last_day(usual))
    workbook.handing_over.leave(wish)
    workbook.write_export(leaving.file, Recipient(Audience.PAIR, seal=seal))
    last_day = workbook.handing_over.last_day(wish)
    typer.echo(
        say(
            "Your copy is to be erased by {day}: 'coaching list' says so then. Nothing is erased by itself.",
            day=last_day,
        )
    )
    typer.echo(say("{file} says so too now; brought in once more, it adds that to their copy.", file=file))


def _last_day(usual: date) -> date:
    while True:
        typed = answered(say("By which day is your copy to be erased? (Enter for {day})", day=usual))
        try:
            return options.day_ahead(typed) if typed else usual
        except typer.BadParameter as error:
            typer.echo(f"{error.message[:1].upper()}{error.message[1:]}.")


def _meant(names: Sequence[str], offered: Offered) -> frozenset[str]:
    return frozenset(_found(name, offered.lines, _NO_LINE) for name in names)


def _with_promises(wish: HandoverChoice, offered: Offered, promises: Sequence[str]) -> HandoverChoice:
    """Return a wish with what the options say of promises."""
    settled: dict[str, PromiseFate] = {}
    why: dict[str, str] = {}
    for option in promises:
        name, _, how = option.partition("=")
        becomes, _, reason = how.partition(":")
        identity = _found(
            name,
            offered.promises,
            _NO_PROMISE,
        )
        settled[identity] = PromiseFate(becomes)
        why |= {identity: reason.strip()} if reason.strip() else {}
    return replace(wish, promises=settled, why=why)


def _found(name: str, lines: Sequence[Line], otherwise: str) -> str:
    wanted = name.strip().upper()
    matches = [line.id for line in lines if wanted in {line.name.upper(), line.id}]
    if len(matches) > 1:
        raise CoachingError("'{name}' is more than one line; nothing was handed over.", name=name)
    if not matches:
        raise CoachingError(otherwise, name=name)
    return matches[0]


def _ticked(offered: Offered) -> frozenset[str]:
    """Return the lines that somebody ticks at the terminal; what is not ticked stays."""
    chosen: list[str] = []
    for lines in offered.groups():
        rows = [[str(number), called(line.record), *_row(line)] for number, line in enumerate(lines, 1)]
        for row in columns(rows):
            typer.echo(row)
        chosen += [line.id for line in _picked(lines)]
    return frozenset(chosen)


def _promises_asked(wish: HandoverChoice, offered: Offered) -> HandoverChoice:
    """Return a wish with what somebody decides of each promise at the terminal; without a word it is kept."""
    choices = {"t": PromiseFate.TAKEN_OVER} if wish.to else {}
    choices |= {"r": PromiseFate.RELEASED}
    settled: dict[str, PromiseFate] = {}
    why: dict[str, str] = {}
    for line in offered.promises:
        typer.echo(say("Not kept yet: {promise}", promise=" ".join(_row(line))))
        question = (
            say("Is it [t]aken over by {name}, [r]eleased, or kept (Enter)?", name=wish.to)
            if wish.to
            else say("Is it [r]eleased, or kept (Enter)?")
        )
        letter = answered(question)[:1].casefold()
        settled[line.id] = choices.get(letter, PromiseFate.KEPT)
        if settled[line.id] is PromiseFate.RELEASED and (
            words := answered(say("In a few words, why? (Enter for none)"))
        ):
            why[line.id] = words
    return replace(wish, promises=settled, why=why)


def _picked(lines: Sequence[Line]) -> list[Line]:
    while True:
        typed = answered(say("Which of these go along? Numbers such as 1 3-5, all, or Enter for none:"))
        numbers = picked(typed, len(lines))
        if numbers is not None:
            return [lines[number - 1] for number in numbers]
        typer.echo(say("Write numbers from 1 to {last}.", last=len(lines)))


def picked(typed: str, count: int) -> list[int] | None:
    """Return the numbers that somebody means; None if that cannot be told.

    Examples
    --------
    >>> picked("1 3-5", 9), picked("all", 2), picked("", 9), picked("7", 6)
    ([1, 3, 4, 5], [1, 2], [], None)
    """
    if typed.casefold() in {"all", say("all")}:
        return list(range(1, count + 1))
    numbers: set[int] = set()
    for part in re.split(r"[\s,]+", typed.strip()):
        ends = re.fullmatch(r"([0-9]{1,6})(?:-([0-9]{1,6}))?", part)
        if ends is None and part:
            return None
        if ends:
            numbers |= set(range(int(ends[1]), int(ends[2] or ends[1]) + 1)) or {0}
    return sorted(numbers) if all(1 <= number <= count for number in numbers) else None


def _row(line: Line) -> list[str]:
    """Return the cells of a line; its words come last, as they may be long, or run from right to left."""
    name = line.name if len(line.name) <= _SHORT_NAME else "-"
    return [name, _day_of(line.record), say(_READABLE[line.visibility]), one_line(line.words)]


def _day_of(record: Mapping[str, Any]) -> str:
    return str(record.get("held_on", ""))


def _tell_promises(wish: HandoverChoice, offered: Offered) -> None:
    """Say what becomes of every promise of the coach that is not kept yet."""
    becomes = (wish.promises.get(line.id, PromiseFate.KEPT) for line in offered.promises)
    rows = [[f"  {say(_FATES[how])}", *_row(line)] for how, line in zip(becomes, offered.promises, strict=True)]
    if rows:
        typer.echo(say("What becomes of the coach's promises that are not kept yet:"))
        for row in columns(rows):
            typer.echo(row)
