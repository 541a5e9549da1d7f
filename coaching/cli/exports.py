"""Commands by which entries go out: exports, figures, pages."""

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from coaching.cli import options
from coaching.cli.app import app
from coaching.cli.ask import page_passphrase
from coaching.cli.common import HomeOption, Name, found, takes_passphrase
from coaching.cli.output import columns, figures_in_rows
from coaching.cli.sealing import Outgoing, Recipients, Unsealed, outgoing
from coaching.formats.sealing import Seal, inner_name
from coaching.i18n import say, speaking, to_say
from coaching.metrics.periods import ALL_TIME, check_begun, parse_period
from coaching.model.sharing import Audience
from coaching.model.vocabulary import Side
from coaching.text import one_line
from coaching.workbook.exports import SEALED, audience_of
from coaching.workbook.handouts import Recipient
from coaching.workbook.home import Home
from coaching.workbook.own_file import check_own_file, write_own_file
from coaching.workbook.workbook import Workbook

_READERS = {
    Audience.HOLDER: to_say("It holds your private notes: keep it as you keep them."),
    Audience.PAIR: to_say("Both of you may read it, and nobody else: nothing private to one of you is in it."),
    Audience.OPEN: to_say("Others may read it: it holds only what was agreed, line by line, to be open."),
}


class Reader(StrEnum):
    """Who a page is for."""

    PAIR = "pair"
    OPEN = "open"


AsOf = Annotated[
    date | None, typer.Option(parser=options.day_back, metavar="DATE", help="Count as of this day; default: today.")
]
PageLanguage = Annotated[
    str | None,
    typer.Option(
        parser=options.language,
        metavar="en|de",
        help="What is written in; people's words stay as they are. Default: what the two of them speak.",
    ),
]
Protect = Annotated[
    bool,
    typer.Option("--protect", metavar="", help="The page opens with a passphrase, which is asked for."),
]


@app.command()
@takes_passphrase
def export(  # noqa: PLR0913 - what can be said of a file that leaves
    name: Name,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Where to write it; the ending says the form: .json (all of it, for this program), .html (the page), "
            ".md (the plan), .csv (action items), .ics (due dates), .zip (the bundle: all of these). What is sealed "
            "gets .age behind that.",
        ),
    ],
    audience: Annotated[
        Audience | None, typer.Option(help="For whom; default: pair, and of a .json file holder.")
    ] = None,
    side: Annotated[Side, typer.Option(help="Whose due dates a calendar holds.")] = Side.COACHEE,
    home: HomeOption = None,
    *,
    tasks: Annotated[
        bool,
        typer.Option(
            "--tasks",
            metavar="",
            help="In a .md file: the action items alone, with the marks of Obsidian Tasks; what is changed there comes "
            "in again with 'coaching import FILE --into NAME'.",
        ),
    ] = False,
    language: PageLanguage = None,
    protect: Annotated[
        bool,
        typer.Option(
            "--protect",
            metavar="",
            help="It opens with a passphrase, which is asked for: a page by itself in the browser, other files sealed.",
        ),
    ] = False,
    recipient: Recipients = None,
    plain: Unsealed = False,
) -> None:
    workbook, whom = found(name, home), audience_of(file, audience)
    if protect and (plain or recipient):
        raise typer.BadParameter(say("choose one of --protect, --recipient and --plain"))
    sealed = protect or inner_name(file).suffix.lower() in SEALED
    leaving = outgoing(file, recipient, plain=plain, sealed=sealed)
    given = Recipient(whom, seal=leaving.seal(workbook))
    with speaking(language or workbook.language):
        workbook.write_export(leaving.file, given, side, tasks=tasks)
    typer.echo(_written(leaving.file, whom))
    leaving.tell()


@app.command()
@takes_passphrase
def metrics(
    name: Name,
    *,
    as_json: Annotated[bool, typer.Option("--json", metavar="", help="As JSON instead of a table.")] = False,
    asof: AsOf = None,
    home: HomeOption = None,
) -> None:
    workbook = found(name, home)
    figures = workbook.figures(asof)
    _tell_not_counted(workbook)
    if as_json:  # in ASCII, so that it is JSON whatever the terminal's alphabet
        typer.echo(json.dumps(figures, indent=1, allow_nan=False))
        return
    for line in columns(figures_in_rows(figures)):
        typer.echo(line)


Output = Annotated[Path, typer.Option(parser=options.page_file, metavar="FILE", help="The .html file to write.")]
For = Annotated[Reader, typer.Option("--audience", help="For the coachee (pair), or for others (open).")]


@app.command()
@takes_passphrase
def plan(
    name: Name,
    output: Output,
    audience: For = Reader.PAIR,
    home: HomeOption = None,
    *,
    language: PageLanguage = None,
    protect: Protect = False,
) -> None:
    workbook, leaving = found(name, home), Outgoing(output, is_open=not protect)
    given = Recipient(Audience(audience), seal=leaving.seal(workbook))
    with speaking(language or workbook.language):
        workbook.write_plan(output, given)
    _tell_page(leaving)


@app.command()
@takes_passphrase
def own(name: Name, output: Output, home: HomeOption = None, *, language: PageLanguage = None) -> None:
    workbook = found(name, home)
    check_own_file(workbook, output)
    passphrase = page_passphrase(lambda typed: workbook.handouts.check_seal(Seal(typed)))
    with speaking(language or workbook.language):
        write_own_file(workbook, output, passphrase)
    tell_own_file(workbook, output)


def tell_own_file(workbook: Workbook, file: Path) -> None:
    """Say what somebody does with their own copy, and what comes of it."""
    typer.echo(
        say(
            "Written: {file}. {name} opens it with any browser, and writes in it.",
            file=one_line(str(file)),
            name=one_line(workbook.called),
        )
    )
    typer.echo(
        say("What they send back comes in with 'coaching import FILE'. Their private notes are in nothing they send.")
    )
    typer.echo(say("Send the passphrase another way than the file. If it is lost, nobody can open the file."))


@app.command()
@takes_passphrase
def summary(
    name: Name,
    output: Output,
    period: Annotated[
        str, typer.Option(parser=options.period, metavar="PERIOD", help="A quarter such as 2025Q4, a year, or all.")
    ] = ALL_TIME.name,
    audience: For = Reader.PAIR,
    asof: AsOf = None,
    home: HomeOption = None,
    *,
    language: PageLanguage = None,
    protect: Protect = False,
) -> None:
    with options.value_of("--period"):
        check_begun(parse_period(period), asof or Home(home).clock().date())
    workbook, leaving = found(name, home), Outgoing(output, is_open=not protect)
    given = Recipient(Audience(audience), seal=leaving.seal(workbook))
    with speaking(language or workbook.language):
        workbook.write_page(output, given, period, asof)
    _tell_not_counted(workbook)
    _tell_page(leaving)


@app.command()
@takes_passphrase
def sheet(
    name: Name,
    output: Output,
    day: Annotated[
        date | None,
        typer.Option(parser=options.day_ahead, metavar="DATE", help="The day of the conversation; default: today."),
    ] = None,
    home: HomeOption = None,
    *,
    language: PageLanguage = None,
) -> None:
    workbook = found(name, home)
    with speaking(language or workbook.language):
        workbook.sheets.write(output, day)
    typer.echo(_written(output, Audience.PAIR))
    typer.echo(say("It is not sealed: whoever gets at the file can read it. Print it, and remove the file."))


def _tell_page(leaving: Outgoing) -> None:
    typer.echo(
        say("Written: {file}. Look at it together before it leaves your hands.", file=one_line(str(leaving.file)))
    )
    leaving.tell()


def _tell_not_counted(workbook: Workbook) -> None:
    for sentence in workbook.not_counted():
        typer.echo(sentence, err=True)


def _written(file: Path, audience: Audience) -> str:
    written = say("Written: {file}.", file=one_line(str(file)))
    return f"{written} {say(_READERS[audience])}"
