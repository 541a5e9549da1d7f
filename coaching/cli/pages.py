"""Commands by which entries come in and go out: imports, exports, figures, pages."""

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from coaching.cli.app import HomeOption, Name, Plain, app, found, tell_import
from coaching.home import Home
from coaching.prompting import first_passphrase, unlock
from coaching.sharing import Audience
from coaching.terminal import columns, figures_in_rows, shown
from coaching.vocabulary import Side


class Reader(StrEnum):
    """Who a page is for."""

    PAIR = "pair"
    OPEN = "open"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("write a day of the calendar, such as 2025-12-31") from None


AsOf = Annotated[date | None, typer.Option(parser=_day, metavar="DATE", help="Count as of this day; default: today.")]


@app.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A JSON file that a workbook has exported, or of the demo's form.")
    ],
    holder: Annotated[
        Side | None, typer.Option("--as", help="Whose copy it becomes; default: the file's own, else the coach's.")
    ] = None,
    home: HomeOption = None,
    *,
    no_encryption: Plain = False,
) -> None:
    """Bring in a file. What is there already stays; what is private to the other side is left out."""
    place = Home(home)
    unlock(place)
    tell_import(place.import_file(file, holder, (lambda: None) if no_encryption else first_passphrase))


@app.command()
def export(
    name: Name,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it; the ending says the form: .json.")],
    audience: Annotated[Audience, typer.Option(help="For whom.")] = Audience.HOLDER,
    home: HomeOption = None,
) -> None:
    """Write a workbook as a file: for yourself all of it, for others what they may read."""
    found(name, home).write_export(file, audience)
    private = " It holds your private notes: keep it as you keep them." if audience is Audience.HOLDER else ""
    typer.echo(f"Written: {shown(str(file))}.{private}")


@app.command()
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


@app.command()
def summary(
    name: Name,
    output: Annotated[Path, typer.Option(metavar="FILE", help="The .html file to write.")],
    period: Annotated[str, typer.Option(metavar="PERIOD", help="A quarter such as 2025Q4, a year, or all.")] = "all",
    audience: Annotated[Reader, typer.Option(help="For the coachee (pair), or for others (open).")] = Reader.PAIR,
    asof: AsOf = None,
    home: HomeOption = None,
) -> None:
    """Write the summary page: one HTML file that opens anywhere."""
    found(name, home).write_page(output, Audience(audience), period, asof)
    typer.echo(f"Written: {shown(str(output))}. Look at it together before it leaves your hands.")
