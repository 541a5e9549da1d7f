"""The command line: names, options and their help; the work is done behind it."""

import json
import shlex
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from coaching.exceptions import CoachingError
from coaching.home import Home, Imported
from coaching.lab import open_lab
from coaching.sharing import Audience
from coaching.terminal import columns, figures_in_rows, shown
from coaching.vocabulary import Side
from coaching.workbook import Workbook

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Reader(StrEnum):
    """Who a page is for."""

    PAIR = "pair"
    OPEN = "open"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("write a day of the calendar, such as 2025-12-31") from None


HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home", metavar="FOLDER", help="Where the workbooks are; default: $COACHING_HOME, or your data folder."
    ),
]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The coachee's name, a part of it, or the workbook's id.")]
AsOf = Annotated[date | None, typer.Option(parser=_day, metavar="DATE", help="Count as of this day; default: today.")]


@app.callback(
    invoke_without_command=True,
    help="A workbook for managers who coach with compassion. Everything stays on this computer.",
)
def begin(context: typer.Context) -> None:
    """Show the help where no command is named; nothing was done then."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(2)


@app.command(context_settings={"allow_extra_args": True})
def lab(
    context: typer.Context,
    home: HomeOption = None,
    *,
    demo: Annotated[bool, typer.Option("--demo", metavar="", help="Bring in the invented demo year first.")] = False,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", metavar="", help="Print the address instead of opening it.")
    ] = False,
    port: Annotated[int, typer.Option(metavar="NUMBER", min=0, max=65535, help="Port of the local server.")] = 8888,
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
    typer.echo(_next_step(home))


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the person you coach.")],
    coach: Annotated[str | None, typer.Option(metavar="NAME", help="Your own name, as it will stand on pages.")] = None,
    home: HomeOption = None,
) -> None:
    """Make a workbook for a person."""
    workbook = Home(home).create(name, coach)
    typer.echo(f"Made a workbook for {shown(workbook.name)}. {_next_step(home)}")


@app.command("list")
def list_workbooks(home: HomeOption = None) -> None:
    """List the workbooks."""
    place = Home(home)
    _warn(place.problems())
    workbooks = place.workbooks()
    if not workbooks:
        typer.echo(shown(place.without_workbooks()))
        return
    for line in columns([["Last session", "Sessions", "Held by", "Id", "Name"], *map(_row, workbooks)]):
        typer.echo(line)


@app.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A JSON file that a workbook has exported, or of the demo's form.")
    ],
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
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it; the ending says the form: .json.")],
    audience: Annotated[Audience, typer.Option(help="For whom.")] = Audience.HOLDER,
    home: HomeOption = None,
) -> None:
    """Write a workbook as a file: for yourself all of it, for others what they may read."""
    _found(name, home).write_export(file, audience)
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
    figures = _found(name, home).figures(asof)
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
    _found(name, home).write_page(output, Audience(audience), period, asof)
    typer.echo(f"Written: {shown(str(output))}. Look at it together before it leaves your hands.")


@app.command()
def check(home: HomeOption = None) -> None:
    """Read everything there is, and name every file that cannot be read."""
    place = Home(home)
    problems = place.problems()
    for problem in problems:
        typer.echo(shown(problem))
    if problems:
        raise CoachingError(f"{_counted(len(problems), 'problem')} found; nothing was changed.")
    count = len(place.workbooks())
    typer.echo(f"All is well: {_counted(count, 'workbook')} read." if count else shown(place.without_workbooks()))


def _found(name: str, home: Path | None) -> Workbook:
    """Return the workbook that is meant, and say what of it cannot be read."""
    workbook = Home(home).find(name)
    _warn(workbook.problems())
    return workbook


def _row(workbook: Workbook) -> list[str]:
    """Return the cells of a list; the name comes last, as it may be wide, or run from right to left."""
    sessions = workbook.sessions()
    last = next((str(session.held_on) for session in sessions if session.held_on), "none yet")
    return [last, str(len(sessions)), f"the {workbook.holder}", workbook.id, shown(workbook.name)]


def _tell(done: Imported) -> None:
    """Say what an import did."""
    _warn(done.warnings)
    added = done.added
    said = f"{_counted(added.new, 'entry', 'entries')} came in, {added.known} known already"
    left_out = f", {added.left_out} left out as private to the other side" if added.left_out else ""
    typer.echo(f"{shown(done.workbook.name)}: {said}{left_out}.")


def _warn(warnings: list[str] | tuple[str, ...]) -> None:
    """Say what is to be looked at, where errors go."""
    for warning in warnings:
        typer.echo(f"Warning: {shown(warning)}", err=True)


def _next_step(home: Path | None) -> str:
    return f"Begin with 'coaching lab{f' --home {shlex.quote(shown(str(home)))}' if home else ''}'."


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
