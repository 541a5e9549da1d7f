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
from coaching.cli.common import HomeOption, Name, Yes, counted, found, takes_passphrase
from coaching.cli.exports import tell_own_file
from coaching.cli.output import columns
from coaching.cli.sealing import Recipients, Unsealed, outgoing
from coaching.errors import CoachingError
from coaching.formats.sealing import Seal
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side, Visibility
from coaching.text import one_line
from coaching.workbook.handouts import Recipient
from coaching.workbook.handover.offer import HandoverChoice, Line, Offered, PromiseFate, called
from coaching.workbook.home import Home
from coaching.workbook.own_copy import write_own_copy
from coaching.workbook.own_file import check_own_file, write_own_file

_READABLE: Mapping[str, str] = {
    Visibility.PRIVATE: "only you",
    Visibility.PAIR: "both of you",
    Visibility.OPEN: "others too",
}
_SHORT_NAME = 6

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
    typer.echo(f"This is what {one_line(to)} will see, and nothing else:")
    for row in columns([[f"  {called(record)}", _day_of(record), one_line(words)] for record, words in plan.preview()]):
        typer.echo(row)
    _tell_promises(wish, offered)
    typer.echo(f"The copy of the coach who hands over is to be erased by {workbook.handing_over.last_day(wish)}.")
    if not yes and not agreed(f"Hand this over to {to}?"):
        raise CoachingError("Nothing was handed over. Where nobody can be asked, say --yes.")
    workbook.handing_over.hand_over(plan, leaving.file, leaving.seal(workbook))
    file = one_line(str(leaving.file))
    typer.echo(f"Written: {file}. {one_line(to)} opens it with 'coaching import FILE --as coach'.")
    leaving.tell()
    typer.echo("You two begin with a new agreement. 'coaching undo' takes back what was written here, not the file.")


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
    typer.echo(f"Written: {file}. It opens: {counted(entries, 'entry', 'entries')}, as they are here.")
    typer.echo("It is the person's own copy, for 'coaching import FILE', or to open without this program.")
    leaving.tell()
    if own:
        write_own_file(workbook, own, opens_own)
        tell_own_file(workbook, own)
    else:
        typer.echo("One file that they read and write in with any browser, nothing installed: 'coaching own NAME'.")
    if not yes and not agreed(f"Has {workbook.name} opened it, and told you that it works?"):
        raise CoachingError("Nothing else was written: give them the file, and say this again once it is open there.")
    if delete_by is None and not yes:
        wish = replace(wish, delete_by=_last_day(usual))
    workbook.handing_over.leave(wish)
    workbook.write_export(leaving.file, Recipient(Audience.PAIR, seal=seal))
    last_day = workbook.handing_over.last_day(wish)
    typer.echo(f"Your copy is to be erased by {last_day}: 'coaching list' says so then. Nothing is erased by itself.")
    typer.echo(f"{file} says so too now; brought in once more, it adds that to their copy.")


def _last_day(usual: date) -> date:
    while True:
        typed = answered(f"By which day is your copy to be erased? (Enter for {usual})")
        try:
            return options.day_ahead(typed) if typed else usual
        except typer.BadParameter as error:
            typer.echo(f"{error.message.capitalize()}.")


def _meant(names: Sequence[str], offered: Offered) -> frozenset[str]:
    return frozenset(_found(name, offered.lines, "a line that can go along") for name in names)


def _with_promises(wish: HandoverChoice, offered: Offered, promises: Sequence[str]) -> HandoverChoice:
    """Return a wish with what the options say of promises."""
    settled: dict[str, PromiseFate] = {}
    why: dict[str, str] = {}
    for option in promises:
        name, _, how = option.partition("=")
        becomes, _, reason = how.partition(":")
        identity = _found(name, offered.promises, "a promise of the coach that is not kept yet")
        settled[identity] = PromiseFate(becomes)
        why |= {identity: reason.strip()} if reason.strip() else {}
    return replace(wish, promises=settled, why=why)


def _found(name: str, lines: Sequence[Line], what: str) -> str:
    wanted = name.strip().upper()
    matches = [line.id for line in lines if wanted in {line.name.upper(), line.id}]
    if len(matches) != 1:
        raise CoachingError(
            f"'{name}' is {'more than one line' if matches else f'not {what}'}; nothing was handed over."
        )
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
        typer.echo(f"Not kept yet: {' '.join(_row(line))}")
        takes = f"[t]aken over by {wish.to}, " if wish.to else ""
        letter = answered(f"Is it {takes}[r]eleased, or kept (Enter)?")[:1].casefold()
        settled[line.id] = choices.get(letter, PromiseFate.KEPT)
        if settled[line.id] is PromiseFate.RELEASED and (words := answered("In a few words, why? (Enter for none)")):
            why[line.id] = words
    return replace(wish, promises=settled, why=why)


def _picked(lines: Sequence[Line]) -> list[Line]:
    while True:
        typed = answered("Which of these go along? Numbers such as 1 3-5, all, or Enter for none:")
        numbers = picked(typed, len(lines))
        if numbers is not None:
            return [lines[number - 1] for number in numbers]
        typer.echo(f"Write numbers from 1 to {len(lines)}.")


def picked(typed: str, count: int) -> list[int] | None:
    """Return the numbers that somebody means; None if that cannot be told.

    Examples
    --------
    >>> picked("1 3-5", 9), picked("all", 2), picked("", 9), picked("7", 6)
    ([1, 3, 4, 5], [1, 2], [], None)
    """
    if typed.casefold() == "all":
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
    return [name, _day_of(line.record), _READABLE[line.visibility], one_line(line.words)]


def _day_of(record: Mapping[str, Any]) -> str:
    return str(record.get("held_on", ""))


def _tell_promises(wish: HandoverChoice, offered: Offered) -> None:
    """Say what becomes of every promise of the coach that is not kept yet."""
    becomes = (wish.promises.get(line.id, PromiseFate.KEPT) for line in offered.promises)
    rows = [[f"  {how.replace('-', ' ')}", *_row(line)] for how, line in zip(becomes, offered.promises, strict=True)]
    if rows:
        typer.echo("What becomes of the coach's promises that are not kept yet:")
        for row in columns(rows):
            typer.echo(row)
