"""The command line: names, options and their help; the work is done behind it."""

import json
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from coaching.entries import Side
from coaching.exceptions import CoachingError
from coaching.home import Home, Imported
from coaching.lab import open_lab
from coaching.sharing import Audience

app = typer.Typer(
    help="A workbook for managers who coach with compassion. Everything stays on this computer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Reader(StrEnum):
    """Who a page is for."""

    PAIR = "pair"
    OPEN = "open"


HomeOption = Annotated[
    Path | None, typer.Option("--home", help="Folder of the workbooks; default: $COACHING_HOME or your data folder.")
]
Name = Annotated[str, typer.Argument(help="The coachee's name, a part of it, or the workbook's id.")]
AsOf = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Count as of this day; default: today.")]


@app.command(context_settings={"allow_extra_args": True})
def lab(
    context: typer.Context,
    home: HomeOption = None,
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Bring in the invented demo year first.")] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address instead of opening it.")] = False,
    port: Annotated[int, typer.Option(help="Port of the local server.")] = 8888,
) -> None:
    """Open the workbook: JupyterLab with the session notebook. Options after -- go to JupyterLab."""
    place = Home(home)
    if demo:
        _tell(place.demo())
    open_lab(place, browser=not no_browser, port=port, more=context.args)


@app.command()
def demo(home: HomeOption = None) -> None:
    """Bring in an invented year, to look around in."""
    _tell(Home(home).demo())


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="The name of the person you coach.")],
    coach: Annotated[str | None, typer.Option(help="Your own name, as it will stand on pages.")] = None,
    home: HomeOption = None,
) -> None:
    """Make a workbook for a person."""
    workbook = Home(home).create(name, coach)
    typer.echo(f"Made a workbook for {workbook.name}. Begin with 'coaching lab'.")


@app.command("list")
def list_workbooks(home: HomeOption = None) -> None:
    """List the workbooks."""
    workbooks = Home(home).workbooks()
    if not workbooks:
        typer.echo("There is no workbook yet: make one with 'coaching new NAME' or 'coaching demo'.")
        return
    table = Table("Name", "Sessions", "Last", "Held by", "Id", box=None, header_style="bold")
    for workbook in workbooks:
        sessions = workbook.sessions()
        last = str(sessions[0].held_on) if sessions else "none yet"
        table.add_row(workbook.name, str(len(sessions)), last, f"the {workbook.holder}", workbook.id)
    _console().print(table)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A JSON file that a workbook has exported, or of the demo's form.")],
    holder: Annotated[
        Side | None, typer.Option("--as", help="Whose copy it becomes; default: the file's own, else the coach's.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Bring in a file. What is there already stays; what is private to the other side is left out."""
    _tell(Home(home).import_file(file, holder))


@app.command()
def export(
    name: Name,
    file: Annotated[Path, typer.Argument(help="Where to write it; the ending says the form: .json.")],
    audience: Annotated[Audience, typer.Option(help="For whom.")] = Audience.HOLDER,
    home: HomeOption = None,
) -> None:
    """Write a workbook as a file: for yourself all of it, for others what they may read."""
    Home(home).find(name).write_export(file, audience)
    private = " It holds your private notes: keep it as you keep them." if audience is Audience.HOLDER else ""
    typer.echo(f"Written: {file}.{private}")


@app.command()
def metrics(
    name: Name,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON instead of a table.")] = False,
    asof: AsOf = None,
    home: HomeOption = None,
) -> None:
    """Count: promises, mission statements, sessions. Never a score of a person."""
    figures = Home(home).find(name).figures(_day(asof))
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=1, allow_nan=False))
        return
    table = Table("Figure", "Value", box=None, header_style="bold")
    for key, value in figures.items():
        table.add_row(key.replace("_", " "), _readable(value))
    _console().print(table)


@app.command()
def summary(
    name: Name,
    output: Annotated[Path, typer.Option(help="The HTML file to write.")],
    period: Annotated[str, typer.Option(help="A quarter such as 2025Q4, a year, or all.")] = "all",
    audience: Annotated[Reader, typer.Option(help="For the coachee (pair), or for others (open).")] = Reader.PAIR,
    asof: AsOf = None,
    home: HomeOption = None,
) -> None:
    """Write the summary page: one HTML file that opens anywhere."""
    Home(home).find(name).write_page(output, Audience(audience), period, _day(asof))
    typer.echo(f"Written: {output}. Look at it together before it leaves your hands.")


@app.command()
def check(home: HomeOption = None) -> None:
    """Read everything there is, and name every file that cannot be read."""
    place = Home(home)
    problems = place.problems()
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise CoachingError(f"{len(problems)} of the files could not be read in full; nothing was changed.")
    count = len(place.workbooks())
    typer.echo(f"All is well: {count} workbook{'' if count == 1 else 's'} read.")


def _tell(done: Imported) -> None:
    """Say what an import did; warnings go to where errors go."""
    for warning in done.warnings:
        typer.echo(f"warning: {warning}", err=True)
    added, workbook = done.added, done.workbook
    left_out = f" {added.left_out} private to the other side left out." if added.left_out else ""
    typer.echo(f"{workbook.name}: {added.new} entries came in, {added.known} were known already.{left_out}")


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _readable(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_readable(inner)}" for key, inner in value.items()) or "none"
    if isinstance(value, list):
        return " ".join(map(_readable, value)) or "none"
    return "none" if value is None else str(value)


def _console() -> Console:
    return Console(highlight=False, markup=False, soft_wrap=True)
