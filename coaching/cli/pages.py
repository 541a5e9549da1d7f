"""Commands by which entries go out: exports, figures, pages."""

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from coaching.cli import options
from coaching.cli.app import HomeOption, Name, app, found, takes_passphrase
from coaching.exporting import audience_of
from coaching.handouts import Given, check_protectable
from coaching.home import Home
from coaching.language import LANGUAGES, speaking
from coaching.metrics.periods import ALL_TIME, check_begun, parse_period
from coaching.prompting import page_passphrase
from coaching.sharing import Audience
from coaching.terminal import columns, figures_in_rows, shown
from coaching.vocabulary import Side

_READERS = {
    Audience.HOLDER: "It holds your private notes: keep it as you keep them.",
    Audience.PAIR: "Both of you may read it, and nobody else: nothing private to one of you is in it.",
    Audience.OPEN: "Others may read it: it holds only what was agreed, line by line, to be open.",
}


class Reader(StrEnum):
    """Who a page is for."""

    PAIR = "pair"
    OPEN = "open"


AsOf = Annotated[
    date | None, typer.Option(parser=options.day, metavar="DATE", help="Count as of this day; default: today.")
]
Language = Annotated[
    str,
    typer.Option(
        parser=options.language, metavar="en|de", help="What a page is written in; people's words stay as they are."
    ),
]
Protect = Annotated[
    bool,
    typer.Option("--protect", metavar="", help="The page opens with a passphrase, which is asked for."),
]


@app.command()
@takes_passphrase
def export(
    name: Name,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Where to write it; the ending says the form: .json (all of it, for this program), .html (the page), "
            ".md (the plan), .csv (action items), .ics (due dates), .zip (the bundle: all of these).",
        ),
    ],
    audience: Annotated[
        Audience | None, typer.Option(help="For whom; default: pair, and of a .json file holder.")
    ] = None,
    side: Annotated[Side, typer.Option(help="Whose due dates a calendar holds.")] = Side.COACHEE,
    home: HomeOption = None,
    *,
    language: Language = LANGUAGES[0],
    protect: Protect = False,
) -> None:
    """Write a workbook as a file: for yourself all of it, for others what they may read."""
    workbook, whom = found(name, home), audience_of(file, audience)
    if protect:
        check_protectable(file)
    passphrase = page_passphrase() if protect else None
    with speaking(language):
        workbook.write_export(file, Given(whom, passphrase=passphrase), side)
    typer.echo(f"Written: {shown(str(file))}. {_READERS[whom]}")


@app.command()
@takes_passphrase
def metrics(
    name: Name,
    *,
    as_json: Annotated[bool, typer.Option("--json", metavar="", help="As JSON instead of a table.")] = False,
    asof: AsOf = None,
    home: HomeOption = None,
) -> None:
    """Count: promises, mission statements, sessions. Never a score of a person."""
    figures = found(name, home).figures(asof)
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
    language: Language = LANGUAGES[0],
    protect: Protect = False,
) -> None:
    """Write the personal development plan: one HTML file that opens anywhere."""
    with speaking(language):
        found(name, home).write_plan(output, _given(audience, protect=protect))
    _tell_page(output, protect=protect)


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
    language: Language = LANGUAGES[0],
    protect: Protect = False,
) -> None:
    """Write the summary of a period: one HTML file that opens anywhere."""
    with options.value_of("--period"):
        check_begun(parse_period(period), asof or Home(home).clock().date())
    with speaking(language):
        found(name, home).write_page(output, _given(audience, protect=protect), period, asof)
    _tell_page(output, protect=protect)


def _given(audience: Reader, *, protect: bool) -> Given:
    return Given(Audience(audience), passphrase=page_passphrase() if protect else None)


def _tell_page(output: Path, *, protect: bool) -> None:
    typer.echo(f"Written: {shown(str(output))}. Look at it together before it leaves your hands.")
    if protect:
        typer.echo("Its name can be read by anybody; send the passphrase another way than the file.")
